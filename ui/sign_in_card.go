// The looks of the card that signs in. It keeps its size through all steps.

package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"github.com/activitydesk/activitydesk/assets"
	"github.com/activitydesk/activitydesk/ui/widgets"
)

// The size of what changes in the card.
const (
	signInWidth  float32 = 500
	signInHeight float32 = 236
	copyWidth    float32 = 156 // of the buttons that copy
)

// signInView shows what a card says, and tells it what is pressed.
type signInView struct {
	card    *signInCard
	content fyne.CanvasObject
	shown   signInWords
	step    signInStep // at which the cursor was put, and whether it waited
	waited  bool

	busy  *widget.Activity
	dot   *widgets.Dot
	title *widgets.Text
	text  *widgets.Text

	code        *widgets.Value
	address     *widgets.Value
	left        *widgets.Text
	codeCard    fyne.CanvasObject
	details     *widgets.Value
	detailsCard fyne.CanvasObject

	copyCode *widgets.Button
	links    map[*widgets.Button]func(signInWords) bool
	linkRow  *fyne.Container
}

func newSignInView(c *signInCard) *signInView {
	v := &signInView{
		card: c, step: -1,
		busy:    widget.NewActivity(),
		dot:     widgets.NewDot(widgets.ToneNeutral),
		title:   widgets.NewWrappedText("", widgets.RoleHeading),
		text:    widgets.NewWrappedText("", widgets.RoleBody),
		code:    widgets.NewFixedValue("", widgets.RoleLargeCode),
		address: widgets.NewLineValue("", widgets.RoleCode),
		left:    widgets.NewText("", widgets.RoleCaption),
		details: widgets.NewValue("", widgets.RoleCode),
	}
	v.copyCode = widgets.NewButton("Copy code (C)", v.doCopyCode)
	v.copyCode.SetIcon(assets.IconCopy())
	v.codeCard = v.layoutCode()
	v.detailsCard = widgets.NewCodeCard(widgets.Pad(6, 10, 6, 10, container.NewVScroll(widgets.Column(0, v.details))))
	v.linkRow = v.layoutLinks()
	v.busy.Hide()
	v.content = v.layout()
	return v
}

func (v *signInView) layout() fyne.CanvasObject {
	mark := widgets.Sized(18, 18, container.NewStack(v.busy, container.NewCenter(v.dot)))
	head := widgets.Dock(nil, nil, nil, widgets.Pad(1, 10, 0, 0, container.NewVBox(mark)), v.title)
	inner := widgets.Column(
		8,
		head,
		widgets.Pad(0, 0, 0, 28, v.text),
		widgets.Grow(container.NewStack(v.codeCard, v.detailsCard)),
		v.linkRow,
	)
	return widgets.Sized(signInWidth, signInHeight, inner)
}

func (v *signInView) layoutCode() fyne.CanvasObject {
	copyAddress := widgets.NewButton("Copy address (A)", v.doCopyCodeAddress)
	copyAddress.SetIcon(assets.IconCopy())
	return widgets.NewCodeCard(widgets.Pad(8, 12, 8, 12, widgets.Column(
		6,
		widgets.Row(12, v.code, widgets.Spacer(), widgets.Sized(copyWidth, 0, v.copyCode)),
		widgets.Row(12, widgets.Grow(v.address), widgets.Sized(copyWidth, 0, copyAddress)),
		v.left,
	)))
}

// layoutLinks makes the ways out of a step; each is shown where it leads on.
func (v *signInView) layoutLinks() *fyne.Container {
	c := v.card
	row := widgets.Row(14)
	v.links = map[*widgets.Button]func(signInWords) bool{}
	for _, link := range []struct {
		label string
		act   func()
		show  func(signInWords) bool
	}{
		{labelForNow, c.keepForNow, func(w signInWords) bool { return w.sessionOnly }},
		{"Copy the address", v.doCopyAddress, func(w signInWords) bool { return w.copyAddress }},
		{"Use a code instead", c.useCode, func(w signInWords) bool { return w.useCode }},
		{"Use the browser instead", c.useBrowser, func(w signInWords) bool { return w.useBrowser }},
		{"Change the connection…", c.changeConnection, func(w signInWords) bool { return w.connection }},
		{"Copy the details", v.doCopyDetails, func(w signInWords) bool { return w.details != "" }},
	} {
		button := widgets.NewLinkButton(link.label, link.act)
		v.links[button] = link.show
		row.Add(button)
	}
	return row
}

// set shows words. What did not change stays as it is, with its selection.
func (v *signInView) set(w signInWords) {
	before := v.shown
	v.shown = w
	v.dot.SetTone(w.tone)
	v.showWaiting(v.card.step.waits() && w.tone == widgets.ToneNeutral)
	v.title.SetText(w.title)
	v.text.SetText(w.text)
	v.code.SetText(w.code)
	v.address.SetText(w.address)
	v.left.SetText(w.left)
	v.details.SetText(w.details)
	show(v.codeCard, w.code != "")
	show(v.detailsCard, w.details != "" && w.code == "")
	for button, wanted := range v.links {
		show(button, wanted(w))
	}
	if before.title != w.title || before.text != w.text || v.step != v.card.step {
		v.content.Refresh()
	}
}

// settle puts the cursor on what a step is about, when that is another one.
func (v *signInView) settle() {
	if v.step == v.card.step && v.waited == v.shown.busy {
		return
	}
	v.step, v.waited = v.card.step, v.shown.busy
	if v.step == stepCode {
		v.card.env.Window.Canvas().Focus(v.copyCode)
		return
	}
	v.card.dialog.FocusAnswer()
}

// showWaiting moves something while the card waits, so that it is seen to live.
func (v *signInView) showWaiting(waits bool) {
	show(v.dot, !waits)
	if v.busy.Visible() == waits {
		return
	}
	show(v.busy, waits)
	if waits {
		v.busy.Start()
	} else {
		v.busy.Stop()
	}
}

func show(o fyne.CanvasObject, visible bool) {
	if o.Visible() == visible {
		return
	}
	if visible {
		o.Show()
	} else {
		o.Hide()
	}
}

// typed copies by one key.
func (v *signInView) typed(key fyne.KeyName) bool {
	switch {
	case v.card.step != stepCode:
		return false
	case key == fyne.KeyC:
		v.doCopyCode()
	case key == fyne.KeyA:
		v.doCopyCodeAddress()
	default:
		return false
	}
	return true
}

func (v *signInView) doCopyCode()        { v.card.env.Copy(v.card.code.Code) }
func (v *signInView) doCopyCodeAddress() { v.card.env.Copy(v.card.code.URL) }
func (v *signInView) doCopyAddress()     { v.card.env.Copy(v.card.address) }
func (v *signInView) doCopyDetails()     { v.card.env.Copy(v.shown.details) }
