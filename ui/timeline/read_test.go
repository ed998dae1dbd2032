package timeline

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/activitydesk/activitydesk/client"
	"github.com/activitydesk/activitydesk/client/metadata"
	"github.com/activitydesk/activitydesk/ui/people"
)

// lineService is a service's timeline in memory, with the manners of its kind.
type lineService struct {
	times []time.Time // of the activities; the key is the index

	field      string // the time's name; empty: ActivityTime
	noOrder    bool   // refuses $orderby, without saying that it is that
	lies       bool   // takes $orderby, and does not sort
	noFilter   bool   // refuses to filter by time
	noSkip     bool   // refuses $skip
	links      bool   // gives next links
	coarse     bool   // writes milliseconds, and keeps more
	says       bool   // names the option that it refuses
	limit      int    // 0: 100
	calls      int
	sorted     int // calls with $orderby
	failNext   error
	lastFilter string
}

func (s *lineService) name() string {
	if s.field == "" {
		return FieldActivityTime
	}
	return s.field
}

var timeCondition = regexp.MustCompile(`(\w+) (ge|lt) (\d{4}-[0-9T:.\-]+Z)`)

func (s *lineService) Query(_ context.Context, _ string, q client.Query) (client.Page, error) {
	s.calls++
	if err := s.failNext; err != nil {
		s.failNext = nil
		return client.Page{}, err
	}
	s.lastFilter = q.Filter.String()
	refused := func(option string) error {
		e := &client.Error{Kind: client.KindBadRequest, Status: 400}
		if s.says {
			e.Code, e.Target = "unsupportedOperation", option
		}
		return e
	}
	for _, order := range q.OrderBy {
		if s.noOrder || order.Field != s.name() && order.Field != fieldActivityID {
			return client.Page{}, refused("$orderby")
		}
		s.sorted++
	}
	if q.Skip > 0 && s.noSkip {
		return client.Page{}, refused("$skip")
	}
	picked, err := s.pick(q)
	if err != nil {
		return client.Page{}, refused("$filter")
	}
	if len(q.OrderBy) > 0 && !s.lies {
		slices.SortStableFunc(picked, func(a, b int) int { return s.times[b].Compare(s.times[a]) })
	}
	return s.page(picked, q.Skip), nil
}

// pick gives the rows that a filter lets through, in whatever order.
func (s *lineService) pick(q client.Query) ([]int, error) {
	conditions := timeCondition.FindAllStringSubmatch(q.Filter.String(), -1)
	var picked []int
	for i, at := range s.times {
		keep := true
		for _, c := range conditions {
			if s.noFilter || c[1] != s.name() {
				return nil, errors.New("refused")
			}
			bound, err := time.Parse(time.RFC3339Nano, c[3])
			if err != nil {
				return nil, err
			}
			keep = keep && (c[2] == "ge") == !at.Before(bound)
		}
		if keep {
			picked = append(picked, i)
		}
	}
	return picked, nil
}

func (s *lineService) page(picked []int, skip int) client.Page {
	limit := s.limit
	if limit == 0 {
		limit = PageRows
	}
	from := min(skip, len(picked))
	to := min(from+limit, len(picked))
	page := client.Page{}
	for _, i := range picked[from:to] {
		layout := "2006-01-02T15:04:05.000000Z"
		if s.coarse {
			layout = "2006-01-02T15:04:05.000Z"
		}
		row, err := client.ParseRow(fmt.Appendf(nil, `{"ActivityId": "a%05d", %q: %q, "Title": "t%d"}`, i, s.name(), s.times[i].UTC().Format(layout), i))
		if err != nil {
			panic(err)
		}
		page.Rows = append(page.Rows, row)
	}
	if s.links && to < len(picked) {
		rest, _ := json.Marshal(struct {
			Skip   int
			Picked []int
		}{to, picked})
		page.NextLink = string(rest)
	}
	return page
}

func (s *lineService) Next(_ context.Context, p client.Page) (client.Page, error) {
	s.calls++
	var rest struct {
		Skip   int
		Picked []int
	}
	if err := json.Unmarshal([]byte(p.NextLink), &rest); err != nil {
		return client.Page{}, err
	}
	return s.page(rest.Picked, rest.Skip), nil
}

var readingNow = time.Date(2026, 11, 25, 12, 0, 0, 0, time.UTC)

// walked is a timeline that was read to its end.
type walked struct {
	store Store
	last  Part
	calls int
}

// walkTimeline reads a timeline from the newest to its end, as the pane does, and holds
// that what is shown on the way has no holes.
func walkTimeline(t *testing.T, s *lineService, within TimeRange) walked {
	t.Helper()
	r := Reader{Service: s, Customer: "c1", Dialect: NewDialect(nil), Now: func() time.Time { return readingNow }}
	var w walked
	part, err := r.Newest(t.Context(), within)
	for {
		if err != nil {
			t.Fatalf("after %d calls: %v", s.calls, err)
		}
		w.store.Add(part.Rows)
		if !part.Loose && !part.Limited {
			holdsFrom(t, s, &w.store, within, part.Reached)
		}
		if part.Ended || part.Limited {
			w.last, w.calls = part, s.calls
			return w
		}
		if s.calls > 500 {
			t.Fatal("it does not come to an end")
		}
		part, err = r.Older(t.Context(), within, part.Cursor)
	}
}

