// Which groups of fields a person has folded, by entity, from one start to the
// next.

package ui

import (
	"slices"

	"github.com/activitydesk/activitydesk/ui/settings"
)

// foldMemory remembers folded groups. What the settings hold is read once for
// each entity, since changes of them are written later.
type foldMemory struct {
	env *Env
	by  map[string][]string // by the entity's data name: titles of groups
}

func newFoldMemory(env *Env) *foldMemory { return &foldMemory{env: env, by: map[string][]string{}} }

// Of gives the titles of an entity's folded groups.
func (m *foldMemory) Of(entity string) []string {
	titles, known := m.by[entity]
	if !known {
		titles = m.env.Settings().FoldedGroups[entity]
		m.by[entity] = titles
	}
	return titles
}

// Keep remembers them.
func (m *foldMemory) Keep(entity string, titles []string) {
	if slices.Equal(m.by[entity], titles) {
		return
	}
	m.by[entity] = titles
	m.env.Remember(func(s *settings.Settings) {
		if len(titles) == 0 {
			delete(s.FoldedGroups, entity)
			return
		}
		if s.FoldedGroups == nil {
			s.FoldedGroups = map[string][]string{}
		}
		s.FoldedGroups[entity] = titles
	})
}
