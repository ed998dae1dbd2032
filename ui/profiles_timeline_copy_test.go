package ui

import (
	"encoding/csv"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"github.com/activitydesk/activitydesk/client/journal"
	"github.com/activitydesk/activitydesk/client/outbox"
	"github.com/activitydesk/activitydesk/ui/people"
	"github.com/activitydesk/activitydesk/ui/timeline"
	"github.com/activitydesk/activitydesk/ui/widgets"
)

// copied is what is on the clipboard.
func (w *working) copied() string { return w.app.Clipboard().Content() }

func TestARowIsCopiedForATableAndAsItCame(t *testing.T) {
	w, line := visited(t, newTestClock(visitClock), hours(5, visitClock)...)
	row := line.lines.Items[1].Row
	w.onActivities()
	w.window.Canvas().Focused().(fyne.Shortcutable).TypedShortcut(&fyne.ShortcutCopy{})
	if got, want := w.copied(), "2026-11-25 11:00:00\tVisits\tVisits\tVisit 0\tCSV_Visits\tV00000\tnot sent from here"; got != want {
		t.Errorf("copied %q, want %q", got, want)
	}
	line.copyJSON(row)
	if w.copied() != string(row.Raw) {
		t.Errorf("copied %q", w.copied())
	}
}

func TestAllShownAreCopiedAsCSV(t *testing.T) {
	w, line := visited(t, newTestClock(visitClock), hours(120, visitClock)...)
	line.view.find.SetText("Visit 1")
	line.copyShown()
	w.queue.until(t, "the copy", func() bool { return !line.copying.Running() })
	text := w.copied()
	if strings.Count(text, "\r\n") != strings.Count(text, "\n") || strings.HasPrefix(text, "\ufeff") {
		t.Error("the lines do not end as RFC 4180 has it")
	}
	records, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if len(records) != line.lines.Shown+1 || records[0][0] != "Time in "+w.env.Zone().String() || records[0][1] != "CustomerId" {
		t.Errorf("%d lines, %q", len(records), records[0])
	}
	if records[1][len(records[1])-2] != "not sent from here" {
		t.Errorf("the first row is %q", records[1])
	}
}

func TestTheCopyOfAllShownIsSearchedForSecretsToo(t *testing.T) {
	w, line := visited(t, newTestClock(visitClock), hours(5, visitClock)...)
	w.options.Redact.Add(line.customer.ID) // 36 letters that stand in every row
	line.copyShown()
	w.queue.until(t, "the copy", func() bool { return !line.copying.Running() })
	if text := w.copied(); strings.Contains(text, line.customer.ID) || !strings.Contains(text, "Visit 4") {
		t.Errorf("copied %q", text)
	}
}

func TestCellsThatASpreadsheetWouldRunAreDefused(t *testing.T) {
	row := timeline.ReadRow(fakeRow{
		"ActivityId": "1", "ActivityTime": "2026-11-23T13:05:00Z", "Title": "=HYPERLINK(\"http://x\")", "Description": "a, \"b\"\r\nc", "URL": "-12.50",
		"SourceActivityId": "@sum", "SourceTableName": "+1-2",
	}, "")
	text, err := timelineCSV(t.Context(), []timeline.Row{row}, zurich(t))
	if err != nil {
		t.Fatal(err)
	}
	records, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	cell := map[string]string{}
	for i, name := range records[0] {
		cell[name] = records[1][i]
	}
	for name, want := range map[string]string{
		"Time in Europe/Zurich": "2026-11-23 14:05:00", "Title": "'=HYPERLINK(\"http://x\")", "URL": "-12.50",
		"Description":      "a, \"b\"\nc", // the reader of the standard library reads a CRLF as one line end
		"SourceActivityId": "'@sum", "SourceTableName": "'+1-2", "Origin": "not sent from here", "Kept until": "",
	} {
		if cell[name] != want {
			t.Errorf("%s is %q, want %q", name, cell[name], want)
		}
	}
}

