// What an attempt's end means: the state that is true after it. Doubt means
// uncertain.

package outbox

import (
	"errors"
	"net/http"
	"time"

	"github.com/activitydesk/activitydesk/client"
	"github.com/activitydesk/activitydesk/client/journal"
)

// verdict is what an attempt's end means.
type verdict int

const (
	verdictAccepted     verdict = iota
	verdictAlreadyThere         // an item with this key exists
	verdictRefused              // the service said no: not stored
	verdictUncertain            // may have been stored
	verdictNotProcessed         // the service asked to come back later: not stored
	verdictNotReached           // no connection: may be tried again
	verdictNotSent              // nothing left, and trying again would not help
)

// outcome is an attempt's end.
type outcome struct {
	verdict    verdict
	answer     client.Answer
	code       string
	message    string
	retryAfter time.Duration // verdictNotProcessed: as asked; 0: the service did not say
	err        error         // for the caller; nil where the service accepted
}

// notSent is an attempt that ended before anything could leave.
func notSent(why error) outcome {
	return outcome{verdict: verdictNotSent, message: why.Error(), err: why}
}

// unauthorized says that the service refused the credentials, and so did not
// look at the rest.
func (out outcome) unauthorized() bool {
	return out.verdict == verdictRefused && out.answer.Status == http.StatusUnauthorized
}

// judge says what the answer or error of an attempt means.
func judge(op journal.Operation, answer client.Answer, err error) outcome {
	out := outcome{answer: answer, err: err}
	var failure *client.Error
	if errors.As(err, &failure) {
		out.answer = answerOf(failure, answer)
		out.code, out.message, out.retryAfter = failure.Code, failure.Message, failure.RetryAfter
		if out.answer.Status == 0 {
			out.message = failure.Error() // with an answer it would pass for the service's words
		}
	} else if err != nil {
		out.message = err.Error()
	}
	switch {
	case out.answer.Status != 0:
		// The status line alone decides: a service that said 201 and then broke
		// off, or wrote nonsense after it, has accepted. A 200 comes from
		// something else, such as a front end's page for signing in.
		out.verdict = judgeStatus(op, out.answer.Status)
	case failure == nil:
		// Neither an answer nor an error that tells how far it came.
		out.verdict = verdictUncertain
		if err == nil {
			out.err = errors.New("the service's answer has no status")
			out.message = out.err.Error()
		}
	case failure.Kind == client.KindNoConnection && !written(failure.Progress):
		// Also a connection kept open that turned out to be dead.
		out.verdict = verdictNotReached
	case failure.Progress != (client.Progress{}):
		// A connection was had. Even where the request does not seem to be
		// written, a writer may have been at it when the error came.
		out.verdict = verdictUncertain
	case leavesNothing(failure.Kind):
		out.verdict = verdictNotSent
	default:
		out.verdict = verdictUncertain
	}
	if out.verdict == verdictAccepted {
		out.err = nil
	}
	return out
}

// leavesNothing names the failures that, without a connection, happen before
// anything can leave: cancelled or timed out while waiting for the budget or a
// connection, no trust in the other end, no credentials, a request that the
// client itself turned down.
func leavesNothing(k client.Kind) bool {
	switch k {
	case client.KindCancelled, client.KindTimeout, client.KindTLS, client.KindCredentials, client.KindBadRequest:
		return true
	}
	return false
}

// written says that bytes of the request may have left.
func written(p client.Progress) bool { return p.HeadersWritten || p.RequestWritten || p.FirstByte }

// judgeStatus says what a status means for a write.
func judgeStatus(op journal.Operation, status int) verdict {
	switch {
	case op == journal.OperationPost && (status == http.StatusCreated || status == http.StatusAccepted),
		op == journal.OperationPatch && status == http.StatusNoContent:
		return verdictAccepted
	case status == http.StatusMovedPermanently, status == http.StatusTemporaryRedirect, status == http.StatusPermanentRedirect:
		// "Send the same there": it was not processed here, and we do not follow.
		return verdictRefused
	case status >= 300 && status <= 399:
		// Also how a service leads on after it has stored something (303, and
		// 302 by old custom).
		return verdictUncertain
	case status == http.StatusConflict && op == journal.OperationPost:
		return verdictAlreadyThere
	case status == http.StatusTooManyRequests:
		return verdictNotProcessed
	case status == http.StatusRequestTimeout, status == 499:
		// Gateways answer so for a service behind them that was too slow.
		return verdictUncertain
	case status >= 400 && status <= 499:
		return verdictRefused
	}
	// 500 and 503 by the contract; other 5xx come from gateways that do not
	// know either. 1xx is no answer, and another 2xx none of the service's.
	return verdictUncertain
}

// answerOf is the answer that an error carries.
func answerOf(e *client.Error, a client.Answer) client.Answer {
	if a.Status == 0 {
		a.Status, a.Header, a.Body, a.Truncated = e.Status, e.Header, e.Body, e.Truncated
		a.Location, a.RequestID, a.Progress = e.Location, e.RequestID, e.Progress
	}
	return a
}

// state is what the verdict makes of an entry, where the attempts before are
// not in doubt.
func (v verdict) state() journal.State {
	switch v {
	case verdictAccepted:
		return journal.Accepted
	case verdictAlreadyThere:
		return journal.AlreadyThere
	case verdictRefused:
		return journal.Refused
	case verdictUncertain:
		return journal.Uncertain
	}
	return journal.Queued // nothing left, or nothing was processed
}

const noteEarlierDoubt = "Whether the earlier attempt was stored is still not known."

// writeAnswer puts an attempt's answer into an entry, in place of an earlier one's.
func (out outcome) writeAnswer(e *journal.Entry) {
	a := out.answer
	e.Status, e.Code, e.Message = a.Status, out.code, out.message
	e.RequestID, e.Location = a.RequestID, a.Location
	e.Answer, e.AnswerTruncated, e.AnswerHeader = a.Body, a.Truncated, a.Header
}

// write puts an attempt's end into an entry.
func (out outcome) write(e *journal.Entry) {
	out.writeAnswer(e)
	e.State, e.NextTry = out.verdict.state(), time.Time{}
	switch out.verdict {
	case verdictAccepted, verdictAlreadyThere:
		e.Doubt, e.Note = false, ""
	case verdictUncertain:
		e.Doubt, e.Note = true, ""
	default:
		if e.Doubt {
			// That the service says no now tells nothing of the time before.
			e.State, e.Note = journal.Uncertain, noteEarlierDoubt
		}
	}
}
