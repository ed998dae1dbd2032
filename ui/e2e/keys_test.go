package e2e

import (
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestTheKeysWorkWithTheCursorInAField is about a habit of the toolkit: it
// hands a shortcut to the focused text field and stops there.
func TestTheKeysWorkWithTheCursorInAField(t *testing.T) {
	home := t.TempDir()
	desk := open(t, home)
	desk.stands("Contoso Coffee")
	inField := func() {
		desk.press("ctrl+1")
		desk.shows("Compose ·")
		desk.press("ctrl+f", "ctrl+a")
		desk.write("Subject")
		desk.press("Return") // the cursor is now in the field Subject
	}
	for key, page := range map[string]string{
		"ctrl+2": "Batch ·", "ctrl+3": "Profiles ·", "ctrl+4": "History ·", "ctrl+5": "Settings ·", "ctrl+6": "Connections ·", "ctrl+comma": "Settings ·",
	} {
		inField()
		desk.press(key)
		desk.shows(page)
	}

	t.Run("typing goes on after a key that is not the field's", func(t *testing.T) {
		inField()
		desk.press("ctrl+a")
		desk.write("abc")
		desk.press("F5")
		desk.write("def")
		desk.holds("abcdef") // asked again until what F5 loads is there: the form that comes with it has nothing marked
	})

	t.Run("undo and redo are the form's, not the text field's", func(t *testing.T) {
		desk.fillSurely("Subject", "first")
		desk.goInto("Subject") // coming anew begins a new step
		desk.press("End")
		desk.write(" second")
		desk.holds("first second")
		desk.press("ctrl+z")
		desk.holds("first")
		desk.press("ctrl+shift+z")
		desk.holds("first second")
	})

	t.Run("Ctrl+S saves a preset", func(t *testing.T) {
		desk.goInto("Subject")
		desk.press("ctrl+s")
		desk.write("Morning run") // over the name that is suggested
		desk.press("Return")
		desk.keeps("Morning run")
	})

	t.Run("the dialog that finds a customer opens over the field and fills it", func(t *testing.T) {
		desk.goInto("ContactId")
		desk.press("ctrl+shift+l")
		desk.write("Lindqvist")
		eventually(t, "the key in the field", func() bool {
			time.Sleep(time.Second) // what is typed rests, and is searched for
			desk.press("Return")
			return desk.copied() == "CNTID_1000"
		})
	})

	t.Run("Ctrl+Enter sends nothing that is not complete", func(t *testing.T) {
		desk.press("ctrl+Return")
		desk.picture("incomplete")
		if found := states(t, home); len(found) != 0 {
			t.Errorf("the journal holds %v, want nothing", found)
		}
	})

	t.Run("F1 lists the keys and Esc closes the list", func(t *testing.T) {
		desk.press("F1")
		desk.picture("keys")
		desk.press("ctrl+5") // nothing goes on behind an open card
		desk.press("Escape", "ctrl+3")
		desk.shows("Profiles ·")
	})

	t.Run("Ctrl+K leads to a field and to a page by name", func(t *testing.T) {
		inField()
		desk.press("ctrl+k")
		desk.write("hist")
		desk.picture("anywhere")
		desk.press("Return")
		desk.shows("History ·")
		desk.press("ctrl+k")
		desk.write("totalpr")
		desk.press("Tab", "shift+Tab", "Return") // down and up again in the list
		desk.shows("Compose ·")
		desk.press("ctrl+a")
		desk.write("12.5")
		desk.press("ctrl+a", "ctrl+c")
		eventually(t, "the field's text on the clipboard", func() bool { return desk.clipboard() == "12.5" })
	})

	if err := desk.cmd.Process.Signal(syscall.SIGINT); err != nil {
		t.Fatal(err)
	}
	if code := desk.wait(); code != 0 {
		t.Errorf("SIGINT: exit code %d, want 0", code)
	}
}

// TestProductionIsReadOnlyUntilItIsUnlocked sends to the sandbox's production
// instance: nothing leaves before its name was typed, and while it is unlocked
// nothing leaves unconfirmed.
func TestProductionIsReadOnlyUntilItIsUnlocked(t *testing.T) {
	home := t.TempDir()
	desk := open(t, home)
	desk.stands("Contoso Coffee")
	desk.chooseInstance(2)
	desk.stands("Contoso production (PRODUCTION)")
	desk.fill("PurchaseId", "OPID_e2e_1")
	desk.fill("ContactId", "CNTID_1000")
	desk.fill("PurchasedOn", "2026-11-20T09:30:00Z")
	desk.asks("ctrl+Return")
	desk.picture("locked")
	desk.write("contoso coffee")
	desk.press("Return")
	if found := states(t, home); len(found) != 0 {
		t.Fatalf("with another name typed, the journal holds %v", found)
	}
	desk.press("ctrl+a")
	desk.write("Contoso production")
	desk.picture("unlocking")
	desk.press("Return")
	eventually(t, "the activity in the journal", func() bool {
		found := states(t, home)
		return len(found) == 1 && strings.Contains("accepted visible", string(found[0]))
	})
	desk.picture("unlocked")

	t.Run("while it is unlocked a double Ctrl+Enter confirms nothing", func(t *testing.T) {
		desk.fill("PurchaseId", "OPID_e2e_2")
		gone := desk.asks("ctrl+Return", "ctrl+Return")
		desk.picture("asked")
		desk.press("Escape")
		gone()
		if found := states(t, home); len(found) != 1 {
			t.Fatalf("the journal holds %v", found)
		}
	})
	t.Run("one yes sends one", func(t *testing.T) {
		gone := desk.asks("ctrl+Return")
		desk.press("Tab", "space") // past Cancel, which has the focus
		gone()
		eventually(t, "the second activity in the journal", func() bool {
			found := states(t, home)
			return len(found) == 2 && strings.Contains("accepted visible", string(found[0]))
		})
	})
	t.Run("one key locks it again", func(t *testing.T) {
		desk.fill("PurchaseId", "OPID_e2e_3")
		desk.press("ctrl+l")
		gone := desk.asks("ctrl+Return")
		desk.picture("locked-again")
		desk.press("Tab", "Tab", "space") // no name: nothing
		desk.press("Escape")
		gone()
		if found := states(t, home); len(found) != 2 {
			t.Errorf("the journal holds %v", found)
		}
	})
	if code := desk.end(); code != 0 {
		t.Errorf("exit code %d, want 0", code)
	}
}
