// What is secret in what was entered, and where it stands in a text as it is, or
// cut off; unfold.go finds it where the text is written in another way.

package redact

import (
	"encoding/json"
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
	if lines := strings.FieldsFunc(entered, func(r rune) bool { return r == '\r' || r == '\n' }); len(lines) > 1 {
		for i := range lines {
			lines[i] = strings.TrimSpace(lines[i])
		}
		parts = append(parts, strings.Join(lines, ""))
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
