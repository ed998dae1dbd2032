package access

import (
	"errors"
	"log/slog"
	"testing"

	"github.com/activitydesk/activitydesk/ui/settings"
)

func TestAConnectionThatIsOpenedAgainKeepsItsBudget(t *testing.T) {
	d := &Dialer{}
	contoso := settings.Connection{ID: "c1", Root: "https://api.example.org/v1", RatePerMinute: 3}
	first := d.pacer(contoso)
	if err := first.Wait(t.Context()); err != nil {
		t.Fatal(err)
	}
	contoso.RatePerMinute = 50
	if used, limit := d.pacer(contoso).Usage(); used != 1 || limit != 50 {
		t.Errorf("opened again it has used %d of %d, want 1 of 50", used, limit)
	}
	elsewhere := contoso
	elsewhere.Root = "https://other.example.org/v1"
	if d.pacer(elsewhere) == first {
		t.Error("another address shares the budget")
	}
}

func TestALinkIsMadeByTheConnectionsWayOfSigningIn(t *testing.T) {
	c, _ := keeping(t)
	token := contoso(settings.AuthToken)
	if err := c.Keep(t.Context(), token, Secrets{Token: "a-token-that-was-typed"}); err != nil {
		t.Fatal(err)
	}
	d := &Dialer{
		Credentials: c, UserAgent: "test", Logger: slog.New(slog.DiscardHandler), Redact: c.Redact,
		Sandbox: func() (root, key, token string, err error) { return "http://127.0.0.1:9/v1", "k", "t", nil },
		Told:    func(string, error) {},
	}
	for name, one := range map[string]struct {
		of   settings.Connection
		host string
	}{
		"a token":     {token, "api.example.org"},
		"the sandbox": {settings.Connection{ID: "sandbox", Auth: settings.AuthSandbox}, "127.0.0.1"},
	} {
		link, err := d.Dial(one.of)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if _, _, signsIn := link.SignedIn(); signsIn || link.Host() != one.host {
			t.Errorf("%s leads to %s, somebody signs in: %v", name, link.Host(), signsIn)
		}
		link.Close()
	}
	unknown := token
	unknown.Auth = "by pigeon"
	if _, err := d.Dial(unknown); err == nil {
		t.Error("a way of signing in that nobody knows makes a link")
	}
	d.Sandbox = func() (root, key, token string, err error) {
		return "", "", "", &SandboxError{Err: errors.New("no folder")}
	}
	var inside *SandboxError
	if _, err := d.Dial(settings.Connection{Auth: settings.AuthSandbox}); !errors.As(err, &inside) {
		t.Errorf("got %v, want that the sandbox is not there", err)
	}
}

func TestWhoeverAsksForATokenTellsOnceThatAPersonIsNeeded(t *testing.T) {
	c, _ := keeping(t)
	connection := contoso(settings.AuthToken)
	source, _ := c.For(connection)
	var told []error
	w := &watched{Source: source, told: func(err error) { told = append(told, err) }}
	for range 2 {
		if _, err := w.AccessToken(t.Context()); !NeedsPerson(err) {
			t.Fatalf("got %v", err)
		}
	}
	if err := c.Keep(t.Context(), connection, Secrets{Token: "a-token-that-was-typed"}); err != nil {
		t.Fatal(err)
	}
	w.InvalidateToken("an older one")
	if token, err := w.AccessToken(t.Context()); err != nil || token != "a-token-that-was-typed" {
		t.Fatalf("got %q, %v", token, err)
	}
	if len(told) != 2 || !NeedsPerson(told[0]) || told[1] != nil {
		t.Errorf("told %v, want that a person is needed, and then that none is", told)
	}
}
