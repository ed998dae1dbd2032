// The rooms below the window: each has one job, and knows only the rooms that
// it needs.

package main

import (
	"maps"
	"slices"
	"testing"
)

// rooms are the packages below ui, each with those of them that it may import.
// None imports ui itself; a new one belongs here with its neighbours.
var rooms = map[string][]string{
	"ui/access":            {"ui/settings", "ui/tasks"},
	"ui/access/accesstest": nil,
	"ui/cli":               nil,
	"ui/display":           nil,
	"ui/e2e":               nil,
	"ui/early":             nil,
	"ui/guard":             {"ui/settings"},
	"ui/logging":           nil,
	"ui/match":             nil,
	"ui/people":            {"ui/words"},
	"ui/people/peopletest": nil,
	"ui/settings":          nil,
	"ui/shell":             nil,
	"ui/tasks":             nil,
	"ui/tasks/taskstest":   nil,
	"ui/timeline":          {"ui/people", "ui/words"},
	"ui/widgets":           nil,
	"ui/widgets/fit":       {"ui/widgets"},
	"ui/widgets/gallery":   {"ui/widgets"},
	"ui/zones":             nil,
	"ui/words":             {"ui/access", "ui/settings", "ui/tasks"},
	"ui/benchtest":         nil,
}

// TestTheRoomsBelowTheWindowKnowTheirNeighboursOnly keeps the direction of
// imports below ui.
func TestTheRoomsBelowTheWindowKnowTheirNeighboursOnly(t *testing.T) {
	found := packages(t)
	for _, name := range slices.Sorted(maps.Keys(rooms)) {
		if _, ok := found[name]; !ok {
			t.Errorf("there is no %s", name)
		}
	}
	for name, p := range found {
		if name == "ui" || !within(name, "ui") {
			continue
		}
		neighbours, known := rooms[name]
		if !known {
			t.Errorf("%s is in no list of rooms", name)
		}
		for _, path := range p.Imports {
			imported, mine := own(path)
			if mine && within(imported, "ui") && !slices.Contains(neighbours, imported) {
				t.Errorf("%s imports %s, which is none of its neighbours %q", name, imported, neighbours)
			}
		}
	}
}
