//go:build windows || darwin

package vault

import (
	"runtime"
	"testing"
)

// needsUnlockedKeyring skips the test on macOS, where a test binary that is not
// signed makes the system ask a person.
func needsUnlockedKeyring(t *testing.T) {
	t.Helper()
	if runtime.GOOS == "darwin" {
		t.Skip("the real keyring was not tested: macOS would ask for permission")
	}
}
