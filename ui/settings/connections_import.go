// Taking in connections of a file: what each of them would do to those that are
// here, so that a person can be asked before anything is changed.

package settings

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/google/uuid"
)

// Arrival says what a connection of a file is to those that are here.
type Arrival int

// The arrivals.
const (
	ArrivesNew     Arrival = iota // none is like it
	ArrivesSame                   // it is here, the same in everything
	ArrivesChanged                // the one with its id would be changed
)

// ImportedConnection is one connection of a file, held against those that are
// here.
type ImportedConnection struct {
	Arrival    Arrival
	Connection Connection // as it would be kept
	Before     Connection // the one that is here; zero for a new one
	// Changes names what of the connection differs: "name", "address", "way of
	// signing in", "tenant", "client id", "authority", "scope", "colour", "note",
	// "calls a minute", "guards".
	Changes []string
	Guards  map[string]string // those to be set: none of them is looser than what holds here
	Held    []HeldGuard       // those that are not taken over
	// Renamed: another connection has the name that the file gives.
	Renamed bool
}

// HeldGuard is a guard of a file that is not taken over, since it would be
// looser than the one that holds here, or than the one with which an instance
// begins that is not known to be a sandbox or a trial.
type HeldGuard struct{ Instance, Guard string }

// PlanImport holds the connections of a file against the settings and changes
// nothing. free says of an instance that it is known to be a sandbox or a trial.
//
// A connection is the one that is here if it has its id, or is the same in
// everything; the same name alone makes it a new one under a name of its own.
func PlanImport(now Settings, file []SharedConnection, free func(connection, instance string) bool) []ImportedConnection {
	plan := make([]ImportedConnection, 0, len(file))
	taken := slices.Clone(now.Connections)
	for _, shared := range file {
		one := arrive(now, taken, shared)
		one.guards(now, shared.Guards, free)
		plan = append(plan, one)
		if one.Arrival == ArrivesNew {
			taken = append(taken, one.Connection)
		}
	}
	return plan
}

func arrive(now Settings, taken []Connection, shared SharedConnection) ImportedConnection {
	if before, ok := now.Connection(shared.ID); ok {
		after := before // SessionOnly and what this version does not know stay
		after.Name, after.Root, after.Auth, after.RatePerMinute = shared.Name, shared.Root, shared.Auth, shared.RatePerMinute
		after.Note, after.Colour = shared.Note, shared.Colour
		after.Tenant, after.ClientID, after.Authority, after.Scope = shared.Tenant, shared.ClientID, shared.Authority, shared.Scope
		one := ImportedConnection{Arrival: ArrivesSame, Connection: after, Before: before, Changes: before.differences(after)}
		if len(one.Changes) > 0 {
			one.Arrival = ArrivesChanged
		}
		return one
	}
	for _, c := range now.Connections {
		if len(c.differences(shared.Connection)) == 0 {
			return ImportedConnection{Arrival: ArrivesSame, Connection: c, Before: c}
		}
	}
	one := ImportedConnection{Arrival: ArrivesNew, Connection: shared.Connection}
	one.Connection.Name = FreeConnectionName(taken, shared.Name)
	one.Renamed = one.Connection.Name != shared.Name
	leaving := func(l LeavingConnection) bool { return l.ID == shared.ID }
	if slices.ContainsFunc(now.Leaving, leaving) {
		one.Connection.ID = uuid.NewString() // the secrets under the old id are about to go
	}
	return one
}

// differences names what people see of two connections and is not the same.
func (c Connection) differences(other Connection) []string {
	var names []string
	for _, member := range []struct {
		name string
		same bool
	}{
		{"name", c.Name == other.Name},
		{"address", c.Root == other.Root},
		{"way of signing in", c.Auth == other.Auth},
		{"tenant", c.Tenant == other.Tenant},
		{"client id", c.ClientID == other.ClientID},
		{"authority", c.Authority == other.Authority},
		{"scope", c.Scope == other.Scope},
		{"colour", c.Colour == other.Colour},
		{"note", c.Note == other.Note},
		{"calls a minute", c.RatePerMinute == other.RatePerMinute},
	} {
		if !member.same {
			names = append(names, member.name)
		}
	}
	return names
}

// guards decides which guards of the file are taken over: only those that are
// stricter than what holds. Without a choice here a sandbox or a trial is free and
// every other instance read-only; one that is not known counts as the latter.
func (one *ImportedConnection) guards(now Settings, file map[string]string, free func(connection, instance string) bool) {
	one.Guards = map[string]string{}
	here := now.Guards[one.Before.ID]
	for _, instance := range slices.Sorted(maps.Keys(file)) {
		guard := file[instance]
		holds := here[instance]
		if holds == "" {
			holds = GuardReadOnly
			if free != nil && one.Before.ID != "" && free(one.Before.ID, instance) {
				holds = GuardFree
			}
		}
		switch {
		case guard == here[instance]:
		case strictness(guard) > strictness(holds), guard == GuardReadOnly && here[instance] == "":
			one.Guards[instance] = guard
		case strictness(guard) < strictness(holds):
			one.Held = append(one.Held, HeldGuard{Instance: instance, Guard: guard})
		}
	}
	if len(one.Guards) == 0 || one.Arrival == ArrivesNew {
		return
	}
	one.Arrival = ArrivesChanged
	one.Changes = append(one.Changes, "guards")
}

// FreeConnectionName is the name, or the name with the first number that no
// connection has.
func FreeConnectionName(list []Connection, name string) string {
	for n := 1; ; n++ {
		free := name
		if n > 1 {
			suffix := " (" + strconv.Itoa(n) + ")"
			letters := []rune(name)
			letters = letters[:min(len(letters), maxSharedName-utf8.RuneCountInString(suffix))]
			free = string(letters) + suffix
		}
		if !slices.ContainsFunc(list, func(c Connection) bool { return strings.EqualFold(c.Name, free) }) {
			return free
		}
	}
}
