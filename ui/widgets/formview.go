// This file is FormView: an entity's form, a row for each field. Rows are
// made in chunks as they come near, so that 1,000 fields open as quickly as 20.

package widgets

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/activitydesk/activitydesk/forms"
)

// FieldAction is a link in a field, for example "Find customer".
type FieldAction struct {
	Label string
	Run   func()
	Note  string // its key, where it has one
}

// FormView shows a form and writes into it what is typed. It is used by Tab,
// which reaches every field and scrolls to it; Alt+Down opens a field's menu
// of states. A keystroke updates its own row alone. Undo and redo in its fields
// are the window's, which keeps one history of the form. The fields of a large
// form stand in groups that fold.
type FormView struct {
	widget.BaseWidget

	// OnChanged is called after a person changed a field.
	OnChanged func(name string)
	// OnLeft is called when the cursor leaves a field.
	OnLeft func(name string)
	// ActionsFor gives further links for a field; "New ID" for keys and
	// "Now" for times are there already. It is asked once for each field.
	ActionsFor func(*forms.Field) []FieldAction
	// OnCounts is called when Counts or Shown may have changed.
	OnCounts func()
	// OnFilterGone is called when the view itself took the filter away: to
	// show a field, or because a person asked for all of them.
	OnFilterGone func()
	// OnFold is called when a person folded or opened groups.
	OnFold func()
	// Sent gives the texts that were sent for a field before, newest first.
	Sent func(field string) []string
	// OnLoadFile is asked to fill a field from a file; nil: not offered.
	OnLoadFile func(*forms.Field)
	// Window has the view, so that the cursor can be put into a view that was
	// not drawn yet; nil: it is found once it was drawn.
	Window fyne.Window
	// Zones are the IANA names that the menu of a date-time's zone offers.
	Zones []string

	form      *forms.Form
	groups    []forms.Group
	slots     []formSlot     // the fields in the order of their groups
	index     map[string]int // of a field's name in slots
	headings  []*formHeading // by group; nil until it comes near
	lines     []formLine     // what the filter and the folds let through
	headAt    []int          // by group: the line of its heading; -1: none
	tops      []float32      // of lines, and the height of all at the end
	live      []int          // the lines that stand in the tree, ascending
	cursor    formLine       // where the cursor is, or was last
	holder    fyne.Focusable // what had the focus there
	hit       int            // the slot that stepping through what was found has reached; -1: none
	arranging bool
	round     int   // of arranging
	standing  []int // the slots that have a row

	counts     []FieldCounts // by group
	total      FieldCounts
	shown      int // fields that the filter lets through, folded or not
	words      []string
	only       FieldFilter
	folded     map[string]bool // by title, without a filter
	foldedHere map[string]bool // while there is one
	notes      map[string]fieldNote
	several    map[string]bool // the fields that were given several lines, or one
	missing    bool

	labelWidth, typeWidth float32
	body                  *formBody
	scroll                *container.Scroll
	rest                  *formRest
	empty                 *formEmpty
}

// formSlot is one field in the view.
type formSlot struct {
	field                *forms.Field
	group                int
	row                  *formRow // nil until it comes near
	line                 int      // its place in lines; -1: none
	passes               bool     // the filter lets it through
	height               float32  // with the gap, as measured; 0: not known
	stale                bool     // its row has to follow the form
	round                int      // of arranging: the last in which it stood in the tree
	filled, wrong, lacks bool     // as counted: in the payload; has a problem; is only missing
	names                string   // what it is found by
}

// formLine is a heading (slot < 0) or a field.
type formLine struct{ group, slot int }

type fieldNote struct {
	text string
	role Role
}

var _ fyne.Widget = (*FormView)(nil)

const (
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
	v := &FormView{hit: -1, cursor: formLine{-1, -1}}
	v.empty = newFormEmpty(v.showAll)
	v.rest = newFormRest(v.showAll)
	v.body = &formBody{view: v}
	v.body.ExtendBaseWidget(v.body)
	v.scroll = container.NewVScroll(v.body)
	v.scroll.OnScrolled = func(fyne.Position) {
		v.arrange(false)
		v.followSuggestions()
	}
	v.ExtendBaseWidget(v)
	return v
}

