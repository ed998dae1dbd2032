// The rows of the settings page: entries that are kept when they are left.

package ui

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/activitydesk/activitydesk/ui/widgets"
)

// settingEntry is an entry whose text is kept on Enter and when the cursor
// leaves it, where it is right.
type settingEntry struct {
	content fyne.CanvasObject
	entry   *widgets.Entry
	problem *widgets.Text
	keep    func(text string) (problem string)
	kept    string
}

func newSettingEntry(placeholder string, keep func(string) string) *settingEntry {
	s := &settingEntry{
		entry:   widgets.NewEntry(),
		problem: widgets.NewWrappedText("", widgets.RoleProblem),
		keep:    keep,
	}
	s.entry.SetPlaceHolder(placeholder)
	s.entry.OnSubmitted = func(string) { s.confirm() }
	s.entry.OnFocusLost = s.confirm
	s.problem.Hide()
	s.content = widgets.Column(3, s.entry, s.problem)
	return s
}

// set shows what is kept, unless something else is being typed.
func (s *settingEntry) set(text string) {
	if s.entry.Text == s.kept {
		s.entry.SetText(text)
	}
	s.kept = text
}

// confirm keeps what was typed, or says why it cannot be kept.
func (s *settingEntry) confirm() {
	text := strings.TrimSpace(s.entry.Text)
	if text == s.kept {
		s.say("")
		return
	}
	problem := s.keep(text)
	s.say(problem)
	if problem == "" {
		s.kept = s.entry.Text
	}
}

// settle keeps what was typed although the cursor has not left it; false: it
// cannot be kept, and says why.
func (s *settingEntry) settle() bool {
	s.confirm()
	return s.problem.Hidden
}

func (s *settingEntry) say(problem string) {
	s.entry.SetProblem(problem != "")
	s.problem.SetText(problem)
	s.problem.Hidden = problem == ""
	s.content.Refresh()
}

// readableLayout keeps content from growing wider than can be read well.
type readableLayout struct{ width float32 }

// Layout gives each object the width, or less.
func (l readableLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for _, o := range objects {
		o.Resize(fyne.NewSize(min(size.Width, l.width), size.Height))
		o.Move(fyne.Position{})
	}
}

// MinSize is that of the content.
func (l readableLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var need fyne.Size
	for _, o := range objects {
		need = need.Max(o.MinSize())
	}
	return need
}

// labelled puts a label of a width before a control, and a note below it.
func labelled(width float32, label string, control fyne.CanvasObject, note string) fyne.CanvasObject {
	below := widgets.Column(3, control)
	if note != "" {
		below.Add(widgets.NewWrappedText(note, widgets.RoleCaption))
	}
	return container.New(labelledLayout{width: width, gap: 16}, widgets.NewText(label, widgets.RoleBody), below)
}

// labelledLayout puts a label of a fixed width before what it names, level
// with its first line.
type labelledLayout struct{ width, gap float32 }

// Layout places label and content.
func (l labelledLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	label, content := objects[0], objects[1]
	content.Resize(fyne.NewSize(max(0, size.Width-l.width-l.gap), size.Height))
	content.Move(fyne.NewPos(l.width+l.gap, 0))
	need := label.MinSize()
	label.Resize(fyne.NewSize(l.width, need.Height))
	label.Move(fyne.NewPos(0, max(0, (firstHeight(content)-need.Height)/2)))
}

// firstHeight is the height of the first object of a column.
func firstHeight(content fyne.CanvasObject) float32 {
	if column, ok := content.(*fyne.Container); ok && len(column.Objects) > 0 {
		first := column.Objects[0]
		if inner, ok := first.(*fyne.Container); ok && len(inner.Objects) > 0 {
			first = inner.Objects[0]
		}
		return first.MinSize().Height
	}
	return content.MinSize().Height
}

// MinSize is both beside each other.
func (l labelledLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	label, content := objects[0].MinSize(), objects[1].MinSize()
	return fyne.NewSize(l.width+l.gap+content.Width, max(label.Height, content.Height))
}
