// What is known of the system's keyring: it can be there, missing, locked, or
// silent, and take as long as a person needs to unlock it.

package access

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/activitydesk/activitydesk/client/vault"
	"github.com/activitydesk/activitydesk/ui/tasks"
)

// KeyringState is what is known of the keyring.
type KeyringState int

const (
	KeyringUnknown KeyringState = iota // being looked for
	KeyringThere
	KeyringMissing
	KeyringWaiting // asked, and slow to answer: a person may have to unlock it
	KeyringLocked
	KeyringSilent // did not answer within the time limit
)

// Usable says whether secrets can be kept there at this moment.
func (s KeyringState) Usable() bool { return s == KeyringThere }

// KeyringStateOf says what the answer to a probe means.
func KeyringStateOf(err error) KeyringState {
	switch {
	case err == nil:
		return KeyringThere
	case errors.Is(err, vault.ErrLocked):
		return KeyringLocked
	case errors.Is(err, vault.ErrTimeout):
		return KeyringSilent
	default:
		return KeyringMissing
	}
}

// KeyringWatch asks the keyring, for the whole window at once. It is used on the
// UI goroutine.
type KeyringWatch struct {
	tasks *tasks.Group
	post  func(func())
	probe func(context.Context) error
	// Slow is how long until an answer is said to be slow, Again until a silent
	// keyring is asked again. They are set before it is asked.
	Slow, Again time.Duration

	state    KeyringState
	err      error // why it is not there
	asking   bool
	number   int // of the question that is being asked
	waiting  []func(error)
	watchers []func()
}

// WatchKeyring watches a vault: it asks by the tasks, and post puts the answer
// on the UI goroutine.
func WatchKeyring(tasks *tasks.Group, post func(func()), keyring *vault.Vault) *KeyringWatch {
	return &KeyringWatch{tasks: tasks, post: post, probe: keyring.Probe, Slow: time.Second, Again: 5 * time.Second}
}

// State is what is known of the keyring.
func (k *KeyringWatch) State() KeyringState { return k.state }

// Err is why the keyring is not there; nil where it is, or not known.
func (k *KeyringWatch) Err() error { return k.err }

// OnChange adds a function that is called when the state has changed, and
// answers what takes it away.
func (k *KeyringWatch) OnChange(f func()) (remove func()) {
	at := len(k.watchers)
	k.watchers = append(k.watchers, f)
	return func() { k.watchers[at] = nil }
}

// Ask asks the keyring whether it can be used, and calls done with the answer;
// done may be nil. Who asks while it is being asked gets the same answer.
func (k *KeyringWatch) Ask(done func(error)) {
	if done != nil {
		k.waiting = append(k.waiting, done)
	}
	if k.asking {
		return
	}
	k.asking = true
	k.number++
	number, probe := k.number, k.probe
	k.tasks.Go(func(ctx context.Context) {
		err := probe(ctx)
		k.post(func() { k.answered(err) })
	})
	k.after(k.Slow, func() {
		if k.asking && k.number == number {
			k.set(KeyringWaiting, nil)
		}
	})
}

// Doubt says that the keyring has just failed to answer somebody, and asks it.
func (k *KeyringWatch) Doubt() {
	k.set(KeyringWaiting, nil)
	k.Ask(nil)
}

// answered takes the answer. A keyring that stayed silent is asked again until
// it answers: a person may unlock it at any time.
func (k *KeyringWatch) answered(err error) {
	k.asking = false
	waiting := k.waiting
	k.waiting = nil
	k.set(KeyringStateOf(err), err)
	for _, done := range waiting {
		done(err)
	}
	if k.state == KeyringSilent {
		number := k.number
		k.after(k.Again, func() {
			if k.number == number {
				k.Ask(nil)
			}
		})
	}
}

func (k *KeyringWatch) set(state KeyringState, err error) {
	changed := k.state != state
	k.state, k.err = state, err
	if !changed {
		return
	}
	for _, f := range slices.Clone(k.watchers) {
		if f != nil {
			f()
		}
	}
}

// after runs a function on the UI goroutine after a time.
func (k *KeyringWatch) after(delay time.Duration, f func()) {
	k.tasks.Go(func(ctx context.Context) {
		if tasks.Pause(ctx, delay) {
			k.post(f)
		}
	})
}
