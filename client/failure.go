// From what went wrong to an *Error: the context, the transport, the status,
// the body.

package client

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
)

// contextError is for a wait that the caller's context ended.
func (c *Client) contextError(op string, err error) *Error {
	kind := KindCancelled
	if errors.Is(err, context.DeadlineExceeded) {
		kind = KindTimeout
	}
	return &Error{Op: op, Kind: kind, Err: c.redacted(err)}
}

func (c *Client) credentialError(ctx context.Context, op string, err error) *Error {
	if ctx.Err() != nil {
		return c.contextError(op, context.Cause(ctx))
	}
	return &Error{Op: op, Kind: KindCredentials, Err: c.redacted(err)}
}

// transportError is for a request without an answer.
func (c *Client) transportError(ctx context.Context, op string, track *tracker, err error) *Error {
	var wrapped *url.Error
	if errors.As(err, &wrapped) {
		err = wrapped.Err // its text repeats the address with the query
	}
	e := &Error{Op: op, Kind: kindOfFailure(ctx, err), Progress: track.snapshot(), Err: c.redacted(err)}
	if e.Kind == KindBroken && isTLS(err) && !e.Progress.ConnectionOpened {
		e.Kind = KindTLS // later, an alert is only one more way to break off
	}
	if e.Kind == KindBroken && track.nothingWritten() {
		e.Kind, e.Progress.HeadersWritten, e.Progress.RequestWritten = KindNoConnection, false, false
	}
	if cause := context.Cause(ctx); e.Kind == KindTimeout && errors.Is(cause, errTooSlow) {
		e.Err = cause
	}
	return e
}

// kindOfFailure gives KindBroken for what is no matter of time or of the
// caller's will; whether a connection was open is for the caller.
func kindOfFailure(ctx context.Context, err error) Kind {
	switch {
	case errors.Is(ctx.Err(), context.Canceled):
		return KindCancelled
	case ctx.Err() != nil:
		return KindTimeout
	}
	var operation *net.OpError
	if errors.As(err, &operation) && (operation.Op == "dial" || operation.Op == "proxyconnect") {
		return KindBroken // a connection not opened in time is not a late answer
	}
	var timed net.Error
	if errors.As(err, &timed) && timed.Timeout() {
		return KindTimeout
	}
	return KindBroken
}

func isTLS(err error) bool {
	var (
		certificate *tls.CertificateVerificationError
		record      tls.RecordHeaderError
		authority   x509.UnknownAuthorityError
		host        x509.HostnameError
		invalid     x509.CertificateInvalidError
	)
	var alerted *net.OpError // how an alert of either side is given
	if errors.As(err, &alerted) && (alerted.Op == "remote error" || alerted.Op == "local error") {
		return true
	}
	return errors.Is(err, http.ErrSchemeMismatch) || errors.As(err, &certificate) || errors.As(err, &record) ||
		errors.As(err, &authority) || errors.As(err, &host) || errors.As(err, &invalid)
}

// statusError is for an answer whose status is not the one hoped for.
func (c *Client) statusError(call call, a answer, cause error) *Error {
	e := c.answerError(call.op, a, kindOfStatus(a.status), c.redacted(cause))
	var parsed Error
	parseErrorBody(&parsed, a.body)
	e.Code, e.Message, e.Target = c.redact.String(parsed.Code), c.redact.String(parsed.Message), c.redact.String(parsed.Target)
	for _, d := range parsed.Details {
		e.Details = append(e.Details, Detail{Code: c.redact.String(d.Code), Message: c.redact.String(d.Message), Target: c.redact.String(d.Target)})
	}
	e.RetryAfter = retryAfter(a.header, parsed.Message, c.now())
	switch e.Kind {
	case KindRedirect:
		e.Location = e.Header.Get("Location")
	case KindUnauthorized:
		// The front says so of the key as the service does of the token.
		e.sent = markOf(call.sent)
		token, _ := strings.CutPrefix(call.sent.Get("Authorization"), "Bearer ")
		invalidate(c.tokens, token)
		invalidate(c.keys, call.sent.Get(keyHeader))
	case KindRateLimited:
		// Whatever else waits for this connection would be refused as well.
		pause := e.RetryAfter
		if pause == 0 {
			pause = c.retry.backOff(1)
		}
		c.pacer.PauseUntil(c.now().Add(pause))
	}
	return e
}

// invalidate has a source that keeps what it read look again.
func invalidate(source any, secret string) {
	switch kept := source.(type) {
	case interface{ InvalidateToken(string) }:
		kept.InvalidateToken(secret)
	case interface{ Invalidate() }:
		kept.Invalidate()
	}
}

// ErrUnreadable is why an answer is unexpected whose body was damaged on its way,
// or is packed in a way that is not understood.
var ErrUnreadable = errors.New("the body of the answer cannot be read")

func unreadable(cause error) error {
	if cause == nil {
		return nil
	}
	return fmt.Errorf("%w: %w", ErrUnreadable, cause)
}

// brokenBody is for a good status whose body could not be read to its end.
func (c *Client) brokenBody(ctx context.Context, op string, a answer, cause error) *Error {
	kind := kindOfFailure(ctx, cause)
	var network net.Error
	if kind == KindBroken && !errors.Is(cause, io.ErrUnexpectedEOF) && !errors.As(cause, &network) {
		kind, cause = KindUnexpected, unreadable(cause) // bad gzip, bad chunks, an unknown encoding
	}
	if errors.Is(context.Cause(ctx), errTooSlow) {
		cause = errTooSlow
	}
	a.truncated = true
	return c.answerError(op, a, kind, c.redacted(cause))
}

// answerError keeps what is useful of an answer.
func (c *Client) answerError(op string, a answer, kind Kind, cause error) *Error {
	body := a.body
	truncated := a.truncated
	if int64(len(body)) > c.limits.failure {
		body, truncated = body[:c.limits.failure], true
	}
	header := c.redact.Header(a.header)
	return &Error{
		Op:        op,
		Kind:      kind,
		Status:    a.status,
		RequestID: requestID(header),
		Skew:      skew(a.header, c.now()),
		Header:    header,
		Body:      c.redact.Bytes(body),
		Truncated: truncated,
		Progress:  a.progress,
		Err:       cause,
	}
}

// redacted keeps the chain of err, for errors.Is and As, and masks its text.
func (c *Client) redacted(err error) error {
	if err == nil {
		return nil
	}
	if text := c.redact.String(err.Error()); text != err.Error() {
		return &maskedError{text: text, err: err}
	}
	return err
}

type maskedError struct {
	text string
	err  error
}

func (e *maskedError) Error() string { return e.text }
func (e *maskedError) Unwrap() error { return e.err }
