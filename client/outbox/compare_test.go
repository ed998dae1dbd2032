package outbox_test

import (
	"encoding/json"
	"errors"
	"testing"

	"github.com/activitydesk/activitydesk/client"
	"github.com/activitydesk/activitydesk/client/journal"
	"github.com/activitydesk/activitydesk/client/outbox"
)

func TestCompareSaysOfEachFieldWhetherItIsStoredAsSent(t *testing.T) {
	const same, different, missing = outbox.Same, outbox.Different, outbox.NotReturned
	cases := []struct {
		sent, row string
		want      outbox.Verdict
	}{
		{`"2026-11-23T13:05:00Z"`, `"2026-11-23T13:05:00+00:00"`, same},
		{`"2026-11-23T13:05:00Z"`, `"2026-11-23T14:05:00.000+01:00"`, same},
		{`"2026-11-23T13:05:00Z"`, `"2026-11-23T13:05:00"`, same},
		{`"2026-11-23"`, `"2026-11-23T00:00:00Z"`, same},
		{`"2026-11-23T13:05:00Z"`, `"2026-11-23T13:05:00+01:00"`, different},
		{`"2026-11-23T13:05:00.1Z"`, `"2026-11-23T13:05:00Z"`, different},
		{`"2026-11-23T13:05:00Z"`, `"yesterday"`, different},
		{`12.50`, `12.5`, same},
		{`12.50`, `"12.5"`, same},
		{`1e2`, `100`, same},
		{`100`, `1E+2`, same},
		{`-0.0`, `0`, same},
		{`0.1`, `0.10000000000000000001`, different},
		{`9007199254740993`, `9007199254740992`, different},
		{`123456789012345678901234567890`, `123456789012345678901234567890.0`, same},
		{`1e999999999`, `10e999999998`, same},
		{`1e999999999`, `1e999999998`, different},
		{`1`, `-1`, different},
		{`12`, `"12 "`, different},
		{`12`, `true`, different},
		{`"12"`, `12`, different},
		{`"a"`, `"a"`, same},
		{`"a"`, `"A"`, different},
		{`""`, `null`, different},
		{`null`, `null`, same},
		{`null`, `""`, different},
		{`true`, `true`, same},
		{`true`, `false`, different},
		{`"CE759201-F786-D590-BF21-34BFF576C369"`, `"ce759201-f786-d590-bf21-34bff576c369"`, same},
		{`"CE759201-F786-D590-BF21-34BFF576C369"`, `"ce759201-f786-d590-bf21-34bff576c368"`, different},
		{`[1,{"a":2.0}]`, `[1.0,{"a":2}]`, same},
		{`[1,2]`, `[1]`, different},
		{`{"a":1}`, `{"b":1}`, different},
		{`"x"`, ``, missing},
		{`null`, ``, missing},
	}
	for _, c := range cases {
		stored := `{"F":` + c.row + `}`
		if c.row == "" {
			stored = `{"G":1}`
		}
		got, err := outbox.Compare([]byte(`{"F":`+c.sent+`}`), row(t, stored))
		if err != nil {
			t.Fatal(err)
		}
		if got.Fields[0].Verdict != c.want {
			t.Errorf("sent %s, stored %s: %s, want %s", c.sent, c.row, got.Fields[0].Verdict, c.want)
		}
	}
}

func row(t *testing.T, text string) client.Row {
	t.Helper()
	r, err := client.ParseRow([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestCompareEntryFindsKeyAndTimeUnderTheTimelinesNames(t *testing.T) {
	e := journal.Entry{
		Body:      []byte(`{"PurchaseId":"OPID_1","PurchasedOn":"2026-11-23T11:00:00Z","Subject":"Beans","TotalPrice":1}`),
		KeyFields: []journal.KeyValue{{Name: "PurchaseId", Value: "OPID_1"}}, TimeField: "PurchasedOn",
	}
	for _, time := range []string{"ActivityTime", "ActivityTimeStamp"} {
		got, err := outbox.CompareEntry(e, row(t, `{"SourceActivityId":"OPID_1","`+time+`":"2026-11-23T11:00:00.000Z","Subject":"Tea"}`))
		if err != nil {
			t.Fatal(err)
		}
		if got.Same != 2 || got.Different != 1 || got.NotReturned != 1 {
			t.Errorf("%d same, %d different, %d not returned", got.Same, got.Different, got.NotReturned)
		}
		first, third := got.Fields[0], got.Fields[2]
		if first.Field != "PurchaseId" || first.Member != "SourceActivityId" || first.Verdict != outbox.Same {
			t.Errorf("the key: %+v", first)
		}
		if third.Sent != `"Beans"` || third.Stored != `"Tea"` || third.Verdict != outbox.Different {
			t.Errorf("the subject: %+v", third)
		}
	}
}

func TestCompareTakesTheAliasThatIsTheSame(t *testing.T) {
	got, err := outbox.Compare([]byte(`{"Id":"x"}`), row(t, `{"Id":"other","SourceActivityId":"x"}`), outbox.Alias{Field: "Id", Member: "SourceActivityId"})
	if err != nil || got.Same != 1 || got.Fields[0].Member != "SourceActivityId" {
		t.Errorf("%+v, error %v", got, err)
	}
}

func TestCompareNeedsAnObject(t *testing.T) {
	for _, body := range []string{``, `[]`, `"x"`, `{"a":`, `{"a" 1}`, `nul`} {
		if _, err := outbox.Compare([]byte(body), client.Row{}); err == nil {
			t.Errorf("%q was compared", body)
		}
	}
	if _, err := outbox.Compare([]byte(`[]`), client.Row{}); !errors.Is(err, outbox.ErrBody) {
		t.Errorf("error is %v, want ErrBody", err)
	}
}

func FuzzCompare(f *testing.F) {
	f.Add([]byte(`{"a":1.0,"b":"2026-11-23T13:05:00Z","c":[null,{"d":true}]}`), []byte(`{"a":1,"b":"2026-11-23T13:05:00+00:00"}`))
	f.Add([]byte(`{"a":1e99999999999999999999}`), []byte(`{"a":"-0e-0"}`))
	f.Add([]byte(`{"a":"ce759201-f786-d590-bf21-34bff576c369"}`), []byte(`{"a":{}}`))
	f.Fuzz(func(t *testing.T, body, stored []byte) {
		row, err := client.ParseRow(stored)
		if err != nil {
			return
		}
		got, err := outbox.Compare(body, row)
		if err == nil && got.Same+got.Different+got.NotReturned != len(got.Fields) {
			t.Errorf("%+v does not add up", got)
		}
		if !json.Valid(stored) {
			return
		}
		itself, err := outbox.Compare(stored, row)
		if err != nil {
			t.Fatalf("%s: %v", stored, err)
		}
		// Of members with one name the last is the row's: only then can a row
		// differ from itself.
		if len(itself.Fields) == row.Len() && itself.Same != len(itself.Fields) {
			t.Errorf("%s is not the same as itself: %+v", stored, itself)
		}
	})
}
