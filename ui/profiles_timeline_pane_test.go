package ui

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"github.com/activitydesk/activitydesk/forms"
	"github.com/activitydesk/activitydesk/ui/people"
	"github.com/activitydesk/activitydesk/ui/timeline"
	"github.com/activitydesk/activitydesk/ui/widgets"
	"github.com/activitydesk/activitydesk/ui/words"
)

// visited is a desk that shows the one member of a sandbox with visits.
func visited(t *testing.T, clock *testClock, times ...time.Time) (*working, *timelinePane) {
	t.Helper()
	w := newWorking(t, clocked(clock), visits(times...))
	w.window.Resize(fyne.NewSize(1024, 700))
	w.search("M1")
	w.untilQuiet()
	return w, w.profiles.timeline
}

var visitClock = time.Date(2026, 11, 25, 12, 0, 0, 0, time.UTC)

// toTheEnd scrolls to the last line until nothing older comes.
func (w *working) toTheEnd() {
	w.t.Helper()
	w.onActivities()
	for range 20 {
		before := w.profiles.timeline.lines.Of
		w.press(fyne.KeyEnd)
		w.untilQuiet()
		if w.profiles.timeline.lines.Of == before {
			return
		}
	}
	w.t.Fatal("there is always something older")
}

func TestOlderActivitiesComeAsOneScrollsUntilThereAreNone(t *testing.T) {
	w, line := visited(t, newTestClock(visitClock), hours(450, visitClock)...)
	if line.lines.Of != timeline.PageRows {
		t.Fatalf("%d activities are loaded before anybody scrolls", line.lines.Of)
	}
	if foot := line.view.foot.Text(); !strings.HasPrefix(foot, "100 activities loaded, there may be older ones · loaded 12:00:00") {
		t.Errorf("the foot says %q", foot)
	}
	w.toTheEnd()
	if line.lines.Of != 450 || !strings.Contains(line.view.foot.Text(), "450 activities · loaded") {
		t.Errorf("%d activities at the end, %q", line.lines.Of, line.view.foot.Text())
	}
	if words, act := line.tailWords(); words != "No older activities" || act {
		t.Errorf("the end says %q", words)
	}
	seen := map[string]bool{}
	for _, row := range line.store.Rows {
		if seen[row.SourceID] {
			t.Errorf("%s is there twice", row.SourceID)
		}
		seen[row.SourceID] = true
	}
}

func TestReadingOlderOnesStopsByEscapeAndGoesOnByEnter(t *testing.T) {
	w, line := visited(t, newTestClock(visitClock), hours(150, visitClock)...)
	w.faults("query" + slowly)
	w.onActivities()
	w.press(fyne.KeyEnd)
	if words, _ := line.tailWords(); words != "Reading older activities… Esc stops it" {
		t.Fatalf("the end says %q", words)
	}
	w.escape()
	if words, act := line.tailWords(); !strings.HasPrefix(words, "You stopped") || !act {
		t.Errorf("the end says %q", words)
	}
	w.faults("query:403")
	w.press(fyne.KeyEnd, fyne.KeyReturn)
	w.untilQuiet()
	if words, act := line.tailWords(); !strings.HasPrefix(words, "Older ones were not read: ") || !act {
		t.Errorf("the end says %q", words)
	}
	w.faults("")
	w.press(fyne.KeyReturn)
	w.untilQuiet()
	if line.lines.Of != 150 {
		t.Errorf("%d activities are loaded", line.lines.Of)
	}
}

func TestOlderOnesAreNotReadByThemselvesWhereFewCallsAreLeft(t *testing.T) {
	clock := newTestClock(visitClock)
	w, line := visited(t, clock, hours(150, visitClock)...)
	w.spend(80)
	w.onActivities()
	w.press(fyne.KeyEnd)
	if line.reaching.Running() || line.lines.Of != 100 {
		t.Fatal("the calls that are kept for a person were taken")
	}
	w.press(fyne.KeyReturn) // a person may
	w.untilQuiet()
	if line.lines.Of != 150 {
		t.Errorf("%d activities are loaded", line.lines.Of)
	}
}

