package ui

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/storage"

	"github.com/activitydesk/activitydesk/client/vault"
	"github.com/activitydesk/activitydesk/ui/access"
	"github.com/activitydesk/activitydesk/ui/settings"
	"github.com/activitydesk/activitydesk/ui/widgets"
)

// preparedFile is a file that an administrator hands on.
func preparedFile(t *testing.T, list ...settings.SharedConnection) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "prepared.json")
	if err := settings.WriteConnections(path, list); err != nil {
		t.Fatal(err)
	}
	return path
}

func handedOn(c settings.Connection) settings.SharedConnection {
	return settings.SharedConnection{Connection: c, Guards: map[string]string{"prod": settings.GuardReadOnly}}
}

// reviewing drops a file on the window and waits for the card.
func (r *deskRun) reviewing(page *ConnectionsPage, path string) {
	r.t.Helper()
	r.dropped(fyne.Position{}, []fyne.URI{storage.NewFileURI(path)})
	r.queue.until(r.t, "the card", func() bool { return r.window.Canvas().Overlays().Top() != nil })
}

// choices are the questions of the card that is open, in their order.
func (r *deskRun) choices() []*widgets.Choice {
	var list []*widgets.Choice
	eachObject(r.window.Canvas().Overlays().Top(), func(o fyne.CanvasObject) {
		if c, ok := o.(*widgets.Choice); ok {
			list = append(list, c)
		}
	})
	return list
}

func (r *deskRun) pressOnCard(label string) {
	r.t.Helper()
	button := r.cardButton(label)
	if button.Disabled() {
		r.t.Fatalf("%q cannot be pressed", label)
	}
	button.OnTapped()
}

// cardButton is a button of the card on top.
func (r *deskRun) cardButton(label string) *widgets.Button {
	r.t.Helper()
	var button *widgets.Button
	eachObject(r.window.Canvas().Overlays().Top(), func(o fyne.CanvasObject) {
		if b, ok := o.(*widgets.Button); ok && b.Text() == label {
			button = b
		}
	})
	if button == nil {
		r.t.Fatalf("there is no %q", label)
	}
	return button
}

func TestAPreparedFileIsShownAndTakenInByAPersonsWord(t *testing.T) {
	c := pictured()[0]
	d, page := withConnections(t)
	d.reviewing(page, preparedFile(t, handedOn(c)))
	if words := wordsOn(d.window.Canvas().Overlays().Top()); !strings.Contains(words, "1 new") || !strings.Contains(words, c.Root) {
		t.Errorf("the card says %q", words)
	}
	if len(d.settings().Connections) != 0 {
		t.Fatal("it was taken in unasked")
	}
	d.pressOnCard("Take in")
	d.queue.until(t, "the card to close", d.free)
	kept, ok := d.settings().Connection(c.ID)
	if !ok || kept != c || d.settings().Guards[c.ID]["prod"] != settings.GuardReadOnly {
		t.Errorf("kept %+v, guards %v", kept, d.settings().Guards)
	}
	if page.chosen != c.ID || d.session.Place().Connection.ID != sandboxID {
		t.Errorf("the page shows %s, the desk stands in %s", page.chosen, d.session.Place().Connection.ID)
	}
	d.reviewing(page, preparedFile(t, handedOn(c)))
	if words := wordsOn(d.window.Canvas().Overlays().Top()); !strings.Contains(words, "here already") || len(d.choices()) != 0 {
		t.Errorf("once more it says %q", words)
	}
}

func TestWhatAnImportWouldChangeStaysUnlessAPersonSaysSo(t *testing.T) {
	c := tokenConnection("5b0f4a53-0000-4000-8000-000000000007", "Contoso")
	d, page := withConnections(t, c)
	if err := d.credentials.Keep(t.Context(), c, access.Secrets{Token: goodToken, Key: goodKey}); err != nil {
		t.Fatal(err)
	}
	moved := handedOn(c)
	moved.Root = "https://other.example.com/v1"
	path := preparedFile(t, moved)

	d.reviewing(page, path)
	words := wordsOn(d.window.Canvas().Overlays().Top())
	for _, want := range []string{"Changes address and guards of Contoso", "has been " + c.Root + " until now", "is not sent there"} {
		if !strings.Contains(words, want) {
			t.Errorf("the card does not say %q: %q", want, words)
		}
	}
	choice := d.choices()[0]
	if choice.Value() != importKeep {
		t.Errorf("it begins with %q", choice.Value())
	}
	choice.TypedRune('c')
	d.pressOnCard("Take in")
	d.queue.until(t, "the card to close", d.free)
	if now, _ := d.settings().Connection(c.ID); now.Root != moved.Root {
		t.Errorf("the address is %s", now.Root)
	}
	for _, of := range []settings.Connection{c, moved.Connection} {
		if _, err := d.credentials.Keyring.Get(t.Context(), access.RefOf(of, vault.KindToken)); err == nil {
			t.Errorf("a token is kept for %s", of.Root)
		}
	}
}

