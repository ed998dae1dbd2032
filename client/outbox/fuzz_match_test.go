// Rows that anybody may have written, beside what was sent from here.

package outbox_test

import (
	"encoding/json"
	"math/big"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/activitydesk/activitydesk/client"
	"github.com/activitydesk/activitydesk/client/journal"
	"github.com/activitydesk/activitydesk/client/metadata"
	"github.com/activitydesk/activitydesk/client/outbox"
)

// FuzzMatchRow: a row is recognised or it is not, the same by MatchRow and by
// RowIDs; the row of the activity itself is recognised for certain; and one that
// names another key of the same table never is.
func FuzzMatchRow(f *testing.F) {
	f.Add("S_E", "E", "1", "11", "2026-11-23T13:05:00Z", []byte(`{"SourceTableName":"S_E","SourceActivityId":"1_11","ActivityTime":"2026-11-23T13:05:00.000Z"}`))
	f.Add("UnifiedActivity", "UnifiedActivity", "a", "", "2026-11-23", []byte(`{"ActivityId":"A","ActivityType":"x"}`))
	f.Add("S_E", "", "ſ", "", "", []byte(`{"SourceTableName":"s_e","SourceActivityId":"S"}`))
	f.Add("S_E", "E", "İ", "", "x", []byte(`{"SourceTableName":"S_E","SourceActivityId":"i"}`))
	f.Add("S_E", "E", "1", "", "2026-11-23 13:05:00", []byte(`{"SourceTableName":null,"SourceActivityId":{"a":[]},"ActivityTimeStamp":"2026-11-23T13:05:00","ActivityTypeDisplay":"e"}`))
	f.Fuzz(func(t *testing.T, table, name, key, second, at string, data []byte) {
		e := journal.Entry{Entity: table, TimeField: "T", TimeValue: at, Body: data, KeyFields: []journal.KeyValue{{Name: "K", Value: key}}}
		if second != "" {
			e.KeyFields = append(e.KeyFields, journal.KeyValue{Name: "L", Value: second})
		}
		entity := metadata.Entity{Name: name, QualifiedName: table}
		target := outbox.Target{Entity: entity}
		ids := outbox.RowIDs(e, entity)
		checkAnyRow(t, e, target, ids, data)
		if key == "" || table == "" || strings.EqualFold(table, "UnifiedActivity") || !utf8.ValidString(table) || !utf8.ValidString(key+second) {
			return
		}
		id := key
		if second != "" {
			id += "_" + second
		}
		if how := checkMatch(t, e, target, ids, rowOf(t, table, id, at)); how != journal.MatchSourceID && utf8.ValidString(key) && utf8.ValidString(second) && !ambiguous(key, second) {
			t.Fatalf("its own row, %q of %q, is recognised by %q", id, table, how)
		}
		if how := checkMatch(t, e, target, ids, rowOf(t, table, id+"x", at)); how != "" && !ambiguous(key, second) {
			t.Fatalf("%q of %q is taken for %q, by %q", id+"x", table, id, how)
		}
	})
}

// ambiguous says that a key of several fields can read as another one.
func ambiguous(key, second string) bool {
	return second != "" && strings.ContainsAny(key+second, "_-|,;x")
}

func rowOf(t *testing.T, table, id, at string) client.Row {
	t.Helper()
	data, err := json.Marshal(map[string]string{"SourceTableName": table, "SourceActivityId": id, "ActivityTime": at})
	if err != nil {
		t.Fatal(err)
	}
	row, err := client.ParseRow(data)
	if err != nil {
		t.Fatal(err)
	}
	return row
}

// checkMatch holds MatchRow against RowIDs, by which many rows are looked up.
func checkMatch(t *testing.T, e journal.Entry, target outbox.Target, ids []outbox.RowID, row client.Row) string {
	t.Helper()
	how := outbox.MatchRow(e, target, row)
	table, id := row.Text("SourceTableName"), row.Text("SourceActivityId")
	if strings.EqualFold(e.Entity, "UnifiedActivity") {
		table, id = "", row.Text("ActivityId")
	}
	found, names := outbox.RowIDOf(table, id)
	if certain := names && slices.Contains(ids, found); certain != (how == journal.MatchSourceID) {
		t.Fatalf("%q of %q is recognised by %q, and looked up: %v", id, table, how, certain)
	}
	return how
}

// FuzzSameNumber: two numbers are the same exactly where their decimals are,
// however each is written, as a number or as a text.
func FuzzSameNumber(f *testing.F) {
	f.Add("1.0", "1", uint8(3))
	f.Add("-0.000", "0e5", uint8(0))
	f.Add("123456789012345678901234567890.5", "1234567890123456789012345678905E-1", uint8(20))
	f.Add("1e99999999999999999999", "10e99999999999999999998", uint8(1))
	f.Add("100", "1e2", uint8(7))
	f.Fuzz(func(t *testing.T, a, b string, zeros uint8) {
		if !isJSONNumber(a) || !isJSONNumber(b) {
			return
		}
		if longer := withZeros(a, int(zeros)+1); !sameNumber(t, a, longer) || !sameNumber(t, longer, a) {
			t.Fatalf("%s is not %s", a, longer)
		}
		same := sameNumber(t, a, b)
		if same != sameNumber(t, b, a) {
			t.Fatalf("%s and %s are the same one way only", a, b)
		}
		if x, y := rational(a), rational(b); x != nil && y != nil && same != (x.Cmp(y) == 0) {
			t.Fatalf("%s and %s the same: %v", a, b, same)
		}
	})
}

func isJSONNumber(text string) bool {
	return json.Valid([]byte(text)) && strings.Trim(text, "-0123456789.eE+") == ""
}

// withZeros writes the same number with more decimals.
func withZeros(number string, zeros int) string {
	at := len(number)
	if i := strings.IndexAny(number, "eE"); i >= 0 {
		at = i
	}
	point := "."
	if strings.Contains(number[:at], ".") {
		point = ""
	}
	return number[:at] + point + strings.Repeat("0", zeros) + number[at:]
}

// rational is the number as math/big has it; nil where that would be a long one.
func rational(number string) *big.Rat {
	if _, exponent, _ := strings.Cut(strings.ToLower(number), "e"); len(strings.TrimLeft(exponent, "+-0")) > 3 {
		return nil
	}
	r, ok := new(big.Rat).SetString(number)
	if !ok {
		return nil
	}
	return r
}

// sameNumber compares what was sent with what is stored.
func sameNumber(t *testing.T, sent, stored string) bool {
	t.Helper()
	row, err := client.ParseRow([]byte(`{"number":` + stored + `,"text":"` + stored + `"}`))
	if err != nil {
		t.Fatal(err)
	}
	got, err := outbox.Compare([]byte(`{"number":`+sent+`,"text":`+sent+`}`), row)
	if err != nil || got.Same == 1 || got.Same+got.Different != 2 {
		t.Fatalf("%s beside %s: %+v, %v", sent, stored, got, err)
	}
	return got.Same == 2
}

// checkAnyRow: any row that can be read can be looked up and compared.
func checkAnyRow(t *testing.T, e journal.Entry, target outbox.Target, ids []outbox.RowID, data []byte) {
	t.Helper()
	row, err := client.ParseRow(data)
	if err != nil {
		return
	}
	checkMatch(t, e, target, ids, row)
	if _, err := outbox.CompareEntry(e, row); err != nil {
		t.Fatalf("%s beside itself: %v", data, err)
	}
}
