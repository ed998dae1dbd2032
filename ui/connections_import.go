// The card that shows what a file of connections would do, one by one, and asks.

package ui

import (
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"github.com/activitydesk/activitydesk/ui/access"
	"github.com/activitydesk/activitydesk/ui/settings"
	"github.com/activitydesk/activitydesk/ui/widgets"
	"github.com/activitydesk/activitydesk/ui/words"
)

// What can be said to a connection of a file.
const (
	importAdd    = "Add"
	importLeave  = "Leave out"
	importKeep   = "Keep as it is"
	importChange = "Change"
)

// importCard asks what to take in. New connections are taken unless a person says
// no, changes only when a person says yes.
type importCard struct {
	env    *Env
	plan   []settings.ImportedConnection
	choice []*widgets.Choice // of each of the plan; nil: nothing to choose
	takeIn func(agreed []settings.ImportedConnection, done func(error))

	problem *widgets.Text
	dialog  *widgets.Dialog
}

func newImportCard(env *Env, plan []settings.ImportedConnection, takeIn func([]settings.ImportedConnection, func(error))) *importCard {
	c := &importCard{env: env, plan: plan, takeIn: takeIn, problem: widgets.NewWrappedText("", widgets.RoleProblem)}
	c.problem.Hide()
	for _, one := range plan {
		var choice *widgets.Choice
		switch one.Arrival {
		case settings.ArrivesNew:
			choice = widgets.NewChoice(importAdd, importLeave)
			choice.Set(importAdd, "")
		case settings.ArrivesChanged:
			choice = widgets.NewChoice(importKeep, importChange)
			choice.Set(importKeep, "")
		}
		if choice != nil {
			choice.OnChanged = func(string) { c.changed() }
		}
		c.choice = append(c.choice, choice)
	}
	return c
}

func (c *importCard) show() {
	body := widgets.Column(10, widgets.NewWrappedText(importSummary(c.plan), widgets.RoleBody))
	for i, one := range c.plan {
		body.Add(widgets.NewRule())
		body.Add(c.row(one, c.choice[i]))
	}
	body.Add(c.problem)
	spec := widgets.DialogSpec{
		Title: "What the file holds", Body: body, Width: 620, Confirm: "Take in", OnConfirm: c.confirm,
	}
	for _, choice := range c.choice {
		if choice != nil && spec.Focus == nil {
			spec.Focus = choice
		}
	}
	if spec.Focus == nil {
		spec.Confirm, spec.OnConfirm = "", nil // there is nothing to take in
	}
	c.dialog = widgets.ShowDialog(c.env.Window.Canvas(), spec)
	c.changed()
	if c.harmless() {
		c.dialog.FocusAnswer()
	}
}

// harmless says that nothing of the file has to be looked at first: Enter takes it
// in.
func (c *importCard) harmless() bool {
	return len(c.agreed()) > 0 && !slices.ContainsFunc(c.plan, func(one settings.ImportedConnection) bool {
		return one.Arrival == settings.ArrivesChanged || len(one.Held) > 0 || len(importWarnings(one)) > 0
	})
}

func (c *importCard) row(one settings.ImportedConnection, choice *widgets.Choice) fyne.CanvasObject {
	words := widgets.Column(
		2,
		widgets.Row(8, widgets.NewMark(one.Connection.Colour), widgets.NewText(shorten(one.Connection.Name, 50), widgets.RoleStrong)),
		widgets.NewValue(one.Connection.Root+" · "+signsInWords(one.Connection), widgets.RoleCaption),
	)
	for _, line := range importLinesOf(one) {
		words.Add(widgets.NewWrappedText(line, widgets.RoleCaption))
	}
	for _, line := range importWarnings(one) {
		words.Add(widgets.NewWrappedText(line, widgets.RoleWarning))
	}
	right := fyne.CanvasObject(widgets.NewText("Here already", widgets.RoleMuted))
	if choice != nil {
		right = choice
	}
	return widgets.Dock(nil, widgets.Pad(0, 0, 0, 12, widgets.Column(0, widgets.Sized(150, 0, right))), nil, nil, words)
}

