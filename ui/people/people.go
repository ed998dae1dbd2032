// Package people finds a customer by what a person knows of them: a customer id, a
// source's key, a text. It knows what the fields of a profile mean, what tells
// customers apart, and which of their keys an activity needs.
package people

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/activitydesk/activitydesk/client"
	"github.com/activitydesk/activitydesk/client/metadata"
	"github.com/activitydesk/activitydesk/client/outbox"
)

// Names of the entities that the product makes itself (contract, section 4).
const (
	EntityCustomer        = "Customer"
	EntityUnifiedActivity = "UnifiedActivity"
	FieldCustomerID       = "CustomerId"
)

// SearchTop is how many customers a search shows.
const SearchTop = 10

// Reader is what finding a customer needs of the service.
type Reader interface {
	Query(ctx context.Context, entity string, q client.Query) (client.Page, error)
	KeyRing(ctx context.Context, dataSource, entity, key string) (metadata.KeyRing, error)
}

// Customer is a unified profile in a few words.
type Customer struct {
	ID   string
	Name string   // empty: the profile has no field that looks like a name
	Also []string // what tells it from others: an e-mail, a city
	Mail string   // of Also
	City string   // of Also
	// Phone and Born are as the service writes them.
	Phone, Born string
	Row         client.Row
	Ring        metadata.KeyRing // zero: it was not asked for
	Unseen      bool             // a key leads to it, but the role does not see its fields
}

// Label is the customer's name, or the id where there is none.
func (c Customer) Label() string {
	if c.Name != "" {
		return c.Name
	}
	return ShortID(c.ID)
}

// ShortID cuts a long id in the middle: "ce759201…c369".
func ShortID(id string) string {
	r := []rune(id)
	if len(r) <= 16 {
		return id
	}
	return string(r[:8]) + "…" + string(r[len(r)-4:])
}

// Finder looks customers up in one instance. It holds copies only and
// may be used on any goroutine.
type Finder struct {
	Service  Reader
	Entities []metadata.Entity
	First    string // data name of the source whose keys are tried first; may be empty
}

// Found is the answer to a search, with what was tried.
type Found struct {
	Customers []Customer
	Tried     []string // in words, for "nobody"
	Refused   []string // in words: ways that the service refused, while others worked
	NoSearch  bool     // the instance has no search: words were compared as a whole
}

// Find looks for what a person typed: as a customer id, as the key of each
// source, and as words, in the order that is likely to need the fewest calls.
// It stops at the first that finds somebody, but for keys, which others may have
// in other sources. A way that the service refuses is passed over; the refusal is
// the error only where no way was left.
func (f Finder) Find(ctx context.Context, text string) (Found, error) {
	text = CleanSearch(text)
	var out Found
	var refusal error
	tries := f.tries(text)
	for i, try := range tries {
		if out.NoSearch && try.words {
			continue
		}
		if isForbidden(refusal) { // a role that does not see profiles may still ask the key ring
			if try.source.Name == "" {
				continue
			}
			try.look = func(ctx context.Context, text string) ([]Customer, error) { return f.byRing(ctx, try.source, text) }
		}
		customers, err := try.look(ctx, text)
		if IsNoSearch(err) {
			out.NoSearch = true
			try = f.exactly(text)
			customers, err = try.look(ctx, text)
		}
		if Passable(err) {
			out.Refused = append(out.Refused, try.by)
			if refusal == nil || isForbidden(err) {
				refusal = err
			}
			continue
		}
		if err != nil {
			return out, err
		}
		out.Tried = append(out.Tried, try.by)
		if len(customers) > 0 {
			out.Customers = customers
			if refusal == nil {
				f.alsoByKey(ctx, text, try, tries[i+1:], &out)
			}
			return out, nil
		}
	}
	if len(out.Tried) == 0 {
		return out, refusal
	}
	return out, nil
}

// otherSources is how many more sources are asked after a key has led to
// somebody.
const otherSources = 5

// alsoByKey adds who else has the key by which somebody was found: a key means
// somebody in one source only, and another source may have given the same one to
// another person. What it cannot ask takes nothing from what was found.
func (f Finder) alsoByKey(ctx context.Context, text string, by aTry, tries []aTry, out *Found) {
	if by.source.Name == "" || by.source.DataName() == f.First { // not by a key, or by that of the source that was meant
		return
	}
	asked := 0
	for _, try := range tries {
		if try.source.Name == "" || asked == otherSources {
			continue
		}
		asked++
		customers, err := try.look(ctx, text)
		if err != nil && !Passable(err) {
			return
		}
		more := slices.DeleteFunc(customers, func(c Customer) bool {
			return slices.ContainsFunc(out.Customers, func(known Customer) bool { return known.ID == c.ID })
		})
		if len(more) > 0 {
			out.Customers = append(out.Customers, more...)
			out.Tried[len(out.Tried)-1] += " and " + try.by
		}
	}
}

// FindWords looks by words alone, which is one call.
func (f Finder) FindWords(ctx context.Context, text string) (Found, error) {
	customers, err := f.bySearch(ctx, CleanSearch(text))
	return Found{Customers: customers, Tried: []string{ByWords}}, err
}

// ByID answers the customer with this id, or none.
func (f Finder) ByID(ctx context.Context, id string) ([]Customer, error) {
	literal, ok := f.literal(FieldCustomerID, id)
	if !ok {
		return nil, nil
	}
	return f.byFilter(ctx, client.Eq(FieldCustomerID, literal))
}

