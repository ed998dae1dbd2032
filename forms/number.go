// Reading numbers exactly: what was typed is kept digit for digit, and what is
// no number is answered with how to write it.

package forms

import (
	"fmt"
	"math/big"
	"strconv"
	"strings"
	"unicode"

	"github.com/activitydesk/activitydesk/client/metadata"
)

// readNumber reads a number of the field's kind.
func readNumber(text string, t metadata.DataType) (reading, *Problem) {
	s := strings.TrimSpace(text)
	if !isJSONNumber(s) {
		return reading{}, notANumber(s, t.Kind)
	}
	var p *Problem
	hint := ""
	switch t.Kind {
	case metadata.KindInteger:
		p = checkInteger(s, t)
	case metadata.KindDouble:
		p, hint = checkDouble(s, t)
	}
	if p != nil {
		return reading{}, p
	}
	return reading{kind: SpanNumber, json: s, sent: s, hint: hint}, nil
}

// checkInteger holds a JSON number against the whole numbers of the type.
func checkInteger(s string, t metadata.DataType) *Problem {
	if strings.ContainsAny(s, ".eE") {
		return notWhole(s)
	}
	bits := t.Bits
	if bits <= 0 || bits > 64 {
		bits = 64
	}
	if s == "-0" {
		return nil // ParseUint knows no sign
	}
	var err error
	if t.Unsigned {
		_, err = strconv.ParseUint(s, 10, bits)
	} else {
		_, err = strconv.ParseInt(s, 10, bits)
	}
	if err == nil {
		return nil
	}
	low, high := integerRange(bits, t.Unsigned)
	wrong := "Too large"
	if strings.HasPrefix(s, "-") {
		wrong = "Too small"
	}
	return advise("out of range", fmt.Sprintf("%s: %s is outside %s to %s", wrong, quote(s), low, high),
		fmt.Sprintf("Write a whole number from %s to %s", low, high))
}

// integerRange gives the smallest and largest whole number of a width.
func integerRange(bits int, unsigned bool) (low, high string) {
	one := big.NewInt(1)
	if unsigned {
		top := new(big.Int).Lsh(one, uint(bits))
		return "0", top.Sub(top, one).String()
	}
	half := new(big.Int).Lsh(one, uint(bits-1))
	return new(big.Int).Neg(half).String(), new(big.Int).Sub(half, one).String()
}

// notWhole answers a number with decimals or an exponent where a whole one
// belongs.
func notWhole(s string) *Problem {
	const brief = "not a whole number"
	whole, rest, hasPoint := strings.Cut(s, ".")
	if strings.ContainsAny(s, "eE") {
		wrong := fmt.Sprintf("Not a whole number: %s has an exponent", quote(s))
		if fix, ok := expand(s); ok {
			return problem(brief, wrong, fix)
		}
		return advise(brief, wrong, "Write it in digits alone")
	}
	wrong := fmt.Sprintf("Not a whole number: %s has decimals", quote(s))
	if hasPoint && strings.Trim(rest, "0") == "" {
		return problem(brief, wrong, whole)
	}
	below, ok := new(big.Int).SetString(whole, 10)
	if !ok || len(whole) > 20 {
		return advise(brief, wrong, "Write it without them")
	}
	if groupsOfThree(s, ".") { // points between thousands
		joined := strings.ReplaceAll(s, ".", "")
		return problem(brief, wrong, joined, below.String())
	}
	next := big.NewInt(1)
	if strings.HasPrefix(s, "-") {
		next = big.NewInt(-1)
	}
	return problem(brief, wrong, below.String(), new(big.Int).Add(below, next).String())
}

// expand writes a number with a small exponent in digits; ok is false where
// that is no whole number or a long one.
func expand(s string) (string, bool) {
	at := strings.IndexAny(s, "eE")
	exponent, err := strconv.Atoi(s[at+1:])
	if err != nil || exponent < -30 || exponent > 30 || at > 40 {
		return "", false
	}
	value, ok := new(big.Rat).SetString(s)
	if !ok || !value.IsInt() {
		return "", false
	}
	return value.Num().String(), true
}

