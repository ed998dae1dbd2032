// This file draws icons in colours of the theme.

package widgets

import (
	"fmt"
	"sync"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
)

// inked holds icons as they were coloured. Fyne's own coloured resource reads
// and writes the whole drawing anew whenever it is asked for it, which was a
// third of the time that a form took to open.
var inked sync.Map // of inkedKey: fyne.Resource

type inkedKey struct {
	icon string
	ink  [4]uint32
}

// paintIcon shows a resource in a colour of the theme, or hides the image.
func paintIcon(image *canvas.Image, icon fyne.Resource, ink fyne.ThemeColorName) {
	if icon == nil {
		image.Hide()
		return
	}
	image.Resource = inkedIcon(icon, ink)
	image.Show()
}

func inkedIcon(icon fyne.Resource, ink fyne.ThemeColorName) fyne.Resource {
	key := inkedKey{icon: icon.Name()}
	settings := fyne.CurrentApp().Settings()
	key.ink[0], key.ink[1], key.ink[2], key.ink[3] = settings.Theme().Color(ink, settings.ThemeVariant()).RGBA()
	if known, ok := inked.Load(key); ok {
		return known.(fyne.Resource)
	}
	// The name tells one colour from another where Fyne keeps what it has drawn.
	coloured := fyne.NewStaticResource(fmt.Sprintf("%x-%s", key.ink, icon.Name()), theme.NewColoredResource(icon, ink).Content())
	inked.Store(key, coloured)
	return coloured
}
