// Whether an entity can receive activities, as far as metadata can tell.

package metadata

import (
	"fmt"
	"slices"
)

// Reception is whether an activity can be posted to an entity.
type Reception int

// The answers. No published field says that an entity was set up for
// activities (contract, section 5, open), so ReceivesYes is the best sign and
// not a promise, and ReceivesMaybe may be tried.
const (
	ReceivesNo Reception = iota
	ReceivesMaybe
	ReceivesYes
)

// String is the word for people.
func (r Reception) String() string {
	switch r {
	case ReceivesYes:
		return "yes"
	case ReceivesMaybe:
		return "maybe"
	default:
		return "no"
	}
}

// Receives says whether the entity can receive activities, and why, in a
// sentence for people.
func (e Entity) Receives() (Reception, string) {
	switch e.Type {
	case EntityActivity:
		if !e.temporal() {
			return ReceivesMaybe, "Its type is activity, but its metadata has no date or date-time field, which every activity needs: the service may refuse it."
		}
		return ReceivesYes, "It is set up for activities."
	case EntityUnifiedActivity:
		return ReceivesYes, "It holds the unified activities; the body is in their format."
	}
	for _, a := range e.Attributes {
		if a.Type.Temporal() {
			return ReceivesMaybe, fmt.Sprintf("Its type is %s, not activity. It has a date (%s), so it may be tried; "+
				"the service refuses it unless it was set up on the product's Activities screen.", e.typeLabel(), a.Name)
		}
	}
	return ReceivesNo, "It has no date or date-time field, which every activity needs."
}

// temporal says whether there is a date or date-time field.
func (e Entity) temporal() bool {
	return slices.ContainsFunc(e.Attributes, func(a Attribute) bool { return a.Type.Temporal() })
}

func (e Entity) typeLabel() string {
	switch {
	case e.Type != EntityUnspecified:
		return string(e.Type)
	case e.RawType != "":
		return e.RawType
	default:
		return "not given"
	}
}
