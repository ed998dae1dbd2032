package forms_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/activitydesk/activitydesk/client/metadata"
	"github.com/activitydesk/activitydesk/forms"
)

// allKinds is an entity with a field of every kind, single and as a list.
func allKinds() metadata.Entity {
	e := metadata.Entity{Name: "All"}
	for kind := metadata.KindUnknown; kind <= metadata.KindJSON; kind++ {
		e.Attributes = append(e.Attributes,
			metadata.Attribute{Name: kind.String(), Type: metadata.DataType{Kind: kind, Bits: 32}},
			metadata.Attribute{Name: kind.String() + "s", Type: metadata.DataType{Kind: kind, Bits: 32, Collection: true}})
	}
	return e
}

// checkPayload holds a form to its promises: preview and payload are the same
// bytes, valid JSON, and come back as themselves.
func checkPayload(t *testing.T, f *forms.Form) {
	t.Helper()
	checkPayloadIn(t, f, forms.Options{Now: func() time.Time { return noon }})
}

// checkPayloadIn does so for a form that was made with other options.
func checkPayloadIn(t *testing.T, f *forms.Form, o forms.Options) {
	t.Helper()
	data, err := f.JSON()
	var problems *forms.ProblemsError
	if errors.As(err, &problems) {
		for _, p := range problems.Problems {
			if p.Text == "" || p.Brief == "" || p.Field == "" || !utf8.ValidString(p.Text) {
				t.Fatalf("incomplete problem %+v", p)
			}
		}
		if len(problems.Problems) != f.ProblemCount() {
			t.Fatalf("%d problems counted as %d", len(problems.Problems), f.ProblemCount())
		}
		return
	}
	if err != nil {
		t.Fatal(err)
	}
	if !json.Valid(data) || !utf8.Valid(data) {
		t.Fatalf("not JSON: %q", data)
	}
	if f.PreviewText() != string(data) {
		t.Fatalf("preview\n%s\npayload\n%s", f.PreviewText(), data)
	}
	g := forms.FromEntity(f.Entity(), o)
	if _, err := g.SetJSON(data, forms.KeepUnknown); err != nil {
		t.Fatalf("the payload does not come back: %v\n%s", err, data)
	}
	again, err := g.JSON()
	if err != nil || !bytes.Equal(again, data) {
		t.Fatalf("%v: the payload comes back as\n%s\nwas\n%s", err, again, data)
	}
}

// FuzzTexts types a text into a field of every kind: nothing panics, problems
// are whole, what they offer is right, and the payload keeps its promises.
func FuzzTexts(f *testing.F) {
	for _, seed := range []string{
		"", "12,5O", "-0.10", "1e3", "now-2d", "today 09:00", "2026-03-29 02:30", "1/2/2019 14:05 Europe/Paris", "[1, 2]", `{"a": [null]}`,
		"98e79d76-a45a-e911-a970-000d3a39c2c9", "SGVsbG8", "yes", "\x00\u202e", "2:05 pm", "12/31/18", "1763902800",
	} {
		f.Add(seed)
	}
	zone, err := time.LoadLocation("Europe/Zurich")
	if err != nil {
		f.Fatal(err)
	}
	e := allKinds()
	f.Fuzz(func(t *testing.T, text string) {
		form := forms.FromEntity(e, forms.Options{Zone: zone, Now: func() time.Time { return noon }})
		for _, field := range form.Fields() {
			form.SetText(field.Name, text)
			if p := form.Problem(field.Name); p != nil {
				for _, fix := range p.Fixes {
					form.SetText(field.Name, fix)
					if again := form.Problem(field.Name); again != nil {
						t.Fatalf("%s %q: the fix %q is no good: %s", field.Name, text, fix, again.Text)
					}
				}
			}
		}
		checkPayload(t, form)
	})
}

// FuzzMoment reads date-times: what is understood is RFC 3339 in UTC, within
// the years that can be sent, and means itself when read again.
func FuzzMoment(f *testing.F) {
	for _, seed := range []string{
		"2026-11-23 14:05", "20261123T1405Z", "23 Nov 2026 2pm", "now+3h", "yesterday 17:30", "2026-10-25 02:30",
		"0001-01-01", "9999-12-31T23:59:59.999999999999Z", "2011-12-30 12:00 Pacific/Apia", "2026-327", "12/31/2018 10:00-08:00",
	} {
		f.Add(seed)
	}
	dateTime := metadata.DataType{Kind: metadata.KindDateTime}
	f.Fuzz(func(t *testing.T, text string) {
		form := single(t, dateTime, time.UTC)
		form.SetText("V", text)
		if form.Problem("V") != nil || form.State("V") != forms.Value {
			return
		}
		sent := form.SentAs("V")
		if sent == "" {
			sent = text
		}
		if _, err := time.Parse(time.RFC3339Nano, sent); err != nil || !strings.HasSuffix(sent, "Z") {
			t.Fatalf("%q is sent as %q: %v", text, sent, err)
		}
		form.SetText("V", sent)
		if form.Problem("V") != nil || form.SentAs("V") != "" {
			t.Fatalf("%q is sent as %q, which is sent as %q", text, sent, form.SentAs("V"))
		}
	})
}

