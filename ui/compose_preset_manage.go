// The dialog of all presets: use, rename, delete, hand on, take in.

package ui

import (
	"errors"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/activitydesk/activitydesk/forms"
	"github.com/activitydesk/activitydesk/ui/settings"
	"github.com/activitydesk/activitydesk/ui/widgets"
	"github.com/activitydesk/activitydesk/ui/words"
)

// presetManager is the dialog. It is used on the UI goroutine.
type presetManager struct {
	page   *ComposePage
	shelf  settings.Shelf
	chosen string // id; empty: none

	list                      *widgets.NavPanel
	about, unread             *widgets.Text
	use, rename, remove, hand *widgets.Button
	handAll                   *widgets.Button
	done                      func()
}

// managePresets opens the dialog.
func (p *ComposePage) managePresets() {
	p.presets.read(func(view presetView) {
		if p.shown {
			newPresetManager(p, view.Shelf).show()
		}
	})
}

func newPresetManager(p *ComposePage, shelf settings.Shelf) *presetManager {
	m := &presetManager{
		page: p, shelf: shelf, list: widgets.NewNavPanel("Find a preset…"),
		about:  widgets.NewEllipsisText("", widgets.RoleCaption),
		unread: widgets.NewWrappedText("", widgets.RoleWarning),
	}
	m.use = widgets.NewButton("Use", m.useIt)
	m.rename = widgets.NewButton("Rename…", m.renameIt)
	m.remove = widgets.NewButton("Delete", m.removeIt)
	m.hand = widgets.NewButton("Export…", func() { m.export(m.picked()) })
	m.handAll = widgets.NewButton("", func() { m.export(m.listed()) })
	m.list.List.OnSelected = func(item widgets.NavItem) {
		m.chosen = item.ID
		m.showChosen()
	}
	filtered := m.list.Filter.OnChanged
	m.list.Filter.OnChanged = func(text string) {
		filtered(text)
		m.showAll()
	}
	if d := p.current; d != nil {
		m.chosen = d.beside.preset
	}
	m.showShelf()
	return m
}

func (m *presetManager) show() {
	bring := widgets.NewButton("Import…", func() {
		m.done()
		m.page.importPresets()
	})
	const listHeight = 284 // of the filter and eight rows
	body := widgets.Column(
		8,
		widgets.Sized(0, listHeight, m.list),
		m.about,
		widgets.Row(8, m.use, m.rename, m.hand, m.remove),
		widgets.NewRule(),
		widgets.Row(8, bring, m.handAll),
		m.unread,
	)
	m.done = m.page.env.Show(Card{Title: "Presets", Body: body, Focus: m.list.Filter})
}

// showShelf shows what there is: those of the shown entity first.
func (m *presetManager) showShelf() {
	env := m.page.env
	here := ""
	if d := m.page.current; d != nil {
		here = d.key.Entity
	}
	var groups []widgets.NavGroup
	for _, preset := range m.shelf.Presets {
		item := widgets.NavItem{ID: preset.ID, Label: preset.Name, Note: words.ShortTime(preset.SavedAt, env.Now(), env.Zone()), Tip: preset.Entity}
		if n := len(groups); n > 0 && groups[n-1].Title == preset.Entity {
			groups[n-1].Items = append(groups[n-1].Items, item)
			continue
		}
		groups = append(groups, widgets.NavGroup{Title: preset.Entity, Items: []widgets.NavItem{item}})
	}
	if i := slices.IndexFunc(groups, func(g widgets.NavGroup) bool { return g.Title == here }); i > 0 {
		mine := groups[i]
		groups = slices.Insert(slices.Delete(groups, i, i+1), 0, mine)
	}
	m.list.SetGroups(groups)
	m.unread.SetText(unreadWords(m.shelf.Unread))
	setVisible(m.unread, len(m.shelf.Unread) > 0)
	m.showChosen()
}

// unreadWords names the files that hold presets which this desk cannot read.
func unreadWords(list []settings.UnreadPreset) string {
	var newer, damaged []string
	for _, u := range list {
		if errors.Is(u.Err, forms.ErrPresetsNewer) {
			newer = append(newer, filepath.Base(u.Path))
		} else {
			damaged = append(damaged, filepath.Base(u.Path))
		}
	}
	var lines []string
	if len(newer) > 0 {
		lines = append(lines, "From a newer version of Activity Desk, kept for it: "+strings.Join(newer, ", "))
	}
	if len(damaged) > 0 {
		lines = append(lines, "Cannot be read, left as they are: "+strings.Join(damaged, ", "))
	}
	return strings.Join(lines, "\n")
}

