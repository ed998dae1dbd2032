// An entry as a row of the database, both ways. Reading trusts nothing: what
// does not decode becomes a note, never an error that hides the entry.

package journal

import (
	"database/sql"
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"time"
)

// columns are an entry's in the order of row's targets and values. seq comes
// first and is the database's to give.
var columns = []string{
	"seq", "id", "owner", "created_at", "operation",
	"connection_id", "connection_name", "root", "instance_id", "instance_name", "instance_type",
	"entity", "entity_kind", "entity_id", "key_fields", "customer_field", "customer_key", "time_field", "time_value",
	"body", "body_digest", "valid_until", "caller",
	"state", "attempts", "next_try", "doubt", "sent_at", "answered_at", "visible_at", "took",
	"status", "code", "message", "request_id", "location", "answer", "answer_truncated", "answer_header",
	"customer_id", "matched_by", "note",
}

// bodyColumns hold what can be large.
var bodyColumns = []string{"body", "answer", "answer_header"}

// scope says which columns are read.
type scope bool

const (
	withBodies    scope = true
	withoutBodies scope = false
)

// selectList is the columns of a SELECT.
func (s scope) selectList() string {
	if s == withBodies {
		return strings.Join(columns, ", ")
	}
	list := slices.Clone(columns)
	for i, c := range list {
		if slices.Contains(bodyColumns, c) {
			list[i] = "NULL"
		}
	}
	return strings.Join(list, ", ")
}

// row is an entry in the database's types.
type row struct {
	e         Entry
	owner     string
	created   sql.NullInt64
	valid     sql.NullInt64
	next      sql.NullInt64
	sent      sql.NullInt64
	answered  sql.NullInt64
	visible   sql.NullInt64
	took      int64
	doubt     int64 // 0: no; a damaged row may hold any number
	truncated int64
	keyFields string
	header    sql.NullString
}

// rowOf encodes an entry.
func rowOf(e Entry, owner string) (row, error) {
	keys, err := json.Marshal(e.KeyFields)
	if err != nil {
		return row{}, err
	}
	var header []byte
	if len(e.AnswerHeader) > 0 {
		if header, err = json.Marshal(e.AnswerHeader); err != nil {
			return row{}, err
		}
	}
	return row{
		e: e, owner: owner,
		created: micros(e.CreatedAt), valid: micros(e.ValidUntil), next: micros(e.NextTry),
		sent: micros(e.SentAt), answered: micros(e.AnsweredAt), visible: micros(e.VisibleAt),
		took: int64(e.Took), doubt: flag(e.Doubt), truncated: flag(e.AnswerTruncated), keyFields: string(keys),
		header: sql.NullString{String: string(header), Valid: true},
	}, nil
}

// fields lists the row's parts in the order of columns, as pointers.
func (r *row) fields() []any {
	e := &r.e
	return []any{
		&e.Seq, &e.ID, &r.owner, &r.created, &e.Operation,
		&e.ConnectionID, &e.ConnectionName, &e.Root, &e.InstanceID, &e.InstanceName, &e.InstanceType,
		&e.Entity, &e.EntityKind, &e.EntityID, &r.keyFields, &e.CustomerField, &e.CustomerKey, &e.TimeField, &e.TimeValue,
		&e.Body, &e.BodyDigest, &r.valid, &e.Caller,
		&e.State, &e.Attempts, &r.next, &r.doubt, &r.sent, &r.answered, &r.visible, &r.took,
		&e.Status, &e.Code, &e.Message, &e.RequestID, &e.Location, &e.Answer, &r.truncated, &r.header,
		&e.CustomerID, &e.MatchedBy, &e.Note,
	}
}

// values are the row's parts for writing, without seq.
func (r *row) values() []any {
	if r.e.Body == nil {
		r.e.Body = []byte{} // nil would be NULL
	}
	if r.e.Answer == nil {
		r.e.Answer = []byte{}
	}
	return r.fields()[1:]
}

const noteUnreadable = "Part of this record could not be read."

// entry decodes a row.
func (r *row) entry() Entry {
	e := r.e
	e.CreatedAt, e.ValidUntil, e.NextTry = instant(r.created), instant(r.valid), instant(r.next)
	e.SentAt, e.AnsweredAt, e.VisibleAt = instant(r.sent), instant(r.answered), instant(r.visible)
	e.Took, e.Doubt, e.AnswerTruncated = time.Duration(r.took), r.doubt != 0, r.truncated != 0
	sound := true
	if err := json.Unmarshal([]byte(r.keyFields), &e.KeyFields); err != nil {
		e.KeyFields, sound = nil, false
	}
	if r.header.String != "" {
		var header http.Header
		if err := json.Unmarshal([]byte(r.header.String), &header); err != nil {
			sound = false
		} else {
			e.AnswerHeader = header
		}
	}
	if !slices.Contains(States(), e.State) {
		e.State, sound = Uncertain, false // doubt means uncertain
	}
	if !sound {
		e.Note = joinNotes(e.Note, noteUnreadable)
	}
	if len(e.Body) == 0 {
		e.Body = nil
	}
	if len(e.Answer) == 0 {
		e.Answer = nil
	}
	return e
}

func flag(b bool) int64 {
	if b {
		return 1
	}
	return 0
}

// micros is a time as the database keeps it.
func micros(t time.Time) sql.NullInt64 {
	return sql.NullInt64{Int64: t.UnixMicro(), Valid: !t.IsZero()}
}

// instant is the reverse of micros.
func instant(n sql.NullInt64) time.Time {
	if !n.Valid {
		return time.Time{}
	}
	return time.UnixMicro(n.Int64).UTC()
}
