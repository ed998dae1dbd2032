// How the history page is laid out, and its table.

package ui

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/activitydesk/activitydesk/client/journal"
	"github.com/activitydesk/activitydesk/ui/widgets"
	"github.com/activitydesk/activitydesk/ui/words"
)

// layout puts the details beside the list.
func (p *HistoryPage) layout() fyne.CanvasObject {
	top := widgets.Pad(12, 16, 8, 16, container.NewBorder(nil, nil,
		widgets.NewText("History", widgets.RoleTitle), widgets.Sized(300, 0, p.filter)))
	foot := container.NewBorder(widgets.NewRule(), nil, nil, nil, widgets.Pad(8, 16, 8, 16, p.foot))
	p.state = newStatePanel(p.env, widgets.Dock(nil, nil, foot, nil, widgets.Pad(0, 8, 0, 8, p.table)))
	list := widgets.Dock(widgets.Column(0, top, widgets.NewRule()), nil, nil, nil, p.state)
	return newColumns(p.env, PageHistory, nil, list, p.detail.Content(), columnWidths{RightShare: 0.36, RightMin: 350, RightMax: 760})
}

// The columns of the table.
const (
	historyTime = iota
	historyState
	historyKey
	historyEntity
	historyInstance
)

func (p *HistoryPage) model() widgets.TableModel {
	return widgets.TableModel{
		Columns: []widgets.TableColumn{
			historyTime:     {ID: "time", Title: "Time", Width: 136},
			historyState:    {ID: "state", Title: "State", Width: 112},
			historyKey:      {ID: "key", Title: "Key", Width: 116},
			historyEntity:   {ID: "entity", Title: "Entity", Width: 208},
			historyInstance: {ID: "instance", Title: "Instance", Width: 170},
		},
		Rows: func() int { return len(p.entries) },
		Cell: p.cell,
	}
}

func (p *HistoryPage) cell(row, column int) widgets.TableCell {
	return historyCell(p.entries[row], column, p.env.Zone())
}

// historyCell is a cell of a table of sends.
func historyCell(e journal.Entry, column int, zone *time.Location) widgets.TableCell {
	switch column {
	case historyTime:
		return widgets.TableCell{Text: words.Time(e.CreatedAt, zone)}
	case historyState:
		word, tone := stateBadge(e)
		return widgets.TableCell{Text: word, Tone: tone, Badge: true}
	case historyKey:
		return widgets.TableCell{Text: keyWords(e)}
	case historyEntity:
		return widgets.TableCell{Text: e.Entity}
	default:
		return widgets.TableCell{Text: instanceWords(e)}
	}
}
