package ui

import (
	"bytes"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"github.com/activitydesk/activitydesk/ui/timeline"
	"github.com/activitydesk/activitydesk/ui/widgets"
)

// aPurchase is the body of a purchase of the sandbox's first customer.
func aPurchase(key, when string) string {
	return fmt.Sprintf(`{"PurchaseId": %q, "ContactId": "CNTID_1000", "PurchasedOn": %q, "TotalPrice": 12.50}`, key, when)
}

// postedByAnother stores an activity past the desk, as another client does.
func (w *working) postedByAnother(entity, body string) {
	w.t.Helper()
	server, place := w.services.sandbox, w.session.Place()
	address := server.Root() + "/instances/" + place.Instance.ID + "/data/" + entity
	request, err := http.NewRequestWithContext(w.t.Context(), http.MethodPost, address, bytes.NewReader([]byte(body)))
	if err != nil {
		w.t.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer "+server.Token())
	request.Header.Set("Ocp-Apim-Subscription-Key", server.Key())
	request.Header.Set("Content-Type", "application/json")
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	answer, err := client.Do(request)
	if err != nil {
		w.t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	if answer.StatusCode/100 != 2 {
		w.t.Fatalf("the other client was answered %s", answer.Status)
	}
}

// spend makes calls of the minute's budget.
func (w *working) spend(calls int) {
	w.t.Helper()
	pacer := w.session.Place().Service.Pacer()
	for range calls {
		if err := pacer.Wait(w.t.Context()); err != nil {
			w.t.Fatal(err)
		}
	}
}

// onActivities puts the cursor into the list of activities.
func (w *working) onActivities() { w.window.Canvas().Focus(w.profiles.timeline.view.list) }

// untilQuiet waits until nothing is read for the timeline.
func (w *working) untilQuiet() {
	w.t.Helper()
	line := w.profiles.timeline
	w.queue.until(w.t, "the timeline to be read", func() bool {
		return !line.reading.Running() && !line.reaching.Running() && !line.watching.Running()
	})
}

// watchOnce has the watch ask, and waits for the answer.
func (w *working) watchOnce() {
	w.t.Helper()
	w.profiles.timeline.watch.next = time.Time{}
	w.profiles.timeline.tick()
	w.untilQuiet()
}

// clocked gives the desk a clock that stands.
func clocked(clock *testClock) func(*Options) { return func(o *Options) { o.Now = clock.now } }

// stoppedClock is for pictures.
func stoppedClock() []func(*Options) { return []func(*Options){clocked(newTestClock(time.Now()))} }

// visits makes the sandbox serve one member, M1, with visits at the times.
func visits(times ...time.Time) func(*Options) {
	return func(o *Options) {
		var rows strings.Builder
		rows.WriteString("VisitId,MemberId,VisitedOn,Note\n")
		for i, at := range times {
			fmt.Fprintf(&rows, "V%05d,M1,%s,Visit %d\n", i, at.UTC().Format("2006-01-02T15:04:05.000Z"), i)
		}
		folder := filepath.Join(o.Folders.Config, "visits")
		for name, text := range map[string]string{"Members.csv": "MemberId,Name\nM1,Nora\nM2,Per\n", "Visits.csv": rows.String()} {
			if err := os.MkdirAll(folder, 0o700); err != nil {
				panic(err)
			}
			if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
				panic(err)
			}
		}
		o.Sandbox.Data = folder
	}
}

// hours gives n times, an hour apart, the last one before an end.
func hours(n int, end time.Time) []time.Time {
	times := make([]time.Time, n)
	for i := range times {
		times[i] = end.Add(-time.Duration(i+1) * time.Hour)
	}
	return times
}

// long is a sandbox whose one member has 450 activities.
func long() []func(*Options) { return []func(*Options){visits(hours(450, time.Now())...)} }

// timelineText is what a person reads of the timeline.
func (w *working) timelineText() string { return textsOf(w.profiles.timeline.view.content) }

func (d *drawing) filteredTimeline() {
	d.t.Helper()
	d.search("CNTID_1000")
	line := d.profiles.timeline
	line.setFilter(timeline.Filter{Types: []string{line.lines.Types[0].Type}, Dates: timeline.DateFilter{Kind: timeline.DatesLast, Days: 30}})
}

func (d *drawing) watchedTimeline() {
	d.t.Helper()
	d.search("CNTID_1000")
	now := time.Now().UTC()
	d.postedByAnother(entityPurchases, aPurchase("OPID_98001", now.Add(-40*time.Second).Format(time.RFC3339)))
	d.postedByAnother(entityPurchases, aPurchase("OPID_98002", now.Add(-10*time.Second).Format(time.RFC3339)))
	d.watchOnce()
}

func (d *drawing) personalSummary() {
	d.t.Helper()
	d.search("CNTID_1000")
	d.profiles.timeline.CopySummary()
	eachObject(d.dialog(), func(o fyne.CanvasObject) {
		if c, ok := o.(*widgets.Check); ok {
			c.Tapped(nil)
		}
	})
}

func (d *drawing) oldTimeline() {
	d.t.Helper()
	d.search("CNTID_1000")
	d.faults("query:503")
	d.profiles.timeline.Refresh()
	d.queue.until(d.t, "the failure", func() bool { return d.profiles.timeline.old != nil })
}

func (d *drawing) longTimeline() {
	d.t.Helper()
	d.search("M1")
	d.untilQuiet()
	d.faults("query:slow=60s")
	d.onActivities()
	d.press(fyne.KeyEnd)
}

// crowdedTimeline has all that can stand around the list.
func (d *drawing) crowdedTimeline() {
	d.t.Helper()
	d.watchedTimeline()
	line := d.profiles.timeline
	line.setFilter(timeline.Filter{Types: []string{"OnlinePurchase", "POS Purchase"}, Dates: timeline.DateFilter{Kind: timeline.DatesLast, Days: 90}})
	line.openLine(2)
	d.faults("query:403")
	d.watchOnce()
	line.Refresh()
	d.untilQuiet()
}
