// Package idptest is an identity provider for tests, over TLS on this computer.
// It speaks as Microsoft's does (OpenID configuration, authorization code with
// PKCE by form_post, device code, refresh token, client secret), is strict about
// what it is sent, and fails on demand.
//
// This file is the provider and what a test can ask of it.
package idptest

import (
	"encoding/pem"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"sync"
	"time"
)

// What a provider knows where the options say nothing else.
const (
	TenantID      = "5c1d9c2e-7a0b-4b57-9a4e-2f5d3c6b8a10"
	TenantDomain  = "contoso.example"
	PublicApp     = "11111111-2222-4333-8444-555555555555"
	SecretApp     = "aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee"
	ClientSecret  = "idp~Client.Secret-0123456789abcdef" // of SecretApp
	Scope         = "https://api.ci.ai.microsoft.com/.default"
	RedirectURI   = "http://localhost" // any port of it
	UserName      = "ana@contoso.example"
	UserFullName  = "Ana Kovacs"
	otherUserName = "ben@contoso.example"
)

// User is somebody who can sign in.
type User struct {
	Name     string // such as ana@contoso.example
	FullName string
	ID       string // object id
	Tenant   string // home tenant's id; "": the provider's
}

// Users that a provider knows without being told.
var (
	Ana = User{Name: UserName, FullName: UserFullName, ID: "0a0a0a0a-1b1b-4c2c-8d3d-4e4e4e4e4e4e"}
	Ben = User{Name: otherUserName, FullName: "Ben Okafor", ID: "9f9f9f9f-8e8e-4d7d-8c6c-5b5b5b5b5b5b"}
)

// Options of a provider; the zero value is ready for use.
type Options struct {
	Token          func(Grant) string // makes an access token; nil: one that looks like Microsoft's
	Lifetime       time.Duration      // of access tokens, whole seconds; 0: an hour
	CodeLifetime   time.Duration      // of device codes; 0: 15 minutes
	Interval       int                // seconds between polls for a device code; 0: as fast as one likes
	OneTimeRefresh bool               // a refresh token that was used once ends the sign-in when used again
	Pad            int                // bytes that refresh tokens are longer by
	Scope          string             // the only one that is known; "": Scope
	Now            func() time.Time   // nil: time.Now
}

// Grant is what an access token is issued for.
type Grant struct {
	Number   int    // counts the access tokens, from 1
	Type     string // the grant_type
	ClientID string
	Tenant   string // id
	User     User   // zero for an application
	Expires  time.Time
}

// Request is one request that came.
type Request struct {
	Endpoint Endpoint
	Grant    string // grant_type, at Token
	ClientID string
	Status   int
	Code     string // the OAuth error that it was answered with
}

// Provider is a running identity provider. It is safe for concurrent use.
type Provider struct {
	o      Options
	server *httptest.Server

	mu        sync.Mutex
	decision  Decision
	access    map[string]Grant
	gone      map[string]bool // access tokens that were revoked
	codes     map[string]*authorization
	devices   map[string]*device // by device code
	refreshes map[string]*session
	used      map[string]*session // refresh tokens that were replaced
	faults    []*Fault
	requests  []Request
	held      chan struct{} // closed by Close: ends what waits
}

