// The words of a sign-in: what each step says, and who is signed in until when.

package ui

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/activitydesk/activitydesk/client/auth"
	"github.com/activitydesk/activitydesk/client/vault"
	"github.com/activitydesk/activitydesk/ui/access"
	"github.com/activitydesk/activitydesk/ui/settings"
	"github.com/activitydesk/activitydesk/ui/widgets"
	"github.com/activitydesk/activitydesk/ui/words"
)

// signInWords is what the card shows at one moment.
type signInWords struct {
	tone    widgets.Tone
	title   string // where it stands
	text    string // what to do
	code    string // large; empty: none
	address string // where the code is entered
	left    string // how long it is good
	details string // for whoever helps

	confirm string // on the main button
	busy    bool   // it has to be waited for

	copyAddress bool // of the browser
	useCode     bool
	useBrowser  bool
	sessionOnly bool // "Keep for this session only" is offered
	connection  bool // what is wrong is in the connection
}

// What the main button of the card says.
const (
	labelTryAgain  = "Try again"
	labelReopen    = "Open it again"
	labelOpen      = "Open the address"
	labelNewCode   = "Get a new code"
	labelDone      = "Done"
	labelForNow    = "Keep for this session only"
	signInByPerson = "A page of your organisation asks you to sign in. Come back when it says that you can: this card goes on by itself."
)

func signInLabels() []string {
	return []string{labelTryAgain, labelReopen, labelOpen, labelNewCode, labelDone}
}

// words is what the card says at this moment.
func (c *signInCard) words() signInWords {
	switch c.step {
	case stepKeyring:
		return keyringAsked(c.spec.Keyring.State())
	case stepNoRing:
		return keyringRefuses(c.spec.Keyring.State(), c.err)
	case stepBrowser:
		return c.browserWords()
	case stepAsking:
		return signInWords{title: "Asking for a code…", confirm: labelOpen, busy: true, useBrowser: true}
	case stepCode:
		return c.codeWords()
	case stepProving:
		return signInWords{title: "Proving the client secret…", confirm: labelTryAgain, busy: true}
	case stepKeeping:
		return signInWords{
			title: "Keeping the sign-in of " + accountName(c.account) + "…",
			text:  "If the keyring asks to be unlocked, its own window says so.", confirm: labelTryAgain, busy: true, sessionOnly: true,
		}
	case stepNotKept:
		return c.notKeptWords()
	case stepSignedIn:
		return signInWords{
			tone: widgets.ToneSuccess, title: "Signed in as " + accountName(c.account), text: c.whereKept(), confirm: labelDone,
		}
	default:
		return c.failedWords()
	}
}

func (c *signInCard) browserWords() signInWords {
	w := signInWords{
		title: "Continue in the browser…", text: signInByPerson, confirm: labelReopen,
		busy: c.address == "", copyAddress: c.address != "", useCode: true,
	}
	if c.unopen {
		w.tone, w.title = widgets.ToneWarning, "The browser could not be opened"
		w.text = "Copy the address and open it in a browser on this computer, or use a code, which can be entered anywhere."
	}
	return w
}

func (c *signInCard) notKeptWords() signInWords {
	m := words.Explain(c.err)
	if ring, ok := words.ExplainKeyring(c.err); ok {
		m.What = ring.What
		m.Do = "You can work until the desk is closed. Try again when the keyring can be used, or keep it for this session only."
	}
	return signInWords{
		tone: widgets.ToneWarning, title: "Signed in as " + accountName(c.account) + ", but this could not be kept",
		text: strings.TrimSpace(m.What + " " + m.Do), details: m.Details, confirm: labelTryAgain, sessionOnly: true,
	}
}

// failedWords is for the steps at which the person begins again.
func (c *signInCard) failedWords() signInWords {
	byCode := c.method == auth.MethodDeviceCode
	if c.step == stepExpired && byCode {
		return signInWords{
			tone: widgets.ToneWarning, title: "The code has expired", text: "Nobody entered it in time.",
			confirm: labelNewCode, useBrowser: true,
		}
	}
	m, person := words.Explain(c.err), c.method != auth.MethodSecret
	return signInWords{
		tone: widgets.ToneDanger, title: m.What, text: m.Do, details: m.Details, confirm: labelTryAgain,
		useCode: person && !byCode, useBrowser: person && byCode, connection: c.spec.Keep,
	}
}

func (c *signInCard) codeWords() signInWords {
	w := signInWords{
		title: "Enter this code to sign in",
		text:  "Open the address in any browser, also on another device, enter the code, and sign in there. This card goes on by itself.",
		code:  c.code.Code, address: c.code.URL, confirm: labelOpen, useBrowser: true,
	}
	if !c.code.ExpiresAt.IsZero() {
		w.left = "Good for another " + clockOf(c.code.ExpiresAt.Sub(c.env.Now()))
	}
	if c.unopen {
		w.tone, w.title = widgets.ToneWarning, "The browser could not be opened: copy the address"
	}
	return w
}

