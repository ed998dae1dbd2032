package people

import (
	"context"
	"errors"
	"slices"
	"testing"

	"github.com/activitydesk/activitydesk/client"
	"github.com/activitydesk/activitydesk/client/metadata"
)

// rings answers key rings by source and key, and nothing else.
type rings struct {
	of    map[string]metadata.KeyRing // "dataSource entity key"
	err   error
	calls int
}

func (r *rings) Query(context.Context, string, client.Query) (client.Page, error) {
	return client.Page{}, errors.New("nothing is to be queried")
}

func (r *rings) KeyRing(_ context.Context, dataSource, entity, key string) (metadata.KeyRing, error) {
	r.calls++
	if r.err != nil {
		return metadata.KeyRing{}, r.err
	}
	ring, ok := r.of[dataSource+" "+entity+" "+key]
	if !ok {
		return metadata.KeyRing{}, &client.Error{Kind: client.KindNotFound}
	}
	return ring, nil
}

// till is a source whose key the unified table keeps; of people it does not.
var till = metadata.Entity{
	Name: "guests", DataSource: "till", QualifiedName: "till_guests",
	Type: metadata.EntityProfile, Keys: [][]string{{"GuestId"}},
}

var unifiedOfTill = metadata.Entity{
	Name: "Customer", QualifiedName: "Customer", Type: metadata.EntityProfile,
	Attributes: []metadata.Attribute{{Name: "CustomerId"}, {Name: "till_guests_GuestId"}},
}

func guest(t *testing.T, row string) Customer {
	t.Helper()
	parsed, err := client.ParseRow([]byte(row))
	if err != nil {
		t.Fatal(err)
	}
	return Describe(parsed, unifiedOfTill)
}

func TestTheKeyThatAnActivityNeedsIsFound(t *testing.T) {
	ring := metadata.KeyRing{CustomerID: "c1", Keys: []byte(`{"shop_people": ["P1", "P2"], "till_guests": ["G2", "G1"]}`)}
	toTill := metadata.Relationship{ToEntity: "till_guests", ToAttribute: "GuestId"}
	toPeople := metadata.Relationship{ToEntity: "shop_people", ToAttribute: "PersonId"}
	known := `{"CustomerId": "c1", "till_guests_GuestId": "G1"}`
	cases := map[string]struct {
		via     metadata.Relationship
		row     string
		service rings
		want    []string
		calls   int
	}{
		"the customer's own id": {metadata.Relationship{ToEntity: "Customer"}, known, rings{}, []string{"c1"}, 0},
		"kept by the profile, and others of the ring": {
			toTill, known, rings{of: map[string]metadata.KeyRing{"till guests G1": ring}}, []string{"G1", "G2"}, 1,
		},
		"kept by the profile, where the ring cannot be read": {
			toTill, known, rings{err: &client.Error{Kind: client.KindForbidden}}, []string{"G1"}, 1,
		},
		"a ring of somebody else is not believed": {
			toTill, known,
			rings{of: map[string]metadata.KeyRing{"till guests G1": {CustomerID: "c2", Keys: []byte(`{"till_guests": ["G9"]}`)}}},
			[]string{"G1"},
			1,
		},
		"no key in that source": {toTill, `{"CustomerId": "c1", "till_guests_GuestId": null}`, rings{}, nil, 0},
		"not kept by the profile: by another source's key": {
			toPeople, known, rings{of: map[string]metadata.KeyRing{"till guests G1": ring}}, []string{"P1", "P2"}, 1,
		},
		"not kept, and not in the ring": {
			toPeople, known, rings{of: map[string]metadata.KeyRing{"till guests G1": {CustomerID: "c1", Keys: []byte(`{}`)}}}, nil, 1,
		},
		"not kept, and no key to ask by": {toPeople, `{"CustomerId": "c1"}`, rings{}, nil, 0},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			finder := Finder{Service: &c.service, Entities: []metadata.Entity{people, till, unifiedOfTill}}
			need := finder.NeedOf("Who", c.via)
			if need.Cannot != "" {
				t.Fatal(need.Cannot)
			}
			got, err := finder.KeysFor(t.Context(), need, guest(t, c.row))
			if err != nil || !slices.Equal(got.Keys, c.want) || c.service.calls != c.calls {
				t.Errorf("keys %q after %d calls, want %q after %d; %v", got.Keys, c.service.calls, c.want, c.calls, err)
			}
		})
	}
}

func TestARingThatCannotBeReadIsSaidWhereThereIsNoOtherKey(t *testing.T) {
	refused := &client.Error{Kind: client.KindForbidden}
	finder := Finder{Service: &rings{err: refused}, Entities: []metadata.Entity{people, till, unifiedOfTill}}
	need := finder.NeedOf("Who", metadata.Relationship{ToEntity: "shop_people", ToAttribute: "PersonId"})
	_, err := finder.KeysFor(t.Context(), need, guest(t, `{"CustomerId": "c1", "till_guests_GuestId": "G1"}`))
	if !errors.Is(err, refused) {
		t.Errorf("got %v", err)
	}
}

func TestWhatCannotBeLookedUpIsSaid(t *testing.T) {
	shelf := metadata.Entity{Name: "shelf", QualifiedName: "shop_shelf"}
	finder := Finder{Entities: []metadata.Entity{people, shelf, unifiedOfTill}}
	for _, to := range []string{"shop_shelf", "gone"} {
		if need := finder.NeedOf("Who", metadata.Relationship{ToEntity: to, ToAttribute: "Id"}); need.Cannot == "" {
			t.Errorf("a relationship to %s promises a key", to)
		}
	}
}
