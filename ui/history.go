// The history page: everything that was sent from here, as the journal keeps
// it, with what still waits for a person's word first.

package ui

import (
	"context"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"github.com/activitydesk/activitydesk/assets"
	"github.com/activitydesk/activitydesk/client/journal"
	"github.com/activitydesk/activitydesk/ui/tasks"
	"github.com/activitydesk/activitydesk/ui/widgets"
	"github.com/activitydesk/activitydesk/ui/words"
)

// historyMost is how many entries are listed.
const historyMost = 500

// historyRest is how long the filter has to rest before it is looked for, and
// how long changes of the journal are gathered.
const historyRest = 250 * time.Millisecond

// HistoryPage shows what was sent.
type HistoryPage struct {
	env   *Env
	place Place
	shown bool

	filter  *widgets.Entry
	table   *widgets.DataTable
	foot    *widgets.Text
	state   *widgets.StatePanel
	detail  *historyDetail
	content fyne.CanvasObject

	listing *tasks.Latest[[]journal.Entry]
	getting *tasks.Latest[journal.Entry]
	sends   *sendDesk
	entries []journal.Entry       // as listed
	readAt  time.Time             // of entries
	follows map[string]*sendState // what this page sends or looks for, by entry
	chosen  string                // id of the entry whose details are shown
}

var (
	_ Page      = (*HistoryPage)(nil)
	_ Finder    = (*HistoryPage)(nil)
	_ Refresher = (*HistoryPage)(nil)
	_ Opener    = (*HistoryPage)(nil)
	_ Escaper   = (*HistoryPage)(nil)
)

// NewHistoryPage makes the page.
func NewHistoryPage(env *Env) *HistoryPage {
	p := &HistoryPage{
		env:     env,
		filter:  widgets.NewEntry(),
		foot:    widgets.NewEllipsisText("", widgets.RoleCaption),
		listing: newLatest[[]journal.Entry](env),
		getting: newLatest[journal.Entry](env),
		follows: map[string]*sendState{},
	}
	p.sends = newSendDesk(env, p.sendChanged)
	p.detail = newHistoryDetail(env, historyActions{
		Look: p.look, SendAgain: p.sendAgain, Profile: p.showOnProfile, Why: p.why, Stored: p.showStored, Use: p.useAgain, Copy: p.copyBody,
		CopyDetails: p.copyDetails,
	})
	p.filter.SetPlaceHolder("Filter by key, entity, instance, code…")
	p.filter.OnChanged = func(string) { p.list(historyRest) }
	p.filter.OnSubmitted = func(string) { p.list(0) }
	p.table = widgets.NewDataTable(p.model())
	p.table.OnSelected = p.selected
	p.content = p.layout()
	env.Journal.Subscribe(func(journal.Entry) { env.Post(p.journaled) })
	env.Tasks.Every(time.Minute, func() { env.Post(p.tick) })
	return p
}

// ID is the page's name within the desk.
func (p *HistoryPage) ID() PageID { return PageHistory }

// Title is the word in the rail.
func (p *HistoryPage) Title() string { return "History" }

// Icon is drawn in the rail.
func (p *HistoryPage) Icon() fyne.Resource { return assets.IconHistory() }

// Content is the page's part of the window.
func (p *HistoryPage) Content() fyne.CanvasObject { return p.content }

// Enter shows the page. The history is of all instances; the place matters for
// what can be done with an entry.
func (p *HistoryPage) Enter(place Place) {
	first := !p.shown
	p.place, p.shown = place, true
	if first {
		p.list(0)
	}
	p.showDetail()
}

// Leave cancels what is being read.
func (p *HistoryPage) Leave() {
	p.shown = false
	p.listing.Cancel()
	p.getting.Cancel()
}

// Find puts the cursor into the filter.
func (p *HistoryPage) Find() {
	p.env.Window.Canvas().Focus(p.filter)
	p.filter.SelectAll()
}

// Escape stops reading, else it empties the filter.
func (p *HistoryPage) Escape() bool {
	if p.state.State() == widgets.StateLoading {
		p.stop()
		return true
	}
	if p.filter.Text == "" {
		return false
	}
	p.filter.SetText("")
	return true
}

// stop ends the reading of the list.
func (p *HistoryPage) stop() {
	p.listing.Cancel()
	p.listFailed(tasks.ErrStopped)
}

// Refresh reads the journal again; another desk may have written to it.
func (p *HistoryPage) Refresh() { p.list(0) }

// Open shows an entry. A filter, which might hide it, ends.
func (p *HistoryPage) Open(arg any) {
	if entry, ok := arg.(EntryArg); ok {
		p.filter.SetText("")
		p.choose(entry.ID)
	}
}

