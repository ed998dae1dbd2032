package ui

import (
	"reflect"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

// typeJSON goes to the JSON tab and writes a text in place of what is there.
func (w *working) typeJSON(text string) {
	w.t.Helper()
	w.compose.editJSON()
	w.compose.work.json.editor.Replace(text)
}

// changeJSON writes something in place of a part of the text.
func (w *working) changeJSON(from, to string) {
	w.t.Helper()
	w.compose.editJSON()
	text := w.jsonText()
	if !strings.Contains(text, from) {
		w.t.Fatalf("the text has no %s:\n%s", from, text)
	}
	w.typeJSON(strings.Replace(text, from, to, 1))
}

// jsonText is the text as it is seen.
func (w *working) jsonText() string { return w.compose.work.json.editor.Text() }

func (w *working) marks() string {
	var lines []string
	for _, m := range w.compose.work.json.list.Marks() {
		lines = append(lines, m.Text)
	}
	return strings.Join(lines, "\n")
}

func TestTheJSONIsThePayloadAndEditsReachTheFields(t *testing.T) {
	w := newWorking(t)
	w.purchase("OPID_92001")
	w.compose.editJSON()
	if got, want := w.jsonText(), w.compose.pane.preview.Text(); got != want {
		t.Fatalf("the tab shows\n%s\nthe preview\n%s", got, want)
	}
	if w.window.Canvas().Focused() != w.compose.work.json.editor.Target() {
		t.Error("the cursor is not in the text")
	}
	w.changeJSON("12.50", "9007199254740993.10")
	w.queue.until(t, "the text to be applied", func() bool {
		return w.compose.current.form.Text("TotalPrice") == "9007199254740993.10"
	})
	if got := w.compose.pane.preview.Text(); !strings.Contains(got, `"TotalPrice": 9007199254740993.10`) || w.compose.current.pending != nil {
		t.Errorf("the preview shows\n%s", got)
	}
	w.compose.work.choseTab(tabForm)
	w.fill(map[string]string{"Subject": "typed in the form"})
	w.compose.work.choseTab(tabJSON)
	if got := w.jsonText(); !strings.Contains(got, "typed in the form") {
		t.Errorf("the tab shows\n%s", got)
	}
}

func TestWhatIsTypedIsAppliedAtOnceOnLeaving(t *testing.T) {
	for name, leave := range map[string]func(*working){
		"the text":   func(w *working) { w.window.Canvas().Unfocus() },
		"the tab":    func(w *working) { w.compose.work.choseTab(tabForm) },
		"the entity": func(w *working) { w.pick(entityReviews) },
		"the page":   func(w *working) { w.goTo(PageProfiles) },
		"the desk":   func(w *working) { w.compose.Leave() },
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorking(t)
			w.purchase("OPID_92013")
			d := w.compose.current
			w.changeJSON("12.50", "13")
			if d.pending == nil || d.form.Text("TotalPrice") != "12.50" {
				t.Fatal("it was applied before it rested")
			}
			leave(w)
			if got := d.form.Text("TotalPrice"); got != "13" || d.pending != nil {
				t.Errorf("the price is %q, pending %+v", got, d.pending)
			}
		})
	}
}

func TestAnAppliedTextIsOneStepOfTheFormsUndo(t *testing.T) {
	w := newWorking(t)
	w.purchase("OPID_92014")
	before := w.compose.current.form.Snapshot()
	w.typeJSON(`{"PurchaseId": "OPID_1", "Subject": "s", "ContactId": "CNTID_1001"}`)
	w.compose.settleJSON(w.compose.current)
	after := w.compose.current.form.Snapshot()
	w.compose.Undo()
	if got := w.compose.current.form.Snapshot(); !reflect.DeepEqual(got, before) {
		t.Fatalf("undone the form is\n%+v\nwant\n%+v", got, before)
	}
	w.compose.work.choseTab(tabJSON)
	if got := w.jsonText(); got != w.compose.pane.preview.Text() {
		t.Errorf("undone the tab shows\n%s", got)
	}
	w.compose.Redo()
	if got := w.compose.current.form.Snapshot(); !reflect.DeepEqual(got, after) {
		t.Errorf("redone the form is\n%+v\nwant\n%+v", got, after)
	}
}

