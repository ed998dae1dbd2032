// A form of whatever the service says that an entity is.

package forms_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/activitydesk/activitydesk/client/metadata"
	"github.com/activitydesk/activitydesk/forms"
)

// FuzzFormOfAnyEntity: of every entity that can be read there is a form with each
// of its attributes once, under a name for people; it is filled, emptied, laid
// over several groups and sent, and what it sends has the attributes' exact names
// and comes back as it was.
func FuzzFormOfAnyEntity(f *testing.F) {
	for _, seed := range []string{
		`{"name":"E","attributes":[{"name":"a","dataType":"Edm.String"},{"name":"A","dataType":{"cdsaType":"int64"}}],"keys":[["a"]]}`,
		`{"name":"E","attributes":[{"name":"a\"b\\","friendlyName":"  ","dataType":"Edm.DateTimeOffset"},{"name":"\u0000","dataType":null}],"timestampAttribute":"a\"b\\"}`,
		`{"name":"E","attributes":[{"name":"x","dataType":"Collection(Edm.Decimal)","semanticType":"CalendarDate"},{"name":"","dataType":7},null]}`,
		`{"name":"E","attributes":[{"name":"email","dataType":"Edm.String","semanticType":"IdentityServiceEmail"},{"name":"n","dataType":"Edm.Byte","annotations":{"ReadOnly":true,"Mandatory":true}}],"keys":["email","n"]}`,
		`{"name":"E","attributes":[{"name":"b","dataType":"Edm.Binary"},{"name":"g","dataType":"Edm.Guid"},{"name":"t","dataType":"Edm.TimeOfDay"},{"name":"d","dataType":"Edm.Date"},{"name":"j","dataType":"json"},{"name":"o","dataType":"Edm.Geography"},{"name":"f","dataType":"Edm.Boolean"}],"relationships":[{"fromAttribute":"g","toAttribute":"CustomerId","dataSourceEntity":"Customer"}]}`,
	} {
		f.Add([]byte(seed), "2026-11-23", uint64(1))
	}
	f.Fuzz(func(t *testing.T, data []byte, text string, seed uint64) {
		e, err := metadata.ParseEntity(data)
		if err != nil || len(e.Attributes) > 300 {
			return
		}
		form := forms.FromEntity(e, forms.Options{Now: func() time.Time { return noon }, All: []metadata.Entity{e}})
		checkFields(t, form, e)
		filled := form.FillBelievable(forms.FillAll, seed, nil)
		for _, p := range form.Problems() {
			if form.State(p.Field) == forms.Value {
				t.Fatalf("%q was filled with %q: %s", p.Field, form.Text(p.Field), p.Text)
			}
		}
		if filled.Count > form.Len() {
			t.Fatalf("%d fields filled of %d", filled.Count, form.Len())
		}
		checkSent(t, form)
		for _, field := range form.Fields() {
			form.SetText(field.Name, text)
		}
		checkSent(t, form)
		form.Clear()
		checkPayload(t, form)
	})
}

// checkFields: each attribute is a field, once, with words for people, and each
// field is in a group.
func checkFields(t *testing.T, form *forms.Form, e metadata.Entity) {
	t.Helper()
	if form.Len() != len(e.Attributes) {
		t.Fatalf("%d attributes, %d fields", len(e.Attributes), form.Len())
	}
	for _, a := range e.Attributes {
		field, ok := form.Field(a.Name)
		if !ok || field.Name != a.Name || field.Label == "" || field.TypeLabel == "" || field.Describe() == "" || field.Required && field.ReadOnly {
			t.Fatalf("the attribute %q is the field %+v", a.Name, field)
		}
	}
	shown := 0
	for _, group := range forms.GroupFields(form.Fields()) {
		shown += len(group.Fields)
	}
	if shown != form.Len() {
		t.Fatalf("%d of %d fields are in groups", shown, form.Len())
	}
}

// checkSent holds the payload's members against the fields that have a value or
// are null, in the metadata's order and under their exact names.
func checkSent(t *testing.T, form *forms.Form) {
	t.Helper()
	checkPayload(t, form)
	data, err := form.JSON()
	if err != nil {
		return // checkPayload has looked at the problems
	}
	var want []string
	for _, a := range form.Entity().Attributes {
		field, _ := form.Field(a.Name)
		if !field.ReadOnly && form.State(a.Name) != forms.LeftOut {
			want = append(want, a.Name)
		}
	}
	if got := memberNames(t, data); !slices.Equal(got, want) {
		t.Fatalf("sent are %q, want %q", got, want)
	}
}

// memberNames are the names of an object's members in their order.
func memberNames(t *testing.T, data []byte) []string {
	t.Helper()
	decoder := json.NewDecoder(strings.NewReader(string(data)))
	if _, err := decoder.Token(); err != nil {
		t.Fatal(err)
	}
	var names []string
	for decoder.More() {
		name, err := decoder.Token()
		if err != nil {
			t.Fatal(err)
		}
		names = append(names, name.(string))
		var value json.RawMessage
		if err := decoder.Decode(&value); err != nil {
			t.Fatal(err)
		}
	}
	return names
}

// FuzzSampleRows: whatever the rows of an entity hold, as far as a form goes by
// them: how times are written, ids that go on like theirs, values that are like
// theirs. All of it is accepted by the form, and what it sends comes back.
func FuzzSampleRows(f *testing.F) {
	for _, seed := range []string{
		`[{"Text":"OPID_1001","Date and time":"2026-11-23T14:05:00+01:00","Decimal":12.50},{"Text":"OPID_1002","Date and time":"2026-11-23T14:05:00.1234567Z"}]`,
		`[{"Text":"","Whole number":99999999999999999999,"GUID":"x","Date":"23.11.2026"},{"Text":null,"Decimal":1e999}]`,
		`[{"Text":{"a":[]},"Texts":["a",null],"Yes or no":"maybe","Binary":"%%%","Time of day":"25:00"}]`,
		`[{"Text":"é-\u0000-9","Number":-0.0,"JSON":"{","Date and time":1700000000}]`, `[null,{}]`,
	} {
		f.Add([]byte(seed), uint64(7))
	}
	e := allKinds()
	e.Keys = [][]string{{metadata.KindText.String(), metadata.KindInteger.String()}}
	e.TimestampAttribute = metadata.KindDateTime.String()
	f.Fuzz(func(t *testing.T, data []byte, seed uint64) {
		decoder := json.NewDecoder(strings.NewReader(string(data)))
		decoder.UseNumber()
		var rows []map[string]any
		if decoder.Decode(&rows) != nil {
			return
		}
		options := forms.Options{Now: func() time.Time { return noon }, SampleRows: rows}
		form := forms.FromEntity(e, options)
		for _, field := range form.Fields() {
			if id, err := form.NewID(field.Name); err == nil {
				form.SetText(field.Name, id)
				if p := form.Problem(field.Name); p != nil {
					t.Fatalf("the new id %q of %s: %s", id, field.Name, p.Text)
				}
			}
		}
		form.FillBelievable(forms.FillAll, seed, rows)
		for _, p := range form.Problems() {
			if form.State(p.Field) == forms.Value {
				t.Fatalf("%s is filled with %q: %s", p.Field, form.Text(p.Field), p.Text)
			}
		}
		checkPayloadIn(t, form, options)
		form.SetText(metadata.KindDateTime.String(), "now-2d")
		if p := form.Problem(metadata.KindDateTime.String()); p != nil {
			t.Fatalf("a time is refused: %s", p.Text)
		}
		form.Resolve()
		checkPayloadIn(t, form, options)
	})
}
