package tabular_test

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"reflect"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf16"

	"github.com/activitydesk/activitydesk/forms/tabular"
)

func open(t testing.TB, text string) *tabular.Table {
	t.Helper()
	table, err := tabular.Open("test.csv", strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return table
}

func cells(table *tabular.Table) [][]string {
	var all [][]string
	for row := range table.Rows() {
		all = append(all, row.Cells)
	}
	return all
}

func columnNames(table *tabular.Table) []string {
	var names []string
	for _, column := range table.Columns {
		names = append(names, column.Name)
	}
	return names
}

func utf16Bytes(text string, order binary.AppendByteOrder) string {
	var out []byte
	for _, unit := range utf16.Encode([]rune(text)) {
		out = order.AppendUint16(out, unit)
	}
	return string(out)
}

func TestEncodingsAreFound(t *testing.T) {
	const text = "Name,City\nMüller 😀,Zürich\nplain,text that is long enough\n"
	for name, c := range map[string]struct{ file, encoding string }{
		"UTF-8":               {text, "UTF-8"},
		"UTF-8 marked":        {"\uFEFF" + text, "UTF-8"},
		"UTF-16 LE":           {"\xff\xfe" + utf16Bytes(text, binary.LittleEndian), "UTF-16"},
		"UTF-16 BE":           {"\xfe\xff" + utf16Bytes(text, binary.BigEndian), "UTF-16"},
		"UTF-16 LE, unmarked": {utf16Bytes(text, binary.LittleEndian), "UTF-16"},
		"UTF-16 BE, unmarked": {utf16Bytes(text, binary.BigEndian), "UTF-16"},
	} {
		table := open(t, c.file)
		if table.Encoding != c.encoding || !reflect.DeepEqual(cells(table)[0], []string{"Müller 😀", "Zürich"}) || columnNames(table)[0] != "Name" {
			t.Errorf("%s: %s %q", name, table.Encoding, cells(table))
		}
	}
	table := open(t, "Name;Price\nM\xfcller;5 \x80\n")
	if table.Encoding != "Windows-1252, assumed" || !reflect.DeepEqual(cells(table)[0], []string{"Müller", "5 €"}) {
		t.Errorf("Windows-1252: %s %q", table.Encoding, cells(table))
	}
}

func TestSeparatorsAreFound(t *testing.T) {
	for _, c := range []struct {
		text      string
		separator byte
		first     []string
	}{
		{"a,b\n1,2\n", ',', []string{"1", "2"}},
		{"a;b\n1,5;2,5\n", ';', []string{"1,5", "2,5"}},
		{"a\tb\n1,5\t2;5\n", '\t', []string{"1,5", "2;5"}},
		{"a|b\n1|2\n", '|', []string{"1", "2"}},
		{"a;b, or c\n1;2, 3, 4\n5;6\n", ';', []string{"1", "2, 3, 4"}},
		{"sep=;\r\na,x;b\r\n1,2;3\r\n", ';', []string{"1,2", "3"}},
		{"only\none\n", ',', []string{"one"}},
		{"\"a;b\",c\n\"1;2;3\",4\n", ',', []string{"1;2;3", "4"}},
	} {
		table := open(t, c.text)
		if table.Separator != c.separator || !reflect.DeepEqual(cells(table)[0], c.first) {
			t.Errorf("%q: separator %q, row %q", c.text, table.Separator, cells(table)[0])
		}
	}
}

func TestQuotesAndLineBreaksAreReadAsWritten(t *testing.T) {
	table := open(t, "a,b\r\n\"x, \"\"y\"\"\r\nz\",2\r\rplain \"quote\",\n\n\"\"  ,\" lead\"tail\n")
	want := [][]string{{"x, \"y\"\r\nz", "2"}, {"plain \"quote\"", ""}, {"  ", " leadtail"}}
	if got := cells(table); !reflect.DeepEqual(got, want) {
		t.Errorf("cells %q, want %q", got, want)
	}
	var lines []int
	for row := range table.Rows() {
		lines = append(lines, row.Line)
	}
	if !reflect.DeepEqual(lines, []int{2, 5, 7}) {
		t.Errorf("lines %v", lines)
	}
}

func TestHeadersAreMadePresentAndUnique(t *testing.T) {
	table := open(t, " a ,,a,a\n1,2,3,4\n")
	if got := columnNames(table); !reflect.DeepEqual(got, []string{"a", "Column 2", "a (2)", "a (3)"}) {
		t.Errorf("names %q", got)
	}
	if len(table.Warnings) != 3 || table.Warnings[0].Line != 1 {
		t.Errorf("warnings %+v", table.Warnings)
	}
}

func TestRaggedRowsAreReportedWithTheirLine(t *testing.T) {
	table := open(t, "a,b\n1,2\n\"1\n\"\n1,2,3\n1,2,,\n")
	want := []tabular.Warning{
		{Line: 3, Text: "the row has 1 cell, the header names 2 columns"},
		{Line: 5, Text: "the row has 3 cells, the header names 2 columns"},
	}
	if !reflect.DeepEqual(table.Warnings, want) || table.Ragged != 2 || table.Len() != 4 {
		t.Errorf("warnings %+v, ragged %d, rows %d", table.Warnings, table.Ragged, table.Len())
	}
	many := open(t, "a,b\n"+strings.Repeat("1\n", 2500))
	if many.Ragged != 2500 || len(many.Warnings) != 1000 {
		t.Errorf("%d ragged, %d listed", many.Ragged, len(many.Warnings))
	}
}

func TestFilesThatCannotBeReadSayWhy(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		want error
	}{
		"empty":         {"", tabular.ErrEmpty},
		"blank":         {"\n\r\n", tabular.ErrEmpty},
		"binary":        {"PK\x03\x04\x00\x00\x00", tabular.ErrNotText},
		"odd UTF-16":    {"\xff\xfea", tabular.ErrNotText},
		"UTF-16 zeros":  {"\xff\xfea\x00\x00\x00", tabular.ErrNotText},
		"too wide":      {strings.Repeat(",", tabular.MaxColumns+1), tabular.ErrTooWide},
		"too wide rows": {"a,b\n" + strings.Repeat(",", tabular.MaxColumns+1), tabular.ErrTooWide},
	} {
		if _, err := tabular.Open("x.csv", strings.NewReader(c.text)); !errors.Is(err, c.want) || !strings.HasPrefix(err.Error(), "read x.csv: ") {
			t.Errorf("%s: error %v, want %v", name, err, c.want)
		}
	}
	var quote *tabular.QuoteError
	for _, text := range []string{"a,b\n1,\"2\n3,4\n", "a,\"b\n"} {
		if _, err := tabular.Open("x.csv", strings.NewReader(text)); !errors.As(err, &quote) || !strings.Contains(err.Error(), fmt.Sprintf("line %d:", quote.Line)) {
			t.Errorf("%q: error %v", text, err)
		}
	}
	broken := errors.New("the disk is gone")
	if _, err := tabular.Open("x.csv", iotest.ErrReader(broken)); !errors.Is(err, broken) {
		t.Errorf("error %v", err)
	}
	if testing.Short() {
		return
	}
	endless := io.MultiReader(strings.NewReader("a\n"), repeated{})
	if _, err := tabular.Open("x.csv", endless); !errors.Is(err, tabular.ErrTooLarge) {
		t.Errorf("error %v", err)
	}
}

