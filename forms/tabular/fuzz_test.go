package tabular_test

import (
	"bytes"
	"testing"
	"unicode/utf8"

	"github.com/activitydesk/activitydesk/forms/tabular"
)

// FuzzOpen reads foreign bytes: nothing panics, every row that is counted can
// be read again at its line, and filling a form from it keeps the form whole.
func FuzzOpen(f *testing.F) {
	for _, seed := range []string{
		"PurchaseId,PurchasedOn,TotalPrice\nP1,1/20/2019,\"1,234\"\nP2\n", "a;b\n\"x\"\"\n\";2\r\r3;4", "sep=|\na|b\n1|2", "\xff\xfea\x00,\x00b\x00\n\x00",
		"\xef\xbb\xbfa\tb\n-1.234,5\t31/12/2019 10:00", "\xfcber,b\n\x80,1", "\"", ",,\n,,,", "Tags\n[1]\n",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		table, err := tabular.Open("fuzz.csv", bytes.NewReader(data))
		if err != nil {
			return
		}
		form := purchaseForm()
		plan := tabular.NewPlan(table, form)
		number, line := 0, 0
		for row := range table.Rows() {
			number++
			if row.Number != number || row.Line <= line || len(row.Cells) == 0 {
				t.Fatalf("row %+v behind line %d", row, line)
			}
			line = row.Line
			for _, cell := range row.Cells {
				if !utf8.ValidString(cell) {
					t.Fatalf("a cell that is not UTF-8: %q", cell)
				}
			}
			for _, p := range plan.Fill(form, row) {
				if p.Line != row.Line || p.Text == "" || p.Brief == "" {
					t.Fatalf("incomplete problem %+v", p)
				}
			}
		}
		if number != table.Len() {
			t.Fatalf("%d rows, %d counted", number, table.Len())
		}
	})
}
