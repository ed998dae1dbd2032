package ui

import (
	"fmt"
	"strings"
	"testing"

	"fyne.io/fyne/v2/test"

	"github.com/activitydesk/activitydesk/client"
	"github.com/activitydesk/activitydesk/client/journal"
	"github.com/activitydesk/activitydesk/client/metadata"
	"github.com/activitydesk/activitydesk/forms"
	"github.com/activitydesk/activitydesk/ui/widgets"
	"github.com/activitydesk/activitydesk/ui/words"
)

// marked are the fields that are marked, as a person reads them.
func (w *working) marked() string {
	var lines []string
	for _, mark := range w.compose.current.marks {
		if note := w.compose.work.notes.at(mark.Field); note.role != widgets.RoleProblem || note.text != mark.Text {
			w.t.Errorf("below %s stands %q", mark.Field, note.text)
		}
		lines = append(lines, mark.Field+" "+mark.Text)
	}
	return strings.Join(lines, "\n")
}

func TestAFieldThatTheServiceNamesIsMarkedUntilItChanges(t *testing.T) {
	for _, form := range []string{"service", "odata"} {
		t.Run(form, func(t *testing.T) {
			w := newWorking(t)
			w.faults("error-form:" + form)
			w.purchase("OPID_93001")
			w.fill(map[string]string{"ContactId": "CNTID_9999"})
			w.sent()
			if got := w.marked(); got != "ContactId The service: No customer is known by ContactId 'CNTID_9999'." {
				t.Fatalf("marked: %s", got)
			}
			pane := w.compose.pane
			if !pane.toField.Visible() || pane.toField.Text() != "Go to ContactId" || pane.remedy.Text() != "Find customer" {
				t.Errorf("offered: %q, %q", pane.toField.Text(), pane.remedy.Text())
			}
			test.Tap(pane.toField)
			if got := w.compose.work.form.FocusedField(); got != "ContactId" {
				t.Errorf("the cursor is in %q", got)
			}
			w.fill(map[string]string{"TotalPrice": "1"})
			if w.marked() == "" {
				t.Error("the edit of another field took the mark away")
			}
			w.pick(entityReviews)
			if note := w.compose.work.notes.at("ContactId"); note.text != "" || pane.toField.Visible() {
				t.Errorf("another entity has %q", note.text)
			}
			w.pick(entityPurchases)
			if w.marked() == "" || !pane.toField.Visible() {
				t.Error("back again, the mark is gone")
			}
			w.fill(map[string]string{"ContactId": "CNTID_1001"})
			if note := w.compose.work.notes.at("ContactId"); w.marked() != "" || strings.Contains(note.text, "The service") || pane.toField.Visible() {
				t.Errorf("after the edit: %s", note.text)
			}
		})
	}
}

func TestTheNextSendBeginsWithoutMarks(t *testing.T) {
	w := newWorking(t)
	w.faults("post:400=malformedInputParameters:1")
	w.purchase("OPID_93002")
	w.sent()
	w.compose.current.marks = []saidOf{{Field: "TotalPrice", Text: "The service: no", was: heldIn(w.compose.current.form, "TotalPrice")}}
	w.compose.showMarks(w.compose.current)
	if w.marked() == "" {
		t.Fatal("nothing is marked")
	}
	w.compose.Send()
	if w.marked() != "" {
		t.Errorf("marked: %s", w.marked())
	}
}

func TestAKeyThatIsTakenCanBeMadeAnew(t *testing.T) {
	w := newWorking(t)
	w.purchase("OPID_93003")
	w.sent()
	w.fill(map[string]string{"TotalPrice": "1"})
	if got := w.sent().State; got != journal.AlreadyThere {
		t.Fatalf("it is %s", got)
	}
	if got := w.marked(); !strings.HasPrefix(got, "PurchaseId The service: ") {
		t.Errorf("marked: %s", got)
	}
	if w.compose.pane.remedy.Text() != "New ID" {
		t.Fatalf("offered: %q", w.compose.pane.remedy.Text())
	}
	test.Tap(w.compose.pane.remedy)
	if id := w.compose.current.form.Text("PurchaseId"); id == "OPID_93003" || id == "" || w.marked() != "" {
		t.Errorf("the key is %q, marked %q", id, w.marked())
	}
	if got := w.sent().State; got != journal.Accepted && got != journal.Visible {
		t.Errorf("with it the activity is %s", got)
	}
}

