// Package vault keeps secrets: in the keyring of the operating system, or in
// memory for this session where there is none or the person wants it so. It
// never writes one to a file.
//
// A secret is bound to a connection and to the host that it is for: asked for
// with another host it is not found, so that a changed address never gets a
// secret that was entered for another.
package vault

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"path/filepath"
	"strings"
	"sync/atomic"
	"time"

	"github.com/activitydesk/activitydesk/client/redact"
)

// Kind is what a secret is for.
type Kind string

// The kinds of secrets.
const (
	KindSubscriptionKey Kind = "subscription-key"
	KindToken           Kind = "token" // a pasted access token
	KindClientSecret    Kind = "client-secret"
	KindTokenCache      Kind = "token-cache" // of a signed-in person or application
)

// String names the kind for people.
func (k Kind) String() string {
	switch k {
	case KindSubscriptionKey:
		return "subscription key"
	case KindToken:
		return "access token"
	case KindClientSecret:
		return "client secret"
	case KindTokenCache:
		return "sign-in"
	default:
		return string(k)
	}
}

// Ref says which secret is meant.
type Ref struct {
	Connection string // id of the connection
	Host       string // host or host:port that the secret is for; case does not count
	Kind       Kind
}

// DefaultLimit leaves time to answer the system's request to unlock a keyring.
const DefaultLimit = 60 * time.Second

// Options of a vault in the keyring. The zero value is ready for use.
type Options struct {
	Limit  time.Duration    // of each operation; 0: DefaultLimit
	Redact *redact.Redactor // learns every secret that is written or read; may be nil
}

// Vault keeps secrets. It is safe for concurrent use; operations run one after
// the other and never on the caller's goroutine.
type Vault struct {
	chest      chest
	line       *line
	redact     *redact.Redactor
	persistent bool
	changes    atomic.Uint64
}

// OpenKeyring gives a vault in the keyring of the operating system, under the
// service name "activitydesk". It does not talk to it yet; Probe does. Writing
// takes a lock in lockDir, which must exist and be the same for all desks of
// this user.
func OpenKeyring(lockDir string, o Options) *Vault {
	return open(systemKeyring(), filepath.Join(lockDir, lockName), o)
}

// lockName is the file that desks take turns by.
const lockName = "keyring.lock"

func open(b backend, lockPath string, o Options) *Vault {
	if o.Limit <= 0 {
		o.Limit = DefaultLimit
	}
	return &Vault{
		chest:      chest{backend: b, lockPath: lockPath},
		line:       newLine(o.Limit),
		redact:     o.Redact,
		persistent: true,
	}
}

// OpenMemory gives a vault for this session: what is in it is gone with the
// process. A redactor that is given learns the secrets.
func OpenMemory(learns ...*redact.Redactor) *Vault {
	v := open(memory{}, "", Options{})
	v.persistent = false
	if len(learns) > 0 {
		v.redact = learns[0]
	}
	return v
}

// Persistent says whether a secret is still there after the next start.
func (v *Vault) Persistent() bool { return v.persistent }

// Describe says for people where secrets are kept.
func (v *Vault) Describe() string {
	if v.persistent {
		return "OS keyring"
	}
	return "this session only"
}

// Changes grows with each attempt of this process to change a secret, so that
// who keeps a copy can tell when to read again.
func (v *Vault) Changes() uint64 { return v.changes.Load() }

// Probe writes, reads and deletes an entry that is no secret, and so finds out
// whether secrets can be kept. It may make the system ask to unlock a keyring.
func (v *Vault) Probe(ctx context.Context) error {
	_, err := do(ctx, v.line, func(ctx context.Context) (struct{}, error) {
		return struct{}{}, v.chest.probe(ctx)
	})
	return explain("probe the keyring", err)
}

