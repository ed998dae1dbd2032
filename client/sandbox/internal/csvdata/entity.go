// A linked file becomes an entity here, and a few lines that say how.

package csvdata

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/activitydesk/activitydesk/client/sandbox/internal/world"
)

// toEntity makes the entity, with all its rows.
func (f *file) toEntity() *world.Entity {
	e := &world.Entity{Source: f.source, Name: f.entity, Kind: f.kind()}
	if f.key >= 0 {
		e.Key = f.columns[f.key].name
	}
	if f.time >= 0 && f.role != roleProfile {
		e.Time = f.columns[f.time].name
	}
	for _, ref := range f.references {
		e.Refs = append(e.Refs, world.Reference{
			Attribute: f.columns[ref.column].name,
			ToEntity:  ref.to.source + "_" + ref.to.entity, ToAttribute: ref.to.columns[ref.to.key].name,
		})
	}
	for i, c := range f.columns {
		e.Attributes = append(e.Attributes, world.Attribute{
			Name: c.name, Friendly: c.friendly, Type: c.format.kind, Semantic: f.semantic(c.name),
			Mandatory: f.mandatory(i), ReadOnly: slices.Contains(f.conf.ReadOnly, c.name),
		})
	}
	if f.role == roleActivity && !f.conf.Activity.NotSetUp {
		e.Activity = f.activity()
	}
	e.Rows = make([]world.Row, 0, len(f.rows))
	for _, cells := range f.rows {
		row := make(world.Row, len(f.columns))
		for i := range f.columns {
			row[i] = f.columns[i].value(cells[i])
		}
		e.Rows = append(e.Rows, row)
	}
	f.rows = nil // the texts are not needed any more
	return e
}

func (f *file) kind() world.Kind {
	switch f.role {
	case roleProfile:
		return world.KindProfile
	case roleActivity:
		return world.KindActivity
	default:
		return world.KindUnspecified
	}
}

// mandatory are the key, and an activity's time and customer.
func (f *file) mandatory(at int) bool {
	if slices.Contains(f.conf.Mandatory, f.columns[at].name) || at == f.key {
		return true
	}
	customer := len(f.references) > 0 && f.references[0].column == at
	return f.role == roleActivity && (at == f.time || customer)
}

// Columns that mean something by their names.
var semantics = []struct {
	name  *regexp.Regexp
	label string
}{
	{regexp.MustCompile(`(?i)^e-?mail`), "IdentityServiceEmail"},
	{regexp.MustCompile(`(?i)(phone|mobile)`), "IdentityServicePhone"},
	{regexp.MustCompile(`(?i)^first_?name$`), "PersonFirstName"},
	{regexp.MustCompile(`(?i)^last_?name$`), "PersonLastName"},
	{regexp.MustCompile(`(?i)^full_?name$`), "PersonFullName"},
	{regexp.MustCompile(`(?i)^(post(al)?_?code|zip)`), "LocationPostalCode"},
	{regexp.MustCompile(`(?i)^street`), "LocationAddressStreet"},
	{regexp.MustCompile(`(?i)^city$`), "LocationCity"},
	{regexp.MustCompile(`(?i)^state$`), "LocationState"},
	{regexp.MustCompile(`(?i)^country$`), "LocationCountry"},
	{regexp.MustCompile(`(?i)(url|website|^link$)`), "ReferenceURL"},
	{regexp.MustCompile(`(?i)birth`), "CalendarDate"},
}

func (f *file) semantic(name string) string {
	if label, ok := f.conf.Semantic[name]; ok {
		return label
	}
	for _, s := range semantics {
		if s.name.MatchString(name) {
			return s.label
		}
	}
	return ""
}

