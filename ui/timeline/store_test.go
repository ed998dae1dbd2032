package timeline

import (
	"fmt"
	"runtime"
	"testing"
	"time"
	"weak"
)

func TestWhatIsDatedAheadIsNotTheNewest(t *testing.T) {
	now := time.Date(2026, 11, 25, 12, 0, 0, 0, time.UTC)
	s := storeOf([]fakeRow{
		{"ActivityId": "1", "ActivityTime": "2027-01-01T00:00:00Z"}, {"ActivityId": "2", "ActivityTime": "2026-11-25T09:00:00Z"},
	})
	if got := s.Newest(now); got.Hour() != 9 {
		t.Errorf("the newest is of %v", got)
	}
	ahead := Rows([]fakeRow{{"ActivityId": "1", "ActivityTime": "2027-01-01T00:00:00Z"}}, "")
	if s.KnowsAny(ahead, now) || !s.KnowsAny(ahead, now.AddDate(1, 0, 0)) {
		t.Error("what is known up to a time is not told apart")
	}
}

func TestARowThatCameInKeepsNothingElseOfItsAnswer(t *testing.T) {
	var store Store
	answer := make([]Row, 100)
	for i := range answer {
		answer[i].Key = fmt.Sprint(i)
	}
	store.Add(answer[:99])
	known := weak.Make(&answer[0])
	if added := store.Add(answer); len(added) != 1 {
		t.Fatalf("%d rows are new", len(added))
	}
	answer = nil
	runtime.GC()
	if known.Value() != nil {
		t.Error("the answer is kept")
	}
}
