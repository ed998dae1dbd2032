package ui

import (
	"slices"
	"strings"
	"testing"

	"github.com/activitydesk/activitydesk/client/metadata"
)

func dated(source, name string, kind metadata.EntityType) metadata.Entity {
	return metadata.Entity{
		Name: name, DataSource: source, QualifiedName: strings.TrimPrefix(source+"_"+name, "_"), Type: kind,
		Attributes: []metadata.Attribute{{Name: "At", Type: metadata.DataType{Kind: metadata.KindDateTime}}},
	}
}

func TestEntitiesStandInTheirGroups(t *testing.T) {
	entities := []metadata.Entity{
		{Name: "Segment_vip", QualifiedName: "Segment_vip", Type: metadata.EntitySegment},
		dated("Website", "webReviews", metadata.EntityActivity),
		dated("", "UnifiedActivity", metadata.EntityUnifiedActivity),
		dated("Hotel", "stays", metadata.EntityActivity),
		{Name: "Customer", QualifiedName: "Customer", Type: metadata.EntityProfile},
		{Name: "leftover", QualifiedName: "leftover", Type: metadata.EntityUnspecified},
		dated("eCommerce", "purchases", metadata.EntityActivity),
	}
	groups := groupEntities(entities, map[string]string{"Hotel_stays": "mappingForActivityNotFound"})
	var got []string
	for _, group := range groups {
		got = append(got, "# "+group.Title)
		for _, row := range group.Rows {
			line := row.Name
			if row.Muted {
				line += " (" + row.Note + ")"
			}
			got = append(got, line)
		}
	}
	want := []string{
		"# Activities", "eCommerce_purchases", "Website_webReviews", "Hotel_stays (not set up)",
		"# Profiles", "Customer (profile)",
		"# Made by the product", "UnifiedActivity", "Segment_vip (segment)",
		"# Other", "leftover (no type)",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestWhatCannotReceiveSaysWhy(t *testing.T) {
	segment := metadata.Entity{Name: "Segment_vip", QualifiedName: "Segment_vip", Type: metadata.EntitySegment}
	groups := groupEntities([]metadata.Entity{segment}, nil)
	if reason := groups[0].Rows[0].Reason; reason == "" {
		t.Error("a segment has no reason")
	}
	refused := rowOf(dated("Hotel", "stays", metadata.EntityActivity), map[string]string{"Hotel_stays": "mappingForActivityNotFound"})
	if !strings.Contains(refused.Reason, "mappingForActivityNotFound") {
		t.Errorf("the reason does not name the service's code: %s", refused.Reason)
	}
}

func TestOnlyRefusalsOfTheEntityItselfAreRemembered(t *testing.T) {
	for _, code := range []string{"unsupportedEntityType", "MappingForActivityNotFound"} {
		if !refusalSticks(code) {
			t.Errorf("%s is not remembered", code)
		}
	}
	for _, code := range []string{"mandatoryFieldsMissing", "customerForActivityNotFound", ""} {
		if refusalSticks(code) {
			t.Errorf("%q is remembered", code)
		}
	}
}
