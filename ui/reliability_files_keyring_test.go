package ui

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/activitydesk/activitydesk/client/auth"
	"github.com/activitydesk/activitydesk/client/redact"
	"github.com/activitydesk/activitydesk/client/vault"
	"github.com/activitydesk/activitydesk/ui/access"
	"github.com/activitydesk/activitydesk/ui/access/accesstest"
	"github.com/activitydesk/activitydesk/ui/logging"
	"github.com/activitydesk/activitydesk/ui/settings"
)

// loggedDays are the bad days of the log and of crash files.
func loggedDays() []fileDay {
	var days []fileDay
	for _, c := range []struct {
		day  string
		make func(t *testing.T, path string)
	}{
		{"a folder in the place of the log", aFolder},
		{"a log protected, or the rights to it taken away", func(t *testing.T, path string) {
			t.Helper()
			filled("before")(t, path)
			nobodys(t, filepath.Dir(path))
			mode(0o400)(t, path)
		}},
		{"a link to nowhere in the place of the log", aLinkToNowhere},
	} {
		days = append(days, fileDay{
			day: c.day, while: "starting", state: "starts without a log; everything else works",
			says: "Nothing is logged: the file of the log cannot be written.",
			live: func(t *testing.T) string {
				t.Helper()
				folder := t.TempDir()
				c.make(t, filepath.Join(folder, logging.FileName))
				before := bytesOf(t, folder)
				w := startWorking(t, folder, func(o *Options) { o.Logger, _, o.LogErr = logging.Setup(folder, o.Redact) })
				said := w.untilSaid("Nothing is logged")
				w.works("OPID_95401")
				nothingLost(t, folder, before)
				return said
			},
		})
	}
	days = append(days, fileDay{
		day: "the log deleted", while: "the desk runs", state: "what is logged from then on is in a new file", says: saysStarted,
		live: func(t *testing.T) string {
			t.Helper()
			folder := t.TempDir()
			path := filepath.Join(folder, logging.FileName)
			var log io.Closer
			w := startWorking(t, folder, func(o *Options) {
				o.Logger, log, o.LogErr = logging.Setup(folder, o.Redact)
			})
			t.Cleanup(func() { _ = log.Close() })
			said := w.untilSaid(saysStarted)
			if err := os.Remove(path); err != nil {
				t.Skipf("a file that is open cannot be deleted here: %v", err)
			}
			w.options.Logger.Info("after it was deleted")
			w.works("OPID_95403")
			if text, err := os.ReadFile(path); err != nil || !strings.Contains(string(text), "after it was deleted") {
				t.Errorf("in its place stands %q, %v", text, err)
			}
			return said
		},
	})
	for _, c := range []struct {
		day, state, says string
		make             func(t *testing.T, path string)
	}{
		{"a crash file of garbage", "starts; the file becomes a report without secrets", "Activity Desk ended unexpectedly last time.", filled("garbage with a-secret-of-somebodys\x00\xff")},
		{"a crash file empty", "starts; it is removed", saysStarted, filled("")},
		{"a folder in the place of a crash file", "starts; the folder stays as it is", saysStarted, aFolder},
	} {
		days = append(days, fileDay{day: c.day, while: "starting", state: c.state, says: c.says, live: func(t *testing.T) string {
			t.Helper()
			folder := t.TempDir()
			pending := filepath.Join(folder, "crash-20261123T140500Z-1.pending")
			c.make(t, pending)
			crash, err := logging.NewCrashReporter(logging.CrashOptions{Folder: folder, Redact: redact.New()})
			if err != nil && !strings.HasPrefix(c.day, "a folder") {
				t.Error(err)
			}
			defer func() { _ = crash.Close() }()
			w := startWorking(t, folder, func(o *Options) { o.Crash, o.Crashes = crash, crash.Earlier() })
			said := w.untilSaid(c.says)
			w.works("OPID_95402")
			for path, text := range bytesOf(t, folder) {
				if strings.HasSuffix(path, ".txt") && strings.Contains(text, "somebodys") {
					t.Error("the report holds what it does not know to be harmless")
				}
			}
			if _, err := os.Stat(pending); (err == nil) != strings.HasPrefix(c.day, "a folder") {
				t.Errorf("the pending file: %v", err)
			}
			return said
		}})
	}
	return days
}

