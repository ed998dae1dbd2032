package forms_test

import (
	"strings"
	"testing"
	"time"

	"github.com/activitydesk/activitydesk/client/metadata"
	"github.com/activitydesk/activitydesk/forms"
)

// quoted is the JSON of texts without anything to escape.
func quoted(s string) string { return `"` + s + `"` }

func TestDateTimesAreUnderstoodAndSentInUTC(t *testing.T) {
	const afternoon = "2026-11-23T13:05:00Z" // 14:05 in Zurich
	cases := []valueCase{
		{text: "2026-11-23T14:05:00+01:00.", wrong: "Not"},
		{text: "2026-11-23T13:05:00.1234567Z", json: quoted("2026-11-23T13:05:00.1234567Z")},
		{text: "2026-11-23 14:05:00.120000000000", json: quoted("2026-11-23T13:05:00.120000000000Z")},
		{text: "2026-11-23 14:05:00,5", json: quoted("2026-11-23T13:05:00.5Z")},
		{text: "2026-11-23", json: quoted("2026-11-22T23:00:00Z")},
		{text: "2026-11-23Z", json: quoted("2026-11-23T00:00:00Z")},
		{text: "2026-07-01 14:05", json: quoted("2026-07-01T12:05:00Z")},
		{text: "2026-11-23 14:05:00 -08:00", json: quoted("2026-11-23T22:05:00Z")},
		{text: "0001-01-01 00:00Z", json: quoted("0001-01-01T00:00:00Z")},
		{text: "9999-12-31T23:59:59.9999999Z", json: quoted("9999-12-31T23:59:59.9999999Z")},
		{text: "12/31/2018", json: quoted("2018-12-30T23:00:00Z")},
		{text: "31/12/2018 10:00", json: quoted("2018-12-31T09:00:00Z")},
		{text: "5/5/2018Z", json: quoted("2018-05-05T00:00:00Z")},
		{text: "2026-327", json: quoted("2026-11-22T23:00:00Z")},
	}
	for _, text := range []string{
		"2026-11-23 14:05", "2026-11-23T14:05", "2026-11-23t14:05:00", " 2026-11-23   14:05:00 ", "2026-11-23, 14:05",
		"2026-11-23T14:05:00+01:00", "2026-11-23T14:05:00+0100", "2026-11-23T14:05+01", "2026-11-23T13:05:00Z", "2026-11-23T13:05z",
		"2026-11-23 13:05 UTC", "2026-11-23 13:05 GMT", "2026-11-23 08:05 America/New_York", "2026-11-23T14:05:00+01:00[Europe/Zurich]",
		"2026-11-23T14:05[Europe/Zurich]", "20261123T140500", "20261123T1405", "20261123T130500Z", "20261123T140500+0100",
		"2026/11/23 14:05", "2026.11.23 14:05", "23.11.2026 14:05", "23. 11. 2026 14:05", "11/23/2026 2:05 PM", "23/11/2026 14:05",
		"11/23/2026, 2:05:00 p.m.", "23-11-2026 14:05", "23 Nov 2026 14:05", "Nov 23, 2026 14:05", "Mon, 23 Nov 2026 14:05:00 +0100",
		"November 23rd, 2026 2:05 pm", "today 14:05", "Today 2:05pm", "tomorrow-1d 14:05", "yesterday+1d 14:05", "today 13:05Z",
		"23.11.2026 14h05", "23/11/2026 à 14h05", "23 novembre 2026 à 14 h 05", "23.11.2026 14.05", "23.11.2026, 14.05.00",
		"23. November 2026, 14:05 Uhr", "23.11.2026 um 14:05 Uhr", "23.11.2026 14:05h", "23 Nov 2026 at 2:05 pm", "lunes, 23 de noviembre de 2026 14:05",
		"Nov 23, 2026, 2:05 PM", "2026年11月23日 14:05", "2026年11月23日 14時05分", "2026/11/23 14h05", "2026-11-23 14h05 Europe/Zurich",
		"2026-11-23 14h05+01:00", "2026-11-23 13h05Z", "23.11.2026 14.05 +01:00", "today 14h05", "today 14.05", "23-Nov-2026 14:05",
		"2026-11-23 2:05 pm", "2026-11-23 14:05:00\u202f", "\u200e2026–11–23 14:05",
	} {
		cases = append(cases, valueCase{text: text, json: quoted(afternoon)})
	}
	checkValues(t, metadata.DataType{Kind: metadata.KindDateTime}, cases)
}

