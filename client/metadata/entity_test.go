// What the desk derives from an entity: names, time, reception, customer.

package metadata

import (
	"strings"
	"testing"
)

func TestDataNameIsComposedAndNeverSplit(t *testing.T) {
	const id = "d8d3b26a-1111-4222-8333-444455556666"
	cases := []struct {
		entity Entity
		want   string
	}{
		{Entity{Name: "eCommercePurchases", DataSource: "eCommerce", QualifiedName: "eCommerce_eCommercePurchases"}, "eCommerce_eCommercePurchases"},
		{Entity{Name: "Contact", DataSource: "my_shop", QualifiedName: id + "_Contact"}, "my_shop_Contact"},
		{Entity{Name: "web_Reviews", DataSource: "my_shop", QualifiedName: strings.ToUpper(id) + "_web_Reviews"}, "my_shop_web_Reviews"},
		{Entity{Name: "Contact", QualifiedName: id + "_Contact"}, id + "_Contact"},
		{Entity{Name: "Customer", QualifiedName: "Customer"}, "Customer"},
		{Entity{Name: "Customer"}, "Customer"},
		{Entity{Name: "Contact", DataSource: "shop"}, "shop_Contact"},
		{Entity{Name: "E", DataSource: "S", QualifiedName: "d8d3b26a-1111-4222-8333-44445555666_E"}, "d8d3b26a-1111-4222-8333-44445555666_E"},
		{Entity{Name: "E", DataSource: "S", QualifiedName: "g8d3b26a-1111-4222-8333-444455556666_E"}, "g8d3b26a-1111-4222-8333-444455556666_E"},
		{Entity{Name: "E", DataSource: "S", QualifiedName: "d8d3b26a+1111-4222-8333-444455556666_E"}, "d8d3b26a+1111-4222-8333-444455556666_E"},
		{Entity{}, ""},
	}
	for _, c := range cases {
		if got := c.entity.DataName(); got != c.want {
			t.Errorf("%+v is called %q, want %q", c.entity, got, c.want)
		}
	}
	source := Entity{Name: "Contacts", DataSource: "shop", QualifiedName: id + "_Contacts"}
	if got := AlternateKeyField(source, "Contact_Id"); got != "shop_Contacts_Contact_Id" {
		t.Errorf("alternate key = %q", got)
	}
}

func attribute(name string, kind Kind) Attribute {
	return Attribute{Name: name, Type: DataType{Kind: kind}}
}

func TestTimeField(t *testing.T) {
	text, date, moment := attribute("Title", KindText), attribute("Day", KindDate), attribute("At", KindDateTime)
	cases := []struct {
		entity Entity
		want   string
	}{
		{Entity{TimestampAttribute: "Day", Attributes: []Attribute{moment, date}}, "Day"},
		{Entity{Attributes: []Attribute{moment, attribute("ActivityTime", KindDateTime)}}, "ActivityTime"},
		{Entity{Attributes: []Attribute{moment, attribute("ActivityTimestamp", KindText)}}, "ActivityTimestamp"},
		{Entity{Attributes: []Attribute{text, date, moment}}, "At"},
		{Entity{Attributes: []Attribute{text, date}}, "Day"},
		{Entity{Attributes: []Attribute{text}}, ""},
		{Entity{Attributes: []Attribute{{Name: "Many", Type: DataType{Kind: KindDateTime, Collection: true}}}}, ""},
	}
	for _, c := range cases {
		if got := c.entity.TimeField(); got != c.want {
			t.Errorf("time of %+v = %q, want %q", c.entity, got, c.want)
		}
	}
}

func TestReceptionAndItsReason(t *testing.T) {
	date := []Attribute{attribute("Day", KindDate)}
	cases := []struct {
		entity Entity
		want   Reception
		word   string
		reason string
	}{
		{Entity{Type: EntityActivity, Attributes: date}, ReceivesYes, "yes", "activities"},
		{Entity{Type: EntityActivity}, ReceivesMaybe, "maybe", "no date"},
		{Entity{Type: EntityUnifiedActivity}, ReceivesYes, "yes", "unified"},
		{Entity{Type: EntityProfile, Attributes: date}, ReceivesMaybe, "maybe", "profile"},
		{Entity{Type: EntityUnspecified, RawType: "novel", Attributes: date}, ReceivesMaybe, "maybe", "novel"},
		{Entity{Type: EntityUnspecified, Attributes: date}, ReceivesMaybe, "maybe", "not given"},
		{Entity{Type: EntitySegment, Attributes: []Attribute{attribute("Name", KindText)}}, ReceivesNo, "no", "no date"},
	}
	for _, c := range cases {
		got, reason := c.entity.Receives()
		if got != c.want || got.String() != c.word || !strings.Contains(reason, c.reason) {
			t.Errorf("%+v: %v because %q, want %v because of %q", c.entity, got, reason, c.want, c.reason)
		}
	}
}

