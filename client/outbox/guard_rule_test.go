package outbox_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/activitydesk/activitydesk/client/journal"
	"github.com/activitydesk/activitydesk/client/metadata"
	"github.com/activitydesk/activitydesk/client/outbox"
)

// ofType is an instance of a type.
func ofType(kind string) metadata.Instance {
	return metadata.Instance{ID: "3b7c7f55-0000-4000-8000-0000000000f1", Name: "Fabrikam", Type: kind}
}

// refusal is what an error of the guard asks for.
func refusal(err error) string {
	var locked *outbox.GuardError
	var unasked *outbox.ConfirmError
	switch {
	case err == nil:
		return "sent"
	case errors.As(err, &locked):
		return "unlock"
	case errors.As(err, &unasked):
		return "confirm"
	}
	return err.Error()
}

// cell is one field of the table: what holds for an instance, and what a send to
// it comes to.
type cell struct {
	kind                string // of the instance
	rule                string // as it was chosen; empty: it was not
	unlocked, confirmed bool
}

// want says in the words of refusal what has to come of it.
func (c cell) want() string {
	holds := c.rule
	if holds == "" {
		holds = outbox.DefaultRule(ofType(c.kind).Environment()).String()
	}
	switch {
	case holds == "read-only" && !c.unlocked:
		return "unlock"
	case holds != "free" && !c.confirmed:
		return "confirm"
	default:
		return "sent"
	}
}

func TestEveryEnvironmentRuleUnlockAndWordTogetherSendOrSendNothing(t *testing.T) {
	var cells []cell
	for _, kind := range []string{"sandbox", "trial", "Production", "", "sandbox ", "anything"} {
		for _, rule := range []string{"", "free", "ask", "read-only"} {
			for i := range 4 {
				cells = append(cells, cell{kind, rule, i&1 != 0, i&2 != 0})
			}
		}
	}
	came := map[string]int{}
	for _, c := range cells {
		came[c.want()]++
		t.Run(fmt.Sprintf("%q %q unlocked=%v confirmed=%v", c.kind, c.rule, c.unlocked, c.confirmed), func(t *testing.T) { c.try(t) })
	}
	if len(cells) != 96 || came["sent"] == 0 || came["unlock"] == 0 || came["confirm"] == 0 {
		t.Errorf("%d cells: %v", len(cells), came)
	}
}

// try sends in one cell and counts what the service sees.
func (c cell) try(t *testing.T) {
	requests, in := 0, ofType(c.kind)
	r := newRig(t, &service{before: func(http.ResponseWriter, *http.Request) bool { requests++; return false }})
	if c.rule != "" {
		r.rules.set("c1", in, outbox.ParseRule(c.rule))
	}
	if c.unlocked {
		if err := r.guard.Unlock("c1", in, in.Name); err != nil {
			t.Fatal(err)
		}
	}
	request := r.request(in, "OPID_1")
	if c.confirmed {
		request.Confirmed = outbox.Confirm(request)
	}
	if got := refusal(r.outbox.Check(request)); got != c.want() {
		t.Errorf("the check says %s, want %s", got, c.want())
	}
	e, err := r.outbox.Send(t.Context(), request)
	if got := refusal(err); got != c.want() {
		t.Errorf("it is %s, want %s", got, c.want())
	}
	if c.want() == "sent" {
		r.mustBe(e, journal.Accepted)
		return
	}
	if requests != 0 || len(r.entries()) != 0 || e.ID != "" {
		t.Errorf("%d requests, %d entries", requests, len(r.entries()))
	}
}

func TestAnUnknownWordIsReadOnly(t *testing.T) {
	for word, want := range map[string]outbox.Rule{
		"free": outbox.RuleFree, "ask": outbox.RuleAsk, "read-only": outbox.RuleReadOnly,
		"": outbox.RuleReadOnly, "maybe": outbox.RuleReadOnly, "Free": outbox.RuleReadOnly, "free ": outbox.RuleReadOnly,
	} {
		if got := outbox.ParseRule(word); got != want {
			t.Errorf("%q is %s, want %s", word, got, want)
		}
	}
}

