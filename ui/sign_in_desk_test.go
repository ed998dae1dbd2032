package ui

import (
	"errors"
	"strings"
	"testing"

	"github.com/activitydesk/activitydesk/client/auth"
	"github.com/activitydesk/activitydesk/client/journal"
	"github.com/activitydesk/activitydesk/client/sandbox"
	"github.com/activitydesk/activitydesk/client/vault"
	"github.com/activitydesk/activitydesk/ui/access"
	"github.com/activitydesk/activitydesk/ui/settings"
)

// asksToSignIn says whether there is the one notice, and what it says.
func (s *signing) asksToSignIn() (text string, asks bool) {
	found := 0
	for _, n := range s.frame.notices.list {
		if n.Key == noticeSignIn {
			text, found = n.Text, found+1
		}
	}
	return text, found == 1
}

func TestOneNoticeAsksWhereASignInHasEndedAndWhatWasLoadingIsLoadedAgain(t *testing.T) {
	s := newSigning(t, settings.AuthBrowser)
	s.signInAsAna()
	s.standInCoffee()
	s.purchase("OPID_95001")
	typed := s.typedState()

	s.provider.Revoke(true)
	s.session.Reload()
	s.queue.until(t, "the notice", func() bool { _, asks := s.asksToSignIn(); return asks })
	s.queue.until(t, "that loading failed", func() bool { return s.session.Place().Err != nil && !s.session.Loading() })
	s.session.Reload() // a second failure says nothing new
	s.queue.until(t, "that loading failed again", func() bool { return s.session.Place().Err != nil && !s.session.Loading() })
	text, asks := s.asksToSignIn()
	if !asks || !strings.Contains(text, "AADSTS50173") {
		t.Errorf("notices: %v", s.frame.notices.list)
	}
	if got := s.frame.status.connection.Text(); got != "Sign-in needed" {
		t.Errorf("the status line says %q", got)
	}
	if len(s.session.Place().Entities) == 0 {
		t.Error("what was loaded is gone")
	}

	s.frame.notices.list[0].OnAction()
	s.asAna()
	s.untilCard("kept in the OS keyring")
	s.pressCard(labelDone)
	s.queue.until(t, "the entities to be loaded again", func() bool {
		p := s.session.Place()
		return p.Err == nil && !p.Loading && !s.session.Loading()
	})
	if _, asks := s.asksToSignIn(); asks {
		t.Error("the notice stays")
	}
	if s.typedState() != typed {
		t.Error("what was typed has changed")
	}
	s.tick()
	if got := s.frame.status.connection.Text(); got != "ana@contoso.com" {
		t.Errorf("the status line says %q", got)
	}
}

func TestAnActivityThatNobodyWasSignedInForIsNotSentAndCanBeSentAgain(t *testing.T) {
	s := newSigning(t, settings.AuthBrowser)
	s.signInAsAna()
	s.standInCoffee()
	s.purchase("OPID_95002")
	s.provider.Revoke(true)
	s.compose.Send()
	s.queue.until(t, "the notice", func() bool { _, asks := s.asksToSignIn(); return asks })
	s.queue.until(t, "the outcome", func() bool {
		last := s.compose.current.last
		return last != nil && last.Entry.ID != "" && last.Entry.State != journal.Sending && s.services.outbox.InFlight() == 0
	})
	first := s.compose.current.last.Entry
	if first.State != journal.Queued && first.State != journal.Refused {
		t.Fatalf("it is %s", first.State)
	}
	if posted := s.service.Service().Posted(s.session.Place().Instance.ID, entityPurchases); len(posted) != 0 {
		t.Fatalf("posted: %q", posted)
	}
	s.signIn()
	s.asAna()
	s.untilCard("kept in the OS keyring")
	s.pressCard(labelDone)
	s.compose.Send()
	s.queue.until(t, "it to be accepted", func() bool {
		s.confirmAgain()
		last := s.compose.current.last
		return last != nil && (last.Entry.State == journal.Accepted || last.Entry.State == journal.Visible)
	})
}

func TestSigningOutRemovesEveryTraceAndKeepsWhatWasLoaded(t *testing.T) {
	s := newSigning(t, settings.AuthBrowser)
	s.signInAsAna()
	s.standInCoffee()
	loaded := s.session.Place().LoadedAt
	s.signOut()
	s.queue.until(t, "the keyring to be emptied", func() bool { return !s.ring.Holds("token-cache/") })
	if got := s.frame.status.connection.Text(); got != "Signed out" {
		t.Errorf("the status line says %q", got)
	}
	place := s.session.Place()
	if len(place.Entities) == 0 || !place.LoadedAt.Equal(loaded) || !errors.Is(place.Err, access.ErrSignedOut) {
		t.Errorf("%d entities of %v, error %v", len(place.Entities), place.LoadedAt, place.Err)
	}
	if text, asks := s.asksToSignIn(); !asks || !strings.Contains(text, "signed out") {
		t.Errorf("notices: %v", s.frame.notices.list)
	}
	if why := s.cannotSignOut(); why == "" {
		t.Error("signing out is offered again")
	}
	if _, err := s.session.Link().Client.Instances(t.Context()); !errors.Is(err, auth.ErrSignInNeeded) {
		t.Errorf("the service is asked with a token that should be gone: %v", err)
	}
	s.queue.run()
	if got := s.frame.status.connection.Text(); got != "Signed out" {
		t.Errorf("after a read the status line says %q", got)
	}
	if key, err := s.credentials.Keyring.Get(t.Context(), access.RefOf(s.connection, vault.KindSubscriptionKey)); key != goodKey {
		t.Errorf("the key of the connection is gone: %v", err)
	}
	s.signIn()
	s.asAna()
	s.untilCard("kept in the OS keyring")
	s.pressCard(labelDone)
	s.untilLoaded(instanceCoffee)
}

