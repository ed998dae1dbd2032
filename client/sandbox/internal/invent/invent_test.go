package invent_test

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/activitydesk/activitydesk/client/sandbox/internal/invent"
	"github.com/activitydesk/activitydesk/client/sandbox/internal/world"
)

var now = time.Date(2026, 11, 23, 14, 5, 0, 0, time.UTC)

func invented(t *testing.T, seed string, at time.Time) *world.World {
	t.Helper()
	w, err := invent.World(seed, at, "ActivityTime")
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func TestInventedRowsAreWhatTheirEntitiesSay(t *testing.T) {
	w := invented(t, "a", now)
	// The kiosk has no relationship on purpose.
	if len(w.Notes) != 1 || !strings.HasPrefix(w.Notes[0], "Kiosk_kioskVisits: 1 row with no customer") {
		t.Errorf("something is wrong with the data: %q", w.Notes)
	}
	for _, e := range w.Entities {
		for _, row := range e.Rows {
			if len(row) != len(e.Attributes) {
				t.Fatalf("%s: %d values for %d attributes", e.DataName(), len(row), len(e.Attributes))
			}
			for i, a := range e.Attributes {
				if err := a.Type.Check(row[i]); err != nil {
					t.Errorf("%s.%s: %v", e.DataName(), a.Name, err)
				}
				if a.Mandatory && world.TextOf(row[i]) == "" {
					t.Errorf("%s.%s is mandatory and empty", e.DataName(), a.Name)
				}
			}
		}
	}
}

func TestNothingHappenedInTheFutureAndMuchOfItLately(t *testing.T) {
	for _, at := range []time.Time{now, time.Date(2024, 3, 1, 0, 0, 1, 0, time.UTC), time.Date(2031, 1, 1, 23, 59, 0, 0, time.FixedZone("", -7*3600))} {
		w := invented(t, "a", at)
		unified, _ := w.Entity(world.UnifiedActivity)
		recent := 0
		for _, row := range unified.Rows {
			when, ok := world.ParseTime(unified.Text(row, "ActivityTime"))
			if !ok || when.After(at) {
				t.Fatalf("%v happened at %v, now is %v", row, when, at)
			}
			if at.Sub(when) < 30*24*time.Hour {
				recent++
			}
		}
		if recent < len(unified.Rows)/3 {
			t.Errorf("%d of %d activities are of the last month", recent, len(unified.Rows))
		}
	}
}

func TestASeedGivesTheSameWorldAndAnotherOneADifferentOne(t *testing.T) {
	purchases := func(seed string) []world.Row {
		e, _ := invented(t, seed, now).Entity("eCommerce_eCommercePurchases")
		return e.Rows
	}
	first := purchases("a")
	if !reflect.DeepEqual(first, purchases("a")) {
		t.Error("the same seed gives another world")
	}
	if reflect.DeepEqual(first, purchases("b")) {
		t.Error("another seed gives the same world")
	}
}

func TestEveryPersonIsFoundByTheirKeys(t *testing.T) {
	w := invented(t, "a", now)
	contacts, _ := w.Entity("eCommerce_eCommerceContacts")
	members, _ := w.Entity("loyaltyScheme_loyCustomers")
	if len(contacts.Rows) != 40 || len(members.Rows) < 20 || len(members.Rows) == len(contacts.Rows) {
		t.Errorf("%d contacts, %d members", len(contacts.Rows), len(members.Rows))
	}
	for _, row := range members.Rows {
		asMember, _ := w.CustomerByKey("loyaltyScheme_loyCustomers", members.Text(row, "LoyaltyId"))
		asContact, _ := w.CustomerByKey("eCommerce_eCommerceContacts", members.Text(row, "ContactId"))
		if asMember == "" || asMember != asContact {
			t.Errorf("%v is %q and %q", row[:2], asMember, asContact)
		}
	}
}