func TestAWordHoldsForTheVeryRequestThatItWasGivenForAndOnce(t *testing.T) {
	base := func(r *rig) outbox.Request { return r.request(production, "OPID_1") }
	edits := map[string]func(r *rig, to *outbox.Request){
		"another body":       func(_ *rig, to *outbox.Request) { to.Body = bodyOf("OPID_2") },
		"a space":            func(_ *rig, to *outbox.Request) { to.Body = append(slices.Clone(to.Body), ' ') },
		"another entity":     func(_ *rig, to *outbox.Request) { to.Target.Entity = contacts },
		"a profile":          func(_ *rig, to *outbox.Request) { to.ProfileID = "p" },
		"another connection": func(_ *rig, to *outbox.Request) { to.Target.ConnectionID = "c2" },
		"another root": func(_ *rig, to *outbox.Request) {
			turned := true
			to.Target.Service = turning{to.Target.Service, &turned}
		},
		"another instance": func(r *rig, to *outbox.Request) {
			other := production
			other.ID = "3b7c7f55-0000-4000-8000-0000000000f2"
			to.Target = r.target(other)
		},
		"kept for longer": func(r *rig, to *outbox.Request) { to.Options.ValidUntil = r.clock.Now().Add(time.Hour) },
		"another caller":  func(_ *rig, to *outbox.Request) { to.Options.Caller = "somebody" },
	}
	for name, edit := range edits {
		t.Run(name, func(t *testing.T) {
			s := &service{}
			r := newRig(t, s)
			request := base(r)
			word := outbox.Confirm(request)
			edit(r, &request)
			request.Confirmed = word
			for _, connection := range []string{"c1", "c2"} {
				r.rules.set(connection, request.Target.Instance, outbox.RuleAsk)
			}
			if _, err := r.outbox.Send(t.Context(), request); refusal(err) != "confirm" {
				t.Errorf("error is %v", err)
			}
			if posts, _ := s.stored(); posts != 0 || word.Left() != 1 {
				t.Errorf("%d requests, the word is left %d times", posts, word.Left())
			}
		})
	}
	t.Run("once", func(t *testing.T) {
		s := &service{}
		r := newRig(t, s)
		r.rules.set("c1", production, outbox.RuleAsk)
		request := r.confirmed(production, "OPID_1")
		if _, err := r.outbox.Send(t.Context(), request); err != nil {
			t.Fatal(err)
		}
		request.SameBodyAgain = true
		if _, err := r.outbox.Send(t.Context(), request); refusal(err) != "confirm" {
			t.Errorf("the second time: error is %v", err)
		}
		if posts, _ := s.stored(); posts != 1 {
			t.Errorf("%d requests", posts)
		}
	})
}

func TestAQuestionThatComesBeforeTheSendLeavesTheWord(t *testing.T) {
	r := newRig(t, &service{})
	r.rules.set("c1", production, outbox.RuleAsk)
	if _, err := r.outbox.Send(t.Context(), r.confirmed(production, "OPID_1")); err != nil {
		t.Fatal(err)
	}
	again := r.confirmed(production, "OPID_1")
	var duplicate *outbox.DuplicateError
	if _, err := r.outbox.Send(t.Context(), again); !errors.As(err, &duplicate) || again.Confirmed.Left() != 1 {
		t.Fatalf("error is %v, the word is left %d times", err, again.Confirmed.Left())
	}
	again.SameBodyAgain = true
	e, err := r.outbox.Send(t.Context(), again)
	if err != nil {
		t.Fatal(err)
	}
	r.mustBe(e, journal.AlreadyThere)
}

func TestAFileOfRowsIsConfirmedByOneWordForAllOfThem(t *testing.T) {
	s := &service{}
	r := newRig(t, s)
	r.rules.set("c1", production, outbox.RuleAsk)
	var requests []outbox.Request
	for i := range 5 {
		requests = append(requests, r.request(production, fmt.Sprintf("OPID_%d", i)))
	}
	word := outbox.Confirm(requests...)
	if word.Left() != 5 {
		t.Errorf("the word is for %d", word.Left())
	}
	requests = append(requests, r.request(production, "OPID_not_among_them"))
	for i, request := range requests {
		request.Confirmed = word
		_, err := r.outbox.Send(t.Context(), request)
		if want := map[bool]string{true: "sent", false: "confirm"}[i < 5]; refusal(err) != want {
			t.Errorf("row %d: %v, want %s", i, err, want)
		}
	}
	if posts, stored := s.stored(); posts != 5 || stored != 5 || word.Left() != 0 {
		t.Errorf("%d requests, %d stored", posts, stored)
	}
}

func TestSendingAgainObeysTheSameRule(t *testing.T) {
	s := &service{}
	r := newRig(t, s)
	e := uncertain(t, r, s, false)
	before, _ := s.stored()
	r.rules.set("c1", coffee, outbox.RuleAsk)
	target := r.target(coffee)
	other := e
	other.BodyDigest = journal.Digest([]byte("{}"))
	for name, word := range map[string]*outbox.Confirmation{"no word": nil, "the word for another": outbox.ConfirmAgain(other, target)} {
		if _, err := r.outbox.SendAgain(t.Context(), e.ID, target, word); refusal(err) != "confirm" {
			t.Errorf("%s: error is %v", name, err)
		}
	}
	r.rules.set("c1", coffee, outbox.RuleReadOnly)
	if _, err := r.outbox.SendAgain(t.Context(), e.ID, target, outbox.ConfirmAgain(e, target)); refusal(err) != "unlock" {
		t.Errorf("read-only: error is %v", err)
	}
	if posts, _ := s.stored(); posts != before || r.kept(e.ID).State != journal.Uncertain {
		t.Errorf("%d requests, state %s", posts-before, r.kept(e.ID).State)
	}
	r.rules.set("c1", coffee, outbox.RuleAsk)
	again, err := r.outbox.SendAgain(t.Context(), e.ID, target, outbox.ConfirmAgain(e, target))
	if err != nil {
		t.Fatal(err)
	}
	r.mustBe(again, journal.Accepted)
}

