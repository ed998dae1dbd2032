package widgets_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"github.com/activitydesk/activitydesk/client/metadata"
	"github.com/activitydesk/activitydesk/forms"
	"github.com/activitydesk/activitydesk/ui/widgets"
)

// kinds is an empty form with a field of every kind, named after it.
func kinds() *forms.Form {
	entity := metadata.Entity{Name: "kinds", Type: metadata.EntityActivity, TimestampAttribute: "none"}
	for name, kind := range map[string]metadata.Kind{
		"Text": metadata.KindText, "Whole": metadata.KindInteger, "Date": metadata.KindDate, "At": metadata.KindDateTime,
		"Guid": metadata.KindGUID, "Json": metadata.KindJSON, "Bytes": metadata.KindBinary, "Gift": metadata.KindBoolean,
	} {
		entity.Attributes = append(entity.Attributes, metadata.Attribute{Name: name, Type: metadata.DataType{Kind: kind, Bits: 64}})
	}
	stamp := metadata.Attribute{Name: "Stamp", ReadOnly: true, Type: metadata.DataType{Kind: metadata.KindText}}
	site := metadata.Attribute{Name: "Site", SemanticType: "ReferenceURL", Type: metadata.DataType{Kind: metadata.KindText}}
	entity.Attributes = append(entity.Attributes, stamp, site)
	slices.SortFunc(entity.Attributes, func(a, b metadata.Attribute) int { return strings.Compare(a.Name, b.Name) })
	zone := time.FixedZone("", 3600)
	return forms.FromEntity(entity, forms.Options{Zone: zone, Now: func() time.Time {
		return time.Date(2026, 11, 23, 14, 5, 0, 0, time.UTC)
	}})
}

var tallSize = fyne.NewSize(760, 900)

func showKinds(t *testing.T) (fyne.Canvas, *widgets.FormView, *forms.Form) {
	t.Helper()
	form := kinds()
	view := widgets.NewFormView()
	c, _ := show(t, tallSize, view)
	view.SetForm(form)
	return c, view, form
}

type clipboard struct{ text string }

func (c *clipboard) Content() string        { return c.text }
func (c *clipboard) SetContent(text string) { c.text = text }

func paste(t *testing.T, c fyne.Canvas, text string) {
	t.Helper()
	shortcut(t, c, &fyne.ShortcutPaste{Clipboard: &clipboard{text}})
}

func entryOf(t *testing.T, c fyne.Canvas) *widgets.Entry {
	t.Helper()
	entry, ok := c.Focused().(*widgets.Entry)
	if !ok {
		t.Fatalf("the cursor is in %T", c.Focused())
	}
	return entry
}

func alt(key fyne.KeyName) fyne.Shortcut {
	return &desktop.CustomShortcut{KeyName: key, Modifier: fyne.KeyModifierAlt}
}

func TestAPasteKeepsItsLines(t *testing.T) {
	c, view, form := showKinds(t)
	view.FocusField("Text")
	entry := entryOf(t, c)
	test.Type(entry, "say: ")
	paste(t, c, "one\r\ntwo\rthree")
	if got := form.Text("Text"); got != "say: one\ntwo\nthree" || entry.Text != got || !entry.MultiLine {
		t.Errorf("the form has %q, the field %q of several lines: %v", got, entry.Text, entry.MultiLine)
	}
	test.Type(entry, "!")
	if got := form.Text("Text"); got != "say: one\ntwo\nthree!" {
		t.Errorf("typing goes on at %q", got)
	}
}

func TestWhatSurroundsAPastedNumberIsNoPartOfIt(t *testing.T) {
	c, view, form := showKinds(t)
	view.FocusField("Whole")
	paste(t, c, " 12\r\n")
	if form.Text("Whole") != "12" || entryOf(t, c).MultiLine {
		t.Errorf("the form has %q", form.Text("Whole"))
	}
	paste(t, c, "3\n4")
	if form.Text("Whole") != "123\n4" || form.Problem("Whole") == nil || !entryOf(t, c).MultiLine {
		t.Errorf("the form has %q", form.Text("Whole"))
	}
}

