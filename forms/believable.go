// Believable values: a form filled as if by somebody who tries it out, the same
// again for the same seed.

package forms

import (
	"hash/fnv"
	"math/rand/v2"
	"slices"
	"time"

	"github.com/activitydesk/activitydesk/client/metadata"
)

// Fill says which fields FillBelievable fills.
type Fill int

// The choices. Fields that are null or the empty text are values that somebody
// chose; FillAll alone replaces them.
const (
	FillLeftOut  Fill = iota // the fields that are left out
	FillRequired             // those of them that the service cannot do without
	FillAll                  // every field
)

// Filled is what FillBelievable did.
type Filled struct {
	Count   int      // how many fields have a value of it
	Skipped []string // fields it knows no value for: labels, as shown
}

// FillBelievable fills fields by their type, meaning and name. Every value is
// one that the form accepts, and obviously invented: example.com, +1 555 01xx.
// Values of a small set, ids of other things and ranges of numbers are taken
// from rows, the entity's sample rows as decoded from JSON with UseNumber.
//
// A seed gives the same values again on the same day, from the same rows: dates are near now, and
// never in the future. A field's value depends on the seed and its name, not on
// the other fields. Keys are the exception: they end in a random part (NewID),
// so that two colleagues with one seed do not collide. The reference to the
// customer is a key that the rows show; it is never invented. Read-only fields
// are left alone.
func (f *Form) FillBelievable(which Fill, seed uint64, rows []map[string]any) Filled {
	var filled Filled
	now := f.now()
	for _, field := range f.display {
		i := f.index[field.Name]
		c := &f.cells[i]
		switch {
		case field.ReadOnly,
			which != FillAll && c.state != LeftOut,
			which == FillRequired && !field.Required:
			continue
		}
		text, ok := f.believable(field, drawFor(seed, field.Name, f.circumstances(i, now)), rows)
		if !ok {
			if c.state == LeftOut {
				filled.Skipped = append(filled.Skipped, field.Label)
			}
			continue
		}
		c.state, c.text = Value, text
		filled.Count++
	}
	f.rebuild()
	return filled
}

// draw is what one field's value is made of.
type draw struct {
	*rand.Rand
	in circumstances
}

// drawFor depends on the seed and the name alone.
func drawFor(seed uint64, name string, in circumstances) *draw {
	h := fnv.New64a()
	h.Write([]byte(name))
	return &draw{rand.New(rand.NewPCG(seed, h.Sum64())), in}
}

// between gives a whole number, both ends included.
func (d *draw) between(from, to int) int { return from + d.IntN(to-from+1) }

// of gives one of a few texts.
func (d *draw) of(texts ...string) string { return texts[d.IntN(len(texts))] }

// believable finds a value for one field that the form accepts.
func (f *Form) believable(field *Field, d *draw, rows []map[string]any) (string, bool) {
	seen := seenIn(rows, field)
	text, ok := "", false
	switch {
	case field.CustomerRef:
		text, ok = seen.any(d)
	case field.Key:
		id, err := f.newID(field, rows)
		if err == nil {
			text, ok = id, true
			break
		}
		text, ok = d.value(field, seen) // part of a key that is no id, such as a date
	default:
		text, ok = d.value(field, seen)
	}
	if !ok {
		return "", false
	}
	r, problem := read(text, field.Type, d.in)
	hint, _ := softHint(field, r.sent, d.in.now)
	return text, problem == nil && r.hint == "" && hint == ""
}

// value invents a value of a field's type, after what sample rows show.
func (d *draw) value(field *Field, seen seenValues) (string, bool) {
	if field.Type.Collection {
		return d.list(field)
	}
	m := meaningOf(field)
	if text, ok := seen.like(d, m, field.Type.Numeric()); ok {
		return text, true
	}
	switch field.Kind {
	case metadata.KindText:
		return d.text(m, seen), true
	case metadata.KindInteger, metadata.KindDecimal, metadata.KindDouble:
		return d.number(field, m), true
	case metadata.KindBoolean:
		return d.of("true", "false"), true
	case metadata.KindDateTime:
		return d.moment(field.Time, m).Format("2006-01-02 15:04"), true
	case metadata.KindDate:
		return d.moment(field.Time, m).Format(time.DateOnly), true
	case metadata.KindTimeOfDay:
		return d.moment(field.Time, m).Format(time.TimeOnly), true
	case metadata.KindGUID:
		id, err := randomUUID(d)
		return id, err == nil
	case metadata.KindBinary:
		return d.of("RXhhbXBsZSAx", "RXhhbXBsZSAy", "RXhhbXBsZSAz"), true // "Example 1" …
	case metadata.KindJSON:
		return d.of(`{"example": true, "step": 1}`, `{"example": true, "step": 2}`, `{"example": true, "step": 3}`), true
	}
	return "", false // a type that nobody here knows: only rows could tell
}

// Read gives random bytes, for ids.
func (d *draw) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = byte(d.Uint32())
	}
	return len(p), nil
}

// list makes a JSON array of two values.
func (d *draw) list(field *Field) (string, bool) {
	one := *field
	one.Type.Collection = false
	var items []node
	for range 2 {
		text, ok := d.value(&one, seenValues{})
		if !ok {
			return "", false
		}
		r, problem := read(text, one.Type, d.in)
		if problem != nil {
			return "", false
		}
		if r.tree != nil {
			items = append(items, *r.tree)
			continue
		}
		n, fault := parseJSON(r.json)
		if fault != nil {
			return "", false
		}
		items = append(items, n)
	}
	return formatTree(node{kind: nodeArray, items: items}), true
}

// moment is a time that is over: the activity's own within the last three days,
// others within the last month, a birth decades ago. Days begin with the zone's
// own, and hours are those of a working day, which no change of clocks skips.
func (d *draw) moment(own bool, m meaning) time.Time {
	days := d.between(1, 30)
	switch {
	case own:
		days = d.between(1, 3)
	case m == meansBirth:
		days = d.between(20*365, 60*365)
	}
	year, month, day := d.in.now.In(d.in.zone).Date()
	return time.Date(year, month, day-days, d.between(8, 19), d.between(0, 59), 0, 0, d.in.zone)
}

// seenValues is what sample rows show of a field, as texts.
type seenValues struct {
	rows     int      // how many have a value
	distinct []string // sorted
}

// any gives a value that some row has.
func (s seenValues) any(d *draw) (string, bool) {
	if len(s.distinct) == 0 {
		return "", false
	}
	return d.of(s.distinct...), true
}

// fewest is how many rows say anything about a field, and most how many values
// a small set has.
const (
	fewest = 4
	most   = 12
)

// small says whether the values are a small set in which they repeat.
func (s seenValues) small() bool {
	return s.rows >= fewest && len(s.distinct) <= most && 2*len(s.distinct) <= s.rows
}

// like takes a value over from the rows where that is not a person's own: one
// of a small set, an id of something else, a number of the same range.
func (s seenValues) like(d *draw, m meaning, numeric bool) (string, bool) {
	if m.personal() || m == meansDate || slices.ContainsFunc(s.distinct, looksLikeEmail) {
		return "", false
	}
	if s.small() || m == meansID || m == meansUnknownType {
		return s.any(d)
	}
	if !numeric {
		return "", false
	}
	return s.inRange(d, m)
}
