package ui

import (
	"strings"
	"testing"
	"time"

	"github.com/activitydesk/activitydesk/client/journal"
	"github.com/activitydesk/activitydesk/client/withstand"
	"github.com/activitydesk/activitydesk/ui/settings"
	"github.com/activitydesk/activitydesk/ui/widgets"
)

// expected is what becomes of a bad day: what is said of reading, of opening the
// connection and of sending (empty: the same as of reading), and the state of
// what was sent.
type expected struct {
	read, door, sent string
	state            journal.State
}

func (e expected) opening() string {
	if e.door != "" {
		return e.door
	}
	return e.read
}

func (e expected) sending() string {
	if e.sent != "" {
		return e.sent
	}
	return e.read
}

// statuses are those that the contract names.
var statuses = []struct {
	status int
	expected
}{
	{401, expected{read: "did not accept who you are (401)", state: journal.Refused}},
	{403, expected{read: "Your role does not allow this (403)", state: journal.Refused}},
	{404, expected{
		read: "does not have this (404)", door: "no service of this kind under the address (404)",
		sent: "does not know where this was sent to (404)", state: journal.Refused,
	}},
	{409, expected{read: "cannot answer this at the moment (409)", sent: "already there", state: journal.AlreadyThere}},
	{429, expected{read: "asks to slow down (429)", state: journal.Queued}},
	{500, expected{read: "failed on its side (500)", state: journal.Uncertain}},
	{503, expected{read: "failed on its side (503)", state: journal.Uncertain}},
}

func TestBadDayOfTheServiceErrorsInEveryForm(t *testing.T) {
	d := newBadDesk(t)
	for _, s := range statuses {
		for _, f := range errorForms() {
			day, quote := failing(s.status, f), ""
			if f.quoted {
				quote = "“Not today.”"
			}
			d.loading(day, s.read)
			d.profile(day, s.read, quote)
			d.sending(day, s.state, s.sending(), quote)
			if last := d.cells[len(d.cells)-1]; !f.quoted && strings.Contains(last.Says, "The service says") {
				t.Errorf("%s: it puts words into the service's mouth: %q", day.name, last.Says)
			}
		}
	}
	withstand.Hold(t, "service errors", d.cells)
}

func TestBadDayOfTheServiceAnswersThatAreNone(t *testing.T) {
	const (
		kind    = "application/json; charset=utf-8"
		page    = "<!DOCTYPE html><html><head><title>Sign in</title></head><body>Sign in to the network</body></html>"
		shape   = "has another shape"
		pointer = "a pointer to another one: https://signin.example/login"
		damaged = "arrived damaged (200)"
		broke   = "The connection broke before the answer was complete."
	)
	location := []string{"Location", "https://signin.example/login?token=x"}
	slow := expected{read: "asks to slow down (429)", state: journal.Queued}
	days := []struct {
		day *badDay
		expected
	}{
		{answering("a web page", 200, "text/html; charset=utf-8", page), expected{read: "A web page answers there, not the service (200)", state: journal.Uncertain}},
		{answering("a web page that says it is JSON", 200, kind, page), expected{read: "A web page answers there, not the service (200)", state: journal.Uncertain}},
		{answering("plain text", 200, "text/plain", "It works!"), expected{read: "not one of this service (200)", state: journal.Uncertain}},
		{answering("JSON as another type", 200, "image/png", "[]"), expected{read: "not one of this service", state: journal.Uncertain}},
		{answering("nothing, 200", 200, kind, ""), expected{read: "The answer is empty (200)", state: journal.Uncertain}},
		{answering("nothing, 204", 204, "", ""), expected{read: "The answer is empty (204)", state: journal.Uncertain}},
		{answering("JSON of another shape", 200, kind, `{"status":"ok","items":[1,2,3]}`), expected{read: shape, state: journal.Uncertain}},
		{answering("a number", 200, kind, "17"), expected{read: "not one of this service (200)", state: journal.Uncertain}},
		{answering("JSON that ends in the middle", 200, kind, `[{"instanceId":"6f0c51d2-3f0e`), expected{read: "ends before it is whole (200)", state: journal.Uncertain}},
		{answering("5 MB", 200, kind, `{"status":"`+strings.Repeat("x", 5<<20)+`"}`), expected{read: shape, state: journal.Uncertain}},
		{answering("gzip that is none", 200, kind, "[1,2,3,4,5,6,7,8]", "Content-Encoding", "gzip"), expected{read: damaged, state: journal.Uncertain}},
		{answering("gzip that ends in the middle", 200, kind, zipped(strings.Repeat("[1,2,3]", 500))[:30], "Content-Encoding", "gzip"), expected{read: broke, sent: damaged, state: journal.Uncertain}},
		{answering("an encoding that nobody asked for", 200, kind, "[]", "Content-Encoding", "br"), expected{read: damaged, state: journal.Uncertain}},
		{endless("an answer without an end", kind), expected{read: "larger than the desk reads", sent: shape, state: journal.Uncertain}},
		{answering("a header without an end", 200, kind, "[]", "X-Long", strings.Repeat("x", 300<<10)), expected{read: broke, state: journal.Uncertain}},
		{answering("301", 301, "", "", location...), expected{read: pointer, state: journal.Refused}},
		{answering("302", 302, "", "", location...), expected{read: pointer, state: journal.Uncertain}},
		{answering("307", 307, "", "", location...), expected{read: pointer, state: journal.Refused}},
		{answering("a redirect to nowhere", 308, "", ""), expected{read: "a pointer to another one.", state: journal.Refused}},
		{raw("the connection is closed at once"), expected{read: broke, state: journal.Uncertain}},
		{raw("an answer that breaks off", "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 900\r\n\r\n[{"), expected{read: broke, sent: damaged, state: journal.Uncertain}},
		{raw("something that is no HTTP", "SSH-2.0-OpenSSH_9.6\r\n"), expected{read: broke, state: journal.Uncertain}},
		{answering("another success, 206", 206, kind, "[]"), expected{read: "not one of this service", state: journal.Uncertain}},
		{answering("400 in no form", 400, "", ""), expected{read: "refused the request (400)", state: journal.Refused}},
		{answering("418", 418, "", ""), expected{read: "refused the request (418)", state: journal.Refused}},
		{answering("408", 408, "", ""), expected{read: "did not answer in time", state: journal.Uncertain}},
		{answering("502, a web page", 502, "text/html", page), expected{read: "failed on its side (502)", state: journal.Uncertain}},
		{slowDown("429, Retry-After in seconds", func(time.Time) string { return "17" }), slow},
		{slowDown("429, Retry-After as a date", func(now time.Time) string { return httpDate(now.Add(90 * time.Second)) }), slow},
		{slowDown("429, Retry-After not to be read", func(time.Time) string { return "when I am ready" }), slow},
		{slowDown("429, Retry-After below zero", func(time.Time) string { return "-5" }), slow},
		{slowDown("429, Retry-After of ages", func(time.Time) string { return "999999999999" }), slow},
	}
	d := newBadDesk(t)
	for _, c := range days {
		d.opening(c.day, c.opening())
		d.loading(c.day, c.read)
		d.profile(c.day, c.read)
		d.sending(c.day, c.state, c.sending())
	}
	withstand.Hold(t, "service answers", d.cells)
}

