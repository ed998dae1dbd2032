// The open row of a timeline: all its fields, the JSON as it came, and what can be
// done with it.

package ui

import (
	"bytes"
	"encoding/json"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/activitydesk/activitydesk/assets"
	"github.com/activitydesk/activitydesk/client"
	"github.com/activitydesk/activitydesk/client/metadata"
	"github.com/activitydesk/activitydesk/ui/timeline"
	"github.com/activitydesk/activitydesk/ui/widgets"
)

// timelineDetail shows the row that is open, below the list.
type timelineDetail struct {
	title   *widgets.Text
	about   *widgets.Text
	asNew   *widgets.Button
	compare *widgets.Button
	fields  *fyne.Container
	scroll  *container.Scroll
	json    *widgets.JSONView
	content *fyne.Container
	key     string // of the row that is shown
}

func newTimelineDetail(t *timelinePane) *timelineDetail {
	d := &timelineDetail{
		title:  widgets.NewEllipsisText("", widgets.RoleStrong),
		about:  widgets.NewWrappedText("", widgets.RoleCaption),
		fields: widgets.Column(3),
		json:   widgets.NewJSONView(2),
	}
	d.asNew = widgets.NewButton("Open as new", func() { t.openAsNew(t.openRow()) })
	d.asNew.SetTip("Compose a new activity like this one")
	d.compare = widgets.NewButton("Compare…", func() { t.compare(t.openRow()) })
	d.compare.SetTip("Stored as sent? Field by field")
	copyMenu := widgets.NewMenuButton("Copy row", nil)
	copyMenu.OnTapped = func() { widgets.ShowMenuBelow(copyMenu, t.copyRowItems(t.openRow())) }
	closeButton := widgets.NewIconButton(assets.IconClose(), "Close (Esc)", t.close)
	head := widgets.Column(2, container.NewBorder(nil, nil, nil, widgets.Row(8, d.asNew, d.compare, copyMenu, closeButton), d.title), d.about)
	d.scroll = container.NewVScroll(widgets.Pad(0, 10, 0, 0, d.fields))
	both := container.NewGridWithColumns(2, d.scroll, d.json)
	d.content = widgets.Dock(widgets.NewRule(), nil, nil, nil, widgets.NewArea(widgets.ColorPanel,
		widgets.Pad(6, 16, 10, 16, widgets.Dock(widgets.Pad(0, 0, 6, 0, head), nil, nil, nil, both))))
	d.content.Hide()
	return d
}

// Hide closes it.
func (d *timelineDetail) Hide() {
	d.key = ""
	d.content.Hide()
}

// Show shows a row; canOpen says that it can become a new activity.
func (d *timelineDetail) Show(row *timeline.Row, about string, canOpen bool) {
	d.title.SetText(row.Headline())
	d.about.SetText(about)
	d.asNew.Hidden = !canOpen
	d.compare.Hidden = row.Sent.EntryID == ""
	if d.key != row.Key {
		d.key = row.Key
		d.fill(row)
	}
	d.content.Show()
	d.content.Refresh()
}

func (d *timelineDetail) fill(row *timeline.Row) {
	d.fields.Objects = nil
	parsed, err := client.ParseRow(row.Raw)
	if err == nil {
		for _, name := range parsed.Names() {
			d.fields.Add(fieldLine(name, parsed))
		}
	}
	d.json.SetText(laidOut(row.Raw))
	d.scroll.ScrollToTop()
	d.fields.Refresh()
	d.scroll.Refresh()
}

// mostFieldText is how much of a value is laid out, in letters: a Value is no
// place for more, and the JSON beside it has the whole.
const mostFieldText = 2_000