// TestEveryCodeIsSaidAndActedUpon has the sandbox answer with each code of the
// contract in turn, in both forms that carry one.
func TestEveryCodeIsSaidAndActedUpon(t *testing.T) {
	offers := map[words.Remedy]string{
		words.RemedyNewID: "New ID", words.RemedyCustomer: "Find customer", words.RemedyKeep: "Keep until…", words.RemedyReload: "Load again",
	}
	w := newWorking(t)
	for i, code := range words.Codes() {
		if refusalSticks(code) {
			continue // they close the entity: TestAnEntityThatIsNotSetUpIsRemembered
		}
		form := []string{"service", "odata"}[i%2]
		w.faults("post:400=" + code + ":1,error-form:" + form)
		w.purchase(fmt.Sprintf("OPID_94%03d", i))
		if got := w.sent(); got.State != journal.Refused || got.Code != code {
			t.Fatalf("%s: %s %q", code, got.State, got.Code)
		}
		entry, _ := words.CodeOf(code)
		said := w.steps()
		for _, part := range []string{"Refused 400 Bad Request · ", " · " + code, entry.What, entry.Do} {
			if !strings.Contains(said, part) {
				t.Errorf("%s: the pane does not say %q:\n%s", code, part, said)
			}
		}
		if want := offers[entry.Remedy]; w.compose.pane.remedy.Text() != want || w.compose.pane.remedy.Visible() != (want != "") {
			t.Errorf("%s: offered is %q, want %q", code, w.compose.pane.remedy.Text(), want)
		}
	}
}

func TestAnswersWithoutACodeAreSaidByTheirStatus(t *testing.T) {
	w := newWorking(t)
	for status, says := range map[int]string{
		400: "The service refused the request (400).", 401: "did not accept who you are (401)",
		403: "Your role does not allow this (403).", 404: "The service does not know where this was sent to (404).",
		409: "An activity with this key is already there", 500: "The service failed on its side (500).", 503: "The service failed on its side (503).",
	} {
		w.faults(fmt.Sprintf("post:%d:1,error-form:gateway", status))
		w.purchase(fmt.Sprintf("OPID_95%03d", status))
		entry := w.sent()
		if entry.Status != status || entry.Code != "" || !strings.Contains(w.steps(), says) {
			t.Errorf("%d %q: the pane does not say %q:\n%s", entry.Status, entry.Code, says, w.steps())
		}
	}
}

func TestFieldsAreFoundByTargetThenByName(t *testing.T) {
	form := forms.FromEntity(metadata.Entity{
		Name: "purchases",
		Attributes: []metadata.Attribute{
			{Name: "PurchaseId"},
			{Name: "ContactId"},
			{Name: "Description"},
			{Name: "Total_2"},
		},
	}, forms.Options{})
	cases := map[string]struct {
		err  client.Error
		want string
	}{
		"by target":           {client.Error{Target: "ContactId", Message: "must be known"}, "ContactId: must be known"},
		"by a path":           {client.Error{Target: "body.ContactId", Message: "m"}, "ContactId: m"},
		"by a pointer":        {client.Error{Target: "/Description", Message: "m"}, "Description: m"},
		"by details":          {client.Error{Message: "two", Details: []client.Detail{{Target: "PurchaseId", Message: "a"}, {Target: "Total_2", Message: "b"}}}, "PurchaseId: a\nTotal_2: b"},
		"by a name said":      {client.Error{Message: "The value of Total_2 is odd"}, "Total_2: The value of Total_2 is odd"},
		"by a quoted word":    {client.Error{Message: "The field 'Description' is odd"}, "Description: The field 'Description' is odd"},
		"not by a plain word": {client.Error{Message: "Description of the problem: none"}, ""},
		"not by a part":       {client.Error{Target: "ContactIds", Message: "OtherContactId"}, ""},
		"not elsewhere":       {client.Error{Target: "Elsewhere", Message: "m"}, ""},
	}
	for name, c := range cases {
		var lines []string
		for _, mark := range marksOf(form, &c.err) {
			lines = append(lines, mark.Field+": "+strings.TrimPrefix(mark.Text, "The service: "))
		}
		if got := strings.Join(lines, "\n"); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}
