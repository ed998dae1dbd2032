// What a credential looks like where nobody registered it.

package redact

import (
	"regexp"
	"strings"
)

// rule finds credentials by their looks or by the name before them.
type rule struct {
	hints  []string // lower case; without one of them in the text the rule is not tried
	find   *regexp.Regexp
	secret int                            // the group that is the credential
	judge  func(s string, loc []int) bool // nil: every match counts
}

// Names after which a value is a credential, whatever it looks like. The
// service itself has a parameter named key (profile/keyring), which is none.
const (
	oauthNames = `client_secret|client_assertion|access_token|refresh_token|id_token|device_code|code_verifier`
	keyNames   = `(?:ocp-apim-)?subscription-key|x-api-key|api[-_]?key`
)

var rules = []rule{
	{ // Authorization: Bearer x, "Authorization": "Basic x", map[Authorization:[x]], -H 'Authorization: x'
		hints:  []string{"authorization"},
		find:   regexp.MustCompile(`(?i)\b(?:proxy-)?authorization\\*["']?\s*[:=]\s*\[?\\*["']?(?:[a-z]+\s+)?([^\s"'\\\]]+)`),
		secret: 1,
	},
	{
		hints:  []string{"bearer"},
		find:   regexp.MustCompile(`(?i)\bbearer(?:\s+|%20|\+)([a-z0-9._~+/%-]{6,}={0,2})("?)`),
		secret: 1,
		judge:  looksLikeBearer,
	},
	{ // JSON web tokens: the first part is a JSON object, so it begins with eyJ
		hints:  []string{"eyj"},
		find:   regexp.MustCompile(`\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_.-]{4,}`),
		secret: 0,
	},
	{ // a JSON member with a text, which can hold anything
		hints:  []string{"_token", "client_", "device_code", "code_verifier", "subscription-key", "key\""},
		find:   regexp.MustCompile(`(?i)"(?:` + oauthNames + `|` + keyNames + `)"\s*:\s*\[?\s*"((?:[^"\\]|\\.)+)`),
		secret: 1,
	},
	{ // name=value, name: value, name\":\"value
		hints:  []string{"_token", "client_", "device_code", "code_verifier", "subscription-key"},
		find:   regexp.MustCompile(`(?i)\b(?:` + oauthNames + `|(?:ocp-apim-)?subscription-key)\\*["']?\s*[:=]\s*\[?\\*["']?([^\s"'\\&\]},]+)`),
		secret: 1,
	},
	{ // a key, a code or a signature in an address
		hints:  []string{"key=", "token=", "code=", "sig="},
		find:   regexp.MustCompile(`(?i)[?&;](?:` + keyNames + `|token|sig)=([^\s"'&#]+)|[?&]code=([^\s"'&#]{20,})`),
		secret: 1,
	},
	{ // a password in an address
		hints:  []string{"://"},
		find:   regexp.MustCompile(`(?i)\b[a-z][a-z0-9+.-]*://[^\s/?#:@"']*:([^\s/?#@"']+)@`),
		secret: 1,
	},
}

// patternSpans finds everything in s that looks like a credential.
func patternSpans(s string) []span {
	var spans []span
	lower := strings.ToLower(s)
	for _, r := range rules {
		if !containsAny(lower, r.hints) {
			continue
		}
		for _, loc := range r.find.FindAllStringSubmatchIndex(s, -1) {
			if r.judge != nil && !r.judge(s, loc) {
				continue
			}
			for g := r.secret; 2*g < len(loc); g++ {
				if loc[2*g] >= 0 {
					spans = append(spans, span{loc[2*g], loc[2*g+1]})
					break
				}
			}
		}
	}
	return spans
}

// looksLikeBearer tells a credential from prose ("bearer authentication") and
// from the parameters of a WWW-Authenticate header (Bearer realm="…").
func looksLikeBearer(s string, loc []int) bool {
	value, quoted := s[loc[2]:loc[3]], loc[5] > loc[4]
	name, isParameter := strings.CutSuffix(value, "=")
	if isParameter && (quoted || strings.Trim(strings.ToLower(name), "abcdefghijklmnopqrstuvwxyz_") == "") {
		return false
	}
	return len(value) >= 20 || strings.ContainsAny(value, "0123456789-_.~+/=")
}

func containsAny(s string, hints []string) bool {
	for _, h := range hints {
		if strings.Contains(s, h) {
			return true
		}
	}
	return false
}
