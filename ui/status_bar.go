// The status line: the connection, the budget of calls, what was sent today,
// and where the credentials are.

package ui

import (
	"errors"
	"fmt"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/activitydesk/activitydesk/client/auth"
	"github.com/activitydesk/activitydesk/client/journal"
	"github.com/activitydesk/activitydesk/ui/access"
	"github.com/activitydesk/activitydesk/ui/widgets"
	"github.com/activitydesk/activitydesk/ui/words"
)

type statusBar struct {
	content    *fyne.Container
	dot        *widgets.Dot
	connection *widgets.Button // who is signed in; pressed, it offers to sign in and out
	budget     *widgets.BudgetMeter
	today      *widgets.Text
	keyring    *widgets.Text
}

func newStatusBar(signIn func() []widgets.MenuItem) *statusBar {
	s := &statusBar{
		dot:     widgets.NewDot(widgets.ToneNeutral),
		budget:  widgets.NewBudgetMeter("Calls this minute"),
		today:   widgets.NewText("", widgets.RoleCaption),
		keyring: widgets.NewText("", widgets.RoleCaption),
	}
	s.connection = widgets.NewCaptionButton("Opening…", func() { widgets.ShowMenuBelow(s.connection, signIn()) })
	s.connection.LetNarrow()
	s.connection.Disable()
	s.content = container.New(statusLine{}, s.dot, s.connection, s.budget, s.today, s.keyring)
	return s
}

// connectionState is how the connection stands.
type connectionState struct {
	link      *access.Link // nil: none
	loading   bool
	err       error // of the newest list of instances
	needed    error // why somebody has to sign in
	canSignIn bool
}

// showConnection says how the connection stands, and who is signed in until
// when, in the zone of now.
func (s *statusBar) showConnection(c connectionState, now time.Time) {
	tone, said := widgets.ToneNeutral, signedIn{text: "No connection"}
	switch {
	case c.needed != nil:
		tone, said = widgets.ToneWarning, signedIn{text: neededWord(c.needed), tip: words.Explain(c.needed).What}
	case c.err != nil:
		tone, said = widgets.ToneDanger, signedIn{text: words.Explain(c.err).What}
	case c.link == nil:
	default:
		said = describeLink(c.link, now)
		if !c.loading {
			tone = widgets.ToneSuccess
		}
	}
	s.dot.SetTone(tone)
	s.connection.SetText(said.text)
	s.connection.SetTip(said.tip)
	s.connection.SetMenu(c.canSignIn)
	if c.canSignIn {
		s.connection.Enable()
	} else {
		s.connection.Disable()
	}
	relayout(s.content)
}

// neededWord says in a word or two that a person is needed.
func neededWord(err error) string {
	switch {
	case errors.Is(err, access.ErrSignedOut):
		return "Signed out"
	case errors.Is(err, auth.ErrExpired):
		return "Pasted token · expired"
	case errors.Is(err, auth.ErrNoToken), errors.Is(err, auth.ErrMalformed):
		return "An access token is needed"
	default:
		return "Sign-in needed"
	}
}

// shorten keeps a text from pushing what stands beside it out of the window. The
// whole of it is elsewhere.
func shorten(text string, letters int) string {
	if runes := []rune(text); len(runes) > letters {
		return string(runes[:letters-1]) + "…"
	}
	return text
}

// showCounts says what became of the sends of today.
func (s *statusBar) showCounts(c journal.Counts) {
	text := fmt.Sprintf("Today: %d accepted · %d visible · %d uncertain", c.Accepted, c.Visible, c.Uncertain)
	if c.Refused > 0 {
		text += fmt.Sprintf(" · %d refused", c.Refused)
	}
	s.today.SetText(text)
}

// showKeyring says where the credentials are kept.
func (s *statusBar) showKeyring(state access.KeyringState) {
	s.keyring.SetText("Credentials: " + keyringWord(state))
}

func keyringWord(state access.KeyringState) string {
	switch state {
	case access.KeyringThere:
		return "OS keyring"
	case access.KeyringMissing:
		return "this session only"
	case access.KeyringWaiting:
		return "waiting for the keyring…"
	case access.KeyringLocked:
		return "keyring locked"
	case access.KeyringSilent:
		return "keyring does not answer"
	default:
		return "looking for the keyring…"
	}
}
