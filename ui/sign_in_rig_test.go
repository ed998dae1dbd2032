package ui

import (
	"strings"
	"sync"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"github.com/activitydesk/activitydesk/client/auth"
	"github.com/activitydesk/activitydesk/client/sandbox"
	"github.com/activitydesk/activitydesk/client/vault"
	"github.com/activitydesk/activitydesk/ui/access"
	"github.com/activitydesk/activitydesk/ui/access/accesstest"
	"github.com/activitydesk/activitydesk/ui/settings"
	"github.com/activitydesk/activitydesk/ui/widgets"
)

// signing is a desk with a connection to a service that demands who asks.
type signing struct {
	*working
	ring       *accesstest.Ring
	provider   *accesstest.Provider
	service    *sandbox.Server
	connection settings.Connection
	opened     []string // addresses that the browser was sent to
	openErr    error
	mu         sync.Mutex
}

// newSigning starts a desk that stands in a connection which nobody is signed in
// to yet.
func newSigning(t *testing.T, way string, change ...func(*Options)) *signing {
	t.Helper()
	r := accesstest.NewRing() // within the usual limit: it is silent where the test says so, and not on a busy computer
	change = append([]func(*Options){func(o *Options) { o.Keyring = vault.OpenEntries(r, t.TempDir(), vault.Options{}) }}, change...)
	s := &signing{working: newWorking(t, change...), ring: r, provider: accesstest.NewProvider(), service: otherService(t)}
	s.prepare(t, way)
	return s
}

// prepare adds the connection and chooses it.
func (s *signing) prepare(t *testing.T, way string) {
	t.Helper()
	s.credentials.Signer = func(o auth.SignInOptions) (access.Signer, error) { return s.provider.Signer(o) }
	s.Desk.ring.Slow, s.Desk.ring.Again = 20*time.Millisecond, 20*time.Millisecond
	s.env.OpenURL = s.openURL
	s.queue.until(t, "the keyring to be found", func() bool { return s.keyring != access.KeyringUnknown })
	s.connection = settings.Connection{
		ID: "c1", Name: "Contoso (EU)", Root: s.service.Root(), Auth: way, RatePerMinute: 100,
		Tenant: "contoso.com", ClientID: "6f1d6fbe-7a0c-4c38-9b3e-2f9f0f6d4a11",
	}
	if err := s.credentials.Keep(t.Context(), s.connection, access.Secrets{Key: goodKey}); err != nil {
		t.Fatal(err)
	}
	s.connectionKept(s.connection)
	s.queue.until(t, "the panel that asks", func() bool { return s.panelSays("Sign in…") })
}

func (s *signing) openURL(address string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.opened = append(s.opened, address)
	return s.openErr
}

func (s *signing) browsers() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.opened)
}

func (s *signing) panelSays(text string) bool {
	return s.frame.panel.State() != widgets.StateContent && strings.Contains(textsOf(s.frame.panel), text)
}

// card is the text of the open card; empty: none is open.
func (s *signing) card() string {
	if top := s.window.Canvas().Overlays().Top(); top != nil {
		return textsOf(top)
	}
	return ""
}

// untilCard waits until the card says something.
func (s *signing) untilCard(text string) {
	s.t.Helper()
	defer func() {
		if s.t.Failed() {
			s.t.Logf("the card says %q", s.card())
		}
	}()
	s.queue.until(s.t, "the card to say "+text, func() bool { return strings.Contains(s.card(), text) })
}

// press presses a button of the card.
func (s *signing) pressCard(label string) {
	s.t.Helper()
	confirmIn(s.t, s.working, s.window.Canvas().Overlays().Top(), label)
}

// begun waits until a flow has begun.
func (s *signing) begun(want auth.Method) {
	s.t.Helper()
	var got auth.Method
	s.queue.until(s.t, "the sign-in to begin", func() bool {
		select {
		case got = <-s.provider.Begun:
			return true
		default:
			return false
		}
	})
	if got != want {
		s.t.Fatalf("it signs in by %s, want %s", got, want)
	}
}

// nothingBegun fails where a flow has begun.
func (s *signing) nothingBegun() {
	s.t.Helper()
	s.queue.run()
	select {
	case got := <-s.provider.Begun:
		s.t.Fatalf("a sign-in by %s has begun", got)
	default:
	}
}

// asAna has the person sign in.
func (s *signing) asAna() { s.provider.Answers <- accesstest.Answer{Account: accesstest.Ana} }

// signInAsAna signs in and waits until what the connection has is loaded.
func (s *signing) signInAsAna() {
	s.t.Helper()
	s.signIn()
	s.asAna()
	s.untilCard("Signed in as ana@contoso.com")
	s.pressCard(labelDone)
	s.queue.until(s.t, "the instances", func() bool { list, _, _ := s.session.Instances(); return len(list) > 0 })
}

// standInCoffee chooses the instance that tests work in.
func (s *signing) standInCoffee() {
	s.t.Helper()
	s.deskRun.choose(instanceCoffee)
	s.untilLoaded(instanceCoffee)
}

func (s *signing) clipboard() string { return fyne.CurrentApp().Clipboard().Content() }