func TestAFileThatLeadsToStrangersSaysSo(t *testing.T) {
	stranger := pictured()[0]
	stranger.Root, stranger.Authority = "https://ci.dynamics.com.example/v1", "https://login.example"
	d, page := withConnections(t)
	d.reviewing(page, preparedFile(t, handedOn(stranger)))
	words := wordsOn(d.window.Canvas().Overlays().Top())
	for _, want := range []string{"ci.dynamics.com.example, is not one of Microsoft's", "login.example, which is not one of Microsoft's"} {
		if !strings.Contains(words, want) {
			t.Errorf("the card does not say %q: %q", want, words)
		}
	}
	if own := importWarnings(settings.ImportedConnection{Connection: pictured()[0]}); len(own) != 0 {
		t.Errorf("the vendor's own is warned of: %q", own)
	}
}

func TestALooserGuardIsNotTakenOverAndThatIsSaid(t *testing.T) {
	c := handedOn(pictured()[0])
	c.Guards = map[string]string{"prod": settings.GuardFree, "other": settings.GuardAsk}
	d, page := withConnections(t)
	d.reviewing(page, preparedFile(t, c))
	if words := wordsOn(d.window.Canvas().Overlays().Top()); strings.Count(words, "is not taken over") != 2 {
		t.Errorf("the card says %q", words)
	}
	d.pressOnCard("Take in")
	d.queue.until(t, "the card to close", d.free)
	if got := d.settings().Guards[c.ID]; len(got) != 0 {
		t.Errorf("guards %v", got)
	}
}

func TestAnImportDoesNotLoosenWhatAnotherDeskHasProtected(t *testing.T) {
	c := tokenConnection("5b0f4a53-0000-4000-8000-000000000008", "Contoso")
	d, page := withConnections(t, c)
	d.remember(func(to *settings.Settings) { to.Guards[c.ID] = map[string]string{"prod": settings.GuardFree} })
	d.queue.until(t, "the settings to be written", func() bool { return !d.memory.Busy() })
	file := handedOn(c)
	file.Guards = map[string]string{"prod": settings.GuardAsk}
	d.reviewing(page, preparedFile(t, file))
	another, err := settings.Open(d.store.Path())
	if err != nil {
		t.Fatal(err)
	}
	if err := another.Update(func(to *settings.Settings) { to.Guards[c.ID]["prod"] = settings.GuardReadOnly }); err != nil {
		t.Fatal(err)
	}
	d.choices()[0].TypedRune('c')
	d.pressOnCard("Take in")
	d.queue.until(t, "the card to close", d.free)
	d.queue.until(t, "the settings to be written", func() bool { return !d.memory.Busy() })
	if got := d.reread().Guards[c.ID]["prod"]; got != settings.GuardReadOnly {
		t.Errorf("the instance is %q after the import", got)
	}
}

func TestAnImportDoesNotReplaceWhatAnotherDeskHasAdded(t *testing.T) {
	c := pictured()[0]
	d, page := withConnections(t)
	d.reviewing(page, preparedFile(t, handedOn(c)))
	theirs := c
	theirs.Note = "changed in another window"
	another, err := settings.Open(d.store.Path())
	if err != nil {
		t.Fatal(err)
	}
	if err := another.Update(func(to *settings.Settings) { to.Connections = append(to.Connections, theirs) }); err != nil {
		t.Fatal(err)
	}
	d.pressOnCard("Take in")
	d.queue.until(t, "the card to close", d.free)
	d.queue.until(t, "the settings to be written", func() bool { return !d.memory.Busy() })
	if got, _ := d.reread().Connection(c.ID); got != theirs {
		t.Errorf("the file has %+v", got)
	}
}

func TestAFileThatCannotBeTakenInSaysWhy(t *testing.T) {
	d, page := withConnections(t)
	for text, says := range map[string]string{
		"{": "not JSON",
		`{"kind":"activitydesk connections","version":9,"connections":[]}`:                                               "newer version",
		`{"kind":"activitydesk connections","version":1,"connections":[]}`:                                               "holds no connections",
		`{"kind":"activitydesk connections","version":1,"connections":[{"name":"n","auth":"token","root":"http://h/"}]}`: "connection 1",
	} {
		path := filepath.Join(t.TempDir(), "theirs.JSON")
		writeFile(t, path, text)
		d.dropped(fyne.Position{}, []fyne.URI{storage.NewFileURI(path)})
		d.queue.until(t, "why", func() bool { return strings.Contains(d.noticed(), says) })
		d.env.Dismiss("connections")
	}
	if page.Drop("notes.txt") || len(d.settings().Connections) != 0 {
		t.Error("it took what is no file of connections")
	}
	d.goTo(PageCompose)
	d.dropped(fyne.Position{}, []fyne.URI{storage.NewFileURI("x.json")}) // no page that takes files
}

