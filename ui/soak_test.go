// What a desk holds on to does not grow with what is done in it.

package ui

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"github.com/activitydesk/activitydesk/client/outbox"
	"github.com/activitydesk/activitydesk/ui/widgets"
)

// soakingIn stands in an instance of a service of its own.
func soakingIn(t *testing.T, instance string) *working {
	t.Helper()
	unwatched(t)
	to := startService(t, "")
	w := newWorking(t, func(o *Options) { o.Sandbox.Rate = 1_000_000 })
	w.session.Link().Client.Pacer().SetLimit(1_000_000)
	w.connect(to, "soak", "A service")
	w.session.ChooseConnection("soak")
	w.queue.until(t, "the instances", func() bool { list, loading, _ := w.session.Instances(); return len(list) > 0 && !loading })
	w.choose(instance)
	w.untilLoaded(instance)
	return w
}

func TestNothingGrowsOver1000SwitchesOfEntities(t *testing.T) {
	unwatched(t)
	w := newWorking(t)
	entities := []string{entityPurchases, "Survey_wideResponses", entityReviews} // the second has 300 fields
	w.nothingGrows(1000, func(i int) {
		w.pick(entities[i%len(entities)])
		w.queue.run()
		if i%2 == 0 {
			w.fill(map[string]string{"ContactId": fmt.Sprint("CNTID_", 1000+i%5)})
		}
	})
}

func TestNothingGrowsOver1000Sends(t *testing.T) {
	w := soakingIn(t, instanceCoffee)
	began := time.Now().Add(-time.Hour).UTC()
	w.nothingGrows(1000, func(i int) {
		key := fmt.Sprint("OPID_", 100_000+i)
		w.purchase(key)
		w.fill(map[string]string{"PurchasedOn": began.Add(time.Duration(i) * time.Second).Format(time.DateTime)})
		w.compose.Send()
		w.queue.until(t, "the answer to "+key, func() bool {
			last := w.compose.current.last
			return last != nil && keyWords(last.Entry) == key && !last.Busy
		})
	})
}

// TestNothingGrowsOverAnHourOfWatching asks every 5 seconds. Each minute another
// client's activity arrives, each ten minutes the service fails for a while.
func TestNothingGrowsOverAnHourOfWatching(t *testing.T) {
	unwatched(t)
	const looks = 720
	clock := newTestClock(visitClock)
	w, line := visited(t, clock, hours(60, visitClock)...)
	w.session.Place().Service.Pacer().SetLimit(1_000_000) // its minutes are not the clock's
	before := line.watch.asks
	w.nothingGrows(looks, func(i int) {
		switch i % 120 {
		case 60:
			w.faults("query:503")
		case 63:
			w.faults("")
		}
		if i%12 == 0 {
			w.postedByAnother(entityVisits, aVisit(fmt.Sprintf("V%05d", 50_000+i), clock.now().Add(-time.Second)))
		}
		w.pass(clock, 5)
	})
	if asked, arrived := line.watch.asks-before, line.lines.Of-60; asked < looks/2 || arrived < looks/12-2 {
		t.Errorf("it was asked %d times, and %d activities arrived", asked, arrived)
	}
}

func TestNothingGrowsOver200Cards(t *testing.T) {
	unwatched(t)
	w := newWorking(t)
	w.purchase("OPID_99000")
	w.compose.Send()
	w.untilShown("Visible on the timeline")
	cards := []func(){
		w.addConnection, w.compose.findCustomer, w.goAnywhere, w.compose.why, w.compose.showPresets, w.compose.SavePreset,
		func() { widgets.ShowMenuBelow(w.frame.guard, w.guardMenu()) },
	}
	w.nothingGrows(200, func(i int) {
		cards[i%len(cards)]()
		w.queue.until(t, fmt.Sprint("card ", i%len(cards)), func() bool { return w.dialog() != nil })
		eachVisible(w.dialog(), func(fyne.CanvasObject) {}) // it is drawn
		w.closeCard()
	})
}

// closeCard closes what lies over the window, by Esc.
func (w *working) closeCard() {
	w.t.Helper()
	focused := w.window.Canvas().Focused()
	if focused == nil {
		w.t.Fatal("nothing has the cursor")
	}
	focused.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	w.untilNoDialog()
}

func TestNothingGrowsOver200SwitchesOfTheInstance(t *testing.T) {
	w := soakingIn(t, instanceCoffee)
	w.nothingGrows(200, func(i int) {
		instance := []string{instanceTrial, instanceProduction, instanceCoffee}[i%3]
		w.choose(instance)
		w.untilLoaded(instance)
	})
}

func TestNothingGrowsOver100SwitchesOfTheConnection(t *testing.T) {
	w := soakingIn(t, instanceCoffee)
	w.nothingGrows(100, func(i int) {
		connection := []string{sandboxID, "soak"}[i%2]
		w.session.ChooseConnection(connection)
		w.untilLoaded(instanceCoffee)
	})
}

func TestASendKeepsNoneOfThoseBefore(t *testing.T) {
	w := newWorking(t)
	w.purchase("OPID_99001")
	w.compose.Send()
	w.untilShown("Visible on the timeline")
	last := w.compose.current.last
	w.purchase("OPID_99002")
	w.compose.Send()
	if w.compose.current.last.Prev != last {
		t.Error("while it is sent, what it takes the place of is not known")
	}
	w.queue.until(t, "the answer", func() bool { return !w.compose.current.last.Busy })
	if w.compose.current.last == last || w.compose.current.last.Prev != nil {
		t.Error("the send before is kept")
	}
}

// TestWhatIsNotSentAgainIsShownAsItIs is a send again that was kept back: the pane
// goes on showing the send, and not an older one.
func TestWhatIsNotSentAgainIsShownAsItIs(t *testing.T) {
	w := newWorking(t)
	w.purchase("OPID_99003")
	w.compose.Send()
	w.untilShown("Visible on the timeline")
	last := w.compose.current.last
	last.Dropped, last.Err = true, outbox.ErrInFlight
	w.compose.sendChanged(last)
	if w.compose.current.last != last || !strings.Contains(w.steps(), "Visible on the timeline") {
		t.Errorf("the pane shows %q", w.steps())
	}
}
