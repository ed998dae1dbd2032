// What is wrong with a field or with the whole form, in words for people.

package forms

import (
	"fmt"
	"strings"
)

// Problem says what is wrong with one field and what would be right.
type Problem struct {
	Field   string   // the field's name
	Label   string   // the field's label, for lists of problems
	Text    string   // one or two short sentences, without a final stop
	Fixes   []string // texts that would be right in place of the typed one; can be empty
	Brief   string   // two or three words for the preview, e.g. "not a number"
	Missing bool     // a required field has no value yet: no mistake until one sends

	wrong string // Text without the fixes
}

// ProblemsError is why a form has no payload: it lists every problem in the
// form's order.
type ProblemsError struct {
	Problems []Problem
}

// Error names the first problem and counts the rest.
func (e *ProblemsError) Error() string {
	if len(e.Problems) == 0 {
		return "the form has problems"
	}
	first := e.Problems[0]
	text := fmt.Sprintf("%s: %s", first.Field, first.Text)
	switch more := len(e.Problems) - 1; more {
	case 0:
		return text
	case 1:
		return text + " (and 1 more field to mend)"
	default:
		return fmt.Sprintf("%s (and %d more fields to mend)", text, more)
	}
}

// maxQuoted bounds how much of a typed text a message repeats.
const maxQuoted = 40

// quote puts a typed text into a message: one line, bounded, in quotes.
func quote(text string) string {
	line := strings.Map(func(r rune) rune {
		if breaksView(r) {
			return '·'
		}
		return r
	}, strings.ToValidUTF8(text, "\uFFFD"))
	if runes := []rune(line); len(runes) > maxQuoted {
		line = string(runes[:maxQuoted-1]) + "…"
	}
	return "“" + line + "”"
}

// write turns fixes into the sentence that says what would be right.
func write(fixes ...string) string {
	if len(fixes) == 0 {
		return ""
	}
	return "Write " + strings.Join(fixes, " or ")
}

// problem composes a Problem from what is wrong and the texts that would be
// right.
func problem(brief, wrong string, fixes ...string) *Problem {
	text := wrong
	if len(fixes) > 0 {
		text += ". " + write(fixes...)
	}
	return &Problem{Text: text, Brief: brief, Fixes: fixes, wrong: wrong}
}

// advise composes a Problem whose remedy is advice, not a text to take over.
func advise(brief, wrong, advice string) *Problem {
	return &Problem{Text: wrong + ". " + advice, Brief: brief}
}
