// The pane at the right of the compose page: what will be sent, and what came
// of the newest send.

package ui

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/activitydesk/activitydesk/client/journal"
	"github.com/activitydesk/activitydesk/forms"
	"github.com/activitydesk/activitydesk/ui/shell"
	"github.com/activitydesk/activitydesk/ui/widgets"
	"github.com/activitydesk/activitydesk/ui/words"
)

// requestActions is what the pane's buttons do.
type requestActions struct {
	CopyJSON func()
	// CopyCommand copies the request as a command for a shell.
	CopyCommand func(shell.Shell)
	CopyAddress func()
	Keep        func(keepFor)
	KeepUntil   func() // asks for a moment
	// Caller takes the caller's name, or says what is wrong with it.
	Caller        func(string) (problem string)
	CopyAnswer    func()
	CopyRequestID func()
	CopyTicket    func(withData bool)
	ShowOnProfile func()
	LookAgain     func()
	Stop          func() // looking, or waiting to be sent
	SendAgain     func()
	Why           func() // why it is not on the timeline
	Stored        func() // how it compares with what the timeline gives
	Remedy        func() // what the answer's code calls for
	GoToField     func() // to the first field that the answer names
}

// The upper views of the pane, by their places in its bar.
const (
	viewToSend = iota
	viewSent
)

// requestPane shows a request and its outcome.
type requestPane struct {
	head    *fyne.Container
	path    *widgets.Value
	unfold  *widgets.Button
	address *widgets.Value // the whole of it; hidden until it is asked for
	views   *widgets.TabBar
	changed *widgets.Value  // what the form no longer holds of what was sent
	viewing *fyne.Container // views and changed
	preview *widgets.JSONView
	copyAs  *fyne.Container
	keep    *widgets.Button
	caller  *settingEntry
	options *fyne.Container
	until   *widgets.Value

	sendHead *widgets.Value
	steps    *widgets.Steps
	answered *answerPart
	answer   *widgets.JSONView // of answered
	profile  *widgets.Button
	look     *widgets.Button
	stop     *widgets.Button
	again    *widgets.Button
	why      *widgets.Button
	stored   *widgets.Button
	remedy   *widgets.Button
	toField  *widgets.Button
	send     *fyne.Container // all of "Last send"
	note     *widgets.Text
	layout   *requestLayout
	body     *fyne.Container
	content  fyne.CanvasObject

	lines     []forms.Line // what will be sent
	toAddress string       // and where to
	sent      sentBody     // of the send that is shown
}

// sentBody is what a send sent: its id, its exact bytes, and where to.
type sentBody struct{ id, text, address string }

func newRequestPane(do requestActions) *requestPane {
	p := &requestPane{
		path:     widgets.NewLineValue("", widgets.RoleCaption),
		address:  widgets.NewValue("", widgets.RoleCode),
		views:    widgets.NewSmallTabBar("To send", "Sent"),
		changed:  widgets.NewLineValue("", widgets.RoleWarning),
		preview:  widgets.NewJSONView(3),
		until:    widgets.NewValue("", widgets.RoleCaption),
		sendHead: widgets.NewLineValue("", widgets.RoleCaption),
		steps:    widgets.NewSteps(),
		profile:  widgets.NewButton("Show on profile", do.ShowOnProfile),
		look:     widgets.NewButton("Look again", do.LookAgain),
		stop:     widgets.NewButton("Stop looking", do.Stop),
		again:    widgets.NewButton("Send again…", do.SendAgain),
		why:      widgets.NewButton(whyTitle, do.Why),
		stored:   widgets.NewButton("Compare…", do.Stored),
		remedy:   widgets.NewButton("", do.Remedy),
		toField:  widgets.NewButton("", do.GoToField),
		note:     widgets.NewWrappedText("", widgets.RoleCaption),
		layout:   &requestLayout{},
	}
	p.stored.SetTip("Stored as sent? Field by field")
	p.unfold = widgets.NewLinkButton("Address", p.toggleAddress)
	p.unfold.SetTip("Shows the whole address with instance and query")
	p.views.OnSelected = func(int) { p.showView() }
	p.answered = newAnswerPart(do, p.answerShown)
	p.answer = p.answered.view
	p.buildOptions(do)
	p.build()
	return p
}

