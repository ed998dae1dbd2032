package ui

import (
	"strconv"
	"strings"
	"testing"

	"github.com/activitydesk/activitydesk/client/sandbox"
	"github.com/activitydesk/activitydesk/ui/people"
)

func TestANewActivityForAProfileHasTheKeyThatItsEntityTakes(t *testing.T) {
	for _, style := range []sandbox.Style{sandbox.StyleCurrent, sandbox.Style2020, sandbox.StyleAwkward} {
		t.Run(style.String(), func(t *testing.T) {
			w := newWorking(t, func(o *Options) { o.Sandbox.Style = style })
			w.search("CNTID_1000")
			id, row := w.profiles.shown.Customer.ID, w.profiles.shown.Customer.Row
			loyalty := row.Text("loyaltyScheme_loyCustomers_LoyaltyId")
			for entity, want := range map[string]struct{ field, key string }{
				entityPurchases:              {"ContactId", "CNTID_1000"},
				entityStorePurchases:         {"LoyaltyId", loyalty},
				people.EntityUnifiedActivity: {"CustomerId", id},
			} {
				w.env.Open(PageCompose, ActivityArg{Entity: entity, CustomerID: id})
				w.untilBegun(entity)
				if got := w.formText(want.field); got != want.key || want.key == "" {
					t.Errorf("%s: %s is %q, want %q", entity, want.field, got, want.key)
				}
			}
		})
	}
}

func TestWhatKeepsANewActivityFromItsCustomerIsSaid(t *testing.T) {
	w := newWorking(t)
	var without string // a customer that the loyalty scheme does not know
	for i := 1000; without == "" && i < 1040; i++ {
		w.search("CNTID_" + strconv.Itoa(i))
		if c := w.profiles.shown.Customer; c.Row.Text("loyaltyScheme_loyCustomers_LoyaltyId") == "" {
			without = c.ID
		}
	}
	for name, c := range map[string]struct {
		arg  ActivityArg
		want string
	}{
		"no key in the source": {ActivityArg{Entity: entityStorePurchases, CustomerID: without}, "has no key in loyaltyScheme_loyCustomers, which LoyaltyId needs."},
		"no relationship":      {ActivityArg{Entity: "Kiosk_kioskVisits", CustomerID: without}, "Kiosk_kioskVisits has no field that leads to a customer: no relationship of it does."},
		"nobody":               {ActivityArg{Entity: entityPurchases, CustomerID: "nobody"}, "ContactId is left empty. The customer's key could not be read:"},
		"no such entity":       {ActivityArg{Entity: "Nowhere_nothing", CustomerID: without}, "Contoso Coffee has no entity Nowhere_nothing."},
		"takes no activities":  {ActivityArg{Entity: "ConflationMap", CustomerID: without}, "ConflationMap takes no activities."},
	} {
		t.Run(name, func(t *testing.T) {
			w.env.Open(PageCompose, c.arg)
			w.queue.until(t, "that it is said: "+c.want, func() bool { return strings.Contains(w.noticeTexts(), c.want) })
		})
	}
}

func TestANewActivityWithAKnownKeyAsksNothingAndCanBeUndone(t *testing.T) {
	w := newWorking(t)
	w.purchase("OPID_96010")
	w.env.Open(PageCompose, ActivityArg{CustomerID: "whoever", Key: "CNTID_1003"}) // of the entity that is shown
	if got := w.formText("ContactId") + "|" + w.formText("PurchaseId"); got != "CNTID_1003|" {
		t.Errorf("the form holds %q", got)
	}
	if got := w.noticeTexts(); !strings.Contains(got, "A new activity for CNTID_1003: ContactId is filled in, the other fields are empty.") {
		t.Errorf("it says %q", got)
	}
	w.compose.Undo()
	if got := w.formText("ContactId") + "|" + w.formText("PurchaseId"); got != "CNTID_1000|OPID_96010" {
		t.Errorf("undone, the form holds %q", got)
	}
}

func TestWhatIsTypedWhileAKeyIsReadIsNotReplaced(t *testing.T) {
	w := newWorking(t)
	w.search("CNTID_1000")
	id := w.profiles.shown.Customer.ID
	w.goTo(PageCompose)
	w.pick(entityPurchases)
	w.faults("query:slow=200ms")
	w.env.Open(PageCompose, ActivityArg{Entity: entityPurchases, CustomerID: id})
	w.fill(map[string]string{"PurchaseId": "typed meanwhile"})
	w.queue.until(t, "that it is said", func() bool { return strings.Contains(w.noticeTexts(), "The form was changed while") })
	if got := w.formText("PurchaseId") + "|" + w.formText("ContactId"); got != "typed meanwhile|" {
		t.Errorf("the form holds %q", got)
	}
	notice := w.frame.notices.list[len(w.frame.notices.list)-1]
	notice.OnAction()
	if got := w.formText("PurchaseId") + "|" + w.formText("ContactId"); got != "|CNTID_1000" {
		t.Errorf("begun by the person's word, the form holds %q", got)
	}
	w.compose.Undo()
	if got := w.formText("PurchaseId"); got != "typed meanwhile" {
		t.Errorf("undone, the form holds %q", got)
	}
}
