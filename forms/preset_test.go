package forms_test

import (
	"errors"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/activitydesk/activitydesk/client/metadata"
	"github.com/activitydesk/activitydesk/forms"
)

// morning is a preset of the filled form.
func morning(t testing.TB) forms.Preset {
	t.Helper()
	f := filled(t)
	f.SetText("PurchasedOn", "now-2d")
	f.SetZone("PurchasedOn", time.FixedZone("+09:00", 9*3600))
	f.SetNull("Subject")
	f.SetEmpty("ProductId")
	return forms.Preset{
		ID: "0f4e", Revision: 3, Name: "Morning", Entity: "purchases",
		SavedAt: time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC), Kept: f.Keep(),
	}
}

func TestAFileOfPresetsComesBackAsItWasWritten(t *testing.T) {
	want := []forms.Preset{morning(t), {ID: "2", Revision: 1, Name: "Ünï <&>", Entity: "e", KeepKey: true}}
	data, err := forms.EncodePresets(want)
	if err != nil {
		t.Fatal(err)
	}
	got, err := forms.DecodePresets(append([]byte("\xef\xbb\xbf"), data...))
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("read\n%+v\nwritten\n%+v", got, want)
	}
	if !strings.Contains(string(data), "now-2d") || !strings.Contains(string(data), "Ünï <&>") {
		t.Errorf("a text is not as it was typed:\n%s", data)
	}
}

