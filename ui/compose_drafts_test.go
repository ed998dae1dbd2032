package ui

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/activitydesk/activitydesk/client/journal"
	"github.com/activitydesk/activitydesk/client/metadata"
	"github.com/activitydesk/activitydesk/ui/settings"
)

// inFolder starts a desk on a folder, in its entity of purchases.
func inFolder(t *testing.T, folder string) *working {
	t.Helper()
	w := startWorking(t, folder)
	w.untilLoaded(instanceCoffee)
	w.pick(entityPurchases)
	return w
}

// inJournal are this desk's drafts as the journal has them.
func (w *working) inJournal() []journal.Draft {
	w.t.Helper()
	list, err := w.env.Journal.Drafts(w.t.Context())
	if err != nil {
		w.t.Fatal(err)
	}
	return list
}

// untilKept waits until the journal holds a text.
func (w *working) untilKept(text string) {
	w.t.Helper()
	w.queue.until(w.t, "the draft with "+text+" to be written", func() bool {
		return slices.ContainsFunc(w.inJournal(), func(d journal.Draft) bool { return strings.Contains(string(d.Body), text) })
	})
}

// typingFolder names the folder of the desk that a test kills.
const typingFolder = "DESK_TEST_TYPING"

// TestADeskThatIsTypedInto is the desk that TestWhatIsTypedOutlivesAKill kills.
func TestADeskThatIsTypedInto(t *testing.T) {
	folder := os.Getenv(typingFolder)
	if folder == "" {
		t.Skip("it is run by the test that kills it")
	}
	w := inFolder(t, folder)
	w.purchase("OPID_KILLED")
	for _, text := range []string{"n", "now", "now-2d"} {
		w.fill(map[string]string{"PurchasedOn": text})
	}
	w.untilKept("now-2d")
	fmt.Println("\ntyped")
	_, _ = io.ReadAll(os.Stdin) // until the kill
}

func TestWhatIsTypedOutlivesAKill(t *testing.T) {
	folder := t.TempDir()
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestADeskThatIsTypedInto$")
	cmd.Env = append(os.Environ(), typingFolder+"="+folder)
	stdin, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = stdin.Close() }()
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	said := ""
	for lines := bufio.NewScanner(stdout); said != "typed" && lines.Scan(); {
		said = lines.Text()
	}
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait() // "signal: killed", as meant
	if said != "typed" {
		t.Fatalf("the desk that was to be killed said %q", said)
	}
	w := inFolder(t, folder)
	if w.form().Text("PurchaseId") != "OPID_KILLED" || w.form().Text("PurchasedOn") != "now-2d" {
		t.Errorf("the form holds\n%s", w.form().PreviewText())
	}
	w.untilNotice("Your draft of ")
}

func TestADraftComesBackWholeAtTheNextStart(t *testing.T) {
	folder := t.TempDir()
	t.Run("before", func(t *testing.T) {
		w := inFolder(t, folder)
		w.purchase("OPID_1")
		w.fill(map[string]string{"PurchasedOn": "now-2d", "TotalPrice": "12,5O"})
		w.form().SetNull("ProductId")
		w.compose.fieldChanged("ProductId")
		w.form().SetZone("PurchasedOn", mustZone(t, "Asia/Tokyo"))
		w.compose.fieldChanged("PurchasedOn")
		w.compose.keepFor(keepFor{For: time.Hour})
		w.pick(entityReviews)
		w.fill(map[string]string{"ReviewId": "R1"})
	})
	t.Run("after", func(t *testing.T) {
		w := inFolder(t, folder)
		f := w.form()
		if f.Text("PurchasedOn") != "now-2d" || f.Text("TotalPrice") != "12,5O" || f.State("ProductId").String() != "null" {
			t.Errorf("the form holds\n%s", f.PreviewText())
		}
		if got := f.Zone("PurchasedOn").String(); got != "Asia/Tokyo" {
			t.Errorf("the field's zone is %s", got)
		}
		if w.compose.current.keep != (keepFor{For: time.Hour}) {
			t.Error("how long it is kept is lost")
		}
		w.actOn("Your draft of ")
		if !w.compose.current.untouched() {
			t.Error("discarding leaves something")
		}
		w.actOn("The draft was discarded")
		if w.form().Text("TotalPrice") != "12,5O" { // the samples may have come: another form
			t.Error("discarding cannot be undone")
		}
		w.pick(entityReviews)
		if got := w.form().Text("ReviewId"); got != "R1" {
			t.Errorf("the other entity's draft holds %q", got)
		}
	})
}

