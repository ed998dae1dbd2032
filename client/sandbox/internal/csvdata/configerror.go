// What the YAML reader says of a sandbox.yaml that is wrong, for people.

package csvdata

import (
	"errors"
	"fmt"
	"reflect"
	"regexp"
	"strings"

	"go.yaml.in/yaml/v4"
)

var (
	unknownForm = regexp.MustCompile(`^field (.+) not found in type csvdata\.(\w+)$`)
	wrongForm   = regexp.MustCompile("^cannot construct !!(\\w+)(?: `(.*)`)? into (.+)$")
)

// inPlainWords tells the first problem with its line, in words of the file and
// not of this program.
func inPlainWords(err error) error {
	var one *yaml.LoadError // the first one where there are several
	if !errors.As(err, &one) {
		return err
	}
	words := plainWords(one.Message)
	if one.Mark.Line > 0 {
		return fmt.Errorf("line %d: %s", one.Mark.Line, words)
	}
	return errors.New(words)
}

func plainWords(message string) string {
	if m := unknownForm.FindStringSubmatch(message); m != nil {
		return fmt.Sprintf("there is no setting %q here, only %s", m[1], strings.Join(settings(m[2]), ", "))
	}
	m := wrongForm.FindStringSubmatch(message)
	if m == nil {
		return message
	}
	given := map[string]string{"seq": "a list", "map": "settings"}[m[1]]
	if given == "" {
		given = fmt.Sprintf("%q", m[2])
	}
	want := "settings of the form name: value"
	switch {
	case m[3] == "bool":
		want = "true or false"
	case m[3] == "string":
		want = "a text"
	case strings.HasPrefix(m[3], "[]"):
		want = "a list"
	}
	return fmt.Sprintf("%s is expected, not %s", want, given)
}

// settings lists what can be set in one of the types of sandbox.yaml.
func settings(typeName string) []string {
	var names []string
	for _, of := range []reflect.Type{reflect.TypeFor[config](), reflect.TypeFor[fileConfig](), reflect.TypeFor[activityConfig]()} {
		if of.Name() != typeName {
			continue
		}
		for i := range of.NumField() {
			names = append(names, of.Field(i).Tag.Get("yaml"))
		}
	}
	return names
}
