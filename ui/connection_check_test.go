package ui

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/activitydesk/activitydesk/client"
	"github.com/activitydesk/activitydesk/client/metadata"
)

type listed struct {
	instances []metadata.Instance
	err       error
}

func (l listed) Instances(context.Context) ([]metadata.Instance, error) { return l.instances, l.err }

func TestTheTestOfAConnectionNamesTheStepThatFailed(t *testing.T) {
	cases := map[string]struct {
		answer listed
		bad    string // the step; empty: none
		passes bool
		says   string
	}{
		"all is well": {
			answer: listed{instances: []metadata.Instance{{ID: "1", Name: "Contoso Coffee"}}},
			passes: true, says: "1 found: Contoso Coffee",
		},
		"many instances": {
			answer: listed{instances: []metadata.Instance{{Name: "a"}, {Name: "b"}, {Name: "c"}, {Name: "d"}, {Name: "e"}}},
			passes: true, says: "5 found: a, b, c and 2 more",
		},
		"no instance": {bad: stepInstances, says: "administrator"},
		"nobody answers": {
			answer: listed{err: &client.Error{Kind: client.KindNoConnection}}, bad: stepAddress, says: "could not be reached",
		},
		"another certificate": {answer: listed{err: &client.Error{Kind: client.KindTLS}}, bad: stepAddress, says: "certificate"},
		"a web page answers": {
			answer: listed{err: &client.Error{Kind: client.KindUnexpected, Status: 200}}, bad: stepAddress, says: "not one of this service",
		},
		"another path":      {answer: listed{err: &client.Error{Kind: client.KindNotFound, Status: 404}}, bad: stepAddress},
		"token refused":     {answer: listed{err: &client.Error{Kind: client.KindUnauthorized, Status: 401}}, bad: stepToken},
		"no token at all":   {answer: listed{err: &client.Error{Kind: client.KindCredentials, Err: errors.New("none")}}, bad: stepToken},
		"key not known":     {answer: listed{err: &client.Error{Kind: client.KindUnauthorized, Status: 401, Code: "apiSubscriptionNotFound"}}, bad: stepKey},
		"role sees nothing": {answer: listed{err: &client.Error{Kind: client.KindForbidden, Status: 403}}, bad: stepInstances},
		"key missing, as the front says it": {
			answer: listed{err: &client.Error{
				Kind: client.KindUnauthorized, Status: 401, Message: "Access denied due to missing subscription key.",
			}},
			bad: stepKey, says: "missing subscription key",
		},
		"the service is down": {answer: listed{err: &client.Error{Kind: client.KindServer, Status: 503}}, says: "503"},
		"something unknown":   {answer: listed{err: errors.New("odd")}, bad: stepAddress},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			steps := checkConnection(t.Context(), c.answer)
			if len(steps) != 4 {
				t.Fatalf("%d steps, want all four", len(steps))
			}
			if passed(steps) != c.passes {
				t.Errorf("passed: %v, want %v", passed(steps), c.passes)
			}
			var bad []string
			var said strings.Builder
			for _, s := range steps {
				said.WriteString(s.text + "\n")
				if s.verdict == verdictBad {
					bad = append(bad, s.name)
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
