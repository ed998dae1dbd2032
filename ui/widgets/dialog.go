// This file is Dialog: a modal card with a title, a body and its buttons.

package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// DialogSpec describes a dialog.
type DialogSpec struct {
	Title   string
	Head    fyne.CanvasObject // stays above a body that scrolls; may be nil
	Body    fyne.CanvasObject
	Confirm string  // label; empty: no confirm button
	Cancel  string  // label; empty: "Cancel", or "Close" with nothing to confirm
	Danger  bool    // the confirm button is red
	Width   float32 // of the body; 0: 460

	// Labels are what the confirm button will say at other times; the other one
	// says "Cancel" or "Close". They are wide enough for that, so nothing moves.
	Labels []string

	// OnConfirm answers whether the dialog is to close. Nil closes.
	OnConfirm func() bool
	// OnKey gets the keys that nothing in the body used, and answers whether it
	// does; may be nil.
	OnKey func(fyne.KeyName) bool
	// OnLeave is asked when a person leaves by Escape or by the button that closes,
	// and answers whether the dialog is to close. Nil closes.
	OnLeave func() bool
	// OnClose is called once, however the dialog was closed.
	OnClose func()
	// Focus gets the focus when the dialog opens; nil: the first field that
	// can have it.
	Focus fyne.Focusable
}

// Dialog is an open dialog. Escape closes it, Enter confirms it from
// everywhere but from other buttons and fields of several lines; the keys that
// move up and down scroll a body that is taller than the window, where nothing
// else uses them. The focus stays inside, and shortcuts do not
// reach the window behind.
type Dialog struct {
	overlay *overlay
	spec    DialogSpec
	confirm *Button
	cancel  *Button
	body    *container.Scroll
}

const (
	dialogWidth  = 460
	dialogMargin = 24
	dialogGutter = 12 // right of the body, into the card's margin, for the bar that scrolls
)

// ShowDialog opens a dialog over the window.
func ShowDialog(c fyne.Canvas, spec DialogSpec) *Dialog {
	d := &Dialog{spec: spec}
	d.overlay = newOverlay(c, d.content())
	d.overlay.modal = true
	d.overlay.place = placeDialog
	d.overlay.onKey = d.takeKey
	d.overlay.onClose = spec.OnClose
	d.overlay.show()
	d.revealFocused(d.spec.Body)
	d.focusFirst(c)
	return d
}

// focusFirst goes to the first field. A question without fields has its
// answer focused: yes, unless that cannot be taken back.
func (d *Dialog) focusFirst(c fyne.Canvas) {
	if d.spec.Focus != nil {
		c.Focus(d.spec.Focus)
		return
	}
	c.FocusNext()
	if c.Focused() == fyne.Focusable(d.cancel) && d.confirm != nil && !d.spec.Danger {
		c.Focus(d.confirm)
	}
}

// revealed is what can bring itself into view when the cursor comes to it.
type revealed interface{ setReveal(func()) }

func (p *pressable) setReveal(f func()) { p.reveal = f }
func (e *Entry) setReveal(f func())     { e.reveal = f }

// revealFocused has a body that scrolls follow the cursor.
func (d *Dialog) revealFocused(o fyne.CanvasObject) {
	switch o := o.(type) {
	case *fyne.Container:
		for _, child := range o.Objects {
			d.revealFocused(child)
		}
	case *Area:
		d.revealFocused(o.content)
	case revealed:
		object := o.(fyne.CanvasObject)
		o.setReveal(func() { d.bringIntoView(object) })
	}
}

// bringIntoView scrolls the body until an object of it is seen, with what stands
// around it.
func (d *Dialog) bringIntoView(o fyne.CanvasObject) {
	const around = 28
	driver, s := fyne.CurrentApp().Driver(), d.body
	top := driver.AbsolutePositionForObject(o).Y - driver.AbsolutePositionForObject(s).Y
	bottom, height := top+o.Size().Height, s.Size().Height
	offset := s.Offset
	switch {
	case top < around:
		offset.Y = max(0, offset.Y+top-around)
	case bottom > height-around:
		offset.Y = min(offset.Y+bottom+around-height, max(0, s.Content.MinSize().Height-height))
	default:
		return
	}
	s.ScrollToOffset(offset)
}

// Reveal scrolls the body until an object of it is seen that has just been shown,
// or that says something else now.
func (d *Dialog) Reveal(o fyne.CanvasObject) {
	if !d.Open() {
		return
	}
	d.overlay.Refresh() // the card is as high as its new body, before anything is measured
	d.bringIntoView(o)
}

// Close closes the dialog; twice is harmless.
func (d *Dialog) Close() { d.overlay.close() }

// Open says whether the dialog still shows.
func (d *Dialog) Open() bool { return d.overlay.open }

// Size is that of the card, as it would like to be.
func (d *Dialog) Size() fyne.Size { return d.overlay.content.MinSize() }

// SetBusy disables the confirm button while its work is under way, and has it
// say so; an empty text makes it as it was.
func (d *Dialog) SetBusy(text string) {
	if d.confirm == nil {
		return
	}
	if text == "" {
		d.confirm.SetText(d.spec.Confirm)
		d.confirm.Enable()
		return
	}
	d.confirm.SetText(text)
	d.confirm.Disable()
}

// SetConfirm changes what the confirm button says, and whether it can be pressed.
func (d *Dialog) SetConfirm(label string, ready bool) {
	if d.confirm == nil {
		return
	}
	d.spec.Confirm = label
	d.confirm.SetText(label)
	d.SetReady(ready)
}

