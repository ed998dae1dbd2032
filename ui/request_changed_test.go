package ui

import (
	"slices"
	"testing"

	"github.com/activitydesk/activitydesk/ui/widgets"
)

func TestWhatDiffersFromWhatWasSentIsNamed(t *testing.T) {
	of := func(lines ...string) sentMembers {
		all := widgets.ColourJSON("{")
		for i := 0; i < len(lines); i += 2 {
			line := widgets.ColourJSON(lines[i+1])[0]
			line.Field = lines[i]
			all = append(all, line)
		}
		return membersOf(append(all, widgets.ColourJSON("}")...))
	}
	sent := of("a", `  "a": 1,`, "b", `  "b": {`, "b", `    "c": 2`, "b", `  },`, "d", `  "d": null`)
	cases := map[string]struct {
		now   sentMembers
		names []string
		words string
	}{
		"the same":               {of("a", `  "a": 1,`, "b", `  "b": {`, "b", `    "c": 2`, "b", `  },`, "d", `  "d": null`), nil, ""},
		"the last one left out":  {of("a", `  "a": 1,`, "b", `  "b": {`, "b", `    "c": 2`, "b", `  }`), []string{"d"}, "Changed since: d"},
		"one within":             {of("a", `  "a": 1,`, "b", `  "b": {`, "b", `    "c": 3`, "b", `  },`, "d", `  "d": null`), []string{"b"}, "Changed since: b"},
		"a new one, others gone": {of("e", `  "e": 5`), []string{"e", "a", "b", "d"}, "Changed since: e, a and 2 others"},
	}
	for name, c := range cases {
		got := sent.changedSince(c.now)
		if !slices.Equal(got, c.names) || changedWords(got) != c.words {
			t.Errorf("%s: %v, %q; want %v, %q", name, got, changedWords(got), c.names, c.words)
		}
	}
}