// Who answers the customer with this id. Where the role does not see profiles
// it is one that has nothing but the id; nobody is outbox.ErrUnknownCustomer.
func (f Finder) Who(ctx context.Context, id string) (Customer, error) {
	customers, err := f.ByID(ctx, id)
	switch {
	case isForbidden(err):
		return Customer{ID: id, Unseen: true}, nil
	case err != nil:
		return Customer{}, err
	case len(customers) == 0:
		return Customer{}, fmt.Errorf("customer %s: %w", id, outbox.ErrUnknownCustomer)
	}
	return customers[0], nil
}

// BySourceKey answers the customer behind a key of a source entity, or none.
// The unified table's alternate key is asked where the metadata shows that it
// is there, because that answers the profile in one call; the key ring
// otherwise.
func (f Finder) BySourceKey(ctx context.Context, source metadata.Entity, keyField, key string) ([]Customer, error) {
	if field, ok := f.AlternateKey(source, keyField); ok {
		literal, fits := f.literal(field, key)
		if !fits {
			return nil, nil
		}
		return f.byFilter(ctx, client.Eq(field, literal))
	}
	return f.byRing(ctx, source, key)
}

// byRing asks the key ring who is behind a key of a source.
func (f Finder) byRing(ctx context.Context, source metadata.Entity, key string) ([]Customer, error) {
	ring, err := f.Service.KeyRing(ctx, source.DataSource, source.Name, key)
	switch {
	case isNotFound(err):
		return nil, nil
	case err != nil:
		return nil, fmt.Errorf("look up key of %s: %w", source.DataName(), err)
	case ring.CustomerID == "":
		return nil, nil
	}
	customers, err := f.ByID(ctx, ring.CustomerID)
	if unseen := isForbidden(err); unseen || err == nil && len(customers) == 0 {
		customers, err = []Customer{{ID: ring.CustomerID, Unseen: unseen}}, nil
	}
	for i := range customers {
		customers[i].Ring = ring
	}
	return customers, err
}

// AlternateKey answers the unified table's field that keeps a source's key.
func (f Finder) AlternateKey(source metadata.Entity, keyField string) (string, bool) {
	unified, ok := FindEntity(f.Entities, EntityCustomer)
	if !ok {
		return "", false
	}
	field := metadata.AlternateKeyField(source, keyField)
	_, ok = unified.Attribute(field)
	return field, ok
}

// Sources are the entities that profiles were unified from: those of type
// profile that come from a data source and have a key of one field.
func (f Finder) Sources() []metadata.Entity {
	var out []metadata.Entity
	for _, entity := range f.Entities {
		if entity.Type == metadata.EntityProfile && entity.DataSource != "" && len(entity.KeyNames()) == 1 {
			out = append(out, entity)
		}
	}
	return out
}

func (f Finder) byFilter(ctx context.Context, filter client.Filter) ([]Customer, error) {
	page, err := f.Service.Query(ctx, EntityCustomer, client.Query{Filter: filter})
	if err != nil {
		return nil, fmt.Errorf("read customer: %w", err)
	}
	return f.customers(page.Rows), nil
}

func (f Finder) bySearch(ctx context.Context, text string) ([]Customer, error) {
	page, err := f.Service.Query(ctx, EntityCustomer, client.Query{Search: text, Top: SearchTop})
	if err != nil {
		return nil, fmt.Errorf("search customers: %w", err)
	}
	return f.customers(page.Rows), nil
}

func (f Finder) customers(rows []client.Row) []Customer {
	unified, _ := FindEntity(f.Entities, EntityCustomer)
	out := make([]Customer, 0, len(rows))
	for _, row := range rows {
		out = append(out, Describe(row, unified))
	}
	return out
}

// Describe reads who a row of Customer is, by what its fields mean.
func Describe(row client.Row, unified metadata.Entity) Customer {
	c := Customer{ID: row.Text(FieldCustomerID), Row: row}
	means := meaningsIn(row, unified)
	c.Name = cmp.Or(means[meansName], strings.TrimSpace(means[meansFirstName]+" "+means[meansLastName]))
	c.Mail, c.City, c.Phone, c.Born = means[meansMail], means[meansCity], means[meansPhone], means[meansBirthday]
	for _, text := range []string{c.Mail, c.City} {
		if text != "" {
			c.Also = append(c.Also, text)
		}
	}
	return c
}

// FindEntity answers the entity with this name for data requests.
func FindEntity(entities []metadata.Entity, dataName string) (metadata.Entity, bool) {
	i := slices.IndexFunc(entities, func(e metadata.Entity) bool { return e.DataName() == dataName })
	if i < 0 {
		return metadata.Entity{}, false
	}
	return entities[i], true
}

// IsNoSearch says whether the service answered that it has no $search, which an
// administrator sets up (contract, section 7).
func IsNoSearch(err error) bool {
	var said *client.Error
	return errors.As(err, &said) && (said.Code == "unsupportedOperation" || said.Status == http.StatusNotAcceptable)
}

// isForbidden says whether the role does not allow what was asked.
func isForbidden(err error) bool {
	var said *client.Error
	return errors.As(err, &said) && said.Kind == client.KindForbidden
}

// Passable says that one way of looking was refused, which says nothing of the
// others: the role does not allow it, or this service does not understand it.
func Passable(err error) bool {
	var said *client.Error
	return errors.As(err, &said) && (said.Kind == client.KindForbidden || said.Kind == client.KindBadRequest || said.Kind == client.KindNotFound)
}

// isNotFound says whether the service answered that there is no such thing.
func isNotFound(err error) bool {
	var said *client.Error
	return errors.As(err, &said) && said.Kind == client.KindNotFound
}
