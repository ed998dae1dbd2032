package ui

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/activitydesk/activitydesk/forms"
	"github.com/activitydesk/activitydesk/ui/settings"
	"github.com/activitydesk/activitydesk/ui/widgets"
)

// presetDays are the bad days of presets.
func presetDays() []fileDay {
	var days []fileDay
	for _, c := range []struct {
		day, says string
		make      func(t *testing.T, path string)
	}{
		{"a preset empty", "Cannot be read, left as they are: ", filled("")},
		{"a preset cut off", "Cannot be read, left as they are: ", harm(cutAt(50))},
		{"a preset of garbage", "Cannot be read, left as they are: ", filled("\x00\xff garbage")},
		{"a folder in the place of a preset", "Cannot be read, left as they are: ", instead(aFolder)},
		{"a preset that is a link to nowhere", "Cannot be read, left as they are: ", instead(aLinkToNowhere)},
		{"a preset of 100 MB", "Cannot be read, left as they are: ", instead(huge)},
		{"a preset from a newer version", "From a newer version of Activity Desk, kept for it: ", filled(`{"kind":"activitydesk presets","version":99}`)},
	} {
		days = append(days, fileDay{day: c.day, while: "opening the presets", state: "the others can be used; this one stays untouched, and a new one can be saved", says: c.says, live: func(t *testing.T) string {
			t.Helper()
			w := newWorking(t)
			w.purchase("OPID_95301")
			w.saveAs("Tea")
			path := filepath.Join(w.env.Presets.Dir(), onlyPreset(t, w).ID+".preset.json")
			w.saveAs("Coffee")
			c.make(t, path)
			before := bytesOf(t, w.env.Presets.Dir())
			w.compose.managePresets()
			w.untilDialog(c.says)
			said := textsOf(w.dialog())
			if !strings.Contains(said, filepath.Base(path)) {
				t.Errorf("it does not name the file: %s", said)
			}
			closeCards(w)
			w.saveAs("Juice")
			nothingLost(t, w.env.Presets.Dir(), before)
			return said
		}})
	}
	return append(days, presetFolderDays()...)
}

// onlyPreset is the one preset there is.
func onlyPreset(t *testing.T, w *working) forms.Preset {
	t.Helper()
	shelf, err := w.env.Presets.Read()
	if err != nil || len(shelf.Presets) != 1 {
		t.Fatalf("%+v, %v", shelf, err)
	}
	return shelf.Presets[0]
}

func closeCards(w *working) {
	for w.dialog() != nil {
		w.window.Canvas().Overlays().Remove(w.dialog())
	}
}

func presetFolderDays() []fileDay {
	var release func()
	days := make([]fileDay, 0, 4)
	for _, c := range []struct {
		day, says string
		make, end func(t *testing.T, path string)
	}{
		{"a file in the place of the folder of presets", "The file could not be written.", instead(filled("a file")), back},
		{"a folder of presets that is a link to nowhere", "The file could not be written.", instead(aLinkToNowhere), back},
		{"a folder of presets that may not be written", "The file could not be written.", func(t *testing.T, path string) {
			t.Helper()
			nobodys(t, filepath.Dir(filepath.Dir(path)))
			mode(0o500)(t, path)
		}, mode(0o700)},
		{"presets locked by a second desk for longer than is waited", "Another Activity Desk is writing the presets.", func(t *testing.T, path string) {
			t.Helper()
			release = hold(t, filepath.Join(path, "presets.lock"))
		}, func(*testing.T, string) { release() }},
	} {
		days = append(days, fileDay{day: c.day, while: "saving a preset", state: "nothing is written; the name stays typed, and saving it again works afterwards", says: c.says, live: func(t *testing.T) string {
			t.Helper()
			w := newWorking(t, waitingOn(c.day))
			w.purchase("OPID_95302")
			w.saveAs("Tea")
			c.make(t, w.env.Presets.Dir())
			newSavePreset(w.compose, w.compose.current, settings.Shelf{}).show()
			typeInto(t, w, "Coffee")
			confirm(t, w, "Save preset")
			w.untilDialog(c.says)
			said := textsOf(w.dialog())
			c.end(t, w.env.Presets.Dir())
			confirm(t, w, "Save preset")
			w.untilNoDialog()
			shelf, err := w.env.Presets.Read()
			if err != nil || len(shelf.Presets) != 2 {
				t.Errorf("%d presets, %v", len(shelf.Presets), err)
			}
			return said
		}})
	}
	return days
}

// notAFile are files that a person chooses and that are none that can be used.
var notAFile = []struct {
	name string
	make func(t *testing.T, path string)
}{
	{"missing", missing},
	{"empty", filled("")},
	{"of garbage", filled("\x89PNG\x00\x01\xff garbage")},
	{"a folder", aFolder},
	{"a link to nowhere", aLinkToNowhere},
	{"of 100 MB", huge},
	{"that may not be read", func(t *testing.T, path string) {
		t.Helper()
		filled("{}")(t, path)
		nobodys(t, filepath.Dir(path))
		mode(0o200)(t, path)
	}},
}