func TestSigningOutWithNothingLoadedLeavesThePanel(t *testing.T) {
	s := newSigning(t, settings.AuthBrowser)
	s.signInAsAna()
	s.signOut()
	s.queue.until(t, "the panel", func() bool { return s.panelSays("You are signed out.") && s.panelSays("Sign in…") })
	if _, asks := s.asksToSignIn(); asks {
		t.Error("the notice asks as well")
	}
}

func TestSigningOutAsksOnlyWhileSomethingIsSent(t *testing.T) {
	s := newSigning(t, settings.AuthBrowser)
	s.signInAsAna()
	s.standInCoffee()
	s.purchase("OPID_95003")
	s.slowPosts()
	s.compose.Send()
	s.queue.until(t, "it to be on its way", func() bool { return s.services.outbox.InFlight() == 1 })
	s.signOut()
	s.untilCard("Sign out while something is being sent?")
	s.pressCard("Cancel")
	if !s.ring.Holds("token-cache/") {
		t.Error("it signed out before the answer")
	}
	s.signOut()
	s.pressCard("Sign out")
	s.queue.until(t, "the keyring to be emptied", func() bool { return !s.ring.Holds("token-cache/") })
}

func TestASignInIsThereAfterTheNextStart(t *testing.T) {
	s := newSigning(t, settings.AuthBrowser)
	s.signInAsAna()
	s.standInCoffee()
	s.credentials.Restart(s.connection) // as a new desk has it
	s.session.Reopen(s.connection.ID)
	s.queue.until(t, "the instances", func() bool { list, _, _ := s.session.Instances(); return len(list) > 0 })
	if got := s.frame.status.connection.Text(); got != "ana@contoso.com" {
		t.Errorf("the status line says %q", got)
	}
}

func TestWhatOneDoesAboutTheSignInIsInThePaletteWithItsReason(t *testing.T) {
	s := newSigning(t, settings.AuthSecret)
	reasons := map[string]string{}
	for _, o := range s.offers() {
		reasons[o.label] = o.reason
	}
	for label, want := range map[string]string{
		"Sign in…": "", "Sign out": "", "Look for the keyring again": "",
		"Sign in with a code…": "No person signs in to this connection",
	} {
		if got, ok := reasons[label]; !ok || got != want {
			t.Errorf("%s: %q, there: %v", label, got, ok)
		}
	}
	s.session.ChooseConnection(sandboxID)
	if s.cannotSignIn() == "" || s.cannotSignOut() == "" || len(s.signInMenu()) != 0 {
		t.Error("the sandbox can be signed in to")
	}
	if s.frame.status.connection.Disabled() != true {
		t.Error("the status line offers a menu that is empty")
	}
}

func TestAPastedTokenThatIsMissingLeadsToTheConnection(t *testing.T) {
	s := newSigning(t, settings.AuthBrowser)
	token := s.connection
	token.ID, token.Name, token.Auth = "c2", "With a token", settings.AuthToken
	s.connectionKept(token)
	s.queue.until(t, "the panel", func() bool { return s.panelSays("There is no access token") })
	confirmIn(t, s.working, s.frame.panel, "Enter a token…")
	if !strings.Contains(s.card(), "Change With a token") {
		t.Errorf("it opens %q", s.card())
	}
}

func TestAddressesThatAreNoWebPagesAreNotOpened(t *testing.T) {
	d := startedDesk(t)
	for _, address := range []string{"", "file:///etc/passwd", "http://login.example/", "javascript:1", "https://", "ssh://host"} {
		if err := d.openURL(address); err == nil {
			t.Errorf("%q was opened", address)
		}
	}
	if err := d.openURL("https://login.example/device"); err != nil {
		t.Errorf("a web page: %v", err)
	}
}

// slowPosts has the service take its time with what is sent, until the test ends.
func (s *signing) slowPosts() {
	s.t.Helper()
	faults, err := sandbox.ParseFaults("post" + slowly)
	if err != nil {
		s.t.Fatal(err)
	}
	s.service.Service().SetFaults(faults...)
	s.t.Cleanup(func() { s.service.Service().SetFaults() })
}

// confirmAgain answers the question whether the same is to be sent again.
func (s *signing) confirmAgain() {
	if strings.Contains(s.card(), "Send again") {
		s.pressCard("Send again")
	}
}

func TestTheNoticeThatAsksGoesWithItsConnection(t *testing.T) {
	s := newSigning(t, settings.AuthBrowser)
	s.signInAsAna()
	s.standInCoffee()
	s.provider.Revoke(true)
	s.session.Reload()
	s.queue.until(t, "the notice", func() bool { _, asks := s.asksToSignIn(); return asks })
	s.session.ChooseConnection(sandboxID)
	s.untilLoaded(instanceCoffee)
	if text, asks := s.asksToSignIn(); asks {
		t.Errorf("in the sandbox it says %q", text)
	}
}
