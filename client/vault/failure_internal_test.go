package vault

import (
	"errors"
	"strings"
	"testing"
)

// breaking has every call fail from a certain one on, and counts the calls.
func (f *fake) breaking(from int) (calls *int) {
	calls = new(int)
	f.before = func(_, _ string) error {
		if *calls++; *calls >= from {
			return fail(ErrUnavailable, errBroke)
		}
		return nil
	}
	return calls
}

var errBroke = errors.New("the keyring broke")

func TestAWriteThatFailsAnywhereLeavesTheOldSecretOrTheNewOne(t *testing.T) {
	for _, sizes := range [][2]int{{0, 5000}, {10, 5000}, {5000, 9000}, {9000, 10}, {10, 20}} {
		old, changed := long("old", sizes[0]), long("new", sizes[1])
		for failAt := 1; breakWrite(t, old, changed, failAt); failAt++ {
		}
	}
}

// breakWrite replaces one secret by another in a keyring that breaks at a
// call, and says whether it got as far as that call.
func breakWrite(t *testing.T, old, changed string, failAt int) bool {
	t.Helper()
	v, f := faked(t)
	if old != "" {
		mustSet(t, v, token, old)
	}
	calls := f.breaking(failAt)
	err := v.Set(ctx, token, changed)
	f.before = nil
	got, getErr := v.Get(ctx, token)
	whole := getErr == nil && got == changed
	notAtAll := err != nil && (getErr == nil && got == old || old == "" && errors.Is(getErr, ErrNotFound))
	if !whole && !notAtAll || err != nil && !errors.Is(err, errBroke) {
		t.Fatalf("%d to %d bytes, call %d: Set %v; then Get %d bytes, %v", len(old), len(changed), failAt, err, len(got), getErr)
	}
	// Whatever was left behind is gone after the next write and delete.
	mustSet(t, v, token, changed)
	mustHold(t, v, token, changed)
	if err := v.Forget(ctx, token.Connection); err != nil {
		t.Fatal(err)
	}
	if len(f.memory) != 0 {
		t.Fatalf("%d to %d bytes, call %d: left %v", len(old), len(changed), failAt, f.memory)
	}
	return *calls >= failAt
}

func TestADeleteThatFailsAnywhereCanBeRepeated(t *testing.T) {
	for failAt := 1; ; failAt++ {
		v, f := faked(t)
		mustSet(t, v, token, long("secret", 9000))
		calls := f.breaking(failAt)
		err := v.Forget(ctx, token.Connection)
		f.before = nil
		if *calls < failAt {
			if err != nil {
				t.Fatal(err)
			}
			return
		}
		if !errors.Is(err, errBroke) {
			t.Fatalf("call %d failed and this is said: %v", failAt, err)
		}
		if err := v.Forget(ctx, token.Connection, token.Host); err != nil {
			t.Fatal(err)
		}
		if len(f.memory) != 0 {
			t.Fatalf("call %d: left %v", failAt, f.memory)
		}
	}
}

func TestAKeyringThatSwallowsWritesIsNoticed(t *testing.T) {
	v, f := faked(t)
	f.before = func(op, account string) error {
		if op == "get" && account == "c1/token/api.example:8443" {
			delete(f.memory, account)
		}
		return nil
	}
	if err := v.Set(ctx, token, "value"); !errors.Is(err, ErrNotFound) && !errors.Is(err, ErrUnavailable) {
		t.Errorf("got %v", err)
	}
	f.before = func(op, account string) error {
		delete(f.memory, "probe")
		return nil
	}
	if err := v.Probe(ctx); !errors.Is(err, ErrUnavailable) {
		t.Errorf("got %v", err)
	}
}

func TestDamageIsSaidAndMendedByWritingAgain(t *testing.T) {
	const account = "c1/token/api.example:8443"
	for name, spoil := range map[string]func(memory){
		"no form":         func(m memory) { m[account] = "plain text" },
		"wrong digest":    func(m memory) { m[account] = `{"v":1,"data":"eA==","sha256":"00"}` },
		"newer form":      func(m memory) { m[account] = `{"v":2}` },
		"too many parts":  func(m memory) { m[account] = `{"v":1,"parts":65,"gen":"a"}` },
		"no generation":   func(m memory) { m[account] = `{"v":1,"parts":2}` },
		"part is missing": func(m memory) { delete(m, account+"/a2") },
		"part is another": func(m memory) { m[account+"/a2"] = m[account+"/a1"] },
		"part is no text": func(m memory) { m[account+"/a2"] = "?" },
	} {
		t.Run(name, func(t *testing.T) {
			v, f := faked(t)
			mustSet(t, v, token, long("secret", 5000))
			spoil(f.memory)
			_, err := v.Get(ctx, token)
			if !errors.Is(err, ErrDamaged) {
				t.Fatalf("got %v", err)
			}
			if strings.Contains(err.Error(), "plain text") {
				t.Errorf("the error repeats what it found: %v", err)
			}
			mustSet(t, v, token, long("other", 5000))
			mustHold(t, v, token, long("other", 5000))

			v, f = faked(t)
			mustSet(t, v, token, long("secret", 5000))
			spoil(f.memory)
			if err := v.Forget(ctx, token.Connection); err != nil {
				t.Fatal(err)
			}
			if len(f.memory) != 0 {
				t.Errorf("left: %v", f.memory)
			}
		})
	}
}