// Start starts a provider on a free port of 127.0.0.1. Close ends it.
func Start(o Options) *Provider {
	if o.Lifetime == 0 {
		o.Lifetime = time.Hour
	}
	if o.CodeLifetime == 0 {
		o.CodeLifetime = 15 * time.Minute
	}
	if o.Scope == "" {
		o.Scope = Scope
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	p := &Provider{
		o: o, decision: Decision{User: Ana},
		access: map[string]Grant{}, gone: map[string]bool{}, codes: map[string]*authorization{}, devices: map[string]*device{},
		refreshes: map[string]*session{}, used: map[string]*session{}, held: make(chan struct{}),
	}
	p.server = httptest.NewUnstartedServer(http.HandlerFunc(p.serve))
	p.server.Config.ErrorLog = discard()
	p.server.StartTLS()
	return p
}

// Close ends the provider and its connections.
func (p *Provider) Close() {
	close(p.held)
	p.server.CloseClientConnections()
	p.server.Close()
}

// URL is the authority: https, 127.0.0.1 and a port.
func (p *Provider) URL() string { return p.server.URL }

// Host is the authority's host and port.
func (p *Provider) Host() string { return strings.TrimPrefix(p.server.URL, "https://") }

// Client trusts the provider's certificate. Its connections end with Close.
func (p *Provider) Client() *http.Client { return p.server.Client() }

// CertPEM is the certificate that a client has to trust.
func (p *Provider) CertPEM() []byte {
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: p.server.Certificate().Raw})
}

// WriteCert writes CertPEM to a file, for SSL_CERT_FILE of another process.
func (p *Provider) WriteCert(path string) error { return os.WriteFile(path, p.CertPEM(), 0o600) }

// Good says whether an access token is one of this provider's and is good now,
// as a service would.
func (p *Provider) Good(token string) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	grant, issued := p.access[token]
	return issued && !p.gone[token] && p.o.Now().Before(grant.Expires)
}

// Grant tells what an access token was issued for.
func (p *Provider) Grant(token string) (Grant, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	grant, issued := p.access[token]
	return grant, issued
}

// Issued is how many access tokens were issued.
func (p *Provider) Issued() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return len(p.access)
}

// RevokeAccess ends all access tokens that were issued; refresh tokens stay good.
func (p *Provider) RevokeAccess() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for token := range p.access {
		p.gone[token] = true
	}
}

// RevokeRefresh ends all refresh tokens, as a changed password does.
func (p *Provider) RevokeRefresh() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, s := range p.refreshes {
		s.revoked = true
	}
}

// Secrets are all tokens and codes that the provider has given out, for tests
// that look for them where they must not be.
func (p *Provider) Secrets() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	found := []string{ClientSecret}
	for token := range p.access {
		found = append(found, token)
	}
	for token := range p.refreshes {
		found = append(found, token)
	}
	for token := range p.used {
		found = append(found, token)
	}
	for code := range p.devices {
		found = append(found, code)
	}
	for code := range p.codes {
		found = append(found, code)
	}
	return found
}

// Requests are the requests so far, in the order of their answers.
func (p *Provider) Requests() []Request {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.requests)
}

// Count is how many requests came to an endpoint; with a grant, those of that
// grant_type.
func (p *Provider) Count(e Endpoint, grant string) int {
	n := 0
	for _, r := range p.Requests() {
		if r.Endpoint == e && (grant == "" || r.Grant == grant) {
			n++
		}
	}
	return n
}

// SetLifetime changes how long access tokens are good that are issued from now.
func (p *Provider) SetLifetime(d time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.o.Lifetime = d
}

// Decision is what the person at the provider's page does.
type Decision struct {
	User  User
	Error string // such as "access_denied": the person, or the provider, says no
	Code  int    // Microsoft's, such as 65004; 0: none
}

// Decide sets what the person does at the next pages.
func (p *Provider) Decide(d Decision) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.decision = d
}

func (p *Provider) knows(tenant string) bool {
	switch strings.ToLower(tenant) {
	case TenantID, TenantDomain, "organizations":
		return true
	}
	return false
}

// local says whether a request came from this computer, which all do.
func local(r *http.Request) bool {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	return err == nil && net.ParseIP(host).IsLoopback()
}

// describe is a description as Microsoft writes it: with account, ids and time,
// none of which a desk may show.
func describe(code int, text string) string {
	return fmt.Sprintf("AADSTS%d: %s Trace ID: 7c3a9d52-trace-idptest Correlation ID: 5b1e-correlation-idptest Timestamp: 2026-11-23 12:00:00Z", code, text)
}
