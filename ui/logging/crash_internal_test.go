package logging

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/activitydesk/activitydesk/client/panics"
	"github.com/activitydesk/activitydesk/client/redact"
)

// The test binary runs itself as the process that crashes.
const (
	caseVariable   = "LOGGING_TEST_CRASH"
	folderVariable = "LOGGING_TEST_FOLDER"
)

func TestMain(m *testing.M) {
	if name := os.Getenv(caseVariable); name != "" {
		crash(name, os.Getenv(folderVariable))
		return
	}
	goleak.VerifyTestMain(m)
}

// crash is the main function of the process that crashes.
func crash(name, folder string) {
	c, err := NewCrashReporter(CrashOptions{Folder: folder, Version: "1.2.3", Redact: redact.New(secret)})
	if err != nil {
		panic(err)
	}
	defer func() { _ = c.Close() }()
	defer c.Guard("main")
	switch name {
	case "orderly":
	case "main":
		panic(errors.New("cannot go on with " + secret))
	case "our goroutine":
		elsewhere(func() {
			defer c.Guard("loading entities")
			count(nil, secret)
		})
	case "a goroutine below the window":
		panics.Handle(c.Caught)
		elsewhere(func() {
			defer panics.Guard("renewing a sign-in")
			panic(errors.New("token " + secret))
		})
	case "foreign goroutine":
		elsewhere(func() { panic("request with " + secret + "\ngoroutine 1 [running]:\n" + secret) })
	case "foreign error of the runtime":
		elsewhere(func() {
			var list []int
			_ = list[len(secret)]
		})
	case "stack overflow": // which no Guard can catch
		debug.SetMaxStack(1 << 20)
		var deeper func(int) int
		deeper = func(n int) int { return deeper(n+1) + n }
		os.Exit(deeper(0))
	}
}

func count(words map[string]int, word string) { words[word]++ }

// elsewhere runs f on another goroutine, to its end or to that of the process.
func elsewhere(f func()) {
	var wg sync.WaitGroup
	wg.Go(f)
	wg.Wait()
}

// crashed runs a case in a process of its own and gives what it said.
func crashed(t *testing.T, name, folder string) (exit int, stderr string) {
	t.Helper()
	cmd := exec.Command(os.Args[0], "-test.run=^$")
	cmd.Env = append(os.Environ(), caseVariable+"="+name, folderVariable+"="+folder)
	var out bytes.Buffer
	cmd.Stderr = &out
	var failed *exec.ExitError
	if err := cmd.Run(); err != nil && !errors.As(err, &failed) {
		t.Fatal(err)
	}
	return cmd.ProcessState.ExitCode(), out.String()
}

// everything gives the folder's files by name, their contents together.
func everything(t *testing.T, folder string) (names []string, text string) {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		names = append(names, e.Name())
		text += content(t, filepath.Join(folder, e.Name()))
	}
	return names, text
}

func TestAnOrderlyEndLeavesNothing(t *testing.T) {
	folder := t.TempDir()
	if exit, stderr := crashed(t, "orderly", folder); exit != 0 || stderr != "" {
		t.Errorf("exit %d: %s", exit, stderr)
	}
	if names, _ := everything(t, folder); len(names) != 0 {
		t.Errorf("left: %v", names)
	}
}

func TestAPanicInGuardedCodeLeavesAReportWithoutSecrets(t *testing.T) {
	for name, want := range map[string][]string{
		"main":                         {"where: main", "panic: cannot go on with [hidden]", "logging.crash("},
		"a goroutine below the window": {"where: renewing a sign-in", "panic: token [hidden]", "logging.crash.func"},
		"our goroutine":                {"where: loading entities", "assignment to entry in nil map", "logging.crash.func"},
	} {
		t.Run(name, func(t *testing.T) {
			folder := t.TempDir()
			exit, stderr := crashed(t, name, folder)
			if exit != 2 || strings.Contains(stderr, secret) || !strings.Contains(stderr, "What happened is in") {
				t.Errorf("exit %d: %s", exit, stderr)
			}
			names, text := everything(t, folder)
			if len(names) != 1 || strings.Contains(text, secret) {
				t.Fatalf("files %v:\n%s", names, text)
			}
			for _, w := range append(want, "version: 1.2.3", runtime.Version()) {
				if !strings.Contains(text, w) {
					t.Errorf("%q is missing in\n%s", w, text)
				}
			}
			info, err := os.Stat(filepath.Join(folder, names[0]))
			if err != nil {
				t.Fatal(err)
			}
			if runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
				t.Errorf("mode %o", info.Mode().Perm())
			}
		})
	}
}