// OfferCancel says whether there is a button to cancel by. Where the confirm
// button says all there is to say, it stands alone; Escape still closes.
func (d *Dialog) OfferCancel(offered bool) {
	if offered {
		d.cancel.Show()
	} else {
		d.cancel.Hide()
	}
}

// FocusAnswer puts the cursor on the confirm button, or on the one that closes
// where there is nothing to confirm at this moment.
func (d *Dialog) FocusAnswer() {
	switch {
	case !d.Open():
	case d.confirm == nil || d.confirm.Disabled():
		d.overlay.canvas.Focus(d.cancel)
	default:
		d.overlay.canvas.Focus(d.confirm)
	}
}

// SetReady says whether there is anything to confirm: the button waits where
// there is not.
func (d *Dialog) SetReady(ready bool) {
	if d.confirm == nil || d.confirm.Disabled() != ready {
		return
	}
	if ready {
		d.confirm.Enable()
	} else {
		d.confirm.Disable()
	}
}

// Confirm acts as if the confirm button was tapped.
func (d *Dialog) Confirm() {
	if d.confirm == nil || d.confirm.Disabled() {
		return
	}
	if d.spec.OnConfirm == nil || d.spec.OnConfirm() {
		d.Close()
	}
}

// leave closes the dialog for a person who did not confirm it.
func (d *Dialog) leave() {
	if d.spec.OnLeave == nil || d.spec.OnLeave() {
		d.Close()
	}
}

func (d *Dialog) takeKey(key *fyne.KeyEvent) bool {
	if d.spec.OnKey != nil && d.spec.OnKey(key.Name) {
		return true
	}
	if key.Name == fyne.KeyEscape {
		d.leave()
		return true
	}
	if key.Name != fyne.KeyReturn && key.Name != fyne.KeyEnter {
		return scrollByKey(d.body, key.Name)
	}
	if d.confirm == nil {
		d.Close()
	} else {
		d.Confirm()
	}
	return true
}

func (d *Dialog) content() fyne.CanvasObject {
	label := d.spec.Cancel
	if label == "" {
		label = "Close"
		if d.spec.Confirm != "" {
			label = "Cancel"
		}
	}
	d.cancel = NewButton(label, d.leave)
	buttons := []fyne.CanvasObject{Spacer(), d.cancel}
	if len(d.spec.Labels) > 0 {
		buttons[1] = Sized(widestButton([]string{"Cancel", "Close", label}), 0, d.cancel)
	}
	if d.spec.Confirm != "" {
		d.confirm = NewPrimaryButton(d.spec.Confirm, d.Confirm)
		if d.spec.Danger {
			d.confirm.SetKind(ButtonDanger)
		}
		buttons = append(buttons, Sized(max(widestButton(d.spec.Labels), widestButton([]string{d.spec.Confirm})), 0, d.confirm))
	}
	width := d.spec.Width
	if width == 0 {
		width = dialogWidth
	}
	inner := d.spec.Body
	if inner == nil {
		inner = Gap(0, 0)
	}
	head := Column(8, NewWrappedText(d.spec.Title, RoleTitle))
	if d.spec.Head != nil {
		head.Add(d.spec.Head)
	}
	d.body = container.NewVScroll(Pad(2, 2+dialogGutter, 2, 2, Column(0, inner)))
	return Pad(16, 18, 16, 18, Dock(
		Pad(0, 2, 10, 2, head), nil,
		Pad(14, 2, 0, 2, Row(8, buttons...)), nil,
		container.New(&dialogBody{width: width, scroll: d.body}, d.body),
	))
}

// widestButton is the width of the button with the longest of some labels.
func widestButton(labels []string) float32 {
	var width float32
	for _, label := range labels {
		width = max(width, NewPrimaryButton(label, nil).MinSize().Width)
	}
	return width
}

// scrollByKey answers whether the key scrolls.
func scrollByKey(s *container.Scroll, key fyne.KeyName) bool {
	const line = 48
	offset, page := s.Offset, s.Size().Height-line
	switch key {
	case fyne.KeyDown:
		offset.Y += line
	case fyne.KeyUp:
		offset.Y -= line
	case fyne.KeyPageDown:
		offset.Y += page
	case fyne.KeyPageUp:
		offset.Y -= page
	case fyne.KeyHome:
		offset.Y = 0
	case fyne.KeyEnd:
		offset.Y = s.Content.MinSize().Height
	default:
		return false
	}
	s.ScrollToOffset(fyne.NewPos(offset.X, max(0, offset.Y)))
	return true
}

func placeDialog(window, need fyne.Size) (fyne.Position, fyne.Size) {
	room := fyne.NewSize(window.Width-2*dialogMargin, window.Height-2*dialogMargin)
	need = need.Min(room)
	return fyne.NewPos((window.Width-need.Width)/2, max(dialogMargin, (window.Height-need.Height)/3)), need
}

// dialogBody asks for the body's whole height where the window has it, and
// scrolls where it does not: beside the fields, not over them.
type dialogBody struct {
	width  float32
	scroll *container.Scroll
}

// Layout gives the scroll all the room, and the gutter.
func (l *dialogBody) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	objects[0].Resize(size.AddWidthHeight(dialogGutter, 0))
}

// MinSize measures the body at the dialog's width.
func (l *dialogBody) MinSize([]fyne.CanvasObject) fyne.Size {
	content := l.scroll.Content
	if width := l.width + dialogGutter; content.Size().Width < width {
		content.Resize(fyne.NewSize(width, content.MinSize().Height))
	}
	need := content.MinSize()
	return fyne.NewSize(max(l.width, need.Width-dialogGutter), need.Height)
}
