// The services behind the window: the journal, the outbox with its guard, the
// sandbox, and the keyring. They are opened off the UI goroutine.

package ui

import (
	"context"
	"errors"
	"path/filepath"
	"time"

	"github.com/activitydesk/activitydesk/client/journal"
	"github.com/activitydesk/activitydesk/client/outbox"
	"github.com/activitydesk/activitydesk/client/sandbox"
	"github.com/activitydesk/activitydesk/client/vault"
	"github.com/activitydesk/activitydesk/ui/access"
	"github.com/activitydesk/activitydesk/ui/settings"
)

func settingsFile(f settings.Folders) string { return filepath.Join(f.Config, "settings.json") }
func journalFile(f settings.Folders) string  { return filepath.Join(f.Data, "journal.db") }

// presetsFolder is beside the journal: presets can hold personal data too.
func presetsFolder(f settings.Folders) string { return filepath.Join(f.Data, "presets") }

// services is what is open behind the window.
type services struct {
	journal *journal.Journal
	guard   *outbox.Guard
	outbox  *outbox.Outbox
	drafts  []journal.Draft // of the run before

	sandbox     *sandbox.Server // nil: it did not start
	sandboxErr  error           // why it did not, a *SandboxError
	sandboxLife context.Context // ends with stopSandbox
	stopSandbox context.CancelFunc
}

// openServices opens what the window cannot do without, and the sandbox, whose
// failing is told where it is chosen. Only the journal's errors are given.
//
// Replaced is called, off the UI goroutine, when another file has taken the
// journal's place.
func openServices(ctx context.Context, o Options, retention time.Duration, rules outbox.Rules, replaced func()) (*services, error) {
	opened, err := journal.Open(ctx, journalFile(o.Folders), journal.Options{
		Now: o.Now, Logger: o.Logger, Retention: retention, Redact: o.Redact, BusyTimeout: o.LockPatience, Replaced: replaced,
	})
	if err != nil {
		return nil, err
	}
	drafts, err := opened.Drafts(ctx)
	if err != nil {
		return nil, errors.Join(err, opened.Close())
	}
	s := &services{journal: opened, drafts: drafts, guard: outbox.NewGuard(o.Now, rules)}
	s.outbox = outbox.New(outbox.Options{Journal: opened, Guard: s.guard, Now: o.Now, Sleep: o.wait, Logger: o.Logger, Redact: o.Redact})

	// Sends may still be under way when ctx ends, so the sandbox outlives it.
	s.sandboxLife, s.stopSandbox = context.WithCancel(context.WithoutCancel(ctx))
	s.sandbox, s.sandboxErr = startSandbox(s.sandboxLife, o)
	return s, nil
}

// startSandbox starts the service in this process. Its life is ctx's.
func startSandbox(ctx context.Context, o Options) (*sandbox.Server, error) {
	server, err := sandbox.Start(ctx, "127.0.0.1:0", sandboxOptions(o))
	if err != nil {
		return nil, &access.SandboxError{Err: err}
	}
	return server, nil
}

func sandboxOptions(o Options) sandbox.Options {
	options := o.Sandbox
	if options.Rate == 0 {
		options.Rate = sandbox.DefaultRate
	}
	options.Now = o.Now
	options.Logger = o.Logger
	return options
}

// sandboxAddress is what a link to the sandbox needs.
func (s *services) sandboxAddress() (root, key, token string, err error) {
	if s.sandboxErr != nil {
		return "", "", "", s.sandboxErr
	}
	return s.sandbox.Root(), s.sandbox.Key(), s.sandbox.Token(), nil
}

// close puts the services away: the journal first, for it must not be open
// when the process ends, then the sandbox.
func (s *services) close() error {
	defer s.stopSandbox()
	errs := []error{s.journal.Close()}
	if s.sandbox != nil {
		errs = append(errs, s.sandbox.Close())
	}
	return errors.Join(errs...)
}

// openKeyring gives the vault in the system's keyring, without touching it.
func openKeyring(o Options) *vault.Vault {
	if o.Keyring != nil {
		return o.Keyring
	}
	return vault.OpenKeyring(o.Folders.State, vault.Options{Redact: o.Redact})
}