func TestWordsCountFromTheClock(t *testing.T) {
	checkValues(t, metadata.DataType{Kind: metadata.KindDateTime}, []valueCase{
		{text: "now", json: quoted("2026-11-23T12:05:09Z")},
		{text: "NOW", json: quoted("2026-11-23T12:05:09Z")},
		{text: "now-2d", json: quoted("2026-11-21T12:05:09Z")},
		{text: "now - 2 d", json: quoted("2026-11-21T12:05:09Z")},
		{text: "now+3h", json: quoted("2026-11-23T15:05:09Z")},
		{text: "now-1h30m", json: quoted("2026-11-23T10:35:09Z")},
		{text: "now-1w+1d", json: quoted("2026-11-17T12:05:09Z")},
		{text: "now-90s", json: quoted("2026-11-23T12:03:39Z")},
		{text: "now-30d", json: quoted("2026-10-24T11:05:09Z")}, // the wall's hour, over the change of the clocks
		{text: "now-9mo", json: quoted("2026-02-23T12:05:09Z")},
		{text: "now-2years", json: quoted("2024-11-23T12:05:09Z")},
		{text: "today", json: quoted("2026-11-22T23:00:00Z")},
		{text: "yesterday", json: quoted("2026-11-21T23:00:00Z")},
		{text: "tomorrow 09:00", json: quoted("2026-11-24T08:00:00Z")},
		{text: "today-3d 09:00", json: quoted("2026-11-20T08:00:00Z")},
		{text: "today 09:00 America/New_York", json: quoted("2026-11-23T14:00:00Z")},
		{text: "today 9am", json: quoted("2026-11-23T08:00:00Z")},
		{text: "nowhere", wrong: "Not a date and time"},
		{text: "now-2", wrong: "Write now, now-2d"},
		{text: "now 14:05", wrong: "Write now, now-2d"},
		{text: "now-2parsecs", wrong: "Not understood"},
		{text: "now-999999y", wrong: "Not understood"},
		{text: "now-9999y", wrong: "Outside the years"},
		{text: "today 25:00", wrong: "There is no hour 25"},
		{text: "today at noon", wrong: "Not a time of day"},
		{text: "today 09:00 CET", wrong: "not a zone that is known for certain"},
	})
}

func TestDatesThatCanBeReadInTwoWaysOfferBoth(t *testing.T) {
	checkValues(t, metadata.DataType{Kind: metadata.KindDateTime}, []valueCase{
		{text: "1/2/2019", wrong: "“1/2/2019” can be two dates", fixes: []string{"2019-01-02", "2019-02-01"}},
		{text: "1/2/2019 14:05", wrong: "two dates", fixes: []string{"2019-01-02 14:05", "2019-02-01 14:05"}},
		{text: "1/2/2019 14:05Z", wrong: "two dates", fixes: []string{"2019-01-02 14:05Z", "2019-02-01 14:05Z"}},
		{text: "1/2/2019 14:05 Europe/Paris", wrong: "two dates", fixes: []string{"2019-01-02 14:05 Europe/Paris", "2019-02-01 14:05 Europe/Paris"}},
		{text: "01-02-2019", wrong: "two dates", fixes: []string{"2019-01-02", "2019-02-01"}},
		{text: "11.23.2026", wrong: "there is no month 23", fixes: []string{"2026-11-23"}},
		{text: "1/2/19", wrong: "four digits", fixes: []string{"2019-01-02", "2019-02-01"}},
		{text: "23.11.26", wrong: "four digits", fixes: []string{"2026-11-23"}},
		{text: "1/2/190", wrong: "four digits"},
		{text: "1/2/2019 25:00", wrong: "two dates", fixes: []string{}},
		{text: "40/50/19", wrong: "four digits"},
	})
}

