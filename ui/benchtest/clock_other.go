//go:build !linux

// The clock of the acts, elsewhere: the time of day.

package benchtest

import "time"

var begun = time.Now()

func clock() time.Duration { return time.Since(begun) }
