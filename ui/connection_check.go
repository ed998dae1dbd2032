// The test of a connection before it is kept: one call, judged step by step.

package ui

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/activitydesk/activitydesk/client"
	"github.com/activitydesk/activitydesk/client/metadata"
)

// verdict says how one step of the test went.
type verdict int

const (
	verdictSkipped verdict = iota // an earlier step failed, so this one could not be tried
	verdictGood
	verdictBad
	verdictOpen // cannot be told from the answer
)

// step is one line of the test.
type step struct {
	name    string
	verdict verdict
	text    string // what was found, and what to do where it is bad
}

// The steps, in the order in which they build on each other.
const (
	stepAddress   = "Address"
	stepToken     = "Access token"
	stepKey       = "Subscription key"
	stepInstances = "Instances"
)

// passed says whether every step went well.
func passed(steps []step) bool {
	for _, s := range steps {
		if s.verdict != verdictGood {
			return false
		}
	}
	return len(steps) > 0
}

// instanceLister is what the test needs of a client.
type instanceLister interface {
	Instances(ctx context.Context) ([]metadata.Instance, error)
}

// checkConnection lists the instances, which takes a good address, token and
// key, and says which of these were good.
func checkConnection(ctx context.Context, service instanceLister) []step {
	instances, err := service.Instances(ctx)
	if err != nil {
		return judge(err)
	}
	found := step{stepInstances, verdictGood, countInstances(instances)}
	if len(instances) == 0 {
		found = step{stepInstances, verdictBad, "None is visible to you. Ask an administrator to add you to an instance."}
	}
	return []step{
		{stepAddress, verdictGood, "The service answers."},
		{stepToken, verdictGood, "Accepted."},
		{stepKey, verdictGood, "Accepted."},
		found,
	}
}

func countInstances(list []metadata.Instance) string {
	const named = 3
	names := make([]string, 0, named)
	for _, in := range list[:min(named, len(list))] {
		names = append(names, in.Label())
	}
	text := strings.Join(names, ", ")
	if more := len(list) - named; more > 0 {
		text += fmt.Sprintf(" and %d more", more)
	}
	if len(list) == 1 {
		return "1 found: " + text
	}
	return fmt.Sprintf("%d found: %s", len(list), text)
}

// judge finds the step at which the test failed.
func judge(err error) []step {
	m := Explain(err).onCard()
	bad := strings.TrimSpace(m.What + " " + m.Do)
	address := step{stepAddress, verdictGood, "The service answers."}
	token := step{name: stepToken}
	key := step{name: stepKey}
	instances := step{name: stepInstances}

	var e *client.Error
	if !errors.As(err, &e) {
		return []step{{stepAddress, verdictBad, bad}, token, key, instances}
	}
	switch e.Kind {
	case client.KindCredentials:
		return []step{{name: stepAddress}, {stepToken, verdictBad, bad}, key, instances}
	case client.KindUnauthorized:
		if refusesKey(e) {
			// The front checks the key before it looks at the token.
			return []step{address, {stepToken, verdictOpen, "Not looked at yet."}, {stepKey, verdictBad, bad}, instances}
		}
		return []step{address, {stepToken, verdictBad, bad}, {stepKey, verdictOpen, "Not refused."}, instances}
	case client.KindForbidden:
		return []step{
			address,
			{stepToken, verdictGood, "Accepted."},
			{stepKey, verdictGood, "Accepted."},
			{stepInstances, verdictBad, bad},
		}
	case client.KindRateLimited, client.KindServer:
		open := step{stepInstances, verdictOpen, bad}
		return []step{address, {stepToken, verdictOpen, "Not refused."}, {stepKey, verdictOpen, "Not refused."}, open}
	default:
		return []step{{stepAddress, verdictBad, bad}, token, key, instances}
	}
}

// refusesKey says whether a 401 is about the subscription key: the service's
// own code, or the words of the front before it (contract, section 2).
func refusesKey(e *client.Error) bool {
	return e.Code == "apiSubscriptionNotFound" ||
		strings.Contains(strings.ToLower(e.Message), "subscription key")
}
