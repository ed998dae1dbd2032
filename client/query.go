// What is asked of an entity's rows, as a query string.

package client

import (
	"errors"
	"net/url"
	"strconv"
	"strings"
)

// Query is what is asked of an entity's rows (contract, section 7). Zero
// values are left out of the request.
type Query struct {
	Filter      Filter
	Select      []string // fields
	Expand      []string // entities, such as UnifiedActivity; not together with Select or Search
	OrderBy     []Order
	Search      string // text of any kind; words are matched on their own
	Top         int    // 0: as many as the service gives, at most 100
	Skip        int
	SkipToken   string
	Count       bool // ask for Page.Count
	ForceSearch bool // ask the search index
}

// Order is one field to sort by.
type Order struct {
	Field string
	Desc  bool
}

// parameter is a name and a value before encoding. Their order is kept, so
// that the same question is the same address.
type parameter struct{ name, value string }

func (q Query) parameters() ([]parameter, error) {
	order, err := orderBy(q.OrderBy)
	err = errors.Join(q.check(), err)
	if err != nil {
		return nil, err
	}
	list := []parameter{
		{"$filter", q.Filter.text},
		{"$select", strings.Join(q.Select, ",")},
		{"$expand", strings.Join(q.Expand, ",")},
		{"$orderby", order},
		{"$search", phrase(q.Search)},
		{"$top", positive(q.Top)},
		{"$skip", positive(q.Skip)},
		{"$skiptoken", q.SkipToken},
		{"$count", onlyTrue(q.Count)},
		{"forceSearch", onlyTrue(q.ForceSearch)},
	}
	return list, nil
}

func (q Query) check() error {
	err := q.Filter.err
	for _, name := range append(append([]string{}, q.Select...), q.Expand...) {
		err = errors.Join(err, checkName(name))
	}
	if len(q.Expand) > 0 && q.Search != "" {
		err = errors.Join(err, errors.New("the service does not expand what it searched"))
	}
	if len(q.Expand) > 0 && len(q.Select) > 0 {
		err = errors.Join(err, errors.New("the service does not expand a selection of fields"))
	}
	if q.Top < 0 || q.Skip < 0 {
		err = errors.Join(err, errors.New("top and skip cannot be negative"))
	}
	return err
}

func orderBy(orders []Order) (string, error) {
	var err error
	texts := make([]string, 0, len(orders))
	for _, order := range orders {
		err = errors.Join(err, checkName(order.Field))
		text := order.Field
		if order.Desc {
			text += " desc"
		}
		texts = append(texts, text)
	}
	return strings.Join(texts, ","), err
}

// phrase puts a search text in double quotes, so that and, or and not in it
// are words and not operators.
func phrase(text string) string {
	if text == "" {
		return ""
	}
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(text) + `"`
}

func positive(n int) string {
	if n <= 0 {
		return ""
	}
	return strconv.Itoa(n)
}

func onlyTrue(b bool) string {
	if b {
		return "true"
	}
	return ""
}

// encode gives "?a=b&c=d" without the empty ones, or nothing. The space is %20:
// a plus sign is a plus sign to some OData services.
func encode(list []parameter) string {
	var b strings.Builder
	for _, p := range list {
		if p.value == "" {
			continue
		}
		separator := byte('&')
		if b.Len() == 0 {
			separator = '?'
		}
		b.WriteByte(separator)
		b.WriteString(p.name)
		b.WriteByte('=')
		b.WriteString(strings.ReplaceAll(url.QueryEscape(p.value), "+", "%20"))
	}
	return b.String()
}
