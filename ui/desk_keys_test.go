package ui

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

func TestKeysWorkWithTheCursorInAField(t *testing.T) {
	d := startedDesk(t)
	page := d.notes[PageCompose]
	c := d.window.Canvas()
	c.Focus(page.entry)
	for _, press := range []struct {
		shortcut *desktop.CustomShortcut
		key      fyne.KeyName
		want     string
	}{
		{shortcut: &desktop.CustomShortcut{KeyName: fyne.KeyReturn, Modifier: ctrl}, want: "send"},
		{shortcut: &desktop.CustomShortcut{KeyName: fyne.KeyEnter, Modifier: ctrl}, want: "send"},
		{shortcut: &desktop.CustomShortcut{KeyName: fyne.KeyF, Modifier: ctrl}, want: "find"},
		{shortcut: &desktop.CustomShortcut{KeyName: fyne.KeyN, Modifier: ctrl}, want: "new"},
		{key: fyne.KeyF5, want: "refresh"},
		{key: fyne.KeyEscape, want: "escape"},
	} {
		page.done = nil
		c.Focus(page.entry)
		if press.shortcut != nil {
			page.entry.TypedShortcut(press.shortcut)
		} else {
			page.entry.TypedKey(&fyne.KeyEvent{Name: press.key})
		}
		if !slices.Equal(page.done, []string{press.want}) {
			t.Errorf("%v%s did %q, want %q", press.shortcut, press.key, page.done, press.want)
		}
	}
	for key, want := range map[fyne.KeyName]PageID{
		fyne.Key3: PageProfiles, fyne.Key4: PageHistory, fyne.Key5: PageSettings, fyne.Key1: PageCompose,
		fyne.KeyComma: PageSettings, fyne.Key6: PageConnections,
	} {
		d.goTo(PageCompose)
		page.entry.TypedShortcut(&desktop.CustomShortcut{KeyName: key, Modifier: ctrl})
		if d.shown.ID() != want {
			t.Errorf("Ctrl+%s went to %s, want %s", key, d.shown.ID(), want)
		}
	}
	d.goTo(PageCompose)
	page.entry.TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.Key2, Modifier: ctrl})
	if d.shown.ID() != PageCompose {
		t.Errorf("a page that is not there was shown in place of %s", d.shown.ID())
	}
}

func TestNothingIsSentBehindAnOpenDialog(t *testing.T) {
	d := startedDesk(t)
	page := d.notes[PageCompose]
	d.showKeys()
	if d.free() {
		t.Fatal("the list of keys is not open")
	}
	page.entry.TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyReturn, Modifier: ctrl})
	if len(page.done) != 0 {
		t.Errorf("behind the dialog it did %q", page.done)
	}
}
