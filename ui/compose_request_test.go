package ui

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/activitydesk/activitydesk/client"
	"github.com/activitydesk/activitydesk/client/journal"
	"github.com/activitydesk/activitydesk/ui/settings"
	"github.com/activitydesk/activitydesk/ui/shell"
)

// query is the query of the address that the pane has.
func (w *working) query() url.Values {
	w.t.Helper()
	u, err := url.Parse(w.compose.pane.address.Text())
	if err != nil {
		w.t.Fatal(err)
	}
	return u.Query()
}

// sent sends what is typed and waits for the outcome.
func (w *working) sent() journal.Entry {
	w.t.Helper()
	before := w.compose.current.last
	w.compose.Send()
	w.queue.until(w.t, "the outcome", func() bool {
		last := w.compose.current.last
		return last != nil && last != before && !last.Busy
	})
	return w.compose.current.last.Entry
}

func TestTheCallerIsTheDeskUntilThePersonSaysOtherwise(t *testing.T) {
	w := newWorking(t)
	w.purchase("OPID_92001")
	pane := w.compose.pane
	if pane.caller.entry.Text != settings.DefaultCaller() || w.query().Get("caller") != settings.DefaultCaller() {
		t.Errorf("the pane shows %q and would send %q", pane.caller.entry.Text, w.query().Get("caller"))
	}
	pane.caller.entry.SetText("desk of Ana")
	pane.caller.confirm()
	if got := w.query().Get("caller"); got != "desk of Ana" {
		t.Errorf("the address has caller %q", got)
	}
	if got := w.sent().Caller; got != "desk of Ana" {
		t.Errorf("sent by %q", got)
	}
	if w.settings().Caller != "desk of Ana" {
		t.Errorf("Settings have %q", w.settings().Caller)
	}
	pane.caller.entry.SetText("")
	pane.caller.confirm()
	if w.query().Has("caller") {
		t.Error("an empty caller is sent")
	}
	pane.caller.entry.SetText(strings.Repeat("x", 101))
	pane.caller.confirm()
	if !pane.caller.problem.Visible() || w.query().Has("caller") {
		t.Error("101 letters were taken")
	}
}

func TestHowLongItIsKeptBelongsToTheDraftAndIsTakenAtTheClick(t *testing.T) {
	clock := newTestClock(time.Date(2026, 11, 25, 9, 0, 0, 0, time.UTC))
	w := newWorking(t, func(o *Options) { o.Now = clock.now })
	w.purchase("OPID_92002")
	if w.query().Has("validUntil") || w.compose.pane.until.Visible() {
		t.Error("30 days are sent")
	}
	w.compose.keepFor(keepFor{For: time.Hour})
	w.pick(entityReviews)
	if w.compose.pane.keep.Text() != "Kept 30 days" {
		t.Errorf("another entity is %q", w.compose.pane.keep.Text())
	}
	w.pick(entityPurchases)
	if w.compose.pane.keep.Text() != "Kept 1 hour" || w.query().Get("validUntil") != "2026-11-25T10:00:00Z" {
		t.Errorf("back it is %q, %v", w.compose.pane.keep.Text(), w.query())
	}
	clock.pass(10 * time.Minute)
	w.compose.tick()
	if got := w.query().Get("validUntil"); got != "2026-11-25T10:10:00Z" {
		t.Errorf("ten minutes later it shows %s", got)
	}
	if got := w.sent().ValidUntil; !got.Equal(clock.now().Add(time.Hour)) {
		t.Errorf("sent until %v", got)
	}
}

