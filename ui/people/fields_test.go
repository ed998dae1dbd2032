package people

import (
	"strings"
	"testing"

	"github.com/activitydesk/activitydesk/client"
	"github.com/activitydesk/activitydesk/client/metadata"
	"github.com/activitydesk/activitydesk/ui/people/peopletest"
)

func TestTheMeaningOfAFieldIsReadByItsLabelThenByItsName(t *testing.T) {
	cases := []struct {
		name, label string
		want        meaning
	}{
		{"Contact", "Person.FullName", meansName},
		{"x", "IdentityServiceEmail", meansMail},
		{"EMail", "", meansMail},
		{"emailaddress1", "", meansMail},
		{"Telephone", "", meansPhone},
		{"mobilephone", "", meansPhone},
		{"DateOfBirth", "CalendarDate", meansBirthday},
		{"MemberSince", "CalendarDate", meansNothing},
		{"EmailSubscriber", "", meansNothing},
		{"PostCode", "", meansPostalCode},
		{"City", "LocationCity", meansCity},
		{"Occupation", "", meansNothing},
	}
	for _, c := range cases {
		if got := meaningOf(metadata.Attribute{Name: c.name, SemanticType: c.label}); got != c.want {
			t.Errorf("%s %s means %d, want %d", c.name, c.label, got, c.want)
		}
	}
}

func oneCustomer(t *testing.T, f Finder, text string) Customer {
	t.Helper()
	row, err := client.ParseRow([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return f.customers([]client.Row{row})[0]
}

func TestTheFieldsThatMatterComeFirstThenTheKeysThenTheRest(t *testing.T) {
	f := Finder{Entities: peopletest.Shop()}
	c := oneCustomer(t, f, `{"@odata.etag": "x", "Hobby": "sailing", "Town": "Split", "Phone": "+41", "FullName": "Ana", "Born": null,
		"CustomerId": "c1", "till_cards_CardNo": 12, "Score": 0.10, "UnifiedActivity": [], "Extra": {"a": 1}}`)
	c.Ring = metadata.KeyRing{CustomerID: "c1", Keys: []byte(`{"shop_people": ["P1", "P2"]}`)}
	var got []string
	for _, field := range f.Fields(c) {
		got = append(got, field.Label+"="+field.Value+" "+field.From)
	}
	want := "FullName=Ana |Phone=+41 |Town=Split |CustomerId=c1 unified profile|PersonId=P1 shop_people|PersonId=P2 shop_people|" +
		"CardNo=12 till_cards|Hobby=sailing |Score=0.10 |Extra={\"a\": 1} "
	if strings.Join(got, "|") != want {
		t.Errorf("listed\n%s, want\n%s", strings.Join(got, "|"), want)
	}
}

func TestHiddenFieldsTellNothingAndKeysStay(t *testing.T) {
	f := Finder{Entities: peopletest.Shop()}
	c := oneCustomer(t, f, `{"CustomerId": "c1", "FullName": "Ana", "EMail": "ana@example.com", "web_members_MemberId": "ana@example.com", "till_cards_CardNo": 7, "Hobby": "sailing"}`)
	for _, field := range f.Fields(c) {
		shown := field.Shown(true)
		switch {
		case field.Label == "CustomerId" && shown != "c1", field.Label == "CardNo" && shown != "7":
			t.Errorf("the key %s shows %q", field.Label, shown)
		case field.Label != "CustomerId" && field.Label != "CardNo" && shown != Masked:
			t.Errorf("%s shows %q", field.Label, shown)
		}
		if field.Shown(false) != field.Value {
			t.Errorf("%s shows %q when nothing is hidden", field.Label, field.Shown(false))
		}
	}
}

func TestABirthdayIsShownWithoutItsMidnight(t *testing.T) {
	cases := map[string]string{
		"1980-01-02T00:00:00Z": "1980-01-02", "1980-01-02T00:00:00.000+00:00": "1980-01-02", "1980-01-02 00:00:00": "1980-01-02",
		"1980-01-02": "1980-01-02", "1980-01-02T13:00:00Z": "1980-01-02T13:00:00Z", "5/8/1986": "5/8/1986", "": "",
	}
	for text, want := range cases {
		if got := BirthdayWords(text); got != want {
			t.Errorf("%q becomes %q, want %q", text, got, want)
		}
	}
}
