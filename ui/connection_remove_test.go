package ui

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/activitydesk/activitydesk/client/vault"
	"github.com/activitydesk/activitydesk/ui/access"
	"github.com/activitydesk/activitydesk/ui/settings"
)

// withSecrets starts a desk in a folder, with a keyring, that keeps a connection
// with a token and a key.
func withSecrets(t *testing.T, folder string, ring *vault.Vault, change ...func(*Options)) (*deskRun, settings.Connection) {
	t.Helper()
	d := deskIn(t, folder, append(change, func(o *Options) { o.Keyring = ring })...)
	d.untilLoaded("Contoso Coffee")
	d.queue.until(t, "the keyring", func() bool { return d.keyring == access.KeyringThere })
	c := tokenConnection("c1", "Contoso")
	if len(d.kept.Connections) == 0 {
		d.listConnection(tokenConnection("c0", "First"))
		d.listConnection(c)
		d.listConnection(tokenConnection("c2", "Last"))
		d.remember(func(to *settings.Settings) {
			to.Guards[c.ID] = map[string]string{"i": settings.GuardReadOnly}
			to.LastInstance[c.ID] = "i"
		})
		if err := d.credentials.Keep(t.Context(), c, access.Secrets{Token: goodToken, Key: goodKey}); err != nil {
			t.Fatal(err)
		}
	}
	d.settled()
	return d, c
}

func (r *deskRun) settled() {
	r.t.Helper()
	r.queue.until(r.t, "the settings to be written", func() bool { return !r.memory.Busy() })
}

// holds says which secrets of a connection a keyring has.
func holds(ring *vault.Vault, c settings.Connection) string {
	var kinds []string
	for _, kind := range []vault.Kind{vault.KindToken, vault.KindSubscriptionKey} {
		if _, err := ring.Get(context.Background(), access.RefOf(c, kind)); err == nil {
			kinds = append(kinds, string(kind))
		}
	}
	return strings.Join(kinds, " ")
}

const bothSecrets = "token subscription-key"

func connectionIDs(list []settings.Connection) string {
	var ids []string
	for _, c := range list {
		ids = append(ids, c.ID)
	}
	return strings.Join(ids, " ")
}

func TestUndoingARemovalBringsAllOfTheConnectionBack(t *testing.T) {
	ring := vault.OpenMemory(nil)
	d, c := withSecrets(t, t.TempDir(), ring)
	d.session.ChooseConnection(c.ID)
	d.removeConnection(c.ID)
	d.settled()
	if got := d.reread(); connectionIDs(got.Connections) != "c0 c2" || len(got.Leaving) != 1 {
		t.Fatalf("the file has %s, %v, %v", connectionIDs(got.Connections), got.Guards, got.Leaving)
	}
	if d.session.Place().Connection.ID != sandboxID || holds(ring, c) != bothSecrets {
		t.Fatalf("it stands in %s, the keyring has %q", d.session.Place().Connection.ID, holds(ring, c))
	}
	d.frame.notices.list[0].OnAction() // Undo
	d.settled()
	got := d.reread()
	if connectionIDs(got.Connections) != "c0 c1 c2" || got.Guards[c.ID]["i"] != settings.GuardReadOnly || got.LastInstance[c.ID] != "i" || len(got.Leaving) != 0 {
		t.Errorf("the file has %s, %v, %v, %v", connectionIDs(got.Connections), got.Guards, got.LastInstance, got.Leaving)
	}
	if back, _ := got.Connection(c.ID); back != c {
		t.Errorf("it came back as %+v", back)
	}
	if d.session.Place().Connection.ID != c.ID || holds(ring, c) != bothSecrets {
		t.Errorf("it stands in %s, the keyring has %q", d.session.Place().Connection.ID, holds(ring, c))
	}
	if strings.Contains(d.noticed(), "Removed") {
		t.Error("it still offers to undo")
	}
}

