// Who the typed customer key leads to, asked before anything is sent.

package ui

import (
	"context"
	"encoding/json"
	"strconv"
	"strings"

	"github.com/activitydesk/activitydesk/client"
	"github.com/activitydesk/activitydesk/client/metadata"
	"github.com/activitydesk/activitydesk/ui/people"
	"github.com/activitydesk/activitydesk/ui/words"
)

// customerService is what checking a key needs of the service.
type customerService interface {
	people.Reader
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
	Who   people.Customer
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
		parts = append(parts, "customer "+people.ShortID(c.Who.ID))
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
	finder := people.Finder{Service: service, Entities: entities}
	customers, can, err := finder.ByReference(ctx, via, key)
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
	check.Count = people.CountActivities(counts, err) // who it is matters more than how many
	return check, nil
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
