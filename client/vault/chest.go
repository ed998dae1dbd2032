// Secrets as a whole, made of entries of a backend.

package vault

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/gofrs/flock"
)

// backend is a keyring: entries by name. Its errors are failures; one that
// does not find an entry is ErrNotFound.
type backend interface {
	Get(account string) (string, error)
	Set(account, text string) error
	Delete(account string) error
}

// chest puts secrets into a backend. Between the calls of the backend it looks
// at the context: when the caller is gone, nothing more is done.
type chest struct {
	backend  backend
	lockPath string // "": nobody else uses the backend
}

const lockPause = 20 * time.Millisecond

// locked runs f while no other desk changes secrets.
func (c chest) locked(ctx context.Context, f func() error) error {
	if c.lockPath == "" {
		return f()
	}
	lock := flock.New(c.lockPath, flock.SetPermissions(0o600))
	defer func() { _ = lock.Close() }() // closing the file gives the lock back in any case
	held, err := lock.TryLock()
	if err == nil && !held {
		held, err = lock.TryLockContext(ctx, lockPause)
	}
	switch {
	case held: // even where ctx has ended by now: f says so
		return f()
	case ctx.Err() != nil && errors.Is(err, ctx.Err()):
		return fmt.Errorf("another desk is changing secrets: %w", err)
	}
	return fail(ErrUnavailable, errors.Join(errors.New("lock"), err))
}

func (c chest) get(ctx context.Context, account string) (string, error) {
	if err := ctx.Err(); err != nil {
		return "", err
	}
	return c.backend.Get(account)
}

func (c chest) set(ctx context.Context, account, text string) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	return c.backend.Set(account, text)
}

// drop deletes an entry; that it is not there is no error.
func (c chest) drop(ctx context.Context, account string) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := c.backend.Delete(account); err != nil && !isNotFound(err) {
		return err
	}
	return nil
}

// load gives a secret. Only one that is split needs the lock: its parts could
// be replaced between two calls.
func (c chest) load(ctx context.Context, account string) (value string, err error) {
	h, err := c.head(ctx, account)
	if err != nil {
		return "", err
	}
	if h.Parts == 0 {
		return h.unpack(nil)
	}
	err = c.locked(ctx, func() error {
		value, err = c.loadLocked(ctx, account)
		return err
	})
	return value, err
}

func (c chest) loadLocked(ctx context.Context, account string) (string, error) {
	h, err := c.head(ctx, account)
	if err != nil {
		return "", err
	}
	parts := make([]string, 0, h.Parts)
	for n := 1; n <= h.Parts; n++ {
		text, err := c.get(ctx, partName(account, h.Generation, n))
		if isNotFound(err) {
			return "", fail(ErrDamaged, fmt.Errorf("part %d of %d is missing", n, h.Parts))
		}
		if err != nil {
			return "", err
		}
		parts = append(parts, text)
	}
	return h.unpack(parts)
}

func (c chest) head(ctx context.Context, account string) (head, error) {
	text, err := c.get(ctx, account)
	if err != nil {
		return head{}, err
	}
	return parseHead(text)
}

// save writes a secret under the lock: parts first, then the head that makes
// them count, then it is read back, and only then does the old one go. What
// fails before the head leaves the old secret as it was.
func (c chest) save(ctx context.Context, account, value string) error {
	before, err := c.get(ctx, account)
	if err != nil && !isNotFound(err) {
		return err
	}
	old, err := parseHead(before)
	if err != nil {
		old = head{} // nothing was there, or nothing that could be used
	}
	h, parts, err := pack(value, old.Generation)
	if err != nil {
		return err
	}
	text, err := h.text()
	if err != nil {
		return err
	}
	for i, part := range parts {
		if err := c.set(ctx, partName(account, h.Generation, i+1), part); err != nil {
			_ = c.dropParts(ctx, account, h.Generation, 1, 0) // the next save or remove does it if this does not
			return err
		}
	}
	if err := c.commit(ctx, account, text, value); err != nil {
		c.restore(ctx, account, before, h.Generation)
		return err
	}
	// What is left of the old secret goes; the new one is kept whether or not
	// that works, and the next save or remove tries again.
	for _, g := range generations {
		switch g {
		case h.Generation:
			_ = c.dropParts(ctx, account, g, h.Parts+1, 0)
		case old.Generation:
			_ = c.dropParts(ctx, account, g, 1, old.Parts)
		default:
			_ = c.dropParts(ctx, account, g, 1, 0)
		}
	}
	return nil
}

// commit writes the head and reads the secret back: the tool that the library
// calls on macOS does not tell of every failure.
func (c chest) commit(ctx context.Context, account, text, value string) error {
	if err := c.set(ctx, account, text); err != nil {
		return err
	}
	got, err := c.loadLocked(ctx, account)
	if err == nil && got != value {
		err = fail(ErrUnavailable, errors.New("it did not keep what was written"))
	}
	return err
}

