package auth_test

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/activitydesk/activitydesk/client/auth"
	"github.com/activitydesk/activitydesk/client/vault"
)

var (
	ctx      = context.Background()
	tokenRef = vault.Ref{Connection: "c1", Host: "api.example", Kind: vault.KindToken}
	keyRef   = vault.Ref{Connection: "c1", Host: "api.example", Kind: vault.KindSubscriptionKey}
	noon     = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
)

func clock() time.Time { return noon }

// jwt makes a token with this payload and a signature that is none.
func jwt(payload string) string {
	enc := base64.RawURLEncoding.EncodeToString
	return enc([]byte(`{"typ":"JWT","alg":"none"}`)) + "." + enc([]byte(payload)) + ".c2ln"
}

func until(t time.Time) string { return jwt(fmt.Sprintf(`{"aud":"x","exp":%d}`, t.Unix())) }

// counting is a vault that counts how often it is read.
type counting struct {
	*vault.Vault
	mu    sync.Mutex
	reads int
	err   error // answered in place of a secret; nil: none
}

func (c *counting) Get(ctx context.Context, ref vault.Ref) (string, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.reads++
	if c.err != nil {
		return "", c.err
	}
	return c.Vault.Get(ctx, ref)
}

func keep(t *testing.T, v *vault.Vault, ref vault.Ref, value string) {
	t.Helper()
	if err := v.Set(ctx, ref, value); err != nil {
		t.Fatal(err)
	}
}

func TestAPastedTokenIsGivenUntilItExpires(t *testing.T) {
	v := vault.OpenMemory()
	now := noon
	source := auth.Pasted(v, tokenRef, auth.WithClock(func() time.Time { return now }))
	if !source.ExpiresAt().IsZero() {
		t.Error("an end is known before the token was read")
	}
	end := noon.Add(time.Hour)
	keep(t, v, tokenRef, "  Bearer "+until(end)+"\n")
	got, err := source.AccessToken(ctx)
	if err != nil || got != until(end) {
		t.Fatalf("got %q, %v", got, err)
	}
	if !source.ExpiresAt().Equal(end) {
		t.Errorf("ends at %v, want %v", source.ExpiresAt(), end)
	}
	now = end
	_, err = source.AccessToken(ctx)
	var told *auth.Error
	if !errors.As(err, &told) || !errors.Is(err, auth.ErrExpired) || !told.ExpiredAt.Equal(end) || told.Remedy() == "" {
		t.Fatalf("got %v", err)
	}
	if !strings.Contains(err.Error(), "2026-11-23T13:00:00Z") || strings.Contains(err.Error(), "eyJ") {
		t.Errorf("said: %v", err)
	}
	keep(t, v, tokenRef, until(end.Add(time.Hour)))
	if _, err := source.AccessToken(ctx); err != nil {
		t.Errorf("with a new token: %v", err)
	}
}

func TestAnOpaqueTokenIsGivenAsItIs(t *testing.T) {
	v := vault.OpenMemory()
	source := auth.Pasted(v, tokenRef, auth.WithClock(clock))
	keep(t, v, tokenRef, "0.opaque~token/+==")
	if got, err := source.AccessToken(ctx); err != nil || got != "0.opaque~token/+==" {
		t.Errorf("got %q, %v", got, err)
	}
	if !source.ExpiresAt().IsZero() || source.Describe() != "Pasted token" {
		t.Errorf("%s until %v", source.Describe(), source.ExpiresAt())
	}
}

func TestWithoutATokenTheErrorSaysWhatToDo(t *testing.T) {
	_, err := auth.Pasted(vault.OpenMemory(), tokenRef).AccessToken(ctx)
	var told *auth.Error
	if !errors.As(err, &told) || !errors.Is(err, auth.ErrNoToken) || !errors.Is(err, vault.ErrNotFound) || told.Remedy() == "" {
		t.Errorf("got %v", err)
	}
}

func TestOtherErrorsOfTheVaultComeThrough(t *testing.T) {
	locked := &counting{err: &vault.Error{Op: "read", Kind: vault.ErrLocked}, Vault: vault.OpenMemory()}
	_, err := auth.Pasted(locked, tokenRef).AccessToken(ctx)
	if !errors.Is(err, vault.ErrLocked) || errors.Is(err, auth.ErrNoToken) {
		t.Errorf("token: got %v", err)
	}
	if _, err := auth.NewSubscriptionKey(locked, keyRef).SubscriptionKey(ctx); !errors.Is(err, vault.ErrLocked) {
		t.Errorf("key: got %v", err)
	}
}

