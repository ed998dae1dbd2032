package match_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/activitydesk/activitydesk/ui/match"
)

// names finds, and answers what was found by name.
func names(list []string, text string) []string {
	candidates := make([]match.Candidate, len(list))
	for i, name := range list {
		candidates[i].Text = name
	}
	var out []string
	for _, f := range match.NewList(candidates).Find(text, 100) {
		out = append(out, list[f.Index])
	}
	return out
}

func TestWhatAPersonRemembersComesFirst(t *testing.T) {
	list := []string{
		"Settings", "Send again", "Send", "Website_webReviews", "loyaltyScheme_loyCustomers",
		"eCommerce_eCommercePurchases", "POS_posPurchases", "UnifiedActivity", "Customer", "Zürich Straße",
	}
	for _, c := range []struct{ text, first string }{
		{"send", "Send"},
		{"cust", "Customer"},
		{"loy cust", "loyaltyScheme_loyCustomers"},
		{"cust loy", "loyaltyScheme_loyCustomers"},
		{"ua", "UnifiedActivity"},
		{"ecp", "eCommerce_eCommercePurchases"},
		{"pospurch", "POS_posPurchases"},
		{"WEBREV", "Website_webReviews"},
		{"zurich", "Zürich Straße"},
		{"ZÜR", "Zürich Straße"},
	} {
		if got := names(list, c.text); len(got) == 0 || got[0] != c.first {
			t.Errorf("%q finds %q, want %q first", c.text, got, c.first)
		}
	}
	for _, text := range []string{"", "  ", "xyz", "send xyz", "dnes"} {
		if got := names(list, text); len(got) != 0 {
			t.Errorf("%q finds %q", text, got)
		}
	}
}

func TestMatchedLettersAreMarkedInTheShownText(t *testing.T) {
	list := match.NewList([]match.Candidate{{Text: "Zürich Straße"}, {Text: "Load again", Also: "refresh F5"}})
	for _, c := range []struct {
		text string
		want []int
	}{
		{"zur", []int{0, 1, 2}},
		{"str zu", []int{0, 1, 7, 8, 9}},
		{"refresh", nil},
		{"load f5", []int{0, 1, 2, 3}},
	} {
		found := list.Find(c.text, 10)
		if len(found) != 1 || !slices.Equal(found[0].Marks, c.want) {
			t.Errorf("%q marks %v, want %v", c.text, found, c.want)
		}
	}
}

func TestWhatIsShownCountsMoreThanOtherWordsAndALiftDecides(t *testing.T) {
	candidates := []match.Candidate{{Text: "Load again", Also: "history"}, {Text: "History"}}
	if found := match.NewList(candidates).Find("hist", 10); len(found) != 2 || found[0].Index != 1 {
		t.Errorf("found %v, want what is shown first", found)
	}
	candidates[0].Lift = 1000
	if found := match.NewList(candidates).Find("hist", 10); found[0].Index != 0 {
		t.Errorf("found %v, want what was lifted first", found)
	}
}

func TestNoMoreAreFoundThanAskedForAndTheyAreTheBest(t *testing.T) {
	candidates := make([]match.Candidate, 5000)
	for i := range candidates {
		candidates[i].Text = fmt.Sprintf("x_a%d_ctivity", i)
	}
	candidates[4321].Text = "Activity"
	found := match.NewList(candidates).Find("activity", 7)
	if len(found) != 7 || found[0].Index != 4321 {
		t.Errorf("found %v", found)
	}
	for i := 1; i < len(found); i++ {
		if found[i].Score > found[i-1].Score {
			t.Errorf("they are not in order: %v", found)
		}
	}
}

// FuzzFind: no text and no name brings the matcher down, and marks lie within
// the name.
func FuzzFind(f *testing.F) {
	f.Add("zur", "Zürich", "street")
	f.Add("\xff x", "\x00\xfe", "")
	f.Fuzz(func(t *testing.T, text, name, also string) {
		for _, found := range match.NewList([]match.Candidate{{Text: name, Also: also}}).Find(text, 3) {
			letters := len([]rune(name))
			for i, mark := range found.Marks {
				if mark < 0 || mark >= letters || i > 0 && mark <= found.Marks[i-1] {
					t.Fatalf("%q in %q marks %v", text, name, found.Marks)
				}
			}
		}
	})
}

// BenchmarkFindAmong100000 is a keystroke in the palette.
func BenchmarkFindAmong100000(b *testing.B) {
	words := []string{"eCommerce", "Purchases", "loyalty", "Website", "web", "Reviews", "Customer", "Measure", "POS", "Hotel", "Stays"}
	candidates := make([]match.Candidate, 100_000)
	for i := range candidates {
		candidates[i] = match.Candidate{
			Text: fmt.Sprintf("%s_%s%s%d", words[i%11], words[i/11%11], words[i/121%11], i), Also: "entity",
		}
	}
	list := match.NewList(candidates)
	for _, text := range []string{"e", "purch", "ecom purch 99", "nothing like it"} {
		b.Run(text, func(b *testing.B) {
			for b.Loop() {
				list.Find(text, 100)
			}
		})
	}
}
