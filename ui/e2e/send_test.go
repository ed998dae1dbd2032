package e2e

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/activitydesk/activitydesk/client/journal"
)

// secretKey and secretToken are easy to recognise in any file.
const (
	secretKey   = "e2e-subscription-key-7c1f0a93"
	secretToken = "e2e-access-token-52d8be4461"
)

// TestAnActivityIsSentFromTheForm is the main job by keyboard alone: a new
// user adds a connection, chooses an instance and an entity, fills the form,
// sends it, and finds the activity on the profile and in the journal.
func TestAnActivityIsSentFromTheForm(t *testing.T) {
	home := t.TempDir()
	elsewhere := serve(t, "--data", filepath.Join("testdata", "membership"), "--key", secretKey, "--token", secretToken)
	desk := open(t, home)
	desk.stands("Contoso Coffee")

	desk.addConnection("Membership", elsewhere)
	desk.settingsHave(`"Membership"`)
	desk.stands("Membership")
	desk.picture("connected")

	desk.chooseInstance(1)
	desk.stands("Contoso Trial")

	desk.chooseEntity("Bookings")
	desk.settingsHave("Bookings")
	desk.fill("BookingId", "BOOK_e2e_1")
	desk.fill("MemberId", "MEM_102")
	desk.fill("BookedOn", "2026-11-20T09:30:00Z")
	desk.fill("Course", "Fencing")
	desk.picture("filled")
	desk.press("ctrl+Return")

	trial := elsewhere.instance("Contoso Trial")
	customer := elsewhere.customer(trial, "MEM_102")
	var sent map[string]any
	eventually(t, "the activity on the profile's timeline", func() bool {
		sent = elsewhere.activity(trial, customer, "BOOK_e2e_1")
		return sent != nil
	})
	if sent["CustomerId"] != customer {
		t.Errorf("the activity is on the profile of %v, want %v", sent["CustomerId"], customer)
	}
	eventually(t, "the journal to know that it is visible", func() bool {
		return slices.Equal(states(t, home), []journal.State{journal.Visible})
	})
	desk.picture("visible")

	t.Run("a double Ctrl+Enter and the same again ask before anything is sent", func(t *testing.T) {
		gone := desk.asks("ctrl+Return", "ctrl+Return")
		desk.picture("again")
		desk.press("Escape")
		gone()
		if n := elsewhere.count(trial, customer, "BOOK_e2e_1"); n != 1 {
			t.Errorf("%d activities on the timeline, want 1", n)
		}
	})

	t.Run("sent again at the person's word, it is already there", func(t *testing.T) {
		desk.asks("ctrl+Return")
		desk.press("Tab", "space") // past Cancel, which has the focus
		eventually(t, "the second send to be already there", func() bool {
			return slices.Equal(states(t, home), []journal.State{journal.AlreadyThere, journal.Visible})
		})
		desk.picture("already-there")
		if n := elsewhere.count(trial, customer, "BOOK_e2e_1"); n != 1 {
			t.Errorf("%d activities on the timeline, want 1", n)
		}
	})

	if code := desk.end(); code != 0 {
		t.Errorf("SIGTERM: exit code %d, want 0", code)
	}
	if found := states(t, home); !slices.Equal(found, []journal.State{journal.AlreadyThere, journal.Visible}) {
		t.Errorf("the journal holds %v", found)
	}
	noSecretIn(t, home, secretKey, secretToken)
	desk.saidNone(secretKey, secretToken)

	t.Run("after a restart it is still connected", func(t *testing.T) {
		desk := open(t, home)
		desk.stands("Contoso Trial")
		desk.shows("Membership")
		if code := desk.end(); code != 0 {
			t.Errorf("exit code %d, want 0", code)
		}
	})
}

// addConnection fills the dialog that adds a connection.
func (w *window) addConnection(name string, to *service) {
	w.t.Helper()
	w.press("ctrl+k")
	w.write("add a conn")
	w.press("Return")
	w.write(name)
	w.press("Tab", "space", "Down", "Down", "Down", "Return") // the last service is: another address
	w.press("Tab", "ctrl+a")
	w.write(to.root)
	w.press("Tab", "space", "Down", "Down", "Down", "Return", "Tab") // the last way of signing in is: a pasted token
	w.write(to.token)
	w.press("Tab")
	w.write(to.key)
	w.picture("connection")
	w.press("Return")
}

// chooseInstance takes an instance from the list, so many lines below the one
// that is chosen.
func (w *window) chooseInstance(below int) {
	w.t.Helper()
	w.press("ctrl+k")
	w.write("choose an inst")
	w.press("Return")
	for range below {
		w.press("Down")
	}
	w.press("Return")
}

