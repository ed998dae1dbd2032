// The desk is the window and everything behind it, from start to end.

package ui

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"sync/atomic"
	"time"

	"fyne.io/fyne/v2"

	"github.com/activitydesk/activitydesk/client"
	"github.com/activitydesk/activitydesk/client/journal"
	"github.com/activitydesk/activitydesk/client/redact"
	"github.com/activitydesk/activitydesk/client/sandbox"
	"github.com/activitydesk/activitydesk/client/vault"
	"github.com/activitydesk/activitydesk/ui/access"
	"github.com/activitydesk/activitydesk/ui/display"
	"github.com/activitydesk/activitydesk/ui/guard"
	"github.com/activitydesk/activitydesk/ui/settings"
	"github.com/activitydesk/activitydesk/ui/tasks"
	"github.com/activitydesk/activitydesk/ui/widgets"
	"github.com/activitydesk/activitydesk/ui/zones"
)

// Options is what the desk is given by main.
type Options struct {
	Folders settings.Folders
	Logger  *slog.Logger
	Redact  *redact.Redactor
	Crash   tasks.CrashGuard // reports panics of background work; may be nil
	Crashes []string         // files with reports of earlier runs' crashes, to be told once
	// LogErr is why nothing is logged; nil: it is.
	LogErr  error
	Sandbox sandbox.Options // of the sandbox in this process

	// Keyring holds secrets; nil: the system's keyring.
	Keyring *vault.Vault
	// Identity asks identity providers; nil: the usual client.
	Identity *http.Client
	// Screen gives what the screen has room for, in the window's own units before
	// Fyne's scale; 0, or no function: not known.
	Screen func() (width, height int)
	// Now is the clock; nil: time.Now.
	Now func() time.Time
	// LockPatience is how long a file is waited for that another desk has locked;
	// 0: 5 s.
	LockPatience time.Duration

	// newClient makes what asks services, and wait waits in the outbox; nil, but in
	// tests: client.New, and as long as it takes.
	newClient func(client.Config) (*client.Client, error)
	wait      func(ctx context.Context, d time.Duration) error
}

// Desk is the window and everything behind it. Its methods are called on the
// UI goroutine.
type Desk struct {
	options  Options
	app      fyne.App
	window   fyne.Window
	gate     *gate
	tasks    *tasks.Group
	store    *settings.Store
	memory   *settings.Memory
	kept     settings.Settings // as the UI knows them
	rules    *guard.Rules
	opened   atomic.Pointer[services] // what putAway closes
	services *services                // the same, once the pages know of them
	env      *Env
	session  *Session
	frame    *frame
	build    func(*Desk) []Page // newPages, but in tests
	pages    []Page
	shown    Page // nil before the first
	zone     atomic.Pointer[time.Location]
	caller   atomic.Pointer[string]

	credentials *access.Credentials // nil until the services are open
	keyring     access.KeyringState
	keyringErr  error // why there is no keyring
	ring        *access.KeyringWatch
	needed      map[string]error // by connection: why somebody has to sign in
	signingIn   *signInCard      // the newest; nil: there was none
	counting    *tasks.Latest[journal.Counts]
	rereading   *tasks.Latest[settings.Settings]
	changes     int        // of the settings, since the start
	guard       GuardState // as last shown
	guardWord   string     // the same in words

	removed        map[string]*removedConnection // whose removal can still be undone, by id
	removals       int                           // since the start
	undoFor        time.Duration                 // how long it can
	lingering      settings.Connection           // in use here though another desk has removed it; zero: none
	lingerLeft     settings.LeavingConnection    // what is to be done for it when it is left
	begunElsewhere time.Time                     // of the settings, as connections were last shared

	ending bool
	ended  chan struct{} // closed when the background work has ended
}

// Run shows the window and answers when it was closed and everything is put
// away. The end of ctx closes the window in order. It is called once, on the
// goroutine of main. The error is ErrNoDisplay where no window can be opened.
func Run(ctx context.Context, app fyne.App, o Options) error {
	var d *Desk
	if err := display.On(func() {
		d = newDesk(ctx, app, o, fyne.Do)
		d.window.Show()
	}); err != nil {
		return err
	}
	if !display.Opened(d.window) {
		return fmt.Errorf("%w: the display has no OpenGL, which the window needs", display.ErrNone)
	}
	d.fitScreen()
	d.start()
	d.tasks.Go(tidyAfterStart)
	dropStoppedHook(app)
	stop := context.AfterFunc(ctx, d.endNow)
	defer stop()
	app.Run()
	return d.putAway()
}

