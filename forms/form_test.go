package forms_test

import (
	"encoding/json"
	"errors"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/activitydesk/activitydesk/client/metadata"
	"github.com/activitydesk/activitydesk/forms"
)

// noon is the clock of these tests: 2026-11-23 13:05 in Zurich.
var noon = time.Date(2026, 11, 23, 12, 5, 9, 0, time.UTC)

func zurich(t testing.TB) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation("Europe/Zurich")
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

func attribute(name string, kind metadata.Kind) metadata.Attribute {
	return metadata.Attribute{Name: name, Type: metadata.DataType{Kind: kind}}
}

// purchases is the entity of the sketches.
func purchases() metadata.Entity {
	return metadata.Entity{
		Name: "eCommercePurchases", DataSource: "eCommerce", Type: metadata.EntityActivity,
		Attributes: []metadata.Attribute{
			attribute("Subject", metadata.KindText),
			attribute("PurchaseId", metadata.KindText),
			attribute("ContactId", metadata.KindText),
			attribute("PurchasedOn", metadata.KindDateTime),
			attribute("TotalPrice", metadata.KindDecimal),
			attribute("ProductId", metadata.KindText),
			attribute("ActivityTypeDisplay", metadata.KindText),
		},
		Keys:               [][]string{{"PurchaseId"}},
		TimestampAttribute: "PurchasedOn",
	}
}

func customers() metadata.Entity {
	return metadata.Entity{
		Name: "eCommerceContacts", DataSource: "eCommerce", Type: metadata.EntityProfile,
		Attributes: []metadata.Attribute{attribute("ContactId", metadata.KindText)},
		Keys:       [][]string{{"ContactId"}},
	}
}

func toCustomer() []metadata.Relationship {
	return []metadata.Relationship{{
		Name: "purchase_contact", FromEntity: "eCommerce_eCommercePurchases", FromAttribute: "ContactId",
		ToEntity: "eCommerce_eCommerceContacts", ToAttribute: "ContactId",
	}}
}

func purchaseForm(t testing.TB) *forms.Form {
	t.Helper()
	return forms.FromEntity(purchases(), forms.Options{
		All: []metadata.Entity{purchases(), customers()}, Relationships: toCustomer(),
		Zone: zurich(t), Now: func() time.Time { return noon },
	})
}

// filled is the form of the sketch, with a good price.
func filled(t testing.TB) *forms.Form {
	t.Helper()
	f := purchaseForm(t)
	f.SetText("PurchaseId", "OPID_20931")
	f.SetText("ContactId", "CNTID_1002")
	f.SetText("PurchasedOn", "2026-11-23 14:05:00")
	f.SetText("TotalPrice", "12.50")
	return f
}

func mustJSON(t testing.TB, f *forms.Form) string {
	t.Helper()
	data, err := f.JSON()
	if err != nil {
		t.Fatalf("JSON: %v", err)
	}
	return string(data)
}

func names(fields []*forms.Field) string {
	var list []string
	for _, field := range fields {
		list = append(list, field.Name)
	}
	return strings.Join(list, " ")
}

func TestFieldsSayWhatTheMetadataKnows(t *testing.T) {
	f := purchaseForm(t)
	key, _ := f.Field("PurchaseId")
	if !key.Key || !key.Required || key.Describe() != "Text · key" {
		t.Errorf("key field: %+v %q", key, key.Describe())
	}
	at, _ := f.Field("PurchasedOn")
	if !at.Time || !at.Required || at.TypeLabel != "Date and time" {
		t.Errorf("time field: %+v", at)
	}
	ref, _ := f.Field("ContactId")
	if !ref.CustomerRef || !ref.Required || ref.CustomerVia.ToEntity != "eCommerce_eCommerceContacts" {
		t.Errorf("customer field: %+v", ref)
	}
	if subject, _ := f.Field("Subject"); subject.Required {
		t.Error("Subject must not be required")
	}
}

func TestMandatoryComesFirstThenKeyAndTimeThenTheMetadatasOrder(t *testing.T) {
	e := purchases()
	e.Attributes[6].Mandatory = true // ActivityTypeDisplay
	f := forms.FromEntity(e, forms.Options{All: []metadata.Entity{customers()}, Relationships: toCustomer()})
	want := "ActivityTypeDisplay PurchaseId ContactId PurchasedOn Subject TotalPrice ProductId"
	if got := names(f.Fields()); got != want {
		t.Errorf("order\n got %s\nwant %s", got, want)
	}
}

func TestThePayloadHasTheMetadatasOrderAndTwoSpaces(t *testing.T) {
	f := filled(t)
	f.SetText("Subject", "naïve “quotes” \" and \\")
	want := `{
  "Subject": "naïve “quotes” \" and \\",
  "PurchaseId": "OPID_20931",
  "ContactId": "CNTID_1002",
  "PurchasedOn": "2026-11-23T13:05:00Z",
  "TotalPrice": 12.50
}`
	if got := mustJSON(t, f); got != want {
		t.Errorf("payload\n%s\nwant\n%s", got, want)
	}
	if got := f.PreviewText(); got != want {
		t.Errorf("preview differs from the payload\n%s", got)
	}
}

