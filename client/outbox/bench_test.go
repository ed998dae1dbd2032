package outbox_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/activitydesk/activitydesk/client"
	"github.com/activitydesk/activitydesk/client/journal"
	"github.com/activitydesk/activitydesk/client/metadata"
	"github.com/activitydesk/activitydesk/client/outbox"
	"github.com/activitydesk/activitydesk/client/sandbox"
)

// timedJournal tells how long each of its writes took.
type timedJournal struct {
	*journal.Journal
	took []time.Duration // of the writes of one send, in order
}

func (j *timedJournal) AddIfNew(ctx context.Context, e journal.Entry) (journal.Entry, bool, error) {
	defer j.since(time.Now())
	return j.Journal.AddIfNew(ctx, e)
}

func (j *timedJournal) Update(ctx context.Context, id string, from []journal.State, change func(*journal.Entry)) (journal.Entry, error) {
	defer j.since(time.Now())
	return j.Journal.Update(ctx, id, from, change)
}

func (j *timedJournal) since(start time.Time) { j.took = append(j.took, time.Since(start)) }

// sendingBench is an outbox with a journal on disk, and a bare client, before the
// same sandbox.
type sendingBench struct {
	b       *testing.B
	journal *timedJournal
	outbox  *outbox.Outbox
	target  outbox.Target
	bare    *http.Client
	address string // of the entity, for the bare client
	key     string
	token   string
	page    *os.File // that is written and flushed, as a reference
}

func newSendingBench(b *testing.B) *sendingBench {
	b.Helper()
	server, err := sandbox.Start(b.Context(), "127.0.0.1:0", sandbox.Options{})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = server.Close() })
	folder := b.TempDir()
	j, err := journal.Open(b.Context(), filepath.Join(folder, "journal.db"), journal.Options{})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = j.Close() })
	s := &sendingBench{
		b: b, journal: &timedJournal{Journal: j}, bare: &http.Client{Transport: &http.Transport{}},
		key: server.Key(), token: server.Token(),
	}
	b.Cleanup(s.bare.CloseIdleConnections)
	s.outbox = outbox.New(outbox.Options{Journal: s.journal, Guard: outbox.NewGuard(time.Now, &book{})})
	transport := &http.Transport{}
	b.Cleanup(transport.CloseIdleConnections)
	c, err := client.New(client.Config{
		Root: server.Root(), Tokens: client.StaticToken(s.token), Keys: client.StaticKey(s.key), Transport: transport,
		Pacer: client.NewPacer(1_000_000, time.Minute),
	})
	if err != nil {
		b.Fatal(err)
	}
	instances, err := c.Instances(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	in := instances[slices.IndexFunc(instances, func(in metadata.Instance) bool { return in.Environment() == metadata.EnvironmentSandbox })]
	s.target = outbox.Target{ConnectionID: "c1", ConnectionName: "Sandbox", Root: server.Root(), Instance: in, Entity: purchases, Service: c.For(in)}
	s.address = c.For(in).Base() + "/instances/" + in.ID + "/data/" + purchases.QualifiedName
	if s.page, err = os.Create(filepath.Join(folder, "page")); err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = s.page.Close() })
	return s
}

func (s *sendingBench) send(round int) {
	id := fmt.Sprintf("SENT_%07d", round)
	s.journal.took = s.journal.took[:0]
	entry, err := s.outbox.Send(s.b.Context(), outbox.Request{
		Target: s.target, Body: bodyOf(id), KeyFields: []journal.KeyValue{{Name: "PurchaseId", Value: id}},
		CustomerField: "ContactId", CustomerKey: "CNTID_1000", TimeField: "PurchasedOn", TimeValue: "2026-11-23T11:00:00Z",
		Options: client.WriteOptions{Caller: "desk/test"},
	})
	if err != nil || entry.State != journal.Accepted {
		s.b.Fatalf("%s: %q %s, %v", id, entry.State, entry.Message, err)
	}
}

func (s *sendingBench) post(round int) {
	request, err := http.NewRequestWithContext(s.b.Context(), http.MethodPost, s.address, bytes.NewReader(bodyOf(fmt.Sprintf("BARE_%07d", round))))
	if err != nil {
		s.b.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer "+s.token)
	request.Header.Set("Ocp-Apim-Subscription-Key", s.key)
	request.Header.Set("Content-Type", "application/json")
	answer, err := s.bare.Do(request)
	if err != nil {
		s.b.Fatal(err)
	}
	body, err := io.ReadAll(answer.Body)
	if _ = answer.Body.Close(); err != nil || answer.StatusCode != http.StatusCreated {
		s.b.Fatalf("%d %s %v", answer.StatusCode, body, err)
	}
}

// flush writes 8 KB and has them on disk, which a commit of the journal cannot do
// without.
func (s *sendingBench) flush(int) {
	if _, err := s.page.WriteAt(make([]byte, 8<<10), 0); err != nil {
		s.b.Fatal(err)
	}
	if err := s.page.Sync(); err != nil {
		s.b.Fatal(err)
	}
}

// BenchmarkSend is one send with all that keeps it safe, beside a bare request
// with the same body to the same service, and beside one flush of the same disk.
func BenchmarkSend(b *testing.B) {
	s := newSendingBench(b)
	names := []string{"send", "bare", "flush", "intent", "leaving", "outcome"}
	took := make([][]time.Duration, len(names))
	for round := 0; b.Loop(); round++ {
		for k, act := range []func(int){s.send, s.post, s.flush} {
			start := time.Now()
			act(round)
			took[k] = append(took[k], time.Since(start))
		}
		if len(s.journal.took) != 3 {
			b.Fatalf("the journal was written to %d times", len(s.journal.took))
		}
		for k, d := range s.journal.took {
			took[3+k] = append(took[3+k], d)
		}
	}
	for k, name := range names {
		slices.Sort(took[k])
		b.ReportMetric(float64(took[k][len(took[k])/2].Nanoseconds())/1e3, "µs/"+name)
	}
	b.ReportMetric(0, "ns/op") // of all of them together: of no use
}
