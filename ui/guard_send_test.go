package ui

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"github.com/activitydesk/activitydesk/client/journal"
	"github.com/activitydesk/activitydesk/client/outbox"
)

// guardedDesk stands in an instance with a rule, chosen as a person does.
func guardedDesk(t *testing.T, instance string, rule outbox.Rule) *working {
	t.Helper()
	w := newWorking(t)
	w.standUnder(instance, rule)
	return w
}

func (w *working) standUnder(instance string, rule outbox.Rule) {
	w.t.Helper()
	w.deskRun.choose(instance)
	w.untilLoaded(instance)
	w.chooseRule(rule)
	if w.dialog() != nil {
		typeInto(w.t, w, instance)
		confirm(w.t, w, "Change to "+rule.String())
	}
	if got := w.session.Place().GuardState().Rule; got != rule {
		w.t.Fatalf("%s is %s, want %s", instance, got, rule)
	}
	w.written()
}

// nothingPosted fails where anything was stored by the service.
func (w *working) nothingPosted(instance string) {
	w.t.Helper()
	if got := w.posted(instance, entityPurchases); len(got) != 0 {
		w.t.Fatalf("the service has %d activities", len(got))
	}
}

func (w *working) untilAsked(words string) {
	w.t.Helper()
	w.queue.until(w.t, "the question "+words, func() bool { return w.dialog() != nil && strings.Contains(wordsOn(w.dialog()), words) })
}

func TestAnInstanceThatAsksIsSentToByOneYes(t *testing.T) {
	w := guardedDesk(t, instanceProduction, outbox.RuleAsk)
	w.purchase("OPID_93001")
	w.compose.lookUpCustomer(w.compose.current, 0)
	w.queue.until(t, "the customer", func() bool { return w.compose.current.who.State == checkFound })
	who := w.compose.current.who.Who.Name
	if got := w.compose.work.reason.Text(); got != "Asks before it is sent." {
		t.Errorf("the bar says %q", got)
	}
	w.compose.Send()
	w.untilAsked("Send 1 activity to Contoso production · eCommerce_eCommercePurchases · for " + who + " (CNTID_1000)?")
	if text := wordsOn(w.dialog()); who == "" || !strings.Contains(text, "neither be changed nor deleted") {
		t.Errorf("the card says %q", text)
	}
	w.nothingPosted(instanceProduction)
	confirm(t, w, "Send 1 activity")
	w.untilShown("Visible on the timeline")
	if got := w.posted(instanceProduction, entityPurchases); len(got) != 1 {
		t.Errorf("the service has %d activities", len(got))
	}
}

func TestTheSecondOfADoubleCtrlEnterConfirmsNothing(t *testing.T) {
	w := guardedDesk(t, instanceProduction, outbox.RuleAsk)
	w.purchase("OPID_93002")
	for name, second := range map[string]func(fyne.Focusable){
		"with Ctrl held": func(f fyne.Focusable) {
			f.(fyne.Shortcutable).TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyReturn, Modifier: ctrl})
		},
		"Enter alone":  func(f fyne.Focusable) { f.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn}) },
		"on the block": func(f fyne.Focusable) { f.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEnter}) },
	} {
		w.compose.Send()
		w.untilAsked("Send 1 activity to ")
		second(w.window.Canvas().Focused())
		w.queue.run()
		if n := len(w.window.Canvas().Overlays().List()); n > 1 {
			t.Errorf("%s: %d questions lie over each other", name, n)
		}
		if w.dialog() != nil {
			confirm(t, w, "Cancel")
		}
		w.nothingPosted(instanceProduction)
		if s := w.compose.current.last; s != nil {
			t.Errorf("%s: a send was begun: %+v", name, s.Entry)
		}
	}
}

func TestWhileUnlockedEachFurtherSendIsConfirmed(t *testing.T) {
	w := newWorking(t)
	w.deskRun.choose(instanceProduction)
	w.untilLoaded(instanceProduction)
	w.purchase("OPID_93003")
	w.compose.Send()
	w.untilAsked("Unlock Contoso production?")
	if text := wordsOn(w.dialog()); !strings.Contains(text, "Send 1 activity to Contoso production · ") {
		t.Errorf("the card does not say what is sent: %q", text)
	}
	typeInto(t, w, instanceProduction)
	confirm(t, w, "Unlock and send")
	w.untilShown("Visible on the timeline")
	w.purchase("OPID_93004")
	w.compose.Send()
	w.untilAsked("Send 1 activity to Contoso production · ")
	if got := w.posted(instanceProduction, entityPurchases); len(got) != 1 {
		t.Fatalf("the service has %d activities", len(got))
	}
	confirm(t, w, "Send 1 activity")
	w.queue.until(t, "the outcome of the second", func() bool { // until then Send does nothing
		return len(w.posted(instanceProduction, entityPurchases)) == 2 && !w.compose.current.last.Busy
	})

	w.lockOrUnlock()
	w.purchase("OPID_93005")
	w.compose.Send()
	w.untilAsked("Unlock Contoso production?")
	confirm(t, w, "Cancel")
	if got := w.posted(instanceProduction, entityPurchases); len(got) != 2 {
		t.Errorf("locked again, the service has %d activities", len(got))
	}
}

