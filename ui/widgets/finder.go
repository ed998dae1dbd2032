// This file is Finder: a card over the window with a field to type in and the
// list of what was found, as "Go to anything" uses it. What is searched, and
// how, is its owner's business.

package widgets

import "fyne.io/fyne/v2"

// FinderRow is one row of a Finder.
type FinderRow struct {
	Kind  string // what it is: an entity, an action; small, at the left
	Label string
	Marks []int  // runes of Label that match what was typed, rising
	Note  string // small, at the right: where it is, why it cannot be chosen
	Key   string // that does the same; empty: none
	Muted bool   // it cannot be chosen now
}

// FinderSpec describes a Finder.
type FinderSpec struct {
	PlaceHolder string
	Foot        string // how to use it; SetStatus says something in its place
	OnText      func(string)
	// OnChosen is called with the row's index. The owner closes the finder, or
	// says why nothing happens.
	OnChosen func(index int)
	// OnClose is called once, however it was closed.
	OnClose func()
}

// Finder is an open finder. Up, Down, Tab, Shift+Tab, Page Up, Page Down, Home
// and End move in the list while one types, Enter chooses, Escape and a tap
// beside it close. The focus goes back to where it was.
type Finder struct {
	overlay *overlay
	spec    FinderSpec
	entry   *Entry
	list    *finderList
	foot    *Text
}

const (
	finderWidth   = 680
	finderTop     = 52 // from the window's upper edge
	finderMargin  = 16
	finderRows    = 12
	finderLeast   = 4 // rows that the list asks room for
	finderRowHigh = 30
)

// ShowFinder opens a finder over the window.
func ShowFinder(c fyne.Canvas, spec FinderSpec) *Finder {
	f := &Finder{
		spec: spec, entry: NewEntry(), list: newFinderList(),
		foot: NewEllipsisText(spec.Foot, RoleCaption),
	}
	f.entry.SetPlaceHolder(spec.PlaceHolder)
	f.entry.OnChanged = spec.OnText
	f.entry.OnKey = f.takeKey
	f.entry.OnTab = f.tab
	f.list.onChosen = spec.OnChosen
	f.overlay = newOverlay(c, f.content())
	f.overlay.place = placeFinder
	f.overlay.onKey = f.takeKey
	f.overlay.onClose = spec.OnClose
	f.overlay.show()
	c.Focus(f.entry)
	return f
}

func (f *Finder) content() fyne.CanvasObject {
	return Dock(
		Pad(10, 10, 8, 10, f.entry), nil,
		Column(0, NewRule(), Pad(6, 14, 7, 14, f.foot)), nil,
		Pad(0, 6, 4, 6, f.list),
	)
}

// placeFinder puts it below the bar, in the middle. Its height does not follow
// what is found, so that nothing jumps while one types.
func placeFinder(window, need fyne.Size) (fyne.Position, fyne.Size) {
	width := min(finderWidth, window.Width-2*finderMargin)
	height := min(need.Height+(finderRows-finderLeast)*finderRowHigh, window.Height-finderTop-finderMargin)
	return fyne.NewPos((window.Width-width)/2, finderTop), fyne.NewSize(width, height)
}

// Close closes the finder; twice is harmless.
func (f *Finder) Close() { f.overlay.close() }

// Open says whether it still shows.
func (f *Finder) Open() bool { return f.overlay.open }

// SetText types for a person.
func (f *Finder) SetText(text string) { f.entry.SetText(text) }

// SetRows shows what was found; row is asked for what is in view only. The
// cursor goes to the row with this index.
func (f *Finder) SetRows(count int, row func(index int) FinderRow, cursor int) {
	f.list.setRows(count, row, cursor)
}

// SetStatus says something in place of the foot: that something is still
// searched, or why a row cannot be chosen. Empty: the foot comes back.
func (f *Finder) SetStatus(text string, warn bool) {
	role := RoleCaption
	if warn {
		role = RoleWarning
	}
	if text == "" {
		text = f.spec.Foot
	}
	f.foot.SetRole(role)
	f.foot.SetText(text)
}

// Cursor is the index of the row that Enter chooses; -1: none.
func (f *Finder) Cursor() int { return f.list.cursor }

// takeKey moves in the list while the cursor stays in the field. Home and End
// belong to the list: what is typed here is a few letters.
func (f *Finder) takeKey(key *fyne.KeyEvent) bool {
	l := f.list
	switch key.Name {
	case fyne.KeyDown:
		l.step(1)
	case fyne.KeyUp:
		l.step(-1)
	case fyne.KeyPageDown:
		l.moveTo(min(l.cursor+l.view.pageRows(), l.view.count-1))
	case fyne.KeyPageUp:
		l.moveTo(max(l.cursor-l.view.pageRows(), 0))
	case fyne.KeyHome:
		l.moveTo(0)
	case fyne.KeyEnd:
		l.moveTo(l.view.count - 1)
	case fyne.KeyReturn, fyne.KeyEnter:
		l.choose(l.cursor)
	default:
		return false
	}
	return true
}

func (f *Finder) tab(back bool) {
	if back {
		f.list.step(-1)
	} else {
		f.list.step(1)
	}
}
