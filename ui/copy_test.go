package ui

import (
	"os/exec"
	"strings"
	"testing"
)

func TestQuoteBashKeepsEveryCharacter(t *testing.T) {
	sh, err := exec.LookPath("sh")
	if err != nil {
		t.Skip("no POSIX shell on this computer")
	}
	texts := []string{
		`{"Name":"O'Neill"}`,
		"''",
		"line one\nline two",
		"$HOME `id` $(id) \\ \" ! * ~",
		"Zoë 🙂 \u202eright to left",
		"-leading dash",
		"@file",
		"",
	}
	for _, text := range texts {
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

func TestCurlBashNamesVariablesWhereSecretsStand(t *testing.T) {
	got := curlBash("https://api.example/v1/instances/i/data/POS_posPurchases?caller=desk%2Fana", []byte(`{"Note":"it's"}`))
	want := `curl --request POST 'https://api.example/v1/instances/i/data/POS_posPurchases?caller=desk%2Fana' \
  --header "Authorization: Bearer ${ACCESS_TOKEN}" \
  --header "Ocp-Apim-Subscription-Key: ${SUBSCRIPTION_KEY}" \
  --header 'Content-Type: application/json' \
  --data-raw '{"Note":"it'\''s"}'
`
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
