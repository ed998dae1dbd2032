package forms_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/activitydesk/activitydesk/client/metadata"
	"github.com/activitydesk/activitydesk/forms"
)

// meant is a form of one field, V, with a semantic label.
func meant(kind metadata.Kind, semantic string) *forms.Form {
	return forms.FromEntity(metadata.Entity{Name: "H", Attributes: []metadata.Attribute{
		{Name: "V", Type: metadata.DataType{Kind: kind}, SemanticType: semantic},
	}}, forms.Options{})
}

func TestAHintOffersWhatWasMeant(t *testing.T) {
	for _, c := range []struct {
		semantic, text, hint string
		offers               []string
	}{
		{"Identity.Service.Email", "Abbie Moss <abbie@example.com>", "e-mail", []string{"abbie@example.com"}},
		{"IdentityServiceEmail", "mailto:abbie@example.com", "e-mail", []string{"abbie@example.com"}},
		{"IdentityServiceEmail", " abbie@example.com ", "e-mail", []string{"abbie@example.com"}},
		{"IdentityServiceEmail", "abbie@example", "e-mail", nil},
		{"IdentityServiceEmail", "abbie@example..com", "e-mail", nil},
		{"ReferenceURL", "www.example.com/a", "web address", []string{"https://www.example.com/a"}},
		{"ReferenceURL", "not an address", "web address", nil},
		{"LocationPostalCode", "Fairfield", "postal code", nil},
		{"LocationPostalCode", "abbie@example.com", "postal code", nil},
		{"LocationCountry", "C", "country", nil},
		{"PersonFullName", "abbie@example.com", "name", nil},
		{"PersonFirstName", "1234", "first name", nil},
		{"PersonLastName", "M0ss", "last name", nil},
		{"CalendarDate", "soon", "a date", nil},
		{"", "Hello\r\n", "line break at the end", []string{"Hello"}},
		{"", "a\u202eb", "cannot be seen", []string{"ab"}},
		{"", "a\x00b", "NUL", []string{"ab"}},
	} {
		f := meant(metadata.KindText, c.semantic)
		f.SetText("V", c.text)
		if got := f.Hint("V"); !strings.Contains(got, c.hint) || got == "" || !slices.Equal(f.Offers("V"), c.offers) {
			t.Errorf("%s %q: %q offers %q", c.semantic, c.text, got, f.Offers("V"))
		}
		for _, offer := range f.Offers("V") {
			f.SetText("V", offer)
			if f.Hint("V") != "" || f.Problem("V") != nil {
				t.Errorf("%s: the offer %q is no better: %s", c.semantic, offer, f.Hint("V"))
			}
		}
	}
}

func TestOrdinaryValuesGetNoHint(t *testing.T) {
	for semantic, texts := range map[string][]string{
		"IdentityServiceEmail": {"a@b.co", "o'neill+x@sub.example.com", "joe_bloggs@longcompanyandsons.com"},
		"IdentityServicePhone": {"983.566.0706x9509", "(384) 995-7852", "+41 44 123 45 67", "001-555-010-0199", "0049 30 / 1234"},
		"LocationPostalCode":   {"10753", "07531", "SW1A 1AA", "D02 AF30", "1234-567", "〒100-0001"[3:]},
		"LocationCountry":      {"USA", "CH", "Côte d'Ivoire", "Bosnia & Herzegovina"},
		"LocationState":        {"California", "NSW"},
		"LocationCity":         {"Fairfield", "Paris 15e"},
		"PersonFullName":       {"Moss Abbie", "Seán O'Neill", "李小龍", "Dr. Ana-María de la Cruz, Jr."},
		"PersonGender":         {"Female", "1"},
		"CalendarDate":         {"5/8/1986", "2018-10-19", "12/23/2018", "2018-12-14T10:00:00Z", "23 Nov 2026 14:05"},
		"ReferenceURL":         {"https://example.com/a?b=c#d", "HTTP://EXAMPLE.COM"},
		"ProductType":          {"anything @ all 123"},
	} {
		f := meant(metadata.KindText, semantic)
		for _, text := range texts {
			f.SetText("V", text)
			if got := f.Hint("V"); got != "" {
				t.Errorf("%s %q: %s", semantic, text, got)
			}
		}
	}
}

