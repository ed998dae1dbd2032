// A profile's timeline as text for a ticket: what whoever helps asks for. What can
// be about a person is in it only where it was asked for, and the text is seen
// before it is copied.

package ui

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/activitydesk/activitydesk/forms"
	"github.com/activitydesk/activitydesk/ui/people"
	"github.com/activitydesk/activitydesk/ui/timeline"
	"github.com/activitydesk/activitydesk/ui/widgets"
	"github.com/activitydesk/activitydesk/ui/words"
)

// summaryMost is how many activities a summary lists.
const summaryMost = 20

// summaryPart is what can be put into a summary beside what is about nobody.
type summaryPart int

const (
	summaryID summaryPart = iota
	summaryName
	summaryMail
	summaryCity
	summaryKeys
	summaryTexts
	summaryRowIDs
	summaryParts // how many there are
)

// personal are the choices, in their order, none of them chosen at first.
type personal [summaryParts]bool

// timelineSummary is what a summary is made of.
type timelineSummary struct {
	Customer people.Customer
	Keys     []string // of the customer in the sources, with the source's name
	Instance string
	Rows     []*timeline.Row      // that are shown, newest first
	Types    []timeline.TypeCount // of what is shown
	Filter   string               // in words; empty: none
	Counts   string               // how many of those loaded
	LoadedAt time.Time
	Old      bool
	Hidden   bool // the profile's personal fields are, on the screen
	Now      time.Time
	Zone     *time.Location
}

// text writes the summary down.
func (s timelineSummary) text(with personal) string {
	var b strings.Builder
	line := func(name, value string) {
		if value != "" {
			b.WriteString(name + ": " + value + "\n")
		}
	}
	line("instance", s.Instance)
	line("as of", words.Time(s.LoadedAt, s.Zone)+" "+s.Zone.String()+old(s.Old))
	if with[summaryID] {
		line("customer", s.Customer.ID)
	}
	if with[summaryName] {
		line("name", s.Customer.Name)
	}
	if with[summaryMail] {
		line("e-mail", s.Customer.Mail)
	}
	if with[summaryCity] {
		line("city", s.Customer.City)
	}
	if with[summaryKeys] {
		line("keys", strings.Join(s.Keys, ", "))
	}
	line("filter", s.Filter)
	line("activities", s.Counts)
	for _, count := range s.Types {
		line("  "+typeWords(count.Type), strconv.Itoa(count.Count))
	}
	s.list(&b, with)
	line("written by", productName+" "+Version)
	return b.String()
}

func old(is bool) string {
	if is {
		return ", old: reading it again did not work"
	}
	return ""
}

// list writes the newest activities, a line each.
func (s timelineSummary) list(b *strings.Builder, with personal) {
	rows := s.Rows[:min(len(s.Rows), summaryMost)]
	if len(rows) == 0 {
		return
	}
	b.WriteString("\nnewest " + strconv.Itoa(len(rows)) + ":\n")
	for _, row := range rows {
		when := words.Time(row.At, s.Zone)
		if when == "" {
			when = "no time"
		}
		parts := []string{when, typeWords(row.Type), row.Source}
		if with[summaryRowIDs] {
			parts = append(parts, row.SourceID)
		}
		if with[summaryTexts] {
			parts = append(parts, timeline.InBrief(row.Title), timeline.InBrief(row.Detail))
		}
		parts = append(parts, timeline.OriginWords(row.Sent), keptWords(row, s.Now, s.Zone))
		b.WriteString("  " + strings.Join(strings.Fields(joined(parts)), " ") + "\n")
	}
	b.WriteString("\n")
}

