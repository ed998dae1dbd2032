// Env is what the pages of the window share.

package ui

import (
	"log/slog"
	"time"

	"fyne.io/fyne/v2"

	"github.com/activitydesk/activitydesk/client"
	"github.com/activitydesk/activitydesk/client/journal"
	"github.com/activitydesk/activitydesk/client/outbox"
	"github.com/activitydesk/activitydesk/client/redact"
	"github.com/activitydesk/activitydesk/ui/settings"
	"github.com/activitydesk/activitydesk/ui/tasks"
	"github.com/activitydesk/activitydesk/ui/widgets"
	"github.com/activitydesk/activitydesk/ui/words"
)

// Env is what the pages share: the window's services, as plain values. All
// functions are called on the UI goroutine unless they say otherwise.
type Env struct {
	Window fyne.Window
	// Post puts a function on the UI goroutine. It may be called from any
	// goroutine. It is fyne.Do in the app and a queue in tests.
	Post  func(func())
	Tasks *tasks.Group

	Journal *journal.Journal
	Outbox  *outbox.Outbox
	Drafts  []journal.Draft // of the run before, as the desk started
	// Settings are those of the window: what Remember was told is in them at
	// once, whether it is in the file yet or not. They are not to be changed.
	Settings func() settings.Settings
	Presets  *settings.Presets
	Redact   *redact.Redactor
	Logger   *slog.Logger

	Zone   func() *time.Location // of the whole window; from any goroutine
	Now    func() time.Time      // from any goroutine
	Caller func() string         // for WriteOptions.Caller; empty: leave out

	// Notify shows a line above the page that stays until it is dismissed.
	// Only the newest of the same Key stays.
	Notify func(Notice)
	// Dismiss takes the notice with this key away.
	Dismiss func(key string)
	// Open goes to a page. The argument is nil or one of the Arg types.
	Open func(PageID, any)
	// Show opens a modal card; the answer closes it. Closing twice is harmless.
	Show func(Card) (closeCard func())
	// Permit asks what the guard has to ask before something is sent, and then
	// calls send with the person's word: at once, and with none, where the
	// instance is free; where the person says no, never.
	Permit func(q sendQuestion, send func(*outbox.Confirmation))
	// Reload loads instances and entities again.
	Reload func()
	// Stop ends what Reload or the choice of an instance has begun; what was
	// loaded before stays.
	Stop func()
	// Remember changes the settings off the UI goroutine. A failure is said
	// with Notify.
	Remember func(change func(*settings.Settings))
	// Forgotten tells every page that a customer is being forgotten, before the
	// journal forgets them: nothing that a page holds may bring them back.
	Forgotten func(journal.Person)
	// SetCaller changes what Caller answers, and keeps it.
	SetCaller func(string)
	// EditConnection opens the dialog of a connection. The sandbox has none.
	EditConnection func(id string)
	// Copy puts text on the clipboard after redaction.
	Copy func(text string)
	// CopyMasked is Copy of a text so long that mask was called off the UI
	// goroutine before.
	CopyMasked func(maskedText)
	// OpenURL opens an https address in the system's browser. It may be called
	// from any goroutine.
	OpenURL func(address string) error
	// Dial makes a client of a service, without asking it anything. It may be called
	// from any goroutine.
	Dial func(client.Config) (*client.Client, error)
}

// newLatest makes a Latest whose answers come to the goroutine of env's window.
func newLatest[T any](env *Env) *tasks.Latest[T] { return tasks.NewLatest[T](env.Tasks, env.Post) }

// maskedText is a text that was searched for secrets, and has none. Env.mask alone makes
// it.
type maskedText struct{ text string }

// mask searches a text for secrets, which takes 1.4 s for 50 MB. It may be called
// from any goroutine.
func (e *Env) mask(text string) maskedText { return maskedText{e.Redact.String(text)} }

// Tone is how a notice is meant.
type Tone = widgets.Tone

// The tones of notices.
const (
	ToneInfo    = widgets.ToneInfo
	ToneSuccess = widgets.ToneSuccess
	ToneWarning = widgets.ToneWarning
	ToneError   = widgets.ToneDanger
)

// Notice is a line that stays above the page until it is dismissed.
type Notice struct {
	Key     string // notices with the same key replace each other; may be empty
	Tone    Tone
	Text    string // what happened, and what to do
	Details string // can be opened and copied; may be empty

	Action   string // label of a button; empty: none
	OnAction func()
	// OnGone is called when the notice is dismissed, by whomever. One that has it
	// is never taken away for another reason.
	OnGone func()
}

// Card is a modal dialog. Esc cancels; Enter confirms.
type Card struct {
	Title   string
	Head    fyne.CanvasObject // stays above a body that scrolls; may be nil
	Body    fyne.CanvasObject
	Width   float32 // of the body; 0: the usual one
	Confirm string  // label; empty: no confirm button, only one to close
	Cancel  string  // label; empty: "Cancel", or "Close" where there is nothing to confirm
	Danger  bool    // the confirm button is coloured as a warning

	// OnConfirm answers whether the card is to close. Nil closes.
	OnConfirm func() bool
	// OnClose is called once, however the card was closed.
	OnClose func()
	// Focus gets the focus when the card is shown; may be nil.
	Focus fyne.Focusable
}

// NoticeOf makes the notice for an error, in the words of Explain.
func NoticeOf(key string, err error) Notice {
	m := words.Explain(err)
	text := m.What
	if m.Do != "" {
		text += " " + m.Do
	}
	return Notice{Key: key, Tone: ToneError, Text: text, Details: m.Details}
}
