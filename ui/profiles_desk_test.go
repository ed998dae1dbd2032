package ui

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"github.com/activitydesk/activitydesk/client/metadata"
	"github.com/activitydesk/activitydesk/client/sandbox"
	"github.com/activitydesk/activitydesk/ui/people"
	"github.com/activitydesk/activitydesk/ui/widgets"
)

func TestAProfileIsFoundInEveryStyleOfTheService(t *testing.T) {
	for name, style := range styles() {
		t.Run(name, func(t *testing.T) {
			w := newWorking(t, style)
			w.search("CNTID_1000")
			id := w.profiles.shown.Customer.ID
			for _, text := range []string{"LOYID_1000", id, strings.ToUpper(id[:0]) + "nora.lindqvist@example.com", "+1-555-0100", "Nora Lindqvist"} {
				w.profiles.forget()
				w.search(text)
				if w.profiles.shown.Customer.ID != id {
					t.Errorf("%q finds %q: %s", text, w.profiles.shown.Customer.Name, w.profiles.side.hint.Text())
				}
			}
		})
	}
}

// tutorialFolder is the folder with the vendor's tutorial files, which lie
// beside the project and not in it.
func tutorialFolder(t *testing.T) string {
	t.Helper()
	folder := filepath.Join("..", "..", "shared", "data")
	if _, err := os.Stat(filepath.Join(folder, "Contact.csv")); err != nil {
		t.Skipf("the tutorial's files are not there: %v", err)
	}
	return folder
}

func TestATutorialsCustomerIsFoundByEveryKeyAndByName(t *testing.T) {
	folder := tutorialFolder(t)
	for _, style := range []sandbox.Style{sandbox.StyleCurrent, sandbox.StyleAwkward} {
		t.Run(style.String(), func(t *testing.T) {
			w := prepareWorking(t, t.TempDir(), func(o *Options) { o.Sandbox.Data, o.Sandbox.Style = folder, style })
			w.begin()
			w.queue.until(t, "an instance", func() bool { return w.session != nil && len(w.session.Place().Entities) > 0 })
			w.search("CNTID_1002")
			id := w.profiles.shown.Customer.ID
			name := w.profiles.shown.Customer.Name
			if id == "" || !strings.HasSuffix(name, " Koteles") {
				t.Fatalf("by the contact's key: %q, %s", name, w.profiles.side.hint.Text())
			}
			if len(w.profiles.timeline.store.Rows) == 0 {
				t.Error("no activity is shown")
			}
			for _, text := range []string{"LOYID_1002", id, name} {
				w.profiles.forget()
				w.search(text)
				if w.profiles.shown.Customer.ID != id {
					t.Errorf("%q: %s", text, w.profiles.side.hint.Text())
				}
			}
			if style == sandbox.StyleAwkward {
				return
			}
			w.search("koteles")
			if !hasResult(w.profiles.side.list, id) {
				t.Errorf("koteles: %s", w.profiles.side.hint.Text())
			}
		})
	}
}

func TestOddTextsAreLookedForAsTheyAre(t *testing.T) {
	w := newWorking(t)
	for _, text := range []string{
		"O'Neill", `"quoted" \ text`, "100% + 1 # &x=y ?", "👩‍🚀🎉", "'", "כהן שרה", "%27 or 1 eq 1", strings.Repeat("długie ", 42), "a\tb\nc",
	} {
		w.search(text)
		if got := w.profiles.side.hint.Text(); !strings.Contains(got, " found") || strings.Contains(got, "refused") {
			t.Errorf("%q: %q, state %v", text, got, w.profiles.side.finds.State())
		}
	}
	w.search(strings.Repeat("x", people.SearchMost+1))
	if got := w.profiles.side.hint.Text(); got != "That is too long for a name or a key." {
		t.Errorf("a text beyond any name: %q", got)
	}
}

func TestEachValueIsCopiedByOneClickAndByKey(t *testing.T) {
	w := newWorking(t)
	w.search("CNTID_1000")
	w.profiles.turn()
	details := w.profiles.details
	w.profiles.turnHidden()
	row := -1
	for i, f := range details.rows {
		if f.Label == "E-mail" {
			row = i
		}
	}
	if row < 0 || details.table.RowText(row) != "E-mail\tnora.lindqvist@example.com\tEMail\tnora.lindqvist@example.com" {
		t.Fatalf("row %d: %q", row, details.table.RowText(max(row, 0)))
	}
	if !details.table.OnTapped(row, detailsCopy) || w.app.Clipboard().Content() != "nora.lindqvist@example.com" {
		t.Errorf("a click copies %q", w.app.Clipboard().Content())
	}
	if details.table.OnTapped(row, detailsValue) {
		t.Error("a click on the value acts, so that it cannot be marked")
	}
	w.app.Clipboard().SetContent("")
	details.table.SelectRow(row)
	w.window.Canvas().Focus(details.table)
	details.table.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if got := w.app.Clipboard().Content(); got != "nora.lindqvist@example.com" {
		t.Errorf("Enter copies %q", got)
	}
	for _, item := range details.CopyItems() {
		if strings.Contains(item.Note, "nora") {
			t.Errorf("the menu shows %q while personal fields are hidden", item.Note)
		}
		item.OnChosen()
		if w.app.Clipboard().Content() == "" || w.app.Clipboard().Content() == people.Masked {
			t.Errorf("%s copies %q", item.Label, w.app.Clipboard().Content())
		}
	}
}

