// How the connections page is laid out, and its table.

package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/activitydesk/activitydesk/ui/widgets"
)

// layout puts the details beside the list.
func (p *ConnectionsPage) layout() fyne.CanvasObject {
	buttons := widgets.Row(6, p.add, widgets.NewButton("Import…", p.importFile), p.export)
	top := widgets.Pad(12, 16, 8, 16, widgets.Column(8,
		container.NewBorder(nil, nil, widgets.NewText("Connections", widgets.RoleTitle), buttons),
		p.filter))
	foot := container.NewBorder(widgets.NewRule(), nil, nil, nil, widgets.Pad(8, 16, 8, 16, p.foot))
	p.state = newStatePanel(p.env, widgets.Dock(nil, nil, foot, nil, widgets.Pad(0, 8, 0, 8, p.table)))
	list := widgets.Dock(widgets.Column(0, top, widgets.NewRule()), nil, nil, nil, p.state)
	return newColumns(p.env, PageConnections, nil, list, p.detail.Content(),
		columnWidths{RightShare: 0.42, RightMin: 400, RightMax: 620})
}

// The columns of the table.
const (
	connectionName = iota
	connectionWhere
	connectionSignsIn
	connectionStands
)

func (p *ConnectionsPage) model() widgets.TableModel {
	return widgets.TableModel{
		Columns: []widgets.TableColumn{
			connectionName:    {ID: "name", Title: "Name", Width: 172},
			connectionWhere:   {ID: "host", Title: "Host", Width: 150},
			connectionSignsIn: {ID: "auth", Title: "Signs in by", Width: 104},
			connectionStands:  {ID: "state", Title: "", Width: 70},
		},
		Rows: func() int { return len(p.listed) },
		Cell: p.cell,
	}
}

func (p *ConnectionsPage) cell(row, column int) widgets.TableCell {
	c := p.listed[row]
	switch column {
	case connectionName:
		return widgets.TableCell{Text: c.Name, Mark: c.Colour}
	case connectionWhere:
		return widgets.TableCell{Text: connectionHost(c)}
	case connectionSignsIn:
		return widgets.TableCell{Text: methodOf(c.Auth).short}
	}
	switch result := p.results[c.ID]; {
	case c.ID == p.host.place().Connection.ID:
		return widgets.TableCell{Text: "in use", Tone: widgets.ToneInfo, Badge: true}
	case result.of == c && len(result.steps) > 0 && !passed(result.steps):
		return widgets.TableCell{Text: "failed", Tone: widgets.ToneDanger, Badge: true}
	default:
		return widgets.TableCell{}
	}
}
