// A sandbox that listens on this computer.

package sandbox

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"strings"
	"sync"
	"time"

	"github.com/activitydesk/activitydesk/client/panics"
)

// Why an address is refused before anything listens on it.
var (
	// ErrNotLoopback is returned for an address that other computers could reach.
	ErrNotLoopback = errors.New("the address is not one of this computer alone")
	// ErrNoAddress is returned for a text that is no host and port.
	ErrNoAddress = errors.New("not an address")
)

// stopTime is how long answers may still take when the server is told to stop.
const stopTime = 2 * time.Second

// Server is a running sandbox.
type Server struct {
	service  *Service
	listener net.Listener
	http     *http.Server
	stop     context.CancelFunc

	done chan struct{} // closed when nothing runs any more
	once sync.Once
	err  error
}

// Start listens on an address such as 127.0.0.1:8089, or 127.0.0.1:0 for any
// free port, and serves until the context ends or Close is called. An address
// that is not a loopback one is refused with ErrNotLoopback, one that is none
// with ErrNoAddress.
func Start(ctx context.Context, listen string, options Options) (*Server, error) {
	if err := checkLoopback(ctx, listen); err != nil {
		return nil, err
	}
	service, err := New(options)
	if err != nil {
		return nil, err
	}
	var config net.ListenConfig
	listener, err := config.Listen(ctx, "tcp", listen)
	if err != nil {
		return nil, fmt.Errorf("listen on %s: %w", listen, reason(err))
	}
	ctx, stop := context.WithCancel(ctx)
	s := &Server{service: service, listener: listener, stop: stop, done: make(chan struct{})}
	s.http = &http.Server{
		Handler:           service,
		ReadHeaderTimeout: 10 * time.Second,
		ReadTimeout:       time.Minute,
		WriteTimeout:      5 * time.Minute, // faults may be slow
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    64 << 10,
		ErrorLog:          slog.NewLogLogger(service.options.Logger.Handler(), slog.LevelDebug),
		BaseContext:       func(net.Listener) context.Context { return ctx },
	}
	go func() {
		defer panics.Guard("the sandbox")
		s.run(ctx)
	}()
	return s, nil
}

// run serves until the context ends, or until serving fails.
func (s *Server) run(ctx context.Context) {
	defer close(s.done)
	served := make(chan error, 1)
	go func() {
		defer panics.Guard("serving the sandbox")
		served <- s.http.Serve(s.listener)
	}()
	select {
	case err := <-served:
		s.err = fmt.Errorf("serve %s: %w", s.Addr(), err)
		s.stop()
	case <-ctx.Done():
		s.shutDown(ctx)
		if err := <-served; !errors.Is(err, http.ErrServerClosed) {
			s.err = fmt.Errorf("serve %s: %w", s.Addr(), err)
		}
	}
}

// shutDown stops in order: answers that are on their way may still be given.
func (s *Server) shutDown(ended context.Context) {
	grace, cancel := context.WithTimeout(context.WithoutCancel(ended), stopTime)
	defer cancel()
	if err := s.http.Shutdown(grace); err != nil {
		_ = s.http.Close() // whoever was not done in time is hung up on
	}
}

// Service is the service that answers.
func (s *Server) Service() *Service { return s.service }

// Addr is the address that is listened on.
func (s *Server) Addr() string { return s.listener.Addr().String() }

// Root is the service root of the style that was asked for.
func (s *Server) Root() string { return "http://" + s.Addr() + s.service.RootPath() }

// Key is the subscription key that is asked for under the current root.
func (s *Server) Key() string { return s.service.options.Key }

// Token is the access token that is asked for.
func (s *Server) Token() string { return s.service.options.Token }

// Close stops the server and waits until it has. It can be called often.
func (s *Server) Close() error {
	s.once.Do(s.stop)
	<-s.done
	return s.err
}

// Wait returns when the server has stopped: after the end of its context,
// Close, or an error of its own, which is returned.
func (s *Server) Wait() error {
	<-s.done
	return s.err
}

// reason is what kept a listener from listening, without the address that net
// says once more.
func reason(err error) error {
	var op *net.OpError
	var call *os.SyscallError
	if !errors.As(err, &op) || !errors.As(op.Err, &call) {
		return err
	}
	return call.Err
}

// checkLoopback refuses an address that does not belong to this computer alone.
func checkLoopback(ctx context.Context, listen string) error {
	host, port, err := net.SplitHostPort(listen)
	if err != nil {
		return fmt.Errorf("%q is %w: write 127.0.0.1:8089", listen, ErrNoAddress)
	}
	if _, err := net.DefaultResolver.LookupPort(ctx, "tcp", port); err != nil {
		return fmt.Errorf("%q is %w: a port is a number up to 65535", listen, ErrNoAddress)
	}
	ips := []net.IP{net.ParseIP(host)}
	if ips[0] == nil {
		if !strings.EqualFold(host, "localhost") {
			return fmt.Errorf("%w: %q: write 127.0.0.1, ::1 or localhost", ErrNotLoopback, listen)
		}
		if ips, err = net.DefaultResolver.LookupIP(ctx, "ip", host); err != nil {
			return fmt.Errorf("look up %s: %w", host, err)
		}
	}
	for _, ip := range ips {
		if !ip.IsLoopback() {
			return fmt.Errorf("%w: %q: write 127.0.0.1, ::1 or localhost", ErrNotLoopback, listen)
		}
	}
	return nil
}
