// The pane at the right of the compose page: what will be sent, and what came
// of the newest send.

package ui

import (
	"strconv"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/activitydesk/activitydesk/client/journal"
	"github.com/activitydesk/activitydesk/forms"
	"github.com/activitydesk/activitydesk/ui/widgets"
)

// requestActions is what the pane's buttons do.
type requestActions struct {
	CopyJSON func()
	// CopyCommand copies the request as a command for a shell.
	CopyCommand   func(shell)
	Keep          func(keepFor)
	ShowOnProfile func()
	LookAgain     func()
	SendAgain     func()
}

// requestPane shows a request and its outcome.
type requestPane struct {
	head    *fyne.Container
	path    *widgets.Value
	preview *widgets.JSONView
	copyAs  *fyne.Container
	keep    *widgets.Button

	sendHead   *widgets.Value
	steps      *widgets.Steps
	answer     *widgets.JSONView
	requestID  *widgets.Value
	profile    *widgets.Button
	look       *widgets.Button
	again      *widgets.Button
	send       *fyne.Container // all of "Last send"
	answering  *fyne.Container // the answer's body
	answerHead *fyne.Container
	note       *widgets.Text
	layout     *requestLayout
	body       *fyne.Container
	content    fyne.CanvasObject
}

func newRequestPane(do requestActions) *requestPane {
	p := &requestPane{
		path:      widgets.NewLineValue("", widgets.RoleCaption),
		preview:   widgets.NewJSONView(3),
		sendHead:  widgets.NewLineValue("", widgets.RoleCaption),
		steps:     widgets.NewSteps(),
		answer:    widgets.NewJSONView(3),
		requestID: widgets.NewLineValue("", widgets.RoleCaption),
		profile:   widgets.NewButton("Show on profile", do.ShowOnProfile),
		look:      widgets.NewButton("Look again", do.LookAgain),
		again:     widgets.NewButton("Send again…", do.SendAgain),
		note:      widgets.NewWrappedText("", widgets.RoleCaption),
		layout:    &requestLayout{},
	}
	copyCommand := widgets.NewMenuButton("Copy as cURL", nil)
	copyCommand.OnTapped = func() { widgets.ShowMenuBelow(copyCommand, shellItems(do.CopyCommand)) }
	copyCommand.SetTip("As a command for your shell. Token and key are left to its variables ACCESS_TOKEN and SUBSCRIPTION_KEY.")
	p.keep = widgets.NewMenuButton("", nil)
	p.keep.OnTapped = func() { p.chooseKeep(do.Keep) }
	p.keep.SetTip("How long the service keeps the activity (validUntil)")
	p.copyAs = container.New(&flowLayout{}, widgets.NewButton("Copy JSON", do.CopyJSON), copyCommand, p.keep)
	p.answering = container.NewStack(p.answer)
	p.build()
	return p
}

// Content is the pane's part of the page.
func (p *requestPane) Content() fyne.CanvasObject { return p.content }

// ShowRequest shows what will be sent; path is the entity's address in short.
// The lines are the form's own: they change with it.
func (p *requestPane) ShowRequest(path string, lines []forms.Line) {
	p.path.SetText(path)
	p.preview.SetLines(lines)
	p.layout.previewLines = len(lines)
	p.body.Refresh()
}

// ShowKeep shows how long the activity is to be kept.
func (p *requestPane) ShowKeep(keep keepFor) {
	for _, choice := range keepChoices() {
		if choice.Keep == keep {
			p.keep.SetText(choice.Label)
		}
	}
}

// SetSendable hides the request where there is none.
func (p *requestPane) SetSendable(sendable bool) {
	for _, o := range []fyne.CanvasObject{p.head, p.preview, p.copyAs} {
		setVisible(o, sendable)
	}
}

// ShowNote says what is to be known before sending.
func (p *requestPane) ShowNote(text string) { p.note.SetText(text) }

// ShowSend shows the newest send; nil: there is none.
func (p *requestPane) ShowSend(s *sendState, now time.Time, zone *time.Location) {
	setVisible(p.send, s != nil)
	setVisible(p.steps, s != nil)
	hasAnswer := s != nil && !s.Busy && answerText(s.Entry) != ""
	setVisible(p.answering, hasAnswer)
	setVisible(p.answerHead, hasAnswer)
	setVisible(p.profile, s != nil && !s.Busy && mayBeShown(s.Entry))
	setVisible(p.look, s != nil && !s.Busy && s.mayLook())
	setVisible(p.again, s != nil && !s.Busy && maySendAgain(s.Entry))
	if s != nil {
		p.sendHead.SetText(keyWords(s.Entry) + " · " + shortTime(s.at(now), now, zone))
		p.steps.Set(s.lines(zone)...)
	}
	p.layout.answerLines = 0
	if hasAnswer {
		text := answerText(s.Entry)
		p.requestID.SetText(requestIDWords(s.Entry))
		p.answer.SetText(text)
		p.layout.answerLines = strings.Count(text, "\n") + 1
	}
	p.body.Refresh()
}

// answerText is the body of the answer as it came, laid out where it is JSON.
func answerText(e journal.Entry) string {
	body := strings.TrimRight(indented(e.Answer), "\r\n")
	if e.AnswerTruncated {
		body += "\n… cut off at " + strconv.Itoa(journal.MaxAnswer>>10) + " KiB"
	}
	return body
}

// requestIDWords is what the vendor's support asks for.
func requestIDWords(e journal.Entry) string {
	if e.RequestID == "" {
		return ""
	}
	return "request id " + e.RequestID
}

// mayBeShown says whether there can be anything on the customer's timeline.
func mayBeShown(e journal.Entry) bool {
	switch e.State {
	case journal.Accepted, journal.AlreadyThere, journal.Uncertain, journal.Visible:
		return e.CustomerID != "" || e.CustomerKey != ""
	default:
		return false
	}
}

func (p *requestPane) chooseKeep(choose func(keepFor)) {
	choices := keepChoices()
	items := make([]widgets.MenuItem, 0, len(choices))
	for _, choice := range choices {
		items = append(items, widgets.MenuItem{
			Label:    choice.Label,
			Checked:  choice.Label == p.keep.Text(),
			OnChosen: func() { choose(choice.Keep) },
		})
	}
	widgets.ShowMenuBelow(p.keep, items)
}

func setVisible(o fyne.CanvasObject, visible bool) {
	if o.Visible() == visible {
		return
	}
	if visible {
		o.Show()
	} else {
		o.Hide()
	}
}
