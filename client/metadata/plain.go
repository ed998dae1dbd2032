// Names as people see them: a service can put anything into one.

package metadata

import (
	"strings"
	"unicode"
)

// Plain is a name as it is shown: on one line, with · for each character that
// does not show or would change how others do, and in quotes where all of it is
// blank. In requests a name is used as it is.
func Plain(name string) string {
	if !strings.ContainsFunc(name, needsPlaining) {
		return name
	}
	plain := strings.Map(func(r rune) rune {
		switch {
		case r != '\n' && r != '\r' && r != '\t' && hides(r):
			return '·'
		case unicode.IsSpace(r):
			return ' '
		}
		return r
	}, name)
	if strings.TrimSpace(plain) == "" && plain != "" {
		return "“" + plain + "”"
	}
	return plain
}

// needsPlaining finds what Plain may change; names without it are the usual ones.
func needsPlaining(r rune) bool { return r <= ' ' || r >= 0x7f && (hides(r) || unicode.IsSpace(r)) }

// hides tells the characters that do not show as themselves: controls, marks of
// direction, what takes no room. Those that join letters and emoji are seen in
// what they join.
func hides(r rune) bool {
	const nonJoiner, joiner = 0x200c, 0x200d
	if r == nonJoiner || r == joiner {
		return false
	}
	return unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || r == '\u2028' || r == '\u2029'
}

// seen is a name without what would not show, as a person can type it.
func seen(name string) string {
	name = strings.Map(func(r rune) rune {
		if hides(r) && !unicode.IsSpace(r) {
			return -1
		}
		return r
	}, name)
	return strings.Join(strings.Fields(name), " ")
}