func TestAMomentOfOnesOwnIsAskedForAndAskedAgainOnceItHasPassed(t *testing.T) {
	clock := newTestClock(time.Date(2026, 11, 25, 9, 0, 0, 0, time.UTC))
	w := newWorking(t, func(o *Options) { o.Now = clock.now })
	w.purchase("OPID_92003")
	w.compose.askUntil()
	typeInto(t, w, "2027-03-01")
	confirm(t, w, "Keep until then")
	if w.dialog() == nil || w.compose.current.keep != (keepFor{}) {
		t.Fatal("a moment in 95 days was taken")
	}
	typeInto(t, w, "now+2h")
	confirm(t, w, "Keep until then")
	if got := w.query().Get("validUntil"); w.dialog() != nil || got != "2026-11-25T11:00:00Z" {
		t.Fatalf("validUntil %s", got)
	}
	clock.pass(3 * time.Hour)
	w.compose.tick()
	if !strings.Contains(w.compose.pane.until.Text(), "has passed") {
		t.Errorf("three hours later the pane says %q", w.compose.pane.until.Text())
	}
	w.compose.Send()
	if w.dialog() == nil || len(w.posted(instanceCoffee, entityPurchases)) != 0 {
		t.Error("it was sent with a moment that has passed")
	}
}

func TestWhatWasSentCanBeToldFromWhatTheFormHolds(t *testing.T) {
	w := newWorking(t)
	w.purchase("OPID_92004")
	pane := w.compose.pane
	if pane.viewing.Visible() {
		t.Error("before a send there is something sent")
	}
	w.compose.Send()
	w.untilShown("Visible on the timeline")
	sent := string(w.compose.current.last.Entry.Body)
	if !pane.viewing.Visible() || pane.changed.Text() != "" || !pane.answered.around.Visible() {
		t.Errorf("after the send: views %v, %q", pane.viewing.Visible(), pane.changed.Text())
	}
	w.fill(map[string]string{"TotalPrice": "99"})
	if got := pane.changed.Text(); got != "Changed since: TotalPrice" {
		t.Errorf("after an edit: %q", got)
	}
	pane.switchView()
	if pane.preview.Text() != sent {
		t.Errorf("Sent shows\n%s\nwant\n%s", pane.preview.Text(), sent)
	}
	clipboard := fyne.CurrentApp().Clipboard()
	w.compose.copyJSON()
	if clipboard.Content() != sent {
		t.Errorf("the copy of what was sent is\n%s", clipboard.Content())
	}
	w.compose.copyCommand(shell.Bash)
	if !strings.Contains(clipboard.Content(), `"TotalPrice": 12.50`) || !strings.Contains(clipboard.Content(), pane.Address()) {
		t.Errorf("the command holds another body:\n%s", clipboard.Content())
	}
	pane.switchView()
	w.compose.copyJSON()
	if got := clipboard.Content(); got != pane.preview.Text() || !strings.Contains(got, "99") {
		t.Errorf("the copy of what will be sent is\n%s", got)
	}
	w.fill(map[string]string{"TotalPrice": "12.50"})
	if got := pane.changed.Text(); got != "" {
		t.Errorf("as it was again: %q", got)
	}
}

func TestALookCanBeStoppedAndTakenUpAgain(t *testing.T) {
	again := make(chan struct{}) // closed once the first look was stopped
	var asked atomic.Bool
	w := newWorking(t, func(o *Options) {
		o.Sandbox.VisibleAfter = time.Hour
		o.wait = func(ctx context.Context, _ time.Duration) error { // the second look is let go on, once
			select {
			case <-again:
				if ctx.Err() == nil && asked.CompareAndSwap(false, true) {
					return nil
				}
			case <-ctx.Done():
			}
			<-ctx.Done()
			return context.Cause(ctx)
		}
	})
	w.purchase("OPID_92005")
	w.compose.Send()
	w.queue.until(t, "the look", func() bool { return w.compose.pane.stop.Visible() })
	test.Tap(w.compose.pane.stop)
	w.queue.run()
	if got := w.steps(); !strings.Contains(got, "Stopped looking") || w.compose.pane.stop.Visible() || !w.compose.pane.look.Visible() {
		t.Errorf("the pane says\n%s", got)
	}
	close(again)
	test.Tap(w.compose.pane.look)
	w.untilShown("Looking for it on the timeline… asked 2 times") // the end of the first look is not taken for its own
}

