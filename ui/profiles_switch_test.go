package ui

import (
	"context"
	"strings"
	"testing"

	"github.com/activitydesk/activitydesk/ui/people"
	"github.com/activitydesk/activitydesk/ui/widgets"
)

func TestWhatWasAskedForInOneInstanceIsNotShownInAnother(t *testing.T) {
	w := newWorking(t)
	w.search("CNTID_1000")
	id := w.profiles.shown.Customer.ID
	w.profiles.turn()
	details := w.profiles.details
	details.askItems()[1].OnChosen()
	w.queue.until(t, "the measures", func() bool { return len(details.more[people.GroupMeasures]) > 0 })
	w.faults("query:slow=60s")
	details.askItems()[1].OnChosen()
	w.deskRun.choose(instanceTrial)
	w.untilLoaded(instanceTrial)
	if details.asking.Running() {
		t.Error("the question of the instance before is still waited for")
	}
	w.faults("")
	w.search("CNTID_1000")
	if got := w.profiles.shown.Customer.ID; got != id {
		t.Fatalf("the other instance has %q, not %q", got, id)
	}
	if len(details.more) > 0 || strings.Contains(details.said, "measure") {
		t.Errorf("the measures of another instance are shown: %v, %q", details.more, details.said)
	}
}

func TestAnotherCustomerEndsWhatWasAskedForTheOneBefore(t *testing.T) {
	w := newWorking(t)
	w.search("CNTID_1001")
	other := w.profiles.shown.Customer.ID
	w.search("CNTID_1000")
	line := w.profiles.timeline
	w.faults("query:slow=60s,keyring:slow=60s")
	purchases, _ := people.FindEntity(w.profiles.place.Entities, entityPurchases)
	contacts, _ := people.FindEntity(w.profiles.place.Entities, "eCommerce_eCommerceContacts")
	w.profiles.beginWith(purchases, people.Need{Field: "ContactId", Source: contacts})
	w.profiles.compareRow(*line.store.Rows[0])
	w.profiles.counting.Run(nothingFound, func(forgetting, error) {})
	w.env.Open(PageProfiles, CustomerArg{ID: other})
	for what, running := range map[string]bool{
		"the key for a new activity": w.profiles.keying.Running(),
		"the comparison":             w.profiles.comparing.Running(),
		"what is to be forgotten":    w.profiles.counting.Running(),
	} {
		if running {
			t.Errorf("%s of the customer before is still waited for", what)
		}
	}
	if line.cannotShow() == "" || line.chosen() != nil || line.Foot().(interface{ Whole() string }).Whole() != "" {
		t.Error("while another profile is read, the timeline of the one before can be copied")
	}
	w.goTo(PageHistory)
	w.goTo(PageProfiles)
	if got := w.profiles.state.State(); got != widgets.StateEmpty {
		t.Errorf("after leaving, nothing is read and the page shows %v", got)
	}
}

// nothingFound waits until it is stopped.
func nothingFound(ctx context.Context) (forgetting, error) {
	<-ctx.Done()
	return forgetting{}, ctx.Err()
}

func TestUndoDoesNotBringAForgottenCustomerBack(t *testing.T) {
	w := newWorking(t)
	w.pick(entityPurchases)
	w.fill(map[string]string{"ContactId": "CNTID_1000", "PurchaseId": "OPID_90002"})
	w.fill(map[string]string{"ContactId": "CNTID_1001"})
	w.search("CNTID_1000")
	w.env.Notify(Notice{Key: "begin", Tone: ToneWarning, Text: "Nora Lindqvist has no key there."})
	w.askForgetting()
	confirm(t, w, "Forget")
	w.queue.until(t, "that it is said", func() bool {
		return strings.Contains(w.noticeTexts(), "Forgotten on this computer: ")
	})
	if got := w.noticeTexts(); strings.Contains(got, "Nora") {
		t.Errorf("a notice names the person: %q", got)
	}
	w.goTo(PageCompose)
	if got := w.formText("ContactId"); got != "CNTID_1001" {
		t.Errorf("what is typed for another one is %q", got)
	}
	for range 3 {
		w.compose.Undo()
		if got := w.formText("ContactId"); got == "CNTID_1000" {
			t.Error("undo brings the person back")
		}
	}
}