// restore puts the old head back after a head that did not work, as well as
// the keyring still allows.
func (c chest) restore(ctx context.Context, account, before, generation string) {
	var err error
	if before == "" {
		err = c.drop(ctx, account)
	} else {
		err = c.set(ctx, account, before)
	}
	if err == nil && generation != "" {
		_ = c.dropParts(ctx, account, generation, 1, 0)
	}
}

// remove deletes a secret and everything that could be left of it. The head
// goes first: without it the parts are nothing.
func (c chest) remove(ctx context.Context, account string) error {
	h, err := c.head(ctx, account)
	if kind, _ := kindOf(err); err != nil && kind != ErrNotFound && kind != ErrDamaged {
		return err
	}
	if err := c.drop(ctx, account); err != nil {
		return err
	}
	for _, g := range generations {
		atLeast := 0
		if g == h.Generation {
			atLeast = h.Parts
		}
		if err := c.dropParts(ctx, account, g, 1, atLeast); err != nil {
			return err
		}
	}
	return nil
}

// dropParts deletes the parts of a generation from number from on: those up to
// atLeast and all that follow. The last goes first, so that an interruption
// leaves no gap behind which parts would not be found.
func (c chest) dropParts(ctx context.Context, account, generation string, from, atLeast int) error {
	last := max(from-1, atLeast)
	for {
		_, err := c.get(ctx, partName(account, generation, last+1))
		if isNotFound(err) {
			break
		}
		if err != nil {
			return err
		}
		last++
	}
	for n := last; n >= from; n-- {
		if err := c.drop(ctx, partName(account, generation, n)); err != nil {
			return err
		}
	}
	return nil
}

// probe writes, reads and deletes an entry under the lock.
func (c chest) probe(ctx context.Context) error {
	return c.locked(ctx, func() error {
		const account = "probe"
		value := rand.Text()
		if err := c.set(ctx, account, value); err != nil {
			return err
		}
		got, err := c.get(ctx, account)
		if err != nil && !isNotFound(err) {
			return err
		}
		if got != value {
			return fail(ErrUnavailable, errors.New("it did not keep what was written"))
		}
		return c.drop(ctx, account)
	})
}

// listed is a secret of a connection, in the connection's list.
type listed struct {
	Kind Kind   `json:"kind"`
	Host string `json:"host"`
}

// list gives what was ever kept for a connection. A keyring cannot be asked
// for that itself.
func (c chest) list(ctx context.Context, connection string) ([]listed, error) {
	text, err := c.loadLocked(ctx, listName(connection))
	if kind, _ := kindOf(err); kind == ErrNotFound || kind == ErrDamaged {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var found []listed
	if json.Unmarshal([]byte(text), &found) != nil {
		return nil, nil // as if damaged: the next secret begins it anew
	}
	return found, nil
}

func listName(connection string) string { return accountOf(connection) + "/list" }

// enlist notes in the connection's list that a secret is kept.
func (c chest) enlist(ctx context.Context, ref Ref) error {
	found, err := c.list(ctx, ref.Connection)
	if err != nil {
		return err
	}
	entry := listed{Kind: ref.Kind, Host: ref.Host}
	if slices.Contains(found, entry) {
		return nil
	}
	text, err := json.Marshal(append(found, entry))
	if err != nil {
		return err
	}
	return c.save(ctx, listName(ref.Connection), string(text))
}

// delist takes a secret that is gone off the list, and the list itself with the
// last of them: then nothing of the connection is left.
func (c chest) delist(ctx context.Context, ref Ref) error {
	found, err := c.list(ctx, ref.Connection)
	if err != nil {
		return err
	}
	rest := slices.DeleteFunc(slices.Clone(found), func(l listed) bool { return l.Kind == ref.Kind && strings.EqualFold(l.Host, ref.Host) })
	switch {
	case len(rest) == len(found):
		return nil
	case len(rest) == 0:
		return c.remove(ctx, listName(ref.Connection))
	}
	text, err := json.Marshal(rest)
	if err != nil {
		return err
	}
	return c.save(ctx, listName(ref.Connection), string(text))
}

// forget removes what the list names, every kind for the given hosts, and last
// the list.
func (c chest) forget(ctx context.Context, connection string, hosts []string) error {
	all, err := c.list(ctx, connection)
	if err != nil {
		return err
	}
	for _, host := range hosts {
		for _, kind := range []Kind{KindSubscriptionKey, KindToken, KindClientSecret, KindTokenCache} {
			if host != "" && !slices.Contains(all, listed{kind, host}) {
				all = append(all, listed{kind, host})
			}
		}
	}
	for _, entry := range all {
		account, err := Ref{Connection: connection, Host: entry.Host, Kind: entry.Kind}.account()
		if err != nil {
			continue // such an entry cannot have been written
		}
		if err := c.remove(ctx, account); err != nil {
			return err
		}
	}
	return c.remove(ctx, listName(connection))
}
