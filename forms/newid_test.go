package forms_test

import (
	"bytes"
	"errors"
	"regexp"
	"strconv"
	"testing"
	"testing/iotest"

	"github.com/activitydesk/activitydesk/client/metadata"
	"github.com/activitydesk/activitydesk/forms"
)

const uuid = `[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}`

func idForm(kind metadata.DataType, seen ...string) *forms.Form {
	var rows []map[string]any
	for _, id := range seen {
		rows = append(rows, map[string]any{"V": id})
	}
	return forms.FromEntity(metadata.Entity{Name: "Ids", Attributes: []metadata.Attribute{{Name: "V", Type: kind}}},
		forms.Options{SampleRows: rows})
}

func TestANewIDFollowsThePatternSeenAndEndsInARandomPart(t *testing.T) {
	text := metadata.DataType{Kind: metadata.KindText}
	for _, c := range []struct {
		name string
		seen []string
		want string
	}{
		{"digits behind a prefix", []string{"OPID_1000", "OPID_1001", "OPID_1002"}, `OPID_[1-9]\d{7}`},
		{"one sample", []string{"OPID_1000"}, `OPID_[1-9]\d{7}`},
		{"no separator", []string{"PID1000", "PID2000"}, `PID[1-9]\d{7}`},
		{"several parts", []string{"ORD-2026-0001", "ORD-2026-0002"}, `ORD-2026-[1-9]\d{7}`},
		{"mixed letters", []string{"A-9F3C2E", "A-00BC21", "A-77AA0F"}, `A-[0-9A-F]{8}`},
		{"small hex", []string{"x/9f3c2e", "x/00bc21", "x/77aa0f"}, `x/[0-9a-f]{8}`},
		{"base 36", []string{"t.z9", "t.q0z"}, `t\.[0-9a-z]{8}`},
		{"any letters", []string{"t.z9A", "t.q0Z"}, `t\.[0-9a-zA-Z]{8}`},
		{"capitals", []string{"t.Z9A", "t.Q0Z"}, `t\.[0-9A-Z]{8}`},
		{"longer than eight", []string{"N0123456789", "N0123456780"}, `N[1-9]\d{9}`},
		{"the most frequent", []string{"X_1", "OPID_1", "OPID_2", "Y_4"}, `OPID_[1-9]\d{7}`},
		{"uuids", []string{"98e79d76-a45a-e911-a970-000d3a39c2c9"}, uuid},
		{"words", []string{"abbie", "moss"}, uuid},
		{"nothing seen", nil, uuid},
	} {
		f := idForm(text, c.seen...)
		first, err := f.NewID("V")
		second, err2 := f.NewID("V")
		if err != nil || err2 != nil || first == second {
			t.Errorf("%s: %q %v, %q %v", c.name, first, err, second, err2)
		}
		if !regexp.MustCompile(`^` + c.want + `$`).MatchString(first) {
			t.Errorf("%s: %q, want %s", c.name, first, c.want)
		}
		if f.State("V") != forms.LeftOut {
			t.Errorf("%s: a suggestion must not change the form", c.name)
		}
	}
}

func TestNewIDsOfOtherTypesFitThem(t *testing.T) {
	for _, dataType := range []metadata.DataType{
		{Kind: metadata.KindInteger, Bits: 8},
		{Kind: metadata.KindInteger, Bits: 8, Unsigned: true},
		{Kind: metadata.KindInteger, Bits: 32},
		{Kind: metadata.KindInteger, Bits: 64},
		{Kind: metadata.KindInteger},
		{Kind: metadata.KindDecimal},
		{Kind: metadata.KindGUID},
	} {
		f := idForm(dataType)
		id, err := f.NewID("V")
		if err != nil {
			t.Errorf("%+v: %v", dataType, err)
			continue
		}
		f.SetText("V", id)
		if p := f.Problem("V"); p != nil {
			t.Errorf("%+v: %s: %s", dataType, id, p.Text)
		}
		if n, err := strconv.ParseInt(id, 10, 64); dataType.Kind == metadata.KindInteger && (err != nil || n <= 0) {
			t.Errorf("%+v: %s is not positive", dataType, id)
		}
	}
}

func TestNewIDSaysWhyThereIsNone(t *testing.T) {
	f := idForm(metadata.DataType{Kind: metadata.KindBoolean})
	if _, err := f.NewID("V"); err == nil {
		t.Error("a yes-or-no field cannot hold an id")
	}
	if _, err := f.NewID("W"); err == nil {
		t.Error("a field that is not there")
	}
	if _, err := idForm(metadata.DataType{Kind: metadata.KindText, Collection: true}).NewID("V"); err == nil {
		t.Error("a list cannot hold an id")
	}
	broken := errors.New("no randomness")
	for _, c := range []struct {
		kind metadata.Kind
		seen any
	}{{metadata.KindText, "A_1"}, {metadata.KindText, nil}, {metadata.KindGUID, nil}, {metadata.KindInteger, nil}} {
		f := forms.FromEntity(metadata.Entity{Name: "Ids", Attributes: []metadata.Attribute{attribute("V", c.kind)}},
			forms.Options{Random: iotest.ErrReader(broken), SampleRows: []map[string]any{{"V": c.seen}}})
		if _, err := f.NewID("V"); !errors.Is(err, broken) {
			t.Errorf("%s: error %v", c.kind, err)
		}
	}
}

func TestNewIDTakesItsRandomnessFromTheOptions(t *testing.T) {
	with := func() string {
		f := forms.FromEntity(metadata.Entity{Name: "Ids", Attributes: []metadata.Attribute{attribute("V", metadata.KindGUID)}},
			forms.Options{Random: bytes.NewReader(bytes.Repeat([]byte{0xab}, 64))})
		id, err := f.NewID("V")
		if err != nil {
			t.Fatal(err)
		}
		return id
	}
	if a, b := with(), with(); a != b || a != "abababab-abab-4bab-abab-abababababab" {
		t.Errorf("%s and %s", a, b)
	}
}
