package forms_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/activitydesk/activitydesk/forms"
)

// named makes fields of names alone; "label=name" gives a label of its own.
func named(names ...string) []*forms.Field {
	fields := make([]*forms.Field, len(names))
	for i, name := range names {
		label, rest, both := strings.Cut(name, "=")
		if !both {
			rest = label
		}
		fields[i] = &forms.Field{Name: rest, Label: label}
	}
	return fields
}

// fillers are names that have nothing in common.
func fillers(n int) []*forms.Field {
	var fields []*forms.Field
	for i := range n {
		fields = append(fields, named(string(rune('a'+i%26))+strings.Repeat("x", i/26)+"y")...)
	}
	return fields
}

func groupLines(groups []forms.Group) []string {
	var lines []string
	for _, g := range groups {
		names := make([]string, len(g.Fields))
		for i, f := range g.Fields {
			names[i] = f.Name
		}
		if len(names) > 6 {
			names = []string{names[0], "…", names[len(names)-1], fmt.Sprint(len(names))}
		}
		lines = append(lines, g.Title+": "+strings.Join(names, " "))
	}
	return lines
}

func TestFieldsStandUnderHeadings(t *testing.T) {
	mark := func(fields []*forms.Field, name string, change func(*forms.Field)) {
		for _, f := range fields {
			if f.Name == name {
				change(f)
			}
		}
	}
	numbered := func(format string, n int) (names []string) {
		for i := range n {
			names = append(names, fmt.Sprintf(format, i+1))
		}
		return names
	}
	required := named("Mood", "Contact", "On", "Id", "Stamp")
	for _, f := range required[:4] {
		f.Required = true
	}
	mark(required, "Contact", func(f *forms.Field) { f.CustomerRef = true })
	mark(required, "On", func(f *forms.Field) { f.Time = true })
	mark(required, "Id", func(f *forms.Field) { f.Key = true })
	mark(required, "Stamp", func(f *forms.Field) { f.ReadOnly = true })

	for name, c := range map[string]struct {
		fields []*forms.Field
		want   []string
	}{
		"twenty have none": {fillers(20), []string{": ay … ty 20"}},
		"required first, read-only last": {append(slices.Clone(required), fillers(20)...), []string{
			"Required: Id On Contact Mood", "Other fields: ay … ty 20", "Read-only: Stamp",
		}},
		"names that begin alike": {append(named("Address_City", "Alone", "AddressZip", "address.street", "Phone_1", "Phone_2"), fillers(18)...), []string{
			"Address: Address_City AddressZip address.street", "Other fields: Alone … ry 21",
		}},
		"three answers of each question": {append(named("Q01_a", "Q01_b", "Q01_c", "Q02_a", "Q02_b", "Q02_c"), fillers(18)...), []string{
			"Q01: Q01_a Q01_b Q01_c", "Q02: Q02_a Q02_b Q02_c", "Other fields: ay … ry 18",
		}},
		"a short numbered row": {append(named("Answer1", "Answer2", "Answer3"), fillers(18)...), []string{
			"Answer: Answer1 Answer2 Answer3", "Other fields: ay … ry 18",
		}},
		"a long numbered row": {append(named(numbered("Q%03d_Text", 120)...), fillers(2)...), []string{
			"Q001 – Q050: Q001_Text … Q050_Text 50", "Q051 – Q100: Q051_Text … Q100_Text 50", "Q101 – Q120: Q101_Text … Q120_Text 20", "Other fields: ay by",
		}},
		"a row by what people see": {named(numbered("Question %[1]d=Q%03[1]d_Text", 70)...), []string{
			"Question 1 – Question 50: Q001_Text … Q050_Text 50", "Question 51 – Question 70: Q051_Text … Q070_Text 20",
		}},
		"the prefix of a publisher": {named(append(append(numbered("new_Address_%d", 12), numbered("new_Order_%d", 11)...), "new_Mood")...), []string{
			"new_Address: new_Address_1 … new_Address_12 12", "new_Order: new_Order_1 … new_Order_11 11", "new: new_Mood",
		}},
		"all in one group": {named(numbered("Answer_%d", 30)...), []string{": Answer_1 … Answer_30 30"}},
	} {
		t.Run(name, func(t *testing.T) {
			got := groupLines(forms.GroupFields(c.fields))
			if !slices.Equal(got, c.want) {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(c.want, "\n"))
			}
		})
	}
}

// FuzzGroupFields: whatever the names are, no field is lost, none is twice, and
// every title is there and its own.
func FuzzGroupFields(f *testing.F) {
	f.Add("Address_City Address_Zip Q1 Q2 Q3 über_ß __ 1 22 #", uint8(40))
	f.Add("a_ a_ _a A9Z9 – \u00e9\u0301 new_x new_y", uint8(200))
	f.Fuzz(func(t *testing.T, text string, repeat uint8) {
		var fields []*forms.Field
		known := map[string]bool{}
		for i := range int(repeat) {
			for _, word := range strings.Fields(text) {
				name := word
				if i > 0 {
					name += fmt.Sprint(i)
				}
				if !known[name] && len(fields) < 2000 {
					known[name] = true
					fields = append(fields, &forms.Field{Name: name, Label: name, Required: i%7 == 1, ReadOnly: i%11 == 2})
				}
			}
		}
		seen, titles := map[*forms.Field]bool{}, map[string]bool{}
		groups := forms.GroupFields(fields)
		for _, g := range groups {
			if len(groups) > 1 && (g.Title == "" || titles[g.Title] || len(g.Fields) == 0) {
				t.Fatalf("group %q of %d", g.Title, len(g.Fields))
			}
			titles[g.Title] = true
			for _, field := range g.Fields {
				if seen[field] {
					t.Fatalf("%q is twice", field.Name)
				}
				seen[field] = true
			}
		}
		if len(seen) != len(fields) {
			t.Fatalf("%d of %d fields", len(seen), len(fields))
		}
	})
}
