package outbox_test

import (
	"context"
	"encoding/json"
	"maps"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/activitydesk/activitydesk/client"
	"github.com/activitydesk/activitydesk/client/journal"
	"github.com/activitydesk/activitydesk/client/metadata"
	"github.com/activitydesk/activitydesk/client/outbox"
	"github.com/activitydesk/activitydesk/client/withstand"
)

func TestMain(m *testing.M) {
	if runChild() {
		return
	}
	goleak.VerifyTestMain(withstand.Patient(m))
}

// patience is how long a test waits for what comes at once when all is well, on
// however busy a computer.
const patience = time.Minute

var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

// clock is time that passes only by sleeping.
type clock struct {
	mu    sync.Mutex
	now   time.Time
	slept []time.Duration
	// onSleep, when set, runs before a sleep ends; an error ends it early.
	onSleep func(ctx context.Context, d time.Duration) error
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) Sleep(ctx context.Context, d time.Duration) error {
	c.mu.Lock()
	c.slept = append(c.slept, d)
	hook := c.onSleep
	c.mu.Unlock()
	if hook != nil {
		if err := hook(ctx, d); err != nil {
			return err
		}
	}
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	c.advance(d)
	return nil
}

func (c *clock) advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

const (
	sandboxID    = "ce759201-f786-d590-bf21-34bff576c369"
	productionID = "0f0e1b52-1f6f-4b0b-8c58-0d7f6f1c2a33"
)

var (
	coffee     = metadata.Instance{ID: sandboxID, Name: "Contoso Coffee", Type: "sandbox"}
	production = metadata.Instance{ID: productionID, Name: "Contoso production", Type: "Production"}
	purchases  = metadata.Entity{
		Name: "eCommercePurchases", QualifiedName: "eCommerce_eCommercePurchases", DataSource: "eCommerce",
		Type: metadata.EntityActivity, Keys: [][]string{{"PurchaseId"}}, TimestampAttribute: "PurchasedOn",
	}
	contacts = metadata.Entity{
		Name: "eCommerceContacts", QualifiedName: "eCommerce_eCommerceContacts", DataSource: "eCommerce",
		Type: metadata.EntityProfile, Keys: [][]string{{"ContactId"}},
	}
	leadsToContacts = metadata.Relationship{
		FromEntity: "eCommerce_eCommercePurchases", FromAttribute: "ContactId",
		ToEntity: "eCommerce_eCommerceContacts", ToAttribute: "ContactId",
	}
)

// rig is an outbox over the real client, a journal and a service of the test's.
type rig struct {
	t       *testing.T
	clock   *clock
	journal *journal.Journal
	guard   *outbox.Guard
	rules   book
	outbox  *outbox.Outbox
	root    string
}

func newRig(t *testing.T, service http.Handler) *rig {
	t.Helper()
	server := httptest.NewServer(service)
	t.Cleanup(server.Close)
	r := &rig{t: t, clock: &clock{now: noon}, root: server.URL + "/v1"}
	r.openJournal(filepath.Join(t.TempDir(), "journal.db"))
	return r
}

// book has the rules that were chosen, as settings do that two desks share: what
// is written is found by Rule at once, and by Known when somebody has looked.
type book struct {
	mu             sync.Mutex
	written, known map[string]outbox.Rule // by connection and instance
}

func (b *book) write(connection string, in metadata.Instance, r outbox.Rule) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.written == nil {
		b.written = map[string]outbox.Rule{}
	}
	b.written[connection+" "+in.ID] = r
}

// set writes a rule and looks, as the desk does that changes it.
func (b *book) set(connection string, in metadata.Instance, r outbox.Rule) {
	b.write(connection, in, r)
	b.Rule(connection, in)
}

func (b *book) Rule(connection string, in metadata.Instance) outbox.Rule {
	b.mu.Lock()
	b.known = maps.Clone(b.written)
	b.mu.Unlock()
	return b.Known(connection, in)
}

func (b *book) Known(connection string, in metadata.Instance) outbox.Rule {
	b.mu.Lock()
	defer b.mu.Unlock()
	if r, chosen := b.known[connection+" "+in.ID]; chosen {
		return r
	}
	return outbox.DefaultRule(in.Environment())
}

func (r *rig) openJournal(path string) {
	r.t.Helper()
	j, err := journal.Open(r.t.Context(), path, journal.Options{Now: r.clock.Now, BusyTimeout: patience})
	if err != nil {
		r.t.Fatal(err)
	}
	r.t.Cleanup(func() { _ = j.Close() })
	if j.Recovered().LogLost {
		r.t.Error("history is said to be lost, and no file was damaged")
	}
	r.journal, r.guard = j, outbox.NewGuard(r.clock.Now, &r.rules)
	r.outbox = r.over(j)
}

// over makes an outbox on some other journal, such as one that fails.
func (r *rig) over(j outbox.Journal) *outbox.Outbox {
	return outbox.New(outbox.Options{Journal: j, Guard: r.guard, Now: r.clock.Now, Sleep: r.clock.Sleep})
}