func (c *signInCard) whereKept() string {
	text := "The sign-in is kept in the OS keyring and renews itself, also after the next start."
	if c.spec.Trial.SessionOnly() {
		text = "The sign-in renews itself, and is kept until the desk is closed."
	}
	if !c.spec.Keep && !c.spec.Trial.SessionOnly() {
		text = "The sign-in renews itself. It is kept in the OS keyring together with the connection."
	}
	return text
}

// keyringAsked says that an answer of the keyring is waited for.
func keyringAsked(state access.KeyringState) signInWords {
	if state == access.KeyringWaiting {
		return signInWords{
			tone: widgets.ToneWarning, title: "Waiting for the keyring…", confirm: labelTryAgain, busy: true, sessionOnly: true,
			text: "It may ask you to unlock it: look for its window. The sign-in begins when it answers.",
		}
	}
	return signInWords{
		title: "Looking whether the sign-in can be kept…", confirm: labelTryAgain, busy: true, sessionOnly: true,
		text: "The keyring is asked before you sign in.",
	}
}

// keyringRefuses says why the keyring cannot be used.
func keyringRefuses(state access.KeyringState, err error) signInWords {
	w := signInWords{tone: widgets.ToneWarning, confirm: labelTryAgain, sessionOnly: true, details: words.Explain(err).Details}
	rest := " Or keep the sign-in in memory: you then sign in again after the next start."
	switch {
	case state == access.KeyringLocked:
		w.title, w.text = "The keyring is locked", "Unlock it and try again."+rest
	case state == access.KeyringSilent:
		w.title = "The keyring does not answer"
		w.text = "It may wait to be unlocked: look for its window. The sign-in begins as soon as it answers." + rest
	case errors.Is(err, vault.ErrTooLarge):
		w.title, w.text = "The keyring has no room", "Make room in it and try again."+rest
	default:
		w.title = "The keyring of this computer cannot be used"
		w.text = "There may be none, or no room in it: the details have the system's words. Put that right and try again." + rest
	}
	return w
}

// clockOf writes what is left as minutes and seconds.
func clockOf(left time.Duration) string {
	seconds := max(0, int((left+time.Second-1)/time.Second))
	return fmt.Sprintf("%d:%02d", seconds/60, seconds%60)
}

// accountName is who is signed in, for people.
func accountName(a auth.Account) string {
	switch {
	case a.Name == "" && a.Application:
		return "an application"
	case a.Name == "":
		return "somebody without a name"
	case a.Application:
		return "application " + a.Name
	default:
		return a.Name
	}
}

// signedIn is what the status line says of who is signed in.
type signedIn struct {
	text string // shortened
	tip  string // the whole of it
}

// accountLetters is how much of a name the status line has room for.
const accountLetters = 34

// describeLink says who is signed in over a link and until when, in the zone of
// the given time.
func describeLink(l *access.Link, now time.Time) signedIn {
	if l.Connection.Auth == settings.AuthSandbox {
		return signedIn{text: "Sandbox running on " + l.Host()}
	}
	who, until, signsIn := l.SignedIn()
	if !signsIn {
		return describeToken(until, now)
	}
	return describeAccount(who, until, now)
}

// describeAccount says who is signed in and until when, in the window's zone.
func describeAccount(a auth.Account, expires, now time.Time) signedIn {
	if a == (auth.Account{}) {
		return signedIn{text: "Signing in…", tip: "Nothing was asked of the service yet."}
	}
	name := accountName(a)
	s := signedIn{text: shorten(name, accountLetters), tip: "Signed in as " + name}
	if a.Tenant != "" {
		s.tip += ", tenant " + a.Tenant
	}
	s.tip += "."
	if expires.IsZero() {
		return s
	}
	s.text += " · until " + clockTime(expires, now) + ", renews itself"
	s.tip += " The access is good until " + expires.In(now.Location()).Format("2006-01-02 15:04:05") + " and renews itself."
	return s
}

// clockTime is a time of day, with its date where that is another than now's.
func clockTime(at, now time.Time) string {
	at = at.In(now.Location())
	if at.Format(time.DateOnly) == now.Format(time.DateOnly) {
		return at.Format("15:04")
	}
	return at.Format("2006-01-02 15:04")
}

// describeToken says how long a pasted token is still good.
func describeToken(expires, now time.Time) signedIn {
	s := signedIn{text: "Pasted token", tip: "An access token that was pasted. It does not renew itself."}
	if expires.IsZero() {
		return s
	}
	switch left := expires.Sub(now); {
	case left <= 0:
		s.text += " · expired at " + clockTime(expires, now)
	case left < time.Hour:
		s.text += fmt.Sprintf(" · until %s (%d min)", clockTime(expires, now), max(1, int(left.Minutes())))
	default:
		s.text += fmt.Sprintf(" · until %s (%d h)", clockTime(expires, now), int(left.Hours()))
	}
	return s
}
