package vault

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/zalando/go-keyring"
)

func TestEachErrorOfTheKeyringHasItsKindAndARemedy(t *testing.T) {
	t.Cleanup(keyring.MockInit)
	for _, c := range []struct {
		err  error
		kind error
	}{
		{keyring.ErrNotFound, ErrNotFound},
		{keyring.ErrSetDataTooBig, ErrTooLarge},
		{keyring.ErrUnsupportedPlatform, ErrUnavailable},
		{errors.New("exit status 1"), ErrUnavailable},
	} {
		keyring.MockInitWithError(c.err)
		v := open(osKeyring{}, "", Options{})
		_, err := v.Get(ctx, token)
		var told *Error
		if !errors.As(err, &told) || !errors.Is(err, c.kind) || !errors.Is(err, c.err) {
			t.Errorf("%v: got %v", c.err, err)
			continue
		}
		if told.Remedy() == "" || !strings.HasPrefix(err.Error(), "read the access token of connection c1: ") {
			t.Errorf("%v: said %q, remedy %q", c.err, err, told.Remedy())
		}
	}
	for _, kind := range []error{ErrLocked, ErrTimeout, ErrDamaged} {
		if (&Error{Op: "x", Kind: kind}).Remedy() == "" {
			t.Errorf("%v has no remedy", kind)
		}
	}
	if got := (&Error{Op: "x", Kind: ErrLocked}).Error(); got != "x: the keyring is locked" {
		t.Errorf("got %q", got)
	}
	if (&Error{Kind: context.Canceled}).Remedy() != "" {
		t.Error("a remedy for a kind that is none")
	}
}

func TestAKeyringThatIsNotThereIsNotAsked(t *testing.T) {
	keyring.MockInit()
	v := open(osKeyring{ready: func() error { return errors.New("no bus") }}, "", Options{})
	_, err := v.Get(ctx, token)
	for op, err := range map[string]error{"get": err, "set": v.Set(ctx, token, "x"), "delete": v.Delete(ctx, token), "probe": v.Probe(ctx)} {
		if !errors.Is(err, ErrUnavailable) {
			t.Errorf("%s: got %v", op, err)
		}
	}
	if err := (osKeyring{ready: func() error { return errors.New("no bus") }}).Delete("x"); err == nil {
		t.Error("something was deleted")
	}
}

func TestKindsHaveNamesForPeople(t *testing.T) {
	for kind, want := range map[Kind]string{
		KindSubscriptionKey: "subscription key",
		KindToken:           "access token",
		KindClientSecret:    "client secret",
		KindTokenCache:      "sign-in",
		"other":             "other",
	} {
		if got := kind.String(); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func FuzzAnyEntryIsReadWithoutPanic(f *testing.F) {
	f.Add(`{"v":1,"data":"eA==","sha256":"2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"}`, "")
	f.Add(`{"v":1,"parts":1,"gen":"a","sha256":"00"}`, "eA==")
	f.Fuzz(func(t *testing.T, text, part string) {
		m := memory{"c1/token/api.example:8443": text, "c1/token/api.example:8443/a1": part}
		c := chest{backend: m}
		value, err := c.load(ctx, "c1/token/api.example:8443")
		if kind, _ := kindOf(err); err != nil && kind != ErrDamaged {
			t.Fatalf("an error of another kind: %v", err)
		}
		if err == nil {
			if h, _ := parseHead(text); h.Digest != digestOf(value) {
				t.Fatalf("%q is not what the digest says", value)
			}
		}
		if err := c.save(ctx, "c1/token/api.example:8443", "new"); err != nil {
			t.Fatalf("it cannot be replaced: %v", err)
		}
		if err := c.remove(ctx, "c1/token/api.example:8443"); err != nil || len(m) != 0 {
			t.Fatalf("it cannot be removed: %v; left %v", err, m)
		}
	})
}
