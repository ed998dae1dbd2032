// Package invent makes up the world of a sandbox: a coffee company with an
// online shop, shops in town, a loyalty scheme, a website, a survey and a
// hotel, in the shape of the vendor's tutorial. Names and numbers are invented;
// the same seed gives the same world, moved to the time at which it is made.
package invent

import (
	"encoding/json"
	"hash/fnv"
	"math/rand/v2"
	"strconv"
	"time"

	"github.com/activitydesk/activitydesk/client/sandbox/internal/world"
)

// Numbers of the invented world.
const (
	customers   = 40
	firstNumber = 1000 // of every key: CNTID_1000, OPID_1000 …
	loyalEvery  = 3    // one customer in so many is not in the loyalty scheme
	busy        = 7    // this customer has more activities than a page holds
	busyCount   = 140
)

// maker makes one world.
type maker struct {
	random *rand.Rand
	now    time.Time
	people []person
}

// World invents a world for an instance. The seed is the instance's id, so that
// instances differ and each stays the same. timeField is the name of
// UnifiedActivity's time.
func World(seed string, now time.Time, timeField string) (*world.World, error) {
	h := fnv.New64a()
	_, _ = h.Write([]byte(seed)) // a hash takes everything
	m := &maker{random: rand.New(rand.NewPCG(h.Sum64(), 2026)), now: now.UTC().Truncate(time.Minute)}
	m.people = m.invite()
	return world.Assemble(world.Plan{
		TimeField: timeField,
		Sources: []*world.Entity{
			m.contacts(), m.loyalCustomers(),
			m.onlinePurchases(), m.storePurchases(), m.reviews(), m.feedback(), m.points(), m.visits(),
			m.wideResponses(), m.kioskVisits(), m.stays(),
		},
		Segments: []world.Segment{
			{Name: "HighValueCustomers", Member: func(f world.Facts) bool { return f.Spent >= 1500 }},
			{Name: "RecentlyActive", Member: func(f world.Facts) bool { return now.Sub(f.Last) <= 14*24*time.Hour }},
			{Name: "Newsletter", Member: func(f world.Facts) bool { return f.Value("EmailSubscriber") == "true" }},
		},
		More: m.made,
	})
}

// pick chooses one of a list.
func pick[T any](m *maker, list []T) T { return list[m.random.IntN(len(list))] }

// ago is a moment within the last days, in the daytime.
func (m *maker) ago(days int) time.Time {
	day := m.now.AddDate(0, 0, -1-m.random.IntN(days))
	return time.Date(day.Year(), day.Month(), day.Day(), 8+m.random.IntN(12), m.random.IntN(60), m.random.IntN(60), 0, time.UTC)
}

// newestFirst spreads n moments over the last year and a bit: half of them lie
// in the last month.
func (m *maker) moments(n int) []time.Time {
	list := make([]time.Time, 0, n)
	for i := range n {
		days := 400
		if i%2 == 0 {
			days = 28
		}
		list = append(list, m.ago(days))
	}
	return list
}

func key(prefix string, i int) string { return prefix + strconv.Itoa(firstNumber+i) }

func whole(n int) json.Number { return json.Number(strconv.Itoa(n)) }

// money is an amount in cents as a decimal.
func money(cents int) json.Number {
	return json.Number(strconv.FormatFloat(float64(cents)/100, 'f', 2, 64))
}

// guid is a random uuid of version 4.
func (m *maker) guid() string {
	const digits = "0123456789abcdef"
	text := []byte("xxxxxxxx-xxxx-4xxx-8xxx-xxxxxxxxxxxx")
	for i, c := range text {
		if c == 'x' {
			text[i] = digits[m.random.IntN(16)]
		}
	}
	return string(text)
}

// Attributes in short.

func text(name string) world.Attribute { return world.Attribute{Name: name, Type: world.String} }

func of(t world.EDM, name string) world.Attribute { return world.Attribute{Name: name, Type: t} }

func must(a world.Attribute) world.Attribute { a.Mandatory = true; return a }

func readOnly(a world.Attribute) world.Attribute { a.ReadOnly = true; return a }

func meaning(a world.Attribute, semantic string) world.Attribute { a.Semantic = semantic; return a }

func labelled(a world.Attribute, friendly string) world.Attribute { a.Friendly = friendly; return a }

var (
	toContact = world.Reference{Attribute: "ContactId", ToEntity: "eCommerce_eCommerceContacts", ToAttribute: "ContactId"}
	toLoyalty = world.Reference{Attribute: "LoyaltyId", ToEntity: "loyaltyScheme_loyCustomers", ToAttribute: "LoyaltyId"}
)
