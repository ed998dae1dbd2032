// This file is Root: the outermost widget of a window. It holds the page, the
// hover tips above it, and what the window does with keys.

package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// Root is the content of a window. Widgets of this package find it through
// their canvas, to show tips and to pass on keys they do not use.
type Root struct {
	widget.BaseWidget
	Bindings

	content fyne.CanvasObject
	pops    *popLayer
	tips    *tipLayer
	canvas  fyne.Canvas // nil before Attach
	spent   bool        // the space that comes next has pressed a button already
}

var _ fyne.Widget = (*Root)(nil)

// NewRoot puts content into a root. Attach it to a window; keys can be bound
// before and after.
func NewRoot(content fyne.CanvasObject) *Root {
	r := &Root{content: content, pops: newPopLayer(), tips: newTipLayer()}
	r.ExtendBaseWidget(r)
	return r
}

// Attach makes the root the content of a window and takes the keys that come
// while nothing is focused. Call it once.
func (r *Root) Attach(w fyne.Window) {
	w.SetPadded(false)
	w.SetContent(r)
	c := w.Canvas()
	r.canvas = c
	c.SetOnTypedKey(r.unfocusedKey(c))
	c.SetOnTypedRune(func(typed rune) {
		if c.Overlays().Top() == nil {
			r.typedRune(typed)
		}
	})
	for name := range r.shortcuts {
		c.AddShortcut(namedShortcut(name), r.unfocusedShortcut)
	}
	// Fyne names these after what they do in text; outside of it they are keys.
	for _, s := range []fyne.Shortcut{
		&fyne.ShortcutUndo{}, &fyne.ShortcutRedo{}, &fyne.ShortcutCut{},
		&fyne.ShortcutCopy{}, &fyne.ShortcutPaste{}, &fyne.ShortcutSelectAll{},
	} {
		c.AddShortcut(s, r.unfocusedShortcut)
	}
}

// Bind runs act for a key with modifiers, as Bindings.Bind says.
func (r *Root) Bind(key fyne.KeyName, modifier fyne.KeyModifier, act func()) {
	r.Bindings.Bind(key, modifier, act)
	if r.canvas == nil {
		return
	}
	for _, name := range sameKeys(key) {
		r.canvas.AddShortcut(&desktop.CustomShortcut{KeyName: name, Modifier: modifier}, r.unfocusedShortcut)
	}
}

// unfocusedShortcut takes a shortcut that came while nothing is focused.
func (r *Root) unfocusedShortcut(s fyne.Shortcut) {
	if r.canvas.Overlays().Top() == nil {
		r.typedShortcut(s)
	}
}

func (r *Root) unfocusedKey(c fyne.Canvas) func(*fyne.KeyEvent) {
	return func(key *fyne.KeyEvent) {
		if top := c.Overlays().Top(); top != nil {
			if taker, ok := top.(keyTaker); ok {
				taker.takeKey(key)
			}
			return
		}
		r.typedKey(key)
	}
}

// CreateRenderer makes the renderer.
func (r *Root) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(stack(r.content, r.pops, r.tips))
}

func (r *Root) typedKey(key *fyne.KeyEvent) {
	if act := r.keys[key.Name]; act != nil {
		act()
	}
}

func (r *Root) typedRune(typed rune) {
	if act := r.runes[typed]; act != nil {
		act()
	}
}

func (r *Root) typedShortcut(s fyne.Shortcut) {
	if act := r.shortcuts[shortcutKey(s)]; act != nil {
		act()
	}
}

// shortcutKey gives Fyne's own shortcuts (undo, copy …) the name that the
// same keys have as a desktop shortcut, so that they can be bound as well.
func shortcutKey(s fyne.Shortcut) string {
	if keyed, ok := s.(fyne.KeyboardShortcut); ok {
		return (&desktop.CustomShortcut{KeyName: keyed.Key(), Modifier: keyed.Mod()}).ShortcutName()
	}
	return s.ShortcutName()
}

// namedShortcut is a shortcut of which only the name is known.
type namedShortcut string

// ShortcutName gives the name.
func (n namedShortcut) ShortcutName() string { return string(n) }