// chooseEntity goes to an entity by its name, once the entities are there.
func (w *window) chooseEntity(name string) {
	w.t.Helper()
	eventually(w.t, "the entity "+name+" to be chosen", func() bool {
		w.press("ctrl+1", "ctrl+k")
		w.write(name)
		w.press("Return")
		time.Sleep(300 * time.Millisecond) // the choice is written to the settings
		return w.onDisk("config", name)
	})
}

// fill finds a field by its name and fills it.
func (w *window) fill(field, text string) {
	w.t.Helper()
	w.press("ctrl+f", "ctrl+a")
	w.write(field)
	w.press("Return", "ctrl+a")
	w.write(text)
	w.press("ctrl+f", "ctrl+a", "BackSpace")
}

// settingsHave waits until the settings have the text.
func (w *window) settingsHave(text string) { w.hasOnDisk("config", text) }

// keeps waits until the desk has written the text anywhere in the home folder.
func (w *window) keeps(text string) { w.hasOnDisk("", text) }

func (w *window) hasOnDisk(folder, text string) {
	w.t.Helper()
	eventually(w.t, "the files to hold "+text, func() bool { return w.onDisk(folder, text) })
}

func (w *window) onDisk(folder, text string) bool {
	w.t.Helper()
	return slices.ContainsFunc(files(w.t, filepath.Join(w.home, folder)), func(path string) bool {
		content, err := os.ReadFile(path)
		return err == nil && strings.Contains(string(content), text)
	})
}

// customer is the id of the unified customer behind a member.
func (s *service) customer(instance, member string) string {
	s.t.Helper()
	for _, row := range s.rows(instance, "Customer", "") {
		for name, value := range row {
			if strings.HasSuffix(name, "_Members_MemberId") && value == member {
				id, _ := row["CustomerId"].(string)
				return id
			}
		}
	}
	s.t.Fatalf("no customer has the key %s", member)
	return ""
}

// activity is the row of the profile's timeline that came from the source row,
// nil where there is none.
func (s *service) activity(instance, customer, source string) map[string]any {
	s.t.Helper()
	for _, row := range s.rows(instance, "UnifiedActivity", "CustomerId eq '"+customer+"'") {
		if row["SourceActivityId"] == source {
			return row
		}
	}
	return nil
}

// count is how many rows of the timeline came from the source row.
func (s *service) count(instance, customer, source string) int {
	s.t.Helper()
	n := 0
	for _, row := range s.rows(instance, "UnifiedActivity", "CustomerId eq '"+customer+"'") {
		if row["SourceActivityId"] == source {
			n++
		}
	}
	return n
}

// states are the states of all sends in the journal, newest first, read as a
// second desk would.
func states(t *testing.T, home string) []journal.State {
	t.Helper()
	path := ""
	for _, one := range files(t, filepath.Join(home, "data")) {
		if filepath.Base(one) == "journal.db" {
			path = one
		}
	}
	if path == "" {
		return nil
	}
	second, err := journal.Open(t.Context(), path, journal.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := second.Close(); err != nil {
			t.Error(err)
		}
	}()
	entries, err := second.List(t.Context(), journal.Filter{})
	if err != nil {
		t.Fatal(err)
	}
	var states []journal.State
	for _, entry := range entries {
		states = append(states, entry.State)
	}
	return states
}

// files lists every file below a folder.
func files(t *testing.T, folder string) []string {
	t.Helper()
	var found []string
	err := filepath.WalkDir(folder, func(path string, entry os.DirEntry, err error) error {
		if err == nil && entry.Type().IsRegular() {
			found = append(found, path)
		}
		return nil // what goes away while we look is not what we look for
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// saidNone searches what the desk that has ended wrote to its terminal.
func (w *window) saidNone(secrets ...string) {
	w.t.Helper()
	for _, secret := range secrets {
		if strings.Contains(w.stderr.String(), secret) {
			w.t.Errorf("the terminal has the secret %s", secret)
		}
	}
}

// noSecretIn searches every byte that was written below the home folder.
func noSecretIn(t *testing.T, home string, secrets ...string) {
	t.Helper()
	searched := 0
	for _, path := range files(t, home) {
		content, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		searched++
		for _, secret := range secrets {
			if strings.Contains(string(content), secret) {
				t.Errorf("%s holds the secret %s", path, secret)
			}
		}
	}
	if searched < 2 {
		t.Errorf("only %d files were searched: the desk writes more than that", searched)
	}
}
