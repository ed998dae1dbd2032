// This file breaks text into lines that fit: wrapping at words, or one line
// with an ellipsis at its end.

package widgets

import (
	"sort"
	"strings"
	"unicode"

	"fyne.io/fyne/v2"
)

const ellipsis = "…"

// measure gives the width of a text in one style.
type measure func(string) float32

func measureWith(size float32, style fyne.TextStyle) measure {
	return func(s string) float32 {
		if s == "" {
			return 0
		}
		return sizeIn(s, size, style).Width
	}
}

// fit gives s whole, or as much of it as leaves room for an ellipsis.
func fit(s string, width float32, m measure) (text string, whole bool) {
	const long = 4096 // no line of a window has room for so much
	if len(s) <= long && m(s) <= width {
		return s, true
	}
	runes := []rune(s)
	n := most(len(runes), func(n int) bool { return m(string(runes[:n])+ellipsis) <= width })
	return strings.TrimRightFunc(string(runes[:n]), unicode.IsSpace) + ellipsis, false
}

// most finds the largest count up to limit that fits. It begins with few, so
// that finding a line's end in a long text never measures the long text.
func most(limit int, fits func(int) bool) int {
	low, high := 0, 32
	for high < limit && fits(high) {
		low, high = high, 2*high
	}
	high = min(high, limit)
	return low + sort.Search(high-low, func(n int) bool { return !fits(low + n + 1) })
}

// widthUpTo is the width of a text, or limit where it is wider. Long texts are
// not measured: they are wider.
func widthUpTo(s string, limit float32, m measure) float32 {
	const long = 256
	if len(s) > long {
		return limit
	}
	return min(m(s), limit)
}

// lineOf is one shown line and where it begins in the whole text, in runes.
type lineOf struct {
	text  string
	start int
}

// wrap breaks s at line ends, then at spaces, then inside words that are
// wider than a line. Spaces at a break belong to the line before it and are
// not shown.
func wrap(s string, width float32, m measure) []lineOf {
	var lines []lineOf
	start := 0
	for _, paragraph := range strings.Split(s, "\n") {
		runes := []rune(paragraph)
		lines = append(lines, wrapParagraph(runes, start, width, m)...)
		start += len(runes) + 1
	}
	return lines
}

func wrapParagraph(runes []rune, start int, width float32, m measure) []lineOf {
	if width <= 0 || len(runes) == 0 {
		return []lineOf{{string(runes), start}}
	}
	var lines []lineOf
	for begin := 0; begin < len(runes); {
		rest := runes[begin:]
		// How many runes fit; at least one, or we would never end.
		n := max(1, most(len(rest), func(n int) bool { return m(string(rest[:n])) <= width }))
		if n < len(rest) {
			n = breakBefore(rest, n)
		}
		text := strings.TrimRightFunc(string(rest[:n]), unicode.IsSpace)
		lines = append(lines, lineOf{text, start + begin})
		begin += n
	}
	return lines
}

// breakBefore moves a break at n back behind the last space, and takes the
// spaces that follow along; without any space the word is cut at n.
func breakBefore(runes []rune, n int) int {
	at := n
	if !unicode.IsSpace(runes[n]) {
		for at > 0 && !unicode.IsSpace(runes[at-1]) {
			at--
		}
		if at == 0 {
			return n
		}
	}
	for at < len(runes) && unicode.IsSpace(runes[at]) {
		at++
	}
	return at
}
