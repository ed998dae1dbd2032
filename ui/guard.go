// The questions of the guard: the sentence that is confirmed before a send, and
// the instance's name before it is unlocked or its rule loosened.

package ui

import (
	"strings"

	"fyne.io/fyne/v2"

	"github.com/activitydesk/activitydesk/client/metadata"
	"github.com/activitydesk/activitydesk/client/outbox"
	"github.com/activitydesk/activitydesk/ui/widgets"
	"github.com/activitydesk/activitydesk/ui/words"
)

// sendQuestion is what a person is asked before something is sent.
type sendQuestion struct {
	Place    Place  // as of the click
	Entity   string // name for data requests
	Customer string // in words; empty: not known
	Count    int    // of activities
	// Word makes the outbox's confirmation of exactly what the sentence says.
	Word func() *outbox.Confirmation
}

func (q sendQuestion) sentence() string {
	return sendSentence(q.Count, q.Place.Instance, q.Entity, q.Customer)
}

// environmentMark is the colour and the word of an instance's environment, in a
// card's head.
func environmentMark(in metadata.Instance) fyne.CanvasObject {
	e := in.Environment()
	return widgets.Row(0, widgets.NewBadge(words.Environment(e), environmentTone(e)))
}

// sendCard asks for one yes. It is meant as a warning, so that the keyboard is on
// Cancel: the second of a double Ctrl+Enter confirms nothing.
func sendCard(q sendQuestion, yes func()) Card {
	return Card{
		Title:     q.sentence(),
		Head:      environmentMark(q.Place.Instance),
		Body:      widgets.NewWrappedText(takenBackNever(q.Place.Instance.Environment()), widgets.RoleBody),
		Confirm:   "Send " + words.Counted(q.Count, "activity", "activities"),
		Danger:    true,
		OnConfirm: func() bool { yes(); return true },
	}
}

// nameQuestion is a card that asks for the instance's name.
type nameQuestion struct {
	instance metadata.Instance
	title    string
	ask      string // what the name is for
	button   string
	sentence string // what is sent at once when the name is right; empty: nothing
	// named is given what was typed, and answers an error where it is not the name.
	named func(typed string) error

	name    *widgets.Entry
	problem *widgets.Text
}

// card lays the question out.
func (q *nameQuestion) card() Card {
	q.name, q.problem = widgets.NewEntry(), widgets.NewWrappedText("", widgets.RoleProblem)
	q.name.SetPlaceHolder(q.instance.Label())
	q.name.OnChanged = func(string) { q.say("") }
	q.problem.Hide()
	body := widgets.Column(10)
	if q.sentence != "" {
		body.Add(widgets.NewWrappedText(q.sentence, widgets.RoleStrong))
	}
	body.Add(widgets.NewWrappedText(takenBackNever(q.instance.Environment()), widgets.RoleBody))
	body.Add(widgets.NewWrappedText(q.ask, widgets.RoleBody))
	body.Add(widgets.Column(3, q.name, q.problem))
	return Card{
		Title:     q.title,
		Head:      environmentMark(q.instance),
		Body:      body,
		Confirm:   q.button,
		Danger:    true,
		OnConfirm: q.confirm,
		Focus:     q.name,
	}
}

func (q *nameQuestion) confirm() bool {
	if err := q.named(strings.TrimSpace(q.name.Text)); err != nil {
		q.say("This is not the name: write “" + q.instance.Label() + "”.")
		return false
	}
	return true
}

func (q *nameQuestion) say(problem string) {
	q.problem.SetText(problem)
	q.name.SetProblem(problem != "")
	setVisible(q.problem, problem != "")
}

// unlockQuestion asks before a read-only instance is unlocked. Where something is
// to be sent, it carries the sentence, and the name is the word for it as well.
func unlockQuestion(in metadata.Instance, sentence string, named func(typed string) error) *nameQuestion {
	q := &nameQuestion{
		instance: in, title: "Unlock " + in.Label() + "?", sentence: sentence, named: named,
		ask:    "Type the name of the instance to allow sending for 30 minutes. Each send is confirmed.",
		button: "Unlock for 30 minutes",
	}
	if sentence != "" {
		q.ask = "Type the name of the instance to send this, and to allow sending for 30 minutes. Each further send is confirmed."
		q.button = "Unlock and send"
	}
	return q
}

// loosenQuestion asks before the rule of an instance is loosened for good.
func loosenQuestion(in metadata.Instance, to outbox.Rule, named func(typed string) error) *nameQuestion {
	q := &nameQuestion{
		instance: in, named: named, title: "Have " + in.Label() + " ask before each send?",
		ask:    "Type the name of the instance to have it ask before each send, from now on and until you change it, in place of being locked.",
		button: "Change to ask",
	}
	if to == outbox.RuleFree {
		q.title = "Send to " + in.Label() + " without a question?"
		q.ask = "Type the name of the instance to send to it without any question, from now on and until you change it."
		q.button = "Change to free"
	}
	return q
}
