package settings

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// killEnv names the step after which this process kills itself, and the file
// that it replaces.
const killEnv = "SETTINGS_TEST_KILL"

// whole is a content whose end tells whether all of it is there.
func whole(of string) string { return strings.Repeat(of, 100_000) + "." }

func TestADeskThatIsKilledAtAnyStepLeavesTheOldFileOrTheNewOne(t *testing.T) {
	if job := os.Getenv(killEnv); job != "" {
		replaceAndDie(job)
	}
	for at := stepMade; at <= stepRenamed; at++ {
		path := filepath.Join(t.TempDir(), "settings.json")
		put(t, path, whole("old"))
		cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^"+t.Name()+"$")
		cmd.Env = append(os.Environ(), fmt.Sprintf("%s=%d %s", killEnv, at, path))
		if out, err := cmd.CombinedOutput(); err == nil || cmd.ProcessState.ExitCode() == 0 {
			t.Fatalf("step %d: it was not killed: %s", at, out)
		}
		want := whole("old")
		if at == stepRenamed {
			want = whole("new")
		}
		if text(t, path) != want {
			t.Errorf("after step %d the file is neither", at)
		}
		// What is left of it goes at a later start, and not before others could
		// have lost it.
		folder := filepath.Dir(path)
		sweep(folder, time.Now())
		leftBefore := len(left(t, folder))
		sweep(folder, time.Now().Add(2*time.Hour))
		if now := left(t, folder); len(now) != 1 || at != stepRenamed && leftBefore != 2 {
			t.Errorf("step %d: %d files at first, later %v", at, leftBefore, now)
		}
	}
}

// replaceAndDie replaces a file and ends as a process that is killed ends.
func replaceAndDie(job string) {
	var at step
	if _, err := fmt.Sscanf(job, "%d", &at); err != nil {
		panic(err)
	}
	_, path, _ := strings.Cut(job, " ")
	_ = replace(path, []byte(whole("new")), func(s step) error {
		if s != at {
			return nil
		}
		self, err := os.FindProcess(os.Getpid())
		if err == nil {
			err = self.Kill()
		}
		if err != nil {
			panic(err)
		}
		select {} // until it comes
	})
}
