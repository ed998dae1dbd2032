// The guard: which instances may be written to, and for how long.

package outbox

import (
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/activitydesk/activitydesk/client/metadata"
)

// UnlockFor is how long an instance stays unlocked.
const UnlockFor = 30 * time.Minute

// GuardKind says how an instance stands with the guard.
type GuardKind int

// The kinds.
const (
	GuardReadOnly GuardKind = iota // nothing is sent until it is unlocked
	GuardFree                      // exactly a sandbox or a trial
	GuardUnlocked                  // by a person, until a time
)

// GuardState is how an instance stands now.
type GuardState struct {
	Kind  GuardKind
	Until time.Time // GuardUnlocked: when it locks itself
}

// MaySend says whether something may be sent in this state.
func (s GuardState) MaySend() bool { return s.Kind != GuardReadOnly }

// Guard remembers which instances a person unlocked. It lives as long as the
// process: a new start begins read-only. It is safe for concurrent use.
type Guard struct {
	now func() time.Time

	mu       sync.Mutex
	unlocked map[string]*unlock // by instance id
}

// unlock is a person's word for one instance, until it is over.
type unlock struct {
	until time.Time
	timer *time.Timer
	over  chan struct{} // closed at its end: sends that still wait then stop
	once  sync.Once
}

func (u *unlock) end() {
	u.timer.Stop()
	u.once.Do(func() { close(u.over) })
}

// NewGuard makes a guard with everything locked; now nil is time.Now.
func NewGuard(now func() time.Time) *Guard {
	if now == nil {
		now = time.Now
	}
	return &Guard{now: now, unlocked: make(map[string]*unlock)}
}

// Unlock lets an instance that is not free be written to for UnlockFor, if
// typed is exactly its name (for one without a name, its label). The error is a
// *NameError.
func (g *Guard) Unlock(instanceID, name, typed string) error {
	if name == "" || typed != name {
		return &NameError{Name: name, Typed: typed}
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	if u := g.current(instanceID); u != nil {
		// Typed again before the end: what waits may go on waiting.
		u.until = g.now().Add(UnlockFor)
		u.timer.Reset(UnlockFor)
		return nil
	}
	g.lock(instanceID)
	u := &unlock{until: g.now().Add(UnlockFor), over: make(chan struct{})}
	u.timer = time.AfterFunc(UnlockFor, func() { u.once.Do(func() { close(u.over) }) })
	g.unlocked[guardKey(instanceID)] = u
	return nil
}

// Lock makes an instance read-only again. What is waiting to be sent to it is
// not sent; what is on its way cannot be called back.
func (g *Guard) Lock(instanceID string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.lock(instanceID)
}

func (g *Guard) lock(instanceID string) {
	if u := g.unlocked[guardKey(instanceID)]; u != nil {
		u.end()
		delete(g.unlocked, guardKey(instanceID))
	}
}

// guardKey is an instance's id in one spelling: the roots write both cases.
func guardKey(instanceID string) string { return strings.ToLower(instanceID) }

// State tells how an instance stands.
func (g *Guard) State(instance metadata.Instance) GuardState {
	if instance.Environment().Free() {
		return GuardState{Kind: GuardFree}
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	if u := g.current(instance.ID); u != nil {
		return GuardState{Kind: GuardUnlocked, Until: u.until}
	}
	return GuardState{}
}

// current is the unlock that holds for an instance, or nil.
func (g *Guard) current(instanceID string) *unlock {
	u := g.unlocked[guardKey(instanceID)]
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

// permit is what was captured at the click for one send: where it goes, and
// that the guard allowed it.
type permit struct {
	guard    *Guard
	instance metadata.Instance
	service  Poster
	base     string
	unlock   *unlock // nil: free
}

// permit decides whether to send to a target; the error is a *GuardError.
func (g *Guard) permit(t Target) (permit, error) {
	p := permit{guard: g, instance: t.Instance, service: t.Service}
	if t.Service != nil {
		p.base = t.Service.Base()
	}
	if t.Instance.Environment().Free() {
		return p, nil
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	if p.unlock = g.current(t.Instance.ID); p.unlock == nil {
		return permit{}, p.refusal()
	}
	return p, nil
}

// check says whether what was captured still holds, right before bytes leave:
// the same root and instance, and the same unlock. One that ended since is
// over, even if the instance was unlocked anew.
func (p permit) check() error {
	if p.service.Base() != p.base || !strings.EqualFold(p.service.Info().ID, p.instance.ID) {
		return fmt.Errorf("%w: the connection has changed since the click", ErrTarget)
	}
	if p.unlock == nil {
		return nil
	}
	p.guard.mu.Lock()
	defer p.guard.mu.Unlock()
	if p.guard.current(p.instance.ID) != p.unlock {
		return p.refusal()
	}
	return nil
}

// ended is done when the unlock is over; for a free instance never (nil).
func (p permit) ended() <-chan struct{} {
	if p.unlock == nil {
		return nil
	}
	return p.unlock.over
}

func (p permit) refusal() error {
	return &GuardError{Instance: p.instance, Environment: p.instance.Environment()}
}
