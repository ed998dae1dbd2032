// Types of columns are inferred from all of their values here.

package csvdata

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"time"

	"github.com/activitydesk/activitydesk/client/sandbox/internal/world"
)

// column is one column of a file and how it is read.
type column struct {
	name     string
	friendly string
	format   format
	bad      int // values that are not of the type that sandbox.yaml named
}

// format is a type together with the way in which its values are written.
type format struct {
	kind   world.EDM
	layout string // of dates; empty otherwise
	shown  string // the layout for people
}

var (
	wholeForm   = regexp.MustCompile(`^-?(0|[1-9]\d{0,17})$`)
	decimalForm = regexp.MustCompile(`^-?(0|[1-9]\d*)\.\d{1,20}$|^-?(0|[1-9]\d{0,27})$`)
	doubleForm  = regexp.MustCompile(`^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d{1,3})?$`)
	moneyName   = regexp.MustCompile(`(?i)(price|amount|total|cost|revenue|income|fee)`)
	// Digits that are not counted with: leading zeros and plus signs matter.
	codeName = regexp.MustCompile(`(?i)(post(al)?_?code|zip|phone|telephone|mobile|fax)`)
)

// formats lists what a column can be, the narrowest first. Where the order of
// day and month cannot be told, the month comes first, as in the vendor's files.
func formats() []format {
	list := []format{
		{kind: world.Boolean},
		{kind: world.Int64},
		{kind: world.Decimal},
		{kind: world.Double},
		{kind: world.GUID},
	}
	return append(list, dateFormats()...)
}

func dateFormats() []format {
	dates := []format{
		{world.Date, "2006-01-02", "YYYY-MM-DD"},
		{world.Date, "1/2/2006", "M/D/YYYY"},
		{world.Date, "2/1/2006", "D/M/YYYY"},
		{world.Date, "2.1.2006", "D.M.YYYY"},
		{world.Date, "2006/1/2", "YYYY/M/D"},
		{world.DateTimeOffset, time.RFC3339Nano, "ISO 8601"},
		{world.DateTimeOffset, "2006-01-02T15:04:05", "ISO 8601, read as UTC"},
		{world.DateTimeOffset, "2006-01-02T15:04", "ISO 8601, read as UTC"},
	}
	for _, day := range dates[:5] {
		for _, clock := range []struct{ layout, shown string }{
			{"15:04:05", "hh:mm:ss"}, {"15:04", "hh:mm"}, {"3:04:05 PM", "h:mm:ss AM/PM"}, {"3:04 PM", "h:mm AM/PM"},
		} {
			dates = append(dates, format{
				world.DateTimeOffset, day.layout + " " + clock.layout, day.shown + " " + clock.shown + ", read as UTC",
			})
		}
	}
	return dates
}

// fits says whether a value that is not empty can be read this way.
func (f format) fits(value string) bool {
	switch f.kind {
	case world.Boolean:
		return strings.EqualFold(value, "true") || strings.EqualFold(value, "false")
	case world.Int64:
		return wholeForm.MatchString(value)
	case world.Decimal:
		return decimalForm.MatchString(value)
	case world.Double:
		return doubleForm.MatchString(value)
	case world.Date, world.DateTimeOffset:
		_, err := time.Parse(f.layout, value)
		return err == nil
	case world.String:
		return true
	default:
		// What Go takes for a number is more than what JSON does.
		return (!f.kind.IsNumber() || doubleForm.MatchString(value)) && f.kind.Check(f.decode(value)) == nil
	}
}

// decode is a value as a row carries it. It must fit, else it is null.
func (f format) decode(value string) any {
	switch {
	case f.kind == world.String:
		return value
	case f.kind == world.Boolean:
		return strings.EqualFold(value, "true")
	case f.kind.IsNumber():
		return json.Number(value)
	case f.kind == world.JSON:
		if !json.Valid([]byte(value)) {
			return nil
		}
		return json.RawMessage(value)
	case f.kind.IsTime():
		at, err := time.Parse(f.layout, value)
		if err != nil {
			return nil
		}
		if f.kind == world.Date {
			return at.Format(time.DateOnly)
		}
		return world.FormatTime(at)
	default:
		return value
	}
}

