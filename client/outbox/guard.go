// The guard: which instances may be written to, and for how long.

package outbox

import (
	"strings"
	"sync"
	"time"

	"github.com/activitydesk/activitydesk/client/metadata"
	"github.com/activitydesk/activitydesk/client/panics"
)

// UnlockFor is how long an instance stays unlocked.
const UnlockFor = 30 * time.Minute

// GuardState is how an instance stands now.
type GuardState struct {
	Rule  Rule
	Until time.Time // RuleReadOnly: unlocked by a person, until this time; zero: it is not
}

// MaySend says whether something may be sent in this state, asked or not.
func (s GuardState) MaySend() bool { return s.Rule != RuleReadOnly || s.Unlocked() }

// Asks says whether each send has to be confirmed: also while an instance is
// unlocked, for nothing that is sent can be taken back.
func (s GuardState) Asks() bool { return s.Rule == RuleAsk || s.Unlocked() }

// Unlocked says whether a person has unlocked a read-only instance.
func (s GuardState) Unlocked() bool { return !s.Until.IsZero() }

// Guard holds the rules of instances, and remembers which of them a person
// unlocked. It lives as long as the process: a new start begins locked. It is
// safe for concurrent use.
type Guard struct {
	now   func() time.Time
	rules Rules

	mu       sync.Mutex
	unlocked map[unlockKey]*unlock
	permits  map[*permit]bool // of the sends under way
}

// unlockKey is what a person unlocks: an instance as one connection reaches it.
type unlockKey struct{ connection, instance string }

func keyOf(connectionID, instanceID string) unlockKey {
	return unlockKey{connectionID, strings.ToLower(instanceID)} // the roots write both cases
}

// unlock is a person's word for one instance, until it is over.
type unlock struct {
	until time.Time
	timer *time.Timer // sweeps at its end
}

// NewGuard makes a guard with everything locked. Without rules each instance has
// that of its type; now nil is time.Now.
func NewGuard(now func() time.Time, rules Rules) *Guard {
	if now == nil {
		now = time.Now
	}
	if rules == nil {
		rules = defaults{}
	}
	return &Guard{now: now, rules: rules, unlocked: make(map[unlockKey]*unlock), permits: make(map[*permit]bool)}
}

// Unlock lets a read-only instance be written to by one connection for
// UnlockFor, if typed is exactly its name (for one without a name, its label).
// The error is a *NameError.
func (g *Guard) Unlock(connectionID string, in metadata.Instance, typed string) error {
	if err := CheckName(in, typed); err != nil {
		return err
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	if u := g.current(connectionID, in.ID); u != nil {
		// Typed again before the end: what waits may go on waiting.
		u.until = g.now().Add(UnlockFor)
		u.timer.Reset(UnlockFor)
		return nil
	}
	g.forget(keyOf(connectionID, in.ID))
	g.unlocked[keyOf(connectionID, in.ID)] = &unlock{
		until: g.now().Add(UnlockFor),
		timer: time.AfterFunc(UnlockFor, func() {
			defer panics.Guard("locking an instance again")
			g.Sweep()
		}),
	}
	return nil
}

// CheckName says whether what was typed is the instance's name, which is asked
// for before it is unlocked or its rule loosened. The error is a *NameError.
func CheckName(in metadata.Instance, typed string) error {
	if in.ID == "" || typed != in.Label() {
		return &NameError{Name: in.Label(), Typed: typed}
	}
	return nil
}

// Lock makes an instance read-only again, whichever connection it was unlocked
// by. What is waiting to be sent to it is not sent; what is on its way cannot be
// called back.
func (g *Guard) Lock(instanceID string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	for key := range g.unlocked {
		if key.instance == strings.ToLower(instanceID) {
			g.forget(key)
		}
	}
	g.sweep()
}

func (g *Guard) forget(key unlockKey) {
	if u := g.unlocked[key]; u != nil {
		u.timer.Stop()
		delete(g.unlocked, key)
	}
}

// State tells how an instance stands for a connection, as the rules are known.
func (g *Guard) State(connectionID string, in metadata.Instance) GuardState {
	s := GuardState{Rule: g.rules.Known(connectionID, in)}
	g.mu.Lock()
	defer g.mu.Unlock()
	if u := g.under(s.Rule, connectionID, in.ID); u != nil {
		s.Until = u.until
	}
	return s
}

// under is the unlock that holds for an instance under a rule, or nil. Where it
// is not read-only any more an unlock is over: it does not come back with the rule.
func (g *Guard) under(r Rule, connectionID, instanceID string) *unlock {
	if r != RuleReadOnly {
		g.forget(keyOf(connectionID, instanceID))
	}
	return g.current(connectionID, instanceID)
}

// Sweep stops what still waits to be sent and may not be sent any more. Whoever
// changes a rule, or learns that another desk has, calls it.
func (g *Guard) Sweep() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.sweep()
}

func (g *Guard) sweep() {
	for p := range g.permits {
		_ = p.examine(g.rules.Known(p.connection, p.instance)) // the send itself tells why
	}
}

// current is the unlock that holds for an instance, or nil.
func (g *Guard) current(connectionID, instanceID string) *unlock {
	u := g.unlocked[keyOf(connectionID, instanceID)]
	if u == nil || passed(g.now(), u.until) {
		return nil
	}
	return u
}

// passed goes by both of a computer's clocks: the one that cannot be set stands
// still while the computer sleeps, and half an hour is not to last overnight.
func passed(now, until time.Time) bool {
	return !now.Before(until) || !now.Round(0).Before(until.Round(0))
}
