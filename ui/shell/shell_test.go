package shell

import (
	"errors"
	"flag"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

var updateCopies = flag.Bool("update-copies", false, "write the golden files of testdata/copies anew")

// hardTexts are texts that shells like to take apart.
var hardTexts = []string{
	"",
	"plain",
	`{"Name":"O'Neill"}`,
	"''",
	"it’s ‘typographic’ ‚quotes‛ and “these”",
	"$HOME `id` $(id) ${PATH} $env:PATH \\ \" ! !! * ~ # ; & | < > ( ) { } [ ]",
	"%PATH% %ACCESS_TOKEN% 100% %%A %^",
	`back\slash \" \\" end\`,
	"-leading dash",
	"@file",
	"Zoë 🙂 \u202eright to left",
}

var hardLines = append([]string{
	"line one\nline two",
	"{\n  \"a\": 1\n}",
	"first\n'@ would end a here-string",
	"first\n’@ as well",
	"first\n' alone",
	"\n\n",
}, hardTexts...)

func TestQuoteBashKeepsEveryCharacter(t *testing.T) {
	sh, err := exec.LookPath("sh")
	if err != nil {
		t.Skip("no POSIX shell on this computer")
	}
	for _, text := range hardLines {
		out, err := exec.Command(sh, "-c", "printf %s "+quoteBash(text)).Output()
		if err != nil {
			t.Errorf("%q: %v", text, err)
			continue
		}
		if got := string(out); got != text {
			t.Errorf("the shell read %q, want %q", got, text)
		}
	}
}

func FuzzQuoteBash(f *testing.F) {
	f.Add("plain")
	f.Add("it's")
	f.Add("'\\''")
	f.Fuzz(func(t *testing.T, text string) {
		quoted := quoteBash(text)
		if got := readQuoted(t, quoted); got != text {
			t.Errorf("%q was quoted as %s, which reads as %q", text, quoted, got)
		}
	})
}

// readQuoted reads a word as POSIX says: single quotes keep all, a backslash
// outside keeps the next byte.
func readQuoted(t *testing.T, word string) string {
	t.Helper()
	var out strings.Builder
	inside := false
	for i := 0; i < len(word); i++ {
		switch c := word[i]; {
		case c == '\'':
			inside = !inside
		case inside:
			out.WriteByte(c)
		case c == '\\' && i+1 < len(word):
			i++
			out.WriteByte(word[i])
		default:
			t.Fatalf("byte %q of %s stands outside of quotes", c, word)
		}
	}
	if inside {
		t.Fatalf("the quotes of %s do not close", word)
	}
	return out.String()
}

// echo is a service that keeps the one request it got.
type echo struct {
	*httptest.Server
	uri    string
	header http.Header
	body   string
	calls  int
}

func newEcho(t *testing.T) *echo {
	t.Helper()
	e := &echo{}
	e.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			t.Errorf("read the request: %v", err)
		}
		e.uri, e.header, e.body = r.RequestURI, r.Header.Clone(), string(body)
		e.calls++
		w.WriteHeader(http.StatusCreated)
	}))
	t.Cleanup(e.Close)
	return e
}

// runBash runs a copied command as a person would, with the variables set.
func runBash(t *testing.T, command string, env ...string) (string, error) {
	t.Helper()
	for _, program := range []string{"bash", "curl"} {
		if _, err := exec.LookPath(program); err != nil {
			t.Skipf("no %s on this computer", program)
		}
	}
	cmd := exec.Command("bash") // read from standard input: no limit on its length
	cmd.Stdin = strings.NewReader(command)
	cmd.Env = append([]string{"PATH=" + os.Getenv("PATH"), "HOME=" + t.TempDir(), "no_proxy=*"}, env...)
	out, err := cmd.CombinedOutput()
	return string(out), err
}

func TestTheCommandForBashSendsTheSameBytes(t *testing.T) {
	service := newEcho(t)
	bodies := map[string]string{
		"laid out": "{\n  \"PurchaseId\": \"OPID_1\",\n  \"TotalPrice\": 12.50\n}",
		"long":     `{"Note": "` + strings.Repeat("it's long ", 40_000) + `"}`,
	}
	for _, text := range hardTexts {
		bodies["text "+text] = `{"Note": ` + string(quoteJSON(t, text)) + "}"
	}
	const query = "/v1/instances/i%20d/data/POS_posPurchases?validUntil=2026-11-24T13%3A05%3A00Z&caller=desk%2Fana%27s%24HOME%60%7B1,2%7D"
	for name, body := range bodies {
		t.Run(name, func(t *testing.T) {
			command := Request{Address: service.URL + query, Body: []byte(body)}.Bash()
			out, err := runBash(t, command, "ACCESS_TOKEN=tok.en-1_2", "SUBSCRIPTION_KEY=key 1")
			if err != nil || !strings.Contains(out, "201 Created") {
				t.Fatalf("%v\n%s", err, out)
			}
			if service.body != body || service.uri != query {
				t.Errorf("the service got %.200q\nat %s", service.body, service.uri)
			}
			for header, want := range map[string]string{
				"Authorization": "Bearer tok.en-1_2", "Ocp-Apim-Subscription-Key": "key 1", "Content-Type": "application/json",
			} {
				if got := service.header.Get(header); got != want {
					t.Errorf("%s: %q, want %q", header, got, want)
				}
			}
		})
	}
}

func TestTheCommandForBashNeedsATokenAndNoKey(t *testing.T) {
	service := newEcho(t)
	command := Request{Address: service.URL, Body: []byte("{}")}.Bash()
	out, err := runBash(t, command)
	if err == nil || !strings.Contains(out, "ACCESS_TOKEN: set it to an access token first") || service.calls != 0 {
		t.Errorf("without a token: %v, %d calls\n%s", err, service.calls, out)
	}
	out, err = runBash(t, command, "ACCESS_TOKEN=t")
	if err != nil || service.calls != 1 {
		t.Fatalf("without a key: %v\n%s", err, out)
	}
	if _, sent := service.header["Ocp-Apim-Subscription-Key"]; sent {
		t.Errorf("a key was sent: %v", service.header)
	}
}

func TestCopiedCommandsReadAsWritten(t *testing.T) {
	const address = "https://api.example/v1/instances/i/data/POS_posPurchases?validUntil=2026-11-24T13%3A05%3A00Z&caller=desk%2Fana"
	requests := map[string]Request{
		"plain": {address, []byte("{\n  \"PurchaseId\": \"OPID_1\",\n  \"Note\": \"it's 100% <new> & \\\"good\\\"\"\n}")},
		"words": {address, []byte(`{"Name": "Zoë’s 🙂", "Path": "C:\\temp\\", "Cost": "$5 ` + "`x`" + `"}`)},
	}
	for name, request := range requests {
		cmd, err := request.Cmd()
		if err != nil {
			t.Fatal(err)
		}
		for shell, got := range map[string]string{"bash": request.Bash(), "powershell": request.PowerShell(), "cmd": cmd} {
			path := filepath.Join("testdata", "copies", name+"."+shell+".txt")
			got = strings.ReplaceAll(got, "\r\n", "\n")
			if *updateCopies {
				if err := os.WriteFile(path, []byte(got), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if got != strings.ReplaceAll(string(want), "\r\n", "\n") {
				t.Errorf("%s: got\n%s\nwant\n%s", path, got, want)
			}
		}
	}
}

func TestABodyTooLongForCmdIsSaid(t *testing.T) {
	long := Request{"https://api.example/", []byte(`{"a": "` + strings.Repeat("x", maxCmdLine) + `"}`)}
	if command, err := long.Cmd(); !errors.Is(err, errLongForCmd) || command != "" {
		t.Errorf("%q, error %v", command, err)
	}
	if command, err := (Request{"https://api.example/", []byte("not JSON")}).Cmd(); err == nil {
		t.Errorf("no error for %q", command)
	}
}
