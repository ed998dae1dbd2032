// This file is Banner: a line in a tone that stays until it is dismissed,
// with what to do about it, and details that can be opened and copied.

package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// BannerSpec says what a Banner shows.
type BannerSpec struct {
	Tone    Tone
	Text    string
	Details string // shown on demand; empty: none

	Action   string // label of a button; empty: none
	OnAction func()
	// OnDismiss adds a button to close the banner.
	OnDismiss func()
	// OnResized is called when the banner takes another height.
	OnResized func()
}

// Banner is a line that says what happened and what to do.
type Banner struct {
	widget.BaseWidget

	spec    BannerSpec
	text    *Value
	details *Value
	more    *Button
	open    bool
}

var _ fyne.Widget = (*Banner)(nil)

// NewBanner makes a banner.
func NewBanner(spec BannerSpec) *Banner {
	_, ink := spec.Tone.soft()
	b := &Banner{spec: spec, text: NewValue(spec.Text, RoleBody), details: NewValue(spec.Details, RoleCode)}
	b.text.SetColor(ink)
	b.details.SetColor(ink)
	b.details.Hide()
	b.more = NewLinkButton("Details", b.toggle)
	b.more.Hidden = spec.Details == ""
	b.ExtendBaseWidget(b)
	return b
}

// Text gives the banner's words.
func (b *Banner) Text() string { return b.text.Text() }

// SetText changes the banner's words.
func (b *Banner) SetText(text string) { b.text.SetText(text) }

func (b *Banner) toggle() {
	b.open = !b.open
	b.details.Hidden = !b.open
	word := "Details"
	if b.open {
		word = "Hide details"
	}
	b.more.SetText(word)
	b.Refresh()
	if b.spec.OnResized != nil {
		b.spec.OnResized()
	}
}

// CreateRenderer makes the renderer.
func (b *Banner) CreateRenderer() fyne.WidgetRenderer {
	icon := canvas.NewImageFromResource(nil)
	icon.FillMode = canvas.ImageFillContain
	icon.SetMinSize(fyne.NewSquareSize(18))
	buttons := []fyne.CanvasObject{b.more}
	if b.spec.Details != "" {
		buttons = append(buttons, NewLinkButton("Copy", func() { copyText(b.spec.Text + "\n" + b.spec.Details) }))
	}
	if b.spec.Action != "" {
		action := NewLinkButton(b.spec.Action, b.spec.OnAction)
		action.label.SetRole(RoleStrong)
		buttons = append(buttons, action)
	}
	if b.spec.OnDismiss != nil {
		close := NewIconButton(theme.CancelIcon(), "Dismiss", b.spec.OnDismiss)
		close.SetCompact(true)
		buttons = append(buttons, close)
	}
	line := container.NewBorder(nil, nil, nil, Row(4, buttons...), container.New(&leadLayout{gap: 8}, icon, b.text))
	fill, _ := b.spec.Tone.soft()
	area := NewArea(fill, Pad(7, 10, 7, 12, Column(6, line, b.details)))
	area.radius = 4
	r := &bannerRenderer{WidgetRenderer: widget.NewSimpleRenderer(area), banner: b, icon: icon}
	r.paint()
	return r
}

type bannerRenderer struct {
	fyne.WidgetRenderer
	banner *Banner
	icon   *canvas.Image
}

func (r *bannerRenderer) paint() {
	tone := r.banner.spec.Tone
	_, ink := tone.soft()
	icon := theme.InfoIcon()
	switch tone {
	case ToneSuccess:
		icon = theme.ConfirmIcon()
	case ToneWarning:
		icon = theme.WarningIcon()
	case ToneDanger:
		icon = theme.ErrorIcon()
	}
	paintIcon(r.icon, icon, ink)
}

// Refresh follows the theme.
func (r *bannerRenderer) Refresh() {
	r.paint()
	r.icon.Refresh()
	r.WidgetRenderer.Refresh()
}
