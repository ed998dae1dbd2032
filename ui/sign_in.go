// Signing in: a card that leads one person, or one application, through it. This
// file is what happens; where it is kept is in sign_in_keep.go, the looks are in
// sign_in_card.go, the words in sign_in_words.go.

package ui

import (
	"context"
	"errors"
	"time"

	"github.com/activitydesk/activitydesk/client/auth"
	"github.com/activitydesk/activitydesk/ui/access"
	"github.com/activitydesk/activitydesk/ui/tasks"
	"github.com/activitydesk/activitydesk/ui/widgets"
)

// signInSpec is what a sign-in needs.
type signInSpec struct {
	Trial   *access.Trial
	Keyring *access.KeyringWatch
	Method  auth.Method // empty: the connection's
	// Keep writes the sign-in when it was made. Without it, the sign-in stays in
	// the trial: a connection that is not kept yet writes it with all else.
	Keep bool
	// Done is called once: with who is signed in, or with an error when the card
	// was closed without that.
	Done func(auth.Account, error)
}

// SignIn opens the card that signs in, and begins at once. The keyring is asked
// before anything else, so that nobody signs in for nothing. Closing the card
// ends what runs. A dialog for a connection that is not kept yet calls it with a
// trial of what was typed:
//
//	trial := credentials.Try(connection, typed)
//	SignIn(env, signInSpec{Trial: trial, Keyring: keyring, Done: func(a auth.Account, err error) { … }})
//	tokens, keys := trial.For()                 // to test it with
//	credentials.Keep(ctx, connection, typed)    // writes the sign-in as well; or trial.Close()
func signIn(env *Env, spec signInSpec) *signInCard {
	c := newSignInCard(env, spec)
	c.open()
	return c
}

// signInStep is where a sign-in stands.
type signInStep int

const (
	stepKeyring signInStep = iota // the keyring is being asked
	stepNoRing                    // it cannot be used
	stepBrowser                   // a person is in the browser
	stepAsking                    // a code is being asked for
	stepCode                      // a person enters the code somewhere
	stepExpired                   // nobody did in time
	stepProving                   // an application proves its secret
	stepKeeping                   // the sign-in is being written
	stepNotKept                   // it could not be written
	stepFailed                    // the identity provider said no, or nothing
	stepSignedIn
)

// waits says whether a step ends by itself.
func (s signInStep) waits() bool {
	switch s {
	case stepKeyring, stepBrowser, stepAsking, stepCode, stepProving, stepKeeping:
		return true
	}
	return false
}

// signInCard is an open card. It is used on the UI goroutine.
type signInCard struct {
	env    *Env
	spec   signInSpec
	method auth.Method
	flow   *tasks.Latest[auth.Account]
	view   *signInView
	dialog *widgets.Dialog
	forget func() // ends watching the keyring

	step    signInStep
	round   int    // of the flow: what an earlier one still says is dropped
	ticking func() // ends the clock of a code
	// otherPlace ends the writing of the sign-in, because it is to be kept
	// somewhere else.
	otherPlace func()
	address    string          // where the browser was sent
	unopen     bool            // it could not be opened
	code       auth.DeviceCode // that is shown
	account    auth.Account
	err        error
	told       bool // Done was called
	closed     bool
}

func newSignInCard(env *Env, spec signInSpec) *signInCard {
	c := &signInCard{env: env, spec: spec, method: spec.Method, flow: newLatest[auth.Account](env)}
	if c.method == "" {
		c.method = auth.Method(spec.Trial.Connection.Auth)
	}
	c.view = newSignInView(c)
	return c
}

// open shows the card and begins.
func (c *signInCard) open() {
	c.dialog = widgets.ShowDialog(c.env.Window.Canvas(), widgets.DialogSpec{
		Title: "Sign in to " + c.spec.Trial.Connection.Name, Body: c.view.content, Width: signInWidth,
		Confirm: labelTryAgain, Labels: signInLabels(),
		OnConfirm: c.confirmed, OnClose: c.close, OnKey: c.view.typed,
	})
	c.forget = c.spec.Keyring.OnChange(c.keyringChanged)
	c.begin()
}

// changeConnection goes to where tenant, client id and secret are entered.
func (c *signInCard) changeConnection() {
	c.dialog.Close()
	c.env.EditConnection(c.spec.Trial.Connection.ID)
}

// start signs in, in the way of the connection.
func (c *signInCard) start() {
	c.stop()
	signer, err := c.spec.Trial.NewSigner(c.method, false)
	if err != nil {
		c.fail(stepFailed, err)
		return
	}
	switch c.method {
	case auth.MethodDeviceCode:
		c.startCode(signer)
	case auth.MethodSecret:
		c.goTo(stepProving)
		c.run(signer, signer.WithSecret)
	default:
		c.startBrowser(signer)
	}
}

// startBrowser waits for a person in the browser. One that does not open is no
// end: the address can be copied to one that does.
func (c *signInCard) startBrowser(signer access.Signer) {
	c.goTo(stepBrowser)
	post, open, round := c.env.Post, c.env.OpenURL, c.round
	c.run(signer, func(ctx context.Context) (auth.Account, error) {
		return signer.WithBrowser(ctx, func(address string) error {
			failed := open(address) != nil
			post(func() { c.sentTo(round, address, failed) })
			return nil
		})
	})
}

