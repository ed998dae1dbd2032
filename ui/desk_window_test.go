package ui

import (
	"math"
	"testing"

	"fyne.io/fyne/v2"

	"github.com/activitydesk/activitydesk/ui/settings"
)

func TestAWindowOfALargerScreenIsMadeToFit(t *testing.T) {
	for _, c := range []struct {
		remembered settings.Window
		screen     [2]int
		want       fyne.Size
	}{
		{settings.Window{Width: 5000, Height: 3000}, [2]int{1920, 1080}, fyne.NewSize(1920, 1040)},
		{settings.Window{Width: 1200, Height: 3000}, [2]int{1920, 1080}, fyne.NewSize(1200, 1040)},
		{settings.Window{Width: 1200, Height: 800}, [2]int{1920, 1080}, fyne.NewSize(1200, 800)},
		{settings.Window{Width: 5000, Height: 3000}, [2]int{}, fyne.NewSize(5000, 3000)},
		{settings.Window{Width: 20, Height: -1}, [2]int{1920, 1080}, fyne.NewSize(1280, 800)},
		{settings.Window{Width: float32(math.NaN()), Height: 800}, [2]int{1920, 1080}, fyne.NewSize(1280, 800)},
	} {
		d := deskIn(t, t.TempDir(), func(o *Options) {
			o.Screen = func() (int, int) { return c.screen[0], c.screen[1] }
		})
		d.window.Resize(windowSize(c.remembered))
		d.fitScreen()
		if got := d.window.Canvas().Size(); got != c.want {
			t.Errorf("%v on %v: %v, want %v", c.remembered, c.screen, got, c.want)
		}
	}
}