// loadedDays are the bad days of files that are read at a person's word.
func loadedDays() []fileDay {
	var days []fileDay
	for _, c := range []struct {
		what, while, file, state string
		says                     [7]string // of each of notAFile
		load                     func(t *testing.T, path, says string) string
	}{
		{
			"a file of connections", "importing connections", "connections.json", "nothing is taken in",
			[7]string{
				"There is no such file.", "it is not JSON, or not the whole of it", "it is not JSON, or not the whole of it", "it is no file that can be read as a whole",
				"This is a link to what is not there.", "it is larger than 1024 KB", "This cannot be read or written with your rights.",
			},
			loadConnections,
		},
		{
			"a file of presets", "importing presets", "presets.json", "nothing is taken in",
			[7]string{
				"There is no such file.", "The file does not hold presets, or is damaged.", "The file does not hold presets, or is damaged.", "The file does not hold presets, or is damaged.",
				"This is a link to what is not there.", "The file does not hold presets, or is damaged.", "This cannot be read or written with your rights.",
			},
			loadPresets,
		},
		{
			"a file of JSON", "loading JSON", "one.json", "the text in the tab and the form stay as they are",
			[7]string{
				"There is no file ", "", "The file is not a text.", "This is a folder, not a file.",
				"There is no file ", "The file is larger than 4 MB.", "The file may not be read.",
			},
			loadText,
		},
		{
			"a file of a batch", "opening a batch", "rows.csv", "no rows are offered",
			[7]string{
				"There is no file ", "The file is empty.", "The file is not text.", "This is a folder, not a file.",
				"There is no file ", "The file is larger than", "The file may not be read.",
			},
			loadRows,
		},
	} {
		for i, file := range notAFile {
			if c.says[i] == "" {
				continue // an empty text is one that can be loaded
			}
			days = append(days, fileDay{day: c.what + " " + file.name, while: c.while, state: c.state, says: c.says[i], live: func(t *testing.T) string {
				t.Helper()
				path := filepath.Join(t.TempDir(), c.file)
				file.make(t, path)
				return c.load(t, path, c.says[i])
			}})
		}
	}
	return days
}

func loadConnections(t *testing.T, path, says string) string {
	t.Helper()
	_, err := settings.ReadConnections(path)
	return fileCardWords(t, err, says)
}

func loadPresets(t *testing.T, path, says string) string {
	t.Helper()
	presets := settings.OpenPresets(filepath.Join(filepath.Dir(path), "none yet"))
	done, err := presets.Import(path)
	if shelf, readErr := presets.Read(); readErr != nil || len(shelf.Presets)+len(done.Added) != 0 {
		t.Errorf("%+v was taken in, %v", shelf, readErr)
	}
	return fileCardWords(t, err, says)
}

// fileCardWords are those of the card that asks for a file.
func fileCardWords(t *testing.T, err error, says string) string {
	t.Helper()
	if err == nil {
		t.Fatalf("it can be used, and should say %q", says)
	}
	q := &fileQuestion{problem: widgets.NewWrappedText("", widgets.RoleProblem)}
	q.fail(err)
	return q.problem.Text()
}

func loadText(t *testing.T, path, _ string) string {
	t.Helper()
	_, err := readJSONFile(t.Context(), path)
	return jsonFileNotice(path, err).Text
}

func loadRows(t *testing.T, path, _ string) string {
	t.Helper()
	file, err := readBatchFile(t.Context(), path)
	if err == nil || file != nil {
		t.Fatal("it can be used")
	}
	m := explainFile(path, err)
	return m.What + " " + m.Do
}

// savedDays are the bad days of files that are written at a person's word.
func savedDays() []fileDay {
	var days []fileDay
	for _, c := range []struct {
		day  string
		make func(t *testing.T, path string)
	}{
		{"a folder in the place of the file", aFolder},
		{"a link to nowhere in the place of the file", aLinkToNowhere},
		{"no folder for the file", func(t *testing.T, path string) {
			t.Helper()
			if err := os.Remove(filepath.Dir(path)); err != nil {
				t.Fatal(err)
			}
		}},
		{"the file protected", func(t *testing.T, path string) { t.Helper(); filled("before")(t, path); mode(0o400)(t, path) }},
		{"the folder of the file read-only", func(t *testing.T, path string) {
			t.Helper()
			nobodys(t, filepath.Dir(path))
			mode(0o500)(t, filepath.Dir(path))
		}},
	} {
		for _, save := range savers {
			days = append(days, fileDay{day: c.day, while: save.while, state: "nothing is written, and what is there stays", says: save.says, live: func(t *testing.T) string {
				t.Helper()
				path := filepath.Join(t.TempDir(), "sub", "file.json")
				if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
					t.Fatal(err)
				}
				c.make(t, path)
				before := bytesOf(t, filepath.Dir(filepath.Dir(path)))
				err := save.write(path)
				if err == nil {
					t.Fatal("it was written")
				}
				nothingLost(t, filepath.Dir(filepath.Dir(path)), before)
				return save.words(t, err)
			}})
		}
	}
	return days
}

// savers write to files that a person has chosen.
var savers = []struct {
	while, says string
	write       func(path string) error
	words       func(t *testing.T, err error) string
}{
	{
		"exporting presets", "The file could not be written.",
		func(path string) error {
			return settings.OpenPresets("").Export(path, []forms.Preset{{ID: "a", Name: "Coffee", Entity: "e"}})
		},
		func(t *testing.T, err error) string { t.Helper(); return fileCardWords(t, err, "") },
	},
	{
		"exporting connections", "The file could not be written.",
		func(path string) error {
			return settings.WriteConnections(path, []settings.SharedConnection{{Connection: tokenConnection("a", "Mine")}})
		},
		func(t *testing.T, err error) string { t.Helper(); return fileCardWords(t, err, "") },
	},
	{
		"saving JSON", "The JSON was not saved.",
		func(path string) error { return writeText(path, "{}", true) },
		func(_ *testing.T, err error) string { return jsonNotSaved(err).Text },
	},
}
