// Package outbox is the only way to send: guard, intent in the journal,
// request, answer in the journal, and finding out whether it arrived. Form,
// batch and terminal all go through it.
//
// What it promises (design, section 3): the intent is on disk before the first
// byte leaves, the answer before the caller hears of it; nothing whose outcome
// is in doubt is sent again without a person's word; nothing is written to an
// instance against its rule: free, ask (each send is confirmed) or read-only
// (until it is unlocked), which is where all begin that are not exactly a sandbox
// or a trial.
//
// This file is what an outbox is, and the way of a first send.
package outbox

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"time"

	"github.com/activitydesk/activitydesk/client"
	"github.com/activitydesk/activitydesk/client/journal"
	"github.com/activitydesk/activitydesk/client/metadata"
	"github.com/activitydesk/activitydesk/client/redact"
)

// Poster is what an outbox needs of the service: a *client.Instance. A write
// calls WriteOptions.Started before anything of it can leave, and nothing
// leaves when that fails.
type Poster interface {
	Info() metadata.Instance // the instance that it sends to
	Base() string            // the root or scale unit that it sends to
	PostActivity(ctx context.Context, entity string, body []byte, o client.WriteOptions) (client.Answer, error)
	PatchProfile(ctx context.Context, entity, id string, body []byte, o client.WriteOptions) (client.Answer, error)
	Query(ctx context.Context, entity string, q client.Query) (client.Page, error)
	KeyRing(ctx context.Context, dataSource, entity, key string) (metadata.KeyRing, error)
}

// Journal is what an outbox needs of a *journal.Journal.
type Journal interface {
	Add(ctx context.Context, e journal.Entry) (journal.Entry, error)
	AddIfNew(ctx context.Context, e journal.Entry) (journal.Entry, bool, error)
	Update(ctx context.Context, id string, from []journal.State, change func(*journal.Entry)) (journal.Entry, error)
	Get(ctx context.Context, id string) (journal.Entry, error)
	Recover(ctx context.Context) (journal.Recovered, error)
}

// Target is where something is sent: a copy of what was chosen at the click.
type Target struct {
	ConnectionID   string
	ConnectionName string
	Root           string
	Instance       metadata.Instance
	Entity         metadata.Entity
	Service        Poster

	// Entities and Relationships of the instance lead WatchArrival from the
	// activity to its customer; sending does without.
	Entities      []metadata.Entity
	Relationships []metadata.Relationship
}

// place identifies whom a target's service asks.
func (t Target) place() place { return place{t.Service.Base(), t.Instance.ID} }

type place struct{ base, instance string }

// Request is one send.
type Request struct {
	Target Target
	Body   []byte // one JSON object; exactly these bytes are sent

	// ProfileID makes it an update of this profile; empty: a new activity.
	ProfileID string

	// What the body says, for the journal and for finding it again.
	KeyFields     []journal.KeyValue
	CustomerField string // the foreign key that leads to the customer
	CustomerKey   string
	TimeField     string
	TimeValue     string // as sent

	Options client.WriteOptions
	// Confirmed is the person's word for this request, made by Confirm. It is used
	// up when the intent is written; nil where the instance is free.
	Confirmed *Confirmation
	// SameBodyAgain is the person's word that the same body is to be sent to
	// the same entity once more.
	SameBodyAgain bool
}

// Options are what an outbox works with. Journal and Guard are needed.
type Options struct {
	Journal Journal
	Guard   *Guard
	Now     func() time.Time                                 // nil: time.Now
	Sleep   func(ctx context.Context, d time.Duration) error // nil: waits; injected by tests
	Logger  *slog.Logger                                     // never hears of bodies; nil: nothing
	Redact  *redact.Redactor                                 // knows the secrets that must not be sent as data; nil: none
}

// Outbox sends. It is safe for concurrent use and starts nothing that outlives
// a call.
type Outbox struct {
	journal Journal
	guard   *Guard
	now     func() time.Time
	sleep   func(ctx context.Context, d time.Duration) error
	log     *slog.Logger
	redact  *redact.Redactor

	mu       sync.Mutex
	inFlight map[flight]bool
	dialects map[place]dialect // how each instance wants to be asked
}

// flight identifies what is being sent.
type flight struct{ instance, entity, profile, digest string }

// New makes an outbox.
func New(o Options) *Outbox {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Sleep == nil {
		o.Sleep = sleep
	}
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	if o.Guard == nil {
		o.Guard = NewGuard(o.Now, nil)
	}
	return &Outbox{
		journal: o.Journal, guard: o.Guard, now: o.Now, sleep: o.Sleep, log: o.Logger, redact: o.Redact,
		inFlight: make(map[flight]bool), dialects: make(map[place]dialect),
	}
}

// Guard gives the outbox's guard.
func (o *Outbox) Guard() *Guard { return o.guard }

// InFlight is how many sends are under way.
func (o *Outbox) InFlight() int {
	o.mu.Lock()
	defer o.mu.Unlock()
	return len(o.inFlight)
}

// Check says at once, without any call, whether the guard lets a request
// through as the rules are known; the error is a *GuardError or a *ConfirmError.
// Send looks again.
func (o *Outbox) Check(r Request) error {
	id := r.Target.identify(r.entry(), journal.Digest(r.Body))
	return o.guard.check(r.Target, r.CustomerKey, id, r.Confirmed)
}

