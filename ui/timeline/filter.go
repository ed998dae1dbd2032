// What of a timeline is shown: types, a stretch of time, words. The filters stay
// until they are cleared.

package timeline

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/activitydesk/activitydesk/forms"
	"github.com/activitydesk/activitydesk/ui/words"
)

// TimeRange is a stretch of time: From is in it, Until is not. A zero end is
// open.
type TimeRange struct{ From, Until time.Time }

// Has says whether an instant is within the range. What has no time is only in
// the range that is open at both ends.
func (r TimeRange) Has(at time.Time) bool {
	if at.IsZero() {
		return r.Open()
	}
	return (r.From.IsZero() || !at.Before(r.From)) && (r.Until.IsZero() || at.Before(r.Until))
}

// Open says that the range has no end on either side.
func (r TimeRange) Open() bool { return r.From.IsZero() && r.Until.IsZero() }

// DateKind is how a timeline is filtered by date, as the product has it.
type DateKind int

const (
	DatesAll DateKind = iota
	DatesAfter
	DatesBefore
	DatesBetween
	DatesLast // the last n days, today among them
)

// DateFilter is a stretch of time as a person asked for it.
type DateFilter struct {
	Kind        DateKind
	From, Until forms.Instant // as typed; of DatesAfter, DatesBefore, DatesBetween
	Days        int           // of DatesLast, from 1
}

// Range is the stretch of time. After a day, and between days, includes the
// days themselves; before a day ends where that day begins.
func (d DateFilter) Range(now time.Time, zone *time.Location) TimeRange {
	switch d.Kind {
	case DatesAfter:
		return TimeRange{From: d.From.At}
	case DatesBefore:
		return TimeRange{Until: d.Until.At}
	case DatesBetween:
		return TimeRange{From: d.From.At, Until: d.Until.Next()}
	case DatesLast:
		return TimeRange{From: forms.StartOfDay(now.In(zone).AddDate(0, 0, 1-d.Days))}
	default:
		return TimeRange{}
	}
}

// Words say what is shown; empty: all dates.
func (d DateFilter) Words(zone *time.Location) string {
	from, until := InstantWords(d.From, zone), InstantWords(d.Until, zone)
	switch d.Kind {
	case DatesAfter:
		return "from " + from + " on"
	case DatesBefore:
		return "before " + until
	case DatesBetween:
		return from + " to " + until
	case DatesLast:
		if d.Days == 1 {
			return "today"
		}
		return "last " + strconv.Itoa(d.Days) + " days"
	default:
		return ""
	}
}

// InstantWords writes an instant of a filter: in the zone, or its day alone where
// only a day was typed.
func InstantWords(i forms.Instant, zone *time.Location) string {
	if i.Day {
		return i.At.Format(time.DateOnly) // a day is that of the zone in which it was typed
	}
	return i.At.In(zone).Format(words.TimeLayout)
}

// Filter is what is asked of a timeline.
type Filter struct {
	Types []string // any of them; empty: all
	Dates DateFilter
	Text  string // all of its words
}

// On says that something is left out.
func (f Filter) On() bool {
	return len(f.Types) > 0 || f.Dates.Kind != DatesAll || strings.TrimSpace(f.Text) != ""
}

// HasType says whether a type is among those that are chosen.
func (f Filter) HasType(kind string) bool { return slices.Contains(f.Types, kind) }

// ToggleType adds a type, or takes it away.
func (f *Filter) ToggleType(kind string) {
	if i := slices.Index(f.Types, kind); i >= 0 {
		f.Types = slices.Delete(slices.Clone(f.Types), i, i+1)
		return
	}
	f.Types = append(slices.Clone(f.Types), kind)
}

// Matcher is a filter made ready for very many rows.
type Matcher struct {
	Types  map[string]bool // nil: all
	Within TimeRange
	words  []string
	dated  bool // a word may be part of a time as it is written
	zone   *time.Location
}

// Matcher makes the filter ready: its days are those of the zone at that moment.
func (f Filter) Matcher(now time.Time, zone *time.Location) Matcher {
	m := Matcher{Within: f.Dates.Range(now, zone), words: strings.Fields(strings.ToLower(f.Text)), zone: zone}
	if len(f.Types) > 0 {
		m.Types = map[string]bool{}
		for _, kind := range f.Types {
			m.Types[kind] = true
		}
	}
	m.dated = strings.ContainsAny(f.Text, "0123456789")
	return m
}

// Finds says whether a row has all words: in what the service wrote, in its
// origin, or in its time as it stands in the window.
func (m Matcher) Finds(row *Row) bool {
	shown := ""
	for _, word := range m.words {
		if strings.Contains(row.words, word) {
			continue
		}
		if shown == "" {
			shown = OriginWords(row.Sent)
			if m.dated {
				shown += "\n" + words.Time(row.At, m.zone)
			}
		}
		if !strings.Contains(shown, word) {
			return false
		}
	}
	return true
}
