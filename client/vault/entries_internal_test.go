package vault

import (
	"errors"
	"fmt"
	"testing"

	"github.com/activitydesk/activitydesk/client/redact"
)

func TestEntriesOfOnesOwnAreUsedAsTheKeyringIs(t *testing.T) {
	entries := &fake{memory: memory{}}
	dir := t.TempDir()
	v := OpenEntries(entries, dir, Options{})
	secret := long("own", 5000)
	if err := v.Set(ctx, token, secret); err != nil {
		t.Fatal(err)
	}
	if len(entries.memory) < 4 {
		t.Errorf("a secret of 5,000 bytes is in %d entries", len(entries.memory))
	}
	if got, err := OpenEntries(entries, dir, Options{}).Get(ctx, token); err != nil || got != secret {
		t.Errorf("another desk gets %d bytes, %v", len(got), err)
	}
	if !v.Persistent() {
		t.Error("not persistent")
	}
	if err := v.Forget(ctx, token.Connection); err != nil || len(entries.memory) != 0 {
		t.Errorf("left: %v, %v", entries.memory, err)
	}
}

func TestWithItsLastSecretAConnectionLeavesNothing(t *testing.T) {
	v, f := faked(t)
	key := Ref{Connection: "c1", Host: "API.example", Kind: KindSubscriptionKey}
	for _, ref := range []Ref{token, key} {
		if err := v.Set(ctx, ref, long("s", 3000)); err != nil {
			t.Fatal(err)
		}
	}
	if err := v.Delete(ctx, token); err != nil {
		t.Fatal(err)
	}
	if _, err := v.Get(ctx, key); err != nil {
		t.Errorf("the other one: %v", err)
	}
	key.Host = "api.example"
	if err := v.Delete(ctx, key); err != nil || len(f.memory) != 0 {
		t.Errorf("left: %v, %v", f.memory, err)
	}
	if err := v.Delete(ctx, key); err != nil {
		t.Errorf("once more: %v", err)
	}
}

func TestErrorsOfEntriesKeepTheirKind(t *testing.T) {
	for _, kind := range []error{ErrNotFound, ErrLocked, ErrTimeout, ErrDamaged, ErrTooLarge, ErrUnavailable} {
		entries := &fake{memory: memory{}, before: func(string, string) error { return fmt.Errorf("because: %w", kind) }}
		if _, err := OpenEntries(entries, "", Options{}).Get(ctx, token); !errors.Is(err, kind) {
			t.Errorf("%v became %v", kind, err)
		}
	}
	odd := &fake{memory: memory{}, before: func(string, string) error { return errors.New("odd") }}
	if err := OpenEntries(odd, "", Options{}).Set(ctx, token, "x"); !errors.Is(err, ErrUnavailable) {
		t.Errorf("an error without a kind became %v", err)
	}
}

func TestTheTextOfASignInIsNotTaughtAsAWhole(t *testing.T) {
	r := redact.New()
	v := OpenMemory(r)
	ref := Ref{Connection: "c1", Host: "h", Kind: KindTokenCache}
	if err := v.Set(ctx, ref, "the-text-of-a-sign-in"); err != nil {
		t.Fatal(err)
	}
	if got := r.String("the-text-of-a-sign-in"); got != "the-text-of-a-sign-in" {
		t.Errorf("got %q", got)
	}
	if err := v.Set(ctx, token, "a-pasted-token"); err != nil {
		t.Fatal(err)
	}
	if got := r.String("a-pasted-token"); got != redact.Mask {
		t.Errorf("got %q", got)
	}
}
