package shell

import (
	"encoding/json"
	"os/exec"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"
)

func quoteJSON(t *testing.T, text string) []byte {
	t.Helper()
	quoted, err := json.Marshal(text)
	if err != nil {
		t.Fatal(err)
	}
	return quoted
}

func TestTextsForPowerShell(t *testing.T) {
	const undone = " -replace \"`r`n\", \"`n\""
	cases := map[string]string{
		"":                        "''",
		"plain":                   "'plain'",
		"it's":                    "'it''s'",
		"it’s ‘so’":               "'it’’s ‘‘so’’'",
		"‚low‛":                   "'‚‚low‛‛'",
		"$HOME $(id) `n \"two\"":  "'$HOME $(id) `n \"two\"'",
		"Zoë 🙂":                   "'Zoë 🙂'",
		"a\nb":                    "@'\na\nb\n'@" + undone,
		"{\n  \"a\": \"it's\"\n}": "@'\n{\n  \"a\": \"it's\"\n}\n'@" + undone,
		"a\n'@":                   "'a\n''@'" + undone,
		"a\n’@b":                  "'a\n’’@b'" + undone,
		"a\r\nb":                  "@'\na\r\nb\n'@",
	}
	for text, want := range cases {
		if got := textPowerShell(text); got != want {
			t.Errorf("%q is written\n%s\nwant\n%s", text, got, want)
		}
	}
}

// readPowerShell reads a literal as PowerShell's own scanner does.
func readPowerShell(t *testing.T, literal string) string {
	t.Helper()
	literal = strings.TrimSuffix(literal, " -replace \"`r`n\", \"`n\"")
	if text, here := strings.CutPrefix(literal, "@'\n"); here {
		lines := strings.Split(text, "\n")
		for i, line := range lines {
			r, size := utf8.DecodeRuneInString(line)
			if !isQuotePowerShell(r) || !strings.HasPrefix(line[size:], "@") {
				continue
			}
			if i != len(lines)-1 || line[size:] != "@" {
				t.Fatalf("the here-string ends early: %s", literal)
			}
			return strings.Join(lines[:i], "\n")
		}
		t.Fatalf("the here-string does not end: %s", literal)
	}
	if !strings.HasPrefix(literal, "'") {
		t.Fatalf("no literal: %s", literal)
	}
	var b strings.Builder
	for rest := literal[1:]; rest != ""; {
		r, size := utf8.DecodeRuneInString(rest)
		if isQuotePowerShell(r) {
			next, _ := utf8.DecodeRuneInString(rest[size:])
			if !isQuotePowerShell(next) {
				if rest[size:] != "" {
					t.Fatalf("the literal ends early: %s", literal)
				}
				return b.String()
			}
			rest = rest[size:]
			_, size = utf8.DecodeRuneInString(rest)
		}
		b.WriteString(rest[:size])
		rest = rest[size:]
	}
	t.Fatalf("the literal does not end: %s", literal)
	return ""
}

func FuzzTextPowerShell(f *testing.F) {
	for _, text := range hardLines {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		written := textPowerShell(text)
		if got := readPowerShell(t, written); got != text {
			t.Errorf("%q was written as %s, which reads as %q", text, written, got)
		}
	})
}

func TestTheCommandForPowerShellSendsTheSameBytes(t *testing.T) {
	pwsh, err := exec.LookPath("pwsh")
	if err != nil {
		t.Skip("no PowerShell on this computer: its quoting is tested by tables and by a model of its scanner")
	}
	service := newEcho(t)
	for _, text := range hardTexts {
		body := "{\n  \"Note\": " + string(quoteJSON(t, text)) + "\n}"
		cmd := exec.Command(pwsh, "-NoProfile", "-NonInteractive", "-Command", Request{service.URL + "/x?a=b%2Fc", []byte(body)}.PowerShell())
		cmd.Env = append(cmd.Environ(), "ACCESS_TOKEN=tok.en", "SUBSCRIPTION_KEY=key", "NO_PROXY=*")
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		if service.body != body || service.uri != "/x?a=b%2Fc" || service.header.Get("Authorization") != "Bearer tok.en" {
			t.Errorf("the service got %q at %s", service.body, service.uri)
		}
	}
}

