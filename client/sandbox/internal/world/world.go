// A world is put together here: sources are sealed and linked, and what the
// product makes of them is added.

package world

import (
	"errors"
	"fmt"
	"strconv"
	"time"
)

// Plan is what a world is made from.
type Plan struct {
	Sources   []*Entity // profiles and activities as their sources give them
	Segments  []Segment
	TimeField string // name of UnifiedActivity's time; empty: ActivityTime
	// More gives entities that are neither a source's nor made by Assemble. It
	// may look at the customers.
	More func(*World) []*Entity
}

// Segment is a named set of customers.
type Segment struct {
	Name   string
	Member func(Facts) bool
}

// Facts is what a segment may ask about a customer.
type Facts struct {
	CustomerID string
	Value      func(attribute string) string // of Customer, as text
	Activities int
	Last       time.Time // of the newest activity; zero: none
	Spent      float64
}

// World is everything that an instance holds before anything is posted to it.
type World struct {
	Entities  []*Entity
	TimeField string
	Notes     []string // what was left out and why, for people

	byName   map[string]*Entity
	byKey    map[string]map[string]string // profile source's data name → key → customer id
	keys     map[string][]SourceKey       // customer id → keys
	segments map[string]map[string]bool   // name → customer ids
}

// SourceKey is one of a customer's keys.
type SourceKey struct {
	Source string // data source
	Entity string
	Field  string
	Value  string
}

// Why an activity leads to no customer.
var (
	ErrNoRelationship = errors.New("the entity has no relationship that leads to a customer")
	ErrNoCustomer     = errors.New("no customer has this key")
)

// Assemble links the sources' rows to customers and builds Customer,
// UnifiedActivity, Customer_Measure, the conflation map and the segments.
func Assemble(plan Plan) (*World, error) {
	w := &World{
		TimeField: plan.TimeField,
		byName:    map[string]*Entity{},
		byKey:     map[string]map[string]string{},
		keys:      map[string][]SourceKey{},
		segments:  map[string]map[string]bool{},
	}
	if w.TimeField == "" {
		w.TimeField = "ActivityTime"
	}
	for _, e := range plan.Sources {
		if err := w.add(e); err != nil {
			return nil, err
		}
	}
	if err := w.add(w.unifyProfiles()); err != nil {
		return nil, err
	}
	if err := w.add(w.unifyActivities()); err != nil {
		return nil, err
	}
	measures, facts := w.measure()
	made := append([]*Entity{measures, w.conflationMap()}, w.segment(plan.Segments, facts)...)
	for _, e := range made {
		if err := w.add(e); err != nil {
			return nil, err
		}
	}
	if plan.More == nil {
		return w, nil
	}
	for _, e := range plan.More(w) {
		if err := w.add(e); err != nil {
			return nil, err
		}
	}
	return w, nil
}

// add seals an entity and takes it into the world.
func (w *World) add(e *Entity) error {
	name := e.DataName()
	if _, twice := w.byName[name]; twice {
		return fmt.Errorf("two entities are named %s", name)
	}
	dropped, err := e.seal()
	if err != nil {
		return err
	}
	if dropped > 0 {
		w.note("%s: %s left out, where %s is empty or was there before", name, Rows(dropped), e.Key)
	}
	w.byName[name] = e
	w.Entities = append(w.Entities, e)
	return nil
}

// Rows is a number of rows in words.
func Rows(n int) string {
	if n == 1 {
		return "1 row"
	}
	return strconv.Itoa(n) + " rows"
}

func (w *World) note(format string, args ...any) {
	w.Notes = append(w.Notes, fmt.Sprintf(format, args...))
}

// Entity finds an entity by its data name, or by the qualified name that
// carries the data source's id.
func (w *World) Entity(name string) (*Entity, bool) {
	if e, ok := w.byName[name]; ok {
		return e, true
	}
	for _, e := range w.Entities {
		if e.Source != "" && e.QualifiedByID() == name {
			return e, true
		}
	}
	return nil, false
}

// HasCustomer says whether a customer of this id exists.
func (w *World) HasCustomer(id string) bool { return w.byName[Customer].HasKey(id) }

// CustomerByKey finds the customer behind a profile source's key.
func (w *World) CustomerByKey(entity, key string) (id string, ok bool) {
	id, ok = w.byKey[entity][key]
	return id, ok
}

// KeysOf lists a customer's keys, in the sources' order.
func (w *World) KeysOf(customerID string) []SourceKey { return w.keys[customerID] }

// HasSegment says whether a segment of this name exists.
func (w *World) HasSegment(name string) bool {
	_, ok := w.segments[name]
	return ok
}

// IsMember says whether a customer is in a segment.
func (w *World) IsMember(segment, customerID string) bool { return w.segments[segment][customerID] }

// CustomerOf finds the customer that a row leads to: ErrNoRelationship where
// its entity leads to none, ErrNoCustomer where its key is nobody's.
func (w *World) CustomerOf(e *Entity, row Row) (string, error) {
	if e.Name == UnifiedActivity && e.Source == "" {
		if id := e.Text(row, CustomerID); w.HasCustomer(id) {
			return id, nil
		}
		return "", ErrNoCustomer
	}
	found := error(ErrNoRelationship)
	for _, ref := range e.Refs {
		keys, leads := w.byKey[ref.ToEntity]
		if !leads {
			continue
		}
		found = ErrNoCustomer
		if id, ok := keys[e.Text(row, ref.Attribute)]; ok {
			return id, nil
		}
	}
	return "", found
}
