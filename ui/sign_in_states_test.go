package ui

import (
	"testing"
	"time"

	"github.com/activitydesk/activitydesk/client/auth"
	"github.com/activitydesk/activitydesk/client/vault"
	"github.com/activitydesk/activitydesk/ui/access/accesstest"
	"github.com/activitydesk/activitydesk/ui/settings"
)

// signInStates are the states of signing in, as in deskStates.
func signInStates() []deskState {
	browser, code := settings.AuthBrowser, settings.AuthDeviceCode
	return []deskState{
		signInState("sign-in-needed", browser, func(*signing) {}),
		signInState("sign-in-browser", browser, func(s *signing) { s.signIn(); s.untilBrowser() }),
		signInState("sign-in-code", code, func(s *signing) { s.signIn(); s.untilCard("Good for another") }),
		signInState("sign-in-expired", code, func(s *signing) {
			s.signIn()
			s.provider.Answers <- accesstest.Answer{Err: &auth.Error{Kind: auth.ErrCodeExpired}}
			s.untilCard("The code has expired")
		}),
		signInState("sign-in-refused", browser, func(s *signing) {
			s.signIn()
			s.provider.Answers <- accesstest.Answer{Err: &auth.Error{Kind: auth.ErrRefused, Cause: auth.CauseAdminConsent, Code: "AADSTS90094"}}
			s.untilCard("AADSTS90094")
		}),
		signInState("sign-in-keyring-locked", browser, func(s *signing) {
			s.ring.Refuse(vault.ErrLocked)
			s.signIn()
			s.untilCard("The keyring is locked")
		}),
		signInState("sign-in-done", browser, func(s *signing) {
			s.signIn()
			s.asAna()
			s.untilCard("kept in the OS keyring")
		}),
		signInState("signed-in", browser, func(s *signing) { s.signInAsAna(); s.standInCoffee() }),
		signInState("signed-in-menu", browser, func(s *signing) {
			s.signInAsAna()
			s.standInCoffee()
			s.frame.status.connection.OnTapped()
		}),
		signInState("sign-in-ended", browser, func(s *signing) {
			s.signInAsAna()
			s.standInCoffee()
			s.provider.Revoke(true)
			s.session.Reload()
			s.queue.until(s.t, "the notice", func() bool { _, asks := s.asksToSignIn(); return asks && !s.session.Loading() })
		}),
		signInState("signed-out", browser, func(s *signing) {
			s.signInAsAna()
			s.standInCoffee()
			s.signOut()
			s.queue.until(s.t, "the keyring to be emptied", func() bool { return !s.ring.Holds("token-cache/") })
		}),
	}
}

// signInState is a state of a desk in a connection that signs in.
func signInState(name, way string, reach func(*signing)) deskState {
	r := accesstest.NewRing()
	return deskState{
		name:    name,
		options: []func(*Options){func(o *Options) { o.Keyring = vault.OpenEntries(r, o.Folders.State, vault.Options{}) }},
		reach: func(d *drawing) {
			t := d.t.(*testing.T)
			s := &signing{working: d.working, ring: r, provider: accesstest.NewProvider(), service: otherService(t)}
			s.provider.Expires = d.env.Now().Add(64 * time.Minute)
			s.provider.Code.ExpiresAt = d.env.Now().Add(15 * time.Minute)
			s.prepare(t, way)
			reach(s)
		},
	}
}

func (s *signing) untilBrowser() {
	s.t.Helper()
	s.queue.until(s.t, "the browser to open", func() bool { return s.browsers() == 1 })
	s.queue.run()
}
