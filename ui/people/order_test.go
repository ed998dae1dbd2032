package people

import (
	"errors"
	"strings"
	"testing"

	"github.com/activitydesk/activitydesk/client"
	"github.com/activitydesk/activitydesk/client/metadata"
	"github.com/activitydesk/activitydesk/ui/people/peopletest"
)

func TestEachTextIsLookedForWhereItMostLikelyIs(t *testing.T) {
	cases := map[string]struct{ text, asked string }{
		"a customer id": {
			"ce759201f786d590bf2134bff576c369",
			"CustomerId eq 'ID'; web_members_MemberId eq 'ID'; ring of shop ID; search ID",
		},
		"a uuid": {
			"CE759201-F786-D590-BF21-34BFF576C369",
			"CustomerId eq 'ID'; web_members_MemberId eq 'ID'; ring of shop ID; search ID",
		},
		"a key": {
			"CNTID_1002",
			"web_members_MemberId eq 'ID'; ring of shop ID; CustomerId eq 'ID'; search ID",
		},
		"a number, which is a card's too": {
			"1002",
			"web_members_MemberId eq 'ID'; till_cards_CardNo eq ID; ring of shop ID; CustomerId eq 'ID'; search ID",
		},
		"a name": {
			"koteles",
			"search ID; CustomerId eq 'ID'; web_members_MemberId eq 'ID'; ring of shop ID",
		},
		"an e-mail": {
			"ana.2@example.com",
			"search ID; CustomerId eq 'ID'; web_members_MemberId eq 'ID'; ring of shop ID",
		},
		"a phone number": {
			"+41 79 000 00 00",
			"search ID; CustomerId eq 'ID'; web_members_MemberId eq 'ID'; ring of shop ID; " +
				"search 79 000 00 00; search 079 000 00 00; search 790000000",
		},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			service := &peopletest.Service{}
			got, err := Finder{Service: service, Entities: peopletest.Shop()}.Find(t.Context(), c.text)
			if err != nil || len(got.Customers) != 0 {
				t.Errorf("%+v, %v", got, err)
			}
			if asked := strings.ReplaceAll(service.Questions(), c.text, "ID"); asked != c.asked {
				t.Errorf("asked\n%s, want\n%s", asked, c.asked)
			}
		})
	}
}

func TestAPhoneNumberIsLookedForAsOthersMayHaveWrittenIt(t *testing.T) {
	cases := map[string]string{
		"+1-569-626-5660":                  "569 626 5660; 5696265660",
		"1 (569) 626-5660":                 "569 626 5660; 5696265660",
		"15696265660":                      "5696265660; 569 626 5660",
		"5696265660":                       "569 626 5660",
		"569.626.5660":                     "5696265660",
		"+41 (0)79 000 00 00":              "79 000 00 00; 079 000 00 00; 790000000",
		"0041 79 000 00 00":                "79 000 00 00; 079 000 00 00; 790000000",
		"079 000 00 00":                    "0790000000",
		"CNTID_1002":                       "",
		"1002":                             "",
		"2026-11-25T10:00":                 "",
		"anna":                             "",
		"+":                                "",
		"12345678901234567890123456789012": "",
	}
	for typed, want := range cases {
		if got := strings.Join(phoneSpellings(typed), "; "); got != want {
			t.Errorf("%s: %q, want %q", typed, got, want)
		}
	}
}

