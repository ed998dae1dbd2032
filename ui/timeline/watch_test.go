package timeline

import (
	"slices"
	"strings"
	"testing"
	"time"
)

func TestAProfileThatReceivesVeryMuchTakesNoMoreCallsOfTheWatch(t *testing.T) {
	for name, s := range map[string]*lineService{
		"sorted":   {times: histories()["300 in a minute"]},
		"unsorted": {times: histories()["300 in a minute"], noOrder: true},
	} {
		t.Run(name, func(t *testing.T) {
			for range 4 {
				s.times = slices.Concat(s.times, s.times)
			}
			r := Reader{Service: s, Customer: "c1", Dialect: NewDialect(nil), Now: func() time.Time { return readingNow }, Most: MostOfALook}
			if _, err := r.Newest(t.Context(), TimeRange{}); err != nil {
				t.Fatal(err)
			}
			s.calls = 0
			part, err := r.Newer(t.Context(), WatchSince(readingNow.Add(-time.Second), readingNow))
			if err != nil || len(part.Rows) < PageRows || s.calls > MostOfALook {
				t.Errorf("%d rows in %d calls, %v", len(part.Rows), s.calls, err)
			}
			s.calls = 0
			part, err = r.Newest(t.Context(), TimeRange{})
			if err != nil || s.calls > MostOfALook+1 || part.Limited || part.Ended {
				t.Errorf("a sweep takes %d calls and says %+v, %v", s.calls, part.Cursor, err)
			}
		})
	}
}

func TestOnlyWhatIsNewIsAskedForBetweenTheSweeps(t *testing.T) {
	s := &lineService{times: histories()["300 in a minute"]}
	r := Reader{Service: s, Customer: "c1", Dialect: NewDialect(nil), Now: func() time.Time { return readingNow }}
	since := WatchSince(readingNow.Add(-time.Second), readingNow)
	part, err := r.Newer(t.Context(), since)
	if err != nil || len(part.Rows) != PageRows || !part.Top || !strings.Contains(s.lastFilter, "ge 2026-11-25T10:59:59") {
		t.Errorf("%d rows by %q, %v", len(part.Rows), s.lastFilter, err)
	}
	if got := WatchSince(readingNow.Add(48*time.Hour), readingNow); got.After(readingNow) {
		t.Errorf("an activity of the day after tomorrow hides what comes now: since %v", got)
	}
}