func TestCtrlEnterInTheJSONSendsTheBytesShown(t *testing.T) {
	w := newWorking(t)
	w.purchase("OPID_92002")
	w.typeJSON(`{"TotalPrice":7.0,"PurchaseId":"OPID_92002","ContactId":"CNTID_1000","PurchasedOn":"2026-11-23T14:05:00Z"}`)
	w.compose.Send() // before the text has rested
	w.untilShown("Visible on the timeline")
	sent := string(w.compose.current.last.Entry.Body)
	if got := w.jsonText(); got != sent || !strings.Contains(sent, `"TotalPrice": 7.0`) {
		t.Errorf("the tab shows\n%s\nsent is\n%s", got, sent)
	}
	if w.compose.work.Tab() != tabJSON {
		t.Error("sending left the tab")
	}
}

func TestWhatDoesNotParseHoldsSendAndLeavesTheFields(t *testing.T) {
	w := newWorking(t)
	w.purchase("OPID_92003")
	before := w.compose.current.form.Snapshot()
	w.typeJSON(brokenJSON)
	w.compose.Send()
	d, work := w.compose.current, w.compose.work
	if d.last != nil || !reflect.DeepEqual(d.form.Snapshot(), before) || w.jsonText() != brokenJSON {
		t.Fatalf("sent %v, the tab shows\n%s", d.last, w.jsonText())
	}
	if !work.tabs.Marked(tabJSON) || !work.send.Disabled() {
		t.Error("neither the tab is marked nor Send held")
	}
	if got := work.reason.Text(); !strings.HasPrefix(got, "The JSON does not parse: line 3:") {
		t.Errorf("the bar says %q", got)
	}
	work.choseTab(tabForm)
	test.Tap(work.problems)
	if work.Tab() != tabJSON || work.json.editor.Line() != 3 {
		t.Errorf("the tap leads to tab %d, line %d", work.Tab(), work.json.editor.Line())
	}
}

// brokenJSON does not parse in line 3.
const brokenJSON = "{\n  \"PurchaseId\": \"OPID_92003\",\n  \"TotalPrice\": 12,50\n}"

func TestWhatDoesNotParseStaysAsTypedWhereverOneGoes(t *testing.T) {
	w := newWorking(t)
	w.purchase("OPID_92003")
	w.typeJSON(brokenJSON)
	work := w.compose.work
	w.pick(entityReviews)
	if work.tabs.Marked(tabJSON) || strings.Contains(w.jsonText(), "OPID_92003") {
		t.Error("another entity has the text")
	}
	w.goTo(PageProfiles)
	w.goTo(PageCompose)
	w.deskRun.choose(instanceTrial)
	w.untilLoaded(instanceTrial)
	w.deskRun.choose(instanceCoffee)
	w.untilLoaded(instanceCoffee)
	w.pick(entityPurchases)
	if got := w.jsonText(); got != brokenJSON || !work.tabs.Marked(tabJSON) {
		t.Errorf("back again the tab shows\n%s", got)
	}
}

func TestTheFieldsJSONIsTakenAgainAndThatIsUndone(t *testing.T) {
	w := newWorking(t)
	w.purchase("OPID_92003")
	w.typeJSON(brokenJSON)
	w.compose.settleJSON(w.compose.current)
	work := w.compose.work
	test.Tap(work.json.take)
	if got := w.jsonText(); got != w.compose.pane.preview.Text() || work.send.Disabled() || work.tabs.Marked(tabJSON) {
		t.Errorf("taken again, the tab shows\n%s", got)
	}
	w.frame.notices.list[0].OnAction()
	if got := w.jsonText(); got != brokenJSON || !work.send.Disabled() {
		t.Errorf("undone, the tab shows\n%s", got)
	}
}

func TestATextThatWasLeftIsGoneOnWith(t *testing.T) {
	w := newWorking(t)
	w.purchase("OPID_92004")
	w.typeJSON("{")
	left := *w.compose.current.pending
	if left.Text != "{" || !strings.Contains(left.Shown, "OPID_92004") {
		t.Fatalf("the draft keeps %+v", left)
	}
	w.compose.current.leaveJSON()
	w.compose.current.pending = &left // as the next start finds it
	w.pick(entityReviews)
	w.pick(entityPurchases)
	if got := w.compose.work.reason.Text(); !strings.HasPrefix(got, "The JSON does not parse: line 1") || w.jsonText() != "{" {
		t.Errorf("the bar says %q, the tab shows %s", got, w.jsonText())
	}
}