func TestUndoingARemovalDoesNotLoosenWhatAnotherDeskHasProtected(t *testing.T) {
	folder := t.TempDir()
	d, c := withSecrets(t, folder, vault.OpenMemory(nil))
	d.remember(func(to *settings.Settings) { to.Guards[c.ID] = map[string]string{"prod": settings.GuardFree} })
	d.settled()
	another, err := settings.Open(d.store.Path())
	if err != nil {
		t.Fatal(err)
	}
	if err := another.Update(func(to *settings.Settings) { to.Guards[c.ID]["prod"] = settings.GuardReadOnly }); err != nil {
		t.Fatal(err)
	}
	d.removeConnection(c.ID)
	d.settled()
	d.undoRemoval(c.ID)
	d.settled()
	if got := d.reread().Guards[c.ID]["prod"]; got != settings.GuardReadOnly {
		t.Errorf("the instance is %q after undoing", got)
	}
}

func TestARemovedConnectionTakesItsSecretsAlongWhenTheOfferEnds(t *testing.T) {
	for name, end := range map[string]func(*deskRun){
		"dismissed":                   func(d *deskRun) { d.env.Dismiss(removedKey("c1")) },
		"the desk ends":               func(d *deskRun) { d.finish() },
		"time is over":                func(*deskRun) {},
		"another page, and dismissed": func(d *deskRun) { d.goTo(PageHistory); d.escape() },
	} {
		t.Run(name, func(t *testing.T) {
			ring := vault.OpenMemory(nil)
			d, c := withSecrets(t, t.TempDir(), ring)
			if name == "time is over" {
				d.undoFor = 20 * time.Millisecond
			}
			d.removeConnection(c.ID)
			if holds(ring, c) != bothSecrets {
				t.Fatal("the secrets went at once")
			}
			end(d)
			d.queue.until(t, "the secrets to go", func() bool { return holds(ring, c) == "" })
			d.queue.until(t, "that it is noted", func() bool { return len(d.reread().Leaving) == 0 })
			if got := d.reread(); connectionIDs(got.Connections) != "c0 c2" || len(got.Guards[c.ID]) != 0 {
				t.Errorf("the file has %s, guards %v", connectionIDs(got.Connections), got.Guards)
			}
			d.undoRemoval(c.ID)
			if _, back := d.kept.Connection(c.ID); back {
				t.Error("it came back without its secrets")
			}
		})
	}
}

func TestSecretsOfAConnectionThatAKilledDeskRemovedGoAtTheNextStart(t *testing.T) {
	folder, ring := t.TempDir(), vault.OpenMemory(nil)
	c := tokenConnection("c1", "Contoso")
	t.Run("removed", func(t *testing.T) {
		d, _ := withSecrets(t, folder, ring)
		d.removeConnection(c.ID)
		d.settled()
		d.removed = map[string]*removedConnection{} // nothing more is done: it is killed
	})
	if holds(ring, c) != bothSecrets {
		t.Fatal("the case does not hold")
	}
	t.Run("started again", func(t *testing.T) {
		d, _ := withSecrets(t, folder, ring, func(o *Options) {
			o.Now = func() time.Time { return time.Now().Add(undoPatience + leavingSlack) }
		})
		d.queue.until(t, "the secrets to go", func() bool { return holds(ring, c) == "" })
		d.queue.until(t, "that it is noted", func() bool { return len(d.reread().Leaving) == 0 })
	})
}

func TestARunningDeskIsLeftTheTimeToUndo(t *testing.T) {
	folder, ring := t.TempDir(), vault.OpenMemory(nil)
	one, c := withSecrets(t, folder, ring)
	one.removeConnection(c.ID)
	one.settled()
	two, _ := withSecrets(t, folder, ring)
	two.forgetLeft()
	two.queue.run()
	if holds(ring, c) != bothSecrets {
		t.Fatal("another desk took the secrets while the removal could be undone")
	}
	one.undoRemoval(c.ID)
	one.settled()
	two.forgetSecrets(settings.Connection{ID: c.ID, Root: c.Root}) // its time is over, as it thinks
	two.finish()
	if holds(ring, c) != bothSecrets {
		t.Error("the secrets of a connection that came back are gone")
	}
}

