// What a write's body must be like, held against the entity's metadata.

package sandbox

import (
	"encoding/json"
	"fmt"

	"github.com/activitydesk/activitydesk/client/sandbox/internal/world"
)

// checkFields puts an object into a row. All problems of the first kind that
// occurs are told at once.
func checkFields(e *world.Entity, object fields) (world.Row, error) {
	var unknown, readOnly, wrong []detail
	row := make(world.Row, len(e.Attributes))
	for _, name := range object.names {
		value := object.values[name]
		a, ok := e.Attribute(name)
		switch {
		case !ok:
			unknown = append(unknown, detail{"fieldNotExistsInMetadata", fmt.Sprintf("%s has no field %q.", e.DataName(), name), name})
		case a.ReadOnly:
			readOnly = append(readOnly, detail{"writeReadonlyField", fmt.Sprintf("%s can be read only.", name), name})
		default:
			if err := a.Type.Check(value); err != nil {
				wrong = append(wrong, detail{"malformedInputParameters", fmt.Sprintf("%s: %v.", name, err), name})
				continue
			}
			row[e.Position(name)] = stored(a.Type, value)
		}
	}
	for _, problems := range [][]detail{unknown, readOnly, wrong} {
		if len(problems) > 0 {
			return nil, together(problems)
		}
	}
	return row, nil
}

// stored is a value as it is kept. Only JSON may be an object or a list.
func stored(t world.EDM, value any) any {
	if t != world.JSON || value == nil {
		return value
	}
	return json.RawMessage(encode(value))
}

// checkMandatory says which fields must have a value and have none.
func checkMandatory(e *world.Entity, row world.Row) error {
	var missing []detail
	for i, a := range e.Attributes {
		must := a.Mandatory || a.Name == e.Key || a.Name == e.Time
		if must && !a.ReadOnly && world.TextOf(row[i]) == "" {
			missing = append(missing, detail{"mandatoryFieldsMissing", fmt.Sprintf("%s must have a value.", a.Name), a.Name})
		}
	}
	if len(missing) > 0 {
		return together(missing)
	}
	return nil
}

// together is one failure of several problems; the first one speaks for all.
func together(problems []detail) *failure {
	first := problems[0]
	f := badRequest(first.code, first.target, "%s", first.message)
	f.details = problems
	if more := len(problems) - 1; more > 0 {
		f.message = fmt.Sprintf("%s And %d more.", first.message, more)
	}
	return f
}
