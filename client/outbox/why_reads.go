// What an inquiry reads of the service: each thing once, and only when a cause
// asks for it.

package outbox

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/activitydesk/activitydesk/client"
	"github.com/activitydesk/activitydesk/client/journal"
)

// inquiry is one Why.
type inquiry struct {
	ctx      context.Context
	outbox   *Outbox
	q        Question
	sought   sought
	findings []Finding

	// Each is read at most once.
	keyLeadsTo func() (string, error) // the customer behind the key, today
	newest     func() (client.Page, error)
	spot       func() spotted
	ofType     func() (int, error) // rows of the entity on anybody's timeline: 0 or more
	sourceRows func() ([]client.Row, error)
	exists     map[string]existing // by customer id
}

type existing struct {
	is  bool
	err error
}

// spotted is where the activity was seen.
type spotted struct {
	seen     bool
	row      client.Row
	how      string
	beyond   bool // not among the newest, only when asked for its time
	byTime   bool // it was asked for by its time, and all of those days was given
	full     bool // the newest are not all
	customer string
	err      error
}

func (o *Outbox) inquire(ctx context.Context, q Question) *inquiry {
	if q.Zone == nil {
		q.Zone = time.UTC
	}
	w := &inquiry{ctx: ctx, outbox: o, q: q, sought: seek(q.Entry, q.Target), exists: map[string]existing{}}
	w.keyLeadsTo = sync.OnceValues(w.readKey)
	w.newest = sync.OnceValues(func() (client.Page, error) { return w.readNewest(w.whose()) })
	w.spot = sync.OnceValue(w.lookForIt)
	w.ofType = sync.OnceValues(w.readOfType)
	w.sourceRows = sync.OnceValues(w.readSource)
	return w
}

// fromHere says that the journal knows the activity.
func (w *inquiry) fromHere() bool { return w.q.Entry.ID != "" }

// elsewhere says that it was sent to another instance than one looks at.
func (w *inquiry) elsewhere() bool {
	return w.fromHere() && !strings.EqualFold(w.q.Entry.InstanceID, w.q.Target.Instance.ID)
}

// unstored says that the service has certainly not stored it.
func (w *inquiry) unstored() bool {
	e := w.q.Entry
	return w.fromHere() && !e.Doubt && (e.State == journal.Refused || e.State == journal.Queued)
}

// taken says that the service said that it stored it.
func (w *inquiry) taken() bool {
	e := w.q.Entry
	return w.fromHere() && (e.State == journal.Accepted || e.State == journal.Visible)
}

// at writes an instant for people.
func (w *inquiry) at(t time.Time) string { return t.In(w.q.Zone).Format(time.DateTime) }

// key is the activity's reference to its customer, empty where it names none;
// leads says whether it is known where the reference leads.
func (w *inquiry) key() (key string, leads bool) {
	key, ref := customerReference(w.q.Entry, w.q.Target)
	return key, ref.ToEntity != ""
}

func (w *inquiry) readKey() (string, error) {
	e := w.q.Entry
	e.CustomerID = "" // as of then; this is about today
	return w.outbox.customerOf(w.ctx, e, w.q.Target)
}

// known is the customer id that is looked at or was recorded; empty: none.
func (w *inquiry) known() string {
	if w.q.Customer != "" {
		return w.q.Customer
	}
	return w.q.Entry.CustomerID
}

// whose is the customer whose timeline is read; empty: nobody is known.
func (w *inquiry) whose() string {
	id := w.known()
	if is, err := w.isThere(id); id != "" && (is || err != nil) {
		return id
	}
	if to, err := w.keyLeadsTo(); err == nil {
		return to
	}
	return id
}

// isThere asks whether there is a customer of this id.
func (w *inquiry) isThere(id string) (bool, error) {
	if id == "" {
		return false, nil
	}
	e, asked := w.exists[id]
	if !asked {
		_, e.err = w.outbox.customerByField(w.ctx, w.q.Target, id, customerID)
		e.is = e.err == nil
		if nobody(e.err) {
			e.err = nil
		}
		w.exists[id] = e
	}
	return e.is, e.err
}

func (w *inquiry) readNewest(customer string) (client.Page, error) {
	if customer == "" {
		return client.Page{}, ErrUnknownCustomer
	}
	page, err := w.outbox.newest(w.ctx, w.q.Target, client.Eq(customerID, client.Text(customer)))
	if err == nil {
		w.outbox.learn(w.q.Target, page.Rows)
	}
	return page, err
}

