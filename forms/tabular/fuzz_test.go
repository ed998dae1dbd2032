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
		if !cellsAlone(text) {
			return
		}
		want, lines, err := byTheStandardLibrary(text)
		if err != nil {
			return // quotes inside a cell: the desk is more lenient
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

// cellsAlone: line ends are told apart by encoding/csv, and the rest that is left
// out is no matter of cells.
func cellsAlone(text string) bool {
	return utf8.ValidString(text) && !strings.ContainsAny(text, "\r\x00\ufeff") && !strings.HasPrefix(strings.ToLower(text), "sep=")
}

// byTheStandardLibrary gives the rows of a CSV text, and the line that each begins
// on, as encoding/csv reads them.
func byTheStandardLibrary(text string) (rows [][]string, lines []int, err error) {
	reader := csv.NewReader(strings.NewReader(text))
	reader.FieldsPerRecord = -1
	for {
		cells, err := reader.Read()
		if errors.Is(err, io.EOF) {
			return rows, lines, nil
		}
		if err != nil {
			return nil, nil, err
		}
		line, _ := reader.FieldPos(0)
		rows, lines = append(rows, cells), append(lines, line)
	}
}
