// Bad days of a disk that need neither rights nor a disk of their own.

package withstand

import (
	"os"
	"os/exec"
	"strings"
	"testing"
)

// apartEnv names the test that runs in a process of its own.
const apartEnv = "ACTIVITYDESK_TEST_APART"

// Apart runs the test that calls it, which is no part of another, in a process
// of its own: it is called first, and in that process it answers true. Else it
// answers what the other process has written; the test has failed or was
// skipped as it did there.
func Apart(t testing.TB) (here bool, said string) {
	t.Helper()
	if IsApart(t) {
		return true, ""
	}
	return false, RunApart(t, t.Name())
}

// IsApart says whether a test runs in a process of its own.
func IsApart(t testing.TB) bool { return os.Getenv(apartEnv) == t.Name() }

// RunApart runs a test of the package in a process of its own and answers what
// that has written; the test that calls it has failed or was skipped as that.
func RunApart(t testing.TB, name string) (said string) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^"+name+"$", "-test.v") //nolint:gosec // itself
	cmd.Env = append(os.Environ(), apartEnv+"="+name)
	out, err := cmd.CombinedOutput()
	said = string(out)
	switch {
	case err != nil:
		t.Fatalf("%s in a process of its own: %v\n%s", name, err, said)
	case strings.Contains(said, "--- SKIP: "+name+" "):
		t.Skipf("in a process of its own:\n%s", said)
	case !strings.Contains(said, "--- PASS: "+name+" "):
		t.Fatalf("%s did not run in a process of its own:\n%s", name, said)
	}
	return said
}

// FullAt makes the disk look full to this process, which is to be one of the
// test's own (see Apart), until room is called or the test ends: no file can be
// made longer than limit bytes. It skips the test where the system has no such
// limit.
func FullAt(t testing.TB, limit uint64) (room func()) {
	t.Helper()
	if os.Getenv(apartEnv) == "" {
		t.Fatal("the disk would be full to the test's own tools as well: call Apart first")
	}
	return fullAt(t, limit)
}

// WithoutRights has this process work with the rights of an ordinary user until
// back is called or the test ends; the folders are given to that user first,
// with all that is in them. A user who is no administrator stays who they are.
// It skips the test where rights are no mode bits.
func WithoutRights(t testing.TB, folders ...string) (back func()) {
	t.Helper()
	return withoutRights(t, folders)
}
