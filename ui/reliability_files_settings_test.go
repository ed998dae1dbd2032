package ui

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/gofrs/flock"

	"github.com/activitydesk/activitydesk/ui/settings"
)

// mySettings are what a person has set: a connection, a zone.
func mySettings(t *testing.T, path string) {
	t.Helper()
	store, err := settings.Open(path)
	if err == nil {
		err = store.Update(func(to *settings.Settings) {
			to.Zone = "Asia/Tokyo"
			to.Connections = append(to.Connections, tokenConnection("a", "Mine"))
		})
	}
	if err != nil {
		t.Fatal(err)
	}
}

// onFile gives what a settings file holds.
func onFile(t *testing.T, path string) settings.Settings {
	t.Helper()
	store, err := settings.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	return store.Get()
}

// settingsKind is what is to hold of the settings after a bad start.
type settingsKind int

const (
	settingsWhole  settingsKind = iota // they are used
	settingsAnew                       // the old ones are kept aside, new ones are begun
	settingsUnkept                     // the old ones stay where they are, changes are for the session
)

var settingsStates = map[settingsKind]string{
	settingsWhole:  "starts with the settings, and keeps changes",
	settingsAnew:   "starts with new settings; the old file is kept aside with every byte",
	settingsUnkept: "starts with new settings; the old ones stay untouched, and a change holds for this session",
}

const (
	saysStarted = "Sandbox running on 127.0.0.1"
	saysAnew    = "The settings could not be read. The desk begins with new ones. The old file is kept as "
	saysUnread  = "The settings cannot be read now. They are left as they are; the desk begins with new ones, and changes hold for this session only."
	saysUnkept  = "The change of the settings holds for this session only: it could not be written."
)

// settingsDays are the bad days of settings.json.
func settingsDays() []fileDay {
	days := make([]fileDay, 0, 40)
	for _, c := range []struct {
		day  string
		make func(t *testing.T, path string)
		kind settingsKind
		says string
	}{
		{"settings missing", func(t *testing.T, path string) {
			t.Helper()
			if err := os.Remove(path); err != nil {
				t.Fatal(err)
			}
		}, settingsWhole, saysStarted},
		{"settings empty", filled(""), settingsAnew, saysAnew},
		{"settings cut at 10 %", harm(cutAt(10)), settingsAnew, saysAnew},
		{"settings cut at 50 %", harm(cutAt(50)), settingsAnew, saysAnew},
		{"settings cut at 98 %", harm(cutAt(98)), settingsAnew, saysAnew},
		{"a bit of the settings flipped at the beginning", harm(flipped(0)), settingsAnew, saysAnew},
		{"a bit of the settings flipped in a name", harm(flipped(6)), settingsAnew, saysAnew},
		{"settings of garbage", filled("\x00\xff\x13garbage"), settingsAnew, saysAnew},
		{"settings of another program", filled(`[1,2,3]`), settingsAnew, saysAnew},
		{"a folder in the place of the settings", instead(aFolder), settingsAnew, saysAnew},
		{"settings of 100 MB", instead(huge), settingsAnew, saysAnew},
		{"settings that are a link to nowhere", instead(aLinkToNowhere), settingsUnkept, saysUnread},
		{"settings from a newer version", filled(`{"version":99,"connections":"another form"}`), settingsUnkept, "The settings were written by a newer version of Activity Desk. They are left as they are."},
		{"settings protected from writing", mode(0o400), settingsWhole, saysUnkept},
		{"settings that may not be read", func(t *testing.T, path string) {
			t.Helper()
			nobodys(t, filepath.Dir(path))
			mode(0o200)(t, path)
		}, settingsUnkept, saysUnread},
		{"the folder of the settings read-only", func(t *testing.T, path string) {
			t.Helper()
			if err := os.MkdirAll(filepath.Join(filepath.Dir(path), "data"), 0o700); err != nil {
				t.Fatal(err)
			}
			nobodys(t, filepath.Dir(path))
			mode(0o500)(t, filepath.Dir(path))
		}, settingsWhole, saysUnkept},
	} {
		days = append(days, fileDay{
			day: c.day, while: "starting", state: settingsStates[c.kind], says: c.says,
			live: func(t *testing.T) string {
				t.Helper()
				folder := t.TempDir()
				path := filepath.Join(folder, "settings.json")
				mySettings(t, path)
				c.make(t, path)
				return startsOnSettings(t, folder, c.kind, c.says)
			},
		})
		if c.says == saysUnkept {
			days[len(days)-1].while = "starting and setting the zone"
			days[len(days)-1].state = "starts with the settings; the file stays untouched, and a change holds for this session"
		}
	}
	days = append(days, fileDay{
		day: "settings damaged after another desk undid the removal of a connection", while: "the time for that ends",
		state: "its secrets stay until a person has them removed", says: saysSecretsKept,
		live: func(t *testing.T) string { t.Helper(); return asksAboutSecrets(t, "damaged") },
	})
	return append(days, settingsRunningDays()...)
}