// buildOptions makes the rows of buttons below the request.
func (p *requestPane) buildOptions(do requestActions) {
	copyCommand := widgets.NewMenuButton("Copy as cURL", nil)
	copyCommand.OnTapped = func() { widgets.ShowMenuBelow(copyCommand, copyItems(do)) }
	copyCommand.SetTip("As a command for your shell. Token and key are left to its variables ACCESS_TOKEN and SUBSCRIPTION_KEY.")
	p.copyAs = container.New(&flowLayout{}, widgets.NewButton("Copy JSON", do.CopyJSON), copyCommand)
	p.keep = widgets.NewMenuButton("", nil)
	p.keep.OnTapped = func() { p.chooseKeep(do) }
	p.keep.SetTip("How long the service keeps the activity (validUntil). 30 days is what it does by itself: nothing is sent then.")
	p.caller = newSettingEntry("caller: not sent", do.Caller)
	before := widgets.Pad(0, 8, 0, 0, widgets.Row(8, p.keep, widgets.NewText("caller", widgets.RoleCaption)))
	p.options = widgets.Dock(nil, nil, nil, before, p.caller.content)
}

// Content is the pane's part of the page.
func (p *requestPane) Content() fyne.CanvasObject { return p.content }

// ShowRequest shows what will be sent; path is the entity's address in short,
// address the whole of it. The lines are the form's own: they change with it.
func (p *requestPane) ShowRequest(path, address string, lines []forms.Line) {
	moved := p.toAddress != address || p.path.Text() != path
	p.path.SetText(path)
	p.lines, p.toAddress = lines, address
	if high := p.layout.previewLines; p.showLines() != high || moved {
		p.body.Refresh()
	}
}

// ShowAddress shows another address, which the clock has changed.
func (p *requestPane) ShowAddress(address string) {
	p.toAddress = address
	p.showAddress()
}

// showAddress shows the address of the view that is chosen.
func (p *requestPane) showAddress() {
	address := p.Address()
	p.path.SetWhole(address)
	p.address.SetText(address)
}

// Address is the whole address of what is shown.
func (p *requestPane) Address() string {
	if p.ShowsSent() {
		return p.sent.address
	}
	return p.toAddress
}

// ShowKeep shows how long the activity is to be kept; problem says why the
// service would not take it.
func (p *requestPane) ShowKeep(label, words, problem string) {
	p.keep.SetText(label)
	role := widgets.RoleCaption
	if problem != "" {
		role, words = widgets.RoleProblem, problem
	}
	p.until.SetRole(role)
	p.until.SetText(words)
	if visible := words != "" && p.head.Visible(); visible != p.until.Visible() {
		setVisible(p.until, visible)
		p.body.Refresh()
	}
}

// ShowCaller shows the name that goes with every activity; empty: none.
func (p *requestPane) ShowCaller(caller string) { p.caller.set(caller) }

// SetSendable hides the request where there is none.
func (p *requestPane) SetSendable(sendable bool) {
	for _, o := range []fyne.CanvasObject{p.head, p.preview, p.copyAs, p.options} {
		setVisible(o, sendable)
	}
	if !sendable {
		setVisible(p.until, false)
		setVisible(p.viewing, false)
		setVisible(p.address, false)
	}
}

// ShowNote says what is to be known before sending.
func (p *requestPane) ShowNote(text string) { p.note.SetText(text) }

// ShowsSent says that the upper view shows what was sent.
func (p *requestPane) ShowsSent() bool { return p.viewing.Visible() && p.views.Selected() == viewSent }