func TestBadDayOfTheServiceTheWayThere(t *testing.T) {
	days := []struct {
		day *badDay
		expected
	}{
		{noNetwork(), expected{read: "The name of the service's host is not known here.", state: journal.Queued}},
		{unreachable("nobody listens there", errRefused), expected{read: "The service could not be reached.", state: journal.Queued}},
		{unreachable("nobody takes the connection in time", errDialTime), expected{read: "The service could not be reached.", state: journal.Queued}},
		{&badDay{name: "a certificate that has expired", shows: certExpired}, expected{read: "certificate is not valid today", state: journal.Queued}},
		{&badDay{name: "the certificate of another host", shows: certOther}, expected{read: "the certificate at this address is another host's", state: journal.Queued}},
		{&badDay{name: "a certificate by nobody that is known", shows: certStranger}, expected{read: "does not trust whoever made", state: journal.Queued}},
		{&badDay{name: "no TLS at an address with https", plain: true}, expected{read: "The other side speaks no TLS", state: journal.Queued}},
		{proxyAnswers("a proxy that wants somebody to sign in", 407), expected{read: "wants somebody to sign in to it (407)", state: journal.Queued}},
		{proxyAnswers("a proxy that lets nothing through", 403), expected{read: "does not let the desk through to the service (403)", state: journal.Queued}},
	}
	d := newBadDesk(t)
	for _, c := range days {
		d.opening(c.day, c.opening(), "Nothing was sent.")
		d.loading(c.day, c.read)
		d.profile(c.day, c.read, "Nothing was sent.")
		d.sending(c.day, c.state, c.sending(), "Nothing was sent.")
		d.testing(c.day, c.opening())
	}
	for _, day := range []*badDay{
		d.service.silent("no answer at all", ""), d.service.silent("an answer that does not go on", `[{"instanceId":"`),
	} {
		d.opening(day, "did not answer in time")
		d.loading(day, "did not answer in time")
		d.profile(day, "did not answer in time")
	}
	d.sending(d.service.silent("no answer at all", ""), journal.Uncertain, "did not answer in time")
	d.asleep()
	withstand.Hold(t, "service network", d.cells)
}

// asleep has the computer sleep for two hours, and work go on after it.
func (d *badDesk) asleep() {
	d.t.Helper()
	day := &badDay{name: "the computer slept for two hours"}
	d.goTo(PageCompose)
	d.typePurchase("OPID_71000")
	d.service.sleepOver(2 * time.Hour)
	d.compose.Send()
	d.idle()
	if state := d.compose.current.last.Entry.State; state != journal.Accepted && state != journal.Visible {
		d.t.Errorf("%s: it is %s, %v", day.name, state, d.compose.current.last.Err)
	}
	said, _, _ := strings.Cut(d.sentWords(), " Visible")
	d.over(day, whileSending, "accepted, over a new connection", said, "Accepted")
	d.service.sleepOver(2 * time.Hour)
	d.refresh()
	d.standInCoffee()
	d.over(day, whileLoading, "everything is loaded again", d.frame.status.connection.Text(), "Pasted token")
}

// testing tests a new connection in its dialog.
func (d *badDesk) testing(day *badDay, parts ...string) {
	d.t.Helper()
	d.begin(day)
	dialog := d.openDialog(settings.Connection{}, "https://"+badHost+"/v1", goodToken, goodKey)
	dialog.dialog.Confirm()
	d.queue.until(d.t, "the end of the test", func() bool { return dialog.anyway.Visible() || !dialog.dialog.Open() })
	if !dialog.dialog.Open() {
		d.t.Fatalf("%s: the connection was kept", day.name)
	}
	var bad []string
	for _, s := range dialog.steps.Steps() {
		if s.Tone == widgets.ToneDanger || s.Tone == widgets.ToneWarning {
			bad = append(bad, s.Strong+": "+s.Detail)
		}
	}
	if dialog.token.entry.Text != goodToken || dialog.name.entry.Text == "" {
		d.t.Errorf("%s: what was typed is gone", day.name)
	}
	d.over(day, whileTesting, "nothing is kept, what was typed stays, and it can be tested again", strings.Join(bad, " "), parts...)
	d.begin(nil)
	dialog.dialog.Close()
}
