// The Sample rows tab: the first rows of an entity, as the service gives them.

package ui

import (
	"context"
	"fmt"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/activitydesk/activitydesk/client"
	"github.com/activitydesk/activitydesk/ui/widgets"
	"github.com/activitydesk/activitydesk/ui/words"
)

// sampleTop is how many rows are read. The service gives at most 100.
const sampleTop = 100

// sampleService is what reading sample rows needs of the service.
type sampleService interface {
	Query(ctx context.Context, entity string, q client.Query) (client.Page, error)
}

// sampleRows is what was read of an entity.
type sampleRows struct {
	Known bool // read, well or not
	Rows  []client.Row
	More  bool
	At    time.Time // when the rows were read
	Err   error     // of the newest read; the rows may be older ones
}

// failed is what is known after a read that did not work: the rows of before.
func (s sampleRows) failed(err error) sampleRows {
	s.Known, s.Err = true, err
	return s
}

// readSamples reads the first rows. A source entity takes no filter
// (contract, section 7), so there is none.
func readSamples(ctx context.Context, service sampleService, entity string) (sampleRows, error) {
	page, err := service.Query(ctx, entity, client.Query{Top: sampleTop})
	if err != nil {
		return sampleRows{}, fmt.Errorf("read sample rows: %w", err)
	}
	return sampleRows{Known: true, Rows: page.Rows, More: page.NextLink != ""}, nil
}

// values are the rows as forms read them.
func (s sampleRows) values() []map[string]any {
	out := make([]map[string]any, 0, len(s.Rows))
	for _, row := range s.Rows {
		values := make(map[string]any, row.Len())
		for _, name := range row.Names() {
			values[name], _ = row.Value(name)
		}
		out = append(out, values)
	}
	return out
}

// columns are the members of all rows, in the order in which they first come.
func (s sampleRows) columns() []string {
	var names []string
	seen := map[string]bool{}
	for _, row := range s.Rows {
		for _, name := range row.Names() {
			if !seen[name] {
				seen[name] = true
				names = append(names, name)
			}
		}
	}
	return names
}

// samplesTab shows sample rows.
type samplesTab struct {
	table   *widgets.DataTable
	start   *widgets.Button
	foot    *widgets.Text
	state   *widgets.StatePanel
	content fyne.CanvasObject
	names   []string
	shown   sampleRows

	env   *Env
	again func()           // reads the rows anew
	stop  func()           // ends that
	use   func(client.Row) // starts an activity from a row
}

func newSamplesTab(env *Env, again, stop func(), use func(client.Row)) *samplesTab {
	t := &samplesTab{env: env, foot: widgets.NewEllipsisText("", widgets.RoleCaption), again: again, stop: stop, use: use}
	t.start = widgets.NewButton("Use as a start", t.useSelected)
	t.start.SetTip("Fill the form with this row's values, with a new key")
	t.table = widgets.NewDataTable(t.model())
	t.table.OnSelected = func(int) { t.enable() }
	t.table.OnActivated = func(int) { t.useSelected() }
	foot := container.NewBorder(widgets.NewRule(), nil, nil, nil,
		widgets.Pad(8, 12, 8, 12, container.NewBorder(nil, nil, t.start, nil, widgets.Pad(0, 0, 0, 12, t.foot))))
	t.state = newStatePanel(env, container.NewBorder(nil, foot, nil, nil, t.table))
	t.content = t.state
	return t
}

// Content is the tab's part of the page.
func (t *samplesTab) Content() fyne.CanvasObject { return t.content }

// Show shows what is known of an entity's rows.
func (t *samplesTab) Show(rows sampleRows, reading, sendable bool) {
	t.shown, t.names = rows, rows.columns()
	t.table.SetModel(t.model())
	setVisible(t.start, sendable)
	t.enable()
	t.foot.SetRole(widgets.RoleCaption)
	switch {
	case len(rows.Rows) > 0:
		t.showRows(rows, reading)
	case reading:
		t.state.ShowLoading("Reading sample rows…", t.stop)
	case rows.Err != nil:
		showFailed(t.state, rows.Err, t.again)
	case !rows.Known:
		t.state.ShowEmpty("No rows were read", "", "Read sample rows", t.again)
	default:
		t.state.ShowEmpty("No rows", "The service has no rows of this entity, or none that you may see.", "Read again", t.again)
	}
}

// showRows shows rows, and in the foot whether they are old ones.
func (t *samplesTab) showRows(rows sampleRows, reading bool) {
	text := sampleWords(rows)
	switch {
	case reading:
		text += " · reading again… Esc stops it"
	case rows.Err != nil:
		t.foot.SetRole(widgets.RoleWarning)
		text = "Old, read " + words.ShortTime(rows.At, t.env.Now(), t.env.Zone()) + " · " + words.Explain(rows.Err).What + " F5 reads again."
	}
	t.foot.SetText(text)
	t.state.ShowContent()
}

func sampleWords(rows sampleRows) string {
	text := words.Counted(len(rows.Rows), "row", "rows")
	if rows.More {
		return "The first " + text + "; there are more"
	}
	return text
}

func (t *samplesTab) model() widgets.TableModel {
	columns := make([]widgets.TableColumn, 0, len(t.names))
	for _, name := range t.names {
		columns = append(columns, widgets.TableColumn{ID: name, Title: name})
	}
	return widgets.TableModel{
		Columns: columns,
		Rows:    func() int { return len(t.shown.Rows) },
		Cell:    t.cell,
	}
}

func (t *samplesTab) cell(row, column int) widgets.TableCell {
	name := t.names[column]
	value, there := t.shown.Rows[row].Value(name)
	switch {
	case !there:
		return widgets.TableCell{}
	case value == nil:
		return widgets.TableCell{Text: "null", Muted: true}
	default:
		return widgets.TableCell{Text: t.shown.Rows[row].Text(name)}
	}
}

// Focus goes to the rows, where there are any.
func (t *samplesTab) Focus(c fyne.Canvas) {
	if len(t.shown.Rows) > 0 {
		c.Focus(t.table)
	}
}

func (t *samplesTab) enable() {
	if t.table.SelectedRow() < 0 {
		t.start.Disable()
	} else {
		t.start.Enable()
	}
}

func (t *samplesTab) useSelected() {
	if row := t.table.SelectedRow(); row >= 0 && t.start.Visible() {
		t.use(t.shown.Rows[row])
	}
}