// target is an instance of the rig's service.
func (r *rig) target(i metadata.Instance) outbox.Target {
	r.t.Helper()
	transport := &http.Transport{}
	r.t.Cleanup(transport.CloseIdleConnections)
	c, err := client.New(client.Config{
		Root: r.root, Tokens: client.StaticToken("token"), Keys: client.StaticKey("key"),
		Now: r.clock.Now, Sleep: r.clock.Sleep, Transport: transport,
		Pacer: client.NewPacer(1000, time.Minute, client.PacerClock(r.clock.Now, r.clock.Sleep)),
	})
	if err != nil {
		r.t.Fatal(err)
	}
	return outbox.Target{
		ConnectionID: "c1", ConnectionName: "Test", Root: r.root, Instance: i, Entity: purchases, Service: c.For(i),
		Entities: []metadata.Entity{purchases, contacts}, Relationships: []metadata.Relationship{leadsToContacts},
	}
}

func bodyOf(id string) []byte {
	return []byte(`{"PurchaseId":"` + id + `","ContactId":"CNTID_1000","PurchasedOn":"2026-11-23T11:00:00Z","TotalPrice":12.50}`)
}

func (r *rig) request(i metadata.Instance, id string) outbox.Request {
	return outbox.Request{
		Target: r.target(i), Body: bodyOf(id),
		KeyFields:     []journal.KeyValue{{Name: "PurchaseId", Value: id}},
		CustomerField: "ContactId", CustomerKey: "CNTID_1000", TimeField: "PurchasedOn", TimeValue: "2026-11-23T11:00:00Z",
		Options: client.WriteOptions{Caller: "desk/test"},
	}
}

// confirmed is a request with the person's word for it.
func (r *rig) confirmed(i metadata.Instance, id string) outbox.Request {
	request := r.request(i, id)
	request.Confirmed = outbox.Confirm(request)
	return request
}

// kept is an entry as the journal has it.
func (r *rig) kept(id string) journal.Entry {
	r.t.Helper()
	e, err := r.journal.Get(r.t.Context(), id)
	if err != nil {
		r.t.Fatal(err)
	}
	return e
}

// mustBe checks the state that was told and the one that was kept.
func (r *rig) mustBe(e journal.Entry, want journal.State) {
	r.t.Helper()
	if e.State != want {
		r.t.Errorf("state is %q, want %q (%s)", e.State, want, e.Message)
	}
	if kept := r.kept(e.ID); kept.State != e.State {
		r.t.Errorf("the journal has state %q, the caller was told %q", kept.State, e.State)
	}
}

func (r *rig) entries() []journal.Entry {
	r.t.Helper()
	all, err := r.journal.List(r.t.Context(), journal.Filter{})
	if err != nil {
		r.t.Fatal(err)
	}
	return all
}

// service keeps activities by key and shows them on a timeline.
type service struct {
	mu    sync.Mutex
	posts int                          // how many requests to store came
	rows  map[string]map[string]string // by key
	order []string
	// before runs before a request is handled and may handle it itself.
	before func(w http.ResponseWriter, r *http.Request) (handled bool)
	// hidden keeps activities from the timeline.
	hidden bool
}

func (s *service) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if s.before != nil && s.before(w, r) {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case r.Method == http.MethodPost:
		s.posts++
		s.store(w, r)
	case strings.HasSuffix(r.URL.Path, "/data/Customer"):
		answer(w, 200, map[string]any{"value": []any{map[string]string{"CustomerId": "customer-1"}}})
	case strings.HasSuffix(r.URL.Path, "/data/UnifiedActivity"):
		value := []any{}
		for _, id := range slices.Backward(s.order) {
			if !s.hidden {
				value = append(value, s.rows[id])
			}
		}
		answer(w, 200, map[string]any{"value": value})
	default:
		answer(w, 404, map[string]any{"errorCode": "entityMetaDataNotFound"})
	}
}

func (s *service) store(w http.ResponseWriter, r *http.Request) {
	var body struct{ PurchaseId, PurchasedOn string } //nolint:revive // the service's names
	if err := json.NewDecoder(r.Body).Decode(&body); err != nil {
		answer(w, 400, map[string]any{"errorCode": "malformedInputParameters"})
		return
	}
	if s.rows[body.PurchaseId] != nil {
		answer(w, 409, map[string]any{"errorCode": "storeDuplicateItem", "message": "exists"})
		return
	}
	s.put(body.PurchaseId, body.PurchasedOn)
	answer(w, 201, map[string]any{"location": "…/" + body.PurchaseId, "statusCode": 201})
}

// hide keeps activities from the timeline from now on, or shows them.
func (s *service) hide(hidden bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.hidden = hidden
}

// put stores an activity.
func (s *service) put(id, at string) {
	if s.rows == nil {
		s.rows = make(map[string]map[string]string)
	}
	s.rows[id] = map[string]string{
		"CustomerId": "customer-1", "ActivityType": "SalesOrder", "ActivityTime": at,
		"SourceTableName": "eCommerce_eCommercePurchases", "SourceActivityId": id,
	}
	s.order = append(s.order, id)
}

func (s *service) stored() (posts, stored int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.posts, len(s.rows)
}

// answer writes JSON.
func answer(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body) // the client sees what is missing
}
