// Running the test of a connection in the background, for the dialog before a
// connection is kept and for the page afterwards.

package ui

import (
	"context"
	"fmt"

	"github.com/activitydesk/activitydesk/client"
	"github.com/activitydesk/activitydesk/ui/settings"
	"github.com/activitydesk/activitydesk/ui/tasks"
	"github.com/activitydesk/activitydesk/ui/widgets"
)

// trial runs one test at a time and tells its steps on the UI goroutine.
type trial struct {
	env    *Env
	latest *tasks.Latest[[]step]
	number int // of the newest run: what an older one tells is dropped
}

func newTrial(env *Env) *trial { return &trial{env: env, latest: newLatest[[]step](env)} }

// trialWork is a test that was prepared; it runs in the background.
type trialWork func(ctx context.Context, tell func([]step)) []step

// Run starts a test in the place of one that runs. told is called for each step,
// done at the end; neither is called any more after Cancel.
func (t *trial) Run(work trialWork, told func([]step), done func([]step)) {
	t.number++
	number, post := t.number, t.env.Post
	tell := func(steps []step) {
		post(func() {
			if t.number == number {
				told(steps)
			}
		})
	}
	t.latest.Run(func(ctx context.Context) ([]step, error) {
		return work(ctx, tell), nil
	}, func(steps []step, _ error) {
		t.number++ // nothing is told after the end
		done(steps)
	})
}

// Cancel ends the test that runs, if there is one.
func (t *trial) Cancel() {
	t.number++
	t.latest.Cancel()
}

// Running says whether a test is under way.
func (t *trial) Running() bool { return t.latest.Running() }

// prepareTrial makes the test of a connection. Tokens and keys are those of the
// connection, which need not be kept yet. Its calls are counted in the budget that
// is given; nil: one of its own. instance is whose role is asked for.
func prepareTrial(
	env *Env, c settings.Connection, tokens client.TokenSource, keys client.KeySource, budget *client.Pacer, instance string,
) (trialWork, error) {
	service, err := env.Dial(client.Config{
		Root: c.Root, Tokens: tokens, Keys: keys, UserAgent: userAgent, Logger: env.Logger, Redact: env.Redact,
		Pacer: budget, Retry: client.RetryPolicy{Attempts: 2}, // a person waits
	})
	if err != nil {
		return nil, fmt.Errorf("test connection: %w", err)
	}
	return func(ctx context.Context, tell func([]step)) []step {
		defer service.Close()
		check := connectionCheck{service: testedClient{service}, tokens: tokens, keys: keys, instance: instance, tell: tell}
		return check.run(ctx)
	}, nil
}

// stepLines is how a test is shown.
func stepLines(steps []step) []widgets.Step {
	lines := make([]widgets.Step, 0, len(steps))
	for _, s := range steps {
		line := widgets.Step{Strong: s.name, Detail: s.text}
		switch s.verdict {
		case verdictGood:
			line.Tone = widgets.ToneSuccess
		case verdictBad:
			line.Tone = widgets.ToneDanger
		case verdictOpen:
			line.Tone = widgets.ToneWarning
		case verdictBusy:
			line.Tone = widgets.ToneInfo
		case verdictSkipped:
			line.Detail = "not tried"
		}
		lines = append(lines, line)
	}
	return lines
}
