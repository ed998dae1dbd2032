package ui

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// deaf does nothing and notes what it was asked.
type deaf struct{ asked []string }

func (d *deaf) note(what string)    { d.asked = append(d.asked, what) }
func (d *deaf) send()               { d.note("send") }
func (d *deaf) newActivity()        { d.note("new") }
func (d *deaf) find()               { d.note("find") }
func (d *deaf) refresh()            { d.note("refresh") }
func (d *deaf) goAnywhere()         { d.note("anywhere") }
func (d *deaf) moveLines()          { d.note("lines") }
func (d *deaf) lockOrUnlock()       { d.note("lock") }
func (d *deaf) noLock() string      { return "" }
func (d *deaf) cannotSend() string  { return "" }
func (d *deaf) cannotBegin() string { return "" }
func (d *deaf) cannotFind() string  { return "" }
func (d *deaf) goTo(id PageID)      { d.note("go " + string(id)) }
func (d *deaf) escape()             { d.note("escape") }
func (d *deaf) showKeys()           { d.note("keys") }
func (d *deaf) end()                { d.note("end") }

func TestNoTwoCommandsShareAKey(t *testing.T) {
	seen := map[string]string{}
	for _, c := range commands(&deaf{}) {
		if len(c.chords) == 0 {
			t.Errorf("%q has no key", c.title)
		}
		for _, chord := range c.chords {
			label := chord.label(false)
			if other, ok := seen[label]; ok {
				t.Errorf("%s is %q and %q", label, other, c.title)
			}
			seen[label] = c.title
		}
	}
	for _, key := range []string{"Ctrl+Enter", "Ctrl+F", "F5", "Ctrl+1", "Ctrl+2", "Ctrl+3", "Ctrl+4", "Ctrl+5", "Ctrl+6", "Ctrl+N", "Ctrl+L", "Ctrl+,", "Esc", "F1"} {
		if seen[key] == "" {
			t.Errorf("%s does nothing", key)
		}
	}
}

func TestKeysAreWrittenAsThePlatformDoes(t *testing.T) {
	for _, c := range []struct {
		chord chord
		mac   bool
		want  string
	}{
		{chord{fyne.KeyReturn, fyne.KeyModifierControl}, false, "Ctrl+Enter"},
		{chord{fyne.KeyReturn, fyne.KeyModifierSuper}, true, "⌘↩"},
		{chord{fyne.KeyComma, fyne.KeyModifierControl}, false, "Ctrl+,"},
		{chord{fyne.KeyK, fyne.KeyModifierControl | fyne.KeyModifierShift}, false, "Ctrl+Shift+K"},
		{chord{fyne.KeyF5, 0}, true, "F5"},
		{chord{fyne.KeyPageDown, 0}, false, "Page Down"},
		{chord{fyne.KeyPageUp, fyne.KeyModifierControl}, false, "Ctrl+Page Up"},
	} {
		if got := c.chord.label(c.mac); got != c.want {
			t.Errorf("got %q, want %q", got, c.want)
		}
	}
}

func TestTheMenuDoesWhatTheKeysDoUnlessADialogIsOpen(t *testing.T) {
	d := &deaf{}
	open := false
	menu := mainMenu(commands(d), func() bool { return !open }, func(c command) { c.run() })
	byShortcut := map[string]*fyne.MenuItem{}
	for _, m := range menu.Items {
		for _, item := range m.Items {
			if item.Shortcut != nil {
				byShortcut[item.Shortcut.ShortcutName()] = item
			}
		}
	}
	send := byShortcut[(&desktop.CustomShortcut{KeyName: fyne.KeyReturn, Modifier: ctrl}).ShortcutName()]
	if send == nil {
		t.Fatal("the menu has no Send")
	}
	send.Action()
	open = true
	send.Action()
	if len(d.asked) != 1 || d.asked[0] != "send" {
		t.Errorf("it did %q, want to send once", d.asked)
	}
}

func TestTheListOfKeysLeavesOutPagesThatAreNotThere(t *testing.T) {
	pages := []Page{newNotePage(PageCompose)}
	for _, c := range available(commands(&deaf{}), pages) {
		if c.page != "" && c.page != PageCompose {
			t.Errorf("it lists %q", c.title)
		}
	}
	if card := keysCard(available(commands(&deaf{}), pages), false, 1280); card.Body == nil || card.Title == "" {
		t.Error("the list is empty")
	}
}

func TestSuggestionsHaveAKeyThatMacOSLeavesToPrograms(t *testing.T) {
	mac, usual := command{chords: suggestionKeys(true)}, command{chords: suggestionKeys(false)}
	if mac.labels(true) != "⌥Esc  or  ⌃Space" || usual.labels(false) != "Ctrl+Space" {
		t.Errorf("they are %q and %q", mac.labels(true), usual.labels(false))
	}
}
