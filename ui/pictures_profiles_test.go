// How a desk comes to the states of profiles, and of what is missing on one.

package ui

import (
	"strings"

	"fyne.io/fyne/v2"

	"github.com/activitydesk/activitydesk/ui/people"
)

// notSeen has looked for an activity as long as it is looked: what would take two
// minutes is said at once.
func (d *drawing) notSeen() {
	d.t.Helper()
	d.unseen("OPID_90001")
	d.compose.current.last.Look = lookMissed
	d.compose.showSend()
}

// openSentRow opens a row that was sent from here.
func (d *drawing) openSentRow() {
	d.t.Helper()
	d.send("OPID_90001", "Visible on the timeline")
	d.search("CNTID_1000")
	for _, row := range d.profiles.timeline.store.Known {
		if row.SourceID == "OPID_90001" {
			d.profiles.timeline.showOpen(row)
		}
	}
}

func (d *drawing) whyRunning() {
	d.t.Helper()
	d.unseen("OPID_90001")
	d.faults("query:slow=60s")
	d.compose.why()
	d.queue.until(d.t, "the first findings", func() bool { return wordsHave(d.dialog(), "It was sent to Contoso Coffee") })
}

func (d *drawing) whyOneCause() {
	d.t.Helper()
	d.unseen("OPID_90001")
	d.compose.why()
	d.untilFoundOut()
}

func (d *drawing) whyUnanswered() {
	d.t.Helper()
	d.unseen("OPID_90001")
	d.faults("query:503")
	d.compose.why()
	d.untilFoundOut()
}

func (d *drawing) whyElsewhere() {
	d.t.Helper()
	d.unseen("OPID_90001")
	d.stand(instanceTrial)
	d.goTo(PageHistory)
	d.untilListed(1)
	d.history.why()
	d.untilFoundOut()
}

func (d *drawing) whyChoose() {
	d.t.Helper()
	d.unseen("OPID_90001")
	d.search("CNTID_1000")
	d.profiles.askWhy()
	d.queue.until(d.t, "the sends", func() bool { return wordsHave(d.dialog(), "1 send in the journal") })
}

// look opens the dialog that finds a customer of a purchase.
func (d *drawing) look(text string) *finding { return d.lookIn(entityPurchases, text) }

func (d *drawing) lookIn(entity, text string) *finding {
	d.t.Helper()
	d.pick(entity)
	d.untilSampled()
	d.compose.findCustomer()
	f := d.findingOpen()
	if text != "" {
		f.box.SetText(text)
		f.press(fyne.KeyReturn)
		d.queue.until(d.t, "the answer", func() bool { return wordsHave(d.dialog(), " found ") })
	}
	return f
}

func (d *drawing) lookUntil(text, words string) {
	d.t.Helper()
	d.pick(entityPurchases)
	d.compose.findCustomer()
	f := d.findingOpen()
	f.box.SetText(text)
	f.until(words)
}

// typeIntoSearch is what is seen when words were found while one typed.
func (d *drawing) typeIntoSearch() {
	d.t.Helper()
	d.goTo(PageProfiles)
	d.profiles.side.box.SetText("Kotlar")
	d.queue.until(d.t, "the hits", func() bool { return len(d.profiles.side.hits) > 1 })
}

// sameNames lists customers who are told apart by more than their name.
func (d *drawing) sameNames() {
	d.t.Helper()
	d.search("Kotlar")
	for i := range d.profiles.side.hits {
		d.profiles.side.hits[i].Name = "Ines Kotlar"
	}
	d.profiles.side.showList()
}

func (d *drawing) allFields() {
	d.t.Helper()
	d.search("CNTID_1000")
	d.profiles.turn()
	details := d.profiles.details
	details.which.Select(detailsAll)
	for i, item := range details.askItems() {
		item.OnChosen()
		d.queue.until(d.t, "the answer", func() bool { return !details.asking.Running() })
		if !strings.HasPrefix(details.said, "Read ") {
			d.t.Fatalf("question %d says %q", i, details.said)
		}
	}
}

// viewSome looks at a few profiles.
func (d *drawing) viewSome() {
	d.t.Helper()
	for _, key := range []string{"CNTID_1003", "CNTID_1002", "CNTID_1001", "CNTID_1000"} {
		d.search(key)
	}
}

func (d *drawing) businessInstance() {
	d.t.Helper()
	d.goTo(PageProfiles)
	d.session.place.Instance.B2B = true
	d.Desk.enter()
}

func (d *drawing) unseenProfile() {
	d.t.Helper()
	d.search("CNTID_1000")
	d.profiles.showProfile(profile{Customer: people.Customer{ID: "c0ffee", Unseen: true}}, nil)
	d.queue.until(d.t, "the timeline", func() bool { return !d.profiles.timeline.reading.Running() })
}

func (d *drawing) askToForget() {
	d.t.Helper()
	d.savePreset("Abbie's usual order")
	d.send("OPID_90001", "Visible on the timeline")
	d.search("CNTID_1000")
	d.profiles.askForget()
	d.untilOver()
}
