// Package shell makes commands of a request, for use outside the desk: a command
// whose secrets are left to variables of the reader's shell. This file is what is
// asked for, and the command for bash and its kin; powershell.go and cmd.go have
// the others.
package shell

import (
	"net/http"
	"strings"
)

// The environment variables that stand for secrets in a copied command. The
// person sets them in their own shell; the desk never writes the values.
const (
	tokenVariable = "ACCESS_TOKEN"
	keyVariable   = "SUBSCRIPTION_KEY"
)

// Headers of a copied request.
const (
	tokenHeader = "Authorization: Bearer "
	keyHeader   = "Ocp-Apim-Subscription-Key: "
	typeHeader  = "Content-Type: application/json"
)

// Request is a POST as it is copied. The address comes from
// client.Instance.PostURL, which holds no secret.
type Request struct {
	Address string
	Body    []byte
}

// Shell is what reads a copied command.
type Shell int

// The shells.
const (
	Bash Shell = iota
	PowerShell
	Cmd
)

// For composes the command for a shell.
func (r Request) For(target Shell) (string, error) {
	switch target {
	case PowerShell:
		return r.PowerShell(), nil
	case Cmd:
		return r.Cmd()
	default:
		return r.Bash(), nil
	}
}

// maxBashWord is the longest word that is put on a command line: Linux takes
// 128 KiB for one.
const maxBashWord = 100 << 10

// Bash composes the command for bash, and any other POSIX shell, that sends the
// same bytes to the same address. Without the token's variable the shell says
// so and sends nothing; the key's may be missing, as some services need none.
func (r Request) Bash() string {
	lines := []string{
		"curl --globoff --include --request " + http.MethodPost + " " + quoteBash(r.Address),
		`--header "` + tokenHeader + "${" + tokenVariable + `:?set it to an access token first}"`,
		`--header "` + keyHeader + "${" + keyVariable + `-}"`,
		"--header " + quoteBash(typeHeader),
	}
	body := quoteBash(string(r.Body))
	if len(body) > maxBashWord {
		// printf is part of the shell: no limit of the system's holds for it.
		lines[0] = "printf %s " + body + " | " + lines[0]
		lines = append(lines, "--data-binary @-")
	} else {
		lines = append(lines, "--data-raw "+body)
	}
	return strings.Join(lines, " \\\n  ") + "\n"
}

// quoteBash makes one word of any text for a POSIX shell. Inside single quotes
// nothing is special but the single quote itself: it is closed, escaped, and
// opened again.
func quoteBash(text string) string {
	return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'"
}
