//go:build !race

package ui

// racing says that the race detector watches.
const racing = false
