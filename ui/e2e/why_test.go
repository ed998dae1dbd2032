package e2e

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/activitydesk/activitydesk/client/journal"
)

// TestWhatIsNotSeenIsExplainedByKey sends to a service whose timeline comes an
// hour later, and asks why nothing is there.
func TestWhatIsNotSeenIsExplainedByKey(t *testing.T) {
	home := t.TempDir()
	elsewhere := serve(t, "--data", filepath.Join("testdata", "membership"), "--key", secretKey, "--token", secretToken, "--index-after", "1h")
	desk := open(t, home)
	desk.stands("Contoso Coffee")
	desk.addConnection("Membership", elsewhere)
	desk.settingsHave(`"Membership"`)
	desk.stands("Membership")
	desk.chooseInstance(1)
	desk.stands("Contoso Trial")
	desk.chooseEntity("Bookings")
	desk.settingsHave("Bookings")
	desk.fill("BookingId", "BOOK_e2e_why")
	desk.fill("MemberId", "MEM_102")
	desk.fill("BookedOn", "2026-11-20T09:30:00Z")
	desk.press("ctrl+Return")
	eventually(t, "the activity to be accepted", func() bool {
		return slices.Equal(states(t, home), []journal.State{journal.Accepted})
	})
	desk.still()

	desk.press("ctrl+k")
	desk.write("Stop looking")
	desk.press("Return")
	desk.press("ctrl+k")
	desk.write("Why is the last send")
	desk.asks("Return")
	desk.still()
	desk.press("Tab", "space") // from Ask again to Copy the findings
	findings := ""
	eventually(t, "the findings", func() bool {
		findings = desk.clipboard()
		return strings.Contains(findings, "Search index not refreshed yet: ")
	})
	desk.picture("why")
	for _, want := range []string{"BOOK_e2e_why", "Search index not refreshed yet: yes", "Unknown customer: no", "Another instance: no"} {
		if !strings.Contains(findings, want) {
			t.Errorf("%q is not in what was found:\n%s", want, findings)
		}
	}
	if strings.Contains(findings, secretKey) || strings.Contains(findings, secretToken) {
		t.Error("the findings hold a secret")
	}
	desk.press("Escape")
	desk.shows("Compose ·")
	if code := desk.end(); code != 0 {
		t.Errorf("exit code %d, want 0", code)
	}
}
