// Package e2e drives the real window as a person would, with the keyboard,
// on a screen that nobody sees. `make test` runs it; see .ci/window.
package e2e

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// patience is how long a case waits for something that should take a second
// or less: a busy machine is slow, and a wait that ends early proves nothing.
const patience = 60 * time.Second

// needWindow skips a case where no screen was made for it, and gives the
// program to run.
func needWindow(t *testing.T) string {
	t.Helper()
	if os.Getenv("ACTIVITYDESK_WINDOW") == "" {
		t.Skip("no screen of our own: run make test, or .ci/window go test ./ui/e2e")
	}
	program := os.Getenv("ACTIVITYDESK_BINARY")
	if program == "" {
		t.Fatal("ACTIVITYDESK_BINARY must name the program to run")
	}
	return program
}

// run gives the trimmed output of a helper program.
func run(t *testing.T, name string, args ...string) string {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	var out, diag bytes.Buffer
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Stdout, cmd.Stderr = &out, &diag
	if err := cmd.Run(); err != nil {
		t.Fatalf("%s %s: %v %s", name, strings.Join(args, " "), err, diag.String())
	}
	return strings.TrimSpace(out.String())
}

// eventually polls until holds is true, and fails with what it was waiting
// for where it never is.
func eventually(t *testing.T, what string, holds func() bool) {
	t.Helper()
	within(t, patience, what, holds)
}

// within is eventually with another patience.
func within(t testing.TB, patience time.Duration, what string, holds func() bool) {
	t.Helper()
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(100 * time.Millisecond) {
		if holds() {
			return
		}
	}
	t.Fatalf("waited %s for: %s", patience, what)
}

// window is a running desk and its window.
type window struct {
	t      *testing.T
	id     string
	home   string
	cmd    *exec.Cmd
	ended  chan struct{} // closed when the program has ended
	stderr *bytes.Buffer
}

// open starts the desk in the home folder and waits for its window.
func open(t *testing.T, home string, args ...string) *window {
	t.Helper()
	program := needWindow(t)
	w := &window{t: t, home: home, ended: make(chan struct{}), stderr: &bytes.Buffer{}}
	w.cmd = exec.Command(program, args...)
	w.cmd.Env = append(os.Environ(), homeEnv(home)...)
	w.cmd.Stdout, w.cmd.Stderr = w.stderr, w.stderr
	if err := w.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() {
		defer close(w.ended)
		_ = w.cmd.Wait() // the exit code is read from the process state
	}()
	t.Cleanup(func() {
		select {
		case <-w.ended: // by the case itself
			return
		default:
		}
		if t.Failed() {
			w.picture("failed-" + strings.ReplaceAll(t.Name(), "/", "-"))
			t.Logf("the desk said: %s", w.stderr)
		}
		_ = w.cmd.Process.Kill() // it may have ended already
		<-w.ended                // so that the next case does not find this window
	})
	w.id = run(t, "xdotool", "search", "--sync", "--onlyvisible", "--all",
		"--pid", strconv.Itoa(w.cmd.Process.Pid), "--name", "Activity Desk$")
	w.id, _, _ = strings.Cut(w.id, "\n")
	w.focus()
	return w
}

// focus brings the window to the front.
func (w *window) focus() {
	w.t.Helper()
	run(w.t, "xdotool", "windowraise", w.id, "windowfocus", "--sync", w.id)
}

// homeEnv puts every folder of the user below home.
func homeEnv(home string) []string {
	return []string{
		"HOME=" + home,
		"XDG_DATA_HOME=" + filepath.Join(home, "data"),
		"XDG_CONFIG_HOME=" + filepath.Join(home, "config"),
		"XDG_STATE_HOME=" + filepath.Join(home, "state"),
		"XDG_CACHE_HOME=" + filepath.Join(home, "cache"),
	}
}

// title is what the window's title bar says.
func (w *window) title() string {
	out, err := exec.CommandContext(w.t.Context(), "xdotool", "getwindowname", w.id).Output()
	if err != nil {
		return ""
	}
	return strings.TrimSpace(string(out))
}