// journaled follows the journal while the page is seen.
func (p *HistoryPage) journaled() {
	if p.shown {
		p.list(historyRest)
	}
}

// tick keeps what counts down true.
func (p *HistoryPage) tick() {
	if p.shown && p.detail.state.State() == widgets.StateContent {
		p.showDetail()
	}
}

// list reads the entries that the filter lets through.
func (p *HistoryPage) list(rest time.Duration) {
	filter := journal.Filter{Text: strings.TrimSpace(p.filter.Text), Limit: historyMost}
	entries := p.env.Journal
	if len(p.entries) == 0 {
		p.state.ShowLoading("Reading the journal…", p.stop)
	}
	p.listing.RunAfter(rest, func(ctx context.Context) ([]journal.Entry, error) {
		return entries.List(ctx, filter)
	}, func(list []journal.Entry, err error) {
		if err != nil {
			p.listFailed(err)
			return
		}
		p.readAt = p.env.Now()
		p.showList(arrangeHistory(list), filter.Text != "")
	})
}

// listFailed says why the journal was not read. What was listed before stays.
func (p *HistoryPage) listFailed(err error) {
	if len(p.entries) == 0 {
		showFailed(p.state, err, p.Refresh)
		return
	}
	p.foot.SetRole(widgets.RoleWarning)
	p.foot.SetText("Old, read " + words.ShortTime(p.readAt, p.env.Now(), p.env.Zone()) + " · " + words.Explain(err).What + " F5 reads again.")
}

func (p *HistoryPage) showList(entries []journal.Entry, filtered bool) {
	p.entries = entries
	p.table.Reload()
	p.mark()
	p.foot.SetRole(widgets.RoleCaption)
	p.foot.SetText(historyWords(entries))
	switch {
	case len(entries) == 0 && filtered:
		p.state.ShowEmpty("Nothing matches the filter", "", "Show all", func() { p.filter.SetText("") })
	case len(entries) == 0:
		p.state.ShowEmpty("Nothing was sent yet",
			"Every activity that is sent from here is listed, with the answer of the service.",
			"Compose an activity", func() { p.env.Open(PageCompose, nil) })
	default:
		p.state.ShowContent()
	}
	p.keepChosen(filtered)
}

// keepChosen shows the details of what is listed: those of an entry that the
// filter has hidden would look like the answer to it.
func (p *HistoryPage) keepChosen(filtered bool) {
	hidden := filtered && !slices.ContainsFunc(p.entries, func(e journal.Entry) bool { return e.ID == p.chosen })
	switch {
	case (p.chosen == "" || hidden) && len(p.entries) > 0:
		p.choose(p.entries[0].ID)
	case hidden:
		p.chosen = ""
		p.getting.Cancel()
		p.detail.ShowNothing()
	default:
		p.read()
	}
}

// mark keeps the chosen entry marked where it stands now.
func (p *HistoryPage) mark() {
	row := -1
	for i, entry := range p.entries {
		if entry.ID == p.chosen {
			row = i
		}
	}
	p.table.SelectRow(row)
}

func (p *HistoryPage) selected(row int) {
	if row >= 0 && row < len(p.entries) {
		p.choose(p.entries[row].ID)
	}
}

// choose shows the details of an entry.
func (p *HistoryPage) choose(id string) {
	if p.chosen != id {
		p.chosen = id
		p.detail.ShowReading(p.stopDetail)
	}
	p.mark()
	p.read()
}

// read gets the chosen entry with its bodies.
func (p *HistoryPage) read() {
	id := p.chosen
	if id == "" {
		return
	}
	entries := p.env.Journal
	p.getting.Run(func(ctx context.Context) (journal.Entry, error) {
		return entries.Get(ctx, id)
	}, func(entry journal.Entry, err error) {
		if err != nil {
			p.detail.ShowFailed(err, p.read)
			return
		}
		p.follow(entry)
		p.showDetail()
	})
}

// stopDetail ends the reading of the chosen entry.
func (p *HistoryPage) stopDetail() {
	p.getting.Cancel()
	p.detail.ShowFailed(tasks.ErrStopped, p.read)
}

// follow keeps one state for each entry, so that a send or a look that runs is
// not lost when another entry is chosen meanwhile.
func (p *HistoryPage) follow(entry journal.Entry) {
	s := p.follows[entry.ID]
	if s == nil {
		s = &sendState{Told: true}
		p.follows[entry.ID] = s
	}
	if !s.Busy {
		s.Entry = entry
	}
}

func (p *HistoryPage) showDetail() {
	if s := p.follows[p.chosen]; s != nil {
		p.detail.Show(s, p.reach(s.Entry), p.env.Now(), p.env.Zone())
	}
}
