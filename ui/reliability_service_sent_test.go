// Bad days of the service after an activity was sent: while it is looked for on
// the timeline, while a person asks why it is not there, and while it is compared
// with what was sent.

package ui

import (
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/activitydesk/activitydesk/client/journal"
	"github.com/activitydesk/activitydesk/client/outbox"
	"github.com/activitydesk/activitydesk/client/withstand"
	"github.com/activitydesk/activitydesk/ui/widgets"
)

const (
	whileArriving  = "looking for what was sent"
	whileAskingWhy = "asking why it is not on the timeline"
	whileComparing = "comparing it with what was sent"
)

// readingDay is a bad day as those see it who only read.
type readingDay struct {
	day  *badDay
	says string
	why  whyAnswers
}

// whyAnswers are those of causes that are told all the same on a bad day.
type whyAnswers map[outbox.Cause]outbox.Answer

// forbids are the answers where nothing may be read.
var forbids = whyAnswers{outbox.CauseRole: outbox.AnswerYes, outbox.CauseIndex: outbox.AnswerNo}

// readingDays are the bad days of what reads.
func readingDays(s *badService) []readingDay {
	const kind = "application/json; charset=utf-8"
	form := errorForms()[0]
	return []readingDay{
		{failing(401, form), "did not accept who you are (401)", nil},
		{failing(403, form), "Your role does not allow this (403)", forbids},
		{failing(404, form), "does not have this (404)", nil},
		{failing(409, form), "cannot answer this at the moment (409)", nil},
		{slowDown("429, Retry-After in seconds", func(now time.Time) string { return "17" }), "asks to slow down (429)", nil},
		{failing(500, form), "failed on its side (500)", nil},
		{failing(503, form), "failed on its side (503)", nil},
		{answering("a web page", 200, "text/html", "<!DOCTYPE html><html><body>Sign in</body></html>"), "A web page answers there", nil},
		{answering("JSON as another type", 200, "image/png", `{"value":[]}`), "not one of this service", nil},
		{answering("nothing, 200", 200, kind, ""), "The answer is empty (200)", nil},
		{answering("JSON of another shape", 200, kind, `{"status":"ok","items":[1,2,3]}`), "has another shape", nil},
		{answering("JSON that ends in the middle", 200, kind, `{"value":[{"CustomerId":"1`), "ends before it is whole (200)", nil},
		{endless("an answer without an end", kind), "larger than the desk reads", nil},
		{answering("302", 302, "", "", "Location", "https://signin.example/login"), "a pointer to another one", nil},
		{raw("the connection is closed at once"), "The connection broke", nil},
		{raw("an answer that breaks off", "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 900\r\n\r\n[{"), "The connection broke", nil},
		{s.silent("no answer at all", ""), "did not answer in time", nil},
		{s.silent("an answer that does not go on", `{"value":[`), "did not answer in time", nil},
		{noNetwork(), "The name of the service's host is not known here.", nil},
		{unreachable("nobody listens there", errRefused), "The service could not be reached.", nil},
		{&badDay{name: "a certificate that has expired", shows: certExpired}, "certificate is not valid today", nil},
	}
}

func TestBadDayOfTheServiceAfterSending(t *testing.T) {
	d := newBadDesk(t)
	for _, c := range readingDays(d.service) {
		id := d.arriving(c.day, c.says)
		d.askingWhy(c.day, id, c.why, c.says)
		d.lookingAgain(c.day, id)
		d.comparing(c.day, id, c.says)
	}
	withstand.Hold(t, "service sent", d.cells)
}

// onceAccepted is a day that begins when the service has taken an activity.
func (s *badService) onceAccepted(day *badDay) *badDay {
	return &badDay{name: day.name, answer: func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPost {
			set(w, "Connection", "close") // what comes next goes the way of the day
			defer func() {
				s.day.Store(day)
				if day.onset != nil {
					day.onset()
				}
			}()
		}
		s.sandbox.ServeHTTP(w, r)
	}}
}

// entry is what the journal has of a send.
func (d *badDesk) entry(id string) journal.Entry {
	d.t.Helper()
	e, err := d.env.Journal.Get(d.t.Context(), id)
	if err != nil {
		d.t.Fatal(err)
	}
	return e
}

// arriving sends an activity, which is taken, and looks for it on a bad day. It
// gives the entry's id.
func (d *badDesk) arriving(day *badDay, parts ...string) string {
	d.t.Helper()
	d.goTo(PageCompose)
	d.typeNextPurchase()
	typed, before := d.typedState(), len(d.stored())
	d.begin(d.service.onceAccepted(day))
	d.compose.Send()
	d.idle()
	last := d.compose.current.last
	if last.Look != lookFailed && last.Look != lookMissed {
		d.t.Errorf("%s: the look is at %d", day.name, last.Look)
	}
	if e := d.entry(last.Entry.ID); e.State != journal.Accepted || !e.VisibleAt.IsZero() || last.Entry.State != journal.Accepted {
		d.t.Errorf("%s: it is %s, and shown as %s", day.name, e.State, last.Entry.State)
	}
	if got := len(d.stored()) - before; got != 1 || d.typedState() != typed {
		d.t.Errorf("%s: the service has it %d times, and the form holds %s", day.name, got, d.typedState())
	}
	if said := wordsOn(d.compose.pane.content); strings.Contains(said, "Not seen for") || strings.Contains(said, "Causes can be") {
		d.t.Errorf("%s: nobody could look, and it says\n%s", day.name, said)
	}
	if !d.compose.pane.look.Visible() || !d.compose.pane.why.Visible() {
		d.t.Errorf("%s: looking again is offered: %v; asking why: %v", day.name, d.compose.pane.look.Visible(), d.compose.pane.why.Visible())
	}
	d.over(day, whileArriving, "accepted, and sent once; “Look again” finds it", lookWords(d.compose.pane.steps.Steps()), parts...)
	return last.Entry.ID
}

