package outbox_test

import (
	"errors"
	"testing"

	"github.com/activitydesk/activitydesk/client/outbox"
	"github.com/activitydesk/activitydesk/client/redact"
)

const knownSecret = "known-secret-0123456789abcdef"

func TestASecretIsNotSentAsDataAndNotWrittenDown(t *testing.T) {
	s := &service{}
	r := newRig(t, s)
	r.outbox = outbox.New(outbox.Options{
		Journal: r.journal, Guard: r.guard, Now: r.clock.Now, Sleep: r.clock.Sleep, Redact: redact.New(knownSecret),
	})
	inBody, inCaller := r.request(coffee, "OPID_1"), r.request(coffee, "OPID_2")
	inBody.Body = []byte(`{"PurchaseId":"OPID_1","Note":"Bearer known-secret-\n0123456789abcdef"}`)
	inCaller.Options.Caller = "desk/" + knownSecret
	for name, request := range map[string]outbox.Request{"the body": inBody, "the caller": inCaller} {
		if _, err := r.outbox.Send(t.Context(), request); !errors.Is(err, outbox.ErrSecret) {
			t.Errorf("%s holds a secret: %v", name, err)
		}
	}
	if posts, _ := s.stored(); posts != 0 || len(r.entries()) != 0 {
		t.Errorf("%d requests, %d entries", posts, len(r.entries()))
	}
	if _, err := r.outbox.Send(t.Context(), r.request(coffee, "OPID_3")); err != nil {
		t.Errorf("an ordinary activity: %v", err)
	}
}

func TestWhatBecameASecretSinceIsNotSentAgain(t *testing.T) {
	s := &service{}
	r := newRig(t, s)
	e := uncertain(t, r, s, false)
	known := redact.New("OPID_1\",\"ContactId\":\"CNTID_1000") // whatever it is
	r.outbox = outbox.New(outbox.Options{Journal: r.journal, Guard: r.guard, Now: r.clock.Now, Sleep: r.clock.Sleep, Redact: known})
	if _, err := r.outbox.SendAgain(t.Context(), e.ID, r.target(coffee), nil); !errors.Is(err, outbox.ErrSecret) {
		t.Errorf("error is %v", err)
	}
	r.mustBe(r.kept(e.ID), "uncertain")
	if posts, _ := s.stored(); posts != 0 { // the first one was answered before it was counted
		t.Errorf("%d requests", posts)
	}
}