// readCmd gives the arguments that a program gets of a line typed at the prompt
// of Windows: cmd replaces variables, then reads quotes and carets; the C
// runtime splits what is left.
func readCmd(t *testing.T, line string, env map[string]string) []string {
	t.Helper()
	line = expandCmd(strings.TrimRight(line, "\r\n"), env)
	var plain strings.Builder
	quoted := false
	for i := 0; i < len(line); i++ {
		c := line[i]
		switch {
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '^' && i+1 < len(line):
			i++
			c = line[i]
		case strings.IndexByte("&|<>()", c) >= 0:
			t.Fatalf("cmd acts on %q at %d of %s", c, i, line)
		}
		plain.WriteByte(c)
	}
	return splitWindows(plain.String())
}

// expandCmd replaces variables from the left; what names none stays.
func expandCmd(line string, env map[string]string) string {
	var b strings.Builder
	for line != "" {
		before, rest, found := strings.Cut(line, "%")
		b.WriteString(before)
		if !found {
			break
		}
		name, after, closed := strings.Cut(rest, "%")
		value, known := env[name]
		if closed && known {
			b.WriteString(value)
			line = after
			continue
		}
		b.WriteByte('%')
		line = rest
	}
	return b.String()
}

// splitWindows splits a command line as the C runtime of Windows does.
func splitWindows(line string) []string {
	var arguments []string
	var b strings.Builder
	quoted, any, slashes := false, false, 0
	flush := func() { b.WriteString(strings.Repeat(`\`, slashes)); slashes = 0 }
	for i := 0; i < len(line); i++ {
		switch c := line[i]; {
		case c == '\\':
			slashes++
			any = true
		case c == '"':
			literal := slashes%2 == 1
			slashes /= 2
			flush()
			any = true
			if literal {
				b.WriteByte('"')
			} else {
				quoted = !quoted
			}
		case (c == ' ' || c == '\t') && !quoted:
			flush()
			if any {
				arguments = append(arguments, b.String())
			}
			b.Reset()
			any = false
		default:
			flush()
			b.WriteByte(c)
			any = true
		}
	}
	flush()
	if any {
		arguments = append(arguments, b.String())
	}
	return arguments
}

// promptVariables are set where the copied line is run; the last would stand in
// the way of a careless quoting.
var promptVariables = map[string]string{
	"ACCESS_TOKEN": "tok.en-1_2", "SUBSCRIPTION_KEY": "key1", "PATH": `C:\Windows`, "2Fana": "wrong", "A": "wrong",
}

func TestTheCommandForCmdReadsAsTheSameRequest(t *testing.T) {
	const address = "http://127.0.0.1:1/data/P?validUntil=2026%3A05&caller=desk%2Fana%2Fana"
	for _, text := range hardLines {
		body := "{\n  \"Note\": " + string(quoteJSON(t, text)) + "\n}"
		command, err := Request{address, []byte(body)}.Cmd()
		if err != nil {
			t.Fatal(err)
		}
		got := readCmd(t, command, promptVariables)
		want := []string{
			"curl.exe", "--globoff", "--include", "--request", "POST",
			"--header", "Authorization: Bearer tok.en-1_2", "--header", "Ocp-Apim-Subscription-Key: key1",
			"--header", "Content-Type: application/json", "--data-raw", got[12], address,
		}
		if !reflect.DeepEqual(got, want) {
			t.Fatalf("curl would get\n%q\nwant\n%q", got, want)
		}
		var sent, meant any
		if err := json.Unmarshal([]byte(got[12]), &sent); err != nil {
			t.Fatalf("%s: %v", got[12], err)
		}
		if err := json.Unmarshal([]byte(body), &meant); err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(sent, meant) || !ascii(command) {
			t.Errorf("%s would be sent for %s", got[12], body)
		}
	}
}

func FuzzQuoteCmd(f *testing.F) {
	for _, text := range hardTexts {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if strings.ContainsAny(text, "\r\n\x00") || !utf8.ValidString(text) {
			t.Skip("never stands on a line of cmd")
		}
		quoted := quoteCmd(text)
		if got := readCmd(t, "curl.exe "+quoted, promptVariables); len(got) != 2 || got[1] != text {
			t.Errorf("%q was quoted as %s, which reads as %q", text, quoted, got)
		}
	})
}