func TestATextGrowsToEightLines(t *testing.T) {
	c, view, form := showKinds(t)
	view.FocusField("Text")
	entry := entryOf(t, c)
	heights := []float32{entry.Size().Height}
	for _, lines := range []int{3, 8, 30} {
		form.SetText("Text", strings.Repeat("line\n", lines-1)+"end")
		view.Sync()
		test.LaidOutObjects(view)
		heights = append(heights, entry.Size().Height)
	}
	if heights[1] <= heights[0] || heights[2] <= heights[1] || heights[3] != heights[2] {
		t.Errorf("heights of 1, 3, 8 and 30 lines: %v", heights)
	}
}

func TestAFieldGrowsWhileOneTypes(t *testing.T) {
	c, view, _ := showKinds(t)
	view.FocusField("Text")
	shortcut(t, c, alt(fyne.KeyReturn))
	entry := entryOf(t, c)
	before := entry.Size().Height
	for range 4 {
		test.Type(entry, "line")
		press(c, fyne.KeyReturn)
	}
	if entry.Size().Height <= before {
		t.Errorf("stays %v high", entry.Size().Height)
	}
}

func TestALongTextGetsSeveralLinesAndKeepsTheCursor(t *testing.T) {
	c, view, form := showKinds(t)
	view.FocusField("Text")
	entry := entryOf(t, c)
	test.Type(entry, strings.Repeat("word ", 30)+"end")
	if want := strings.Repeat("word ", 30) + "end"; !entry.MultiLine || form.Text("Text") != want {
		t.Errorf("several lines: %v, the form has %q", entry.MultiLine, form.Text("Text"))
	}
}

func TestAltEnterGivesSeveralLinesAndBack(t *testing.T) {
	c, view, form := showKinds(t)
	view.FocusField("Text")
	entry := entryOf(t, c)
	shortcut(t, c, alt(fyne.KeyReturn))
	if !entry.MultiLine || entryOf(t, c) != entry {
		t.Fatal("the field has one line")
	}
	shortcut(t, c, alt(fyne.KeyReturn))
	if entry.MultiLine {
		t.Fatal("the field has several lines")
	}
	shortcut(t, c, alt(fyne.KeyEnter))
	test.Type(entry, "a")
	press(c, fyne.KeyReturn)
	test.Type(entry, "b")
	shortcut(t, c, alt(fyne.KeyReturn))
	if form.Text("Text") != "a\nb" || !entry.MultiLine {
		t.Errorf("the form has %q, several lines: %v", form.Text("Text"), entry.MultiLine)
	}
}

func TestSampleRowsOfSeveralLinesAskForThem(t *testing.T) {
	form := kinds()
	form.Learn([]map[string]any{{"Text": "one\ntwo"}})
	c, view := showForm(t, form)
	view.FocusField("Text")
	if !entryOf(t, c).MultiLine {
		t.Error("the field has one line")
	}
}

func TestAValueThatIsTooLongIsShownAndReplacedWhole(t *testing.T) {
	c, view, form := showKinds(t)
	view.FocusField("Text")
	entry := entryOf(t, c)
	test.Type(entry, "ab")
	press(c, fyne.KeyLeft)
	long := strings.Repeat("x", 20_000)
	paste(t, c, long)
	if form.Text("Text") != "a"+long+"b" {
		t.Fatalf("the form has %d bytes", len(form.Text("Text")))
	}
	if c.Focused() == fyne.Focusable(entry) || entry.Text != "" || !contains(words(view), "20.0 KB, too long to edit here") {
		t.Fatalf("the cursor is in %T, shows %q", c.Focused(), words(view))
	}
	test.Type(c.Focused(), "lost")
	press(c, fyne.KeyDelete, fyne.KeyBackspace)
	if form.Text("Text") != "a"+long+"b" {
		t.Error("a key changed what cannot be edited")
	}
	held := &clipboard{}
	shortcut(t, c, &fyne.ShortcutCopy{Clipboard: held})
	if held.text != "a"+long+"b" {
		t.Errorf("copied %d bytes", len(held.text))
	}
	paste(t, c, "short")
	if form.Text("Text") != "short" || entryOf(t, c).Text != "short" {
		t.Errorf("the form has %.20q", form.Text("Text"))
	}
}

