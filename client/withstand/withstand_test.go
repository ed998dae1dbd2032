package withstand

import (
	"strings"
	"testing"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(Patient(m)) }

var day = Cell{Day: "no network", While: "sending", State: "nothing was sent", Says: "The service cannot be reached."}

func TestATableIsReplacedAndWhatStandsAroundItStays(t *testing.T) {
	text := "before\n<!-- table a -->\nold\n<!-- end a -->\nbetween\n<!-- table b -->\nkept\n<!-- end b -->\n"
	got, err := replaced([]byte(text), "a", []Cell{day})
	if err != nil {
		t.Fatal(err)
	}
	want := strings.Replace(text, "old\n", Markdown([]Cell{day}), 1)
	if string(got) != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
	if again, err := replaced(got, "a", []Cell{day}); err != nil || string(again) != want {
		t.Errorf("a second time it is another text (%v)", err)
	}
	if cells, tables := Count(want); cells != 1 || tables != 2 {
		t.Errorf("counted %d cells in %d tables", cells, tables)
	}
}

func TestADocumentWithoutTheMarksIsAnError(t *testing.T) {
	for _, text := range []string{"", "<!-- table b -->\n<!-- end b -->", "<!-- table a -->\n", "<!-- end a --><!-- table a -->\n"} {
		if got, err := replaced([]byte(text), "a", []Cell{day}); err == nil {
			t.Errorf("%q became %q", text, got)
		}
	}
}

func TestUnfitCellsAreFound(t *testing.T) {
	if problems := unfit([]Cell{day}); len(problems) != 0 {
		t.Fatalf("a good cell: %q", problems)
	}
	empty, rawWords := day, day
	empty.State, rawWords.Says = "", `Get "https://a/b": dial tcp 127.0.0.1:1: connect: connection refused`
	for _, cells := range [][]Cell{nil, {day, day}, {empty}, {rawWords}} {
		if problems := unfit(cells); len(problems) != 1 {
			t.Errorf("%+v: %q", cells, problems)
		}
	}
}

func TestRawWordsAreKnown(t *testing.T) {
	for _, text := range []string{
		"unexpected EOF", "invalid character '<' looking for beginning of value", "x509: certificate signed by unknown authority",
		"open /home/a/settings.json: permission denied", "database is locked (5)", "%!s(<nil>)", "runtime error: index out of range",
		"context deadline exceeded", "", " ",
	} {
		if Plain(text) == nil {
			t.Errorf("%q passes", text)
		}
	}
	for _, text := range []string{
		"The service did not answer within 30 s.", "Your role does not allow this: ask an administrator.",
		"The answer is a web page, not JSON: is the address right?",
	} {
		if err := Plain(text); err != nil {
			t.Error(err)
		}
	}
}

func TestACellIsOneRow(t *testing.T) {
	odd := Cell{Day: "a | b\nc", While: "w", State: "s", Says: "<x>\r\ny"}
	if got := strings.Count(Markdown([]Cell{odd}), "\n"); got != 3 {
		t.Errorf("%d lines", got)
	}
	if got := Markdown([]Cell{odd}); !strings.Contains(got, `| a \| b c | w | s | &lt;x> y |`) {
		t.Error(got)
	}
}
