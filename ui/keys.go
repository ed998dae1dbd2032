// What can be done by key: one list, from which the window's bindings, the
// menu of macOS and the help are made.

package ui

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// chord is a key with the modifiers that are held with it.
type chord struct {
	key      fyne.KeyName
	modifier fyne.KeyModifier
}

// ctrl is Control, or Command on macOS.
const ctrl = fyne.KeyModifierShortcutDefault

// label writes a chord as the platform does: Ctrl+Enter, ⌘↩.
func (c chord) label(mac bool) string {
	var parts []string
	add := func(modifier fyne.KeyModifier, word, sign string) {
		if c.modifier&modifier == 0 {
			return
		}
		if mac {
			word = sign
		}
		parts = append(parts, word)
	}
	add(fyne.KeyModifierControl, "Ctrl", "⌃")
	add(fyne.KeyModifierAlt, "Alt", "⌥")
	add(fyne.KeyModifierShift, "Shift", "⇧")
	add(fyne.KeyModifierSuper, "Super", "⌘")
	parts = append(parts, keyLabel(c.key, mac))
	if mac {
		return strings.Join(parts, "")
	}
	return strings.Join(parts, "+")
}

func keyLabel(key fyne.KeyName, mac bool) string {
	switch key {
	case fyne.KeyReturn:
		if mac {
			return "↩"
		}
		return "Enter"
	case fyne.KeyEscape:
		return "Esc"
	case fyne.KeyPageUp:
		return "Page Up"
	case fyne.KeyPageDown:
		return "Page Down"
	case fyne.KeyComma:
		return ","
	default:
		return string(key)
	}
}

// ofText says that fields use the chord themselves. It is not shown in the menu
// bar, whose keys run before a field sees them: undo in a find box is the box's.
func (c chord) ofText() bool {
	return c.key == fyne.KeyZ && c.modifier&^fyne.KeyModifierShift == ctrl || c.key == fyne.KeyY && c.modifier == ctrl
}

// command is one thing that can be done by key.
type command struct {
	group  string
	page   PageID // to which it goes; empty: it does something else
	of     PageID // the page whose action it is; empty: the window's
	title  string
	chords []chord
	typed  rune // outside of text; 0: none
	run    func()
	why    func() string // why it cannot be done now; nil or empty: it can
}

// labels writes all keys of a command.
func (c command) labels(mac bool) string {
	words := make([]string, 0, len(c.chords)+1)
	for _, chord := range c.chords {
		words = append(words, chord.label(mac))
	}
	if c.typed != 0 {
		words = append(words, string(c.typed))
	}
	return strings.Join(words, "  or  ")
}

// The groups of commands, in the order in which they are listed.
const (
	groupActivity = "Activity"
	groupRequest  = "Request"
	groupGo       = "Go to"
	groupWindow   = "Window"
)

// actions is what the commands act on.
type actions interface {
	send()
	newActivity()
	find()
	refresh()
	goTo(PageID)
	goAnywhere()
	moveLines()
	lockOrUnlock()
	escape()
	showKeys()
	end()
	cannotSend() string
	cannotBegin() string
	cannotFind() string
	noLock() string
}

// pageKey is the place of a page among the keys: its number is its own, so that a page which
// is not there leaves the others where they were.
type pageKey struct {
	id     PageID
	title  string
	number fyne.KeyName
}

func pageKeys() []pageKey {
	return []pageKey{
		{PageCompose, "Compose", fyne.Key1},
		{PageBatch, "Batch", fyne.Key2},
		{PageProfiles, "Profiles", fyne.Key3},
		{PageHistory, "History", fyne.Key4},
		{PageSettings, "Settings", fyne.Key5},
		{PageConnections, "Connections", fyne.Key6},
	}
}

// pageNumber is the key of a page; empty for a page without one.
func pageNumber(id PageID) fyne.KeyName {
	for _, p := range pageKeys() {
		if p.id == id {
			return p.number
		}
	}
	return ""
}

