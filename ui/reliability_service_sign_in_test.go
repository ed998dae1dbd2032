package ui

import (
	"context"
	"encoding/base64"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/activitydesk/activitydesk/client/auth/idptest"
	"github.com/activitydesk/activitydesk/client/journal"
	"github.com/activitydesk/activitydesk/client/withstand"
	"github.com/activitydesk/activitydesk/ui/access"
	"github.com/activitydesk/activitydesk/ui/settings"
)

// tokenUntil is an access token that says of itself until when it is good.
func tokenUntil(at time.Time) string {
	part := func(text string) string { return base64.RawURLEncoding.EncodeToString([]byte(text)) }
	return part(`{"alg":"RS256","typ":"JWT"}`) + "." + part(fmt.Sprintf(`{"exp":%d}`, at.Unix())) + "." + part("a signature")
}

func TestBadDayOfTheServiceSigningIn(t *testing.T) {
	cells := pastedTokenDays(t)
	cells = append(cells, expiringTokenDays(t)...)
	withstand.Hold(t, "service sign-in", append(cells, renewalDays(t)...))
}

// pastedTokenDays are those on which a token or a key is none that is accepted,
// or none that can be sent.
func pastedTokenDays(t *testing.T) []withstand.Cell {
	t.Helper()
	d := newBadDesk(t)
	for _, c := range []struct {
		name, header, value, says, short string
	}{
		{"a token that is not accepted", "Authorization", "Bearer another", "did not accept who you are (401)", "did not accept who you are (401)"},
		{"a token that is lost on the way", "Authorization", "", "did not accept who you are (401)", "did not accept who you are (401)"},
		{"a key that is not accepted", "Ocp-Apim-Subscription-Key", "another", "subscription key is missing or not accepted (401)", "does not know the subscription key"},
		{"no key", "Ocp-Apim-Subscription-Key", "", "subscription key is missing or not accepted (401)", "does not know the subscription key"},
	} {
		day := &badDay{name: c.name, answer: func(w http.ResponseWriter, r *http.Request) {
			r.Header.Set(c.header, c.value)
			if c.value == "" {
				r.Header.Del(c.header)
			}
			d.service.sandbox.ServeHTTP(w, r)
		}}
		d.opening(day, c.says)
		d.loading(day, c.short)
		d.profile(day, c.says)
		d.sending(day, journal.Refused, c.says)
		d.testing(day)
	}
	for _, c := range []struct{ name, token, says string }{
		{"no token", "", "There is no access token"},
		{"a token that has expired", tokenUntil(time.Now().Add(-time.Hour)), "has expired"},
		{"a token that cannot be sent", "two words", "space"},
	} {
		d.untoken(&badDay{name: c.name}, c.token, c.says)
	}
	wrongRoot(d)
	clockDays(d)
	d.finish()
	return d.cells
}

// untoken opens the connection with a token that is not sent, and then with a
// good one.
func (d *badDesk) untoken(day *badDay, token string, parts ...string) {
	d.t.Helper()
	if err := d.credentials.Forget(d.t.Context(), d.connection); err != nil {
		d.t.Fatal(err)
	}
	d.keep(access.Secrets{Token: token, Key: goodKey})
	d.begin(day)
	d.session.Reopen(d.connection.ID)
	d.queue.until(d.t, "an end of the opening", func() bool { return !d.session.Loading() })
	if d.session.Place().Chosen() || d.service.asked.Load() != 0 || !strings.Contains(wordsOn(d.frame.panel), "Enter a token…") {
		d.t.Errorf("%s: after %d requests the panel says %q", day.name, d.service.asked.Load(), d.panelSaid())
	}
	d.over(day, whileOpening, "no instance is shown, nothing is asked", d.panelSaid(), parts...)
	d.begin(nil)
	d.keep(access.Secrets{Token: goodToken, Key: goodKey})
	d.session.Reopen(d.connection.ID)
	d.standInCoffee()
	d.dropNotices()
}

// panelSaid is what stands in the place of a page: what happened and what to do.
func (d *badDesk) panelSaid() string {
	said, _, _ := strings.Cut(wordsOn(d.frame.panel), "\nrequest: ")
	return said
}

// wrongRoot opens the service under a path that it does not have.
func wrongRoot(d *badDesk) {
	d.t.Helper()
	day := &badDay{name: "a wrong root", answer: func(w http.ResponseWriter, r *http.Request) {
		r.URL.Path = "/v2" + strings.TrimPrefix(r.URL.Path, "/v1")
		d.service.sandbox.ServeHTTP(w, r)
	}}
	d.opening(day, "no service of this kind under the address (404)", "it is /v1, or /api")
	d.testing(day, "no service under this path (404)", "it is /v1, or /api")
	d.sending(day, journal.Refused, "does not know where this was sent to (404)")
}

// clockDays are those on which this computer's clock is off and the service
// refuses what is good.
func clockDays(d *badDesk) {
	d.t.Helper()
	for _, c := range []struct {
		name, says string
		ahead      time.Duration
	}{
		{"this computer's clock is three hours ahead", "is 3 hours ahead of the service's", 3 * time.Hour},
		{"this computer's clock is two days behind", "is 2 days behind the service's", -48 * time.Hour},
	} {
		theirs := d.service.clock.now().Add(-c.ahead)
		day := failing(http.StatusUnauthorized, errorForms()[2], "Date", httpDate(theirs))
		day.name = c.name
		d.opening(day, c.says, "Set the clock right first")
		d.loading(day, c.says)
		d.sending(day, journal.Refused, c.says, "Set the clock right first")
	}
}

