package settings

import (
	"strings"
	"testing"
)

func TestTheCallerNamesTheDeskAndTheAccount(t *testing.T) {
	for account, want := range map[string]string{
		"ana":                    "desk/ana",
		`CONTOSO\ana.moss`:       "desk/ana.moss",
		"ana@contoso.com":        "desk/ana@contoso.com",
		"Zoë":                    "desk/Zoë",
		"a/b?c&d=e f\n\xff":      "desk/abcdef",
		"":                       "desk",
		`CONTOSO\`:               "desk",
		strings.Repeat("x", 200): "desk/" + strings.Repeat("x", 60),
	} {
		if got := callerFor(account); got != want {
			t.Errorf("%q: %q, want %q", account, got, want)
		}
	}
}

func TestAFileThatNamesNoCallerHasTheOneOfTheDesk(t *testing.T) {
	for file, want := range map[string]string{
		`{"version":1}`:                 DefaultCaller(),
		`{"version":1,"caller":""}`:     "",
		`{"version":1,"caller":"team"}`: "team",
	} {
		s, err := decode([]byte(file))
		if err != nil || s.Caller != want {
			t.Errorf("%s: %q, want %q, error %v", file, s.Caller, want, err)
		}
	}
}
