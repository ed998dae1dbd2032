// This file is Steps: what happened to a send, a line for each step with a
// coloured dot, a strong word and the detail behind it.

package widgets

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// Step is one line of Steps.
type Step struct {
	Tone   Tone
	Strong string // may be empty
	Detail string // may be empty
}

// Steps shows lines that can be selected and copied.
type Steps struct {
	widget.BaseWidget

	steps []Step
	lines *fyne.Container
}

var _ fyne.Widget = (*Steps)(nil)

// NewSteps makes the lines.
func NewSteps(steps ...Step) *Steps {
	s := &Steps{lines: Column(7)}
	s.ExtendBaseWidget(s)
	s.Set(steps...)
	return s
}

// Set replaces the lines; those that stay the same are left alone.
func (s *Steps) Set(steps ...Step) {
	if slices.Equal(s.steps, steps) {
		return
	}
	for i, step := range steps {
		switch {
		case i < len(s.steps) && s.steps[i] == step:
		case i < len(s.steps):
			s.lines.Objects[i].(*stepLine).set(step)
		default:
			s.lines.Add(newStepLine(step))
		}
	}
	s.lines.Objects = s.lines.Objects[:len(steps)]
	s.steps = slices.Clone(steps)
	s.lines.Refresh()
	s.Refresh()
}

// Steps gives the lines that are shown.
func (s *Steps) Steps() []Step { return slices.Clone(s.steps) }

// CreateRenderer makes the renderer.
func (s *Steps) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(s.lines) }

type stepLine struct {
	widget.BaseWidget

	dot    *Dot
	strong *Text
	detail *Value
}

func newStepLine(step Step) *stepLine {
	l := &stepLine{dot: NewDot(step.Tone), strong: NewText(step.Strong, RoleStrong), detail: NewValue(step.Detail, RoleBody)}
	l.strong.Hidden = step.Strong == ""
	l.ExtendBaseWidget(l)
	return l
}

func (l *stepLine) set(step Step) {
	l.dot.SetTone(step.Tone)
	l.strong.SetText(step.Strong)
	l.strong.Hidden = step.Strong == ""
	l.detail.SetText(step.Detail)
	l.Refresh()
}

// CreateRenderer makes the renderer.
func (l *stepLine) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(container.New(&leadLayout{gap: 8}, Sized(0, l.detail.text.lineHeight(), Row(8, l.dot, l.strong)), l.detail))
}

// leadLayout puts a lead in front of text that may go on in further lines:
// the lead stays level with the first line.
type leadLayout struct{ gap float32 }

// Layout places lead and text.
func (l *leadLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	lead, text := objects[0], objects[1]
	need := lead.MinSize()
	width := max(0, size.Width-need.Width-l.gap)
	text.Resize(fyne.NewSize(width, text.Size().Height))
	height := text.MinSize().Height
	text.Resize(fyne.NewSize(width, height))
	top := max(0, (size.Height-max(height, need.Height))/2)
	text.Move(fyne.NewPos(need.Width+l.gap, top))
	lead.Resize(need)
	lead.Move(fyne.NewPos(0, top))
}

// MinSize is both beside each other.
func (l *leadLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	lead, text := objects[0].MinSize(), objects[1].MinSize()
	return fyne.NewSize(lead.Width+l.gap+text.Width, max(lead.Height, text.Height))
}