// expiringTokenDays: a pasted token ends while somebody works.
func expiringTokenDays(t *testing.T) []withstand.Cell {
	t.Helper()
	token := tokenUntil(time.Now().Add(time.Hour))
	d := badDeskAt(t, newBadService(t, token), token)
	d.typePurchase("OPID_72000")
	typed, entities := d.typedState(), len(d.session.Place().Entities)
	day := &badDay{name: "a pasted token ends while one works"}
	d.service.clock.pass(2 * time.Hour)
	d.begin(day)
	d.refresh()
	d.queue.until(t, "an end of the loading", func() bool { return !d.session.Loading() })
	if len(d.session.Place().Entities) != entities || d.typedState() != typed {
		t.Error("what was loaded or typed is gone")
	}
	_, said, _ := strings.Cut(d.listing(), ": ")
	d.over(day, whileLoading, "the old list stays, marked as old, and what was typed; one notice asks for a token", said, "has expired")
	if _, asks := d.asksToSignIn(); !asks {
		t.Errorf("nothing asks for a token: %s", d.noticeTexts())
	}
	d.compose.Send()
	d.idle()
	if state := d.compose.current.last.Entry.State; state != journal.Queued || d.service.asked.Load() != 0 {
		t.Errorf("it is %s, after %d requests", state, d.service.asked.Load())
	}
	d.over(day, whileSending, sentState(d.compose.current.last.Entry, 0), d.sentWords(), "has expired")
	d.finish()
	return d.cells
}

// asksToSignIn says whether there is the one notice that asks.
func (d *badDesk) asksToSignIn() (text string, asks bool) {
	return (&signing{working: d.working}).asksToSignIn()
}

// startSignedIn starts a desk in which somebody has signed in with the browser.
func startSignedIn(t *testing.T, s *badService, p *idptest.Provider) *badDesk {
	t.Helper()
	d := startBadDesk(t, s, settings.Connection{
		Auth: settings.AuthBrowser, Tenant: idptest.TenantDomain, ClientID: idptest.PublicApp, Authority: p.URL(),
	}, func(o *Options) { o.Identity = p.Client() })
	d.keep(access.Secrets{Key: goodKey})
	d.connectionKept(d.connection)
	d.signInByBrowser(p)
	d.settle()
	return d
}

// renewalDays: the access of somebody who is signed in has run out, and it cannot
// be renewed.
func renewalDays(t *testing.T) []withstand.Cell {
	t.Helper()
	s := newBadService(t, goodToken)
	p := idptest.Start(idptest.Options{Token: func(idptest.Grant) string { return goodToken }, Now: s.clock.now})
	t.Cleanup(p.Close)
	d := startSignedIn(t, s, p)
	for _, c := range []struct {
		name, says string
		fault      idptest.Fault
	}{
		{"the identity provider does not answer", "The identity provider could not be asked", idptest.Fault{Drop: true}},
		{"the identity provider answers 503", "The identity provider could not be asked", idptest.Fault{Status: 503, Body: "{}"}},
		{"a web page in the identity provider's place", "The identity provider could not be asked", idptest.Fault{Body: "<html>Sign in</html>", Type: "text/html"}},
		{"the identity provider's answer breaks off", "The identity provider could not be asked", idptest.Fault{Body: `{"access_`, CutOff: true}},
		{"the sign-in has ended at the identity provider", "Somebody has to sign in again", idptest.Fault{Error: "invalid_grant", Code: 50173}},
	} {
		day := &badDay{name: c.name}
		c.fault.Endpoint, c.fault.Grant = idptest.Token, idptest.GrantRefresh
		d.goTo(PageCompose)
		d.sends++
		d.typePurchase(fmt.Sprintf("OPID_%d", 73000+d.sends))
		typed, before := d.typedState(), len(d.stored())
		p.Fail(c.fault)
		s.clock.pass(2 * time.Hour)
		d.begin(day)
		d.refresh()
		d.queue.until(t, "an end of the loading", func() bool { return !d.session.Loading() })
		_, said, _ := strings.Cut(d.listing(), ": ")
		d.over(day, whileLoading, "the old list stays, marked as old, and what was typed", said, c.says)
		d.compose.Send()
		d.idle()
		last := d.compose.current.last
		if last.Entry.State != journal.Queued || d.typedState() != typed || s.asked.Load() != 0 {
			t.Errorf("%s: it is %s, after %d requests; %v", day.name, last.Entry.State, s.asked.Load(), last.Err)
		}
		d.over(day, whileSending, sentState(last.Entry, 0), d.sentWords(), c.says)
		p.Heal()
		s.clock.pass(10 * time.Minute) // a renewal that failed is not tried again at once
		if c.fault.Error != "" {
			d.signInByBrowser(p)
		}
		d.refresh()
		d.standInCoffee()
		d.sendAgain()
		if got := len(d.stored()) - before; got != 1 || d.typedState() != typed {
			t.Errorf("%s: sent again, the service has it %d times", day.name, got)
		}
		d.dropNotices()
	}
	d.finish()
	return d.cells
}

// signInByBrowser signs somebody in.
func (d *badDesk) signInByBrowser(p *idptest.Provider) {
	d.t.Helper()
	var browsing sync.WaitGroup
	d.t.Cleanup(browsing.Wait)
	ctx := context.WithoutCancel(d.t.Context())
	d.env.OpenURL = func(address string) error {
		browsing.Go(func() { _, _ = p.Browse(ctx, address) }) // what it shows is the card's to say
		return nil
	}
	card := &signing{working: d.working}
	d.signIn()
	card.untilCard("kept in the OS keyring")
	card.pressCard(labelDone)
}
