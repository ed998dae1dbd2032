// Members that are sent although the entity does not have them: the form says
// so below its fields, with a way to take them out.

package ui

import (
	"strings"

	"fyne.io/fyne/v2"

	"github.com/activitydesk/activitydesk/forms"
	"github.com/activitydesk/activitydesk/ui/widgets"
	"github.com/activitydesk/activitydesk/ui/words"
)

// extrasNote is the line below the fields.
type extrasNote struct {
	remove  func(forms.Extra)
	text    *widgets.Text
	button  *widgets.Button
	content fyne.CanvasObject
	shown   []forms.Extra
}

func newExtrasNote(remove func(forms.Extra)) *extrasNote {
	n := &extrasNote{remove: remove, text: widgets.NewWrappedText("", widgets.RoleCaption)}
	n.text.SetColor(widgets.ColorInfoText)
	n.button = widgets.NewLinkButton("Remove", n.tapped)
	words := widgets.Column(0, widgets.Spacer(), n.text, widgets.Spacer())
	line := widgets.Dock(nil, widgets.Pad(0, 0, 0, 10, n.button), nil, nil, words)
	n.content = widgets.Pad(6, 16, 8, 16, widgets.NewArea(widgets.ColorInfoSoft, widgets.Pad(3, 10, 3, 10, line)))
	n.content.Hide()
	return n
}

// Content is the note's part of the form's tab.
func (n *extrasNote) Content() fyne.CanvasObject { return n.content }

// Show names the members; without any there is no note.
func (n *extrasNote) Show(extras []forms.Extra) {
	n.shown = extras
	setVisible(n.content, len(extras) > 0)
	if len(extras) == 0 {
		return
	}
	names := make([]string, len(extras))
	for i, extra := range extras {
		names[i] = shortName(extra.Name)
	}
	is := " further member is sent: "
	if len(extras) > 1 {
		is = " further members are sent: "
	}
	n.text.SetText(words.Grouped(len(extras)) + is + strings.Join(names, ", "))
}

func (n *extrasNote) tapped() {
	if len(n.shown) == 1 {
		n.remove(n.shown[0])
		return
	}
	items := make([]widgets.MenuItem, len(n.shown))
	for i, extra := range n.shown {
		items[i] = widgets.MenuItem{Label: "Remove " + shortName(extra.Name), OnChosen: func() { n.remove(extra) }}
	}
	widgets.ShowMenuBelow(n.button, items)
}

// removeExtra takes a further member out of the payload and offers to undo it.
func (p *ComposePage) removeExtra(extra forms.Extra) {
	d := p.current
	if d == nil {
		return
	}
	if p.changeWhole(d, func() { d.form.DropExtra(extra.Name) }) {
		p.offerUndo(d, shortName(extra.Name)+" is no longer sent.")
	}
}
