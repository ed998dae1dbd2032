package outbox

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/activitydesk/activitydesk/client"
	"github.com/activitydesk/activitydesk/client/journal"
)

func TestEveryStatusHasItsMeaningForAWrite(t *testing.T) {
	want := map[verdict][]int{
		verdictAccepted:     {201, 202},
		verdictAlreadyThere: {409},
		verdictRefused:      {301, 307, 308, 400, 401, 402, 403, 404, 405, 406, 410, 411, 413, 414, 415, 422, 425, 431, 451},
		verdictNotProcessed: {429},
		verdictUncertain:    {100, 199, 200, 203, 204, 299, 300, 302, 303, 304, 408, 499, 500, 501, 502, 503, 504, 505, 520, 599, 999},
	}
	for v, statuses := range want {
		for _, status := range statuses {
			if got := judgeStatus(journal.OperationPost, status); got != v {
				t.Errorf("%d: verdict %d, want %d", status, got, v)
			}
		}
	}
	for status, want := range map[int]verdict{204: verdictAccepted, 200: verdictUncertain, 201: verdictUncertain, 409: verdictRefused} {
		if got := judgeStatus(journal.OperationPatch, status); got != want {
			t.Errorf("%d to a change of a profile: verdict %d, want %d", status, got, want)
		}
	}
}

func TestDoubtMeansUncertain(t *testing.T) {
	opened := client.Progress{ConnectionOpened: true}
	headers := client.Progress{ConnectionOpened: true, HeadersWritten: true}
	whole := client.Progress{ConnectionOpened: true, HeadersWritten: true, RequestWritten: true}
	first := client.Progress{ConnectionOpened: true, HeadersWritten: true, RequestWritten: true, FirstByte: true}
	type of = client.Error
	cases := []struct {
		name string
		err  error
		want verdict
	}{
		{"never connected", &of{Kind: client.KindNoConnection}, verdictNotReached},
		{"a kept connection was dead", &of{Kind: client.KindNoConnection, Progress: opened}, verdictNotReached},
		{"said to be no connection, but headers were written", &of{Kind: client.KindNoConnection, Progress: headers}, verdictUncertain},
		{"broke after connect", &of{Kind: client.KindBroken, Progress: opened}, verdictUncertain},
		{"broke after headers", &of{Kind: client.KindBroken, Progress: headers}, verdictUncertain},
		{"broke after body", &of{Kind: client.KindBroken, Progress: whole}, verdictUncertain},
		{"broke in the answer's head", &of{Kind: client.KindBroken, Progress: first}, verdictUncertain},
		{"broke without a word on progress", &of{Kind: client.KindBroken}, verdictUncertain},
		{"broke in a 201's body", &of{Kind: client.KindBroken, Status: 201, Progress: first}, verdictAccepted},
		{"broke in a 400's body", &of{Kind: client.KindBroken, Status: 400, Progress: first}, verdictRefused},
		{"broke in a 500's body", &of{Kind: client.KindBroken, Status: 500, Progress: first}, verdictUncertain},
		{"a web page with 200", &of{Kind: client.KindUnexpected, Status: 200, Progress: first}, verdictUncertain},
		{"an endless 201", &of{Kind: client.KindTooLarge, Status: 201, Progress: first}, verdictAccepted},
		{"nothing that is HTTP", &of{Kind: client.KindUnexpected, Progress: first}, verdictUncertain},
		{"timed out before a connection", &of{Kind: client.KindTimeout}, verdictNotSent},
		{"timed out with one", &of{Kind: client.KindTimeout, Progress: opened}, verdictUncertain},
		{"timed out waiting for the answer", &of{Kind: client.KindTimeout, Progress: whole}, verdictUncertain},
		{"cancelled while waiting for the budget", &of{Kind: client.KindCancelled, Err: context.Canceled}, verdictNotSent},
		{"cancelled with a connection", &of{Kind: client.KindCancelled, Progress: opened}, verdictUncertain},
		{"no trust in the certificate", &of{Kind: client.KindTLS}, verdictNotSent},
		{"TLS broke while the request went", &of{Kind: client.KindTLS, Progress: headers}, verdictUncertain},
		{"no token", &of{Kind: client.KindCredentials}, verdictNotSent},
		{"the client turned it down", &of{Kind: client.KindBadRequest}, verdictNotSent},
		{"wrapped", fmt.Errorf("post: %w", &of{Kind: client.KindNoConnection}), verdictNotReached},
		{"an error that tells nothing", errors.New("odd"), verdictUncertain},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			out := judge(journal.OperationPost, client.Answer{}, c.err)
			if out.verdict != c.want {
				t.Errorf("verdict %d, want %d", out.verdict, c.want)
			}
			if (out.err == nil) != (c.want == verdictAccepted) {
				t.Errorf("the caller hears %v", out.err)
			}
			// With an answer only the service's own words are its message.
			if (out.message == "") != (out.answer.Status != 0) {
				t.Errorf("the message for the journal is %q", out.message)
			}
		})
	}
	if out := judge(journal.OperationPost, client.Answer{}, nil); out.verdict != verdictUncertain || out.err == nil {
		t.Errorf("neither answer nor error: %+v", out)
	}
}

// The client has a word of its own on what is uncertain. Where it says that
// something may be stored, so must the outbox.
func TestTheOutboxDoubtsAtLeastWhereTheClientDoes(t *testing.T) {
	for _, p := range []client.Progress{{}, {ConnectionOpened: true}, {ConnectionOpened: true, HeadersWritten: true, RequestWritten: true}} {
		for kind := client.KindUnexpected; kind <= client.KindCredentials; kind++ {
			for _, status := range []int{0, 200, 204, 300, 301, 302, 303, 307, 308, 400, 401, 403, 404, 408, 409, 429, 500, 502, 503} {
				e := &client.Error{Kind: kind, Status: status, Progress: p}
				v := judge(journal.OperationPost, client.Answer{}, e).verdict
				if e.Uncertain() && v != verdictUncertain {
					t.Errorf("%s, status %d, %+v: verdict %d, the client doubts", kind, status, p, v)
				}
			}
		}
	}
}

func TestWhatAnAttemptMeansAfterOneInDoubt(t *testing.T) {
	cases := []struct {
		verdict verdict
		state   journal.State
		doubt   bool
	}{
		{verdictAccepted, journal.Accepted, false},
		{verdictAlreadyThere, journal.AlreadyThere, false},
		{verdictRefused, journal.Uncertain, true},
		{verdictUncertain, journal.Uncertain, true},
		{verdictNotProcessed, journal.Uncertain, true},
		{verdictNotReached, journal.Uncertain, true},
		{verdictNotSent, journal.Uncertain, true},
	}
	for _, c := range cases {
		e := journal.Entry{State: journal.Sending, Doubt: true, NextTry: time.Unix(1, 0)}
		outcome{verdict: c.verdict}.write(&e)
		if e.State != c.state || e.Doubt != c.doubt || !e.NextTry.IsZero() {
			t.Errorf("verdict %d: state %q, doubt %v", c.verdict, e.State, e.Doubt)
		}
		if explained := e.Note != ""; explained != (c.state == journal.Uncertain && c.verdict != verdictUncertain) {
			t.Errorf("verdict %d: note %q", c.verdict, e.Note)
		}
	}
}