func TestSecretsStayWhileNobodyCanTellWhetherTheRemovalWasUndone(t *testing.T) {
	folder, ring := t.TempDir(), vault.OpenMemory(nil)
	one, c := withSecrets(t, folder, ring)
	one.removeConnection(c.ID)
	one.settled()
	two, _ := withSecrets(t, folder, ring)
	one.undoRemoval(c.ID)
	one.settled()
	path := two.store.Path()
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	replaceBy := func(make func() error) {
		t.Helper()
		if err := errors.Join(os.RemoveAll(path), make()); err != nil {
			t.Fatal(err)
		}
	}
	replaceBy(func() error { // on a disk that is away
		if err := os.Symlink(filepath.Join(folder, "away", "settings.json"), path); err != nil {
			t.Skipf("no links here: %v", err)
		}
		return nil
	})
	two.forgetAfter(settings.LeavingConnection{ID: c.ID, Root: c.Root, Until: time.Now().Add(-time.Hour)})
	two.finish()
	replaceBy(func() error { return os.WriteFile(path, whole, 0o600) })
	if holds(ring, c) != bothSecrets {
		t.Error("the secrets of a connection that came back are gone")
	}
}

func TestAConnectionInUseThatAnotherDeskRemovedIsForgottenWhenItIsLeft(t *testing.T) {
	folder, ring := t.TempDir(), vault.OpenMemory(nil)
	one, c := withSecrets(t, folder, ring)
	two, _ := withSecrets(t, folder, ring)
	two.session.ChooseConnection(c.ID)
	one.removeConnection(c.ID)
	one.env.Dismiss(removedKey(c.ID))
	one.queue.until(t, "the secrets to go", func() bool { return holds(ring, c) == "" && len(one.reread().Leaving) == 0 })

	two.readShared()
	two.queue.until(t, "that it is said", func() bool { return strings.Contains(two.noticed(), "removed in another window") })
	two.settled()
	if !slices.ContainsFunc(two.reread().Leaving, func(l settings.LeavingConnection) bool { return l.ID == c.ID }) {
		t.Error("nothing would be done if this desk was killed")
	}
	if two.session.Place().Connection.ID != c.ID {
		t.Fatal("the desk was thrown out of its place")
	}
	// It writes a secret once more, as a renewed sign-in does.
	if err := ring.Set(t.Context(), access.RefOf(c, vault.KindToken), "renewed"); err != nil {
		t.Fatal(err)
	}
	two.session.ChooseConnection(sandboxID)
	two.queue.until(t, "the secrets to go", func() bool { return holds(ring, c) == "" })
	two.queue.until(t, "that it is noted", func() bool { return len(two.reread().Leaving) == 0 })
}

func TestSecretsThatCannotBeRemovedAreSaidAndTriedAgain(t *testing.T) {
	ring := vault.OpenMemory(nil)
	d, c := withSecrets(t, t.TempDir(), ring)
	d.removeConnection(c.ID)
	d.secretsForgotten(c, func() { d.forgetSecrets(c) }, vault.ErrLocked)
	n := d.frame.notices.list[0]
	if !strings.Contains(n.Text, "still kept") || n.Action != "Try again" {
		t.Fatalf("it says %q", n.Text)
	}
	n.OnAction()
	d.queue.until(t, "the secrets to go", func() bool { return holds(ring, c) == "" })
}

func (r *deskRun) noticed() string {
	var texts []string
	for _, n := range r.frame.notices.list {
		texts = append(texts, n.Text)
	}
	return strings.Join(texts, "\n")
}

func TestTheNewestRemovalIsUndoneByName(t *testing.T) {
	d, c := withSecrets(t, t.TempDir(), vault.OpenMemory(nil), still) // both in one moment
	undo := func() command {
		for _, one := range d.allCommands() {
			if one.title == "Undo the removal of the connection" {
				return one
			}
		}
		t.Fatal("no action does it")
		return command{}
	}
	if undo().why() == "" {
		t.Error("there is nothing to undo, and that is not said")
	}
	d.removeConnection("c0")
	d.removeConnection(c.ID)
	if why := undo().why(); why != "" {
		t.Errorf("it cannot be undone: %s", why)
	}
	d.byName(undo())
	if got := connectionIDs(d.kept.Connections); got != "c1 c2" {
		t.Errorf("there are %s", got)
	}
}

