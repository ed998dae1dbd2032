// A row of the timeline as a value: an activity of UnifiedActivity in words.

package ui

import (
	"encoding/json"
	"strings"
	"time"

	"github.com/activitydesk/activitydesk/ui/words"
)

// activityRow is what the desk reads of a row of the service: the members by
// name. client.Row is one.
type activityRow interface {
	Text(name string) string
	Raw() json.RawMessage
}

// Names of UnifiedActivity's fields (contract, section 7); the time has had two.
const (
	fieldActivityTime      = "ActivityTime"
	fieldActivityTimeStamp = "ActivityTimeStamp"

	fieldActivityID = "ActivityId"
)

// timelineRow is one activity of a profile.
type timelineRow struct {
	Key      string    // tells it from all other activities of the profile
	At       time.Time // zero: the row has no time that could be read
	TimeText string    // as the service wrote it
	Type     string    // the label that people gave it, else the type's name
	Title    string
	Detail   string
	Source   string // SourceTableName
	SourceID string // SourceActivityId
	Raw      json.RawMessage

	Sent sentMark // zero: not sent from here, as far as the journal knows
	New  bool     // it came while the profile was watched, and nobody looked at it yet

	words string // what it is found by, in lower case
}

// timelineRows reads the service's rows, in their order. TimeField is the name
// that the time has, empty where nobody knows.
func timelineRows[R activityRow](rows []R, timeField string) []timelineRow {
	out := make([]timelineRow, 0, len(rows))
	for _, row := range rows {
		out = append(out, readTimelineRow(row, timeField))
	}
	return out
}

func readTimelineRow(row activityRow, timeField string) timelineRow {
	text := firstText(row, timeField, fieldActivityTime, fieldActivityTimeStamp)
	at, _ := readServiceTime(text) // a time that cannot be read is shown as it came
	out := timelineRow{
		Key:      row.Text(fieldActivityID),
		At:       at,
		TimeText: text,
		Type:     inBrief(firstText(row, "ActivityTypeDisplay", "ActivityType")),
		Title:    row.Text("Title"),
		Detail:   firstText(row, "Description", "URL"),
		Source:   row.Text("SourceTableName"),
		SourceID: row.Text("SourceActivityId"),
		Raw:      row.Raw(),
	}
	if out.Key == "" {
		out.Key = string(out.Raw) // without an id, only the same row is the same activity
	}
	out.words = strings.ToLower(strings.Join([]string{
		out.Type, row.Text("ActivityType"), out.Title, out.Detail, row.Text("URL"), out.Source, out.SourceID, out.TimeText, row.Text("SemanticData"),
	}, "\n"))
	return out
}

// compare orders rows newest first; of the same moment by their keys, so that the
// order is always the same. Those without a time come last.
func (r *timelineRow) compare(other *timelineRow) int {
	if c := other.At.Compare(r.At); c != 0 {
		return c
	}
	return strings.Compare(r.Key, other.Key)
}

// firstText answers the first of the members that is there and not empty.
func firstText(row activityRow, names ...string) string {
	for _, name := range names {
		if name == "" {
			continue
		}
		if text := strings.TrimSpace(row.Text(name)); text != "" {
			return text
		}
	}
	return ""
}

// readServiceTime reads an instant in the forms in which the service is known
// to write them. One without an offset is in UTC.
func readServiceTime(text string) (time.Time, bool) {
	for _, layout := range []string{time.RFC3339Nano, "2006-01-02T15:04:05.999999999", "2006-01-02 15:04:05", time.DateOnly} {
		if at, err := time.Parse(layout, text); err == nil {
			return at, true
		}
	}
	return time.Time{}, false
}

// headline is the row's first line: the title, or the type where the service
// mapped no title.
func (r timelineRow) headline() string {
	switch {
	case r.Title != "" && r.Title != r.Type:
		return inBrief(r.Title)
	case r.Type != "":
		return r.Type
	default:
		return "Activity"
	}
}

// subline is the row's second line: the type where the first line is not it,
// then the detail.
func (r timelineRow) subline() string {
	parts := make([]string, 0, 2)
	if r.Type != "" && r.headline() != r.Type {
		parts = append(parts, r.Type)
	}
	if r.Detail != "" {
		parts = append(parts, inBrief(r.Detail))
	}
	return strings.Join(parts, " · ")
}

// mostLineText is how much of a text a line measures and draws, in bytes: a
// megabyte takes a second each time. Copies and the JSON have all of it.
const mostLineText = 600

// inBrief is a text as one line takes it.
func inBrief(text string) string {
	if len(text) <= mostLineText {
		return text
	}
	return words.Clipped(strings.ToValidUTF8(text[:mostLineText], ""), mostLineText/2)
}

// when is the row's time in words: absolute, then relative.
func (r timelineRow) when(now time.Time, zone *time.Location) string {
	if r.At.IsZero() {
		if r.TimeText == "" {
			return "no time"
		}
		return inBrief(r.TimeText)
	}
	text := words.Time(r.At, zone)
	if relative := words.RelativeTime(r.At, now); relative != "" {
		text += " · " + relative
	}
	return text
}
