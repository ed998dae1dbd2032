package main

import (
	"fmt"
	"os"
	"regexp"
	"testing"

	"github.com/activitydesk/activitydesk/client/withstand"
)

// TestTheCountOfWhatIsWithstoodIsTrue holds the sentence with the count in the
// document against its rows; what stands in them is held by the tests that
// each table names.
func TestTheCountOfWhatIsWithstoodIsTrue(t *testing.T) {
	text, err := os.ReadFile(withstand.Document)
	if err != nil {
		t.Fatal(err)
	}
	sentence := regexp.MustCompile(`(?s)<!-- count -->.*?<!-- end count -->`)
	if n := len(sentence.FindAll(text, -1)); n != 1 {
		t.Fatalf("%s has %d places for the count", withstand.Document, n)
	}
	cells, tables := withstand.Count(string(text))
	counted := fmt.Sprintf("<!-- count -->%d cells in %d tables.<!-- end count -->", cells, tables)
	if string(sentence.Find(text)) == counted {
		return
	}
	if os.Getenv("ACTIVITYDESK_GOLDEN") != "update" {
		t.Fatalf("%s should say %s", withstand.Document, counted)
	}
	if err := os.WriteFile(withstand.Document, sentence.ReplaceAll(text, []byte(counted)), 0o644); err != nil {
		t.Fatal(err)
	}
}