// SetForm shows another form, from its top, with all groups open; nil shows
// none. The filter stays. A cursor leaves its field: Fyne would leave it in a
// row that is not seen any more, and what is typed there belongs nowhere.
func (v *FormView) SetForm(form *forms.Form) {
	if v.hasFocus() {
		v.canvas().Unfocus()
	}
	v.form, v.notes, v.missing = form, map[string]fieldNote{}, false
	v.several = map[string]bool{}
	v.groups, v.slots, v.index = nil, nil, map[string]int{}
	v.folded, v.foldedHere = map[string]bool{}, map[string]bool{}
	v.lines, v.headAt, v.tops, v.live, v.standing = nil, nil, nil, nil, nil
	v.cursor, v.hit = formLine{-1, -1}, -1
	if form != nil && form.Len() > 0 {
		v.groups = forms.GroupFields(form.Fields())
	}
	for g, group := range v.groups {
		for _, field := range group.Fields {
			v.index[field.Name] = len(v.slots)
			v.slots = append(v.slots, formSlot{field: field, group: g, line: -1})
		}
	}
	v.headings = make([]*formHeading, len(v.groups))
	v.countAll()
	v.measureColumns()
	v.scroll.ScrollToOffset(fyne.Position{})
	v.refilter(true)
}

// Form gives the form that is shown, or nil.
func (v *FormView) Form() *forms.Form { return v.form }

// Sync shows what the form holds after it was changed from elsewhere.
func (v *FormView) Sync() {
	for i := range v.slots {
		v.slots[i].stale, v.slots[i].height = true, 0
	}
	v.countAll()
	if v.only == FilledFields || v.only == ProblemFields {
		v.refilter(!v.hasFocus())
		return
	}
	v.relayout()
}

// SyncField does the same for one field.
func (v *FormView) SyncField(name string) {
	i, ok := v.index[name]
	if !ok {
		return
	}
	v.slots[i].stale = true
	v.count(i)
	v.relayout()
}

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
// reason; longer ones end with an ellipsis. Measuring text is dear, so of the
// labels only those with the most letters are measured, and each type once.
func (v *FormView) measureColumns() {
	const enough = 8
	label := measureWith(sizeOf(v, theme.SizeNameText), fyne.TextStyle{})
	kind := measureWith(sizeOf(v, SizeSmall), fyne.TextStyle{})
	v.labelWidth, v.typeWidth = 110, 90
	labels := make([]string, len(v.slots))
	kinds := map[string]bool{}
	for i := range v.slots {
		field := v.slots[i].field
		labels[i] = field.Label
		if about := field.Describe(); !kinds[about] {
			kinds[about] = true
			v.typeWidth = max(v.typeWidth, kind(about)+20)
		}
	}
	slices.SortFunc(labels, func(a, b string) int { return len(b) - len(a) })
	for _, text := range labels[:min(len(labels), enough)] {
		v.labelWidth = max(v.labelWidth, label(text)+14)
	}
	v.labelWidth, v.typeWidth = min(v.labelWidth, 210), min(v.typeWidth, 150)
}

// changed follows what a person typed into a row. The view comes back to it
// if it was scrolled away.
func (v *FormView) changed(row *formRow) {
	i, ok := v.index[row.field.Name]
	if !ok {
		return // of another form
	}
	if v.slots[i].row != row { // a menu was open while its row was made anew
		v.SyncField(row.field.Name)
		v.tellChanged(row.field.Name)
		return
	}
	moved := row.sync()
	v.count(i)
	if moved {
		v.relayout()
	}
	v.reveal(v.slots[i].line)
	v.tellChanged(row.field.Name)
}

func (v *FormView) tellChanged(name string) {
	if v.OnChanged != nil {
		v.OnChanged(name)
	}
}

// has says whether a row is the one of its field, and not of a form that was
// shown before.
func (v *FormView) has(row *formRow) bool { return v.row(row.field.Name) == row }

func (v *FormView) actions(field *forms.Field) []FieldAction {
	if field.ReadOnly {
		return nil
	}
	actions := v.ownActions(field)
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
		row.focusEditor()
	}
}

// CreateRenderer makes the renderer.
func (v *FormView) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(stack(v.scroll, v.empty.content))
}

// MinSize leaves room for a label, a short editor and a type.
func (v *FormView) MinSize() fyne.Size { return fyne.NewSize(360, 120) }
