package main

import (
	"bufio"
	"bytes"
	"errors"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/activitydesk/activitydesk/client/withstand"
)

// binary builds the program once for all tests of this package.
var binary = sync.OnceValues(func() (string, error) {
	folder, err := os.MkdirTemp("", "activitydesk")
	if err != nil {
		return "", err
	}
	path := filepath.Join(folder, "activitydesk")
	if runtime.GOOS == "windows" {
		path += ".exe"
	}
	out, err := exec.Command("go", "build", "-o", path, ".").CombinedOutput()
	if err != nil {
		return "", errors.New(string(out))
	}
	return path, nil
})

func TestMain(m *testing.M) {
	// Fyne begins the queue of its calls when it is imported, for the life of the process.
	queue := goleak.IgnoreAnyFunction("fyne.io/fyne/v2/internal/async.(*UnboundedChan[...]).processing")
	goleak.VerifyTestMain(withstand.Patient(m, queue), queue,
		goleak.Cleanup(func(code int) {
			if path, err := binary(); err == nil {
				_ = os.RemoveAll(filepath.Dir(path)) // a temporary folder that stays does no harm
			}
			os.Exit(code)
		}))
}

// desk prepares a run of the program in a home folder of its own, without a
// display.
func desk(t *testing.T, args ...string) *exec.Cmd {
	t.Helper()
	path, err := binary()
	if err != nil {
		t.Fatalf("build: %v", err)
	}
	cmd := exec.CommandContext(t.Context(), path, args...)
	cmd.Env = []string{"HOME=" + t.TempDir(), "PATH=" + os.Getenv("PATH")}
	return cmd
}

// outcome runs the command to its end.
func outcome(t *testing.T, cmd *exec.Cmd) (code int, stdout, stderr string) {
	t.Helper()
	var out, diag bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &diag
	err := cmd.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatalf("run: %v", err)
	}
	return cmd.ProcessState.ExitCode(), out.String(), diag.String()
}

func TestHelpNamesEveryFlagAndTheSandbox(t *testing.T) {
	code, stdout, _ := outcome(t, desk(t, "--help"))
	if code != 0 {
		t.Errorf("exit code %d, want 0", code)
	}
	for _, word := range []string{"--data", "--version", "--help", "activitydesk sandbox"} {
		if !strings.Contains(stdout, word) {
			t.Errorf("help does not name %q:\n%s", word, stdout)
		}
	}
}

func TestVersionIsThatOfFyneApp(t *testing.T) {
	toml, err := os.ReadFile("FyneApp.toml")
	if err != nil {
		t.Fatal(err)
	}
	want := regexp.MustCompile(`(?m)^Version = "(.+)"$`).FindStringSubmatch(string(toml))
	if want == nil {
		t.Fatal("FyneApp.toml has no version")
	}
	code, stdout, _ := outcome(t, desk(t, "--version"))
	if code != 0 || !strings.Contains(stdout, want[1]) {
		t.Errorf("exit code %d, output %q: want 0 and %s", code, stdout, want[1])
	}
}

func TestABadFlagSaysWhatIsRight(t *testing.T) {
	for _, args := range [][]string{{"--colour"}, {"sandbox", "--colour"}, {"sandbox", "--style", "2019"}, {"nonsense"}} {
		code, _, stderr := outcome(t, desk(t, args...))
		if code != 2 {
			t.Errorf("%v: exit code %d, want 2", args, code)
		}
		if !strings.Contains(stderr, strings.TrimLeft(args[len(args)-1], "-")) || !strings.Contains(stderr, "--help") {
			t.Errorf("%v: %q does not name what was wrong and where to look", args, stderr)
		}
	}
}

func TestWithoutADisplayOneSentenceIsSaid(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("a display can only be missing on Linux")
	}
	for name, c := range map[string]struct{ args, env []string }{
		"none is set":          {},
		"one that is not open": {env: []string{"DISPLAY=:9873"}},
		"none for the gallery": {args: []string{"--gallery"}},
	} {
		t.Run(name, func(t *testing.T) {
			cmd := desk(t, c.args...)
			cmd.Env = append(cmd.Env, c.env...)
			code, _, stderr := outcome(t, cmd)
			if code != 1 {
				t.Errorf("exit code %d, want 1", code)
			}
			if strings.Contains(stderr, "panic") || strings.Contains(stderr, "goroutine") {
				t.Errorf("it panicked: %s", stderr)
			}
			if lines := strings.Count(strings.TrimSpace(stderr), "\n") + 1; lines != 1 || !strings.Contains(stderr, "display") {
				t.Errorf("want one sentence that names the display, got:\n%s", stderr)
			}
		})
	}
}

// TestTheSandboxServesUntilItIsEnded starts `activitydesk sandbox` as a person
// would, asks it once, and ends it with SIGTERM.
func TestTheSandboxServesUntilItIsEnded(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("SIGTERM cannot be sent on Windows")
	}
	cmd := desk(t, "sandbox", "--listen", "127.0.0.1:0")
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	said := map[string]string{}
	for lines := bufio.NewScanner(stdout); len(said) < 3 && lines.Scan(); {
		if name, value, ok := strings.Cut(lines.Text(), ": "); ok {
			said[name] = value
		}
	}
	if said["key"] != "sandbox-key" || said["token"] != "sandbox-token" {
		t.Errorf("it printed %v", said)
	}
	if status := ask(t, said["root"]+"/instances", said["token"], said["key"]); status != http.StatusOK {
		t.Errorf("instances answered %d", status)
	}
	if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	stuck := time.AfterFunc(30*time.Second, func() { _ = cmd.Process.Kill() }) // so that Wait returns
	defer stuck.Stop()
	if err := cmd.Wait(); err != nil {
		t.Errorf("it ended with %v, want 0", err)
	}
}

// ask sends a GET with the token and the key, and gives the status.
func ask(t *testing.T, address, token, key string) int {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer "+token)
	request.Header.Set("Ocp-Apim-Subscription-Key", key)
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	_ = answer.Body.Close()
	return answer.StatusCode
}

func TestTheSandboxRefusesTheNetwork(t *testing.T) {
	code, _, stderr := outcome(t, desk(t, "sandbox", "--listen", "0.0.0.0:8089"))
	if code == 0 || !strings.Contains(stderr, "127.0.0.1") {
		t.Errorf("exit code %d, output %q: want a refusal that names 127.0.0.1", code, stderr)
	}
}
