// Starting the desk: the services are opened, the pages are built, and the
// place of last time is restored.

package ui

import (
	"context"
	"errors"
	"runtime"
	"runtime/debug"
	"time"

	"github.com/activitydesk/activitydesk/assets"
	"github.com/activitydesk/activitydesk/client/journal"
	"github.com/activitydesk/activitydesk/client/metadata"
	"github.com/activitydesk/activitydesk/client/vault"
	"github.com/activitydesk/activitydesk/ui/access"
	"github.com/activitydesk/activitydesk/ui/settings"
	"github.com/activitydesk/activitydesk/ui/tasks"
	"github.com/activitydesk/activitydesk/ui/words"
)

// start opens the services and shows the first page when they are open.
func (d *Desk) start() {
	d.frame.panel.ShowLoading("Opening the journal and the sandbox…", nil)
	o, retention, rules := d.options, retentionOf(d.kept), d.rules
	d.tasks.Go(func(ctx context.Context) {
		opened, err := openServices(ctx, o, retention, rules, d.journalReplaced)
		d.opened.Store(opened)
		d.gate.post(func() { d.started(opened, err) })
	})
}

// journalReplaced is called off the UI goroutine when the journal's file was
// deleted or replaced while the desk ran.
func (d *Desk) journalReplaced() {
	d.gate.post(func() {
		d.env.Notify(Notice{
			Key: "journal-replaced", Tone: ToneWarning,
			Text: "The file of the journal was deleted or replaced while the desk ran. The desk goes on with what is in its place now, " +
				"or with a new one. What you are typing and sending is in it; what was recorded before is in the old file only.",
		})
		d.count()
	})
}

// retentionOf is how long the journal keeps entries.
func retentionOf(s settings.Settings) time.Duration {
	return time.Duration(s.RetentionDays) * 24 * time.Hour
}

// started is called once the services are open, or cannot be.
func (d *Desk) started(opened *services, err error) {
	if err != nil {
		d.cannotStart(err)
		return
	}
	d.services = opened
	d.env.Journal, d.env.Outbox, d.env.Drafts = opened.journal, opened.outbox, opened.drafts

	credentials := newCredentials(d.options)
	dial := access.Dialer{
		Credentials: credentials, UserAgent: userAgent, Sandbox: opened.sandboxAddress,
		NewClient: d.options.newClient, Logger: d.options.Logger, Redact: d.options.Redact, Told: d.tokenTold,
	}
	d.session = NewSession(d.env, dial.Dial, func(connection string, in metadata.Instance) GuardState {
		return guardState(opened.guard, connection, in)
	})
	d.credentials = credentials
	d.pages = d.build(d)
	d.frame.setPages(d.pages, runtime.GOOS == "darwin", d.goTo)
	d.bindPageKeys()
	d.showMenu()
	d.session.OnChange(d.sessionChanged)
	d.frame.panel.ShowContent()
	d.goTo(d.pages[0].ID())
	d.watch()
	d.probeKeyring()
	d.restore()
	d.sayEarlier()
	d.gate.post(d.showIcon)
	d.app.Lifecycle().SetOnEnteredForeground(func() {
		d.gate.post(func() {
			d.readShared()
			d.attend(true)
		})
	})
	d.app.Lifecycle().SetOnExitedForeground(func() { d.gate.post(func() { d.attend(false) }) })
}

// attend tells the pages whether the window has the keyboard.
func (d *Desk) attend(here bool) {
	for _, page := range d.pages {
		if attender, ok := page.(Attender); ok {
			attender.Attend(here)
		}
	}
}

// cannotStart says why the journal cannot be opened: without it nothing could
// be sent, for nothing could be recorded.
func (d *Desk) cannotStart(err error) {
	m := words.Explain(err)
	action, act := "Try again", d.start
	if errors.Is(err, journal.ErrDamaged) {
		action, act = "Set the file aside and begin a new one", d.setJournalAside
	}
	d.frame.panel.ShowFailed(m.What, m.Do, m.Details, action, act)
}

func (d *Desk) setJournalAside() {
	path, now := journalFile(d.options.Folders), d.options.Now()
	d.frame.panel.ShowLoading("Setting the damaged file aside…", nil)
	d.tasks.GoWrite(func(ctx context.Context) {
		kept, err := journal.SetAside(ctx, path, now)
		d.gate.post(func() {
			if err != nil {
				d.cannotStart(err)
				return
			}
			d.env.Notify(Notice{Key: "journal", Tone: ToneWarning, Text: "The damaged journal is kept as " + kept + "."})
			d.start()
		})
	})
}

// showIcon gives the window its icon, when its page is there: drawing that takes as
// long as a third of all that is ours of the first frame.
func (d *Desk) showIcon() {
	d.app.SetIcon(assets.IconApp())
	d.window.SetIcon(assets.IconApp())
}

// tidyAfterStart gives back to the system what only the start has used: fonts that
// were being read, pictures, the journal's first look. Go would keep it for
// later, and the desk needs less than that from then on.
func tidyAfterStart(ctx context.Context) {
	const started = 3 * time.Second
	if tasks.Pause(ctx, started) {
		debug.FreeOSMemory()
	}
}

// restore goes to the connection of last time, or to the sandbox.
func (d *Desk) restore() {
	d.session.SetConnections(d.connections())
	last := d.kept.LastConnection
	if _, ok := d.kept.Connection(last); !ok {
		last = sandboxID
	}
	d.session.ChooseConnection(last)
}

// connections lists what can be chosen: the sandbox, then what was added.
func (d *Desk) connections() []settings.Connection {
	list := []settings.Connection{{
		ID: sandboxID, Name: "Sandbox on this computer", Auth: settings.AuthSandbox,
		RatePerMinute: settings.DefaultRatePerMinute, Note: "for learning and rehearsing",
	}}
	return append(list, d.kept.Connections...)
}

// newCredentials makes the two places for secrets, without touching them.
func newCredentials(o Options) *access.Credentials {
	return &access.Credentials{
		Keyring: openKeyring(o), Session: vault.OpenMemory(o.Redact), Redact: o.Redact,
		LockDir: o.Folders.State, HTTP: o.Identity, Now: o.Now,
	}
}

// probeKeyring finds out whether there is a keyring, which can take as long as
// a person needs to unlock it.
func (d *Desk) probeKeyring() {
	d.ring = access.WatchKeyring(d.env.Tasks, d.env.Post, d.credentials.Keyring)
	d.ring.OnChange(d.keyringChanged)
	d.frame.status.showKeyring(access.KeyringUnknown)
	d.ring.Ask(nil)
}