// commands lists what can be done by key.
func commands(a actions) []command {
	list := []command{
		{group: groupActivity, title: "Send", chords: []chord{{fyne.KeyReturn, ctrl}}, run: a.send, why: a.cannotSend},
		{group: groupActivity, title: "New activity", chords: []chord{{fyne.KeyN, ctrl}}, run: a.newActivity, why: a.cannotBegin},
		{group: groupActivity, title: "Find in the page", chords: []chord{{fyne.KeyF, ctrl}}, run: a.find, why: a.cannotFind},
		{group: groupActivity, title: "Load again", chords: []chord{{fyne.KeyF5, 0}}, run: a.refresh},
	}
	list = append(list, command{group: groupGo, title: "Go to anything", chords: []chord{{fyne.KeyK, ctrl}}, run: a.goAnywhere})
	for _, page := range pageKeys() {
		entry := command{
			group: groupGo, page: page.id, title: page.title,
			chords: []chord{{page.number, ctrl}}, run: func() { a.goTo(page.id) },
		}
		if page.id == PageSettings {
			entry.chords = append(entry.chords, chord{fyne.KeyComma, ctrl})
		}
		list = append(list, entry)
	}
	return append(list,
		command{group: groupWindow, title: "Unlock the instance, or lock it again", chords: []chord{lockKey}, run: a.lockOrUnlock, why: a.noLock},
		command{group: groupWindow, title: "Move the lines between columns", chords: []chord{{fyne.KeyF6, 0}}, run: a.moveLines},
		command{group: groupWindow, title: "Close what is open", chords: []chord{{fyne.KeyEscape, 0}}, run: a.escape},
		command{group: groupWindow, title: "List of keys", chords: []chord{{fyne.KeyF1, 0}}, typed: '?', run: a.showKeys},
		command{group: groupWindow, title: "Quit", chords: []chord{{fyne.KeyQ, ctrl}}, run: a.end},
	)
}

// binder takes bindings; widgets.Root is one.
type binder interface {
	Bind(key fyne.KeyName, modifier fyne.KeyModifier, act func())
	BindKey(key fyne.KeyName, act func())
	BindRune(r rune, act func())
}

// available leaves out the ways to pages that are not there.
func available(list []command, pages []Page) []command {
	var there []command
	for _, c := range list {
		isPage := func(p Page) bool { return p.ID() == c.page }
		if c.page == "" || slices.ContainsFunc(pages, isPage) {
			there = append(there, c)
		}
	}
	return there
}

// pageCommands lists the actions of the pages that have any.
func pageCommands(pages []Page) []command {
	var list []command
	for _, p := range pages {
		commander, ok := p.(Commander)
		if !ok {
			continue
		}
		for _, c := range commander.Commands() {
			c.of = p.ID()
			list = append(list, c)
		}
	}
	return list
}

// inGroups brings the commands of each group together; groups and commands keep
// the order in which they first came, with the window's own at the end.
func inGroups(list []command) []command {
	groups := []string{}
	for _, c := range list {
		if !slices.Contains(groups, c.group) {
			groups = append(groups, c.group)
		}
	}
	rank := func(c command) int {
		if c.group == groupWindow {
			return len(groups)
		}
		return slices.Index(groups, c.group)
	}
	slices.SortStableFunc(list, func(a, b command) int { return rank(a) - rank(b) })
	return list
}

// bind gives every command its keys. What a key does is run by does, which has the
// last word.
func bind(to binder, list []command, does func(command)) {
	for _, c := range list {
		act := func() { does(c) }
		for _, chord := range c.chords {
			if chord.modifier == 0 {
				to.BindKey(chord.key, act)
				continue
			}
			to.Bind(chord.key, chord.modifier, act)
		}
		if c.typed != 0 {
			to.BindRune(c.typed, act)
		}
	}
}

// inMenu says whether the menu bar has the keys of a command. A page's own do
// something only while their page is shown, and the bar takes them from others.
func (c command) inMenu(with chord) bool { return c.of == "" && with.modifier != 0 && !with.ofText() }

// mainMenu makes the menu for the bar that macOS has at the top of the screen.
// Its shortcuts run before any widget sees them, so allowed has the last word:
// nothing is done behind an open dialog.
func mainMenu(list []command, allowed func() bool, does func(command)) *fyne.MainMenu {
	var menus []*fyne.Menu
	for _, c := range list {
		if len(menus) == 0 || menus[len(menus)-1].Label != c.group {
			menus = append(menus, fyne.NewMenu(c.group))
		}
		menu := menus[len(menus)-1]
		item := fyne.NewMenuItem(c.title, func() {
			if allowed() {
				does(c)
			}
		})
		for _, chord := range c.chords {
			if c.inMenu(chord) {
				item.Shortcut = &desktop.CustomShortcut{KeyName: chord.key, Modifier: chord.modifier}
				break
			}
		}
		menu.Items = append(menu.Items, item)
	}
	return fyne.NewMainMenu(menus...)
}
