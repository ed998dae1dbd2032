// How the request pane is laid out: two views of JSON share the height that
// the rest leaves, each as tall as its lines and no taller.

package ui

import (
	"bytes"
	"encoding/json"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/activitydesk/activitydesk/ui/widgets"
)

func (p *requestPane) build() {
	head := func(title string, beside fyne.CanvasObject) *fyne.Container {
		return container.NewBorder(nil, nil, widgets.Pad(0, 8, 0, 0, widgets.NewText(title, widgets.RoleHeading)), nil, beside)
	}
	p.head = container.NewBorder(nil, nil, nil, p.unfold, head("Request", p.path))
	p.send = head("Last send", p.sendHead)
	p.viewing = container.NewBorder(nil, nil, widgets.Pad(0, 8, 0, 0, p.views), nil, p.changed)
	for _, o := range []fyne.CanvasObject{p.address, p.viewing, p.until} {
		o.Hide()
	}
	p.body = container.New(p.layout,
		p.head,
		p.address,
		p.viewing,
		p.preview,
		p.copyAs,
		p.options,
		p.until,
		p.send,
		p.steps,
		container.New(&flowLayout{}, p.toField, p.remedy, p.profile, p.stored, p.why, p.look, p.stop, p.again),
		p.answered.head,
		p.answered.idLine,
		p.answered.word,
		p.answered.around,
		p.note,
	)
	p.layout.preview, p.layout.answer = p.preview, p.answered.around
	p.content = widgets.NewArea(widgets.ColorPanel, container.NewVScroll(widgets.Pad(10, 14, 12, 14, p.body)))
}

// requestLayout stacks the pane's parts.
type requestLayout struct {
	preview, answer           fyne.CanvasObject
	previewLines, answerLines int
}

const (
	requestGap    float32 = 9
	codeLine      float32 = 17 // of a JSONView
	codeMargin    float32 = 18
	codeMinLines          = 3
	answerAtLeast float32 = 0.4 // of the free height, where both views want more than there is
)

// MinSize lets both views shrink to a few lines.
func (l *requestLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var size fyne.Size
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		need := o.MinSize()
		size.Width = max(size.Width, need.Width)
		size.Height += need.Height + requestGap
	}
	return size
}

// Layout gives both views what their lines need, as far as there is room.
func (l *requestLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	free := size.Height
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		o.Resize(fyne.NewSize(size.Width, o.Size().Height)) // wrapped text knows its height by its width
		free -= requestGap
		if o != l.preview && o != l.answer {
			free -= o.MinSize().Height
		}
	}
	preview, answer := l.share(free)
	y := float32(0)
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		height := o.MinSize().Height
		switch o {
		case l.preview:
			height = max(height, preview)
		case l.answer:
			height = max(height, answer)
		}
		o.Resize(fyne.NewSize(size.Width, height))
		o.Move(fyne.NewPos(0, y))
		y += height + requestGap
	}
}

// share divides the free height between the views.
func (l *requestLayout) share(free float32) (preview, answer float32) {
	if l.preview.Visible() {
		preview = codeHeight(l.previewLines)
	}
	if l.answer.Visible() {
		answer = codeHeight(l.answerLines)
	}
	if preview+answer <= free {
		return preview, answer
	}
	answer = min(answer, max(free*answerAtLeast, free-preview))
	return min(preview, free-answer), answer
}

func codeHeight(lines int) float32 { return float32(max(lines, codeMinLines))*codeLine + codeMargin }

// flowLayout lays objects side by side and goes on in a further line where
// there is no more room.
type flowLayout struct{ width float32 } // as last laid out

const flowGap float32 = 4

// MinSize is the widest object, and the lines of the last layout.
func (l *flowLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	widest := float32(0)
	for _, o := range objects {
		widest = max(widest, o.MinSize().Width)
	}
	return fyne.NewSize(widest, l.flow(objects, max(l.width, widest), func(fyne.CanvasObject, fyne.Position) {}))
}

// Layout places the objects.
func (l *flowLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.width = size.Width
	l.flow(objects, size.Width, func(o fyne.CanvasObject, at fyne.Position) {
		o.Resize(o.MinSize())
		o.Move(at)
	})
}

// flow finds a place for each object and answers the height of all lines.
func (l *flowLayout) flow(objects []fyne.CanvasObject, width float32, put func(fyne.CanvasObject, fyne.Position)) float32 {
	var x, y, line float32
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		need := o.MinSize()
		if x > 0 && x+need.Width > width {
			x, y, line = 0, y+line+flowGap, 0
		}
		put(o, fyne.NewPos(x, y))
		x += need.Width + flowGap
		line = max(line, need.Height)
	}
	return y + line
}

// indented lays JSON out for reading; anything else stays as it came.
func indented(body []byte) string {
	var out bytes.Buffer
	if err := json.Indent(&out, bytes.TrimSpace(body), "", "  "); err != nil {
		return string(body)
	}
	return out.String()
}
