// What may be typed into a field: a new id, the present moment, what was sent
// last, what sample rows hold.

package forms

import (
	"bytes"
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"github.com/activitydesk/activitydesk/client/metadata"
)

// Origin says where a suggestion comes from.
type Origin int

// The origins, in the order in which suggestions are listed.
const (
	FromPattern Origin = iota // a new id
	FromClock                 // now, today
	FromSent                  // sent from here
	FromSamples               // seen in sample rows
)

// Suggestion is a text that a field may be filled with. It never leads to a
// problem.
type Suggestion struct {
	Text   string
	Origin Origin
	Times  int // FromSamples: in how many sample rows
}

// Note says in a word where the suggestion comes from.
func (s Suggestion) Note() string {
	switch s.Origin {
	case FromPattern:
		return "new"
	case FromClock:
		return "clock"
	case FromSent:
		return "sent"
	}
	return "seen " + strconv.Itoa(s.Times) + "×"
}

// Bounds of a list of suggestions: what a person can look through, and what a
// line can show.
const (
	maxSuggested   = 200
	maxSuggestText = 2000 // bytes
)

// Learn takes sample rows that were read after the form was made: suggestions
// and new ids follow them. How date-times are written stays, so that nothing
// that is typed already changes.
func (f *Form) Learn(rows []map[string]any) { f.samples = rows }

// Suggest lists what a field may be filled with: a new id for keys and GUIDs,
// the clock's words for dates and times, what was sent last (newest first, see
// SentTexts), and what the sample rows hold, the most frequent first. A text
// comes once, by its first origin. A field that is the whole key gets a new id
// alone: one that was used already would be refused. Nothing is suggested for fields that cannot
// be typed into, nor for yes or no.
func (f *Form) Suggest(name string, sent []string) []Suggestion {
	field, ok := f.Field(name)
	if !ok || field.ReadOnly || field.Kind == metadata.KindBoolean && !field.Type.Collection {
		return nil
	}
	list := suggestions{form: f, index: f.index[name], seen: map[string]bool{}}
	if field.Key || field.Kind == metadata.KindGUID {
		if id, err := f.NewID(name); err == nil {
			list.add(Suggestion{Text: id, Origin: FromPattern})
		}
	}
	if field.Key && len(f.entity.KeyNames()) == 1 {
		return list.texts // an id that was used already is "already there"
	}
	for _, word := range clockWords(field) {
		list.add(Suggestion{Text: word, Origin: FromClock})
	}
	for _, text := range sent {
		list.add(Suggestion{Text: text, Origin: FromSent})
	}
	for _, s := range f.sampled(name) {
		list.add(s)
	}
	return list.texts
}

type suggestions struct {
	form  *Form
	index int
	seen  map[string]bool
	texts []Suggestion
}

// add takes a suggestion that is new, short enough and right.
func (l *suggestions) add(s Suggestion) {
	if s.Text == "" || l.seen[s.Text] || len(s.Text) > maxSuggestText || len(l.texts) >= maxSuggested {
		return
	}
	l.seen[s.Text] = true
	f := l.form
	if _, p := read(s.Text, f.fields[l.index].Type, f.circumstances(l.index, f.now())); p == nil {
		l.texts = append(l.texts, s)
	}
}

func clockWords(field *Field) []string {
	if field.Type.Collection {
		return nil
	}
	switch field.Kind {
	case metadata.KindDateTime:
		return []string{"now", "today 09:00", "yesterday 09:00"}
	case metadata.KindDate:
		return []string{"today", "yesterday"}
	case metadata.KindTimeOfDay:
		return []string{"now"}
	}
	return nil
}

// sampled counts the values that sample rows hold for a field, the most
// frequent first; equals stay in the order in which they came.
func (f *Form) sampled(name string) []Suggestion {
	kind := f.fields[f.index[name]].Kind
	at := map[string]int{}
	var list []Suggestion
	for _, row := range f.samples {
		text, ok := sampleText(row[name], kind)
		if !ok {
			continue
		}
		i, known := at[text]
		if !known {
			i = len(list)
			at[text] = i
			list = append(list, Suggestion{Text: text, Origin: FromSamples})
		}
		list[i].Times++
	}
	slices.SortStableFunc(list, func(a, b Suggestion) int { return b.Times - a.Times })
	return list
}

// sampleText is a value of a decoded row as a person would type it into a
// field of a kind.
func sampleText(value any, kind metadata.Kind) (string, bool) {
	switch v := value.(type) {
	case string:
		if !writtenAsText(kind) {
			return stringJSON(v), true
		}
		return v, true
	case json.Number:
		return v.String(), true
	case bool:
		return strconv.FormatBool(v), true
	case map[string]any, []any:
		var b bytes.Buffer
		encoder := json.NewEncoder(&b)
		encoder.SetEscapeHTML(false)
		if encoder.Encode(v) != nil {
			return "", false
		}
		return strings.TrimSpace(b.String()), true
	}
	return "", false // nothing, or a float, which would have been rounded already
}

// maxSentTexts is how many sent values a field keeps.
const maxSentTexts = 10

// SentTexts gives, for each member of JSON bodies that were sent, the texts
// that a person would type for its values: newest body first, each text once,
// at most ten. Numbers stay as they were written. Bodies that are no JSON
// object, and values null, are passed over.
func (f *Form) SentTexts(bodies [][]byte) map[string][]string {
	texts := map[string][]string{}
	for _, body := range bodies {
		object, fault := parseJSON(string(body))
		if fault != nil || object.kind != nodeObject {
			continue
		}
		for at, m := range object.names {
			i, known := f.index[m.name]
			if !known {
				continue
			}
			state, text := cellOf(object.items[at], f.fields[i].Type)
			if before := texts[m.name]; state == Value && text != "" && len(before) < maxSentTexts && !slices.Contains(before, text) {
				texts[m.name] = append(before, text)
			}
		}
	}
	return texts
}

// FilterSuggestions keeps those that contain what is typed, without regard to
// case; those that begin with it come first. What equals it is left out.
func FilterSuggestions(list []Suggestion, typed string) []Suggestion {
	typed = strings.ToLower(strings.TrimSpace(typed))
	if typed == "" {
		return list
	}
	var begin, within []Suggestion
	for _, s := range list {
		switch text := strings.ToLower(s.Text); {
		case text == typed:
		case strings.HasPrefix(text, typed):
			begin = append(begin, s)
		case strings.Contains(text, typed):
			within = append(within, s)
		}
	}
	return append(begin, within...)
}

// Roomy tells whether a text field's sample rows hold line breaks or long
// texts, so that its editor should have several lines from the start.
func (f *Form) Roomy(name string) bool {
	const long = 120 // bytes: more than a line of the form shows
	field, ok := f.Field(name)
	if !ok || field.Kind != metadata.KindText || field.Type.Collection {
		return false
	}
	return slices.ContainsFunc(f.sampleTexts(name), func(text string) bool {
		return len(text) > long || strings.ContainsAny(text, "\r\n")
	})
}
