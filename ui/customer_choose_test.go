package ui

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"github.com/activitydesk/activitydesk/client/sandbox"
)

const entityStorePurchases = "POS_posPurchases"

func TestACustomerWithoutAKeyInThatSourceCannotBeTakenAndItSaysWhy(t *testing.T) {
	w := newWorking(t)
	w.pick(entityStorePurchases)
	w.compose.findCustomer()
	f := w.findingOpen()
	f.box.SetText("Ines Kotlar") // not in the loyalty scheme
	f.until("1 found by words")
	if row := f.table.RowText(0); !strings.HasSuffix(row, "\tnone") {
		t.Errorf("the row says %q", row)
	}
	if says := f.says(); !strings.Contains(says, "Ines Kotlar has no key in loyaltyScheme_loyCustomers, which LoyaltyId needs.") {
		t.Errorf("the dialog says\n%s", says)
	}
	f.press(fyne.KeyReturn)
	if w.dialog() == nil || !buttonOn(w.dialog(), "Use this customer").Disabled() {
		t.Error("it can be taken")
	}
	if got := w.compose.current.form.Text("LoyaltyId"); got != "" {
		t.Errorf("the field holds %q", got)
	}
}

// cardsFolder has a member with two cards; bookings are made by card.
func cardsFolder(t *testing.T) string {
	t.Helper()
	folder := t.TempDir()
	for name, text := range map[string]string{
		"Members.csv":  "MemberId,FirstName,LastName,EMail\nM1,Ilse,Brandauer,ilse@example.org\nM2,Tom,Briar,tom@example.org\n",
		"Cards.csv":    "CardId,MemberId,FullName,EMail\nC1,M1,Ilse Brandauer,ilse@example.org\nC2,M1,Ilse Brandauer,ilse@example.org\nC3,M2,Tom Briar,tom@example.org\n",
		"Bookings.csv": "BookingId,CardId,BookedOn\nB1,C1,2026-10-02T08:30:00Z\n",
	} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return folder
}

func TestOfSeveralKeysOneIsChosen(t *testing.T) {
	folder := cardsFolder(t)
	w := newWorking(t, func(o *Options) { o.Sandbox.Data = folder })
	for _, row := range w.compose.place.Entities {
		if strings.HasSuffix(row.DataName(), "Bookings") {
			w.pick(row.DataName())
		}
	}
	field := w.compose.current.customerField()
	if field == nil || field.Name != "CardId" {
		t.Fatalf("the customer's field is %v", field)
	}
	w.compose.findCustomer()
	f := w.findingOpen()
	f.box.SetText("Brandauer")
	f.until("1 found by words")
	f.press(fyne.KeyReturn)
	f.until("Ilse Brandauer has 2 keys in ")
	f.press(fyne.KeyDown, fyne.KeyReturn)
	f.untilClosed()
	if got := w.compose.current.form.Text("CardId"); got != "C2" {
		t.Errorf("the field holds %q", got)
	}
}

func TestAnInstanceForBusinessesSaysWhatDoesNotApply(t *testing.T) {
	w := newWorking(t, func(o *Options) { o.Sandbox.Style = sandbox.StyleAwkward })
	w.deskRun.choose("Contoso Wholesale")
	w.untilLoaded("Contoso Wholesale")
	w.queue.until(t, "the instance to be known", func() bool { return w.compose.place.Instance.B2B })
	w.pick(entityPurchases)
	w.compose.findCustomer()
	if says := w.findingOpen().says(); !strings.Contains(says, "its profiles are accounts") {
		t.Errorf("the dialog says\n%s", says)
	}
}

func TestAnEntityWithoutACustomerSaysSo(t *testing.T) {
	w := newWorking(t)
	w.pick(entityPurchases)
	w.compose.current.customerField().CustomerRef = false // stands for an entity without one
	w.compose.findCustomer()
	if w.dialog() != nil || !strings.Contains(w.noticeTexts(), "has no field that leads to a customer") {
		t.Errorf("the notices say %q", w.noticeTexts())
	}
}

func TestAFoundCustomerIsOneStepThatCanBeUndone(t *testing.T) {
	w := newWorking(t)
	w.pick(entityPurchases)
	w.fill(map[string]string{"ContactId": "Lindqvist"})
	f := w.findCustomer()
	f.until("1 found by words")
	f.press(fyne.KeyReturn)
	f.untilClosed()
	w.compose.Undo()
	if got := w.compose.current.form.Text("ContactId"); got != "Lindqvist" {
		t.Errorf("after undo the field holds %q", got)
	}
	w.compose.Redo()
	if got := w.compose.current.form.Text("ContactId"); got != "CNTID_1000" {
		t.Errorf("after redo the field holds %q", got)
	}
	if line, _ := w.compose.current.who.Line(); !strings.HasPrefix(line, "Nora Lindqvist") {
		t.Errorf("after redo the line below it says %q", line)
	}
}

func TestAKeyOfNobodyIsAskedAboutOnceAndSentAllTheSame(t *testing.T) {
	w := newWorking(t)
	w.purchase("OPID_92001")
	w.fill(map[string]string{"ContactId": "CNTID_9999"})
	w.compose.lookUpCustomer(w.compose.current, 0)
	w.queue.until(t, "that nobody has the key", func() bool { return w.compose.current.who.State == checkNobody })
	w.compose.Send()
	if w.dialog() == nil || w.compose.current.last != nil {
		t.Fatal("it is sent without a question")
	}
	if says := wordsOn(w.dialog()); !strings.Contains(says, `Nobody was found with the key "CNTID_9999"`) {
		t.Errorf("the question is\n%s", says)
	}
	w.press(fyne.KeyReturn) // of Ctrl+Enter, held too long
	if w.compose.current.last != nil {
		t.Fatal("Enter alone sends what cannot be taken back")
	}
	w.compose.Send()
	confirm(t, w, "Send all the same")
	w.untilShown("Refused")

	w.fill(map[string]string{"ContactId": "CNTID_9998"}) // typed a moment ago: nothing is known of it yet
	w.compose.Send()
	if w.dialog() != nil {
		t.Error("a check that has not ended asks")
	}
}

func TestTheQuestionAboutNobodyLeavesRoomForTheGuards(t *testing.T) {
	w := newWorking(t)
	w.deskRun.choose(instanceProduction)
	w.untilLoaded(instanceProduction)
	w.purchase("OPID_92002")
	w.fill(map[string]string{"ContactId": "CNTID_9999"})
	w.compose.lookUpCustomer(w.compose.current, 0)
	w.queue.until(t, "that nobody has the key", func() bool { return w.compose.current.who.State == checkNobody })
	w.compose.Send()
	confirm(t, w, "Send all the same")
	if w.dialog() == nil || !strings.Contains(wordsOn(w.dialog()), "Unlock "+instanceProduction+"?") {
		t.Error("nothing asks for the instance's name")
	}
}
