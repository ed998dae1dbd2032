// What is typed into a field of each kind, however odd: it is sent as it is, or
// refused with a word.

package ui

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/activitydesk/activitydesk/client/journal"
	"github.com/activitydesk/activitydesk/client/metadata"
	"github.com/activitydesk/activitydesk/client/sandbox"
	"github.com/activitydesk/activitydesk/client/withstand"
	"github.com/activitydesk/activitydesk/ui/people"
	"github.com/activitydesk/activitydesk/ui/widgets"
)

// oddValue is a text that is pasted into a field.
type oddValue struct {
	day   string // what it is
	field string
	text  string
	zone  string // the field's; empty: UTC
	sent  string // the value's JSON as it leaves; empty: it is not sent
	says  string // the problem, or the hint; empty: nothing is said
}

// Fields of the survey, one of each kind.
const (
	entitySurvey = "Survey_wideResponses"

	oddText, oddBoolean, oddByte, oddInt64   = "Q001_String", "Q002_Boolean", "Q003_Byte", "Q007_Int64"
	oddSingle, oddDouble, oddDecimal         = "Q008_Single", "Q009_Double", "Q010_Decimal"
	oddDate, oddTimeOfDay, oddMoment, oddKey = "Q011_Date", "Q012_TimeOfDay", "Q013_DateTimeOffset", "ResponseId"
	oddGUID, oddBinary, oddJSON, oddOccured  = "Q014_Guid", "Q015_Binary", "Q016_json", "AnsweredOn"
)

// The words that several values get.
const (
	saysUnseen  = `Holds characters that cannot be seen; the JSON shows them as \u…`
	saysLost    = "Holds �, which stands for a character that was lost before it came here"
	saysRounded = "Sent as typed; the service's type keeps about 15 digits"
	saysTooWide = " is outside -9223372036854775808 to 9223372036854775807. Write a whole number from -9223372036854775808 to 9223372036854775807"
	saysWhole   = ". Write digits alone: 12"
	saysDecimal = ". Write digits, with a point before decimals: 12.50"
	saysDate    = ". Write 2026-11-23, today or yesterday"
	saysMoment  = ". Write 2026-11-23 13:05, now, now-2d or today 09:00"
	saysYears   = "Outside the years 0001 to 9999 in UTC. Write a date between them"
	saysGUID    = ". Write 32 hexadecimal digits as 8-4-4-4-12, such as 98e79d76-a45a-e911-a970-000d3a39c2c9"
	saysBase64  = ". Write the bytes in base64, such as SGVsbG8=, or load them from a file"
)

// oddClock is when odd values are typed.
func oddClock() time.Time { return time.Date(2026, 11, 23, 13, 5, 0, 0, time.UTC) }

// survey is a desk at a sandbox that keeps every byte, in its survey.
type survey struct {
	*working
	wire    *recorder
	service *sandbox.Service
	sends   int
}

func newSurvey(t *testing.T, folder string) *survey {
	t.Helper()
	s := surveyService(t)
	s.again(t, folder)
	return s
}

// surveyService is the service of a survey, without a desk yet.
func surveyService(t *testing.T) *survey {
	t.Helper()
	service, err := sandbox.New(sandbox.Options{Now: oddClock})
	if err != nil {
		t.Fatal(err)
	}
	return &survey{wire: newRecorder(t, service), service: service}
}

// again opens a desk on the folder, also once more.
func (s *survey) again(t *testing.T, folder string) {
	t.Helper()
	s.working = workingAt(t, folder, s.wire, instanceCoffee, func(o *Options) { o.Now = oddClock })
	s.chooseZone("UTC")
	s.pick(entitySurvey)
}

// begin fills a new form with what the survey cannot be sent without.
func (s *survey) begin() {
	s.t.Helper()
	s.sends++
	s.form().Clear()
	s.compose.work.SyncForm()
	s.fill(map[string]string{
		"ResponseId": fmt.Sprintf("RSP_ODD_%d", s.sends), "ContactId": "CNTID_1000", "AnsweredOn": "2026-11-23 12:00",
		"Q090_Decimal": "1", "Q180_SByte": "1", "Q270_Guid": "98e79d76-a45a-e911-a970-000d3a39c2c9",
	})
}