func TestADateFarBackIsAskedForAndNotScrolledTo(t *testing.T) {
	times := append(hours(250, visitClock), hours(120, visitClock.AddDate(-5, 0, 0))...)
	w, line := visited(t, newTestClock(visitClock), times...)
	used, _ := w.session.Place().Service.Pacer().Usage()
	day := forms.Instant{At: visitClock.AddDate(-5, 0, 0)}
	line.setDates(timeline.DateFilter{Kind: timeline.DatesBefore, Until: day})
	w.untilQuiet()
	if line.lines.Shown != 100 {
		t.Fatalf("%d activities are shown", line.lines.Shown)
	}
	if now, _ := w.session.Place().Service.Pacer().Usage(); now-used > 2 {
		t.Errorf("it took %d calls", now-used)
	}
	w.toTheEnd()
	if line.lines.Shown != 120 {
		t.Errorf("%d activities are shown at the end", line.lines.Shown)
	}
	// Without the filter, what lies between was not loaded: it is not passed over.
	line.clearFilters()
	if line.lines.Shown != 100 || line.lines.Items[1].Row.At.Before(visitClock.AddDate(0, 0, -5)) {
		t.Errorf("%d are shown", line.lines.Shown)
	}
	w.toTheEnd()
	if line.lines.Of != 370 {
		t.Errorf("%d are loaded at the end", line.lines.Of)
	}
}

func TestFiltersStayUntilTheyAreCleared(t *testing.T) {
	w := newWorking(t)
	w.search("CNTID_1000")
	line := w.profiles.timeline
	all, first := line.lines.Shown, line.lines.Types[0]
	line.view.tally.OnToggled(first.Type)
	if line.lines.Shown != first.Count || !strings.Contains(line.view.foot.Text(), fmt.Sprintf("%d of %d activities", first.Count, all)) {
		t.Errorf("%d are shown of %d, %q", line.lines.Shown, first.Count, line.view.foot.Text())
	}
	if len(line.lines.Types) < 2 {
		t.Error("the other types cannot be chosen any more")
	}
	line.setDates(timeline.DateFilter{Kind: timeline.DatesLast, Days: 3650})
	line.view.find.SetText("nothing has this word")
	if line.lines.Shown != 0 || line.view.state.State() != widgets.StateEmpty {
		t.Errorf("%d are shown, state %v", line.lines.Shown, line.view.state.State())
	}
	w.profiles.Refresh()
	w.goTo(PageCompose)
	w.goTo(PageProfiles)
	w.search("CNTID_1001")
	if f := line.filter; len(f.Types) != 1 || f.Dates.Days != 3650 || f.Text == "" {
		t.Errorf("what is left of the filters: %+v", f)
	}
	if text := w.timelineText(); !strings.Contains(text, "last 3650 days") || !strings.Contains(text, first.Type) {
		t.Errorf("the chips are gone: %q", text)
	}
	confirmIn(t, w, line.view.content, "Clear all filters")
	if line.filter.On() || line.view.find.Text != "" || line.lines.Shown == 0 || line.view.chips.Visible() {
		t.Errorf("filters: %+v, %d shown", line.filter, line.lines.Shown)
	}
}

func TestAnActivityIsFoundByWhatIsTypedInTheList(t *testing.T) {
	w := newWorking(t)
	w.search("CNTID_1000")
	line := w.profiles.timeline
	row := line.lines.Items[3].Row
	w.onActivities()
	for _, r := range row.SourceID {
		w.window.Canvas().Focused().TypedRune(r)
	}
	if line.view.find.Text != row.SourceID || line.lines.Shown < 1 || line.lines.Items[1].Row.SourceID != row.SourceID {
		t.Errorf("found %d by %q", line.lines.Shown, line.view.find.Text)
	}
	line.view.find.SetText(words.Time(row.At, w.env.Zone())) // as it is read in the window
	if line.lines.Shown != 1 {
		t.Errorf("%d are found by their time", line.lines.Shown)
	}
	w.press(fyne.KeyDown)
	if w.window.Canvas().Focused() != line.view.list {
		t.Errorf("Down goes to %T", w.window.Canvas().Focused())
	}
}

