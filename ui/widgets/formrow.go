// This file is one row of a FormView: label, editor, type, and below them what
// will be sent, what is wrong, and notes.

package widgets

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/activitydesk/activitydesk/client/metadata"
	"github.com/activitydesk/activitydesk/forms"
)

type formRow struct {
	widget.BaseWidget

	view    *FormView
	field   *forms.Field
	label   *Text
	star    *Text
	editor  fieldEditor
	kind    *stateButton
	lines   []*Value // problem, sent as, hint, note; hidden where empty
	fix     *Button
	zone    *Button // of a date and time; else nil
	focused bool
	syncing bool
	tallest float32 // while focused a row does not shrink, so nothing jumps to and fro
}

var (
	_ fyne.Widget       = (*formRow)(nil)
	_ desktop.Hoverable = (*formRow)(nil)
)

// The lines below an editor.
const (
	lineProblem = iota
	lineSent
	lineHint
	lineNote
	lineCount
)

// tall says whether a field's values usually have several lines.
func tall(field *forms.Field) bool {
	return field.Type.Collection || field.Kind == metadata.KindJSON || field.Kind == metadata.KindUnknown
}

func newFormRow(view *FormView, field *forms.Field) *formRow {
	r := &formRow{view: view, field: field, label: NewEllipsisText(field.Label, RoleBody), star: NewText("*", RoleStrong)}
	r.label.SetAlignment(fyne.TextAlignTrailing)
	r.star.SetColor(theme.ColorNameError)
	r.star.Hidden = !field.Required
	if field.ReadOnly {
		r.label.SetColor(ColorMuted)
	}
	r.kind = newStateButton(r.openMenu)
	r.editor = newFieldEditor(r)
	for i := range lineCount {
		role := [...]Role{RoleProblem, RoleCaption, RoleWarning, RoleCaption}[i]
		line := NewValue("", role)
		line.Hide()
		r.lines = append(r.lines, line)
	}
	r.fix = NewLinkButton("", r.applyFix)
	r.fix.SetCompact(true)
	r.fix.Hide()
	r.ExtendBaseWidget(r)
	r.sync()
	return r
}

// sync shows what the form holds for the field, and says whether the row's
// height may have changed.
func (r *formRow) sync() (moved bool) {
	form, name := r.view.form, r.field.Name
	state := form.State(name)
	label, marks := r.view.found(r.field)
	r.label.SetText(label)
	r.label.SetMarks(marks)
	r.syncing = true
	text := ""
	if state == forms.Value {
		text = form.Text(name)
	}
	r.editor.show(text, placeholderOf(r.field, state))
	r.syncing = false
	r.showZone()
	r.kind.set(r.field.TypeLabel, r.field.Describe(), stateWord(r.field, state, text))

	before := r.shownLines()
	problem := form.Problem(name)
	if problem != nil && problem.Missing && !r.view.missing {
		problem = nil
	}
	r.showProblem(problem)
	sent := form.SentAs(name)
	if sent != "" {
		sent = "sent as " + sent
	}
	r.setLine(lineSent, sent)
	r.setLine(lineHint, form.Hint(name))
	note := r.view.notes[name]
	r.lines[lineNote].SetRole(note.role.orCaption())
	r.setLine(lineNote, note.text)
	moved = before != r.shownLines()
	if moved && !r.Size().IsZero() {
		r.Refresh() // the lines have other widths now, also where the row keeps its height
	}
	return moved
}

// orCaption is the role of a note that names none.
func (r Role) orCaption() Role {
	if r == RoleBody {
		return RoleCaption
	}
	return r
}

func (r *formRow) showProblem(problem *forms.Problem) {
	r.editor.SetProblem(problem != nil)
	if problem == nil {
		r.setLine(lineProblem, "")
		r.fix.Hide()
		return
	}
	r.setLine(lineProblem, problem.Text)
	if len(problem.Fixes) == 0 {
		r.fix.Hide()
		return
	}
	r.fix.SetText("Use " + problem.Fixes[0])
	r.fix.Show()
}

func (r *formRow) setLine(line int, text string) {
	r.lines[line].SetText(text)
	r.lines[line].Hidden = text == ""
}

// shownLines sums up what stands below the editor.
func (r *formRow) shownLines() string {
	texts := make([]string, len(r.lines))
	for i, line := range r.lines {
		texts[i] = line.Text()
	}
	return strings.Join(texts, "\n")
}

func (r *formRow) applyFix() {
	if problem := r.view.form.Problem(r.field.Name); problem != nil && len(problem.Fixes) > 0 {
		r.view.fill(r.field.Name, problem.Fixes[0])
	}
}

// typed takes what a person typed.
func (r *formRow) typed(text string) {
	if r.syncing || r.field.ReadOnly {
		return
	}
	r.view.form.SetText(r.field.Name, text)
	r.view.changed(r)
}

func (r *formRow) gained() {
	r.focused = true
	r.kind.setOpen(true)
	r.view.focusedRow(r)
}

func (r *formRow) lost() {
	r.focused = false
	r.kind.setOpen(false)
	if r.view.OnLeft != nil {
		r.view.OnLeft(r.field.Name)
	}
	if r.tallest > 0 {
		r.tallest = 0
		r.view.relayout()
	}
}