// run runs a flow; a newer one takes its place.
func (c *signInCard) run(by access.Signer, flow func(context.Context) (auth.Account, error)) {
	c.flow.Run(flow, func(account auth.Account, err error) {
		if err == nil {
			c.spec.Trial.SignedInBy(by)
		}
		c.signedIn(account, err)
	})
}

func (c *signInCard) sentTo(round int, address string, failed bool) {
	if round == c.round && c.step == stepBrowser {
		c.address, c.unopen = address, failed
		c.show()
	}
}

// openAgain sends the browser to where it was sent, off the UI goroutine: what
// opens it may take its time.
func (c *signInCard) openAgain(address string) {
	if address == "" {
		return
	}
	post, open, round := c.env.Post, c.env.OpenURL, c.round
	c.env.Tasks.Go(func(context.Context) {
		failed := open(address) != nil
		post(func() {
			if round == c.round && (c.step == stepBrowser || c.step == stepCode) {
				c.unopen = failed
				c.show()
			}
		})
	})
}

// startCode asks for a code and waits until somebody has entered it.
func (c *signInCard) startCode(signer access.Signer) {
	c.goTo(stepAsking)
	post, round := c.env.Post, c.round
	c.run(signer, func(ctx context.Context) (auth.Account, error) {
		return signer.WithDeviceCode(ctx, func(code auth.DeviceCode) {
			post(func() { c.gotCode(round, code) })
		})
	})
}

func (c *signInCard) gotCode(round int, code auth.DeviceCode) {
	if round != c.round || c.step != stepAsking {
		return
	}
	c.code = code
	ctx, stop := context.WithCancel(c.env.Tasks.Context())
	c.ticking = stop
	c.goTo(stepCode)
	post := c.env.Post
	c.env.Tasks.Go(func(context.Context) {
		for tasks.Pause(ctx, time.Second) {
			post(c.tick)
		}
	})
}

// tick counts the time of a code down.
func (c *signInCard) tick() {
	if c.step != stepCode {
		return
	}
	if !c.code.ExpiresAt.IsZero() && !c.env.Now().Before(c.code.ExpiresAt) {
		c.stop()
		c.goTo(stepExpired)
		return
	}
	c.show()
}

// signedIn takes what the flow answers.
func (c *signInCard) signedIn(account auth.Account, err error) {
	switch {
	case errors.Is(err, auth.ErrCodeExpired):
		c.fail(stepExpired, err)
	case err != nil:
		c.fail(stepFailed, err)
	case c.spec.Keep:
		c.account = account
		c.keep()
	default:
		c.account = account
		c.finish()
	}
}

// finish says who is signed in.
func (c *signInCard) finish() {
	c.stop()
	if !c.closed {
		c.goTo(stepSignedIn)
	}
	c.tell(c.account, nil)
}

func (c *signInCard) fail(step signInStep, err error) {
	c.stop()
	c.err = err
	c.goTo(step)
}

// confirmed is the card's main button; what it does is written on it.
func (c *signInCard) confirmed() bool {
	switch c.step {
	case stepSignedIn:
		return true
	case stepBrowser:
		c.openAgain(c.address)
	case stepCode:
		c.openAgain(c.code.URL)
	case stepNotKept:
		c.keep()
	case stepNoRing:
		c.begin()
	case stepFailed, stepExpired:
		c.begin()
	}
	return false
}

// useCode goes on with a code in place of the browser on this computer.
func (c *signInCard) useCode() { c.change(auth.MethodDeviceCode) }

// useBrowser goes on in the browser on this computer.
func (c *signInCard) useBrowser() { c.change(auth.MethodBrowser) }

func (c *signInCard) change(method auth.Method) {
	c.method = method
	c.start()
}

// stop ends what runs; what it still says is dropped.
func (c *signInCard) stop() {
	c.round++
	c.flow.Cancel()
	if c.ticking != nil {
		c.ticking()
		c.ticking = nil
	}
	c.address, c.unopen = "", false
}

func (c *signInCard) goTo(step signInStep) {
	c.step = step
	c.show()
}

// show brings the card up to date.
func (c *signInCard) show() {
	if c.dialog == nil || c.closed {
		return
	}
	words := c.words()
	c.view.set(words)
	c.dialog.SetConfirm(words.confirm, !words.busy)
	c.dialog.OfferCancel(c.step != stepSignedIn) // then there is nothing to cancel any more
	c.view.settle()
}

// close is called when the card was closed, however that was.
func (c *signInCard) close() {
	c.closed = true
	c.view.showWaiting(false)
	keeping := c.step == stepKeeping
	c.stop()
	c.forget()
	if keeping {
		return // it is being written, and is told when it is
	}
	if c.step == stepNotKept && errors.Is(c.err, auth.ErrNotKept) {
		c.tell(c.account, nil) // it is in use all the same
		return
	}
	err := c.err
	if err == nil {
		err = context.Canceled
	}
	c.tell(auth.Account{}, err)
}

func (c *signInCard) tell(account auth.Account, err error) {
	if c.told {
		return
	}
	c.told = true
	if c.spec.Done != nil {
		c.spec.Done(account, err)
	}
}
