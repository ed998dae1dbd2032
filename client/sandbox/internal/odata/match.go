// What a parsed filter does with a row.

package odata

import "github.com/activitydesk/activitydesk/client/sandbox/internal/world"

type node interface{ match(row Row) bool }

type either struct{ left, right node }

func (n either) match(row Row) bool { return n.left.match(row) || n.right.match(row) }

type both struct{ left, right node }

func (n both) match(row Row) bool { return n.left.match(row) && n.right.match(row) }

type member struct{ segment string }

func (n member) match(row Row) bool { return row.IsMember(n.segment) }

type compare struct {
	name  string
	kind  world.EDM
	op    string
	value any
}

func (n compare) match(row Row) bool {
	value := row.Value(n.name)
	if value == nil || n.value == nil {
		same := value == nil && n.value == nil
		return n.op == "eq" && same || n.op == "ne" && !same
	}
	order, ok := n.kind.Compare(value, n.value)
	if !ok {
		return false
	}
	switch n.op {
	case "eq":
		return order == 0
	case "ne":
		return order != 0
	case "gt":
		return order > 0
	case "ge":
		return order >= 0
	case "lt":
		return order < 0
	default: // the parser lets nothing but le through
		return order <= 0
	}
}

type oneOf struct {
	name   string
	kind   world.EDM
	values []any
}

func (n oneOf) match(row Row) bool {
	for _, value := range n.values {
		if (compare{n.name, n.kind, "eq", value}).match(row) {
			return true
		}
	}
	return false
}
