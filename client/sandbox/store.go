// What was posted to an instance and what was changed in its profiles, over
// the world that it began with.

package sandbox

import (
	"bytes"
	"iter"
	"slices"
	"sync"
	"time"

	"github.com/activitydesk/activitydesk/client/sandbox/internal/world"
)

// record is a row with the time in which it is read. It is not changed.
type record struct {
	row   world.Row
	since time.Time // zero: always
	until time.Time // zero: for ever
}

func (r record) readable(now time.Time) bool {
	return !now.Before(r.since) && r.kept(now)
}

func (r record) kept(now time.Time) bool { return r.until.IsZero() || now.Before(r.until) }

// change is a field of a profile that was updated for some time.
type change struct {
	value any
	until time.Time
}

// store is one instance's data. It is safe for concurrent use.
type store struct {
	world *world.World

	mu      sync.RWMutex
	posted  map[string][]record             // by data name, in the order of arrival
	keys    map[string]map[string]time.Time // data name → key → kept until
	expires map[string]time.Time            // data name → when the first of its rows expires
	changes map[string]map[string]change    // customer id → field
	merged  map[string]string               // customer id that is gone → the one that it went into
}

func newStore(w *world.World) *store {
	return &store{
		world:   w,
		posted:  map[string][]record{},
		keys:    map[string]map[string]time.Time{},
		expires: map[string]time.Time{},
		changes: map[string]map[string]change{},
		merged:  map[string]string{},
	}
}

// rows gives what can be read of an entity now. The store is locked for
// writing as long as they are gone through.
func (s *store) rows(e *world.Entity, now time.Time) iter.Seq[world.Row] {
	return func(yield func(world.Row) bool) {
		s.mu.RLock()
		defer s.mu.RUnlock()
		isCustomer := e.Source == "" && e.Name == world.Customer
		for _, row := range e.Rows {
			if isCustomer {
				row = s.changed(e, row, now)
			}
			row, ok := s.remade(e, row)
			if ok && !yield(row) {
				return
			}
		}
		for _, rec := range s.posted[e.DataName()] {
			row, ok := s.remade(e, rec.row)
			if ok && rec.readable(now) && !yield(row) {
				return
			}
		}
	}
}

// changed is a customer's row with what was updated and is still kept.
func (s *store) changed(e *world.Entity, row world.Row, now time.Time) world.Row {
	changes := s.changes[world.TextOf(row[0])]
	if len(changes) == 0 {
		return row
	}
	row = append(world.Row(nil), row...)
	for field, ch := range changes {
		if now.Before(ch.until) {
			row[e.Position(field)] = ch.value
		}
	}
	return row
}

// postedTo lists what was posted to an entity and is kept, visible or not yet.
func (s *store) postedTo(e *world.Entity, now time.Time) []world.Row {
	s.mu.RLock()
	defer s.mu.RUnlock()
	var list []world.Row
	for _, rec := range s.posted[e.DataName()] {
		if rec.kept(now) {
			list = append(list, rec.row)
		}
	}
	return list
}

// addition is a row that a post puts into an entity.
type addition struct {
	entity *world.Entity
	row    world.Row
	since  time.Time // when it can be read
}

// add stores rows, all or none. It answers false where a key is there already.
// Rows that expired make room for their keys.
func (s *store) add(rows []addition, now, until time.Time) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, a := range rows {
		s.forgetExpired(a.entity.DataName(), now)
		if s.taken(a.entity, a.entity.Text(a.row, a.entity.Key)) {
			return false
		}
	}
	for _, a := range rows {
		name := a.entity.DataName()
		s.posted[name] = append(s.posted[name], record{row: a.row, since: a.since, until: until})
		if s.keys[name] == nil {
			s.keys[name] = map[string]time.Time{}
		}
		s.keys[name][a.entity.Text(a.row, a.entity.Key)] = until
		if first, ok := s.expires[name]; !ok || until.Before(first) {
			s.expires[name] = until
		}
	}
	return true
}

func (s *store) taken(e *world.Entity, key string) bool {
	if e.HasKey(key) {
		return true
	}
	_, posted := s.keys[e.DataName()][key]
	return posted
}

// forgetExpired drops what is not kept any more. The clock can be moved back,
// but what expired once does not come back.
func (s *store) forgetExpired(name string, now time.Time) {
	if first, ok := s.expires[name]; !ok || now.Before(first) {
		return
	}
	delete(s.expires, name)
	for key, until := range s.keys[name] {
		if !now.Before(until) {
			delete(s.keys[name], key)
		} else if first, ok := s.expires[name]; !ok || until.Before(first) {
			s.expires[name] = until
		}
	}
	s.posted[name] = slices.DeleteFunc(s.posted[name], func(rec record) bool { return !rec.kept(now) })
}

// change updates fields of a customer's profile.
func (s *store) change(customerID string, fields map[string]any, until time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.changes[customerID] == nil {
		s.changes[customerID] = map[string]change{}
	}
	for field, value := range fields {
		s.changes[customerID][field] = change{value: value, until: until}
	}
}

// encodeRow writes a row as a JSON object: the chosen attributes, all for nil,
// in the metadata's order.
func encodeRow(e *world.Entity, row world.Row, chosen map[string]bool) []byte {
	var buf bytes.Buffer
	writeRow(&buf, e, row, chosen)
	buf.WriteByte('}')
	return buf.Bytes()
}

// writeRow writes an object without its end, so that more can follow.
func writeRow(buf *bytes.Buffer, e *world.Entity, row world.Row, chosen map[string]bool) {
	buf.WriteByte('{')
	first := true
	for i, a := range e.Attributes {
		if chosen != nil && !chosen[a.Name] {
			continue
		}
		if !first {
			buf.WriteByte(',')
		}
		first = false
		world.WriteJSON(buf, a.Name)
		buf.WriteByte(':')
		world.WriteJSON(buf, row[i])
	}
}