func TestACrashThatNobodyCouldCatchIsReportedAtTheNextStart(t *testing.T) {
	for name, want := range map[string][]string{
		"foreign goroutine":            {"panic: " + leftOut, "logging.crash.func"},
		"foreign error of the runtime": {"index out of range [24] with length 0", "logging.crash.func"},
		"stack overflow":               {"runtime.newstack()", "logging.crash.func"},
	} {
		t.Run(name, func(t *testing.T) {
			folder := t.TempDir()
			if exit, stderr := crashed(t, name, folder); exit != 2 {
				t.Errorf("exit %d: %s", exit, stderr)
			}
			// The next start does not know the secret: nothing has read it yet.
			c, err := NewCrashReporter(CrashOptions{Folder: folder, Version: "1.2.4"})
			if err != nil {
				t.Fatal(err)
			}
			earlier := c.Earlier()
			if err := c.Close(); err != nil {
				t.Fatal(err)
			}
			names, text := everything(t, folder)
			if len(names) != 1 || len(earlier) != 1 || filepath.Base(earlier[0]) != names[0] {
				t.Fatalf("files %v, reported %v", names, earlier)
			}
			if strings.Contains(text, secret) {
				t.Errorf("the secret is in the report:\n%s", text)
			}
			for _, w := range want {
				if !strings.Contains(text, w) {
					t.Errorf("%q is missing in\n%.2000s", w, text)
				}
			}
		})
	}
}

// reporter makes one that does not end the process.
func reporter(t *testing.T, folder string) (c *CrashReporter, exit *int, stderr *bytes.Buffer) {
	t.Helper()
	exit, stderr = new(int), new(bytes.Buffer)
	c, err := NewCrashReporter(CrashOptions{
		Folder: folder,
		Stderr: stderr,
		Now:    func() time.Time { return time.Date(2026, 11, 23, 14, 5, 0, 0, time.UTC) },
		Exit:   func(code int) { *exit = code },
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := c.Close(); err != nil {
			t.Error(err)
		}
	})
	return c, exit, stderr
}

func TestGuardWithoutAPanicDoesNothing(t *testing.T) {
	c, exit, stderr := reporter(t, t.TempDir())
	func() { defer c.Guard("here") }()
	if *exit != 0 || stderr.Len() != 0 {
		t.Errorf("exit %d: %s", *exit, stderr)
	}
}

func TestWithoutAReporterAPanicPasses(t *testing.T) {
	defer func() {
		if recover() != "passes" {
			t.Error("the panic was swallowed")
		}
	}()
	var none *CrashReporter
	if err := none.Close(); err != nil {
		t.Error(err)
	}
	defer none.Guard("here")
	panic("passes")
}

func TestAReportThatCannotBeWrittenIsSaid(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "gone")
	if err := os.Mkdir(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	c, exit, stderr := reporter(t, folder)
	if err := os.RemoveAll(folder); err != nil {
		t.Skip("a folder in use cannot be removed here:", err)
	}
	func() {
		defer c.Guard("here")
		panic("x")
	}()
	if *exit != 2 || !strings.Contains(stderr.String(), "no report could be written") {
		t.Errorf("exit %d: %s", *exit, stderr)
	}
}

func TestOnlyTheNewestReportsAreKept(t *testing.T) {
	folder := t.TempDir()
	c, _, _ := reporter(t, folder)
	var last string
	for range keptReports + 3 {
		path, err := c.Report("here", "x", nil)
		if err != nil {
			t.Fatal(err)
		}
		last = path
	}
	reports, err := c.files(reportSuffix)
	if err != nil {
		t.Fatal(err)
	}
	if len(reports) != keptReports {
		t.Errorf("%d reports, newest %s", len(reports), last)
	}
}

