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
	editor  fieldEditor // what shows now: entry, big, or the choice of yes or no
	entry   *Entry      // nil for yes or no
	big     *bigValue   // nil before the first value that is too long to edit
	pop     *suggestPop // nil before the first suggestions
	offered []forms.Suggestion
	chevron *fieldTool  // opens them; nil: none here
	links   *fieldLinks // nil: none here
	zone    *fieldLink  // nil: no date-time
	kind    *stateButton
	lines   []*Value // problem, sent as, hint, note; hidden where empty
	fixes   []*Button
	several bool // a person asked for several lines
	focused bool
	syncing bool
	shown   string  // what the height depends on, as of the last sync
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
	r.makeEditor()
	for i := range lineCount {
		role := [...]Role{RoleProblem, RoleCaption, RoleWarning, RoleCaption}[i]
		line := NewValue("", role)
		line.Hide()
		r.lines = append(r.lines, line)
	}
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
	text := ""
	if state == forms.Value {
		text = form.Text(name)
	}
	r.syncing = true
	r.syncZone()
	r.suit(text)
	r.editor.show(text, placeholderOf(r.field, state))
	r.syncing = false
	r.kind.set(r.field.TypeLabel, r.field.Describe(), stateWord(r.field, state, text))

	problem := form.Problem(name)
	if problem != nil && problem.Missing && !r.view.missing {
		problem = nil
	}
	r.showProblem(problem)
	r.setLine(lineSent, sentWords(form, name))
	r.setLine(lineHint, form.Hint(name))
	r.offer(problem)
	note := r.view.notes[name]
	r.lines[lineNote].SetRole(note.role.orCaption())
	r.setLine(lineNote, note.text)
	shown := r.shownLines()
	moved = shown != r.shown
	r.shown = shown
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
	text := ""
	if problem != nil {
		text = problem.Text
	}
	r.setLine(lineProblem, text)
}

// sentWords says what will be sent where it is not what was typed, and how much
// that is.
func sentWords(form *forms.Form, name string) string {
	if field, ok := form.Field(name); ok && field.ReadOnly && form.State(name) != forms.LeftOut {
		return "shown, not sent"
	}
	var parts []string
	if sent := form.SentAs(name); sent != "" {
		parts = append(parts, "sent as "+inOneLine(sent, 200))
	}
	if detail := form.Detail(name); detail != "" {
		parts = append(parts, detail)
	}
	return strings.Join(parts, " · ")
}

func (r *formRow) setLine(line int, text string) {
	r.lines[line].SetText(text)
	r.lines[line].Hidden = text == ""
}

// shownLines sums up what the row's height depends on: what stands below the
// editor, and the editor's own lines.
func (r *formRow) shownLines() string {
	texts := make([]string, 0, len(r.lines)+len(r.fixes)+1)
	for _, line := range r.lines {
		texts = append(texts, line.Text())
	}
	for _, fix := range r.shownFixes() {
		texts = append(texts, fix.Text())
	}
	return strings.Join(append(texts, r.editorShape()), "\n")
}

// typed takes what a person typed.
func (r *formRow) typed(text string) {
	if r.syncing || r.field.ReadOnly {
		return
	}
	if !r.view.has(r) { // the form went from under a dialog that has hidden the cursor
		if c := canvasOf(r.view); c != nil {
			c.Unfocus()
		}
		return
	}
	r.view.form.SetText(r.field.Name, text)
	r.view.changed(r)
	r.filterSuggestions(text)
}

func (r *formRow) gained() {
	r.focused = true
	r.kind.setOpen(true)
	r.light(true)
	r.view.focusedRow(r)
}

func (r *formRow) lost() {
	r.focused = false
	r.kind.setOpen(false)
	if r.view.OnLeft != nil {
		r.view.OnLeft(r.field.Name)
	}
	r.light(false)
	r.closeSuggestions()
	if r.tallest > 0 {
		r.tallest = 0
		r.view.relayout()
	}
}

// MouseIn shows what a label means.
func (r *formRow) MouseIn(e *desktop.MouseEvent) {
	r.light(true)
	r.MouseMoved(e)
}

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
	about = append(about, r.keyWords()...)
	showTip(r, e.AbsolutePosition, strings.Join(about, "\n"))
}

// MouseOut hides it.
func (r *formRow) MouseOut() {
	r.light(r.focused)
	hideTip(r)
}

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

// CreateRenderer makes the renderer.
func (r *formRow) CreateRenderer() fyne.WidgetRenderer { return &formRowRenderer{r} }

type formRowRenderer struct{ row *formRow }

func (r *formRowRenderer) Destroy() {}

func (r *formRowRenderer) Objects() []fyne.CanvasObject {
	row := r.row
	objects := []fyne.CanvasObject{row.label, row.star, row.editor}
	if row.links != nil {
		objects = append(objects, row.chevron, row.links.line)
	}
	if row.big != nil && row.editor == row.big {
		objects = append(objects, row.big.links)
	}
	for _, fix := range row.fixes {
		objects = append(objects, fix)
	}
	objects = append(objects, row.kind)
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
	row.placeLinks(editorX, editorWidth, height)
	height += row.linksBelow(editorWidth)
	row.kind.Resize(fyne.NewSize(kindWidth, line))
	row.kind.Move(fyne.NewPos(kindX, 0))
	row.below(editorWidth+formColumnGap+kindWidth, func(o fyne.CanvasObject, x, y float32, size fyne.Size) {
		o.Resize(size)
		o.Move(fyne.NewPos(editorX+x, height+2+y))
	})
}

func (r *formRowRenderer) Refresh() {
	r.Layout(r.row.Size())
	for _, o := range r.Objects() {
		o.Refresh()
	}
	canvas.Refresh(r.row)
}
