// Finding fields in the form of the compose page: the box that looks for a
// name, the filters, and the keys that go through what was found.

package ui

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/activitydesk/activitydesk/ui/widgets"
)

// fieldFinder says which fields of a form are shown.
type fieldFinder struct {
	view  *widgets.FormView
	box   *widgets.Entry
	count *widgets.Text // in the box: how many were found
	which *widgets.Segments
	bar   *fyne.Container
	whole *fyne.Container // bar and form
	from  string          // the field that the cursor came from; empty: none
	quiet bool            // the box is changed by the desk
}

// fieldFilters are the filters in the order in which they stand.
var fieldFilters = []widgets.FieldFilter{
	widgets.AllFields, widgets.FilledFields, widgets.RequiredFields, widgets.ProblemFields,
}

// Widths of the box, and of the count within it.
const (
	findLeast float32 = 140
	findMost  float32 = 220
	findCount float32 = 56
)

func newFieldFinder(view *widgets.FormView) *fieldFinder {
	f := &fieldFinder{
		view:  view,
		box:   widgets.NewEntry(),
		count: widgets.NewText("", widgets.RoleSmall),
		which: widgets.NewSegments("All", "Filled", "Required", "Problems"),
	}
	f.count.SetAlignment(fyne.TextAlignTrailing)
	f.box.ActionItem = widgets.Pad(0, 8, 0, 0, widgets.Sized(findCount, 0, f.count)) // before anything draws the box
	f.box.SetPlaceHolder("Find a field…")
	f.box.OnChanged = func(string) { f.typed() }
	f.box.OnSubmitted = func(string) { f.enter() }
	f.box.OnKey = f.key
	f.box.OnFocusGained = func() { f.from = f.view.LastField() }
	f.which.OnSelected = func(int) { f.apply() }
	view.OnCounts = f.showCounts
	view.OnFilterGone = f.filterGone
	f.bar = widgets.Pad(6, 16, 2, 14, widgets.Row(0, f.which))
	return f
}

// Around puts the filters above the form.
func (f *fieldFinder) Around(form fyne.CanvasObject) fyne.CanvasObject {
	f.whole = container.NewBorder(f.bar, nil, nil, nil, form)
	return f.whole
}

// Reset shows all fields.
func (f *fieldFinder) Reset() {
	f.from = ""
	f.empty()
	f.which.Select(0)
	if f.view.Filtered() {
		f.apply()
	}
	f.showCounts()
}

// empty empties the box without a word to the view.
func (f *fieldFinder) empty() {
	f.quiet = true
	f.box.SetText("")
	f.quiet = false
}

func (f *fieldFinder) typed() {
	if !f.quiet {
		f.apply()
	}
}

// Focus puts the cursor into the box.
func (f *fieldFinder) Focus(c fyne.Canvas) {
	c.Focus(f.box)
	f.box.SelectAll()
}

// Escape empties the box, else shows all fields again; the cursor goes back to
// the field that it came from.
func (f *fieldFinder) Escape() bool {
	inBox := f.box.Focused()
	if f.box.Text == "" && f.which.Selected() == 0 && (!inBox || f.from == "") {
		return false
	}
	if f.box.Text == "" {
		f.which.Select(0)
	}
	back := f.view.FocusedField()
	if inBox {
		back = f.from
	}
	f.empty()
	f.apply()
	if back != "" {
		f.view.FocusField(back)
	}
	return true
}

// Show shows only fields of one kind.
func (f *fieldFinder) Show(only widgets.FieldFilter) {
	for i, filter := range fieldFilters {
		if filter == only {
			f.which.Select(i)
		}
	}
	f.apply()
}

// ShowNext goes round the filters.
func (f *fieldFinder) ShowNext() {
	f.Show(fieldFilters[(f.which.Selected()+1)%len(fieldFilters)])
}

// Next goes to the next field that was found, or back.
func (f *fieldFinder) Next(by int) {
	if f.box.Text != "" {
		f.view.Next(by, true)
	}
}

// NextByKey does so for F3 and Enter, back with Shift: Fyne tells of Shift with
// such a key as of the key alone.
func (f *fieldFinder) NextByKey() {
	by := 1
	if widgets.ShiftHeld() {
		by = -1
	}
	f.Next(by)
}

func (f *fieldFinder) apply() {
	f.view.SetFilter(f.box.Text, fieldFilters[f.which.Selected()])
	f.showCounts()
}

func (f *fieldFinder) enter() {
	if f.view.Shown() > 0 {
		f.view.Enter()
	}
}

// key marks what was found while the cursor is in the box.
func (f *fieldFinder) key(key *fyne.KeyEvent) bool {
	switch key.Name {
	case fyne.KeyDown:
		f.view.Next(1, false)
	case fyne.KeyUp:
		f.view.Next(-1, false)
	default:
		return false
	}
	return true
}

// filterGone follows the view, which had to show a field that was hidden.
func (f *fieldFinder) filterGone() {
	f.which.Select(0)
	f.empty()
	f.showCounts()
}

// showCounts says how many fields there are of each kind, and how many were
// found. A small form has no filters until one is in use.
func (f *fieldFinder) showCounts() {
	c := f.view.Counts()
	for i, n := range []int{c.All, c.Filled, c.Required, c.Problems} {
		f.which.SetCount(i, n)
	}
	found := ""
	if f.box.Text != "" {
		found = fmt.Sprintf("%d of %d", f.view.Shown(), c.All)
	}
	f.count.SetText(found)
	if shown := f.view.Grouped() || f.which.Selected() != 0; f.bar.Visible() != shown {
		setVisible(f.bar, shown)
		f.whole.Refresh()
	}
}

// findLayout puts the box behind the tabs, as wide as there is room.
type findLayout struct{}

// MinSize is that of the tabs with the least box.
func (findLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	tabs, box := objects[0].MinSize(), objects[1].MinSize()
	return fyne.NewSize(tabs.Width+findLeast, max(tabs.Height, box.Height))
}

// Layout places both.
func (findLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	tabs := objects[0].MinSize().Width
	objects[0].Resize(fyne.NewSize(tabs, size.Height))
	objects[0].Move(fyne.NewPos(0, 0))
	width := min(max(findLeast, size.Width-tabs), findMost)
	objects[1].Resize(fyne.NewSize(width, size.Height))
	objects[1].Move(fyne.NewPos(size.Width-width, 0))
}
