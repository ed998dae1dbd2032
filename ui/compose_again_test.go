package ui

import (
	"slices"
	"strings"
	"testing"

	"github.com/activitydesk/activitydesk/client"
	"github.com/activitydesk/activitydesk/client/metadata"
	"github.com/activitydesk/activitydesk/client/sandbox"
	"github.com/activitydesk/activitydesk/forms"
	"github.com/activitydesk/activitydesk/ui/people"
	"github.com/activitydesk/activitydesk/ui/timeline"
)

// timelineOf reads the timeline of a customer, as the service gives it.
func (w *working) timelineOf(customer string) []timeline.Row {
	w.t.Helper()
	page, err := w.profiles.place.Service.Query(w.t.Context(), people.EntityUnifiedActivity, client.Query{
		Filter: client.Eq(people.FieldCustomerID, client.Text(customer)),
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return timeline.Rows(page.Rows, "")
}

// openRowAsNew opens the first row of the shown customer's timeline that is as
// wanted as a new activity, and waits until the form holds it.
func (w *working) openRowAsNew(wanted func(timeline.Row) bool) timeline.Row {
	w.t.Helper()
	rows := w.timelineOf(w.profiles.shown.Customer.ID)
	i := slices.IndexFunc(rows, wanted)
	if i < 0 {
		w.t.Fatal("the timeline has no such row")
	}
	entity, ok := people.FindEntity(w.profiles.place.Entities, rows[i].Source)
	if !ok {
		w.t.Fatalf("no entity %s", rows[i].Source)
	}
	w.profiles.openAsNew(rows[i], entity)
	w.untilBegun(rows[i].Source)
	return rows[i]
}

// untilBegun waits until it is said what the form of an entity begins with.
func (w *working) untilBegun(entity string) {
	w.t.Helper()
	w.queue.until(w.t, "the form", func() bool {
		return w.shown == w.compose && w.compose.current.key.Entity == entity && strings.Contains(w.noticeTexts(), "A new activity")
	})
}

func (w *working) formText(field string) string { return w.compose.current.form.Text(field) }

func TestARowThatWasSentFromHereOpensWholeWithANewKey(t *testing.T) {
	w := newWorking(t)
	w.purchase("OPID_96001")
	w.compose.Send()
	w.untilShown("Visible on the timeline")
	w.fill(map[string]string{"PurchaseId": "typed since"})
	w.search("CNTID_1000")
	w.openRowAsNew(func(row timeline.Row) bool { return row.SourceID == "OPID_96001" })
	if got := w.formText("TotalPrice"); got != "12.50" {
		t.Errorf("TotalPrice is %q", got)
	}
	if got := w.formText("PurchaseId"); !strings.HasPrefix(got, "OPID_") || got == "OPID_96001" {
		t.Errorf("the key is %q", got)
	}
	if got := w.formText("PurchasedOn"); !strings.Contains(got, "2026-11-23") {
		t.Errorf("the time is %q", got)
	}
	if got := w.noticeTexts(); !strings.Contains(got, "like the one that was sent from here. Its key is new, its time is as it was.") {
		t.Errorf("it says %q", got)
	}
	w.compose.Undo()
	if got := w.formText("PurchaseId"); got != "typed since" {
		t.Errorf("undone, the key is %q", got)
	}
}

func TestARowOfOthersOpensWithWhatIsCertainAndSaysWhatIsNot(t *testing.T) {
	for _, style := range []sandbox.Style{sandbox.StyleCurrent, sandbox.Style2020, sandbox.StyleAwkward} {
		t.Run(style.String(), func(t *testing.T) {
			w := newWorking(t, func(o *Options) { o.Sandbox.Style = style })
			w.search("CNTID_1000")
			row := w.openRowAsNew(func(row timeline.Row) bool { return row.Source == entityPurchases })
			if got := w.formText("ContactId"); got != "CNTID_1000" {
				t.Errorf("the customer's key is %q", got)
			}
			if got := w.formText("PurchaseId"); got == "" || got == row.SourceID {
				t.Errorf("the key is %q, the row's was %q", got, row.SourceID)
			}
			if at := row.At.UTC().Format("2006-01-02"); w.formText("PurchasedOn") == "" {
				t.Errorf("the time is left out, the row's was %s", at)
			}
			body, err := w.compose.current.form.JSON()
			if err != nil {
				t.Fatalf("it cannot be sent: %v", err)
			}
			if strings.Contains(string(body), "Description") || strings.Contains(string(body), "SourceTableName") {
				t.Errorf("the form holds what the entity does not have: %s", body)
			}
			if got := w.noticeTexts(); !strings.Contains(got, "It does not give ") || !strings.Contains(got, "Subject") || !strings.Contains(got, "PurchasedOn") {
				t.Errorf("it says %q", got)
			}
			if w.compose.cannotUndo() != "" {
				t.Error("it cannot be undone")
			}
		})
	}
}

// fieldsOf are the fields of an entity made of attributes.
func fieldsOf(attributes ...metadata.Attribute) []*forms.Field {
	e := metadata.Entity{Name: "stays", DataSource: "Hotel", Type: metadata.EntityActivity, Attributes: attributes, Keys: [][]string{{"StayId"}}}
	for _, a := range attributes {
		if a.Name == "On" {
			e.TimestampAttribute = "On"
		}
	}
	return forms.FromEntity(e, forms.Options{}).Fields()
}

func TestOnlyWhatIsCertainIsPutBack(t *testing.T) {
	kind := func(k metadata.Kind) metadata.DataType { return metadata.DataType{Kind: k} }
	text, moment := kind(metadata.KindText), kind(metadata.KindDateTime)
	row, err := client.ParseRow([]byte(`{
		"ActivityTimeStamp": "2026-11-21T23:30:00Z", "Title": "A stay", "Points": null, "URL": "https://example.com/1",
		"StayId": "other", "SemanticData": "{\"Price\": 12.50, \"Nights\": 2}"}`))
	if err != nil {
		t.Fatal(err)
	}
	id := metadata.Attribute{Name: "StayId", Type: text}
	for name, c := range map[string]struct {
		attributes []metadata.Attribute
		want       string
	}{
		"time":                     {[]metadata.Attribute{id, {Name: "On", Type: moment}}, `{"On":"2026-11-21T23:30:00Z"}`},
		"a day":                    {[]metadata.Attribute{id, {Name: "On", Type: kind(metadata.KindDate)}}, `{"On":"2026-11-21"}`},
		"a text for a date":        {[]metadata.Attribute{id, {Name: "On", Type: text}}, `{}`},
		"the same name":            {[]metadata.Attribute{id, {Name: "Title", Type: text}}, `{"Title":"A stay"}`},
		"null":                     {[]metadata.Attribute{id, {Name: "Points", Type: text}}, `{}`},
		"semantic data, exactly":   {[]metadata.Attribute{id, {Name: "Price", Type: kind(metadata.KindDecimal)}}, `{"Price":12.50}`},
		"read-only":                {[]metadata.Attribute{id, {Name: "Nights", Type: text, ReadOnly: true}}, `{}`},
		"the only web address":     {[]metadata.Attribute{id, {Name: "Page", Type: text, SemanticType: "Reference.URL"}}, `{"Page":"https://example.com/1"}`},
		"one of two web addresses": {[]metadata.Attribute{id, {Name: "A", Type: text, SemanticType: "ReferenceURL"}, {Name: "B", Type: text, SemanticType: "ReferenceURL"}}, `{}`},
	} {
		if got := string(putBack(fieldsOf(c.attributes...), row, "").body()); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

func TestTheLastActivityThatWasAskedForIsTheOneThatBegins(t *testing.T) {
	w := newWorking(t)
	w.search("CNTID_1000")
	id := w.profiles.shown.Customer.ID
	w.search("CNTID_1001")
	other := w.profiles.shown.Customer.ID
	w.faults("query:slow=60s")
	w.env.Open(PageCompose, ActivityArg{Entity: entityPurchases, CustomerID: id})
	if !w.compose.finding.Running() {
		t.Fatal("the key of the first customer was not looked for")
	}
	w.env.Open(PageCompose, ActivityArg{Entity: entityPurchases, CustomerID: other, Key: "CNTID_1001"})
	if w.compose.finding.Running() || w.formText("ContactId") != "CNTID_1001" {
		t.Errorf("the form is for %q, and the key of the customer before is still looked for", w.formText("ContactId"))
	}
	w.env.Open(PageCompose, ActivityArg{Entity: entityPurchases, CustomerID: id})
	entity, _ := people.FindEntity(w.profiles.place.Entities, entityPurchases)
	w.profiles.openAsNew(timeline.Row{Raw: []byte(`{"CustomerId":"` + other + `"}`)}, entity)
	if w.compose.finding.Running() {
		t.Error("an activity like another one begins, and the key of the customer before is still looked for")
	}
	w.env.Open(PageCompose, ActivityArg{Entity: entityPurchases, CustomerID: other, Key: "CNTID_1001"})
	if w.compose.again.Running() {
		t.Error("an activity for a customer begins, and the one like another is still prepared")
	}
}
