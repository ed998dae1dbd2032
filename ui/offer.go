// An offer is something that Ctrl+K finds by its name.

package ui

// OfferKind says what is offered. It is also the heading above its kind.
type OfferKind string

// The kinds of offers, in the order in which they are listed where nothing is
// typed.
const (
	OfferAction   OfferKind = "Actions"
	OfferPage     OfferKind = "Pages"
	OfferField    OfferKind = "Fields"
	OfferPreset   OfferKind = "Presets"
	OfferEntity   OfferKind = "Entities"
	OfferCustomer OfferKind = "Customers"
	OfferSend     OfferKind = "Recent sends"
	OfferPlace    OfferKind = "Connections and instances"
)

// Offer is one thing to find. Kind and Title together name it: what was chosen
// is found again by them.
type Offer struct {
	Kind   OfferKind
	Title  string // what is searched, and what the line begins with
	Detail string // small, behind the title: what tells two of a name apart
	Keys   string // small, at the end: the key that does the same, as "Ctrl+N"

	// Do is called on the UI goroutine, after the list has closed. For an offer
	// of a page, that page is shown before.
	Do func()
}
