// The details of a profile: its fields in a table, found by typing, each value
// copied by one click, and what the service can be asked for besides.

package ui

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/activitydesk/activitydesk/ui/people"
	"github.com/activitydesk/activitydesk/ui/tasks"
	"github.com/activitydesk/activitydesk/ui/widgets"
	"github.com/activitydesk/activitydesk/ui/words"
)

// profileDetails is used on the UI goroutine.
type profileDetails struct {
	env    *Env
	hidden func() bool

	at       searchPlace
	customer people.Customer
	more     map[people.Group][]people.Field // what was asked for
	next     int                             // the first segment that was not asked for
	said     string                          // of the newest question
	rows     []people.Field                  // as listed

	filter  *widgets.Entry
	which   *widgets.Segments
	ask     *widgets.Button
	table   *widgets.DataTable
	note    *widgets.Text
	asking  *tasks.Latest[asked]
	content fyne.CanvasObject
}

// The parts that the details can show.
const (
	detailsFirst = iota
	detailsAll
)

// The columns of the table.
const (
	detailsLabel = iota
	detailsValue
	detailsFrom
	detailsCopy
)

func newProfileDetails(env *Env, hidden func() bool) *profileDetails {
	d := &profileDetails{
		env: env, hidden: hidden,
		filter: widgets.NewEntry(),
		which:  widgets.NewSegments("What matters", "All fields"),
		note:   widgets.NewEllipsisText("", widgets.RoleCaption),
		asking: newLatest[asked](env),
	}
	d.ask = widgets.NewMenuButton("Ask for more", d.ShowAsk)
	d.ask.SetTip("Keys of every source, measures, segments: they cost calls, so they are read when you want them")
	d.filter.SetPlaceHolder("Find a field or a value…")
	d.filter.OnChanged = func(string) { d.list() }
	d.which.OnSelected = func(int) { d.list() }
	d.table = widgets.NewDataTable(widgets.TableModel{
		Columns: []widgets.TableColumn{
			{ID: "label", Title: "Field", Width: 146},
			{ID: "value", Title: "Value", Width: 262, Wide: true},
			{ID: "from", Title: "From", Width: 216},
			{ID: "copy", Title: "", Width: 56},
		},
		Rows: func() int { return len(d.rows) },
		Cell: d.cell,
	})
	d.table.OnTapped = func(row, column int) bool {
		if column == detailsCopy {
			d.copy(row)
		}
		return column == detailsCopy
	}
	d.table.OnActivated = d.copy
	d.content = container.NewBorder(
		widgets.Pad(8, 16, 8, 16, container.NewBorder(nil, nil, d.which, d.ask, widgets.Pad(0, 8, 0, 8, d.filter))),
		widgets.Pad(4, 16, 6, 16, d.note), nil, nil,
		widgets.Pad(0, 16, 0, 16, d.table),
	)
	return d
}

// Show shows a profile. What was asked for goes with the profile before.
func (d *profileDetails) Show(at searchPlace, c people.Customer) {
	if c.ID != d.customer.ID {
		d.asking.Cancel()
		d.more, d.next, d.said = nil, 0, ""
		d.filter.SetText("")
		d.table.SelectRow(-1)
	} else if len(c.Ring.Keys) == 0 {
		c.Ring = d.customer.Ring
	}
	d.at, d.customer = at, c
	d.list()
}

// list lists the rows again: the filter, or what there is, has changed.
func (d *profileDetails) list() {
	all := d.at.finder.Fields(d.customer)
	i := slices.IndexFunc(all, func(f people.Field) bool { return f.Group == people.GroupFields })
	if i < 0 {
		i = len(all)
	}
	first := slices.Concat(all[:i], d.more[people.GroupMeasures], d.more[people.GroupSegments])
	rows := first
	if d.which.Selected() == detailsAll || d.filter.Text != "" {
		rows = slices.Concat(first, all[i:])
	}
	words := strings.Fields(strings.ToLower(d.filter.Text))
	d.rows = slices.DeleteFunc(slices.Clone(rows), func(f people.Field) bool {
		text := strings.ToLower(f.Label + " " + f.From + " " + f.Shown(d.hidden()))
		return slices.ContainsFunc(words, func(word string) bool { return !strings.Contains(text, word) })
	})
	d.which.SetCount(detailsFirst, len(first))
	d.which.SetCount(detailsAll, len(first)+len(all)-i)
	d.table.Reload()
	d.say()
}

// say says below the table what there is to know of it.
func (d *profileDetails) say() {
	text := d.said
	switch {
	case d.customer.Unseen:
		text = "Your role does not see the fields of profiles here. " + text
	case len(d.rows) == 0 && d.filter.Text != "":
		text = "No field has these words."
	case text == "":
		text = "Enter, or “copy”, copies a value."
	}
	if d.hidden() {
		text = people.PersonalHidden + "; copying gives the true value. " + text
	}
	d.note.SetText(strings.TrimSpace(text))
}