func TestPlacesAndBirthdaysThatCannotBe(t *testing.T) {
	for _, c := range []struct {
		kind           metadata.Kind
		semantic, text string
		hint           string
	}{
		{metadata.KindDecimal, "LocationLatitude", "90.01", "-90 to 90"},
		{metadata.KindDecimal, "LocationLatitude", "-90", ""},
		{metadata.KindDouble, "LocationLongitude", "-181", "-180 to 180"},
		{metadata.KindDouble, "LocationLongitude", "1e400", ""},
		{metadata.KindDate, "PersonBirthDate", "9999-01-01", "in the future"},
		{metadata.KindDate, "PersonBirthDate", "1986-05-08", ""},
		{metadata.KindDate, "CalendarDate", "9999-01-01", ""},
	} {
		f := meant(c.kind, c.semantic)
		f.SetText("V", c.text)
		if got := f.Hint("V"); !strings.Contains(got, c.hint) || (c.hint == "") != (got == "") {
			t.Errorf("%s %s: %q", c.semantic, c.text, got)
		}
	}
}

func TestBinaryTellsBytesAndOffersHexadecimalAsBase64(t *testing.T) {
	checkValues(t, metadata.DataType{Kind: metadata.KindBinary}, []valueCase{
		{text: "48656c6c6f", wrong: "hexadecimal", fixes: []string{"SGVsbG8="}},
		{text: "48 65 6C 6C 6F", wrong: "hexadecimal", fixes: []string{"SGVsbG8="}},
		{text: "48:65:6c:6c:6f:", wrong: "hexadecimal", fixes: []string{"SGVsbG8="}},
		{text: strings.Repeat("A", 50), wrong: "padding is not right, or these are hexadecimal"},
		{text: "48656c6c", json: `"48656c6c"`},
		{text: "0x48656c6c6f", json: `"0x48656c6c6f"`},
	})
	f := single(t, metadata.DataType{Kind: metadata.KindBinary}, nil)
	f.SetText("V", "0x48656c6c6f")
	if got := f.Offers("V"); !slices.Equal(got, []string{"SGVsbG8="}) || f.Hint("V") == "" {
		t.Errorf("hint %q offers %q", f.Hint("V"), got)
	}
	for text, want := range map[string]string{"SGVsbG8=": "5 bytes", "SA==": "1 byte", strings.Repeat("AAAA", 5000): "15,000 bytes", "é": ""} {
		f.SetText("V", text)
		if got := f.Detail("V"); got != want {
			t.Errorf("%.10q: %q, want %q", text, got, want)
		}
	}
	f = single(t, metadata.DataType{Kind: metadata.KindText, Collection: true}, nil)
	f.SetText("V", `["a", "b", "c"]`)
	if got := f.Detail("V"); got != "3 items" {
		t.Errorf("a list: %q", got)
	}
}

func TestThousandsAreOfferedAndNeverGuessed(t *testing.T) {
	checkValues(t, metadata.DataType{Kind: metadata.KindInteger, Bits: 64}, []valueCase{
		{text: "1.234", wrong: "has decimals", fixes: []string{"1234", "1"}},
		{text: "1.234.567", wrong: "more than one point", fixes: []string{"1234567"}},
		{text: "12,34,567", wrong: "has a comma", fixes: []string{"1234567"}},
	})
	checkValues(t, metadata.DataType{Kind: metadata.KindDecimal}, []valueCase{
		{text: "1,234", wrong: "has a comma", fixes: []string{"1234", "1.234"}},
		{text: "1.234,50", wrong: "has a comma", fixes: []string{"1234.50"}},
		{text: "1,234,567.89", wrong: "has a comma", fixes: []string{"1234567.89"}},
		{text: "12,34,567", wrong: "has a comma", fixes: []string{"1234567"}},
		{text: "1'234.50", wrong: "has an apostrophe", fixes: []string{"1234.50"}},
		{text: "1 234,50", wrong: "has a space", fixes: []string{"1234.50"}},
	})
	checkValues(t, metadata.DataType{Kind: metadata.KindGUID}, []valueCase{
		{text: "urn:uuid:98e79d76-a45a-e911-a970-000d3a39c2c9", json: quoted("98e79d76-a45a-e911-a970-000d3a39c2c9")},
	})
}