func TestARowOpensByKeyToAllItsFieldsAndItsJSON(t *testing.T) {
	w := newWorking(t)
	w.search("CNTID_1000")
	line := w.profiles.timeline
	w.onActivities()
	w.press(fyne.KeyDown, fyne.KeyReturn)
	row := line.openRow()
	if row == nil || row != line.lines.Items[2].Row {
		t.Fatal("the second activity is not open")
	}
	text := textsOf(line.view.detail.content)
	for _, want := range []string{"SourceActivityId", row.SourceID, "SemanticData", "not sent from here"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not there", want)
		}
	}
	if got := strings.Join(strings.Fields(line.view.detail.json.Text()), ""); got != strings.Join(strings.Fields(string(row.Raw)), "") {
		t.Errorf("the JSON is %s", got)
	}
	w.press(fyne.KeyDown)
	if line.openRow() != line.lines.Items[3].Row {
		t.Error("what is open does not follow the keys")
	}
	w.press(desktop.KeyMenu)
	if w.dialog() == nil {
		t.Error("the menu key has no menu")
	}
	w.escape()
	w.window.Canvas().Overlays().Remove(w.dialog())
	w.onActivities()
	w.shortcut(fyne.KeyDown, fyne.KeyModifierAlt)
	if w.dialog() == nil {
		t.Error("Alt+Down has no menu")
	}
	w.window.Canvas().Overlays().Remove(w.dialog())
	w.onActivities()
	w.escape()
	if line.openRow() != nil || line.view.detail.content.Visible() {
		t.Error("Escape does not close the row")
	}
}

func TestWhatWasSentFromHereSaysSoAndCountsItsDays(t *testing.T) {
	clock := newTestClock(visitClock)
	w := newWorking(t, clocked(clock))
	w.chooseZone("UTC") // where no day has another length
	w.purchase("OPID_93001")
	w.compose.Send()
	w.untilShown("Visible on the timeline")
	w.search("CNTID_1000")
	line := w.profiles.timeline
	badges := func() string {
		for _, row := range line.store.Rows {
			if row.SourceID == "OPID_93001" {
				var words []string
				for _, badge := range entryOf(row, w.env.Now(), w.env.Zone()).Badges {
					words = append(words, badge.Text)
				}
				return strings.Join(words, ", ")
			}
		}
		return "not there"
	}
	if got := badges(); got != "sent from here, expires in 30 d" {
		t.Errorf("it says %q", got)
	}
	clock.pass(29*24*time.Hour + 11*time.Hour + 30*time.Minute)
	if got := badges(); got != "sent from here, expires in 12 h" {
		t.Errorf("twelve hours before its end it says %q", got)
	}
	for _, row := range line.store.Rows {
		if row.SourceID != "OPID_93001" && len(entryOf(row, w.env.Now(), w.env.Zone()).Badges) != 1 {
			t.Errorf("%s counts days that nobody knows", row.SourceID)
		}
	}
}

func TestWhatIsLoadedStaysDatedWhereTheServiceRefuses(t *testing.T) {
	w, line := visited(t, newTestClock(visitClock), hours(30, visitClock)...)
	w.faults("query:403")
	line.Refresh()
	w.untilQuiet()
	if foot := line.view.foot.Text(); !strings.HasPrefix(foot, "Old, loaded 12:00:00, F5 reads it again. ") || line.lines.Shown != 30 {
		t.Errorf("%d are shown, %q", line.lines.Shown, foot)
	}
	w.faults("")
	line.Refresh()
	w.untilQuiet()
	if foot := line.view.foot.Text(); strings.Contains(foot, "Old") {
		t.Errorf("the foot says %q", foot)
	}
	if left := w.frame.notices.list; len(left) != 0 {
		t.Errorf("all is well, and it still says %q", left[0].Text)
	}
}

