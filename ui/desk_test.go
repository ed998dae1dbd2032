package ui

import (
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"

	"github.com/activitydesk/activitydesk/client/outbox"
	"github.com/activitydesk/activitydesk/client/redact"
	"github.com/activitydesk/activitydesk/client/sandbox"
	"github.com/activitydesk/activitydesk/client/vault"
	"github.com/activitydesk/activitydesk/ui/access"
	"github.com/activitydesk/activitydesk/ui/settings"
	"github.com/activitydesk/activitydesk/ui/widgets"
)

// notePage stands for a page of the desk: it writes down what it was told.
type notePage struct {
	id      PageID
	entry   *widgets.Entry
	entered []Place
	left    int
	done    []string
	escapes bool
}

func newNotePage(id PageID) *notePage { return &notePage{id: id, entry: widgets.NewEntry()} }

func (p *notePage) ID() PageID                 { return p.id }
func (p *notePage) Title() string              { return strings.ToUpper(string(p.id[:1])) + string(p.id[1:]) }
func (p *notePage) Icon() fyne.Resource        { return theme.DocumentIcon() }
func (p *notePage) Content() fyne.CanvasObject { return p.entry }
func (p *notePage) Enter(place Place)          { p.entered = append(p.entered, place) }
func (p *notePage) Leave()                     { p.left++ }
func (p *notePage) note(what string)           { p.done = append(p.done, what) }
func (p *notePage) Send()                      { p.note("send") }
func (p *notePage) Find()                      { p.note("find") }
func (p *notePage) Refresh()                   { p.note("refresh") }
func (p *notePage) New()                       { p.note("new") }
func (p *notePage) Open(arg any)               { p.note("open " + arg.(CustomerArg).ID) }
func (p *notePage) Escape() bool               { p.note("escape"); return p.escapes }

// deskRun is a desk without a screen: its UI goroutine is the test's.
type deskRun struct {
	*Desk
	t     testing.TB
	queue *queue
	notes map[PageID]*notePage
	away  bool // it was put away already
}

// deskIn makes a desk whose files are in a folder.
func deskIn(t *testing.T, folder string, change ...func(*Options)) *deskRun {
	t.Helper()
	app := test.NewApp()
	t.Cleanup(app.Quit)
	run := &deskRun{t: t, queue: newQueue(), notes: map[PageID]*notePage{}}
	o := Options{
		Folders: settings.Folders{
			Config: folder, Data: filepath.Join(folder, "data"), State: folder, Cache: folder,
		},
		Logger: slog.New(slog.DiscardHandler), Redact: redact.New(), Keyring: vault.OpenMemory(nil),
		LockPatience: time.Minute, // two desks on a busy disk are no fault
	}
	for _, c := range change {
		c(&o)
	}
	run.Desk = newDesk(t.Context(), app, o, run.queue.post)
	run.build = func(d *Desk) []Page {
		var pages []Page
		for _, id := range []PageID{PageCompose, PageProfiles, PageHistory} {
			run.notes[id] = newNotePage(id)
			pages = append(pages, run.notes[id])
		}
		return append(pages, NewSettingsPage(d.env, d), NewConnectionsPage(d.env, d))
	}
	run.window.Show()
	run.start()
	t.Cleanup(run.finish)
	return run
}

// finish ends the desk as Run does, as far as the test has not.
func (r *deskRun) finish() {
	if r.away {
		return
	}
	r.away = true
	r.end()
	r.queue.until(r.t, "the desk to end", r.gate.closed.Load)
	if err := r.putAway(); err != nil {
		r.t.Errorf("put away: %v", err)
	}
}

// testClock is a clock that stands until the test moves it. The desk's tasks
// look at it as well.
type testClock struct{ nanos atomic.Int64 }

func newTestClock(at time.Time) *testClock {
	c := &testClock{}
	c.nanos.Store(at.UnixNano())
	return c
}

func (c *testClock) now() time.Time        { return time.Unix(0, c.nanos.Load()).UTC() }
func (c *testClock) pass(by time.Duration) { c.nanos.Add(int64(by)) }

// startedDesk is a desk that stands in the first instance of its sandbox.
func startedDesk(t *testing.T) *deskRun {
	t.Helper()
	d := deskIn(t, t.TempDir())
	d.untilLoaded("Contoso Coffee")
	return d
}

func (r *deskRun) untilLoaded(instance string) {
	r.t.Helper()
	r.queue.until(r.t, "the entities of "+instance, func() bool {
		p := r.session0().Place()
		return p.Instance.Name == instance && len(p.Entities) > 0 && !p.Loading
	})
}

// session0 is the session, or an empty one before there is one.
func (r *deskRun) session0() *Session {
	if r.session == nil {
		return &Session{}
	}
	return r.session
}

func (r *deskRun) choose(instance string) {
	r.t.Helper()
	list, _, _ := r.session.Instances()
	for _, in := range list {
		if in.Name == instance {
			r.session.ChooseInstance(in.ID)
			return
		}
	}
	r.t.Fatalf("no instance %q among %d", instance, len(list))
}

