package e2e

import (
	"net/http"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestAProfileIsWatchedWhileAnotherClientSends is the support agent's hour: a
// profile stands open, something arrives by itself, and a ticket gets a summary.
func TestAProfileIsWatchedWhileAnotherClientSends(t *testing.T) {
	elsewhere := serve(t, "--data", filepath.Join("testdata", "membership"), "--key", secretKey, "--token", secretToken)
	desk := open(t, t.TempDir())
	desk.stands("Contoso Coffee")
	desk.addConnection("Membership", elsewhere)
	desk.settingsHave(`"Membership"`)
	desk.stands("Membership")
	desk.chooseInstance(1)
	desk.stands("Contoso Trial")
	desk.press("ctrl+3")
	desk.shows("Profiles ·")
	desk.write("MEM_102")
	desk.press("Return")
	eventually(t, "the timeline", func() bool { return strings.Contains(desk.shown(), "SourceActivityId") })
	desk.picture("timeline")
	if strings.Contains(desk.shown(), "BOOK_other") {
		t.Fatal("the activity is there before it was sent")
	}

	elsewhere.post(elsewhere.instance("Contoso Trial"), "CSV_Bookings",
		`{"BookingId": "BOOK_other", "MemberId": "MEM_102", "BookedOn": "`+time.Now().UTC().Format(time.RFC3339)+`", "Course": "Rowing"}`)
	time.Sleep(7 * time.Second) // it is watched every 5 s; no key and no mouse meanwhile
	desk.picture("timeline-arrived")
	eventually(t, "the activity of the other client", func() bool { return strings.Contains(desk.shown(), "BOOK_other") })

	t.Run("a row is opened by key and copied as it came", func(t *testing.T) {
		desk.command("Go to the activities")
		desk.press("Home", "Return")
		desk.picture("timeline-row")
		desk.command("Copy the activity as JSON")
		eventually(t, "the newest row", func() bool { return strings.Contains(desk.clipboard(), `"BOOK_other"`) })
		desk.press("Escape")
	})

	t.Run("a summary has nothing of the person", func(t *testing.T) {
		desk.press("ctrl+k")
		desk.write("summary for a ticket")
		gone := desk.asks("Return")
		desk.picture("timeline-summary")
		desk.press("Return")
		gone()
		eventually(t, "the summary", func() bool { return strings.HasPrefix(desk.clipboard(), "instance: ") })
		for _, secret := range []string{"MEM_102", "BOOK_other"} {
			if strings.Contains(desk.clipboard(), secret) {
				t.Errorf("it has %s:\n%s", secret, desk.clipboard())
			}
		}
	})
	if code := desk.end(); code != 0 {
		t.Errorf("exit code %d, want 0", code)
	}
}

// command does something by its name.
func (w *window) command(name string) {
	w.t.Helper()
	w.press("ctrl+k", "ctrl+a") // it may be open still, where the action was not to be had
	w.write(name)
	w.press("Return")
	time.Sleep(200 * time.Millisecond)
}

// shown is what the timeline shows, as CSV.
func (w *window) shown() string {
	w.t.Helper()
	w.command("Copy all shown activities as CSV")
	return w.clipboard()
}

// post stores an activity, past the desk.
func (s *service) post(instance, entity, body string) {
	s.t.Helper()
	request, err := http.NewRequestWithContext(s.t.Context(), http.MethodPost, s.root+"/instances/"+instance+"/data/"+entity, strings.NewReader(body))
	if err != nil {
		s.t.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer "+s.token)
	request.Header.Set("Ocp-Apim-Subscription-Key", s.key)
	request.Header.Set("Content-Type", "application/json")
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		s.t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }() // nothing is lost by it
	if answer.StatusCode/100 != 2 {
		s.t.Fatalf("POST %s answered %s", entity, answer.Status)
	}
}
