// The status line: the connection, the budget of calls, what was sent today,
// and where the credentials are.

package ui

import (
	"fmt"

	"fyne.io/fyne/v2"

	"github.com/activitydesk/activitydesk/client/journal"
	"github.com/activitydesk/activitydesk/ui/widgets"
)

type statusBar struct {
	content    fyne.CanvasObject
	dot        *widgets.Dot
	connection *widgets.Text
	budget     *widgets.BudgetMeter
	today      *widgets.Text
	keyring    *widgets.Text
}

func newStatusBar() *statusBar {
	s := &statusBar{
		dot:        widgets.NewDot(widgets.ToneNeutral),
		connection: widgets.NewText("Opening…", widgets.RoleCaption),
		budget:     widgets.NewBudgetMeter("Calls this minute"),
		today:      widgets.NewText("", widgets.RoleCaption),
		keyring:    widgets.NewText("", widgets.RoleCaption),
	}
	s.content = widgets.Row(
		18, widgets.Row(6, s.dot, s.connection), s.budget, s.today, widgets.Spacer(), s.keyring,
	)
	return s
}

// showConnection says how the connection stands.
func (s *statusBar) showConnection(link *Link, err error, loading bool) {
	switch {
	case err != nil:
		s.dot.SetTone(widgets.ToneDanger)
		s.connection.SetText(shorten(Explain(err).What, 70))
	case link == nil:
		s.dot.SetTone(widgets.ToneNeutral)
		s.connection.SetText("No connection")
	case loading:
		s.dot.SetTone(widgets.ToneNeutral)
		s.connection.SetText(link.Credentials())
	default:
		s.dot.SetTone(widgets.ToneSuccess)
		s.connection.SetText(link.Credentials())
	}
}

// shorten keeps a text from pushing the rest of the line out of the window.
// The page has the whole of it.
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
func (s *statusBar) showKeyring(state keyringState) {
	switch state {
	case keyringThere:
		s.keyring.SetText("Credentials: OS keyring")
	case keyringMissing:
		s.keyring.SetText("Credentials: this session only")
	default:
		s.keyring.SetText("Credentials: looking for the keyring…")
	}
}