// newDesk makes the window, without opening anything yet but the settings,
// which say how large it is and how it looks.
func newDesk(ctx context.Context, app fyne.App, o Options, do func(func())) *Desk {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.newClient == nil {
		o.newClient = client.New
	}
	d := &Desk{
		options: o,
		app:     app,
		gate:    &gate{do: do},
		tasks:   tasks.New(ctx, o.Crash),
		build:   newPages,
		ended:   make(chan struct{}),
		needed:  map[string]error{},
		removed: map[string]*removedConnection{},
		undoFor: undoPatience,
	}
	var settingsErr error
	d.store, settingsErr = settings.OpenPatient(settingsFile(o.Folders), o.LockPatience)
	d.store.HideWith(o.Redact.Hide)
	d.memory = settings.NewMemory(d.store, d.tasks, d.notRemembered)
	d.kept = d.store.Get()
	d.rules = guard.New(d.store.Peek)
	d.useZone(d.kept.Zone)
	d.useCaller(d.kept.Caller)

	widgets.MaskCopies(o.Redact.String)
	app.Settings().SetTheme(widgets.NewTheme(widgets.Appearance(d.kept.Theme)))
	d.window = app.NewWindow(productName)
	d.window.SetMaster()
	d.window.Resize(windowSize(d.kept.Window))
	d.window.SetCloseIntercept(d.end)
	d.window.SetOnDropped(d.dropped)
	d.env = d.newEnv()
	d.rereading = newLatest[settings.Settings](d.env)
	d.frame = newFrame(d)
	d.bindKeys()
	d.frame.root.Attach(d.window)
	if settingsErr != nil {
		d.notify(NoticeOf("settings", settingsErr))
	}
	return d
}

// productName is in the title bar.
const productName = "Activity Desk"

func (d *Desk) newEnv() *Env {
	presets := settings.OpenPresets(presetsFolder(d.options.Folders))
	presets.WaitAtMost(d.options.LockPatience)
	return &Env{
		Window:   d.window,
		Post:     d.gate.post,
		Tasks:    d.tasks,
		Settings: d.settings,
		Presets:  presets,
		Redact:   d.options.Redact,
		Logger:   d.options.Logger,
		Zone:     d.zone.Load,
		Now:      d.options.Now,
		Caller:   func() string { return *d.caller.Load() },
		Notify:   d.notify,
		Dismiss:  func(key string) { d.frame.notices.remove(key) },
		Open:     d.open,
		Show:     d.show,
		Permit:   d.permit,
		Reload:   d.reload,
		Stop:     d.stop,
		Remember: d.remember,

		Forgotten:      d.forgotten,
		SetCaller:      d.setCaller,
		EditConnection: d.changeConnection,

		OpenURL: d.openURL,
		Dial:    d.options.newClient,

		Copy:       func(text string) { d.copyMasked(d.env.mask(text)) },
		CopyMasked: d.copyMasked,
	}
}

func (d *Desk) copyMasked(m maskedText) { d.app.Clipboard().SetContent(m.text) }

// remember changes what the UI knows at once, and the file soon.
func (d *Desk) remember(change func(*settings.Settings)) {
	d.changes++
	change(&d.kept)
	d.memory.Remember(change)
}

// notify shows a notice, masked: it quotes errors of others.
func (d *Desk) notify(n Notice) {
	n.Text, n.Details = d.options.Redact.String(n.Text), d.options.Redact.String(n.Details)
	d.frame.notices.add(n)
}

// notRemembered is called off the UI goroutine.
func (d *Desk) notRemembered(err error) {
	d.options.Logger.Warn("settings not kept", "error", err)
	d.gate.post(func() { d.env.Notify(NoticeOf("settings", err)) })
}

func (d *Desk) useZone(name string) {
	zone, err := zones.Of(name)
	if err != nil {
		d.options.Logger.Warn("time zone of the settings", "error", err)
		zone = time.Local
	}
	d.zone.Store(zone)
}

func (d *Desk) useCaller(caller string) { d.caller.Store(&caller) }

// show opens a card over the window.
func (d *Desk) show(c Card) func() {
	dialog := widgets.ShowDialog(d.window.Canvas(), widgets.DialogSpec{
		Title: c.Title, Head: c.Head, Body: c.Body, Width: c.Width, Confirm: c.Confirm, Cancel: c.Cancel, Danger: c.Danger,
		OnConfirm: c.OnConfirm, OnClose: c.OnClose, Focus: c.Focus,
	})
	return dialog.Close
}

// gate lets functions through to the UI goroutine until the window is gone.
// Fyne's own queue panics when it is used afterwards.
type gate struct {
	do     func(func())
	closed atomic.Bool
}

// post may be called from any goroutine. After close it does nothing.
func (g *gate) post(f func()) {
	if !g.closed.Load() {
		g.do(f)
	}
}

func (g *gate) close() { g.closed.Store(true) }
