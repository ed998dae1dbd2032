// Package widgets holds the desk's reusable widgets and its theme. They report
// what a person wants by callbacks and know nothing of the service; FormView
// and JSONView know package forms.
//
// # Frame of a window
//
//   - [Root] is the content of a window: it shows hover tips and does what keys
//     are bound to. Bind keys, then Attach it.
//   - [NewTheme] makes the look; [Dock], [Row], [Column], [Grow], [Spacer],
//     [Pad], [Gap], [Sized] lay out; [NewArea], [NewCard], [NewCodeCard] and
//     [NewRule] draw areas and the lines between them.
//   - [Splitter] is the line between two columns; [FocusSplitter] leads there.
//   - [Rail], [Picker], [GoBox], [Stripe], [BudgetMeter], [TabBar], [NavPanel] are the
//     parts around a page.
//
// # Keys
//
// Fyne hands a key to the focused widget and stops there. Every widget here
// that can be focused passes on what it does not use: to the dialog or menu on
// top, else to the Root. Text input is [Entry] and nothing else, since Fyne's
// own entry keeps such keys for itself. While a dialog or menu is open, no
// shortcut reaches the window behind.
//
// # Text
//
//   - [Text] is shown and does not react; its [Role] gives size, weight and
//     colour. NewText asks for its width, NewEllipsisText is shortened,
//     NewWrappedText goes on in further lines.
//   - [Value] is text that carries data: it can be selected and copied, and Tab
//     passes it by.
//   - [Badge] and [Dot] stand for a [Tone].
//
// # Data
//
//   - [FormView] is an entity's form. Alt+Down in a field opens its states.
//   - [JSONView], [DataTable], [NavList] and [Timeline] draw only what is in
//     view, so that 200 KB, 1,000,000 rows and 100,000 entries are no burden.
//   - [Tally] counts kinds of things, of which any can be chosen.
//   - [StatePanel] stands in for data that is not there; [Banner] and [Steps]
//     say what happened.
//
// # Over the window
//
// [ShowDialog] asks, [ShowMenu] and [ShowMenuBelow] offer a list, [ShowFinder]
// finds while one types.
//
// All functions are called on the UI goroutine. Setters return early when
// nothing changed, so they can be called as often as one likes.
//
// Package gallery, below this one, shows all of it.
package widgets
