// Which fields of a form an answer speaks of, and what it says of each. Values
// only.

package ui

import (
	"slices"
	"strings"
	"unicode"

	"github.com/activitydesk/activitydesk/client"
	"github.com/activitydesk/activitydesk/forms"
	"github.com/activitydesk/activitydesk/ui/words"
)

// saidOf is what the service said of a field, for as long as the field
// holds what it spoke of.
type saidOf struct {
	Field string
	Text  string
	was   heldValue
}

// heldValue is what a field holds.
type heldValue struct {
	state forms.State
	text  string
}

func heldIn(form *forms.Form, field string) heldValue {
	return heldValue{form.State(field), form.Text(field)}
}

// marksOf finds the fields that an answer names, in the form's order.
func marksOf(form *forms.Form, answer *client.Error) []saidOf {
	said := saidOfFields(form, answer)
	var marks []saidOf
	for _, field := range form.Fields() {
		if text, ok := said[field.Name]; ok {
			marks = append(marks, saidOf{field.Name, "The service: " + words.Clipped(text, 300), heldIn(form, field.Name)})
		}
	}
	return marks
}

// saidOfFields goes by targets, else by names within messages, else by what
// the code is about.
func saidOfFields(form *forms.Form, e *client.Error) map[string]string {
	reasons := append(slices.Clone(e.Details), client.Detail{Code: e.Code, Message: e.Message, Target: e.Target})
	entry, _ := words.CodeOf(e.Code)
	for _, names := range []func(client.Detail, *forms.Field) bool{
		func(r client.Detail, f *forms.Field) bool { return hasWord(r.Target, f.Name) },
		func(r client.Detail, f *forms.Field) bool { return speaksOf(r.Message, f.Name) },
		func(_ client.Detail, f *forms.Field) bool {
			return entry.Remedy == words.RemedyCustomer && f.CustomerRef || entry.Remedy == words.RemedyNewID && f.Key
		},
	} {
		if said := saidWhere(form, reasons, names); len(said) > 0 {
			return said
		}
	}
	return nil
}

// saidWhere takes the first thing said of each field that a reason names.
func saidWhere(form *forms.Form, reasons []client.Detail, names func(client.Detail, *forms.Field) bool) map[string]string {
	said := map[string]string{}
	for _, reason := range reasons {
		for _, field := range form.Fields() {
			if _, known := said[field.Name]; known || !names(reason, field) {
				continue
			}
			if words := wordsOf(reason); words != "" {
				said[field.Name] = words
			}
		}
	}
	return said
}

// wordsOf is the reason's message; where it has none, what its code means.
func wordsOf(reason client.Detail) string {
	if reason.Message != "" {
		return reason.Message
	}
	entry, _ := words.CodeOf(reason.Code)
	return entry.What
}

// hasWord says whether a name stands alone in a text: "body.ContactId" and
// "/ContactId" name ContactId, "ContactIds" does not.
func hasWord(text, name string) bool {
	for rest := text; name != ""; {
		at := strings.Index(rest, name)
		if at < 0 {
			return false
		}
		before, after := rest[:at], rest[at+len(name):]
		if !endsInWord(before) && !beginsInWord(after) {
			return true
		}
		rest = after
	}
	return false
}

func endsInWord(s string) bool {
	letters := []rune(s)
	return len(letters) > 0 && inName(letters[len(letters)-1])
}

func beginsInWord(s string) bool {
	for _, r := range s {
		return inName(r)
	}
	return false
}

func inName(r rune) bool { return r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r) }

// speaksOf says whether a sentence names a field. A name that is also a word
// of everyday language, such as Description, has to stand in quotes.
func speaksOf(sentence, name string) bool {
	if !hasWord(sentence, name) {
		return false
	}
	plain := strings.IndexFunc(strings.TrimLeftFunc(name, unicode.IsUpper), func(r rune) bool { return !unicode.IsLower(r) }) < 0
	if !plain {
		return true
	}
	for _, quotes := range []string{`"x"`, "'x'", "“x”", "`x`"} {
		if strings.Contains(sentence, strings.Replace(quotes, "x", name, 1)) {
			return true
		}
	}
	return false
}
