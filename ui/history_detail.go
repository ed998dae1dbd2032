// The details of one entry: how it ended, what was sent, what was answered.

package ui

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/activitydesk/activitydesk/client/journal"
	"github.com/activitydesk/activitydesk/client/metadata"
	"github.com/activitydesk/activitydesk/ui/widgets"
)

// historyActions is what the buttons of the details do.
type historyActions struct{ Look, SendAgain, Profile, Why, Stored, Use, Copy, CopyDetails func() }

// historyDetail shows one entry.
type historyDetail struct {
	title   *widgets.Value
	place   *widgets.Value
	steps   *widgets.Steps
	reach   *widgets.Text
	look    *widgets.Button
	again   *widgets.Button
	profile *widgets.Button
	why     *widgets.Button
	stored  *widgets.Button
	use     *widgets.Button
	copy    *widgets.Button
	details *widgets.Button
	facts   *widgets.Value
	body    *widgets.JSONView
	answer  *widgets.JSONView
	id      *widgets.Value
	state   *widgets.StatePanel
	content fyne.CanvasObject
	inner   *fyne.Container
}

func newHistoryDetail(env *Env, do historyActions) *historyDetail {
	d := &historyDetail{
		title:   widgets.NewLineValue("", widgets.RoleTitle),
		place:   widgets.NewValue("", widgets.RoleCaption),
		steps:   widgets.NewSteps(),
		reach:   widgets.NewWrappedText("", widgets.RoleCaption),
		look:    widgets.NewButton("Look again", do.Look),
		again:   widgets.NewButton("Send again…", do.SendAgain),
		profile: widgets.NewButton("Show on profile", do.Profile),
		why:     widgets.NewButton(whyTitle, do.Why),
		stored:  widgets.NewButton("Compare…", do.Stored),
		use:     widgets.NewButton("Open in the form", do.Use),
		copy:    widgets.NewButton("Copy JSON", do.Copy),
		details: widgets.NewButton("Copy details", do.CopyDetails),
		facts:   widgets.NewValue("", widgets.RoleCaption),
		body:    widgets.NewJSONView(4),
		answer:  widgets.NewJSONView(4),
		id:      widgets.NewLineValue("", widgets.RoleCaption),
	}
	head := widgets.Column(8,
		widgets.Column(2, d.title, d.place), d.steps, d.reach,
		container.New(&flowLayout{}, d.look, d.again, d.profile, d.stored, d.why), d.facts)
	views := container.NewGridWithRows(2,
		container.NewBorder(widgets.Pad(8, 0, 6, 0, container.NewBorder(nil, nil,
			widgets.NewText("Sent", widgets.RoleHeading), widgets.Row(8, d.use, d.copy))), nil, nil, nil, d.body),
		container.NewBorder(widgets.Pad(8, 0, 6, 0, container.NewBorder(nil, nil,
			widgets.Pad(0, 8, 0, 0, widgets.NewText("Answer", widgets.RoleHeading)), d.details, d.id)), nil, nil, nil, d.answer))
	d.inner = container.NewBorder(head, nil, nil, nil, views)
	d.state = newStatePanel(env, container.NewVScroll(widgets.Pad(12, 14, 14, 14, d.inner)))
	d.content = widgets.NewArea(widgets.ColorPanel, d.state)
	d.stored.SetTip("Stored as sent? Looks for it again, where that is not known any more")
	d.ShowNothing()
	return d
}

// Content is the details' part of the page.
func (d *historyDetail) Content() fyne.CanvasObject { return d.content }

// ShowNothing says that no entry is chosen.
func (d *historyDetail) ShowNothing() {
	d.state.ShowEmpty("No entry is chosen", "Choose one in the list to see what was sent and what was answered.", "", nil)
}

// ShowReading says that an entry is being read, where that takes a while. The
// entry before goes at once: its buttons must not act on another one.
func (d *historyDetail) ShowReading(stop func()) {
	d.inner.Hide()
	d.state.ShowLoading("Reading the entry…", stop)
}

// ShowFailed says why an entry cannot be shown.
func (d *historyDetail) ShowFailed(err error, again func()) { showFailed(d.state, err, again) }

// Show shows an entry. Reach says why it cannot be asked for from here.
func (d *historyDetail) Show(s *sendState, reach string, now time.Time, zone *time.Location) {
	e := s.Entry
	d.title.SetText(keyWords(e))
	d.place.SetText(metadata.Plain(e.Entity) + " · " + historyWhen(e, now, zone))
	d.steps.Set(s.lines(now, zone)...)
	idle := !s.Busy && s.Look != lookBusy
	asks := watchable(e.State) || maySendAgain(e)
	d.reach.SetText(reach)
	setVisible(d.reach, reach != "" && asks)
	setVisible(d.look, idle && reach == "" && watchable(e.State))
	setVisible(d.again, idle && reach == "" && maySendAgain(e))
	setVisible(d.profile, reach == "" && mayBeShown(e))
	setVisible(d.stored, s.compared() || reach == "" && s.mayCompare())
	setVisible(d.why, idle && mayAskWhy(e))
	kept := len(e.Body) > 0
	setVisible(d.use, kept && e.Operation == journal.OperationPost)
	setVisible(d.copy, kept)
	d.facts.SetText(factWords(e, zone))
	setVisible(d.facts, d.facts.Text() != "")
	if kept {
		d.body.SetText(string(e.Body))
	} else {
		d.body.SetText("The body was not kept.")
	}
	d.answer.SetText(answerWords(s))
	setVisible(d.details, hasDetails(s))
	d.id.SetText(requestIDWords(e))
	d.inner.Show()
	d.inner.Refresh()
	d.state.ShowContent()
}
