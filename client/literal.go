// OData literals and names: the only place where values become query text.

package client

import (
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"time"
	"unicode"
)

// Literal is a value in an OData expression. The zero Literal is null.
type Literal struct {
	text string
	err  error
}

// Text is a string in single quotes, with quotes inside doubled.
func Text(s string) Literal {
	return Literal{text: "'" + strings.ReplaceAll(s, "'", "''") + "'"}
}

// Time is a date-time in UTC with at least milliseconds, as the contract
// writes it, and more where t has more: a page that goes on "before the last
// one seen" must not skip what lies between.
func Time(t time.Time) Literal {
	t = t.UTC()
	if t.Nanosecond()%int(time.Millisecond) == 0 {
		return Literal{text: t.Format("2006-01-02T15:04:05.000Z")}
	}
	return Literal{text: t.Format("2006-01-02T15:04:05.999999999Z")}
}

// Date is a day, without time and zone, of t as it is.
func Date(t time.Time) Literal {
	return Literal{text: t.Format(time.DateOnly)}
}

var numberPattern = regexp.MustCompile(`^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?$`)

// Number is a number exactly as written.
func Number(n json.Number) Literal {
	if !numberPattern.MatchString(string(n)) {
		return Literal{err: fmt.Errorf("%q is not a number", clip(string(n), 40))}
	}
	return Literal{text: string(n)}
}

// Bool is true or false.
func Bool(b bool) Literal {
	if b {
		return Literal{text: "true"}
	}
	return Literal{text: "false"}
}

var guidPattern = regexp.MustCompile(`^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$`)

// GUID is a guid, which OData writes without quotes.
func GUID(id string) Literal {
	if !guidPattern.MatchString(id) {
		return Literal{err: fmt.Errorf("%q is not a guid", clip(id, 40))}
	}
	return Literal{text: id}
}

// Null is the null literal.
func Null() Literal { return Literal{} }

// Err says why the value cannot be written; nil: it can.
func (l Literal) Err() error { return l.err }

func (l Literal) String() string {
	if l.text == "" {
		return "null"
	}
	return l.text
}

// checkName refuses what is no name of a field or entity: with such a name an
// expression would mean something else than was meant.
func checkName(name string) error {
	if name == "" {
		return errors.New("a field without a name")
	}
	for _, r := range name {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) && !strings.ContainsRune("_./-", r) {
			return fmt.Errorf("%q cannot be named in a query", clip(name, 80))
		}
	}
	return nil
}
