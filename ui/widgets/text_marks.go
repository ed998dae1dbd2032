// This file marks in a Text what was looked for.

package widgets

import (
	"image/color"
	"slices"
	"strings"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// SetMarks puts a soft background behind each of the words (in small letters)
// where the text has them, in any case.
func (t *Text) SetMarks(words []string) {
	if slices.Equal(t.marked, words) {
		return
	}
	t.marked = slices.Clone(words)
	t.Refresh()
}

// Marked gives the parts of the shown text that are marked.
func (t *Text) Marked() []string {
	var parts []string
	for _, line := range t.lines {
		for _, span := range marksIn(line.text, t.marked) {
			parts = append(parts, line.text[span[0]:span[1]])
		}
	}
	return parts
}

// marksIn finds where a line has each word: from, to in bytes.
func marksIn(line string, words []string) (spans [][2]int) {
	lower := strings.ToLower(line)
	if len(lower) != len(line) { // a letter whose small form is longer: its places differ
		return nil
	}
	for _, word := range words {
		if at := strings.Index(lower, word); at >= 0 && utf8.RuneStart(line[at]) {
			spans = append(spans, [2]int{at, at + len(word)})
		}
	}
	return spans
}

// placeMarks draws the marks of a line at its place.
func (r *textRenderer) placeMarks(line string, at fyne.Position, size fyne.Size, m measure) {
	left := at.X
	switch r.text.align {
	case fyne.TextAlignTrailing:
		left += size.Width - m(line)
	case fyne.TextAlignCenter:
		left += (size.Width - m(line)) / 2
	}
	for _, span := range marksIn(line, r.text.marked) {
		mark := canvas.NewRectangle(color.Transparent)
		mark.FillColor, mark.CornerRadius = colorOf(r.text, ColorWarningSoft), 2
		from := m(line[:span[0]])
		mark.Move(fyne.NewPos(left+from-1, at.Y))
		mark.Resize(fyne.NewSize(m(line[:span[1]])-from+2, size.Height))
		r.marks = append(r.marks, mark)
	}
}
