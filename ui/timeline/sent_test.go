package timeline

import (
	"testing"

	"github.com/activitydesk/activitydesk/client/journal"
	"github.com/activitydesk/activitydesk/client/metadata"
	"github.com/activitydesk/activitydesk/ui/people"
)

func TestWhatWasSentToUnifiedActivityItselfIsKnownByItsOwnKey(t *testing.T) {
	index := Marks{}
	index.Add(journal.Entry{
		ID: "e1", Entity: people.EntityUnifiedActivity, State: journal.Visible, Operation: journal.OperationPost,
		KeyFields: []journal.KeyValue{{Name: fieldActivityID, Value: "U1"}},
	}, unifiedEntity())
	for name, row := range map[string]Row{
		"without a source": {Key: "u1"},
		"with one":         {Key: "U1", Source: "Shop_Sales", SourceID: "S1"},
	} {
		if got := index.Of(&row); got.EntryID != "e1" {
			t.Errorf("%s: %+v", name, got)
		}
	}
	if got := index.Of(&Row{Key: "U2", SourceID: "U1"}); got.EntryID != "" {
		t.Errorf("an activity of another key is called sent from here: %+v", got)
	}
}

// unifiedEntity is the product's own entity.
func unifiedEntity() (e metadata.Entity) {
	e.Name, e.QualifiedName, e.Keys = people.EntityUnifiedActivity, people.EntityUnifiedActivity, [][]string{{fieldActivityID}}
	return e
}
