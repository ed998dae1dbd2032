package ui

import (
	"bytes"
	"net/http"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/activitydesk/activitydesk/client/journal"
)

func shownAnswer(t *testing.T, e journal.Entry) *answerPart {
	t.Helper()
	app := test.NewApp()
	t.Cleanup(app.Quit)
	a := newAnswerPart(requestActions{}, func() {})
	a.Show(e)
	return a
}

// offered are the tabs that can be chosen.
func (a *answerPart) offered() string {
	var words []string
	for i, word := range []string{"laid out", "as it came", "headers"} {
		if a.tabs.Shown(i) {
			words = append(words, word)
		}
	}
	return strings.Join(words, ", ")
}

func TestAnAnswerIsShownAsItCameWhereItIsNotJSON(t *testing.T) {
	header := func(kind string) http.Header { return http.Header{"Content-Type": {kind}} }
	cases := map[string]struct {
		entry               journal.Entry
		shows, word, offers string
	}{
		"JSON": {
			journal.Entry{Status: 400, Answer: []byte(`{"errorCode":"x"}`), AnswerHeader: header("application/json")},
			"{\n  \"errorCode\": \"x\"\n}", "", "laid out, as it came, headers",
		},
		"a web page": {
			journal.Entry{Status: 503, Answer: []byte("<h1>Sorry</h1>\n"), AnswerHeader: header("text/html; charset=utf-8")},
			"<h1>Sorry</h1>", "Not JSON (text/html): as it came.", "as it came, headers",
		},
		"text that names no type": {
			journal.Entry{Status: 500, Answer: []byte("oops")},
			"oops", "Not JSON (no type given): as it came.", "as it came, headers",
		},
		"nothing": {
			journal.Entry{Status: 403, AnswerHeader: http.Header{"X-A": {"2", "1"}, "B": {"3"}}},
			"HTTP 403 Forbidden\nB: 3\nX-A: 2\nX-A: 1", "The body is empty.", "headers",
		},
		"broken off": {
			journal.Entry{Status: 201, Answer: []byte(`{"location":"…/Un`), AnswerTruncated: true},
			"{\"location\":\"…/Un\n… broken off here", "The answer broke off: its beginning, as it came.", "as it came, headers",
		},
		"no UTF-8": {
			journal.Entry{Status: 500, Answer: []byte("\xff\xfe")},
			"�", "Not JSON (no type given): as it came.", "as it came, headers",
		},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			c.entry.ID = "e"
			a := shownAnswer(t, c.entry)
			if a.Text() != c.shows || a.view.Text() != c.shows {
				t.Errorf("shows %q, want %q", a.view.Text(), c.shows)
			}
			if a.word.Text() != c.word || a.word.Visible() != (c.word != "") {
				t.Errorf("says %q, want %q", a.word.Text(), c.word)
			}
			if a.offered() != c.offers {
				t.Errorf("offers %s, want %s", a.offered(), c.offers)
			}
		})
	}
}

func TestALongAnswerIsDrawnByTheLine(t *testing.T) {
	line := []byte(`{"a":"` + strings.Repeat("x", 60) + `"},`)
	body := append(append([]byte("["), bytes.Repeat(line, 200<<10/len(line))...), []byte("0]")...)
	a := shownAnswer(t, journal.Entry{ID: "e", Status: 201, Answer: body})
	a.view.Resize(a.view.MinSize())
	if a.lines < 8000 {
		t.Errorf("%d lines", a.lines)
	}
	objects := 0
	eachObject(a.view, func(fyne.CanvasObject) { objects++ })
	if objects > 500 {
		t.Errorf("%d objects are drawn for an answer of %d bytes", objects, len(body))
	}
	a.tabs.Select(answerAsItCame)
	a.showTab()
	if a.Text() != string(body) || a.lines != 1 {
		t.Errorf("as it came it has %d lines and %d bytes, want 1 and %d", a.lines, len(a.Text()), len(body))
	}
}

