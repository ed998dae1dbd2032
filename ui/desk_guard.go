// What the desk does about the guard: it asks before a send, changes rules,
// unlocks and locks.

package ui

import (
	"runtime"

	"fyne.io/fyne/v2"

	"github.com/activitydesk/activitydesk/client/metadata"
	"github.com/activitydesk/activitydesk/client/outbox"
	"github.com/activitydesk/activitydesk/ui/settings"
	"github.com/activitydesk/activitydesk/ui/widgets"
)

// lockKey unlocks the instance, and locks it again.
var lockKey = chord{fyne.KeyL, ctrl}

// guardState reads the outbox's guard for an instance of a connection.
func guardState(g *outbox.Guard, connection string, in metadata.Instance) GuardState {
	state := g.State(connection, in)
	return GuardState{Rule: state.Rule, UnlockedUntil: state.Until}
}

// permit asks what the guard has to ask before something is sent.
func (d *Desk) permit(q sendQuestion, send func(*outbox.Confirmation)) {
	if !q.Place.Chosen() {
		return
	}
	state, now := q.Place.GuardState(), d.options.Now()
	switch {
	case state.Rule == outbox.RuleFree:
		send(nil)
	case state.Asks(now):
		d.show(sendCard(q, func() { send(q.Word()) }))
	default:
		d.show(unlockQuestion(q.Place.Instance, q.sentence(), func(typed string) error {
			if err := d.services.guard.Unlock(q.Place.Connection.ID, q.Place.Instance, typed); err != nil {
				return err
			}
			d.enter()
			send(q.Word())
			return nil
		}).card())
	}
}

// lockOrUnlock locks an instance that is unlocked, and asks for the name of one
// that is read-only.
func (d *Desk) lockOrUnlock() {
	if d.noLock() != "" {
		return
	}
	place := d.session.Place()
	if place.GuardState().Unlocked(d.options.Now()) {
		d.services.guard.Lock(place.Instance.ID)
		d.enter()
		return
	}
	d.show(unlockQuestion(place.Instance, "", func(typed string) error {
		err := d.services.guard.Unlock(place.Connection.ID, place.Instance, typed)
		if err == nil {
			d.enter()
		}
		return err
	}).card())
}

// noLock says why there is nothing to lock or unlock; empty: there is.
func (d *Desk) noLock() string {
	switch {
	case !d.chosen():
		return "No instance is chosen"
	case d.session.Place().GuardState().Rule != outbox.RuleReadOnly:
		return "Only a read-only instance is locked"
	}
	return ""
}

// guardMenu offers what can be done about the guard of the chosen instance.
func (d *Desk) guardMenu() []widgets.MenuItem {
	if !d.chosen() {
		return nil
	}
	place := d.session.Place()
	state := place.GuardState()
	var items []widgets.MenuItem
	if state.Rule == outbox.RuleReadOnly {
		lock := widgets.MenuItem{
			Label: "Unlock for 30 minutes…", Note: lockKey.label(runtime.GOOS == "darwin"), OnChosen: d.lockOrUnlock,
		}
		if state.Unlocked(d.options.Now()) {
			lock.Label = "Lock again"
		}
		items = append(items, lock)
	}
	for i, rule := range []outbox.Rule{outbox.RuleFree, outbox.RuleAsk, outbox.RuleReadOnly} {
		item := widgets.MenuItem{
			Label: ruleWord(rule), Note: ruleNote(rule), Checked: rule == state.Rule, Separate: i == 0 && len(items) > 0,
			OnChosen: func() { d.chooseRule(rule) },
		}
		if by := d.rules.Bound(place.Connection.ID, place.Instance, rule); by != "" {
			item.Disabled, item.Note = true, "stricter by "+by
		}
		items = append(items, item)
	}
	return items
}

// chooseRule changes the rule of the chosen instance. Loosening it asks for the
// name, unless it is a sandbox or a trial.
func (d *Desk) chooseRule(to outbox.Rule) {
	if d.cannotChoose(to) != "" {
		return
	}
	place := d.session.Place()
	choose := func(typed string) error {
		change, err := d.rules.Choose(place.Connection.ID, place.Instance, to, typed)
		if err == nil {
			d.ruleChosen(place, to, change)
		}
		return err
	}
	if choose("") == nil {
		return
	}
	d.show(loosenQuestion(place.Instance, to, choose).card())
}

// ruleChosen has a rule kept, and stops what still waits and may not be sent by it.
func (d *Desk) ruleChosen(place Place, to outbox.Rule, change func(*settings.Settings)) {
	d.remember(change)
	if to == outbox.RuleReadOnly {
		d.services.guard.Lock(place.Instance.ID)
	}
	d.services.guard.Sweep()
	d.enter()
}

// cannotChoose says why a rule cannot be chosen; empty: it can.
func (d *Desk) cannotChoose(to outbox.Rule) string {
	if !d.chosen() {
		return "No instance is chosen"
	}
	place := d.session.Place()
	if by := d.rules.Bound(place.Connection.ID, place.Instance, to); by != "" {
		return "It is stricter by " + by + ": change it there"
	}
	if place.GuardState().Rule == to {
		return "It is so already"
	}
	return ""
}

// lookAtRules learns what another desk has changed, and stops what may not be
// sent any more. It reads a file: it is called off the UI goroutine.
func (d *Desk) lookAtRules(guard *outbox.Guard) {
	d.rules.Look()
	guard.Sweep()
	for _, in := range d.rules.Lost() {
		d.gate.post(func() {
			d.env.Notify(Notice{
				Key: "guard-" + in.ID, Tone: ToneWarning,
				Text: in.Label() + " was made stricter in another window at the same time. That holds.",
			})
		})
	}
}

// ruleCommands are the choices of the guard's menu, by name.
func (d *Desk) ruleCommands() []command {
	list := []command{
		{title: "Choose how the instance is guarded…", run: func() { widgets.ShowMenuBelow(d.frame.guard, d.guardMenu()) }, why: func() string {
			if !d.chosen() {
				return "No instance is chosen"
			}
			return ""
		}},
	}
	for _, rule := range []outbox.Rule{outbox.RuleFree, outbox.RuleAsk, outbox.RuleReadOnly} {
		list = append(list, command{
			title: "Guard: " + ruleWord(rule) + ", " + ruleNote(rule),
			run:   func() { d.chooseRule(rule) }, why: func() string { return d.cannotChoose(rule) },
		})
	}
	return list
}
