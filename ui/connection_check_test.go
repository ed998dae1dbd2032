package ui

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"

	"github.com/activitydesk/activitydesk/client"
	"github.com/activitydesk/activitydesk/client/metadata"
)

// answers is a service that answers as it is told.
type answers struct {
	reach     error
	instances []metadata.Instance
	list      error
	role      metadata.Role
	roleErr   error
	asked     []string
}

func (a *answers) Reach(context.Context) error {
	a.asked = append(a.asked, "reach")
	return a.reach
}

func (a *answers) Instances(context.Context) ([]metadata.Instance, error) {
	a.asked = append(a.asked, "list")
	return a.instances, a.list
}

func (a *answers) Role(_ context.Context, of metadata.Instance) (metadata.Role, error) {
	a.asked = append(a.asked, "role of "+of.Name)
	return a.role, a.roleErr
}

// noToken is a source without one.
type noToken struct{ err error }

func (n noToken) AccessToken(context.Context) (string, error) { return "", n.err }

func oneInstance() []metadata.Instance { return []metadata.Instance{{ID: "1", Name: "Contoso Coffee"}} }

func instancesNamed(names ...string) []metadata.Instance {
	var list []metadata.Instance
	for _, name := range names {
		list = append(list, metadata.Instance{ID: name, Name: name})
	}
	return list
}

func kindError(kind client.Kind, status int) error { return &client.Error{Kind: kind, Status: status} }

func TestTheTestOfAConnectionNamesTheStepThatFailed(t *testing.T) {
	contributor := metadata.Role{Roles: []string{"Contributor"}}
	cases := map[string]struct {
		answer answers
		tokens client.TokenSource // nil: a good one
		key    string
		bad    string // the step; empty: none
		passes bool
		says   string
	}{
		"all is well": {
			answer: answers{instances: oneInstance(), role: contributor}, key: "k", passes: true, says: "1 found: Contoso Coffee",
		},
		"many instances": {
			answer: answers{instances: instancesNamed("a", "b", "c", "d", "e"), role: contributor}, passes: true, says: "5 found: a, b, c and 2 more",
		},
		"no key is needed": {answer: answers{instances: oneInstance(), role: contributor}, passes: true, says: "None was asked for."},
		"no instance":      {bad: stepInstances, says: "administrator"},
		"nobody answers":   {answer: answers{reach: kindError(client.KindNoConnection, 0)}, bad: stepAddress, says: "could not be reached"},
		"another certificate": {
			answer: answers{reach: kindError(client.KindTLS, 0)}, bad: stepAddress, says: "certificate",
		},
		"a web page answers": {
			answer: answers{reach: &client.Error{Kind: client.KindUnexpected, Status: 200, Header: http.Header{"Content-Type": {"text/html; charset=utf-8"}}}},
			bad:    stepAddress, says: "A web page answers there",
		},
		"something else answers": {answer: answers{reach: kindError(client.KindUnexpected, 200)}, bad: stepAddress, says: "Something else"},
		"it points elsewhere": {
			answer: answers{reach: &client.Error{Kind: client.KindRedirect, Status: 302, Location: "https://login.example"}},
			bad:    stepAddress, says: "https://login.example",
		},
		"another path":        {answer: answers{reach: kindError(client.KindNotFound, 404)}, bad: stepAddress, says: "under this path"},
		"the service is down": {answer: answers{reach: kindError(client.KindServer, 503)}, says: "503"},
		"it is busy": {
			answer: answers{reach: kindError(client.KindRateLimited, 429), instances: oneInstance(), role: contributor}, passes: true, says: "slow down",
		},
		"no token at all":   {tokens: noToken{errors.New("none")}, bad: stepToken},
		"token refused":     {answer: answers{list: kindError(client.KindUnauthorized, 401)}, bad: stepToken},
		"key not known":     {answer: answers{list: &client.Error{Kind: client.KindUnauthorized, Status: 401, Code: "apiSubscriptionNotFound"}}, key: "k", bad: stepKey, says: "does not accept this one"},
		"no key":            {answer: answers{list: &client.Error{Kind: client.KindUnauthorized, Status: 401, Code: "apiSubscriptionNotFound"}}, bad: stepKey, says: "none was entered"},
		"role sees nothing": {answer: answers{list: kindError(client.KindForbidden, 403)}, bad: stepInstances},
		"key wrong, as the front says it": {
			answer: answers{list: &client.Error{
				Kind: client.KindUnauthorized, Status: 401, Message: "Access denied due to invalid subscription key.",
			}},
			key: "k", bad: stepKey, says: "invalid subscription key",
		},
		"down behind the front": {answer: answers{list: kindError(client.KindServer, 503)}, says: "503"},
		"something unknown":     {answer: answers{reach: errors.New("odd")}, bad: stepAddress},
		"a viewer": {
			answer: answers{instances: oneInstance(), role: metadata.Role{Roles: []string{"Viewer"}}}, passes: true, says: "reads only",
		},
		"a narrower role": {
			answer: answers{instances: oneInstance(), role: metadata.Role{Roles: []string{"Segments"}}}, passes: true, says: "may not see every entity",
		},
		"no role is told": {
			answer: answers{instances: oneInstance(), roleErr: kindError(client.KindServer, 500)}, passes: true, says: "could not be read",
		},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			tokens := c.tokens
			if tokens == nil {
				tokens = client.StaticToken("t")
			}
			check := connectionCheck{service: &c.answer, tokens: tokens, keys: client.StaticKey(c.key), tell: func([]step) {}}
			steps := check.run(t.Context())
			if len(steps) != 5 {
				t.Fatalf("%d steps, want all five", len(steps))
			}
			if passed(steps) != c.passes {
				t.Errorf("passed: %v, want %v", passed(steps), c.passes)
			}
			var bad []string
			var said strings.Builder
			for _, s := range steps {
				said.WriteString(s.text + "\n")
				switch s.verdict {
				case verdictBad:
					bad = append(bad, s.name)
				case verdictBusy:
					t.Errorf("%s is left as being tried", s.name)
				}
			}
			if got := strings.Join(bad, " "); got != c.bad {
				t.Errorf("failed at %q, want %q", got, c.bad)
			}
			if !strings.Contains(said.String(), c.says) {
				t.Errorf("it does not say %q:\n%s", c.says, &said)
			}
		})
	}
}