// keyringDays are the bad days of the keyring.
func keyringDays() []fileDay {
	var days []fileDay
	for _, c := range []struct {
		day, says string
		err       error
	}{
		{"the keyring locked", "The keyring is locked", vault.ErrLocked},
		{"the keyring absent", "The keyring of this computer cannot be used", vault.ErrUnavailable},
		{"the keyring says no", "The keyring of this computer cannot be used", errors.New("refused by somebody")},
		{"the keyring without room", "The keyring has no room", vault.ErrTooLarge},
	} {
		days = append(days, fileDay{
			day: c.day, while: "signing in", state: "nobody is sent to the provider in vain; it goes on when the keyring does, or for this session only", says: c.says,
			live: func(t *testing.T) string {
				t.Helper()
				s := newSigning(t, settings.AuthBrowser)
				s.ring.Refuse(c.err)
				s.signIn()
				s.untilCard(c.says)
				said := s.card()
				s.nothingBegun()
				if !strings.Contains(said, labelForNow) {
					t.Errorf("it does not offer to keep it for this session: %s", said)
				}
				s.ring.Refuse(nil)
				s.pressCard(labelTryAgain)
				s.begun(auth.MethodBrowser)
				s.asAna()
				s.untilCard("kept in the OS keyring")
				return said
			},
		})
	}
	for _, day := range []struct {
		day, state, says string
		begin            func(*accesstest.Ring) (answer func())
	}{
		{"the keyring slow", "the window goes on; the sign-in begins when the keyring answers", "Waiting for the keyring…", (*accesstest.Ring).Silence},
		{
			"the keyring silent", "it is given up after the limit, and gone on with when it answers", "The keyring does not answer",
			func(r *accesstest.Ring) func() { r.Refuse(vault.ErrTimeout); return func() { r.Refuse(nil) } },
		},
	} {
		days = append(days, fileDay{
			day: day.day, while: "signing in", state: day.state, says: day.says,
			live: func(t *testing.T) string {
				t.Helper()
				s := newSigning(t, settings.AuthBrowser)
				answer := day.begin(s.ring)
				defer answer()
				s.signIn()
				s.untilCard(day.says)
				said := s.card()
				s.nothingBegun()
				answer()
				s.begun(auth.MethodBrowser)
				return said
			},
		})
	}
	return append(days, entryDays()...)
}

// entryDays are the bad days of what the keyring holds, and of the keyring when a
// desk starts that needs it.
func entryDays() []fileDay {
	var days []fileDay
	for _, c := range []struct {
		day, says, state string
		err              error
		harm             func(text string) string
	}{
		{"an entry of the keyring lost", "There is no access token for this connection.", "nothing is sent; the rest of the keyring stays", nil, func(string) string { return "" }},
		{"an entry of the keyring damaged", "What the keyring holds for this connection is damaged.", "nothing is sent; the entry stays until another is entered", nil, func(string) string { return "garbage" }},
		{"an entry of the keyring half-written", "What the keyring holds for this connection is damaged.", "nothing is sent; the entry stays until another is entered", nil, func(text string) string { return text[:len(text)/2] }},
		{"the keyring locked", "The keyring is locked.", "nothing is sent; it goes on when the keyring is unlocked", vault.ErrLocked, strings.TrimSpace},
		{"the keyring absent", "There is no keyring on this computer that the desk can use.", "nothing is sent; a token can be kept for this session", vault.ErrUnavailable, strings.TrimSpace},
	} {
		days = append(days, fileDay{day: c.day, while: "starting in a connection whose token it holds", state: c.state, says: c.says, live: func(t *testing.T) string {
			t.Helper()
			return startsOnKeyring(t, c.says, c.err, c.harm)
		}})
	}
	return days
}

func startsOnKeyring(t *testing.T, says string, refusal error, harm func(string) string) string {
	t.Helper()
	folder, r, service := t.TempDir(), accesstest.NewRing(), otherService(t)
	keyring := vault.OpenEntries(r, "", vault.Options{})
	connection := settings.Connection{ID: "c1", Name: "Contoso (EU)", Root: service.Root(), Auth: settings.AuthToken, RatePerMinute: 100}
	for kind, secret := range map[vault.Kind]string{vault.KindToken: goodToken, vault.KindSubscriptionKey: goodKey} {
		if err := keyring.Set(t.Context(), access.RefOf(connection, kind), secret); err != nil {
			t.Fatal(err)
		}
	}
	store, err := settings.Open(filepath.Join(folder, "settings.json"))
	if err == nil {
		err = store.Update(func(to *settings.Settings) {
			to.Connections, to.LastConnection = append(to.Connections, connection), connection.ID
		})
	}
	if err != nil {
		t.Fatal(err)
	}
	back := r.Harm(harm)
	r.Refuse(refusal)
	w := startWorking(t, folder, func(o *Options) { o.Keyring = keyring })
	said := w.untilSaid(says)
	if strings.Contains(said, goodToken) || strings.Contains(said, goodKey) {
		t.Error("it shows a secret")
	}
	if list, _, _ := w.session.Instances(); len(list) > 0 {
		t.Error("something was asked without the token")
	}
	// The day is over.
	back()
	w.session.Reopen(connection.ID)
	w.queue.until(t, "the instances", func() bool { list, _, _ := w.session.Instances(); return len(list) > 0 })
	return strings.ReplaceAll(said, "\n", " ")
}