// startsOnSettings starts a desk on a folder, and holds what became of the
// settings.
func startsOnSettings(t *testing.T, folder string, kind settingsKind, says string) string {
	t.Helper()
	path := filepath.Join(folder, "settings.json")
	before, there := os.ReadFile(path) // a folder, a link, or what may not be read: none
	w := startWorking(t, folder)
	said := ""
	if says != saysUnkept {
		said = w.untilSaid(says)
	}
	w.works("OPID_95001")
	w.chooseZone("Europe/Vienna")
	w.written()
	if says == saysUnkept {
		said = w.untilSaid(says)
	}
	if w.kept.Zone != "Europe/Vienna" {
		t.Errorf("the zone is %q", w.kept.Zone)
	}
	if kind == settingsUnkept || says == saysUnkept {
		if after, _ := os.ReadFile(path); there == nil && string(after) != string(before) {
			t.Error("the file was changed")
		}
	} else if onFile(t, path).Zone != "Europe/Vienna" {
		t.Error("the change is not kept")
	}
	keptAside(t, path, kind == settingsAnew, string(before), there == nil)
	if kind == settingsUnkept {
		w.second(folder)
	}
	return said
}

// keptAside holds that a file was kept under another name where it should be, with
// every byte of what could be read of it before.
func keptAside(t *testing.T, path string, should bool, before string, readable bool) {
	t.Helper()
	asides, err := filepath.Glob(path + ".damaged-*")
	if err != nil || (len(asides) == 1) != should {
		t.Fatalf("kept aside: %v, %v", asides, err)
	}
	if !should || !readable {
		return
	}
	if kept, err := os.ReadFile(asides[0]); err != nil || string(kept) != before {
		t.Errorf("what is kept aside is not what was there: %v", err)
	}
}

// second starts another desk on the files, which is not to be hurt.
func (w *working) second(folder string) {
	w.t.Helper()
	two := startWorking(w.t, folder)
	two.untilLoaded(instanceCoffee)
}

// waitingOn has a desk wait for another one only a moment on a day on which that
// is in vain. On others it waits for what it does itself at once, as long as the
// disk takes.
func waitingOn(day string) func(*Options) {
	return func(o *Options) {
		if strings.HasSuffix(day, "for longer than is waited") {
			o.LockPatience = time.Second
		}
	}
}

// hold takes a lock as another desk does, until it is let go.
func hold(t *testing.T, path string) (release func()) {
	t.Helper()
	lock := flock.New(path)
	if held, err := lock.TryLock(); err != nil || !held {
		t.Fatalf("lock: %v, %v", held, err)
	}
	release = func() { _ = lock.Close() }
	t.Cleanup(release)
	return release
}

// settingsDay is what comes over the settings of a desk that runs.
type settingsDay struct {
	day, state, says string
	make             func(t *testing.T, path string)
	end              func(t *testing.T, path string) // how the day is over; nil: it is by itself
	now              bool                            // the change is in the file at once
}

