// What is known of the system's keyring: it can be there, missing, locked, or
// silent, and take as long as a person needs to unlock it.

package ui

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/activitydesk/activitydesk/client/vault"
	"github.com/activitydesk/activitydesk/ui/tasks"
)

// keyringState is what is known of the keyring.
type keyringState int

const (
	keyringUnknown keyringState = iota // being looked for
	keyringThere
	keyringMissing
	keyringWaiting // asked, and slow to answer: a person may have to unlock it
	keyringLocked
	keyringSilent // did not answer within the time limit
)

// usable says whether secrets can be kept there at this moment.
func (s keyringState) usable() bool { return s == keyringThere }

// keyringStateOf says what the answer to a probe means.
func keyringStateOf(err error) keyringState {
	switch {
	case err == nil:
		return keyringThere
	case errors.Is(err, vault.ErrLocked):
		return keyringLocked
	case errors.Is(err, vault.ErrTimeout):
		return keyringSilent
	default:
		return keyringMissing
	}
}

// keyringWatch asks the keyring, for the whole window at once. It is used on the
// UI goroutine.
type keyringWatch struct {
	env   *Env
	probe func(context.Context) error
	slow  time.Duration // until an answer is said to be slow
	again time.Duration // until a silent keyring is asked again

	state    keyringState
	err      error // why it is not there
	asking   bool
	number   int // of the question that is being asked
	waiting  []func(error)
	watchers []func()
}

// newKeyringWatch watches a vault.
func newKeyringWatch(env *Env, keyring *vault.Vault) *keyringWatch {
	return &keyringWatch{env: env, probe: keyring.Probe, slow: time.Second, again: 5 * time.Second}
}

// OnChange adds a function that is called when the state has changed, and
// answers what takes it away.
func (k *keyringWatch) OnChange(f func()) (remove func()) {
	at := len(k.watchers)
	k.watchers = append(k.watchers, f)
	return func() { k.watchers[at] = nil }
}

// Ask asks the keyring whether it can be used, and calls done with the answer;
// done may be nil. Who asks while it is being asked gets the same answer.
func (k *keyringWatch) Ask(done func(error)) {
	if done != nil {
		k.waiting = append(k.waiting, done)
	}
	if k.asking {
		return
	}
	k.asking = true
	k.number++
	number, probe := k.number, k.probe
	k.env.Tasks.Go(func(ctx context.Context) {
		err := probe(ctx)
		k.env.Post(func() { k.answered(err) })
	})
	k.after(k.slow, func() {
		if k.asking && k.number == number {
			k.set(keyringWaiting, nil)
		}
	})
}

// Doubt says that the keyring has just failed to answer somebody, and asks it.
func (k *keyringWatch) Doubt() {
	k.set(keyringWaiting, nil)
	k.Ask(nil)
}

// answered takes the answer. A keyring that stayed silent is asked again until
// it answers: a person may unlock it at any time.
func (k *keyringWatch) answered(err error) {
	k.asking = false
	waiting := k.waiting
	k.waiting = nil
	k.set(keyringStateOf(err), err)
	for _, done := range waiting {
		done(err)
	}
	if k.state == keyringSilent {
		number := k.number
		k.after(k.again, func() {
			if k.number == number {
				k.Ask(nil)
			}
		})
	}
}

func (k *keyringWatch) set(state keyringState, err error) {
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
func (k *keyringWatch) after(delay time.Duration, f func()) {
	k.env.Tasks.Go(func(ctx context.Context) {
		if tasks.Pause(ctx, delay) {
			k.env.Post(f)
		}
	})
}
