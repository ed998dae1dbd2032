// The options of a data request, read and held against what the service
// supports (contract, section 7).

package sandbox

import (
	"encoding/base64"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/activitydesk/activitydesk/client/sandbox/internal/odata"
	"github.com/activitydesk/activitydesk/client/sandbox/internal/world"
)

// pageSize is how many objects an answer has at most.
const pageSize = 100

// query is what a data request asks for.
type query struct {
	filter   odata.Filter
	search   *odata.Search
	selected map[string]bool // nil: all
	order    []order
	expand   []string
	top      int // -1: not said
	skip     int
	count    bool
}

type order struct {
	name       string
	kind       world.EDM
	descending bool
}

// understood are the options that the service knows at all.
var understood = map[string]bool{
	"$filter": true, "$select": true, "$orderby": true, "$expand": true, "$top": true, "$skip": true,
	"$skiptoken": true, "$search": true, "$count": true, "$format": true,
}

// parseQuery reads the options of a request for an entity's rows.
func (c *call) parseQuery(e *world.Entity) (query, error) {
	values, err := c.values()
	if err != nil {
		return query{}, err
	}
	for name, given := range values {
		if strings.HasPrefix(name, "$") && !understood[name] {
			return query{}, badRequest("unsupportedOperation", name, "%s is not supported.", name)
		}
		if len(given) > 1 {
			return query{}, badRequest("malformedInputParameters", name, "%s is there more than once.", name)
		}
	}
	if err := c.refuseByStyle(values); err != nil {
		return query{}, err
	}
	q := query{top: -1}
	steps := []func(*call, *world.Entity, url.Values, *query) error{
		(*call).parseFilter, (*call).parseSearch, (*call).parseSelect, (*call).parseOrder,
		(*call).parseExpand, (*call).parsePage,
	}
	for _, step := range steps {
		if err := step(c, e, values, &q); err != nil {
			return query{}, err
		}
	}
	return q, nil
}

// values are the parameters of the query. A semicolon stands for itself, as
// RFC 3986 has it: url.ParseQuery would refuse it.
func (c *call) values() (url.Values, error) {
	values, err := url.ParseQuery(strings.ReplaceAll(c.request.URL.RawQuery, ";", "%3B"))
	if err != nil {
		return nil, badRequest("malformedInputParameters", "query", "The query is not encoded correctly: %v.", err)
	}
	return values, nil
}

// refuseByStyle refuses what some versions of the service do not have.
func (c *call) refuseByStyle(values url.Values) error {
	if c.style != StyleAwkward {
		return nil
	}
	for _, name := range []string{"$orderby", "$count"} {
		if values.Has(name) {
			return badRequest("unsupportedOperation", name, "%s is not supported.", name)
		}
	}
	if values.Has("$search") {
		return &failure{
			status: http.StatusNotAcceptable, code: "unsupportedOperation", target: "$search",
			message: "Search was not set up for this instance.",
		}
	}
	return nil
}

func (c *call) parseFilter(e *world.Entity, values url.Values, q *query) error {
	text := values.Get("$filter")
	if text == "" {
		return nil
	}
	if e.Source != "" {
		return badRequest("unsupportedOperation", "$filter",
			"$filter is not supported on %s: it works on entities that the product makes.", e.DataName())
	}
	filter, err := odata.ParseFilter(text, table{e, c.in.store.world})
	if err != nil {
		return badRequest("malformedInputParameters", "$filter", "The filter is not understood: %v.", err)
	}
	q.filter = filter
	return nil
}

func (c *call) parseSearch(e *world.Entity, values url.Values, q *query) error {
	if _, err := c.flag("forceSearch"); err != nil {
		return err
	}
	text := values.Get("$search")
	if text == "" {
		return nil
	}
	if e.Source != "" || e.Name != world.Customer {
		return badRequest("unsupportedOperation", "$search", "%s cannot be searched.", e.DataName())
	}
	search, err := odata.ParseSearch(text)
	if err != nil {
		return badRequest("malformedInputParameters", "$search", "%v.", err)
	}
	q.search = &search
	return nil
}