func settingsRunningDays() []fileDay {
	var release func()
	days := make([]fileDay, 0, 10)
	for _, c := range []settingsDay{
		{
			day: "settings deleted", state: "they are written again, whole", says: saysStarted, now: true,
			make: func(t *testing.T, path string) {
				t.Helper()
				if err := os.Remove(path); err != nil {
					t.Fatal(err)
				}
			},
		},
		{
			day: "settings replaced by garbage", state: "what is known is written again; the other file is kept aside",
			says: "The settings could not be read.", now: true, make: instead(filled("garbage")),
		},
		{
			day: "settings replaced by a newer version's", state: "the newer file stays untouched; the change holds for this session",
			says: "The settings were written by a newer version of Activity Desk. They are left as they are. Changes made here are not kept; use the newer version.",
			make: instead(filled(`{"version":99}`)), end: back,
		},
		{
			day: "settings replaced by a link to nowhere", state: "the link stays; the change holds for this session, and is kept with the next one",
			says: saysUnkept, make: instead(aLinkToNowhere), end: back,
		},
		{
			day: "settings protected", state: "the file stays untouched; the change is kept with the next one",
			says: saysUnkept, make: mode(0o400), end: mode(0o600),
		},
		{
			day: "settings locked by a second desk for longer than is waited", state: "the change holds for this session, and is kept with the next one",
			says: "The change of the settings holds for this session only: another Activity Desk is writing them. It is written with the next change.",
			make: func(t *testing.T, path string) { t.Helper(); release = hold(t, path+".lock") },
			end:  func(*testing.T, string) { release() },
		},
	} {
		days = append(days, fileDay{
			day: c.day, while: "the desk runs and the zone is set", state: c.state, says: c.says,
			live: func(t *testing.T) string { t.Helper(); return c.live(t) },
		})
	}
	return append(days, fileDay{
		day: "settings locked by a second desk, or on a slow disk", while: "the desk runs and the zone is set",
		state: "the window goes on; the change is kept when the file is free", says: saysStarted,
		live: func(t *testing.T) string {
			t.Helper()
			folder := t.TempDir()
			path := filepath.Join(folder, "settings.json")
			mySettings(t, path)
			w := startWorking(t, folder, func(o *Options) { o.LockPatience = time.Hour })
			w.untilLoaded(instanceCoffee)
			w.written()
			release := hold(t, path+".lock")
			w.chooseZone("Europe/Vienna")
			w.works("OPID_95003")
			if !w.memory.Busy() {
				t.Error("it did not wait")
			}
			release()
			w.written()
			if onFile(t, path).Zone != "Europe/Vienna" {
				t.Error("the change is not kept")
			}
			return w.said()
		},
	})
}

// back puts a file in its place again that was moved aside.
func back(t *testing.T, path string) {
	t.Helper()
	if err := os.RemoveAll(path); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(path+".mine", path); err != nil {
		t.Fatal(err)
	}
}

func (c settingsDay) live(t *testing.T) string {
	t.Helper()
	folder := t.TempDir()
	path := filepath.Join(folder, "settings.json")
	mySettings(t, path)
	w := startWorking(t, folder, waitingOn(c.day))
	w.untilLoaded(instanceCoffee)
	w.written()
	c.make(t, path)
	before := bytesOf(t, folder)
	w.chooseZone("Europe/Vienna")
	w.written()
	said := w.untilSaid(c.says)
	if !c.now {
		delete(before, filepath.Join(folder, "data", "journal.db"))
		for name, content := range before {
			if strings.HasPrefix(filepath.Base(name), "settings") && bytesOf(t, folder)[name] != content {
				t.Errorf("%s was changed", name)
			}
		}
	}
	if c.end != nil {
		c.end(t, path)
	}
	w.works("OPID_95002") // which remembers the entity
	w.written()
	if got := onFile(t, path); got.Zone != "Europe/Vienna" || len(got.Connections) != 1 {
		t.Errorf("the file has the zone %q and %d connections", got.Zone, len(got.Connections))
	}
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		t.Error("there is no file")
	}
	w.second(folder)
	return said
}
