package e2e

import "time"

// fillSurely fills a field, again where the form was not there yet.
func (w *window) fillSurely(field, text string) {
	w.t.Helper()
	eventually(w.t, text+" to be in "+field, func() bool {
		w.goInto(field)
		w.press("ctrl+a")
		w.write(text)
		return w.copied() == text
	})
}

// has waits until a field has a text.
func (w *window) has(field, text string) {
	w.t.Helper()
	eventually(w.t, text+" to be in "+field, func() bool {
		w.goInto(field)
		return w.copied() == text
	})
}

// holds waits until what has the cursor has a text.
func (w *window) holds(text string) {
	w.t.Helper()
	eventually(w.t, "the field to hold "+text, func() bool { return w.copied() == text })
}

// goInto puts the cursor into a field by its name.
func (w *window) goInto(field string) {
	w.t.Helper()
	w.press("ctrl+f", "ctrl+a")
	w.write(field)
	w.press("Return")
}

// copied is the whole text of what has the cursor.
func (w *window) copied() string {
	w.t.Helper()
	w.press("ctrl+a", "ctrl+c")
	time.Sleep(100 * time.Millisecond)
	return w.clipboard()
}