func TestAServiceThatRefusesToSortIsReadMonthByMonthWithAWord(t *testing.T) {
	w := newWorking(t, append(awkward(), clocked(newTestClock(visitClock)), visits(hours(2500, visitClock)...))...)
	w.window.Resize(fyne.NewSize(1024, 700))
	w.search("M1")
	w.untilQuiet()
	line := w.profiles.timeline
	if note := line.view.note.Text(); !strings.Contains(note, "does not sort") {
		t.Errorf("the note says %q", note)
	}
	if !slices.IsSortedFunc(line.store.Rows, (*timeline.Row).Compare) || !line.lines.Items[1].Row.At.Equal(visitClock.Add(-time.Hour)) {
		t.Error("the newest is not first")
	}
	w.toTheEnd()
	if line.lines.Of != 2500 {
		t.Errorf("%d activities are loaded at the end", line.lines.Of)
	}
}

func TestTheDatesCardTakesDatesAsEveryFieldDoes(t *testing.T) {
	w, line := visited(t, newTestClock(visitClock), hours(100, visitClock)...)
	line.askDates(timeline.DatesBetween)
	fields := entriesOf(w.dialog())
	fields[0].SetText("23 Nov 2026")
	fields[1].SetText("soon")
	confirm(t, w, "Show these")
	if w.dialog() == nil || !strings.Contains(textsOf(w.dialog()), "Not a date") {
		t.Fatalf("soon was taken: %q", textsOf(w.dialog()))
	}
	fields[1].SetText("yesterday")
	if !strings.Contains(textsOf(w.dialog()), "Tuesday 24 November 2026") {
		t.Errorf("it does not say what yesterday is: %q", textsOf(w.dialog()))
	}
	confirm(t, w, "Show these")
	if line.lines.Shown != 48 || line.filter.Dates.Words(time.UTC) != "2026-11-23 to 2026-11-24" {
		t.Errorf("%d are shown, %q", line.lines.Shown, line.filter.Dates.Words(time.UTC))
	}
	line.askDates(timeline.DatesBetween)
	fields = entriesOf(w.dialog())
	fields[0].SetText("today")
	fields[1].SetText("yesterday")
	confirm(t, w, "Show these")
	if w.dialog() == nil || !strings.Contains(textsOf(w.dialog()), "Swap them") {
		t.Error("dates in the wrong order were taken")
	}
}

// entriesOf are the fields of a card.
func entriesOf(card fyne.CanvasObject) []*widgets.Entry {
	var fields []*widgets.Entry
	eachObject(card, func(o fyne.CanvasObject) {
		if e, ok := o.(*widgets.Entry); ok {
			fields = append(fields, e)
		}
	})
	return fields
}

func TestACalendarOpensInADateOfTheCard(t *testing.T) {
	w, line := visited(t, newTestClock(visitClock), hours(3, visitClock)...)
	line.askDates(timeline.DatesAfter)
	w.press(fyne.KeyF4)
	w.press(fyne.KeyLeft, fyne.KeyReturn)
	if field := entriesOf(w.dialog())[0]; field.Text != "2026-11-24" {
		t.Errorf("the field says %q", field.Text)
	}
	test.Tap(line.view.dates)
}

func TestATapOnAnotherRowOpensThatOne(t *testing.T) {
	w, line := visited(t, newTestClock(visitClock), hours(30, visitClock)...)
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(line.view.list)
	tap := func(row int) {
		test.TapCanvas(w.window.Canvas(), at.AddXY(200, 30+47*float32(row)+20))
		w.queue.run()
	}
	for _, row := range []int{0, 1, 0} {
		tap(row)
		if line.openRow() != line.lines.Items[row+1].Row {
			t.Fatalf("after a tap on row %d another one is open", row)
		}
	}
	tap(0)
	if line.openRow() != nil {
		t.Error("a second tap does not close the row")
	}
}

func TestWhatWasBeingReadWhenThePageWasLeftIsReadOnReturn(t *testing.T) {
	w, line := visited(t, newTestClock(visitClock), hours(30, visitClock)...)
	w.faults("query" + slowly)
	line.Show(line.place, people.Customer{ID: "another"})
	if len(line.lines.Items) != 0 || strings.Contains(textsOf(line.view.list), "Visit") {
		t.Error("another customer's activities are shown")
	}
	w.goTo(PageCompose)
	w.faults("")
	w.goTo(PageProfiles)
	w.untilQuiet()
	if !line.all.Begun || line.view.state.State() != widgets.StateEmpty {
		t.Errorf("it was not read: state %v", line.view.state.State())
	}
}
