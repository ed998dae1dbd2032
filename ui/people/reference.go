// From a reference of an activity to the customer whom it means, and from a customer
// to the keys that sources have for them.

package people

import (
	"context"
	"strings"

	"github.com/activitydesk/activitydesk/client/metadata"
)

// ByReference follows a relationship to the customer. It answers false where
// the relationship does not lead to a profile or a source of one.
func (f Finder) ByReference(ctx context.Context, via metadata.Relationship, key string) ([]Customer, bool, error) {
	if strings.EqualFold(via.ToEntity, EntityCustomer) {
		customers, err := f.ByID(ctx, key)
		return customers, true, err
	}
	for _, entity := range f.Entities {
		if !namedLike(entity, via.ToEntity) {
			continue
		}
		_, alternate := f.AlternateKey(entity, via.ToAttribute)
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

// KeysOf lists the customer's id and the keys that its sources have for it.
func (f Finder) KeysOf(c Customer) []string {
	keys := []string{c.ID}
	for _, source := range f.Sources() {
		field, ok := f.AlternateKey(source, source.KeyNames()[0])
		if !ok {
			continue
		}
		if key := c.Row.Text(field); key != "" && key != c.ID {
			keys = append(keys, key)
		}
	}
	return keys
}

// KeyWords lists a customer's id and keys, each with where it belongs.
func (f Finder) KeyWords(c Customer) []string {
	words := []string{"CustomerId " + ShortID(c.ID)}
	for _, source := range f.Sources() {
		if field, ok := f.AlternateKey(source, source.KeyNames()[0]); ok && c.Row.Text(field) != "" {
			words = append(words, source.DataName()+" "+ShortID(c.Row.Text(field)))
		}
	}
	return words
}
