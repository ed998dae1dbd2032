package journal_test

import (
	"strings"
	"testing"
	"time"

	"github.com/activitydesk/activitydesk/client/journal"
)

func keysOf(t *testing.T, j *journal.Journal, f journal.Filter) string {
	t.Helper()
	entries, err := j.List(t.Context(), f)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if e.Body != nil || e.Answer != nil || e.AnswerHeader != nil {
			t.Errorf("%s is listed with its body", e.ID)
		}
	}
	return strings.Join(ids(entries), " ")
}

func TestListGivesTheNewestOfWhatTheFilterAsksFor(t *testing.T) {
	now := noon
	j := open(t, newPath(t), journal.Options{Now: func() time.Time { return now }})
	for i, id := range []string{"one", "two", "three%", "four"} {
		now = noon.Add(time.Duration(i) * time.Hour)
		e := purchase(id)
		switch id {
		case "two":
			e.InstanceID, e.CustomerKey = "other", "LOYID_1002"
		case "four":
			e.Entity = "POS_posPurchases"
		}
		e = add(t, j, e)
		if id == "three%" {
			if _, err := j.Update(t.Context(), e.ID, nil, func(e *journal.Entry) {
				e.State, e.Code, e.CustomerID = journal.Refused, "mandatoryFieldsMissing", "customer-3"
			}); err != nil {
				t.Fatal(err)
			}
		}
	}
	all, err := j.List(t.Context(), journal.Filter{})
	if err != nil {
		t.Fatal(err)
	}
	cases := []struct {
		name   string
		filter journal.Filter
		want   string
	}{
		{"all", journal.Filter{}, "four three% two one"},
		{"limit", journal.Filter{Limit: 2}, "four three%"},
		{"next page", journal.Filter{Limit: 2, Before: all[1].Seq}, "two one"},
		{"too high a limit", journal.Filter{Limit: 1 << 40}, "four three% two one"},
		{"instance", journal.Filter{InstanceID: "other"}, "two"},
		{"instance in the other case", journal.Filter{InstanceID: "OTHER"}, "two"},
		{"entity", journal.Filter{Entity: "POS_posPurchases"}, "four"},
		{"states", journal.Filter{States: []journal.State{journal.Refused, journal.Visible}}, "three%"},
		{"customer's key", journal.Filter{Customer: "LOYID_1002"}, "two"},
		{"customer's id", journal.Filter{Customer: "customer-3"}, "three%"},
		{"text of a key", journal.Filter{Text: "TWO"}, "two"},
		{"text of a code", journal.Filter{Text: "fieldsmissing"}, "three%"},
		{"a wildcard is a letter", journal.Filter{Text: "%"}, "three%"},
		{"an underscore is a letter", journal.Filter{Text: "POS_pos"}, "four"},
		{"a backslash is a letter", journal.Filter{Text: `\`}, ""},
		{"since", journal.Filter{Since: noon.Add(2 * time.Hour)}, "four three%"},
		{"until", journal.Filter{Until: noon.Add(time.Hour)}, "one"},
		{"a quote", journal.Filter{Text: "' OR 1=1 --", Entity: `"; DROP TABLE entries`}, ""},
	}
	for _, c := range cases {
		if got := keysOf(t, j, c.filter); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestLatestGivesTheNewestSendOfABody(t *testing.T) {
	j := open(t, newPath(t), journal.Options{})
	first := add(t, j, purchase("OPID_1"))
	second := add(t, j, purchase("OPID_1"))
	add(t, j, purchase("OPID_2"))
	got, ok, err := j.Latest(t.Context(), first.InstanceID, first.Entity, first.BodyDigest)
	if err != nil || !ok || got.ID != second.ID {
		t.Errorf("latest is %s, %v, error %v; want %s", got.ID, ok, err, second.ID)
	}
	if _, ok, err := j.Latest(t.Context(), "other", first.Entity, first.BodyDigest); ok || err != nil {
		t.Errorf("another instance: %v, error %v", ok, err)
	}
}

func TestCountsAreThoseOfTodaysLine(t *testing.T) {
	j := open(t, newPath(t), journal.Options{})
	yesterday := purchase("yesterday")
	yesterday.SentAt = noon.Add(-24 * time.Hour)
	add(t, j, yesterday)
	for _, s := range journal.States() {
		update(t, j, add(t, j, purchase(string(s))).ID, s)
	}
	seen := add(t, j, purchase("accepted, then seen"))
	if _, err := j.Update(t.Context(), seen.ID, nil, func(e *journal.Entry) { e.State, e.Status = journal.Visible, 201 }); err != nil {
		t.Fatal(err)
	}
	got, err := j.Counts(t.Context(), noon.Add(-time.Hour))
	if err != nil {
		t.Fatal(err)
	}
	want := journal.Counts{Accepted: 2, Visible: 2, AlreadyThere: 1, Refused: 1, Uncertain: 1, Sending: 1, Queued: 1}
	if got != want {
		t.Errorf("counts are %+v, want %+v", got, want)
	}
}
