// This file is StatePanel: what stands in the place of data that is not
// there: empty, loading, failed, or shown over content once it is.

package widgets

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// loadingAfter is how long reading may take before it is said.
const loadingAfter = 300 * time.Millisecond

// StatePanel shows content, or says why there is none yet.
type StatePanel struct {
	widget.BaseWidget

	// After runs a function on the UI goroutine after a time and gives what
	// stops it; tests put their own clock here.
	After func(time.Duration, func()) (stop func())

	content fyne.CanvasObject
	word    *fyne.Container // the words in place of the content
	body    *fyne.Container
	state   State
	stop    func()
	busy    *widget.Activity // moves while loading
}

// State is what a StatePanel shows.
type State int

// The states.
const (
	StateContent State = iota
	StateWaiting       // loading, for less than 300 ms: the last picture stays
	StateLoading
	StateEmpty
	StateFailed
)

var _ fyne.Widget = (*StatePanel)(nil)

// NewStatePanel makes a panel that shows the content.
func NewStatePanel(content fyne.CanvasObject) *StatePanel {
	p := &StatePanel{content: content, After: afterFunc, word: Column(8)}
	p.word.Hide()
	p.body = stack(content, p.word)
	p.ExtendBaseWidget(p)
	return p
}

// afterFunc uses the runtime's timers; the function runs on Fyne's goroutine.
func afterFunc(d time.Duration, f func()) func() {
	timer := time.AfterFunc(d, func() { fyne.Do(f) })
	return func() { timer.Stop() }
}

// State gives what is shown.
func (p *StatePanel) State() State { return p.state }

// ShowContent shows the content.
func (p *StatePanel) ShowContent() {
	p.settle(StateContent)
	p.word.Hide()
	p.content.Show()
	p.Refresh()
}

// ShowLoading says after 300 ms that something is being read; what was shown
// stays until then. With cancel, there is a button to stop it.
func (p *StatePanel) ShowLoading(text string, cancel func()) {
	if p.state == StateWaiting || p.state == StateLoading {
		return
	}
	p.settle(StateWaiting)
	p.stop = p.After(loadingAfter, func() {
		if p.state != StateWaiting {
			return
		}
		p.settle(StateLoading)
		p.busy = widget.NewActivity()
		p.busy.Start()
		objects := []fyne.CanvasObject{middle(Sized(28, 28, p.busy)), centred(NewText(text, RoleMuted))}
		if cancel != nil {
			objects = append(objects, middle(NewLinkButton("Cancel", cancel)))
		}
		p.say(objects...)
	})
}

// ShowEmpty says what belongs here and how to begin; action may be empty.
func (p *StatePanel) ShowEmpty(title, text, action string, act func()) {
	p.settle(StateEmpty)
	p.say(p.words(nil, "", title, text, "", action, act)...)
}

// ShowFailed says what happened and what to do. Details can be selected and
// copied; action may be empty.
func (p *StatePanel) ShowFailed(title, text, details, action string, act func()) {
	p.settle(StateFailed)
	p.say(p.words(theme.WarningIcon(), theme.ColorNameError, title, text, details, action, act)...)
}

func (p *StatePanel) settle(s State) {
	if p.stop != nil {
		p.stop()
		p.stop = nil
	}
	if p.busy != nil {
		p.busy.Stop()
		p.busy = nil
	}
	p.state = s
}

func (p *StatePanel) say(objects ...fyne.CanvasObject) {
	p.word.Objects = []fyne.CanvasObject{Spacer(), container.New(readableLayout{}, Column(8, objects...)), Spacer(), Spacer()}
	p.content.Hide()
	p.word.Show()
	p.word.Refresh()
	p.Refresh()
}

func (p *StatePanel) words(icon fyne.Resource, ink fyne.ThemeColorName, title, text, details, action string, act func()) []fyne.CanvasObject {
	var objects []fyne.CanvasObject
	if icon != nil {
		image := canvas.NewImageFromResource(theme.NewColoredResource(icon, ink))
		image.FillMode = canvas.ImageFillContain
		image.SetMinSize(fyne.NewSquareSize(28))
		objects = append(objects, image)
	}
	head := NewWrappedText(title, RoleHeading)
	head.SetAlignment(fyne.TextAlignCenter)
	objects = append(objects, head)
	if text != "" {
		body := NewWrappedText(text, RoleMuted)
		body.SetAlignment(fyne.TextAlignCenter)
		objects = append(objects, body)
	}
	if details != "" {
		objects = append(objects, NewCodeCard(Pad(8, 10, 8, 10, NewValue(details, RoleCode))))
	}
	if action != "" {
		objects = append(objects, Gap(0, 2), middle(NewButton(action, act)))
	}
	return objects
}

// CreateRenderer makes the renderer.
func (p *StatePanel) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(p.body) }

func middle(o fyne.CanvasObject) fyne.CanvasObject { return Row(0, Spacer(), o, Spacer()) }

func centred(t *Text) *Text {
	t.SetAlignment(fyne.TextAlignCenter)
	return t
}

// readableLayout keeps words in a readable width, in the middle.
type readableLayout struct{}

const readableWidth = 380

// Layout places the words.
func (readableLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	width := min(size.Width-24, readableWidth)
	objects[0].Resize(fyne.NewSize(width, size.Height))
	objects[0].Move(fyne.NewPos((size.Width-width)/2, 0))
}

// MinSize is that of the words at their width.
func (readableLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return objects[0].MinSize()
}