func TestAFileThatHoldsNoPresetsIsRefusedByWhy(t *testing.T) {
	good, err := forms.EncodePresets([]forms.Preset{morning(t)})
	if err != nil {
		t.Fatal(err)
	}
	with := func(old, now string) string {
		if !strings.Contains(string(good), old) {
			t.Fatalf("the file does not hold %s", old)
		}
		return strings.Replace(string(good), old, now, 1)
	}
	for name, c := range map[string]struct {
		text string
		want error
	}{
		"newer":           {with(`"version": 1`, `"version": 2`), forms.ErrPresetsNewer},
		"newer form":      {with("\"form\": {\n        \"version\": 1", "\"form\": {\n        \"version\": 9"), forms.ErrPresetsNewer},
		"newer, and else": {`{"kind":"activitydesk presets","version":7,"presets":"other"}`, forms.ErrPresetsNewer},
		"empty":           {"", forms.ErrPresetsDamaged},
		"cut off":         {string(good[:len(good)/2]), forms.ErrPresetsDamaged},
		"other JSON":      {`{"version":1,"connections":[]}`, forms.ErrPresetsDamaged},
		"a list":          {`[]`, forms.ErrPresetsDamaged},
		"no version":      {with(`"version": 1`, `"version": 0`), forms.ErrPresetsDamaged},
		"no name":         {with(`"Morning"`, `" \n "`), forms.ErrPresetsDamaged},
		"no id":           {with(`"0f4e"`, `""`), forms.ErrPresetsDamaged},
		"no entity":       {with(`"purchases"`, `""`), forms.ErrPresetsDamaged},
		"not UTF-8":       {with("Morning", "Morn\xffing"), forms.ErrPresetsDamaged},
		"a bad member":    {with("\"form\": {", `"form": {"extras":[{"name":"x","json":"{"}],`), forms.ErrPresetsDamaged},
		"a member twice": {
			with("\"form\": {", `"form": {"extras":[{"name":"x","json":"1"},{"name":"x","json":"2"}],`), forms.ErrPresetsDamaged,
		},
	} {
		if _, err := forms.DecodePresets([]byte(c.text)); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
}

func TestANameOfAPresetIsOneTidyLine(t *testing.T) {
	for typed, want := range map[string]string{
		"  Morning\tcoffee \n": "Morning coffee", "": "", " \n": "", "a": "a",
		strings.Repeat("ü", forms.MaxPresetName):   strings.Repeat("ü", forms.MaxPresetName),
		strings.Repeat("x", forms.MaxPresetName+1): "",
	} {
		got, err := forms.PresetName(typed)
		if got != want || (err != nil) != (want == "") || err != nil && !errors.Is(err, forms.ErrPresetName) {
			t.Errorf("%q is %q, error %v", typed, got, err)
		}
	}
	if !forms.SameName("Morgen ÜBER", "morgen über") || forms.SameName("a", "b") {
		t.Error("names that are one to people")
	}
}

// renamed is the entity of purchases with other names and types.
func renamed(change func(a *metadata.Attribute)) metadata.Entity {
	e := purchases()
	for i := range e.Attributes {
		change(&e.Attributes[i])
	}
	return e
}

func TestAPresetSaysHowItFitsTheMetadataOfToday(t *testing.T) {
	kept := morning(t).Kept
	text := metadata.DataType{Kind: metadata.KindText}
	rename := func(from, to string) func(*metadata.Attribute) {
		return func(a *metadata.Attribute) {
			if a.Name == from {
				a.Name = to
			}
		}
	}
	for name, c := range map[string]struct {
		entity metadata.Entity
		want   string
	}{
		"nothing changed":                      {purchases(), ""},
		"added":                                {with(purchases(), metadata.Attribute{Name: "Colour", Type: text}), "+Colour"},
		"removed":                              {without("TotalPrice"), "-TotalPrice=12.50"},
		"removed, never filled":                {without("ActivityTypeDisplay"), "-ActivityTypeDisplay="},
		"renamed by its case":                  {renamed(rename("TotalPrice", "total_price")), "TotalPrice=12.50>total_price"},
		"renamed to a like name":               {renamed(rename("ProductId", "ProductNumber")), "ProductId=>ProductNumber"},
		"renamed to another name at its place": {renamed(rename("TotalPrice", "Amount")), "TotalPrice=12.50?>Amount"},
		"another type and another place: not the same": {
			with(without("TotalPrice"), metadata.Attribute{Name: "Colour", Type: text}), "+Colour -TotalPrice=12.50",
		},
		"retyped": {renamed(func(a *metadata.Attribute) {
			if a.Name == "TotalPrice" {
				a.Type = text
			}
		}), "TotalPrice:Decimal/Text"},
		"required now":           {renamed(func(a *metadata.Attribute) { a.Mandatory = a.Mandatory || a.Name == "ActivityTypeDisplay" }), "!ActivityTypeDisplay"},
		"set by the service now": {renamed(func(a *metadata.Attribute) { a.ReadOnly = a.Name == "TotalPrice" }), "=TotalPrice"},
	} {
		fit := formOf(t, c.entity).Fit(kept)
		if got := fitText(fit); got != c.want || fit.Empty() != (c.want == "") {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
		if touched := strings.Contains(c.want, "="); fit.Touches() != touched && name != "removed, never filled" && name != "retyped" {
			t.Errorf("%s: it touches what was typed: %v", name, fit.Touches())
		}
	}
}

func with(e metadata.Entity, a metadata.Attribute) metadata.Entity {
	e.Attributes = append(e.Attributes, a)
	return e
}

func without(name string) metadata.Entity {
	e := purchases()
	var rest []metadata.Attribute
	for _, a := range e.Attributes {
		if a.Name != name {
			rest = append(rest, a)
		}
	}
	e.Attributes = rest
	return e
}

func formOf(t *testing.T, e metadata.Entity) *forms.Form {
	t.Helper()
	return forms.FromEntity(e, forms.Options{
		All: []metadata.Entity{e, customers()}, Relationships: toCustomer(), Zone: zurich(t), Now: func() time.Time { return noon },
	})
}

func fitText(fit forms.Fit) string {
	var parts []string
	for _, added := range fit.Added {
		parts = append(parts, "+"+added.Name)
	}
	for _, removed := range fit.Removed {
		parts = append(parts, "-"+removed.Name+"="+removed.Text)
	}
	for _, r := range fit.Renamed {
		sign := ">"
		if !r.Alike {
			sign = "?>"
		}
		parts = append(parts, r.From.Name+"="+r.From.Text+sign+r.To.Name)
	}
	for _, r := range fit.Retyped {
		parts = append(parts, r.Field.Name+":"+r.Field.Type+"/"+r.Is)
	}
	for _, name := range fit.Required {
		parts = append(parts, "!"+name)
	}
	for _, value := range fit.ReadOnly {
		parts = append(parts, "="+value.Name)
	}
	return strings.Join(append(parts, fit.Zones...), " ")
}

func TestOfTwoThatAreGoneTheMoreAlikeIsTheRenamedOne(t *testing.T) {
	text := metadata.DataType{Kind: metadata.KindText}
	then := metadata.Entity{Name: "E", Attributes: []metadata.Attribute{
		{Name: "Street", Type: text}, {Name: "StreetName", Type: text}, {Name: "City", Type: text},
	}}
	now := metadata.Entity{Name: "E", Attributes: []metadata.Attribute{{Name: "City", Type: text}, {Name: "street_name", Type: text}}}
	f := forms.FromEntity(then, forms.Options{})
	f.SetText("Street", "A")
	f.SetText("StreetName", "B")
	g := forms.FromEntity(now, forms.Options{})
	fit := g.Fit(f.Keep())
	if got := fitText(fit); got != "-Street=A StreetName=B>street_name" {
		t.Fatalf("it says %q", got)
	}
	unfit, err := g.Restore(g.Adapted(f.Snapshot(), fit.Renamed))
	if err != nil || g.Text("street_name") != "B" || len(unfit.Gone) != 1 || unfit.Gone[0].Text != "A" {
		t.Errorf("moved %q, unfit %+v, error %v", g.Text("street_name"), unfit, err)
	}
}

func TestAMemberThatWasKeptGoesIntoTheFieldThatItHasNow(t *testing.T) {
	f := filled(t)
	if _, err := f.SetJSON([]byte(`{"Colour": "red", "more": 1}`), forms.KeepUnknown); err != nil {
		t.Fatal(err)
	}
	g := formOf(t, with(purchases(), metadata.Attribute{Name: "Colour", Type: metadata.DataType{Kind: metadata.KindText}}))
	if _, err := g.Restore(g.Adapted(f.Snapshot(), nil)); err != nil {
		t.Fatal(err)
	}
	if g.Text("Colour") != "red" || len(g.Extras()) != 1 || g.Extras()[0].Name != "more" {
		t.Errorf("the field holds %q, beside it %v", g.Text("Colour"), g.Extras())
	}
}

func TestWithoutFieldsThatWereKeptOnlyTheFilledOnesAreCompared(t *testing.T) {
	kept := forms.Kept{Form: filled(t).Snapshot()}
	kept.Form.Fields[0].Zone = "Mars/Olympus"
	if got := fitText(formOf(t, without("TotalPrice")).Fit(kept)); got != "-TotalPrice=12.50 Mars/Olympus" {
		t.Errorf("it says %q", got)
	}
}

func FuzzDecodePresets(f *testing.F) {
	good, err := forms.EncodePresets([]forms.Preset{morning(f)})
	if err != nil {
		f.Fatal(err)
	}
	f.Add(good)
	f.Add([]byte(`{"kind":"activitydesk presets","version":1,"presets":[{"id":"1","name":"a","entity":"e","form":{}}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		list, err := forms.DecodePresets(data)
		if err != nil {
			if !errors.Is(err, forms.ErrPresetsNewer) && !errors.Is(err, forms.ErrPresetsDamaged) {
				t.Fatalf("an error that nobody can tell: %v", err)
			}
			return
		}
		for _, p := range list {
			form := purchaseForm(t)
			form.Fit(p.Kept)
			if _, err := form.Restore(form.Adapted(p.Form, form.Fit(p.Kept).Renamed)); err != nil {
				t.Fatalf("a preset that was taken cannot be used: %v", err)
			}
			checkPayload(t, form)
		}
		again, err := forms.EncodePresets(list)
		if err != nil {
			t.Skip(err) // a time beyond the year 9999
		}
		if back, err := forms.DecodePresets(again); err != nil || len(back) != len(list) {
			t.Fatalf("what was read cannot be written and read again: %v", err)
		}
	})
}
