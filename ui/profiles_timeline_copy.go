// Copying from a timeline: a row, or all that are shown.

package ui

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"strings"
	"time"

	"github.com/activitydesk/activitydesk/client"
	"github.com/activitydesk/activitydesk/ui/timeline"
	"github.com/activitydesk/activitydesk/ui/widgets"
	"github.com/activitydesk/activitydesk/ui/words"
)

// copyItems is the menu of what can be copied.
func (t *timelinePane) copyItems() []widgets.MenuItem {
	items := t.copyRowItems(t.chosen())
	items = append(items,
		widgets.MenuItem{
			Label: "All shown as CSV", Note: words.Counted(t.lines.Shown, "row", "rows"), Separate: true,
			Disabled: t.lines.Shown == 0, OnChosen: t.copyShown,
		},
		widgets.MenuItem{Label: "Summary for a ticket…", Disabled: t.customer.ID == "", OnChosen: t.CopySummary})
	return items
}

func (t *timelinePane) copyRowItems(row *timeline.Row) []widgets.MenuItem {
	note := ""
	if row == nil {
		note = "no row is chosen"
	}
	return []widgets.MenuItem{
		{Label: "Row for a table", Note: note, Disabled: row == nil, OnChosen: func() { t.copyRow(row) }},
		{Label: "Row as JSON", Note: note, Disabled: row == nil, OnChosen: func() { t.copyJSON(row) }},
	}
}

// rowItems is what can be done with a row.
func (t *timelinePane) rowItems(row *timeline.Row) []widgets.MenuItem {
	if row == nil {
		return nil
	}
	open := widgets.MenuItem{Label: "Open the row", Note: "Enter", OnChosen: func() { t.showOpen(row) }}
	if t.opened == row.Key {
		open = widgets.MenuItem{Label: "Close the row", Note: "Enter", OnChosen: t.close}
	}
	items := []widgets.MenuItem{open}
	if t.acts.OpenAsNew != nil {
		asNew := widgets.MenuItem{Label: "Open as new", OnChosen: func() { t.openAsNew(row) }}
		if _, can := t.source(row); !can {
			asNew.Disabled, asNew.Note = true, "its entity receives no activities"
		}
		items = append(items, asNew)
	}
	if t.acts.Compare != nil && row.Sent.EntryID != "" {
		items = append(items, widgets.MenuItem{Label: "Compare with what was sent", OnChosen: func() { t.compare(row) }})
	}
	copies := t.copyRowItems(row)
	copies[0].Separate = true
	copies[0].Label, copies[1].Label = "Copy for a table", "Copy as JSON"
	items = append(items, copies...)
	return append(items,
		widgets.MenuItem{Label: "Only " + typeWords(row.Type), Separate: true, OnChosen: func() {
			f := t.filter
			f.Types = []string{row.Type}
			t.setFilter(f)
		}})
}

// copyRow copies a row with tabs between its cells, as tables take it.
func (t *timelinePane) copyRow(row *timeline.Row) {
	if row == nil {
		return
	}
	cells := rowCells(row, t.env.Zone())
	for i, cell := range cells {
		cells[i] = defused(strings.Join(strings.Fields(cell), " "))
	}
	t.env.Copy(strings.Join(cells, "\t"))
}

// copyJSON copies a row as the service gave it.
func (t *timelinePane) copyJSON(row *timeline.Row) {
	if row != nil {
		t.env.Copy(string(row.Raw))
	}
}

// rowCells are a row's words, in the order of the list.
func rowCells(row *timeline.Row, zone *time.Location) []string {
	when := row.TimeText
	if !row.At.IsZero() {
		when = words.Time(row.At, zone)
	}
	return []string{when, row.Type, row.Title, row.Detail, row.Source, row.SourceID, timeline.OriginWords(row.Sent)}
}

// copyShown copies what is shown, off the UI goroutine: it can be very much.
func (t *timelinePane) copyShown() {
	rows := make([]timeline.Row, 0, t.lines.Shown)
	for _, item := range t.lines.Items {
		if item.Row != nil {
			rows = append(rows, *item.Row)
		}
	}
	zone, mask := t.env.Zone(), t.env.mask
	t.copying.Run(func(ctx context.Context) (maskedText, error) {
		text, err := timelineCSV(ctx, rows, zone)
		if err != nil {
			return maskedText{}, err
		}
		return mask(text), nil
	}, func(text maskedText, err error) {
		t.say()
		if err != nil {
			t.env.Notify(NoticeOf("timeline-copy", err))
			return
		}
		t.env.CopyMasked(text)
		t.env.Notify(Notice{Key: "timeline-copy", Tone: ToneSuccess, Text: words.Counted(len(rows), "activity is", "activities are") + " on the clipboard, as CSV."})
	})
	t.say()
}

// timelineCSV writes rows as RFC 4180 has it: a line of names, commas, CRLF, in
// UTF-8 without a mark at its beginning, which a clipboard has no use for. First
// comes the time as it is shown, then every member that any row has, then what
// the desk knows. Cells that a spreadsheet would run as a formula are defused.
func timelineCSV(ctx context.Context, rows []timeline.Row, zone *time.Location) (string, error) {
	parsed := make([]client.Row, len(rows))
	var names []string
	seen := map[string]bool{}
	for i := range rows {
		if err := ctx.Err(); err != nil {
			return "", err
		}
		row, err := client.ParseRow(rows[i].Raw)
		if err != nil {
			return "", err
		}
		parsed[i] = row
		for _, name := range row.Names() {
			if !seen[name] {
				seen[name] = true
				names = append(names, name)
			}
		}
	}
	var out bytes.Buffer
	w := csv.NewWriter(&out)
	w.UseCRLF = true
	head := []string{"Time in " + zone.String()}
	for _, name := range names {
		head = append(head, defused(name))
	}
	errs := []error{w.Write(append(head, "Origin", "Kept until"))}
	for i := range rows {
		cells := []string{words.Time(rows[i].At, zone)}
		for _, name := range names {
			cells = append(cells, defused(parsed[i].Text(name)))
		}
		errs = append(errs, w.Write(append(cells, timeline.OriginWords(rows[i].Sent), words.Time(rows[i].Sent.Life.Until, zone))))
	}
	w.Flush()
	return out.String(), errors.Join(append(errs, w.Error())...)
}

// defused is a cell that no spreadsheet runs as a formula. What is a number stays
// one.
func defused(cell string) string {
	// The writer drops a carriage return that stands alone, and two words are one.
	if strings.Contains(cell, "\r") {
		cell = strings.ReplaceAll(strings.ReplaceAll(cell, "\r\n", "\n"), "\r", "\n")
	}
	if cell == "" || !strings.ContainsRune("=+-@\t\r\n", rune(cell[0])) || isNumber(cell) {
		return cell
	}
	return "'" + cell
}

// isNumber says that a text is a plain number such as -12.50.
func isNumber(text string) bool {
	digits := strings.TrimPrefix(text, "-")
	whole, part, dot := strings.Cut(digits, ".")
	all := func(s string) bool {
		return s != "" && strings.Trim(s, "0123456789") == ""
	}
	return all(whole) && (!dot || all(part))
}
