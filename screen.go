package main

import "github.com/go-gl/glfw/v3.4/glfw"

// screenSize is the part of the main screen that windows can use, in the units
// that GLFW measures windows in: pixels, or points on macOS. It is called on
// main's goroutine once there is a window; 0 where the size is not known.
//
// Fyne does not tell it. GLFW is the library below Fyne, of the same version.
func screenSize() (width, height int) {
	defer func() {
		if recover() != nil { // GLFW's way to say that the display does not answer
			width, height = 0, 0
		}
	}()
	if screen := glfw.GetPrimaryMonitor(); screen != nil {
		_, _, width, height = screen.GetWorkarea()
	}
	return width, height
}
