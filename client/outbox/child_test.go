package outbox_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptrace"
	"os"
	"slices"
	"time"

	"github.com/activitydesk/activitydesk/client"
	"github.com/activitydesk/activitydesk/client/journal"
	"github.com/activitydesk/activitydesk/client/metadata"
	"github.com/activitydesk/activitydesk/client/outbox"
)

// A desk that ends at a chosen point of a send: this test binary, run again
// with these variables set.
const (
	childPoint   = "OUTBOX_TEST_END_AT"
	childJournal = "OUTBOX_TEST_JOURNAL"
	childRoot    = "OUTBOX_TEST_ROOT"
	childAgain   = "OUTBOX_TEST_SEND_AGAIN" // an entry's id: SendAgain in place of Send
)

// endedAsMeant is the exit code of a desk that ended at its point.
const endedAsMeant = 42

// The points at which a desk ends, in the order of a send.
const (
	endBeforeIntent   = "before the intent is written"
	endAfterIntent    = "after the intent is written"
	endInBudget       = "while waiting for the budget"
	endAfterStart     = "after it is marked as sending"
	endBeforeConnect  = "before connecting"
	endAfterConnect   = "after connecting"
	endHeadersWritten = "headers written"
	endBodyWritten    = "body written"
	endBeforeAnswer   = "stored, before the answer"
	endInAnswer       = "in the answer"
	endBeforeOutcome  = "after the answer, before the journal"
	endAfterOutcome   = "after the journal"
	endWaiting        = "while waiting after 429"
)

// end ends the process as a crash does: no deferred call runs.
func end() { os.Exit(endedAsMeant) }

func endAt(point string) {
	if os.Getenv(childPoint) == point {
		end()
	}
}

func runChild() bool {
	if os.Getenv(childPoint) == "" {
		return false
	}
	if err := childSend(context.Background()); err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	fmt.Println("the point was not reached")
	os.Exit(2)
	return true
}

func childSend(ctx context.Context) error {
	j, err := journal.Open(ctx, os.Getenv(childJournal), journal.Options{Now: func() time.Time { return noon }})
	if err != nil {
		return err
	}
	budget := client.NewPacer(100, time.Minute, client.PacerClock(time.Now, func(context.Context, time.Duration) error {
		end()
		return nil
	}))
	c, err := client.New(client.Config{
		Root: os.Getenv(childRoot), Tokens: client.StaticToken("sandbox-token"), Keys: client.StaticKey("sandbox-key"),
		Transport: ending{&http.Transport{}}, Pacer: budget,
	})
	if err != nil {
		return err
	}
	o := outbox.New(outbox.Options{Journal: endingJournal{j}, Sleep: func(context.Context, time.Duration) error {
		endAt(endWaiting)
		return nil
	}})
	request, err := childRequest(ctx, c)
	if err != nil {
		return err
	}
	if os.Getenv(childPoint) == endInBudget {
		budget.PauseUntil(time.Now().Add(time.Minute))
	}
	if id := os.Getenv(childAgain); id != "" {
		_, err = o.SendAgain(ctx, id, request.Target, nil)
		return err
	}
	_, err = o.Send(ctx, request)
	return err
}

func childRequest(ctx context.Context, c *client.Client) (outbox.Request, error) {
	instances, err := c.Instances(ctx)
	if err != nil {
		return outbox.Request{}, err
	}
	coffee := instances[slices.IndexFunc(instances, func(i metadata.Instance) bool { return i.Name == "Contoso Coffee" })]
	service := c.For(coffee)
	entity, err := service.Entity(ctx, purchaseEntity, true)
	if err != nil {
		return outbox.Request{}, err
	}
	return outbox.Request{
		Target: outbox.Target{Instance: coffee, Entity: entity, Service: service},
		Body:   bodyOf("OPID_crash"), KeyFields: []journal.KeyValue{{Name: "PurchaseId", Value: "OPID_crash"}},
		CustomerField: "ContactId", CustomerKey: "CNTID_1000", TimeField: "PurchasedOn", TimeValue: "2026-11-23T11:00:00Z",
	}, nil
}

// ending ends the process at points of a POST.
type ending struct{ http.RoundTripper }

func (e ending) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.Method != http.MethodPost {
		return e.RoundTripper.RoundTrip(r)
	}
	endAt(endBeforeConnect)
	trace := &httptrace.ClientTrace{
		GotConn:      func(httptrace.GotConnInfo) { endAt(endAfterConnect) },
		WroteHeaders: func() { endAt(endHeadersWritten) },
		WroteRequest: func(httptrace.WroteRequestInfo) { endAt(endBodyWritten) },
	}
	response, err := e.RoundTripper.RoundTrip(r.WithContext(httptrace.WithClientTrace(r.Context(), trace)))
	if err == nil {
		endAt(endBeforeAnswer)
		response.Body = endingBody{response.Body}
	}
	return response, err
}

// endingBody ends the process when the answer's body is read.
type endingBody struct{ io.ReadCloser }

func (b endingBody) Read(p []byte) (int, error) {
	endAt(endInAnswer)
	return b.ReadCloser.Read(p)
}

// endingJournal ends the process around writes.
type endingJournal struct{ *journal.Journal }

func (j endingJournal) AddIfNew(ctx context.Context, e journal.Entry) (journal.Entry, bool, error) {
	endAt(endBeforeIntent)
	e, isNew, err := j.Journal.AddIfNew(ctx, e)
	endAt(endAfterIntent)
	return e, isNew, err
}

func (j endingJournal) Update(ctx context.Context, id string, from []journal.State, change func(*journal.Entry)) (journal.Entry, error) {
	ended := slices.Contains(from, journal.Sending)
	if ended {
		endAt(endBeforeOutcome)
	}
	e, err := j.Journal.Update(ctx, id, from, change)
	if ended {
		endAt(endAfterOutcome)
	}
	if err == nil && e.State == journal.Sending {
		endAt(endAfterStart)
	}
	return e, err
}