// activity maps columns by their names, where sandbox.yaml says nothing.
func (f *file) activity() *world.Activity {
	conf := f.conf.Activity
	a := &world.Activity{
		Type: conf.Type, Display: conf.Display, DisplayFrom: conf.DisplayFrom, Title: conf.Title,
		Description: conf.Description, URL: conf.URL, Semantic: conf.Semantic, Hidden: conf.Hidden,
	}
	if a.Type == "" {
		a.Type = activityType(f.entity)
	}
	if a.Display == "" {
		a.Display = f.entity
	}
	first := func(given, form string) string {
		if given != "" {
			return given
		}
		return f.columnLike(form)
	}
	a.DisplayFrom = first(a.DisplayFrom, `(?i)^activity_?type(_?display)?$`)
	a.Title = first(a.Title, `(?i)^(subject|title|summary|headline)$`)
	a.URL = first(a.URL, `(?i)(url|^link$)`)
	if len(a.Description) == 0 {
		a.Description = f.describing(a)
	}
	if len(a.Semantic) == 0 && f.key >= 0 {
		a.Semantic = []string{f.columns[f.key].name}
	}
	return a
}

func (f *file) columnLike(form string) string {
	like := regexp.MustCompile(form)
	for _, c := range f.columns {
		if like.MatchString(c.name) {
			return c.name
		}
	}
	return ""
}

// describing takes the columns that hold words about the activity, else the
// first two that nothing else uses, numbers first.
func (f *file) describing(a *world.Activity) []string {
	if name := f.columnLike(`(?i)(description|comment|text|detail|message)`); name != "" {
		return []string{name}
	}
	used := []string{a.DisplayFrom, a.Title, a.URL}
	for _, at := range []int{f.key, f.time} {
		if at >= 0 {
			used = append(used, f.columns[at].name)
		}
	}
	for _, ref := range f.references {
		used = append(used, f.columns[ref.column].name)
	}
	var numbers, others []string
	for _, c := range f.columns {
		switch {
		case slices.Contains(used, c.name):
		case c.format.kind.IsNumber():
			numbers = append(numbers, c.name)
		default:
			others = append(others, c.name)
		}
	}
	list := append(numbers, others...)
	return list[:min(2, len(list))]
}

// activityType is one of the product's types, by an entity's name.
func activityType(entity string) string {
	name := strings.ToLower(entity)
	for _, t := range []struct{ part, kind string }{
		{"purchase", "SalesOrder"},
		{"order", "SalesOrder"},
		{"sale", "SalesOrder"},
		{"review", "Feedback"},
		{"feedback", "Feedback"},
		{"survey", "Feedback"},
		{"loyal", "Loyalty"},
		{"reward", "Loyalty"},
		{"point", "Loyalty"},
		{"subscription", "Subscription"},
	} {
		if strings.Contains(name, t.part) {
			return t.kind
		}
	}
	return "Other"
}

// reading says how a file was read: what it is, and its columns that are not
// just text.
func (f *file) reading() []string {
	head := fmt.Sprintf("%s: %s_%s, %s", f.name, f.source, f.entity, f.role)
	if f.key >= 0 {
		head += ", key " + f.columns[f.key].name
	} else {
		head += ", no key (no column ending in Id has unique values)"
	}
	switch {
	case f.role != roleActivity:
	case f.time >= 0:
		head += ", time " + f.columns[f.time].name
	default:
		head += ", no time (no column holds dates)"
	}
	if f.role == roleActivity && f.conf.Activity.NotSetUp {
		head += ", not set up"
	}
	for _, ref := range f.references {
		head += fmt.Sprintf(", %s leads to %s", f.columns[ref.column].name, ref.to.name)
	}
	lines := []string{head}
	var typed []string
	for _, c := range f.columns {
		if c.format.kind == world.String {
			continue
		}
		about := c.name + " " + strings.TrimPrefix(string(c.format.kind), "Edm.")
		if c.format.shown != "" {
			about += " (" + c.format.shown + ")"
		}
		if c.bad > 0 {
			about += fmt.Sprintf(", %s left empty that are none", world.Rows(c.bad))
		}
		typed = append(typed, about)
	}
	if len(typed) > 0 {
		lines = append(lines, f.name+": "+strings.Join(typed, "; "))
	}
	if f.openQuote {
		lines = append(lines, fmt.Sprintf("%s: a quote is without its partner, rows after it may be read as one cell", f.name))
	}
	if f.ragged > 0 {
		lines = append(lines, fmt.Sprintf("%s: %s with more or fewer cells than the header", f.name, world.Rows(f.ragged)))
	}
	return lines
}
