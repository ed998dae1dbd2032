// The permit of one send: what was captured at the click, and whether it still
// holds right before the bytes leave.

package outbox

import (
	"fmt"
	"strings"

	"github.com/activitydesk/activitydesk/client/metadata"
)

// permit is what was captured at the click for one send: where it goes, that the
// guard allowed it, and by what.
type permit struct {
	guard      *Guard
	connection string
	instance   metadata.Instance
	entity     string
	customer   string
	service    Poster
	base       string

	word      *Confirmation // nil: none was needed, or given
	id        identity
	confirmed bool
	unlock    *unlock // nil: it was not unlocked at the click

	over  chan struct{} // closed when it holds no more: a send that waits then stops
	ended error         // why; nil: it holds. Guarded by guard.mu.
}

// permit decides whether to send to a target. It uses up the word for the
// request, where there is one; the caller ends with release. The error is a
// *GuardError or a *ConfirmError.
func (g *Guard) permit(t Target, customer string, id identity, word *Confirmation) (*permit, error) {
	p := &permit{
		guard: g, connection: t.ConnectionID, instance: t.Instance,
		entity: t.Entity.DataName(), customer: customer,
		service: t.Service, base: t.Service.Base(), word: word, id: id, over: make(chan struct{}),
	}
	rule := g.rules.Rule(t.ConnectionID, t.Instance)
	g.mu.Lock()
	defer g.mu.Unlock()
	p.unlock = g.under(rule, t.ConnectionID, t.Instance.ID)
	p.confirmed = word.take(id)
	if err := p.examine(rule); err != nil {
		p.handBack()
		return nil, err
	}
	g.permits[p] = true
	return p, nil
}

// check says, as the rules are known, whether a request would be let through.
func (g *Guard) check(t Target, customer string, id identity, word *Confirmation) error {
	rule := g.rules.Known(t.ConnectionID, t.Instance)
	g.mu.Lock()
	defer g.mu.Unlock()
	p := &permit{
		guard: g, connection: t.ConnectionID, instance: t.Instance, entity: t.Entity.DataName(),
		customer: customer, confirmed: word.holds(id), over: make(chan struct{}),
	}
	p.unlock = g.under(rule, t.ConnectionID, t.Instance.ID)
	return p.examine(rule)
}

// examine ends the permit where the rule does not let it through. One that has
// ended is over, even if the rule or an unlock would allow it anew. The guard is
// locked.
func (p *permit) examine(rule Rule) error {
	if p.ended != nil {
		return p.ended
	}
	p.guard.under(rule, p.connection, p.instance.ID)
	switch {
	case rule == RuleFree, rule == RuleAsk && p.confirmed:
	case rule == RuleReadOnly && (p.unlock == nil || p.guard.current(p.connection, p.instance.ID) != p.unlock):
		p.ended = &GuardError{Instance: p.instance, Environment: p.instance.Environment()}
	case !p.confirmed:
		p.ended = &ConfirmError{
			Instance: p.instance, Environment: p.instance.Environment(), Entity: p.entity, Customer: p.customer, Count: 1,
		}
	}
	if p.ended != nil {
		close(p.over)
	}
	return p.ended
}

// check says whether what was captured still holds, right before bytes leave:
// the same root and instance, a rule that allows it, and the same unlock.
func (p *permit) check() error {
	if p.service.Base() != p.base || !strings.EqualFold(p.service.Info().ID, p.instance.ID) {
		return fmt.Errorf("%w: the connection has changed since the click", ErrTarget)
	}
	rule := p.guard.rules.Rule(p.connection, p.instance)
	p.guard.mu.Lock()
	defer p.guard.mu.Unlock()
	return p.examine(rule)
}

// refusal says why the permit is over.
func (p *permit) refusal() error {
	p.guard.mu.Lock()
	defer p.guard.mu.Unlock()
	return p.ended
}

// release ends a send: the guard watches it no more.
func (p *permit) release() {
	p.guard.mu.Lock()
	defer p.guard.mu.Unlock()
	delete(p.guard.permits, p)
}

// handBack gives a word back of which nothing came: nothing was written, and
// nothing can have left.
func (p *permit) handBack() {
	if p.confirmed {
		p.word.giveBack(p.id)
		p.confirmed = false
	}
}