func TestADetailIsFoundByTyping(t *testing.T) {
	w := newWorking(t)
	w.search("CNTID_1000")
	w.profiles.turn()
	details := w.profiles.details
	w.profiles.Find()
	if w.window.Canvas().Focused() != fyne.Focusable(details.filter) {
		t.Error("Ctrl+F does not lead to the filter")
	}
	details.filter.SetText("occup")
	if len(details.rows) != 1 || details.rows[0].Label != "Occupation" {
		t.Errorf("listed %+v", details.rows)
	}
	details.filter.SetText("lindqvist example")
	if len(details.rows) != 1 || details.rows[0].Label != "E-mail" {
		t.Errorf("listed %+v", details.rows)
	}
	if !w.profiles.Escape() || details.filter.Text != "" {
		t.Error("Escape leaves the filter")
	}
	first := len(details.rows)
	details.which.Select(detailsAll)
	details.list()
	if len(details.rows) <= first {
		t.Errorf("all fields are %d, those that matter %d", len(details.rows), first)
	}
}

func TestMeasuresSegmentsAndKeysAreAskedForOnDemandInEveryStyle(t *testing.T) {
	for name, style := range styles() {
		t.Run(name, func(t *testing.T) {
			w := newWorking(t, style, still) // the watch asks nothing meanwhile
			w.search("CNTID_1000")
			details := w.profiles.details
			before, _ := w.session.Link().Client.Pacer().Usage()
			says := map[string]string{}
			for _, item := range details.askItems() {
				item.OnChosen()
				w.queue.until(t, item.Label, func() bool { return !details.asking.Running() })
				says[item.Label] = details.said
				if !strings.HasPrefix(details.said, "Read ") {
					t.Errorf("%s: %s", item.Label, details.said)
				}
			}
			if got := says["Keys of every source (1 call)"]; !strings.Contains(got, "2 keys of sources in the key ring.") {
				t.Errorf("keys: %s", got)
			}
			groups := map[people.Group]map[string]string{}
			for _, f := range details.rows {
				if groups[f.Group] == nil {
					groups[f.Group] = map[string]string{}
				}
				groups[f.Group][f.Label] = f.Value
			}
			if groups[people.GroupMeasures]["ActivityCount"] == "" || groups[people.GroupMeasures]["TotalSpend"] == "" {
				t.Errorf("measures %v", groups[people.GroupMeasures])
			}
			for _, segment := range []string{"HighValueCustomers", "RecentlyActive", "Newsletter"} {
				if v := groups[people.GroupSegments][segment]; v != "yes" && v != "no" {
					t.Errorf("segment %s: %q", segment, v)
				}
			}
			if after, _ := w.session.Link().Client.Pacer().Usage(); after-before > 7 {
				t.Errorf("it took %d calls", after-before)
			}
		})
	}
}

func TestSegmentsAreAskedForAsTheBudgetAllows(t *testing.T) {
	w := newWorking(t)
	w.search("CNTID_1000")
	details := w.profiles.details
	budget := &fakeBudget{used: 96, limit: 100}
	details.at.budget = budget
	ask := func() string {
		t.Helper()
		item := details.askItems()[2]
		item.OnChosen()
		w.queue.until(t, item.Label, func() bool { return !details.asking.Running() })
		return item.Label
	}
	if got := ask(); got != "Segments 1 to 2 of 3 (2 calls)" || !strings.Contains(details.said, "1 more were not asked for") {
		t.Errorf("%s: %s", got, details.said)
	}
	if got := ask(); got != "Segments 3 to 3 of 3 (1 call)" || len(details.more[people.GroupSegments]) != 3 {
		t.Errorf("%s: %v", got, details.more[people.GroupSegments])
	}
	if got := details.askItems()[2].Label; got != "Segments 1 to 2 of 3 (2 calls)" {
		t.Errorf("afterwards the menu offers %s", got)
	}
}

