// What of a timeline is shown: types, a stretch of time, words. The filters stay
// until they are cleared.

package ui

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/activitydesk/activitydesk/forms"
	"github.com/activitydesk/activitydesk/ui/words"
)

// timeRange is a stretch of time: From is in it, Until is not. A zero end is
// open.
type timeRange struct{ From, Until time.Time }

// has says whether an instant is within the range. What has no time is only in
// the range that is open at both ends.
func (r timeRange) has(at time.Time) bool {
	if at.IsZero() {
		return r.open()
	}
	return (r.From.IsZero() || !at.Before(r.From)) && (r.Until.IsZero() || at.Before(r.Until))
}

func (r timeRange) open() bool { return r.From.IsZero() && r.Until.IsZero() }

// dateKind is how a timeline is filtered by date, as the product has it.
type dateKind int

const (
	datesAll dateKind = iota
	datesAfter
	datesBefore
	datesBetween
	datesLast // the last n days, today among them
)

// dateFilter is a stretch of time as a person asked for it.
type dateFilter struct {
	Kind        dateKind
	From, Until forms.Instant // as typed; of datesAfter, datesBefore, datesBetween
	Days        int           // of datesLast, from 1
}

// Range is the stretch of time. After a day, and between days, includes the
// days themselves; before a day ends where that day begins.
func (d dateFilter) Range(now time.Time, zone *time.Location) timeRange {
	switch d.Kind {
	case datesAfter:
		return timeRange{From: d.From.At}
	case datesBefore:
		return timeRange{Until: d.Until.At}
	case datesBetween:
		return timeRange{From: d.From.At, Until: d.Until.Next()}
	case datesLast:
		return timeRange{From: forms.StartOfDay(now.In(zone).AddDate(0, 0, 1-d.Days))}
	default:
		return timeRange{}
	}
}

// Words say what is shown; empty: all dates.
func (d dateFilter) Words(zone *time.Location) string {
	from, until := instantWords(d.From, zone), instantWords(d.Until, zone)
	switch d.Kind {
	case datesAfter:
		return "from " + from + " on"
	case datesBefore:
		return "before " + until
	case datesBetween:
		return from + " to " + until
	case datesLast:
		if d.Days == 1 {
			return "today"
		}
		return "last " + strconv.Itoa(d.Days) + " days"
	default:
		return ""
	}
}

func instantWords(i forms.Instant, zone *time.Location) string {
	if i.Day {
		return i.At.Format(time.DateOnly) // a day is that of the zone in which it was typed
	}
	return i.At.In(zone).Format(words.TimeLayout)
}

// timelineFilter is what is asked of a timeline.
type timelineFilter struct {
	Types []string // any of them; empty: all
	Dates dateFilter
	Text  string // all of its words
}

// on says that something is left out.
func (f timelineFilter) on() bool {
	return len(f.Types) > 0 || f.Dates.Kind != datesAll || strings.TrimSpace(f.Text) != ""
}

// toggleType adds a type, or takes it away.
func (f *timelineFilter) toggleType(kind string) {
	if i := slices.Index(f.Types, kind); i >= 0 {
		f.Types = slices.Delete(slices.Clone(f.Types), i, i+1)
		return
	}
	f.Types = append(slices.Clone(f.Types), kind)
}

// timelineMatcher is a filter made ready for very many rows.
type timelineMatcher struct {
	types  map[string]bool // nil: all
	within timeRange
	words  []string
	dated  bool // a word may be part of a time as it is written
	zone   *time.Location
}

func (f timelineFilter) matcher(now time.Time, zone *time.Location) timelineMatcher {
	m := timelineMatcher{within: f.Dates.Range(now, zone), words: strings.Fields(strings.ToLower(f.Text)), zone: zone}
	if len(f.Types) > 0 {
		m.types = map[string]bool{}
		for _, kind := range f.Types {
			m.types[kind] = true
		}
	}
	m.dated = strings.ContainsAny(f.Text, "0123456789")
	return m
}

// finds says whether a row has all words: in what the service wrote, in its
// origin, or in its time as it stands in the window.
func (m timelineMatcher) finds(row *timelineRow) bool {
	shown := ""
	for _, word := range m.words {
		if strings.Contains(row.words, word) {
			continue
		}
		if shown == "" {
			shown = originWords(row.Sent)
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