func TestWhatIsHandedOnHoldsNoSecret(t *testing.T) {
	d, page := withConnections(t, pictured()...)
	known := []string{goodToken, goodKey, "client-s3cret-that-nobody-else-has", "cache-that-nobody-else-has"}
	for _, c := range pictured() {
		for kind, value := range map[vault.Kind]string{
			vault.KindToken: known[0], vault.KindSubscriptionKey: known[1], vault.KindClientSecret: known[2], vault.KindTokenCache: known[3],
		} {
			for _, place := range []*vault.Vault{d.credentials.Keyring, d.credentials.Session} {
				if err := place.Set(t.Context(), access.RefOf(c, kind), value); err != nil {
					t.Fatal(err)
				}
			}
		}
		d.remember(func(to *settings.Settings) { to.LastInstance[c.ID] = "last-instance-of-a-person" })
	}
	path := filepath.Join(t.TempDir(), "out.json")
	page.exportFile(page.own())
	page.env.Window.Canvas().Focused().(*widgets.Entry).SetText(path)
	d.pressOnCard("Export")
	d.queue.until(t, "the file", d.free)
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, secret := range append(known, "last-instance-of-a-person", "sessionOnly") {
		if strings.Contains(string(text), secret) {
			t.Errorf("%q is in the file", secret)
		}
	}
	list, err := settings.ReadConnections(path)
	if err != nil || len(list) != len(pictured()) || list[0].Name != pictured()[0].Name {
		t.Errorf("read again: %d, %v", len(list), err)
	}
	if !strings.Contains(d.noticed(), "without secrets") {
		t.Errorf("it says %q", d.noticed())
	}
	// A file that is there is replaced only when that was said twice.
	page.exportFile([]string{pictured()[1].ID})
	page.env.Window.Canvas().Focused().(*widgets.Entry).SetText(path)
	d.pressOnCard("Export")
	d.queue.until(t, "the question", func() bool { return wordsHave(d.window.Canvas().Overlays().Top(), "There is a file of this name") })
	d.pressOnCard("Export")
	d.queue.until(t, "the file", d.free)
	if list, err := settings.ReadConnections(path); err != nil || len(list) != 1 {
		t.Errorf("replaced: %d, %v", len(list), err)
	}
}

func TestASecretInANoteIsNotHandedOn(t *testing.T) {
	c := tokenConnection("5b0f4a53-0000-4000-8000-000000000009", "Contoso")
	c.Note = "its key is " + goodKey
	d, _ := withConnections(t, c) // written by hand into the settings, or by an earlier version
	d.env.Redact.Add(goodKey)
	data, err := settings.EncodeConnections(d.sharedConnections([]string{c.ID}))
	if err != nil || strings.Contains(string(data), goodKey) || !strings.Contains(string(data), "its key is ") {
		t.Errorf("the file holds %s, %v", data, err)
	}
}

func TestAConnectionWrittenByHandGetsAnIDWhereItIsOpened(t *testing.T) {
	d, _ := withConnections(t, tokenConnection("by-hand", "Contoso"))
	list := d.sharedConnections([]string{"by-hand"})
	path := preparedFile(t, list...)
	back, err := settings.ReadConnections(path)
	if err != nil || len(back) != 1 || back[0].ID == "by-hand" || back[0].ID == "" {
		t.Errorf("read %+v, %v", back, err)
	}
	ids := map[string]bool{}
	for _, one := range append(list, back...) {
		ids[one.ID] = true
	}
	if slices.Contains(slices.Collect(maps.Keys(ids)), "by-hand") {
		t.Error("an id that is none was handed on")
	}
}

func TestEnterTakesInWhatNeedsNoLook(t *testing.T) {
	stranger := pictured()[1]
	for _, want := range []struct {
		what string
		of   settings.Connection
		open bool // the card stays, for the person to look
	}{
		{"the vendor's own address", pictured()[0], false},
		{"a stranger's address", stranger, true},
	} {
		d, page := withConnections(t)
		d.reviewing(page, preparedFile(t, handedOn(want.of)))
		d.window.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
		d.queue.run()
		if !want.open {
			d.queue.until(t, "the card to close", d.free)
		}
		if _, kept := d.settings().Connection(want.of.ID); kept == want.open {
			t.Errorf("%s: kept %v after Enter", want.what, kept)
		}
	}
}