// showChosen shows what can be done with the chosen preset.
func (m *presetManager) showChosen() {
	preset, ok := m.shelf.Find(m.chosen)
	m.list.List.Select(preset.ID)
	text := "Choose a preset with a click, or with the arrow keys and Enter."
	switch {
	case ok:
		text = words.Counted(len(preset.Form.Fields)+len(preset.Form.Extras), "value", "values") + " · " + preset.Entity
		if preset.KeepKey {
			text += " · keeps its key"
		}
	case len(m.shelf.Presets) == 0:
		text = "There are no presets yet. " + saveKey() + " saves a filled form as one."
	}
	m.about.SetText(text)
	for _, b := range []*widgets.Button{m.use, m.rename, m.remove, m.hand} {
		setEnabled(b, ok)
	}
	m.showAll()
}

// showAll says what would be exported together: all, or those that the filter
// lets through.
func (m *presetManager) showAll() {
	n := len(m.listed())
	text := "Export all…"
	switch {
	case n == len(m.shelf.Presets):
	case n == 1:
		text = "Export the one listed…"
	default:
		text = "Export the " + strconv.Itoa(n) + " listed…"
	}
	m.handAll.SetText(text)
	setEnabled(m.handAll, n > 0)
}

// listed are the presets that the filter lets through.
func (m *presetManager) listed() []forms.Preset {
	var list []forms.Preset
	for _, item := range m.list.List.Shown() {
		if preset, ok := m.shelf.Find(item.ID); ok {
			list = append(list, preset)
		}
	}
	return list
}

func (m *presetManager) picked() []forms.Preset {
	preset, ok := m.shelf.Find(m.chosen)
	if !ok {
		return nil
	}
	return []forms.Preset{preset}
}

// again shows what is there now.
func (m *presetManager) again() {
	m.page.presets.read(func(view presetView) {
		m.shelf = view.Shelf
		m.showShelf()
	})
}

// changed shows a preset as it was just written: what is done next is done to
// that.
func (m *presetManager) changed(kept forms.Preset) {
	m.shelf.Presets = slices.Clone(m.shelf.Presets)
	for i, preset := range m.shelf.Presets {
		if preset.ID == kept.ID {
			m.shelf.Presets[i] = kept
		}
	}
	m.again()
}

func (m *presetManager) useIt() {
	for _, preset := range m.picked() {
		m.done()
		m.page.usePreset(preset)
	}
}

// removeIt deletes at once; a line above the page brings the preset back.
func (m *presetManager) removeIt() {
	for _, preset := range m.picked() {
		m.page.presets.remove(preset, func(err error) {
			m.again()
			if err != nil {
				m.page.env.Notify(NoticeOf("preset", err))
				return
			}
			m.page.sayRemoved(preset)
		})
	}
}

// sayRemoved says that a preset was deleted, and brings it back.
func (p *ComposePage) sayRemoved(preset forms.Preset) {
	p.env.Notify(Notice{
		Key: "preset-gone-" + preset.ID, Tone: ToneInfo, Text: "The preset “" + preset.Name + "” was deleted.",
		Action: "Undo", OnAction: func() {
			preset.Revision = 0
			p.presets.save(preset, func(kept forms.Preset, err error) {
				if err != nil {
					p.env.Notify(NoticeOf("preset-gone-"+preset.ID, err))
					return
				}
				p.env.Notify(Notice{Key: "preset-gone-" + preset.ID, Tone: ToneSuccess, Text: "The preset “" + kept.Name + "” is back."})
			})
		},
	})
}

// renameIt asks for another name.
func (m *presetManager) renameIt() {
	for _, preset := range m.picked() {
		name, problem := widgets.NewEntry(), widgets.NewWrappedText("", widgets.RoleProblem)
		problem.Hide()
		name.SetText(preset.Name)
		var done func()
		done = m.page.env.Show(Card{
			Title: "Rename “" + preset.Name + "”", Body: widgets.Column(6, name, problem), Confirm: "Rename", Focus: name,
			OnConfirm: func() bool {
				preset.Name = name.Text
				m.page.presets.save(preset, func(kept forms.Preset, err error) {
					if err == nil {
						done()
						m.changed(kept)
						return
					}
					words := words.Explain(err)
					problem.SetText(strings.TrimSpace(words.What + " " + words.Do))
					problem.Show()
					m.again()
				})
				return false
			},
		})
		name.SelectAll()
	}
}

func (m *presetManager) export(list []forms.Preset) {
	if len(list) > 0 {
		m.done()
		m.page.exportPresets(list)
	}
}
