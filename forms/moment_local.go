// How dates and times are written in other languages: months by their names,
// clocks with an h, a point or the word for hours.

package forms

import (
	"regexp"
	"strings"
	"time"
)

var (
	// localClockBehind finds a time of day without a colon behind a date.
	localClockBehind = regexp.MustCompile(`^(.*[\d\p{L}]\.?),? (\d{1,2} ?[hH](?: ?\d{2})?|\d{1,2}\.\d{2}(?:\.\d{2})?|\d{1,2}(?:[.:]\d{2})? ?[Uu]hr(?: \d{2})?|\d{1,2}時(?:\d{1,2}分)?)$`)
	localClock       = regexp.MustCompile(`^(\d{1,2}) ?(?:[hH.時]|[Uu]hr) ?(?:(\d{1,2})分?)?(?:\.(\d{2}))?(?: ?[Uu]hr)?$`)
	// leadIn is a word between a date and its time: 23 Nov 2026 at 14:05.
	leadIn      = regexp.MustCompile(`(?i)^(.*\d\.?),? (?:at|um|à|kl\.?|om|alle|a las|às)$`)
	cjkDate     = regexp.MustCompile(`^(\d{4})[年년] ?(\d{1,2})[月월] ?(\d{1,2})[日일]$`)
	ofMonthName = regexp.MustCompile(`(?i) de(?:l)? `)
)

// splitLocalTime cuts a text before a time of day that has no colon.
func splitLocalTime(s string) (date, clock string, ok bool) {
	m := localClockBehind.FindStringSubmatch(s)
	if m == nil {
		return s, "", false
	}
	return withoutLeadIn(strings.TrimRight(m[1], " ,")), m[2], true
}

// withoutLeadIn drops the word that leads from a date to its time.
func withoutLeadIn(date string) string {
	if m := leadIn.FindStringSubmatch(date); m != nil {
		return m[1]
	}
	return date
}

// months are the names and the usual abbreviations of the months in English,
// German, French, Spanish, Italian, Portuguese and Dutch, without accents.
// None of them means two months.
var months = monthNames(map[time.Month]string{
	time.January:   "january jan januar janner janvier janv enero ene gennaio gen janeiro januari",
	time.February:  "february feb februar fevrier fevr fev febrero febbraio fevereiro februari",
	time.March:     "march mar marz mrz mars marzo marco maart mrt",
	time.April:     "april apr avril avr abril abr aprile",
	time.May:       "may mai mayo maggio mag maio mei",
	time.June:      "june jun juni juin junio giugno giu junho",
	time.July:      "july jul juli juillet juil julio luglio lug julho",
	time.August:    "august aug aout agosto ago augustus",
	time.September: "september sep sept septembre septiembre settembre set setembro",
	time.October:   "october oct oktober okt octobre octubre ottobre ott outubro out",
	time.November:  "november nov novembre noviembre novembro",
	time.December:  "december dec dezember dez decembre diciembre dic dicembre dezembro",
})

func monthNames(lists map[time.Month]string) map[string]time.Month {
	names := map[string]time.Month{}
	for month, list := range lists {
		for _, name := range strings.Fields(list) {
			names[name] = month
		}
	}
	return names
}

// plainLetters takes the accents off the letters of month names.
var plainLetters = strings.NewReplacer("ä", "a", "é", "e", "è", "e", "û", "u", "ç", "c")

// monthNamed finds a month by its name; false: it is no month's.
func monthNamed(name string) (time.Month, bool) {
	month, ok := months[plainLetters.Replace(strings.ToLower(name))]
	return month, ok
}
