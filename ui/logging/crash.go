// Crash reports: what a panic leaves behind, without secrets.

package logging

import (
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/gofrs/flock"

	"github.com/activitydesk/activitydesk/client/redact"
)

const (
	exitCrash     = 2       // as the runtime's own
	keptReports   = 5       // older ones are deleted
	maxStack      = 1 << 20 // bytes, of all goroutines together
	maxPanicText  = 4 << 10 // bytes, of a panic's value
	reportPrefix  = "crash-"
	reportSuffix  = ".txt"
	pendingSuffix = ".pending"
	stampLayout   = "20060102T150405Z"
)

// CrashOptions are what a CrashReporter needs. Folder must exist.
type CrashOptions struct {
	Folder  string
	Version string           // of the desk, for the report
	Redact  *redact.Redactor // nil: by looks only
	Logger  *slog.Logger     // nil: none
	Stderr  io.Writer        // nil: os.Stderr
	Now     func() time.Time // nil: time.Now
	Exit    func(code int)   // nil: os.Exit
}

// CrashReporter writes a report for a panic. There are two ways to one:
//
//   - Guard, deferred in main and in each goroutine of ours (below the window by
//     client/panics), catches the panic, masks its value and its stack in memory,
//     and only then writes.
//   - For what libraries do on goroutines of their own, and for errors that cannot
//     be caught, the runtime itself writes to a pending file as the process dies.
//     Nothing can mask it at that moment. The next start turns it into a report
//     that has the stack, and of the panic's value only what the runtime itself
//     says.
//
// A nil *CrashReporter lets panics pass.
type CrashReporter struct {
	options CrashOptions
	earlier []string

	mu      sync.Mutex
	pending *pending
}

// pending is the file that the runtime writes to as the process dies. Its lock
// says that the process still lives.
type pending struct {
	path string
	lock *flock.Flock
}

// NewCrashReporter turns what earlier runs left pending into reports, and has
// the runtime write to a pending file of this run. The reporter is never nil;
// the error says which part of this is not in place. Close it at the end.
func NewCrashReporter(o CrashOptions) (*CrashReporter, error) {
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	if o.Stderr == nil {
		o.Stderr = os.Stderr
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Exit == nil {
		o.Exit = os.Exit
	}
	c := &CrashReporter{options: o}
	err := errors.Join(c.collect(), c.catchFatal())
	return c, err
}

// Earlier gives the paths of the reports that were made at this start, of runs
// that died in a way that Guard did not see.
func (c *CrashReporter) Earlier() []string { return slices.Clone(c.earlier) }

// Guard is to be deferred, itself and not inside another function, at the top
// of main and of each goroutine:
//
//	defer crash.Guard("loading entities")
//
// After a panic it writes a report, says on stderr where it is, and ends the
// process: nothing is known of the state that the panic left. Without a panic
// it does nothing.
func (c *CrashReporter) Guard(where string) {
	if c == nil {
		return
	}
	if value := recover(); value != nil {
		c.Caught(where, value, debug.Stack())
	}
}

// Caught does what Guard does with a panic, for somebody who recovered from it by
// other means, such as client/panics: it writes a report and ends the process.
func (c *CrashReporter) Caught(where string, value any, stack []byte) {
	path, err := c.Report(where, value, stack)
	if err != nil {
		say(c.options.Stderr, "Activity Desk crashed and no report could be written: %s\n", c.options.Redact.String(err.Error()))
	} else {
		c.options.Logger.Error("crashed", "where", where, "report", path)
		say(c.options.Stderr, "Activity Desk crashed. What happened is in %s\n", path)
	}
	_ = c.Close() // the process ends; what is left over is collected at the next start
	c.options.Exit(exitCrash)
}

// Report writes a crash report for somebody who recovered by other means and
// gives its path. The value and the stack are masked.
func (c *CrashReporter) Report(where string, value any, stack []byte) (string, error) {
	var b strings.Builder
	c.head(&b, c.options.Now(), where)
	fmt.Fprintf(&b, "panic: %s\n\n%s\n", c.panicText(value), stack)
	all := make([]byte, maxStack)
	fmt.Fprintf(&b, "all goroutines:\n\n%s\n", all[:runtime.Stack(all, true)])
	return c.write(c.options.Now(), strconv.Itoa(os.Getpid()), c.options.Redact.String(b.String()))
}

// Close ends the catching of fatal errors and removes the pending file.
func (c *CrashReporter) Close() error {
	if c == nil {
		return nil
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.pending == nil {
		return nil
	}
	p := c.pending
	c.pending = nil
	return errors.Join(debug.SetCrashOutput(nil, debug.CrashOptions{}), p.remove())
}

func (c *CrashReporter) head(b *strings.Builder, at time.Time, where string) {
	fmt.Fprintf(b, "Activity Desk crash report\nversion: %s\ntime: %s\nsystem: %s/%s, %s\nwhere: %s\n\n",
		c.options.Version, at.UTC().Format(time.RFC3339), runtime.GOOS, runtime.GOARCH, runtime.Version(), where)
}

// panicText masks before it cuts: half a secret would not be recognised.
func (c *CrashReporter) panicText(value any) string {
	text := c.options.Redact.String(fmt.Sprintf("%v", value))
	if len(text) > maxPanicText {
		text = text[:maxPanicText] + "…"
	}
	return text
}

// write puts a report into a new file and deletes the oldest ones.
func (c *CrashReporter) write(at time.Time, pid, text string) (string, error) {
	stem := fmt.Sprintf("%s%s-%s", reportPrefix, at.UTC().Format(stampLayout), pid)
	path := filepath.Join(c.options.Folder, stem+reportSuffix)
	file, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	for n := 2; errors.Is(err, os.ErrExist) && n < 100; n++ {
		path = filepath.Join(c.options.Folder, fmt.Sprintf("%s-%d%s", stem, n, reportSuffix))
		file, err = os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	}
	if err != nil {
		return "", fmt.Errorf("write crash report: %w", err)
	}
	_, err = file.WriteString(text)
	if err := errors.Join(err, file.Sync(), file.Close()); err != nil {
		return "", fmt.Errorf("write crash report: %w", err)
	}
	c.prune()
	return path, nil
}

// prune keeps the newest reports.
func (c *CrashReporter) prune() {
	reports, err := c.files(reportSuffix)
	if err != nil || len(reports) <= keptReports {
		return
	}
	for _, old := range reports[:len(reports)-keptReports] {
		_ = os.Remove(old) // a report too many is no reason to fail
	}
}

// files lists the crash files with this ending, the oldest first, for their
// names begin with their time.
func (c *CrashReporter) files(suffix string) ([]string, error) {
	entries, err := os.ReadDir(c.options.Folder) // sorted by name
	if err != nil {
		return nil, err
	}
	var found []string
	for _, e := range entries {
		if name := e.Name(); strings.HasPrefix(name, reportPrefix) && strings.HasSuffix(name, suffix) {
			found = append(found, filepath.Join(c.options.Folder, name))
		}
	}
	return found, nil
}

// say writes for a person who may not be there to read it.
func say(w io.Writer, format string, args ...any) { _, _ = fmt.Fprintf(w, format, args...) }