// MouseIn shows what a label means.
func (r *formRow) MouseIn(e *desktop.MouseEvent) { r.MouseMoved(e) }

// MouseMoved shows it while the mouse is over the label.
func (r *formRow) MouseMoved(e *desktop.MouseEvent) {
	if e.Position.X < r.label.Position().X || e.Position.X > r.editor.Position().X || e.Position.Y > formRowGuess {
		hideTip(r)
		return
	}
	var about []string
	if !r.label.Whole() {
		about = append(about, r.field.Label)
	}
	if r.field.Label != r.field.Name {
		about = append(about, r.field.Name)
	}
	if r.field.Semantic != "" {
		about = append(about, r.field.Semantic)
	}
	showTip(r, e.AbsolutePosition, strings.Join(about, "\n"))
}

// MouseOut hides it.
func (r *formRow) MouseOut() { hideTip(r) }

// columns gives where editor and type begin, and their widths.
func (r *formRow) columns(width float32) (editorX, editorWidth, kindX, kindWidth float32) {
	room := width - 2*formSide - 2*formColumnGap
	label, kind := r.view.labelWidth, r.view.typeWidth
	// Where room is short, types give way first, then labels.
	kind = max(formTypeLeast, min(kind, room-label-formEditorWish))
	label = max(formLabelLeast, min(label, room-kind-formEditorWish))
	editorX = formSide + label + formColumnGap
	editorWidth = min(max(80, room-label-kind), formEditorMost)
	kindX = editorX + editorWidth + formColumnGap
	return editorX, editorWidth, kindX, width - kindX - formSide/2
}

// heightFor is the row's height at a width.
func (r *formRow) heightFor(width float32) float32 {
	_, editor, _, kind := r.columns(width)
	height := r.editor.MinSize().Height
	for _, line := range r.lines {
		if !line.Visible() {
			continue
		}
		line.Resize(fyne.NewSize(r.lineWidth(line, editor, kind), line.Size().Height))
		height += line.MinSize().Height + 2
	}
	if r.focused {
		r.tallest = max(r.tallest, height)
		return r.tallest
	}
	return height
}

// lineWidth lets lines go on below the type, and leaves room for the fix
// behind a problem.
func (r *formRow) lineWidth(line *Value, editor, kind float32) float32 {
	room := editor + formColumnGap + kind
	if line == r.lines[lineProblem] && r.fix.Visible() {
		return max(60, room-r.fix.MinSize().Width-4)
	}
	return room
}

// fixLeft is where the fix stands: behind the problem's words.
func (r *formRow) fixLeft() float32 {
	problem := r.lines[lineProblem].text
	size, style := problem.metrics()
	widest := float32(0)
	for _, line := range problem.Shown() {
		widest = max(widest, measureWith(size, style)(line))
	}
	return widest + 4
}

// CreateRenderer makes the renderer.
func (r *formRow) CreateRenderer() fyne.WidgetRenderer { return &formRowRenderer{r} }

type formRowRenderer struct{ row *formRow }

func (r *formRowRenderer) Destroy() {}

func (r *formRowRenderer) Objects() []fyne.CanvasObject {
	row := r.row
	objects := []fyne.CanvasObject{row.label, row.star, row.editor, row.fix, row.kind}
	for _, line := range row.lines {
		objects = append(objects, line)
	}
	return objects
}

func (r *formRowRenderer) MinSize() fyne.Size {
	return fyne.NewSize(1, r.row.heightFor(r.row.Size().Width))
}

func (r *formRowRenderer) Layout(size fyne.Size) {
	row := r.row
	editorX, editorWidth, kindX, kindWidth := row.columns(size.Width)
	height := row.editor.MinSize().Height
	line := min(height, formRowGuess-formGap)
	star := float32(0)
	if row.star.Visible() {
		star = row.star.MinSize().Width + 3
	}
	row.label.Resize(fyne.NewSize(editorX-formSide-formColumnGap-star, line))
	row.label.Move(fyne.NewPos(formSide, 0))
	row.star.Resize(fyne.NewSize(star, line))
	row.star.Move(fyne.NewPos(editorX-formColumnGap-star+3, 0))
	row.editor.Resize(fyne.NewSize(editorWidth, height))
	row.editor.Move(fyne.NewPos(editorX, 0))
	row.kind.Resize(fyne.NewSize(kindWidth, line))
	row.kind.Move(fyne.NewPos(kindX, 0))
	y := height + 2
	for _, below := range row.lines {
		if !below.Visible() {
			continue
		}
		wide := row.lineWidth(below, editorWidth, kindWidth)
		below.Resize(fyne.NewSize(wide, below.Size().Height))
		need := below.MinSize().Height
		below.Resize(fyne.NewSize(wide, need))
		below.Move(fyne.NewPos(editorX, y))
		y += need + 2
	}
	fix := row.fix.MinSize()
	row.fix.Resize(fix)
	row.fix.Move(fyne.NewPos(editorX+row.fixLeft(), height))
}

func (r *formRowRenderer) Refresh() {
	r.Layout(r.row.Size())
	for _, o := range r.Objects() {
		o.Refresh()
	}
	canvas.Refresh(r.row)
}
