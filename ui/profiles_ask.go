// What of a profile is asked for on demand, because it costs calls: the keys of
// every source, the measures, and the segments that the person is in.

package ui

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/activitydesk/activitydesk/client"
	"github.com/activitydesk/activitydesk/client/metadata"
	"github.com/activitydesk/activitydesk/ui/people"
	"github.com/activitydesk/activitydesk/ui/words"
)

// entityMeasure holds the measures of each customer (contract, section 7).
const entityMeasure = "Customer_Measure"

// profileAsker asks for more of one profile. It holds copies only and may be
// used on any goroutine.
type profileAsker struct {
	finder   people.Finder
	customer people.Customer
}

// asked is the answer to one of the questions.
type asked struct {
	Fields []people.Field
	Ring   metadata.KeyRing // of the question for keys
	Words  string           // what was asked and what was not
	Next   int              // of the segments: the first that was not asked for
}

// Keys asks the key ring: one call where the unified table keeps a key of the
// customer.
func (a profileAsker) Keys(ctx context.Context) (asked, error) {
	ring, err := a.finder.RingOf(ctx, a.customer)
	if err != nil {
		return asked{}, err
	}
	if len(ring.Keys) == 0 {
		return asked{Words: "No key of a source is known by which the key ring could be asked."}, nil
	}
	c := a.customer
	c.Ring = ring
	return asked{Ring: ring, Words: words.Counted(len(a.finder.KeyFields(c))-1, "key of a source", "keys of sources") + " in the key ring."}, nil
}

// Measures asks for the measures together with the profile; a service that does
// not expand them is asked for their own rows.
func (a profileAsker) Measures(ctx context.Context) (asked, error) {
	one := client.Eq(people.FieldCustomerID, client.Text(a.customer.ID))
	page, err := a.finder.Service.Query(ctx, people.EntityCustomer, client.Query{Filter: one, Expand: []string{entityMeasure}})
	rows := expanded(page)
	if people.Passable(err) || err == nil && rows == nil {
		page, err = a.finder.Service.Query(ctx, entityMeasure, client.Query{Filter: one})
		rows = page.Rows
	}
	if err != nil {
		return asked{}, fmt.Errorf("read measures: %w", err)
	}
	var out asked
	about, _ := people.FindEntity(a.finder.Entities, entityMeasure)
	for _, row := range rows {
		for _, name := range row.Names() {
			if name == people.FieldCustomerID || strings.HasPrefix(name, "@") {
				continue
			}
			attribute, _ := about.Attribute(name)
			out.Fields = append(out.Fields, people.Field{
				Label: cmp.Or(attribute.FriendlyName, name), Value: row.Text(name), From: entityMeasure, Group: people.GroupMeasures,
			})
		}
	}
	out.Words = words.Counted(len(out.Fields), "measure", "measures") + "; activities that are sent do not change them."
	return out, nil
}

// expanded are the measures in a page of the profile; nil: there are none in it.
func expanded(page client.Page) []client.Row {
	if len(page.Rows) == 0 {
		return nil
	}
	return page.Rows[0].Rows(entityMeasure)
}

// Segments asks for each segment from a place in the list on whether the person
// is in it, a call each, and for most of them at once.
func (a profileAsker) Segments(ctx context.Context, from, most int) (asked, error) {
	names := a.finder.Segments()
	upTo := min(from+most, len(names))
	out := asked{Next: upTo}
	in, refused := 0, 0
	for _, name := range names[min(from, upTo):upTo] {
		filter := client.And(client.Eq(people.FieldCustomerID, client.Text(a.customer.ID)), client.IsMemberOfSegment(name))
		page, err := a.finder.Service.Query(ctx, people.EntityCustomer, client.Query{Filter: filter, Top: 1})
		field := people.Field{Label: name, From: "segment", Group: people.GroupSegments, Value: "no"}
		switch {
		case people.Passable(err):
			refused++
			field.Value = "cannot be asked"
		case err != nil:
			return asked{}, fmt.Errorf("ask for segment %s: %w", name, err)
		case len(page.Rows) > 0:
			in++
			field.Value = "yes"
		}
		out.Fields = append(out.Fields, field)
	}
	slices.SortStableFunc(out.Fields, func(a, b people.Field) int { return strings.Compare(b.Value, a.Value) }) // yes first
	out.Words = fmt.Sprintf("In %d of %s", in, words.Counted(len(out.Fields), "segment", "segments"))
	if upTo < len(names) {
		out.Words += fmt.Sprintf("; %d more were not asked for, to save calls: ask again for the next ones", len(names)-upTo)
	}
	if refused > 0 {
		out.Words += fmt.Sprintf("; %d could not be asked", refused)
	}
	out.Words += ". Activities that are sent do not change them."
	return out, nil
}

// callsToSpare is how many calls a question may make at once: half of those
// that are left.
func callsToSpare(b callBudget) int {
	used, limit := b.Usage()
	return (limit - used) / 2
}
