// Copies of a request for use outside the desk: a curl command whose secrets
// are the reader's own to fill in.

package ui

import (
	"net/http"
	"strings"
)

// The variables that stand for secrets in a copied command. The person sets
// them in their own shell; the desk never writes the values.
const (
	curlTokenVariable = "ACCESS_TOKEN"
	curlKeyVariable   = "SUBSCRIPTION_KEY"
)

// curlBash composes the command for a POSIX shell that sends the same bytes to
// the same address. The address comes from client.Instance.PostURL, which
// holds no secret; token and key are read from variables of the shell.
func curlBash(address string, body []byte) string {
	lines := []string{
		"curl --request " + http.MethodPost + " " + quoteBash(address),
		`--header "Authorization: Bearer ${` + curlTokenVariable + `}"`,
		`--header "Ocp-Apim-Subscription-Key: ${` + curlKeyVariable + `}"`,
		"--header " + quoteBash("Content-Type: application/json"),
		"--data-raw " + quoteBash(string(body)),
	}
	return strings.Join(lines, " \\\n  ") + "\n"
}

// quoteBash makes one word of any text for a POSIX shell. Inside single quotes
// nothing is special but the single quote itself: it is closed, escaped, and
// opened again.
func quoteBash(text string) string {
	return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'"
}
