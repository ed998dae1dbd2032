// Checking every row of a file in the background.

package ui

import (
	"context"
	"sync/atomic"

	"github.com/activitydesk/activitydesk/forms"
	"github.com/activitydesk/activitydesk/forms/tabular"
)

// batchJob checks all rows. All but done belongs to the goroutine that runs it.
type batchJob struct {
	table *tabular.Table
	plan  *tabular.Plan
	form  *forms.Form
	done  atomic.Int64 // rows that were checked, from any goroutine
}

// batchResult is what came of checking: the numbers of rows, from 1.
type batchResult struct {
	Fit   []int
	Unfit []int
}

// Run checks all rows, and ends early with ctx.
func (j *batchJob) Run(ctx context.Context) (batchResult, error) {
	const step = 256 // rows between looks at the context
	result := batchResult{Fit: make([]int, 0, j.table.Len())}
	for row := range j.table.Rows() {
		if row.Number%step == 0 {
			if err := ctx.Err(); err != nil {
				return batchResult{}, err
			}
			j.done.Store(int64(row.Number))
		}
		if len(j.plan.Fill(j.form, row)) == 0 {
			result.Fit = append(result.Fit, row.Number)
		} else {
			result.Unfit = append(result.Unfit, row.Number)
		}
	}
	return result, nil
}

// Progress is how many rows were checked, of how many. It may be called from
// any goroutine.
func (j *batchJob) Progress() (done, all int) { return int(j.done.Load()), j.table.Len() }

// batchOnly says which rows are shown.
type batchOnly int

// The choices of the filter.
const (
	batchAll batchOnly = iota
	batchFit
	batchUnfit
)

// label is the choice's words.
func (o batchOnly) label() string {
	switch o {
	case batchFit:
		return "Fits"
	case batchUnfit:
		return "Does not fit"
	default:
		return "All"
	}
}

// numbers are the rows that pass a filter; false means that there is none.
func (r *batchResult) numbers(only batchOnly) ([]int, bool) {
	switch {
	case r == nil || only == batchAll:
		return nil, false
	case only == batchFit:
		return r.Fit, true
	default:
		return r.Unfit, true
	}
}
