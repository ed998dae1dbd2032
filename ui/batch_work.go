// What the batch page does with a file that was read: match it to an entity,
// check its rows, and say how that stands.

package ui

import (
	"context"
	"time"

	"github.com/activitydesk/activitydesk/client/journal"
	"github.com/activitydesk/activitydesk/forms"
	"github.com/activitydesk/activitydesk/ui/widgets"
)

func (p *BatchPage) fileRead(file *batchFile) {
	if p.file != nil && p.file.Path != file.Path {
		p.wanted = "" // it was the entity of that file
	}
	p.file, p.failed = file, false
	p.match()
}

// match finds the entity that the file's rows are for: the one that the person
// has chosen, else the one that suits the columns best.
func (p *BatchPage) match() {
	p.stopChecking()
	before := p.plan
	p.plan, p.madeAt, p.zone, p.checked = nil, p.place.LoadedAt, p.env.Zone(), false
	rows := batchEntities(p.place.Entities)
	row, ok := rowNamed(rows, p.wanted)
	if !ok {
		row, ok = bestEntity(rows, p.file.Table.Columns)
	}
	if ok {
		p.plan = newBatchPlan(row, p.file.Table, forms.Options{
			All: p.place.Entities, Relationships: p.place.Relationships, Zone: p.zone, Now: p.env.Now,
		})
		p.plan.TakeOver(before)
	}
	p.columns.Show(p.file.Table, p.plan)
	p.columns.Say("")
	p.show()
	if p.plan != nil {
		p.rows.ShowSent(nil)
		p.rows.Show(p.plan)
		p.lookForSent()
		p.check()
	}
}

// planChanged checks the rows again by the changed plan.
func (p *BatchPage) planChanged() {
	p.stopChecking()
	p.checked = false
	p.columns.Say("")
	p.rows.Show(p.plan)
	p.check()
}

// lookForSent marks the rows whose key the journal knows.
func (p *BatchPage) lookForSent() {
	entries, instance, entity := p.env.Journal, p.place.Instance.ID, p.plan.Row.Name
	p.looking.Run(func(ctx context.Context) (map[string]journal.Entry, error) {
		return sentKeys(ctx, entries, instance, entity)
	}, func(sent map[string]journal.Entry, err error) {
		if err != nil {
			p.env.Logger.Warn("look for rows that were sent", "error", err) // the marks are an extra
			return
		}
		p.rows.ShowSent(sent)
	})
}

// Checking is said once it takes longer than a moment, and then counted.
const (
	progressAfter = 300 * time.Millisecond
	progressEvery = 100 * time.Millisecond
)

// check checks all rows, unless they are or a person has stopped it.
func (p *BatchPage) check() {
	if p.plan == nil || p.checked || p.checking.Running() {
		return
	}
	p.job = p.plan.Job()
	p.checking.Run(p.job.Run, p.rowsChecked)
	p.tickAfter(progressAfter)
}

func (p *BatchPage) tickAfter(delay time.Duration) {
	p.ticking.RunAfter(delay,
		func(context.Context) (struct{}, error) { return struct{}{}, nil },
		func(struct{}, error) {
			p.progress.Show(p.job.Progress())
			p.content.Refresh()
			p.tickAfter(progressEvery)
		})
}

func (p *BatchPage) rowsChecked(result batchResult, err error) {
	p.ticking.Cancel()
	p.progress.Hide()
	p.content.Refresh()
	if err != nil {
		p.env.Notify(NoticeOf("batch-check", err))
		return
	}
	p.checked = true
	p.rows.ShowResult(result)
	p.columns.Say(checkedWords(result))
}

// stopChecking ends the check; its answer is dropped.
func (p *BatchPage) stopChecking() {
	p.checking.Cancel()
	p.ticking.Cancel()
	p.progress.Hide()
	p.content.Refresh()
}

// stopOrCheck is the button beside the progress.
func (p *BatchPage) stopOrCheck() {
	if p.checking.Running() {
		p.checking.Cancel()
		p.ticking.Cancel()
		p.checked = true // as far as the person wants
		p.progress.Stopped(p.job.Progress())
		p.content.Refresh()
		return
	}
	p.checked = false
	p.progress.Hide()
	p.check()
}

// show brings head, bar and panels up to date.
func (p *BatchPage) show() {
	p.title.SetText("Batch")
	p.subtitle.SetText("From a file")
	entity := ""
	if p.plan != nil {
		entity = p.plan.Row.Name
	}
	p.showEntity(entity)
	setVisible(p.entity, p.file != nil)
	if p.file == nil {
		if !p.failed {
			p.whole.ShowEmpty(batchNoneTitle, batchNoneWords, "Open a file…", p.chooseFile)
		}
		p.rows.Clear()
		p.rowChosen()
		return
	}
	p.title.SetText("Batch · " + p.file.Table.Name)
	p.subtitle.SetText(fileWords(p.file.Table, entity))
	p.whole.ShowContent()
	if p.plan == nil {
		p.rows.Clear()
		p.rowChosen()
		p.sayNoEntity()
	}
}

func (p *BatchPage) showEntity(name string) {
	if name == "" {
		name = "none chosen"
	}
	p.entity.Set(name, "", widgets.ToneNeutral)
}

// sayNoEntity says in the place of the rows why they cannot be checked.
func (p *BatchPage) sayNoEntity() {
	panel := p.rows.state
	switch {
	case len(p.place.Entities) == 0 && p.place.Err != nil:
		showFailed(panel, p.place.Err, p.env.Reload)
	case len(p.place.Entities) == 0 && p.place.Loading:
		panel.ShowLoading("Loading entities…", p.env.Stop)
	case len(batchEntities(p.place.Entities)) == 0:
		panel.ShowEmpty("No entity takes activities", "The instance has none, or none that you may see.", "Load again", p.env.Reload)
	default:
		panel.ShowEmpty("No entity is chosen",
			"No entity has fields with the names of these columns. Choose the entity above; then choose a field for each column.", "", nil)
	}
}
