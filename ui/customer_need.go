// What an activity needs of a customer: the key of one source, or the id of
// the unified profile; and which key a customer has for it.

package ui

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/activitydesk/activitydesk/client"
	"github.com/activitydesk/activitydesk/client/metadata"
)

// customerNeed is what the customer's field of an activity takes.
type customerNeed struct {
	Field  string          // of the form, such as ContactId
	Unify  string          // the unified table's field with it; empty: the table does not keep it
	Source metadata.Entity // whose key it is; no name: the unified customer's own
	Cannot string          // why no customer can be taken; empty: they can
}

// needOf reads what a relationship to the customer takes, given the field that
// the relationship begins at.
func (f customerFinder) needOf(field string, via metadata.Relationship) customerNeed {
	need := customerNeed{Field: field}
	if strings.EqualFold(via.ToEntity, entityCustomer) {
		need.Unify = fieldCustomerID
		return need
	}
	i := slices.IndexFunc(f.entities, func(e metadata.Entity) bool { return namedLike(e, via.ToEntity) })
	if i < 0 {
		need.Cannot = "The relationship leads to " + via.ToEntity + ", which is not among the entities of this instance."
		return need
	}
	need.Source = f.entities[i]
	if name, kept := f.alternateKey(need.Source, via.ToAttribute); kept {
		need.Unify = name
	} else if need.Source.Type != metadata.EntityProfile {
		need.Cannot = "The relationship leads to " + need.Source.DataName() + ", which profiles are not made of: its keys cannot be looked up here."
	}
	return need
}

// known answers the key that a customer's row tells; sure says whether there
// is nothing more to ask.
func (n customerNeed) known(c customer) (key string, sure bool) {
	switch {
	case n.Unify == fieldCustomerID:
		return c.ID, true
	case n.Source.Name == "":
		return "", true
	}
	if keys := c.Ring.Of(n.Source); len(keys) == 1 {
		return keys[0], true
	} else if len(keys) > 1 {
		return keys[0], false
	}
	key = c.Row.Text(n.Unify)
	return key, n.Unify != "" && key == ""
}

// noKey says why a customer cannot be taken.
func (n customerNeed) noKey(c customer) string {
	return c.label() + " has no key in " + n.Source.DataName() + ", which " + n.Field + " needs. Choose another customer, or type a key by hand."
}

// customerKeys is a customer with every key that would do.
type customerKeys struct {
	Customer customer
	Keys     []string // empty: none
}

// keysFor asks which keys of a customer would do: one call, or more where the
// unified table does not keep the source's key. A ring that cannot be read
// takes nothing from a key that is known.
func (f customerFinder) keysFor(ctx context.Context, need customerNeed, c customer) (customerKeys, error) {
	key, sure := need.known(c)
	if sure {
		if key == "" {
			return customerKeys{Customer: c}, nil
		}
		return customerKeys{c, []string{key}}, nil
	}
	keys := c.Ring.Of(need.Source)
	if len(keys) > 0 {
		return customerKeys{c, keys}, nil
	}
	if key != "" {
		ring, err := f.service.KeyRing(ctx, need.Source.DataSource, need.Source.Name, key)
		if ctx.Err() != nil {
			return customerKeys{}, fmt.Errorf("read keys: %w", ctx.Err())
		}
		keys = []string{key}
		if err == nil && ring.CustomerID == c.ID {
			keys = append(keys, slices.DeleteFunc(ring.Of(need.Source), func(other string) bool { return other == key })...)
		}
		return customerKeys{c, keys}, nil
	}
	ring, err := f.ringOf(ctx, c)
	if err != nil {
		return customerKeys{}, err
	}
	c.Ring = ring
	return customerKeys{c, ring.Of(need.Source)}, nil
}

// ringOf reads a customer's key ring by any key that its row has.
func (f customerFinder) ringOf(ctx context.Context, c customer) (metadata.KeyRing, error) {
	for _, source := range f.sources() {
		field, kept := f.alternateKey(source, source.KeyNames()[0])
		if !kept || c.Row.Text(field) == "" {
			continue
		}
		ring, err := f.service.KeyRing(ctx, source.DataSource, source.Name, c.Row.Text(field))
		switch {
		case isNotFound(err):
			continue
		case err != nil:
			return metadata.KeyRing{}, fmt.Errorf("read keys of %s: %w", source.DataName(), err)
		case ring.CustomerID == c.ID:
			return ring, nil
		}
	}
	return metadata.KeyRing{}, nil
}

// countActivities adds up what a customer has; -1 where the service does not
// tell: the shape of its answer is not published.
func countActivities(counts []client.ActivityCount, err error) int {
	if err != nil || len(counts) == 0 {
		return -1
	}
	sum := 0
	for _, count := range counts {
		sum += int(count.Count)
	}
	return sum
}
