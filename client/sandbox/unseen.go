// What keeps an activity from being seen although it was stored: profiles that
// were merged, and entities that the caller's role does not show.

package sandbox

import (
	"fmt"
	"iter"
	"slices"
	"strings"

	"github.com/activitydesk/activitydesk/client/sandbox/internal/world"
)

// Merge is a profile that went into another one. Both are named by customer id
// or by the key that a source has for them.
type Merge struct{ From, Into string }

// ParseMerge reads FROM=INTO, such as CNTID_1001=CNTID_1000.
func ParseMerge(text string) (Merge, error) {
	from, into, ok := strings.Cut(text, "=")
	if !ok || from == "" || into == "" || from == into {
		return Merge{}, fmt.Errorf("a merge is written FROM=INTO, by customer ids or keys, such as CNTID_1001=CNTID_1000")
	}
	return Merge{from, into}, nil
}

// Merge lets a profile go into another one, in every instance that has both:
// its customer id is gone, its keys lead to the other, which has its activities
// too. Where no instance has both it is an error.
func (s *Service) Merge(m Merge) error {
	merged := false
	for _, in := range s.instances {
		from, okFrom := in.store.customerNamed(m.From)
		into, okInto := in.store.customerNamed(m.Into)
		if okFrom && okInto && from != into {
			in.store.merge(from, into)
			merged = true
		}
	}
	if !merged {
		return fmt.Errorf("no instance has two profiles %s and %s", m.From, m.Into)
	}
	return nil
}

// SetUnseen says which entities the caller's role does not show from now on:
// they are in no list, answer 403, and none of their activities is on a
// timeline.
func (s *Service) SetUnseen(entities ...string) {
	list := slices.Clone(entities)
	s.unseen.Store(&list)
}

// sees says whether the caller's role shows an entity.
func (c *call) sees(e *world.Entity) bool {
	return !slices.Contains(*c.unseen.Load(), e.DataName())
}

// rows are an entity's rows that the caller may see now.
func (c *call) rows(e *world.Entity) iter.Seq[world.Row] {
	all := c.in.store.rows(e, c.now)
	if e.Kind != world.KindUnifiedActivity || len(*c.unseen.Load()) == 0 {
		return all
	}
	return func(yield func(world.Row) bool) {
		for row := range all {
			if slices.Contains(*c.unseen.Load(), e.Text(row, "SourceTableName")) {
				continue
			}
			if !yield(row) {
				return
			}
		}
	}
}

// customerNamed finds a customer by id or by any source's key.
func (s *store) customerNamed(name string) (id string, ok bool) {
	if s.hasCustomer(name) {
		return name, true
	}
	for _, e := range s.world.Entities {
		if id, ok := s.customerByKey(e.DataName(), name); ok {
			return id, true
		}
	}
	return "", false
}

func (s *store) merge(from, into string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for old, now := range s.merged { // what went into it goes along
		if now == from {
			s.merged[old] = into
		}
	}
	s.merged[from] = into
}

// today is the id that a customer has now.
func (s *store) today(id string) string {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if into, merged := s.merged[id]; merged {
		return into
	}
	return id
}

func (s *store) hasCustomer(id string) bool {
	return s.world.HasCustomer(id) && s.today(id) == id
}

func (s *store) customerByKey(entity, key string) (id string, ok bool) {
	id, ok = s.world.CustomerByKey(entity, key)
	return s.today(id), ok
}

// keysOf lists a customer's keys, those of profiles that went into it last.
func (s *store) keysOf(id string) []world.SourceKey {
	keys := slices.Clone(s.world.KeysOf(id))
	s.mu.RLock()
	defer s.mu.RUnlock()
	var old []string
	for from, into := range s.merged {
		if into == id {
			old = append(old, from)
		}
	}
	slices.Sort(old)
	for _, from := range old {
		keys = append(keys, s.world.KeysOf(from)...)
	}
	return keys
}

// customerOf finds the customer that a row leads to, as world.CustomerOf does.
func (s *store) customerOf(e *world.Entity, row world.Row) (string, error) {
	id, err := s.world.CustomerOf(e, row)
	if err != nil {
		return "", err
	}
	today := s.today(id)
	if e.Kind == world.KindUnifiedActivity && today != id {
		return "", world.ErrNoCustomer // it named the id that is gone
	}
	return today, nil
}

// remade is a row of an entity that the product makes, as merged profiles leave
// it: activities and keys follow, all else of the old id is gone. The store is
// locked.
func (s *store) remade(e *world.Entity, row world.Row) (world.Row, bool) {
	if len(s.merged) == 0 || e.Source != "" {
		return row, true
	}
	at := e.Position(world.CustomerID)
	if at < 0 {
		return row, true
	}
	into, merged := s.merged[world.TextOf(row[at])]
	switch {
	case !merged:
		return row, true
	case e.Kind != world.KindUnifiedActivity && e.Kind != world.KindConflationMap:
		return nil, false
	}
	row = slices.Clone(row)
	row[at] = into
	return row, true
}