func TestWhatCannotBeSentIsRefusedAndNotRepeated(t *testing.T) {
	v := vault.OpenMemory()
	keep(t, v, tokenRef, "two words")
	keep(t, v, keyRef, "two words")
	_, tokenErr := auth.Pasted(v, tokenRef).AccessToken(ctx)
	_, keyErr := auth.NewSubscriptionKey(v, keyRef).SubscriptionKey(ctx)
	for what, err := range map[string]error{"token": tokenErr, "key": keyErr} {
		var told *auth.Error
		if !errors.As(err, &told) || !errors.Is(err, auth.ErrMalformed) || told.Remedy() == "" || strings.Contains(err.Error(), "words") {
			t.Errorf("%s: got %v", what, err)
		}
	}
}

func TestTheVaultIsReadOnceUntilSomethingChanges(t *testing.T) {
	v := &counting{Vault: vault.OpenMemory()}
	keep(t, v.Vault, tokenRef, "token-1")
	keep(t, v.Vault, keyRef, "key-1")
	source, keys := auth.Pasted(v, tokenRef), auth.NewSubscriptionKey(v, keyRef)
	ask := func(token, key string, reads int) {
		t.Helper()
		for range 3 {
			if got, err := source.AccessToken(ctx); err != nil || got != token {
				t.Fatalf("got %q, %v", got, err)
			}
			if got, err := keys.SubscriptionKey(ctx); err != nil || got != key {
				t.Fatalf("got %q, %v", got, err)
			}
		}
		if v.reads != reads {
			t.Fatalf("%d reads, want %d", v.reads, reads)
		}
	}
	ask("token-1", "key-1", 2)
	keep(t, v.Vault, keyRef, "key-2")
	ask("token-1", "key-2", 4)
	source.Invalidate()
	keys.Invalidate()
	ask("token-1", "key-2", 6)

	ended, cancel := context.WithCancel(ctx)
	cancel()
	if _, err := source.AccessToken(ended); !errors.Is(err, context.Canceled) {
		t.Errorf("with a context that has ended: %v", err)
	}
}

func TestAConnectionMayHaveNoKey(t *testing.T) {
	v := vault.OpenMemory()
	keys := auth.NewSubscriptionKey(v, keyRef)
	if got, err := keys.SubscriptionKey(ctx); err != nil || got != "" {
		t.Errorf("got %q, %v", got, err)
	}
	keep(t, v, keyRef, "Ocp-Apim-Subscription-Key: 0a1b2c")
	if got, err := keys.SubscriptionKey(ctx); err != nil || got != "0a1b2c" {
		t.Errorf("got %q, %v", got, err)
	}
}

func TestTheSessionsSecretGoesBeforeTheKeyrings(t *testing.T) {
	session, keyring := vault.OpenMemory(), &counting{Vault: vault.OpenMemory()}
	source := auth.Pasted(auth.InOrder(session, keyring), tokenRef)
	if _, err := source.AccessToken(ctx); !errors.Is(err, auth.ErrNoToken) {
		t.Errorf("with neither: %v", err)
	}
	keep(t, keyring.Vault, tokenRef, "of-the-keyring")
	if got, err := source.AccessToken(ctx); err != nil || got != "of-the-keyring" {
		t.Errorf("got %q, %v", got, err)
	}
	keep(t, session, tokenRef, "of-the-session")
	if got, err := source.AccessToken(ctx); err != nil || got != "of-the-session" {
		t.Errorf("got %q, %v", got, err)
	}
	if err := session.Delete(ctx, tokenRef); err != nil {
		t.Fatal(err)
	}
	keyring.err = &vault.Error{Op: "read", Kind: vault.ErrLocked}
	if _, err := source.AccessToken(ctx); !errors.Is(err, vault.ErrLocked) {
		t.Errorf("with a locked keyring: %v", err)
	}
	if _, err := auth.InOrder().Get(ctx, tokenRef); !errors.Is(err, vault.ErrNotFound) {
		t.Errorf("nowhere: %v", err)
	}
}

func TestAStaticTokenNeverExpires(t *testing.T) {
	source := auth.Static("sandbox-token", "Sandbox on this computer")
	if got, err := source.AccessToken(ctx); err != nil || got != "sandbox-token" {
		t.Errorf("got %q, %v", got, err)
	}
	if source.Describe() != "Sandbox on this computer" || !source.ExpiresAt().IsZero() {
		t.Errorf("%s until %v", source.Describe(), source.ExpiresAt())
	}
}

