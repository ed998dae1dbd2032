package forms_test

import (
	"testing"
	"time"

	"github.com/activitydesk/activitydesk/client/metadata"
	"github.com/activitydesk/activitydesk/forms"
)

// FuzzJSONLayouts: a layout is JSON that says the same, whichever way one goes.
func FuzzJSONLayouts(f *testing.F) {
	for _, seed := range []string{`{"a":[1.50,1e3,"\u2028\/"],"b":{},"c":null}`, `[]`, `"x"`, `-0.0`, "\ufeff{}", `{"a":1,"a":2}`, `[[[[`} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		laid, err := forms.LayOutJSON(text)
		short, shortErr := forms.CompactJSON(text)
		if (err == nil) != (shortErr == nil) {
			t.Fatalf("%q: %v, but %v", text, err, shortErr)
		}
		if err != nil {
			return
		}
		again, err := forms.LayOutJSON(short)
		if err != nil || again != laid {
			t.Errorf("%q: %q, over one line %q %v", text, laid, again, err)
		}
		if back, err := forms.CompactJSON(laid); err != nil || back != short {
			t.Errorf("%q: %q, over lines %q %v", text, short, back, err)
		}
	})
}

// FuzzDayOfACalendar: whatever is typed, a day that is chosen makes it right,
// and is the day that the field then shows. A zone that is not known for certain
// stays, with its problem: without it the time would silently be another.
func FuzzDayOfACalendar(f *testing.F) {
	for _, seed := range []string{"", "now-2d", "2026-11-23T14:05:00+01:00", "23.11.2026 14h05", "03/04/2026 2 pm", "today 25:00", "2026年11月23日", "14:05 Uhr", "Z", "0A/0+00"} {
		f.Add(seed, true)
		f.Add(seed, false)
	}
	zone := zurich(f)
	f.Fuzz(func(t *testing.T, text string, withTime bool) {
		kind := metadata.KindDate
		if withTime {
			kind = metadata.KindDateTime
		}
		form := single(t, metadata.DataType{Kind: kind}, zone)
		form.SetText("V", text)
		chosen := form.OnDay("V", 2026, time.December, 24)
		form.SetText("V", chosen)
		switch p := form.Problem("V"); {
		case p != nil && p.Brief == "unknown zone":
			return
		case p != nil:
			t.Fatalf("%q becomes %q: %s", text, chosen, p.Text)
		}
		if day, ok := form.Day("V"); !ok || day.Format(time.DateOnly) != "2026-12-24" {
			t.Errorf("%q becomes %q, which shows %v", text, chosen, day)
		}
	})
}

// FuzzSentTexts: bodies of the journal are foreign bytes too.
func FuzzSentTexts(f *testing.F) {
	f.Add([]byte(`{"V": "a", "W": 1}`))
	f.Add([]byte(`[`))
	f.Fuzz(func(t *testing.T, body []byte) {
		form := single(t, metadata.DataType{Kind: metadata.KindText}, nil)
		for _, text := range form.SentTexts([][]byte{body, body})["V"] {
			form.SetText("V", text)
			if form.Problem("V") != nil {
				t.Errorf("%q suggests %q", body, text)
			}
		}
	})
}
