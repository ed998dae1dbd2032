package gallery_test

import (
	"image"
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/activitydesk/activitydesk/ui/widgets"
	"github.com/activitydesk/activitydesk/ui/widgets/fit"
	"github.com/activitydesk/activitydesk/ui/widgets/gallery"
)

// picturesVar names the folder that the pictures are written to, for people
// to look at. Unset, they are only taken.
const picturesVar = "ACTIVITYDESK_PICTURES"

func TestEveryPageOfTheGalleryDrawsInBothLooks(t *testing.T) {
	for _, look := range []widgets.Appearance{widgets.AppearanceLight, widgets.AppearanceDark} {
		for _, page := range gallery.Pages() {
			t.Run(page.Name+" "+string(look), func(t *testing.T) {
				app := test.NewTempApp(t)
				app.Settings().SetTheme(widgets.NewTheme(look))
				content := page.Make()
				w := test.NewTempWindow(t, nil)
				widgets.NewRoot(widgets.NewArea("background", content)).Attach(w)
				w.Resize(page.Size)
				if pose := poses[page.Name]; pose != nil {
					pose(t, w.Canvas(), content)
				}
				picture := w.Canvas().Capture()
				save(t, page.Name+"-"+string(look), picture)
				if page.Name != "desk" { // it only puts together what the others show
					golden(t, page.Name+"-"+string(look), picture)
				}
				if colours(picture) < 8 {
					t.Error("the picture is empty")
				}
				fit.Inside(t, w.Content(), page.Size)
			})
		}
	}
}

// colours counts the different colours of a picture, up to a few.
func colours(picture image.Image) int {
	seen := map[any]bool{}
	for y := range picture.Bounds().Dy() {
		for x := range picture.Bounds().Dx() {
			seen[picture.At(x, y)] = true
			if len(seen) > 64 {
				return len(seen)
			}
		}
	}
	return len(seen)
}

func save(t *testing.T, name string, picture image.Image) {
	t.Helper()
	folder := os.Getenv(picturesVar)
	if folder == "" {
		return
	}
	writePNG(t, filepath.Join(folder, name+".png"), picture)
}

func walk(o fyne.CanvasObject, visit func(fyne.CanvasObject)) {
	if !o.Visible() {
		return
	}
	visit(o)
	for _, child := range childrenOf(o) {
		walk(child, visit)
	}
}

func childrenOf(o fyne.CanvasObject) []fyne.CanvasObject {
	switch o := o.(type) {
	case *fyne.Container:
		return o.Objects
	case fyne.Widget:
		return test.WidgetRenderer(o).Objects()
	}
	return nil
}

func find[T fyne.CanvasObject](t *testing.T, content fyne.CanvasObject) T {
	t.Helper()
	var found []T
	walk(content, func(o fyne.CanvasObject) {
		if w, ok := o.(T); ok {
			found = append(found, w)
		}
	})
	if len(found) == 0 {
		t.Fatalf("the page has no %T", *new(T))
	}
	return found[0]
}
