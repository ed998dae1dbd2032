package vault

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gofrs/flock"
	"github.com/zalando/go-keyring"
	"go.uber.org/goleak"

	"github.com/activitydesk/activitydesk/client/redact"
	"github.com/activitydesk/activitydesk/client/withstand"
)

func TestMain(m *testing.M) {
	if os.Getenv(realVariable) != "" {
		os.Exit(m.Run()) // the bus of the real keyring stays open with the process
	}
	goleak.VerifyTestMain(withstand.Patient(m))
}

// fake is a keyring in memory that can be told to fail or to block. The calls
// of one vault do not overlap, but those of two can; the tests keep them apart.
type fake struct {
	memory
	before func(op, account string) error // runs before each call; nil: nothing
}

func (f *fake) note(op, account string) error {
	if f.before == nil {
		return nil
	}
	return f.before(op, account)
}

func (f *fake) Get(account string) (string, error) {
	if err := f.note("get", account); err != nil {
		return "", err
	}
	return f.memory.Get(account)
}

func (f *fake) Set(account, text string) error {
	if err := f.note("set", account); err != nil {
		return err
	}
	return f.memory.Set(account, text)
}

func (f *fake) Delete(account string) error {
	if err := f.note("delete", account); err != nil {
		return err
	}
	return f.memory.Delete(account)
}

var (
	ctx   = context.Background()
	token = Ref{Connection: "c1", Host: "api.example:8443", Kind: KindToken}
)

// long gives a secret of n bytes in which no two parts are alike.
func long(seed string, n int) string {
	var b strings.Builder
	for i := 0; b.Len() < n; i++ {
		fmt.Fprintf(&b, "%s-%d.", seed, i)
	}
	return b.String()[:n]
}

func faked(t *testing.T) (*Vault, *fake) {
	t.Helper()
	f := &fake{memory: memory{}}
	return open(f, filepath.Join(t.TempDir(), "keyring.lock"), Options{}), f
}

func mustSet(t *testing.T, v *Vault, ref Ref, value string) {
	t.Helper()
	if err := v.Set(ctx, ref, value); err != nil {
		t.Fatal(err)
	}
}

func mustHold(t *testing.T, v *Vault, ref Ref, want string) {
	t.Helper()
	got, err := v.Get(ctx, ref)
	if err != nil {
		t.Fatal(err)
	}
	if got != want {
		t.Fatalf("got %d bytes %.20q…, want %d bytes %.20q…", len(got), got, len(want), want)
	}
}

func TestASecretOfAnySizeComesBackAsItWas(t *testing.T) {
	keyring.MockInit()
	vaults := map[string]*Vault{
		"keyring": open(osKeyring{}, filepath.Join(t.TempDir(), "keyring.lock"), Options{}),
		"memory":  OpenMemory(),
	}
	for name, v := range vaults {
		t.Run(name, func(t *testing.T) {
			for _, n := range []int{1, inlineSize, inlineSize + 1, partSize, partSize + 1, 5200, 3, 20000} {
				value := long("secret", n)
				mustSet(t, v, token, value)
				mustHold(t, v, token, value)
			}
			mustSet(t, v, token, "ü \x00\xff \" é")
			mustHold(t, v, token, "ü \x00\xff \" é")
			if err := v.Probe(ctx); err != nil {
				t.Error(err)
			}
		})
	}
	if !vaults["keyring"].Persistent() || vaults["memory"].Persistent() {
		t.Error("persistent the other way round")
	}
	if got := vaults["keyring"].Describe() + "/" + vaults["memory"].Describe(); got != "OS keyring/this session only" {
		t.Errorf("described as %s", got)
	}
}

func TestNoEntryIsLargerThanThePlatformsTake(t *testing.T) {
	v, f := faked(t)
	ref := Ref{Connection: strings.Repeat("c", 100), Host: strings.Repeat("h", 200), Kind: KindTokenCache}
	mustSet(t, v, ref, long("secret", maxParts*partSize))
	for account, text := range f.memory {
		if len(text) > maxEntry {
			t.Errorf("%s: %d bytes", account, len(text))
		}
		// As go-keyring writes it on macOS: everything in one line for security -i.
		command := "add-generic-password -U -s '" + service + "' -a '" + account + "' -w 'go-keyring-base64:" +
			base64.StdEncoding.EncodeToString([]byte(text)) + "'\n"
		if len(command) > 4096 {
			t.Errorf("%s: a command of %d bytes", account, len(command))
		}
	}
	err := v.Set(ctx, ref, long("secret", maxParts*partSize+1))
	if !errors.Is(err, ErrTooLarge) {
		t.Errorf("got %v", err)
	}
}

