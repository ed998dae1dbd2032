// Package withstand is for tests only. It keeps docs/reliability.md true: a
// test that goes through bad days, one cell after the other, hands over the
// cells that it has proved, and the document must have exactly those rows.
//
// ACTIVITYDESK_GOLDEN=update has the tests write the document's tables anew.
package withstand

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// Cell is one bad day at one place, as a test has seen it through: the test
// fails where the state or the words are others.
type Cell struct {
	Day   string // what goes wrong: "503, wrapped error"
	While string // what the person was doing: "sending an activity"
	State string // what became of it: "uncertain", "nothing was sent", "the old settings hold"
	Says  string // what the window says of it, or the beginning of that
}

// Document is where the tables are, from the project's top level.
const Document = "docs/reliability.md"

// Hold fails the test where the table of that name in the document has other
// rows than these cells, or where cells are not fit for it: no part may be
// empty, no bad day may be there twice for one place, no words may be raw.
func Hold(t testing.TB, table string, cells []Cell) {
	t.Helper()
	for _, problem := range unfit(cells) {
		t.Error(problem)
	}
	path, err := find()
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	held, err := replaced(text, table, cells)
	switch {
	case err != nil:
		t.Fatal(err)
	case bytes.Equal(held, text):
	case os.Getenv("ACTIVITYDESK_GOLDEN") != "update":
		t.Errorf("the table %q in %s is not what was proved here; ACTIVITYDESK_GOLDEN=update writes it anew. It should be:\n%s",
			table, Document, Markdown(cells))
	case !t.Failed():
		if err := os.WriteFile(path, held, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// unfit says what is wrong with cells.
func unfit(cells []Cell) []string {
	var problems []string
	if len(cells) == 0 {
		problems = append(problems, "a table without a cell proves nothing")
	}
	seen := map[[2]string]bool{}
	for _, c := range cells {
		if c.Day == "" || c.While == "" || c.State == "" || c.Says == "" {
			problems = append(problems, fmt.Sprintf("a part is missing in %+v", c))
		}
		if key := [2]string{c.Day, c.While}; seen[key] {
			problems = append(problems, fmt.Sprintf("%q while %q is there twice", c.Day, c.While))
		} else {
			seen[key] = true
		}
		if err := Plain(c.Says); err != nil {
			problems = append(problems, fmt.Sprintf("%q while %q: %v", c.Day, c.While, err))
		}
	}
	return problems
}

// raw are the marks of a text that a program wrote for programmers.
var raw = regexp.MustCompile(`dial tcp|read tcp|write tcp|lookup [\w.-]+[: ]|no such host|connection refused|connection reset|` +
	`broken pipe|\bEOF\b|x509|\btls:|net/http|context (deadline|canceled)|i/o timeout|invalid character|cannot unmarshal|` +
	`json:|strconv\.|sql:|SQLITE_|\bsqlite\b|database is locked|\berrno\b|\bgoroutine\b|panic:|runtime error|nil pointer|` +
	`%!\w?\(|<nil>|0x[0-9a-f]{6,}|&\{|map\[|\bmarshal\b|\bGet "|\bPost "|\bPatch "|ENOSPC|no space left on device|` +
	`permission denied|no such file or|is a directory|input/output error|org\.freedesktop|dbus`)

// Plain tells whether a text can be put before a person: it is an error for
// texts that are empty, or that hold what Go, a library or the system says.
func Plain(text string) error {
	if strings.TrimSpace(text) == "" {
		return errors.New("nothing is said")
	}
	if mark := raw.FindString(text); mark != "" {
		return fmt.Errorf("%q is raw, by %q", text, mark)
	}
	return nil
}

// Markdown writes cells as the rows of a table, with its head.
func Markdown(cells []Cell) string {
	var b strings.Builder
	b.WriteString("| bad day | while | what becomes of it | what the desk says |\n| --- | --- | --- | --- |\n")
	for _, c := range cells {
		fmt.Fprintf(&b, "| %s | %s | %s | %s |\n", inCell(c.Day), inCell(c.While), inCell(c.State), inCell(c.Says))
	}
	return b.String()
}

// inCell makes a text fit for a cell of a Markdown table.
func inCell(text string) string {
	text = strings.NewReplacer("\r\n", " ", "\n", " ", "\r", " ", "|", `\|`, "<", "&lt;").Replace(text)
	return strings.TrimSpace(text)
}

// replaced gives the document with the table of that name made of these cells.
func replaced(text []byte, table string, cells []Cell) ([]byte, error) {
	begin, end := []byte("<!-- table "+table+" -->\n"), []byte("<!-- end "+table+" -->")
	before, rest, ok := bytes.Cut(text, begin)
	if !ok {
		return nil, fmt.Errorf("%s has no mark %q", Document, bytes.TrimSpace(begin))
	}
	_, after, ok := bytes.Cut(rest, end)
	if !ok {
		return nil, fmt.Errorf("%s has no mark %q after the table's beginning", Document, end)
	}
	return bytes.Join([][]byte{before, begin, []byte(Markdown(cells)), end, after}, nil), nil
}

// find gives the path of the document, going up from the package under test.
func find() (string, error) {
	folder, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for {
		if _, err := os.Stat(filepath.Join(folder, "go.mod")); err == nil {
			return filepath.Join(folder, filepath.FromSlash(Document)), nil
		} else if !errors.Is(err, fs.ErrNotExist) {
			return "", err
		}
		up := filepath.Dir(folder)
		if up == folder {
			return "", errors.New("no go.mod above the test")
		}
		folder = up
	}
}

// Count gives the rows and the tables of a document.
func Count(text string) (cells, tables int) {
	within := false
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		switch {
		case strings.HasPrefix(line, "<!-- table "):
			within, tables = true, tables+1
		case strings.HasPrefix(line, "<!-- end "):
			within = false
		case within && strings.HasPrefix(line, "| ") && !strings.HasPrefix(line, "| bad day |") && !strings.HasPrefix(line, "| ---"):
			cells++
		}
	}
	return cells, tables
}