// begunAnew are ways in which the settings are lost and begun again, by the desk
// or by another one that has read nothing of them.
func begunAnew(t *testing.T, d *deskRun, folder string) map[string]func() {
	t.Helper()
	garbage := func() { writeFile(t, d.store.Path(), "garbage") }
	return map[string]func(){
		"damaged": garbage,
		"deleted": func() {
			if err := os.Remove(d.store.Path()); err != nil {
				t.Fatal(err)
			}
		},
		"damaged, and begun by a desk that starts": func() {
			garbage()
			newcomer := deskIn(t, folder)
			newcomer.remember(func(to *settings.Settings) { to.Zone = "UTC" })
			newcomer.settled()
		},
	}
}

func TestSettingsThatWereBegunAnewAreNoEvidenceOfARemoval(t *testing.T) {
	for _, how := range []string{"deleted", "damaged, and begun by a desk that starts"} {
		t.Run(how, func(t *testing.T) { asksAboutSecrets(t, how) })
	}
}

const saysSecretsKept = "The secrets of a connection to ci.example.com are still kept. It is not in the settings any more, but those were " +
	"damaged or deleted and begun anew, so the desk cannot tell whether it was removed for good. Remove them if you do not need it."

// asksAboutSecrets has one desk undo a removal, loses that with the settings, and
// holds that another desk asks before it removes secrets. It gives what that says.
func asksAboutSecrets(t *testing.T, how string) (said string) {
	t.Helper()
	folder, ring := t.TempDir(), vault.OpenMemory(nil)
	one, c := withSecrets(t, folder, ring)
	one.removeConnection(c.ID)
	one.settled()
	two, _ := withSecrets(t, folder, ring)
	left := two.kept.Leaving[0]
	one.undoRemoval(c.ID)
	one.settled()
	begunAnew(t, two, folder)[how]()
	two.forgetTheirs(left)
	two.queue.until(t, "it to ask", func() bool { return strings.Contains(two.noticed(), saysSecretsKept) })
	if holds(ring, c) != bothSecrets {
		t.Fatal("the secrets of a connection that came back are gone")
	}
	said = two.noticed()
	list := two.frame.notices.list
	list[slices.IndexFunc(list, func(n Notice) bool { return n.Text == saysSecretsKept })].OnAction()
	two.queue.until(t, "the secrets to go", func() bool { return holds(ring, c) == "" })
	two.settled()
	if strings.Contains(two.noticed(), "still kept") || len(two.reread().Leaving) != 0 {
		t.Errorf("it is not over: %q, %v", two.noticed(), two.reread().Leaving)
	}
	return said
}

func TestSettingsThatWereBegunAnewBeforeTheRemovalAreEvidence(t *testing.T) {
	folder, ring := t.TempDir(), vault.OpenMemory(nil)
	one, c := withSecrets(t, folder, ring)
	begunAnew(t, one, folder)["damaged"]()
	one.removeConnection(c.ID)
	one.settled()
	left := one.kept.Leaving[0]
	one.removed = map[string]*removedConnection{} // nothing more is done: it is killed
	two, _ := withSecrets(t, folder, ring)
	two.forgetTheirs(left)
	two.queue.until(t, "the secrets to go", func() bool { return holds(ring, c) == "" })
}

func TestAConnectionInUseThatTheSettingsLostIsNotTakenForRemoved(t *testing.T) {
	folder, ring := t.TempDir(), vault.OpenMemory(nil)
	two, c := withSecrets(t, folder, ring)
	two.session.ChooseConnection(c.ID)
	two.settled()
	begunAnew(t, two, folder)["damaged, and begun by a desk that starts"]()
	two.readShared()
	two.queue.until(t, "that it is said", func() bool { return strings.Contains(two.noticed(), "is not in the settings any more") })
	two.session.ChooseConnection(sandboxID)
	two.queue.until(t, "it to ask", func() bool { return strings.Contains(two.noticed(), "are still kept") })
	if holds(ring, c) != bothSecrets {
		t.Error("the secrets of a connection that nobody removed are gone")
	}
}
