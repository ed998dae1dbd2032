// What stands in a JSON text for a word or a number: the few that are right,
// and what people write in place of them, with what would be right.

package forms

import (
	"math/big"
	"regexp"
	"strings"
)

// misplaced says what is wrong with what stands here, as far as its kind is
// known; otherwise what belongs here.
func (p *jsonParser) misplaced(belongs string) *JSONError {
	switch rest := p.text[p.pos:]; {
	case strings.HasPrefix(rest, "//"), strings.HasPrefix(rest, "/*"), strings.HasPrefix(rest, "#"):
		return p.fail("JSON has no comments. Remove it")
	case strings.HasPrefix(rest, "'"):
		return p.fail(`text goes in double quotes: " in place of '`)
	case strings.HasPrefix(rest, "“"), strings.HasPrefix(rest, "”"), strings.HasPrefix(rest, "„"), strings.HasPrefix(rest, "«"):
		return p.fail(`JSON takes straight quotes: "`)
	case strings.HasPrefix(rest, "\u00a0"), strings.HasPrefix(rest, "\u200b"), strings.HasPrefix(rest, "\ufeff"):
		return p.fail("a space that JSON does not know, as web pages have it. Write a plain one")
	}
	return p.fail(belongs)
}

// noName says what stands in the place of a member's name.
func (p *jsonParser) noName() *JSONError {
	if right, ok := p.decimalComma(); ok {
		return p.fail("a number has a point, not a comma. Write " + right)
	}
	if name := p.plainWord(); name != "" && p.peek() != '\'' {
		return p.fail("the name goes in double quotes: " + stringJSON(name))
	}
	if p.peek() == ',' {
		return p.fail("a comma too many. Remove it")
	}
	return p.misplaced("a member's name in double quotes belongs here")
}

// decimalComma tells digits that follow a number and its comma without a space:
// half of the world writes 12,50 for 12.50.
func (p *jsonParser) decimalComma() (right string, ok bool) {
	before, comma := strings.CutSuffix(p.text[:p.pos], ",")
	if !comma {
		return "", false
	}
	whole := before[strings.LastIndexAny(before, " \t\r\n:")+1:]
	digits := p.plainWord()
	if digits == "" || strings.Trim(digits, "0123456789") != "" || !isJSONNumber(whole) {
		return "", false
	}
	right = whole + "." + digits
	return right, isJSONNumber(right)
}

// plainWord is the word of letters, digits and underlines that begins here.
func (p *jsonParser) plainWord() string {
	rest := p.text[p.pos:]
	end := strings.IndexFunc(rest, func(r rune) bool {
		return r != '_' && (r < '0' || r > '9') && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z')
	})
	if end < 0 {
		end = len(rest)
	}
	if end > maxQuoted {
		return ""
	}
	return rest[:end]
}

// word reads true, false and null, and says what else was written.
func (p *jsonParser) word() (node, *JSONError) {
	start := p.pos
	w := p.bareWord()
	switch w {
	case "true", "false":
		return node{kind: nodeBool, raw: w}, nil
	case "null":
		return node{kind: nodeNull, raw: w}, nil
	case "":
		return node{}, p.misplaced("a value belongs here")
	case "NaN", "-NaN", "Infinity", "+Infinity", "INF":
		return node{}, p.failAt(start, w+" is no JSON number. Write a number or null")
	case "undefined", "None", "nil", "NULL":
		return node{}, p.failAt(start, w+" is no JSON value. Write null, or leave the member out")
	}
	if lower := strings.ToLower(w); lower == "true" || lower == "false" || lower == "null" {
		return node{}, p.failAt(start, "JSON writes "+lower+" in small letters")
	}
	p.pos = start
	if says, ok := numberWords(w); ok {
		return node{}, p.fail(says)
	}
	return node{}, p.misplaced(quote(w) + " is no JSON value. Text goes in double quotes")
}

