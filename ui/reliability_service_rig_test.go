package ui

import (
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"io"
	"log"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/activitydesk/activitydesk/client"
	"github.com/activitydesk/activitydesk/client/sandbox"
	"github.com/activitydesk/activitydesk/ui/access"
)

// badHost is where the desk believes the service to be.
const badHost = "api.contoso.example"

// badService is a sandbox behind TLS that has bad days: each replaces what is
// answered, who answers, or the way there.
type badService struct {
	sandbox *sandbox.Service
	server  *httptest.Server
	plain   *httptest.Server // speaks no TLS
	roots   *x509.CertPool
	certs   map[certificate]*tls.Certificate
	clock   leapingClock
	pacer   *client.Pacer

	day    atomic.Pointer[badDay]
	asked  atomic.Int64 // requests that reached it
	active atomic.Int64 // requests that it is at

	mu    sync.Mutex
	conns []*sleepyConn      // that the desk opened
	waits map[*patience]bool // attempts of the desk's that are under way
	other map[string]bool    // tokens that are as good as the sandbox's own
	token string             // the sandbox's own
}

// leapingClock is a clock that nobody waits for: it goes on at once.
type leapingClock struct{ *testClock }

func (c leapingClock) sleep(ctx context.Context, d time.Duration) error {
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	c.pass(d)
	return nil
}

// certificate is what the service shows to prove who it is.
type certificate int

const (
	certGood certificate = iota
	certExpired
	certOther    // of another host
	certStranger // by an authority that nobody trusts
)

func newBadService(t testing.TB, token string) *badService {
	t.Helper()
	made, err := sandbox.New(sandbox.Options{Token: token, Key: goodKey})
	if err != nil {
		t.Fatal(err)
	}
	clock := leapingClock{newTestClock(time.Now())}
	s := &badService{
		sandbox: made, token: token, other: map[string]bool{}, clock: clock, certs: map[certificate]*tls.Certificate{}, roots: x509.NewCertPool(),
		pacer: client.NewPacer(1_000_000, time.Minute, client.PacerClock(clock.now, clock.sleep)),
	}
	s.certify(t)
	quiet := log.New(io.Discard, "", 0)
	s.server = httptest.NewUnstartedServer(s)
	s.server.Config.ErrorLog = quiet
	s.server.TLS = &tls.Config{GetCertificate: func(*tls.ClientHelloInfo) (*tls.Certificate, error) {
		kind := certGood
		if day := s.day.Load(); day != nil {
			kind = day.shows
		}
		return s.certs[kind], nil
	}}
	s.server.StartTLS()
	s.plain = httptest.NewUnstartedServer(s)
	s.plain.Config.ErrorLog = quiet
	s.plain.Start()
	t.Cleanup(func() {
		s.day.Store(nil)
		s.server.CloseClientConnections()
		s.server.Close()
		s.plain.Close()
	})
	return s
}

// certify makes the certificates, and trusts the authority of all but one.
func (s *badService) certify(t testing.TB) {
	t.Helper()
	now := time.Now()
	authority := func(name string) (*x509.Certificate, *ecdsa.PrivateKey) {
		a := &x509.Certificate{
			SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: name}, IsCA: true, BasicConstraintsValid: true,
			NotBefore: now.Add(-48 * time.Hour), NotAfter: now.Add(48 * time.Hour), KeyUsage: x509.KeyUsageCertSign,
		}
		_, parsed, key := sign(t, a, nil, nil)
		return parsed, key
	}
	known, knownKey := authority("Contoso")
	stranger, strangerKey := authority("Nobody")
	s.roots.AddCert(known)
	for kind, about := range map[certificate]struct {
		host  string
		until time.Time
		by    *x509.Certificate
		key   *ecdsa.PrivateKey
	}{
		certGood:     {badHost, now.Add(24 * time.Hour), known, knownKey},
		certExpired:  {badHost, now.Add(-24 * time.Hour), known, knownKey},
		certOther:    {"signin.example", now.Add(24 * time.Hour), known, knownKey},
		certStranger: {badHost, now.Add(24 * time.Hour), stranger, strangerKey},
	} {
		der, _, key := sign(t, &x509.Certificate{
			SerialNumber: big.NewInt(2), DNSNames: []string{about.host},
			NotBefore: now.Add(-36 * time.Hour), NotAfter: about.until,
		}, about.by, about.key)
		s.certs[kind] = &tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}
	}
}

