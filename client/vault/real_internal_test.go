package vault

import (
	"errors"
	"os"
	"os/exec"
	"testing"
	"time"

	"github.com/google/uuid"
)

// realVariable marks the process that uses the real keyring. It is one of its
// own because go-keyring cannot be brought back from its mock.
const realVariable = "VAULT_TEST_REAL_KEYRING"

func TestSecretsAreKeptInTheRealKeyring(t *testing.T) {
	if os.Getenv(realVariable) == "" {
		needsUnlockedKeyring(t)
		cmd := exec.Command(os.Args[0], "-test.run=^TestSecretsAreKeptInTheRealKeyring$", "-test.v")
		cmd.Env = append(os.Environ(), realVariable+"=1")
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		return
	}
	lockDir := t.TempDir()
	ref := Ref{Connection: "test-" + uuid.NewString(), Host: "api.example", Kind: KindTokenCache}
	v := OpenKeyring(lockDir, Options{Limit: 30 * time.Second})
	t.Cleanup(func() {
		if err := v.Forget(ctx, ref.Connection); err != nil {
			t.Error(err)
		}
	})
	if err := v.Probe(ctx); err != nil {
		t.Fatal(err)
	}
	if _, err := v.Get(ctx, ref); !errors.Is(err, ErrNotFound) {
		t.Fatalf("before it was written: %v", err)
	}
	for _, n := range []int{20, 5200, 8000, 20} {
		mustSet(t, v, ref, long("secret", n))
		// As another desk reads it.
		mustHold(t, OpenKeyring(lockDir, Options{}), ref, long("secret", n))
	}
	if err := v.Delete(ctx, ref); err != nil {
		t.Fatal(err)
	}
	if _, err := v.Get(ctx, ref); !errors.Is(err, ErrNotFound) {
		t.Fatalf("after it was deleted: %v", err)
	}
}