// ShowChanged says what of the form is not as it was sent; empty: all is.
func (p *requestPane) ShowChanged(words string) { p.changed.SetText(words) }

// ShowSend shows the newest send; nil: there is none.
func (p *requestPane) ShowSend(s *sendState, now time.Time, zone *time.Location) {
	setVisible(p.send, s != nil)
	setVisible(p.steps, s != nil)
	p.showSentBody(s)
	idle := s != nil && !s.Busy
	setVisible(p.profile, idle && mayBeShown(s.Entry))
	setVisible(p.look, idle && s.mayLook())
	waits := s != nil && s.waits(now)
	setVisible(p.stop, waits || idle && s.Look == lookBusy)
	p.stop.SetText("Stop looking")
	if waits {
		p.stop.SetText("Stop waiting")
	}
	setVisible(p.again, idle && maySendAgain(s.Entry))
	setVisible(p.why, idle && s.missing())
	setVisible(p.stored, idle && s.compared())
	if s != nil {
		p.sendHead.SetText(keyWords(s.Entry) + " · " + words.ShortTime(s.at(now), now, zone))
		p.steps.Set(s.lines(now, zone)...)
	}
	if idle {
		p.answered.Show(s.Entry)
	} else {
		p.answered.Show(journal.Entry{})
	}
	p.answerShown()
}

// answerShown gives the answer the height that its lines need.
func (p *requestPane) answerShown() {
	p.layout.answerLines = p.answered.lines
	p.body.Refresh()
}

// ShowRemedies offers what the answer calls for; an empty label: nothing.
func (p *requestPane) ShowRemedies(remedy, toField string) {
	p.remedy.SetText(remedy)
	p.toField.SetText(toField)
	setVisible(p.remedy, remedy != "")
	setVisible(p.toField, toField != "")
	p.body.Refresh()
}

// showSentBody makes what was sent one of the upper views. A new send begins
// with what will be sent.
func (p *requestPane) showSentBody(s *sendState) {
	sent := sentBody{}
	if s != nil {
		sent = sentBody{s.Entry.ID, string(s.sentBody()), s.address()}
	}
	if sent.id != p.sent.id {
		p.views.Select(viewToSend)
	}
	p.sent = sent
	setVisible(p.viewing, sent.text != "" && p.head.Visible())
	p.showView()
}

// showView shows the view that is chosen above.
func (p *requestPane) showView() {
	p.showLines()
	p.body.Refresh()
}

// showLines shows the lines of the view that is chosen, and answers how many
// they are: most keys leave their number, and the pane, as it is.
func (p *requestPane) showLines() int {
	lines := p.lines
	if p.ShowsSent() {
		lines = widgets.ColourJSON(p.sent.text)
	}
	p.showAddress()
	p.preview.SetLines(lines)
	p.layout.previewLines = len(lines)
	return len(lines)
}

// switchView shows the other of the upper views.
func (p *requestPane) switchView() {
	if p.viewing.Visible() {
		p.views.Select(viewSent - p.views.Selected())
		p.showView()
	}
}

func (p *requestPane) toggleAddress() {
	setVisible(p.address, !p.address.Visible())
	p.body.Refresh()
}

// chooseKeep offers how long the activity may be kept.
func (p *requestPane) chooseKeep(do requestActions) {
	items := make([]widgets.MenuItem, 0, len(keepChoices())+1)
	chosen := false
	for _, choice := range keepChoices() {
		item := widgets.MenuItem{
			Label: choice.Label, Checked: choice.Label == p.keep.Text(),
			OnChosen: func() { do.Keep(choice.Keep) },
		}
		if choice.Keep == (keepFor{}) {
			item.Note = "validUntil left out"
		}
		chosen = chosen || item.Checked
		items = append(items, item)
	}
	items = append(items, widgets.MenuItem{Label: "Until…", Checked: !chosen, Separate: true, OnChosen: do.KeepUntil})
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