func TestATextOfTheJSONTabThatDoesNotParseComesBack(t *testing.T) {
	folder := t.TempDir()
	const text = `{"PurchaseId": "OPID_1", "TotalPrice": }`
	t.Run("before", func(t *testing.T) {
		w := inFolder(t, folder)
		w.compose.editJSON()
		w.compose.work.json.editor.Replace(text)
		w.untilKept(`"TotalPrice\": }`)
	})
	t.Run("after", func(t *testing.T) {
		w := inFolder(t, folder)
		d := w.compose.current
		if d.pending == nil || d.pending.Text != text {
			t.Fatalf("not applied is %+v", d.pending)
		}
		if why, line := d.jsonHeld(); why == "" || line != 1 {
			t.Errorf("sending is not held: %q, line %d", why, line)
		}
		w.compose.editJSON()
		if got := w.compose.work.json.editor.Text(); got != text {
			t.Errorf("the tab shows\n%s", got)
		}
		w.compose.discardDraft(d)
		w.queue.until(t, "the draft to be deleted", func() bool { return len(w.inJournal()) == 0 })
	})
}

func mustZone(t testing.TB, name string) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

func TestTheWordThatADraftIsBackStaysWhileOneTypesAndIsSaidOnce(t *testing.T) {
	folder := t.TempDir()
	t.Run("before", func(t *testing.T) { inFolder(t, folder).purchase("OPID_1") })
	t.Run("after", func(t *testing.T) {
		w := inFolder(t, folder)
		w.untilNotice("Your draft of ")
		w.fill(map[string]string{"TotalPrice": "1"})
		if !strings.Contains(w.noticeTexts(), "Your draft") {
			t.Error("the page moved while somebody typed")
		}
		w.pick(entityReviews)
		w.pick(entityPurchases)
		if strings.Contains(w.noticeTexts(), "Your draft") {
			t.Error("it is said twice")
		}
	})
}

func TestLeavingThePageWritesWhatWasTyped(t *testing.T) {
	w := newWorking(t)
	w.purchase("OPID_1")
	w.goTo(PageHistory)
	w.untilKept("OPID_1")
	if d := w.inJournal()[0]; d.CustomerKey != "CNTID_1000" || d.ConnectionID != sandboxID {
		t.Errorf("written as %+v", d)
	}
}

func TestAnEmptyFormLeavesNoDraft(t *testing.T) {
	w := newWorking(t)
	w.purchase("OPID_1")
	w.untilKept("OPID_1")
	w.compose.New()
	w.queue.until(t, "the draft to be deleted", func() bool { return len(w.inJournal()) == 0 })
	w.actOn("A new activity: the fields are empty.")
	w.untilKept("OPID_1")
}

func TestEachInstanceHasItsOwnDraft(t *testing.T) {
	folder := t.TempDir()
	t.Run("before", func(t *testing.T) {
		w := inFolder(t, folder)
		w.purchase("COFFEE")
		w.choose(instanceTrial)
		w.untilLoaded(instanceTrial)
		w.purchase("TRIAL")
		w.untilKept("TRIAL")
		w.untilKept("COFFEE")
	})
	t.Run("after", func(t *testing.T) {
		w := startWorking(t, folder)
		w.untilLoaded(instanceTrial)
		if got := w.form().Text("PurchaseId"); got != "TRIAL" {
			t.Errorf("the draft is %q", got)
		}
		w.choose(instanceCoffee)
		w.untilLoaded(instanceCoffee)
		if got := w.form().Text("PurchaseId"); got != "COFFEE" {
			t.Errorf("the draft is %q", got)
		}
	})
}

func TestTheDraftOfAnotherDeskIsOfferedBesideTheNewerOne(t *testing.T) {
	folder := t.TempDir()
	t.Run("before", func(t *testing.T) {
		w := inFolder(t, folder)
		// Another desk types into the same entity, earlier.
		other, err := journal.Open(t.Context(), journalFile(settings.Folders{Data: folder + "/data"}), journal.Options{})
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = other.Close() }()
		w.purchase("THEIRS")
		row := w.compose.keeper.rowOf(w.compose.current)
		row.ChangedAt = row.ChangedAt.Add(-time.Minute)
		w.untilKept("THEIRS")
		row.Body = w.inJournal()[0].Body
		if err := other.SaveDraft(t.Context(), row); err != nil {
			t.Fatal(err)
		}
		w.fill(map[string]string{"PurchaseId": "MINE"})
	})
	t.Run("after", func(t *testing.T) {
		w := inFolder(t, folder)
		if got := w.form().Text("PurchaseId"); got != "MINE" {
			t.Fatalf("the draft is %q", got)
		}
		w.actOn("An earlier draft of " + entityPurchases + " is kept")
		w.queue.until(t, "the earlier draft", func() bool { return w.form().Text("PurchaseId") == "THEIRS" })
		w.queue.until(t, "the exchange in the journal", func() bool {
			list := w.inJournal()
			return len(list) == 2 && strings.Contains(string(list[0].Body), "THEIRS") && !list[0].Earlier &&
				strings.Contains(string(list[1].Body), "MINE") && list[1].Earlier
		})
		labels := w.menuWords()
		if !strings.Contains(labels, "Use the earlier draft of ") {
			t.Errorf("the list offers %s", labels)
		}
		w.fromMenu("Delete the earlier drafts…")
		confirm(t, w, "Delete")
		w.queue.until(t, "the earlier draft to go", func() bool { return len(w.inJournal()) == 1 })
	})
}