// fieldLine is a member's name with its value, which can be selected.
func fieldLine(name string, row client.Row) fyne.CanvasObject {
	value, _ := row.Value(name)
	text := row.Text(name)
	switch {
	case value == nil:
		text = "null"
	case text == "":
		text = "empty"
	}
	shown := text
	if letters := []rune(text); len(letters) > mostFieldText {
		shown = string(letters[:mostFieldText]) + "…"
	}
	v := widgets.NewValue(shown, widgets.RoleBody)
	if value == nil || row.Text(name) == "" {
		v.SetRole(widgets.RoleMuted)
	}
	if shown != text {
		v.SetWhole(text)
	}
	return container.New(labelledLayout{width: 132, gap: 8}, widgets.NewEllipsisText(name, widgets.RoleCaption), v)
}

// laidOut is JSON on several lines; numbers and names stay as they came.
func laidOut(raw json.RawMessage) string {
	var out bytes.Buffer
	if json.Indent(&out, raw, "", "  ") != nil {
		return string(raw)
	}
	return out.String()
}

// row is the row of a line; nil: it is none.
func (t *timelinePane) row(line int) *timeline.Row {
	if line < 0 || line >= len(t.lines.Items) {
		return nil
	}
	return t.lines.Items[line].Row
}

// openRow is the row that is open; nil: none is.
func (t *timelinePane) openRow() *timeline.Row { return t.store.Known[t.opened] }

// chosen is the row that actions are about: the one that the keys are on, else
// the open one.
func (t *timelinePane) chosen() *timeline.Row {
	if row := t.row(t.view.list.Cursor()); row != nil {
		return row
	}
	return t.openRow()
}

// openLine opens a row, or closes the one that is open.
func (t *timelinePane) openLine(line int) {
	row := t.row(line)
	if row == nil {
		return
	}
	if row.Key == t.opened {
		t.close()
		return
	}
	t.showOpen(row)
	t.view.list.Reveal(line) // the list is shorter now
}

// moved follows the keys: what is open is the row that they are on.
func (t *timelinePane) moved(line int) {
	row := t.row(line)
	t.saw(row)
	if row != nil && t.opened != "" && t.opened != row.Key {
		t.showOpen(row)
	}
}

func (t *timelinePane) showOpen(row *timeline.Row) {
	t.opened = row.Key
	t.saw(row)
	_, can := t.source(row)
	t.view.detail.Show(row, t.aboutRow(row), can && t.acts.OpenAsNew != nil)
	t.view.list.SetOpen(row.Key)
	t.view.content.Refresh()
}

// aboutRow is what the open row says below its title.
func (t *timelinePane) aboutRow(row *timeline.Row) string {
	now, zone := t.env.Now(), t.env.Zone()
	return joined([]string{row.Type, row.When(now, zone), timeline.OriginWords(row.Sent), arrivedWords(row.Sent, zone), keptWords(row, now, zone)})
}

// close closes the row that is open.
func (t *timelinePane) close() {
	t.opened = ""
	t.view.detail.Hide()
	t.view.list.SetOpen("")
	t.view.content.Refresh()
}

// joined puts the parts together that there are.
func joined(parts []string) string {
	kept := parts[:0:0]
	for _, part := range parts {
		if part != "" {
			kept = append(kept, part)
		}
	}
	return strings.Join(kept, " · ")
}

// source is the entity that a row came from, and whether it can receive
// activities.
func (t *timelinePane) source(row *timeline.Row) (metadata.Entity, bool) {
	if row == nil || row.Source == "" {
		return metadata.Entity{}, false
	}
	for _, entity := range t.place.Entities {
		for _, name := range []string{entity.DataName(), entity.QualifiedName, entity.Name} {
			if name != "" && strings.EqualFold(name, row.Source) {
				how, _ := entity.Receives()
				return entity, how != metadata.ReceivesNo
			}
		}
	}
	return metadata.Entity{}, false
}

// compare shows how a row that was sent from here compares with what was sent.
func (t *timelinePane) compare(row *timeline.Row) {
	if row != nil && row.Sent.EntryID != "" && t.acts.Compare != nil {
		t.acts.Compare(*row)
	}
}

func (t *timelinePane) openAsNew(row *timeline.Row) {
	if entity, can := t.source(row); can && t.acts.OpenAsNew != nil {
		t.acts.OpenAsNew(*row, entity)
	}
}
