// What an entry is: the states of a send, and all that is known of one.

package journal

import (
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"slices"
	"time"
)

// State is where a send stands. The values are the words that people read.
type State string

// The states: queued → sending → accepted | already there | refused |
// uncertain → visible.
const (
	// Queued: not on its way. With NextTry set a desk waits to send it; else it
	// was never sent, and waits for a person's word.
	Queued State = "queued"
	// Sending: a desk is at it; bytes may be on their way.
	Sending State = "sending"
	// Accepted: the service answered 2xx.
	Accepted State = "accepted"
	// AlreadyThere: the service answered 409, an item with this key exists.
	AlreadyThere State = "already there"
	// Refused: the service said no; nothing was stored.
	Refused State = "refused"
	// Uncertain: it may have been stored or not.
	Uncertain State = "uncertain"
	// Visible: it was seen where the service shows activities.
	Visible State = "visible"
)

// States are all states, in the order in which a send goes through them.
func States() []State {
	return []State{Queued, Sending, Accepted, AlreadyThere, Refused, Uncertain, Visible}
}

// follows says which states can come after one; each can also stay.
func (s State) follows(next State) bool {
	switch s {
	case next:
		return true
	case Queued:
		return next == Sending || next == Uncertain
	case Sending:
		return true
	case Uncertain:
		return next == Queued || next == Sending || next == Visible // queued: to be sent again, Doubt kept
	case Accepted, AlreadyThere:
		return next == Visible
	}
	return false
}

// Ended says that nothing more will be sent of an entry in this state.
func (s State) Ended() bool {
	return s == Accepted || s == AlreadyThere || s == Refused || s == Visible
}

// Operation is what was asked of the service.
type Operation string

// The operations.
const (
	OperationPost  Operation = "post"  // create an activity
	OperationPatch Operation = "patch" // change a profile
)

// KeyValue is a key attribute's name and value, the value as text.
type KeyValue struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// Entry is one send. Times are UTC with microseconds; zero means not yet, or
// not known.
type Entry struct {
	Seq       int64  // the order of entry, rising; given by the journal
	ID        string // uuid; given by the journal when empty
	CreatedAt time.Time
	Operation Operation

	ConnectionID   string
	ConnectionName string
	Root           string // where it was sent, as of the click
	InstanceID     string
	InstanceName   string
	InstanceType   string // as the service wrote it

	Entity        string // the name in data requests
	EntityKind    string // the entity's type
	EntityID      string // patch only: the profile's id
	KeyFields     []KeyValue
	CustomerField string // the foreign key that leads to the customer
	CustomerKey   string // its value
	TimeField     string
	TimeValue     string // as sent

	Body       []byte // exactly what was sent; empty when bodies are not kept
	BodyDigest string // Digest of the body, kept in any case
	ValidUntil time.Time
	Caller     string

	State    State
	Attempts int       // how often sending was begun
	NextTry  time.Time // queued: from when on a desk sends it; zero: never sent, waits for a person
	Doubt    bool      // an earlier attempt may have been stored

	SentAt     time.Time     // start of the last attempt
	AnsweredAt time.Time     // end of the last attempt, with an answer or without
	VisibleAt  time.Time     // when it was seen
	Took       time.Duration // of the last attempt

	Status          int    // HTTP status of the answer; 0: none
	Code            string // the service's error code
	Message         string // the service's, or why there was no answer
	RequestID       string
	Location        string
	Answer          []byte // at most MaxAnswer bytes, redacted
	AnswerTruncated bool
	AnswerHeader    http.Header // redacted

	CustomerID string // the unified customer, once it was found
	MatchedBy  string // how it was recognised when seen: a Match
	Note       string // what else a person should know
}

// How an activity was recognised on the timeline.
const (
	MatchSourceID    = "source id"     // SourceTableName and SourceActivityId: it
	MatchTypeAndTime = "type and time" // probably it
)

// MaxAnswer is how much of an answer's body is kept, in bytes.
const MaxAnswer = 64 << 10

// NeverSent says that no byte of the entry ever left and nobody is about to
// send it: a person may send it now.
func (e Entry) NeverSent() bool { return e.State == Queued && e.NextTry.IsZero() && !e.Doubt }

// Digest identifies a body: SHA-256 in hexadecimal.
func Digest(body []byte) string {
	sum := sha256.Sum256(body)
	return hex.EncodeToString(sum[:])
}

// held says that a desk is working on the entry.
func (e Entry) held() bool {
	return e.State == Sending || e.State == Queued && !e.NextTry.IsZero()
}

// clone gives a copy that shares nothing with e.
func (e Entry) clone() Entry {
	e.KeyFields = slices.Clone(e.KeyFields)
	e.Body = slices.Clone(e.Body)
	e.Answer = slices.Clone(e.Answer)
	e.AnswerHeader = e.AnswerHeader.Clone()
	return e
}
