// The address on this computer to which the browser brings the answer.

package auth

import (
	"context"
	"crypto/subtle"
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"github.com/activitydesk/activitydesk/client/panics"
)

// loopback waits on http://localhost for one answer with the right state. What
// else comes along is told off and changes nothing: any web page can send a
// request there.
type loopback struct {
	port    int
	state   string
	server  *http.Server
	serving sync.WaitGroup

	telling atomic.Int32  // pages that are on their way to the browser
	answers chan answered // holds the first answer
	over    chan struct{} // closed when the page can say how it ended
	once    sync.Once
	worked  bool // set before over is closed
}

// answered is what the browser brought.
type answered struct {
	code    string
	refused refusal // where there is no code
}

const (
	maxForm     = 64 << 10               // bytes of the browser's form
	pageLimit   = 40 * time.Second       // that the browser waits for the page
	closeLimit  = 500 * time.Millisecond // for a connection on which nothing is told
	tellLimit   = 10 * time.Second       // for one on which the page goes out: this computer may be busy
	portsToTry  = 5
	headerLimit = 10 * time.Second
)

// listenLoopback begins to wait. The port is free on both addresses that
// localhost can mean, where the computer has both.
func listenLoopback(state string) (*loopback, error) {
	listeners, err := listenLocalhost()
	if err != nil {
		return nil, err
	}
	l := &loopback{
		port: listeners[0].Addr().(*net.TCPAddr).Port, state: state,
		answers: make(chan answered, 1), over: make(chan struct{}),
	}
	l.server = &http.Server{
		Handler: http.HandlerFunc(l.serve), ReadHeaderTimeout: headerLimit, ReadTimeout: headerLimit, MaxHeaderBytes: maxForm,
		ErrorLog: log.New(io.Discard, "", 0), // what strangers send is no news
	}
	for _, listener := range listeners {
		l.serving.Go(func() {
			defer panics.Guard("waiting for the browser")
			_ = l.server.Serve(listener) // ends by close
		})
	}
	return l, nil
}

func listenLocalhost() ([]net.Listener, error) {
	var failed error
	for range portsToTry {
		four, err := net.Listen("tcp4", "127.0.0.1:0")
		if err != nil {
			return listenSix()
		}
		six, err := net.Listen("tcp6", net.JoinHostPort("::1", strconv.Itoa(four.Addr().(*net.TCPAddr).Port)))
		if err == nil {
			return []net.Listener{four, six}, nil
		}
		if !inUse(err) {
			return []net.Listener{four}, nil // there is no such address here
		}
		failed = errors.Join(err, four.Close())
	}
	return nil, failed
}

func listenSix() ([]net.Listener, error) {
	six, err := net.Listen("tcp6", "[::1]:0")
	if err != nil {
		return nil, err
	}
	return []net.Listener{six}, nil
}

// redirect is the address for the provider.
func (l *loopback) redirect() string { return "http://localhost:" + strconv.Itoa(l.port) }

// wait gives the answer.
func (l *loopback) wait(ctx context.Context) (answered, error) {
	select {
	case a := <-l.answers:
		return a, nil
	case <-ctx.Done():
		return answered{}, ctx.Err()
	}
}

// end has the browser's page say how it ended, and stops waiting.
func (l *loopback) end(ctx context.Context, worked bool) {
	l.once.Do(func() {
		l.worked = worked
		close(l.over)
	})
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), tellLimit)
	defer cancel()
	for l.shutDown(ctx) != nil {
		if l.telling.Load() == 0 || ctx.Err() != nil {
			_ = l.server.Close() // a browser that keeps a connection open is not waited for
			break
		}
	}
	l.serving.Wait()
}

func (l *loopback) shutDown(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, closeLimit)
	defer cancel()
	return l.server.Shutdown(ctx)
}

func (l *loopback) serve(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Connection", "close")
	if r.URL.Path != "/" {
		writePage(w, http.StatusNotFound, pageNothing)
		return
	}
	if r.Method != http.MethodPost {
		writePage(w, http.StatusMethodNotAllowed, pageNothing)
		return
	}
	r.Body = http.MaxBytesReader(w, r.Body, maxForm)
	if err := r.ParseForm(); err != nil || subtle.ConstantTimeCompare([]byte(r.PostFormValue("state")), []byte(l.state)) != 1 {
		writePage(w, http.StatusBadRequest, pageNothing)
		return
	}
	a := answered{code: r.PostFormValue("code")}
	if name := r.PostFormValue("error"); name != "" || a.code == "" {
		a = answered{}
		a.refused.name(name, r.PostFormValue("error_description"))
	}
	l.telling.Add(1)
	defer l.telling.Add(-1)
	select {
	case l.answers <- a:
	default: // there was one already
	}
	l.tell(w, r)
	_ = http.NewResponseController(w).Flush() // before it counts as told
}

// tell waits for the end of the sign-in, so that the page says the truth.
func (l *loopback) tell(w http.ResponseWriter, r *http.Request) {
	timer := time.NewTimer(pageLimit)
	defer timer.Stop()
	select {
	case <-l.over:
	case <-timer.C:
	case <-r.Context().Done():
		return
	}
	select {
	case <-l.over:
		if l.worked {
			writePage(w, http.StatusOK, pageSignedIn)
			return
		}
		writePage(w, http.StatusOK, pageNotSignedIn)
	default:
		writePage(w, http.StatusOK, pageWaiting)
	}
}
