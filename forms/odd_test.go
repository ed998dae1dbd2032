package forms_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/activitydesk/activitydesk/client/metadata"
	"github.com/activitydesk/activitydesk/forms"
)

// oneField is a form of one field, in a zone, with a text in it.
func oneField(t *testing.T, kind metadata.DataType, zone, text string) *forms.Form {
	t.Helper()
	at, err := time.LoadLocation(zone)
	if err != nil {
		t.Fatal(err)
	}
	f := forms.FromEntity(metadata.Entity{Name: "e", Attributes: []metadata.Attribute{{Name: "F", Type: kind}}}, forms.Options{
		Zone: at, Now: func() time.Time { return time.Date(2026, 11, 23, 13, 5, 0, 0, time.UTC) },
	})
	f.SetText("F", text)
	return f
}

func TestANumberThatTheTypeRoundsIsSentAsTypedWithAWord(t *testing.T) {
	double, single := metadata.DataType{Kind: metadata.KindDouble, Name: "Edm.Double"}, metadata.DataType{Kind: metadata.KindDouble, Name: "Edm.Single"}
	for _, c := range []struct {
		kind metadata.DataType
		text string
		hint string // its beginning; empty: none
	}{
		{double, "0.1", ""},
		{double, "0.10", ""},
		{double, "1e308", ""},
		{double, "-0.0e-999999999", ""},
		{double, "9007199254740992", ""},
		{double, "9007199254740993", "Sent as typed; the service's type keeps about 15 digits"},
		{double, "0.1000000000000000055511151231257827", "Sent as typed; the service's type keeps about 15 digits"},
		{double, "1e-400", "Sent as typed; for the service's type of 64 bits it is so small that it is 0"},
		{double, "1e-999999999", "Sent as typed; for the service's type of 64 bits it is so small that it is 0"},
		{double, "0." + strings.Repeat("1", 200_000), "Sent as typed; the service's type keeps about 15 digits"},
		{double, "0.5" + strings.Repeat("0", 200_000), ""},
		{single, "16777216", ""},
		{single, "16777217", "Sent as typed; the service's type keeps about 7 digits"},
		{single, "0.1", ""},
		{single, "1e-46", "Sent as typed; for the service's type of 32 bits it is so small that it is 0"},
	} {
		f := oneField(t, c.kind, "UTC", c.text)
		if got := f.Hint("F"); got != c.hint || f.Problem("F") != nil {
			t.Errorf("%.40s: hint %q, problem %v, want the hint %q", c.text, got, f.Problem("F"), c.hint)
		}
		if body, err := f.JSON(); err != nil || string(body) != "{\n  \"F\": "+c.text+"\n}" {
			t.Errorf("%.40s is sent as %.60s, %v", c.text, body, err)
		}
	}
}

func TestWhatTakesNoRoomIsShownEscapedAndSaid(t *testing.T) {
	for text, want := range map[string]string{
		"CNTID_1\u200b":    `"CNTID_1\u200b"`,
		"\u2060a":          `"\u2060a"`,
		"soft\u00adhyphen": `"soft\u00adhyphen"`,
	} {
		f := oneField(t, metadata.DataType{Kind: metadata.KindText}, "UTC", text)
		if body, _ := f.JSON(); !strings.Contains(string(body), want) || !strings.HasPrefix(f.Hint("F"), "Holds characters that cannot be seen") {
			t.Errorf("%q is shown as %s with the hint %q", text, body, f.Hint("F"))
		}
	}
	family := "👩\u200d👩\u200d👧"
	f := oneField(t, metadata.DataType{Kind: metadata.KindText}, "UTC", family)
	if body, _ := f.JSON(); !strings.Contains(string(body), family) || f.Hint("F") != "" {
		t.Errorf("a family is shown as %s with the hint %q", body, f.Hint("F"))
	}
}

func TestACharacterThatWasLostIsSaid(t *testing.T) {
	f := oneField(t, metadata.DataType{Kind: metadata.KindText}, "UTC", "Zo\ufffd")
	if got := f.Hint("F"); got != "Holds �, which stands for a character that was lost before it came here" {
		t.Errorf("the hint is %q", got)
	}
}

func TestWhatWouldBeRightIsOfTheFieldsKind(t *testing.T) {
	kind := func(k metadata.Kind) metadata.DataType { return metadata.DataType{Kind: k} }
	for _, c := range []struct {
		kind       metadata.DataType
		zone, text string
		want       string
	}{
		{kind(metadata.KindBinary), "UTC", "====", "Not base64: the padding is not right. Write the bytes in base64, such as SGVsbG8=, or load them from a file"},
		{metadata.DataType{Kind: metadata.KindInteger, Bits: 8, Unsigned: true}, "UTC", "256.0", "Not a whole number: “256.0” has decimals. Write digits alone, such as 12"},
		{kind(metadata.KindDecimal), "UTC", "１２．５", "Not a number: “１２．５” has digits of another script. Write 12.5"},
		{kind(metadata.KindDecimal), "UTC", "１，５", "Not a number: “１，５” has digits of another script. Write 1.5"},
		{kind(metadata.KindDate), "UTC", "26-01-02", "The year needs four digits. Write 2002-01-26 or 2026-01-02"},
		{kind(metadata.KindDate), "UTC", "01-02-03", "The year needs four digits. Write 2003-01-02 or 2003-02-01 or 2001-02-03"},
		{kind(metadata.KindDate), "UTC", "01/02/03", "The year needs four digits. Write 2003-01-02 or 2003-02-01"},
		{
			kind(metadata.KindDateTime), "Pacific/Apia", "2011-12-30 12:00",
			"2011-12-30 12:00 does not exist in Pacific/Apia: the calendar goes from 2011-12-30 00:00 to 2011-12-31 00:00. Write 2011-12-31 12:00",
		},
		{
			kind(metadata.KindDateTime), "Australia/Lord_Howe", "2026-10-04 02:15",
			"2026-10-04 02:15 does not exist in Australia/Lord_Howe: the clocks go from 02:00 to 02:30. Write 2026-10-04 02:45",
		},
	} {
		if p := oneField(t, c.kind, c.zone, c.text).Problem("F"); p == nil || p.Text != c.want {
			t.Errorf("%s: %+v, want %q", c.text, p, c.want)
		}
	}
}

func TestFieldsThatLookAlikeAreToldApart(t *testing.T) {
	f := forms.FromEntity(metadata.Entity{Name: "e", Attributes: []metadata.Attribute{
		{Name: "Id", FriendlyName: "Number"},
		{Name: "ID", FriendlyName: "number"},
		{Name: "Zoë"},
		{Name: "Zoe\u0308"},
		{Name: "Other", FriendlyName: " Other\u202e  one\n"},
		{Name: " "},
		{Name: "a\nb\x00"},
	}}, forms.Options{})
	var labels []string
	for _, field := range f.Fields() {
		labels = append(labels, field.Label)
	}
	want := []string{"Number (Id)", "number (ID)", "Zoë", "Zoe\u0308", "Other· one", "“ ”", "a b·"}
	if !slices.Equal(labels, want) {
		t.Errorf("the labels are %q, want %q", labels, want)
	}
	notes := []string{"“Id” and “ID” look alike and are fields of their own", "“Zoë” and “Zoe\u0308” look alike and are fields of their own"}
	if got := f.Notes(); !slices.Equal(got, notes) {
		t.Errorf("the notes are %q, want %q", got, notes)
	}
}
