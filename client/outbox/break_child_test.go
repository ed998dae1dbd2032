// A desk in a process of its own, which comes to a stop at a chosen point of a
// send, says so, and waits there to be killed.

package outbox_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"net/http/httptrace"
	"os"
	"slices"
	"time"

	"github.com/activitydesk/activitydesk/client"
	"github.com/activitydesk/activitydesk/client/journal"
	"github.com/activitydesk/activitydesk/client/outbox"
)

// childEnv holds an errand when this test binary runs as another desk.
const childEnv = "OUTBOX_TEST_DESK"

// errand is what a desk in another process does.
type errand struct {
	Point     string // where it stops
	Journal   string
	Root      string
	Authority string // of the service's certificate
	Operation journal.Operation
	Again     string // an entry's id: it is sent again
	Watch     bool   // after the send it looks for the activity
	Many      bool   // it sends one after the other, beginning with From
	From      int
}

// The points at which such a desk stops by itself. At the others the service has
// it wait.
const (
	atIntent      = "before the intent is recorded"
	atRecorded    = "the intent is recorded"
	atBudget      = "while it waits for its place in the budget"
	atMarked      = "marked as sending, before connecting"
	atConnecting  = "while connecting"
	atConnected   = "connected, nothing written"
	atHeaders     = "in the headers"
	atHeadersEnd  = "headers written"
	atBody        = "in the body"
	atAnswered    = "after the answer, before the journal"
	atWritten     = "after the journal, before anyone hears of it"
	atPause       = "while it waits to try again"
	atRenewal     = "after a 401, while the token is renewed"
	atLooks       = "between two looks"
	atSeen        = "seen on the timeline, before the journal"
	atTakenUp     = "taken up to be sent again"
	nothingToStop = "" // the service has it wait
)

// atMost is how many activities a desk sends one after the other.
const atMost = 50

// stoppedWord is what a desk says at its point.
const stoppedWord = "stopped"

// runChild runs an errand where this process has one; it does not return then.
func runChild() bool {
	text := os.Getenv(childEnv)
	if text == "" {
		return false
	}
	var e errand
	err := json.Unmarshal([]byte(text), &e)
	if err == nil {
		err = e.run(context.Background())
	}
	fmt.Println("the point was not reached:", err)
	os.Exit(1)
	return true
}

// at stops the process for good at a point.
func (e errand) at(point string) {
	if e.Point == point {
		fmt.Println(stoppedWord)
		for {
			time.Sleep(time.Hour)
		}
	}
}

func (e errand) run(ctx context.Context) error {
	if e.Authority != "" {
		trust(e.Authority)
	}
	passing := &clock{now: noon}
	j, err := journal.Open(ctx, e.Journal, journal.Options{Now: passing.Now, BusyTimeout: patience})
	if err != nil {
		return err
	}
	budget := client.NewPacer(100, time.Minute, client.PacerClock(passing.Now, func(ctx context.Context, d time.Duration) error {
		e.at(atBudget)
		return passing.Sleep(ctx, d)
	}))
	if e.Point == atBudget {
		budget.PauseUntil(noon.Add(time.Minute))
	}
	config := client.Config{
		Root: e.Root, Keys: client.StaticKey("key"), Now: passing.Now, Pacer: budget,
		Tokens: &tokens{given: []string{"token-1", "token-2"}, renewing: func(context.Context) error { e.at(atRenewal); return nil }},
	}
	if e.Point == atHeaders || e.Point == atHeadersEnd || e.Point == atBody {
		config.Transport = &http.Transport{DialContext: e.dial}
	}
	c, err := client.New(config)
	if err != nil {
		return err
	}
	request := breakRequest(e.Operation, e.Root, c.For(coffee), false)
	looking := false
	o := outbox.New(outbox.Options{Journal: stopping{j, e}, Now: passing.Now, Sleep: func(ctx context.Context, d time.Duration) error {
		if looking {
			e.at(atLooks)
		}
		e.at(atPause)
		return passing.Sleep(ctx, d)
	}})
	ctx = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		ConnectStart: func(string, string) { e.at(atConnecting) },
		GotConn:      func(httptrace.GotConnInfo) { e.at(atConnected) },
	})
	if e.Many {
		return e.sendMany(ctx, o, request.Target)
	}
	var sent journal.Entry
	if e.Again != "" {
		sent, err = o.SendAgain(ctx, e.Again, request.Target, nil)
	} else {
		sent, err = o.Send(ctx, request)
	}
	if err != nil || !e.Watch {
		return err
	}
	looking = true
	return o.WatchArrival(ctx, sent.ID, request.Target, func(outbox.Arrival) {})
}

// sendMany sends one activity after the other, and then waits: whoever is to kill
// this desk takes his time.
func (e errand) sendMany(ctx context.Context, o *outbox.Outbox, t outbox.Target) error {
	for n := range atMost {
		if _, err := o.Send(ctx, soakRequest(t, e.From+n)); err != nil {
			return err
		}
	}
	for {
		time.Sleep(time.Hour)
	}
}

// dial gives a connection that stops in the middle of what is written to it.
func (e errand) dial(ctx context.Context, network, address string) (net.Conn, error) {
	conn, err := new(net.Dialer).DialContext(ctx, network, address)
	if err != nil {
		return nil, err
	}
	return cutConn{conn, e}, nil
}

type cutConn struct {
	net.Conn
	errand errand
}

// Write writes up to the errand's point and stops there. A small request comes in
// one piece.
func (c cutConn) Write(p []byte) (int, error) {
	end := bytes.Index(p, []byte("\r\n\r\n")) + 4
	upTo := map[string]int{atHeaders: 40, atHeadersEnd: end, atBody: (end + len(p)) / 2}[c.errand.Point]
	if _, err := c.Conn.Write(p[:upTo]); err != nil {
		return 0, err
	}
	c.errand.at(c.errand.Point)
	return 0, nil
}

// stopping is a journal around whose writes a desk stops.
type stopping struct {
	*journal.Journal
	errand errand
}

func (j stopping) AddIfNew(ctx context.Context, e journal.Entry) (journal.Entry, bool, error) {
	j.errand.at(atIntent)
	e, isNew, err := j.Journal.AddIfNew(ctx, e)
	j.errand.at(atRecorded)
	return e, isNew, err
}

func (j stopping) Update(ctx context.Context, id string, from []journal.State, change func(*journal.Entry)) (journal.Entry, error) {
	ends := slices.Contains(from, journal.Sending)
	if ends {
		j.errand.at(atAnswered)
	}
	if slices.Contains(from, journal.Visible) {
		j.errand.at(atSeen)
	}
	e, err := j.Journal.Update(ctx, id, from, change)
	switch {
	case ends:
		j.errand.at(atWritten)
	case e.State == journal.Sending:
		j.errand.at(atMarked)
	case e.State == journal.Queued:
		j.errand.at(atTakenUp)
	}
	return e, err
}