// lookForIt looks for the activity among the newest of its customer and, where
// those are not all, around its time.
func (w *inquiry) lookForIt() spotted {
	customer := w.whose()
	page, err := w.newest()
	if err != nil {
		return spotted{customer: customer, err: err}
	}
	s := spotted{customer: customer, full: len(page.Rows) >= pageSize || page.NextLink != ""}
	if s.row, s.how, s.seen = w.sought.find(page.Rows); s.how == journal.MatchSourceID || !s.full || w.sought.at.IsZero() {
		return s
	}
	mine := client.Eq(customerID, client.Text(customer))
	near, err := w.outbox.lookAround(w.ctx, w.sought, mine, w.q.Target)
	s.byTime = near.whole
	switch {
	case err != nil:
		s.err = err
	case near.seen && (!s.seen || near.how == journal.MatchSourceID):
		s.row, s.how, s.seen, s.beyond = near.row, near.how, true, true
	}
	return s
}

// tables are the names under which a timeline may tell of the entity.
func (w *inquiry) tables() []client.Literal {
	var names []client.Literal
	for _, name := range w.sought.tables {
		names = append(names, client.Text(name))
	}
	return names
}

// namedAsAsked says that the timeline that was read names entities by the very
// names by which it is asked for them, letter for letter; so does one without any.
func (w *inquiry) namedAsAsked() bool {
	page, err := w.newest()
	if err != nil {
		return true
	}
	named := false
	for _, row := range page.Rows {
		table := row.Text(sourceTable)
		named = named || table != ""
		for _, e := range w.q.Target.Entities {
			if table != "" && (table == e.DataName() || table == e.Name || table == e.QualifiedName) {
				return true
			}
		}
	}
	return !named
}

// errNoEntity: it is not known which entity the activity belongs to.
var errNoEntity = errors.New("no entity is named")

// kinds are the type and the label that the activity itself says it is of.
func (w *inquiry) kinds() []string {
	row, err := client.ParseRow(w.q.Entry.Body)
	if err != nil {
		return nil
	}
	var kinds []string
	for _, member := range typeMembers {
		if text := row.Text(member); text != "" && !slices.Contains(kinds, text) {
			kinds = append(kinds, text)
		}
	}
	return kinds
}

// kind names what the activity is one of: its entity, or its type where it is in
// UnifiedActivity's own format or the entity is not known.
func (w *inquiry) kind() string {
	if kinds := w.kinds(); len(kinds) > 0 && (w.q.Entry.Entity == "" || w.sought.unify) {
		return kinds[0]
	}
	return w.q.Entry.Entity
}

// readOfType counts rows of the activity's entity or type, see kind, on anybody's
// timeline; one is enough.
func (w *inquiry) readOfType() (int, error) {
	var filter client.Filter
	switch kinds := w.kinds(); {
	case len(w.sought.tables) > 0 && !w.sought.unify:
		filter = client.In(sourceTable, w.tables()...)
	case len(kinds) == 0:
		return 0, errNoEntity
	default:
		var ways []client.Filter
		for _, kind := range kinds {
			for _, member := range typeMembers {
				ways = append(ways, client.Eq(member, client.Text(kind)))
			}
		}
		filter = client.Or(ways...)
	}
	page, err := w.q.Target.Service.Query(w.ctx, unifiedActivity, client.Query{Filter: filter, Top: 1})
	return len(page.Rows), err
}

// readSource reads rows of the activity's own entity, the newest where the
// service sorts them. It cannot be asked for one row: the service filters
// nothing that was ingested (contract, section 7).
func (w *inquiry) readSource() ([]client.Row, error) {
	name := w.q.Entry.Entity
	if name == "" {
		return nil, errNoEntity
	}
	q := client.Query{Top: pageSize}
	if field := w.q.Target.Entity.TimeField(); field != "" {
		q.OrderBy = []client.Order{{Field: field, Desc: true}}
	}
	page, err := w.q.Target.Service.Query(w.ctx, name, q)
	if q.OrderBy != nil && isKind(err, client.KindBadRequest) {
		q.OrderBy = nil
		page, err = w.q.Target.Service.Query(w.ctx, name, q)
	}
	return page.Rows, err
}

// inSource says whether its entity's rows show the activity, and how many
// others they show.
func (w *inquiry) inSource(rows []client.Row) (found bool, others int) {
	for _, row := range rows {
		if w.isIt(row) {
			found = true
		} else {
			others++
		}
	}
	return found, others
}

// isIt compares a row of the source with the activity's key.
func (w *inquiry) isIt(row client.Row) bool {
	for _, field := range w.q.Entry.KeyFields {
		if field.Value == "" || !strings.EqualFold(row.Text(field.Name), field.Value) {
			return false
		}
	}
	return len(w.q.Entry.KeyFields) > 0
}
