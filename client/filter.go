// $filter as values that can be put together.

package client

import (
	"errors"
	"strings"
)

// Filter is an OData $filter expression. The zero Filter selects everything.
// What cannot be expressed, such as a field name with a quote, is an error of
// the request that uses it.
type Filter struct {
	text     string
	compound bool // needs parentheses inside another expression
	err      error
}

// Eq is field eq literal.
func Eq(field string, value Literal) Filter { return compare(field, "eq", value) }

// Ne is field ne literal.
func Ne(field string, value Literal) Filter { return compare(field, "ne", value) }

// Gt is field gt literal.
func Gt(field string, value Literal) Filter { return compare(field, "gt", value) }

// Ge is field ge literal.
func Ge(field string, value Literal) Filter { return compare(field, "ge", value) }

// Lt is field lt literal.
func Lt(field string, value Literal) Filter { return compare(field, "lt", value) }

// Le is field le literal.
func Le(field string, value Literal) Filter { return compare(field, "le", value) }

func compare(field, operator string, value Literal) Filter {
	if err := errors.Join(checkName(field), value.err); err != nil {
		return Filter{err: err}
	}
	return Filter{text: field + " " + operator + " " + value.String()}
}

// In is field in ('a','b'); without values it is an error, because the service
// has no expression that selects nothing.
func In(field string, values ...Literal) Filter {
	err := checkName(field)
	if len(values) == 0 {
		err = errors.Join(err, errors.New("in: no values"))
	}
	texts := make([]string, 0, len(values))
	for _, value := range values {
		err = errors.Join(err, value.err)
		texts = append(texts, value.String())
	}
	if err != nil {
		return Filter{err: err}
	}
	return Filter{text: field + " in (" + strings.Join(texts, ",") + ")"}
}

// IsMemberOfSegment selects the customers of a segment.
func IsMemberOfSegment(name string) Filter {
	return Filter{text: "IsMemberOfSegment(" + Text(name).String() + ")"}
}

// And selects what all filters select; zero filters are left out.
func And(filters ...Filter) Filter { return combine("and", filters) }

// Or selects what any filter selects; a zero filter selects everything, and so
// does an Or with one.
func Or(filters ...Filter) Filter {
	for _, f := range filters {
		if f.text == "" && f.err == nil {
			return Filter{}
		}
	}
	return combine("or", filters)
}

func combine(operator string, filters []Filter) Filter {
	var parts []Filter
	var err error
	for _, f := range filters {
		err = errors.Join(err, f.err)
		if f.text != "" {
			parts = append(parts, f)
		}
	}
	switch {
	case err != nil:
		return Filter{err: err}
	case len(parts) == 0:
		return Filter{}
	case len(parts) == 1:
		return parts[0]
	}
	texts := make([]string, 0, len(parts))
	for _, part := range parts {
		if part.compound {
			part.text = "(" + part.text + ")"
		}
		texts = append(texts, part.text)
	}
	return Filter{text: strings.Join(texts, " "+operator+" "), compound: true}
}

// String is the expression before it is encoded, for people.
func (f Filter) String() string { return f.text }
