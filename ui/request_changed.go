// What a form holds now against what was sent from it, member by member.
// Values only.

package ui

import (
	"strings"

	"github.com/activitydesk/activitydesk/forms"
	"github.com/activitydesk/activitydesk/ui/words"
)

// sentMembers are the members of what was sent, in its order, each as the
// preview showed it at the click.
type sentMembers struct {
	names []string
	texts map[string]string
}

// membersOf takes them from a preview. Its lines change with the form; what is
// taken does not.
func membersOf(lines []forms.Line) sentMembers {
	m := sentMembers{texts: map[string]string{}}
	for _, line := range lines {
		if line.Field == "" {
			continue
		}
		before, known := m.texts[line.Field]
		if !known {
			m.names = append(m.names, line.Field)
		}
		m.texts[line.Field] = before + line.String() + "\n"
	}
	for name, text := range m.texts { // the last member has no comma, whichever it is
		m.texts[name] = strings.TrimSuffix(strings.TrimSuffix(text, "\n"), ",")
	}
	return m
}

// changedSince names the members that differ: changed and new ones in the
// form's order, then those that are gone.
func (m sentMembers) changedSince(now sentMembers) []string {
	var names []string
	for _, name := range now.names {
		if was, there := m.texts[name]; !there || was != now.texts[name] {
			names = append(names, name)
		}
	}
	for _, name := range m.names {
		if _, there := now.texts[name]; !there {
			names = append(names, name)
		}
	}
	return names
}

// changedWords says it in one line; empty where nothing differs.
func changedWords(names []string) string {
	const most = 2
	switch {
	case len(names) == 0:
		return ""
	case len(names) <= most:
		return "Changed since: " + strings.Join(names, ", ")
	default:
		return "Changed since: " + strings.Join(names[:most], ", ") + " and " + words.Counted(len(names)-most, "other", "others")
	}
}
