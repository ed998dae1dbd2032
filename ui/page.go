// A page is one of the things that the rail leads to. This file says what the
// window expects of a page, and what a page may offer besides.

package ui

import (
	"fyne.io/fyne/v2"

	"github.com/activitydesk/activitydesk/client/journal"
)

// PageID names a page. It is stable: settings and arguments refer to it.
type PageID string

// The pages of the desk.
const (
	PageCompose  PageID = "compose"
	PageBatch    PageID = "batch"
	PageProfiles PageID = "profiles"
	PageHistory  PageID = "history"
	PageSettings PageID = "settings"

	PageConnections PageID = "connections"
)

// Page is one page of the window. All methods are called on the UI goroutine.
type Page interface {
	// ID is the page's name within the desk.
	ID() PageID
	// Title is the word under the page's icon in the rail.
	Title() string
	// Icon is drawn in the rail.
	Icon() fyne.Resource
	// Content is the page's part of the window. It answers the same object
	// every time.
	Content() fyne.CanvasObject
	// Enter is called when the page is shown, and again while it is shown
	// whenever the place, the time zone or the guard's state has changed.
	// Calling it with an unchanged place keeps what the person has entered.
	Enter(Place)
	// Leave is called when the page is hidden and before the window closes.
	// The page cancels the reads that it started and keeps its drafts.
	Leave()
}

// Ender is a page that has something to do before the window closes, shown or
// not. End is called after Leave.
type Ender interface{ End() }

// Arriver is a page that puts the cursor where work on it begins. Arrive is
// called when a person goes to the page, not when it is opened at something.
type Arriver interface{ Arrive() }

// Finder is a page with a field to find something in it (Ctrl+F).
type Finder interface{ Find() }

// Refresher is a page that can load again what it shows (F5). The window
// reloads instances and entities for a page that has no such method.
type Refresher interface{ Refresh() }

// Sender is a page that can send what it holds (Ctrl+Enter).
type Sender interface{ Send() }

// SendRefuser is a Sender that knows why it cannot send now; empty: it can, or
// says itself what is missing.
type SendRefuser interface{ CannotSend() string }

// Starter is a page that can begin a new activity (Ctrl+N). From any other
// page, Ctrl+N goes to the compose page and starts there.
type Starter interface{ New() }

// Attender is a page that wants to know whether the window has the keyboard, for
// example to rest while nobody is there. Pages that are hidden are told too.
type Attender interface{ Attend(here bool) }

// Escaper is a page that can close something of its own on Esc, for example a
// filter. It answers whether it did.
type Escaper interface{ Escape() bool }

// Commander is a page with actions of its own. Commands is asked once, after the
// page was made. The actions stand in the list of keys and in the menu bar; their
// keys work while the page is shown.
type Commander interface{ Commands() []command }

// Offerer is a page that holds things to go to by name (Ctrl+K). Offers is asked
// each time the palette opens, also while the page is hidden and knows of an
// older place; an offer's act brings the page up itself.
type Offerer interface{ Offers(Place) []offer }

// Follower is a page that has something to know of a place before it is shown
// there, for example for its offers. Follow is called while the page is hidden,
// whenever Enter would be.
type Follower interface{ Follow(Place) }

// Forgetter is a page that holds what people typed or sent. ForgetCustomer drops
// what of it is about a person, from memory and from what is about to be kept.
type Forgetter interface{ ForgetCustomer(journal.Person) }

// Opener is a page that takes an argument: one of the types ending in Arg.
// Open is called after Enter. Unknown arguments are ignored.
type Opener interface{ Open(arg any) }

// Dropper is a page that takes a file which is dropped on the window. It answers
// whether it is one for it.
type Dropper interface{ Drop(path string) bool }

// CustomerArg opens the profiles page at a customer.
type CustomerArg struct{ ID string }

// FindArg opens the profiles page and finds customers.
type FindArg struct{ Text string }

// EntryArg opens an entry of the journal: in the history page to look at, in
// the compose page to use again.
type EntryArg struct{ ID string }

// ConnectionArg opens the connections page at a connection.
type ConnectionArg struct{ ID string }

// EntityArg opens the compose page at an entity, by its name for data
// requests.
type EntityArg struct{ Name string }

// PresetArg fills the compose page's form from a preset, at the preset's entity.
type PresetArg struct{ ID string }

// ActivityArg opens the compose page with a new activity for a customer. Key is
// what the foreign key gets; empty: the key of CustomerID is looked up. Entity may
// be empty: the one that is shown.
type ActivityArg struct {
	Entity     string // name for data requests
	CustomerID string
	Key        string
}
