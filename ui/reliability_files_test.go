package ui

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/activitydesk/activitydesk/client/journal"
	"github.com/activitydesk/activitydesk/client/withstand"
	"github.com/activitydesk/activitydesk/ui/widgets"
)

// fileDay is a bad day of a file or of the keyring: it is lived through over the
// real desk, which checks the state, and gives what the window says.
type fileDay struct {
	day, while string
	state      string // what live has proved
	says       string // what the window says, or a part of it
	live       func(t *testing.T) (said string)
}

// TestBadDayOfTheFilesIsWithstood writes the table "files".
func TestBadDayOfTheFilesIsWithstood(t *testing.T) {
	var cells []withstand.Cell
	for _, days := range [][]fileDay{
		settingsDays(), journalDays(), runningDays(), presetDays(), loadedDays(), savedDays(), loggedDays(), keyringDays(),
	} {
		for _, d := range days {
			t.Run(d.day+" while "+d.while, func(t *testing.T) {
				said := d.live(t)
				if !strings.Contains(said, d.says) {
					t.Errorf("it says\n%s\nand not\n%s", said, d.says)
				}
				if err := withstand.Plain(said); err != nil {
					t.Error(err)
				}
			})
			cells = append(cells, d.cell())
		}
	}
	cells = append(cells, fullDiskCells(t)...)
	if runtime.GOOS == "windows" {
		t.Skip("some of these days do not come here; the table is held on the other systems")
	}
	withstand.Hold(t, "files", cells)
}

func (d fileDay) cell() withstand.Cell {
	return withstand.Cell{Day: d.day, While: d.while, State: d.state, Says: d.says}
}

// fullDiskCells has the days of a full disk lived through in a process of their
// own.
func fullDiskCells(t *testing.T) (cells []withstand.Cell) {
	t.Helper()
	said := withstand.RunApart(t, "TestBadDayOfTheFilesOnAFullDisk")
	for line := range strings.Lines(said) {
		text, ok := strings.CutPrefix(line, cellMark)
		if !ok {
			continue
		}
		var cell withstand.Cell
		if err := json.Unmarshal([]byte(text), &cell); err != nil {
			t.Fatal(err)
		}
		cells = append(cells, cell)
	}
	return cells
}

// cellMark begins a line with a cell, between processes.
const cellMark = "CELL "

// said is all that the window says by itself: its notices, the panel in the
// page's place without its details, an open card, and the line at the bottom.
func (w *working) said() string {
	parts := []string{w.noticeTexts()}
	if w.frame.panel.State() != widgets.StateContent {
		for line := range strings.Lines(textsOf(w.frame.panel)) {
			if !strings.HasPrefix(line, "open journal ") && !strings.HasPrefix(line, "Kind: ") {
				parts = append(parts, strings.TrimSpace(line))
			}
		}
	}
	if top := w.dialog(); top != nil {
		parts = append(parts, textsOf(top))
	}
	return strings.Join(append(parts, w.frame.status.connection.Text()), "\n")
}

// untilSaid waits until the window says something, and gives all that it says.
func (w *working) untilSaid(text string) string {
	w.t.Helper()
	defer func() {
		if w.t.Failed() {
			w.t.Logf("it says %q", w.said())
		}
	}()
	w.queue.until(w.t, "it to say "+text, func() bool { return strings.Contains(w.said(), text) })
	return w.said()
}

// works proves that a desk does what it is for: it sends, and records it.
func (w *working) works(key string) {
	w.t.Helper()
	w.untilLoaded(instanceCoffee)
	before := len(w.posted(instanceCoffee, entityPurchases))
	w.purchase(key)
	w.compose.Send()
	w.untilStored(before + 1)
	w.goTo(PageHistory)
	w.history.Refresh()
	w.queue.until(w.t, "it in the history", func() bool {
		return slices.ContainsFunc(w.history.entries, func(e journal.Entry) bool { return keyWords(e) == key })
	})
	w.goTo(PageCompose)
}

// untilStored waits until so many purchases are stored at the service and the
// last answer is shown.
func (w *working) untilStored(n int) {
	w.t.Helper()
	w.queue.until(w.t, "the purchase to be stored", func() bool {
		return len(w.posted(instanceCoffee, entityPurchases)) >= n && !w.compose.current.last.Busy
	})
	w.untilShown("Accepted")
	if got := len(w.posted(instanceCoffee, entityPurchases)); got != n {
		w.t.Errorf("%d are stored, want %d", got, n)
	}
}

// bytesOf are the contents of all files in a folder that hold any.
func bytesOf(t *testing.T, folder string) map[string]string {
	t.Helper()
	found := map[string]string{}
	err := filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) && path != folder {
			return nil
		}
		if err != nil {
			return err
		}
		if info, err := d.Info(); err == nil && info.Mode().IsRegular() && info.Size() > 0 {
			data, err := os.ReadFile(path)
			if errors.Is(err, fs.ErrNotExist) {
				return nil // a file of the desk's that took another one's place just now
			}
			if err != nil {
				return err
			}
			found[path] = string(data)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// nothingLost fails where a content that was there before is in no file any
// more, be it in its place or kept aside.
func nothingLost(t *testing.T, folder string, before map[string]string) {
	t.Helper()
	var now []string
	for _, content := range bytesOf(t, folder) {
		now = append(now, content)
	}
	for path, content := range before {
		if !slices.Contains(now, content) {
			t.Errorf("what was in %s is gone", filepath.Base(path))
		}
	}
}

// filled writes a file in its place.
func filled(text string) func(t *testing.T, path string) {
	return func(t *testing.T, path string) { t.Helper(); writeFile(t, path, text) }
}

// harm has a file's bytes come to harm.
func harm(how func([]byte) []byte) func(t *testing.T, path string) {
	return func(t *testing.T, path string) {
		t.Helper()
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		writeFile(t, path, string(how(data)))
	}
}

func cutAt(percent int) func([]byte) []byte {
	return func(b []byte) []byte { return b[:len(b)*percent/100] }
}

func flipped(at int) func([]byte) []byte {
	return func(b []byte) []byte { b[at] ^= 0x10; return b }
}

// instead puts something else in a file's place, which is kept beside it.
func instead(fill func(t *testing.T, path string)) func(t *testing.T, path string) {
	return func(t *testing.T, path string) {
		t.Helper()
		fill(t, path+".other") // first, for the desk may look at any time
		if err := os.Rename(path, path+".mine"); err != nil && !os.IsNotExist(err) {
			t.Fatal(err)
		}
		if err := os.Rename(path+".other", path); err != nil {
			t.Fatal(err)
		}
	}
}

func aFolder(t *testing.T, path string) {
	t.Helper()
	writeFile(t, filepath.Join(path, "inside"), "in a folder")
}

func aLinkToNowhere(t *testing.T, path string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(filepath.Join(t.TempDir(), "away", "file"), path); err != nil {
		t.Skip("this user may make no links here")
	}
}

// huge is a file of 100 MB, most of it a hole.
func huge(t *testing.T, path string) {
	t.Helper()
	writeFile(t, path, "huge")
	if err := os.Truncate(path, 100<<20+1); err != nil {
		t.Fatal(err)
	}
}

func mode(m fs.FileMode) func(t *testing.T, path string) {
	return func(t *testing.T, path string) {
		t.Helper()
		if err := os.Chmod(path, m); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = os.Chmod(path, 0o700) })
	}
}

// missing is where nothing is put.
func missing(*testing.T, string) {}

func nobodys(t *testing.T, folder string) { t.Helper(); withstand.WithoutRights(t, folder) }