func TestASummaryHasNothingOfThePersonUnlessItIsChosen(t *testing.T) {
	w := newWorking(t)
	w.search("CNTID_1000")
	line := w.profiles.timeline
	s := line.summary()
	plain := s.text(personal{})
	who := line.customer
	secrets := []string{who.ID, who.Name, who.Mail, who.City, "CNTID_1000"}
	for _, row := range line.store.Rows {
		secrets = append(secrets, row.SourceID, row.Detail)
	}
	for _, secret := range secrets {
		if secret != "" && strings.Contains(plain, secret) {
			t.Errorf("the summary has %q", secret)
		}
	}
	for _, want := range []string{"instance: Contoso Coffee (sandbox)\n", "activities: 14 activities\n", "newest 14:\n", "not sent from here"} {
		if !strings.Contains(plain, want) {
			t.Errorf("the summary lacks %q:\n%s", want, plain)
		}
	}
	for part, want := range map[summaryPart]string{
		summaryID: who.ID, summaryName: who.Name, summaryMail: who.Mail, summaryCity: who.City, summaryKeys: "CNTID_1000",
		summaryTexts: line.store.Rows[0].Title, summaryRowIDs: line.store.Rows[0].SourceID,
	} {
		var with personal
		with[part] = true
		if !strings.Contains(s.text(with), want) {
			t.Errorf("choice %d does not bring %q", part, want)
		}
	}
}

func TestTheSummaryIsSeenBeforeItIsCopied(t *testing.T) {
	w := newWorking(t)
	w.search("CNTID_1000")
	line := w.profiles.timeline
	line.CopySummary()
	var checks []*widgets.Check
	var preview *widgets.JSONView
	eachObject(w.dialog(), func(o fyne.CanvasObject) {
		switch o := o.(type) {
		case *widgets.Check:
			checks = append(checks, o)
		case *widgets.JSONView:
			preview = o
		}
	})
	for _, check := range checks {
		if check.On() {
			t.Errorf("%s is chosen at first", check.Label())
		}
	}
	checks[1].TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
	shown := preview.Text()
	if !strings.Contains(shown, "name: "+line.customer.Name) {
		t.Errorf("the name was chosen, and the text is %q", shown)
	}
	confirm(t, w, "Copy this text")
	if strings.TrimSpace(w.copied()) != strings.TrimSpace(shown) {
		t.Errorf("copied %q, shown %q", w.copied(), shown)
	}
}

func TestOfSeveralEntriesWithOneKeyTheOneThatTheServiceTookCounts(t *testing.T) {
	entry := func(id string, state journal.State) journal.Entry {
		return journal.Entry{
			ID: id, Entity: "Shop_Sales", State: state, SentAt: visitClock, AnsweredAt: visitClock,
			Operation: journal.OperationPost, KeyFields: []journal.KeyValue{{Name: "Id", Value: "S1"}},
		}
	}
	index := timeline.Marks{}
	for _, e := range []journal.Entry{entry("newest", journal.Uncertain), entry("took", journal.Visible), entry("older", journal.Uncertain)} {
		entity, _ := people.FindEntity(nil, e.Entity)
		index.Add(e, entity)
	}
	row := timeline.Row{Source: "shop_sales", SourceID: "S1", Key: "a1"}
	if mark := index.Of(&row); mark.EntryID != "took" || !mark.Life.Known() {
		t.Errorf("the row is of %+v", mark)
	}
	if mark := index.Of(&timeline.Row{Source: "Shop_Sales", SourceID: "S2", Key: "a2"}); mark.EntryID != "" {
		t.Errorf("another row is of %+v", mark)
	}
	if outbox.LifetimeOf(entry("x", journal.Visible)).Until != visitClock.Add(30*24*time.Hour) {
		t.Error("an activity is not kept 30 days")
	}
}

// fakeRow is a row of the service with text members only.
type fakeRow map[string]string

func (r fakeRow) Text(name string) string { return r[name] }
func (r fakeRow) Raw() json.RawMessage    { raw, _ := json.Marshal(map[string]string(r)); return raw }
