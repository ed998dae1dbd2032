package ui

import (
	"strings"
	"testing"

	"github.com/activitydesk/activitydesk/client/auth"
	"github.com/activitydesk/activitydesk/client/vault"
	"github.com/activitydesk/activitydesk/ui/access"
	"github.com/activitydesk/activitydesk/ui/access/accesstest"
	"github.com/activitydesk/activitydesk/ui/settings"
)

func TestALockedKeyringIsSaidBeforeAnybodySignsIn(t *testing.T) {
	s := newSigning(t, settings.AuthBrowser)
	s.ring.Refuse(vault.ErrLocked)
	s.signIn()
	s.untilCard("The keyring is locked")
	s.nothingBegun()
	if got := s.frame.status.keyring.Text(); got != "Credentials: keyring locked" {
		t.Errorf("the status line says %q", got)
	}
	s.ring.Refuse(nil)
	s.pressCard(labelTryAgain)
	s.begun(auth.MethodBrowser)
	s.asAna()
	s.untilCard("kept in the OS keyring")
	if got := s.frame.status.keyring.Text(); got != "Credentials: OS keyring" {
		t.Errorf("the status line says %q", got)
	}
}

func TestEachFailureOfTheKeyringOffersThisSessionOnly(t *testing.T) {
	for says, err := range map[string]error{
		"The keyring is locked": vault.ErrLocked, "The keyring has no room": vault.ErrTooLarge,
		"The keyring of this computer cannot be used": vault.ErrUnavailable,
	} {
		t.Run(says, func(t *testing.T) {
			s := newSigning(t, settings.AuthBrowser)
			s.ring.Refuse(err)
			s.signIn()
			s.untilCard(says)
			s.nothingBegun()
			s.pressCard(labelForNow)
			s.begun(auth.MethodBrowser)
			s.asAna()
			s.untilCard("kept until the desk is closed")
			s.ring.Refuse(nil)
			s.Desk.ring.Ask(nil)
			s.queue.until(t, "the keyring to be found", func() bool { return s.keyring == access.KeyringThere })
			s.queue.until(t, "the instances", func() bool { list, _, _ := s.session.Instances(); return len(list) > 0 })
			if s.ring.Holds("token-cache/") {
				t.Error("it was written all the same")
			}
			if got, err := s.credentials.Session.Get(t.Context(), access.RefOf(s.connection, vault.KindTokenCache)); err != nil || got != accesstest.Ana.Name {
				t.Errorf("in memory: %q, %v", got, err)
			}
		})
	}
}

func TestASlowKeyringIsSaidWhileItIsWaitedFor(t *testing.T) {
	s := newSigning(t, settings.AuthBrowser)
	answer := s.ring.Silence()
	defer answer()
	s.signIn()
	s.untilCard("Waiting for the keyring…")
	if got := s.frame.status.keyring.Text(); got != "Credentials: waiting for the keyring…" {
		t.Errorf("the status line says %q", got)
	}
	s.nothingBegun()
	answer()
	s.begun(auth.MethodBrowser)
	s.untilCard("Continue in the browser…")
}

func TestAKeyringThatAnswersLateIsGoneOnWith(t *testing.T) {
	s := newSigning(t, settings.AuthBrowser)
	s.ring.Refuse(vault.ErrTimeout)
	s.signIn()
	s.untilCard("The keyring does not answer")
	if got := s.frame.status.keyring.Text(); got != "Credentials: keyring does not answer" {
		t.Errorf("the status line says %q", got)
	}
	s.nothingBegun()
	s.ring.Refuse(nil)
	s.begun(auth.MethodBrowser)
	s.asAna()
	s.untilCard("kept in the OS keyring")
}

func TestALateAnswerIsNotForACardThatWasClosed(t *testing.T) {
	s := newSigning(t, settings.AuthBrowser)
	answer := s.ring.Silence()
	defer answer()
	s.signIn()
	s.untilCard("Waiting for the keyring…")
	s.pressCard("Cancel")
	answer()
	s.queue.until(t, "the keyring to be found", func() bool { return s.keyring == access.KeyringThere })
	s.nothingBegun()
	if s.card() != "" {
		t.Errorf("a card is open: %q", s.card())
	}
}

