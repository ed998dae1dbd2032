// The client's own HTTP transport: TLS verified, HTTP/1.1, proxies of the
// environment, connections that know whether anything was written.

package client

import (
	"context"
	"crypto/tls"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"sync/atomic"
	"time"

	"github.com/activitydesk/activitydesk/client/panics"
)

// Time limits of opening a connection; an unreachable service is to be said
// long before a request's own limit.
const (
	dialTimeout      = 15 * time.Second
	handshakeTimeout = 15 * time.Second
	idleTimeout      = 60 * time.Second
	maxHeaderBytes   = 256 << 10
)

// newTransport gives a transport that trusts the system's certificates, or
// config's. It speaks HTTP/1.1 only: there a connection that died before a
// write began can be told from one that died after, which decides whether an
// activity is uncertain. net/http understands gzip by itself.
func newTransport(config *tls.Config) *http.Transport { return Network{}.transport(config) }

// transport is newTransport for a network; config's authorities are those of the
// network where it names some.
func (by Network) transport(config *tls.Config) *http.Transport {
	if config == nil {
		config = &tls.Config{}
	}
	config = config.Clone()
	if by.Roots != nil {
		config.RootCAs = by.Roots
	}
	config.MinVersion = max(config.MinVersion, tls.VersionTLS12)
	config.InsecureSkipVerify = false
	config.NextProtos = []string{"http/1.1"}
	dial := (&net.Dialer{Timeout: dialTimeout, KeepAlive: 30 * time.Second}).DialContext
	if by.Dial != nil {
		dial = by.Dial
	}
	proxy := by.Proxy
	if proxy == nil {
		proxy = proxyFor
	}
	protocols := new(http.Protocols)
	protocols.SetHTTP1(true)
	return &http.Transport{
		Proxy: proxy,
		DialContext: func(ctx context.Context, network, address string) (net.Conn, error) {
			defer panics.Guard("connecting") // on a goroutine of net/http's, as all below
			return counted(dial(ctx, network, address))
		},
		DialTLSContext: func(ctx context.Context, network, address string) (net.Conn, error) {
			defer panics.Guard("connecting")
			ctx, cancel := context.WithTimeout(ctx, dialTimeout+handshakeTimeout)
			defer cancel()
			return counted(dialTLS(ctx, dial, config, network, address))
		},
		OnProxyConnectResponse: refusedByProxy,
		TLSClientConfig:        config, // behind a proxy
		TLSHandshakeTimeout:    handshakeTimeout,
		Protocols:              protocols,
		MaxIdleConnsPerHost:    8,
		IdleConnTimeout:        idleTimeout,
		MaxResponseHeaderBytes: maxHeaderBytes,
	}
}

// dialTLS opens a connection and proves who is at its other end, as tls.Dialer
// does, which takes no other way to dial.
func dialTLS(ctx context.Context, dial dialFunc, config *tls.Config, network, address string) (net.Conn, error) {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return nil, fmt.Errorf("address of the service: %w", err)
	}
	raw, err := dial(ctx, network, address)
	if err != nil {
		return nil, err
	}
	if config.ServerName == "" {
		config = config.Clone()
		config.ServerName = host
	}
	conn := tls.Client(raw, config)
	if err := conn.HandshakeContext(ctx); err != nil {
		_ = raw.Close() // it is of no use: why is told by the handshake
		return nil, err
	}
	return conn, nil
}

type dialFunc func(ctx context.Context, network, address string) (net.Conn, error)

// proxyFor takes the environment's proxy, never for this computer.
func proxyFor(r *http.Request) (*url.URL, error) {
	if loopbackHost(r.URL.Hostname()) {
		return nil, nil
	}
	return http.ProxyFromEnvironment(r)
}

// stay makes the Location of a 3xx fit to be shown before http.Client looks at
// it: http.Client drops the whole answer when it cannot parse the header, and
// the query may hold a secret.
type stay struct{ next http.RoundTripper }

// RoundTrip implements http.RoundTripper.
func (s stay) RoundTrip(r *http.Request) (*http.Response, error) {
	resp, err := s.next.RoundTrip(r)
	if err != nil || resp.StatusCode < 300 || resp.StatusCode > 399 {
		return resp, err
	}
	if target := redirectTarget(r.URL, resp.Header.Get("Location")); target != "" {
		resp.Header.Set("Location", target)
	} else {
		resp.Header.Del("Location")
	}
	return resp, nil
}

// CloseIdleConnections is what http.Client looks for.
func (s stay) CloseIdleConnections() {
	if next, ok := s.next.(interface{ CloseIdleConnections() }); ok {
		next.CloseIdleConnections()
	}
}

// countingConn counts what was handed to the connection. Above TLS it counts
// requests' bytes alone, not the handshake's or the closing alert's.
type countingConn struct {
	net.Conn
	written atomic.Int64
}

func counted(conn net.Conn, err error) (net.Conn, error) {
	if err != nil {
		return nil, err
	}
	return &countingConn{Conn: conn}, nil
}

// Write counts before it writes: where both happen at once, the answer to
// "was anything written?" must be yes.
func (c *countingConn) Write(p []byte) (int, error) {
	defer panics.Guard("writing to a connection")
	c.written.Add(int64(len(p)))
	return c.Conn.Write(p)
}

// countingConnOf looks for the counter, also below a proxy's TLS, where the
// handshake comes before the request has its connection.
func countingConnOf(conn net.Conn) *countingConn {
	for conn != nil {
		switch c := conn.(type) {
		case *countingConn:
			return c
		case interface{ NetConn() net.Conn }:
			conn = c.NetConn()
		default:
			return nil
		}
	}
	return nil
}