// inferTypes finds each column's format, or takes the one of sandbox.yaml.
func (f *file) inferTypes() error {
	for i := range f.columns {
		c := &f.columns[i]
		if named, ok := f.conf.Types[c.name]; ok {
			kind, err := typeByName(named)
			if err != nil {
				return fmt.Errorf("%s, types, %s: %w", ConfigName, c.name, err)
			}
			c.format = f.formatOf(kind, i)
			continue
		}
		c.format = f.infer(i)
	}
	return nil
}

// infer is the first format that all values of a column fit.
func (f *file) infer(at int) format {
	candidates := formats()
	if codeName.MatchString(f.columns[at].name) {
		return format{kind: world.String}
	}
	if f.conf.DayFirst {
		candidates = dayFirst(candidates)
	}
	seen := false
	for _, row := range f.rows {
		value := strings.TrimSpace(row[at])
		if value == "" {
			continue
		}
		seen = true
		kept := candidates[:0]
		for _, c := range candidates {
			if c.fits(value) {
				kept = append(kept, c)
			}
		}
		if candidates = kept; len(candidates) == 0 {
			break
		}
	}
	if !seen || len(candidates) == 0 {
		return format{kind: world.String}
	}
	if candidates[0].kind == world.Int64 && moneyName.MatchString(f.columns[at].name) {
		return format{kind: world.Decimal} // whole by chance: the next price may have cents
	}
	return candidates[0]
}

// formatOf is how a column of a named type is written: for dates the layout
// that most of its values fit.
func (f *file) formatOf(kind world.EDM, at int) format {
	best, most := format{kind: kind}, -1
	if !kind.IsTime() {
		return best
	}
	candidates := dateFormats()
	if f.conf.DayFirst {
		candidates = dayFirst(candidates)
	}
	for _, c := range candidates {
		n := 0
		for _, row := range f.rows {
			if value := strings.TrimSpace(row[at]); value != "" && c.fits(value) {
				n++
			}
		}
		if n > most {
			best, most = format{kind, c.layout, c.shown}, n
		}
	}
	return best
}

// dayFirst puts layouts with the day before the month before the others.
func dayFirst(list []format) []format {
	var first, rest []format
	for _, f := range list {
		if strings.HasPrefix(f.layout, "2/1/") {
			first = append(first, f)
		} else {
			rest = append(rest, f)
		}
	}
	return append(first, rest...)
}

// value decodes a cell; an empty one is null, and so is one that does not fit,
// which is counted.
func (c *column) value(cell string) any {
	trimmed := strings.TrimSpace(cell)
	if trimmed == "" {
		return nil
	}
	if c.format.kind == world.String {
		return cell
	}
	if !c.format.fits(trimmed) {
		c.bad++
		return nil
	}
	return c.format.decode(trimmed)
}

// typeByName reads a type's name in sandbox.yaml.
func typeByName(name string) (world.EDM, error) {
	short := map[string]world.EDM{
		"text": world.String, "boolean": world.Boolean, "integer": world.Int64, "decimal": world.Decimal,
		"double": world.Double, "date": world.Date, "time": world.TimeOfDay, "datetime": world.DateTimeOffset,
		"guid": world.GUID, "binary": world.Binary, "json": world.JSON,
	}
	if kind, ok := short[strings.ToLower(name)]; ok {
		return kind, nil
	}
	for _, kind := range world.Types() {
		if strings.EqualFold(string(kind), name) {
			return kind, nil
		}
	}
	return "", fmt.Errorf("%q is not a type: use text, boolean, integer, decimal, double, date, time, datetime, "+
		"guid, binary, json or an EDM name such as Edm.Int16", name)
}
