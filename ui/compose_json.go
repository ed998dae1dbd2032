// The JSON tab: the form's JSON in an editor, what is to be said of its lines,
// and what can be done with the text. It shows what it is given and reports
// what is done.

package ui

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/activitydesk/activitydesk/forms"
	"github.com/activitydesk/activitydesk/ui/widgets"
	"github.com/activitydesk/activitydesk/ui/words"
)

// jsonActions is what the tab reports.
type jsonActions struct {
	Typed  func(text string)
	Left   func() // the cursor left the text
	Format func()
	Copy   func()
	Paste  func()
	Load   func()
	Save   func()
	Take   func() // take the fields' JSON again

	Keep   func(names ...string)
	Drop   func(names ...string)
	Rename func(...forms.UnknownMember)
}

// jsonTab is the tab.
type jsonTab struct {
	do      jsonActions
	window  fyne.Window
	editor  *widgets.JSONEditor
	list    *widgets.MarkList
	ask     *widgets.Area // the question about unknown members
	askText *widgets.Text
	askRow  *fyne.Container
	state   *widgets.Text
	take    *widgets.Button
	panel   *widgets.StatePanel
	marks   []forms.JSONMark
	unknown []forms.UnknownMember
}

func newJSONTab(env *Env, do jsonActions) *jsonTab {
	t := &jsonTab{
		do:      do,
		window:  env.Window,
		editor:  widgets.NewJSONEditor(),
		list:    widgets.NewMarkList(),
		askText: widgets.NewWrappedText("", widgets.RoleBody),
		askRow:  container.New(&flowLayout{}),
		state:   widgets.NewEllipsisText("", widgets.RoleCaption),
	}
	t.editor.OnChanged = do.Typed
	t.editor.OnFocusLost = do.Left
	t.list.OnChosen = func(m widgets.LineMark) { t.GoTo(m.Line, m.Column) }
	t.list.Hide()
	t.take = widgets.NewLinkButton("Take the fields' JSON again", do.Take)
	t.take.SetTip("Put the JSON of the fields in place of this text. It can be undone.")
	t.take.SetCompact(true)
	t.askText.SetColor(widgets.ColorWarningText)
	t.ask = widgets.NewArea(widgets.ColorWarningSoft, widgets.Pad(7, 10, 7, 10, widgets.Column(4, t.askText, t.askRow)))
	t.ask.Hide()
	t.panel = newStatePanel(env, t.layout())
	return t
}

// Content is the tab's part of the page.
func (t *jsonTab) Content() fyne.CanvasObject { return t.panel }

func (t *jsonTab) layout() fyne.CanvasObject {
	format := widgets.NewButton("Format", t.do.Format)
	format.SetTip("One member a line, as it is sent")
	paste := widgets.NewButton("Paste", t.do.Paste)
	paste.SetTip("Put the clipboard's text in place of all of this")
	row := container.New(&flowLayout{}, format, widgets.NewButton("Copy", t.do.Copy), paste,
		widgets.NewButton("Load…", t.do.Load), widgets.NewButton("Save as…", t.do.Save))
	status := widgets.Sized(0, jsonStatusHeight, widgets.Row(8, widgets.Grow(t.state), t.take))
	return widgets.Pad(10, 16, 8, 16, widgets.Column(6, row, t.ask, widgets.Grow(t.editor), status, t.list))
}

const jsonStatusHeight float32 = 24

// ShowMuted says why there is nothing to edit.
func (t *jsonTab) ShowMuted(what, why string) { t.panel.ShowEmpty(what, why, "", nil) }

// Show shows a text with what is to be said of it.
func (t *jsonTab) Show(text string, r forms.JSONResult) {
	t.panel.ShowContent()
	t.editor.SetText(text)
	t.marks, t.unknown = r.Marks, r.Unknown
	marks := lineMarks(r.Marks)
	t.editor.SetMarks(marks)
	t.list.SetMarks(marks)
	setVisible(t.take, !r.Applied())
	t.state.SetText(t.stateWords(r))
	t.showAsk(r.Unknown)
	t.panel.Refresh()
}

func (t *jsonTab) stateWords(r forms.JSONResult) string {
	switch {
	case r.Fault != nil:
		return "Not applied: the fields stay."
	case len(r.Unknown) > 0:
		return "Not applied: choose above."
	case !t.editor.Editable():
		return fmt.Sprintf("Over %d KB: to read and copy. Paste or Load replaces it.", widgets.JSONEditLimit>>10)
	}
	return "The fields say the same as this text."
}