// holdsFrom holds that all from a time on is loaded.
func holdsFrom(t *testing.T, s *lineService, store *Store, within TimeRange, reached time.Time) {
	t.Helper()
	for i, at := range s.times {
		if within.Has(at) && at.After(After(reached)) && store.Known[fmt.Sprintf("a%05d", i)] == nil {
			t.Fatalf("activity %d of %s is not loaded, though all from %s on should be", i, at, reached)
		}
	}
}

// manners are the kinds of services, by what they refuse.
func manners() map[string]lineService {
	return map[string]lineService{
		"sorts":                            {},
		"sorts, with links":                {links: true},
		"keeps more than it writes":        {coarse: true},
		"with the later name of the time":  {field: FieldActivityTimeStamp},
		"refuses to sort":                  {noOrder: true},
		"refuses to sort, and says so":     {noOrder: true, says: true},
		"refuses to sort, with links":      {noOrder: true, links: true, field: FieldActivityTimeStamp},
		"takes an order and ignores it":    {lies: true},
		"refuses to filter by time":        {noFilter: true},
		"refuses both":                     {noFilter: true, noOrder: true},
		"refuses to sort and keeps more":   {noOrder: true, coarse: true},
		"refuses both, with the late name": {noFilter: true, noOrder: true, field: FieldActivityTimeStamp},
	}
}

// histories are times of activities: few, many, and many at the same moment.
func histories() map[string][]time.Time {
	random := rand.New(rand.NewPCG(1, 2))
	spread := func(n int, over time.Duration) []time.Time {
		times := make([]time.Time, n)
		for i := range times {
			times[i] = readingNow.Add(-time.Duration(random.Int64N(int64(over)))).Truncate(time.Microsecond)
		}
		return times
	}
	tied := func(n, each int, step time.Duration) []time.Time {
		var times []time.Time
		for i := range n {
			for range each {
				times = append(times, readingNow.Add(-time.Duration(i)*step))
			}
		}
		return times
	}
	const year = 365 * 24 * time.Hour
	return map[string][]time.Time{
		"none":                       nil,
		"one":                        spread(1, time.Hour),
		"99 in a day":                spread(99, 24*time.Hour),
		"100 in a day":               spread(100, 24*time.Hour),
		"101 in a year":              spread(101, year),
		"450 in twenty years":        spread(450, 20*year),
		"300 in a minute":            spread(300, time.Minute),
		"300 in a millisecond":       spread(300, time.Millisecond),
		"100 at one moment":          tied(1, 100, 0),
		"350 at one moment":          tied(1, 350, 0),
		"7 moments of 50":            tied(7, 50, time.Hour),
		"5 moments of 130":           tied(5, 130, time.Millisecond),
		"3 moments of 100":           tied(3, 100, 40*24*time.Hour),
		"ahead of now and very old":  append(spread(150, year), readingNow.Add(48*time.Hour), time.Date(1972, 1, 1, 0, 0, 0, 0, time.UTC)),
		"two crowds, ten years gone": append(tied(2, 120, time.Microsecond), slices.Repeat([]time.Time{readingNow.Add(-10 * year)}, 120)...),
	}
}

func TestEachActivityIsReadOnceWhateverTheServiceRefuses(t *testing.T) {
	for manner, service := range manners() {
		for name, times := range histories() {
			t.Run(manner+"/"+name, func(t *testing.T) {
				s := service
				s.times = times
				w := walkTimeline(t, &s, TimeRange{})
				if got := len(w.store.Rows); got != len(times) {
					t.Errorf("%d activities of %d in %d calls", got, len(times), w.calls)
				}
				if !slices.IsSortedFunc(w.store.Rows, (*Row).Compare) {
					t.Error("they are not newest first")
				}
			})
		}
	}
}

func TestAStretchOfTimeIsReadAloneFromItsEnd(t *testing.T) {
	times := histories()["450 in twenty years"]
	from, until := readingNow.AddDate(-12, 0, 0), readingNow.AddDate(-9, 0, 0)
	want := 0
	for _, at := range times {
		if !at.Before(from) && at.Before(until) {
			want++
		}
	}
	for manner, service := range manners() {
		if service.noFilter {
			continue // such a service is read from the newest on
		}
		t.Run(manner, func(t *testing.T) {
			s := service
			s.times = times
			w := walkTimeline(t, &s, TimeRange{From: from, Until: until})
			if len(w.store.Rows) != want || want == 0 {
				t.Errorf("%d activities of %d", len(w.store.Rows), want)
			}
			if w.calls > 6 {
				t.Errorf("it took %d calls", w.calls)
			}
		})
	}
}

