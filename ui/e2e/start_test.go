package e2e

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/activitydesk/activitydesk/ui/benchtest"
)

// framebuffer is what the screen shows, in the file that Xvfb keeps it in: looking
// at it costs the programs that draw nothing.
type framebuffer struct {
	file                  *os.File
	offset, pixel, stride int // in bytes: of the first pixel, of a pixel, of a line
	width, height         int // in pixels
}

func openFramebuffer(tb testing.TB) *framebuffer {
	tb.Helper()
	file, err := os.Open(os.Getenv("ACTIVITYDESK_SCREEN"))
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { _ = file.Close() })
	head := make([]byte, 100) // of an X window dump: big-endian words
	if _, err := file.ReadAt(head, 0); err != nil {
		tb.Fatal(err)
	}
	word := func(i int) int { return int(binary.BigEndian.Uint32(head[4*i:])) }
	const colour = 12 // bytes, of an entry of the map between head and pixels
	return &framebuffer{
		file: file, offset: word(0) + colour*word(19),
		width: word(4), height: word(5), pixel: word(11) / 8, stride: word(12),
	}
}

// look gives the pixels of every 25th line of the middle of the screen, where the
// window is and its frame is not.
func (f *framebuffer) look(tb testing.TB) []byte {
	tb.Helper()
	var all []byte
	line := make([]byte, f.width/2*f.pixel)
	for y := f.height / 4; y < f.height*3/4; y += 25 {
		if _, err := f.file.ReadAt(line, int64(f.offset+y*f.stride+f.width/4*f.pixel)); err != nil {
			tb.Fatal(err)
		}
		all = append(all, line...)
	}
	return all
}

// differ is how much of two looks is not the same, from 0 to 1.
func (f *framebuffer) differ(a, b []byte) float64 {
	n := 0
	for i := 0; i < len(a); i += f.pixel {
		if !bytes.Equal(a[i:i+f.pixel], b[i:i+f.pixel]) {
			n++
		}
	}
	return float64(n*f.pixel) / float64(len(a))
}

// start is how a program came up.
type start struct {
	frame  float64 // ms from its exec to the first painted frame
	ready  float64 // ms to the last change that is more than a cursor
	memory float64 // MB, resident, when it has shown the same for a while
}

// settled is how long a program is watched after its first frame.
const settled = 6 * time.Second

// watch starts a program, sees how it comes up, and ends it.
func (f *framebuffer) watch(tb testing.TB, home, program string) start {
	tb.Helper()
	empty := f.look(tb)
	cmd := exec.Command(program)
	cmd.Env = append(os.Environ(), homeEnv(home)...)
	begun := time.Now()
	if err := cmd.Start(); err != nil {
		tb.Fatal(err)
	}
	s, last := start{}, empty
	for now := time.Duration(0); ; now = time.Since(begun) {
		if s.frame == 0 && now > patience {
			tb.Fatalf("%s shows nothing", program)
		}
		if s.frame > 0 && now > time.Duration(s.frame)*time.Millisecond+settled {
			break
		}
		next := f.look(tb)
		ms := time.Since(begun).Seconds() * 1000
		if s.frame == 0 && f.differ(next, empty) > 0.9 {
			s.frame = ms
		}
		if !bytes.Equal(next, last) && f.differ(next, last) > 0.01 {
			s.ready = ms
		}
		last = next
		time.Sleep(time.Millisecond)
	}
	s.memory = resident(tb, cmd.Process.Pid)
	_ = cmd.Process.Kill() // it may have ended already
	_ = cmd.Wait()         // says that it was killed
	within(tb, patience, "the window to be gone", func() bool { return bytes.Equal(f.look(tb), empty) })
	return s
}

// resident is how much memory of a process is resident, in MB.
func resident(tb testing.TB, pid int) float64 {
	tb.Helper()
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		tb.Fatal(err)
	}
	for line := range strings.Lines(string(status)) {
		if text, ok := strings.CutPrefix(line, "VmRSS:"); ok {
			kb, err := strconv.Atoi(strings.Fields(text)[0])
			if err != nil {
				tb.Fatal(err)
			}
			return float64(kb) / 1024
		}
	}
	tb.Fatal("the system tells no memory")
	return 0
}

// BenchmarkStart starts the desk and the windows that it is measured beside in
// turns: one that is empty, and one with a text in each style that the desk's
// first page has. ACTIVITYDESK_PLAIN names the program of both.
func BenchmarkStart(b *testing.B) {
	if os.Getenv("ACTIVITYDESK_WINDOW") == "" || os.Getenv("ACTIVITYDESK_PLAIN") == "" {
		b.Skip("no screen of our own: run make bench")
	}
	f := openFramebuffer(b)
	home := b.TempDir()
	f.watch(b, home, os.Getenv("ACTIVITYDESK_BINARY")) // the first start of all makes the journal
	programs := []struct{ name, path string }{
		{"desk", os.Getenv("ACTIVITYDESK_BINARY")},
		{"empty", os.Getenv("ACTIVITYDESK_PLAIN")},
		{"text", textWindow(b, os.Getenv("ACTIVITYDESK_PLAIN"))},
	}
	took := make([][]start, len(programs))
	for b.Loop() {
		for k, program := range programs {
			took[k] = append(took[k], f.watch(b, home, program.path))
		}
	}
	for k, program := range programs {
		for unit, of := range map[string]func(start) float64{
			"ms/frame-": func(s start) float64 { return s.frame },
			"ms/ready-": func(s start) float64 { return s.ready },
			"MB/":       func(s start) float64 { return s.memory },
		} {
			var list []float64
			for _, s := range took[k] {
				list = append(list, of(s))
			}
			b.ReportMetric(benchtest.Median(list), unit+program.name)
		}
	}
	b.ReportMetric(0, "ns/op") // of all of them together: of no use
}

// textWindow is the plain program under the name by which it shows text.
func textWindow(b *testing.B, plain string) string {
	b.Helper()
	named := filepath.Join(b.TempDir(), "text")
	if err := os.Symlink(plain, named); err != nil && !errors.Is(err, os.ErrExist) {
		b.Fatal(err)
	}
	return named
}
