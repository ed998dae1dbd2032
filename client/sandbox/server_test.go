package sandbox_test

import (
	"bufio"
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/activitydesk/activitydesk/client/sandbox"
)

func startServer(t *testing.T, ctx context.Context, o sandbox.Options) *sandbox.Server {
	t.Helper()
	server, err := sandbox.Start(ctx, "127.0.0.1:0", o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Close() })
	return server
}

func ask(t *testing.T, url, token string) (int, error) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+token)
	req.Header.Set("Ocp-Apim-Subscription-Key", sandbox.DefaultKey)
	transport := &http.Transport{DisableKeepAlives: true}
	resp, err := transport.RoundTrip(req)
	if err != nil {
		return 0, err
	}
	return resp.StatusCode, resp.Body.Close()
}

func TestAServerAnswersUntilItIsClosed(t *testing.T) {
	for style, path := range map[sandbox.Style]string{
		sandbox.StyleCurrent: "/v1", sandbox.Style2020: "/api", sandbox.StyleAwkward: "/v1",
	} {
		server := startServer(t, t.Context(), sandbox.Options{Style: style, Token: rand.Text()})
		if want := "http://" + server.Addr() + path; server.Root() != want {
			t.Errorf("the root is %s, want %s", server.Root(), want)
		}
		if status, err := ask(t, server.Root()+"/instances", server.Token()); err != nil || status != http.StatusOK {
			t.Errorf("answered %d, %v", status, err)
		}
		if err := errors.Join(server.Close(), server.Close(), server.Wait()); err != nil {
			t.Error(err)
		}
		// Another program may have the port by now; it does not know the token.
		if status, err := ask(t, server.Root()+"/instances", server.Token()); err == nil && status == http.StatusOK {
			t.Error("it answers after it was closed")
		}
	}
}

func TestAServerEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	asked := make(chan struct{}, 1) // gets a word whenever the time is asked for
	server := startServer(t, ctx, sandbox.Options{Latency: time.Hour, Now: func() time.Time {
		select {
		case asked <- struct{}{}:
		default:
		}
		return start
	}})
	<-asked // it was, for inventing data
	answered := make(chan error, 1)
	go func() {
		_, err := ask(t, server.Root()+"/instances", server.Token())
		answered <- err
	}()
	<-asked // the call, which will be kept for an hour, has come
	cancel()
	if err := server.Wait(); err != nil {
		t.Error(err)
	}
	if err := <-answered; err == nil {
		t.Error("the call that was under way was answered")
	}
}

func TestOtherComputersAreKeptOut(t *testing.T) {
	for _, listen := range []string{"0.0.0.0:0", ":0", "[::]:0", "192.168.1.5:80", "example.com:80"} {
		if _, err := sandbox.Start(t.Context(), listen, sandbox.Options{}); !errors.Is(err, sandbox.ErrNotLoopback) {
			t.Errorf("%s: %v", listen, err)
		}
	}
	for _, listen := range []string{"", "127.0.0.1", "8089", "127.0.0.1:99999", "127.0.0.1:no such port"} {
		if _, err := sandbox.Start(t.Context(), listen, sandbox.Options{}); !errors.Is(err, sandbox.ErrNoAddress) {
			t.Errorf("%q: %v", listen, err)
		}
	}
	for _, listen := range []string{"localhost:0", "Localhost:0"} {
		server, err := sandbox.Start(t.Context(), listen, sandbox.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if err := server.Close(); err != nil {
			t.Error(err)
		}
	}
}

// writeAll posts a long body as callers do that read no answer before they
// have written everything, and returns the answer's status.
func writeAll(t *testing.T, server *sandbox.Server, path, token string) int {
	t.Helper()
	var dialer net.Dialer
	conn, err := dialer.DialContext(t.Context(), "tcp", server.Addr())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	body := `{"x":"` + strings.Repeat("a", 16<<20) + `"}`
	_, err = fmt.Fprintf(conn, "POST /v1%s HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\nOcp-Apim-Subscription-Key: %s\r\n"+
		"Content-Type: application/json\r\nContent-Length: %d\r\n\r\n%s", path, token, server.Key(), len(body), body)
	if err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	answer, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	defer func() { _ = answer.Body.Close() }()
	return answer.StatusCode
}

func TestABodyThatNobodyWantsDoesNotBreakTheConnection(t *testing.T) {
	server, err := sandbox.Start(t.Context(), "127.0.0.1:0", sandbox.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = server.Close() }()
	for _, c := range []struct {
		path, token string
		want        int
	}{
		{data(purchases), server.Token(), http.StatusBadRequest},
		{data(purchases), "another", http.StatusUnauthorized},
		{data("none"), server.Token(), http.StatusNotFound},
		{"/none", server.Token(), http.StatusNotFound},
	} {
		if got := writeAll(t, server, c.path, c.token); got != c.want {
			t.Errorf("%s answers %d, want %d", c.path, got, c.want)
		}
	}
}

func TestAnAddressInUseIsAnError(t *testing.T) {
	var config net.ListenConfig
	taken, err := config.Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = taken.Close() }()
	_, err = sandbox.Start(t.Context(), taken.Addr().String(), sandbox.Options{})
	if err == nil {
		t.Fatal("two servers listen on one address")
	}
	if said := err.Error(); strings.Count(said, taken.Addr().String()) != 1 {
		t.Errorf("the address is not said once: %s", said)
	}
}

func TestTheLogHasNoSecretAndNoQuery(t *testing.T) {
	var out bytes.Buffer
	logger := slog.New(slog.NewTextHandler(&out, &slog.HandlerOptions{Level: slog.LevelDebug}))
	server := startServer(t, t.Context(), sandbox.Options{Logger: logger, Token: "very-secret"})
	path := server.Root() + "/instances/" + sandbox.InstanceCoffee + "/data/Customer?$filter=City%20eq%20%27Lyon%27"
	if status, err := ask(t, path, "very-secret"); err != nil || status != http.StatusOK {
		t.Fatalf("answered %d, %v", status, err)
	}
	if err := server.Close(); err != nil {
		t.Fatal(err)
	}
	log := out.String()
	if !strings.Contains(log, "op=query") || !strings.Contains(log, "status=200") {
		t.Errorf("the call is not logged: %s", log)
	}
	for _, word := range []string{"very-secret", sandbox.DefaultKey, "Lyon"} {
		if strings.Contains(log, word) {
			t.Errorf("%q is in the log", word)
		}
	}
}

func TestAFolderThatIsNoneIsAnError(t *testing.T) {
	if _, err := sandbox.New(sandbox.Options{Data: t.TempDir()}); err == nil || !strings.Contains(err.Error(), "no CSV file") {
		t.Error(err)
	}
}

func TestStylesHaveNames(t *testing.T) {
	for _, style := range styles {
		if got, err := sandbox.ParseStyle(style.String()); err != nil || got != style {
			t.Errorf("%s is read as %v, %v", style, got, err)
		}
	}
	if _, err := sandbox.ParseStyle("modern"); err == nil || !strings.Contains(err.Error(), "current, 2020 or awkward") {
		t.Error(err)
	}
}
