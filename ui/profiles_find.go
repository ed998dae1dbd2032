// Finding a customer: by customer id, by a source's key, by text. The answer
// says who it is in a few words. Used by the profiles page and, for the
// customer's key in a form, by the compose page.

package ui

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"unicode"

	"github.com/activitydesk/activitydesk/client"
	"github.com/activitydesk/activitydesk/client/metadata"
)

// Names of the entities that the product makes itself (contract, section 4).
const (
	entityCustomer        = "Customer"
	entityUnifiedActivity = "UnifiedActivity"
	fieldCustomerID       = "CustomerId"
)

// searchTop is how many customers a search shows.
const searchTop = 10

// customerReader is what finding a customer needs of the service.
type customerReader interface {
	Query(ctx context.Context, entity string, q client.Query) (client.Page, error)
	KeyRing(ctx context.Context, dataSource, entity, key string) (metadata.KeyRing, error)
}

// customer is a unified profile in a few words.
type customer struct {
	ID   string
	Name string   // empty: the profile has no field that looks like a name
	Also []string // what tells it from others: an e-mail, a city
	Mail string   // of Also
	City string   // of Also
	Row  client.Row
	Ring metadata.KeyRing // zero: it was not asked for
}

// label is the customer's name, or the id where there is none.
func (c customer) label() string {
	if c.Name != "" {
		return c.Name
	}
	return shortID(c.ID)
}

// shortID cuts a long id in the middle: "ce759201…c369".
func shortID(id string) string {
	r := []rune(id)
	if len(r) <= 16 {
		return id
	}
	return string(r[:8]) + "…" + string(r[len(r)-4:])
}

// customerFinder looks customers up in one instance. It holds copies only and
// may be used on any goroutine.
type customerFinder struct {
	service  customerReader
	entities []metadata.Entity
	first    string // data name of the source whose keys are tried first; may be empty
}

// found is the answer to a search, with what was tried.
type found struct {
	Customers []customer
	Tried     []string // in words, for "nobody"
}

// aTry is one way of looking.
type aTry struct {
	by   string // in words, for "nobody"
	look func(ctx context.Context, text string) ([]customer, error)
}

// Find looks for what a person typed: as a customer id, as the key of each
// source, and as words, in the order that is likely to need the fewest calls.
// It stops at the first that finds somebody.
func (f customerFinder) Find(ctx context.Context, text string) (found, error) {
	var out found
	for _, try := range f.tries(text) {
		customers, err := try.look(ctx, text)
		if isNoSearch(err) {
			try = f.exactly(text)
			customers, err = try.look(ctx, text)
		}
		if err != nil {
			return out, err
		}
		out.Tried = append(out.Tried, try.by)
		if len(customers) > 0 {
			out.Customers = customers
			return out, nil
		}
	}
	return out, nil
}

// FindWords looks by words alone, which is one call.
func (f customerFinder) FindWords(ctx context.Context, text string) (found, error) {
	customers, err := f.bySearch(ctx, text)
	return found{Customers: customers, Tried: []string{byWords}}, err
}

// byWords names the search for words among what was tried.
const byWords = "words"

// tries lists the ways of looking for a text, the best first.
func (f customerFinder) tries(text string) []aTry {
	tries := []aTry{{"customer ID", f.ByID}}
	for _, source := range f.sources() {
		try := aTry{source.DataName() + " key", func(ctx context.Context, text string) ([]customer, error) {
			return f.BySourceKey(ctx, source, source.KeyNames()[0], text)
		}}
		if source.DataName() == f.first {
			tries = slices.Insert(tries, 0, try)
			continue
		}
		tries = append(tries, try)
	}
	words := aTry{byWords, f.bySearch}
	if looksLikeWords(text) {
		return slices.Insert(tries, 0, words)
	}
	return append(tries, words)
}

// exactly is the way of looking for words where the instance has no search: a
// whole e-mail, phone number or name, in the field that has that meaning.
func (f customerFinder) exactly(text string) aTry {
	word, meaning := "name", "PersonFullName"
	switch {
	case strings.Contains(text, "@"):
		word, meaning = "e-mail", "IdentityServiceEmail"
	case !strings.ContainsFunc(text, unicode.IsLetter):
		word, meaning = "phone number", "IdentityServicePhone"
	}
	unified, _ := findEntity(f.entities, entityCustomer)
	field := fieldOfMeaning(unified, meaning)
	return aTry{"whole " + word + " (this instance has no search)", func(ctx context.Context, text string) ([]customer, error) {
		if field == "" {
			return nil, nil
		}
		return f.byFilter(ctx, client.Eq(field, client.Text(text)))
	}}
}

// looksLikeWords says that a text is rather a name, an e-mail or a phone number
// than a key: keys have digits, and neither spaces nor an @.
func looksLikeWords(text string) bool {
	return strings.ContainsAny(text, "@ ") || strings.HasPrefix(text, "+") || !strings.ContainsAny(text, "0123456789")
}

// ByID answers the customer with this id, or none.
func (f customerFinder) ByID(ctx context.Context, id string) ([]customer, error) {
	return f.byFilter(ctx, client.Eq(fieldCustomerID, client.Text(id)))
}

