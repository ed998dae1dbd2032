// This file chooses the font of a text, so that Fyne reads no font that draws
// nothing.

package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
)

// For each style Fyne reads the fonts that it falls back on before it draws a
// letter: its emoji, 4 MB, and the system's font, once more for every style. That
// is 8 MB and 15 ms for a style, and nearly no text needs them. A text whose letters
// are all in the bundled font of its style names that font as its own. Fyne then
// reads that one alone, and draws the same. Any other text is drawn as ever.

// fontOf gives the font that has all letters of a text; nil: Fyne has to look
// for them. Upright text of no weight is drawn by Fyne's entries too, which name
// no font, so its fonts are read anyway.
func fontOf(text string, style fyne.TextStyle) fyne.Resource {
	if !style.Bold && !style.Italic && !style.Monospace || !plain(text) {
		return nil
	}
	th, ours := fyne.CurrentApp().Settings().Theme().(*Theme)
	if !ours {
		return nil
	}
	switch font := th.Font(style); font { // another one where FYNE_FONT names it
	case theme.DefaultTextBoldFont(), theme.DefaultTextItalicFont(), theme.DefaultTextMonospaceFont():
		return font
	default:
		return nil
	}
}

// plain says whether all of a text is in each bundled font of text.
func plain(text string) bool {
	for _, r := range text {
		if !inFonts(r) {
			return false
		}
	}
	return true
}

// inFonts knows the letters that people here type most; a test holds it against
// the fonts. Those that it does not know are found by Fyne.
func inFonts(r rune) bool {
	switch {
	case r >= ' ' && r <= '~', // ASCII
		r >= 0xA0 && r <= 0x17F,    // Latin letters with marks, · and ×
		r >= 0x400 && r <= 0x45F,   // Cyrillic
		r >= 0x2010 && r <= 0x2022, // dashes, quotation marks
		r == '…':
		return true
	}
	return false
}

// placeholderStyle is the style of an entry that shows its placeholder, in
// italics. An entry cannot name a font, but of this style alone Fyne reads no fonts
// to fall back on, neither emoji nor the system's, before it needs one.
var placeholderStyle = fyne.TextStyle{Symbol: true}

// sizeIn is the size of a text in its own font.
func sizeIn(text string, size float32, style fyne.TextStyle) fyne.Size {
	measured, _ := fyne.CurrentApp().Driver().RenderedTextSize(text, size, style, fontOf(text, style))
	return measured
}

// setText changes what a canvas text shows, and its font with it. Its style is
// set before.
func setText(t *canvas.Text, text string) {
	t.Text, t.FontSource = text, fontOf(text, t.TextStyle)
}
