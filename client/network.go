// How hosts are reached: names, certificates, proxies.

package client

import (
	"context"
	"crypto/x509"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"
)

// Network is how a client made by New reaches hosts. The zero value is the way of
// this computer: its names, its certificates, the proxies of the environment.
// Certificates are verified whatever stands here.
type Network struct {
	// Dial opens connections, to a proxy as well; nil: a dialer with time limits.
	Dial func(ctx context.Context, network, address string) (net.Conn, error)
	// Roots are the authorities that are trusted; nil: the system's.
	Roots *x509.CertPool
	// Proxy names the proxy of a request, which may be none; nil: the environment's,
	// and never one for this computer.
	Proxy func(*http.Request) (*url.URL, error)
}

// ProxyError says that a proxy between here and the service refused to let a
// request through. Nothing of the request has left.
type ProxyError struct {
	Host   string // of the proxy, with its port
	Status int    // 407: it wants to know who asks
}

// Error implements error.
func (e *ProxyError) Error() string {
	return strings.TrimSpace(fmt.Sprintf("the proxy %s answered %d %s", e.Host, e.Status, http.StatusText(e.Status)))
}

// refusedByProxy is for http.Transport, whose own error has the words of the
// proxy's answer and nothing else.
func refusedByProxy(_ context.Context, proxy *url.URL, _ *http.Request, answer *http.Response) error {
	if answer.StatusCode == http.StatusOK {
		return nil
	}
	return &ProxyError{Host: proxy.Host, Status: answer.StatusCode}
}