// paste puts the cursor into a field and pastes a text.
func (s *survey) paste(name string, v oddValue) {
	s.t.Helper()
	if v.zone != "" {
		s.form().SetZone(name, mustZone(s.t, v.zone))
	}
	s.form().LeaveOut(name)
	s.compose.work.form.SyncField(name)
	s.compose.work.form.FocusField(name)
	focused, ok := s.window.Canvas().Focused().(fyne.Shortcutable)
	if !ok || s.compose.work.form.FocusedField() != name {
		s.t.Fatalf("the cursor is in %q", s.compose.work.form.FocusedField())
	}
	if field, _ := s.form().Field(name); field.Kind == metadata.KindBoolean {
		s.fill(map[string]string{name: v.text}) // it is chosen; other texts come from files and JSON
		return
	}
	clipboard := test.NewClipboard()
	clipboard.SetContent(v.text)
	focused.TypedShortcut(&fyne.ShortcutPaste{Clipboard: clipboard})
}

// said is the problem of a field, or its hint.
func (s *survey) said(field string) string {
	if p := s.form().Problem(field); p != nil {
		return p.Text
	}
	return s.form().Hint(field)
}

// pasteAll pastes each value into its field and holds what is said of it.
func (s *survey) pasteAll(round map[string]oddValue) {
	s.t.Helper()
	for field, v := range round {
		s.paste(field, v)
		if got := s.said(field); got != v.says {
			s.t.Errorf("%s: it says %q, want %q", v.day, got, v.says)
		}
	}
}

// refused holds that none of the values is sent or lost.
func (s *survey) refused(round map[string]oddValue) {
	s.t.Helper()
	before, typed := len(s.wire.posted()), map[string]string{}
	for field, v := range round {
		typed[field] = s.form().Text(field)
		if s.form().Problem(field) == nil || strings.TrimSpace(typed[field]) != strings.TrimSpace(v.text) {
			s.t.Errorf("%s: typed was %q, the field has %q, problem %v", v.day, v.text, typed[field], s.form().Problem(field))
		}
	}
	s.compose.Send()
	s.queue.run()
	if len(s.wire.posted()) != before || s.form().ProblemCount() != len(round) {
		s.t.Errorf("%d were sent, %d of %d are problems", len(s.wire.posted())-before, s.form().ProblemCount(), len(round))
	}
	for field, text := range typed {
		if got := s.form().Text(field); got != text {
			s.t.Errorf("%s held %q, then %q", field, text, got)
		}
	}
}

// sent sends the form and holds that each value is the same in the preview, on
// the wire, in the journal, at the service, in the history and in the form that
// it opens in again.
func (s *survey) sent(round map[string]oddValue) {
	s.t.Helper()
	shown := s.form().PreviewText()
	s.compose.Send()
	entry := s.untilSent()
	if entry.State != journal.Visible {
		s.t.Fatalf("it is %s: %s", entry.State, s.steps())
	}
	posts := s.wire.posted()
	wire := posts[len(posts)-1].body
	kept, err := s.env.Journal.Get(s.t.Context(), entry.ID)
	if err != nil {
		s.t.Fatal(err)
	}
	if wire != shown || string(kept.Body) != shown {
		s.t.Errorf("sent is something else than shown: %s\nkept: %s", firstDifference(wire, shown), firstDifference(string(kept.Body), shown))
	}
	stored := s.service.Posted(s.session.Place().Instance.ID, entitySurvey)
	members, rows := membersIn(s.t, wire), membersIn(s.t, stored[len(stored)-1])
	for field, v := range round {
		if got := compact(s.t, members[field]); got != v.sent {
			s.t.Errorf("%s: sent is %.300s, want %.300s", v.day, got, v.sent)
		}
		if got := rows[field]; !sameJSON(s.t, got, v.sent) {
			s.t.Errorf("%s: stored is %.300s, want %.300s", v.day, got, v.sent)
		}
	}
	s.form().Clear()
	s.env.Open(PageHistory, EntryArg{ID: entry.ID})
	s.queue.until(s.t, "the entry", func() bool { return s.history.chosen == entry.ID && s.history.detail.body.Text() == shown })
	test.Tap(s.history.detail.use)
	s.queue.until(s.t, "the form", func() bool { return s.shown == s.compose && s.form().Text("ResponseId") == kept.KeyFields[0].Value })
	if got := s.form().PreviewText(); got != shown {
		s.t.Errorf("opened again it is something else: %s", firstDifference(got, shown))
	}
}

