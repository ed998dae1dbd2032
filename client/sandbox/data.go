// Reading rows: filtered, searched, sorted, a page at a time.

package sandbox

import (
	"bytes"
	"math/big"
	"net/http"
	"net/url"
	"slices"
	"sort"
	"strconv"
	"strings"
	"time"

	"github.com/activitydesk/activitydesk/client/sandbox/internal/odata"
	"github.com/activitydesk/activitydesk/client/sandbox/internal/world"
)

func (c *call) query() error {
	key, one := c.takeKey()
	e, err := c.findEntity()
	if err != nil {
		return err
	}
	q, err := c.parseQuery(e)
	if err != nil {
		return err
	}
	rows := c.choose(e, q)
	if one {
		rows = slices.DeleteFunc(rows, func(row world.Row) bool { return e.Text(row, e.Key) != key })
		if len(rows) == 0 {
			return notFound("recordDoesNotExist", e.Key, "%s has no row with the key '%s'.", e.DataName(), key)
		}
	}
	sortRows(e, rows, q.order)
	total := len(rows)
	rows, next := c.page(rows, q)
	c.out.json(http.StatusOK, c.payload(e, rows, q, total, next))
	return nil
}

// takeKey splits Entity('key'), the form in which a post's location names what
// was created.
func (c *call) takeKey() (key string, ok bool) {
	name, rest, found := strings.Cut(c.params["entityName"], "('")
	key, closed := strings.CutSuffix(rest, "')")
	if !found || !closed {
		return "", false
	}
	c.params["entityName"] = name
	return strings.ReplaceAll(key, "''", "'"), true
}

// choose keeps the rows that filter and search ask for.
func (c *call) choose(e *world.Entity, q query) []world.Row {
	seen := &tableRow{table: table{e, c.in.store.world}} // one for all rows: there may be very many
	var kept []world.Row
	for row := range c.rows(e) {
		seen.row = row
		if !q.filter.Match(seen) {
			continue
		}
		if q.search != nil && !q.search.Match(searchable(e, row)) {
			continue
		}
		kept = append(kept, row)
	}
	return kept
}

func searchable(e *world.Entity, row world.Row) []string {
	var texts []string
	for i, a := range e.Attributes {
		if text, ok := row[i].(string); ok && a.Searchable {
			texts = append(texts, text)
		}
	}
	return texts
}

// page cuts a page out of the rows; next is where the following one begins, -1
// where there is none. Who asks for fewer rows than a page gets no link.
func (c *call) page(rows []world.Row, q query) (page []world.Row, next int) {
	from := min(q.skip, len(rows))
	size := pageSize
	if q.top >= 0 {
		size = min(size, q.top)
	}
	to := min(from+size, len(rows))
	next = -1
	if to < len(rows) && (q.top < 0 || q.top > pageSize) {
		next = to
	}
	return rows[from:to], next
}

// payload is the body of an answer to a query.
func (c *call) payload(e *world.Entity, rows []world.Row, q query, total, next int) []byte {
	var buf bytes.Buffer
	buf.WriteString(`{"@odata.context":`)
	world.WriteJSON(&buf, c.base()+"/instances/"+c.in.about.ID+"/data/$metadata#"+url.PathEscape(e.DataName()))
	if q.count {
		buf.WriteString(`,"@odata.count":` + strconv.Itoa(total))
	}
	if next >= 0 {
		buf.WriteString(`,"@odata.nextLink":`)
		world.WriteJSON(&buf, c.nextLink(e, q, next))
	}
	expanded := c.expansions(rows, q)
	buf.WriteString(`,"value":[`)
	for i, row := range rows {
		if i > 0 {
			buf.WriteByte(',')
		}
		writeRow(&buf, e, row, q.selected)
		for _, x := range expanded {
			x.write(&buf, e.Text(row, world.CustomerID))
		}
		buf.WriteByte('}')
	}
	buf.WriteString(`]}`)
	return buf.Bytes()
}