// shows waits until the title bar has the text.
func (w *window) shows(text string) {
	w.t.Helper()
	eventually(w.t, fmt.Sprintf("the title to show %q", text), func() bool {
		return strings.Contains(w.title(), text)
	})
}

// stands waits until the desk stands in an instance, and has loaded what that
// has: keys that come before would go elsewhere.
func (w *window) stands(instance string) {
	w.t.Helper()
	w.shows(instance)
	w.still()
}

// press strikes keys one after the other, such as ctrl+f or Tab.
func (w *window) press(keys ...string) {
	w.t.Helper()
	for _, key := range keys {
		run(w.t, "xdotool", "key", "--window", w.id, "--clearmodifiers", key)
		time.Sleep(60 * time.Millisecond) // a person's pace, a little fast
	}
}

// asks strikes keys that have a question asked, and waits until the question is
// there: it darkens the window behind it. What is struck before would go to the
// window. The answer waits until the question is gone.
func (w *window) asks(keys ...string) (gone func()) {
	w.t.Helper()
	before := w.brightness()
	w.press(keys...)
	dark := func() bool { return before-w.brightness() > 0.1*before }
	eventually(w.t, strings.Join(keys, ", ")+" to have a question asked", dark)
	return func() {
		w.t.Helper()
		eventually(w.t, "the question to be gone", func() bool { return !dark() })
	}
}

// still waits until the window shows the same for a while: what was begun, such
// as loading, has come to its end. A cursor that blinks is no change.
func (w *window) still() {
	w.t.Helper()
	last, same := w.brightness(), 0
	eventually(w.t, "the window to be still", func() bool {
		now := w.brightness()
		if math.Abs(now-last) > 8 {
			last, same = now, 0
		}
		same++
		return same == 8
	})
}

// brightness is the mean of all that the window shows, from 0 to 65535.
func (w *window) brightness() float64 {
	w.t.Helper()
	out, err := exec.CommandContext(w.t.Context(), "import", "-window", w.id,
		"-colorspace", "Gray", "-resize", "1x1!", "-depth", "16", "-endian", "MSB", "gray:-").Output()
	if err != nil || len(out) != 2 {
		w.t.Fatalf("the window's picture: %v, %d bytes", err, len(out))
	}
	return float64(binary.BigEndian.Uint16(out))
}

// write types a text of ASCII characters.
func (w *window) write(text string) {
	w.t.Helper()
	run(w.t, "xdotool", "type", "--window", w.id, "--clearmodifiers", "--delay", "12", text)
	time.Sleep(60 * time.Millisecond)
}

// clipboard is the text on the clipboard.
func (w *window) clipboard() string {
	out, err := exec.CommandContext(w.t.Context(), "xclip", "-o", "-selection", "clipboard", "-target", "UTF8_STRING").Output()
	if err != nil {
		return ""
	}
	return string(out)
}

// picture keeps what the screen shows, where ACTIVITYDESK_PICTURES names a
// folder.
func (w *window) picture(name string) {
	folder := os.Getenv("ACTIVITYDESK_PICTURES")
	if folder == "" {
		return
	}
	time.Sleep(400 * time.Millisecond) // what was just changed is painted
	out, err := exec.Command("import", "-window", "root", filepath.Join(folder, name+".png")).CombinedOutput()
	if err != nil {
		w.t.Logf("picture %s: %v %s", name, err, out)
	}
}

// end asks the desk to end with SIGTERM and gives its exit code.
func (w *window) end() int {
	w.t.Helper()
	if err := w.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		w.t.Fatalf("end: %v", err)
	}
	return w.wait()
}

// wait gives the exit code of a desk that is ending.
func (w *window) wait() int {
	w.t.Helper()
	select {
	case <-w.ended:
		return w.cmd.ProcessState.ExitCode()
	case <-time.After(patience):
		w.t.Fatalf("the desk did not end; it said: %s", w.stderr)
		return -1
	}
}
