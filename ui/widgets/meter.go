// This file holds the two bars of colour: Meter, how much of a limit is used,
// and Stripe, which environment one is in.

package widgets

import (
	"image/color"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Meter fills a track by a share of it.
type Meter struct {
	widget.BaseWidget

	share  float32
	tone   Tone
	width  float32
	height float32
}

var _ fyne.Widget = (*Meter)(nil)

// NewMeter makes an empty meter of at least this size.
func NewMeter(width, height float32) *Meter {
	m := &Meter{width: width, height: height, tone: ToneSuccess}
	m.ExtendBaseWidget(m)
	return m
}

// Set fills the track by share, from 0 to 1, in a tone.
func (m *Meter) Set(share float64, tone Tone) {
	filled := float32(min(max(share, 0), 1))
	if m.share == filled && m.tone == tone {
		return
	}
	m.share, m.tone = filled, tone
	m.Refresh()
}

// Share gives what is filled, from 0 to 1.
func (m *Meter) Share() float64 { return float64(m.share) }

// CreateRenderer makes the renderer.
func (m *Meter) CreateRenderer() fyne.WidgetRenderer {
	r := &meterRenderer{meter: m, track: canvas.NewRectangle(color.Transparent), fill: canvas.NewRectangle(color.Transparent)}
	r.paint()
	return r
}

type meterRenderer struct {
	meter       *Meter
	track, fill *canvas.Rectangle
}

func (r *meterRenderer) Destroy() {}

func (r *meterRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.track, r.fill} }

func (r *meterRenderer) MinSize() fyne.Size { return fyne.NewSize(r.meter.width, r.meter.height) }

func (r *meterRenderer) Layout(size fyne.Size) {
	height := min(size.Height, r.meter.height)
	top := (size.Height - height) / 2
	width := size.Width * r.meter.share
	if r.meter.share > 0 {
		width = max(width, height) // a little is not nothing
	}
	r.track.Resize(fyne.NewSize(size.Width, height))
	r.track.Move(fyne.NewPos(0, top))
	r.fill.Resize(fyne.NewSize(width, height))
	r.fill.Move(fyne.NewPos(0, top))
	r.track.CornerRadius, r.fill.CornerRadius = height/2, height/2
}

func (r *meterRenderer) Refresh() {
	r.paint()
	r.Layout(r.meter.Size())
	r.track.Refresh()
	r.fill.Refresh()
	canvas.Refresh(r.meter)
}

func (r *meterRenderer) paint() {
	r.track.FillColor = colorOf(r.meter, ColorTrack)
	r.fill.FillColor = colorOf(r.meter, r.meter.tone.strong())
	r.fill.Hidden = r.meter.share == 0
}

// BudgetMeter is "Calls this minute ▬▬ 7 of 100" of the status line.
type BudgetMeter struct {
	widget.BaseWidget

	caption, count *Text
	meter          *Meter
	used, limit    int
}

var _ fyne.Widget = (*BudgetMeter)(nil)

// NewBudgetMeter makes a meter with words around it.
func NewBudgetMeter(caption string) *BudgetMeter {
	b := &BudgetMeter{caption: NewText(caption, RoleCaption), count: NewText("", RoleCaption), meter: NewMeter(90, 6), used: -1}
	b.ExtendBaseWidget(b)
	b.Set(0, 0)
	return b
}

// Set shows how many calls of the limit were made; a limit of 0 is none.
func (b *BudgetMeter) Set(used, limit int) {
	if b.used == used && b.limit == limit {
		return
	}
	b.used, b.limit = used, limit
	if limit <= 0 {
		b.count.SetText(strconv.Itoa(used))
		b.meter.Set(0, ToneSuccess)
		return
	}
	b.count.SetText(strconv.Itoa(used) + " of " + strconv.Itoa(limit))
	share, tone := float64(used)/float64(limit), ToneSuccess
	switch {
	case share >= 1:
		tone = ToneDanger
	case share >= 0.9:
		tone = ToneWarning
	}
	b.meter.Set(share, tone)
}

// Text gives the words behind the meter.
func (b *BudgetMeter) Text() string { return b.count.Text() }

// CreateRenderer makes the renderer. The count keeps the width of the largest
// number, so that the status line does not move from call to call.
func (b *BudgetMeter) CreateRenderer() fyne.WidgetRenderer {
	widest := measureWith(sizeOf(b, theme.SizeNameCaptionText), fyne.TextStyle{})("100 of 100")
	return widget.NewSimpleRenderer(Row(6, b.caption, b.meter, Sized(widest, 0, b.count)))
}

// Stripe is the thin line of colour at the top of the window.
type Stripe struct {
	widget.BaseWidget

	tone Tone
}

var _ fyne.Widget = (*Stripe)(nil)

// StripeHeight is the height of a Stripe.
const StripeHeight = 4

// NewStripe makes a stripe.
func NewStripe(tone Tone) *Stripe {
	s := &Stripe{tone: tone}
	s.ExtendBaseWidget(s)
	return s
}

// SetTone changes the colour.
func (s *Stripe) SetTone(tone Tone) {
	if s.tone == tone {
		return
	}
	s.tone = tone
	s.Refresh()
}

// Tone gives the stripe's tone.
func (s *Stripe) Tone() Tone { return s.tone }

// CreateRenderer makes the renderer.
func (s *Stripe) CreateRenderer() fyne.WidgetRenderer {
	bar := canvas.NewRectangle(colorOf(s, s.tone.strong()))
	bar.SetMinSize(fyne.NewSize(1, StripeHeight))
	return &stripeRenderer{WidgetRenderer: widget.NewSimpleRenderer(bar), stripe: s, bar: bar}
}

type stripeRenderer struct {
	fyne.WidgetRenderer
	stripe *Stripe
	bar    *canvas.Rectangle
}

// Refresh follows tone and theme.
func (r *stripeRenderer) Refresh() {
	r.bar.FillColor = colorOf(r.stripe, r.stripe.tone.strong())
	r.bar.Refresh()
}
