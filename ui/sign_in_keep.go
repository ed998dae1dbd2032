// Where a sign-in is kept: the keyring is asked before anybody signs in, and
// what it does not take is not lost.

package ui

import (
	"context"
	"errors"

	"github.com/activitydesk/activitydesk/client/auth"
	"github.com/activitydesk/activitydesk/client/vault"
)

// begin starts from the beginning: the keyring first, if it is to keep anything.
func (c *signInCard) begin() {
	c.stop()
	if c.spec.Trial.SessionOnly() {
		c.start()
		return
	}
	c.goTo(stepKeyring)
	round := c.round
	c.spec.Keyring.Ask(func(err error) {
		switch {
		case c.closed || round != c.round || c.step != stepKeyring:
		case err != nil:
			c.fail(stepNoRing, err)
		default:
			c.start()
		}
	})
}

// keyringChanged shows what is known of the keyring while it is waited for. One
// that answers late, when it was given up already, is gone on with.
func (c *signInCard) keyringChanged() {
	switch {
	case c.step == stepKeyring:
		c.show()
	case c.step == stepNoRing && c.spec.Keyring.State().Usable():
		c.start()
	case c.step == stepNoRing && c.spec.Keyring.Err() != nil:
		c.err = c.spec.Keyring.Err()
		c.show()
	case c.step == stepNotKept && c.spec.Keyring.State().Usable():
		c.keep()
	}
}

// KeepForNow goes on without the keyring: what is kept is in memory. What the
// keyring may have taken by then goes when it answers.
func (c *signInCard) keepForNow() {
	c.spec.Trial.KeepForNow()
	switch c.step {
	case stepKeeping, stepNotKept:
		c.otherPlace()
		c.spec.Trial.GiveUp()
		c.step = stepKeeping // what the keyring says now is not for this
		c.spec.Keyring.Doubt()
		c.keep()
	default:
		c.start()
	}
}

// keep writes the sign-in. It is not made again where that fails: it waits in
// memory for another try or for another place. Closing the card does not end it.
func (c *signInCard) keep() {
	c.stop()
	c.goTo(stepKeeping)
	abort, cancel := context.WithCancel(context.WithoutCancel(c.env.Tasks.Context()))
	c.otherPlace = cancel
	trial, post, round := c.spec.Trial, c.env.Post, c.round
	c.env.Tasks.GoWrite(func(ctx context.Context) {
		ctx, end := context.WithCancel(ctx)
		defer end()
		defer context.AfterFunc(abort, end)()
		err := trial.Keep(ctx)
		post(func() { c.wasKept(round, err) })
	})
}

func (c *signInCard) wasKept(round int, err error) {
	switch {
	case err == nil && (round == c.round || c.closed):
		c.finish()
	case round == c.round:
		c.fail(stepNotKept, err)
		if errors.Is(err, vault.ErrLocked) || errors.Is(err, vault.ErrTimeout) {
			c.spec.Keyring.Doubt()
		}
	case c.closed && errors.Is(err, auth.ErrNotKept):
		c.tell(c.account, nil)
		c.env.Notify(NoticeOf("sign-in-kept", err))
	case c.closed:
		c.tell(auth.Account{}, err)
	}
}
