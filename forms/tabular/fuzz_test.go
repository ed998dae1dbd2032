package tabular_test

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strings"
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

// FuzzRowsOfRFC4180: a file that encoding/csv takes has the same cells here, each
// of them, in the same rows on the same lines.
func FuzzRowsOfRFC4180(f *testing.F) {
	for _, seed := range []string{
		"a,b\n1,2\n", "a,b\n\"x,\"\"y\"\"\",\"two\nlines\"\n\n3,4", "a,\"b\"\n , \n\"\",x\n", "ä,b\n\u2028,🙂\n", "a,b,c\n1\n1,2,3,4\n", "sep=,\na,b\n1,2\n", "=1,b\n",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if !utf8.ValidString(text) || strings.ContainsAny(text, "\r\x00\ufeff") || strings.HasPrefix(strings.ToLower(text), "sep=") {
			return // line ends are told apart by encoding/csv, and the rest is no matter of cells
		}
		reader := csv.NewReader(strings.NewReader(text))
		reader.FieldsPerRecord = -1
		var want [][]string
		var lines []int
		for {
			cells, err := reader.Read()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				return // quotes inside a cell: the desk is more lenient
			}
			line, _ := reader.FieldPos(0)
			want, lines = append(want, cells), append(lines, line)
		}
		table, err := tabular.Open("fuzz.csv", strings.NewReader(text))
		if err != nil || table.Separator != ',' {
			if len(want) > 1 && err != nil && len(want[0]) < tabular.MaxColumns {
				t.Fatalf("%q: %v", text, err)
			}
			return // another separator was found
		}
		if len(table.Columns) != len(want[0]) || table.Len() != len(want)-1 {
			t.Fatalf("%q has %d columns and %d rows, want %d and %d", text, len(table.Columns), table.Len(), len(want[0]), len(want)-1)
		}
		for row := range table.Rows() {
			if !slices.Equal(row.Cells, want[row.Number]) || row.Line != lines[row.Number] {
				t.Fatalf("row %d of line %d is %q, want %q of line %d", row.Number, row.Line, row.Cells, want[row.Number], lines[row.Number])
			}
		}
	})
}
