// Forgetting a customer: all that the journal holds about one person goes, and
// is overwritten in the file.

package journal

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
)

// Person is whom Traces and Forget are about, in one instance.
type Person struct {
	InstanceID string
	CustomerID string
	// Keys are how activities name the person. A key means somebody in one
	// source only, so each goes with the entities that take it.
	Keys []PersonKey
}

// PersonKey is what an entity's customer field holds for the person.
type PersonKey struct {
	Entity string // of the activities: the name for data requests
	Key    string
}

// Names says whether a key in the customer field of an entity's activities
// means the person.
func (p Person) Names(entity, key string) bool {
	return key != "" && (key == p.CustomerID || slices.Contains(p.Keys, PersonKey{entity, key}))
}

// About says whether an entry is of the person.
func (p Person) About(e Entry) bool {
	return p.CustomerID != "" && strings.EqualFold(e.InstanceID, p.InstanceID) &&
		(e.CustomerID == p.CustomerID || e.EntityID == p.CustomerID || p.Names(e.Entity, e.CustomerKey))
}

// Traces are what the journal holds about a person.
type Traces struct {
	Entries   int // that can go, with bodies and answers
	Undecided int // of Entries: uncertain or never sent
	Held      int // entries that a desk is sending: they stay
	Drafts    int // of every desk
	Viewed    int // places in which the profile was looked at
}

// Empty says that there is nothing.
func (t Traces) Empty() bool { return t == Traces{} }

// Traces counts what Forget would remove.
func (j *Journal) Traces(ctx context.Context, p Person) (Traces, error) {
	var t Traces
	if p.CustomerID == "" {
		return t, nil
	}
	err := j.transact(ctx, func(tx transaction) (err error) {
		t, err = traces(ctx, tx, p)
		return err
	})
	if err != nil {
		return Traces{}, fmt.Errorf("look for a customer's traces: %w", classify(err))
	}
	return t, nil
}

// Forget removes every entry, draft and viewed profile of a person, at once or
// not at all, and tells what went. Entries that a desk is sending stay, for
// their outcome must be recorded. A desk that has a draft open writes it again
// as it is typed on.
func (j *Journal) Forget(ctx context.Context, p Person) (Traces, error) {
	var t Traces
	if p.CustomerID == "" {
		return t, nil
	}
	err := j.transact(ctx, func(tx transaction) (err error) {
		if t, err = traces(ctx, tx, p); err != nil {
			return err
		}
		for _, part := range []struct {
			table string
			where clause
		}{
			{"entries", p.entries().and("owner = ''")},
			{"drafts", p.drafts()},
			{"viewed", p.viewed()},
		} {
			if _, err := tx.ExecContext(ctx, `DELETE FROM `+part.table+` WHERE `+part.where.text, part.where.args...); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return Traces{}, fmt.Errorf("forget a customer: %w", classify(err))
	}
	j.log.Info("a customer was forgotten", "entries", t.Entries, "drafts", t.Drafts)
	return t, j.shrink(ctx)
}

func traces(ctx context.Context, tx transaction, p Person) (Traces, error) {
	var t Traces
	entries := p.entries()
	err := tx.QueryRowContext(ctx, `SELECT coalesce(sum(owner = ''), 0), coalesce(sum(owner = '' AND state IN ('`+string(Uncertain)+`', '`+string(Queued)+`')), 0),
		coalesce(sum(owner <> ''), 0) FROM entries WHERE `+entries.text, entries.args...).Scan(&t.Entries, &t.Undecided, &t.Held)
	if err != nil {
		return Traces{}, err
	}
	if t.Drafts, err = countWhere(ctx, tx, "drafts", p.drafts()); err != nil {
		return Traces{}, err
	}
	t.Viewed, err = countWhere(ctx, tx, "viewed", p.viewed())
	return t, err
}

func countWhere(ctx context.Context, tx transaction, table string, where clause) (int, error) {
	var n sql.NullInt64
	err := tx.QueryRowContext(ctx, `SELECT count(*) FROM `+table+` WHERE `+where.text, where.args...).Scan(&n)
	return int(n.Int64), err
}

// clause is a condition with its arguments.
type clause struct {
	text string
	args []any
}

func (c clause) and(term string) clause { return clause{c.text + " AND " + term, c.args} }

// entries selects what was sent for the person, or changed of their profile.
func (p Person) entries() clause {
	c := clause{"instance_id = ? AND (customer_id = ? OR customer_key = ? OR entity_id = ?", []any{p.InstanceID, p.CustomerID, p.CustomerID, p.CustomerID}}
	return p.orKeys(c)
}

// drafts selects what is being typed for the person.
func (p Person) drafts() clause {
	return p.orKeys(clause{"instance_id = ? AND (customer_key = ?", []any{p.InstanceID, p.CustomerID}})
}

func (p Person) viewed() clause {
	return clause{"instance_id = ? AND customer_id = ?", []any{p.InstanceID, p.CustomerID}}
}

// orKeys adds the keys to a condition and closes its bracket.
func (p Person) orKeys(c clause) clause {
	var pairs []string
	for _, key := range p.Keys {
		if key.Key != "" { // else it would mean everything that names nobody
			pairs = append(pairs, "(?, ?)")
			c.args = append(c.args, key.Entity, key.Key)
		}
	}
	if len(pairs) > 0 {
		c.text += " OR (entity, customer_key) IN (VALUES " + strings.Join(pairs, ", ") + ")"
	}
	c.text += ")"
	return c
}
