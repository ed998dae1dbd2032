package people

import (
	"context"
	"errors"
	"testing"

	"github.com/activitydesk/activitydesk/client"
	"github.com/activitydesk/activitydesk/client/metadata"
)

// ringService knows one customer, by its id and through the key ring.
type ringService struct {
	id      string
	ringErr error
	noRow   bool // the role does not see the customer's row
}

func (s ringService) Query(_ context.Context, _ string, q client.Query) (client.Page, error) {
	if s.noRow || q.Filter.String() != client.Eq("CustomerId", client.Text(s.id)).String() {
		return client.Page{}, nil
	}
	row, err := client.ParseRow([]byte(`{"CustomerId": "` + s.id + `", "FirstName": "Ana", "LastName": "Kovač", "City": "Split"}`))
	return client.Page{Rows: []client.Row{row}}, err
}

func (s ringService) KeyRing(_ context.Context, dataSource, entity, key string) (metadata.KeyRing, error) {
	if s.ringErr != nil || dataSource != "shop" || entity != "people" || key != "P1" {
		return metadata.KeyRing{}, errors.Join(s.ringErr, &client.Error{Kind: client.KindNotFound})
	}
	return metadata.KeyRing{CustomerID: s.id}, nil
}

// people is a profile's source whose key the unified table does not keep.
var people = metadata.Entity{
	Name: "people", DataSource: "shop", QualifiedName: "shop_people",
	Type: metadata.EntityProfile, Keys: [][]string{{"PersonId"}},
}

func TestTheKeyRingIsAskedWhereTheProfileDoesNotKeepTheKey(t *testing.T) {
	service := ringService{id: "c1"}
	finder := Finder{Service: service, Entities: []metadata.Entity{people}}
	got, err := finder.BySourceKey(t.Context(), people, "PersonId", "P1")
	if err != nil || len(got) != 1 || got[0].ID != "c1" || got[0].Name != "Ana Kovač" || got[0].Also[0] != "Split" {
		t.Errorf("%+v, %v", got, err)
	}
	if got, err := finder.BySourceKey(t.Context(), people, "PersonId", "P2"); err != nil || len(got) != 0 {
		t.Errorf("an unknown key: %+v, %v", got, err)
	}
	finder.Service = ringService{id: "c1", noRow: true}
	if got, err := finder.BySourceKey(t.Context(), people, "PersonId", "P1"); err != nil || len(got) != 1 || got[0].ID != "c1" {
		t.Errorf("a customer whose row is not seen: %+v, %v", got, err)
	}
	refused := &client.Error{Kind: client.KindForbidden}
	finder.Service = ringService{id: "c1", ringErr: refused}
	if _, err := finder.BySourceKey(t.Context(), people, "PersonId", "P1"); !errors.Is(err, refused) {
		t.Errorf("a refusal becomes %v", err)
	}
}

func TestAReferenceIsFollowedToTheCustomer(t *testing.T) {
	finder := Finder{Service: ringService{id: "c1"}, Entities: []metadata.Entity{people, {Name: "shelf", QualifiedName: "shop_shelf"}}}
	cases := map[string]struct {
		to    metadata.Relationship
		key   string
		Found int
		can   bool
	}{
		"to the customer":        {metadata.Relationship{ToEntity: "Customer", ToAttribute: "CustomerId"}, "c1", 1, true},
		"to a source":            {metadata.Relationship{ToEntity: "SHOP_people", ToAttribute: "PersonId"}, "P1", 1, true},
		"to a source's own name": {metadata.Relationship{ToEntity: "people", ToAttribute: "PersonId"}, "P1", 1, true},
		"to something else":      {metadata.Relationship{ToEntity: "shop_shelf", ToAttribute: "ShelfId"}, "S1", 0, false},
		"to nothing known":       {metadata.Relationship{ToEntity: "gone"}, "G1", 0, false},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			got, can, err := finder.ByReference(t.Context(), c.to, c.key)
			if err != nil || len(got) != c.Found || can != c.can {
				t.Errorf("%d found, can be looked up: %v, %v", len(got), can, err)
			}
		})
	}
}
