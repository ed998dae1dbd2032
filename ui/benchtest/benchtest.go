// Package benchtest is for benchmarks only: it times acts in turns, so that what
// else the computer does falls on all of them alike.
package benchtest

import (
	"runtime"
	"slices"
	"testing"
)

// Act is something that is timed.
type Act struct {
	Name string // of its figure, which is reported as µs/Name
	Do   func(round int)
	// Settle follows the act, untimed; may be nil.
	Settle func()
}

// InTurns does the acts one after the other in every round, reports the median of
// each in µs, and gives them in their order, in µs. On Linux it is the processor's
// time: acts run on one goroutine, as the window does.
func InTurns(b *testing.B, acts ...Act) []float64 {
	b.Helper()
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	took := make([][]float64, len(acts))
	for round := 0; b.Loop(); round++ {
		for k, act := range acts {
			start := clock()
			act.Do(round)
			took[k] = append(took[k], float64((clock()-start).Nanoseconds())/1e3)
			if act.Settle != nil {
				act.Settle()
			}
		}
	}
	medians := make([]float64, len(acts))
	for k, act := range acts {
		medians[k] = Median(took[k])
		b.ReportMetric(medians[k], "µs/"+act.Name)
	}
	b.ReportMetric(0, "ns/op") // of all of them together: of no use
	return medians
}

// Median is the one in the middle; it sorts the list. 0 where there is none.
func Median(list []float64) float64 {
	if len(list) == 0 {
		return 0
	}
	slices.Sort(list)
	return list[len(list)/2]
}
