package access

import (
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/activitydesk/activitydesk/client/vault"
	"github.com/activitydesk/activitydesk/ui/access/accesstest"
	"github.com/activitydesk/activitydesk/ui/tasks"
	"github.com/activitydesk/activitydesk/ui/tasks/taskstest"
)

// watching is a watch of a keyring that does what the test says.
type watching struct {
	*KeyringWatch
	ring  *accesstest.Ring
	queue *taskstest.Queue
	seen  []KeyringState
}

// newWatching begins a watch; all that happens does so in the bubble of a test.
func newWatching(t *testing.T) *watching {
	w := &watching{ring: accesstest.NewRing(), queue: taskstest.NewQueue()}
	group := tasks.New(t.Context(), nil)
	t.Cleanup(func() { group.Close(time.Second) })
	keyring := vault.OpenEntries(w.ring, t.TempDir(), vault.Options{Limit: 3 * time.Second})
	w.KeyringWatch = WatchKeyring(group, w.queue.Post, keyring)
	w.OnChange(func() { w.seen = append(w.seen, w.State()) })
	return w
}

// pass lets time go by, and everything happen that is due.
func (w *watching) pass(by time.Duration) {
	time.Sleep(by)
	synctest.Wait()
	w.queue.Run()
}

func TestAKeyringIsKnownByWhatItAnswers(t *testing.T) {
	for want, err := range map[KeyringState]error{
		KeyringThere: nil, KeyringLocked: vault.ErrLocked, KeyringMissing: vault.ErrUnavailable,
	} {
		synctest.Test(t, func(t *testing.T) {
			w := newWatching(t)
			w.ring.Refuse(err)
			var told error
			w.Ask(func(err error) { told = err })
			w.pass(2 * time.Second)
			if w.State() != want || w.State().Usable() != (err == nil) || !errors.Is(told, err) || !errors.Is(w.Err(), err) {
				t.Errorf("it refuses with %v: state %d, told %v", err, w.State(), told)
			}
		})
	}
}

func TestASilentKeyringIsAskedAgainUntilItAnswers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWatching(t)
		answer := w.ring.Silence()
		asked := 0
		w.Ask(func(error) { asked++ })
		w.Ask(func(error) { asked++ })
		w.pass(w.Slow)
		if w.State() != KeyringWaiting {
			t.Fatalf("after a while it is in state %d", w.State())
		}
		w.pass(3 * time.Second)
		if w.State() != KeyringSilent || asked != 2 {
			t.Fatalf("after its limit it is in state %d, and %d know", w.State(), asked)
		}
		answer()
		w.pass(w.Again)
		w.pass(time.Second) // it was asked, and answers
		if w.State() != KeyringThere {
			t.Errorf("once it answers it is in state %d", w.State())
		}
		w.pass(w.Slow)
	})
}

func TestADoubtedKeyringIsAskedAnew(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWatching(t)
		w.Ask(nil)
		w.pass(2 * time.Second)
		forgotten := 0
		remove := w.OnChange(func() { forgotten++ })
		remove()
		w.ring.Refuse(vault.ErrLocked)
		w.Doubt()
		w.pass(2 * time.Second)
		if len(w.seen) != 3 || w.seen[1] != KeyringWaiting || w.seen[2] != KeyringLocked || forgotten != 0 {
			t.Errorf("it was seen as %v; %d told who had gone", w.seen, forgotten)
		}
	})
}
