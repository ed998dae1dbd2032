// The dialog that adds or changes a connection: it is tested before it is
// kept, or kept without by the person's word.

package ui

import (
	"context"
	"errors"
	"strings"

	"fyne.io/fyne/v2"
	"github.com/google/uuid"

	"github.com/activitydesk/activitydesk/client"
	"github.com/activitydesk/activitydesk/client/auth"
	"github.com/activitydesk/activitydesk/ui/access"
	"github.com/activitydesk/activitydesk/ui/settings"
	"github.com/activitydesk/activitydesk/ui/widgets"
	"github.com/activitydesk/activitydesk/ui/words"
)

// connectionKeeper is what the dialog needs of the desk.
type connectionKeeper interface {
	keyringMissing() bool
	connections() []settings.Connection
	// budgetOf is the budget that the calls to a connection are counted in, where
	// it is in use; else nil.
	budgetOf(c settings.Connection) *client.Pacer
	// attempt makes the connection usable as it was typed, before anything of
	// it is kept.
	attempt(c settings.Connection, s access.Secrets) connectionAttempt
	// keepConnection writes secrets and settings, and answers on the UI
	// goroutine. An empty secret leaves the one there is. What a test of it has
	// found, if there was one, is shown where the connection is.
	keepConnection(c settings.Connection, s access.Secrets, found []step, done func(error))
}

// connectionAttempt is a connection as it is being typed. What was typed, and a
// sign-in that was made with it, are in memory until the connection is kept.
type connectionAttempt interface {
	// For answers the token and the key that would be sent.
	For() (auth.Source, client.KeySource)
	// SignIn has a person sign in. done is called on the UI goroutine, with an
	// error where nobody has signed in.
	SignIn(done func(error))
	// Close forgets what was not kept.
	Close()
}

// connectionDialog leads from what is typed to a connection that is kept. It is
// used on the UI goroutine.
type connectionDialog struct {
	*connectionForm

	env    *Env
	keeper connectionKeeper
	before settings.Connection // zero ID: a new one
	id     string
	test   *trial
	tried  connectionAttempt   // nil: none yet, or of what was typed before
	about  string              // said in any case
	opened settings.Connection // as the dialog began

	anew    *widgets.Text // what has to be entered again
	problem *widgets.Text
	steps   *widgets.Steps
	outcome fyne.CanvasObject // what came of the test, and what can be done then
	anyway  *widgets.Button
	stop    *widgets.Button
	dialog  *widgets.Dialog
}

// newConnectionDialog makes the dialog of a connection. One without an id is
// added; what it holds is filled in.
func newConnectionDialog(env *Env, keeper connectionKeeper, before settings.Connection) *connectionDialog {
	d := &connectionDialog{
		env: env, keeper: keeper, before: before, id: before.ID,
		test:    newTrial(env),
		anew:    widgets.NewWrappedText("", widgets.RoleWarning),
		problem: widgets.NewWrappedText("", widgets.RoleProblem),
		steps:   widgets.NewSteps(),
	}
	if d.id == "" {
		d.id = uuid.NewString()
	}
	d.anyway = widgets.NewLinkButton("Keep it without a test", d.keepAnyway)
	d.stop = widgets.NewLinkButton("Stop the test", d.stopTest)
	d.connectionForm = newConnectionForm(nil)
	for _, o := range []interface{ Hide() }{d.anew, d.problem, d.steps, d.anyway, d.stop} {
		o.Hide()
	}
	if before.Root == "" {
		before.Root, before.Auth = presets()[0].root, presets()[0].method
	}
	d.fill(before, keeper.keyringMissing())
	if before.ID != "" {
		for _, f := range []*connectionField{d.token, d.key, d.secret} {
			f.entry.SetPlaceHolder("as it is")
		}
	}
	d.name.check = d.checkOwnName
	d.onChanged = d.typed
	return d
}

// show opens the dialog.
func (d *connectionDialog) show() {
	title := "Add a connection"
	if d.before.ID != "" {
		title = "Change " + d.before.Name
	}
	body := d.body()
	body.Add(d.anew)
	d.outcome = widgets.Column(10, d.problem, d.steps, widgets.Row(14, d.stop, d.anyway))
	body.Add(d.outcome)
	d.dialog = widgets.ShowDialog(d.env.Window.Canvas(), widgets.DialogSpec{
		Title: title, Body: body, Confirm: "Test and keep", Width: 620,
		OnConfirm: d.confirm, OnLeave: d.mayLeave, OnClose: d.closed, Focus: d.name.entry,
	})
	d.opened = d.typedConnection()
}

