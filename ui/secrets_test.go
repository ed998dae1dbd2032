// A life of a desk with secrets that can be recognised, among a service that
// tells them, and the search of every byte that left or was written.

package ui

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/activitydesk/activitydesk/client/redact"
	"github.com/activitydesk/activitydesk/client/vault"
	"github.com/activitydesk/activitydesk/ui/logging"
	"github.com/activitydesk/activitydesk/ui/settings"
	"github.com/activitydesk/activitydesk/ui/tasks"
	"github.com/activitydesk/activitydesk/ui/widgets"
)

// The secrets of the life, without a word in them. Some letters are written
// otherwise in JSON, in addresses, in web pages and by shells.
const (
	lifeToken   = `Tq/eX+4711.Bz-a"Wk'Pd&<Lm>4Rt==`
	lifeKey     = `Kq7%Zp"0815&xW'v|jL^Hn3Ys`
	lifeClient  = `cS9~Qx.2342_Vb+n/MdU7fE`
	lifeRefresh = `0.rT5-Yq_9999.gH/w+ZeJ6c`
)

func lifeSecrets() map[string]string {
	return map[string]string{"token": lifeToken, "key": lifeKey, "client secret": lifeClient, "refresh token": lifeRefresh}
}

// life is a desk over the service that tells, and all that came of it.
type life struct {
	*working
	service  *teller
	hay      *haystack
	crash    *logging.CrashReporter
	folder   string
	customer string // the unified one of what was sent
	stderr   bytes.Buffer
	exits    int
}

// begin starts the desk with its secrets in the keyring, with what people paste
// around them, and connects it to the service.
func beginLife(t *testing.T) *life {
	t.Helper()
	l := &life{
		hay: newHaystack(t), folder: t.TempDir(),
		service: newTeller(t, lifeToken, lifeKey, []string{lifeToken, lifeKey, lifeClient, lifeRefresh}),
	}
	for _, name := range []string{"TMPDIR", "TMP", "TEMP"} { // what is put there is searched too
		t.Setenv(name, l.folder)
	}
	known := redact.New()
	keyring := vault.OpenMemory(known)
	root := l.service.URL + "/v1"
	address, err := url.Parse(root)
	if err != nil {
		t.Fatal(err)
	}
	for kind, value := range map[vault.Kind]string{
		vault.KindToken:           " \"Authorization: Bearer " + lifeToken[:15] + "\r\n" + lifeToken[15:] + "\"\n",
		vault.KindSubscriptionKey: "Ocp-Apim-Subscription-Key: " + lifeKey,
		vault.KindClientSecret:    lifeClient,
		vault.KindTokenCache:      `{"RefreshToken":{"a-b-c":{"secret":"` + lifeRefresh + `","environment":"login.microsoftonline.com"}}}`,
	} {
		ref := vault.Ref{Connection: "life", Host: address.Host, Kind: kind}
		if err := keyring.Set(t.Context(), ref, value); err != nil {
			t.Fatal(err)
		}
	}
	// client/auth teaches what is in the text of a sign-in.
	known.Add(`{"access_token":"x","refresh_token":"` + lifeRefresh + `"}`)
	logFile, err := os.Create(filepath.Join(l.folder, "debug.log"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = logFile.Close() })
	logger := slog.New(redact.NewHandler(slog.NewJSONHandler(logFile, &slog.HandlerOptions{Level: slog.LevelDebug}), known))
	l.crash, err = logging.NewCrashReporter(logging.CrashOptions{
		Folder: l.folder, Version: "test", Redact: known, Logger: logger, Stderr: &l.stderr, Exit: func(int) { l.exits++ },
	})
	if err != nil {
		t.Fatal(err)
	}
	l.working = prepareWorking(t, l.folder, func(o *Options) {
		o.Redact, o.Keyring, o.Logger = known, keyring, logger
	})
	l.working.begin()
	l.untilLoaded(instanceCoffee)
	c := settings.Connection{ID: "life", Name: "A life", Root: root, Auth: settings.AuthToken, RatePerMinute: 10_000, Note: "key: " + lifeKey}
	l.add(c)
	l.session.ChooseConnection(c.ID)
	l.queue.until(t, "the instances", func() bool { list, loading, _ := l.session.Instances(); return len(list) > 0 && !loading })
	l.deskRun.choose(instanceCoffee)
	l.untilLoaded(instanceCoffee)
	l.pick(entityPurchases)
	return l
}