// lookWords is the line that says how looking for an activity went.
func lookWords(steps []widgets.Step) string {
	for _, step := range steps {
		if step.Strong == "Could not look" {
			return step.Strong + ": " + step.Detail
		}
	}
	return linesText(steps)
}

// askingWhy asks on a bad day why what was sent is not there, and again when the
// day is over.
func (d *badDesk) askingWhy(day *badDay, id string, told whyAnswers, parts ...string) {
	d.t.Helper()
	before, stored := d.entry(id), len(d.stored())
	d.begin(day)
	test.Tap(d.compose.pane.why)
	card := d.untilFoundOut()
	confirm(d.t, d.working, "Copy the findings")
	copied := fyne.CurrentApp().Clipboard().Content()
	d.keepsSecret(day.name, card+copied)
	if err := withstand.Plain(copied); err != nil {
		d.t.Errorf("%s: %v", day.name, err)
	}
	state, said := d.foundOut(day, copied, told)
	d.over(day, whileAskingWhy, state, said, parts...)
	if after := d.entry(id); after.State != before.State || after.Note != before.Note || after.CustomerID != before.CustomerID || len(d.stored()) != stored {
		d.t.Errorf("%s: asking made %+v of %+v", day.name, after, before)
	}
	d.begin(nil)
	confirm(d.t, d.working, "Ask again")
	if card := d.untilFoundOut(); !strings.Contains(card, "It is on the timeline") || strings.Contains(card, "could not be read") {
		d.t.Errorf("%s: asked again, the card says\n%s", day.name, card)
	}
	confirm(d.t, d.working, "Close")
}

// foundOut checks what was found on a bad day: of what the service was not heard
// about nothing is said but that. It gives the state and the words for the
// document.
func (d *badDesk) foundOut(day *badDay, copied string, told whyAnswers) (state, said string) {
	d.t.Helper()
	head, rest, _ := strings.Cut(copied, "\n\n")
	lines := strings.Split(head, "\n")
	verdict := strings.Join(lines[min(3, len(lines)):], " ")
	found := map[string][2]string{} // answer and evidence, by cause
	for part := range strings.SplitSeq(rest, "\n\n") {
		line, evidence, _ := strings.Cut(part, "\n")
		cause, answer, _ := strings.Cut(line, ": ")
		found[cause] = [2]string{answer, strings.Join(strings.Fields(evidence), " ")}
	}
	for _, cause := range outbox.Causes() {
		want, known := told[cause]
		switch cause {
		case outbox.CauseInstance, outbox.CauseTime, outbox.CauseNotSetUp, outbox.CauseExpired:
			want = outbox.AnswerNo // known without the service
		default:
			if !known {
				want = outbox.AnswerCannot
			}
		}
		if got := found[cause.String()]; got[0] != want.String() {
			d.t.Errorf("%s: %s: %s, want %s: %s", day.name, cause, got[0], want, got[1])
		}
	}
	state = "nothing is guessed; “Ask again” finds it"
	if told[outbox.CauseRole] == outbox.AnswerYes {
		state = "the role is the cause, and nothing is guessed; “Ask again” finds it"
	}
	return state, verdict + " " + found[outbox.CauseCustomer.String()][1]
}

// lookingAgain looks for what was sent when the day is over.
func (d *badDesk) lookingAgain(day *badDay, id string) {
	d.t.Helper()
	test.Tap(d.compose.pane.look)
	d.idle()
	if e := d.entry(id); e.State != journal.Visible || d.compose.current.last.Look != lookSeen {
		d.t.Errorf("%s: afterwards it is %s\n%s", day.name, e.State, linesText(d.compose.pane.steps.Steps()))
	}
}

// comparing compares what is visible with what was sent, on a bad day and when it
// is over: the comparison is not kept, so it is looked for again.
func (d *badDesk) comparing(day *badDay, id string, parts ...string) {
	d.t.Helper()
	before := d.entry(id)
	d.env.Open(PageHistory, EntryArg{ID: id})
	compare := d.history.detail.stored
	d.queue.until(d.t, "the entry's details", func() bool { return d.history.follows[id] != nil && compare.Visible() })
	d.begin(day)
	test.Tap(compare)
	d.idle()
	s := d.history.follows[id]
	if e := d.entry(id); e.State != journal.Visible || !e.VisibleAt.Equal(before.VisibleAt) || s.Entry.State != journal.Visible || s.compared() {
		d.t.Errorf("%s: it is %s, and shown as %s", day.name, e.State, s.Entry.State)
	}
	d.over(day, whileComparing, "visible, as before; “Compare…” compares it", lookWords(d.history.detail.steps.Steps()), parts...)
	d.begin(nil)
	test.Tap(compare)
	d.idle()
	test.Tap(compare)
	d.queue.until(d.t, "the comparison", func() bool { return d.dialog() != nil && wordsHave(d.dialog(), storedTitle) })
	if card := textsOf(d.dialog()); !strings.Contains(card, " same, 0 different, ") || strings.Contains(card, "0 same") {
		d.t.Errorf("%s: afterwards the card says\n%s", day.name, card)
	}
	confirm(d.t, d.working, "Close")
	d.dropNotices()
}

// typeNextPurchase fills the form with a purchase that was not sent before.
func (d *badDesk) typeNextPurchase() {
	d.t.Helper()
	d.sends++
	d.typePurchase("OPID_" + strconv.Itoa(70000+d.sends))
}
