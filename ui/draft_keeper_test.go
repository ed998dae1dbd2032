package ui

import (
	"context"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/activitydesk/activitydesk/client/journal"
	"github.com/activitydesk/activitydesk/ui/tasks"
)

// keeperRig is a draftKeeper without a window, in a bubble of its own time.
type keeperRig struct {
	*draftKeeper
	queue   *queue
	notices []string
	gone    []string
}

func newKeeperRig(t *testing.T) *keeperRig {
	r := &keeperRig{queue: newQueue()}
	env := &Env{Post: r.queue.post, Tasks: tasks.New(t.Context(), nil), Logger: slog.New(slog.DiscardHandler)}
	env.Notify = func(n Notice) { r.notices = append(r.notices, n.Text) }
	env.Dismiss = func(key string) { r.gone = append(r.gone, key) }
	r.draftKeeper = newDraftKeeper(env)
	return r
}

func TestADraftThatCannotBeWrittenIsTriedAgainAndSaidOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newKeeperRig(t)
		fails, ran := true, 0
		job := func(entity string) draftJob {
			return draftJob{key: draftKey{Entity: entity}, run: func(context.Context, *journal.Journal) error {
				ran++
				if fails {
					return journal.ErrLocked
				}
				return nil
			}}
		}
		r.put(job("a"))
		synctest.Wait()
		r.queue.run()
		r.put(job("a"))
		r.put(job("b"))
		synctest.Wait()
		r.queue.run()
		if len(r.notices) != 1 || !strings.Contains(r.notices[0], "What you type cannot be kept for the next start at the moment.") {
			t.Fatalf("said %q", r.notices)
		}
		fails, ran = false, 0
		time.Sleep(draftRetry)
		synctest.Wait()
		r.queue.run()
		synctest.Wait()
		r.queue.run()
		if ran != 2 || len(r.jobs) != 0 {
			t.Errorf("%d jobs ran, %d are left", ran, len(r.jobs))
		}
		if !slices.Equal(r.gone, []string{"drafts"}) {
			t.Errorf("the notices that went: %q", r.gone)
		}
		if !r.env.Tasks.Close(time.Second) {
			t.Error("something goes on")
		}
	})
}

func TestThatADraftCannotBeWrittenIsNotSaidOnceItWas(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newKeeperRig(t)
		var late []func() // the word of the writer that fails
		r.env.Post = func(f func()) { late = append(late, f) }
		fails := true
		r.put(draftJob{key: draftKey{Entity: "a"}, run: func(context.Context, *journal.Journal) error {
			if fails {
				return journal.ErrLocked
			}
			return nil
		}})
		synctest.Wait()
		r.env.Post, fails = r.queue.post, false
		r.startWriter()
		synctest.Wait()
		r.queue.run()
		for _, word := range late {
			word()
		}
		if len(late) != 1 || len(r.notices) != 0 || len(r.jobs) != 0 {
			t.Errorf("%d late words, said %q, %d jobs are left", len(late), r.notices, len(r.jobs))
		}
		r.env.Tasks.Close(time.Second)
	})
}

func TestOfManyKeysOnlyTheLastIsWrittenAndNoneWaitsLong(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newKeeperRig(t)
		release, wrote := make(chan struct{}), []string{}
		job := func(text string) draftJob {
			return draftJob{key: draftKey{Entity: "e"}, run: func(context.Context, *journal.Journal) error {
				<-release
				wrote = append(wrote, text)
				return nil
			}}
		}
		for _, text := range []string{"n", "no", "now"} {
			r.put(job(text))
			synctest.Wait()
		}
		close(release)
		synctest.Wait()
		if !slices.Equal(wrote, []string{"n", "now"}) {
			t.Errorf("written %q", wrote)
		}
		r.env.Tasks.Close(time.Second)
	})
}

func TestADraftThatWaitsToBeTriedAgainIsTriedAtTheEnd(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newKeeperRig(t)
		fails, wrote := true, false
		r.put(draftJob{key: draftKey{Entity: "a"}, run: func(context.Context, *journal.Journal) error {
			if fails {
				return journal.ErrLocked
			}
			wrote = true
			return nil
		}})
		synctest.Wait()
		r.queue.run()
		fails = false
		r.Flush() // as on closing the window, before the next try is due
		r.env.Tasks.Close(time.Second)
		if !wrote {
			t.Error("what was typed is lost")
		}
	})
}