// BySourceKey answers the customer behind a key of a source entity, or none.
// The unified table's alternate key is asked where the metadata shows that it
// is there, because that answers the profile in one call; the key ring
// otherwise.
func (f customerFinder) BySourceKey(ctx context.Context, source metadata.Entity, keyField, key string) ([]customer, error) {
	if field, ok := f.alternateKey(source, keyField); ok {
		return f.byFilter(ctx, client.Eq(field, client.Text(key)))
	}
	ring, err := f.service.KeyRing(ctx, source.DataSource, source.Name, key)
	switch {
	case isNotFound(err):
		return nil, nil
	case err != nil:
		return nil, fmt.Errorf("look up key of %s: %w", source.DataName(), err)
	case ring.CustomerID == "":
		return nil, nil
	}
	customers, err := f.ByID(ctx, ring.CustomerID)
	if err == nil && len(customers) == 0 {
		customers = []customer{{ID: ring.CustomerID}}
	}
	for i := range customers {
		customers[i].Ring = ring
	}
	return customers, err
}

// alternateKey answers the unified table's field that keeps a source's key.
func (f customerFinder) alternateKey(source metadata.Entity, keyField string) (string, bool) {
	unified, ok := findEntity(f.entities, entityCustomer)
	if !ok {
		return "", false
	}
	field := metadata.AlternateKeyField(source, keyField)
	_, ok = unified.Attribute(field)
	return field, ok
}

// sources are the entities that profiles were unified from: those of type
// profile that come from a data source and have a key of one field.
func (f customerFinder) sources() []metadata.Entity {
	var out []metadata.Entity
	for _, entity := range f.entities {
		if entity.Type == metadata.EntityProfile && entity.DataSource != "" && len(entity.KeyNames()) == 1 {
			out = append(out, entity)
		}
	}
	return out
}

func (f customerFinder) byFilter(ctx context.Context, filter client.Filter) ([]customer, error) {
	page, err := f.service.Query(ctx, entityCustomer, client.Query{Filter: filter})
	if err != nil {
		return nil, fmt.Errorf("read customer: %w", err)
	}
	return f.customers(page.Rows), nil
}

func (f customerFinder) bySearch(ctx context.Context, text string) ([]customer, error) {
	page, err := f.service.Query(ctx, entityCustomer, client.Query{Search: text, Top: searchTop})
	if err != nil {
		return nil, fmt.Errorf("search customers: %w", err)
	}
	return f.customers(page.Rows), nil
}

func (f customerFinder) customers(rows []client.Row) []customer {
	unified, _ := findEntity(f.entities, entityCustomer)
	out := make([]customer, 0, len(rows))
	for _, row := range rows {
		out = append(out, describeCustomer(row, unified))
	}
	return out
}

// describeCustomer reads who a row of Customer is, by the fields' semantic
// types first and by the names that are common otherwise.
func describeCustomer(row client.Row, unified metadata.Entity) customer {
	c := customer{ID: row.Text(fieldCustomerID), Row: row}
	c.Name = bySemantic(row, unified, "PersonFullName")
	if c.Name == "" {
		c.Name = firstText(row, "FullName", "Name", "DisplayName")
	}
	if c.Name == "" {
		first := cmp.Or(bySemantic(row, unified, "PersonFirstName"), firstText(row, "FirstName"))
		last := cmp.Or(bySemantic(row, unified, "PersonLastName"), firstText(row, "LastName"))
		c.Name = strings.TrimSpace(first + " " + last)
	}
	c.Mail = cmp.Or(bySemantic(row, unified, "IdentityServiceEmail"), firstText(row, "EMail", "Email", "EmailAddress"))
	c.City = cmp.Or(bySemantic(row, unified, "LocationCity"), firstText(row, "City"))
	for _, text := range []string{c.Mail, c.City} {
		if text != "" {
			c.Also = append(c.Also, text)
		}
	}
	return c
}

// bySemantic answers the first filled field of a semantic type, which the
// service writes with or without a namespace ("Person.FullName").
func bySemantic(row client.Row, entity metadata.Entity, want string) string {
	for _, attribute := range entity.Attributes {
		if means(attribute, want) {
			if text := strings.TrimSpace(row.Text(attribute.Name)); text != "" {
				return text
			}
		}
	}
	return ""
}

// fieldOfMeaning answers the first field of a semantic type; empty: none.
func fieldOfMeaning(entity metadata.Entity, want string) string {
	for _, attribute := range entity.Attributes {
		if means(attribute, want) {
			return attribute.Name
		}
	}
	return ""
}

func means(attribute metadata.Attribute, want string) bool {
	return strings.EqualFold(strings.ReplaceAll(attribute.SemanticType, ".", ""), want)
}

// findEntity answers the entity with this name for data requests.
func findEntity(entities []metadata.Entity, dataName string) (metadata.Entity, bool) {
	i := slices.IndexFunc(entities, func(e metadata.Entity) bool { return e.DataName() == dataName })
	if i < 0 {
		return metadata.Entity{}, false
	}
	return entities[i], true
}

// isNoSearch says whether the service answered that it has no $search, which an
// administrator sets up (contract, section 7).
func isNoSearch(err error) bool {
	var said *client.Error
	return errors.As(err, &said) && (said.Code == "unsupportedOperation" || said.Status == http.StatusNotAcceptable)
}

// isNotFound says whether the service answered that there is no such thing.
func isNotFound(err error) bool {
	var said *client.Error
	return errors.As(err, &said) && said.Kind == client.KindNotFound
}