func TestUnknownMembersAreKeptDroppedOrRenamedByChoice(t *testing.T) {
	w := newWorking(t)
	w.purchase("OPID_92005")
	w.changeJSON(`"TotalPrice": 12.50`, "\"total_price\": 13,\n  \"Foo\": {\"a\": 1}")
	w.compose.Send()
	form, tab := w.compose.current.form, w.compose.work.json
	if !tab.ask.Visible() || form.Text("TotalPrice") != "12.50" || w.compose.current.last != nil {
		t.Fatalf("asked %v, price %q", tab.ask.Visible(), form.Text("TotalPrice"))
	}
	if got := tab.askText.Text(); !strings.HasPrefix(got, "2 members that the entity does not have: total_price (line 5; did you mean TotalPrice?), Foo (line 6).") {
		t.Errorf("it asks %q", got)
	}
	tap(t, tab.askRow, "Rename to TotalPrice")
	tap(t, tab.askRow, "Keep")
	if tab.ask.Visible() || form.Text("TotalPrice") != "13" || len(form.Extras()) != 1 {
		t.Fatalf("chosen: price %q, extras %+v", form.Text("TotalPrice"), form.Extras())
	}
	w.changeJSON(`"Foo"`, `"Bar"`)
	w.compose.settleJSON(w.compose.current)
	tap(t, tab.askRow, "Drop")
	if len(form.Extras()) != 0 || strings.Contains(w.jsonText(), "Bar") {
		t.Errorf("dropped, the tab shows\n%s", w.jsonText())
	}
}

func TestFurtherMembersAreSaidInTheFormAndCanBeRemoved(t *testing.T) {
	w := newWorking(t)
	w.purchase("OPID_92011")
	w.changeJSON(`"TotalPrice": 12.50`, "\"TotalPrice\": 12.50,\n  \"Foo\": 1")
	w.compose.settleJSON(w.compose.current)
	tap(t, w.compose.work.json.askRow, "Keep")
	form := w.compose.current.form
	note := w.compose.work.extras
	if got := note.text.Text(); got != "1 further member is sent: Foo" || !note.content.Visible() {
		t.Errorf("the form says %q", got)
	}
	if got := w.marks(); !strings.Contains(got, "“Foo”: the entity does not have it. It is sent") {
		t.Errorf("the tab says\n%s", got)
	}
	test.Tap(note.button)
	if len(form.Extras()) != 0 || note.content.Visible() || strings.Contains(w.jsonText(), "Foo") {
		t.Errorf("removed, the tab shows\n%s", w.jsonText())
	}
	w.frame.notices.list[0].OnAction()
	if len(form.Extras()) != 1 || !strings.Contains(w.jsonText(), "Foo") {
		t.Errorf("undone, the tab shows\n%s", w.jsonText())
	}
}

func tap(t *testing.T, in fyne.CanvasObject, label string) {
	t.Helper()
	var tapped bool
	eachObject(in, func(o fyne.CanvasObject) {
		if b, ok := o.(interface {
			fyne.Tappable
			Text() string
		}); ok && b.Text() == label && !tapped {
			tapped = true
			b.Tapped(nil)
		}
	})
	if !tapped {
		t.Fatalf("there is no button %q", label)
	}
}

func TestProblemsAreMarkedAndF8LeadsThroughThem(t *testing.T) {
	w := newWorking(t)
	w.purchase("OPID_92006")
	w.fill(map[string]string{"TotalPrice": "12,5O", "PurchaseId": ""})
	w.compose.editJSON()
	if got := w.jsonText(); !strings.Contains(got, `"TotalPrice": "12,5O"`) {
		t.Errorf("the tab shows\n%s", got)
	}
	if got := w.marks(); !strings.HasPrefix(got, "TotalPrice: Not a number") || !strings.Contains(got, "PurchaseId: Required") {
		t.Errorf("the marks are\n%s", got)
	}
	editor := w.compose.work.json.editor
	for _, want := range []int{4, 5, 4} {
		w.compose.nextProblem()
		if editor.Line() != want {
			t.Fatalf("F8 leads to line %d, want %d", editor.Line(), want)
		}
	}
}

