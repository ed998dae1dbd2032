package ui

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"github.com/activitydesk/activitydesk/client/journal"
	"github.com/activitydesk/activitydesk/ui/widgets"
)

// buttonCommands gives the command that does what a button does, by its label.
var buttonCommands = map[PageID]map[string]string{
	PageCompose: {
		"Address": "Show or hide the whole address", "Copy JSON": "Copy the JSON that is shown", "Copy as cURL": "Copy as cURL for bash",
		"Copy": "Copy the answer", "Fill": "Fill from a sample row", "Find customer": "Find customer", "Format": "Format the JSON",
		"Kept 30 days": "Have it kept 30 days", "Load…": "Load JSON from a file…", "Look again": "Look for the last send again",
		"Paste": "Paste in place of the JSON", "Presets": "Presets", "Read sample rows": "Read the sample rows",
		"Remove": "Remove a member that the entity does not have", "Save as preset": "Save as preset", "Save as…": "Save the JSON as a file…",
		"Send activity": "Send", "Send again…": "Send the last one again…", "Show all": "Show all fields",
		"Show on profile": "Show the last send on the profile", "Stop looking": "Stop looking or waiting",
		"Take the fields' JSON again": "Take the fields' JSON again", "Use as a start": "Fill from a sample row",
		"Compare…": "Compare the last send with the timeline, field by field", whyTitle: "Why is the last send not on the timeline?",
	},
	PageHistory: {
		"Copy JSON": "Copy the JSON of the entry", "Copy details": "Copy the details of the entry", "Look again": "Look for the entry again", "Open in the form": "Open the entry in the form",
		"Send again…": "Send the entry again…", "Show on profile": "Show the entry on the profile",
		"Compare…": "Compare the entry with the timeline, field by field", whyTitle: "Why is the entry not on the timeline?",
	},
	PageProfiles: {
		"copy": "Copy the customer's id", "Copy value": "Copy a value of the profile…", "More": "Hide or show personal fields",
		whyChooseTitle: whyChooseTitle, "New activity": "New activity for this profile…", "Ask for more": "Ask for keys, measures or segments…",
		"Recently viewed": "Take profiles off “Recently viewed”…", "Watching every 5 s": "How often the profile is watched",
		"Type: all": "Filter the timeline by type", "All dates": "Filter the timeline by date", "Copy": "Copy from the timeline",
		"Open as new": "Open the activity as new", "Compare…": "Compare the activity with what was sent", "Copy row": "Copy the activity for a table",
		"Show what came in": "Show what came in", "Seen": "Mark what came in as seen",
	},
}

func TestWhatAButtonDoesIsFoundByNameToo(t *testing.T) {
	w := newWorking(t)
	w.purchase("OPID_92201")
	commands := w.allCommands()
	ofField := []string{"", "New ID", "Now", "Etc/UTC"} // beside its text, by Tab
	const ofLoading = "Cancel"                          // there where it takes a while, and Esc does it
	for _, page := range w.pages {
		eachObject(page.Content(), func(o fyne.CanvasObject) {
			button, ok := o.(*widgets.Button)
			if !ok || slices.Contains(ofField, button.Text()) || button.Text() == ofLoading {
				return
			}
			label, _, _ := strings.Cut(button.Text(), " to "+instanceCoffee)
			if strings.HasPrefix(label, "Show all ") {
				label = "Show all"
			}
			title := buttonCommands[page.ID()][label]
			if !slices.ContainsFunc(commands, func(c command) bool { return c.title == title }) {
				t.Errorf("%s: nothing does by name what %q does", page.ID(), label)
			}
		})
	}
}

func TestWhatCannotBeDoneWithTheNewestSendSaysWhy(t *testing.T) {
	w := newWorking(t)
	w.purchase("OPID_92202")
	for _, c := range []struct {
		state               journal.State
		again, look, onPage bool
	}{
		{journal.Uncertain, true, true, true},
		{journal.Visible, false, false, true},
		{journal.Refused, false, false, false},
	} {
		w.compose.current.last = &sendState{Entry: journal.Entry{ID: "1", State: c.state, CustomerKey: "CNTID_1000"}}
		got := []bool{w.compose.cannotSendAgain() == "", w.compose.cannotLook() == "", w.compose.cannotShow() == ""}
		if !slices.Equal(got, []bool{c.again, c.look, c.onPage}) {
			t.Errorf("%s: again, look, show are %v", c.state, got)
		}
		w.compose.current.last.Busy = true
		if w.compose.cannotSendAgain() == "" || w.compose.cannotLook() == "" {
			t.Errorf("%s: it can be sent again while it is being sent", c.state)
		}
	}
	w.compose.current.last = nil
	if w.compose.cannotSendAgain() == "" || w.history.noneChosen() == "" {
		t.Error("nothing can be sent again")
	}
}
