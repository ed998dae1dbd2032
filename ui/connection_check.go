// The test of a connection: what a good connection takes, step by step, each told
// as it happens.

package ui

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/activitydesk/activitydesk/client"
	"github.com/activitydesk/activitydesk/client/metadata"
	"github.com/activitydesk/activitydesk/ui/words"
)

// verdict says how one step of the test went.
type verdict int

const (
	verdictSkipped verdict = iota // an earlier step failed, so this one could not be tried
	verdictBusy                   // being tried
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
	stepRole      = "Role"
)

// passed says whether the connection can be used. The role is good to know, and
// some instances do not tell it.
func passed(steps []step) bool {
	for _, s := range steps {
		if s.verdict != verdictGood && (s.name != stepRole || s.verdict == verdictBusy) {
			return false
		}
	}
	return len(steps) > 0
}

// tested is what the test needs of a service.
type tested interface {
	// Reach asks without secrets whether a service answers.
	Reach(ctx context.Context) error
	Instances(ctx context.Context) ([]metadata.Instance, error)
	Role(ctx context.Context, of metadata.Instance) (metadata.Role, error)
}

// testedClient is the client as the test needs it.
type testedClient struct{ *client.Client }

// Role implements tested.
func (c testedClient) Role(ctx context.Context, of metadata.Instance) (metadata.Role, error) {
	return c.For(of).MyRole(ctx)
}

// connectionCheck is one run of the test. Its fields are copies.
type connectionCheck struct {
	service  tested
	tokens   client.TokenSource
	keys     client.KeySource
	instance string            // whose role is asked for; empty, or not there: that of the first
	tell     func(list []step) // each time that something is new
	steps    []step
}

// run goes through the steps until one is bad, and answers all of them.
func (c *connectionCheck) run(ctx context.Context) []step {
	for _, name := range []string{stepAddress, stepToken, stepKey, stepInstances, stepRole} {
		c.steps = append(c.steps, step{name: name})
	}
	if c.reach(ctx) && c.signIn(ctx) {
		if list, ok := c.list(ctx); ok {
			c.role(ctx, list)
		}
	}
	return c.steps
}

// set changes a step and tells all of them.
func (c *connectionCheck) set(name string, v verdict, text string) {
	for i := range c.steps {
		if c.steps[i].name == name {
			c.steps[i].verdict, c.steps[i].text = v, text
		}
	}
	c.tell(append([]step(nil), c.steps...))
}

// reach finds out whether the service answers, before anything secret is sent.
func (c *connectionCheck) reach(ctx context.Context) bool {
	c.set(stepAddress, verdictBusy, "Asking whether the service answers…")
	err := c.service.Reach(ctx)
	var e *client.Error
	switch {
	case err == nil:
		c.set(stepAddress, verdictGood, "The service answers.")
	case errors.As(err, &e) && e.Kind == client.KindRateLimited:
		c.set(stepAddress, verdictGood, "The service answers, and asks to slow down.")
	case errors.As(err, &e) && e.Kind == client.KindServer:
		c.set(stepAddress, verdictOpen, errorWords(err))
		return false
	default:
		c.set(stepAddress, verdictBad, addressWords(err))
		return false
	}
	return true
}

// SignIn gets the token that is to be sent.
func (c *connectionCheck) signIn(ctx context.Context) bool {
	c.set(stepToken, verdictBusy, "Getting one…")
	if _, err := c.tokens.AccessToken(ctx); err != nil {
		c.set(stepToken, verdictBad, errorWords(err))
		return false
	}
	return true
}

// list asks for the instances, which takes a good token and a good key.
func (c *connectionCheck) list(ctx context.Context) ([]metadata.Instance, bool) {
	c.set(stepToken, verdictBusy, "Asking whether it is accepted…")
	hasKey, err := c.hasKey(ctx)
	if err != nil {
		c.set(stepToken, verdictOpen, "Not looked at yet.")
		c.set(stepKey, verdictBad, errorWords(err))
		return nil, false
	}
	instances, err := c.service.Instances(ctx)
	if err != nil {
		for _, s := range judge(err, hasKey) {
			c.set(s.name, s.verdict, s.text)
		}
		return nil, false
	}
	c.set(stepToken, verdictGood, "Accepted.")
	if hasKey {
		c.set(stepKey, verdictGood, "Accepted.")
	} else {
		c.set(stepKey, verdictGood, "None was asked for.")
	}
	if len(instances) == 0 {
		c.set(stepInstances, verdictBad, "None is visible to you. Ask an administrator to add you to an instance.")
		return nil, false
	}
	c.set(stepInstances, verdictGood, countInstances(instances))
	return instances, true
}

