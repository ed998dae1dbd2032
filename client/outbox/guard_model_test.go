package outbox_test

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/activitydesk/activitydesk/client/outbox"
)

// model is what has to hold: a send passes only where the instance is free, or
// where this very request was confirmed, and a read-only instance is unlocked.
type model struct {
	rule     outbox.Rule
	until    time.Time
	words    map[int]*outbox.Confirmation // by body
	sent     int
	sequence []string
}

func TestNoSequenceOfGuardOperationsSendsWhatWasNotUnlockedAndConfirmed(t *testing.T) {
	allowed, refused := 0, 0
	for seed := range uint64(60) {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) { // which closes what it has opened
			s := &service{}
			r := newRig(t, s)
			random := rand.New(rand.NewPCG(seed, 7))
			m := &model{words: map[int]*outbox.Confirmation{}}
			for range 40 {
				yes, no := m.step(t, r, random)
				allowed, refused = allowed+yes, refused+no
				if posts, _ := s.stored(); posts != m.sent {
					t.Fatalf("%d requests, want %d after %v", posts, m.sent, m.sequence)
				}
			}
		})
	}
	if allowed < 100 || refused < 100 {
		t.Errorf("%d sends were allowed and %d refused: that tries little", allowed, refused)
	}
}

// step does one thing at random and answers whether something was sent or refused.
func (m *model) step(t *testing.T, r *rig, random *rand.Rand) (allowed, refused int) {
	t.Helper()
	body := random.IntN(2)
	request := r.request(production, fmt.Sprintf("OPID_%d", body))
	request.SameBodyAgain = true
	switch op := random.IntN(9); op {
	case 0, 1:
		m.rule = outbox.Rule(random.IntN(3))
		m.note("rule %s", m.rule)
		if op == 0 {
			r.rules.write("c1", production, m.rule) // by another desk
		} else {
			r.rules.set("c1", production, m.rule)
			r.guard.Sweep()
		}
		if r.guard.State("c1", production); op == 1 && m.rule != outbox.RuleReadOnly {
			m.until = time.Time{}
		}
	case 2:
		typed := production.Name[:len(production.Name)-random.IntN(2)]
		if err := r.guard.Unlock("c1", production, typed); err == nil {
			m.until = r.clock.Now().Add(outbox.UnlockFor)
		}
		m.note("unlock %q", typed)
	case 3:
		r.guard.Lock(production.ID)
		m.until = time.Time{}
		m.note("lock")
	case 4:
		r.clock.advance(time.Duration(random.IntN(20)) * time.Minute)
		m.note("time")
	case 5, 6:
		m.words[body] = outbox.Confirm(request)
		m.note("confirm %d", body)
	default:
		return m.send(t, r, request, body)
	}
	return 0, 0
}

func (m *model) send(t *testing.T, r *rig, request outbox.Request, body int) (allowed, refused int) {
	t.Helper()
	// The word that is at hand, or that for the other body.
	request.Confirmed = m.words[body]
	if request.Confirmed == nil {
		request.Confirmed = m.words[1-body]
	}
	if m.rule != outbox.RuleReadOnly {
		m.until = time.Time{} // the send reads the rule, and an unlock ends with it
	}
	word := m.words[body].Left() > 0
	unlocked := r.clock.Now().Before(m.until)
	may := m.rule == outbox.RuleFree || word && (m.rule == outbox.RuleAsk || unlocked)
	m.note("send %d", body)
	_, err := r.outbox.Send(t.Context(), request)
	if got := refusal(err) == "sent"; got != may {
		t.Fatalf("%v: error %v, want sent %v", m.sequence, err, may)
	}
	if !may {
		return 0, 1
	}
	m.sent++
	return 1, 0
}

func (m *model) note(format string, args ...any) {
	m.sequence = append(m.sequence, fmt.Sprintf(format, args...))
}
