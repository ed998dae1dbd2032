// What a field means, as its semantic type or its name tells.

package forms

import (
	"slices"
	"strings"
	"unicode"

	"github.com/activitydesk/activitydesk/client/metadata"
)

// meaning is what a field's values are about.
type meaning int

// The meanings that values are invented for.
const (
	meansNothing meaning = iota // that is known
	meansEmail
	meansPhone
	meansURL
	meansFirstName
	meansLastName
	meansFullName
	meansName // of somebody or something
	meansCompany
	meansStreet
	meansPostalCode
	meansCity
	meansRegion
	meansCountry
	meansCountryCode
	meansCurrency
	meansAmount
	meansRating
	meansPercent
	meansQuantity
	meansPoints
	meansDuration
	meansAge
	meansYear
	meansLatitude
	meansLongitude
	meansStatus
	meansChannel
	meansLanguage
	meansDevice
	meansGender
	meansStore
	meansProduct
	meansCampaign
	meansCategory
	meansBirth
	meansDate
	meansID
	meansTitle
	meansDescription
	meansYesNo
	meansUnknownType
)

// personal says that a value seen elsewhere may be a real person's own, or
// somebody's own words.
func (m meaning) personal() bool {
	switch m {
	case meansEmail, meansPhone, meansURL, meansFirstName, meansLastName, meansFullName, meansName, meansCompany,
		meansStreet, meansPostalCode, meansBirth, meansDescription, meansLatitude, meansLongitude, meansAge:
		return true
	}
	return false
}

// wordings are the words of names that tell a meaning, in the order in which
// they are tried: all words of one entry have to be there. Words are whole and
// in lower case; "First name" and FirstName are the words first and name.
var wordings = []struct {
	means meaning
	words string // alternatives, each of one or more words joined by +
}{
	{meansEmail, "email mail e+mail"},
	{meansPhone, "phone telephone mobile cell fax tel msisdn"},
	{meansFirstName, "firstname first+name given+name givenname forename"},
	{meansLastName, "lastname last+name surname family+name familyname"},
	{meansCompany, "company organization organisation employer"},
	{meansURL, "url uri website webpage homepage link href page"},
	{meansCurrency, "currency"},
	{meansPostalCode, "postal postcode zip zipcode plz postalcode"},
	{meansCountryCode, "country+code countrycode country+iso"},
	{meansCountry, "country nation"},
	{meansCity, "city town"},
	{meansRegion, "province region county"},
	{meansStreet, "street address addressline"},
	{meansBirth, "birth birthday birthdate dob born"},
	{meansID, "id guid sku key number no code ref reference identifier"},
	{meansRating, "rating stars star score nps grade satisfaction"},
	{meansPercent, "percent percentage pct rate"},
	{meansDuration, "duration seconds minutes elapsed length dwell"},
	{meansPoints, "points point reward rewards miles balance"},
	{meansAmount, "price amount total cost revenue sum fee tax paid discount subtotal spend"},
	{meansQuantity, "quantity qty count items units pieces visits clicks views"},
	{meansAge, "age"},
	{meansYear, "year"},
	{meansLatitude, "latitude lat"},
	{meansLongitude, "longitude lon lng"},
	{meansDate, "date time datetime timestamp on at when created modified updated day"},
	{meansFullName, "customer+name contact+name client+name guest+name member+name full+name fullname user+name username person author reviewer agent rep employee"},
	{meansStore, "store shop branch location outlet"},
	{meansCampaign, "campaign promotion promo voucher coupon"},
	{meansProduct, "product item article goods brand model"},
	{meansStatus, "status state stage phase result outcome"},
	{meansChannel, "channel medium source origin touchpoint"},
	{meansLanguage, "language locale lang"},
	{meansDevice, "device browser platform os"},
	{meansGender, "gender sex"},
	{meansTitle, "subject title headline topic summary"},
	{meansDescription, "description comment comments text note notes message body review feedback remark remarks content answer reason detail details"},
	{meansCategory, "category type kind class group segment tier level department"},
	{meansYesNo, "is has flag"},
	{meansName, "name"},
}

// semantics are the parts of semantic types that tell a meaning; they are
// stronger than names.
var semantics = []struct {
	part  string
	means meaning
}{
	{"email", meansEmail},
	{"phone", meansPhone},
	{"url", meansURL},
	{"firstname", meansFirstName},
	{"givenname", meansFirstName},
	{"lastname", meansLastName},
	{"familyname", meansLastName},
	{"fullname", meansFullName},
	{"country", meansCountry},
	{"postal", meansPostalCode},
	{"zip", meansPostalCode},
	{"city", meansCity},
	{"province", meansRegion},
	{"address", meansStreet},
	{"birth", meansBirth},
	{"gender", meansGender},
	{"currency", meansCurrency},
	{"rating", meansRating},
	{"company", meansCompany},
}

// meaningOf tells what a field means.
func meaningOf(field *Field) meaning {
	if field.Kind == metadata.KindUnknown {
		return meansUnknownType
	}
	plain := PlainName(field.Semantic)
	for _, one := range semantics {
		if strings.Contains(plain, one.part) {
			return one.means
		}
	}
	for _, name := range []string{field.Name, field.Label} {
		words := wordsOf(name)
		for _, wording := range wordings {
			for choice := range strings.FieldsSeq(wording.words) {
				if hasWords(words, choice) {
					return wording.means
				}
			}
		}
	}
	return meansNothing
}

func hasWords(words []string, choice string) bool {
	for word := range strings.SplitSeq(choice, "+") {
		if !slices.Contains(words, word) {
			return false
		}
	}
	return true
}

// wordsOf takes a name apart: at separators, at digits, and where a capital
// letter begins a word, also after an abbreviation such as URL.
func wordsOf(name string) []string {
	var words []string
	runes := []rune(name)
	begin := 0
	end := func(at int) {
		if at > begin {
			words = append(words, strings.ToLower(string(runes[begin:at])))
		}
	}
	for i, r := range runes {
		switch {
		case !unicode.IsLetter(r):
			end(i)
			begin = i + 1
		case unicode.IsUpper(r) && i > begin &&
			(!unicode.IsUpper(runes[i-1]) || i+1 < len(runes) && unicode.IsLower(runes[i+1])):
			end(i)
			begin = i
		}
	}
	end(len(runes))
	return words
}
