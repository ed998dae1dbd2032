// Next links: whatever a service writes, the token stays within the instance.

package client

import (
	"net/url"
	"strings"
	"testing"

	"github.com/activitydesk/activitydesk/client/metadata"
)

func FuzzNextLink(f *testing.F) {
	const home = "https://api.ci.ai.dynamics.com/v1/instances/" + instanceID + "/data/"
	for _, seed := range []string{
		home + "Customer?$skiptoken=2", "Customer?$skip=1", "?a=b", "//evil.com/x", "../../x", home + "a/%2e%2e/b", home + "..;/x",
		"https:/evil.com", "https:\\\\evil.com", home + "a%5c..%5cb", "https://API.ci.ai.dynamics.com:443/v1/instances/" + instanceID + "/data/x",
	} {
		f.Add(seed)
	}
	c, err := New(Config{Root: RootCurrent, Tokens: StaticToken(secretToken)})
	if err != nil {
		f.Fatal(err)
	}
	i := c.For(metadata.Instance{ID: instanceID})
	f.Fuzz(func(t *testing.T, link string) {
		target, err := i.follow(Page{NextLink: link, from: home + "Customer?$top=1"})
		if err != nil {
			return
		}
		u, err := url.Parse(target)
		if err != nil || !strings.HasPrefix(target, home) || u.Host != "api.ci.ai.dynamics.com" || u.User != nil || u.Fragment != "" {
			t.Fatalf("%q leads to %q (%v)", link, target, err)
		}
		if clean := u.JoinPath(); clean.Path != u.Path || strings.Contains(u.Path, "\\") {
			t.Errorf("%q leads to %q, which a server may read as %q", link, u.Path, clean.Path)
		}
		if err := within(i.base, target); err != nil {
			t.Errorf("%q leads to %q: %v", link, target, err)
		}
	})
}
