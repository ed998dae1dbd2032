package cli_test

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"go.uber.org/goleak"

	"github.com/activitydesk/activitydesk/ui/cli"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// running is a sandbox that was started from the command line.
type running struct {
	lines  *bufio.Scanner
	stderr *bytes.Buffer
	stop   context.CancelFunc
	status chan int
}

func run(t *testing.T, args ...string) *running {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	read, write := io.Pipe()
	r := &running{lines: bufio.NewScanner(read), stderr: &bytes.Buffer{}, stop: stop, status: make(chan int, 1)}
	go func() {
		r.status <- cli.Sandbox(ctx, append([]string{"--listen", "127.0.0.1:0"}, args...), write, r.stderr)
		_ = write.Close()
	}()
	t.Cleanup(func() {
		stop()
		_ = read.Close()
	})
	return r
}

// line is the next line that was printed.
func (r *running) line(t *testing.T) string {
	t.Helper()
	if !r.lines.Scan() {
		t.Fatalf("nothing more is printed, it ended with %d: %s", <-r.status, r.stderr)
	}
	return r.lines.Text()
}

func status(t *testing.T, url, token, key string) int {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+token)
	req.Header.Set("Ocp-Apim-Subscription-Key", key)
	transport := &http.Transport{DisableKeepAlives: true}
	resp, err := transport.RoundTrip(req)
	if err != nil {
		t.Fatal(err)
	}
	if err := resp.Body.Close(); err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode
}

func TestTheSandboxPrintsWhereItIsAndEndsWhenTold(t *testing.T) {
	for name, c := range map[string]struct {
		args             []string
		path, key, token string
	}{
		"as it is":     {nil, "/v1", "sandbox-key", "sandbox-token"},
		"told":         {[]string{"--key", "k", "--token", "t", "--style", "awkward", "--rate", "off"}, "/v1", "k", "t"},
		"the old root": {[]string{"--style=2020", "--latency=1ms", "--visible-after", "2s", "--rate=5"}, "/api", "sandbox-key", "sandbox-token"},
	} {
		t.Run(name, func(t *testing.T) {
			r := run(t, c.args...)
			root, found := strings.CutPrefix(r.line(t), "root: http://127.0.0.1:")
			if !found || !strings.HasSuffix(root, c.path) {
				t.Fatalf("the root is %q", root)
			}
			if got := r.line(t); got != "key: "+c.key {
				t.Errorf("printed %q", got)
			}
			if got := r.line(t); got != "token: "+c.token {
				t.Errorf("printed %q", got)
			}
			if got := status(t, "http://127.0.0.1:"+root+"/instances", c.token, c.key); got != http.StatusOK {
				t.Errorf("answered %d", got)
			}
			r.stop()
			if got := <-r.status; got != 0 {
				t.Errorf("ended with %d: %s", got, r.stderr)
			}
		})
	}
}

func TestTheSandboxTellsHowItReadFiles(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "People.csv"), []byte("PersonId,EMail\nP1,a@example.com\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	r := run(t, "--data", dir)
	for range 3 {
		r.line(t)
	}
	if got := r.line(t); got != "data: People.csv: CSV_People, profile, key PersonId" {
		t.Errorf("printed %q", got)
	}
}

func TestFaultsAddUpOverFlags(t *testing.T) {
	r := run(t, "--fault", "instances:404:1", "--fault", "instances:503:after=1")
	root := strings.TrimPrefix(r.line(t), "root: ")
	for range 2 {
		r.line(t)
	}
	for _, want := range []int{http.StatusNotFound, http.StatusServiceUnavailable} {
		if got := status(t, root+"/instances", "sandbox-token", "sandbox-key"); got != want {
			t.Errorf("answered %d, want %d", got, want)
		}
	}
}

func TestWrongFlagsSayWhatIsRight(t *testing.T) {
	for _, c := range []struct{ args, want string }{
		{"--nope", "the flags are --data, --fault"},
		{"--style modern", "current, 2020 or awkward"},
		{"--rate 0", "a whole number from 1, or off"},
		{"--rate many", "a whole number from 1, or off"},
		{"--latency long", "200ms, 2s or 1m"},
		{"--visible-after -1s", "200ms, 2s or 1m"},
		{"--index-after soon", "200ms, 2s or 1m"},
		{"--merge CNTID_1001", "FROM=INTO"},
		{"--fault post", "write CALLS:WHAT"},
		{"--key=", "leave them out for the default"},
		{"start", "flags begin with --"},
		{"--listen 0.0.0.0:8089", "write 127.0.0.1"},
		{"--listen 8089", "write 127.0.0.1:8089"},
		{"--listen 127.0.0.1:99999", "a number up to 65535"},
		{"--listen", "flag needs an argument"},
	} {
		var stdout, stderr bytes.Buffer
		if got := cli.Sandbox(t.Context(), strings.Fields(c.args), &stdout, &stderr); got != 2 {
			t.Errorf("%s: ended with %d", c.args, got)
		}
		if !strings.Contains(stderr.String(), c.want) || stdout.Len() > 0 {
			t.Errorf("%s: said %q", c.args, stderr.String())
		}
	}
}

func TestHelpExplainsFlagsAndFaults(t *testing.T) {
	var stdout, stderr bytes.Buffer
	if got := cli.Sandbox(t.Context(), []string{"--help"}, &stdout, &stderr); got != 0 || stderr.Len() > 0 {
		t.Errorf("ended with %d: %s", got, stderr.String())
	}
	for _, want := range []string{"--listen", "--data", "--style", "--rate", "--visible-after", "--index-after", "--unseen", "--merge", "drop-after-store", "error-form:"} {
		if !strings.Contains(stdout.String(), want) {
			t.Errorf("the help does not name %s", want)
		}
	}
}

func TestWhatCannotRunEndsWithOne(t *testing.T) {
	var config net.ListenConfig
	taken, err := config.Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = taken.Close() }()
	for _, args := range [][]string{
		{"--listen", "127.0.0.1:0", "--merge", "CNTID_1001=NOBODY"},
		{"--listen", "127.0.0.1:0", "--data", filepath.Join(t.TempDir(), "none")},
		{"--listen", taken.Addr().String()},
	} {
		var stdout, stderr bytes.Buffer
		if got := cli.Sandbox(t.Context(), args, &stdout, &stderr); got != 1 || strings.Count(stderr.String(), "\n") != 1 {
			t.Errorf("%v: ended with %d: %s", args, got, stderr.String())
		}
	}
}

// broken is a terminal that went away.
type broken struct{}

func (broken) Write([]byte) (int, error) { return 0, errors.New("gone") }

func TestASandboxThatNobodyCanFindEnds(t *testing.T) {
	if got := cli.Sandbox(t.Context(), []string{"--listen", "127.0.0.1:0"}, broken{}, io.Discard); got != 1 {
		t.Errorf("ended with %d", got)
	}
}
