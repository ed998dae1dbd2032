// The Fill menu: a form filled from sample rows or with believable values,
// each in one step that can be undone.

package ui

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"github.com/activitydesk/activitydesk/client"
	"github.com/activitydesk/activitydesk/forms"
	"github.com/activitydesk/activitydesk/ui/widgets"
	"github.com/activitydesk/activitydesk/ui/words"
)

var fillKeys = []chord{{fyne.KeyB, ctrl}}

// fillItems are the menu's lines.
func (p *ComposePage) fillItems() []widgets.MenuItem {
	if p.current == nil {
		return nil
	}
	mac := runtime.GOOS == "darwin"
	next := widgets.MenuItem{Label: "From the next sample row", OnChosen: p.useNextSample}
	if rows := len(p.current.samples.Rows); rows > 0 {
		next.Note = fmt.Sprintf("row %d of %d", p.current.nextRow%rows+1, rows)
	} else {
		next.Disabled, next.Note = true, "none read"
	}
	seeded := widgets.MenuItem{Label: "Believable values of a seed…", OnChosen: p.askSeed}
	if p.seed != 0 {
		seeded.Note = "last " + strconv.FormatUint(p.seed, 10)
	}
	believable := func(label string, which forms.Fill) widgets.MenuItem {
		return widgets.MenuItem{Label: label, OnChosen: func() { p.fillBelievable(which) }}
	}
	leftOut := believable("Believable values where left out", forms.FillLeftOut)
	leftOut.Note, leftOut.Separate = fillKeys[0].label(mac), true
	return []widgets.MenuItem{
		{Label: "From a sample row…", OnChosen: p.chooseSample},
		next, leftOut,
		believable("Believable values where required", forms.FillRequired),
		believable("Believable values in all fields", forms.FillAll), seeded,
		{Label: "Empty the form", Note: chord{fyne.KeyN, ctrl}.label(mac), Separate: true, OnChosen: p.New},
	}
}

// fillable is the draft that can be filled; nil: there is none.
func (p *ComposePage) fillable() *draft {
	if p.current == nil || p.current.row.Muted {
		return nil
	}
	return p.current
}

// chooseSample shows the sample rows to start from one of them.
func (p *ComposePage) chooseSample() {
	if p.fillable() != nil {
		p.work.ShowSampleRows()
	}
}

// useNextSample fills the form from one sample row after the other. Where none
// are read, their tab says why.
func (p *ComposePage) useNextSample() {
	d := p.fillable()
	if d == nil {
		return
	}
	rows := d.samples.Rows
	if len(rows) == 0 {
		p.work.ShowSampleRows()
		return
	}
	at := d.nextRow % len(rows)
	d.nextRow = at + 1
	p.useRow(d, rows[at], fmt.Sprintf("The form was filled from sample row %d of %d.", at+1, len(rows)))
}

// useSample fills the form from a sample row.
func (p *ComposePage) useSample(row client.Row) {
	if d := p.fillable(); d != nil {
		p.useRow(d, row, "The form was filled from a sample row.")
	}
}

// useRow fills the form from a row, with a new key.
func (p *ComposePage) useRow(d *draft, row client.Row, said string) {
	p.replace(d, said, func() {
		p.fill(d, row.Raw(), forms.DropUnknown)
		for _, name := range d.keyFields() {
			if id, err := d.newID(name); err == nil {
				d.form.SetText(name, id)
			}
		}
	})
	p.work.ShowForm()
}

// fillBelievable fills fields with values of a seed that nobody chose, and says
// which it was. Four digits are easily told to a colleague.
func (p *ComposePage) fillBelievable(which forms.Fill) {
	p.fillSeeded(which, 1000+rand.Uint64N(9000))
}

// fillSeeded fills fields with the values of a seed.
func (p *ComposePage) fillSeeded(which forms.Fill, seed uint64) {
	d := p.fillable()
	if d == nil {
		return
	}
	var filled forms.Filled
	p.changeWhole(d, func() { filled = d.form.FillBelievable(which, seed, d.samples.values()) })
	p.work.ShowForm()
	if filled.Count == 0 {
		p.env.Notify(Notice{Key: offerKey(d), Tone: ToneInfo, Text: nothingFilledWords(filled)})
		return
	}
	p.seed = seed
	p.offerUndo(d, filledWords(filled, seed))
}

// filledWords tells the seed, and what of the form is not of it.
func filledWords(filled forms.Filled, seed uint64) string {
	text := words.Counted(filled.Count, "field was", "fields were") + " filled with believable values, seed " + strconv.FormatUint(seed, 10) + "."
	if len(filled.Skipped) > 0 {
		text += " " + skippedWords(filled.Skipped)
	}
	return text
}

func nothingFilledWords(filled forms.Filled) string {
	if len(filled.Skipped) > 0 {
		return "Nothing was filled. " + skippedWords(filled.Skipped)
	}
	return "Nothing was filled: none of these fields is left out."
}

func skippedWords(labels []string) string {
	const named = 3
	names := strings.Join(labels[:min(named, len(labels))], ", ")
	if more := len(labels) - named; more > 0 {
		names += " and " + words.Counted(more, "other", "others")
	}
	if len(labels) == 1 {
		return names + " stays left out: no sample row shows a value."
	}
	return names + " stay left out: no sample row shows a value."
}

// fillChoices are the words for what is filled, in the order of forms.Fill.
var fillChoices = []string{"Fields that are left out", "Required fields that are left out", "All fields"}

// askSeed asks for a seed, to have the values of an earlier fill or of a
// colleague's again.
func (p *ComposePage) askSeed() {
	if p.fillable() == nil {
		return
	}
	entry, which := widgets.NewEntry(), widgets.NewChoice(fillChoices...)
	if p.seed != 0 {
		entry.SetText(strconv.FormatUint(p.seed, 10))
	}
	which.Set(fillChoices[forms.FillAll], "")
	wrong := widgets.NewWrappedText("", widgets.RoleProblem)
	wrong.Hide()
	p.env.Show(Card{
		Title: "Believable values of a seed",
		Body: widgets.Column(
			6, widgets.NewWrappedText("The same seed gives the same values again on the same day. Keys are new each time, "+
				"so that two people with one seed do not send the same activity.", widgets.RoleMuted),
			widgets.NewText("Seed", widgets.RoleCaption), entry, wrong,
			widgets.NewText("Fill", widgets.RoleCaption), which,
		),
		Confirm: "Fill",
		Focus:   entry,
		OnConfirm: func() bool {
			seed, err := strconv.ParseUint(strings.TrimSpace(entry.Text), 10, 64)
			if err != nil {
				entry.SetProblem(true)
				wrong.SetText("A seed is a whole number, such as 4711")
				wrong.Show()
				return false
			}
			p.fillSeeded(fillNamed(which.Value()), seed)
			return true
		},
	})
}

func fillNamed(choice string) forms.Fill {
	for i, name := range fillChoices {
		if name == choice {
			return forms.Fill(i)
		}
	}
	return forms.FillLeftOut
}
