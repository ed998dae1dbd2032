// Which roots are accepted, and which scale units are trusted with a token.

package client

import (
	"errors"
	"net/url"
	"strings"
	"testing"
)

func TestRootsThatAreAccepted(t *testing.T) {
	for text, want := range map[string]string{
		RootCurrent: RootCurrent,
		Root2020:    Root2020,
		"  HTTPS://API.ci.ai.Dynamics.com:443/v1//  ": RootCurrent,
		"https://front.example.com":                   "https://front.example.com",
		"https://front.example.com:8443/a/b/":         "https://front.example.com:8443/a/b",
		"https://front.example.com:08443":             "https://front.example.com:8443",
		"https://[2001:DB8::1]/v1":                    "https://[2001:db8::1]/v1",
		"http://127.0.0.1:8089/v1":                    "http://127.0.0.1:8089/v1",
		"http://127.8.8.8/v1":                         "http://127.8.8.8/v1",
		"http://localhost:80/api":                     "http://localhost/api",
		"http://[::1]:8089/v1":                        "http://[::1]:8089/v1",
		"https://10.0.0.1/x_y-z.1":                    "https://10.0.0.1/x_y-z.1",
	} {
		root, err := ParseRoot(text)
		if err != nil || root.String() != want {
			t.Errorf("%q: %q (%v), want %q", text, root, err, want)
		}
	}
}

func TestRootsThatAreRefusedSayWhy(t *testing.T) {
	for text, reason := range map[string]string{
		"":                                   "empty",
		"api.ci.ai.dynamics.com/v1":          "begin with https://",
		"ftp://example.com":                  "begin with https://",
		"http://example.com/v1":              "use https",
		"http://127.0.0.1.example.com":       "use https",
		"http://localhost.example.com":       "use https",
		"http://2130706433/":                 "use https",
		"https://user:hunter2@example.com":   "user and password",
		"https://@example.com":               "user and password",
		"https://example.com?x=1":            "from the ? or #",
		"https://example.com/?":              "from the ? or #",
		"https://example.com#a":              "from the ? or #",
		"https://exa mple.com":               "space",
		"https://example.com\\@evil.com":     "backslash",
		"https://exämple.com":                "character",
		"https://example.com/\x00":           "character",
		"https://":                           "host",
		"https:///v1":                        "host",
		"https://.example.com":               "host",
		"https://example.com.":               "host",
		"https://exa%6dple.com":              "not a web address",
		"https://[fe80::1%25eth0]/":          "host",
		"https://example.com:":               "port",
		"https://example.com:0":              "port",
		"https://example.com:99999":          "port",
		"https://example.com:http":           "not a web address",
		"https://[::1":                       "not a web address",
		"https://example.com/a/../b":         "dots",
		"https://example.com/a//b":           "empty part",
		"https://example.com/%2e%2e/b":       "percent",
		"https:example.com":                  "begin with https://",
		"javascript://example.com/%0aalert1": "begin with https://",
	} {
		_, err := ParseRoot(text)
		var refused *RootError
		if !errors.As(err, &refused) || !strings.Contains(err.Error(), reason) {
			t.Errorf("%q: %v, want a *RootError with %q", text, err, reason)
			continue
		}
		if strings.Contains(err.Error(), "hunter2") {
			t.Errorf("the error repeats a password: %v", err)
		}
	}
}