func TestADraftThatCannotBeReadIsKeptAndSaid(t *testing.T) {
	for name, c := range map[string]struct{ body, want string }{
		"damaged": {"{", "A draft of " + entityPurchases + " cannot be read."},
		"newer":   {`{"version":99,"form":3}`, "was written by a newer version of Activity Desk."},
		"no such form": {
			`{"version":1,"form":{"version":1,"extras":[{"name":"x","json":"{"}]}}`, "cannot be read.",
		},
	} {
		t.Run(name, func(t *testing.T) {
			folder := t.TempDir()
			t.Run("before", func(t *testing.T) {
				w := inFolder(t, folder)
				row := w.compose.keeper.rowOf(w.compose.current)
				row.Body = []byte(c.body)
				if err := w.env.Journal.SaveDraft(t.Context(), row); err != nil {
					t.Fatal(err)
				}
			})
			t.Run("after", func(t *testing.T) {
				w := inFolder(t, folder)
				w.untilNotice(c.want)
				w.purchase("OPID_NEW")
				w.untilKept("OPID_NEW")
				w.untilKept(c.body)
				w.compose.useNewestEarlier(w.compose.current)
				w.untilNotice("It is kept as it is")
				w.fill(map[string]string{"PurchaseId": "OPID_NEWER"})
				w.untilKept("OPID_NEWER")
				w.untilKept(c.body)
				if n := len(w.inJournal()); n != 2 {
					t.Errorf("the journal holds %d drafts", n)
				}
			})
		})
	}
}

func TestADraftFollowsMetadataThatChanged(t *testing.T) {
	w := newWorking(t)
	w.purchase("OPID_1")
	w.changeMetadata(renameAttribute("TotalPrice", "total_price"))
	w.actOn("has changed since this was typed: 1 field probably renamed.")
	w.untilDialog("TotalPrice, now total_price: 12.50")
	confirm(t, w, "Move the values")
	if got := w.form().Text("total_price"); got != "12.50" {
		t.Errorf("the value did not move: %q", got)
	}
	w.actOn("The values are in their new fields.")
	if got := w.compose.current.beside.homeless; len(got) != 1 || got[0].Text != "12.50" {
		t.Errorf("undone, beside the form stands %+v", got)
	}
}

func TestADraftThatNoLongerFitsAtTheNextStartSaysSo(t *testing.T) {
	folder := t.TempDir()
	t.Run("before", func(t *testing.T) {
		w := inFolder(t, folder)
		w.purchase("OPID_1")
		w.changeMetadata(func(list []metadata.Attribute) []metadata.Attribute {
			return append(list, metadata.Attribute{Name: "Colour"})
		})
		w.fill(map[string]string{"Colour": `"red"`})
	})
	t.Run("after", func(t *testing.T) {
		w := inFolder(t, folder)
		w.actOn("has changed since this was typed: 1 field gone.")
		w.untilDialog(`Colour: "red"`)
		confirm(t, w, "Close")
		w.fill(map[string]string{"TotalPrice": "1"})
		w.untilKept("Colour") // also after the next writing
	})
}

func TestTheEndWritesWhatCouldNotBeWrittenWhateverPageIsShown(t *testing.T) {
	w := newWorking(t)
	tries := make(chan bool, 2)
	w.goTo(PageHistory)
	w.compose.keeper.put(draftJob{run: func(context.Context, *journal.Journal) error {
		tries <- true
		if len(tries) == 1 {
			return journal.ErrLocked
		}
		return nil
	}})
	w.queue.until(t, "the first try", func() bool { return w.compose.keeper.said })
	w.finish()
	if len(tries) != 2 {
		t.Error("it is not tried again")
	}
}