func TestCustomerReference(t *testing.T) {
	purchases := Entity{Name: "purchases", DataSource: "shop", QualifiedName: "shop_purchases", Type: EntityActivity}
	contacts := Entity{Name: "contacts", DataSource: "shop", QualifiedName: "d8d3b26a-1111-4222-8333-444455556666_contacts"}
	products := Entity{Name: "products", DataSource: "shop", QualifiedName: "shop_products"}
	customer := Entity{Name: "Customer", QualifiedName: "Customer", Type: EntityProfile, Attributes: []Attribute{attribute("shop_contacts_ContactId", KindText)}}
	loyalty := Entity{Name: "members", DataSource: "loyal", QualifiedName: "loyal_members", Type: EntityProfile}
	unified := Entity{Name: "UnifiedActivity", Type: EntityUnifiedActivity, Attributes: []Attribute{attribute("CustomerId", KindText)}}
	all := []Entity{purchases, contacts, products, customer, loyalty, unified}
	toProduct := Relationship{Name: "p", FromEntity: "shop_purchases", FromAttribute: "ProductId", ToEntity: "shop_products", ToAttribute: "ProductId"}
	toContact := Relationship{Name: "c", FromEntity: "purchases", FromAttribute: "ContactId", ToEntity: "shop_contacts", ToAttribute: "ContactId"}
	productToContact := Relationship{FromEntity: "shop_products", FromAttribute: "OwnerId", ToEntity: "Customer", ToAttribute: "CustomerId"}
	other := contacts
	other.Relationships = nil
	cases := []struct {
		name   string
		entity Entity
		all    []Entity
		rels   []Relationship
		want   string
		to     string
	}{
		{"source whose key the profile keeps", purchases, all, []Relationship{toProduct, toContact}, "ContactId", "shop_contacts"},
		{"stored the other way round", purchases, all, []Relationship{toProduct, {FromEntity: contacts.QualifiedName, FromAttribute: "ContactId", ToEntity: "shop_purchases", ToAttribute: "BuyerId"}}, "BuyerId", contacts.QualifiedName},
		{"a profile entity", purchases, all, []Relationship{toProduct, {FromEntity: "shop_purchases", FromAttribute: "Member", ToEntity: "loyal_members"}}, "Member", "loyal_members"},
		{"the unified profile", purchases, all, []Relationship{toContact, {FromEntity: "shop_purchases", FromAttribute: "CustomerId", ToEntity: "Customer"}}, "CustomerId", "Customer"},
		{"one step further", purchases, all, []Relationship{{FromEntity: "shop_purchases", FromAttribute: "Other", ToEntity: "x_y"}, toProduct, productToContact}, "ProductId", "shop_products"},
		{"the only one of an activity", purchases, nil, []Relationship{toContact}, "ContactId", "shop_contacts"},
		{"the only one, to an entity that is no profile", Entity{Name: "purchases", QualifiedName: "shop_purchases"}, all, []Relationship{toProduct}, "", ""},
		{"unified activity", unified, all, nil, "CustomerId", "Customer"},
		{"none", purchases, all, nil, "", ""},
		{"to itself", purchases, all, []Relationship{{FromEntity: "shop_purchases", FromAttribute: "Parent", ToEntity: "purchases", ToAttribute: "Id"}}, "", ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got, rel, ok := CustomerReference(c.entity, c.all, c.rels)
			if got != c.want || rel.ToEntity != c.to || ok != (c.want != "") {
				t.Errorf("got %q to %+v (%v), want %q to %q", got, rel, ok, c.want, c.to)
			}
		})
	}
	own := purchases
	own.Relationships = []Relationship{{FromAttribute: "ContactId", ToEntity: "shop_contacts", ToAttribute: "ContactId"}}
	if got, _, ok := CustomerReference(own, all, nil); got != "ContactId" || !ok {
		t.Errorf("the entity's own relationship: %q (%v)", got, ok)
	}
}

func TestKindsAndTypesHaveWords(t *testing.T) {
	seen := map[string]bool{}
	for kind := KindUnknown; kind <= KindJSON; kind++ {
		if word := kind.String(); word == "" || seen[word] {
			t.Errorf("kind %d has the word %q, empty or taken", kind, word)
		}
		seen[kind.String()] = true
	}
	for want, d := range map[string]DataType{
		"Date and time":      {Kind: KindDateTime, Name: "Edm.DateTimeOffset"},
		"List of text":       {Kind: KindText, Collection: true},
		"Edm.GeographyPoint": {Name: "Edm.GeographyPoint"},
		"Unknown":            {},
	} {
		if got := d.String(); got != want {
			t.Errorf("%+v is %q, want %q", d, got, want)
		}
	}
	if Kind(99).String() != "Unknown" || !(DataType{Kind: KindDouble}).Numeric() || (DataType{Kind: KindText}).Numeric() {
		t.Error("a kind out of range, or a number, is not seen as such")
	}
}