func TestScaleUnitsUnderTheContractsRule(t *testing.T) {
	const (
		front    = "https://front.example.com/ci"
		loopback = "http://127.0.0.1:8089/api"
	)
	cases := []struct{ root, unit, base string }{
		{Root2020, "https://su1.api.ci.ai.dynamics.com", "https://su1.api.ci.ai.dynamics.com/api"},
		{Root2020, "https://SU1.api.ci.ai.dynamics.com/", "https://su1.api.ci.ai.dynamics.com/api"},
		{Root2020, "https://su1.api.ci.ai.dynamics.com:443", "https://su1.api.ci.ai.dynamics.com/api"},
		{front, "https://su1.dynamics.com", "https://su1.dynamics.com/api"},
		{front, "https://front.example.com/unit", "https://front.example.com/unit/api"},
		{loopback, "http://127.0.0.1:8089", "http://127.0.0.1:8089/api"},
		{loopback, "http://localhost:9000", "http://localhost:9000/api"},
		{Root2020, "http://su1.api.ci.ai.dynamics.com", ""},
		{Root2020, "https://evil-dynamics.com", ""},
		{Root2020, "https://evildynamics.com", ""},
		{Root2020, "https://dynamics.com", ""},
		{Root2020, "https://.dynamics.com", ""},
		{Root2020, "https://x.dynamics.com.evil.com", ""},
		{Root2020, "https://x.dynamics.com.", ""},
		{Root2020, "https://x.dynamics.com@evil.com", ""},
		{Root2020, "https://x.dynamics.com:8443", ""},
		{Root2020, "https://evil.com:443#.dynamics.com", ""},
		{Root2020, "https://evil.com?.dynamics.com", ""},
		{Root2020, "https://evil.com/.dynamics.com", ""},
		{Root2020, "https://evil.com\\.dynamics.com", ""},
		{Root2020, "https://evil.com%2f.dynamics.com", ""},
		{Root2020, "https://evil.com%00.dynamics.com", ""},
		{Root2020, "https://evil。dynamics.com", ""},
		{Root2020, "//su1.dynamics.com", ""},
		{Root2020, "su1.dynamics.com", ""},
		{Root2020, "https://127.0.0.1", ""},
		{Root2020, "http://127.0.0.1", ""},
		{front, "https://front.example.com:444", ""},
		{front, "https://other.example.com", ""},
		{loopback, "https://su1.dynamics.com", ""},
		{loopback, "http://10.0.0.1", ""},
	}
	for _, c := range cases {
		root, err := ParseRoot(c.root)
		if err != nil {
			t.Fatal(err)
		}
		got, err := root.scaleUnit(c.unit)
		if got.String() != c.base || (err == nil) != (c.base != "") {
			t.Errorf("root %s, scale unit %s: %q (%v), want %q", c.root, c.unit, got, err, c.base)
		}
	}
}

func FuzzParseRoot(f *testing.F) {
	for _, seed := range []string{RootCurrent, "http://127.0.0.1:8089/v1", "https://user@x", "https://[::1]:1/a", "https://x.dynamics.com:443@evil.com", "http://127.0.0.1:80@evil.com/"} {
		f.Add(seed)
	}
	home, err := ParseRoot(Root2020)
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, text string) {
		root, err := ParseRoot(text)
		if err != nil {
			return
		}
		checkOneSpelling(t, text, root)
		if unit, err := home.scaleUnit(text); err == nil {
			u, err := url.Parse(unit.String())
			if err != nil || u.Scheme != "https" || u.Port() != "" || !strings.HasSuffix(u.Hostname(), ".dynamics.com") {
				t.Errorf("scale unit %q was trusted as %q", text, unit)
			}
		}
	})
}

// checkOneSpelling: what was accepted means the same to net/url as to us.
func checkOneSpelling(t *testing.T, text string, root Root) {
	t.Helper()
	again, err := ParseRoot(root.String())
	if err != nil || again != root {
		t.Errorf("%q became %q, which became %q (%v)", text, root, again, err)
	}
	u, err := url.Parse(root.String() + "/instances")
	if err != nil || u.Host != root.Host() || u.User != nil || u.RawQuery != "" || u.Fragment != "" {
		t.Fatalf("%q became %q, which net/url reads as %+v (%v)", text, root, u, err)
	}
	if root.scheme == "http" && !loopbackHost(u.Hostname()) {
		t.Errorf("%q: http to %q", text, u.Hostname())
	}
}
