// "Stored as sent?": what was sent beside what the timeline gives, field by
// field.

package ui

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2/container"

	"github.com/activitydesk/activitydesk/client/journal"
	"github.com/activitydesk/activitydesk/client/outbox"
	"github.com/activitydesk/activitydesk/ui/widgets"
	"github.com/activitydesk/activitydesk/ui/words"
)

const (
	storedTitle               = "Stored as sent?"
	storedWidth       float32 = 680
	storedTableHeight float32 = 300
)

// The columns of the table.
const (
	storedField = iota
	storedSent
	storedGiven
	storedVerdict
)

// showStored shows a comparison. Probably says that the activity was recognised
// by type and time alone.
func showStored(env *Env, e journal.Entry, c outbox.Comparison, probably bool) {
	table := widgets.NewDataTable(widgets.TableModel{
		Columns: []widgets.TableColumn{
			storedField:   {ID: "field", Title: "Field", Width: 150},
			storedSent:    {ID: "sent", Title: "Sent", Width: 196},
			storedGiven:   {ID: "given", Title: "On the timeline", Width: 196},
			storedVerdict: {ID: "verdict", Title: "", Width: 116},
		},
		Rows: func() int { return len(c.Fields) },
		Cell: func(row, column int) widgets.TableCell { return storedCell(c.Fields[row], column) },
	})
	env.Show(Card{
		Title: storedTitle,
		Head: widgets.Column(
			6, widgets.NewValue(keyWords(e)+" · "+e.Entity, widgets.RoleCaption),
			widgets.NewWrappedText(storedWords(c, probably), widgets.RoleBody),
		),
		Body: widgets.Column(
			8, widgets.Sized(storedWidth, storedTableHeight, table),
			container.NewHBox(widgets.NewButton("Copy the comparison", func() { env.Copy(storedText(e, c, probably)) })),
		),
		Width: storedWidth,
		Focus: table,
	})
}

// storedWords say what came out of a comparison, and what it cannot say.
func storedWords(c outbox.Comparison, probably bool) string {
	text := fmt.Sprintf("%d same, %d different, %d not returned.", c.Same, c.Different, c.NotReturned)
	if c.NotReturned > 0 {
		text += " The timeline gives only what an administrator has mapped: of the others nobody can tell here how they are stored."
	}
	if probably {
		text = "Probably it: matched by type and time alone. " + text
	}
	return text
}

func storedCell(f outbox.FieldComparison, column int) widgets.TableCell {
	switch column {
	case storedField:
		return widgets.TableCell{Text: f.Field}
	case storedSent:
		return widgets.TableCell{Text: oneLine(f.Sent), Whole: f.Sent, Mono: true}
	case storedGiven:
		if f.Verdict == outbox.NotReturned {
			return widgets.TableCell{Text: "not returned", Muted: true}
		}
		return widgets.TableCell{Text: oneLine(f.Stored), Whole: f.Stored, Mono: true}
	}
	switch f.Verdict {
	case outbox.Same:
		return widgets.TableCell{Text: "same", Tone: widgets.ToneSuccess, Badge: true}
	case outbox.Different:
		return widgets.TableCell{Text: "different", Tone: widgets.ToneWarning, Badge: true}
	default:
		return widgets.TableCell{Text: "not returned", Tone: widgets.ToneNeutral, Badge: true}
	}
}

// oneLine is a value as a cell shows it: its beginning, in one line.
func oneLine(text string) string { return words.Clipped(strings.Join(strings.Fields(text), " "), 200) }

// storedText writes a comparison down, a field in each line.
func storedText(e journal.Entry, c outbox.Comparison, probably bool) string {
	var b strings.Builder
	b.WriteString(storedTitle + " " + keyWords(e) + " · " + e.Entity + "\n" + storedWords(c, probably) + "\n")
	for _, f := range c.Fields {
		b.WriteString(f.Field + ": " + string(f.Verdict))
		if f.Verdict == outbox.Different {
			b.WriteString(", sent " + f.Sent + ", on the timeline " + f.Stored)
		}
		if f.Member != "" && f.Member != f.Field {
			b.WriteString(" (as " + f.Member + ")")
		}
		b.WriteString("\n")
	}
	return b.String()
}

// compared says whether there is a comparison to look at.
func (s *sendState) compared() bool { return len(s.Arrival.Comparison.Fields) > 0 }

// showStored shows how the newest send compares with what the timeline gives.
func (p *ComposePage) showStored() {
	if p.cannotCompare() == "" {
		a := p.current.last.Arrival
		showStored(p.env, a.Entry, a.Comparison, a.Probably())
	}
}

func (p *ComposePage) cannotCompare() string {
	if reason := p.notIdle(); reason != "" || p.current.last.compared() {
		return reason
	}
	return "It was not seen on a timeline yet"
}

// showStored shows how the chosen entry compares, looking it up again where that
// is not known.
func (p *HistoryPage) showStored() {
	s := p.follows[p.chosen]
	switch {
	case p.cannotCompare() != "":
	case s.compared():
		showStored(p.env, s.Entry, s.Arrival.Comparison, s.Arrival.Probably())
	default:
		p.look()
	}
}

func (p *HistoryPage) cannotCompare() string {
	if reason := p.noneChosen(); reason != "" || p.follows[p.chosen].compared() {
		return reason
	}
	return p.cannot((*sendState).mayCompare)
}

// mayCompare says whether looking again would tell how a send that was seen
// compares: its comparison is not kept, its body has to be.
func (s *sendState) mayCompare() bool {
	return s.Entry.State == journal.Visible && len(s.Entry.Body) > 0 && s.Look != lookBusy && s.Look != lookSeen
}
