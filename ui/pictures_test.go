// The desk in every state: each is reached, nothing of it is cut off in the
// smallest window, and `make pictures` writes it down at every size and theme.

package ui

import (
	"fmt"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"fyne.io/fyne/v2"

	"github.com/activitydesk/activitydesk/ui/widgets"
)

// picturesVar names the folder that the pictures are written to. Unset, they
// are not taken.
const picturesVar = "ACTIVITYDESK_PICTURES"

// The sizes of the window in the pictures; the first is the smallest that the
// desk is made for.
var pictureSizes = []fyne.Size{{Width: 1024, Height: 700}, {Width: 1280, Height: 800}, {Width: 1920, Height: 1080}}

// drawing is a desk with all its pages, to be brought into a state.
type drawing struct {
	*working
	batch    *BatchPage
	settings *SettingsPage

	connectionsPage *ConnectionsPage
}

// newDrawing starts a desk that stands in Contoso Coffee.
func newDrawing(t *testing.T, change ...func(*Options)) *drawing {
	t.Helper()
	d := &drawing{working: prepareWorking(t, t.TempDir(), change...)}
	d.build = func(desk *Desk) []Page {
		pages := newPages(desk)
		for _, page := range pages {
			switch page := page.(type) {
			case *ComposePage:
				d.compose = page
			case *BatchPage:
				d.batch = page
			case *ProfilesPage:
				d.profiles = page
			case *HistoryPage:
				d.history = page
			case *SettingsPage:
				d.settings = page
			case *ConnectionsPage:
				d.connectionsPage = page
			}
		}
		return pages
	}
	d.begin()
	d.window.Resize(pictureSizes[0])
	d.untilLoaded(instanceCoffee)
	return d
}

func TestEveryStateOfTheDeskFitsTheSmallestWindow(t *testing.T) {
	if racing {
		t.Skip("what it looks at is drawn by one goroutine; .ci/unit runs it without the race detector")
	}
	folder := os.Getenv(picturesVar)
	seen := map[string]bool{}
	for _, state := range slices.Concat(deskStates(), signInStates()) {
		if seen[state.name] {
			t.Errorf("two states are called %s", state.name)
		}
		seen[state.name] = true
		t.Run(state.name, func(t *testing.T) {
			d := newDrawing(t, state.options...)
			state.reach(d)
			d.queue.run()
			checkLayout(t, d.window.Canvas())
			if folder != "" {
				d.picture(folder, state.name)
			}
		})
	}
}

// picture writes the state down at every size, light and dark. Fyne's painter
// for tests clips by the innermost scroll alone: the text of a field that is
// half scrolled away may show beyond the form, which no real window does.
func (d *drawing) picture(folder, name string) {
	d.t.Helper()
	for _, look := range []widgets.Appearance{widgets.AppearanceLight, widgets.AppearanceDark} {
		d.app.Settings().SetTheme(widgets.NewTheme(look))
		for _, size := range pictureSizes {
			d.window.Resize(size)
			d.queue.run()
			layOut(d.window.Canvas().Content())
			file := fmt.Sprintf("%s-%s-%.0fx%.0f.png", name, look, size.Width, size.Height)
			savePicture(d.t, filepath.Join(folder, file), d.window.Canvas().Capture())
		}
	}
}

func savePicture(t testing.TB, path string, picture image.Image) {
	t.Helper()
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	encoder := png.Encoder{CompressionLevel: png.BestSpeed}
	if err := encoder.Encode(f, picture); err != nil {
		t.Error(err)
	}
	if err := f.Close(); err != nil {
		t.Error(err)
	}
}