func TestAKeyringThatFailsAfterTheSignInLosesNothing(t *testing.T) {
	s := newSigning(t, settings.AuthBrowser)
	s.signIn()
	s.begun(auth.MethodBrowser)
	s.ring.Refuse(vault.ErrLocked)
	s.asAna()
	s.untilCard("Signed in as ana@contoso.com, but this could not be kept")
	s.ring.Refuse(nil)
	s.pressCard(labelTryAgain)
	s.untilCard("kept in the OS keyring")
	s.nothingBegun()
	if !s.ring.Holds("token-cache/") {
		t.Error("it is not in the keyring")
	}
}

func TestWhatASilentKeyringTookLateGoesWhenItWasToBeKeptForTheSession(t *testing.T) {
	s := newSigning(t, settings.AuthBrowser)
	s.signIn()
	s.begun(auth.MethodBrowser)
	answer := s.ring.Silence()
	defer answer()
	s.asAna()
	s.untilCard("Keeping the sign-in of ana@contoso.com…")
	s.pressCard(labelForNow)
	s.untilCard("kept until the desk is closed")
	s.pressCard(labelDone)
	answer() // only now it takes what it was given first
	s.queue.until(t, "the keyring to be found", func() bool { return s.keyring == access.KeyringThere })
	s.queue.until(t, "what it took to be removed", func() bool { return !s.ring.Holds("token-cache/") })
	s.queue.until(t, "the instances", func() bool { list, _, _ := s.session.Instances(); return len(list) > 0 })
}

func TestWhatFailedBeforeTheKeyringWasUnlockedIsLoadedByItself(t *testing.T) {
	s := newSigning(t, settings.AuthBrowser)
	s.signInAsAna()
	s.ring.Refuse(vault.ErrLocked)
	s.credentials.Restart(s.connection)
	s.session.Reopen(s.connection.ID)
	s.queue.until(t, "the failure", func() bool { return s.panelSays("The keyring is locked.") })
	s.lookForKeyring()
	s.queue.until(t, "the state", func() bool { return s.keyring == access.KeyringLocked })
	s.ring.Refuse(nil)
	s.lookForKeyring()
	s.queue.until(t, "the instances", func() bool { list, _, _ := s.session.Instances(); return len(list) > 0 })
}

func TestWithoutAKeyringThePanelLeadsToASignInForTheSession(t *testing.T) {
	s := newSigning(t, settings.AuthBrowser)
	s.ring.Refuse(vault.ErrUnavailable)
	s.session.Reload()
	s.queue.until(t, "the failure", func() bool { return s.panelSays("There is no keyring") })
	confirmIn(t, s.working, s.frame.panel, "Sign in…")
	s.untilCard("The keyring of this computer cannot be used")
	s.pressCard(labelForNow)
	s.begun(auth.MethodBrowser)
}

func TestSigningOutOfALockedKeyringIsSaidAndDoneWhenItIsUnlocked(t *testing.T) {
	s := newSigning(t, settings.AuthBrowser)
	s.signInAsAna()
	s.ring.Refuse(vault.ErrLocked)
	s.lookForKeyring()
	s.queue.until(t, "the state", func() bool { return s.keyring == access.KeyringLocked })
	s.signOut()
	s.queue.until(t, "that it is said", func() bool {
		for _, n := range s.frame.notices.list {
			if strings.Contains(n.Text, "could not be removed from the keyring") {
				return true
			}
		}
		return false
	})
	s.ring.Refuse(nil)
	source, _ := s.credentials.For(s.connection)
	if _, err := source.AccessToken(t.Context()); err == nil {
		t.Error("what is left in the keyring signs in by itself")
	}
	s.lookForKeyring()
	s.queue.until(t, "the keyring to be emptied", func() bool { return !s.ring.Holds("token-cache/") })
}

func TestTheStatesOfTheKeyringAreToldApart(t *testing.T) {
	seen := map[string]bool{}
	for _, state := range []access.KeyringState{access.KeyringUnknown, access.KeyringThere, access.KeyringMissing, access.KeyringWaiting, access.KeyringLocked, access.KeyringSilent} {
		word := keyringWord(state)
		if word == "" || seen[word] {
			t.Errorf("state %d is called %q", state, word)
		}
		seen[word] = true
	}
	if access.KeyringStateOf(&vault.Error{Kind: vault.ErrLocked}) == access.KeyringStateOf(&vault.Error{Kind: vault.ErrUnavailable}) {
		t.Error("a locked keyring is called missing")
	}
}
