// Fields that people would take for one another: told apart by their names, and
// said where the names themselves look alike.

package forms

import (
	"strconv"
	"strings"

	"golang.org/x/text/unicode/norm"

	"github.com/activitydesk/activitydesk/client/metadata"
)

// tellApart puts the name behind labels that several fields have, and gives a note
// for each group of names that differ in case or in how their letters are put
// together alone.
func tellApart(fields []*Field) (notes []string) {
	byLabel, byName := map[string][]*Field{}, map[string][]*Field{}
	for _, field := range fields {
		label, name := looks(field.Label), looks(field.Name)
		byLabel[label] = append(byLabel[label], field)
		byName[name] = append(byName[name], field)
	}
	for _, field := range fields {
		if alike := byName[looks(field.Name)]; len(alike) > 1 && alike[0] == field {
			notes = append(notes, alikeNote(alike))
		}
	}
	for _, same := range byLabel {
		for _, field := range same {
			if name := metadata.Plain(field.Name); len(same) > 1 && field.Label != name {
				field.Label += " (" + name + ")"
			}
		}
	}
	return notes
}

// alikeNote names fields that look alike, the first ones where there are many.
func alikeNote(fields []*Field) string {
	const most = 3
	var names []string
	for _, field := range fields[:min(len(fields), most)] {
		names = append(names, quote(field.Name))
	}
	if more := len(fields) - len(names); more > 0 {
		names = append(names, strconv.Itoa(more)+" more")
	}
	return strings.Join(names, " and ") + " look alike and are fields of their own"
}

// looks is the same for texts that people take for one.
func looks(text string) string { return strings.ToLower(norm.NFC.String(text)) }