func TestTabComesToALongValueBeforeItsLinks(t *testing.T) {
	c, view, form := showKinds(t)
	form.SetText("Text", strings.Repeat("x", 20_000))
	view.Sync()
	view.FocusField("Text")
	value := c.Focused()
	next := c.(interface {
		FocusNext()
		FocusPrevious()
	})
	next.FocusNext()
	if b, ok := c.Focused().(*widgets.Button); !ok || b.Text() != "Copy" {
		t.Errorf("after the value comes %T", c.Focused())
	}
	next.FocusPrevious()
	if c.Focused() != value {
		t.Errorf("before Copy comes %T", c.Focused())
	}
}

func TestALongValueIsClearedByAButton(t *testing.T) {
	_, view, form := showKinds(t)
	form.SetText("Json", `["`+strings.Repeat("x", 20_000)+`"]`)
	view.Sync()
	tapButton(t, view, "Clear")
	if form.State("Json") != forms.LeftOut || contains(words(view), "Clear") {
		t.Errorf("the field is %v, shows %q", form.State("Json"), words(view))
	}
}

func TestEveryFixIsOffered(t *testing.T) {
	_, view, form := showKinds(t)
	form.SetText("Date", "03/04/2026")
	view.Sync()
	if all := words(view); !contains(all, "Use 2026-03-04") || !contains(all, "Use 2026-04-03") {
		t.Fatalf("shows %q", all)
	}
	tapButton(t, view, "Use 2026-04-03")
	if form.Text("Date") != "2026-04-03" || contains(words(view), "Use 2026-03-04") {
		t.Errorf("the form has %q, shows %q", form.Text("Date"), words(view))
	}
}

func TestAHintOffersWhatWasMeant(t *testing.T) {
	_, view, form := showKinds(t)
	form.SetText("Site", "www.example.com")
	view.Sync()
	tapButton(t, view, "Use https://www.example.com")
	if form.Text("Site") != "https://www.example.com" || form.Hint("Site") != "" {
		t.Errorf("the form has %q", form.Text("Site"))
	}
}

func TestALetterChoosesInTheMenuOfStates(t *testing.T) {
	c, view, form := showKinds(t)
	view.FocusField("Text")
	for _, step := range []struct {
		letter rune
		state  forms.State
	}{{'n', forms.Null}, {'E', forms.Value}, {'l', forms.LeftOut}} {
		view.OpenMenu()
		c.Focused().TypedRune(step.letter)
		if form.State("Text") != step.state || view.FocusedField() != "Text" {
			t.Errorf("%c: the field is %v, the cursor in %q", step.letter, form.State("Text"), view.FocusedField())
		}
	}
	test.Type(c.Focused(), "kept")
	view.OpenMenu()
	c.Focused().TypedRune('v')
	if form.Text("Text") != "kept" {
		t.Errorf("the form has %q", form.Text("Text"))
	}
}

func TestYesAndNoAreTypedInWordsToo(t *testing.T) {
	c, view, form := showKinds(t)
	view.FocusField("Gift")
	for letter, want := range map[rune]string{'y': "true", 'N': "false", 't': "true", 'f': "false", '1': "true", '0': "false"} {
		c.Focused().TypedRune(letter)
		if form.Text("Gift") != want {
			t.Errorf("%c: %q", letter, form.Text("Gift"))
		}
	}
}

func TestAReadOnlyValueSaysThatItIsNotSent(t *testing.T) {
	c, view, form := showKinds(t)
	form.SetText("Stamp", "loaded")
	view.Sync()
	view.FocusField("Stamp")
	paste(t, c, "other")
	if form.Text("Stamp") != "loaded" || !contains(words(view), "shown, not sent") {
		t.Errorf("the form has %q, shows %q", form.Text("Stamp"), words(view))
	}
	view.OpenMenu()
	view.OpenSuggestions()
	view.OpenCalendar()
	if c.Overlays().Top() != nil {
		t.Error("something opened")
	}
}

