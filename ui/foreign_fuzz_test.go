// Foreign bytes on their way through the window: drafts out of the journal, a
// timeline on its way to a spreadsheet.

package ui

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/activitydesk/activitydesk/client"
	"github.com/activitydesk/activitydesk/client/metadata"
	"github.com/activitydesk/activitydesk/forms"
	"github.com/activitydesk/activitydesk/ui/timeline"
)

// FuzzDraft: what a draft's row holds is read whole or told as damaged or newer;
// what was read is stored again as it was, and the form that takes it has all of
// it, also what has no field any more.
func FuzzDraft(f *testing.F) {
	entity := metadata.Entity{Name: "E", Attributes: []metadata.Attribute{
		{Name: "a", Type: metadata.DataType{Kind: metadata.KindText}},
		{Name: "n", Type: metadata.DataType{Kind: metadata.KindDecimal}},
		{Name: "t", Type: metadata.DataType{Kind: metadata.KindDateTime}},
	}}
	options := forms.Options{Now: func() time.Time { return time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC) }}
	made := &draft{row: entityRow{Entity: entity}, form: forms.FromEntity(entity, options), pending: &forms.JSONDraft{Text: "{", Shown: "{}"}}
	made.form.SetText("a", "x\x00\u202e")
	made.form.SetNull("n")
	f.Add([]byte(kept(f, made)))
	f.Add([]byte(`{"version":1,"form":{},"keepFor":-1,"keepTo":"9999-12-31T23:59:59.999999999+23:59","preset":"p"}`))
	f.Add([]byte(`{"version":2}`))
	f.Add([]byte(`{"version":1,"form":{"fields":[{"name":"gone","state":"value","text":"t"},{"name":"a","state":"x"}]},"json":{"text":1}}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		content, err := decodeDraft(body)
		if err != nil {
			if !errors.Is(err, errDraftNewer) && !errors.Is(err, errDraftDamaged) {
				t.Fatalf("an error that nobody can tell: %v", err)
			}
			return
		}
		stored, err := json.Marshal(content)
		if err != nil {
			t.Fatalf("what was read cannot be stored again: %v", err)
		}
		back, err := decodeDraft(stored)
		if err != nil {
			t.Fatalf("stored as %s it cannot be read: %v", stored, err)
		}
		if twice, err := json.Marshal(back); err != nil || !bytes.Equal(twice, stored) {
			t.Fatalf("stored again it is\n%s\nwas\n%s, %v", twice, stored, err)
		}
		d := &draft{row: entityRow{Entity: entity}, form: forms.FromEntity(entity, options), options: options}
		if err := d.canTake(content); err != nil {
			return // it is said, and the draft is kept as it is
		}
		if err := d.takeContent(content, nil); err != nil {
			t.Fatalf("it could be taken and was not: %v", err)
		}
		if text := d.form.PreviewText(); !json.Valid([]byte(text)) && d.form.ProblemCount() == 0 {
			t.Fatalf("the form sends %q", text)
		}
		again := &draft{row: d.row, form: forms.FromEntity(entity, options), options: options}
		next, err := decodeDraft([]byte(kept(t, d)))
		if err != nil {
			t.Fatal(err)
		}
		if err := again.takeContent(next, nil); err != nil || !reflect.DeepEqual(again.snapshot(), d.snapshot()) {
			t.Fatalf("taken again it is\n%+v\nwas\n%+v, %v", again.snapshot(), d.snapshot(), err)
		}
	})
}

// FuzzTimelineRow: each row of the service is one line of the timeline, and has words.
func FuzzTimelineRow(f *testing.F) {
	for _, seed := range []string{
		`{"ActivityId": "1", "ActivityTime": "2026-11-23T13:05:00Z", "Title": "a"}`, `{}`, `{"ActivityTime": null, "Title": {"x": [1]}}`,
		`{"ActivityTime": "0000-00-00T00:00:00Z"}`, `{"ActivityTimeStamp": "9999-12-31T23:59:59.9999999+14:00", "SemanticData": "{}"}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		row, err := client.ParseRow(data)
		if err != nil {
			return
		}
		store := &timeline.Store{}
		store.Add(timeline.Rows([]client.Row{row, row}, ""))
		lines := timeline.Arrange(store.Rows, timeline.Filter{}, time.Time{}, time.Now(), time.UTC)
		if lines.Shown != 1 || len(lines.Items) != 2 {
			t.Errorf("%d rows in %d lines", lines.Shown, len(lines.Items))
		}
		one := store.Rows[0]
		if one.Headline() == "" || one.When(time.Now(), time.UTC) == "" || laidOut(one.Raw) == "" {
			t.Errorf("the row has no words: %+v", one)
		}
		if _, err := timelineCSV(t.Context(), []timeline.Row{*one}, time.UTC); err != nil {
			t.Error(err)
		}
	})
}

// FuzzTimelineCSV: a timeline on the clipboard is a table that a CSV reader takes
// back, with every member that the service gave, and no cell of it is run by a
// spreadsheet.
func FuzzTimelineCSV(f *testing.F) {
	f.Add([]byte(`{"Title":"=cmd|' /C calc'!A0","Description":"-1","URL":"+1+1"}`), []byte(`{"Title":"@SUM(1)","n":-12.50,"x":{"a":"\t"}}`))
	f.Add([]byte(`{"=HYPERLINK(\"x\")":"a,b\r\n\"c\"","":"\u0000"}`), []byte(`{"\t=1":null,"a":"\r=1"}`))
	f.Add([]byte(`{"a":" =1","b":"-","c":"-1-1","d":"--1","e":"\n"}`), []byte(`{"a":"＝1"}`))
	f.Fuzz(func(t *testing.T, one, other []byte) {
		var rows []client.Row
		for _, data := range [][]byte{one, other} {
			if row, err := client.ParseRow(data); err == nil {
				rows = append(rows, row)
			}
		}
		text, err := timelineCSV(t.Context(), timeline.Rows(rows, ""), time.UTC)
		if err != nil {
			t.Fatal(err)
		}
		table, err := csv.NewReader(strings.NewReader(text)).ReadAll()
		if err != nil || len(table) != len(rows)+1 {
			t.Fatalf("%q is read as %d rows, %v", text, len(table), err)
		}
		column := map[string]int{}
		for i, name := range table[0] {
			if i > 0 && i < len(table[0])-2 {
				column[name] = i
			}
		}
		checkNothingRuns(t, table)
		for i, row := range rows {
			for _, name := range row.Names() {
				at, ok := column[readBack(defused(name))]
				if want := readBack(row.Text(name)); !ok || table[i+1][at] != want && table[i+1][at] != "'"+want {
					t.Fatalf("%q is written as %q in the column %d of %q", row.Text(name), table[i+1][at], at, table[0])
				}
			}
		}
	})
}

// checkNothingRuns: a spreadsheet takes no cell for a formula.
func checkNothingRuns(t *testing.T, table [][]string) {
	t.Helper()
	for _, cell := range slices.Concat(table...) {
		if cell != "" && strings.ContainsRune("=+-@\t\r\n", rune(cell[0])) && !isNumber(cell) {
			t.Fatalf("the cell %q is run", cell)
		}
	}
}

// readBack is a text with its line ends as encoding/csv gives them.
func readBack(text string) string {
	return strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text)
}
