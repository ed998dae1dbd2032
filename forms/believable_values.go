// Invented texts and numbers. Nobody has these addresses: example.com is kept
// free for examples (RFC 2606), and so are the numbers +1 555 01xx.

package forms

import (
	"fmt"
	"strconv"
	"time"

	"github.com/activitydesk/activitydesk/client/metadata"
)

var (
	firstNames = []string{"Ada", "Ben", "Chloe", "David", "Elena", "Farid", "Grace", "Hugo", "Ines", "Jonas", "Keiko", "Liam", "Mona", "Noah", "Olga", "Paulo"}
	lastNames  = []string{"Example", "Sample", "Tester", "Muster", "Specimen", "Ejemplo", "Exemple", "Voorbeeld"}
	goods      = []string{"coffee beans", "espresso cups", "milk frother", "coffee grinder", "filter papers", "tea selection", "travel mug"}
	remarks    = []string{
		"All as expected, would buy again.", "Arrived one day early and well packed.", "Asked about opening hours.",
		"Friendly service at the counter.", "The lid does not close well, otherwise good.", "Wants to be called back in the afternoon.",
	}
)

// places go together in no field: each field draws on its own.
var places = []string{"Bern", "Lisbon", "Oslo", "Porto", "Seattle", "Toronto", "Utrecht", "Vienna"}

// text invents a text. Dates in text fields are written as rows write them.
func (d *draw) text(m meaning, seen seenValues) string {
	switch m {
	case meansDate, meansBirth:
		return d.dateText(m, seen)
	case meansAmount, meansRating, meansPercent, meansQuantity, meansPoints, meansDuration, meansAge, meansYear,
		meansLatitude, meansLongitude:
		return d.number(&Field{Kind: metadata.KindDecimal}, m)
	case meansID:
		return fmt.Sprintf("EX-%05d", d.between(1, 99999))
	}
	if text := d.personal(m); text != "" {
		return text
	}
	return d.thing(m)
}

// personal invents what belongs to a person.
func (d *draw) personal(m meaning) string {
	switch m {
	case meansEmail:
		return fmt.Sprintf("%s.%d@example.com", PlainName(d.of(firstNames...)), d.between(1, 999))
	case meansPhone:
		return fmt.Sprintf("+1 555 01%02d", d.between(0, 99))
	case meansFirstName:
		return d.of(firstNames...)
	case meansLastName:
		return d.of(lastNames...)
	case meansFullName, meansName:
		return d.of(firstNames...) + " " + d.of(lastNames...)
	case meansCompany:
		return d.of("Contoso", "Fabrikam", "Northwind Traders", "Adventure Works")
	case meansStreet:
		return fmt.Sprintf("%d Example Street", d.between(1, 199))
	case meansPostalCode:
		return strconv.Itoa(d.between(10000, 99999))
	case meansCity:
		return d.of(places...)
	case meansRegion:
		return d.of("North", "South", "East", "West")
	case meansCountry:
		return d.of("Austria", "Canada", "Netherlands", "Norway", "Portugal", "Switzerland")
	case meansCountryCode:
		return d.of("AT", "CA", "CH", "NL", "NO", "PT")
	case meansGender:
		return d.of("female", "male", "not said")
	case meansLanguage:
		return d.of("en-US", "de-CH", "fr-FR", "pt-PT")
	}
	return ""
}

// thing invents what belongs to an activity.
func (d *draw) thing(m meaning) string {
	switch m {
	case meansURL:
		return fmt.Sprintf("https://example.com/%s/%d", d.of("offers", "products", "news", "help"), d.between(1, 999))
	case meansCurrency:
		return d.of("CHF", "EUR", "GBP", "USD")
	case meansStatus:
		return d.of("open", "in progress", "completed")
	case meansChannel:
		return d.of("web", "store", "phone", "e-mail", "app")
	case meansDevice:
		return d.of("phone", "tablet", "desktop")
	case meansStore:
		return "Example Store " + d.of(places...)
	case meansProduct:
		return d.of(goods...)
	case meansCampaign:
		return d.of("Spring example", "Summer example", "Autumn example", "Winter example")
	case meansCategory:
		return d.of("Example A", "Example B", "Example C")
	case meansTitle:
		return d.of("Bought ", "Asked about ", "Looked at ", "Returned ") + d.of(goods...)
	case meansDescription:
		return d.of(remarks...)
	case meansYesNo:
		return d.of("true", "false")
	}
	return fmt.Sprintf("Example %d", d.between(1, 999))
}

// spans are the ranges that numbers of a meaning lie in.
var spans = map[meaning]struct {
	from, to int
	decimals int // in types that have them
}{
	meansAmount:    {5, 120, 2},
	meansRating:    {1, 5, 0},
	meansPercent:   {0, 100, 0},
	meansQuantity:  {1, 5, 0},
	meansPoints:    {10, 120, 0},
	meansDuration:  {20, 120, 0},
	meansAge:       {20, 80, 0},
	meansLatitude:  {-60, 60, 4},
	meansLongitude: {-120, 120, 4},
	meansID:        {1000, 30000, 0},
	meansNothing:   {1, 100, 0},
}

// number invents a number of a meaning that the field's type can hold.
func (d *draw) number(field *Field, m meaning) string {
	if m == meansYear {
		year := d.in.now.Year()
		return strconv.Itoa(min(d.between(year-5, year), highest(field.Type)))
	}
	span, ok := spans[m]
	if !ok {
		span = spans[meansNothing]
	}
	span.to = min(span.to, highest(field.Type))
	span.from = min(span.from, span.to)
	if field.Type.Unsigned {
		span.from = max(span.from, 0)
	}
	if field.Kind == metadata.KindInteger || span.decimals == 0 {
		return strconv.Itoa(d.between(span.from, span.to))
	}
	unit := 1
	for range span.decimals {
		unit *= 10
	}
	n := d.between(span.from*unit, span.to*unit)
	return strconv.FormatFloat(float64(n)/float64(unit), 'f', span.decimals, 64)
}

// highest is the largest number that an integer type certainly holds, as far as
// invented numbers go.
func highest(t metadata.DataType) int {
	switch {
	case t.Kind != metadata.KindInteger || t.Bits == 0 || t.Bits > 16:
		return 1 << 30
	case t.Bits > 8:
		return 1<<15 - 1
	}
	return 1<<7 - 1
}

// dateLayouts are the ways in which text fields hold dates.
var dateLayouts = []string{
	"2006-01-02T15:04:05Z", time.RFC3339, "2006-01-02T15:04:05", time.DateTime, "2006-01-02 15:04", time.DateOnly,
	"02.01.2006 15:04", "02.01.2006", "20060102",
}

// dateText writes a time that is over, as rows write theirs. Where none show
// one, it is ISO 8601.
func (d *draw) dateText(m meaning, seen seenValues) string {
	at := d.moment(m == meansDate, m).UTC()
	for _, layout := range dateLayouts {
		if len(seen.distinct) == 0 {
			break
		}
		if _, err := time.Parse(layout, seen.distinct[0]); err == nil {
			return at.Format(layout)
		}
	}
	if m == meansBirth {
		return at.Format(time.DateOnly)
	}
	return at.Format(dateLayouts[0])
}