func (p *jsonParser) number() (node, *JSONError) {
	start := p.pos
	for !p.end() && strings.IndexByte("+-.0123456789eE", p.text[p.pos]) >= 0 {
		p.pos++
	}
	raw := p.text[start:p.pos]
	if isJSONNumber(raw) && p.plainWord() == "" && p.peek() != '\'' {
		return node{kind: nodeNumber, raw: raw}, nil
	}
	if raw == "-" && strings.HasPrefix(p.text[p.pos:], "Infinity") {
		return node{}, p.failAt(start, "-Infinity is no JSON number. Write a number or null")
	}
	p.pos = start
	w := p.bareWord()
	says, ok := numberWords(w)
	if !ok {
		says = quote(w) + " is no JSON number. A date or other text goes in double quotes"
	}
	return node{}, p.failAt(start, says)
}

// bareWord reads on to where a value without quotes ends.
func (p *jsonParser) bareWord() string {
	start := p.pos
	for !p.end() && !strings.ContainsRune(" \t\r\n,:]}[{\"", rune(p.text[p.pos])) {
		p.pos++
	}
	return p.text[start:p.pos]
}

// numberWords says what is wrong with a number as programs and people write it,
// and what would be right; false: it is none of those.
func numberWords(w string) (says string, ok bool) {
	if base, right, ok := otherBase(w); ok {
		return quote(w) + " is " + base + ", and JSON has decimal numbers only. Write " + right, true
	}
	right, ok := mendedNumber(w)
	if !ok {
		return "", false
	}
	says = quote(w) + " is no JSON number. Write " + right
	if strings.HasPrefix(strings.TrimLeft(w, "+-"), "0") {
		if octal := inDecimal(w, 8); octal != "" && octal != right {
			says += ", or " + octal + " if it is octal"
		}
	}
	return says, true
}

// otherBase is the decimal number for one that says by its prefix that it is none.
func otherBase(w string) (base, right string, ok bool) {
	digits := strings.TrimLeft(w, "+-")
	if len(digits) < 3 || digits[0] != '0' {
		return "", "", false
	}
	switch digits[1] {
	case 'x', 'X':
		base, right = "hexadecimal", inDecimal(w, 16)
	case 'o', 'O':
		base, right = "octal", inDecimal(w, 8)
	case 'b', 'B':
		base, right = "binary", inDecimal(w, 2)
	}
	return base, right, right != ""
}

// inDecimal writes a whole number of another base in decimal, whatever its size;
// empty where it is none of that base, or longer than anybody would type.
func inDecimal(w string, base int) string {
	sign, digits := "", strings.ReplaceAll(strings.TrimPrefix(w, "+"), "_", "")
	if strings.HasPrefix(digits, "-") {
		sign, digits = "-", digits[1:]
	}
	if len(digits) > 2 && strings.ContainsRune("xXoObB", rune(digits[1])) {
		digits = digits[2:]
	}
	if len(digits) > maxQuoted || strings.ContainsAny(digits, "+-") {
		return ""
	}
	n, ok := new(big.Int).SetString(digits, base)
	if !ok {
		return ""
	}
	return sign + n.String()
}

var (
	grouped  = regexp.MustCompile(`^[-+]?\d{1,3}(['_]\d{3})+(\.\d+)?$|^[-+]?\d+(_\d+)+(\.\d+)?$`)
	suffixed = regexp.MustCompile(`^[-+]?[\d.]+[nLlFfDdMm]$`)
)

// mendedNumber is the JSON number that was meant by one with a plus, zeros
// before it, nothing before or behind its point, marks between thousands, or the
// letter of a type behind it.
func mendedNumber(raw string) (string, bool) {
	s := strings.TrimPrefix(raw, "+")
	if grouped.MatchString(s) {
		s = strings.NewReplacer("_", "", "'", "").Replace(s)
	}
	if suffixed.MatchString(s) {
		s = s[:len(s)-1]
	}
	sign := ""
	if strings.HasPrefix(s, "-") {
		sign, s = "-", s[1:]
	}
	for len(s) > 1 && s[0] == '0' && s[1] >= '0' && s[1] <= '9' {
		s = s[1:]
	}
	if strings.HasPrefix(s, ".") {
		s = "0" + s
	}
	s = strings.NewReplacer(".e", "e", ".E", "E").Replace(strings.TrimSuffix(s, "."))
	return sign + s, isJSONNumber(sign + s)
}