func TestTheFileOfARunningDeskIsLeftAlone(t *testing.T) {
	folder := t.TempDir()
	first, _, _ := reporter(t, folder)
	if err := os.WriteFile(first.pending.path, []byte("panic: x\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	second := &CrashReporter{options: first.options}
	if err := second.collect(); err != nil {
		t.Fatal(err)
	}
	if len(second.Earlier()) != 0 {
		t.Errorf("collected %v", second.Earlier())
	}
	if _, err := os.Stat(first.pending.path); err != nil {
		t.Error(err)
	}
}

func TestWithoutAFolderTheReporterSaysSoAndGuardsOn(t *testing.T) {
	c, err := NewCrashReporter(CrashOptions{Folder: filepath.Join(t.TempDir(), "missing")})
	if !errors.Is(err, fs.ErrNotExist) || c == nil {
		t.Errorf("got %v, %v", c, err)
	}
}

func TestOnlyTheRuntimesOwnWordsStay(t *testing.T) {
	const stack = "goroutine 7 [running]:\nmain.f(0xc000012345)\n\t/src/f.go:3 +0x1d\n"
	for in, want := range map[string]string{
		"panic: " + secret + "\n\tmore " + secret + "\n\n":                       "panic: " + leftOut + "\n\n",
		"panic: main.E{" + secret + "} [recovered]\n\tpanic: " + secret + "\n":   "panic: " + leftOut + "\npanic: " + leftOut + "\n",
		"panic: runtime error: " + secret + "\n":                                 "panic: " + leftOut + "\n",
		"panic: send on closed channel\n\n":                                      "panic: send on closed channel\n\n",
		"panic: runtime error: index out of range [5] with length 3\n":           "panic: runtime error: index out of range [5] with length 3\n",
		"panic: runtime error: slice bounds out of range [:5] with capacity 3\n": "panic: runtime error: slice bounds out of range [:5] with capacity 3\n",
		"fatal error: concurrent map writes\n\n":                                 "fatal error: concurrent map writes\n\n",
		"[signal SIGSEGV: segmentation violation code=0x1 addr=0x0 pc=0x1]\r\n":  "[signal SIGSEGV: segmentation violation code=0x1 addr=0x0 pc=0x1]\n",
		secret + "\n": "",
	} {
		if got := withoutValues(in + stack); got != want+stack {
			t.Errorf("%q became %q", in, got)
		}
	}
	if got := withoutValues("panic: " + secret); strings.Contains(got, secret) {
		t.Errorf("without a stack: %q", got)
	}
}

func FuzzNoValueSurvivesInFrontOfTheStack(f *testing.F) {
	f.Add("value")
	f.Add("runtime error: index out of range [5]")
	f.Fuzz(func(t *testing.T, value string) {
		// As the runtime writes it: what follows a line end is indented.
		raw := "panic: " + secret + strings.ReplaceAll(value, "\n", "\n\t") + "\n\ngoroutine 1 [running]:\n"
		if got := withoutValues(raw); strings.Contains(got, secret) {
			t.Fatalf("%q became %q", raw, got)
		}
	})
}

// FuzzPendingFile: whatever a process left as it died becomes one report, under
// the desk's own head, and goes; no secret that is known is in the report.
func FuzzPendingFile(f *testing.F) {
	f.Add([]byte("panic: x\n\ngoroutine 1 [running]:\nmain.main()\n\t/a.go:1 +0x1\n"))
	f.Add([]byte("fatal error: stack overflow\n\nruntime stack:\nruntime.throw({0x1, 0x2})\n"))
	f.Add([]byte("goroutine 1 [running]:\nmain.f({" + secret + "})\n\xff\x00"))
	f.Add([]byte("\r\n"))
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, raw []byte) {
		folder := t.TempDir()
		left := filepath.Join(folder, "crash-20261123T140500Z-1"+pendingSuffix)
		if err := os.WriteFile(left, raw, 0o600); err != nil {
			t.Fatal(err)
		}
		c, err := NewCrashReporter(CrashOptions{Folder: folder, Version: "1.2.3", Redact: redact.New(secret)})
		if err != nil {
			t.Fatal(err)
		}
		if err := c.Close(); err != nil {
			t.Fatal(err)
		}
		if _, err := os.Stat(left); !errors.Is(err, fs.ErrNotExist) {
			t.Fatalf("the pending file is still there: %v", err)
		}
		reports := c.Earlier()
		if len(raw) == 0 && len(reports) == 0 {
			return
		}
		if len(reports) != 1 {
			t.Fatalf("%d reports of %d bytes", len(reports), len(raw))
		}
		text, err := os.ReadFile(reports[0])
		if err != nil || !strings.HasPrefix(string(text), "Activity Desk crash report\nversion: 1.2.3\n") || strings.Contains(string(text), secret) {
			t.Fatalf("the report is %q, %v", text, err)
		}
	})
}