func TestAFieldThatNobodyTouchedIsLeftOutAndEmptyTextIsAValue(t *testing.T) {
	f := filled(t)
	f.SetEmpty("ProductId")
	f.SetNull("ActivityTypeDisplay")
	got := mustJSON(t, f)
	if !strings.Contains(got, `"ProductId": ""`) || !strings.Contains(got, `"ActivityTypeDisplay": null`) || strings.Contains(got, "Subject") {
		t.Errorf("payload %s", got)
	}
	f.SetText("ProductId", "")
	if f.State("ProductId") != forms.Value {
		t.Error("the empty text must stay a value when the editor repeats it")
	}
	f.SetText("ProductId", "x")
	f.SetText("ProductId", "")
	if f.State("ProductId") != forms.LeftOut {
		t.Error("clearing a text leaves the field out")
	}
}

func TestAProblemStopsThePayloadAndShowsInItsPlace(t *testing.T) {
	f := filled(t)
	f.SetText("TotalPrice", "12,5O")
	p := f.Problem("TotalPrice")
	if p == nil || p.Text != "Not a number: “12,5O” has the letter O. Write 12.50" {
		t.Fatalf("problem %+v", p)
	}
	if !strings.Contains(f.PreviewText(), `"TotalPrice": ⟨not a number⟩`) {
		t.Errorf("preview %s", f.PreviewText())
	}
	_, err := f.JSON()
	var problems *forms.ProblemsError
	if !errors.As(err, &problems) || len(problems.Problems) != 1 || problems.Problems[0].Field != "TotalPrice" {
		t.Errorf("error %v", err)
	}
	f.SetText("TotalPrice", p.Fixes[0])
	if f.ProblemCount() != 0 {
		t.Errorf("after the fix: %v", f.Problems())
	}
}

func TestRequiredFieldsAreMissedInTheFormsOrder(t *testing.T) {
	f := purchaseForm(t)
	var missed []string
	for _, p := range f.Problems() {
		if !p.Missing {
			t.Errorf("%s: not marked as missing", p.Field)
		}
		missed = append(missed, p.Field)
	}
	if got := strings.Join(missed, " "); got != "PurchaseId ContactId PurchasedOn" {
		t.Errorf("missed %s", got)
	}
	if got := f.PreviewText(); got != "{}" {
		t.Errorf("preview of an empty form %q", got)
	}
	f.SetNull("PurchaseId")
	if p := f.Problem("PurchaseId"); p == nil || p.Missing {
		t.Errorf("null key: %+v", p)
	}
	f.SetEmpty("PurchaseId")
	if f.Problem("PurchaseId") == nil {
		t.Error("an empty key is a problem")
	}
}

func TestReadOnlyFieldsAreShownAndNotSent(t *testing.T) {
	e := purchases()
	e.Attributes[4].ReadOnly = true // TotalPrice
	f := forms.FromEntity(e, forms.Options{})
	f.SetText("PurchaseId", "1")
	f.SetText("PurchasedOn", "2026-11-23Z")
	f.SetText("TotalPrice", "not a number at all")
	if f.Text("TotalPrice") == "" || strings.Contains(mustJSON(t, f), "TotalPrice") {
		t.Error("a read-only field must be shown and not sent")
	}
}

func TestNowIsOneInstantAndThePreviewSaysTheBytesThatAreSent(t *testing.T) {
	clock := noon
	e := purchases()
	e.Attributes = append(e.Attributes, attribute("Other", metadata.KindDateTime))
	f := forms.FromEntity(e, forms.Options{Now: func() time.Time {
		clock = clock.Add(time.Second)
		return clock
	}})
	f.SetText("PurchaseId", "1")
	f.SetText("PurchasedOn", "now")
	f.SetText("Other", "now")
	clock = clock.Add(time.Hour)
	data := mustJSON(t, f)
	var got map[string]string
	if err := json.Unmarshal([]byte(data), &got); err != nil {
		t.Fatal(err)
	}
	if got["Other"] != got["PurchasedOn"] {
		t.Errorf("two nows in one payload: %v", got)
	}
	if f.PreviewText() != data || f.SentAs("Other") != got["Other"] {
		t.Error("preview and payload disagree")
	}
	shown, err := f.Shown()
	if err != nil || string(shown) != data {
		t.Errorf("Shown reads the clock: %s %v", shown, err)
	}
}

func TestKeyCustomerAndTimeAreGivenAsSent(t *testing.T) {
	f := filled(t)
	if got := f.KeyValues(); len(got) != 1 || got[0] != (forms.KeyValue{Name: "PurchaseId", Value: "OPID_20931"}) {
		t.Errorf("key %v", got)
	}
	if got, ok := f.CustomerKey(); !ok || got.Value != "CNTID_1002" {
		t.Errorf("customer %v", got)
	}
	if got, ok := f.TimeValue(); !ok || got.Value != "2026-11-23T13:05:00Z" {
		t.Errorf("time %v", got)
	}
	f.LeaveOut("ContactId")
	if _, ok := f.CustomerKey(); ok {
		t.Error("a customer that was left out")
	}
}

