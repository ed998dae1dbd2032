// Remembering: changes of the settings are written one after the other, off
// the UI goroutine.

package settings

import (
	"context"
	"sync"
)

// writer runs work whose outcome must be recorded, off the UI goroutine.
type writer interface {
	GoWrite(work func(ctx context.Context))
}

// Memory writes changes of the settings in the order in which they were made.
type Memory struct {
	store  *Store
	tasks  writer
	failed func(error)

	order   sync.Mutex // held while changes are taken and written, so that none overtakes another
	mu      sync.Mutex
	waiting []func(*Settings)
	writing bool
}

// NewMemory makes the one memory of a desk: it writes to the store by the tasks,
// and tells failed, on a goroutine of theirs, what could not be written.
func NewMemory(store *Store, tasks writer, failed func(error)) *Memory {
	return &Memory{store: store, tasks: tasks, failed: failed}
}

// Remember has a change written soon. Changes that come while one is being
// written are written together.
func (m *Memory) Remember(change func(*Settings)) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.waiting = append(m.waiting, change)
	if m.writing {
		return
	}
	m.writing = true
	m.tasks.GoWrite(func(context.Context) { m.write() })
}

// Busy says whether changes are not in the file yet.
func (m *Memory) Busy() bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.writing
}

func (m *Memory) write() {
	for {
		m.order.Lock()
		changes, more := m.take()
		var err error
		if more {
			err = m.update(changes)
		}
		m.order.Unlock()
		if !more {
			return
		}
		if err != nil {
			m.failed(err)
		}
	}
}

// take answers the changes that wait; false: there are none, and the writing ends.
func (m *Memory) take() ([]func(*Settings), bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	changes := m.waiting
	m.waiting = nil
	m.writing = len(changes) > 0
	return changes, m.writing
}

func (m *Memory) update(changes []func(*Settings)) error {
	return m.store.Update(func(to *Settings) {
		for _, change := range changes {
			change(to)
		}
	})
}

// RememberHere writes a change on the caller's own goroutine of Tasks, after those
// that wait, and answers when it is in the file. It works while the desk is
// closing as well.
func (m *Memory) RememberHere(change func(*Settings)) error {
	m.order.Lock()
	defer m.order.Unlock()
	m.mu.Lock()
	changes := append(m.waiting, change)
	m.waiting = nil
	m.mu.Unlock()
	return m.update(changes)
}
