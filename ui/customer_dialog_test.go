package ui

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"github.com/activitydesk/activitydesk/client/sandbox"
	"github.com/activitydesk/activitydesk/ui/widgets"
)

// finding is the open dialog as a person has it before them.
type finding struct {
	*working
	box   *widgets.Entry
	table *widgets.DataTable
}

// findCustomer opens the dialog by its key, with the cursor in the form.
func (w *working) findCustomer() *finding {
	w.t.Helper()
	w.compose.work.form.FocusField("ContactId")
	chord := &desktop.CustomShortcut{KeyName: fyne.KeyL, Modifier: ctrl | fyne.KeyModifierShift}
	w.window.Canvas().Focused().(fyne.Shortcutable).TypedShortcut(chord)
	return w.findingOpen()
}

// findingOpen is the dialog once it is open.
func (w *working) findingOpen() *finding {
	w.t.Helper()
	f := &finding{working: w}
	if w.dialog() == nil {
		w.t.Fatal("no dialog opens")
	}
	eachObject(w.dialog(), func(o fyne.CanvasObject) {
		switch o := o.(type) {
		case *widgets.Entry:
			f.box = o
		case *widgets.DataTable:
			f.table = o
		}
	})
	if w.window.Canvas().Focused() != fyne.Focusable(f.box) {
		w.t.Fatal("the cursor is not in the box")
	}
	return f
}

func (f *finding) press(keys ...fyne.KeyName) {
	f.t.Helper()
	for _, key := range keys {
		focused := f.window.Canvas().Focused()
		if focused == nil {
			f.t.Fatalf("nothing has the cursor for %s", key)
		}
		focused.TypedKey(&fyne.KeyEvent{Name: key})
		f.queue.run()
	}
}

// says are all words of the dialog that are seen.
func (f *finding) says() string { return wordsOn(f.dialog()) }

func (f *finding) until(words string) {
	f.t.Helper()
	f.t.Cleanup(func() {
		if f.t.Failed() && f.dialog() != nil {
			f.t.Logf("the dialog says\n%s", f.says())
		}
	})
	f.queue.until(f.t, "the dialog to say "+words, func() bool { return f.dialog() != nil && strings.Contains(f.says(), words) })
}

func (f *finding) untilClosed() {
	f.t.Helper()
	f.queue.until(f.t, "the dialog to close", func() bool { return f.dialog() == nil })
}

// wordsOn lists the visible texts below an object, a line each.
func wordsOn(o fyne.CanvasObject) string {
	var words []string
	eachVisible(o, func(o fyne.CanvasObject) {
		if text, ok := o.(*widgets.Text); ok {
			words = append(words, text.Text())
		}
	})
	return strings.Join(words, "\n")
}

// styles are the ways in which the sandbox speaks, each as a change of Options.
func styles() map[string]func(*Options) {
	all := map[string]func(*Options){}
	for _, style := range []sandbox.Style{sandbox.StyleCurrent, sandbox.Style2020, sandbox.StyleAwkward} {
		all[style.String()] = func(o *Options) { o.Sandbox.Style = style }
	}
	return all
}

func TestACustomerIsFoundByNameAndTheirKeyIsFilledIn(t *testing.T) {
	for name, style := range styles() {
		t.Run(name, func(t *testing.T) {
			w := newWorking(t, style)
			w.pick(entityPurchases)
			f := w.findCustomer()
			f.until("Whose activity is it?")
			f.box.SetText("Nora Lindqvist")
			if name == "awkward" {
				f.until("This instance has no search")
				f.press(fyne.KeyReturn)
			}
			f.until("1 found by w")
			if row := f.table.RowText(0); !strings.HasPrefix(row, "Nora Lindqvist\tnora.lindqvist@example.com\t") || !strings.HasSuffix(row, "\tCNTID_1000") {
				t.Errorf("the dialog does not tell who was found: %q", row)
			}
			f.press(fyne.KeyReturn)
			f.untilClosed()
			if got := w.compose.current.form.Text("ContactId"); got != "CNTID_1000" {
				t.Errorf("the field holds %q", got)
			}
			if got := w.compose.work.form.FocusedField(); got != "ContactId" {
				t.Errorf("the cursor is in %q", got)
			}
			f.queue.until(t, "the count below the field", func() bool {
				line, _ := w.compose.current.who.Line()
				return strings.HasPrefix(line, "Nora Lindqvist · customer ") && strings.HasSuffix(line, " activities")
			})
			if preview := w.compose.pane.preview.Text(); !strings.Contains(preview, `"ContactId": "CNTID_1000"`) {
				t.Errorf("the preview shows\n%s", preview)
			}
		})
	}
}

