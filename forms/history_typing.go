// Which keystrokes belong together: characters typed in a row into one field,
// or deleted in a row.

package forms

import (
	"time"
	"unicode/utf8"
)

// typingPause ends a row of typing.
const typingPause = time.Second

// typing is a row of keystrokes that may go on.
type typing struct {
	field   string
	deletes bool
	at      int // where the next one is expected, in runes
	last    time.Time
}

// edit is the difference of two texts, in runes: at some place between first
// and last, so many were removed and so many inserted. Among equal characters
// the place cannot be told.
type edit struct {
	first, last       int
	removed, inserted int
}

// editOf compares two texts.
func editOf(from, to string) edit {
	a, b := []rune(from), []rune(to)
	shorter := min(len(a), len(b))
	begin := 0
	for begin < shorter && a[begin] == b[begin] {
		begin++
	}
	end := 0 // how much is the same at the end, also what the begin took already
	for end < shorter && a[len(a)-1-end] == b[len(b)-1-end] {
		end++
	}
	own := min(end, shorter-begin)
	return edit{
		first: min(begin, shorter-end), last: begin,
		removed: len(a) - begin - own, inserted: len(b) - begin - own,
	}
}

// keystroke tells a change that one key makes: one character more or less.
func keystroke(s *historyStep) (e edit, ok bool) {
	if len(s.changes) != 1 || s.extras != nil {
		return edit{}, false
	}
	from, to := s.changes[0].from, s.changes[0].to
	if from.zone != to.zone {
		return edit{}, false
	}
	more := utf8.RuneCountInString(to.text) - utf8.RuneCountInString(from.text)
	if more != 1 && more != -1 {
		return edit{}, false
	}
	e = editOf(from.text, to.text)
	return e, e.removed+e.inserted == 1
}

// typingOf is the row that a step may begin; nil where it begins none.
func typingOf(s *historyStep, now time.Time) *typing {
	if e, ok := keystroke(s); ok {
		return &typing{field: s.changes[0].name, deletes: e.removed == 1, last: now, at: e.last + e.inserted}
	}
	if at, ok := typedOver(s); ok {
		return &typing{field: s.changes[0].name, last: now, at: at}
	}
	return nil
}

// typedOver tells a change that one key makes where a text is selected: one
// character in place of others. It answers where the cursor is then. Where the
// whole text made room for its own first or last character, it looks as if the
// others had been deleted.
func typedOver(s *historyStep) (at int, ok bool) {
	if len(s.changes) != 1 || s.extras != nil {
		return 0, false
	}
	from, to := s.changes[0].from, s.changes[0].to
	if from.zone != to.zone {
		return 0, false
	}
	e := editOf(from.text, to.text)
	switch {
	case e.removed > 0 && e.inserted == 1:
		return e.last + 1, true
	case e.removed > 1 && e.inserted == 0 && utf8.RuneCountInString(to.text) == 1:
		return 1, true
	}
	return 0, false
}

// goesOn tells whether a step belongs to the row, and moves on if so.
func (t *typing) goesOn(s *historyStep, now time.Time) bool {
	if t == nil {
		return false
	}
	e, ok := keystroke(s)
	if !ok || s.changes[0].name != t.field || t.deletes != (e.removed == 1) || now.Sub(t.last) >= typingPause {
		return false
	}
	at, fits := t.at, false
	if t.deletes {
		// Backspace takes what is before the cursor, Delete what is behind it.
		for _, place := range []int{t.at - 1, t.at} {
			if place >= e.first && place <= e.last {
				at, fits = place, true
				break
			}
		}
	} else if t.at >= e.first && t.at <= e.last {
		at, fits = t.at+1, true
	}
	if fits {
		t.at, t.last = at, now
	}
	return fits
}

// changedAt is the end of what changes between two texts, in runes of the
// second: where a person looks for it.
func changedAt(from, to string) int {
	e := editOf(from, to)
	return e.last + e.inserted
}