func (d *profileDetails) cell(row, column int) widgets.TableCell {
	f := d.rows[row]
	switch column {
	case detailsLabel:
		return widgets.TableCell{Text: f.Label}
	case detailsValue:
		return widgets.TableCell{Text: f.Shown(d.hidden()), Whole: f.Value}
	case detailsFrom:
		return widgets.TableCell{Text: f.From, Muted: true}
	default:
		return widgets.TableCell{Text: "copy", Tone: widgets.ToneInfo, Whole: f.Value}
	}
}

// copy puts the value of a row on the clipboard.
func (d *profileDetails) copy(row int) {
	if row >= 0 && row < len(d.rows) {
		d.copied(d.rows[row])
	}
}

func (d *profileDetails) copied(f people.Field) {
	d.env.Copy(f.Value)
	d.said = "Copied: " + f.Label + "."
	d.say()
}

// Find puts the cursor into the filter.
func (d *profileDetails) Find() {
	d.env.Window.Canvas().Focus(d.filter)
	d.filter.SelectAll()
}

// Escape empties the filter or stops a question; it answers whether it did.
func (d *profileDetails) Escape() bool {
	switch {
	case d.asking.Running():
		d.asking.Cancel()
		d.said = "Stopped."
		d.say()
	case d.filter.Text != "":
		d.filter.SetText("")
	default:
		return false
	}
	return true
}

// Leave ends a question.
func (d *profileDetails) Leave() {
	if d.asking.Running() {
		d.Escape()
	}
}

// CopyItems are the values that matter, each to be copied.
func (d *profileDetails) CopyItems() []widgets.MenuItem {
	var items []widgets.MenuItem
	group := people.GroupMatters
	for _, f := range d.at.finder.Fields(d.customer) {
		if f.Group == people.GroupFields {
			break
		}
		note := words.Clipped(f.Shown(d.hidden()), 40)
		if f.Group == people.GroupKeys && f.Label != people.FieldCustomerID {
			note += " · " + f.From
		}
		items = append(items, widgets.MenuItem{
			Label: f.Label, Note: note, Separate: f.Group != group, OnChosen: func() { d.copied(f) },
		})
		group = f.Group
	}
	return items
}

// ShowAsk opens the menu of what can be asked for.
func (d *profileDetails) ShowAsk() { widgets.ShowMenuBelow(d.ask, d.askItems()) }

func (d *profileDetails) askItems() []widgets.MenuItem {
	asker := profileAsker{d.at.finder, d.customer}
	spare, all := callsToSpare(d.at.budget), len(d.at.finder.Segments())
	if d.next >= all {
		d.next = 0
	}
	from, most := d.next, min(all-d.next, max(spare, 1))
	segments := fmt.Sprintf("Segments (%s)", words.Counted(most, "call", "calls"))
	if most < all {
		segments = fmt.Sprintf("Segments %d to %d of %d (%s)", from+1, from+most, all, words.Counted(most, "call", "calls"))
	}
	items := []widgets.MenuItem{
		{Label: "Keys of every source (1 call)", OnChosen: func() { d.run(people.GroupKeys, "the key ring", asker.Keys) }},
		{Label: "Measures (1 call)", OnChosen: func() { d.run(people.GroupMeasures, "measures", asker.Measures) }},
		{Label: segments, Disabled: all == 0, OnChosen: func() {
			d.run(people.GroupSegments, words.Counted(most, "segment", "segments"), func(ctx context.Context) (asked, error) {
				return asker.Segments(ctx, from, most)
			})
		}},
	}
	if all == 0 {
		items[2].Label, items[2].Note = "Segments", "this instance shows none"
	}
	if spare == 0 {
		items[0].Note = "waits: no call is free"
	}
	return items
}

// run asks one of the questions. What was asked for before stays where the
// answer does not come.
func (d *profileDetails) run(group people.Group, what string, ask func(context.Context) (asked, error)) {
	d.said = "Asking for " + what + "… Esc stops it."
	d.say()
	d.asking.Run(ask, func(got asked, err error) {
		if err != nil {
			m := words.Explain(err)
			d.said = "Not read: " + m.What + " " + m.Do
			d.say()
			return
		}
		d.take(group, got)
	})
}

func (d *profileDetails) take(group people.Group, got asked) {
	if d.more == nil {
		d.more = map[people.Group][]people.Field{}
	}
	switch group {
	case people.GroupKeys:
		if len(got.Ring.Keys) > 0 {
			d.customer.Ring = got.Ring
		}
	case people.GroupSegments:
		if d.next > 0 {
			got.Fields = append(slices.Clone(d.more[group]), got.Fields...)
		}
		d.next = got.Next
		d.more[group] = got.Fields
	default:
		d.more[group] = got.Fields
	}
	d.said = "Read " + d.env.Now().In(d.env.Zone()).Format(words.ClockLayout) + ": " + got.Words
	d.list()
}