func (c *connectionCheck) hasKey(ctx context.Context) (bool, error) {
	if c.keys == nil {
		return false, nil
	}
	key, err := c.keys.SubscriptionKey(ctx)
	return key != "", err
}

// role asks for the role in one instance.
func (c *connectionCheck) role(ctx context.Context, list []metadata.Instance) {
	of := list[0]
	for _, in := range list {
		if in.ID != "" && in.ID == c.instance {
			of = in
		}
	}
	c.set(stepRole, verdictBusy, "Asking for the one in "+of.Label()+"…")
	role, err := c.service.Role(ctx, of)
	switch {
	case err != nil:
		c.set(stepRole, verdictOpen, "That in "+of.Label()+" could not be read. "+errorWords(err))
	case roleMaySend(role):
		c.set(stepRole, verdictGood, roleNames(role)+" in "+of.Label()+". "+roleLimits(role))
	case len(role.Roles) == 0:
		c.set(stepRole, verdictOpen, "None in "+of.Label()+". "+roleLimits(role))
	default:
		c.set(stepRole, verdictOpen, roleNames(role)+" in "+of.Label()+". "+roleLimits(role))
	}
}

// errorWords is an error on a card: what happened and what to do.
func errorWords(err error) string {
	m := words.Explain(err).OnCard()
	return strings.TrimSpace(m.What + " " + m.Do)
}

// addressWords says why an address is none of a service.
func addressWords(err error) string {
	var e *client.Error
	if !errors.As(err, &e) {
		return errorWords(err)
	}
	switch e.Kind {
	case client.KindUnexpected:
		if strings.Contains(strings.ToLower(e.Header.Get("Content-Type")), "html") {
			return "A web page answers there, not the service. Check the address; in a company network a sign-in page or a proxy may answer in its place."
		}
		return "Something else than the service answers there. Check the address."
	case client.KindNotFound:
		return "The host answers, but has no service under this path (404). Check the end of the address: it is /v1, or /api at the host of 2020."
	default:
		return errorWords(err)
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

// judge finds the step at which the list of instances failed.
func judge(err error, hasKey bool) []step {
	bad := errorWords(err)
	var e *client.Error
	if !errors.As(err, &e) {
		return []step{{stepToken, verdictOpen, "Not looked at."}, {stepInstances, verdictBad, bad}}
	}
	notRefused := []step{{stepToken, verdictOpen, "Not refused."}, {stepKey, verdictOpen, "Not refused."}}
	switch e.Kind {
	case client.KindCredentials:
		return []step{{stepToken, verdictBad, bad}}
	case client.KindUnauthorized:
		if words.RefusesKey(e) {
			// The front checks the key before it looks at the token.
			return []step{{stepToken, verdictOpen, "Not looked at yet."}, {stepKey, verdictBad, refusedKeyWords(e, hasKey)}}
		}
		return []step{{stepToken, verdictBad, bad}, {stepKey, verdictOpen, "Not refused."}}
	case client.KindForbidden:
		return []step{{stepToken, verdictGood, "Accepted."}, {stepKey, verdictGood, "Accepted."}, {stepInstances, verdictBad, bad}}
	case client.KindRateLimited, client.KindServer:
		return append(notRefused, step{stepInstances, verdictOpen, bad})
	default:
		return append(notRefused, step{stepInstances, verdictBad, bad})
	}
}

// refusedKeyWords tells a key that is missing from one that is wrong.
func refusedKeyWords(e *client.Error, hasKey bool) string {
	where := " Copy the primary or secondary key from Settings > Permissions > APIs of the instance."
	if !hasKey {
		return "The service asks for one, and none was entered." + where
	}
	if said := words.SaidBy(e); said != "" {
		where += " " + said
	}
	return "The service does not accept this one." + where
}
