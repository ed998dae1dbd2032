package tabular_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/activitydesk/activitydesk/client/metadata"
	"github.com/activitydesk/activitydesk/forms"
	"github.com/activitydesk/activitydesk/forms/tabular"
)

func purchaseForm() *forms.Form {
	e := metadata.Entity{Name: "eCommercePurchases", Keys: [][]string{{"PurchaseId"}}, TimestampAttribute: "PurchasedOn"}
	for _, a := range []struct {
		name string
		kind metadata.Kind
	}{
		{"PurchaseId", metadata.KindText},
		{"ContactId", metadata.KindText},
		{"PurchasedOn", metadata.KindDateTime},
		{"TotalPrice", metadata.KindDecimal},
		{"ProductId", metadata.KindText},
		{"ActivityTypeDisplay", metadata.KindText},
		{"Subject", metadata.KindText},
		{"Tags", metadata.KindText},
	} {
		e.Attributes = append(e.Attributes, metadata.Attribute{Name: a.name, Type: metadata.DataType{Kind: a.kind}})
	}
	e.Attributes[4].FriendlyName = "Article number"
	e.Attributes[7].Type.Collection = true
	return forms.FromEntity(e, forms.Options{Now: func() time.Time { return time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC) }})
}

func fields(p *tabular.Plan) string {
	var list []string
	for _, column := range p.Columns {
		list = append(list, column.Name+">"+column.Field)
	}
	return strings.Join(list, " ")
}

func TestColumnsFindTheirFields(t *testing.T) {
	for header, want := range map[string]string{
		"PurchaseId,ContactId":           "PurchaseId>PurchaseId ContactId>ContactId",
		"purchase_id,CONTACT ID,article": "purchase_id>PurchaseId CONTACT ID>ContactId article>",
		"article-number,Total Price":     "article-number>ProductId Total Price>TotalPrice",
		"purchaseid,PurchaseId":          "purchaseid> PurchaseId>PurchaseId",
		"subject,Subject,subject":        "subject> Subject>Subject subject (2)>",
		",Subject":                       "Column 1> Subject>Subject",
	} {
		if got := fields(tabular.NewPlan(open(t, header+"\n"), purchaseForm())); got != want {
			t.Errorf("%s: %s, want %s", header, got, want)
		}
	}
}

func TestARowFillsTheForm(t *testing.T) {
	table := open(t, "PurchaseId;PurchasedOn;TotalPrice;Subject;Tags;extra\n"+
		"P1;1/2/2019 10:30;1.234,50; padded ;[\"a\"];x\n"+
		"P2;31/12/2019;12,5;;;\n")
	f := purchaseForm()
	f.SetText("ActivityTypeDisplay", "OnlinePurchase") // common to all rows
	plan := tabular.NewPlan(table, f)
	row, err := table.Row(1)
	if err != nil {
		t.Fatal(err)
	}
	if problems := plan.Fill(f, row); len(problems) != 0 {
		t.Fatalf("problems %+v", problems)
	}
	want := `{
  "PurchaseId": "P1",
  "PurchasedOn": "2019-02-01T10:30:00Z",
  "TotalPrice": 1234.50,
  "ActivityTypeDisplay": "OnlinePurchase",
  "Subject": " padded ",
  "Tags": [
    "a"
  ]
}`
	if got := f.PreviewText(); got != want {
		t.Errorf("payload\n%s\nwant\n%s", got, want)
	}

	second, err := table.Row(2)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		empty tabular.Empty
		state forms.State
	}{{tabular.EmptyLeavesOut, forms.LeftOut}, {tabular.EmptyIsNull, forms.Null}, {tabular.EmptyIsText, forms.Value}} {
		plan.Empty = c.empty
		plan.Fill(f, second)
		if f.State("Subject") != c.state || f.Text("Subject") != "" || f.Text("TotalPrice") != "12.5" {
			t.Errorf("empty cell: %s, price %s", f.State("Subject"), f.Text("TotalPrice"))
		}
	}
}