// sign makes a certificate; by nil, it vouches for itself.
func sign(t testing.TB, c, by *x509.Certificate, byKey *ecdsa.PrivateKey) ([]byte, *x509.Certificate, *ecdsa.PrivateKey) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	if by == nil {
		by, byKey = c, key
	}
	der, err := x509.CreateCertificate(rand.Reader, c, by, &key.PublicKey, byKey)
	if err != nil {
		t.Fatal(err)
	}
	parsed, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	return der, parsed, key
}

// ServeHTTP answers as the day has it.
func (s *badService) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.asked.Add(1)
	s.active.Add(1)
	defer s.active.Add(-1)
	if s.takes(strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")) {
		r.Header.Set("Authorization", "Bearer "+s.token)
	}
	day := s.day.Load()
	if day == nil || day.answer == nil || day.only != nil && !day.only(r) {
		s.sandbox.ServeHTTP(w, r)
		return
	}
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return // the desk went away
	}
	r.Body = io.NopCloser(bytes.NewReader(body)) // the day may leave it to the sandbox
	day.answer(w, r)
}

// takes says whether a token is as good as the sandbox's own.
func (s *badService) takes(token string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.other[token]
}

// take has a token be as good as the sandbox's own.
func (s *badService) take(token string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.other[token] = true
	return token
}

// client makes the desk's clients: those of the service go by its clock, over
// the way of the day.
func (s *badService) client(c client.Config) (*client.Client, error) {
	if access.HostOf(c.Root) != badHost {
		return client.New(c)
	}
	c.Now, c.Sleep, c.Pacer, c.Limit = s.clock.now, s.clock.sleep, s.pacer, s.limit
	c.Network = client.Network{Dial: s.dial, Roots: s.roots, Proxy: s.proxy}
	return client.New(c)
}

func (s *badService) dial(ctx context.Context, network, address string) (net.Conn, error) {
	to := s.server.Listener.Addr().String()
	if day := s.day.Load(); day != nil {
		switch {
		case day.dial != nil:
			return day.dial(ctx, address)
		case day.plain:
			to = s.plain.Listener.Addr().String()
		}
	}
	conn, err := (&net.Dialer{}).DialContext(ctx, network, to)
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.conns = append(s.conns, &sleepyConn{Conn: conn})
	return s.conns[len(s.conns)-1], nil
}

func (s *badService) proxy(*http.Request) (*url.URL, error) {
	if day := s.day.Load(); day != nil && day.proxied {
		return url.Parse("http://proxy.contoso.example:3128")
	}
	return nil, nil
}

// begin begins a day. What is open of the one before is let go by the desk's
// clients first, so that each day opens its own connections.
func (s *badService) begin(day *badDay, clients ...*client.Client) {
	s.day.Store(day)
	for _, c := range clients {
		if c != nil {
			c.Close()
		}
	}
	s.asked.Store(0)
}

// patience is the time limit of an attempt, which ends when the test says.
type patience struct {
	context.Context
	over atomic.Bool
	end  context.CancelCauseFunc
	why  error
}

// Err implements context.Context.
func (p *patience) Err() error {
	if p.over.Load() {
		return context.DeadlineExceeded
	}
	return p.Context.Err()
}

// limit gives an attempt its time.
func (s *badService) limit(ctx context.Context, _ time.Duration, cause error) (context.Context, context.CancelFunc) {
	ctx, end := context.WithCancelCause(ctx)
	p := &patience{Context: ctx, end: end, why: cause}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.waits == nil {
		s.waits = map[*patience]bool{}
	}
	s.waits[p] = true
	return p, func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		delete(s.waits, p)
		end(nil)
	}
}

// outOfTime ends the time of every attempt that is under way.
func (s *badService) outOfTime() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for p := range s.waits {
		p.over.Store(true)
		p.end(p.why)
	}
}

// sleepOver has the computer sleep: what was open is dead, and nobody was told.
func (s *badService) sleepOver(d time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, conn := range s.conns {
		conn.dead.Store(true)
	}
	s.conns = nil
	s.clock.pass(d)
}

// sleepyConn is a connection that can be dead without having been closed: what
// is written to it is answered with a reset.
type sleepyConn struct {
	net.Conn
	dead atomic.Bool
}

// Write implements net.Conn.
func (c *sleepyConn) Write(p []byte) (int, error) {
	if c.dead.Load() {
		return 0, &net.OpError{Op: "write", Net: "tcp", Err: syscall.ECONNRESET}
	}
	return c.Conn.Write(p)
}
