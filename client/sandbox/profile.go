// The profile side: the customer behind a key, and what it has activities of.

package sandbox

import (
	"net/http"

	"github.com/activitydesk/activitydesk/client/sandbox/internal/world"
)

func (c *call) keyRing() error {
	values, err := c.values()
	if err != nil {
		return err
	}
	for _, name := range []string{"dataSourceName", "entityName", "key"} {
		if values.Get(name) == "" {
			return badRequest("malformedInputParameters", name, "%s is missing.", name)
		}
	}
	source := &world.Entity{Source: values.Get("dataSourceName"), Name: values.Get("entityName")}
	w := c.in.store.world
	if _, ok := w.Entity(source.DataName()); !ok {
		return notFound("entityMetaDataNotFound", "entityName", "There is no entity %q.", source.DataName())
	}
	id, ok := c.in.store.customerByKey(source.DataName(), values.Get("key"))
	if !ok {
		return notFound("recordDoesNotExist", "key", "No customer is known by %s '%s'.", source.DataName(), values.Get("key"))
	}
	c.out.json(http.StatusOK, encode(map[string]any{
		"instanceId": c.in.about.ID, "customerId": id, "keyRing": c.ring(c.in.store.keysOf(id)),
	}))
	return nil
}

// ring writes a customer's keys; the shape is not published.
func (c *call) ring(keys []world.SourceKey) any {
	if c.style == StyleAwkward {
		list := make([]map[string]string, 0, len(keys))
		for _, k := range keys {
			list = append(list, map[string]string{"dataSourceName": k.Source, "entityName": k.Entity, "keyField": k.Field, "key": k.Value})
		}
		return list
	}
	ring := map[string][]string{}
	for _, k := range keys {
		entity := &world.Entity{Source: k.Source, Name: k.Entity}
		ring[entity.DataName()] = append(ring[entity.DataName()], k.Value)
	}
	return ring
}

// activityCount is how many activities of a type a customer has from a source.
type activityCount struct {
	ActivityType string `json:"activityType"`
	Display      string `json:"activityTypeDisplay"`
	Entity       string `json:"sourceEntityName"`
	Count        int    `json:"count"`
}

func (c *call) activityCounts() error {
	values, err := c.values()
	if err != nil {
		return err
	}
	id := values.Get("customerId")
	switch {
	case id == "":
		return badRequest("malformedInputParameters", "customerId", "customerId is missing.")
	case !c.in.store.hasCustomer(id):
		return notFound("recordDoesNotExist", "customerId", "There is no customer '%s'.", id)
	}
	counts := c.countActivities(id)
	if c.style == StyleAwkward {
		nested := map[string]map[string]int{}
		for _, n := range counts {
			if nested[n.ActivityType] == nil {
				nested[n.ActivityType] = map[string]int{}
			}
			nested[n.ActivityType][n.Entity] += n.Count
		}
		c.out.json(http.StatusOK, encode(nested))
		return nil
	}
	// The vendor's clients read the answer into an object that names instance
	// and customer, and fail on a bare list.
	c.out.json(http.StatusOK, encode(map[string]any{
		"instanceId": c.in.about.ID, "customerId": id, "activityTypes": counts,
	}))
	return nil
}

func (c *call) countActivities(customerID string) []activityCount {
	counts := []activityCount{}
	e, ok := c.in.store.world.Entity(world.UnifiedActivity)
	if !ok {
		return counts
	}
	at := map[activityCount]int{}
	for row := range c.rows(e) {
		if e.Text(row, world.CustomerID) != customerID {
			continue
		}
		kind := activityCount{
			ActivityType: e.Text(row, "ActivityType"), Display: e.Text(row, "ActivityTypeDisplay"),
			Entity: e.Text(row, "SourceTableName"),
		}
		i, known := at[kind]
		if !known {
			i = len(counts)
			at[kind] = i
			counts = append(counts, kind)
		}
		counts[i].Count++
	}
	return counts
}
