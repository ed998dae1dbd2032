// The service of the soak tests: a sandbox in a process of its own, so that what
// it stores and has open is not the desk's.

package ui

import (
	"bufio"
	"context"
	"io"
	"net/url"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/activitydesk/activitydesk/client/vault"
	"github.com/activitydesk/activitydesk/ui/cli"
	"github.com/activitydesk/activitydesk/ui/settings"
)

// serviceVariable has flags of a sandbox: this process is to be one.
const serviceVariable = "ACTIVITYDESK_TEST_SERVICE"

// serveForSoak is the main function of the service's process. It ends with its
// standard input, however the test ends.
func serveForSoak() int {
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	go func() {
		defer stop()
		_, _ = io.Copy(io.Discard, os.Stdin)
	}()
	return cli.Sandbox(ctx, strings.Fields(os.Getenv(serviceVariable)), os.Stdout, os.Stderr)
}

// service is a sandbox in a process of its own.
type service struct{ root, key, token string }

// startService starts one. It ends with the test.
func startService(t testing.TB, flags string) service {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), serviceVariable+"=--listen 127.0.0.1:0 --rate off "+flags)
	cmd.Stderr = os.Stderr
	life, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = life.Close()
		if err := cmd.Wait(); err != nil {
			t.Errorf("the service ended with %v", err)
		}
	})
	said := map[string]string{}
	for lines := bufio.NewScanner(stdout); len(said) < 3 && lines.Scan(); {
		if name, value, ok := strings.Cut(lines.Text(), ": "); ok {
			said[name] = value
		}
	}
	if len(said) < 3 {
		t.Fatalf("the service said only %v", said)
	}
	return service{root: said["root"], key: said["key"], token: said["token"]}
}

// connect adds a connection to the service, with a budget that is never used up.
func (w *working) connect(to service, id, name string) {
	w.t.Helper()
	address, err := url.Parse(to.root)
	if err != nil {
		w.t.Fatal(err)
	}
	for kind, value := range map[vault.Kind]string{vault.KindToken: to.token, vault.KindSubscriptionKey: to.key} {
		if err := w.options.Keyring.Set(w.t.Context(), vault.Ref{Connection: id, Host: address.Host, Kind: kind}, value); err != nil {
			w.t.Fatal(err)
		}
	}
	w.add(settings.Connection{ID: id, Name: name, Root: to.root, Auth: settings.AuthToken, RatePerMinute: 1_000_000})
}