// mayLeave asks before what was typed is lost.
func (d *connectionDialog) mayLeave() bool {
	s := d.secrets()
	s.SessionOnly = false // it is a part of the connection
	if d.typedConnection() == d.opened && s == (access.Secrets{}) {
		return true
	}
	d.env.Show(Card{
		Title: "Leave without keeping it?", Confirm: "Leave", Danger: true, Cancel: "Stay",
		Body:      widgets.NewWrappedText("What was typed or changed here is lost.", widgets.RoleBody),
		OnConfirm: func() bool { d.dialog.Close(); return true },
	})
	return false
}

// closed ends what runs and forgets what was not kept.
func (d *connectionDialog) closed() {
	d.test.Cancel()
	if d.tried != nil {
		d.tried.Close()
	}
}

// typed is called when anything was changed: what was found before is about
// something else now.
func (d *connectionDialog) typed() {
	d.stopTest()
	d.say("")
	d.steps.Hide()
	d.anyway.Hide()
	c := d.typedConnection()
	words := strings.TrimSpace(d.about + " " + voidedWords(access.VoidedBy(d.before, c), d.before, c))
	d.anew.SetText(words)
	setVisible(d.anew, words != "")
}

func (d *connectionDialog) stopTest() {
	d.test.Cancel()
	d.stop.Hide()
	if d.dialog != nil {
		d.dialog.SetBusy("")
	}
}

// explain says something that holds for all of the dialog.
func (d *connectionDialog) explain(words string) {
	d.about = words
	d.anew.SetText(words)
	d.anew.Show()
}

func (d *connectionDialog) say(problem string) {
	d.problem.SetText(problem)
	setVisible(d.problem, problem != "")
}

// sayAndShow says what went wrong where it is seen: below fields that may fill the
// window.
func (d *connectionDialog) sayAndShow(problem string) {
	d.say(problem)
	d.dialog.Reveal(d.outcome)
}

// confirm tests what was typed, and keeps it if the test passes. The dialog
// closes only then.
func (d *connectionDialog) confirm() bool {
	d.say("")
	c, s, ok := d.read()
	if !ok {
		d.say("Mend what is marked above.")
		return false
	}
	d.tried = d.keeper.attempt(c, s)
	d.run(c, s)
	return false
}

// run tests the attempt.
func (d *connectionDialog) run(c settings.Connection, s access.Secrets) {
	tokens, keys := d.tried.For()
	work, err := prepareTrial(d.env, c, tokens, keys, d.keeper.budgetOf(c), d.env.Settings().LastInstance[c.ID])
	if err != nil {
		d.sayAndShow(words.Explain(err).What)
		return
	}
	d.dialog.SetBusy("Testing…")
	d.stop.Show()
	d.dialog.Reveal(d.outcome)
	needed := false
	d.test.Run(func(ctx context.Context, tell func([]step)) []step {
		if access.ByPerson(c.Auth) {
			_, err := tokens.AccessToken(ctx)
			if needed = access.NeedsPerson(err); needed {
				return nil
			}
		}
		return work(ctx, tell)
	}, d.showSteps, func(steps []step) {
		d.stopTest()
		switch {
		case needed:
			d.signIn(c, s)
		case passed(steps):
			d.showSteps(steps)
			d.keep(c, s, steps)
		default:
			d.anyway.Show()
			d.showSteps(steps)
		}
	})
}

// SignIn has the person sign in, and goes on with the test.
func (d *connectionDialog) signIn(c settings.Connection, s access.Secrets) {
	d.tried.SignIn(func(err error) {
		switch {
		case !d.dialog.Open():
		case err != nil:
			d.anyway.Show()
			d.sayAndShow("Nobody has signed in yet. " + wordsUnlessStopped(err))
		default:
			d.run(c, s)
		}
	})
}

// wordsUnlessStopped says why; a person who closed the card knows.
func wordsUnlessStopped(err error) string {
	if errors.Is(err, context.Canceled) {
		return "“Test and keep” begins again."
	}
	return errorWords(err)
}

func (d *connectionDialog) showSteps(steps []step) {
	d.steps.Set(stepLines(steps)...)
	d.steps.Show()
	d.dialog.Reveal(d.outcome)
}

func (d *connectionDialog) keepAnyway() {
	if c, s, ok := d.read(); ok {
		if d.tried == nil {
			d.tried = d.keeper.attempt(c, s)
		}
		d.keep(c, s, nil)
	}
}

func (d *connectionDialog) keep(c settings.Connection, s access.Secrets, found []step) {
	d.dialog.SetBusy("Keeping…")
	d.keeper.keepConnection(c, s, found, func(err error) {
		d.dialog.SetBusy("")
		if err != nil {
			d.sayAndShow(errorWords(err))
			return
		}
		d.tried = nil // it is kept
		d.dialog.Close()
	})
}
