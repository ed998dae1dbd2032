// The invented people, as the shop and the loyalty scheme know them.

package invent

import (
	"fmt"
	"strings"
	"time"

	"github.com/activitydesk/activitydesk/client/sandbox/internal/world"
)

// person is one customer.
type person struct {
	contact, loyalty          string // keys; loyalty is empty for some
	first, last, email, phone string
	gender, street, city      string
	state, postcode, country  string
	born, joined              time.Time
	income                    int // cents
	subscriber                bool
	job                       string
}

// full names, chosen so that searching has something to tell apart, and so
// that quotes, accents and other scripts occur.
var fullNames = []string{
	"Nora Lindqvist", "Theo Marchetti", "Ines Kotlar", "Petr Kotlarz", "Maria Kotlar-Diaz", "Siobhán O'Neill",
	"Jürgen Weiß", "Hannah Achterberg", "Luca Bianchi", "Zofia Wiśniewska", "Omar Haddad", "Priya Raman",
	"Emil Sørensen", "Chloé Dubois", "Mateo Fernández", "Yuki Tanabe", "Adaeze Okafor", "Liam Gallagher-Roy",
	"Elif Demir", "Noah van der Berg", "Freya Magnusdóttir", "Samir Patel", "Olga Petrova", "Björn Åkesson",
	"Grace Mwangi", "Felix Baumgartl", "Ana Sousa", "Tomás Ruiz", "Eva Nováková", "Daniel Roth",
	"Mei-Ling Chen", "Ravi Iyer", "Julia Brandt", "Oscar Whitlock", "Selma Aydin", "Hugo Lefèvre",
	"Lea Zimmermann", "Karim Benali", "Ida Holm", "Vasco Moreira",
}

var places = []struct{ city, state, postcode, country string }{
	{"Zürich", "Zürich", "8004", "Switzerland"},
	{"Portland", "Oregon", "97209", "USA"},
	{"Göteborg", "Västra Götaland", "41104", "Sweden"},
	{"Leeds", "West Yorkshire", "LS1 4DY", "United Kingdom"},
	{"Porto", "Porto", "4050-014", "Portugal"},
	{"Inverness", "Highland", "IV1 1HY", "United Kingdom"},
	{"Lyon", "Auvergne-Rhône-Alpes", "69002", "France"},
	{"Boise", "Idaho", "83702", "USA"},
}

var jobs = []string{"Teacher", "Software Engineer", "Nurse", "Carpenter", "Translator", "Student", "Chemist"}

func (m *maker) invite() []person {
	people := make([]person, 0, customers)
	for i := range customers {
		name := fullNames[i%len(fullNames)]
		first, last, _ := strings.Cut(name, " ")
		place := pick(m, places)
		p := person{
			contact: key("CNTID_", i), first: first, last: last,
			email: mailbox(first, last), phone: fmt.Sprintf("+1-555-01%02d", i),
			gender: pick(m, []string{"Female", "Male", "Not given"}),
			street: fmt.Sprintf("%d %s", 1+m.random.IntN(180), pick(m, []string{"Harbour Street", "Mill Lane", "Oak Avenue", "Station Road"})),
			city:   place.city, state: place.state, postcode: place.postcode, country: place.country,
			born:   time.Date(1948+m.random.IntN(55), time.Month(1+m.random.IntN(12)), 1+m.random.IntN(28), 0, 0, 0, 0, time.UTC),
			joined: m.now.AddDate(0, 0, -420-m.random.IntN(900)).Truncate(24 * time.Hour),
			income: 2_000_000 + m.random.IntN(9_000_000), subscriber: m.random.IntN(5) < 3, job: pick(m, jobs),
		}
		if i%loyalEvery != loyalEvery-1 {
			p.loyalty = key("LOYID_", i)
		}
		people = append(people, p)
	}
	return people
}

// mailbox is an address at a domain that is reserved for examples.
func mailbox(first, last string) string {
	plain := strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' {
			return r
		}
		return -1
	}, strings.ToLower(first))
	family := strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r == '-' {
			return r
		}
		return -1
	}, strings.ToLower(last))
	return plain + "." + family + "@example.com"
}

func (m *maker) contacts() *world.Entity {
	e := &world.Entity{
		Source: "eCommerce", Name: "eCommerceContacts", Kind: world.KindProfile, Semantic: "Contact", Key: "ContactId",
		Attributes: []world.Attribute{
			must(text("ContactId")),
			meaning(text("FirstName"), "PersonFirstName"), meaning(text("LastName"), "PersonLastName"),
			meaning(text("FullName"), "PersonFullName"), meaning(of(world.Date, "DateOfBirth"), "CalendarDate"),
			text("Gender"), labelled(meaning(text("EMail"), "IdentityServiceEmail"), "E-mail"),
			meaning(text("Telephone"), "IdentityServicePhone"),
			meaning(text("StreetAddress"), "LocationAddressStreet"), meaning(text("PostCode"), "LocationPostalCode"),
			meaning(text("City"), "LocationCity"), meaning(text("State"), "LocationState"),
			meaning(text("Country"), "LocationCountry"),
			readOnly(meaning(of(world.DateTimeOffset, "CreatedOn"), "MeasurementDateCreation")),
			of(world.Boolean, "EmailSubscriber"), of(world.Decimal, "Income"), text("Occupation"),
		},
	}
	for _, p := range m.people {
		e.Rows = append(e.Rows, world.Row{
			p.contact, p.first, p.last, p.first + " " + p.last, p.born.Format(time.DateOnly), p.gender, p.email, p.phone,
			p.street, p.postcode, p.city, p.state, p.country, world.FormatTime(p.joined), p.subscriber, money(p.income), p.job,
		})
	}
	return e
}

func (m *maker) loyalCustomers() *world.Entity {
	e := &world.Entity{
		Source: "loyaltyScheme", Name: "loyCustomers", Kind: world.KindProfile, Semantic: "Contact", Key: "LoyaltyId",
		Refs: []world.Reference{toContact},
		Attributes: []world.Attribute{
			must(text("LoyaltyId")), text("ContactId"),
			meaning(text("FullName"), "PersonFullName"), meaning(text("EMail"), "IdentityServiceEmail"),
			of(world.Int64, "RewardPoints"), of(world.Boolean, "CreditCard"),
			readOnly(meaning(of(world.Date, "MemberSince"), "CalendarDate")),
		},
	}
	for _, p := range m.people {
		if p.loyalty == "" {
			continue
		}
		e.Rows = append(e.Rows, world.Row{
			p.loyalty, p.contact, p.first + " " + p.last, p.email, whole(m.random.IntN(900)),
			m.random.IntN(2) == 0, p.joined.AddDate(0, 1, 0).Format(time.DateOnly),
		})
	}
	return e
}