func TestASecretIsBoundToItsHost(t *testing.T) {
	v := OpenMemory()
	mustSet(t, v, token, "value")
	for name, ref := range map[string]Ref{
		"another host":       {Connection: "c1", Host: "evil.example", Kind: KindToken},
		"another port":       {Connection: "c1", Host: "api.example:443", Kind: KindToken},
		"another connection": {Connection: "c2", Host: token.Host, Kind: KindToken},
		"another kind":       {Connection: "c1", Host: token.Host, Kind: KindClientSecret},
		"a name that could be taken apart otherwise": {Connection: "c1/token", Host: token.Host, Kind: "x"},
	} {
		if _, err := v.Get(ctx, ref); !errors.Is(err, ErrNotFound) {
			t.Errorf("%s: got %v", name, err)
		}
	}
	mustHold(t, v, Ref{Connection: "c1", Host: "API.Example:8443", Kind: KindToken}, "value")
}

func TestAnIncompleteReferenceOrAnEmptySecretIsRefused(t *testing.T) {
	v := OpenMemory()
	for _, ref := range []Ref{
		{Host: "h", Kind: KindToken},
		{Connection: "c", Kind: KindToken},
		{Connection: "c", Host: "h"},
		{Connection: strings.Repeat("c", maxAccount), Host: "h", Kind: KindToken},
	} {
		_, err := v.Get(ctx, ref)
		for op, err := range map[string]error{"get": err, "set": v.Set(ctx, ref, "x"), "delete": v.Delete(ctx, ref)} {
			if !errors.Is(err, errRef) {
				t.Errorf("%s %.40v: got %v", op, ref, err)
			}
		}
	}
	if err := v.Forget(ctx, ""); !errors.Is(err, errRef) {
		t.Errorf("got %v", err)
	}
	if err := v.Set(ctx, token, ""); !errors.Is(err, errEmpty) {
		t.Errorf("got %v", err)
	}
}

func TestNothingIsLeftAfterDelete(t *testing.T) {
	v, f := faked(t)
	for _, n := range []int{10, 5000, 9000, 5000, 10} {
		mustSet(t, v, token, long("secret", n))
	}
	mustSet(t, v, token, long("secret", 9000))
	if err := v.Delete(ctx, token); err != nil {
		t.Fatal(err)
	}
	for account := range f.memory {
		if strings.HasPrefix(account, "c1/token") {
			t.Errorf("%s is left", account)
		}
	}
	if err := v.Delete(ctx, token); err != nil {
		t.Errorf("deleting what is not there: %v", err)
	}
}

func TestReplacingALongSecretLeavesNoPartOfTheOldOne(t *testing.T) {
	v, f := faked(t)
	mustSet(t, v, token, long("old", 9000))
	mustSet(t, v, token, long("new", 4000))
	parts := 0
	for account := range f.memory {
		if strings.HasPrefix(account, "c1/token/") && strings.Count(account, "/") == 3 {
			parts++
		}
	}
	if want := (4000 + partSize - 1) / partSize; parts != want {
		t.Errorf("%d parts, want %d: %v", parts, want, maps.Keys(f.memory))
	}
}

