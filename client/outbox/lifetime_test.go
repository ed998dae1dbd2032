package outbox_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/activitydesk/activitydesk/client/journal"
	"github.com/activitydesk/activitydesk/client/outbox"
)

// left is a countdown in short: "30 d", "23 h", "59 min", "0".
func left(l outbox.Lifetime, now time.Time, zone *time.Location) string {
	n, unit := l.Left(now, zone)
	if n == 0 {
		return "0"
	}
	return fmt.Sprint(n, " ", [...]string{"d", "h", "min"}[unit])
}

// zurich changes its clocks on 2026-10-25 (25 hours) and 2027-03-28 (23 hours).
func zurich(t *testing.T) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation("Europe/Zurich")
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

func TestAnActivityIsKeptThirtyDaysToTheSecond(t *testing.T) {
	l := outbox.LifetimeOf(journal.Entry{Operation: journal.OperationPost, State: journal.Accepted, AnsweredAt: noon})
	for _, c := range []struct {
		after   time.Duration
		want    string
		expired bool
	}{
		{0, "30 d", false},
		{40 * time.Second, "30 d", false},
		{12*time.Hour - time.Second, "30 d", false}, // still the same day
		{12 * time.Hour, "29 d", false},             // the next one
		{29*24*time.Hour - time.Second, "1 d", false},
		{29 * 24 * time.Hour, "1 d", false},
		{29*24*time.Hour + time.Second, "23 h", false},
		{30*24*time.Hour - time.Hour, "1 h", false},
		{30*24*time.Hour - time.Hour + time.Second, "60 min", false},
		{30*24*time.Hour - 61*time.Second, "2 min", false},
		{30*24*time.Hour - time.Second, "1 min", false},
		{30 * 24 * time.Hour, "0", true},
		{30*24*time.Hour + time.Second, "0", true},
	} {
		now := noon.Add(c.after)
		if got := left(l, now, time.UTC); got != c.want || l.Expired(now) != c.expired {
			t.Errorf("after %v: %s left, expired %v; want %s, %v", c.after, got, l.Expired(now), c.want, c.expired)
		}
	}
}

func TestAnUpdateOfAProfileIsKeptFourHoursToTheSecond(t *testing.T) {
	l := outbox.LifetimeOf(journal.Entry{Operation: journal.OperationPatch, State: journal.Accepted, AnsweredAt: noon})
	for _, c := range []struct {
		after   time.Duration
		want    string
		expired bool
	}{
		{0, "4 h", false},
		{time.Second, "3 h", false},
		{4*time.Hour - time.Second, "1 min", false},
		{4 * time.Hour, "0", true},
		{4*time.Hour + time.Second, "0", true},
	} {
		now := noon.Add(c.after)
		if got := left(l, now, time.UTC); got != c.want || l.Expired(now) != c.expired || !l.Profile {
			t.Errorf("after %v: %s left, expired %v; want %s, %v", c.after, got, l.Expired(now), c.want, c.expired)
		}
	}
}

func TestThirtyDaysOverAChangeOfTheClocksAreThirtyTimes24Hours(t *testing.T) {
	zone := zurich(t)
	for name, c := range map[string]struct {
		sent  string // in Zurich
		until string
		first string // left when it was sent
		last  string // left 24 hours before the end
	}{
		// In winter the clocks go back: the same instant is an hour earlier by them.
		"into winter":               {"2026-10-20 12:00:00", "2026-11-19 11:00:00", "30 d", "1 d"},
		"into winter, by midnight":  {"2026-10-20 00:30:00", "2026-11-18 23:30:00", "29 d", "1 d"},
		"into summer":               {"2027-03-20 12:00:00", "2027-04-19 13:00:00", "30 d", "1 d"},
		"into summer, by midnight":  {"2027-03-20 23:30:00", "2027-04-20 00:30:00", "31 d", "1 d"},
		"ending on a day of 25":     {"2026-09-25 23:30:00", "2026-10-25 22:30:00", "30 d", "1 d"},
		"ending in the doubled one": {"2026-09-25 02:30:00", "2026-10-25 02:30:00", "30 d", "1 d"},
	} {
		t.Run(name, func(t *testing.T) {
			sent, err := time.ParseInLocation(time.DateTime, c.sent, zone)
			if err != nil {
				t.Fatal(err)
			}
			l := outbox.LifetimeOf(journal.Entry{State: journal.Visible, AnsweredAt: sent})
			if got := l.Until.In(zone).Format(time.DateTime); got != c.until {
				t.Errorf("it ends %s, want %s", got, c.until)
			}
			if got := left(l, sent, zone); got != c.first {
				t.Errorf("%s left when it was sent, want %s", got, c.first)
			}
			if got := left(l, l.Until.Add(-24*time.Hour), zone); got != c.last {
				t.Errorf("%s left 24 hours before the end, want %s", got, c.last)
			}
			if l.Expired(l.Until.Add(-time.Second)) || !l.Expired(l.Until.Add(time.Second)) {
				t.Error("it does not end at its end")
			}
		})
	}
}

func TestTwentyFourHoursOfADayOf25AreOneDay(t *testing.T) {
	zone := zurich(t)
	begin := time.Date(2026, 10, 25, 0, 0, 0, 0, zone)
	l := outbox.LifetimeOf(journal.Entry{State: journal.Accepted, ValidUntil: begin.Add(24 * time.Hour)})
	if got := left(l, begin, zone); got != "1 d" || !l.Asked {
		t.Errorf("%s left, asked %v", got, l.Asked)
	}
}

func TestOnlyWhatIsKnownToBeStoredHasALifetime(t *testing.T) {
	for state, want := range map[journal.State]bool{
		journal.Accepted: true, journal.Visible: true,
		journal.AlreadyThere: false, journal.Uncertain: false, journal.Refused: false,
		journal.Queued: false, journal.Sending: false,
	} {
		l := outbox.LifetimeOf(journal.Entry{State: state, SentAt: noon, AnsweredAt: noon, ValidUntil: noon.Add(time.Hour)})
		if l.Known() != want || l.Expired(noon.AddDate(1, 0, 0)) != want {
			t.Errorf("%s: known %v", state, l.Known())
		}
	}
	if outbox.LifetimeOf(journal.Entry{State: journal.Accepted}).Known() {
		t.Error("one of which no time is known has a lifetime")
	}
}
