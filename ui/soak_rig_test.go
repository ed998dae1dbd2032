// Measuring what a desk holds on to: goroutines, open files and memory, before and
// after many turns of the same.

package ui

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"runtime/pprof"
	"testing"
	"time"
	_ "unsafe" // for the clock of Fyne's cache

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

// fyneCacheNow is the clock by which Fyne forgets how it drew what was not drawn
// for a minute. The driver of a window looks at it with each frame. That of tests
// does so when a canvas is captured, so a test moves the clock.
//
//go:linkname fyneCacheNow fyne.io/fyne/v2/internal/cache.timeNow
var fyneCacheNow func() time.Time

// cacheAhead is how far that clock was moved. It is never moved back.
var cacheAhead time.Duration

// forgetDrawn has Fyne forget how it drew what is shown no more, as it does in a
// window after a minute. What is shown is given.
func forgetDrawn(shown ...fyne.CanvasObject) {
	cacheAhead += 5 * time.Minute
	ahead := cacheAhead
	fyneCacheNow = func() time.Time { return time.Now().Add(ahead) }
	for _, part := range shown {
		if part != nil {
			eachVisible(part, func(fyne.CanvasObject) {}) // as a frame does: what is drawn stays
		}
	}
	test.NewCanvas().Capture()
}

// held is what a process holds.
type held struct {
	goroutines int
	files      int    // open ones, with sockets; 0 where that is not known
	bytes      uint64 // of Go's heap, once what is not used is gone
	objects    uint64
}

func (h held) String() string {
	return fmt.Sprintf("%d goroutines, %d open files, %d KB in %d objects", h.goroutines, h.files, h.bytes>>10, h.objects)
}

// openFiles counts the descriptors of this process.
func openFiles() int {
	list, err := os.ReadDir("/proc/self/fd") // Linux alone has it
	if err != nil {
		return 0
	}
	return len(list) - 1 // the folder itself is open while it is read
}

// atRest lets everything end that ends by itself, and measures.
func (w *working) atRest(mostGoroutines int) held {
	w.t.Helper()
	w.compose.keeper.Flush()
	goroutines := w.untilStill(mostGoroutines)
	forgetDrawn(w.window.Content(), w.dialog())
	for range 3 { // what has a finalizer, and pools, go one collection later
		runtime.GC()
	}
	var memory runtime.MemStats
	runtime.ReadMemStats(&memory)
	return held{goroutines, openFiles(), memory.HeapAlloc, memory.HeapObjects}
}

// untilStill waits until the number of goroutines stays the same for a while, and
// is no more than there may be; 0: whatever it is. It gives their number.
func (w *working) untilStill(most int) int {
	w.t.Helper()
	const while = 40 // looks
	last, same := 0, 0
	for range 4000 {
		w.queue.run()
		for _, link := range w.session.links {
			link.Close() // of its sockets those that idle; a minute does the same
		}
		now := runtime.NumGoroutine()
		if now == last {
			same++
		} else {
			last, same = now, 0
		}
		if same >= while && (most == 0 || now <= most) {
			return now
		}
		time.Sleep(5 * time.Millisecond)
	}
	stacks := make([]byte, 1<<20)
	w.t.Fatalf("there are %d goroutines, and should be %d:\n%s", last, most, stacks[:runtime.Stack(stacks, true)])
	return 0
}

// The most that a turn may leave behind in the second half of many. A cache that
// fills, and what the first turns make once, is over by then.
const (
	leftBytes   = 1024
	leftObjects = 8
)

// What may be there beside what was before, however many turns there were: a socket
// whose other end is still closing, with its buffers, or a table that has just grown.
// What each turn leaves is hundreds.
const (
	spareFiles   = 3
	spareBytes   = 64 << 10
	spareObjects = 500
)

