// Remembering: changes of the settings are written one after the other, off
// the UI goroutine.

package ui

import (
	"context"
	"sync"

	"github.com/activitydesk/activitydesk/ui/settings"
)

// memory writes changes of the settings in the order in which they were made.
type memory struct {
	store  *settings.Store
	tasks  *Tasks
	failed func(error) // on a goroutine of tasks

	order   sync.Mutex // held while changes are taken and written, so that none overtakes another
	mu      sync.Mutex
	waiting []func(*settings.Settings)
	writing bool
}

// remember has a change written soon. Changes that come while one is being
// written are written together.
func (m *memory) remember(change func(*settings.Settings)) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.waiting = append(m.waiting, change)
	if m.writing {
		return
	}
	m.writing = true
	m.tasks.GoWrite(func(context.Context) { m.write() })
}

// busy says whether changes are not in the file yet.
func (m *memory) busy() bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.writing
}

func (m *memory) write() {
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
func (m *memory) take() ([]func(*settings.Settings), bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	changes := m.waiting
	m.waiting = nil
	m.writing = len(changes) > 0
	return changes, m.writing
}

func (m *memory) update(changes []func(*settings.Settings)) error {
	return m.store.Update(func(to *settings.Settings) {
		for _, change := range changes {
			change(to)
		}
	})
}

// rememberHere writes a change on the caller's own goroutine of Tasks, after those
// that wait, and answers when it is in the file. It works while the desk is
// closing as well.
func (m *memory) rememberHere(change func(*settings.Settings)) error {
	m.order.Lock()
	defer m.order.Unlock()
	m.mu.Lock()
	changes := append(m.waiting, change)
	m.waiting = nil
	m.mu.Unlock()
	return m.update(changes)
}
