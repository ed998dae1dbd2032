// Package tabular reads files of rows (CSV) and makes values of a form's
// fields of them.
package tabular

import (
	"errors"
	"fmt"
	"io"
	"iter"
	"strings"
)

// Limits of what Open takes.
const (
	MaxBytes   = 100 << 20 // of the file
	MaxColumns = 16_384    // as many as a spreadsheet has
)

// Why a file cannot be opened. Compare with errors.Is.
var (
	ErrEmpty      = errors.New("the file holds no rows; the first line must name the columns")
	ErrTooLarge   = fmt.Errorf("the file is larger than %d MB; split it", MaxBytes>>20)
	ErrTooWide    = fmt.Errorf("a line has more than %d cells; is the separator right?", MaxColumns)
	ErrNotText    = errors.New("the file is not text; save it as CSV")
	errRowMissing = errors.New("no such row")
)

// QuoteError is a quote that is opened and never closed, so that nobody can
// tell where the rows behind it end.
type QuoteError struct {
	Line int // where it is opened, from 1
}

// Error says where and what to do.
func (e *QuoteError) Error() string {
	return fmt.Sprintf("line %d: a quote is opened and never closed. Close it, or double it if it belongs to the text", e.Line)
}

// Table is a file of rows under named columns. It holds the text once and cuts
// rows out of it as they are asked for. It does not change after Open and may
// be read by several goroutines.
type Table struct {
	Name      string // of the file, as given to Open
	Encoding  string // for people: "UTF-8", "UTF-16", "Windows-1252, assumed"
	Separator byte   // between cells: comma, semicolon, tab or bar
	Columns   []Column
	Warnings  []Warning // oddities of the file, the first of each line, at most maxWarnings
	Ragged    int       // rows whose cells are not as many as the columns

	text string
	rows []place
}

// maxWarnings bounds how many oddities are listed; Ragged counts on.
const maxWarnings = 1000

// Warning is an oddity of a file that does not keep it from being read.
type Warning struct {
	Line int // from 1; 0: of the file
	Text string
}

// place is where a row begins in the text.
type place struct {
	offset int
	line   int
}

// Row is one line of values; a row whose cells hold line breaks spans several
// lines of the file.
type Row struct {
	Number int // from 1, without the header
	Line   int // of the file, from 1, where the row begins
	Cells  []string
}

// Open reads a CSV file to its end. Encoding (UTF-8 with or without mark,
// UTF-16, else Windows-1252), separator (comma, semicolon, tab, bar; a first
// line sep=; is obeyed) and, for each column, the order of dates and the
// decimal sign are found from the whole content. The name is for people and
// for messages.
//
// Errors wrap ErrEmpty, ErrTooLarge, ErrTooWide, ErrNotText, a *QuoteError, or
// what r answered.
func Open(name string, r io.Reader) (*Table, error) {
	data, err := io.ReadAll(io.LimitReader(r, MaxBytes+1))
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", name, err)
	}
	if len(data) > MaxBytes {
		return nil, fmt.Errorf("read %s: %w", name, ErrTooLarge)
	}
	text, encoding, err := decode(data)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", name, err)
	}
	t := &Table{Name: name, Encoding: encoding, text: text}
	if err := t.index(); err != nil {
		return nil, fmt.Errorf("read %s: %w", name, err)
	}
	return t, nil
}

// index finds the separator, the header and where each row begins, and looks
// at every cell once.
func (t *Table) index() error {
	start := t.separate()
	s := scanner{text: t.text, pos: start, line: 1 + strings.Count(t.text[:start], "\n"), separator: t.Separator}
	header, line, err := s.record(nil)
	if err != nil {
		return err
	}
	if header == nil {
		return ErrEmpty
	}
	t.name(header, line)
	seen := make([]evidence, len(t.Columns))
	cells := header[:0:0]
	for {
		at := place{offset: s.pos, line: s.line}
		cells, line, err = s.record(cells[:0])
		if err != nil {
			return err
		}
		if cells == nil {
			break
		}
		at.line = line
		t.rows = append(t.rows, at)
		if wrong := t.ragged(cells); wrong != "" {
			t.Ragged++
			t.warn(line, wrong)
		}
		for i := range min(len(cells), len(seen)) {
			seen[i].see(cells[i])
		}
	}
	for i := range t.Columns {
		t.Columns[i].decide(seen[i])
	}
	return nil
}

// name makes columns of the header's cells, each with a name of its own.
func (t *Table) name(header []string, line int) {
	used := map[string]bool{}
	for i, cell := range header {
		column := Column{Index: i, Header: strings.TrimSpace(cell)}
		column.Name = column.Header
		if column.Header == "" {
			column.Name = fmt.Sprintf("Column %d", i+1)
			t.warn(line, fmt.Sprintf("column %d has no name", i+1))
		}
		for n := 2; used[column.Name]; n++ {
			column.Name = fmt.Sprintf("%s (%d)", column.Header, n)
		}
		if column.Header != "" && column.Name != column.Header {
			t.warn(line, fmt.Sprintf("the name %q is there more than once; column %d is called %q here", column.Header, i+1, column.Name))
		}
		used[column.Name] = true
		t.Columns = append(t.Columns, column)
	}
}

// ragged says how a row's cells differ from the columns, "" where they do
// not. Empty cells behind the last column are what spreadsheets leave.
func (t *Table) ragged(cells []string) string {
	have := len(cells)
	for have > len(t.Columns) && strings.TrimSpace(cells[have-1]) == "" {
		have--
	}
	if have == len(t.Columns) {
		return ""
	}
	return fmt.Sprintf("the row has %s, the header names %s", count(have, "cell"), count(len(t.Columns), "column"))
}

func count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

func (t *Table) warn(line int, text string) {
	if len(t.Warnings) < maxWarnings {
		t.Warnings = append(t.Warnings, Warning{Line: line, Text: text})
	}
}

// Len is the number of rows below the header.
func (t *Table) Len() int { return len(t.rows) }

// Row gives a row by its number, from 1.
func (t *Table) Row(number int) (Row, error) {
	if number < 1 || number > len(t.rows) {
		return Row{}, fmt.Errorf("row %d of %s: %w", number, t.Name, errRowMissing)
	}
	at := t.rows[number-1]
	s := scanner{text: t.text, pos: at.offset, line: at.line, separator: t.Separator}
	cells, _, err := s.record(nil)
	if err != nil {
		return Row{}, fmt.Errorf("row %d of %s: %w", number, t.Name, err)
	}
	return Row{Number: number, Line: at.line, Cells: cells}, nil
}

// Rows gives all rows in the file's order.
func (t *Table) Rows() iter.Seq[Row] {
	return func(yield func(Row) bool) {
		for number := 1; number <= len(t.rows); number++ {
			row, err := t.Row(number)
			if err != nil || !yield(row) {
				return // no error: Open has read every row
			}
		}
	}
}