// nextLink is this request's address with the next page's position.
func (c *call) nextLink(e *world.Entity, q query, next int) string {
	values, _ := c.values() // parseQuery took it before
	values.Del("$skip")
	values.Del("$skiptoken")
	if c.style == StyleAwkward {
		values.Set("$skiptoken", skipToken(next))
	} else {
		values.Set("$skip", strconv.Itoa(next))
	}
	if q.top > 0 {
		values.Set("$top", strconv.Itoa(q.top-(next-q.skip)))
	}
	query := strings.NewReplacer("+", "%20", "%24", "$").Replace(values.Encode())
	return c.base() + "/instances/" + c.in.about.ID + "/data/" + url.PathEscape(e.DataName()) + "?" + query
}

// expansion is what $expand adds to customers: the rows of an entity.
type expansion struct {
	entity *world.Entity
	rows   map[string][]world.Row // by customer id
	single bool                   // one object and not a list
}

// expansions collects what belongs to the page's customers, at most a page of
// it for each, newest first.
func (c *call) expansions(page []world.Row, q query) []expansion {
	if len(q.expand) == 0 {
		return nil
	}
	wanted := make(map[string]bool, len(page))
	for _, row := range page {
		wanted[world.TextOf(row[0])] = true
	}
	list := make([]expansion, 0, len(q.expand))
	for _, name := range q.expand {
		e, ok := c.in.store.world.Entity(name)
		if !ok {
			continue
		}
		// The vendor's sample application takes the measures for one object.
		single := name == world.CustomerMeasure && c.style != StyleAwkward
		x := expansion{entity: e, rows: map[string][]world.Row{}, single: single}
		for row := range c.rows(e) {
			if id := e.Text(row, world.CustomerID); wanted[id] {
				x.rows[id] = append(x.rows[id], row)
			}
		}
		for id, rows := range x.rows {
			if e.Time != "" {
				sortRows(e, rows, []order{{e.Time, world.DateTimeOffset, true}})
			}
			x.rows[id] = rows[:min(len(rows), pageSize)]
		}
		list = append(list, x)
	}
	return list
}

func (x expansion) write(buf *bytes.Buffer, customerID string) {
	buf.WriteByte(',')
	world.WriteJSON(buf, x.entity.DataName())
	buf.WriteByte(':')
	if x.single {
		if rows := x.rows[customerID]; len(rows) > 0 {
			buf.Write(encodeRow(x.entity, rows[0], nil))
			return
		}
		buf.WriteString("null")
		return
	}
	buf.WriteByte('[')
	for i, row := range x.rows[customerID] {
		if i > 0 {
			buf.WriteByte(',')
		}
		writeRow(buf, x.entity, row, nil)
		buf.WriteByte('}')
	}
	buf.WriteByte(']')
}

// sortKey is a value made ready to be compared often.
type sortKey struct {
	null   bool
	number *big.Float
	at     time.Time
	text   string
}

func keyOf(kind world.EDM, value any) sortKey {
	switch {
	case value == nil:
		return sortKey{null: true}
	case kind.IsNumber():
		n, ok := world.Number(value)
		return sortKey{number: n, null: !ok}
	case kind.IsTime():
		at, ok := world.ParseTime(world.TextOf(value))
		return sortKey{at: at, null: !ok}
	default:
		return sortKey{text: world.TextOf(value)}
	}
}

// compare orders keys of one type; null comes first.
func (k sortKey) compare(other sortKey) int {
	switch {
	case k.null || other.null:
		return btoi(other.null) - btoi(k.null)
	case k.number != nil:
		return k.number.Cmp(other.number)
	case k.text != "" || other.text != "":
		return strings.Compare(k.text, other.text)
	default:
		return k.at.Compare(other.at)
	}
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

// sortRows sorts rows by the given order; equal ones stay as they were.
func sortRows(e *world.Entity, rows []world.Row, by []order) {
	if len(by) == 0 {
		return
	}
	keys := make([][]sortKey, len(rows))
	index := make([]int, len(rows))
	for i, row := range rows {
		index[i] = i
		keys[i] = make([]sortKey, len(by))
		for j, o := range by {
			keys[i][j] = keyOf(o.kind, e.Value(row, o.name))
		}
	}
	sort.SliceStable(index, func(a, b int) bool {
		for j, o := range by {
			if order := keys[index[a]][j].compare(keys[index[b]][j]); order != 0 {
				return order < 0 != o.descending
			}
		}
		return false
	})
	sorted := make([]world.Row, len(rows))
	for i, at := range index {
		sorted[i] = rows[at]
	}
	copy(rows, sorted)
}

var _ odata.Row = (*tableRow)(nil)