// summary collects what is shown now.
func (t *timelinePane) summary() timelineSummary {
	now, zone := t.env.Now(), t.env.Zone()
	s := timelineSummary{
		Customer: t.customer, Instance: t.place.Instance.Label() + " (" + words.Environment(t.place.Instance.Environment()) + ")",
		Filter: t.filterWords(), Counts: t.countWords(), LoadedAt: t.loadedAt, Old: t.old != nil, Now: now, Zone: zone,
	}
	counts := map[string]int{}
	for _, item := range t.lines.Items {
		if item.Row != nil {
			s.Rows = append(s.Rows, item.Row)
			counts[item.Row.Type]++
		}
	}
	s.Types = timeline.SortedCounts(counts, nil)
	s.Hidden = t.acts.Hidden != nil && t.acts.Hidden()
	finder := people.Finder{Entities: t.place.Entities}
	for _, source := range finder.Sources() {
		if field, ok := finder.AlternateKey(source, source.KeyNames()[0]); ok {
			if key := t.customer.Row.Text(field); key != "" {
				s.Keys = append(s.Keys, source.DataName()+" "+key)
			}
		}
	}
	return s
}

// filterWords say what is left out; words that were typed can be about a person.
func (t *timelinePane) filterWords() string {
	parts := make([]string, 0, len(t.filter.Types)+2)
	for _, kind := range t.filter.Types {
		parts = append(parts, typeWords(kind))
	}
	parts = append(parts, t.filter.Dates.Words(t.env.Zone()))
	if t.filter.Text != "" {
		parts = append(parts, "found by words")
	}
	return joined(parts)
}

// seen is the summary as it may be seen: who looks on does not see what the page
// hides, and the copy has it all the same.
func (s timelineSummary) seen() timelineSummary {
	if !s.Hidden {
		return s
	}
	s.Keys = slices.Clone(s.Keys)
	for i, key := range s.Keys {
		s.Keys[i] = people.MaskedKey(key)
	}
	for _, text := range []*string{&s.Customer.Name, &s.Customer.Mail, &s.Customer.City} {
		if *text != "" {
			*text = people.Masked
		}
	}
	return s
}

// CopySummary opens the card on which a summary is put together, and copied.
func (t *timelinePane) CopySummary() {
	if t.customer.ID == "" || !t.all.Begun {
		return
	}
	s := t.summary()
	var with personal
	preview := widgets.NewJSONView(14)
	preview.SetLines(plainLines(s.seen().text(with)))
	body := widgets.Column(6,
		widgets.NewWrappedText("What can be about a person is left out unless you choose it. This is the text that will be copied:", widgets.RoleBody),
		preview)
	choices := s.seen().choices(func(part summaryPart, on bool) {
		with[part] = on
		preview.SetLines(plainLines(s.seen().text(with)))
	})
	body.Add(widgets.NewText("Put in as well", widgets.RoleGroup))
	body.Add(container.NewGridWithColumns(2, choices...))
	t.env.Show(Card{
		Title: "Summary for a ticket", Body: body, Width: 620, Confirm: "Copy this text",
		OnConfirm: func() bool {
			t.env.Copy(s.text(with))
			t.env.Notify(Notice{Key: "timeline-copy", Tone: ToneSuccess, Text: "The summary is on the clipboard."})
			return true
		},
	})
}

// choices are the checks of what can be put in, off; what there is nothing of is
// not offered.
func (s timelineSummary) choices(changed func(summaryPart, bool)) []fyne.CanvasObject {
	var list []fyne.CanvasObject
	for part, choice := range []struct{ label, note string }{
		summaryID:     {"Customer ID", people.ShortID(s.Customer.ID)},
		summaryName:   {"Name", s.Customer.Name},
		summaryMail:   {"E-mail", s.Customer.Mail},
		summaryCity:   {"City", s.Customer.City},
		summaryKeys:   {"Keys in the sources", strings.Join(s.Keys, ", ")},
		summaryTexts:  {"Titles and details of activities", "of those listed"},
		summaryRowIDs: {"Source ids of activities", "of those listed"},
	} {
		if choice.note != "" {
			list = append(list, widgets.NewCheck(choice.label, choice.note, func(on bool) { changed(summaryPart(part), on) }))
		}
	}
	return list
}

// plainLines are lines of a text that is no JSON.
func plainLines(text string) []forms.Line {
	var lines []forms.Line
	for line := range strings.SplitSeq(strings.TrimRight(text, "\n"), "\n") {
		lines = append(lines, forms.Line{Spans: []forms.Span{{Text: line}}})
	}
	return lines
}
