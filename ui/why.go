// "Why is it not here?": a card that goes through the causes for which an
// activity is not on a timeline, each told as soon as it is found out.

package ui

import (
	"context"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/activitydesk/activitydesk/client"
	"github.com/activitydesk/activitydesk/client/journal"
	"github.com/activitydesk/activitydesk/client/outbox"
	"github.com/activitydesk/activitydesk/ui/people"
	"github.com/activitydesk/activitydesk/ui/tasks"
	"github.com/activitydesk/activitydesk/ui/widgets"
)

const whyTitle = "Why is it not here?"

// whyWidth is the card's.
const whyWidth float32 = 640

// whyCard asks, and shows what is found.
type whyCard struct {
	env      *Env
	question outbox.Question
	asking   *tasks.Latest[outbox.Report]
	waiting  *tasks.Latest[struct{}] // until it is looked once more whether it waits for the budget
	run      int                     // the newest: of those before nothing is shown any more

	about  *widgets.Value
	lines  *widgets.Steps // the verdict
	rows   []*whyRow      // as outbox.Causes
	found  []outbox.Finding
	report outbox.Report
	over   bool // the report is the whole of it

	stop, again, copy, profile *widgets.Button
	close                      func()
}

// showWhy opens the card and begins to ask. What the question holds is not read
// again.
func showWhy(env *Env, q outbox.Question) *whyCard {
	q.Zone = env.Zone()
	w := &whyCard{
		env: env, question: q, asking: newLatest[outbox.Report](env), waiting: newLatest[struct{}](env),
		about: widgets.NewValue(whyAbout(q, env.Now(), env.Zone()), widgets.RoleCaption),
		lines: widgets.NewSteps(),
	}
	w.stop = widgets.NewButton("Stop", w.stopAsking)
	w.again = widgets.NewButton("Ask again", w.ask)
	w.copy = widgets.NewButton("Copy the findings", w.copyFindings)
	w.profile = widgets.NewButton("Show on profile", w.showOnProfile)
	rows := widgets.Column(9)
	for _, cause := range outbox.Causes() {
		row := newWhyRow(cause)
		w.rows = append(w.rows, row)
		rows.Add(row.content)
	}
	w.close = env.Show(Card{
		Title: whyTitle,
		Head: widgets.Column(8, w.about, w.lines,
			container.New(&flowLayout{}, w.stop, w.again, w.copy, w.profile)),
		Body:    widgets.Pad(2, 6, 2, 0, rows),
		Width:   whyWidth,
		OnClose: func() { w.asking.Cancel(); w.waiting.Cancel() },
		Focus:   w.stop,
	})
	w.ask()
	return w
}

// ask goes through the causes, from the first.
func (w *whyCard) ask() {
	w.run++
	run, ask, q := w.run, w.env.Outbox.Why, w.question
	w.found, w.report, w.over = nil, outbox.Report{}, false
	for _, row := range w.rows {
		row.ShowPending()
	}
	w.showState(nil)
	w.tick()
	post := w.env.Post
	w.asking.Run(func(ctx context.Context) (outbox.Report, error) {
		return ask(ctx, q, func(f outbox.Finding) { post(func() { w.told(run, f) }) })
	}, func(report outbox.Report, err error) {
		if err == nil {
			w.report, w.over = report, true
		}
		w.showState(err)
	})
}

// tick says each second whether it waits for the budget, as long as it asks.
func (w *whyCard) tick() {
	w.waiting.RunAfter(time.Second,
		func(context.Context) (struct{}, error) { return struct{}{}, nil },
		func(struct{}, error) {
			if w.asking.Running() {
				w.showState(nil)
				w.tick()
			}
		})
}

// noCallLeft says that the budget is used up for the moment.
func (w *whyCard) noCallLeft() bool {
	service, ok := w.question.Target.Service.(interface{ Pacer() *client.Pacer })
	if !ok {
		return false
	}
	used, limit := service.Pacer().Usage()
	return used >= limit || !service.Pacer().PausedUntil().IsZero()
}

