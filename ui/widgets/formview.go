// This file is FormView: an entity's form, a row for each field. Rows are
// made in chunks as they come near, so that 1,000 fields open as quickly as 20.

package widgets

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/activitydesk/activitydesk/client/metadata"
	"github.com/activitydesk/activitydesk/forms"
)

// FieldAction is a link in a field, for example "Find customer".
type FieldAction struct {
	Label string
	Run   func()
}

// FieldFilter says which fields a FormView shows.
type FieldFilter int

// The filters, beside the one by name.
const (
	AllFields FieldFilter = iota
	RequiredFields
	FilledFields
	ProblemFields
)

// FormView shows a form and writes into it what is typed. It is used by Tab,
// which reaches every field and scrolls to it; Alt+Down opens a field's menu
// of states. A keystroke updates its own row alone. Undo and redo in its fields
// are the window's, which keeps one history of the form.
type FormView struct {
	widget.BaseWidget

	// OnChanged is called after a person changed a field.
	OnChanged func(name string)
	// OnLeft is called when the cursor leaves a field.
	OnLeft func(name string)
	// ActionsFor gives further links for a field; "New ID" for keys and
	// "Now" for times are there already. It is asked once for each field.
	ActionsFor func(*forms.Field) []FieldAction
	// Zones are the IANA names that the menu of a date-time's zone offers.
	Zones []string

	form    *forms.Form
	fields  []*forms.Field
	rows    []*formRow // by field; nil until it comes near
	shown   []int      // the fields that the filter lets through
	tops    []float32  // of shown, and the height of all at the end
	notes   map[string]fieldNote
	text    string
	only    FieldFilter
	missing bool

	labelWidth, typeWidth float32
	body                  *formBody
	scroll                *container.Scroll
	empty                 *Text
}

type fieldNote struct {
	text string
	role Role
}

var _ fyne.Widget = (*FormView)(nil)

const (
	formChunk      = 20
	formGap        = 7
	formSide       = 16
	formColumnGap  = 10
	formEditorMost = 560
	formEditorWish = 306 // room for a date and time with its zone and Now
	formTypeLeast  = 104
	formLabelLeast = 100
	formRowGuess   = 30 + formGap
	formLineGuess  = 19
)

// NewFormView makes a view without a form.
func NewFormView() *FormView {
	v := &FormView{empty: NewWrappedText("No field matches the filter.", RoleMuted)}
	v.empty.Hide()
	v.body = &formBody{view: v}
	v.body.ExtendBaseWidget(v.body)
	v.scroll = container.NewVScroll(v.body)
	v.scroll.OnScrolled = func(fyne.Position) { v.buildVisible() }
	v.ExtendBaseWidget(v)
	return v
}

// SetForm shows another form, from its top; nil shows none. The filter stays.
func (v *FormView) SetForm(form *forms.Form) {
	v.form, v.fields, v.notes, v.missing = form, nil, map[string]fieldNote{}, false
	if form != nil {
		v.fields = form.Fields()
	}
	v.rows = make([]*formRow, len(v.fields))
	v.measureColumns()
	v.scroll.ScrollToOffset(fyne.Position{})
	v.refilter()
}

// Form gives the form that is shown, or nil.
func (v *FormView) Form() *forms.Form { return v.form }

// Sync shows what the form holds after it was changed from elsewhere.
func (v *FormView) Sync() {
	changed := false
	for _, row := range v.rows {
		if row != nil && row.sync() {
			changed = true
		}
	}
	if v.only == FilledFields || v.only == ProblemFields {
		v.refilter()
	} else if changed {
		v.relayout()
	}
}

// SyncField does the same for one field.
func (v *FormView) SyncField(name string) {
	if row := v.row(name); row != nil && row.sync() {
		v.relayout()
	}
}

// SetFilter shows only fields whose name or label contains the text and that
// pass the filter.
func (v *FormView) SetFilter(text string, only FieldFilter) {
	text = strings.ToLower(strings.TrimSpace(text))
	if v.text == text && v.only == only {
		return
	}
	v.text, v.only = text, only
	v.scroll.ScrollToOffset(fyne.Position{})
	v.refilter()
}

// Shown is how many fields the filter lets through.
func (v *FormView) Shown() int { return len(v.shown) }

// SetNote puts a line below a field, for example who the customer is; an
// empty text takes it away.
func (v *FormView) SetNote(name, text string, role Role) {
	note := fieldNote{text, role}
	if v.notes == nil || v.notes[name] == note {
		return
	}
	v.notes[name] = note
	v.SyncField(name)
}

// ShowMissing says whether required fields without a value are marked. They
// are no mistake until one sends.
func (v *FormView) ShowMissing(show bool) {
	if v.missing == show {
		return
	}
	v.missing = show
	v.Sync()
}