func (r *deskRun) faults(spec string) {
	r.t.Helper()
	var faults []sandbox.Fault
	if spec != "" {
		var err error
		if faults, err = sandbox.ParseFaults(spec); err != nil {
			r.t.Fatal(err)
		}
	}
	r.services.sandbox.Service().SetFaults(faults...)
}

func writeFile(t testing.TB, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestAFirstStartStandsInTheSandbox(t *testing.T) {
	d := startedDesk(t)
	place := d.session.Place()
	if place.Connection.ID != sandboxID || place.GuardState().Rule != outbox.RuleFree {
		t.Errorf("it stands in %q, free: %v", place.Connection.Name, place.GuardState().Rule == outbox.RuleFree)
	}
	if len(place.Relationships) == 0 {
		t.Error("no relationships were loaded")
	}
	d.queue.until(t, "the role", func() bool { return slices.Contains(d.session.Place().Role.Roles, "Contributor") })
	if got, want := d.window.Title(), "Compose · Contoso Coffee (sandbox) · Sandbox on this computer · Activity Desk"; got != want {
		t.Errorf("title %q, want %q", got, want)
	}
	if d.frame.stripe.Tone() != widgets.ToneSuccess || d.frame.guard.Text() != "Free" {
		t.Error("the frame does not mark a sandbox")
	}
	if got := d.frame.status.connection.Text(); got != "Sandbox running on 127.0.0.1" {
		t.Errorf("the status line says %q", got)
	}
	d.queue.until(t, "the keyring to be found", func() bool { return d.keyring == access.KeyringThere })
	d.queue.until(t, "today's count", func() bool { return strings.HasPrefix(d.frame.status.today.Text(), "Today: 0 accepted") })
}

func TestTheNextStartStandsWhereTheLastOneEnded(t *testing.T) {
	folder := t.TempDir()
	t.Run("first", func(t *testing.T) {
		d := deskIn(t, folder)
		d.untilLoaded("Contoso Coffee")
		d.choose("Contoso Trial")
		d.untilLoaded("Contoso Trial")
		d.chooseZone("Asia/Tokyo")
		d.window.Resize(fyne.NewSize(1111, 777))
	})
	t.Run("second", func(t *testing.T) {
		d := deskIn(t, folder)
		d.untilLoaded("Contoso Trial")
		if got := d.frame.zone.Value(); got != "Asia/Tokyo" {
			t.Errorf("times are shown in %q", got)
		}
		if size := d.window.Canvas().Size(); size.Width != 1111 || size.Height != 777 {
			t.Errorf("the window is %v", size)
		}
	})
}

func TestAChangeOfInstanceIsToldToTheShownPageOnly(t *testing.T) {
	d := startedDesk(t)
	d.choose("Contoso production")
	d.untilLoaded("Contoso production")
	places := d.notes[PageCompose].entered
	if last := places[len(places)-1]; last.Instance.Name != "Contoso production" || last.Service == nil {
		t.Errorf("the page was told of %q last", last.Instance.Name)
	}
	if n := len(d.notes[PageProfiles].entered); n != 0 {
		t.Errorf("a hidden page was told %d times", n)
	}
	if d.frame.stripe.Tone() != widgets.ToneDanger || d.frame.guard.Text() != "Read-only" || !d.frame.guard.Visible() {
		t.Errorf("the frame marks production by %v and %q", d.frame.stripe.Tone(), d.frame.guard.Text())
	}
}

func TestInstancesThatDoNotLoadAreSaidAndCanBeTriedAgain(t *testing.T) {
	d := startedDesk(t)
	d.faults("instances:403")
	d.session.Reopen(sandboxID)
	d.queue.until(t, "the failure", func() bool { return d.frame.panel.State() == widgets.StateFailed })
	if got := d.frame.status.connection.Text(); !strings.Contains(got, "role") {
		t.Errorf("the status line says %q", got)
	}
	d.faults("")
	d.refresh()
	d.untilLoaded("Contoso Coffee")
	if d.frame.panel.State() != widgets.StateContent {
		t.Error("the page did not come back")
	}
}

func TestWhatWasLoadedStaysWhenLoadingAgainFails(t *testing.T) {
	d := startedDesk(t)
	before := len(d.session.Place().Entities)
	d.faults("entities:400")
	d.session.Reload()
	d.queue.until(t, "the failure", func() bool { return d.session.Place().Err != nil })
	if got := len(d.session.Place().Entities); got != before {
		t.Errorf("%d entities are left of %d", got, before)
	}
	d.faults("")
	d.session.Reload()
	d.untilLoaded("Contoso Coffee")
	if err := d.session.Place().Err; err != nil {
		t.Errorf("the error stayed: %v", err)
	}
}

func TestARoleThatSeesLessStillSeesTheEntities(t *testing.T) {
	d := startedDesk(t)
	d.faults("relationships:403,role:500,instance:500")
	d.choose("Contoso Trial")
	d.untilLoaded("Contoso Trial")
	if p := d.session.Place(); p.Err != nil || len(p.Relationships) != 0 {
		t.Errorf("err %v, %d relationships", p.Err, len(p.Relationships))
	}
}

func TestAPageOpensWithItsArgumentAfterItWasEntered(t *testing.T) {
	d := startedDesk(t)
	d.env.Open(PageProfiles, CustomerArg{ID: "42"})
	page := d.notes[PageProfiles]
	if len(page.entered) != 1 || !slices.Equal(page.done, []string{"open 42"}) {
		t.Errorf("entered %d times, then %q", len(page.entered), page.done)
	}
	if d.notes[PageCompose].left != 1 {
		t.Error("the page before was not left")
	}
}

func TestNoticesStayUntilTheyAreDismissed(t *testing.T) {
	d := startedDesk(t)
	d.env.Notify(Notice{Key: "a", Tone: ToneError, Text: "first"})
	d.env.Notify(Notice{Key: "b", Tone: ToneSuccess, Text: "second", Action: "Show"})
	d.env.Notify(Notice{Key: "a", Tone: ToneError, Text: "first, newer"})
	if n := len(d.frame.notices.list); n != 2 {
		t.Fatalf("%d notices, want 2", n)
	}
	d.env.Notify(Notice{Key: "c", Tone: ToneSuccess, Text: "good to know"})
	d.goTo(PageHistory)
	if n := len(d.frame.notices.list); n != 2 || !d.frame.notices.content.Visible() {
		t.Errorf("%d are left on another page, want what is wrong and what can be acted on", n)
	}
	d.env.Dismiss("b")
	d.escape()
	if d.frame.notices.content.Visible() {
		t.Errorf("left over: %v", d.frame.notices.list)
	}
}

func TestAJournalThatCannotBeOpenedIsSaid(t *testing.T) {
	folder := t.TempDir()
	writeFile(t, filepath.Join(folder, "data", "journal.db"), "this is no journal, and never was one")
	d := deskIn(t, folder)
	d.queue.until(t, "the failure", func() bool { return d.frame.panel.State() == widgets.StateFailed })
	d.setJournalAside()
	d.untilLoaded("Contoso Coffee")
	if len(d.frame.notices.list) != 1 || !strings.Contains(d.frame.notices.list[0].Text, "is kept as") {
		t.Errorf("notices: %v", d.frame.notices.list)
	}
}

func TestASandboxThatCannotStartIsSaidWhereItIsChosen(t *testing.T) {
	data := filepath.Join(t.TempDir(), "later")
	d := deskIn(t, t.TempDir(), func(o *Options) { o.Sandbox.Data = data })
	d.queue.until(t, "the failure", func() bool { return d.frame.panel.State() == widgets.StateFailed })
	_, _, err := d.session.Instances()
	var inside *access.SandboxError
	if !errors.As(err, &inside) {
		t.Errorf("got %v, want a SandboxError", err)
	}
	writeFile(t, filepath.Join(data, "Members.csv"), "MemberId,Name\nM1,Nora\nM2,Per\n")
	writeFile(t, filepath.Join(data, "Visits.csv"), "VisitId,MemberId,VisitedOn\nV1,M1,2026-11-01T10:00:00Z\nV2,M2,2026-11-02T10:00:00Z\n")
	d.refresh()
	d.untilLoaded("Contoso Coffee")
}

func TestSettingsOfANewerVersionAreLeftAlone(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "settings.json")
	writeFile(t, path, `{"version": 999}`)
	d := deskIn(t, folder)
	d.untilLoaded("Contoso Coffee")
	if len(d.frame.notices.list) == 0 || !strings.Contains(d.frame.notices.list[0].Text, "newer version") {
		t.Errorf("notices: %v", d.frame.notices.list)
	}
}

func TestTheUnlockEndsByItselfAndIsTold(t *testing.T) {
	clock := newTestClock(time.Now())
	d := deskIn(t, t.TempDir(), func(o *Options) { o.Now = clock.now })
	d.untilLoaded("Contoso Coffee")
	d.choose("Contoso production")
	d.untilLoaded("Contoso production")
	place := d.session.Place()
	if err := d.services.guard.Unlock(place.Connection.ID, place.Instance, "Contoso production"); err != nil {
		t.Fatal(err)
	}
	d.tick()
	if got := d.frame.guard.Text(); got != "Unlocked 30 min" {
		t.Errorf("the bar says %q", got)
	}
	told := len(d.notes[PageCompose].entered)
	clock.pass(31 * time.Minute)
	d.tick()
	if got := d.frame.guard.Text(); got != "Read-only" {
		t.Errorf("after 31 minutes the bar says %q", got)
	}
	if len(d.notes[PageCompose].entered) == told {
		t.Error("the page was not told")
	}
}