func TestDatesThatDoNotExistAreNamed(t *testing.T) {
	checkValues(t, metadata.DataType{Kind: metadata.KindDateTime}, []valueCase{
		{text: "2026-13-01", wrong: "There is no month 13"},
		{text: "2026-11-31 14:05:30Z", wrong: "30 days", fixes: []string{"2026-11-30 14:05:30Z"}},
		{text: "2026-11-31", wrong: "November has 30 days", fixes: []string{"2026-11-30"}},
		{text: "2026-02-29", wrong: "February 2026 has 28 days", fixes: []string{"2026-02-28"}},
		{text: "2024-02-29Z", json: quoted("2024-02-29T00:00:00Z")},
		{text: "2026-11-00", wrong: "There is no day 0"},
		{text: "0000-01-01", wrong: "The year is outside"},
		{text: "0001-01-01 00:00", wrong: "Outside the years"},
		{text: "9999-12-31 23:00 -05:00", wrong: "Outside the years"},
		{text: "2026-11-23 24:00", wrong: "00:00 of the next day"},
		{text: "2026-11-23 14:60", wrong: "There is no minute 60"},
		{text: "2026-11-23 14:05:60", wrong: "Leap seconds"},
		{text: "2026-11-23 14:05:61", wrong: "There is no second 61"},
		{text: "2026-11-23 13:05 pm", wrong: "There is no hour 13 with am or pm"},
		{text: "2026-11-23 14:05:00.1234567890123", wrong: "at most 12 decimals"},
		{text: "2026-11-23 14:05 CET", wrong: "“CET” is not a zone", fixes: []string{"2026-11-23 14:05+01:00", "2026-11-23 14:05 Europe/Zurich"}},
		{text: "2026-11-23 14:05 +19:00", wrong: "“+19:00” is not a zone"},
		{text: "2026-11-23 14:05 Mars/Olympus", wrong: "“Mars/Olympus” is not a zone"},
		{text: "2026-11-23 14:05 ../etc/passwd", wrong: "Not"},
		{text: "1763902800", wrong: "Unix time", fixes: []string{"2025-11-23T13:00:00Z"}},
		{text: "1763902800123", wrong: "Unix time", fixes: []string{"2025-11-23T13:00:00.123Z"}},
		{text: "2026-400", wrong: "2026 has no day 400"},
		{text: "soon", wrong: "Write 2026-11-23 13:05, now"},
		{text: "23 Brumaire 2026", wrong: "Not a date and time"},
		{text: "2026-11-23 noon", wrong: "Not"},
		{text: "", wrong: "the text is empty"},
	})
}

func TestChangesOfTheClocksAreNamed(t *testing.T) {
	checkValues(t, metadata.DataType{Kind: metadata.KindDateTime}, []valueCase{
		{
			text: "2026-03-29 02:30", wrong: "does not exist in Europe/Zurich: the clocks go from 02:00 to 03:00",
			fixes: []string{"2026-03-29 03:30"},
		},
		{text: "2026-03-29 03:00", json: quoted("2026-03-29T01:00:00Z")},
		{text: "2026-03-29 01:59:59", json: quoted("2026-03-29T00:59:59Z")},
		{text: "2026-10-25 02:30", json: quoted("2026-10-25T00:30:00Z")},
		{text: "2026-10-25 03:00", json: quoted("2026-10-25T02:00:00Z")},
		{text: "2018-11-04 America/Sao_Paulo", wrong: "clocks go from 00:00 to 01:00", fixes: []string{"2018-11-04 01:00 America/Sao_Paulo"}},
		{text: "2011-12-30 12:00 Pacific/Apia", wrong: "does not exist"},
	})
	f := single(t, metadata.DataType{Kind: metadata.KindDateTime}, zurich(t))
	f.SetText("V", "2026-10-25 02:30")
	if got := f.Hint("V"); !strings.Contains(got, "comes twice") || !strings.Contains(got, "2026-10-25 02:30+01:00") {
		t.Errorf("hint of the repeated hour: %q", got)
	}
	f.SetText("V", "2026-10-25 02:30+01:00")
	if f.Hint("V") != "" || f.SentAs("V") != "2026-10-25T01:30:00Z" {
		t.Errorf("the second: %s %q", f.SentAs("V"), f.Hint("V"))
	}
}

