// Package timeline is what is known of a customer's activities: it reads them by time
// as each service lets itself be asked, keeps them in order, filters and groups them,
// and knows which of them were sent from here.
package timeline

import (
	"encoding/json"
	"strings"
	"time"

	"github.com/activitydesk/activitydesk/ui/words"
)

// ServiceRow is what the desk reads of a row of the service: the members by
// name. client.Row is one.
type ServiceRow interface {
	Text(name string) string
	Raw() json.RawMessage
}

// Names of UnifiedActivity's fields (contract, section 7); the time has had two.
const (
	FieldActivityTime      = "ActivityTime"
	FieldActivityTimeStamp = "ActivityTimeStamp"

	fieldActivityID = "ActivityId"
)

// Row is one activity of a profile.
type Row struct {
	Key      string    // tells it from all other activities of the profile
	At       time.Time // zero: the row has no time that could be read
	TimeText string    // as the service wrote it
	Type     string    // the label that people gave it, else the type's name
	Title    string
	Detail   string
	Source   string // SourceTableName
	SourceID string // SourceActivityId
	Raw      json.RawMessage

	Sent Mark // zero: not sent from here, as far as the journal knows
	New  bool // it came while the profile was watched, and nobody looked at it yet

	words string // what it is found by, in lower case
}

// Rows reads the service's rows, in their order. TimeField is the name
// that the time has, empty where nobody knows.
func Rows[R ServiceRow](rows []R, timeField string) []Row {
	out := make([]Row, 0, len(rows))
	for _, row := range rows {
		out = append(out, ReadRow(row, timeField))
	}
	return out
}

// ReadRow reads one row of the service, as Rows does.
func ReadRow(row ServiceRow, timeField string) Row {
	text := FirstText(row, timeField, FieldActivityTime, FieldActivityTimeStamp)
	at, _ := ReadServiceTime(text) // a time that cannot be read is shown as it came
	out := Row{
		Key:      row.Text(fieldActivityID),
		At:       at,
		TimeText: text,
		Type:     InBrief(FirstText(row, "ActivityTypeDisplay", "ActivityType")),
		Title:    row.Text("Title"),
		Detail:   FirstText(row, "Description", "URL"),
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

// Compare orders rows newest first; of the same moment by their keys, so that the
// order is always the same. Those without a time come last.
func (r *Row) Compare(other *Row) int {
	if c := other.At.Compare(r.At); c != 0 {
		return c
	}
	return strings.Compare(r.Key, other.Key)
}

// FirstText answers the first of the members that is there and not empty.
func FirstText(row ServiceRow, names ...string) string {
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

// ReadServiceTime reads an instant in the forms in which the service is known
// to write them. One without an offset is in UTC.
func ReadServiceTime(text string) (time.Time, bool) {
	for _, layout := range []string{time.RFC3339Nano, "2006-01-02T15:04:05.999999999", "2006-01-02 15:04:05", time.DateOnly} {
		if at, err := time.Parse(layout, text); err == nil {
			return at, true
		}
	}
	return time.Time{}, false
}

// Headline is the row's first line: the title, or the type where the service
// mapped no title.
func (r Row) Headline() string {
	switch {
	case r.Title != "" && r.Title != r.Type:
		return InBrief(r.Title)
	case r.Type != "":
		return r.Type
	default:
		return "Activity"
	}
}

// Subline is the row's second line: the type where the first line is not it,
// then the detail.
func (r Row) Subline() string {
	parts := make([]string, 0, 2)
	if r.Type != "" && r.Headline() != r.Type {
		parts = append(parts, r.Type)
	}
	if r.Detail != "" {
		parts = append(parts, InBrief(r.Detail))
	}
	return strings.Join(parts, " · ")
}

// mostLineText is how much of a text a line measures and draws, in bytes: a
// megabyte takes a second each time. Copies and the JSON have all of it.
const mostLineText = 600

// InBrief is a text as one line takes it.
func InBrief(text string) string {
	if len(text) <= mostLineText {
		return text
	}
	return words.Clipped(strings.ToValidUTF8(text[:mostLineText], ""), mostLineText/2)
}

// When is the row's time in words: absolute, then relative.
func (r Row) When(now time.Time, zone *time.Location) string {
	if r.At.IsZero() {
		if r.TimeText == "" {
			return "no time"
		}
		return InBrief(r.TimeText)
	}
	text := words.Time(r.At, zone)
	if relative := words.RelativeTime(r.At, now); relative != "" {
		text += " · " + relative
	}
	return text
}