// Whatever tightens the rule while a send waits for the end of a 429: it is not
// sent a second time, and stays queued as never sent.
func TestATightenedRuleStopsWhatIsStillQueued(t *testing.T) {
	cases := map[string]struct {
		begin outbox.Rule
		then  func(r *rig)
		want  string
	}{
		"another desk, free to read-only":         {outbox.RuleFree, func(r *rig) { r.rules.write("c1", coffee, outbox.RuleReadOnly) }, "unlock"},
		"another desk, ask to read-only":          {outbox.RuleAsk, func(r *rig) { r.rules.write("c1", coffee, outbox.RuleReadOnly) }, "unlock"},
		"here, to read-only":                      {outbox.RuleFree, func(r *rig) { r.rules.set("c1", coffee, outbox.RuleReadOnly); r.guard.Sweep() }, "unlock"},
		"here, to read-only and back":             {outbox.RuleFree, func(r *rig) { flip(r, outbox.RuleReadOnly, outbox.RuleFree) }, "unlock"},
		"here, to read-only, and then unlocked":   {outbox.RuleFree, func(r *rig) { flip(r, outbox.RuleReadOnly, outbox.RuleReadOnly) }, "unlock"},
		"here, free to ask":                       {outbox.RuleFree, func(r *rig) { flip(r, outbox.RuleAsk, outbox.RuleAsk) }, "confirm"},
		"here, ask to free: goes on":              {outbox.RuleAsk, func(r *rig) { flip(r, outbox.RuleFree, outbox.RuleFree) }, "sent"},
		"another connection's rule: goes on":      {outbox.RuleFree, func(r *rig) { r.rules.write("c2", coffee, outbox.RuleReadOnly) }, "sent"},
		"confirmed, asked all the while: goes on": {outbox.RuleAsk, func(r *rig) { flip(r, outbox.RuleAsk, outbox.RuleAsk) }, "sent"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			s := &service{}
			limited := 0
			s.before = func(w http.ResponseWriter, _ *http.Request) bool {
				if limited++; limited == 1 {
					answer(w, 429, map[string]any{"statusCode": 429})
				}
				return limited == 1
			}
			r := newRig(t, s)
			r.rules.set("c1", coffee, c.begin)
			request := r.request(coffee, "OPID_1")
			if c.begin == outbox.RuleAsk {
				request.Confirmed = outbox.Confirm(request)
			}
			r.clock.onSleep = func(context.Context, time.Duration) error { c.then(r); return nil }
			e, err := r.outbox.Send(t.Context(), request)
			if got := refusal(err); got != c.want {
				t.Errorf("it is %s, want %s", got, c.want)
			}
			if c.want == "sent" {
				r.mustBe(e, journal.Accepted)
				return
			}
			r.mustBe(e, journal.Queued)
			if limited != 1 || !e.NeverSent() {
				t.Errorf("%d requests; entry %+v", limited, e)
			}
		})
	}
}

// flip changes the rule here, twice, as a person does in the window.
func flip(r *rig, first, second outbox.Rule) {
	for _, rule := range []outbox.Rule{first, second} {
		r.rules.set("c1", coffee, rule)
		r.guard.Sweep()
	}
	if second == outbox.RuleReadOnly {
		if err := r.guard.Unlock("c1", coffee, coffee.Name); err != nil {
			r.t.Error(err)
		}
	}
}

func TestATightenedRuleEndsAWaitAtOnce(t *testing.T) {
	r := newRig(t, &service{})
	request := r.request(coffee, "OPID_1")
	h := held{Poster: request.Target.Service, waiting: make(chan struct{})}
	request.Target.Service = h
	go func() {
		<-h.waiting
		r.rules.set("c1", coffee, outbox.RuleAsk)
		r.guard.Sweep()
	}()
	ctx, cancel := context.WithTimeout(t.Context(), patience) // or it would wait for ever
	defer cancel()
	e, err := r.outbox.Send(ctx, request)
	if refusal(err) != "confirm" || !e.NeverSent() {
		t.Errorf("error is %v, entry %+v", err, e)
	}
}

func TestAnUnlockIsOfOneConnectionAndEndsWithTheRule(t *testing.T) {
	r := newRig(t, &service{})
	r.unlock()
	if !r.guard.State("c1", production).Unlocked() || r.guard.State("c2", production).MaySend() {
		t.Error("typed for one connection, it holds for another, or for none")
	}
	r.rules.set("c1", production, outbox.RuleAsk)
	if s := r.guard.State("c1", production); s.Unlocked() || s.Rule != outbox.RuleAsk {
		t.Errorf("state %+v", s)
	}
	r.rules.set("c1", production, outbox.RuleReadOnly)
	if r.guard.State("c1", production).MaySend() {
		t.Error("the unlock came back with the rule")
	}
	r.unlock()
	if err := r.guard.Unlock("c2", production, production.Name); err != nil {
		t.Fatal(err)
	}
	r.guard.Lock(strings.ToUpper(production.ID))
	if r.guard.State("c1", production).MaySend() || r.guard.State("c2", production).MaySend() {
		t.Error("locking it leaves it open by another connection")
	}
}
