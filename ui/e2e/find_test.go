package e2e

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestAProfileIsFoundReadAndForgottenByKey goes the way of who has a person on
// the phone, with the cursor in the search box.
func TestAProfileIsFoundReadAndForgottenByKey(t *testing.T) {
	home := t.TempDir()
	desk := open(t, home)
	desk.stands("Contoso Coffee")
	desk.press("ctrl+3")
	desk.shows("Profiles ·")
	desk.write("Kotlar") // is searched for as it is typed; Enter alone would look in every way
	eventually(t, "the hits below the box", func() bool {
		desk.press("Down", "Down", "Return")
		time.Sleep(time.Second)
		return desk.value(0) == "Petr Kotlarz"
	})
	desk.picture("profile")
	desk.press("ctrl+a")
	desk.write("CNTID_1000")
	desk.press("Return")
	eventually(t, "the profile behind the key", func() bool { return desk.value(0) == "Nora Lindqvist" })

	t.Run("details are shown, found and hidden by key", func(t *testing.T) {
		desk.press("ctrl+shift+i", "ctrl+f")
		desk.write("occup")
		desk.still()
		desk.picture("profile-details")
		desk.press("Escape", "ctrl+shift+h")
		desk.picture("profile-hidden")
		if got := desk.value(0); got != "Nora Lindqvist" {
			t.Errorf("hidden, the name is copied as %q", got)
		}
		desk.press("ctrl+shift+h", "ctrl+shift+i")
	})

	t.Run("a new activity opens Compose", func(t *testing.T) {
		desk.press("ctrl+shift+n")
		desk.write("onlinepurchase")
		desk.press("Escape")
		desk.press("ctrl+shift+n")
		desk.write("reviews")
		desk.press("Return")
		desk.shows("Compose ·")
		desk.press("ctrl+3")
		desk.shows("Profiles ·")
	})

	t.Run("what was viewed is found by name, and forgotten", func(t *testing.T) {
		desk.press("ctrl+k")
		desk.write("Petr Kotlarz")
		desk.press("Return")
		eventually(t, "the profile that was viewed", func() bool { return desk.value(0) == "Petr Kotlarz" })
		desk.press("ctrl+k")
		desk.write("Forget this customer")
		desk.asks("Return")
		desk.picture("forget")
		desk.press("Tab", "Return") // Cancel is first, and Enter alone forgets nobody
		desk.still()
		desk.picture("forgotten")
	})
	if code := desk.end(); code != 0 {
		t.Errorf("exit code %d, want 0", code)
	}
	kept := ""
	for _, file := range files(t, filepath.Join(home, "data")) {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		kept += string(data)
	}
	if strings.Contains(kept, "Petr Kotlarz") || !strings.Contains(kept, "Nora Lindqvist") {
		t.Errorf("kept: Petr %v, Nora %v; want only Nora", strings.Contains(kept, "Petr Kotlarz"), strings.Contains(kept, "Nora Lindqvist"))
	}
}

// value copies the nth value of the profile from the menu of values.
func (w *window) value(n int) string {
	w.t.Helper()
	w.press("ctrl+shift+k")
	w.press(append(repeated("Down", n), "Return")...)
	time.Sleep(200 * time.Millisecond)
	return strings.TrimSpace(w.clipboard())
}

func repeated(key string, n int) []string {
	keys := make([]string, n)
	for i := range keys {
		keys[i] = key
	}
	return keys
}