func TestProblemsOfARowNameLineAndColumn(t *testing.T) {
	table := open(t, "purchase id,PurchasedOn,TotalPrice\nP1,1/2/2019,\"1,234\"\nP2\n")
	f := purchaseForm()
	plan := tabular.NewPlan(table, f)
	var got []string
	for row := range table.Rows() {
		for _, p := range plan.Fill(f, row) {
			got = append(got, strings.TrimSpace(strings.Join([]string{string(rune('0' + p.Line)), p.Column, p.Brief, strings.Join(p.Fixes, "|")}, " ")))
		}
	}
	want := []string{
		"2 PurchasedOn two readings 2019-01-02|2019-02-01",
		"2 TotalPrice not a number 1234|1.234",
		"3  cells missing or too many",
		"3 PurchasedOn required",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("problems\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestPeopleCanSettleWhatAColumnDoesNot(t *testing.T) {
	table := open(t, "PurchaseId,PurchasedOn,TotalPrice\nP1,1/2/2019,\"1,234\"\n")
	f := purchaseForm()
	plan := tabular.NewPlan(table, f)
	plan.Columns[1].Dates, plan.Columns[2].Decimal = tabular.DayFirst, tabular.Comma
	row, err := table.Row(1)
	if err != nil {
		t.Fatal(err)
	}
	if problems := plan.Fill(f, row); len(problems) != 0 || f.Text("PurchasedOn") != "2019-02-01" || f.Text("TotalPrice") != "1.234" {
		t.Errorf("%q %q %+v", f.Text("PurchasedOn"), f.Text("TotalPrice"), problems)
	}
}

func TestReadAsSaysHowAColumnIsRead(t *testing.T) {
	table := open(t, "PurchaseId;PurchasedOn;TotalPrice;x\nP;1/20/2019;12,5;x\n")
	f := purchaseForm()
	plan := tabular.NewPlan(table, f)
	for i, want := range []string{"text", "date and time, M/D/YYYY", "decimal, with decimal comma", ""} {
		if got := plan.Columns[i].ReadAs(f); got != want {
			t.Errorf("column %d: %q, want %q", i, got, want)
		}
	}
	plan.Columns[1].Dates, plan.Columns[2].Decimal = tabular.DayFirst, tabular.Unclear
	if got := plan.Columns[1].ReadAs(f) + "; " + plan.Columns[2].ReadAs(f); got != "date and time, D/M/YYYY; decimal, comma unclear" {
		t.Error(got)
	}
	plan.Columns[1].Dates = tabular.Mixed
	if got := plan.Columns[1].ReadAs(f); got != "date and time, order differs between rows" {
		t.Error(got)
	}
}

func TestNumbersLoseOnlyTheirGroups(t *testing.T) {
	for cell, want := range map[string]string{
		"1,234.50": "1234.50", "-1,234": "-1234", "1'234": "1234", "1 234.5": "1234.5", "12": "12", "1,23": "1,23", ",123": ",123", "x,123": "x,123",
	} {
		table := open(t, "PurchaseId;TotalPrice\n1;9.5\n2;"+cell+"\n")
		f := purchaseForm()
		plan := tabular.NewPlan(table, f)
		plan.Columns[1].Decimal = tabular.Point
		row, err := table.Row(2)
		if err != nil {
			t.Fatal(err)
		}
		plan.Fill(f, row)
		if got := f.Text("TotalPrice"); got != want {
			t.Errorf("%s becomes %s, want %s", cell, got, want)
		}
	}
}

// TestTheTutorialsPurchasesFit reads the vendor's tutorial data where it lies
// beside the checkout; it is not part of the project.
func TestTheTutorialsPurchasesFit(t *testing.T) {
	path := filepath.Join("..", "..", "..", "shared", "data", "OnlinePurchases.csv")
	file, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		t.Skipf("%s is not there: the test on real data is skipped", path)
	}
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := file.Close(); err != nil {
			t.Error(err)
		}
	}()
	table, err := tabular.Open("OnlinePurchases.csv", file)
	if err != nil {
		t.Fatal(err)
	}
	f := purchaseForm()
	plan := tabular.NewPlan(table, f)
	if table.Columns[3].Dates != tabular.MonthFirst || plan.Columns[3].Field != "PurchasedOn" {
		t.Errorf("dates are read as %q", plan.Columns[3].ReadAs(f))
	}
	bad := 0
	for row := range table.Rows() {
		if problems := plan.Fill(f, row); len(problems) > 0 {
			if bad == 0 {
				t.Errorf("line %d: %+v", row.Line, problems[0])
			}
			bad++
		}
	}
	if table.Len() != 12369 || bad > 0 {
		t.Errorf("%d rows, %d do not fit", table.Len(), bad)
	}
}
