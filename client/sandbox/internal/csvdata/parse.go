// A CSV file's bytes become a header and rows of texts.

package csvdata

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"
)

// file is one CSV file on its way to an entity.
type file struct {
	name    string // of the file
	source  string
	entity  string
	conf    fileConfig
	columns []column
	rows    [][]string // each as long as columns
	ragged  int        // rows that had more or fewer cells than the header

	openQuote bool // one quote is without its partner

	key        int // column; -1: none
	time       int // column; -1: none
	references []reference
	role       role
	referred   bool // another file refers to it
}

// reference is a column that leads to another file's key.
type reference struct {
	column int
	to     *file
}

// maxColumns keeps a file that is no table from becoming an entity.
const maxColumns = 5000

// parse reads a file in UTF-8 (with or without a mark) or Windows-1252, with
// commas, semicolons or tabs between the cells.
func parse(data []byte) (*file, error) {
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	if bytes.IndexByte(data, 0) >= 0 {
		return nil, errors.New("the file is no CSV text: it has zero bytes in it " +
			"(a spreadsheet's \"Unicode text\" has: save it as CSV UTF-8)")
	}
	if !utf8.Valid(data) {
		data = fromLatin(data)
	}
	reader := csv.NewReader(bytes.NewReader(data))
	reader.Comma = separator(data)
	reader.FieldsPerRecord = -1
	reader.LazyQuotes = true
	header, err := reader.Read()
	if errors.Is(err, io.EOF) {
		return nil, errors.New("the file is empty: the first line names the columns")
	}
	if err != nil {
		return nil, err
	}
	if first := strings.TrimSpace(header[0]); strings.HasPrefix(first, "<") || strings.HasPrefix(first, "{") {
		return nil, errors.New("the file is no CSV: it begins like a web page or like JSON")
	}
	if len(header) > maxColumns {
		return nil, fmt.Errorf("the file has more than %d columns", maxColumns)
	}
	f := &file{columns: nameColumns(header), key: -1, time: -1, openQuote: bytes.Count(data, []byte{'"'})%2 == 1}
	for {
		row, err := reader.Read()
		if errors.Is(err, io.EOF) {
			return f, nil
		}
		if err != nil {
			return nil, err
		}
		f.rows = append(f.rows, f.fit(row))
	}
}

// fit makes a row as long as the header.
func (f *file) fit(row []string) []string {
	switch {
	case len(row) == len(f.columns):
		return row
	case len(row) > len(f.columns):
		f.ragged++
		return row[:len(f.columns)]
	default:
		f.ragged++
		return append(row, make([]string, len(f.columns)-len(row))...)
	}
}

// separator is the one of the usual separators that the first line has most of.
func separator(data []byte) rune {
	line, _, _ := bytes.Cut(data, []byte("\n"))
	best, most := ',', 0
	for _, r := range []rune{',', ';', '\t'} {
		if n := bytes.Count(line, []byte(string(r))); n > most {
			best, most = r, n
		}
	}
	return best
}

// fromLatin reads bytes of Windows-1252 as far as it agrees with Latin-1.
func fromLatin(data []byte) []byte {
	var b strings.Builder
	for _, c := range data {
		b.WriteRune(rune(c))
	}
	return []byte(b.String())
}

// nameColumns makes names that the API can carry; the header's own words stay
// as friendly names.
func nameColumns(header []string) []column {
	columns := make([]column, 0, len(header))
	taken := map[string]bool{}
	for i, words := range header {
		words = strings.TrimSpace(words)
		name := identifier(words)
		if name == "" {
			name = fmt.Sprintf("Column%d", i+1)
		}
		for n := 2; taken[name]; n++ {
			name = fmt.Sprintf("%s_%d", identifier(words), n)
		}
		taken[name] = true
		columns = append(columns, column{name: name, friendly: words})
	}
	return columns
}

// identifier keeps letters, digits and underscores.
func identifier(words string) string {
	name := strings.Map(func(r rune) rune {
		if r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, words)
	if name != "" && unicode.IsDigit([]rune(name)[0]) {
		return "_" + name
	}
	return name
}
