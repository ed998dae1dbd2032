// Posting an activity, and updating a profile (contract, sections 5 and 6).

package sandbox

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/activitydesk/activitydesk/client/sandbox/internal/world"
)

// How long the service keeps what it was sent.
const (
	keptActivity = 30 * 24 * time.Hour
	keptProfile  = 4 * time.Hour
	keptMost     = 30 * 24 * time.Hour
)

func (c *call) post() error {
	if err := c.mayWrite(); err != nil {
		return err
	}
	e, err := c.findEntity()
	if err != nil {
		return err
	}
	if err := c.receives(e); err != nil {
		return err
	}
	until, err := c.validUntil(keptActivity)
	if err != nil {
		return err
	}
	object, err := c.readBody(c.request.Body)
	if err != nil {
		return err
	}
	row, err := checkFields(e, object)
	if err != nil {
		return err
	}
	if err := checkMandatory(e, row); err != nil {
		return err
	}
	customer, err := c.in.store.customerOf(e, row)
	if err != nil {
		return c.noCustomer(e, row, err)
	}
	unified := c.additions(e, row, customer)
	if !c.in.store.add(unified, c.now, until) {
		return &failure{
			status: http.StatusConflict, code: "storeDuplicateItem", target: e.Key,
			message: fmt.Sprintf("An item with the key %s '%s' exists in %s.", e.Key, e.Text(row, e.Key), e.DataName()),
		}
	}
	c.created(e, unified)
	return nil
}

// additions are the rows that a post stores: the source's, and what
// UnifiedActivity shows of it. The timeline comes out of the search index, which
// may be later.
func (c *call) additions(e *world.Entity, row world.Row, customer string) []addition {
	readable := c.now.Add(c.options.VisibleAfter)
	indexed := readable.Add(c.options.IndexAfter)
	if e.Kind == world.KindUnifiedActivity {
		row[e.Position("RangeIndex")] = world.RangeIndexOf(e.Value(row, e.Time))
		return []addition{{e, row, indexed}}
	}
	list := []addition{{e, row, readable}}
	if unified, ok := c.in.store.world.Entity(world.UnifiedActivity); ok && !e.Activity.Hidden {
		list = append(list, addition{unified, c.in.store.world.Unify(e, row, customer), indexed})
	}
	return list
}

// created answers a post that was stored.
func (c *call) created(e *world.Entity, stored []addition) {
	last := stored[len(stored)-1]
	location := fmt.Sprintf("%s/instances/%s/data/%s('%s')", c.base(), c.in.about.ID,
		url.PathEscape(last.entity.DataName()),
		url.PathEscape(strings.ReplaceAll(last.entity.Text(last.row, last.entity.Key), "'", "''")))
	status, where := http.StatusCreated, &location
	if c.style == StyleAwkward {
		status, where = http.StatusAccepted, nil
	} else {
		c.out.header.Set("Location", location)
	}
	c.out.json(status, encode(struct {
		Location   *string         `json:"location"`
		Value      json.RawMessage `json:"value"`
		StatusCode int             `json:"statusCode"`
	}{where, encodeRow(e, stored[0].row, nil), status}))
}

// receives says why an entity takes no activities.
func (c *call) receives(e *world.Entity) error {
	switch {
	case e.Kind == world.KindUnifiedActivity:
		return nil
	case e.Kind == world.KindActivity && e.Activity != nil:
		if e.Key == "" || e.Time == "" {
			return badRequest("mappingForActivityNotFound", e.DataName(),
				"%s has no key or no date, which an activity needs.", e.DataName())
		}
		return nil
	case e.Time != "" && e.Source != "":
		return badRequest("mappingForActivityNotFound", e.DataName(),
			"%s was not set up on the Activities screen.", e.DataName())
	default:
		return badRequest("unsupportedEntityType", e.DataName(),
			"%s is of type %s and cannot receive activities.", e.DataName(), e.Kind)
	}
}

func (c *call) noCustomer(e *world.Entity, row world.Row, err error) error {
	if errors.Is(err, world.ErrNoRelationship) {
		return badRequest("relationshipsForActivityNotFound", e.DataName(),
			"%s has no relationship that leads to a customer.", e.DataName())
	}
	target, value := world.CustomerID, e.Text(row, world.CustomerID)
	if len(e.Refs) > 0 {
		target = e.Refs[0].Attribute
		value = e.Text(row, target)
	}
	return badRequest("customerForActivityNotFound", target, "No customer is known by %s '%s'.", target, value)
}

// validUntil reads until when what is written is kept.
func (c *call) validUntil(otherwise time.Duration) (time.Time, error) {
	values, err := c.values()
	if err != nil {
		return time.Time{}, err
	}
	text := values.Get("validUntil")
	if text == "" {
		return c.now.Add(otherwise), nil
	}
	at, err := time.Parse(time.RFC3339Nano, text)
	switch {
	case err != nil:
		return time.Time{}, badRequest("invalidValidUntilParameter", "validUntil",
			"%q is not a date and time such as %s.", text, c.now.Add(otherwise).UTC().Format(time.RFC3339))
	case !at.After(c.now):
		return time.Time{}, badRequest("invalidValidUntilParameter", "validUntil", "%s is not in the future.", text)
	case at.After(c.now.Add(keptMost)):
		return time.Time{}, badRequest("invalidValidUntilParameter", "validUntil",
			"%s is more than 30 days in the future.", text)
	}
	return at, nil
}

func (c *call) patch() error {
	if err := c.mayWrite(); err != nil {
		return err
	}
	e, err := c.findEntity()
	if err != nil {
		return err
	}
	if e.Source != "" || e.Name != world.Customer {
		return badRequest("unsupportedEntityType", e.DataName(), "%s is no unified profile and cannot be updated.", e.DataName())
	}
	id := c.params["entityId"]
	if !c.in.store.hasCustomer(id) {
		return notFound("recordDoesNotExist", "entityId", "There is no customer '%s'.", id)
	}
	until, err := c.validUntil(keptProfile)
	if err != nil {
		return err
	}
	object, err := c.readBody(c.request.Body)
	if err != nil {
		return err
	}
	row, err := checkFields(e, object)
	if err != nil {
		return err
	}
	if len(object.names) == 0 {
		return badRequest("malformedInputParameters", "body", "The body names no field to change.")
	}
	changes := make(map[string]any, len(object.names))
	for _, name := range object.names {
		changes[name] = e.Value(row, name)
	}
	c.in.store.change(id, changes, until)
	c.out.status = http.StatusNoContent
	return nil
}