func TestTheZoneOfAFieldIsItsOwnOrTheForms(t *testing.T) {
	f := filled(t)
	f.SetDefaultZone(time.UTC)
	if got := f.SentAs("PurchasedOn"); got != "2026-11-23T14:05:00Z" {
		t.Errorf("after changing the form's zone: %s", got)
	}
	f.SetZone("PurchasedOn", time.FixedZone("+02:00", 7200))
	if got := f.SentAs("PurchasedOn"); got != "2026-11-23T12:05:00Z" {
		t.Errorf("after changing the field's zone: %s", got)
	}
	f.SetZone("PurchasedOn", nil)
	if f.Zone("PurchasedOn") != time.UTC {
		t.Error("nil returns a field to the form's zone")
	}
}

func TestOddMetadataMakesAUsableForm(t *testing.T) {
	e := metadata.Entity{Name: "Odd", Attributes: []metadata.Attribute{
		attribute("a.b", metadata.KindText), attribute("@odata.etag", metadata.KindText),
		attribute("with space", metadata.KindInteger), attribute("日本語\"\n", metadata.KindText),
		attribute("a.b", metadata.KindInteger), attribute("", metadata.KindText), attribute("strange", metadata.KindUnknown),
	}}
	f := forms.FromEntity(e, forms.Options{})
	if f.Len() != 5 || len(f.Notes()) != 2 {
		t.Fatalf("%d fields, notes %v", f.Len(), f.Notes())
	}
	for _, field := range f.Fields() {
		f.SetText(field.Name, "7")
	}
	data := mustJSON(t, f)
	var got map[string]any
	if err := json.Unmarshal([]byte(data), &got); err != nil {
		t.Fatal(err)
	}
	if got["日本語\"\n"] != "7" || got["strange"] != 7.0 || got["a.b"] != "7" {
		t.Errorf("%v", got)
	}
}

func TestClearForgetsEverything(t *testing.T) {
	f := filled(t)
	if _, err := f.SetJSON([]byte(`{"unknown": 1, "TotalPrice": "x"}`), forms.KeepUnknown); err != nil {
		t.Fatal(err)
	}
	f.Clear()
	if f.PreviewText() != "{}" || f.ProblemCount() != 3 || len(f.Extras()) != 0 || f.Text("TotalPrice") != "" {
		t.Errorf("after Clear: %s, %v", f.PreviewText(), f.Problems())
	}
}

func TestNamesThatTheFormDoesNotHaveChangeNothing(t *testing.T) {
	f := filled(t)
	before := f.PreviewText()
	f.SetText("nobody", "x")
	f.SetNull("nobody")
	f.SetEmpty("nobody")
	f.LeaveOut("nobody")
	f.SetZone("nobody", time.UTC)
	f.SetDefaultZone(zurich(t))
	if f.PreviewText() != before || f.State("nobody") != forms.LeftOut || f.Text("nobody") != "" ||
		f.Problem("nobody") != nil || f.Hint("nobody") != "" || f.Zone("nobody") != zurich(t) && f.Zone("nobody").String() != "Europe/Zurich" {
		t.Error("an unknown name must be nothing")
	}
	if _, ok := f.Field("nobody"); ok {
		t.Error("a field that is not there")
	}
}

func TestTheErrorNamesTheFirstProblemAndCountsTheRest(t *testing.T) {
	f := purchaseForm(t)
	for _, c := range []struct{ name, text, want string }{
		{"", "", "PurchaseId: Required: it is the key. Fill it in (and 2 more fields to mend)"},
		{"PurchaseId", "1", "ContactId: Required: it leads to the customer. Fill it in (and 1 more field to mend)"},
		{"ContactId", "1", "PurchasedOn: Required: it is the activity's time. Fill it in"},
	} {
		f.SetText(c.name, c.text)
		if _, err := f.JSON(); err == nil || err.Error() != c.want {
			t.Errorf("error %v, want %s", err, c.want)
		}
	}
}

func TestPreviewLinesSayWhatEachPieceIs(t *testing.T) {
	f := purchaseForm(t)
	f.SetText("Subject", "s")
	f.SetNull("ProductId")
	f.SetText("TotalPrice", "x")
	f.SetText("ContactId", strings.Repeat("long ", 20))
	var got []string
	for _, line := range f.Preview() {
		for _, span := range line.Spans {
			if span.Kind != forms.SpanPunctuation {
				got = append(got, line.Field+"="+strconv.Itoa(int(span.Kind)))
			}
		}
	}
	want := "Subject=1 Subject=2 ContactId=1 ContactId=2 TotalPrice=1 TotalPrice=5 ProductId=1 ProductId=4"
	if strings.Join(got, " ") != want {
		t.Errorf("spans %s, want %s", strings.Join(got, " "), want)
	}
	if line := f.Preview()[3]; line.String() != "  \"TotalPrice\": ⟨not a number⟩," {
		t.Errorf("line %q", line)
	}
}