// showAsk asks what is to become of unknown members.
func (t *jsonTab) showAsk(unknown []forms.UnknownMember) {
	setVisible(t.ask, len(unknown) > 0)
	if len(unknown) == 0 {
		return
	}
	t.askText.SetText(unknownWords(unknown))
	names, meant := namesOf(unknown)
	keep, drop := "Keep", "Drop"
	if len(names) > 1 {
		keep, drop = "Keep all", "Drop all"
	}
	t.askRow.Objects = []fyne.CanvasObject{
		widgets.NewButton(keep, func() { t.do.Keep(names...) }), widgets.NewButton(drop, func() { t.do.Drop(names...) }),
	}
	switch len(meant) {
	case 0:
	case 1:
		t.askRow.Add(widgets.NewButton("Rename to "+shortName(meant[0].Meant), func() { t.do.Rename(meant...) }))
	default:
		t.askRow.Add(widgets.NewButton(fmt.Sprintf("Rename %d as meant", len(meant)), func() { t.do.Rename(meant...) }))
	}
	if len(names) > 1 {
		var each *widgets.Button
		each = widgets.NewMenuButton("One by one", func() { widgets.ShowMenuBelow(each, t.eachItems(unknown)) })
		t.askRow.Add(each)
	}
	for _, o := range t.askRow.Objects {
		o.(*widgets.Button).SetCompact(true)
	}
	t.askRow.Refresh()
}

// eachItems offers the choice for single members.
func (t *jsonTab) eachItems(unknown []forms.UnknownMember) []widgets.MenuItem {
	var items []widgets.MenuItem
	for i, m := range unknown {
		name := shortName(m.Name)
		items = append(items,
			widgets.MenuItem{Label: "Keep " + name, Separate: i > 0, OnChosen: func() { t.do.Keep(m.Name) }},
			widgets.MenuItem{Label: "Drop " + name, OnChosen: func() { t.do.Drop(m.Name) }})
		if m.Meant != "" {
			items = append(items, widgets.MenuItem{
				Label: "Rename " + name + " to " + shortName(m.Meant), OnChosen: func() { t.do.Rename(m) },
			})
		}
	}
	return items
}

// unknownListed is how many unknown members are named in the question.
const unknownListed = 6

// unknownWords asks: "2 members that the entity does not have: Foo (line 3;
// did you mean foo?), Bar (line 4). Nothing is applied until you choose."
func unknownWords(unknown []forms.UnknownMember) string {
	parts := make([]string, 0, unknownListed)
	for _, m := range unknown[:min(len(unknown), unknownListed)] {
		part := fmt.Sprintf("%s (line %d", shortName(m.Name), m.Line)
		if m.Meant != "" {
			part += "; did you mean " + shortName(m.Meant) + "?"
		}
		parts = append(parts, part+")")
	}
	text := words.Counted(len(unknown), "member", "members") + " that the entity does not have: " + strings.Join(parts, ", ")
	if more := len(unknown) - len(parts); more > 0 {
		text += fmt.Sprintf(" and %d more", more)
	}
	return text + ". Nothing is applied until you choose."
}

func namesOf(unknown []forms.UnknownMember) (names []string, meant []forms.UnknownMember) {
	taken := map[string]bool{}
	for _, m := range unknown {
		names = append(names, m.Name)
		if m.Meant != "" && !taken[m.Meant] {
			taken[m.Meant] = true
			meant = append(meant, m)
		}
	}
	return names, meant
}

// lineMarks gives marks their tones.
func lineMarks(marks []forms.JSONMark) []widgets.LineMark {
	list := make([]widgets.LineMark, len(marks))
	for i, m := range marks {
		tone := widgets.ToneInfo
		switch m.Kind {
		case forms.MarkFault, forms.MarkProblem, forms.MarkUnknown:
			tone = widgets.ToneDanger
		case forms.MarkMissing, forms.MarkReadOnly:
			tone = widgets.ToneWarning
		}
		list[i] = widgets.LineMark{Line: m.Line, Column: m.Column, Tone: tone, Text: m.Text}
	}
	return list
}

// GoToProblem puts the cursor at the first mark that keeps the text from being
// sent; with next, at the first behind the cursor's line.
func (t *jsonTab) GoToProblem(next bool) {
	after := 0
	if next && t.editor.Focused() {
		after = t.editor.Line()
	}
	var first *forms.JSONMark
	for i := range t.marks {
		m := &t.marks[i]
		if !m.Wrong() {
			continue
		}
		if m.Line > after {
			t.GoTo(m.Line, m.Column)
			return
		}
		if first == nil {
			first = m
		}
	}
	if first != nil {
		t.GoTo(first.Line, first.Column)
		return
	}
	t.Focus()
}

// Focus puts the cursor into the text.
func (t *jsonTab) Focus() { t.window.Canvas().Focus(t.editor.Target()) }

// GoTo puts the cursor at a line and a column.
func (t *jsonTab) GoTo(line, column int) {
	t.Focus()
	t.editor.GoTo(line, column)
}