func (c *call) parseSelect(e *world.Entity, values url.Values, q *query) error {
	text := strings.TrimSpace(values.Get("$select"))
	if text == "" || text == "*" {
		return nil
	}
	q.selected = map[string]bool{}
	for name := range strings.SplitSeq(text, ",") {
		name = strings.TrimSpace(name)
		if _, ok := e.Attribute(name); !ok {
			return badRequest("fieldNotExistsInMetadata", "$select", "%s has no field %q.", e.DataName(), name)
		}
		q.selected[name] = true
	}
	return nil
}

func (c *call) parseOrder(e *world.Entity, values url.Values, q *query) error {
	text := values.Get("$orderby")
	if text == "" {
		return nil
	}
	for part := range strings.SplitSeq(text, ",") {
		words := strings.Fields(part)
		if len(words) == 0 || len(words) > 2 || len(words) == 2 && words[1] != "asc" && words[1] != "desc" {
			return badRequest("malformedInputParameters", "$orderby",
				"%q is not the name of a field, with asc or desc after it.", strings.TrimSpace(part))
		}
		a, ok := e.Attribute(words[0])
		if !ok {
			return badRequest("fieldNotExistsInMetadata", "$orderby", "%s has no field %q.", e.DataName(), words[0])
		}
		q.order = append(q.order, order{a.Name, a.Type, len(words) == 2 && words[1] == "desc"})
	}
	return nil
}

func (c *call) parseExpand(e *world.Entity, values url.Values, q *query) error {
	text := values.Get("$expand")
	if text == "" {
		return nil
	}
	switch {
	case e.Source != "" || e.Name != world.Customer:
		return badRequest("unsupportedOperation", "$expand", "%s cannot be expanded.", e.DataName())
	case q.search != nil:
		return badRequest("unsupportedOperation", "$expand", "$expand is not supported together with $search.")
	case q.selected != nil:
		return badRequest("unsupportedOperation", "$expand",
			"$expand is not supported together with a $select of some fields.")
	}
	for name := range strings.SplitSeq(text, ",") {
		name = strings.TrimSpace(name)
		if name != world.UnifiedActivity && name != world.CustomerMeasure {
			return badRequest("unsupportedOperation", "$expand", "%q cannot be expanded: use %s or %s.",
				name, world.UnifiedActivity, world.CustomerMeasure)
		}
		q.expand = append(q.expand, name)
	}
	return nil
}

func (c *call) parsePage(_ *world.Entity, values url.Values, q *query) error {
	var err error
	if q.count, err = c.flag("$count"); err != nil {
		return err
	}
	if q.skip, err = natural(values, "$skip", 0); err != nil {
		return err
	}
	if q.top, err = natural(values, "$top", -1); err != nil {
		return err
	}
	token := values.Get("$skiptoken")
	if token == "" {
		return nil
	}
	plain, err := base64.RawURLEncoding.DecodeString(token)
	at, numeric := strconv.Atoi(string(plain))
	if err != nil || numeric != nil || at < 0 {
		return badRequest("malformedInputParameters", "$skiptoken", "The $skiptoken is not one that was given out.")
	}
	q.skip += at
	return nil
}

// skipToken hides a position, as services do that want links to be followed
// and not understood.
func skipToken(at int) string { return base64.RawURLEncoding.EncodeToString([]byte(strconv.Itoa(at))) }

func natural(values url.Values, name string, otherwise int) (int, error) {
	text := values.Get(name)
	if text == "" {
		return otherwise, nil
	}
	n, err := strconv.ParseInt(text, 10, 32)
	if err != nil || n < 0 {
		return 0, badRequest("malformedInputParameters", name, "%s takes a whole number from 0, not %q.", name, text)
	}
	return int(n), nil
}

// table is an entity as filters see it.
type table struct {
	entity *world.Entity
	world  *world.World
}

func (t table) Type(name string) (world.EDM, bool) {
	a, ok := t.entity.Attribute(name)
	return a.Type, ok
}

func (t table) HasSegment(name string) bool {
	_, ok := t.entity.Attribute(world.CustomerID)
	return ok && t.world.HasSegment(name)
}

// tableRow is a row as filters see it.
type tableRow struct {
	table
	row world.Row
}

func (r *tableRow) Value(name string) any { return r.entity.Value(r.row, name) }

func (r *tableRow) IsMember(segment string) bool {
	return r.world.IsMember(segment, r.entity.Text(r.row, world.CustomerID))
}