// told shows what was found out of one cause.
func (w *whyCard) told(run int, f outbox.Finding) {
	if run != w.run || !w.asking.Running() {
		return // it was stopped, or is asked anew
	}
	w.found = append(w.found, f)
	w.rows[int(f.Cause)].Show(f)
	w.showState(nil)
}

// stopAsking ends it; what was found out stays.
func (w *whyCard) stopAsking() {
	w.asking.Cancel()
	w.showState(tasks.ErrStopped)
}

// showState says how far it is, or what came out of it.
func (w *whyCard) showState(err error) {
	running := w.asking.Running()
	switch {
	case running:
		w.lines.Set(whyProgress(w.found, w.noCallLeft()))
	case err != nil:
		w.lines.Set(whyFailed(w.found, err))
	case w.over:
		w.lines.Set(whyVerdict(w.question, w.report)...)
	}
	hadFocus := w.env.Window.Canvas().Focused() == fyne.Focusable(w.stop)
	setVisible(w.stop, running)
	setVisible(w.again, !running)
	setVisible(w.copy, !running && len(w.found) > 0)
	setVisible(w.profile, w.over && w.report.Seen)
	if hadFocus && !running {
		w.env.Window.Canvas().Focus(w.again) // the button with the cursor has gone
	}
}

// copyFindings copies what the card says, for a ticket.
func (w *whyCard) copyFindings() {
	w.env.Copy(whyText(w.question, w.found, w.report, w.over, w.env.Now(), w.env.Zone()))
}

func (w *whyCard) showOnProfile() {
	id := w.report.Row.Text(people.FieldCustomerID)
	if id == "" {
		return
	}
	w.close()
	w.env.Open(PageProfiles, CustomerArg{ID: id})
}

// whyRow is one cause.
type whyRow struct {
	dot      *widgets.Dot
	cause    *widgets.Text
	answer   *widgets.Badge
	evidence *widgets.Value
	do       *widgets.Value
	content  *fyne.Container
}

func newWhyRow(cause outbox.Cause) *whyRow {
	r := &whyRow{
		dot:      widgets.NewDot(widgets.ToneNeutral),
		cause:    widgets.NewText(cause.String(), widgets.RoleStrong),
		answer:   widgets.NewBadge("", widgets.ToneNeutral),
		evidence: widgets.NewValue("", widgets.RoleCaption),
		do:       widgets.NewValue("", widgets.RoleBody),
	}
	const indent = 18 // of what stands below the dot
	r.content = widgets.Column(
		2, container.NewBorder(nil, nil, widgets.Row(8, r.dot, r.cause), r.answer),
		widgets.Pad(0, 0, 0, indent, r.evidence), widgets.Pad(0, 0, 0, indent, r.do),
	)
	r.ShowPending()
	return r
}

// ShowPending says that the cause was not looked at yet.
func (r *whyRow) ShowPending() {
	r.dot.SetTone(widgets.ToneNeutral)
	r.answer.Hide()
	r.evidence.SetText("Not looked at yet.")
	r.do.Hide()
	r.content.Refresh()
}

// Show shows a finding.
func (r *whyRow) Show(f outbox.Finding) {
	tone := whyTone(f.Answer)
	r.dot.SetTone(tone)
	r.answer.Set(f.Answer.String(), tone)
	r.answer.Show()
	r.evidence.SetText(whyEvidence(f))
	r.do.SetText(f.Do)
	setVisible(r.do, f.Do != "" && f.Answer == outbox.AnswerYes)
	r.content.Refresh()
}

// whyQuestion asks for a send of the journal in the place where one stands.
func whyQuestion(place Place, e journal.Entry) outbox.Question {
	entity, _ := people.FindEntity(place.Entities, e.Entity)
	return outbox.Question{Entry: e, Target: targetOf(place, entity), Role: place.Role}
}

// mayAskWhy says whether an entry is one that could be missing somewhere.
func mayAskWhy(e journal.Entry) bool {
	return e.ID != "" && e.Operation == journal.OperationPost && e.State != journal.Sending
}