func TestASendThatWaitsForItsTurnCanBeStopped(t *testing.T) {
	w := newWorking(t)
	w.faults("post:429=200s")
	w.purchase("OPID_92006")
	w.compose.Send()
	// Before its first attempt it is queued, too; what waits here was answered 429.
	w.queue.until(t, "the wait", func() bool {
		e := w.compose.current.last.Entry
		return e.State == journal.Queued && e.Attempts == 1
	})
	w.compose.current.last.began = w.compose.current.last.began.Add(-time.Second) // it was worth a word
	w.compose.tick()
	if stop := w.compose.pane.stop; !stop.Visible() || stop.Text() != "Stop waiting" {
		t.Fatalf("%v %q", stop.Visible(), stop.Text())
	}
	test.Tap(w.compose.pane.stop)
	w.untilShown("Never sent")
	if len(w.posted(instanceCoffee, entityPurchases)) != 0 || !w.compose.pane.again.Visible() {
		t.Error("it was sent, or cannot be sent any more")
	}
}

// heldAnswers keeps the answers to what is posted until the test lets them go.
type heldAnswers struct {
	*http.Transport
	answered chan struct{} // closed: they come
}

func (h heldAnswers) RoundTrip(r *http.Request) (*http.Response, error) {
	answer, err := h.Transport.RoundTrip(r)
	if r.Method == http.MethodPost {
		<-h.answered
	}
	return answer, err
}

func TestStoppingTooLateLeavesTheSendAlone(t *testing.T) {
	answers := heldAnswers{http.DefaultTransport.(*http.Transport).Clone(), make(chan struct{})}
	answer := sync.OnceFunc(func() { close(answers.answered) })
	w := newWorking(t, func(o *Options) {
		o.newClient = func(c client.Config) (*client.Client, error) {
			c.Transport = answers
			return client.New(c)
		}
	})
	t.Cleanup(answer)
	w.purchase("OPID_92009")
	w.compose.Send()
	s := w.compose.current.last
	w.queue.until(t, "the request", func() bool { return s.Entry.State == journal.Sending && s.Entry.Attempts == 1 })
	s.Entry.State, s.began = journal.Queued, s.began.Add(-time.Second) // as the page still shows it at the click
	w.compose.stop()
	answer()
	w.untilShown("Visible on the timeline")
	if n := len(w.posted(instanceCoffee, entityPurchases)); n != 1 {
		t.Errorf("stored %d times", n)
	}
}

func TestThePageOffersItsActionsByKey(t *testing.T) {
	w := newWorking(t)
	w.purchase("OPID_92007")
	clipboard := fyne.CurrentApp().Clipboard()
	seen := map[chord]string{}
	for _, c := range w.compose.Commands() {
		if c.title == "" || c.group == "" || c.run == nil {
			t.Errorf("%+v", c)
			continue
		}
		for _, key := range c.chords {
			if other := seen[key]; other != "" {
				t.Errorf("%s and %s have the same key", other, c.title)
			}
			seen[key] = c.title
		}
		if c.title == "Copy the address" {
			c.run()
		}
	}
	if got := clipboard.Content(); !strings.HasPrefix(got, "http://127.0.0.1:") || !strings.HasSuffix(got, "/data/"+entityPurchases+"?caller="+url.QueryEscape(w.env.Caller())) {
		t.Errorf("the address is %s", got)
	}
	w.sent()
	w.compose.copyTicket(false)
	if got := clipboard.Content(); !strings.Contains(got, "status: 201 Created\n") || strings.Contains(got, "OPID_92007") || strings.Contains(got, "sandbox-token") {
		t.Errorf("the ticket is\n%s", got)
	}
}

