// The dialog that finds the customer of an activity: it looks, shows what tells
// the found ones apart, and hands over the key that the activity needs.

package ui

import (
	"context"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"github.com/activitydesk/activitydesk/ui/people"
	"github.com/activitydesk/activitydesk/ui/tasks"
	"github.com/activitydesk/activitydesk/ui/widgets"
)

const (
	// customerTypingRest is how long what is typed has to rest before it is
	// searched for.
	customerTypingRest = 400 * time.Millisecond
	// customerTypingMin is the shortest text that is searched for unasked.
	customerTypingMin = 3
)

// candidate is one line of the dialog: a customer with one key that would do.
type candidate struct {
	Customer people.Customer
	Key      string // empty: none is known
	Sure     bool   // there is nothing more to ask about the keys
}

// customerDialog is used on the UI goroutine. What it needs of the place and
// the form was copied when it was opened.
type customerDialog struct {
	env      *Env
	need     people.Need
	finder   people.Finder
	business bool // the instance's profiles are accounts
	take     func(c people.Customer, key string)

	resting *tasks.Latest[struct{}] // until what is typed rests
	looking *tasks.Latest[people.Found]
	keys    *tasks.Latest[people.Keys]

	box    *widgets.Entry
	hint   *widgets.Text
	table  *widgets.DataTable
	state  *widgets.StatePanel
	about  *widgets.Text // of the marked customer
	dialog *widgets.Dialog

	rows     []candidate
	asked    string   // what the rows answer to
	tried    []string // to find them
	complete bool     // every way was tried, not words alone
	noSearch bool     // the instance has none: nothing is asked while one types
}

func newCustomerDialog(env *Env, place Place, need people.Need, take func(people.Customer, string)) *customerDialog {
	d := &customerDialog{
		env: env, need: need, take: take, business: place.Instance.B2B,
		finder:  people.Finder{Service: place.Service, Entities: place.Entities, First: need.Source.DataName()},
		resting: newLatest[struct{}](env),
		looking: newLatest[people.Found](env),
		keys:    newLatest[people.Keys](env),
		box:     widgets.NewEntry(),
		hint:    widgets.NewEllipsisText("", widgets.RoleCaption),
		about:   widgets.NewWrappedText("", widgets.RoleCaption),
	}
	d.table = widgets.NewDataTable(d.model())
	d.table.OnSelected = func(int) { d.showAbout() }
	d.table.OnActivated = func(int) { d.choose() }
	d.state = newStatePanel(env, d.table)
	d.box.SetPlaceHolder("Name, e-mail, phone, customer ID or key…")
	d.box.OnKey = d.boxKey
	return d
}

// show opens the dialog with a text, and looks for it at once.
func (d *customerDialog) show(text string) {
	d.box.SetText(text)
	d.box.OnChanged = d.typed
	d.dialog = widgets.ShowDialog(d.env.Window.Canvas(), widgets.DialogSpec{
		Title: "Find customer", Body: d.body(), Width: customerDialogWidth,
		Confirm: "Use this customer", Cancel: "Close", OnConfirm: func() bool { d.choose(); return false },
		OnClose: d.stop, Focus: d.box,
	})
	d.box.SelectAll()
	if text == "" {
		d.showNothingYet()
		return
	}
	d.look()
}

// stop ends what is under way.
func (d *customerDialog) stop() {
	d.resting.Cancel()
	d.looking.Cancel()
	d.keys.Cancel()
}

// text is what is to be found.
func (d *customerDialog) text() string { return strings.TrimSpace(d.box.Text) }

// typed searches for words once they rest: one call, and never more.
func (d *customerDialog) typed(string) {
	d.stop()
	d.settle()
	text := d.text()
	switch {
	case text == "":
		d.showNothingYet()
	case len([]rune(text)) < customerTypingMin || !strings.ContainsFunc(text, people.IsWordRune):
		d.say("Enter looks for it.")
	case d.noSearch:
		d.sayNoSearch()
	default:
		d.say("")
		d.resting.RunAfter(customerTypingRest,
			func(context.Context) (struct{}, error) { return struct{}{}, nil },
			func(struct{}, error) { d.ask(text, d.finder.FindWords, false) })
	}
}

// look looks in every way, the best first.
func (d *customerDialog) look() {
	if text := d.text(); text != "" {
		d.stop()
		d.ask(text, d.finder.Find, true)
	}
}

// ask asks the service for a text.
func (d *customerDialog) ask(text string, find func(context.Context, string) (people.Found, error), complete bool) {
	d.say("")
	d.state.ShowLoading("Looking for “"+shortName(text)+"”…", d.cancel)
	d.looking.Run(func(ctx context.Context) (people.Found, error) {
		return find(ctx, text)
	}, func(got people.Found, err error) { d.showFound(text, got, err, complete) })
}

// cancel stops what is under way because a person asked for it.
func (d *customerDialog) cancel() {
	d.stop()
	d.settle()
	d.env.Window.Canvas().Focus(d.box)
}

// settle shows what was there before one looked, where that goes on no more.
func (d *customerDialog) settle() {
	if state := d.state.State(); state != widgets.StateLoading && state != widgets.StateWaiting {
		return
	}
	d.asked = ""
	if len(d.rows) == 0 {
		d.showNothingYet()
		return
	}
	d.state.ShowContent()
	d.say("These were found before.")
}

// enter does what Enter does in the box: it takes the marked customer of an
// answer to this very text, and looks otherwise.
func (d *customerDialog) enter() {
	if d.state.State() == widgets.StateContent && d.asked == d.text() && d.marked() != nil {
		d.choose()
		return
	}
	d.look()
}

// boxKey moves the mark while the cursor stays in the box.
func (d *customerDialog) boxKey(key *fyne.KeyEvent) bool {
	switch key.Name {
	case fyne.KeyDown:
		d.move(1)
	case fyne.KeyUp:
		d.move(-1)
	case fyne.KeyReturn, fyne.KeyEnter:
		d.enter()
	default:
		return false
	}
	return true
}

func (d *customerDialog) move(by int) {
	if len(d.rows) == 0 || d.state.State() != widgets.StateContent {
		return
	}
	d.mark(min(max(d.table.SelectedRow()+by, 0), len(d.rows)-1))
}

func (d *customerDialog) mark(row int) {
	d.table.SelectRow(row)
	d.showAbout()
}

// marked is the line that would be taken; nil: none.
func (d *customerDialog) marked() *candidate {
	if row := d.table.SelectedRow(); row >= 0 && row < len(d.rows) {
		return &d.rows[row]
	}
	return nil
}

// choose takes the marked customer, asking for its keys where the row does not
// tell all.
func (d *customerDialog) choose() {
	one := d.marked()
	switch {
	case one == nil || d.need.Cannot != "" || one.Sure && one.Key == "":
		return // it is said why
	case one.Sure:
		d.done(one.Customer, one.Key)
		return
	}
	d.stop()
	d.state.ShowLoading("Reading the keys of "+one.Customer.Label()+"…", d.cancel)
	finder, need, who := d.finder, d.need, one.Customer
	d.keys.Run(func(ctx context.Context) (people.Keys, error) {
		return finder.KeysFor(ctx, need, who)
	}, d.showKeys)
}

// done hands the key over.
func (d *customerDialog) done(c people.Customer, key string) {
	d.dialog.Close()
	d.take(c, key)
}
