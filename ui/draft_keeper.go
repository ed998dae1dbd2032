// Keeping drafts: what is typed is in the journal at most half a second later,
// so that no kill loses more.

package ui

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/activitydesk/activitydesk/client/journal"
	"github.com/activitydesk/activitydesk/ui/tasks"
)

const (
	// draftRest is from the first keystroke that is not kept to its writing.
	draftRest = 400 * time.Millisecond
	// draftRetry is from a writing that failed to the next.
	draftRetry = 3 * time.Second
)

// draftKeeper writes drafts into the journal, one after the other, off the UI
// goroutine. Its methods are called on the UI goroutine.
type draftKeeper struct {
	env     *Env
	due     []*draft // changed since they were handed to the writer
	resting bool
	said    bool // that writing fails
	again   bool // the next try is under way
	heard   int  // the newest writer that told how it ended

	mu      sync.Mutex
	jobs    []draftJob
	writing bool
	writers int // that were started
}

// draftJob is one thing to be written.
type draftJob struct {
	key draftKey // of a draft's content: a newer one takes its place; zero for other jobs
	run func(ctx context.Context, to *journal.Journal) error
}

func newDraftKeeper(env *Env) *draftKeeper { return &draftKeeper{env: env} }

// Changed has a draft written soon; at once where nobody is typing into it.
func (k *draftKeeper) Changed(d *draft, typing bool) {
	if !slices.Contains(k.due, d) {
		k.due = append(k.due, d)
	}
	if !typing {
		k.Flush()
		return
	}
	if !k.resting {
		k.resting = true
		k.after(draftRest, k.rested)
	}
}

func (k *draftKeeper) rested() {
	k.resting = false
	k.Flush()
}

// after calls f on the UI goroutine, unless the desk ends before.
func (k *draftKeeper) after(delay time.Duration, f func()) {
	env := k.env
	env.Tasks.Go(func(ctx context.Context) {
		if tasks.Pause(ctx, delay) {
			env.Post(f)
		}
	})
}

// Flush hands to the writer what is not written yet, also what failed before.
func (k *draftKeeper) Flush() {
	due := k.due
	k.due = nil
	for _, d := range due {
		k.put(k.contentJob(d))
	}
	k.startWriter()
}

func (k *draftKeeper) startWriter() {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.startLocked()
}

// contentJob writes a draft as it is now, or deletes it where it is empty.
func (k *draftKeeper) contentJob(d *draft) draftJob {
	row, content := k.rowOf(d), d.content()
	return draftJob{key: d.key, run: func(ctx context.Context, to *journal.Journal) error {
		if content.empty() {
			return to.DeleteDraft(ctx, row.ConnectionID, row.InstanceID, row.Entity)
		}
		body, err := json.Marshal(content)
		if err != nil {
			return fmt.Errorf("write draft: %w", err)
		}
		row.Body = body
		return to.SaveDraft(ctx, row)
	}}
}

// rowOf is where a draft is stored and whom it is about, without its content.
func (k *draftKeeper) rowOf(d *draft) journal.Draft {
	row := journal.Draft{
		ConnectionID: d.key.Connection, InstanceID: d.key.Instance, Entity: d.key.Entity, ChangedAt: k.env.Now(),
	}
	if customer, ok := d.form.CustomerKey(); ok {
		row.CustomerKey = customer.Value
	}
	return row
}

// Release keeps a stored draft from being written over.
func (k *draftKeeper) Release(stored journal.Draft) {
	k.put(draftJob{run: func(ctx context.Context, to *journal.Journal) error { return to.ReleaseDraft(ctx, stored.Seq) }})
}

// Exchange keeps what a draft holds now as an earlier one, and makes an earlier
// one the draft.
func (k *draftKeeper) Exchange(earlier journal.Draft, d *draft) {
	row, content := k.rowOf(d), d.content()
	k.put(draftJob{run: func(ctx context.Context, to *journal.Journal) error {
		if !content.empty() {
			body, err := json.Marshal(content)
			if err != nil {
				return fmt.Errorf("write draft: %w", err)
			}
			row.Body = body
		}
		return to.ExchangeDraft(ctx, earlier, row)
	}})
}

// Drop deletes earlier drafts.
func (k *draftKeeper) Drop(earlier []journal.Draft) {
	k.put(draftJob{run: func(ctx context.Context, to *journal.Journal) error {
		for _, one := range earlier {
			if err := to.DropDraft(ctx, one); err != nil {
				return err
			}
		}
		return nil
	}})
}

// put queues a job. Content that waits is replaced by newer content.
func (k *draftKeeper) put(job draftJob) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if job.key != (draftKey{}) {
		k.jobs = slices.DeleteFunc(k.jobs, func(other draftJob) bool { return other.key == job.key })
	}
	k.jobs = append(k.jobs, job)
	k.startLocked()
}

// startLocked starts the writer where none runs.
func (k *draftKeeper) startLocked() {
	if k.writing || len(k.jobs) == 0 {
		return
	}
	k.writing = true
	k.writers++
	number, to := k.writers, k.env.Journal
	k.env.Tasks.GoWrite(func(ctx context.Context) {
		err := k.write(ctx, to)
		k.env.Post(func() { k.written(number, err) })
	})
}

// write does what is queued, in order, up to the first that fails.
func (k *draftKeeper) write(ctx context.Context, to *journal.Journal) error {
	for {
		job, more := k.next()
		if !more {
			return nil
		}
		if err := job.run(ctx, to); err != nil {
			k.putBack(job)
			return err
		}
	}
}

func (k *draftKeeper) next() (job draftJob, more bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if len(k.jobs) == 0 {
		k.writing = false
		return draftJob{}, false
	}
	job = k.jobs[0]
	k.jobs = slices.Delete(k.jobs, 0, 1)
	return job, true
}

// putBack leaves a job that failed for the next try, unless a newer one of the
// same draft waits.
func (k *draftKeeper) putBack(job draftJob) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.writing = false
	if job.key == (draftKey{}) || !slices.ContainsFunc(k.jobs, func(other draftJob) bool { return other.key == job.key }) {
		k.jobs = slices.Insert(k.jobs, 0, job)
	}
}

// written says once that writing fails, until it works again. The word of a writer
// can come after that of the next one, which took over what it left.
func (k *draftKeeper) written(number int, err error) {
	const key = "drafts"
	if number < k.heard {
		return
	}
	k.heard = number
	if err == nil {
		if k.said {
			k.said = false
			k.env.Dismiss(key)
		}
		return
	}
	k.env.Logger.Warn("draft not kept", "error", err)
	if !k.again {
		k.again = true
		k.after(draftRetry, k.retry)
	}
	if k.said {
		return
	}
	k.said = true
	n := NoticeOf(key, err)
	n.Tone = ToneWarning
	n.Text = "What you type cannot be kept for the next start at the moment. It is tried again and again; this line goes when it worked. " + n.Text
	k.env.Notify(n)
}

func (k *draftKeeper) retry() {
	k.again = false
	k.startWriter()
}
