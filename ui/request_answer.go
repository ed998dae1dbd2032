// The answer within the request pane: its body as it came or laid out, its
// headers, its request id, and copies of them.

package ui

import (
	"encoding/json"
	"mime"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/activitydesk/activitydesk/client/journal"
	"github.com/activitydesk/activitydesk/ui/widgets"
)

// The views of an answer, by their places in its bar.
const (
	answerLaidOut = iota
	answerAsItCame
	answerHeaders
)

// answerPart shows an answer.
type answerPart struct {
	head   *fyne.Container
	tabs   *widgets.TabBar
	word   *widgets.Value // where the body is not what one expects
	id     *widgets.Value
	copies *widgets.Button
	idLine *fyne.Container
	view   *widgets.JSONView
	around *fyne.Container // of view

	texts   [answerHeaders + 1]string
	lines   int // of the view that is shown; 0: no answer
	shown   answerKey
	changed func() // the height that is needed has changed
}

// answerKey says which answer is shown, so that a long one is laid out once.
type answerKey struct {
	id       string
	attempts int
	state    journal.State
	status   int
	length   int

	requestID string
}

func newAnswerPart(do requestActions, changed func()) *answerPart {
	a := &answerPart{
		tabs:    widgets.NewSmallTabBar("Laid out", "As it came", "Headers"),
		word:    widgets.NewValue("", widgets.RoleCaption),
		id:      widgets.NewLineValue("", widgets.RoleCaption),
		view:    widgets.NewJSONView(3),
		changed: changed,
	}
	a.tabs.OnSelected = func(int) { a.showTab(); a.changed() }
	a.copies = widgets.NewMenuButton("Copy", nil)
	a.copies.SetCompact(true)
	a.copies.OnTapped = func() { widgets.ShowMenuBelow(a.copies, a.copyItems(do)) }
	a.head = widgets.Row(6, widgets.NewText("Answer", widgets.RoleHeading), a.tabs)
	a.idLine = container.NewBorder(nil, nil, widgets.Pad(0, 5, 0, 0, widgets.NewText("request id", widgets.RoleCaption)), a.copies, a.id)
	a.around = container.NewStack(a.view)
	a.hide()
	a.idLine.Hide()
	return a
}

// copyItems is the menu of what can be copied of an answer.
func (a *answerPart) copyItems(do requestActions) []widgets.MenuItem {
	return []widgets.MenuItem{
		{Label: "The request id", Disabled: a.shown.requestID == "", OnChosen: do.CopyRequestID},
		{Label: "The answer", Note: "as it is shown", Disabled: a.lines == 0, OnChosen: do.CopyAnswer},
		{Label: "For a ticket", Note: "without personal data", Separate: true, OnChosen: func() { do.CopyTicket(false) }},
		{Label: "For a ticket, with bodies", Note: "holds personal data", OnChosen: func() { do.CopyTicket(true) }},
	}
}

// Show shows an entry's answer; without one there is nothing to see.
func (a *answerPart) Show(e journal.Entry) {
	key := answerKey{e.ID, e.Attempts, e.State, e.Status, len(e.Answer), e.RequestID}
	if key == a.shown {
		return
	}
	a.shown = key
	setVisible(a.idLine, e.ID != "")
	a.id.SetText(noneIfEmpty(e.RequestID))
	if e.Status == 0 {
		a.hide()
		return
	}
	isJSON := json.Valid(e.Answer)
	a.texts = [...]string{answerText(e), asItCame(e), headerText(e)}
	a.word.SetText(answerWord(e))
	a.tabs.SetShown(answerLaidOut, isJSON)
	a.tabs.SetShown(answerAsItCame, len(e.Answer) > 0)
	switch {
	case isJSON:
		a.tabs.Select(answerLaidOut)
	case len(e.Answer) > 0:
		a.tabs.Select(answerAsItCame)
	default:
		a.tabs.Select(answerHeaders)
	}
	for _, o := range []fyne.CanvasObject{a.head, a.around} {
		setVisible(o, true)
	}
	setVisible(a.word, a.word.Text() != "")
	a.showTab()
}

// Text is what is shown.
func (a *answerPart) Text() string { return a.texts[max(a.tabs.Selected(), 0)] }

func (a *answerPart) hide() {
	a.lines, a.texts = 0, [...]string{"", "", ""}
	for _, o := range []fyne.CanvasObject{a.head, a.word, a.around} {
		setVisible(o, false)
	}
}

func (a *answerPart) showTab() {
	text := a.Text()
	a.view.SetText(text)
	a.lines = strings.Count(text, "\n") + 1
}

// answerText is the body of the answer, laid out where it is JSON.
func answerText(e journal.Entry) string {
	return withCut(strings.TrimRight(indented(e.Answer), "\r\n"), e)
}

// asItCame is the body of the answer.
func asItCame(e journal.Entry) string {
	return withCut(strings.TrimRight(strings.ToValidUTF8(string(e.Answer), "�"), "\r\n"), e)
}

func withCut(body string, e journal.Entry) string {
	if !e.AnswerTruncated {
		return body
	}
	if len(e.Answer) < journal.MaxAnswer {
		return body + "\n… broken off here"
	}
	return body + "\n… cut off at " + strconv.Itoa(journal.MaxAnswer>>10) + " KiB"
}

// answerWord says what is odd about an answer's body; empty: nothing is.
func answerWord(e journal.Entry) string {
	kind, _, err := mime.ParseMediaType(e.AnswerHeader.Get("Content-Type"))
	if err != nil {
		kind = "no type given"
	}
	switch {
	case len(e.Answer) == 0:
		return "The body is empty."
	case e.AnswerTruncated && len(e.Answer) >= journal.MaxAnswer:
		return "Longer than the journal keeps: its beginning, as it came."
	case e.AnswerTruncated:
		return "The answer broke off: its beginning, as it came."
	case !json.Valid(e.Answer):
		return "Not JSON (" + kind + "): as it came."
	default:
		return ""
	}
}

// headerText is the answer's head, its fields in order of their names.
func headerText(e journal.Entry) string {
	lines := []string{"HTTP " + statusWords(e.Status)}
	names := make([]string, 0, len(e.AnswerHeader))
	for name := range e.AnswerHeader {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		for _, value := range e.AnswerHeader[name] {
			lines = append(lines, name+": "+value)
		}
	}
	return strings.Join(lines, "\n")
}

func noneIfEmpty(text string) string {
	if text == "" {
		return "none"
	}
	return text
}

func statusWords(status int) string {
	return strings.TrimSpace(strconv.Itoa(status) + " " + http.StatusText(status))
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