// nothingGrows runs turns, after some to warm up, and fails the test where what the
// desk holds grows with them.
func (w *working) nothingGrows(turns int, turn func(i int)) {
	w.t.Helper()
	n := 0
	run := func(turns int) {
		for range turns {
			turn(n)
			n++
		}
	}
	begin := w.atRest(0)
	run(turns / 5)
	before := w.atRest(begin.goroutines)
	run(turns * 2 / 5)
	half := w.atRest(before.goroutines)
	w.profile("half")
	run(turns * 2 / 5)
	after := w.atRest(before.goroutines)
	w.profile("whole")
	w.t.Logf("at first: %v\nafter %d turns: %v\nafter %d turns: %v\nafter %d turns: %v", begin, turns/5, before, turns*3/5, half, turns, after)
	for _, problem := range grown(before, half, after, turns*2/5) {
		w.t.Error(problem)
	}
}

// grown says what has grown from one measure to the next ones, between which there
// was the same number of turns.
func grown(before, half, after held, turns int) (problems []string) {
	each := func(from, to, spare uint64) float64 {
		return float64(int64(to)-int64(from)-int64(spare)) / float64(turns)
	}
	if after.goroutines > before.goroutines {
		problems = append(problems, fmt.Sprintf("there are %d goroutines, and there were %d", after.goroutines, before.goroutines))
	}
	if after.files > before.files+spareFiles {
		problems = append(problems, fmt.Sprintf("%d files are open, and there were %d", after.files, before.files))
	}
	bytes, objects := each(half.bytes, after.bytes, spareBytes), each(half.objects, after.objects, spareObjects)
	if bytes > leftBytes || objects > leftObjects {
		problems = append(problems, fmt.Sprintf("each turn leaves %.0f bytes in %.1f objects", bytes, objects))
	}
	return problems
}

func TestTheMeasureNoticesWhatTurnsLeave(t *testing.T) {
	before := held{goroutines: 12, files: 20, bytes: 30 << 20, objects: 100_000}
	cache := held{goroutines: 12, files: 20, bytes: 40 << 20, objects: 200_000}
	for name, c := range map[string]struct {
		after    held
		problems int
	}{
		"a cache that filled":    {after: cache},
		"a goroutine":            {after: held{13, 20, cache.bytes, cache.objects}, problems: 1},
		"a rest that has ended":  {after: held{11, 20, cache.bytes, cache.objects}},
		"a socket that closes":   {after: held{12, 21, cache.bytes, cache.objects}},
		"files":                  {after: held{12, 24, cache.bytes, cache.objects}, problems: 1},
		"2 KB of each turn":      {after: held{12, 20, cache.bytes + 400*2048, cache.objects}, problems: 1},
		"ten objects of each":    {after: held{12, 20, cache.bytes, cache.objects + 4000}, problems: 1},
		"less than there was":    {after: held{12, 20, before.bytes, before.objects}},
		"what two histories add": {after: held{12, 19, cache.bytes + 400*500, cache.objects + 400*3}},
	} {
		if problems := grown(before, cache, c.after, 400); len(problems) != c.problems {
			t.Errorf("%s: %q", name, problems)
		}
	}
	const few = 40
	socket := held{12, 21, cache.bytes + 50<<10, cache.objects + 400}
	if problems := grown(before, cache, socket, few); len(problems) > 0 {
		t.Errorf("a socket more after a few turns: %q", problems)
	}
	if problems := grown(before, cache, held{12, 20, cache.bytes + few*3<<10, cache.objects + few*25}, few); len(problems) != 1 {
		t.Errorf("3 KB in 25 objects of a few turns: %q", problems)
	}
}

// unwatched skips a test whose figures the race detector would make wrong.
func unwatched(t *testing.T) {
	t.Helper()
	if racing {
		t.Skip("what the race detector keeps would be counted too: .ci/unit runs this without it")
	}
}

// profile writes a profile of the memory into the folder that SOAK_PROFILES names:
// `go tool pprof -diff_base half.pprof whole.pprof` shows what grew.
func (w *working) profile(name string) {
	folder := os.Getenv("SOAK_PROFILES")
	if folder == "" {
		return
	}
	file, err := os.Create(filepath.Join(folder, w.t.Name()+"-"+name+".pprof"))
	if err != nil {
		w.t.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	if err := pprof.Lookup("heap").WriteTo(file, 0); err != nil {
		w.t.Fatal(err)
	}
}
