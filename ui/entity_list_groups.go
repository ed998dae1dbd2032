// Which entities stand together in the list, and what is said beside those
// that cannot receive activities. Values only; entity_list.go draws them.

package ui

import (
	"slices"
	"strings"

	"github.com/activitydesk/activitydesk/client/metadata"
)

// The groups of the list, in this order.
const (
	groupActivities = "Activities"
	groupProfiles   = "Profiles"
	groupProduct    = "Made by the product"
	groupOther      = "Other"
)

// entityRow is one entity as the list shows it.
type entityRow struct {
	Entity metadata.Entity
	Name   string // for data requests; what the list shows and what is chosen
	Muted  bool   // cannot receive activities
	Note   string // short, beside the name; empty for what can be sent to
	Reason string // a sentence for people; empty for what can be sent to
}

// entityGroup is a heading with the rows below it.
type entityGroup struct {
	Title string
	Rows  []entityRow
}

// groupEntities sorts entities into the groups of the list. Refused tells, by
// data name, which entities the service itself has refused before, with the
// code that it answered. Empty groups are left out.
func groupEntities(entities []metadata.Entity, refused map[string]string) []entityGroup {
	groups := []entityGroup{
		{Title: groupActivities}, {Title: groupProfiles}, {Title: groupProduct}, {Title: groupOther},
	}
	for _, entity := range entities {
		i := slices.IndexFunc(groups, func(g entityGroup) bool { return g.Title == groupOf(entity.Type) })
		groups[i].Rows = append(groups[i].Rows, rowOf(entity, refused))
	}
	for _, group := range groups {
		slices.SortStableFunc(group.Rows, compareEntityRows)
	}
	return slices.DeleteFunc(groups, func(g entityGroup) bool { return len(g.Rows) == 0 })
}

// compareEntityRows puts what can be sent to first, then goes by name.
func compareEntityRows(a, b entityRow) int {
	if a.Muted != b.Muted {
		if a.Muted {
			return 1
		}
		return -1
	}
	return strings.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name))
}

func groupOf(kind metadata.EntityType) string {
	switch kind {
	case metadata.EntityActivity:
		return groupActivities
	case metadata.EntityProfile:
		return groupProfiles
	case metadata.EntityUnspecified, metadata.EntityQuarantine:
		return groupOther
	default:
		return groupProduct
	}
}

func rowOf(entity metadata.Entity, refused map[string]string) entityRow {
	row := entityRow{Entity: entity, Name: entity.DataName()}
	if code, found := refused[row.Name]; found {
		row.Muted, row.Note, row.Reason = true, "not set up", refusedReason(code)
		return row
	}
	reception, reason := entity.Receives()
	if reception == metadata.ReceivesNo {
		row.Muted, row.Note, row.Reason = true, kindNote(entity.Type), reason
	}
	return row
}

// refusedReason says why the service does not take activities for an entity
// that looked as if it could.
func refusedReason(code string) string {
	return "The service answered " + code + ": this entity was not set up to receive activities. " +
		"Set it up on the product's Activities screen, then press F5."
}

// refusalSticks says whether a service code speaks of the entity itself and
// not of what was sent, so that it holds for the next activity too.
func refusalSticks(code string) bool {
	switch strings.ToLower(code) {
	case "unsupportedentitytype", "mappingforactivitynotfound":
		return true
	default:
		return false
	}
}

// kindNote is the word beside an entity that receives nothing.
func kindNote(kind metadata.EntityType) string {
	switch kind {
	case metadata.EntityActivity:
		return "no date"
	case metadata.EntityProfile:
		return "profile"
	case metadata.EntitySegment:
		return "segment"
	case metadata.EntityAggregateKPI, metadata.EntityProfileKPI:
		return "measure"
	case metadata.EntityConflationMap:
		return "map"
	case metadata.EntityQuarantine:
		return "quarantined"
	case metadata.EntityUnspecified:
		return "no type"
	case metadata.EntityIntelligence, metadata.EntityGenericPrediction:
		return "prediction"
	case metadata.EntityEnrichment:
		return "enrichment"
	case metadata.EntityInsights:
		return "insights"
	case metadata.EntityDerived:
		return "derived"
	default:
		return "read only"
	}
}