func TestForgetRemovesEveryKindAndHost(t *testing.T) {
	v, f := faked(t)
	for _, host := range []string{"a.example", "b.example"} {
		for _, kind := range []Kind{KindSubscriptionKey, KindToken, KindClientSecret, KindTokenCache, "kind of a later version"} {
			mustSet(t, v, Ref{Connection: "c1", Host: host, Kind: kind}, long(string(kind), 4000))
		}
	}
	other := Ref{Connection: "c2", Host: "a.example", Kind: KindToken}
	mustSet(t, v, other, "stays")
	// One that the list does not know of, as if the list had been lost.
	account, err := Ref{Connection: "c1", Host: "c.example", Kind: KindToken}.account()
	if err != nil {
		t.Fatal(err)
	}
	f.memory[account] = "something"
	if err := v.Forget(ctx, "c1", "c.example"); err != nil {
		t.Fatal(err)
	}
	for account := range f.memory {
		if strings.HasPrefix(account, "c1/") {
			t.Errorf("%s is left", account)
		}
	}
	mustHold(t, v, other, "stays")
	f.memory[listName("c2")] = "spoilt"
	if err := v.Forget(ctx, "c2", "a.example"); err != nil {
		t.Fatal(err)
	}
	if len(f.memory) != 0 {
		t.Errorf("left: %v", f.memory)
	}
}

func TestTheRedactorLearnsWhatIsKeptAndRead(t *testing.T) {
	f := memory{}
	first, second := redact.New(), redact.New()
	mustSet(t, open(f, "", Options{Redact: first}), token, "my-own-secret")
	mustHold(t, open(f, "", Options{Redact: second}), token, "my-own-secret")
	for name, r := range map[string]*redact.Redactor{"on set": first, "on get": second} {
		if got := r.String("my-own-secret"); got != redact.Mask {
			t.Errorf("%s: got %s", name, got)
		}
	}
	third := redact.New()
	mustSet(t, OpenMemory(third), token, "my-own-secret")
	if got := third.String("my-own-secret"); got != redact.Mask {
		t.Errorf("in memory: got %s", got)
	}
}

func TestChangesAreCounted(t *testing.T) {
	v := OpenMemory()
	at := v.Changes()
	for _, change := range []struct {
		name string
		do   func() error
	}{
		{"set", func() error { return v.Set(ctx, token, "x") }},
		{"delete", func() error { return v.Delete(ctx, token) }},
		{"forget", func() error { return v.Forget(ctx, "c1") }},
	} {
		if err := change.do(); err != nil {
			t.Fatal(err)
		}
		if now := v.Changes(); now <= at {
			t.Errorf("%s was not counted", change.name)
		} else {
			at = now
		}
	}
	if _, err := v.Get(ctx, token); !errors.Is(err, ErrNotFound) || v.Changes() != at {
		t.Errorf("reading counts as a change (%v)", err)
	}
}

func TestTheLockOfAnotherDeskIsRespected(t *testing.T) {
	v, _ := faked(t)
	mustSet(t, v, token, "short")
	other := flock.New(v.chest.lockPath)
	if err := other.Lock(); err != nil {
		t.Fatal(err)
	}
	soon, cancel := context.WithCancel(ctx)
	v.chest.backend.(*fake).before = func(op, _ string) error {
		t.Errorf("%s while another desk holds the lock", op)
		return nil
	}
	cancelled := make(chan error, 1)
	go func() { cancelled <- v.Set(soon, token, "other") }()
	cancel()
	if err := <-cancelled; !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	v.chest.backend.(*fake).before = nil
	mustHold(t, v, token, "short") // one entry is read without the lock
	if err := other.Unlock(); err != nil {
		t.Fatal(err)
	}
	mustSet(t, v, token, "other")
}

// The lock can be had in the moment in which the time is up.
func TestALockIsGivenBackAlsoWhereTheTimeWasUp(t *testing.T) {
	v, f := faked(t)
	over, cancel := context.WithCancel(ctx)
	cancel()
	for range 2 {
		err := v.chest.locked(over, func() error { return v.chest.set(over, "a", "x") })
		if !errors.Is(err, context.Canceled) || len(f.memory) != 0 {
			t.Errorf("got %v, written %v", err, f.memory)
		}
		other := flock.New(v.chest.lockPath)
		if held, err := other.TryLock(); err != nil || !held {
			t.Errorf("it is still locked: %v", err)
		}
		if err := other.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

func TestWithoutAPlaceForTheLockNothingIsWritten(t *testing.T) {
	f := &fake{memory: memory{}}
	v := open(f, filepath.Join(t.TempDir(), "missing", "keyring.lock"), Options{})
	if err := v.Set(ctx, token, "x"); !errors.Is(err, ErrUnavailable) {
		t.Errorf("got %v", err)
	}
	if len(f.memory) != 0 {
		t.Errorf("written: %v", f.memory)
	}
}
