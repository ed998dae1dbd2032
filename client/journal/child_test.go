package journal_test

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/activitydesk/activitydesk/client/journal"
)

// childEnv holds the journal's path when this test binary runs as another desk.
const childEnv = "JOURNAL_TEST_CHILD"

// runChild is another desk: it begins three sends and a draft, says so, and waits
// for its end. Told to "close", it closes first.
func runChild() bool {
	path := os.Getenv(childEnv)
	if path == "" {
		return false
	}
	ctx := context.Background()
	j, err := journal.Open(ctx, path, journal.Options{Now: at(noon), BusyTimeout: time.Minute})
	if err != nil {
		fmt.Println("error:", err)
		os.Exit(1)
	}
	waiting := purchase("waiting")
	waiting.State, waiting.NextTry = journal.Queued, noon
	doubtful := purchase("doubtful")
	doubtful.State, doubtful.NextTry, doubtful.Doubt = journal.Queued, noon, true
	for _, e := range []journal.Entry{purchase("sending"), waiting, doubtful} {
		if _, err := j.Add(ctx, e); err != nil {
			fmt.Println("error:", err)
			os.Exit(1)
		}
	}
	if err := j.SaveDraft(ctx, typed("typed by the child", noon)); err != nil {
		fmt.Println("error:", err)
		os.Exit(1)
	}
	fmt.Println("ready")
	if line, _ := bufio.NewReader(os.Stdin).ReadString('\n'); line == "close\n" {
		if err := j.Close(); err != nil {
			fmt.Println("error:", err)
		}
	}
	os.Exit(0)
	return true
}

// desk is a running child.
type desk struct {
	cmd   *exec.Cmd
	stdin io.WriteCloser
}

// startDesk starts a child and waits until it has begun its sends.
func startDesk(t *testing.T, path string) *desk {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0])
	cmd.Env = append(os.Environ(), childEnv+"="+path)
	stdin, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if line, err := bufio.NewReader(stdout).ReadString('\n'); strings.TrimSpace(line) != "ready" {
		t.Fatalf("the other desk said %q, error %v", line, err)
	}
	return &desk{cmd, stdin}
}

// kill ends the child without any chance to tidy up.
func (d *desk) kill(t *testing.T) {
	t.Helper()
	if err := d.cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = d.cmd.Wait() // "signal: killed", as meant
}

// close lets the child close its journal and end.
func (d *desk) close(t *testing.T) {
	t.Helper()
	if _, err := io.WriteString(d.stdin, "close\n"); err != nil {
		t.Fatal(err)
	}
	if err := d.cmd.Wait(); err != nil {
		t.Fatal(err)
	}
}