func TestTheSameAgainIsAskedAboutOnceMoreAndNotConfirmedTwice(t *testing.T) {
	w := guardedDesk(t, instanceProduction, outbox.RuleAsk)
	w.purchase("OPID_93006")
	w.compose.Send()
	confirm(t, w, "Send 1 activity")
	w.untilShown("Visible on the timeline")
	w.compose.Send()
	confirm(t, w, "Send 1 activity")
	w.untilAsked("Send it again?")
	confirm(t, w, "Send again")
	w.untilShown("Already there")
	if w.dialog() != nil {
		t.Errorf("a third question: %q", wordsOn(w.dialog()))
	}
}

func TestTheHistoryAsksBeforeItSendsAgain(t *testing.T) {
	w := newWorking(t)
	w.faults("post:drop-before-store:1,query:503")
	w.purchase("OPID_93007")
	w.compose.Send()
	w.untilShown("Uncertain")
	w.faults("")
	w.chooseRule(outbox.RuleReadOnly) // a sandbox too, if a person wants it so
	w.goTo(PageHistory)
	w.untilListed(1)
	w.history.choose(w.history.entries[0].ID)
	w.history.sendAgain()
	confirm(t, w, "Send again")
	w.untilAsked("Unlock Contoso Coffee?")
	w.nothingPosted(instanceCoffee)
	typeInto(t, w, instanceCoffee)
	confirm(t, w, "Unlock and send")
	w.queue.until(t, "the activity", func() bool { return len(w.posted(instanceCoffee, entityPurchases)) == 1 })
}

func TestARuleThatAnotherDeskTightensStopsTheNextSendHere(t *testing.T) {
	one, two := twoDesks(t)
	one.purchase("OPID_93008")
	two.chooseRule(outbox.RuleAsk)
	two.written()
	one.compose.Send() // it may not have looked yet, and know of nothing to ask
	one.untilAsked("Send 1 activity to Contoso Coffee · ")
	one.nothingPosted(instanceCoffee)

	two.chooseRule(outbox.RuleReadOnly)
	two.written()
	confirm(t, one, "Send 1 activity") // to what asked a moment ago
	one.untilAsked("Unlock Contoso Coffee?")
	one.nothingPosted(instanceCoffee)
	typeInto(t, one, instanceCoffee)
	confirm(t, one, "Unlock and send")
	one.untilShown("Accepted")
}

func TestARuleThatAnotherDeskTightensStopsWhatWaits(t *testing.T) {
	one, two := twoDesks(t)
	one.purchase("OPID_93009")
	one.session.Link().Client.Pacer().PauseUntil(time.Now().Add(time.Hour)) // no budget: it would wait as long
	one.compose.Send()
	one.queue.until(t, "that it waits", func() bool {
		s := one.compose.current.last
		return s != nil && s.Busy && s.Entry.State == journal.Queued
	})
	two.chooseRule(outbox.RuleReadOnly)
	two.written()
	one.lookAtRules(one.services.guard) // as it does every few seconds
	one.queue.until(t, "that it was stopped", func() bool { return !one.compose.current.last.Busy })
	one.nothingPosted(instanceCoffee)
	if s := one.compose.current.last; !s.Entry.NeverSent() || !guarded(s.Err) {
		t.Errorf("the send is %s, %v", s.Entry.State, s.Err)
	}
}

func TestARuleThatAnotherDeskTightensIsShown(t *testing.T) {
	one, two := twoDesks(t)
	one.purchase("OPID_93012")
	two.chooseRule(outbox.RuleReadOnly)
	two.written()
	one.lookAtRules(one.services.guard)
	one.tick()
	if got := one.frame.guard.Text(); got != "Read-only" {
		t.Errorf("the bar says %q", got)
	}
	if got := one.compose.work.reason.Text(); got != "Read-only: asks for the name first." {
		t.Errorf("beside the button it says %q", got)
	}
}

func TestTheMenuSaysByWhichConnectionAnInstanceIsStricter(t *testing.T) {
	w := newWorking(t)
	w.add(tokenConnection("b", "Second"))
	here := w.session.Place()
	change, err := w.rules.Choose("b", here.Instance, outbox.RuleAsk, "")
	if err != nil {
		t.Fatal(err)
	}
	w.remember(change)
	w.written()
	w.lookAtRules(w.services.guard)
	w.tick()
	if got := w.frame.guard.Text(); got != "Ask" {
		t.Errorf("the bar says %q", got)
	}
	for _, item := range w.guardMenu() {
		if bound := item.Label == "Free"; item.Disabled != bound || (item.Note == "stricter by Second") != bound {
			t.Errorf("%s: disabled %v, note %q", item.Label, item.Disabled, item.Note)
		}
	}
	w.chooseRule(outbox.RuleFree)
	if got := here.GuardState().Rule; got != outbox.RuleAsk || w.dialog() != nil {
		t.Errorf("it is %s now", got)
	}
}

