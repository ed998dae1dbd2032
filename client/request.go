// The one path of every request: credentials, budget, attempt, answer.

package client

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/go-resty/resty/v2"
)

// call is one request to be made. base is the root or the trusted scale unit
// that url must be under: credentials go nowhere else.
type call struct {
	op     string
	method string
	base   Root
	url    string
	body   []byte // nil for reads
	good   []int  // statuses that are success

	anonymous bool // goes without token and key

	started func(context.Context) error // as in WriteOptions; nil for reads
	sent    http.Header                 // the credentials of this attempt
}

// answer is a response of a good status.
type answer struct {
	status    int
	header    http.Header
	body      []byte
	truncated bool
	took      time.Duration
	progress  Progress
}

// keyHeader is the header of the subscription key.
const keyHeader = "Ocp-Apim-Subscription-Key"

// errTooSlow is the cause when an attempt runs out of time.
var errTooSlow = errors.New("no full answer in time")

// read asks, and asks again as the policy says, and once more after a 401 where
// the credentials are others then. Only JSON is an answer.
func (c *Client) read(ctx context.Context, op string, base Root, target string) (answer, error) {
	a, err := c.again(ctx, call{op: op, method: http.MethodGet, base: base, url: target, good: []int{http.StatusOK}})
	if err != nil {
		return answer{}, err
	}
	return c.checkJSON(op, a)
}

// again attempts a read as often as the policy allows.
func (c *Client) again(ctx context.Context, call call) (answer, error) {
	renewed := false
	for attempts := 1; ; attempts++ {
		a, err := c.attempt(ctx, call, attempts)
		if err == nil {
			return a, nil
		}
		if !renewed && c.renewed(ctx, call.base, err) {
			renewed = true
			continue
		}
		delay, again := c.retry.next(err, attempts)
		if !again {
			return answer{}, err
		}
		if err := c.sleep(ctx, delay); err != nil {
			return answer{}, c.contextError(call.op, err)
		}
	}
}

// checkJSON turns away a good status with something else than JSON, such as
// the web page of a proxy.
func (c *Client) checkJSON(op string, a answer) (answer, error) {
	switch {
	case a.truncated:
		return answer{}, c.answerError(op, a, KindTooLarge, fmt.Errorf("the answer is longer than %d bytes", c.limits.read))
	case len(bytes.TrimSpace(a.body)) == 0:
		return answer{}, c.answerError(op, a, KindUnexpected, errors.New("the answer is empty"))
	case !isJSON(a.header):
		return answer{}, c.answerError(op, a, KindUnexpected, fmt.Errorf("the answer is not JSON but %q", clip(a.header.Get("Content-Type"), 80)))
	}
	return a, nil
}

// attempt sends call once. Its error is an *Error.
func (c *Client) attempt(ctx context.Context, call call, number int) (answer, error) {
	header, err := c.admit(ctx, call)
	if err != nil {
		return answer{}, err
	}
	if call.started != nil {
		if err := call.started(ctx); err != nil {
			return answer{}, &Error{Op: call.op, Kind: KindCancelled, Err: c.redacted(err)}
		}
	}
	call.sent = header
	limited, cancel := c.limit(ctx, c.timeout, errTooSlow)
	defer cancel()
	track := &tracker{}
	request := c.rest.R().
		SetContext(httptrace.WithClientTrace(limited, track.trace())).
		SetDoNotParseResponse(true).
		SetHeaderMultiValues(header)
	if call.body != nil {
		request.SetHeader("Content-Type", "application/json").SetBody(call.body)
	}
	c.letGoOfOld()
	start := c.now()
	response, err := request.Execute(call.method, call.url)
	a, err := c.receive(limited, call, track, response, err)
	a.took, a.progress = c.now().Sub(start), track.snapshot()
	c.log(ctx, call, number, a, err)
	return a, err
}

// letGoOfOld closes connections that were kept open for longer than they are to
// be. What ends them otherwise is a timer, which stands while a computer sleeps:
// the service has hung up long ago then, and what is written to a dead connection
// is uncertain.
func (c *Client) letGoOfOld() {
	now := c.now().UnixNano() // the wall clock goes on in sleep
	if last := c.used.Swap(now); last != 0 && time.Duration(now-last) > idleTimeout {
		c.http.CloseIdleConnections()
	}
}

// staleAfter is how long a token may have waited in the queue before it is
// asked for again: whoever has signed out meanwhile does not write any more.
const staleAfter = 100 * time.Millisecond

// admit gets the credentials, which may take a person's time, and then a place
// in the budget.
func (c *Client) admit(ctx context.Context, call call) (http.Header, error) {
	header, err := c.credentials(ctx, call)
	if err != nil {
		return nil, err
	}
	asked := c.now()
	if err := c.pacer.Wait(ctx); err != nil {
		return nil, c.contextError(call.op, err)
	}
	if c.now().Sub(asked) < staleAfter {
		return header, nil
	}
	return c.credentials(ctx, call)
}