// measureColumns gives labels and types the room that they need, within
// reason; longer ones end with an ellipsis.
func (v *FormView) measureColumns() {
	label := measureWith(sizeOf(v, theme.SizeNameText), fyne.TextStyle{})
	kind := measureWith(sizeOf(v, SizeSmall), fyne.TextStyle{})
	v.labelWidth, v.typeWidth = 110, 90
	const enough = 400 // rows that are measured; the rest is like them
	for _, field := range v.fields[:min(len(v.fields), enough)] {
		v.labelWidth = max(v.labelWidth, label(field.Label)+14)
		v.typeWidth = max(v.typeWidth, kind(field.Describe())+20)
	}
	v.labelWidth, v.typeWidth = min(v.labelWidth, 210), min(v.typeWidth, 150)
}

func (v *FormView) refilter() {
	before := slices.Clone(v.shown)
	v.shown = v.shown[:0]
	words := strings.Fields(v.text)
	for i, field := range v.fields {
		if v.passes(field) && matches(words, NavItem{Label: field.Label, Note: field.Name}) {
			v.shown = append(v.shown, i)
			if row := v.rows[i]; row != nil {
				row.sync()
				if _, stayed := slices.BinarySearch(before, i); !stayed {
					row.Refresh() // the theme may have changed while it was away
				}
			}
		}
	}
	v.empty.Hidden = len(v.shown) > 0 || len(v.fields) == 0
	v.build(0, formChunk)
	v.relayout()
	v.buildVisible()
	v.Refresh()
}

func (v *FormView) passes(field *forms.Field) bool {
	switch v.only {
	case RequiredFields:
		return field.Required
	case FilledFields:
		return v.form.State(field.Name) != forms.LeftOut
	case ProblemFields:
		return v.form.Problem(field.Name) != nil
	}
	return true
}

// build makes the rows of a range of shown fields that are not there yet.
func (v *FormView) build(from, to int) (built bool) {
	for at := max(from, 0); at < min(to, len(v.shown)); at++ {
		if i := v.shown[at]; v.rows[i] == nil {
			v.rows[i] = newFormRow(v, v.fields[i])
			built = true
		}
	}
	return built
}

// buildVisible makes the rows in view, and a chunk ahead.
func (v *FormView) buildVisible() {
	if len(v.shown) == 0 {
		return
	}
	first := v.at(v.scroll.Offset.Y)
	last := v.at(v.scroll.Offset.Y + v.scroll.Size().Height)
	if v.build(first-1, last+formChunk/2) {
		v.relayout()
	}
}

// at finds the shown field at a height.
func (v *FormView) at(y float32) int {
	at, _ := slices.BinarySearch(v.tops, y)
	return min(max(at-1, 0), len(v.shown)-1)
}

// relayout moves the rows after the height of one changed.
func (v *FormView) relayout() {
	v.body.measure()
	v.scroll.Refresh()
}

func (v *FormView) changed(row *formRow) {
	if row.sync() {
		v.relayout()
		v.reveal(slices.Index(v.rows, row))
	}
	if v.OnChanged != nil {
		v.OnChanged(row.field.Name)
	}
}

func (v *FormView) actions(field *forms.Field) []FieldAction {
	if field.ReadOnly {
		return nil
	}
	var actions []FieldAction
	if field.Key {
		actions = append(actions, FieldAction{"New ID", func() { v.newID(field.Name) }})
	}
	switch field.Kind {
	case metadata.KindDateTime, metadata.KindTimeOfDay:
		actions = append(actions, FieldAction{"Now", func() { v.fill(field.Name, "now") }})
	case metadata.KindDate:
		actions = append(actions, FieldAction{"Today", func() { v.fill(field.Name, "today") }})
	}
	if v.ActionsFor != nil {
		actions = append(actions, v.ActionsFor(field)...)
	}
	return actions
}

func (v *FormView) newID(name string) {
	id, err := v.form.NewID(name)
	if err != nil {
		v.SetNote(name, "No id could be made: "+err.Error(), RoleProblem)
		return
	}
	v.fill(name, id)
}

// fill writes a text as if it was typed.
func (v *FormView) fill(name, text string) {
	v.form.SetText(name, text)
	if row := v.row(name); row != nil {
		v.changed(row)
		focus(row.editor)
	}
}

// CreateRenderer makes the renderer.
func (v *FormView) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(stack(v.scroll, Pad(16, 16, 16, 16, Column(0, v.empty, Spacer()))))
}

// MinSize leaves room for a label, a short editor and a type.
func (v *FormView) MinSize() fyne.Size { return fyne.NewSize(360, 120) }
