// Telling others in this process what was written.

package journal

import "maps"

// Subscribe calls fn after every entry that this journal writes, on the
// writer's goroutine, with a copy that is fn's own; fn must return soon and not
// call the journal's Close. What other desks write is not told. cancel ends it;
// a call that is under way may still arrive after.
func (j *Journal) Subscribe(fn func(Entry)) (cancel func()) {
	s := &j.subscribers
	s.Lock()
	defer s.Unlock()
	if s.fns == nil {
		s.fns = make(map[int]func(Entry))
	}
	id := s.next
	s.next++
	s.fns[id] = fn
	return func() {
		s.Lock()
		defer s.Unlock()
		delete(s.fns, id)
	}
}

// publish tells the subscribers, outside of every lock.
func (j *Journal) publish(e Entry) {
	s := &j.subscribers
	s.Lock()
	fns := maps.Clone(s.fns)
	s.Unlock()
	for _, fn := range fns {
		fn(e.clone())
	}
}