// onTheTimeline holds that a text is what its activity's row shows, and that the
// row opens as a new activity with the same text.
func (s *survey) onTheTimeline(values []oddValue) {
	s.t.Helper()
	keys := map[string]oddValue{}
	for _, v := range values {
		s.begin()
		s.paste(oddText, v)
		keys[s.form().Text(oddKey)] = v
		s.sent(map[string]oddValue{oddText: v})
	}
	s.search("CNTID_1000")
	line, seen := s.profiles.timeline, 0
	for at, item := range line.lines.Items {
		if item.Row == nil {
			continue
		}
		row := *item.Row
		v, ok := keys[row.SourceID]
		if !ok {
			continue
		}
		seen++
		text := string([]rune(v.text))
		line.openLine(at)
		if whole := s.shownIn(line.view.detail.fields, "Description"); whole != text {
			s.t.Errorf("%s: the row shows %.200q, sent was %.200q", v.day, whole, text)
		}
		entity, _ := people.FindEntity(s.session.Place().Entities, entitySurvey)
		s.profiles.openAsNew(row, entity)
		s.untilBegun(entitySurvey)
		s.queue.until(s.t, "the form like "+row.SourceID, func() bool { return s.formText(oddText) == text })
		s.goTo(PageProfiles)
	}
	if seen != len(values) {
		s.t.Errorf("%d of %d texts are on the timeline", seen, len(values))
	}
}

// shownIn is the value beside a name in the fields of an open row.
func (s *survey) shownIn(fields *fyne.Container, name string) string {
	for _, o := range fields.Objects {
		line := o.(*fyne.Container).Objects
		if label, ok := line[0].(*widgets.Text); ok && label.Text() == name {
			return line[1].(*widgets.Value).Whole()
		}
	}
	return ""
}

func stringJSON(t testing.TB, text string) string {
	t.Helper()
	quoted, err := json.Marshal(text)
	if err != nil {
		t.Fatal(err)
	}
	return string(quoted)
}

// compact is JSON without what lies between its parts.
func compact(t testing.TB, text string) string {
	t.Helper()
	var out bytes.Buffer
	if err := json.Compact(&out, []byte(text)); err != nil {
		t.Fatalf("%v in %.300s", err, text)
	}
	return out.String()
}

// sameJSON compares values, numbers by their digits.
func sameJSON(t testing.TB, a, b string) bool {
	t.Helper()
	decode := func(text string) (v any) {
		d := json.NewDecoder(strings.NewReader(text))
		d.UseNumber()
		if err := d.Decode(&v); err != nil {
			t.Fatalf("%v in %.300s", err, text)
		}
		return v
	}
	return reflect.DeepEqual(decode(a), decode(b))
}

// cell is the value's row of the table.
func (v oddValue) cell(kind string) withstand.Cell {
	c := withstand.Cell{Day: v.day, While: "pasting it into a field of " + kind, State: "sent as it is", Says: v.says}
	var text string
	if json.Unmarshal([]byte(v.sent), &text) != nil {
		text = v.sent
	}
	switch {
	case v.sent == "":
		c.State = "refused; what was typed stays"
	case text != v.text:
		c.State = "sent as " + v.sent
	}
	if v.says == "" {
		c.Says = "nothing: the preview shows what is sent"
	}
	return c
}

func TestOddValuesAreSentAsTheyAreOrRefusedWithAWord(t *testing.T) {
	s := newSurvey(t, t.TempDir())
	var cells []withstand.Cell
	for _, v := range oddValues() {
		field, _ := s.form().Field(v.field)
		cells = append(cells, v.cell(dataTypeWords(field)))
	}
	for i, round := range s.spread(sendable(oddValues())) {
		t.Run(fmt.Sprint("sent ", i), func(t *testing.T) {
			defer s.within(t)()
			s.begin()
			s.pasteAll(round)
			s.sent(round)
		})
	}
	for i, round := range s.spread(refusable(oddValues())) {
		t.Run(fmt.Sprint("refused ", i), func(t *testing.T) {
			defer s.within(t)()
			s.begin()
			s.pasteAll(round)
			s.refused(round)
		})
	}
	t.Run("on the timeline", func(t *testing.T) {
		defer s.within(t)()
		s.onTheTimeline(slices.DeleteFunc(oddTexts(), func(v oddValue) bool {
			return !slices.Contains([]string{"quotes", "line breaks", "NUL", "U+202E, right to left", "emoji put together", "a text of 10 KB", "blanks alone"}, v.day)
		}))
	})
	withstand.Hold(t, "values", cells)
}

// within has what goes wrong told by a part of the test.
func (s *survey) within(t *testing.T) (end func()) {
	whole := s.t
	s.t = t
	return func() { s.t = whole }
}