// copyEverything copies what is shown and can be copied, by every way, and keeps
// what was copied. What is shown is kept as well.
func (l *life) copyEverything(where string) {
	clipboard := fyne.CurrentApp().Clipboard()
	take := func(what string) {
		l.hay.add("copied "+what+", "+where, clipboard.Content())
		clipboard.SetContent("")
	}
	for _, c := range l.allCommands() {
		if strings.HasPrefix(c.title, "Copy") && (c.why == nil || c.why() == "") {
			c.run()
			l.queue.run()
			take(c.title)
		}
	}
	l.hay.add("the log of the window", l.noticeTexts())
	l.hay.add("the title of the window", l.window.Title())
	for _, part := range []fyne.CanvasObject{l.window.Content(), l.dialog()} {
		if part == nil {
			continue
		}
		for _, label := range []string{"Details", "Copy"} {
			for _, button := range buttonsOf(part, label) {
				test.Tap(button)
				l.queue.run()
				take("by " + button.Text())
			}
		}
		eachVisible(part, func(o fyne.CanvasObject) {
			switch o := o.(type) {
			case *widgets.Value, *widgets.JSONView, *widgets.DataTable:
				shortcuts := o.(fyne.Shortcutable)
				shortcuts.TypedShortcut(&fyne.ShortcutSelectAll{})
				shortcuts.TypedShortcut(&fyne.ShortcutCopy{Clipboard: clipboard})
				take(fmt.Sprintf("of a %T", o))
			}
		})
		if l.shown != l.profiles { // whose rows are the service's data, shown as they are
			l.hay.add("shown, "+where, textsOf(part))
		}
	}
}

// buttonsOf are the buttons of a part that are shown and whose labels begin so.
func buttonsOf(part fyne.CanvasObject, label string) []*widgets.Button {
	var list []*widgets.Button
	eachVisible(part, func(o fyne.CanvasObject) {
		if b, ok := o.(*widgets.Button); ok && strings.HasPrefix(b.Text(), label) && !b.Disabled() {
			list = append(list, b)
		}
	})
	return list
}

// everyRead has each page read, and copies what it shows then.
func (l *life) everyRead(where string) {
	l.refresh()
	l.queue.until(l.t, "the entities or an error", func() bool { return !l.session.Place().Loading && !l.session.Loading() })
	l.copyEverything(where + ", compose")
	l.open(PageProfiles, CustomerArg{ID: l.customer})
	l.queue.until(l.t, "a profile or an error", func() bool { return !l.profiles.reading.Running() })
	l.copyEverything(where + ", profile")
	l.goTo(PageHistory)
	l.queue.until(l.t, "the list", func() bool { return !l.history.listing.Running() })
	l.history.selected(0)
	l.queue.until(l.t, "the entry", func() bool { return !l.history.getting.Running() })
	l.copyEverything(where + ", history")
	l.goTo(PageCompose)
}

// send sends a purchase and waits for its end.
func (l *life) send(key string) {
	l.purchase(key)
	l.compose.Send()
	l.queue.until(l.t, "the end of "+key, func() bool {
		last := l.compose.current.last
		return last != nil && keyWords(last.Entry) == key && !last.Busy
	})
	l.compose.stop() // looking for it
}