// ErrSecretInAddress: what is asked for holds a key or a token that this process
// knows, as when one is pasted into a search. Addresses are logged on their way.
var ErrSecretInAddress = errors.New("a key or a token stands in the address of the request")

// credentials gives the headers that say who asks. They are for the call's own
// base only; the subscription key belongs to the root's front and is not given
// to another host.
func (c *Client) credentials(ctx context.Context, call call) (http.Header, error) {
	err := within(call.base, call.url)
	if err == nil && c.redact.Holds(call.url) {
		err = ErrSecretInAddress
	}
	if err != nil {
		return nil, &Error{Op: c.redact.String(call.op), Kind: KindBadRequest, Err: err}
	}
	if call.anonymous {
		return http.Header{}, nil
	}
	token, err := c.tokens.AccessToken(ctx)
	if err == nil {
		err = usable("access token", token)
	}
	if err == nil && token == "" {
		err = errors.New("there is no access token")
	}
	if err != nil {
		return nil, c.credentialError(ctx, call.op, err)
	}
	c.redact.Add(token)
	header := http.Header{"Authorization": {"Bearer " + token}}
	if c.keys == nil || !call.base.sameOrigin(c.root) {
		return header, nil
	}
	key, err := c.keys.SubscriptionKey(ctx)
	if err == nil {
		err = usable("subscription key", key)
	}
	if err != nil {
		return nil, c.credentialError(ctx, call.op, err)
	}
	if key != "" {
		c.redact.Add(key)
		header.Set(keyHeader, key)
	}
	return header, nil
}

// within says whether target is under base, compared as parsed.
func within(base Root, target string) error {
	u, err := url.Parse(target)
	if err != nil {
		return errors.New("the address of the request is not a valid one")
	}
	if u.Scheme != base.scheme || u.Host != base.host || u.User != nil || !strings.HasPrefix(u.EscapedPath(), base.path+"/instances") {
		return fmt.Errorf("the request would leave %s", base)
	}
	return nil
}

// usable refuses what cannot stand in a header, before net/http does so at a
// point where it looks like a failed connection.
func usable(what, secret string) error {
	if strings.ContainsFunc(secret, func(r rune) bool { return r <= ' ' || r >= 0x7f }) {
		return fmt.Errorf("the %s holds a space, a line break or another character that it cannot have", what)
	}
	return nil
}

// receive reads the answer and sorts it into success and error.
func (c *Client) receive(ctx context.Context, call call, track *tracker, response *resty.Response, err error) (answer, error) {
	if err != nil {
		return answer{}, c.transportError(ctx, call.op, track, err)
	}
	raw := response.RawResponse
	defer func() { _ = raw.Body.Close() }() // nothing to be learned from it once the body was read
	good := slices.Contains(call.good, raw.StatusCode)
	limit := c.limits.failure
	switch {
	case good && call.body == nil:
		limit = c.limits.read
	case good:
		limit = c.limits.write
	}
	body, truncated, readErr := readBody(raw, limit)
	if readErr == nil && ctx.Err() != nil {
		// The connection is being closed, and what is at its other end may take that
		// for the time to end the body: this is not the whole of it.
		readErr = ctx.Err()
	}
	a := answer{status: raw.StatusCode, header: raw.Header, body: body, truncated: truncated, progress: track.snapshot()}
	switch {
	case !good:
		a.truncated = truncated || readErr != nil
		return answer{status: a.status, header: a.header}, c.statusError(call, a, unreadable(readErr))
	case readErr != nil && call.body == nil:
		return answer{status: a.status, header: a.header}, c.brokenBody(ctx, call.op, a, readErr)
	case readErr != nil:
		// A write whose good status came is done, whatever became of the rest.
		a.truncated = true
	}
	return a, nil
}

// log writes one record for an attempt. Paths below the entity and queries are
// personal data and stay out.
func (c *Client) log(ctx context.Context, call call, number int, a answer, err error) {
	attrs := []slog.Attr{
		slog.String("op", call.op),
		slog.String("method", call.method),
		slog.String("host", call.base.host),
		slog.Int("attempt", number),
		slog.Int("status", a.status),
		slog.Duration("took", a.took),
	}
	if id := requestID(a.header); id != "" {
		attrs = append(attrs, slog.String("request_id", id))
	}
	if err == nil {
		c.logger.LogAttrs(ctx, slog.LevelDebug, "request", attrs...)
		return
	}
	var e *Error
	if errors.As(err, &e) {
		attrs = append(attrs, slog.String("kind", e.Kind.String()), slog.String("code", e.Code))
	}
	c.logger.LogAttrs(ctx, slog.LevelWarn, "request", attrs...)
}