// changed says how many would be taken in, by a button that waits for the first.
func (c *importCard) changed() { c.dialog.SetReady(len(c.agreed()) > 0) }

// agreed is what a person has said yes to.
func (c *importCard) agreed() []settings.ImportedConnection {
	var list []settings.ImportedConnection
	for i, one := range c.plan {
		if choice := c.choice[i]; choice != nil && (choice.Value() == importAdd || choice.Value() == importChange) {
			list = append(list, one)
		}
	}
	return list
}

func (c *importCard) confirm() bool {
	agreed := c.agreed()
	if len(agreed) == 0 {
		return false
	}
	c.dialog.SetBusy("Taking in…")
	c.takeIn(agreed, func(err error) {
		c.dialog.SetBusy("")
		if err != nil {
			c.problem.SetText(errorWords(err))
			setVisible(c.problem, true)
			return
		}
		c.dialog.Close()
	})
	return false
}

// importSummary counts what is in the file.
func importSummary(plan []settings.ImportedConnection) string {
	count := map[settings.Arrival]int{}
	for _, one := range plan {
		count[one.Arrival]++
	}
	var parts []string
	for _, part := range []struct {
		arrival settings.Arrival
		words   string
	}{
		{settings.ArrivesNew, "new"},
		{settings.ArrivesChanged, "would change one that is here"},
		{settings.ArrivesSame, "here already, the same in everything"},
	} {
		if n := count[part.arrival]; n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, part.words))
		}
	}
	return strings.Join(parts, " · ") + ". No secrets are in it."
}

// importWarnings says what to look at before a connection of a file is taken in:
// what it would change, and where it leads that is not the vendor's.
func importWarnings(one settings.ImportedConnection) []string {
	if one.Arrival == settings.ArrivesSame {
		return nil
	}
	var lines []string
	if one.Arrival == settings.ArrivesChanged {
		lines = append(lines, "Changes "+enumerate(one.Changes)+" of "+one.Before.Name+".")
		if one.Before.Root != one.Connection.Root {
			lines = append(lines, "Its address has been "+one.Before.Root+" until now.")
		}
		if words := voidedWords(access.VoidedBy(one.Before, one.Connection), one.Before, one.Connection); words != "" {
			lines = append(lines, words)
		}
	}
	if host := access.HostOf(one.Connection.Root); !strings.HasSuffix(host, ".dynamics.com") {
		lines = append(lines, "Its host, "+host+", is not one of Microsoft's. Check it before you sign in or enter a key.")
	}
	if authority := one.Connection.Authority; access.ByApp(one.Connection.Auth) && cloudOf(authority).other {
		lines = append(lines, "It signs in at "+access.HostOf(authority)+", which is not one of Microsoft's. Check it before you sign in.")
	}
	return lines
}

// importLinesOf says what else a connection of a file brings.
func importLinesOf(one settings.ImportedConnection) []string {
	var lines []string
	if authority := one.Connection.Authority; access.ByApp(one.Connection.Auth) && authority != "" && !cloudOf(authority).other {
		lines = append(lines, "Signs in at "+access.HostOf(authority)+".")
	}
	if one.Renamed {
		lines = append(lines, "Under this name, since another connection has its own.")
	}
	if n := len(one.Guards); n > 0 && one.Arrival == settings.ArrivesNew {
		lines = append(lines, "With the guards of "+words.Counted(n, "instance", "instances")+".")
	}
	for _, held := range one.Held {
		lines = append(lines, fmt.Sprintf("The guard “%s” of the instance %s is not taken over: it is looser than what holds here, "+
			"or the instance is not known to be a sandbox or a trial.", held.Guard, shorten(held.Instance, 40)))
	}
	return lines
}

// enumerate joins words: "a, b and c".
func enumerate(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:len(words)-1], ", ") + " and " + words[len(words)-1]
}
