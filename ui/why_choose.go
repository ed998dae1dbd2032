// Which activity is missing on a profile: one of those that were sent from here
// for the customer, or one that a person describes.

package ui

import (
	"context"
	"slices"
	"strings"

	"fyne.io/fyne/v2/container"

	"github.com/activitydesk/activitydesk/client/journal"
	"github.com/activitydesk/activitydesk/client/outbox"
	"github.com/activitydesk/activitydesk/ui/people"
	"github.com/activitydesk/activitydesk/ui/tasks"
	"github.com/activitydesk/activitydesk/ui/timeline"
	"github.com/activitydesk/activitydesk/ui/widgets"
	"github.com/activitydesk/activitydesk/ui/words"
)

const (
	whyChooseTitle = "Why is my activity not here?"
	// whyMost is how many sends can be chosen from.
	whyMost = 100

	whyTableHeight float32 = 220
)

// whyChooser lets a person say which activity is missing.
type whyChooser struct {
	env   *Env
	place Place
	who   people.Customer
	name  string // of the customer, as it may be shown
	shown outbox.Shown

	reading *tasks.Latest[[]journal.Entry]
	getting *tasks.Latest[journal.Entry]
	table   *widgets.DataTable
	state   *widgets.StatePanel
	foot    *widgets.Text
	also    string // what else hides activities, for the foot
	entries []journal.Entry
	dialog  *widgets.Dialog
}

// chooseWhy asks which activity of a customer is missing, and then why.
func chooseWhy(env *Env, place Place, who people.Customer, name string, shown outbox.Shown) *whyChooser {
	c := &whyChooser{
		env: env, place: place, who: who, name: name, shown: shown,
		reading: newLatest[[]journal.Entry](env),
		getting: newLatest[journal.Entry](env),
		foot:    widgets.NewWrappedText("", widgets.RoleCaption),
	}
	c.table = widgets.NewDataTable(c.model())
	c.table.OnSelected = func(int) { c.dialog.SetReady(true) }
	c.table.OnActivated = func(int) { c.find() }
	c.state = newStatePanel(env, c.table)
	other := widgets.NewButton("Another one…", c.describe)
	other.SetTip("One that was not sent from here, or is not in the list")
	c.dialog = widgets.ShowDialog(env.Window.Canvas(), widgets.DialogSpec{
		Title: whyChooseTitle,
		Body: widgets.Column(
			8, widgets.NewWrappedText("Which one? These were sent from here for "+name+". Those that nobody has seen on a timeline yet come first.", widgets.RoleBody),
			widgets.Sized(whyWidth, whyTableHeight, c.state),
			container.NewBorder(nil, nil, other, nil, widgets.Pad(0, 0, 0, 10, c.foot)),
		),
		Width: whyWidth, Confirm: "Find out why", Cancel: "Close",
		OnConfirm: func() bool { c.find(); return false },
		OnClose:   func() { c.reading.Cancel(); c.getting.Cancel() },
		Focus:     c.table,
	})
	c.dialog.SetReady(false)
	c.read()
	return c
}

// read lists what was sent for the customer, to whichever instance: it may have
// been another one.
func (c *whyChooser) read() {
	c.state.ShowLoading("Reading the journal…", c.dialog.Close)
	entries := c.env.Journal
	finder := people.Finder{Entities: c.place.Entities}
	keys := finder.KeysOf(c.who)
	person := traceFinder{finder: finder, relationships: c.place.Relationships, instance: c.place.Instance.ID}.person(c.who)
	c.reading.Run(func(ctx context.Context) ([]journal.Entry, error) {
		return sentFor(ctx, entries, keys, person)
	}, c.showList)
}

// sentFor reads the newest sends for a customer, filed under any of the keys:
// what nobody has seen first. A key means somebody in one source only: what the
// journal knows to be of another customer is left out.
func sentFor(ctx context.Context, entries timeline.Entries, keys []string, person journal.Person) ([]journal.Entry, error) {
	var all []journal.Entry
	for _, key := range keys {
		list, err := entries.List(ctx, journal.Filter{Customer: key, Limit: whyMost})
		if err != nil {
			return nil, err
		}
		for _, e := range list {
			another := e.CustomerID != "" && strings.EqualFold(e.InstanceID, person.InstanceID) && !person.About(e)
			if mayAskWhy(e) && !another && !slices.ContainsFunc(all, func(one journal.Entry) bool { return one.ID == e.ID }) {
				all = append(all, e)
			}
		}
	}
	slices.SortStableFunc(all, func(a, b journal.Entry) int {
		if seenA, seenB := a.State == journal.Visible, b.State == journal.Visible; seenA != seenB {
			if seenA {
				return 1
			}
			return -1
		}
		return int(b.Seq - a.Seq)
	})
	return all[:min(len(all), whyMost)], nil
}

func (c *whyChooser) showList(entries []journal.Entry, err error) {
	if err != nil {
		showFailedOnCard(c.state, err, c.read)
		return
	}
	c.entries = entries
	c.table.Reload()
	if len(entries) == 0 {
		c.state.ShowEmpty("Nothing was sent from here for "+c.name,
			"Another one… asks for one that somebody else has sent.", "", nil)
		return
	}
	c.state.ShowContent()
	c.table.SelectRow(0)
	c.dialog.SetReady(true)
	c.foot.SetText(strings.TrimSpace(words.Counted(len(entries), "send", "sends") + " in the journal of this computer. " + c.also))
}

func (c *whyChooser) model() widgets.TableModel {
	return widgets.TableModel{
		Columns: []widgets.TableColumn{
			historyTime:     {ID: "time", Title: "Time", Width: 136},
			historyState:    {ID: "state", Title: "State", Width: 100},
			historyKey:      {ID: "key", Title: "Key", Width: 110},
			historyEntity:   {ID: "entity", Title: "Entity", Width: 170},
			historyInstance: {ID: "instance", Title: "Instance", Width: 124},
		},
		Rows: func() int { return len(c.entries) },
		Cell: func(row, column int) widgets.TableCell { return historyCell(c.entries[row], column, c.env.Zone()) },
	}
}

// find asks why the chosen one is missing. Its body is read first: it says of
// which type it was.
func (c *whyChooser) find() {
	row := c.table.SelectedRow()
	if row < 0 || row >= len(c.entries) {
		return
	}
	entries, id := c.env.Journal, c.entries[row].ID
	c.getting.Run(func(ctx context.Context) (journal.Entry, error) {
		return entries.Get(ctx, id)
	}, func(e journal.Entry, err error) {
		if err != nil {
			showFailedOnCard(c.state, err, c.read)
			return
		}
		c.ask(e)
	})
}

// ask goes on to the causes.
func (c *whyChooser) ask(e journal.Entry) {
	c.dialog.Close()
	q := whyQuestion(c.place, e)
	q.Customer, q.Shown = c.who.ID, c.shown
	showWhy(c.env, q)
}
