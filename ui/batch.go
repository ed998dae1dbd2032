// The batch page: the rows of a file, checked against the form of an entity.
// A row that is chosen opens in the compose page; nothing is sent from here.

package ui

import (
	"time"

	"fyne.io/fyne/v2"

	"github.com/activitydesk/activitydesk/assets"
	"github.com/activitydesk/activitydesk/client/journal"
	"github.com/activitydesk/activitydesk/ui/tasks"
	"github.com/activitydesk/activitydesk/ui/widgets"
	"github.com/activitydesk/activitydesk/ui/words"
)

// BatchPage shows the rows of a file and whether they fit an entity.
type BatchPage struct {
	env   *Env
	place Place

	title    *widgets.Text
	subtitle *widgets.Text
	entity   *widgets.Picker
	path     *widgets.Entry
	progress *batchProgress
	columns  *batchColumns
	rows     *batchRows
	open     *widgets.Button
	bar      *fyne.Container
	whole    *widgets.StatePanel // around columns and rows
	content  fyne.CanvasObject

	reading  *tasks.Latest[*batchFile]
	checking *tasks.Latest[batchResult]
	looking  *tasks.Latest[map[string]journal.Entry]
	ticking  *tasks.Latest[struct{}]

	file    *batchFile // nil: none is open
	failed  bool       // what the page says is why the newest file cannot be read
	wanted  string     // the entity that a person chose; empty: the best match
	plan    *batchPlan // nil: no entity
	madeAt  time.Time  // LoadedAt of the metadata that the plan was made of
	zone    *time.Location
	job     *batchJob // the newest check
	checked bool      // all rows are, or a person has stopped it
	opened  bool      // a row was opened in the form: the next one is likely to follow
}

var (
	_ Page      = (*BatchPage)(nil)
	_ Arriver   = (*BatchPage)(nil)
	_ Finder    = (*BatchPage)(nil)
	_ Refresher = (*BatchPage)(nil)
	_ Escaper   = (*BatchPage)(nil)
)

// NewBatchPage makes the page.
func NewBatchPage(env *Env) *BatchPage {
	p := &BatchPage{
		env:      env,
		title:    widgets.NewEllipsisText("", widgets.RoleTitle),
		subtitle: widgets.NewEllipsisText("", widgets.RoleCaption),
		path:     widgets.NewEntry(),
		reading:  newLatest[*batchFile](env),
		checking: newLatest[batchResult](env),
		looking:  newLatest[map[string]journal.Entry](env),
		ticking:  newLatest[struct{}](env),
	}
	p.entity = widgets.NewPicker("Entity", p.entityItems)
	p.progress = newBatchProgress(p.stopOrCheck)
	p.columns = newBatchColumns(p.planChanged)
	p.rows = newBatchRows(env, p.rowChosen, p.openRow)
	p.open = widgets.NewPrimaryButton("Open in the form", p.openRow)
	p.open.SetTip("Fill the form with the chosen row (Enter)")
	p.path.SetPlaceHolder("Path of a CSV file, then Enter")
	p.path.OnSubmitted = p.pathTyped
	p.content = p.layout()
	p.show()
	return p
}

// ID is the page's name within the desk.
func (p *BatchPage) ID() PageID { return PageBatch }

// Title is the word in the rail.
func (p *BatchPage) Title() string { return "Batch" }

// Icon is drawn in the rail.
func (p *BatchPage) Icon() fyne.Resource { return assets.IconBatch() }

// Content is the page's part of the window.
func (p *BatchPage) Content() fyne.CanvasObject { return p.content }

// Enter shows the page for a place. The file stays open; another instance has
// other entities, to which its columns are matched anew.
func (p *BatchPage) Enter(place Place) {
	moved := !place.Same(p.place)
	p.place = place
	if moved {
		p.wanted, p.plan = "", nil
		p.stopChecking()
	}
	if p.opened {
		p.opened = false
		p.env.Window.Canvas().Focus(p.rows.table)
	}
	switch {
	case p.file == nil:
	case p.plan == nil || !place.LoadedAt.Equal(p.madeAt) || p.env.Zone() != p.zone:
		p.match()
	default:
		p.lookForSent()
		p.check()
	}
}

// Leave ends reading and checking. Checking begins again when the page is
// shown again.
func (p *BatchPage) Leave() {
	p.looking.Cancel()
	p.stopChecking()
	if p.reading.Running() {
		p.stopReading()
	}
}

// Find puts the cursor where the path of a file is written.
func (p *BatchPage) Find() {
	p.env.Window.Canvas().Focus(p.path)
	p.path.SelectAll()
}

// Arrive puts the cursor into the path where no file is open.
func (p *BatchPage) Arrive() {
	if p.file == nil {
		p.Find()
	}
}

// Refresh reads the file again (F5), for example after it was mended. Without
// a file it loads the instance's entities again.
func (p *BatchPage) Refresh() {
	if p.path.Text == "" {
		p.env.Reload()
		return
	}
	p.pathTyped(p.path.Text)
}

// Escape stops reading or checking.
func (p *BatchPage) Escape() bool {
	switch {
	case p.reading.Running():
		p.stopReading()
	case p.checking.Running():
		p.stopOrCheck()
	default:
		return false
	}
	return true
}

// entityItems are the entities that rows can be sent to.
func (p *BatchPage) entityItems() []widgets.MenuItem {
	var items []widgets.MenuItem
	for _, row := range batchEntities(p.place.Entities) {
		items = append(items, widgets.MenuItem{
			Label: row.Name, Note: groupOf(row.Entity.Type), Checked: p.plan != nil && p.plan.Row.Name == row.Name,
			OnChosen: func() { p.chooseEntity(row.Name) },
		})
	}
	return items
}

func (p *BatchPage) chooseEntity(name string) {
	p.wanted = name
	if p.file != nil {
		p.match()
	}
}

// rowChosen follows the chosen row in the bar.
func (p *BatchPage) rowChosen() {
	if number := p.rows.Chosen(); number > 0 {
		p.open.SetText("Open row " + words.Grouped(number) + " in the form")
		p.open.Enable()
	} else {
		p.open.SetText("Open in the form")
		p.open.Disable()
	}
	p.bar.Refresh() // the button's width follows its words
}

// openRow fills the form of the compose page with the chosen row.
func (p *BatchPage) openRow() {
	number := p.rows.Chosen()
	if number == 0 {
		return
	}
	if _, err := p.plan.Fill(number); err != nil {
		p.env.Notify(NoticeOf("batch-row", err))
		return
	}
	p.opened = true
	p.env.Open(PageCompose, FormArg{Entity: p.plan.Row.Name, Snapshot: p.plan.Form.Snapshot()})
}
