// What the fields of a profile mean: by their semantic type first, by the names
// that are common otherwise.

package people

import (
	"regexp"
	"strings"

	"github.com/activitydesk/activitydesk/client"
	"github.com/activitydesk/activitydesk/client/metadata"
)

// meaning is what a field says of a person.
type meaning int

// The meanings, in the order in which they matter to who has the person on the
// phone. means nothing is for all other fields.
const (
	meansNothing meaning = iota
	meansName
	meansFirstName
	meansLastName
	meansMail
	meansPhone
	meansBirthday
	meansStreet
	meansPostalCode
	meansCity
	meansState
	meansCountry
)

// meaningRules are tried in their order, the semantic types of all before the
// names of any.
var meaningRules = []struct {
	meaning  meaning
	semantic []string // without dots, in lower case; the service writes "Person.FullName" and "PersonFullName"
	name     *regexp.Regexp
}{
	{meansName, []string{"personfullname"}, regexp.MustCompile(`^(full|display|customer)?_?name$`)},
	{meansFirstName, []string{"personfirstname", "persongivenname"}, regexp.MustCompile(`^(first|given)_?name$`)},
	{meansLastName, []string{"personlastname", "personfamilyname"}, regexp.MustCompile(`^(last|family|sur)_?name$`)},
	{meansMail, []string{"identityserviceemail"}, regexp.MustCompile(`^e_?mail(_?address)?\d?$`)},
	{meansPhone, []string{"identityservicephone"}, regexp.MustCompile(`^((tele|mobile_?)?phone(_?number)?|mobile|telephone\d?)$`)},
	{meansBirthday, []string{"personbirthdate", "personbirthday"}, regexp.MustCompile(`birth|^dob$|^born`)},
	{meansStreet, []string{"locationaddressstreet", "locationstreet", "locationaddress"}, regexp.MustCompile(`^(street(_?address)?|address(_?line)?_?1?)$`)},
	{meansPostalCode, []string{"locationpostalcode", "locationzipcode"}, regexp.MustCompile(`^(post(al)?_?code|zip(_?code)?)$`)},
	{meansCity, []string{"locationcity"}, regexp.MustCompile(`^(city|town)$`)},
	{meansState, []string{"locationstate", "locationstateorprovince"}, regexp.MustCompile(`^(state|province|region)$`)},
	{meansCountry, []string{"locationcountry"}, regexp.MustCompile(`^country$`)},
}

// meaningOf reads what a field means.
func meaningOf(a metadata.Attribute) meaning {
	label := strings.ToLower(strings.ReplaceAll(a.SemanticType, ".", ""))
	for _, rule := range meaningRules {
		for _, semantic := range rule.semantic {
			if label == semantic {
				return rule.meaning
			}
		}
	}
	return meaningOfName(a.Name)
}

// meaningOfName goes by the name alone, as for a field without metadata.
func meaningOfName(name string) meaning {
	name = strings.ToLower(name)
	for _, rule := range meaningRules {
		if rule.name.MatchString(name) {
			return rule.meaning
		}
	}
	return meansNothing
}

// meaningsIn gives for each meaning the first filled field's text. Fields that
// the metadata does not name count, too.
func meaningsIn(row client.Row, entity metadata.Entity) map[meaning]string {
	found := map[meaning]string{}
	add := func(m meaning, name string) {
		if text := strings.TrimSpace(row.Text(name)); m != meansNothing && text != "" && found[m] == "" {
			found[m] = text
		}
	}
	for _, a := range entity.Attributes {
		add(meaningOf(a), a.Name)
	}
	for _, name := range row.Names() {
		add(meaningOfName(name), name)
	}
	return found
}

// fieldOfMeaning answers the first field of a meaning; empty: none.
func fieldOfMeaning(entity metadata.Entity, wanted meaning) string {
	for _, a := range entity.Attributes {
		if meaningOf(a) == wanted {
			return a.Name
		}
	}
	return ""
}
