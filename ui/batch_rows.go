// The right card of the batch page: the rows of a file as the form reads
// them, and whether they fit.

package ui

import (
	"slices"
	"strconv"

	"fyne.io/fyne/v2"

	"github.com/activitydesk/activitydesk/client/journal"
	"github.com/activitydesk/activitydesk/forms"
	"github.com/activitydesk/activitydesk/ui/widgets"
	"github.com/activitydesk/activitydesk/ui/words"
)

// batchRows shows the rows. Only those in view are read.
type batchRows struct {
	filter  *widgets.Picker
	count   *widgets.Text
	table   *widgets.DataTable
	problem *widgets.Text // what is wrong with the chosen row
	state   *widgets.StatePanel
	content fyne.CanvasObject

	plan   *batchPlan               // nil: there is nothing to show
	result *batchResult             // nil: not all rows are checked
	sent   map[string]journal.Entry // newest send of a key
	only   batchOnly
	fields []*forms.Field // one for each column of values

	onChosen func()
	onOpen   func()
}

// fieldsBeforeResult is how many values stand before a row's result, which is
// to be seen without scrolling. What identifies an activity comes first.
const fieldsBeforeResult = 4

func newBatchRows(env *Env, onChosen, onOpen func()) *batchRows {
	r := &batchRows{
		count:    widgets.NewEllipsisText("", widgets.RoleCaption),
		problem:  widgets.NewWrappedText("", widgets.RoleProblem),
		onChosen: onChosen, onOpen: onOpen,
	}
	r.filter = widgets.NewPicker("Show", r.filterItems)
	r.table = widgets.NewDataTable(r.model())
	r.table.OnSelected = func(int) { r.showProblem(); r.onChosen() }
	r.table.OnActivated = func(int) { r.onOpen() }
	r.content = r.layout(env)
	r.showFilter()
	return r
}

// Content is the card.
func (r *batchRows) Content() fyne.CanvasObject { return r.content }

// Show shows the rows by a plan; which of them fit is not known yet.
func (r *batchRows) Show(plan *batchPlan) {
	chosen := r.Chosen()
	if r.plan == nil || r.plan.Table.Name != plan.Table.Name {
		chosen = 1
	}
	r.plan, r.result, r.only = plan, nil, batchAll
	r.fields = plan.Fields()
	r.table.SetModel(r.model())
	r.limitWidths()
	r.choose(chosen)
	r.showFilter()
	r.state.ShowContent()
}

// limitWidths keeps long values from pushing the result out of sight.
func (r *batchRows) limitWidths() {
	const widest = 160
	for column := range len(r.fields) + 2 {
		if column != r.resultPlace() && r.table.ColumnWidth(column) > widest {
			r.table.SetColumnWidth(column, widest)
		}
	}
}

// Clear shows no rows.
func (r *batchRows) Clear() {
	r.plan, r.result, r.only, r.fields, r.sent = nil, nil, batchAll, nil, nil
	r.table.SetModel(r.model())
	r.showProblem()
	r.showFilter()
}

// ShowResult shows which rows fit.
func (r *batchRows) ShowResult(result batchResult) {
	r.result = &result
	r.showFilter()
}

// ShowSent marks the rows whose key was sent before.
func (r *batchRows) ShowSent(sent map[string]journal.Entry) {
	r.sent = sent
	r.table.Refresh()
}

// Chosen is the number of the chosen row, from 1; 0: none.
func (r *batchRows) Chosen() int {
	if i := r.table.SelectedRow(); i >= 0 && i < r.shown() {
		return r.number(i)
	}
	return 0
}

// choose marks a row by its number, or the first one where the filter does not
// let it through.
func (r *batchRows) choose(number int) {
	at := max(0, number-1)
	if numbers, filtered := r.result.numbers(r.only); filtered {
		var there bool
		if at, there = slices.BinarySearch(numbers, number); !there {
			at = 0
		}
	}
	r.table.SelectRow(at)
	r.showProblem()
	r.onChosen()
}

// shown is how many rows the filter lets through.
func (r *batchRows) shown() int {
	if r.plan == nil {
		return 0
	}
	if numbers, filtered := r.result.numbers(r.only); filtered {
		return len(numbers)
	}
	return r.plan.Table.Len()
}

