package display

import (
	"errors"
	"path/filepath"
	"strings"
	"testing"
)

func TestADisplayIsLookedForWhereTheEnvironmentSays(t *testing.T) {
	runtimeDir := t.TempDir()
	cases := map[string]struct {
		goos    string
		env     map[string]string
		answers string // the address that answers
		missing string // a part of the sentence; empty: there is a display
	}{
		"windows has one":       {goos: "windows"},
		"macos has one":         {goos: "darwin"},
		"nothing set":           {goos: "linux", missing: "neither DISPLAY nor WAYLAND_DISPLAY"},
		"x on this computer":    {goos: "linux", env: map[string]string{"DISPLAY": ":3"}, answers: "/tmp/.X11-unix/X3"},
		"x with a screen":       {goos: "freebsd", env: map[string]string{"DISPLAY": ":3.1"}, answers: "/tmp/.X11-unix/X3"},
		"x in a container":      {goos: "linux", env: map[string]string{"DISPLAY": ":3"}, answers: "@/tmp/.X11-unix/X3"},
		"x by its protocol":     {goos: "linux", env: map[string]string{"DISPLAY": "unix/desk:3"}, answers: "/tmp/.X11-unix/X3"},
		"x over ssh":            {goos: "linux", env: map[string]string{"DISPLAY": "localhost:10.0"}, answers: "localhost:6010"},
		"x over ipv6":           {goos: "linux", env: map[string]string{"DISPLAY": "[::1]:10"}, answers: "[::1]:6010"},
		"x by a path":           {goos: "linux", env: map[string]string{"DISPLAY": "/run/x/org:0"}, answers: "/run/x/org:0"},
		"x that is gone":        {goos: "linux", env: map[string]string{"DISPLAY": ":9"}, missing: "DISPLAY=:9"},
		"x that is nonsense":    {goos: "linux", env: map[string]string{"DISPLAY": "nonsense"}, missing: "DISPLAY=nonsense"},
		"x without a number":    {goos: "linux", env: map[string]string{"DISPLAY": ":x"}, missing: "DISPLAY=:x"},
		"wayland":               {goos: "linux", env: map[string]string{"WAYLAND_DISPLAY": "wayland-1"}, answers: filepath.Join(runtimeDir, "wayland-1")},
		"wayland gone, x there": {goos: "linux", env: map[string]string{"WAYLAND_DISPLAY": "wayland-1", "DISPLAY": ":0"}, answers: "/tmp/.X11-unix/X0"},
		"wayland gone, x as well": {
			goos: "linux", env: map[string]string{"WAYLAND_DISPLAY": "wayland-1", "DISPLAY": ":0"},
			missing: "WAYLAND_DISPLAY=wayland-1 or DISPLAY=:0",
		},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			getenv := func(key string) string {
				if key == "XDG_RUNTIME_DIR" {
					return runtimeDir
				}
				return c.env[key]
			}
			dial := func(_, address string) error {
				if address == c.answers {
					return nil
				}
				return errors.New("nobody there")
			}
			err := Check(c.goos, getenv, dial)
			if c.missing == "" {
				if err != nil {
					t.Fatalf("got %v, want a display", err)
				}
				return
			}
			if !errors.Is(err, ErrNone) || !strings.Contains(err.Error(), c.missing) {
				t.Errorf("got %v, want a sentence with %q", err, c.missing)
			}
			if strings.Contains(err.Error(), "\n") {
				t.Errorf("more than one line: %q", err)
			}
		})
	}
}

func TestAWindowThatTheDisplayRefusesIsAnErrorAndOtherPanicsPass(t *testing.T) {
	err := On(func() { panic(errors.New("NotInitialized: The GLFW library is not initialized")) })
	if !errors.Is(err, ErrNone) {
		t.Errorf("got %v, want ErrNoDisplay", err)
	}
	if err := On(func() {}); err != nil {
		t.Errorf("got %v for a window that opened", err)
	}
	defer func() {
		if value := recover(); value != "a mistake of ours" {
			t.Errorf("recovered %v", value)
		}
	}()
	_ = On(func() { panic("a mistake of ours") })
	t.Error("the panic was swallowed")
}
