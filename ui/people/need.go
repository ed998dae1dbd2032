// What an activity needs of a customer: the key of one source, or the id of
// the unified profile; and which key a customer has for it.

package people

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/activitydesk/activitydesk/client"
	"github.com/activitydesk/activitydesk/client/metadata"
	"github.com/activitydesk/activitydesk/ui/words"
)

// Need is what the customer's field of an activity takes.
type Need struct {
	Field  string          // of the form, such as ContactId
	Unify  string          // the unified table's field with it; empty: the table does not keep it
	Source metadata.Entity // whose key it is; no name: the unified customer's own
	Cannot string          // why no customer can be taken; empty: they can
}

// NeedOf reads what a relationship to the customer takes, given the field that
// the relationship begins at.
func (f Finder) NeedOf(field string, via metadata.Relationship) Need {
	need := Need{Field: field}
	if strings.EqualFold(via.ToEntity, EntityCustomer) {
		need.Unify = FieldCustomerID
		return need
	}
	i := slices.IndexFunc(f.Entities, func(e metadata.Entity) bool { return namedLike(e, via.ToEntity) })
	if i < 0 {
		need.Cannot = "The relationship leads to " + via.ToEntity + ", which is not among the entities of this instance."
		return need
	}
	need.Source = f.Entities[i]
	if name, kept := f.AlternateKey(need.Source, via.ToAttribute); kept {
		need.Unify = name
	} else if need.Source.Type != metadata.EntityProfile {
		need.Cannot = "The relationship leads to " + need.Source.DataName() + ", which profiles are not made of: its keys cannot be looked up here."
	}
	return need
}

// Known answers the key that a customer's row tells; sure says whether there
// is nothing more to ask.
func (n Need) Known(c Customer) (key string, sure bool) {
	switch {
	case n.Unify == FieldCustomerID:
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

// NoKey says why a customer cannot be taken.
func (n Need) NoKey(c Customer) string {
	return c.Label() + " has no key in " + n.Source.DataName() + ", which " + n.Field + " needs. Choose another customer, or type a key by hand."
}

// Keys is a customer with every key that would do.
type Keys struct {
	Customer Customer
	Keys     []string // empty: none
}

// First is the key that is filled in, and what else there would be.
func (k Keys) First() (key, also string) {
	if len(k.Keys) == 0 {
		return "", ""
	}
	if others := len(k.Keys) - 1; others > 0 {
		also = k.Customer.Label() + " has " + words.Counted(others, "other key", "other keys") + " there: Find customer offers them."
	}
	return k.Keys[0], also
}

// KeysFor asks which keys of a customer would do: one call, or more where the
// unified table does not keep the source's key. A ring that cannot be read
// takes nothing from a key that is known.
func (f Finder) KeysFor(ctx context.Context, need Need, c Customer) (Keys, error) {
	key, sure := need.Known(c)
	if sure {
		if key == "" {
			return Keys{Customer: c}, nil
		}
		return Keys{c, []string{key}}, nil
	}
	keys := c.Ring.Of(need.Source)
	if len(keys) > 0 {
		return Keys{c, keys}, nil
	}
	if key != "" {
		ring, err := f.Service.KeyRing(ctx, need.Source.DataSource, need.Source.Name, key)
		if ctx.Err() != nil {
			return Keys{}, fmt.Errorf("read keys: %w", ctx.Err())
		}
		keys = []string{key}
		if err == nil && ring.CustomerID == c.ID {
			keys = append(keys, slices.DeleteFunc(ring.Of(need.Source), func(other string) bool { return other == key })...)
		}
		return Keys{c, keys}, nil
	}
	ring, err := f.RingOf(ctx, c)
	if err != nil {
		return Keys{}, err
	}
	c.Ring = ring
	return Keys{c, ring.Of(need.Source)}, nil
}

// RingOf reads a customer's key ring by any key that its row has.
func (f Finder) RingOf(ctx context.Context, c Customer) (metadata.KeyRing, error) {
	for _, source := range f.Sources() {
		field, kept := f.AlternateKey(source, source.KeyNames()[0])
		if !kept || c.Row.Text(field) == "" {
			continue
		}
		ring, err := f.Service.KeyRing(ctx, source.DataSource, source.Name, c.Row.Text(field))
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

// CountActivities adds up what a customer has; -1 where the service does not
// tell: the shape of its answer is not published.
func CountActivities(counts []client.ActivityCount, err error) int {
	if err != nil || len(counts) == 0 {
		return -1
	}
	sum := 0
	for _, count := range counts {
		sum += int(count.Count)
	}
	return sum
}
