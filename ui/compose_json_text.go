// What can be done with the JSON tab's text as a whole, each undone on demand:
// taking it from the fields, pasting, laying it out, and deciding upon members
// that the entity does not have.

package ui

import (
	"fyne.io/fyne/v2"

	"github.com/activitydesk/activitydesk/forms"
	"github.com/activitydesk/activitydesk/ui/widgets"
	"github.com/activitydesk/activitydesk/ui/words"
)

// takeFieldsJSON puts the fields' JSON in place of the text.
func (p *ComposePage) takeFieldsJSON() {
	d := p.openJSON()
	if d == nil {
		return
	}
	before := d.json
	d.takeJSON()
	p.putJSON(d, d.json.text)
	p.offerText(d, "The text was taken from the fields again.", func() {
		d.json = before // the fields have not changed by it
		p.putJSON(d, before.text)
	})
}

// replaceJSON puts another text in place of the whole and offers to undo it.
func (p *ComposePage) replaceJSON(text, said string) {
	d := p.current
	if d == nil || d.json == nil || text == d.json.text {
		return
	}
	before := *d.json
	p.putJSON(d, text)
	p.offerText(d, said, func() {
		if d.json == nil {
			d.takeJSON()
		}
		d.json.edit.Remember(before.edit)
		p.putJSON(d, before.text)
	})
}

// putJSON makes a text that of a draft, shown or not, and applies it.
func (p *ComposePage) putJSON(d *draft, text string) {
	if d == p.current && p.jsonShown() {
		p.work.json.editor.Replace(text)
	}
	d.json.text, d.json.typed = text, true
	left := d.json.edit.Draft(text)
	d.pending = &left
	p.settleJSON(d)
}

// offerText says what was done to a draft's text, and undoes it on demand.
func (p *ComposePage) offerText(d *draft, said string, undo func()) {
	p.offerJSON(d, said, "Undo", undo)
}

// offerLeft offers a text back that was put away with what it belonged to. Its
// members are then what one wants, whatever the fields hold by now.
func (p *ComposePage) offerLeft(d *draft, left *jsonWork) {
	p.offerJSON(d, "The JSON that was not applied was put away.", "Take it back", func() {
		d.takeJSON()
		d.json.edit.Remember(left.edit)
		p.putJSON(d, left.text)
	})
}

func (p *ComposePage) offerJSON(d *draft, said, action string, act func()) {
	p.env.Notify(Notice{
		Key: "json-" + d.key.Instance + "-" + d.key.Entity, Tone: ToneInfo, Text: said, Action: action,
		OnAction: func() {
			if d == p.current {
				p.work.ShowJSON()
			}
			act()
		},
	})
}

// openJSON goes to the text and answers its draft; nil: there is none.
func (p *ComposePage) openJSON() *draft {
	if d := p.current; d == nil || d.row.Muted {
		return nil
	}
	p.work.ShowJSON()
	return p.current
}

// formatJSON lays the text out; what does not parse is left, and its line is
// shown.
func (p *ComposePage) formatJSON() {
	d := p.openJSON()
	if d == nil {
		return
	}
	text, err := forms.FormatJSON(d.json.text)
	if err != nil {
		p.settleJSON(d)
		p.work.json.GoToProblem(false)
		return
	}
	p.work.json.editor.Replace(text)
	p.settleJSON(d)
}

// pasteOverJSON goes to the text and pastes.
func (p *ComposePage) pasteOverJSON() {
	if p.openJSON() != nil {
		p.pasteJSON()
	}
}

func (p *ComposePage) copyJSONText() {
	if d := p.current; d != nil && d.json != nil {
		p.env.Copy(d.json.text)
	}
}

func (p *ComposePage) pasteJSON() {
	text := widgets.PlainLines(fyne.CurrentApp().Clipboard().Content())
	if text == "" {
		p.env.Notify(Notice{Key: "paste", Tone: ToneWarning, Text: "The clipboard holds no text."})
		return
	}
	p.replaceJSON(text, "The text was replaced by the clipboard's.")
}

// keepMembers has unknown members sent.
func (p *ComposePage) keepMembers(names ...string) {
	if d := p.current; d != nil && d.json != nil {
		d.json.edit.Keep(names...)
		d.json.typed = true
		p.settleJSON(d)
	}
}

func (p *ComposePage) dropMembers(names ...string) {
	if d := p.current; d != nil && d.json != nil {
		p.replaceJSON(forms.DropMembers(d.json.text, names...), words.Counted(len(names), "member was", "members were")+" taken out of the text.")
	}
}

func (p *ComposePage) renameMembers(members ...forms.UnknownMember) {
	d := p.current
	if d == nil || d.json == nil {
		return
	}
	text := d.json.text
	for _, m := range members {
		text = forms.RenameMember(text, m.Name, m.Meant)
	}
	p.replaceJSON(text, words.Counted(len(members), "member was", "members were")+" renamed in the text.")
}