// repeated is a file that does not end.
type repeated struct{}

func (repeated) Read(p []byte) (int, error) {
	const line = "one line of a file that never ends, and then the same line again\n"
	n := 0
	for n < len(p) {
		n += copy(p[n:], line)
	}
	return n, nil
}

func TestRowsAreFoundByNumber(t *testing.T) {
	table := open(t, "a,b\n1,2\n3,4\n")
	row, err := table.Row(2)
	if err != nil || !reflect.DeepEqual(row, tabular.Row{Number: 2, Line: 3, Cells: []string{"3", "4"}}) {
		t.Errorf("%+v %v", row, err)
	}
	for _, number := range []int{0, 3, -1} {
		if _, err := table.Row(number); err == nil {
			t.Errorf("row %d: no error", number)
		}
	}
	for range table.Rows() {
		break // a reader may stop
	}
}

func TestColumnsTellHowTheirCellsAreRead(t *testing.T) {
	for _, c := range []struct {
		cells   string
		dates   tabular.DateOrder
		decimal tabular.DecimalSign
	}{
		{"1/2/2019 1/20/2019", tabular.MonthFirst, tabular.Point},
		{"1/2/2019 20-01-2019", tabular.DayFirst, tabular.Point},
		{"1/2/2019 3/4/2019", tabular.Undecided, tabular.Point},
		{"1/20/2019 20/1/2019", tabular.Mixed, tabular.Point},
		{"2019-01-20 20.1.2019x", tabular.Undecided, tabular.Point},
		{"40/50/2019 1/2/20195 1/2-2019 1/2", tabular.Undecided, tabular.Point},
		{"12,5 1,234", tabular.Undecided, tabular.Comma},
		{"1.234,5", tabular.Undecided, tabular.Comma},
		{"1.234.567", tabular.Undecided, tabular.Comma},
		{"1,234.5 -1,234", tabular.Undecided, tabular.Point},
		{"1,234,567", tabular.Undecided, tabular.Point},
		{"12.5 1,234", tabular.Undecided, tabular.Point},
		{"1,234 5,678", tabular.Undecided, tabular.Unclear},
		{"12.5 12,5", tabular.Undecided, tabular.Unclear},
		{",5", tabular.Undecided, tabular.Comma},
		{"abc 12 x,y", tabular.Undecided, tabular.Point},
	} {
		table := open(t, "V;W\n"+strings.Join(strings.Fields(c.cells), ";\n")+";\n;\n")
		column := table.Columns[0]
		if column.Dates != c.dates || column.Decimal != c.decimal {
			t.Errorf("%s: dates %d, decimal %d", c.cells, column.Dates, column.Decimal)
		}
		if column.Filled != len(strings.Fields(c.cells)) || column.Sample != strings.Fields(c.cells)[0] {
			t.Errorf("%s: %d filled, sample %q", c.cells, column.Filled, column.Sample)
		}
	}
}