func TestTheMenuOfTheGuardChangesTheRuleAndTheListShowsIt(t *testing.T) {
	w := guardedDesk(t, instanceProduction, outbox.RuleFree)
	w.purchase("OPID_93010")
	w.compose.Send()
	w.untilShown("Accepted") // without a question
	if w.dialog() != nil {
		t.Error("it asks")
	}
	notes := map[string]string{}
	for _, item := range w.instanceMenu() {
		notes[item.Label] = item.Note
	}
	if !strings.HasPrefix(notes[instanceProduction], "Free") || !strings.HasPrefix(notes[instanceTrial], "Free · expires in") {
		t.Errorf("the list of instances says %v", notes)
	}
	w.chooseRule(outbox.RuleReadOnly)
	if w.dialog() != nil || w.frame.guard.Text() != "Read-only" {
		t.Errorf("tightening asks, or the bar says %q", w.frame.guard.Text())
	}
	for _, item := range w.guardMenu() {
		if item.Checked != (item.Label == "Read-only") {
			t.Errorf("%s is checked: %v", item.Label, item.Checked)
		}
	}
	w.chooseRule(outbox.RuleFree)
	w.untilAsked("Send to Contoso production without a question?")
	typeInto(t, w, "Contoso")
	confirm(t, w, "Change to free")
	if w.dialog() == nil || w.session.Place().GuardState().Rule != outbox.RuleReadOnly {
		t.Error("another name made it free")
	}
}

func TestARuleThatCannotBeKeptIsSaid(t *testing.T) {
	folder := t.TempDir()
	writeFile(t, filepath.Join(folder, "settings.json"), `{"version": 999}`)
	w := startWorking(t, folder)
	w.untilLoaded(instanceCoffee)
	w.frame.notices.remove("settings")
	w.standUnder(instanceProduction, outbox.RuleAsk)
	w.queue.until(t, "that it is said", func() bool { return w.noticeTexts() != "" })
	if text := w.noticeTexts(); !strings.Contains(text, "session") && !strings.Contains(text, "newer") {
		t.Errorf("it says %q", text)
	}
	if data, err := os.ReadFile(filepath.Join(folder, "settings.json")); err != nil || string(data) != `{"version": 999}` {
		t.Errorf("the file is %q, %v", data, err)
	}
}

func TestTheEndOfATrialIsSaidOnceBesideTheButton(t *testing.T) {
	w := newWorking(t)
	w.deskRun.choose(instanceTrial)
	w.untilLoaded(instanceTrial)
	w.purchase("OPID_93011")
	if got := w.compose.work.reason.Text(); !strings.HasPrefix(got, "Trial ends in ") {
		t.Errorf("beside the button it says %q", got)
	}
	if n := strings.Count(wordsOn(w.frame.root), "what is sent goes with it"); n != 1 {
		t.Errorf("it is said %d times", n)
	}
}

func TestTheLastMinutesOfAnUnlockAreCountedInSeconds(t *testing.T) {
	clock := newTestClock(time.Now())
	d := deskIn(t, t.TempDir(), func(o *Options) { o.Now = clock.now })
	d.untilLoaded("Contoso Coffee")
	d.choose("Contoso production")
	place := d.session.Place()
	if err := d.services.guard.Unlock(place.Connection.ID, place.Instance, "Contoso production"); err != nil {
		t.Fatal(err)
	}
	for _, step := range []struct {
		pass time.Duration
		want string
	}{{0, "Unlocked 30 min"}, {28 * time.Minute, "Unlocked 2:00"}, {61 * time.Second, "Unlocked 59 s"}, {59 * time.Second, "Read-only"}} {
		clock.pass(step.pass)
		d.tick()
		if got := d.frame.guard.Text(); got != step.want {
			t.Errorf("the bar says %q, want %q", got, step.want)
		}
	}
}

// Nothing but the guard's own questions makes a person's word.
func TestOnlyASendMakesAConfirmation(t *testing.T) {
	files := 0
	err := filepath.WalkDir(".", func(file string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || filepath.Ext(file) != ".go" {
			return err
		}
		files++
		text, err := os.ReadFile(file)
		makes := strings.Contains(string(text), "outbox.Confirm(") || strings.Contains(string(text), "outbox.ConfirmAgain(")
		if makes && file != "compose_sends.go" && !strings.HasSuffix(file, "_test.go") {
			t.Errorf("%s confirms a send by itself", file)
		}
		return err
	})
	if err != nil || files < 150 {
		t.Fatalf("%d files, %v", files, err)
	}
}
