// Opening the window on a display that may turn out not to be usable.

package display

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver"
)

// On runs work that opens the window. GLFW panics where the display
// refuses it; that is made an ErrNoDisplay. Other panics pass.
func On(work func()) (err error) {
	defer func() {
		value := recover()
		if value == nil {
			return
		}
		text := fmt.Sprint(value)
		if !refusedByDisplay(text) {
			panic(value)
		}
		err = fmt.Errorf("%w: the display refused to open a window (%s)", ErrNone, text)
	}()
	work()
	return nil
}

// refusedByDisplay knows GLFW's errors by how they begin.
func refusedByDisplay(text string) bool {
	for _, code := range []string{
		"NotInitialized:", "APIUnavailable:", "VersionUnavailable:", "FormatUnavailable:", "PlatformUnavailable:", "PlatformError:",
	} {
		if strings.HasPrefix(text, code) {
			return true
		}
	}
	return false
}

// Opened says whether the system has the window. Fyne only logs it when a
// window could not be made, and would run without one.
func Opened(w fyne.Window) bool {
	native, ok := w.(driver.NativeWindow)
	if !ok {
		return true
	}
	there := true
	native.RunNative(func(context any) {
		switch c := context.(type) {
		case driver.X11WindowContext:
			there = c.WindowHandle != 0
		case driver.WaylandWindowContext:
			there = c.WaylandSurface != 0
		case driver.WindowsWindowContext:
			there = c.HWND != 0
		case driver.MacWindowContext:
			there = c.NSWindow != 0
		}
	})
	return there
}