// number is the number of the row in a place of the table; 0 for a place that
// the filter has just taken away.
func (r *batchRows) number(place int) int {
	if place >= r.shown() {
		return 0
	}
	if numbers, filtered := r.result.numbers(r.only); filtered {
		return numbers[place]
	}
	return place + 1
}

func (r *batchRows) filterItems() []widgets.MenuItem {
	if r.plan == nil {
		return nil
	}
	items := make([]widgets.MenuItem, 0, 3)
	for _, only := range []batchOnly{batchAll, batchFit, batchUnfit} {
		item := widgets.MenuItem{
			Label: only.label(), Note: rowsWords(r.plan.Table.Len()), Checked: only == r.only,
			OnChosen: func() { r.setFilter(only) },
		}
		if only != batchAll {
			numbers, known := r.result.numbers(only)
			item.Note, item.Disabled = rowsWords(len(numbers)), len(numbers) == 0
			if !known {
				item.Note = "not all rows are checked"
			}
		}
		items = append(items, item)
	}
	return items
}

func (r *batchRows) setFilter(only batchOnly) {
	chosen := r.Chosen()
	r.table.SelectRow(-1)
	r.only = only
	r.table.Reload()
	r.choose(chosen)
	r.showFilter()
}

func (r *batchRows) showFilter() {
	r.filter.Set(r.only.label(), "", widgets.ToneNeutral)
	text := ""
	if r.plan != nil {
		text = rowsWords(r.shown())
		if r.only != batchAll {
			text = words.Grouped(r.shown()) + " of " + rowsWords(r.plan.Table.Len())
		}
	}
	r.count.SetText(text)
	r.table.Refresh()
	r.content.Refresh()
}

// showProblem says in full what is wrong with the chosen row.
func (r *batchRows) showProblem() {
	text := ""
	if number := r.Chosen(); number > 0 {
		text = rowProblems(number, r.plan.Look(number).Problems)
	}
	r.problem.SetText(text)
	setVisible(r.problem, text != "")
	r.content.Refresh()
}

// resultPlace is the column of the results.
func (r *batchRows) resultPlace() int { return 1 + min(len(r.fields), fieldsBeforeResult) }

// fieldAt is the field of a column of values.
func (r *batchRows) fieldAt(column int) *forms.Field {
	if column > r.resultPlace() {
		column--
	}
	return r.fields[column-1]
}

func (r *batchRows) model() widgets.TableModel {
	const numberWidth, resultWidth = 56, 240
	columns := []widgets.TableColumn{{ID: "row", Title: "Row", Width: numberWidth}}
	for i, field := range r.fields {
		if i == fieldsBeforeResult {
			columns = append(columns, widgets.TableColumn{ID: "result", Title: "Result", Width: resultWidth})
		}
		columns = append(columns, widgets.TableColumn{ID: "field " + field.Name, Title: field.Name})
	}
	if len(r.fields) <= fieldsBeforeResult {
		columns = append(columns, widgets.TableColumn{ID: "result", Title: "Result", Width: resultWidth})
	}
	return widgets.TableModel{Columns: columns, Rows: r.shown, Cell: r.cell}
}

func (r *batchRows) cell(place, column int) widgets.TableCell {
	number := r.number(place)
	if column == 0 {
		return widgets.TableCell{Text: strconv.Itoa(number)}
	}
	row := r.plan.Look(number)
	if column == r.resultPlace() {
		return r.resultOf(row)
	}
	return widgets.TableCell{Text: row.Texts[r.fieldAt(column).Name]}
}

// resultOf says whether a row fits, or what became of it when it was sent.
func (r *batchRows) resultOf(row batchRow) widgets.TableCell {
	if len(row.Problems) > 0 {
		return widgets.TableCell{Text: problemLine(row.Problems[0]), Tone: widgets.ToneDanger}
	}
	if entry, ok := r.sent[row.Key]; ok && row.Key != "" {
		word, tone := stateBadge(entry)
		return widgets.TableCell{Text: word, Tone: tone, Badge: true}
	}
	return widgets.TableCell{Text: "fits", Tone: widgets.ToneNeutral, Badge: true}
}