// checkDouble refuses what no float of the type can hold, and says where one
// would round. The float itself is thrown away: the text is what is sent.
func checkDouble(s string, t metadata.DataType) (*Problem, string) {
	bits, digits := 64, 15
	if strings.HasSuffix(strings.ToLower(t.Name), "single") {
		bits, digits = 32, 7
	}
	float, err := strconv.ParseFloat(s, bits)
	if err != nil {
		return advise("out of range", fmt.Sprintf("Too large: %s is beyond what %d-bit numbers hold", quote(s), bits),
			"Write a smaller number"), ""
	}
	mantissa := s
	if at := strings.IndexAny(s, "eE"); at >= 0 {
		mantissa = s[:at]
	}
	significant := strings.Trim(strings.NewReplacer("-", "", ".", "").Replace(mantissa), "0")
	switch {
	case significant == "":
		return nil, ""
	case float == 0:
		return nil, fmt.Sprintf("Sent as typed; for the service's type of %d bits it is so small that it is 0", bits)
	case len(significant) > digits+2, len(significant) >= digits && rounds(s, float, bits):
		return nil, fmt.Sprintf("Sent as typed; the service's type keeps about %d digits", digits)
	}
	return nil, ""
}

// rounds says that the shortest text for a float of s, which is not 0, is another
// number than s.
func rounds(s string, float float64, bits int) bool {
	const most = 400 // what is longer and has few digits is filled up with zeros
	if len(s) > most {
		return false
	}
	typed, ok := new(big.Rat).SetString(s)
	kept, known := new(big.Rat).SetString(strconv.FormatFloat(float, 'g', -1, bits))
	return !ok || !known || typed.Cmp(kept) != 0
}

// notANumber says which character is wrong and how the number would be
// written.
func notANumber(s string, kind metadata.Kind) *Problem {
	brief, what, example := "not a number", "Not a number", "digits, with a point before decimals: 12.50"
	if kind == metadata.KindInteger {
		brief, what, example = "not a whole number", "Not a whole number", "digits alone: 12"
	}
	if s == "" {
		return advise(brief, what+": the text is empty", "Write "+example+", or leave the field out")
	}
	switch strings.ToLower(s) {
	case "nan", "inf", "-inf", "+inf", "infinity", "-infinity", "+infinity":
		return advise(brief, what+": JSON has no "+quote(s), "Write a number, or choose null")
	case "null":
		return advise(brief, what+": "+quote(s)+" is a word", "Choose null in the field's menu to send null")
	}
	wrong := what + ": " + quote(s) + " " + culprit(s)
	fixes := mendNumber(s)
	if kind == metadata.KindInteger {
		fixes = onlyWhole(fixes)
	}
	if len(fixes) == 0 {
		return advise(brief, wrong, "Write "+example)
	}
	return problem(brief, wrong, fixes...)
}

func onlyWhole(fixes []string) []string {
	whole := fixes[:0:0]
	for _, fix := range fixes {
		if !strings.ContainsAny(fix, ".eE") {
			whole = append(whole, fix)
		}
	}
	return whole
}

// culprit names the character that keeps s from being a number, the least
// expected kind first.
func culprit(s string) string {
	for _, r := range s {
		if unicode.IsLetter(r) && (r != 'e' && r != 'E') {
			return "has the letter " + string(r)
		}
	}
	for _, r := range s {
		switch {
		case r >= '0' && r <= '9', strings.ContainsRune("+-.,eE", r):
		case unicode.IsSpace(r):
			return "has a space"
		case r == '\'' || r == '’':
			return "has an apostrophe"
		case r == '"' || r == '“' || r == '”':
			return "has quotes"
		case unicode.IsDigit(r):
			return "has digits of another script"
		default:
			return "has " + quote(string(r))
		}
	}
	return formCulprit(s)
}

// formCulprit names what is wrong with a text of the right characters.
func formCulprit(s string) string {
	bare := strings.TrimLeft(s, "+-")
	switch {
	case strings.Contains(s, ","):
		return "has a comma"
	case strings.Count(s, ".") > 1:
		return "has more than one point"
	case strings.HasPrefix(s, "+"):
		return "has a plus sign"
	case len(bare) > 1 && bare[0] == '0' && countDigits(bare) > 1:
		return "begins with a zero"
	case strings.HasPrefix(bare, "."):
		return "begins with a point"
	case strings.HasSuffix(s, "."):
		return "ends in a point"
	}
	return "is not complete"
}

