// Where registered secrets stand in a text: whole, cut off, or broken over lines.

package redact

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"
)

// partsOf gives what is secret in what was entered: all of it; without the ends
// of lines that a terminal or a mail put into it; and each long word by itself,
// since "Authorization: Bearer x" is entered where x is meant. Of a JSON object,
// such as the cache of a sign-in, it is the members that are named as secrets.
func partsOf(entered string) []string {
	entered = strings.TrimSpace(entered)
	if members := secretMembers(entered); len(members) > 0 {
		return members
	}
	parts := []string{entered}
	if joined, _ := joinLines(entered); joined != entered {
		parts = append(parts, joined)
	}
	for word := range strings.FieldsFuncSeq(entered, func(r rune) bool { return r <= ' ' || strings.ContainsRune(`"',;`, r) }) {
		if len(word) >= longFrom && !strings.HasSuffix(word, ":") {
			parts = append(parts, word)
		}
	}
	return parts
}

// secretMembers gives the texts of a JSON object, at any depth, whose names say
// that they are secrets.
func secretMembers(text string) []string {
	if !strings.HasPrefix(text, "{") {
		return nil
	}
	var object map[string]any
	if err := json.Unmarshal([]byte(text), &object); err != nil {
		return nil // no JSON, so it is taken as it is
	}
	var found []string
	var visit func(name string, value any)
	visit = func(name string, value any) {
		switch value := value.(type) {
		case string:
			if secretName(name) {
				found = append(found, strings.TrimSpace(value))
			}
		case []any:
			for _, one := range value {
				visit(name, one)
			}
		case map[string]any:
			for name, one := range value {
				visit(name, one)
			}
		}
	}
	visit("", object)
	return found
}

// wholeSpans finds every occurrence of every needle, overlapping ones too.
func wholeSpans(s string, needles []needle) []span {
	var spans []span
	for _, n := range needles {
		for at := 0; ; {
			i := strings.Index(s[at:], n.text)
			if i < 0 {
				break
			}
			from, to := at+i, at+i+len(n.text)
			if !n.whole || standsAlone(s, from, to) {
				spans = append(spans, span{from, to})
			}
			at = from + 1
		}
	}
	return spans
}

// cutMark stands where a text was shortened for people.
const cutMark = "…"

// cutSpans finds the beginnings of needles where the text ends or was shortened.
func cutSpans(s string, needles []needle) []span {
	ends := []int{len(s)}
	for at := 0; ; {
		i := strings.Index(s[at:], cutMark)
		if i < 0 {
			break
		}
		ends = append(ends, at+i)
		at += i + len(cutMark)
	}
	var spans []span
	for _, end := range ends {
		for _, n := range needles {
			if k := cutLength(s[:end], n.text); k > 0 {
				spans = append(spans, span{end - k, end})
			}
		}
	}
	return spans
}

// cutLength gives how many of the last bytes of s are the beginning of text,
// or 0 where they are fewer than tailFrom.
func cutLength(s, text string) int {
	if len(s) < tailFrom || len(text) <= tailFrom {
		return 0
	}
	end := s[len(s)-tailFrom:]
	for within := text[:min(len(text)-1, len(s))]; ; {
		i := strings.LastIndex(within, end)
		if i < 0 {
			return 0
		}
		if k := i + tailFrom; strings.HasSuffix(s, text[:k]) {
			return k
		}
		within = within[:i+tailFrom-1]
	}
}

// brokenSpans finds long needles that are broken over lines.
func brokenSpans(s string, needles []needle) []span {
	if !slices.ContainsFunc(needles, func(n needle) bool { return n.long }) {
		return nil
	}
	joined, cuts := joinLines(s)
	if len(cuts) == 0 {
		return nil
	}
	var spans []span
	for _, n := range needles {
		if !n.long {
			continue
		}
		for _, found := range wholeSpans(joined, []needle{n}) {
			from, to := original(cuts, found.from), original(cuts, found.to-1)+1
			if to-from > found.to-found.from {
				spans = append(spans, span{from, to})
			}
		}
	}
	return spans
}

// cut says that the joined text from byte at on stood so many bytes further on.
type cut struct{ at, by int }

// joinLines takes the ends of lines out of a text, with the space around them,
// as they are and as JSON and Go write them.
func joinLines(s string) (joined string, cuts []cut) {
	if !strings.ContainsAny(s, "\r\n\\") {
		return s, nil
	}
	var b strings.Builder
	by := 0
	for i := 0; i < len(s); {
		end, broken := gap(s, i)
		switch {
		case broken:
			by += end - i
			cuts = append(cuts, cut{b.Len(), by})
		case end == i:
			end++
			fallthrough
		default:
			b.WriteString(s[i:end])
		}
		i = end
	}
	return b.String(), cuts
}

// lineEnds are the ends of lines and tabs as texts within texts write them.
var lineEnds = []string{"\r", "\n", `\r`, `\n`, `\t`, `\\r`, `\\n`, `\\t`}

// gap gives how far the space at i goes, and whether a line ends in it.
func gap(s string, i int) (end int, broken bool) {
	for end = i; end < len(s); {
		if s[end] == ' ' || s[end] == '\t' {
			end++
			continue
		}
		at := slices.IndexFunc(lineEnds, func(e string) bool { return strings.HasPrefix(s[end:], e) })
		if at < 0 {
			break
		}
		end += len(lineEnds[at])
		broken = true
	}
	return end, broken
}

// original gives where a byte of the joined text stood.
func original(cuts []cut, at int) int {
	i, found := slices.BinarySearchFunc(cuts, at, func(c cut, at int) int { return cmp.Compare(c.at, at) })
	if found {
		return at + cuts[i].by
	}
	if i == 0 {
		return at
	}
	return at + cuts[i-1].by
}