func TestLookingAtTheJSONFreezesNoTime(t *testing.T) {
	start := time.Date(2026, 11, 23, 14, 5, 0, 0, time.UTC)
	var passed atomic.Int64 // seconds
	w := newWorking(t, func(o *Options) {
		o.Now = func() time.Time { return start.Add(time.Duration(passed.Load()) * time.Second) }
	})
	w.purchase("OPID_92007")
	w.fill(map[string]string{"PurchasedOn": "now-2d"})
	w.compose.work.choseTab(tabJSON)
	passed.Store(7)
	w.compose.tick()
	if got := w.jsonText(); !strings.Contains(got, `"2026-11-21T14:05:07Z"`) {
		t.Errorf("later the tab shows\n%s", got)
	}
	w.changeJSON("12.50", "13")
	passed.Store(9)
	w.compose.Send()
	form := w.compose.current.form
	if form.Text("PurchasedOn") != "now-2d" || form.Text("TotalPrice") != "13" {
		t.Errorf("the time is %q, the price %q", form.Text("PurchasedOn"), form.Text("TotalPrice"))
	}
	if got, sent := w.jsonText(), string(w.compose.current.last.Request.Body); got != sent || !strings.Contains(sent, `"2026-11-21T14:05:09Z"`) {
		t.Errorf("the tab shows\n%s\nsent is\n%s", got, sent)
	}
	w.untilShown("Visible on the timeline")
}

func TestANewActivityPutsTheTextAwayWithItsForm(t *testing.T) {
	w := newWorking(t)
	w.purchase("OPID_92008")
	w.typeJSON("{ broken")
	w.compose.New()
	if d := w.compose.current; !d.untouched() || w.compose.work.problems.Text() != "3 fields to fill" {
		t.Fatalf("pending %+v, the bar says %q", d.pending, w.compose.work.problems.Text())
	}
	w.frame.notices.list[0].OnAction() // take the text back
	w.compose.Undo()                   // and the fields
	w.compose.work.choseTab(tabJSON)
	if got := w.jsonText(); got != "{ broken" || w.compose.current.form.Text("PurchaseId") != "OPID_92008" {
		t.Errorf("undone, the tab shows %q, the key is %q", got, w.compose.current.form.Text("PurchaseId"))
	}
}

func TestAnUntouchedTextIsTheFormInEveryEntity(t *testing.T) {
	w := newWorking(t)
	for _, entity := range w.session.Place().Entities {
		name := entity.DataName()
		row, ok := w.compose.entities.Row(name)
		if !ok || row.Muted {
			continue
		}
		w.pick(name)
		d := w.compose.current
		for i, field := range d.form.Fields() {
			switch i % 5 {
			case 0:
				d.form.SetText(field.Name, "now-2d")
			case 1:
				d.form.SetNull(field.Name)
			case 2:
				d.form.SetEmpty(field.Name)
			case 3:
				d.form.SetText(field.Name, "12,5O")
				d.form.SetZone(field.Name, time.UTC)
			}
		}
		before := d.form.Snapshot()
		w.compose.work.choseTab(tabJSON)
		w.compose.work.json.editor.OnChanged(w.jsonText()) // a key that changed nothing
		w.compose.work.choseTab(tabForm)
		if after := d.form.Snapshot(); !reflect.DeepEqual(after, before) {
			t.Errorf("%s was\n%+v\nis\n%+v", name, before, after)
		}
		if d.pending != nil {
			t.Errorf("%s has %+v pending: %+v", name, d.pending, d.json.result)
		}
	}
}

func TestUndoingAChoiceFreezesNoTime(t *testing.T) {
	start := time.Date(2026, 11, 23, 14, 5, 0, 0, time.UTC)
	var passed atomic.Int64 // seconds
	w := newWorking(t, func(o *Options) {
		o.Now = func() time.Time { return start.Add(time.Duration(passed.Load()) * time.Second) }
	})
	w.purchase("OPID_92012")
	w.fill(map[string]string{"PurchasedOn": "now-2d"})
	w.changeJSON("12.50", "12.50,\n  \"Foo\": 1")
	w.compose.settleJSON(w.compose.current)
	w.window.Canvas().Unfocus()
	tap(t, w.compose.work.json.askRow, "Drop")
	passed.Store(5)
	w.compose.tick()
	w.frame.notices.list[0].OnAction()
	if !w.compose.work.json.ask.Visible() {
		t.Fatalf("undone, the tab shows\n%s", w.jsonText())
	}
	tap(t, w.compose.work.json.askRow, "Keep")
	if form := w.compose.current.form; form.Text("PurchasedOn") != "now-2d" || len(form.Extras()) != 1 {
		t.Errorf("the time is %q, extras %+v", form.Text("PurchasedOn"), form.Extras())
	}
}