func TestJSONIsFormattedAndOnlyJSON(t *testing.T) {
	c, view, form := showKinds(t)
	form.SetText("Json", `{"a":1.50}`)
	view.Sync()
	tapButton(t, view, "Format")
	if form.Text("Json") != "{\n  \"a\": 1.50\n}" {
		t.Errorf("the form has %q", form.Text("Json"))
	}
	view.FocusField("Json")
	view.OpenMenu()
	chooseInMenu(t, view, "Compact")
	if form.Text("Json") != `{"a":1.50}` || view.FocusedField() != "Json" {
		t.Errorf("the form has %q", form.Text("Json"))
	}
	entryOf(t, c).SetText(`{"a":`)
	tapButton(t, view, "Format")
	if form.Text("Json") != `{"a":` {
		t.Errorf("the form has %q", form.Text("Json"))
	}
}

func TestAGUIDIsMadeByATap(t *testing.T) {
	_, view, form := showKinds(t)
	tapButton(t, view, "New GUID")
	if len(form.Text("Guid")) != 36 || form.Problem("Guid") != nil {
		t.Errorf("the form has %q", form.Text("Guid"))
	}
}

func TestBytesAreCountedAndLoadedFromAFileOnRequest(t *testing.T) {
	form := kinds()
	view := widgets.NewFormView()
	var asked []string
	view.OnLoadFile = func(f *forms.Field) { asked = append(asked, f.Name) }
	show(t, tallSize, view)
	view.SetForm(form)
	form.SetText("Bytes", "SGVsbG8=")
	view.Sync()
	if !contains(words(view), "5 bytes") {
		t.Errorf("shows %q", words(view))
	}
	tapButton(t, view, "Load…")
	view.FocusField("Text")
	view.OpenMenu()
	chooseInMenu(t, view, "Load from file…")
	if !slices.Equal(asked, []string{"Bytes", "Text"}) {
		t.Errorf("asked for %q", asked)
	}
}

func TestAZoneIsSearchedByTyping(t *testing.T) {
	form := kinds()
	view := widgets.NewFormView()
	view.Zones = []string{"America/Argentina/Buenos_Aires", "America/New_York", "Asia/Kolkata", "Asia/Tokyo", "Europe/Kyiv", "Europe/London", "Europe/Paris", "Europe/Rome", "Europe/Zurich"}
	c, _ := show(t, tallSize, view)
	view.SetForm(form)
	form.SetText("At", "2026-11-23 14:05")
	form.SetZone("At", time.UTC)
	view.Sync()
	tapButton(t, view, "UTC")
	test.Type(c.Focused(), "buenos")
	press(c, fyne.KeyReturn)
	if got := form.SentAs("At"); got != "2026-11-23T17:05:00Z" || !contains(words(view), "Buenos Aires") || view.FocusedField() != "At" {
		t.Errorf("sent as %q, the cursor in %q, shows %q", got, view.FocusedField(), words(view))
	}
}

func TestTheLinksOfANarrowFieldStandBelowIt(t *testing.T) {
	for width, below := range map[float32]bool{900: false, 420: true} {
		view := widgets.NewFormView()
		c, _ := show(t, fyne.NewSize(width, 900), view)
		view.SetForm(kinds())
		view.FocusField("At")
		d := fyne.CurrentApp().Driver()
		entry := entryOf(t, c)
		at, size := d.AbsolutePositionForObject(entry), entry.Size()
		for _, b := range all[wordedTool](view) {
			if b.Text() != "Now" {
				continue
			}
			pos := d.AbsolutePositionForObject(b)
			if got := pos.Y >= at.Y+size.Height; got != below {
				t.Errorf("width %v: below %v", width, got)
			}
			if pos.X+b.Size().Width > width || !below && pos.X+b.Size().Width > at.X+size.Width {
				t.Errorf("width %v: the link ends at %v", width, pos.X+b.Size().Width)
			}
		}
	}
}
