// Cutting a text into rows and cells, with RFC 4180's quotes and a lenient eye
// for what spreadsheets and people write.

package tabular

import "strings"

// scanner reads rows one after the other.
type scanner struct {
	text      string
	pos       int
	line      int
	separator byte
}

// record appends the cells of the next row that is not a blank line; line is
// where it begins. The result is nil at the end of the text. Line breaks may be
// LF, CR LF or CR.
func (s *scanner) record(cells []string) (_ []string, line int, _ error) {
	for s.pos < len(s.text) && (s.text[s.pos] == '\n' || s.text[s.pos] == '\r') {
		s.newline()
	}
	if s.pos >= len(s.text) {
		return nil, s.line, nil
	}
	line = s.line
	for {
		cell, err := s.cell()
		if err != nil {
			return nil, line, err
		}
		if len(cells) == MaxColumns {
			return nil, line, ErrTooWide
		}
		cells = append(cells, cell)
		switch {
		case s.pos >= len(s.text):
			return cells, line, nil
		case s.text[s.pos] == s.separator:
			s.pos++
		default:
			s.newline()
			return cells, line, nil
		}
	}
}

// newline steps over one line break.
func (s *scanner) newline() {
	if s.text[s.pos] == '\r' && s.pos+1 < len(s.text) && s.text[s.pos+1] == '\n' {
		s.pos++
	}
	s.pos++
	s.line++
}

// cell reads up to the separator or line break that ends the cell.
func (s *scanner) cell() (string, error) {
	if s.pos < len(s.text) && s.text[s.pos] == '"' {
		quoted, err := s.quoted()
		if err != nil {
			return "", err
		}
		return quoted + s.plain(), nil // text behind a closing quote is kept
	}
	return s.plain(), nil
}

func (s *scanner) plain() string {
	start := s.pos
	for s.pos < len(s.text) {
		if c := s.text[s.pos]; c == s.separator || c == '\n' || c == '\r' {
			break
		}
		s.pos++
	}
	return s.text[start:s.pos]
}

// quoted reads a cell from its opening quote to behind the closing one.
func (s *scanner) quoted() (string, error) {
	opened := s.line
	s.pos++
	start := s.pos
	doubled := false
	for s.pos < len(s.text) {
		switch c := s.text[s.pos]; {
		case c == '"' && s.pos+1 < len(s.text) && s.text[s.pos+1] == '"':
			doubled = true
			s.pos += 2
		case c == '"':
			cell := s.text[start:s.pos]
			s.pos++
			if doubled {
				cell = strings.ReplaceAll(cell, `""`, `"`)
			}
			return cell, nil
		case c == '\n' || c == '\r':
			s.newline()
		default:
			s.pos++
		}
	}
	return "", &QuoteError{Line: opened}
}

// separators in the order in which they win a tie.
const separators = ",;\t|"

// separate finds the separator and gives where the rows begin: behind a first
// line such as sep=; which spreadsheets write for each other.
func (t *Table) separate() (start int) {
	first, rest, _ := strings.Cut(t.text, "\n")
	first = strings.TrimSuffix(first, "\r")
	if sep, ok := strings.CutPrefix(strings.ToLower(first), "sep="); ok && len(sep) == 1 {
		t.Separator = sep[0]
		return len(t.text) - len(rest)
	}
	best := 0
	for i := range len(separators) {
		if score := t.score(separators[i]); score > best || i == 0 {
			t.Separator, best = separators[i], score
		}
	}
	return 0
}

// score rates a separator by the first rows: how many agree with the header
// that there are several cells. Agreement counts more than the number of
// cells, so that commas inside texts do not win over a few semicolons.
func (t *Table) score(separator byte) int {
	const sample = 50
	s := scanner{text: t.text, line: 1, separator: separator}
	header, _, err := s.record(nil)
	if err != nil || len(header) < 2 {
		return 0
	}
	seen, agree := 1, 1
	cells := header[:0:0]
	for seen < sample {
		if cells, _, err = s.record(cells[:0]); err != nil || cells == nil {
			break
		}
		seen++
		if len(cells) == len(header) {
			agree++
		}
	}
	const agreement, width = 1_000_000, 10
	return agree*agreement/seen + min(len(header), agreement/width/10)*width
}
