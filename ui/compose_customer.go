// Who the typed customer key leads to, asked before anything is sent.

package ui

import (
	"context"
	"encoding/json"
	"strconv"
	"strings"

	"github.com/activitydesk/activitydesk/client"
	"github.com/activitydesk/activitydesk/client/metadata"
	"github.com/activitydesk/activitydesk/ui/words"
)

// customerService is what checking a key needs of the service.
type customerService interface {
	customerReader
	ActivityCounts(ctx context.Context, customerID string) ([]client.ActivityCount, json.RawMessage, error)
}

// checkState says how far a check has come.
type checkState int

// The states of a check.
const (
	checkNone checkState = iota // not asked
	checkBusy
	checkFound
	checkNobody
	checkFailed
	checkCannot // the relationship leads to something that cannot be looked up
)

// customerCheck is what is known of the key in a draft's customer field.
type customerCheck struct {
	Key   string // the key that was asked about
	State checkState
	Who   customer
	Count int // activities; -1: not known
	Err   error
}

// Line is what stands below the field; empty for nothing.
func (c customerCheck) Line() (text string, problem bool) {
	switch c.State {
	case checkBusy:
		return "Looking for " + c.Key + "…", false
	case checkFound:
		parts := make([]string, 0, 3)
		if c.Who.Name != "" {
			parts = append(parts, c.Who.Name)
		}
		parts = append(parts, "customer "+shortID(c.Who.ID))
		if c.Count >= 0 {
			parts = append(parts, words.Counted(c.Count, "activity", "activities"))
		}
		return strings.Join(parts, " · "), false
	case checkNobody:
		return "Nobody has the key " + strconv.Quote(c.Key) + ": the service will refuse this activity.", true
	case checkFailed:
		m := words.Explain(c.Err)
		return strings.TrimSpace("Could not look: " + m.What + " " + m.Do), true
	case checkCannot:
		return "The relationship leads to an entity whose keys cannot be looked up here.", false
	default:
		return "", false
	}
}

// checkCustomer asks who has a key. Via leads from the activity entity to the
// customer. It uses its arguments only and may run on any goroutine.
func checkCustomer(ctx context.Context, service customerService, entities []metadata.Entity, via metadata.Relationship, key string) (customerCheck, error) {
	check := customerCheck{Key: key, Count: -1}
	finder := customerFinder{service: service, entities: entities}
	customers, can, err := finder.byReference(ctx, via, key)
	switch {
	case err != nil:
		return check, err
	case !can:
		check.State = checkCannot
		return check, nil
	case len(customers) == 0:
		check.State = checkNobody
		return check, nil
	}
	check.State, check.Who = checkFound, customers[0]
	counts, _, err := service.ActivityCounts(ctx, check.Who.ID)
	check.Count = countActivities(counts, err) // who it is matters more than how many
	return check, nil
}

// byReference follows a relationship to the customer. It answers false where
// the relationship does not lead to a profile or a source of one.
func (f customerFinder) byReference(ctx context.Context, via metadata.Relationship, key string) ([]customer, bool, error) {
	if strings.EqualFold(via.ToEntity, entityCustomer) {
		customers, err := f.ByID(ctx, key)
		return customers, true, err
	}
	for _, entity := range f.entities {
		if !namedLike(entity, via.ToEntity) {
			continue
		}
		_, alternate := f.alternateKey(entity, via.ToAttribute)
		if !alternate && entity.Type != metadata.EntityProfile {
			return nil, false, nil
		}
		customers, err := f.BySourceKey(ctx, entity, via.ToAttribute, key)
		return customers, true, err
	}
	return nil, false, nil
}

// namedLike says whether a relationship's name means the entity: relationships
// use any of its names.
func namedLike(entity metadata.Entity, name string) bool {
	return strings.EqualFold(name, entity.DataName()) ||
		strings.EqualFold(name, entity.QualifiedName) ||
		strings.EqualFold(name, entity.Name)
}

// customerWords names whose activity the draft is, before it is sent: the name,
// where it was looked up, and the key. Empty: it has none.
func (d *draft) customerWords() string {
	key, ok := d.form.CustomerKey()
	switch {
	case !ok || key.Value == "":
		return ""
	case d.who.State == checkFound && d.who.Key == key.Value && d.who.Who.Name != "":
		return d.who.Who.Name + " (" + key.Value + ")"
	default:
		return key.Value
	}
}
