// The copied command for the prompt of Windows (cmd.exe), which has its own
// rules on top of those by which curl.exe reads its command line.

package shell

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// maxCmdLine is the longest line that cmd takes, in characters.
const maxCmdLine = 8191

var errLongForCmd = errors.New("longer than a line of cmd can be")

// Cmd composes the command for the prompt of Windows. It is one line, so the
// body goes without line breaks, and in ASCII, since a program gets its command
// line in the code page of the system: the same JSON, not the same bytes. The
// error is errLongForCmd, or says that the body is no JSON.
func (r Request) Cmd() (string, error) {
	body, err := asciiJSON(r.Body)
	if err != nil {
		return "", fmt.Errorf("body for cmd: %w", err)
	}
	// The variables stand first: cmd pairs percent signs from the left, and
	// those of the address must not be taken for the beginning of one.
	line := strings.Join([]string{
		"curl.exe --globoff --include --request " + http.MethodPost,
		`--header "` + tokenHeader + "%" + tokenVariable + `%"`,
		`--header "` + keyHeader + "%" + keyVariable + `%"`,
		"--header " + quoteCmd(typeHeader),
		"--data-raw " + quoteCmd(body),
		quoteCmd(r.Address),
	}, " ")
	if len(line) > maxCmdLine {
		return "", errLongForCmd
	}
	return line + "\r\n", nil
}

// asciiJSON writes JSON on one line, all letters beyond ASCII as escapes.
func asciiJSON(body []byte) (string, error) {
	var line bytes.Buffer
	if err := json.Compact(&line, body); err != nil {
		return "", err
	}
	var b strings.Builder
	for _, r := range line.String() {
		if r < utf8.RuneSelf {
			b.WriteRune(r)
			continue
		}
		for _, unit := range utf16.AppendRune(nil, r) {
			fmt.Fprintf(&b, `\u%04x`, unit)
		}
	}
	return b.String(), nil
}

// quoteCmd makes one argument of a text without line breaks: quoted as programs
// of Windows read their command line, and every character that cmd itself
// would act on made harmless with a caret, the quotes as well.
func quoteCmd(text string) string {
	var b strings.Builder
	percent := false
	for _, r := range quoteWindows(text) {
		// A caret behind a percent sign keeps the name of a variable from
		// standing there.
		if percent || strings.ContainsRune(`"^&|<>()%!`, r) {
			b.WriteByte('^')
		}
		percent = r == '%'
		b.WriteRune(r)
	}
	return b.String()
}

// quoteWindows quotes an argument as the C runtime of Windows reads it: a
// backslash is special only before a quote.
func quoteWindows(text string) string {
	var b strings.Builder
	b.WriteByte('"')
	slashes := 0
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '\\':
			slashes++
		case '"':
			b.WriteString(strings.Repeat(`\`, slashes+1))
			slashes = 0
		default:
			slashes = 0
		}
		b.WriteByte(text[i])
	}
	b.WriteString(strings.Repeat(`\`, slashes))
	b.WriteByte('"')
	return b.String()
}

func ascii(text string) bool {
	for i := 0; i < len(text); i++ {
		if text[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// cutRune takes the first rune off a text; raw is its bytes as they are, so
// that nothing is lost of what is no UTF-8.
func cutRune(text string) (r rune, rest, raw string) {
	r, size := utf8.DecodeRuneInString(text)
	return r, text[size:], text[:size]
}
