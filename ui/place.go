// A place is where the desk stands: connection, instance, and what is known of
// the instance. It is a snapshot, never changed after it was handed out.

package ui

import (
	"time"

	"github.com/activitydesk/activitydesk/client"
	"github.com/activitydesk/activitydesk/client/metadata"
	"github.com/activitydesk/activitydesk/client/outbox"
	"github.com/activitydesk/activitydesk/ui/settings"
)

// Place is an immutable snapshot of where the desk stands. The slices are
// shared and must not be changed.
type Place struct {
	Connection settings.Connection
	Instance   metadata.Instance // zero ID: none chosen
	Service    *client.Instance  // nil: none
	Role       metadata.Role     // zero: not known

	Entities      []metadata.Entity
	Relationships []metadata.Relationship
	LoadedAt      time.Time // of Entities; zero: never
	Loading       bool      // entities are being loaded; Entities may hold older ones
	Err           error     // why the newest load failed; Entities may hold older ones

	// Guard answers how the instance may be written to at this moment, as far as
	// it is known here. It compares locally; nil only in a zero Place.
	Guard func() GuardState
}

// Chosen says whether an instance is chosen.
func (p Place) Chosen() bool { return p.Instance.ID != "" && p.Service != nil }

// Same says whether two places are the same instance of the same connection.
func (p Place) Same(other Place) bool {
	return p.Connection.ID == other.Connection.ID && p.Instance.ID == other.Instance.ID
}

// GuardState answers Guard; a place without a guard is read-only.
func (p Place) GuardState() GuardState {
	if p.Guard == nil {
		return GuardState{}
	}
	return p.Guard()
}

// GuardState says how an instance may be written to (design, section 3). Its
// zero value is read-only.
type GuardState struct {
	Rule          outbox.Rule
	UnlockedUntil time.Time // of a read-only instance; zero: it is locked
}

// MayWrite says whether sending is allowed at the given time, asked or not.
func (g GuardState) MayWrite(now time.Time) bool {
	return g.Rule != outbox.RuleReadOnly || g.Unlocked(now)
}

// Asks says whether each send is confirmed: also while the instance is unlocked.
func (g GuardState) Asks(now time.Time) bool { return g.Rule == outbox.RuleAsk || g.Unlocked(now) }

// Unlocked says whether a person has unlocked a read-only instance.
func (g GuardState) Unlocked(now time.Time) bool {
	return g.Rule == outbox.RuleReadOnly && now.Before(g.UnlockedUntil)
}