func TestAnAnswerThatIsCutOffSaysWhere(t *testing.T) {
	a := shownAnswer(t, journal.Entry{ID: "e", Status: 200, Answer: bytes.Repeat([]byte("x"), journal.MaxAnswer), AnswerTruncated: true})
	if !strings.HasSuffix(a.Text(), "\n… cut off at 64 KiB") || !strings.HasPrefix(a.word.Text(), "Longer than") {
		t.Errorf("%q: …%q", a.word.Text(), a.Text()[len(a.Text())-30:])
	}
}

func TestTheRequestIDStandsOnItsOwnAndIsThereWithoutAnAnswerToo(t *testing.T) {
	a := shownAnswer(t, journal.Entry{ID: "e", Status: 500, RequestID: "req-1"})
	if !a.idLine.Visible() || a.id.Text() != "req-1" {
		t.Errorf("%v %q", a.idLine.Visible(), a.id.Text())
	}
	a.Show(journal.Entry{ID: "f", State: journal.Uncertain})
	if !a.idLine.Visible() || a.id.Text() != "none" || a.head.Visible() || a.lines != 0 {
		t.Errorf("without an answer: %v %q, head %v, %d lines", a.idLine.Visible(), a.id.Text(), a.head.Visible(), a.lines)
	}
	a.Show(journal.Entry{})
	if a.idLine.Visible() {
		t.Error("without a send there is an id line")
	}
}

func TestATicketHoldsWhatHelpsAndNothingAboutAPerson(t *testing.T) {
	sent := time.Date(2026, 11, 23, 13, 2, 11, 83e6, time.UTC)
	e := journal.Entry{
		ID: "e", Root: "https://api.ci.ai.dynamics.com/v1", InstanceID: "6f0c51d2", InstanceName: "Contoso", InstanceType: "sandbox",
		Entity: "eCommerce_eCommercePurchases", KeyFields: []journal.KeyValue{{Name: "PurchaseId", Value: "KEY_1"}},
		CustomerField: "ContactId", CustomerKey: "CNTID_ANA", CustomerID: "ce759201", TimeValue: "2026-11-01T00:00:00Z",
		Body: []byte(`{"ContactId":"CNTID_ANA"}`), Caller: "Ana Kotlar", State: journal.Refused, Attempts: 2,
		SentAt: sent, AnsweredAt: sent.Add(12 * time.Millisecond), Took: 12 * time.Millisecond,
		Status: 400, Code: "customerForActivityNotFound", Message: "No customer CNTID_ANA", RequestID: "req-1",
		Answer: []byte(`{"message":"No customer CNTID_ANA"}`), Note: "about Ana",
	}
	want := `request: POST /v1/instances/6f0c51d2/data/eCommerce_eCommercePurchases
instance: Contoso (sandbox)
sent: 2026-11-23T13:02:11.083Z
answered: 2026-11-23T13:02:11.095Z
outcome: refused
status: 400 Bad Request
code: customerForActivityNotFound
request id: req-1
took: 12 ms
attempts: 2
written by: ` + productName + " " + Version + "\n"
	if got := ticketText(e, false); got != want {
		t.Errorf("the ticket is\n%s\nwant\n%s", got, want)
	}
	full := ticketText(e, true)
	for _, part := range []string{want, "caller: Ana Kotlar\n", "message: No customer CNTID_ANA\n", "\nsent:\n{\"ContactId\"", "\nanswer:\n{\"message\""} {
		if !strings.Contains(full, part) {
			t.Errorf("with the data it lacks %q:\n%s", part, full)
		}
	}
}

func TestNothingIsLeftToCopyOfTheAnswerBefore(t *testing.T) {
	a := shownAnswer(t, journal.Entry{ID: "1", Status: 400, Answer: []byte(`{"message":"about somebody"}`)})
	a.Show(journal.Entry{ID: "2", State: journal.Uncertain})
	if got := a.Text(); got != "" {
		t.Errorf("without an answer there is %q", got)
	}
}