// Send sends once, and once more only where the service did not process it
// (429; 401, where the token was renewed then) or was never reached. The entry it gives is on disk; its zero value
// means that nothing was sent and nothing written.
//
// The error is nil when the entry is accepted or already there. For an entry
// that is refused, uncertain, or still queued (nothing left, it may be sent
// again) it says why: mostly a *client.Error, or the context's, or a
// *GuardError or *ConfirmError when the instance was locked, or its rule made
// stricter, meanwhile.
//
// Before anything is sent: *GuardError, *ConfirmError, ErrTarget, ErrBody, ErrSecret,
// ErrInFlight, *DuplicateError, *NotSentError. After: *UnwrittenError.
//
// While the request waits for its place in the budget the entry is queued; it
// is sending, on disk, right before a connection is asked for.
//
// ctx cancels waiting and the request; the outcome is written all the same. To
// end the waiting alone, see Withdrawable.
func (o *Outbox) Send(ctx context.Context, r Request) (journal.Entry, error) {
	if err := r.check(); err != nil {
		return journal.Entry{}, err
	}
	if o.redact.Holds(string(r.Body)) || o.redact.Holds(r.Options.Caller) {
		return journal.Entry{}, ErrSecret
	}
	e := r.entry()
	digest := journal.Digest(r.Body)
	land, err := o.takeOff(flight{strings.ToLower(e.InstanceID), e.Entity, e.EntityID, digest})
	if err != nil {
		return journal.Entry{}, err
	}
	defer land()
	permit, err := o.guard.permit(r.Target, r.CustomerKey, r.Target.identify(e, digest), r.Confirmed)
	if err != nil {
		return journal.Entry{}, err
	}
	defer permit.release()
	if err = ctx.Err(); err == nil {
		e, err = o.intend(ctx, e, r.SameBodyAgain)
	}
	if err != nil {
		permit.handBack()
		return journal.Entry{}, err
	}
	return o.deliver(ctx, e, permit)
}

// intend writes the intent down.
func (o *Outbox) intend(ctx context.Context, e journal.Entry, again bool) (journal.Entry, error) {
	e.NextTry = o.now()
	// Detached: a cancelled commit could have happened or not.
	ctx, cancel := detached(ctx)
	defer cancel()
	added, isNew, err := o.journal.AddIfNew(ctx, e)
	if err == nil && !isNew {
		if !again {
			return journal.Entry{}, &DuplicateError{Previous: added}
		}
		added, err = o.journal.Add(ctx, e)
	}
	if err != nil {
		return journal.Entry{}, &NotSentError{Err: err}
	}
	return added, nil
}

// takeOff marks something as being sent until land is called.
func (o *Outbox) takeOff(f flight) (land func(), err error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.inFlight[f] {
		return nil, ErrInFlight
	}
	o.inFlight[f] = true
	return func() {
		o.mu.Lock()
		defer o.mu.Unlock()
		delete(o.inFlight, f)
	}, nil
}

// check refuses what cannot be sent, whatever the service would say.
func (r Request) check() error {
	if err := r.Target.check(); err != nil {
		return err
	}
	var object map[string]json.RawMessage
	if err := json.Unmarshal(r.Body, &object); err != nil || object == nil {
		return errors.Join(ErrBody, err)
	}
	return nil
}

// check compares, without a call, what a target says with where its service
// sends: a slip between the two would pass the guard for one instance and
// write to another.
func (t Target) check() error {
	if t.Service == nil || t.Instance.ID == "" || t.Entity.DataName() == "" {
		return fmt.Errorf("%w: service, instance or entity is missing", ErrTarget)
	}
	info := t.Service.Info()
	if !strings.EqualFold(info.ID, t.Instance.ID) || info.Environment() != t.Instance.Environment() {
		return fmt.Errorf("%w: the service sends to %s (%s), not to %s (%s)", ErrTarget,
			info.Label(), info.Environment(), t.Instance.Label(), t.Instance.Environment())
	}
	return nil
}

// entry is the request as the journal keeps it.
func (r Request) entry() journal.Entry {
	e := journal.Entry{
		Operation: journal.OperationPost, State: journal.Queued,
		InstanceID: r.Target.Instance.ID, InstanceName: r.Target.Instance.Name, InstanceType: r.Target.Instance.Type,
		Entity: r.Target.Entity.DataName(), EntityKind: string(r.Target.Entity.Type),
		KeyFields: r.KeyFields, CustomerField: r.CustomerField, CustomerKey: r.CustomerKey,
		TimeField: r.TimeField, TimeValue: r.TimeValue,
		Body: bytes.Clone(r.Body), ValidUntil: r.Options.ValidUntil, Caller: r.Options.Caller,
	}
	if r.ProfileID != "" {
		e.Operation, e.EntityID = journal.OperationPatch, r.ProfileID
	}
	r.Target.mark(&e)
	return e
}

// mark writes into an entry by which connection it is sent.
func (t Target) mark(e *journal.Entry) {
	e.ConnectionID, e.ConnectionName, e.Root = t.ConnectionID, t.ConnectionName, t.Root
}

// writeLimit is how long a write to the journal may take when nobody waits any
// more. It leaves room for three waits for another desk's lock.
const writeLimit = 20 * time.Second

// detached is a context for writing down what happened, whatever happens to
// the caller: closing a window loses no answer.
func detached(ctx context.Context) (context.Context, context.CancelFunc) {
	return context.WithTimeout(context.WithoutCancel(ctx), writeLimit)
}

// sleep waits for d or for the end of ctx.
func sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}