func TestTabGoesThroughThePaneAsOneReads(t *testing.T) {
	w := newWorking(t)
	w.purchase("OPID_92008")
	w.compose.Send()
	w.untilShown("Visible on the timeline")
	pane := w.compose.pane
	canvas := w.window.Canvas()
	want := []struct {
		name string
		at   fyne.Focusable
	}{
		{"Address", pane.unfold},
		{"To send", nil},
		{"Sent", nil},
		{"what is sent", pane.preview},
		{"Copy JSON", nil},
		{"Copy as cURL", nil},
		{"how long it is kept", pane.keep},
		{"the caller", pane.caller.entry},
		{"Show on profile", pane.profile},
		{"how it was stored", pane.stored},
		{"Laid out", nil},
		{"As it came", nil},
		{"Headers", nil},
		{"what to copy", pane.answered.copies},
		{"the answer", pane.answer},
	}
	canvas.Focus(pane.unfold)
	for i, stop := range want {
		if i > 0 {
			canvas.FocusNext()
		}
		if stop.at != nil && canvas.Focused() != stop.at {
			t.Fatalf("stop %d is %T, want %s", i+1, canvas.Focused(), stop.name)
		}
	}
}

func TestTheLookForAnOlderSendDoesNotTakeThePaneBack(t *testing.T) {
	w := newWorking(t, func(o *Options) { o.Sandbox.VisibleAfter = time.Hour })
	w.purchase("OPID_92009")
	w.sent()
	older := w.compose.current.last
	w.fill(map[string]string{"PurchaseId": "OPID_92010"})
	newer := w.sent()
	looks := older.Arrival.Asked
	w.queue.until(t, "one more look for the older one", func() bool { return older.Arrival.Asked > looks })
	if got := w.compose.current.last.Entry.ID; got != newer.ID || !strings.HasPrefix(w.compose.pane.sendHead.Text(), "OPID_92010") {
		t.Errorf("the pane shows %s", w.compose.pane.sendHead.Text())
	}
}

func TestNothingMovesForASendThatEndsAtOnce(t *testing.T) {
	w := newWorking(t, still)
	w.purchase("OPID_92011")
	w.compose.Send()
	w.untilShown("Visible on the timeline")
	w.fill(map[string]string{"PurchaseId": "OPID_92012"})
	w.compose.Send() // the answer is not run before the queue is
	if got := w.steps(); !strings.Contains(got, "Visible") || !strings.HasPrefix(w.compose.work.send.Text(), "Sending to") {
		t.Errorf("at the click the button says %q, the pane\n%s", w.compose.work.send.Text(), got)
	}
	last := w.compose.current.last
	last.began = last.began.Add(-time.Second) // it takes longer
	w.compose.showSend()
	if got := w.steps(); !strings.HasPrefix(got, "Sending…") {
		t.Errorf("after a while the pane says\n%s", got)
	}
	w.untilShown("Visible on the timeline")
	if !strings.HasPrefix(w.compose.pane.sendHead.Text(), "OPID_92012") {
		t.Errorf("the pane shows %s", w.compose.pane.sendHead.Text())
	}
}

func TestACallerThatIsTypedAndNotLeftYetIsSent(t *testing.T) {
	w := newWorking(t)
	w.purchase("OPID_92101")
	entry := w.compose.pane.caller.entry
	w.window.Canvas().Focus(entry)
	entry.SetText("desk/anna")
	w.shortcut(fyne.KeyReturn, ctrl)
	w.untilShown("Accepted")
	if got := w.compose.current.last.Entry.Caller; got != "desk/anna" {
		t.Errorf("it was sent by %q", got)
	}
	entry.SetText(strings.Repeat("x", 101))
	w.fill(map[string]string{"PurchaseId": "OPID_92102"})
	before := w.compose.current.last
	w.compose.Send()
	if w.compose.current.last != before {
		t.Error("it is sent although the caller that is typed cannot be")
	}
}