func TestAServiceThatSortsNoMoreIsReadAllTheSame(t *testing.T) {
	s := &lineService{times: histories()["450 in twenty years"], says: true}
	r := Reader{Service: s, Customer: "c1", Dialect: NewDialect(nil), Now: func() time.Time { return readingNow }}
	part, err := r.Newest(t.Context(), TimeRange{})
	if err != nil || !part.Dialect.Sorts {
		t.Fatalf("%+v, %v", part.Dialect, err)
	}
	s.noOrder = true
	again := Reader{Service: s, Customer: "c2", Dialect: part.Dialect, Now: r.Now}
	if part, err := again.Newest(t.Context(), TimeRange{}); err != nil || !part.Dialect.Unsorted {
		t.Errorf("%+v, %v", part.Dialect, err)
	}
}

func TestWhatAServiceRefusedIsNotAskedAgain(t *testing.T) {
	s := &lineService{times: histories()["450 in twenty years"], noOrder: true}
	r := Reader{Service: s, Customer: "c1", Dialect: NewDialect(nil), Now: func() time.Time { return readingNow }}
	part, err := r.Newest(t.Context(), TimeRange{})
	if err != nil || !part.Dialect.Unsorted {
		t.Fatalf("%+v, %v", part.Dialect, err)
	}
	s.sorted, s.calls = 0, 0
	again := Reader{Service: s, Customer: "c2", Dialect: part.Dialect, Now: r.Now}
	if _, err := again.Newer(t.Context(), readingNow.Add(-time.Hour)); err != nil {
		t.Fatal(err)
	}
	if s.sorted != 0 || s.calls != 1 {
		t.Errorf("it was asked %d times, %d of them to sort", s.calls, s.sorted)
	}
	if part.Dialect.Words() == "" {
		t.Error("nothing is said of it")
	}
}

func TestAServiceThatGivesItsLimitAndNoMoreIsToldAsThat(t *testing.T) {
	s := &lineService{times: histories()["450 in twenty years"], noFilter: true, noSkip: true}
	w := walkTimeline(t, s, TimeRange{})
	if len(w.store.Rows) != PageRows || !w.last.Limited || w.last.Ended {
		t.Errorf("%d activities, limited: %v, ended: %v", len(w.store.Rows), w.last.Limited, w.last.Ended)
	}
}

func TestMetadataNamesTheTimeAndRowsCorrectIt(t *testing.T) {
	unified := metadata.Entity{Name: people.EntityUnifiedActivity, QualifiedName: people.EntityUnifiedActivity, TimestampAttribute: "When"}
	s := &lineService{times: histories()["101 in a year"], field: "When"}
	r := Reader{Service: s, Customer: "c1", Dialect: NewDialect([]metadata.Entity{unified}), Now: func() time.Time { return readingNow }}
	if _, err := r.Newest(t.Context(), TimeRange{}); err != nil || s.calls != 1 || r.Dialect.Time() != "When" {
		t.Errorf("by the metadata: %d calls, %q, %v", s.calls, r.Dialect.Time(), err)
	}
	// The metadata hides it: the names of other versions are tried.
	s = &lineService{times: histories()["101 in a year"], field: FieldActivityTimeStamp}
	r = Reader{Service: s, Customer: "c1", Dialect: NewDialect(nil), Now: r.Now}
	if _, err := r.Newest(t.Context(), TimeRange{}); err != nil || r.Dialect.Time() != FieldActivityTimeStamp || !r.Dialect.Sorts {
		t.Errorf("without metadata: %+v, %v", r.Dialect, err)
	}
	if strings.Contains(s.lastFilter, FieldActivityTime+" ") {
		t.Errorf("it was filtered by %q", s.lastFilter)
	}
}

func TestAFailureIsAFailureAndTeachesNothing(t *testing.T) {
	s := &lineService{times: histories()["one"], failNext: &client.Error{Kind: client.KindForbidden, Status: 403}}
	r := Reader{Service: s, Customer: "c1", Dialect: NewDialect(nil), Now: func() time.Time { return readingNow }}
	var said *client.Error
	if _, err := r.Newest(t.Context(), TimeRange{}); !errors.As(err, &said) || s.calls != 1 {
		t.Errorf("%v after %d calls", err, s.calls)
	}
}

func TestTheNewestTakeThePlaceOfWhatExpiredAndLeaveWhatIsOlder(t *testing.T) {
	at := func(hour int) time.Time { return readingNow.Add(time.Duration(hour) * time.Hour) }
	row := func(key string, hour int) Row { return Row{Key: key, At: at(hour)} }
	var s Store
	s.Add([]Row{row("a", -1), row("b", -2), row("c", -3), row("d", -4), {Key: "no time"}})
	added := s.Replace([]Row{row("new", 0), row("a", -1), row("c", -3)}, TimeRange{}, at(-3))
	var keys []string
	for _, r := range s.Rows {
		keys = append(keys, r.Key)
	}
	if len(added) != 1 || added[0].Key != "new" || !slices.Equal(keys, []string{"new", "a", "c", "d", "no time"}) {
		t.Errorf("added %d, left %q", len(added), keys)
	}
}
