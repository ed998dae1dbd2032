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
		m.mu.Lock()
		changes := m.waiting
		m.waiting = nil
		if len(changes) == 0 {
			m.writing = false
			m.mu.Unlock()
			return
		}
		m.mu.Unlock()
		err := m.store.Update(func(to *settings.Settings) {
			for _, change := range changes {
				change(to)
			}
		})
		if err != nil {
			m.failed(err)
		}
	}
}