func TestACustomerIsFoundByANumberThatWasKeptWithoutItsCountry(t *testing.T) {
	service := &peopletest.Service{Answer: func(_ string, q client.Query) ([]string, error) {
		if q.Search == "569 626 5660" {
			return []string{peopletest.Ana}, nil
		}
		return nil, nil
	}}
	got, err := Finder{Service: service, Entities: peopletest.Shop()}.Find(t.Context(), "+1-569-626-5660")
	if err != nil || len(got.Customers) != 1 || got.Tried[len(got.Tried)-1] != "phone number written otherwise" {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestWithoutASearchNoOtherSpellingIsSaidToHaveBeenTried(t *testing.T) {
	service := &peopletest.Service{Answer: func(_ string, q client.Query) ([]string, error) {
		if q.Search != "" {
			return nil, &client.Error{Kind: client.KindBadRequest, Status: 406}
		}
		return nil, nil
	}}
	got, err := Finder{Service: service, Entities: peopletest.Shop()}.Find(t.Context(), "+1-569-626-5660")
	if tried := strings.Join(got.Tried, ", "); err != nil || strings.Contains(tried, "otherwise") || strings.Count(service.Questions(), "search") != 1 {
		t.Errorf("tried %s by %s, %v", tried, service.Questions(), err)
	}
}

func TestWhatComesAlongWithAPasteIsNotLookedFor(t *testing.T) {
	cases := map[string]string{
		"  CNTID_1\r\n":        "CNTID_1",
		"\u202aana\u202c":      "ana",
		"\ufeffAna\tKovač":     "Ana Kovač",
		"כהן\u200f":            "כהן",
		"👩‍🚀 O'Neill 100% + #": "👩‍🚀 O'Neill 100% + #",
		"\u2066\u2069 \n":      "",
	}
	for typed, want := range cases {
		if got := CleanSearch(typed); got != want {
			t.Errorf("%q becomes %q, want %q", typed, got, want)
		}
	}
}

func TestAKeyThatTwoSourcesGaveToTwoPersonsFindsBoth(t *testing.T) {
	service := &peopletest.Service{Answer: func(_ string, q client.Query) ([]string, error) {
		switch filter := q.Filter.String(); {
		case strings.Contains(filter, "web_members_MemberId"):
			return []string{peopletest.Ana}, nil
		case strings.Contains(filter, "till_cards_CardNo"):
			return []string{peopletest.Ben}, nil
		}
		return nil, nil
	}}
	finder := Finder{Service: service, Entities: peopletest.Shop()}
	got, err := finder.Find(t.Context(), "1002")
	if err != nil || len(got.Customers) != 2 || got.Tried[len(got.Tried)-1] != "web_members key and till_cards key" {
		t.Errorf("%+v, %v", got, err)
	}
	finder.First = "web_members" // whose keys are wanted
	if got, err := finder.Find(t.Context(), "1002"); err != nil || len(got.Customers) != 1 {
		t.Errorf("of one source %+v, %v", got, err)
	}
}

func TestAWayThatIsRefusedDoesNotEndTheSearch(t *testing.T) {
	service := &peopletest.Service{Answer: func(_ string, q client.Query) ([]string, error) {
		if q.Search != "" {
			return []string{peopletest.Ana}, nil
		}
		return nil, &client.Error{Kind: client.KindBadRequest, Status: 400}
	}}
	got, err := Finder{Service: service, Entities: peopletest.Shop()}.Find(t.Context(), "M1")
	if err != nil || len(got.Customers) != 1 || strings.Join(got.Refused, ", ") != "web_members key, customer ID" {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestARoleThatDoesNotSeeProfilesStillFindsByTheKeyRing(t *testing.T) {
	forbidden := &client.Error{Kind: client.KindForbidden, Status: 403}
	service := &peopletest.Service{
		Answer: func(string, client.Query) ([]string, error) { return nil, forbidden },
		Ring: func(source, key string) (metadata.KeyRing, error) {
			if source == "till" && key == "1002" {
				return metadata.KeyRing{CustomerID: "c1"}, nil
			}
			return metadata.KeyRing{}, &client.Error{Kind: client.KindNotFound}
		},
	}
	finder := Finder{Service: service, Entities: peopletest.Shop()}
	got, err := finder.Find(t.Context(), "1002")
	if err != nil || len(got.Customers) != 1 || got.Customers[0].ID != "c1" || !got.Customers[0].Unseen {
		t.Errorf("%+v, %v", got, err)
	}
	if who, err := finder.Who(t.Context(), "c1"); err != nil || !who.Unseen || who.ID != "c1" {
		t.Errorf("%+v, %v", who, err)
	}
	service.Ring = func(string, string) (metadata.KeyRing, error) { return metadata.KeyRing{}, forbidden }
	if _, err := finder.Find(t.Context(), "ana@example.com"); !errors.Is(err, forbidden) {
		t.Errorf("where nothing can be asked the error is %v", err)
	}
	if asked := service.Questions(); strings.Count(asked, "search ") != 1 {
		t.Errorf("it goes on asking for profiles that it may not see: %s", asked)
	}
}

func TestABrokenConnectionEndsTheSearch(t *testing.T) {
	broken := &client.Error{Kind: client.KindBroken}
	service := &peopletest.Service{Answer: func(string, client.Query) ([]string, error) { return nil, broken }}
	if _, err := (Finder{Service: service, Entities: peopletest.Shop()}).Find(t.Context(), "M1"); !errors.Is(err, broken) {
		t.Errorf("the error is %v", err)
	}
	if asked := service.Questions(); strings.Contains(asked, ";") {
		t.Errorf("it goes on asking: %s", asked)
	}
}

func TestCustomersOfOneNameAreToldApartByWhatDiffers(t *testing.T) {
	finder := Finder{Entities: peopletest.Shop()}
	read := func(texts ...string) []Customer {
		var list []Customer
		for _, text := range texts {
			row, err := client.ParseRow([]byte(text))
			if err != nil {
				t.Fatal(err)
			}
			list = append(list, finder.customers([]client.Row{row})...)
		}
		return list
	}
	cases := map[string]struct {
		list []Customer
		want string
	}{
		"other names: a key":       {read(peopletest.Ana, peopletest.Ben), "M1, M2"},
		"without a key: the id":    {read(`{"CustomerId": "0123456789abcdef0123", "FullName": "A"}`), "01234567…0123"},
		"one name: the birthday":   {read(`{"CustomerId":"1","FullName":"A B","Born":"1980-01-02T00:00:00Z"}`, `{"CustomerId":"2","FullName":"a  b","Born":"1981-01-02"}`), "1980-01-02, 1981-01-02"},
		"and the same birthday":    {read(`{"CustomerId":"1","FullName":"A","Born":"1980-01-02","Town":"Split"}`, `{"CustomerId":"2","FullName":"A","Born":"1980-01-02","Town":"Zadar"}`), "Split, Zadar"},
		"only an e-mail differs":   {read(`{"CustomerId":"1","FullName":"A","Town":"Split","EMail":"a@x"}`, `{"CustomerId":"2","FullName":"A","Town":"Split","EMail":"b@x"}`), "a@x, b@x"},
		"nothing but the key does": {read(`{"CustomerId":"1","FullName":"A","web_members_MemberId":"M1"}`, `{"CustomerId":"2","FullName":"A","web_members_MemberId":"M2"}`), "M1, M2"},
		"an empty list":            {nil, ""},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			if got := strings.Join(finder.Apart(c.list), ", "); got != c.want {
				t.Errorf("told apart by %q, want %q", got, c.want)
			}
		})
	}
}

func TestAHitSaysByWhatItWasFoundWhereThatIsNotTheName(t *testing.T) {
	c := Customer{ID: "1", Name: "Michael Lauser", Mail: "mike_86@smithinc.com", Phone: "569-626-5660", City: "Bad Aibling"}
	for typed, want := range map[string]string{
		"smith":           "@smithinc.com",
		"Smithinc":        "@smithinc.com",
		"mike":            c.Mail,
		"laus":            "",
		"smith michael":   "",
		"+1-569-626-5660": c.Phone,
		"aibling":         c.City,
		"mith":            "",
		"CNTID_1":         "",
		"":                "",
	} {
		if got := FoundIn(c, typed); got != want {
			t.Errorf("%q found by %q, want %q", typed, got, want)
		}
	}
}
