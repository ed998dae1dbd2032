package journal_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/activitydesk/activitydesk/client/journal"
)

func look(t *testing.T, j *journal.Journal, id string, at time.Time) {
	t.Helper()
	v := journal.Viewed{ConnectionID: "conn", InstanceID: "INST", CustomerID: id, Name: "Name of " + id, Note: "key of " + id, At: at}
	if err := j.SaveViewed(t.Context(), v); err != nil {
		t.Fatal(err)
	}
}

// viewedIDs lists what was looked at, newest first.
func viewedIDs(t *testing.T, j *journal.Journal, connection string) string {
	t.Helper()
	list, err := j.ListViewed(t.Context(), connection, "inst")
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, v := range list {
		ids = append(ids, v.CustomerID)
	}
	return strings.Join(ids, " ")
}

func TestProfilesThatWereLookedAtAreKeptNewestFirstAndOnce(t *testing.T) {
	path := newPath(t)
	j := open(t, path, journal.Options{})
	look(t, j, "a", noon)
	look(t, j, "b", noon.Add(time.Minute))
	look(t, j, "a", noon.Add(2*time.Minute))
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
	j = open(t, path, journal.Options{})
	if got := viewedIDs(t, j, "conn"); got != "a b" {
		t.Errorf("there is %q", got)
	}
	if got := viewedIDs(t, j, "another"); got != "" {
		t.Errorf("another connection has %q", got)
	}
	list, err := j.ListViewed(t.Context(), "conn", "inst")
	want := journal.Viewed{
		ConnectionID: "conn", InstanceID: "INST", CustomerID: "a", Name: "Name of a", Note: "key of a",
		At: noon.Add(2 * time.Minute).Truncate(time.Microsecond),
	}
	if err != nil || list[0] != want {
		t.Errorf("read back %+v, %v", list, err)
	}
}

func TestOnlyTheNewestProfilesOfAPlaceAreKept(t *testing.T) {
	j := open(t, newPath(t), journal.Options{})
	for i := range journal.MaxViewed + 3 {
		look(t, j, fmt.Sprintf("c%02d", i), noon.Add(time.Duration(i)*time.Second))
	}
	got := strings.Fields(viewedIDs(t, j, "conn"))
	if len(got) != journal.MaxViewed || got[0] != "c22" || got[len(got)-1] != "c03" {
		t.Errorf("there are %d: %q", len(got), got)
	}
}

func TestProfilesAreRemovedOneByOneAndAllAtOnce(t *testing.T) {
	j := open(t, newPath(t), journal.Options{})
	for i, id := range []string{"a", "b", "c"} {
		look(t, j, id, noon.Add(time.Duration(i)*time.Second))
	}
	drop := func(connection, id string) {
		t.Helper()
		if err := j.DropViewed(t.Context(), connection, "inst", id); err != nil {
			t.Fatal(err)
		}
	}
	drop("conn", "b")
	drop("another", "")
	if got := viewedIDs(t, j, "conn"); got != "c a" {
		t.Errorf("there is %q", got)
	}
	drop("conn", "")
	if got := viewedIDs(t, j, "conn"); got != "" {
		t.Errorf("after clearing there is %q", got)
	}
}

func TestViewedProfilesFollowTheRetention(t *testing.T) {
	path := newPath(t)
	j := open(t, path, journal.Options{})
	look(t, j, "old", noon)
	look(t, j, "young", noon.Add(48*time.Hour))
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
	j = open(t, path, journal.Options{Now: at(noon.Add(72 * time.Hour)), Retention: 60 * time.Hour})
	if got := viewedIDs(t, j, "conn"); got != "young" {
		t.Errorf("kept after the retention: %q", got)
	}
	if _, err := j.Purge(t.Context(), noon.Add(49*time.Hour)); err != nil || viewedIDs(t, j, "conn") != "" {
		t.Errorf("purged, there is %q, %v", viewedIDs(t, j, "conn"), err)
	}
}