func TestNoSecretLeavesTheDeskOrIsWritten(t *testing.T) {
	l := beginLife(t)
	alone := listenAlone(t)
	l.purchase("OPID_70000")
	l.compose.Send()
	l.untilShown("Visible on the timeline")
	l.customer = l.compose.current.last.Entry.CustomerID
	l.everyRead("all is well")

	n := 70001
	for _, mode := range []tale{
		{status: 400, form: "service"},
		{status: 401, form: "gateway"},
		{status: 403, form: "odata"},
		{status: 404, form: "page"},
		{status: 409, form: "service"},
		{status: 500, form: "odata"},
		{status: 503, form: "cut"},
		{status: 201, form: "service"},
		{status: 200, form: "rows"},
		{status: 200, form: "page"},
		{status: 302, address: alone},
		{status: 307, form: "page", address: alone},
	} {
		l.service.tell(mode)
		l.send(fmt.Sprint("OPID_", n))
		n++
		l.everyRead(mode.String())
		l.service.tell(tale{})
	}

	l.mistakes()
	l.crashes()
	l.logs()
	if l.hay.addFile(journalFile(l.options.Folders)+"-wal") == 0 {
		t.Error("the journal's log ahead was empty: there was nothing to search")
	}
	l.finish()
	if err := l.crash.Close(); err != nil {
		t.Error(err)
	}

	if files := l.hay.addFolder(l.folder); files < 6 {
		t.Errorf("%d files: there was too little to search", files)
	}
	l.hay.addJournal(journalFile(l.options.Folders))
	l.hay.add("standard error", l.stderr.String())
	l.hay.mustNotHold(lifeSecrets())
	l.service.sent.mustNotHold(lifeSecrets())
	if len(l.hay.hay) < 100 || l.service.asks < 100 || l.exits != 1 {
		t.Errorf("%d texts, %d requests, %d crashes: there was too little to search", len(l.hay.hay), l.service.asks, l.exits)
	}
	t.Logf("%d texts and files, %d requests", len(l.hay.hay), l.service.asks)
}

// mistakes types secrets where they do not belong, and tries to send, keep and
// hand on what was typed.
func (l *life) mistakes() {
	l.goTo(PageCompose)
	l.compose.New()
	l.purchase("OPID_71000")
	l.fill(map[string]string{"ContactId": lifeClient, "PurchaseId": "Bearer " + lifeToken})
	l.compose.Send()
	l.untilNotice("Nothing was sent: the activity holds a key or a token")
	l.copyEverything("typed by mistake")
	l.open(PageProfiles, FindArg{Text: lifeKey})
	l.profiles.side.Look()
	l.queue.until(l.t, "the end of the search", func() bool { return !l.profiles.side.Running() })
	if text := textsOf(l.profiles.content); !strings.Contains(text, "a key or a token") {
		l.t.Errorf("a search for a key says %q", text)
	}
	l.goTo(PageCompose)
	l.compose.SavePreset()
	l.untilDialog("Save as preset of")
	typeInto(l.t, l.working, "a mistake")
	confirm(l.t, l.working, "Save preset")
	l.untilDialog("Nothing was written: a key or a token")
	l.escape()
	l.compose.editJSON()
	l.typeJSON(`{"PurchaseId": "` + lifeRefresh[:12] + `\n` + lifeRefresh[12:] + `", broken`)
	l.untilKept("[hidden]")
	l.compose.askJSONPath()
	path := filepath.Join(l.folder, "saved.json")
	typeInto(l.t, l.working, path)
	confirm(l.t, l.working, "Save")
	l.untilNotice("The JSON was saved to")
	l.setCaller("desk/" + lifeKey)
	l.remember(func(to *settings.Settings) { to.Connections[0].Name = "mine " + lifeRefresh })
	l.written()
}

// crashes has the desk's own work panic, and reports a panic that was caught.
func (l *life) crashes() {
	panicked := make(chan struct{})
	guarded := tasks.New(l.t.Context(), l.crash)
	guarded.Go(func(context.Context) { close(panicked); panic("with " + l.service.told()) })
	<-panicked
	if !guarded.Close(10 * time.Second) {
		l.t.Error("the work that panicked did not end")
	}
	if _, err := l.crash.Report("a caught one", errors.New(l.service.told()), []byte("main.f("+lifeToken+")")); err != nil {
		l.t.Error(err)
	}
}

// logs writes what libraries and careless code would write.
func (l *life) logs() {
	told, log := l.service.told(), l.options.Logger
	log.Info(told, "error", fmt.Errorf("wrapped: %w", errors.New(told)), "token", lifeToken, "anything", struct{ A, B string }{lifeKey, told},
		slog.Group("request", "header", map[string][]string{"Authorization": {"Bearer " + lifeToken}}, "body", []byte(told)))
	log.With("secret", lifeClient, "address", "https://h/?code="+lifeRefresh).WithGroup(lifeKey).Debug("with attributes")
	before := slog.Default()
	slog.SetDefault(log)
	fyne.LogError("a library could not "+told, errors.New(told))
	slog.SetDefault(before)
}