func TestSourcesCanBeAskedAtOnce(t *testing.T) {
	v := vault.OpenMemory()
	keep(t, v, tokenRef, until(noon.Add(time.Hour)))
	source := auth.Pasted(v, tokenRef, auth.WithClock(clock))
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			if _, err := source.AccessToken(ctx); err != nil {
				t.Error(err)
			}
			source.Invalidate()
			_ = source.ExpiresAt()
		})
	}
	wg.Wait()
}

func TestWhatIsPastedIsCleaned(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"abc.def", "abc.def"},
		{" \tabc.def\r\n", "abc.def"},
		{"Bearer abc.def", "abc.def"},
		{"bearer   abc.def ", "abc.def"},
		{"Bearer\nabc.def", "abc.def"},
		{"bearerabc", "bearerabc"},
		{"Authorization: Bearer abc.def", "abc.def"},
		{`"abc.def"`, "abc.def"},
		{`'Authorization: Bearer abc.def'`, "abc.def"},
		{"Bearer \"abc.def\"", "abc.def"},
		{"abc.\n  def\r\nghi", "abc.defghi"},
		{"\ufeffabc.def", "abc.def"},
	} {
		if got, err := auth.CleanToken(c.in); err != nil || got != c.want {
			t.Errorf("%q: got %q, %v", c.in, got, err)
		}
	}
	for _, bad := range []string{"", "  ", "Bearer ", `""`, "a b", "a\x00b", "tökén", strings.Repeat("x", 20000)} {
		if got, err := auth.CleanToken(bad); !errors.Is(err, auth.ErrMalformed) {
			t.Errorf("%.20q: got %.20q, %v", bad, got, err)
		}
	}
}

func TestTheEndOfATokenIsReadFromIt(t *testing.T) {
	end := time.Unix(1795442400, 0).UTC()
	for name, c := range map[string]struct {
		token string
		known bool
	}{
		"whole seconds":      {jwt(`{"exp":1795442400}`), true},
		"a fraction":         {jwt(`{"exp":1795442400.75,"x":1}`), true},
		"an exponent":        {jwt(`{"exp":1.7954424e9}`), true},
		"no end":             {jwt(`{"sub":"x"}`), false},
		"null":               {jwt(`{"exp":null}`), false},
		"a text":             {jwt(`{"exp":"1795442400"}`), false},
		"zero":               {jwt(`{"exp":0}`), false},
		"beyond the years":   {jwt(`{"exp":1e300}`), false},
		"no JSON":            {jwt(`exp`), false},
		"no base64":          {"a.?.c", false},
		"an encrypted one":   {"a.b.c.d.e", false},
		"an opaque one":      {"opaque", false},
		"padded base64":      {"a." + base64.URLEncoding.EncodeToString([]byte(`{"exp":1795442400}`)) + ".c", true},
		"not even an object": {jwt(`[1]`), false},
	} {
		got, known := auth.Expiry(c.token)
		if known != c.known || known && !got.Equal(end) {
			t.Errorf("%s: got %v, %v", name, got, known)
		}
	}
}

func TestAnErrorWithoutAKindOfOursHasNoRemedy(t *testing.T) {
	err := &auth.Error{Kind: context.Canceled}
	if err.Remedy() != "" || err.Error() != context.Canceled.Error() || !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, %q", err, err.Remedy())
	}
}

func FuzzWhatIsPastedIsSendableOrRefused(f *testing.F) {
	f.Add("Bearer abc.def.ghi")
	f.Add(jwt(`{"exp":1795442400}`))
	f.Add("Authorization: Bearer \"a\nb\"")
	f.Add(`""""""`)
	f.Add(`'Ocp-Apim-Subscription-Key: "Bearer bearer x"'`)
	f.Fuzz(func(t *testing.T, text string) {
		if key, err := auth.CleanKey(text); err == nil {
			if again, err := auth.CleanKey(key); err != nil || again != key {
				t.Fatalf("%q becomes the key %q and then %q, %v", text, key, again, err)
			}
		}
		token, err := auth.CleanToken(text)
		if err != nil {
			if !errors.Is(err, auth.ErrMalformed) {
				t.Fatalf("an error of another kind: %v", err)
			}
			return
		}
		if strings.ContainsFunc(token, func(r rune) bool { return r <= ' ' || r > '~' }) {
			t.Fatalf("%q cannot be sent", token)
		}
		if at, known := auth.Expiry(token); known && (at.Year() < 1970 || at.Year() > 9999) {
			t.Fatalf("ends at %v", at)
		}
		if again, err := auth.CleanToken(token); err != nil || again != token {
			t.Fatalf("%q becomes %q and then %q, %v", text, token, again, err) // it is cleaned once more when it is used
		}
	})
}
