// The copied command for PowerShell, 5.1 of Windows as well as 7. It does not
// use curl: there the word is another command, and 5.1 loses the quotes inside
// of what it hands to a program.

package shell

import "strings"

// PowerShell composes the command for PowerShell that sends the same bytes to
// the same address. The body goes as bytes: given a text, 5.1 would send it in
// Latin-1. Redirects are not followed, so that the token goes nowhere else.
func (r Request) PowerShell() string {
	var b strings.Builder
	line := func(parts ...string) {
		for _, part := range parts {
			b.WriteString(part)
		}
		b.WriteByte('\n')
	}
	if !ascii(r.Address + string(r.Body)) {
		line("# Windows PowerShell 5 reads a file in UTF-8 only where it begins with a byte order mark.")
	}
	line("if (-not $env:", tokenVariable, ") { throw 'Set $env:", tokenVariable, " to an access token first.' }")
	line("$body = ", textPowerShell(string(r.Body)))
	line("$request = @{")
	line("  Method = 'Post'")
	line("  Uri = ", quotePowerShell(r.Address))
	line("  Headers = @{")
	line("    'Authorization' = \"Bearer $env:", tokenVariable, `"`)
	line("    'Ocp-Apim-Subscription-Key' = \"$env:", keyVariable, `"`)
	line("  }")
	line("  ContentType = 'application/json'")
	line("  Body = [Text.Encoding]::UTF8.GetBytes($body)")
	line("  MaximumRedirection = 0")
	line("}")
	line("Invoke-RestMethod @request")
	return b.String()
}

// textPowerShell writes a text of any length: of several lines as a
// here-string, where nothing is special. Saved to a file or pasted, its lines
// may come to end otherwise; that is undone.
func textPowerShell(text string) string {
	if !strings.Contains(text, "\n") {
		return quotePowerShell(text)
	}
	written := quotePowerShell(text)
	if !closesHereString(text) {
		written = "@'\n" + text + "\n'@"
	}
	if strings.Contains(text, "\r") {
		return written
	}
	return written + " -replace \"`r`n\", \"`n\""
}

// closesHereString says whether a line begins with what ends a here-string.
func closesHereString(text string) bool {
	for line := range strings.SplitSeq(text, "\n") {
		quote, rest, _ := cutRune(line) // "" has none: it is no quote
		if isQuotePowerShell(quote) && strings.HasPrefix(rest, "@") {
			return true
		}
	}
	return false
}

// quotePowerShell makes a literal of any text. Inside single quotes nothing is
// special but the single quote, which is doubled; PowerShell takes the
// typographic ones for the same.
func quotePowerShell(text string) string {
	var b strings.Builder
	b.WriteByte('\'')
	for text != "" {
		r, rest, raw := cutRune(text)
		b.WriteString(raw)
		if isQuotePowerShell(r) {
			b.WriteString(raw)
		}
		text = rest
	}
	b.WriteByte('\'')
	return b.String()
}

func isQuotePowerShell(r rune) bool {
	switch r {
	case '\'', '\u2018', '\u2019', '\u201a', '\u201b':
		return true
	}
	return false
}
