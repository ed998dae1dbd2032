// How the batch page is laid out: the file at the top, its columns and its
// rows in two cards, and the bar with the button that opens a row.

package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/activitydesk/activitydesk/ui/widgets"
	"github.com/activitydesk/activitydesk/ui/words"
)

// layout puts head and bar around the cards.
func (p *BatchPage) layout() fyne.CanvasObject {
	words := widgets.Column(2, p.title, p.subtitle)
	head := container.NewBorder(nil, nil, nil, widgets.Pad(4, 0, 4, 12, p.entity), words)
	file := container.NewBorder(nil, nil, nil, widgets.Pad(0, 0, 0, 6, widgets.NewButton("Open a file…", p.chooseFile)), p.path)
	p.whole = newStatePanel(p.env, newCards(p.env, PageBatch, p.columns.Content(), p.rows.Content(), batchWidths))
	foot := widgets.Column(0, widgets.Spacer(), widgets.NewWrappedText(batchFootWords, widgets.RoleCaption), widgets.Spacer())
	p.bar = widgets.Dock(nil, nil, nil, p.open, widgets.Pad(0, 0, 0, 14, foot))
	bar := widgets.NewArea(widgets.ColorPanel, widgets.Dock(widgets.NewRule(), nil, nil, nil, widgets.Pad(11, 16, 11, 16, p.bar)))
	top := widgets.Pad(12, 16, 10, 16, widgets.Column(8, head, file, p.progress.Content()))
	return widgets.Dock(top, nil, bar, nil, widgets.Pad(0, 16, 12, 16, p.whole))
}

// layout stacks heading, table, pickers and words.
func (c *batchColumns) layout() fyne.CanvasObject {
	c.edit = widgets.Column(6, c.name, c.field, c.reading)
	setVisible(c.edit, false)
	c.parts = container.New(batchColumnsLayout{c.rowCount},
		widgets.Pad(4, 4, 4, 4, widgets.NewText("Columns to fields", widgets.RoleHeading)),
		c.table,
		widgets.Pad(6, 4, 0, 4, c.edit),
		widgets.Pad(6, 4, 4, 4, widgets.Column(6, c.lacks, c.says, c.warns)),
	)
	return widgets.NewCard(widgets.Pad(8, 8, 8, 8, c.parts))
}

func (c *batchColumns) rowCount() int { return len(c.columns) }

// layout puts the filter above the table and what is wrong below.
func (r *batchRows) layout(env *Env) fyne.CanvasObject {
	head := container.NewBorder(nil, nil, r.filter, nil, widgets.Pad(0, 4, 0, 10, r.count))
	foot := widgets.Pad(4, 4, 2, 4, r.problem)
	setVisible(r.problem, false)
	r.state = newStatePanel(env, widgets.Dock(widgets.Pad(0, 0, 6, 0, head), nil, foot, nil, r.table))
	return widgets.NewCard(widgets.Pad(8, 8, 8, 8, r.state))
}

// batchWidths put the columns of a file at the left and its rows beside them.
var batchWidths = columnWidths{LeftShare: 0.38, LeftMin: 280, LeftMax: 480, MiddleMin: 320, Gap: 12}

// batchColumnsLayout stacks objects of which the second, a table, is as tall
// as its rows, or as the others leave room.
type batchColumnsLayout struct{ rows func() int }

// A DataTable's measures.
const (
	tableHead  float32 = 28
	tableLine  float32 = 26
	tableLeast         = 2 // rows
)

// MinSize leaves room for a few rows.
func (l batchColumnsLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var size fyne.Size
	for i, o := range objects {
		need := o.MinSize()
		if i == 1 {
			need.Height = tableHead + tableLeast*tableLine
		}
		size.Width = max(size.Width, need.Width)
		size.Height += need.Height
	}
	return size
}

// Layout gives the table what the others leave.
func (l batchColumnsLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	free := size.Height
	for i, o := range objects {
		if i != 1 {
			o.Resize(fyne.NewSize(size.Width, o.Size().Height)) // wrapped text knows its height by its width
			free -= o.MinSize().Height
		}
	}
	const scrollBar = 10
	y := float32(0)
	for i, o := range objects {
		height := o.MinSize().Height
		if i == 1 {
			height = max(tableHead+tableLeast*tableLine, min(free, tableHead+float32(l.rows())*tableLine+scrollBar))
		}
		put(o, 0, y, size.Width, height)
		y += height
	}
}

// batchProgress is the line that says how far the check has come.
type batchProgress struct {
	meter   *widgets.Meter
	words   *widgets.Text
	act     *widgets.Button
	content *fyne.Container
}

func newBatchProgress(stopOrCheck func()) *batchProgress {
	b := &batchProgress{
		meter: widgets.NewMeter(120, 10),
		words: widgets.NewEllipsisText("", widgets.RoleBody),
		act:   widgets.NewLinkButton("", stopOrCheck),
	}
	b.content = widgets.Column(2, b.meter, container.NewBorder(nil, nil, nil, b.act, b.words))
	b.content.Hide()
	return b
}

// Content is the line.
func (b *batchProgress) Content() fyne.CanvasObject { return b.content }

// Show says that rows are being checked.
func (b *batchProgress) Show(done, all int) {
	b.meter.Set(float64(done)/float64(max(all, 1)), widgets.ToneInfo)
	b.words.SetText("Checking: " + words.Grouped(done) + " of " + rowsWords(all))
	b.act.SetText("Stop")
	b.content.Show()
}

// Stopped says that a person has ended it.
func (b *batchProgress) Stopped(done, all int) {
	b.meter.Set(float64(done)/float64(max(all, 1)), widgets.ToneNeutral)
	b.words.SetText("The check was stopped after " + words.Grouped(done) + " of " + rowsWords(all))
	b.act.SetText("Check all rows")
	b.content.Show()
}

// Hide takes the line away.
func (b *batchProgress) Hide() { b.content.Hide() }
