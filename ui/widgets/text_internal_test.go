package widgets

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// letters measures each character as 1 wide.
func letters(s string) float32 { return float32(utf8.RuneCountInString(s)) }

func TestTextIsBrokenAtWords(t *testing.T) {
	for _, c := range []struct {
		text  string
		width float32
		want  string
	}{
		{"", 10, ""},
		{"one two three", 20, "one two three"},
		{"one two three", 8, "one two|three"},
		{"one two three", 7, "one two|three"},
		{"one  two", 4, "one|two"},
		{"unbreakable", 4, "unbr|eaka|ble"},
		{"a unbreakable", 4, "a|unbr|eaka|ble"},
		{"line\nline two", 20, "line|line two"},
		{"\n", 5, "|"},
		{"ünïcödé wörds", 8, "ünïcödé|wörds"},
		{"narrow", 0.5, "n|a|r|r|o|w"},
	} {
		var got []string
		for _, line := range wrap(c.text, c.width, letters) {
			got = append(got, line.text)
		}
		if strings.Join(got, "|") != c.want {
			t.Errorf("%q at %v: %q, want %q", c.text, c.width, strings.Join(got, "|"), c.want)
		}
	}
}

func TestEachLineKnowsWhereItBegins(t *testing.T) {
	text := "one two\nthrée four"
	runes := []rune(text)
	for _, line := range wrap(text, 6, letters) {
		end := line.start + utf8.RuneCountInString(line.text)
		if string(runes[line.start:end]) != line.text {
			t.Errorf("%q begins at %d", line.text, line.start)
		}
	}
}

func TestTextThatIsTooWideEndsInAnEllipsis(t *testing.T) {
	for _, c := range []struct {
		text  string
		width float32
		want  string
		whole bool
	}{
		{"Contoso", 7, "Contoso", true},
		{"Contoso", 6, "Conto…", false},
		{"one two", 5, "one…", false},
		{"Contoso", 0, "…", false},
		{"", 0, "", true},
	} {
		got, whole := fit(c.text, c.width, letters)
		if got != c.want || whole != c.whole {
			t.Errorf("%q at %v: %q, whole %v", c.text, c.width, got, whole)
		}
	}
}
