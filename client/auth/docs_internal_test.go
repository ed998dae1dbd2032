package auth

import (
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// TestTheErrorsInTheDocumentAreThoseThatAreExplained holds the table of
// docs/connecting.md against the codes that are known here: a row's codes are all
// known, and no cause that has codes is without one.
func TestTheErrorsInTheDocumentAreThoseThatAreExplained(t *testing.T) {
	text, err := os.ReadFile("../../docs/connecting.md")
	if err != nil {
		t.Fatal(err)
	}
	_, table, found := strings.Cut(string(text), "| what is said | usual codes | what to do |\n")
	if !found {
		t.Fatal("docs/connecting.md has no table of errors")
	}
	table, _, _ = strings.Cut(table, "\n\n")
	told := map[Cause]bool{}
	numbers, between := regexp.MustCompile(`[0-9]{5,8}`), regexp.MustCompile(`([0-9]{5,8}) to ([0-9]{5,8})`)
	for row := range strings.SplitSeq(table, "\n") {
		cells := strings.Split(row, "|")
		if len(cells) != 5 {
			t.Errorf("not a row of three cells: %s", row)
			continue
		}
		if ends := between.FindStringSubmatch(cells[2]); ends != nil && ends[1] >= ends[2] {
			t.Errorf("%s: from %s to %s", cells[1], ends[1], ends[2])
		}
		for _, number := range numbers.FindAllString(cells[2], -1) {
			code, err := strconv.Atoi(number)
			if err != nil {
				t.Fatal(err)
			}
			cause, known := aadsts[code]
			if !known && !(refusal{aadsts: code}).codeExpired() {
				t.Errorf("%s: AADSTS%d is not known", cells[1], code)
			}
			told[cause] = true
		}
	}
	for code, cause := range aadsts {
		if !told[cause] {
			t.Errorf("no row tells of AADSTS%d: %s", code, cause)
			told[cause] = true
		}
	}
}
