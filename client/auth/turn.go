// Renewals and changes of one sign-in take turns: within this desk, and with
// other desks by a locked file.

package auth

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"path/filepath"
	"strings"
	"time"

	"github.com/gofrs/flock"

	"github.com/activitydesk/activitydesk/client/vault"
)

const (
	lockLimit = 30 * time.Second // that another desk is waited for
	lockPause = 25 * time.Millisecond
)

// turns is where one takes one's turn.
type turns struct {
	path  string        // of the locked file; "": no other desk
	slot  chan struct{} // holds an element while somebody has the turn
	limit time.Duration
}

// newTurns makes the turns of the sign-in that ref names. The file is empty, and
// its lock goes with its process.
func newTurns(dir string, ref vault.Ref) *turns {
	t := &turns{slot: make(chan struct{}, 1), limit: lockLimit}
	if dir != "" {
		sum := sha256.Sum256([]byte(ref.Connection + "\n" + strings.ToLower(ref.Host)))
		t.path = filepath.Join(dir, "sign-in-"+hex.EncodeToString(sum[:8])+".lock")
	}
	return t
}

// take waits for the turn. The error is ErrBusy, or that of ctx. A turn that is
// free is had however slow this computer is: the limit is for waiting. A lock that
// cannot be made at all, as where the folder cannot be written, is done without:
// what is then lost is that two desks might renew at once.
func (t *turns) take(ctx context.Context) (leave func(), err error) {
	if err := ctx.Err(); err != nil {
		return nil, cancelled(err)
	}
	limited, cancel := context.WithTimeout(ctx, t.limit)
	defer cancel()
	if !t.enter(limited) {
		return nil, t.busy(ctx)
	}
	next := func() { <-t.slot }
	if t.path == "" {
		return next, nil
	}
	lock := flock.New(t.path, flock.SetPermissions(0o600))
	held, err := lock.TryLock()
	if err == nil && !held {
		held, err = lock.TryLockContext(limited, lockPause)
	}
	switch {
	case held:
		return func() {
			_ = lock.Unlock() // closing the file gives the lock back in any case
			next()
		}, nil
	case limited.Err() != nil && errors.Is(err, limited.Err()):
		_ = lock.Close() // nothing was locked
		next()
		return nil, t.busy(ctx)
	}
	_ = lock.Close() // nothing was locked
	return next, nil
}

// enter waits for the turn among those of this desk.
func (t *turns) enter(limited context.Context) bool {
	select {
	case t.slot <- struct{}{}:
		return true
	default:
	}
	select {
	case t.slot <- struct{}{}:
		return true
	case <-limited.Done():
		return false
	}
}

func (t *turns) busy(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return cancelled(err)
	}
	return &Error{Kind: ErrBusy}
}
