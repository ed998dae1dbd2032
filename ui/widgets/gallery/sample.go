// This file makes the entity and the form that the gallery shows.

package gallery

import (
	"fmt"
	"time"

	"github.com/activitydesk/activitydesk/client/metadata"
	"github.com/activitydesk/activitydesk/forms"
)

func attribute(name string, kind metadata.Kind, edm string) metadata.Attribute {
	return metadata.Attribute{Name: name, Type: metadata.DataType{Kind: kind, Name: edm, Bits: 32}}
}

func purchases() metadata.Entity {
	id := attribute("PurchaseId", metadata.KindText, "Edm.String")
	id.Mandatory = true
	contact := attribute("ContactId", metadata.KindText, "Edm.String")
	contact.Mandatory = true
	on := attribute("PurchasedOn", metadata.KindDateTime, "Edm.DateTimeOffset")
	on.Mandatory = true
	stamp := attribute("LoadedOn", metadata.KindDateTime, "Edm.DateTimeOffset")
	stamp.ReadOnly = true
	return metadata.Entity{
		Name: "eCommercePurchases", DataSource: "eCommerce", Type: metadata.EntityActivity,
		Keys: [][]string{{"PurchaseId"}}, TimestampAttribute: "PurchasedOn",
		Attributes: []metadata.Attribute{
			id, contact, on,
			attribute("TotalPrice", metadata.KindDecimal, "Edm.Decimal"),
			attribute("ProductId", metadata.KindText, "Edm.String"),
			attribute("ActivityTypeDisplay", metadata.KindText, "Edm.String"),
			attribute("Subject", metadata.KindText, "Edm.String"),
			attribute("Gift", metadata.KindBoolean, "Edm.Boolean"),
			attribute("DeliveredOn", metadata.KindDate, "Edm.Date"),
			attribute("Details", metadata.KindJSON, "json"),
			attribute("AFieldWithANameThatIsLongerThanAnyColumn", metadata.KindInteger, "Edm.Int32"),
			stamp,
		},
	}
}

// Form makes the form of the sketches, filled as they are.
func Form() *forms.Form {
	form := forms.FromEntity(purchases(), forms.Options{Zone: zurich(), Now: func() time.Time {
		return time.Date(2026, 11, 23, 14, 5, 41, 0, time.UTC)
	}})
	for name, text := range map[string]string{
		"PurchaseId": "OPID_20931", "ContactId": "CNTID_1002", "PurchasedOn": "2026-11-23 14:05:00",
		"TotalPrice": "12,5O", "ProductId": "ProdID_1032", "ActivityTypeDisplay": "OnlinePurchase",
	} {
		form.SetText(name, text)
	}
	return form
}

func zurich() *time.Location {
	zone, err := time.LoadLocation("Europe/Zurich")
	if err != nil {
		return time.UTC
	}
	return zone
}

// WideForm makes a form of n fields of every kind.
func WideForm(n int) *forms.Form {
	return forms.FromEntity(WideEntity(n), forms.Options{Zone: zurich()})
}

// WideEntity is an entity of n fields of every kind.
func WideEntity(n int) metadata.Entity {
	kinds := []metadata.Kind{
		metadata.KindText, metadata.KindInteger, metadata.KindDecimal, metadata.KindBoolean,
		metadata.KindDate, metadata.KindDateTime, metadata.KindTimeOfDay, metadata.KindGUID,
	}
	entity := metadata.Entity{Name: "wideResponses", DataSource: "Survey", Type: metadata.EntityActivity}
	for i := range n {
		kind := kinds[i%len(kinds)]
		entity.Attributes = append(entity.Attributes, attribute(fmt.Sprintf("Answer%03d", i+1), kind, ""))
	}
	return entity
}
