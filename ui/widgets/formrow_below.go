// This file lays out what stands below a row's editor: the problem with its
// fixes, what will be sent, a hint with its offers, a note.

package widgets

import (
	"strings"

	"fyne.io/fyne/v2"

	"github.com/activitydesk/activitydesk/forms"
)

const (
	maxFixes   = 4
	fixGap     = 4
	fixLetters = 36 // of a fix that its button shows
)

// offer shows what would be right as buttons: a problem's fixes, else what the
// hint offers.
func (r *formRow) offer(problem *forms.Problem) {
	fixes := r.view.form.Offers(r.field.Name)
	if problem != nil {
		fixes = problem.Fixes
	}
	fixes = fixes[:min(len(fixes), maxFixes)]
	for len(r.fixes) < len(fixes) {
		fix := NewLinkButton("", nil)
		fix.SetCompact(true)
		fix.onFocus = func() { r.view.focusedRow(r) }
		r.fixes = append(r.fixes, fix)
	}
	for i, button := range r.fixes {
		button.Hidden = i >= len(fixes)
		if i < len(fixes) {
			fix := fixes[i]
			button.SetText("Use " + inOneLine(fix, fixLetters))
			button.OnTapped = func() { r.view.fill(r.field.Name, fix) }
		}
	}
}

func (r *formRow) shownFixes() []*Button {
	for i, fix := range r.fixes {
		if fix.Hidden {
			return r.fixes[:i]
		}
	}
	return r.fixes
}

// inOneLine is the begin of a text, without line breaks.
func inOneLine(text string, most int) string {
	cut := text[:min(len(text), 4*most)]
	letters := []rune(strings.Join(strings.Fields(strings.ToValidUTF8(cut, "")), " "))
	if len(letters) <= most && len(cut) == len(text) {
		return string(letters)
	}
	return string(letters[:min(len(letters), most)]) + ellipsis
}

// fixLine is the line that the fixes stand behind.
func (r *formRow) fixLine() int {
	if r.lines[lineProblem].Visible() {
		return lineProblem
	}
	return lineHint
}

// heightFor is the row's height at a width.
func (r *formRow) heightFor(width float32) float32 {
	_, editor, _, kind := r.columns(width)
	r.fitRows(editor)
	height := r.editor.MinSize().Height + r.linksBelow(editor) + r.below(editor+formColumnGap+kind, nil)
	if r.focused {
		r.tallest = max(r.tallest, height)
		return r.tallest
	}
	return height
}

// placer puts an object at a place below the editor; nil only measures.
type placer func(o fyne.CanvasObject, x, y float32, size fyne.Size)

// below goes through what stands below the editor and gives its height. Lines
// go on below the type; fixes stand behind the words that they belong to where
// there is room, else below them.
func (r *formRow) below(room float32, put placer) float32 {
	if put == nil {
		put = func(o fyne.CanvasObject, _, _ float32, size fyne.Size) { o.Resize(size) }
	}
	y, fixed := float32(0), r.fixLine()
	for i, line := range r.lines {
		if !line.Visible() {
			continue
		}
		fixes := r.shownFixes()
		if i != fixed {
			fixes = nil
		}
		width := room
		if own := naturalWidth(line); len(fixes) > 0 && own+fixGap+fixesWidth(fixes) <= room {
			width = own
		}
		line.Resize(fyne.NewSize(width, line.Size().Height))
		need := line.MinSize().Height
		put(line, 0, y, fyne.NewSize(width, need))
		switch {
		case len(fixes) == 0:
		case width < room:
			putFixes(fixes, width+fixGap, y-2, room, put)
		default:
			y += putFixes(fixes, -fixGap, y+need, room, put)
		}
		y += need + 2
	}
	return y
}

// naturalWidth is the width of a line that is not broken.
func naturalWidth(line *Value) float32 {
	const long = 200 // bytes: wider than any form
	text := line.Text()
	if len(text) > long || strings.Contains(text, "\n") {
		return 1 << 20
	}
	size, style := line.text.metrics()
	return measureWith(size, style)(text) + 2
}

func fixesWidth(fixes []*Button) float32 {
	width := float32(0)
	for _, fix := range fixes {
		width += fix.MinSize().Width
	}
	return width
}

// putFixes sets buttons beside each other and gives the height of their lines.
func putFixes(fixes []*Button, left, top, room float32, put placer) float32 {
	x, y, height := left, top, float32(0)
	for _, fix := range fixes {
		size := fix.MinSize()
		size.Width = min(size.Width, room)
		if x > left && x+size.Width > room {
			x, y = left, y+size.Height
		}
		put(fix, x, y, size)
		x += size.Width
		height = y + size.Height - top
	}
	return height
}
