// A person's word for exactly what they were asked about.

package outbox

import (
	"strings"
	"sync"
	"time"

	"github.com/activitydesk/activitydesk/client/journal"
)

// Confirmation is a person's yes to one question: "Send 1 activity to …?". It
// holds for the very requests that it was made of, once each, and for nothing
// that was edited since. It is safe for concurrent use.
type Confirmation struct {
	mu   sync.Mutex
	left map[identity]int
}

// identity is all that the service would see of a request, and where.
type identity struct {
	connection, base, instance string
	operation                  journal.Operation
	entity, profile            string
	until, caller              string
	body                       string // digest
}

// Confirm makes the word for requests that a person has confirmed. A file of rows
// is one question, so it is made of all of them.
func Confirm(requests ...Request) *Confirmation {
	c := &Confirmation{left: make(map[identity]int, len(requests))}
	for _, r := range requests {
		c.left[r.Target.identify(r.entry(), journal.Digest(r.Body))]++
	}
	return c
}

// ConfirmAgain makes the word for an entry that is to be sent once more.
func ConfirmAgain(e journal.Entry, t Target) *Confirmation {
	return &Confirmation{left: map[identity]int{t.identify(e, e.BodyDigest): 1}}
}

// Left is for how many sends the word still holds.
func (c *Confirmation) Left() int {
	if c == nil {
		return 0
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	n := 0
	for _, left := range c.left {
		n += left
	}
	return n
}

// identify tells what an entry is to the service when it is sent to a target.
func (t Target) identify(e journal.Entry, digest string) identity {
	id := identity{
		connection: t.ConnectionID, instance: strings.ToLower(t.Instance.ID),
		operation: e.Operation, entity: e.Entity, profile: e.EntityID,
		caller: e.Caller, body: digest,
	}
	if t.Service != nil {
		id.base = t.Service.Base()
	}
	if !e.ValidUntil.IsZero() {
		id.until = e.ValidUntil.UTC().Format(time.RFC3339Nano)
	}
	return id
}

// holds says whether a request was confirmed and not sent yet.
func (c *Confirmation) holds(id identity) bool {
	if c == nil {
		return false
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.left[id] > 0
}

// take uses the word for one request up; it answers whether there was one.
func (c *Confirmation) take(id identity) bool {
	if c == nil {
		return false
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.left[id] == 0 {
		return false
	}
	c.left[id]--
	return true
}

// giveBack undoes take for a request of which nothing was sent or written.
func (c *Confirmation) giveBack(id identity) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.left[id]++
}