func TestATextInTheFieldIsLookedForAtOnceInEveryWay(t *testing.T) {
	for name, style := range styles() {
		t.Run(name, func(t *testing.T) {
			w := newWorking(t, style)
			w.pick(entityPurchases)
			for _, text := range []string{"CNTID_1003", "LOYID_1003", "petr.kotlarz@example.com", "+1-555-0103", "Petr Kotlarz"} {
				w.fill(map[string]string{"ContactId": text})
				f := w.findCustomer()
				if f.box.Text != text {
					t.Errorf("the box holds %q", f.box.Text)
				}
				f.until("1 found by ")
				f.press(fyne.KeyReturn)
				f.untilClosed()
				if got := w.compose.current.form.Text("ContactId"); got != "CNTID_1003" {
					t.Errorf("%s fills %q", text, got)
				}
			}
			id := w.compose.current.who.Who.ID
			w.fill(map[string]string{"ContactId": id})
			w.findCustomer().until("1 found by customer ID")
		})
	}
}

func TestWhenNobodyIsFoundItSaysWhatWasTried(t *testing.T) {
	w := newWorking(t)
	w.pick(entityPurchases)
	f := w.findCustomer()
	f.box.SetText("Kotlar")
	f.until("3 found by words")
	f.press(fyne.KeyDown, fyne.KeyDown, fyne.KeyDown)
	f.box.SetText("Nobodyson")
	f.until("These words are in no profile")
	f.press(fyne.KeyReturn)
	f.until("Tried words, eCommerce_eCommerceContacts key, customer ID, ")
	if confirm := buttonOn(f.dialog(), "Use this customer"); !confirm.Disabled() {
		t.Error("nobody can be taken")
	}
	f.press(fyne.KeyEscape)
	if w.dialog() != nil {
		t.Error("Esc does not close the dialog")
	}
}

func TestSeveralAreToldApartAndChosenByTheArrows(t *testing.T) {
	w := newWorking(t)
	w.pick(entityPurchases)
	f := w.findCustomer()
	f.box.SetText("Kotlar")
	f.until(" found by words")
	f.press(fyne.KeyDown)
	second := f.table.RowText(1)
	if f.table.SelectedRow() != 1 || !strings.Contains(f.says(), "CustomerId ") {
		t.Errorf("row %d is marked; the dialog says\n%s", f.table.SelectedRow(), f.says())
	}
	f.press(fyne.KeyUp, fyne.KeyDown, fyne.KeyReturn)
	f.untilClosed()
	if got := w.compose.current.form.Text("ContactId"); got == "" || !strings.HasSuffix(second, got) {
		t.Errorf("the row %q fills %q", second, got)
	}
}

func TestAFailureSaysWhyAndCanBeTriedAgain(t *testing.T) {
	w := newWorking(t)
	w.pick(entityPurchases)
	f := w.findCustomer()
	w.faults("query:403,keyring:403")
	f.box.SetText("Lindqvist")
	f.until("Your role")
	w.faults("")
	confirm(t, w, "Try again")
	f.until("1 found by words")
}

func TestLookingIsSaidAfterAMomentAndCanBeCancelled(t *testing.T) {
	w := newWorking(t)
	w.pick(entityPurchases)
	f := w.findCustomer()
	w.faults("query:slow=30s")
	f.box.SetText("Lindqvist")
	f.until("Looking for “Lindqvist”…")
	confirm(t, w, "Cancel")
	if says := f.says(); !strings.Contains(says, "Whose activity is it?") {
		t.Errorf("after cancelling it says\n%s", says)
	}
	w.faults("")
	f.press(fyne.KeyReturn)
	f.until("1 found by words")
}

func TestWhatMayBeAKeyIsLookedForInEveryWayOnEnter(t *testing.T) {
	w := newWorking(t)
	w.pick(entityPurchases)
	f := w.findCustomer()
	f.box.SetText("+1-555-0103")
	f.until("1 found by words")
	f.box.SetText("CNTID_1003")
	f.until("These words are in no profile")
	f.press(fyne.KeyReturn)
	f.until("1 found by eCommerce_eCommerceContacts key")
	f.box.SetText("555")
	f.until("The first 10 found by words; more words narrow it. Down chooses; Enter looks for it as a key, too.")
	if f.table.SelectedRow() >= 0 {
		t.Error("Enter would take somebody whose key it may not be")
	}
}

func TestAShortTextIsNotSearchedForUnasked(t *testing.T) {
	w := newWorking(t)
	w.pick(entityPurchases)
	w.queue.until(t, "what is asked without the dialog", func() bool { return !w.session.asking.Running() && !w.compose.current.reading })
	f := w.findCustomer()
	before, _ := w.session.Link().Client.Pacer().Usage()
	for _, text := range []string{"N", "No", "?!?!", ""} {
		f.box.SetText(text)
		if says := f.says(); text != "" && !strings.Contains(says, "Enter looks for it.") {
			t.Errorf("at %q it says\n%s", text, says)
		}
	}
	if after, _ := w.session.Link().Client.Pacer().Usage(); after != before {
		t.Errorf("%d calls were made, before %d", after, before)
	}
	if says := f.says(); !strings.Contains(says, "Whose activity is it?") {
		t.Errorf("an empty box says\n%s", says)
	}
}

func buttonOn(o fyne.CanvasObject, label string) *widgets.Button {
	var button *widgets.Button
	eachObject(o, func(o fyne.CanvasObject) {
		if b, ok := o.(*widgets.Button); ok && b.Text() == label {
			button = b
		}
	})
	return button
}