// Get gives a secret. Errors (as *Error, by errors.Is): ErrNotFound,
// ErrUnavailable, ErrLocked, ErrTimeout, ErrDamaged; or that of ctx.
func (v *Vault) Get(ctx context.Context, ref Ref) (string, error) {
	op := fmt.Sprintf("read the %s of connection %s", ref.Kind, ref.Connection)
	account, err := ref.account()
	if err != nil {
		return "", fmt.Errorf("%s: %w", op, err)
	}
	value, err := do(ctx, v.line, func(ctx context.Context) (string, error) {
		return v.chest.load(ctx, account)
	})
	if err != nil {
		return "", explain(op, err)
	}
	v.learn(ref, value)
	return value, nil
}

// Set keeps a secret in the place of the one that was there. It is written
// whole or not at all; after ErrTimeout it may have been written. Errors as of
// Get, and ErrTooLarge.
func (v *Vault) Set(ctx context.Context, ref Ref, value string) error {
	v.learn(ref, value)
	op := fmt.Sprintf("keep the %s of connection %s", ref.Kind, ref.Connection)
	account, err := ref.account()
	if err != nil {
		return fmt.Errorf("%s: %w", op, err)
	}
	if value == "" {
		return fmt.Errorf("%s: %w", op, errEmpty)
	}
	return v.change(ctx, op, func(ctx context.Context) error {
		// The list of what there is comes first: nothing is ever kept that
		// Forget would not find.
		if err := v.chest.enlist(ctx, ref); err != nil {
			return err
		}
		return v.chest.save(ctx, account, value)
	})
}

// learn teaches the redactor. The text of a sign-in is no secret that could stand
// anywhere as a whole: client/auth teaches the tokens and codes that are in it.
func (v *Vault) learn(ref Ref, value string) {
	if ref.Kind != KindTokenCache {
		v.redact.Add(value)
	}
}

// Delete removes a secret and all its parts. That it is not there is no error.
func (v *Vault) Delete(ctx context.Context, ref Ref) error {
	op := fmt.Sprintf("remove the %s of connection %s", ref.Kind, ref.Connection)
	account, err := ref.account()
	if err != nil {
		return fmt.Errorf("%s: %w", op, err)
	}
	return v.change(ctx, op, func(ctx context.Context) error {
		if err := v.chest.remove(ctx, account); err != nil {
			return err
		}
		_ = v.chest.delist(ctx, ref) // the secret is gone; Forget does not mind a list of too many
		return nil
	})
}

// Forget removes all secrets of a connection: of every host that one was ever
// kept for, and of the given hosts.
func (v *Vault) Forget(ctx context.Context, connection string, hosts ...string) error {
	op := "remove the secrets of connection " + connection
	if connection == "" {
		return fmt.Errorf("%s: %w", op, errRef)
	}
	return v.change(ctx, op, func(ctx context.Context) error {
		return v.chest.forget(ctx, connection, hosts)
	})
}

// change runs an operation that changes secrets, under the lock that other
// desks respect.
func (v *Vault) change(ctx context.Context, op string, f func(context.Context) error) error {
	_, err := do(ctx, v.line, func(ctx context.Context) (struct{}, error) {
		defer v.changes.Add(1) // even if the caller is gone by then
		return struct{}{}, v.chest.locked(ctx, func() error { return f(ctx) })
	})
	return explain(op, err)
}

var (
	errEmpty = errors.New("it is empty")
	errRef   = errors.New("connection, host and kind must be given and be short")
)

// maxAccount keeps an entry's name, with the number of a part, within what
// Windows (513) and the command line of macOS allow.
const maxAccount = 400 // bytes

// account is the name of the secret's entry: connection/kind/host.
func (r Ref) account() (string, error) {
	if r.Connection == "" || r.Host == "" || r.Kind == "" {
		return "", errRef
	}
	account := accountOf(r.Connection) + "/" + url.PathEscape(string(r.Kind)) + "/" + url.PathEscape(strings.ToLower(r.Host))
	if len(account) > maxAccount {
		return "", errRef
	}
	return account, nil
}

func accountOf(connection string) string { return url.PathEscape(connection) }