func TestNothingSecretIsAskedForWhereTheAddressIsNone(t *testing.T) {
	service := &answers{reach: kindError(client.KindUnexpected, 200)}
	check := connectionCheck{service: service, tokens: noToken{errors.New("it was asked for")}, tell: func([]step) {}}
	steps := check.run(t.Context())
	if got := strings.Join(service.asked, ", "); got != "reach" {
		t.Errorf("the service was asked %s", got)
	}
	for _, s := range steps[1:] {
		if s.verdict != verdictSkipped {
			t.Errorf("%s: %q", s.name, s.text)
		}
	}
}

func TestEachStepIsToldAsItHappens(t *testing.T) {
	service := &answers{instances: instancesNamed("first", "last time"), role: metadata.Role{Roles: []string{"Administrator"}}}
	var told []string
	check := connectionCheck{
		service: service, tokens: client.StaticToken("t"), keys: client.StaticKey("k"), instance: "last time",
		tell: func(steps []step) {
			for i := len(steps) - 1; i >= 0; i-- {
				if v := steps[i].verdict; v == verdictBusy || v == verdictGood {
					told = append(told, steps[i].name+" after "+strings.Join(service.asked, ", "))
					return
				}
			}
		},
	}
	check.run(t.Context())
	want := []string{
		"Address after ", "Address after reach", "Access token after reach", "Access token after reach",
		"Access token after reach, list", "Subscription key after reach, list", "Instances after reach, list",
		"Role after reach, list", "Role after reach, list, role of last time",
	}
	if strings.Join(told, "\n") != strings.Join(want, "\n") {
		t.Errorf("told\n%s", strings.Join(told, "\n"))
	}
}

func TestARoleIsSaidWithWhatItCannotDo(t *testing.T) {
	for want, role := range map[string]metadata.Role{
		"":                       {},
		"may send":               {Roles: []string{"contributor", "Segments"}},
		"reads only":             {Roles: []string{"Viewer"}},
		"ask an administrator":   {Roles: []string{}},
		"not see every entity":   {Roles: []string{"Segments"}},
		"Your role: Viewer. It ": {Roles: []string{"Viewer"}},
	} {
		if got := roleTip(role); !strings.Contains(got, want) || (got == "") != (want == "") {
			t.Errorf("%v: %q, want %q", role.Roles, got, want)
		}
	}
}

func TestACardDoesNotAdviseAKeyThatDoesNotReachTheWindow(t *testing.T) {
	for _, kind := range []client.Kind{client.KindNoConnection, client.KindTimeout, client.KindBroken, client.KindNotFound} {
		err := &client.Error{Op: "list instances", Kind: kind}
		for _, step := range judge(err, false) {
			if strings.Contains(step.text, "F5") {
				t.Errorf("%v: the test of a connection says %q", kind, step.text)
			}
		}
	}
}