func TestPersonalFieldsAreHiddenEverywhereUntilTheyAreShownAgain(t *testing.T) {
	w := newWorking(t)
	for _, key := range []string{"CNTID_1001", "CNTID_1000"} {
		w.search(key)
	}
	w.profiles.turn()
	personal := []string{"Nora", "Lindqvist", "example.com", "555-01", "1988", "Station Road", "Göteborg", "Theo", "Marchetti"}
	shows := func() string {
		words := wordsOn(w.profiles.content)
		for _, f := range w.profiles.details.rows {
			words += "\n" + f.Shown(w.profiles.hidden)
		}
		for _, item := range w.profiles.side.list.Shown() {
			words += "\n" + item.Label + " " + item.Note + " " + item.Tip
		}
		for _, o := range w.profiles.Offers(w.session.Place()) {
			words += "\n" + o.label + " " + o.note
		}
		for _, item := range w.profiles.side.recent.items() {
			words += "\n" + item.Label + " " + item.Note
		}
		return words
	}
	before := shows()
	w.profiles.turnHidden()
	hidden := shows()
	for _, text := range personal {
		if !strings.Contains(before, text) {
			t.Errorf("%q is not shown before", text)
		}
		if strings.Contains(hidden, text) {
			t.Errorf("%q is shown while personal fields are hidden", text)
		}
	}
	if !w.profiles.head.hides.Visible() || !strings.Contains(hidden, "CNTID_1000") {
		t.Error("it is not said, or the keys are gone")
	}
	w.profiles.turnHidden()
	if shows() != before {
		t.Error("shown again, something is missing")
	}
}

func TestANewActivityTakesTheKeyThatItsEntityNeeds(t *testing.T) {
	w := newWorking(t)
	w.search("CNTID_1000")
	id := w.profiles.shown.Customer.ID
	opened := map[string]string{}
	w.env.Open = func(_ PageID, arg any) {
		if a, ok := arg.(ActivityArg); ok && a.CustomerID == id {
			opened[a.Entity] = a.Key
		}
	}
	for _, item := range w.profiles.beginItems() {
		if item.OnChosen != nil {
			item.OnChosen()
		}
	}
	for entity, key := range map[string]string{
		entityPurchases: "CNTID_1000", "loyaltyScheme_loyPoints": "LOYID_1000", "UnifiedActivity": id, "Kiosk_kioskVisits": "",
	} {
		if got, ok := opened[entity]; !ok || got != key {
			t.Errorf("%s is opened with %q, want %q", entity, got, key)
		}
	}
	w.search("CNTID_1001") // is in no loyalty scheme
	without := func() bool {
		for _, item := range w.profiles.beginItems() {
			if item.Label == "loyaltyScheme_loyPoints" {
				return item.Disabled && item.Note == "no key in loyaltyScheme_loyCustomers"
			}
		}
		return false
	}
	if w.profiles.shown.Customer.Row.Text("loyaltyScheme_loyCustomers_LoyaltyId") == "" && !without() {
		t.Error("an entity whose key the customer does not have is offered")
	}
}

func TestWhatDoesNotApplyOrIsNotSeenIsSaidWhereItMatters(t *testing.T) {
	w := newWorking(t)
	w.goTo(PageProfiles)
	place := w.session.Place()
	warns := func() string {
		if !w.profiles.side.warning.Visible() {
			return ""
		}
		return w.profiles.side.warning.Text()
	}
	if got := warns(); got != "" {
		t.Errorf("for customers it warns %q", got)
	}
	place.Instance.B2B = true
	w.profiles.Enter(place)
	if got := warns(); !strings.Contains(got, "its profiles are accounts") {
		t.Errorf("for businesses it warns %q", got)
	}
	place.Instance.B2B = false
	place.Entities = []metadata.Entity{{Name: "web", Type: metadata.EntityActivity}}
	w.profiles.Enter(place)
	if got := warns(); !strings.Contains(got, "The entity Customer is not among those that you see") {
		t.Errorf("where Customer is not seen it warns %q", got)
	}
	for roles, want := range map[string]bool{"Viewer": true, "Viewer,Contributor": false, "Support": false, "": false} {
		var role metadata.Role
		if roles != "" {
			role.Roles = strings.Split(roles, ",")
		}
		if got := onlyReads(role); (got != "") != want {
			t.Errorf("role %q: %q", roles, got)
		}
	}
}

func TestARoleThatDoesNotSeeProfilesSeesTheirTimeline(t *testing.T) {
	w := newWorking(t, still) // the watch does not take the refusal
	w.search("CNTID_1000")
	id := w.profiles.shown.Customer.ID
	w.profiles.forget()
	w.faults("query:403:1") // the profile; the timeline is answered
	w.open(PageProfiles, CustomerArg{ID: id})
	w.queue.until(t, "the timeline", func() bool { return len(w.profiles.timeline.store.Rows) > 0 })
	if got := w.profiles.head.also.Text(); got != "Your role does not see the fields of profiles here." {
		t.Errorf("the head says %q", got)
	}
	if w.profiles.state.State() != widgets.StateContent {
		t.Errorf("the state is %v", w.profiles.state.State())
	}
}
