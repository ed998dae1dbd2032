package ui

import (
	"strings"
	"testing"

	"github.com/activitydesk/activitydesk/client/auth"
	"github.com/activitydesk/activitydesk/client/vault"
	"github.com/activitydesk/activitydesk/ui/access"
	"github.com/activitydesk/activitydesk/ui/settings"
)

// another opens the dialog of one more connection to the service, by which a
// person signs in.
func (s *signing) another(key string) *connectionDialog {
	s.t.Helper()
	dialog := newConnectionDialog(s.env, s.Desk, settings.Connection{})
	dialog.show()
	dialog.name.entry.SetText("Second")
	dialog.choosePreset(presets()[3])
	dialog.root.entry.SetText(s.service.Root())
	dialog.chooseMethod(settings.AuthBrowser)
	dialog.client.entry.SetText(goodClient)
	dialog.key.entry.SetText(key)
	return dialog
}

func TestAPersonSignsInOnceInTheDialogThoughTheKeyWasWrong(t *testing.T) {
	s := newSigning(t, settings.AuthBrowser)
	dialog := s.another("another-key")
	dialog.dialog.Confirm()
	s.begun(auth.MethodBrowser)
	s.asAna()
	s.untilCard("Signed in as ana@contoso.com")
	if s.ring.Holds(dialog.id) {
		t.Error("something of a connection that is not kept is in the keyring")
	}
	s.pressCard(labelDone)
	s.queue.until(t, "what is wrong", dialog.anyway.Visible)
	if !strings.Contains(s.card(), "does not accept this one") {
		t.Errorf("the dialog says %q", s.card())
	}
	dialog.key.entry.SetText(goodKey)
	dialog.dialog.Confirm()
	s.queue.until(t, "the dialog to close", func() bool { return !dialog.dialog.Open() })
	s.nothingBegun()
	kept, ok := s.kept.Connection(dialog.id)
	if !ok || kept.Auth != settings.AuthBrowser || s.session.Place().Connection.ID != dialog.id {
		t.Fatalf("kept %+v, the desk stands in %s", kept, s.session.Place().Connection.ID)
	}
	for _, kind := range []vault.Kind{vault.KindTokenCache, vault.KindSubscriptionKey} {
		if _, err := s.credentials.Keyring.Get(t.Context(), access.RefOf(kept, kind)); err != nil {
			t.Errorf("%s: %v", kind, err)
		}
	}
	s.queue.until(t, "its instances", func() bool { list, _, _ := s.session.Instances(); return len(list) > 0 })
}

func TestTheDialogThatIsClosedKeepsNothingOfWhoSignedIn(t *testing.T) {
	s := newSigning(t, settings.AuthBrowser)
	dialog := s.another("another-key")
	dialog.dialog.Confirm()
	s.begun(auth.MethodBrowser)
	s.asAna()
	s.untilCard("Signed in as ana@contoso.com")
	s.pressCard(labelDone)
	s.queue.until(t, "what is wrong", dialog.anyway.Visible)
	dialog.dialog.Close()
	if s.ring.Holds(dialog.id) || s.credentials.TrialOf(dialog.typedConnection()) != nil {
		t.Error("it is still held")
	}
	if len(s.kept.Connections) != 1 {
		t.Errorf("%d connections are kept", len(s.kept.Connections))
	}
}

func TestAPersonSignsInFromThePageOfConnections(t *testing.T) {
	s := newSigning(t, settings.AuthBrowser)
	s.session.ChooseConnection(sandboxID)
	page := NewConnectionsPage(s.env, s.Desk)
	s.pages = append(s.pages, page)
	s.open(PageConnections, ConnectionArg{ID: s.connection.ID})
	page.detail.signIn.OnTapped()
	s.begun(auth.MethodBrowser)
	s.asAna()
	s.untilCard("Signed in as ana@contoso.com")
	s.pressCard(labelDone)
	s.queue.until(t, "that it is said", func() bool {
		return strings.Contains(page.detail.facts[factWho].value.Text(), "ana@contoso.com")
	})
	if !page.detail.signOut.Visible() || page.detail.use.Visible() {
		t.Error("signing out is not offered")
	}
	page.detail.signOut.OnTapped()
	s.queue.until(t, "that it is said", func() bool { return page.detail.facts[factWho].value.Text() == "Signed out" })
}

func TestADeletedConnectionLeavesNothingInTheKeyring(t *testing.T) {
	s := newSigning(t, settings.AuthBrowser)
	s.signInAsAna()
	if !s.ring.Holds(s.connection.ID) {
		t.Fatal("the case does not hold")
	}
	s.removeConnection(s.connection.ID)
	s.env.Dismiss(removedKey(s.connection.ID))
	s.queue.until(t, "all of it to go", func() bool { return !s.ring.Holds(s.connection.ID) && !s.ring.Holds("ana@") })
}
