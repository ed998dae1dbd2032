// The HTTP client that MSAL is given for one operation: it sends credentials to
// the authority only, bounds what is read, teaches the redactor, and keeps what
// MSAL's errors would tell together with addresses and bodies.

package auth

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/activitydesk/activitydesk/client/redact"
)

// Limits of one request to the provider.
const (
	requestLimit = 30 * time.Second // from the connection to the end of the body
	maxAnswer    = 1 << 20          // bytes; tokens and metadata are a few KiB
)

// newHTTP gives the client for requests to the provider: TLS 1.2 or later,
// verified, the proxies of the environment (which are none for this computer),
// and no redirect is followed. Of a client that is given it takes the transport.
func newHTTP(given *http.Client) (*http.Client, error) {
	made := &http.Client{
		Timeout:       requestLimit,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	if given != nil && given.Transport != nil {
		if t, ok := given.Transport.(*http.Transport); ok && t.TLSClientConfig != nil && t.TLSClientConfig.InsecureSkipVerify {
			return nil, errors.New("auth: a transport that does not verify TLS is not used")
		}
		made.Transport = given.Transport
		return made, nil
	}
	made.Transport = &http.Transport{
		Proxy:                  http.ProxyFromEnvironment,
		DialContext:            (&net.Dialer{Timeout: 15 * time.Second, KeepAlive: 30 * time.Second}).DialContext,
		TLSClientConfig:        &tls.Config{MinVersion: tls.VersionTLS12},
		TLSHandshakeTimeout:    15 * time.Second,
		ForceAttemptHTTP2:      true,
		MaxIdleConnsPerHost:    2,
		IdleConnTimeout:        30 * time.Second,
		MaxResponseHeaderBytes: 256 << 10,
	}
	return made, nil
}

// exchange is MSAL's HTTP client for one operation.
type exchange struct {
	http   *http.Client
	app    App
	redact *redact.Redactor
	now    func() time.Time
	paced  *pace // of a device code's polls; nil: none

	mu      sync.Mutex
	posts   int           // requests that carry something
	refused *refusal      // the last request's, nil where it was answered well
	lacking bool          // the last answer's token is not for all scopes
	life    time.Duration // of that token, as the answer says; 0: it does not
}

var (
	errElsewhere = errors.New("the provider names an address of another host")
	errTooLong   = errors.New("the answer is too long")
)

// Do sends one request of MSAL's.
func (x *exchange) Do(r *http.Request) (*http.Response, error) {
	x.begin(r)
	if !x.app.trusts(r.URL) {
		x.note(&refusal{cause: CauseElsewhere})
		return nil, errElsewhere
	}
	form, err := formOf(r)
	if err != nil {
		return nil, err
	}
	for _, name := range []string{"client_secret", "refresh_token", "device_code", "code", "code_verifier"} {
		x.redact.Add(form.Get(name))
	}
	poll := form.Has("device_code")
	if poll {
		if err := x.paced.wait(r.Context()); err != nil {
			return nil, err
		}
		defer x.paced.answered() // or given up
	}
	response, err := x.http.Do(r)
	if err != nil {
		x.note(&refusal{cause: networkCause(err)})
		return nil, err
	}
	body, err := io.ReadAll(io.LimitReader(response.Body, maxAnswer+1))
	_ = response.Body.Close() // it was read
	switch {
	case err != nil:
		x.note(&refusal{cause: networkCause(err)})
		return nil, err
	case len(body) > maxAnswer:
		x.note(&refusal{cause: CauseNonsense})
		return nil, errTooLong
	}
	if response.StatusCode == http.StatusOK {
		x.learn(body)
	} else {
		said := readRefusal(response.StatusCode, response.Header, body, x.now())
		x.note(&said)
		if poll && said.oauth == "slow_down" {
			x.paced.slower()
		}
	}
	response.Body = io.NopCloser(bytes.NewReader(body))
	return response, nil
}

// CloseIdleConnections is part of what MSAL asks for. The connections are
// shared by the operations of a sign-in, and close by themselves.
func (x *exchange) CloseIdleConnections() {}

// formOf reads what a request sends, without taking it away.
func formOf(r *http.Request) (url.Values, error) {
	if r.GetBody == nil {
		return nil, nil
	}
	body, err := r.GetBody()
	if err != nil {
		return nil, err
	}
	defer func() { _ = body.Close() }() // it is in memory
	text, err := io.ReadAll(io.LimitReader(body, maxAnswer))
	if err != nil {
		return nil, err
	}
	return url.ParseQuery(string(text))
}

// learn looks at an answer before MSAL does: for what is secret in it, and for
// the lifetime, which is told relatively and so does not depend on any clock.
func (x *exchange) learn(body []byte) {
	var answer struct {
		Access  text   `json:"access_token"`
		Refresh text   `json:"refresh_token"`
		ID      text   `json:"id_token"`
		Device  text   `json:"device_code"`
		Life    number `json:"expires_in"`
		Scope   text   `json:"scope"`
		Error   text   `json:"error"`
	}
	if err := json.Unmarshal(body, &answer); err != nil {
		return
	}
	for _, secret := range []text{answer.Access, answer.Refresh, answer.ID, answer.Device} {
		x.redact.Add(string(secret))
	}
	if answer.Error != "" {
		said := readRefusal(http.StatusOK, nil, body, x.now())
		x.note(&said)
		return
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	x.lacking = answer.Access != "" && lacks(strings.Fields(string(answer.Scope)), x.app.scopes())
	x.life = time.Duration(answer.Life) * time.Second
}

// lacks says whether one of the wanted scopes was not granted. An answer that
// tells no scopes has granted all (RFC 6749, section 5.1).
func lacks(granted, wanted []string) bool {
	return len(granted) > 0 && slices.ContainsFunc(wanted, func(scope string) bool {
		return !slices.ContainsFunc(granted, func(g string) bool { return strings.EqualFold(g, scope) })
	})
}

func (x *exchange) begin(r *http.Request) {
	x.note(nil)
	if r.Method == http.MethodPost {
		x.mu.Lock()
		defer x.mu.Unlock()
		x.posts++
	}
}

// asked says whether the provider was asked for anything.
func (x *exchange) asked() bool {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.posts > 0
}

func (x *exchange) note(said *refusal) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.refused, x.lacking, x.life = said, false, 0
}

// outcome is what became of the last request: why it failed, nil where it did
// not; and how long its token is good.
func (x *exchange) outcome() (said *refusal, life time.Duration) {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.refused, x.life
}

// explain makes our error of one that MSAL gave, of which nothing is kept.
func (x *exchange) explain(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return cancelled(err)
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	switch {
	case x.refused != nil:
		told := x.refused.err()
		if told.Cause == CauseSecret && !x.app.application() && !x.refused.known() {
			told.Cause = CausePublicFlow // a secret is missing that a person does not have
		}
		return told
	case x.lacking: // a good answer, which MSAL turns down for it
		return &Error{Kind: ErrRefused, Cause: CauseConsent}
	default:
		return &Error{Kind: ErrProvider, Cause: CauseNonsense}
	}
}

// networkCause sorts a request that got no answer.
func networkCause(err error) Cause {
	var (
		certificate *tls.CertificateVerificationError
		record      tls.RecordHeaderError
		authority   x509.UnknownAuthorityError
		host        x509.HostnameError
		invalid     x509.CertificateInvalidError
	)
	if errors.As(err, &certificate) || errors.As(err, &record) || errors.As(err, &authority) ||
		errors.As(err, &host) || errors.As(err, &invalid) || errors.Is(err, http.ErrSchemeMismatch) {
		return CauseTLS
	}
	return CauseNetwork
}

// text is a member that should be a text; anything else is none.
type text string

func (t *text) UnmarshalJSON(raw []byte) error {
	var s string
	if json.Unmarshal(raw, &s) == nil {
		*t = text(s)
	}
	return nil
}

// number is a member that should be a whole number, which some write as a text.
type number int64

// maxLife is longer than any access token is good; more is taken for this.
const maxLife = number(48 * time.Hour / time.Second)

func (n *number) UnmarshalJSON(raw []byte) error {
	var seconds float64
	if json.Unmarshal([]byte(strings.Trim(string(raw), `"`)), &seconds) == nil && seconds > 0 {
		*n = number(min(seconds, float64(maxLife)))
	}
	return nil
}

// pace keeps the polls for a device code as far apart as the provider asks,
// counted from the answer on: from the question on, one that was late on its way
// would be too close to the next. MSAL polls at a pace of its own, which a strict
// provider would answer with slow_down until the code has expired.
type pace struct {
	mu       sync.Mutex
	interval time.Duration
	step     time.Duration // what slow_down adds, RFC 8628, section 3.5
	next     time.Time
}

const slowDownStep = 5 * time.Second

func (p *pace) set(interval time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.interval, p.next = min(interval, time.Minute), time.Now().Add(min(interval, time.Minute))
}

func (p *pace) slower() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.interval += p.step
}

// wait waits for the next poll's turn.
func (p *pace) wait(ctx context.Context) error {
	if p == nil {
		return nil
	}
	p.mu.Lock()
	pause := time.Until(p.next)
	p.mu.Unlock()
	return sleep(ctx, pause)
}

// answered begins the pause before the next poll.
func (p *pace) answered() {
	if p == nil {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.next = time.Now().Add(p.interval)
}

// sleep waits for d, or for the end of ctx.
func sleep(ctx context.Context, d time.Duration) error {
	if d <= 0 {
		return ctx.Err()
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
