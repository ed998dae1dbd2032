//go:build !linux && !darwin

package withstand

import "testing"

func fullAt(t testing.TB, _ uint64) func() {
	t.Helper()
	t.Skip("no limit of a process makes a disk look full on this system")
	return func() {}
}

func withoutRights(t testing.TB, _ []string) func() {
	t.Helper()
	t.Skip("rights are no mode bits on this system")
	return func() {}
}
