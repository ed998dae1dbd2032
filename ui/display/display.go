// Package display knows whether there is a screen to open a window on, which is
// asked before Fyne is, and whether the window is there.
package display

import (
	"errors"
	"fmt"
	"net"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// ErrNone is why the window cannot be opened: there is no screen.
var ErrNone = errors.New("no display")

// Dial reaches for a display's socket; network and address are as
// net.Dial has them.
func Dial(network, address string) error {
	conn, err := net.DialTimeout(network, address, 3*time.Second)
	if err != nil {
		return err
	}
	return conn.Close()
}

// Check says, in one sentence, why no window can be opened, as far as
// that can be known beforehand: on Linux and the BSDs a display server has to
// answer at DISPLAY or WAYLAND_DISPLAY. The window library itself would end
// the process with a stack trace. Elsewhere there is always a screen. The error
// is ErrNoDisplay.
func Check(goos string, getenv func(string) string, dial func(network, address string) error) error {
	switch goos {
	case "linux", "freebsd", "openbsd", "netbsd":
	default:
		return nil
	}
	x11, wayland := getenv("DISPLAY"), getenv("WAYLAND_DISPLAY")
	if x11 == "" && wayland == "" {
		return fmt.Errorf("%w: neither DISPLAY nor WAYLAND_DISPLAY is set, start Activity Desk from a desktop session", ErrNone)
	}
	if wayland != "" && dial("unix", waylandSocket(wayland, getenv("XDG_RUNTIME_DIR"))) == nil {
		return nil
	}
	if x11 != "" && dialX11(x11, dial) {
		return nil
	}
	var tried []string
	if wayland != "" {
		tried = append(tried, "WAYLAND_DISPLAY="+wayland)
	}
	if x11 != "" {
		tried = append(tried, "DISPLAY="+x11)
	}
	return fmt.Errorf("%w: nothing answers at %s, start Activity Desk from a desktop session", ErrNone, strings.Join(tried, " or "))
}

// waylandSocket follows libwayland: an absolute path, or a name in the
// session's runtime folder.
func waylandSocket(display, runtimeDir string) string {
	if filepath.IsAbs(display) {
		return display
	}
	return filepath.Join(runtimeDir, display)
}

// dialX11 reads DISPLAY as libxcb does: [protocol/][host]:number[.screen].
func dialX11(display string, dial func(network, address string) error) bool {
	if strings.HasPrefix(display, "/") { // a socket's path, as XQuartz gives it
		return dial("unix", display) == nil
	}
	colon := strings.LastIndex(display, ":")
	if colon < 0 {
		return false
	}
	host, rest := display[:colon], display[colon+1:]
	number, _, _ := strings.Cut(rest, ".")
	n, err := strconv.ParseUint(number, 10, 15)
	if err != nil {
		return false
	}
	if protocol, name, ok := strings.Cut(host, "/"); ok {
		host = name
		if protocol == "unix" {
			host = ""
		}
	}
	if host == "" || host == "unix" {
		path := fmt.Sprintf("/tmp/.X11-unix/X%d", n)
		return dial("unix", path) == nil || dial("unix", "@"+path) == nil || dial("tcp", fmt.Sprintf("localhost:%d", 6000+n)) == nil
	}
	return dial("tcp", net.JoinHostPort(strings.Trim(host, "[]"), strconv.FormatUint(6000+n, 10))) == nil
}
