// The guard as people see it: the colour and the word that mark an instance,
// and the question before a read-only one is unlocked.

package ui

import (
	"fmt"
	"strings"
	"time"

	"github.com/activitydesk/activitydesk/client/metadata"
	"github.com/activitydesk/activitydesk/ui/widgets"
)

// environmentTone is the colour that marks an environment. A word always goes
// with it.
func environmentTone(e metadata.Environment) widgets.Tone {
	switch e {
	case metadata.EnvironmentSandbox:
		return widgets.ToneSuccess
	case metadata.EnvironmentTrial:
		return widgets.ToneInfo
	case metadata.EnvironmentProduction:
		return widgets.ToneDanger
	default:
		return widgets.ToneWarning
	}
}

// environmentWord is the word that marks an environment; production is in
// capitals, so that it cannot be taken for another at a glance.
func environmentWord(e metadata.Environment) string {
	if e == metadata.EnvironmentProduction {
		return strings.ToUpper(e.String())
	}
	return e.String()
}

// guardWord says in a few words whether the instance can be written to; empty
// where it always can.
func guardWord(g GuardState, now time.Time) string {
	switch {
	case g.Free:
		return ""
	case g.MayWrite(now):
		left := int((g.UnlockedUntil.Sub(now) + time.Minute - 1) / time.Minute)
		return fmt.Sprintf("Unlocked · %d min", left)
	default:
		return "Read-only"
	}
}

// unlocker is what the question needs of the guard.
type unlocker interface {
	Unlock(instanceID, instanceName, typed string) error
}

// unlockQuestion is the card that asks for the instance's name.
type unlockQuestion struct {
	guard    unlocker
	instance metadata.Instance
	unlocked func()

	name    *widgets.Entry
	problem *widgets.Text
}

func newUnlockQuestion(guard unlocker, instance metadata.Instance, unlocked func()) *unlockQuestion {
	q := &unlockQuestion{
		guard:    guard,
		instance: instance,
		unlocked: unlocked,
		name:     widgets.NewEntry(),
		problem:  widgets.NewWrappedText("", widgets.RoleProblem),
	}
	q.name.SetPlaceHolder(instance.Label())
	q.name.OnChanged = func(string) { q.say("") }
	q.problem.Hide()
	return q
}

func (q *unlockQuestion) card() Card {
	return Card{
		Title: "Unlock " + q.instance.Label() + "?",
		Body: widgets.Column(
			10,
			widgets.NewWrappedText(unlockWarning(q.instance.Environment()), widgets.RoleBody),
			widgets.NewWrappedText("Type the name of the instance to allow sending for 30 minutes:", widgets.RoleBody),
			widgets.Column(3, q.name, q.problem),
		),
		Confirm:   "Unlock for 30 minutes",
		Danger:    true,
		OnConfirm: q.confirm,
		Focus:     q.name,
	}
}

func unlockWarning(e metadata.Environment) string {
	kind := "This is a production instance"
	if e != metadata.EnvironmentProduction {
		kind = "The type of this instance is not known, so it is treated as production"
	}
	return kind + ". Activities that are sent can neither be changed nor deleted; " +
		"they can show on the customer's card and start automations at once."
}

func (q *unlockQuestion) confirm() bool {
	typed := strings.TrimSpace(q.name.Text)
	if err := q.guard.Unlock(q.instance.ID, q.instance.Label(), typed); err != nil {
		q.say("This is not the name: write “" + q.instance.Label() + "”.")
		return false
	}
	q.unlocked()
	return true
}

func (q *unlockQuestion) say(problem string) {
	q.problem.SetText(problem)
	q.name.SetProblem(problem != "")
	if problem == "" {
		q.problem.Hide()
		return
	}
	q.problem.Show()
}
