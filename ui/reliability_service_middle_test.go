// Bad days that begin in the middle of the work: a role is lost, a sign-in or a
// token ends and cannot be renewed.

package ui

import (
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/activitydesk/activitydesk/client/auth/idptest"
	"github.com/activitydesk/activitydesk/client/journal"
	"github.com/activitydesk/activitydesk/client/outbox"
	"github.com/activitydesk/activitydesk/client/withstand"
	"github.com/activitydesk/activitydesk/ui/access"
)

func TestBadDayOfTheServiceInTheMiddle(t *testing.T) {
	cells := lostRoleDays(t)
	cells = append(cells, endedSignInDays(t)...)
	withstand.Hold(t, "service middle", append(cells, endedTokenDays(t)...))
}

// notAllowed is what a role that is not enough is answered.
const notAllowed = "Your role does not allow this (403)"

// lostRoleDays are those on which an administrator takes a role away.
func lostRoleDays(t *testing.T) []withstand.Cell {
	t.Helper()
	d := newBadDesk(t)
	refuses := failing(http.StatusForbidden, errorForms()[0])

	looks := new(atomic.Int64)
	day := &badDay{name: "the role is lost while the timeline is looked at", answer: func(w http.ResponseWriter, r *http.Request) {
		switch {
		case !strings.HasSuffix(r.URL.Path, "/UnifiedActivity"):
			d.service.sandbox.ServeHTTP(w, r)
		case looks.Add(1) <= 2:
			set(w, "Content-Type", "application/json")
			_, _ = io.WriteString(w, `{"value":[]}`) // the desk may be gone
		default:
			refuses.answer(w, r)
		}
	}}
	id := d.arriving(day, notAllowed)
	d.askingWhy(day, id, whyAnswers{
		outbox.CauseCustomer: outbox.AnswerNo, outbox.CauseMerged: outbox.AnswerNo,
		outbox.CauseRole: outbox.AnswerYes,
	}, "You may not read timelines.", "CNTID_1000 is the key of customer")
	d.lookingAgain(day, id)

	refuses.name, refuses.only = "the role may not send any more", func(r *http.Request) bool { return r.Method == http.MethodPost }
	d.sending(refuses, journal.Refused, notAllowed, "Posting needs the role Contributor or Administrator")

	d.losingAnEntity(&badDay{
		name:   "the role does not show the entity any more",
		onset:  func() { d.service.sandbox.SetUnseen(entityPurchases) },
		mended: func() { d.service.sandbox.SetUnseen() },
	})
	d.finish()
	return d.cells
}

// losingAnEntity sends to an entity that the role does not show any more, and
// loads the entities again with something typed into its form.
func (d *badDesk) losingAnEntity(day *badDay) {
	d.t.Helper()
	d.sending(day, journal.Refused, notAllowed)
	d.typeNextPurchase()
	typed, place := d.typedState(), d.session.Place()
	d.begin(day)
	d.service.clock.pass(time.Second)
	d.refresh()
	d.idle()
	draft := d.compose.drafts.Of(draftKeyOf(place, entityPurchases))
	if _, listed := d.compose.entities.Row(entityPurchases); listed || draft == nil || d.compose.current == draft {
		d.t.Errorf("%s: it is listed: %v", day.name, listed)
	}
	d.over(day, whileLoading, "another one is shown; what was typed is kept for the day on which it is there again", d.noticeTexts(), entityPurchases)
	d.begin(nil)
	d.service.clock.pass(time.Second) // the list is another one
	d.refresh()
	d.idle()
	d.pick(entityPurchases)
	d.idle()
	if d.typedState() != typed || d.noticeTexts() != "" {
		d.t.Errorf("%s: the form holds %s, typed was %s", day.name, d.typedState(), typed)
	}
	d.dropNotices()
}

// throughTheDay goes through what is read after a send, with a day that begins
// once it is accepted, and through the rows of an entity.
func (d *badDesk) throughTheDay(day *badDay, parts ...string) {
	d.t.Helper()
	id := d.arriving(day, parts...)
	d.askingWhy(day, id, nil, parts...)
	d.lookingAgain(day, id)
	d.comparing(day, id, parts...)
	d.openingEntity(day, parts...)
	d.readingRows(day, parts...)
}

// endedSignInDays: somebody is signed in, the access runs out while they work and
// cannot be renewed.
func endedSignInDays(t *testing.T) []withstand.Cell {
	t.Helper()
	s := newBadService(t, goodToken)
	given := new(atomic.Int64)
	p := idptest.Start(idptest.Options{Now: s.clock.now, Token: func(idptest.Grant) string {
		return s.take(fmt.Sprintf("%s-%d", goodToken, given.Add(1)))
	}})
	t.Cleanup(p.Close)
	d := startSignedIn(t, s, p)
	refused := func(w http.ResponseWriter, r *http.Request) {
		failing(http.StatusUnauthorized, errorForms()[0], "Date", httpDate(s.clock.now())).answer(w, r)
	}
	for _, c := range []struct {
		name, says string
		fault      idptest.Fault
		answer     func(http.ResponseWriter, *http.Request)
		sent       journal.State
	}{
		{"the service takes no token any more, and none is given", "The identity provider could not be asked", idptest.Fault{Drop: true}, refused, journal.Refused},
		{"access runs out, and the identity provider does not answer", "The identity provider could not be asked", idptest.Fault{Drop: true}, nil, journal.Queued},
		{"access runs out, and the sign-in has ended", "Somebody has to sign in again", idptest.Fault{Error: "invalid_grant", Code: 50173}, nil, journal.Queued},
	} {
		c.fault.Endpoint, c.fault.Grant = idptest.Token, idptest.GrantRefresh
		day := &badDay{
			name: c.name, answer: c.answer,
			onset: func() {
				p.Fail(c.fault)
				if c.answer == nil {
					s.clock.pass(2 * time.Hour)
				}
			},
			mended: func() {
				p.Heal()
				s.clock.pass(10 * time.Minute) // a renewal that failed is not tried again at once
				if c.fault.Error != "" {
					d.signInByBrowser(p)
				}
			},
		}
		d.throughTheDay(day, c.says)
		d.sending(day, c.sent, c.says)
	}
	d.finish()
	return d.cells
}

// endedTokenDays: a pasted token ends while somebody works, who then pastes
// another one.
func endedTokenDays(t *testing.T) []withstand.Cell {
	t.Helper()
	token := tokenUntil(time.Now().Add(time.Hour))
	s := newBadService(t, token)
	d := badDeskAt(t, s, token)
	d.throughTheDay(&badDay{
		name:  "a pasted token ends",
		onset: func() { s.clock.pass(2 * time.Hour) },
		mended: func() {
			d.keep(access.Secrets{Token: s.take(tokenUntil(s.clock.now().Add(time.Hour))), Key: goodKey})
			d.connectionKept(d.connection)
			d.standInCoffee()
		},
	}, "has expired")
	d.finish()
	return d.cells
}