// mendNumber gives the numbers that s most likely means, as JSON writes them.
func mendNumber(s string) []string {
	plain := strings.Map(plainDigit, s)
	if strings.IndexFunc(plain, unicode.IsLetter) >= 0 {
		mapped := strings.NewReplacer("O", "0", "o", "0", "l", "1", "I", "1").Replace(plain)
		if !strings.ContainsAny(plain, digits) {
			return nil
		}
		plain = mapped
	}
	var fixes []string
	for _, candidate := range decimalReadings(plain) {
		if fix := trimNumber(candidate); isJSONNumber(fix) {
			fixes = append(fixes, fix)
		}
	}
	return fixes
}

// plainDigit maps digits and signs of other scripts and keyboards to ASCII,
// and drops what groups digits or names a currency.
func plainDigit(r rune) rune {
	switch {
	case strings.ContainsRune("−–—", r):
		return '-'
	case r == '٫' || r == '．':
		return '.'
	case r == '，':
		return ','
	case strings.ContainsRune("'’_\"“”٬", r), unicode.IsSpace(r), unicode.Is(unicode.Sc, r):
		return -1
	}
	for _, zero := range []rune{'０', '٠', '۰', '०', '০', '๐'} {
		if r >= zero && r <= zero+9 {
			return '0' + r - zero
		}
	}
	return r
}

// decimalReadings resolves commas and points: the last of two kinds is the
// decimal sign; one comma before three digits can be either.
func decimalReadings(s string) []string {
	commas, points := strings.Count(s, ","), strings.Count(s, ".")
	switch {
	case commas == 0 && points <= 1:
		return []string{s}
	case commas > 0 && points > 0:
		if strings.LastIndex(s, ",") > strings.LastIndex(s, ".") {
			return []string{strings.Replace(strings.ReplaceAll(s, ".", ""), ",", ".", 1)}
		}
		return []string{strings.ReplaceAll(s, ",", "")}
	case commas == 1:
		point := strings.Replace(s, ",", ".", 1)
		if groupsOfThree(s, ",") {
			return []string{strings.ReplaceAll(s, ",", ""), point}
		}
		return []string{point}
	case groupsOfThree(s, ",."), points == 0 && indianGroups(s):
		return []string{strings.NewReplacer(",", "", ".", "").Replace(s)}
	}
	return nil
}

// groupsOfThree tells whether the separators cut s as thousands do.
func groupsOfThree(s, separators string) bool {
	groups := strings.FieldsFunc(strings.TrimLeft(s, "+-"), func(r rune) bool {
		return strings.ContainsRune(separators, r)
	})
	if len(groups) < 2 || len(groups[0]) > 3 || groups[0] == "0" {
		return false
	}
	for _, group := range groups[1:] {
		if len(group) != 3 {
			return false
		}
	}
	return true
}

// indianGroups tells whether commas cut s as lakhs and crores do: 12,34,567.
func indianGroups(s string) bool {
	groups := strings.Split(strings.TrimLeft(s, "+-"), ",")
	last := len(groups) - 1
	if last < 2 || len(groups[last]) != 3 || groups[0] == "" || len(groups[0]) > 2 {
		return false
	}
	for _, group := range groups[1:last] {
		if len(group) != 2 {
			return false
		}
	}
	return true
}

// trimNumber removes plus signs and needless zeros, and completes a bare
// point.
func trimNumber(s string) string {
	s = strings.TrimPrefix(s, "+")
	sign := ""
	if strings.HasPrefix(s, "-") {
		sign, s = "-", s[1:]
	}
	s = strings.TrimSuffix(s, ".")
	if trimmed := strings.TrimLeft(s, "0"); trimmed != s {
		s = trimmed
		if s == "" || countDigits(s) == 0 {
			s = "0" + s
		}
	}
	if strings.HasPrefix(s, ".") {
		s = "0" + s
	}
	return sign + s
}