func TestDatesAndTimesOfDay(t *testing.T) {
	checkValues(t, metadata.DataType{Kind: metadata.KindDate}, []valueCase{
		{text: "2026-11-23", json: quoted("2026-11-23")},
		{text: "23.11.2026", json: quoted("2026-11-23")},
		{text: "11/23/2026", json: quoted("2026-11-23")},
		{text: "today", json: quoted("2026-11-23")},
		{text: "today-3d", json: quoted("2026-11-20")},
		{text: "now", json: quoted("2026-11-23")},
		{text: "0001-01-01", json: quoted("0001-01-01")},
		{text: "1/2/2019", wrong: "two dates", fixes: []string{"2019-01-02", "2019-02-01"}},
		{text: "2026-11-23 14:05", wrong: "a date without a time", fixes: []string{"2026-11-23"}},
		{text: "2026-02-30", wrong: "28 days"},
		{text: "soon", wrong: "Write 2026-11-23, today"},
		{text: "today-3", wrong: "Not understood"},
		{text: "", wrong: "empty"},
	})
	checkValues(t, metadata.DataType{Kind: metadata.KindTimeOfDay}, []valueCase{
		{text: "14:05", json: quoted("14:05:00")},
		{text: "2:05 pm", json: quoted("14:05:00")},
		{text: "12am", json: quoted("00:00:00")},
		{text: "14:05:09.250", json: quoted("14:05:09.250")},
		{text: "T140509", json: quoted("14:05:09")},
		{text: "now", json: quoted("13:05:09")},
		{text: "25:00", wrong: "There is no hour 25"},
		{text: "noon", wrong: "Not a time of day"},
		{text: "now-x", wrong: "Not a time of day"},
		{text: "", wrong: "Not a time of day"},
	})
}

func TestDateTimesAreWrittenLikeTheSampleRows(t *testing.T) {
	for _, c := range []struct {
		name   string
		sample any
		want   string
	}{
		{"no sample", nil, "2026-11-23T13:05:00Z"},
		{"Z", "2019-01-20T10:00:00Z", "2026-11-23T13:05:00Z"},
		{"an offset", "2019-01-20T10:00:00-05:00", "2026-11-23T14:05:00+01:00"},
		{"a zero offset", "2019-01-20T10:00:00.000+00:00", "2026-11-23T13:05:00+00:00"},
		{"no date", "1/20/2019", "2026-11-23T13:05:00Z"},
		{"a number", 12, "2026-11-23T13:05:00Z"},
	} {
		f := forms.FromEntity(purchases(), forms.Options{
			Zone: zurich(t), Now: func() time.Time { return noon },
			SampleRows: []map[string]any{{"PurchasedOn": c.sample}},
		})
		f.SetText("PurchasedOn", "2026-11-23 14:05")
		if got := f.SentAs("PurchasedOn"); got != c.want {
			t.Errorf("%s: sent as %s, want %s", c.name, got, c.want)
		}
	}
}

func TestSentAsIsSilentWhereItWouldRepeatTheText(t *testing.T) {
	f := filled(t)
	f.SetText("PurchasedOn", "2026-11-23T13:05:00Z")
	for _, name := range []string{"PurchasedOn", "PurchaseId", "TotalPrice", "Subject", "no such field"} {
		if got := f.SentAs(name); got != "" {
			t.Errorf("%s: sent as %q", name, got)
		}
	}
}