// FuzzNumber reads numbers: what is accepted is what was typed, a JSON number,
// and decoding it loses nothing.
func FuzzNumber(f *testing.F) {
	for _, seed := range []string{"12.50", "-0", "1e-999999999", "9223372036854775808", "١٢٫٥", "1'234", ".5", "00", "1,234.5", "-.", "+1e5"} {
		f.Add(seed)
	}
	types := []metadata.DataType{
		{Kind: metadata.KindDecimal},
		{Kind: metadata.KindDouble},
		{Kind: metadata.KindInteger, Bits: 8},
		{Kind: metadata.KindInteger, Bits: 64},
		{Kind: metadata.KindInteger, Bits: 8, Unsigned: true},
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, dataType := range types {
			form := single(t, dataType, time.UTC)
			form.SetText("V", text)
			if form.Problem("V") != nil || form.State("V") != forms.Value {
				continue
			}
			decoder := json.NewDecoder(strings.NewReader(mustJSON(t, form)))
			decoder.UseNumber()
			var got struct{ V json.Number }
			if err := decoder.Decode(&got); err != nil || got.V.String() != strings.TrimSpace(text) {
				t.Fatalf("%q is sent as %q (%v)", text, got.V, err)
			}
		}
	})
}

// FuzzSetJSON gives a form foreign JSON: what it takes is what encoding/json
// takes (but for duplicates and depth), and then comes back as it went in.
func FuzzSetJSON(f *testing.F) {
	for _, seed := range []string{
		`{}`, `{"text": "a", "unknown": {"x": [1, {"y": null}]}}`, `{"decimal": 12.50, "text": 1}`, `{"a": 1, "a": 2}`, "\uFEFF{\"date\": \"x\"}",
		`{"stranger": "\ud83d\ude00 \u0000", "whole number": -0}`, `[1]`, `{"x":`, `{"json": [[[]]]}`,
	} {
		f.Add([]byte(seed))
	}
	e := allKinds()
	f.Fuzz(func(t *testing.T, data []byte) {
		form := forms.FromEntity(e, forms.Options{Now: func() time.Time { return noon }})
		form.SetText("text", "before")
		before := form.PreviewText()
		if _, err := form.SetJSON(data, forms.KeepUnknown); err != nil {
			var fault *forms.JSONError
			if !errors.As(err, &fault) || fault.Line < 1 || fault.Column < 1 || fault.Text == "" {
				t.Fatalf("error %v", err)
			}
			if form.PreviewText() != before {
				t.Fatal("a text that was refused changed the form")
			}
			return
		}
		if plain := bytes.TrimPrefix(data, []byte("\uFEFF")); !json.Valid(plain) {
			t.Fatalf("taken, but not JSON: %q", data)
		}
		checkPayload(t, form)
	})
}

// FuzzPreview changes a form at random: after every change the lines that were
// kept up to date are those of a form that is built anew.
func FuzzPreview(f *testing.F) {
	f.Add([]byte{0, 1, 2, 3, 4, 5, 6, 7, 8, 9})
	f.Add([]byte("\x10\x00\x11\x01\x12\x02\x20\x00\x30\x01"))
	texts := []string{"", "1", "x", "[1,2]", "[]", "now", "{\"a\":{}}", "yes", "2026-11-23"}
	e := allKinds()
	f.Fuzz(func(t *testing.T, steps []byte) {
		if len(steps) > 200 {
			return
		}
		options := forms.Options{Now: func() time.Time { return noon }}
		form := forms.FromEntity(e, options)
		fields := form.Fields()
		for i := 0; i+1 < len(steps); i += 2 {
			name := fields[int(steps[i])%len(fields)].Name
			switch choice := int(steps[i+1]) % (len(texts) + 3); choice {
			case len(texts):
				form.SetNull(name)
			case len(texts) + 1:
				form.SetEmpty(name)
			case len(texts) + 2:
				form.LeaveOut(name)
			default:
				form.SetText(name, texts[choice])
			}
			fresh := forms.FromEntity(e, options)
			if _, err := fresh.Restore(form.Snapshot()); err != nil {
				t.Fatal(err)
			}
			if form.PreviewText() != fresh.PreviewText() || form.ProblemCount() != fresh.ProblemCount() {
				t.Fatalf("step %d, %s: kept up to date\n%s\nanew\n%s", i, name, form.PreviewText(), fresh.PreviewText())
			}
		}
		checkPayload(t, form)
	})
}
