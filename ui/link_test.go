package ui

import (
	"testing"

	"github.com/activitydesk/activitydesk/ui/settings"
)

func TestAConnectionThatIsOpenedAgainKeepsItsBudget(t *testing.T) {
	d := &dialer{}
	contoso := settings.Connection{ID: "c1", Root: "https://api.example.org/v1", RatePerMinute: 3}
	first := d.pacer(contoso)
	if err := first.Wait(t.Context()); err != nil {
		t.Fatal(err)
	}
	contoso.RatePerMinute = 50
	if used, limit := d.pacer(contoso).Usage(); used != 1 || limit != 50 {
		t.Errorf("opened again it has used %d of %d, want 1 of 50", used, limit)
	}
	elsewhere := contoso
	elsewhere.Root = "https://other.example.org/v1"
	if d.pacer(elsewhere) == first {
		t.Error("another address shares the budget")
	}
}
