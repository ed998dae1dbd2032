// Saving the form as a preset: the question for its name, and updating the
// preset that the form came from.

package ui

import (
	"errors"
	"runtime"
	"strings"

	"fyne.io/fyne/v2"

	"github.com/activitydesk/activitydesk/forms"
	"github.com/activitydesk/activitydesk/ui/settings"
	"github.com/activitydesk/activitydesk/ui/widgets"
	"github.com/activitydesk/activitydesk/ui/words"
)

// saveKey is the key of saving, in the platform's words.
func saveKey() string { return chord{fyne.KeyS, ctrl}.label(runtime.GOOS == "darwin") }

// savePreset asks for the name of a preset.
type savePreset struct {
	page    *ComposePage
	draft   *draft
	kept    forms.Kept // of the moment of asking
	shelf   settings.Shelf
	name    *widgets.Entry
	key     *widgets.Picker
	keepKey bool
	chosen  bool // the person chose what happens to the key
	note    *widgets.Text
	problem *widgets.Text
	busy    bool
	done    func()
}

// SavePreset saves the form under a name (Ctrl+S).
func (p *ComposePage) SavePreset() {
	d := p.current
	p.settleJSON(d)
	switch {
	case d == nil || d.row.Muted:
		return
	case d.snapshot().Empty():
		p.env.Notify(Notice{Key: "preset", Tone: ToneInfo, Text: "Nothing is filled in yet, so there is nothing to save as a preset."})
		return
	}
	p.presets.read(func(view presetView) {
		if p.shown && p.current == d {
			newSavePreset(p, d, view.Shelf).show()
		}
	})
}

func newSavePreset(p *ComposePage, d *draft, shelf settings.Shelf) *savePreset {
	s := &savePreset{
		page: p, draft: d, kept: d.content().Kept, shelf: shelf, name: widgets.NewEntry(),
		note: widgets.NewWrappedText("", widgets.RoleWarning), problem: widgets.NewWrappedText("", widgets.RoleProblem),
	}
	s.name.SetPlaceHolder("for example Coffee in the store")
	s.key = widgets.NewPicker("", s.keyItems)
	if before, ok := shelf.Find(d.beside.preset); ok {
		s.name.SetText(before.Name)
	}
	s.name.OnChanged = func(string) { s.named() }
	s.named()
	return s
}

func (s *savePreset) show() {
	body := widgets.Column(10, labelled(110, "Name", widgets.Column(3, s.name, s.note, s.problem), ""))
	if keys := s.draft.keyFields(); len(keys) > 0 {
		body.Add(labelled(110, "When used", s.key, "A key can be sent once, so each use normally gets a new one."))
	}
	body.Add(widgets.NewWrappedText("All that is filled in is saved as it was typed: “now-2d” stays two days before the moment of "+
		"sending. Presets are files of this computer and may hold personal data.", widgets.RoleCaption))
	if s.draft.pending != nil {
		body.Add(widgets.NewWrappedText("The text of the JSON tab is not applied to the fields: what it says otherwise is not saved.", widgets.RoleWarning))
	}
	s.done = s.page.env.Show(Card{
		Title: "Save as preset of " + s.draft.key.Entity, Body: body, Confirm: "Save preset", OnConfirm: s.confirm, Focus: s.name,
	})
	s.name.SelectAll() // a name that is there is replaced by typing
}

// named follows what is typed: a name that is there is replaced, and says so.
func (s *savePreset) named() {
	before, there := s.shelf.Named(s.draft.key.Entity, strings.TrimSpace(s.name.Text))
	note := ""
	if there {
		env := s.page.env
		note = "Replaces the preset of this name, saved " + words.ShortTime(before.SavedAt, env.Now(), env.Zone()) + "."
	}
	if !s.chosen {
		s.keepKey = there && before.KeepKey
	}
	s.note.SetText(note)
	setVisible(s.note, note != "")
	s.say("")
	s.key.Set(keyWord(s.draft, s.keepKey), "", widgets.ToneNeutral)
}

func (s *savePreset) say(problem string) {
	s.problem.SetText(problem)
	setVisible(s.problem, problem != "")
}

func keyWord(d *draft, keep bool) string {
	keys := strings.Join(d.keyFields(), " + ")
	if keep {
		return keys + " as it is saved"
	}
	return "A new " + keys + " each time"
}

func (s *savePreset) keyItems() []widgets.MenuItem {
	var items []widgets.MenuItem
	for _, keep := range []bool{false, true} {
		items = append(items, widgets.MenuItem{Label: keyWord(s.draft, keep), Checked: keep == s.keepKey, OnChosen: func() {
			s.keepKey, s.chosen = keep, true
			s.named()
		}})
	}
	return items
}

// confirm writes; the card closes when that is done.
func (s *savePreset) confirm() bool {
	name, err := forms.PresetName(s.name.Text)
	if err != nil {
		s.say(words.Explain(err).What)
		return false
	}
	if s.busy {
		return false
	}
	s.busy = true
	preset, replaced := s.shelf.Named(s.draft.key.Entity, name)
	before := preset
	preset.Name, preset.Entity, preset.KeepKey, preset.Kept = name, s.draft.key.Entity, s.keepKey, s.kept
	s.page.presets.save(preset, func(kept forms.Preset, err error) {
		s.busy = false
		if err != nil {
			s.failed(err)
			return
		}
		s.done()
		said := "Saved as preset “" + kept.Name + "”."
		if replaced {
			s.page.sayUpdated(s.draft, before, kept)
			return
		}
		s.page.belongs(s.draft, kept)
		s.page.env.Notify(Notice{Key: "preset", Tone: ToneSuccess, Text: said})
	})
	return false
}

// failed says why, in the card. What another desk did meanwhile is read, so
// that confirming once more means it.
func (s *savePreset) failed(err error) {
	m := words.Explain(err)
	words := strings.TrimSpace(m.What + " " + m.Do)
	if !changedElsewhere(err) {
		s.say(words)
		return
	}
	s.page.presets.read(func(view presetView) {
		s.shelf = view.Shelf
		s.named()
		s.say(words + " Save once more if that is what you want.")
	})
}

// changedElsewhere says whether another desk has changed the presets.
func changedElsewhere(err error) bool {
	return errors.Is(err, settings.ErrPresetTaken) || errors.Is(err, settings.ErrPresetChanged) || errors.Is(err, settings.ErrPresetGone)
}

// belongs remembers which preset a draft is of.
func (p *ComposePage) belongs(d *draft, preset forms.Preset) {
	d.beside.preset = preset.ID
	p.edited(d)
}

// updatePreset puts the form in the place of a preset's content.
func (p *ComposePage) updatePreset(d *draft, before forms.Preset) {
	p.settleJSON(d)
	preset := before
	preset.Kept = d.content().Kept
	p.presets.save(preset, func(kept forms.Preset, err error) {
		switch {
		case err == nil:
			p.sayUpdated(d, before, kept)
		case errors.Is(err, settings.ErrPresetChanged):
			p.askUpdate(d, before)
		default:
			p.env.Notify(NoticeOf("preset", err))
		}
	})
}

// sayUpdated says that a preset was replaced; it can be had back.
func (p *ComposePage) sayUpdated(d *draft, before, kept forms.Preset) {
	p.belongs(d, kept)
	p.env.Notify(Notice{
		Key: "preset", Tone: ToneSuccess, Text: "The preset “" + kept.Name + "” was updated.",
		Action: "Undo", OnAction: func() {
			before.Revision = kept.Revision
			p.presets.save(before, func(_ forms.Preset, err error) {
				if err != nil {
					p.env.Notify(NoticeOf("preset", err))
					return
				}
				p.env.Notify(Notice{Key: "preset", Tone: ToneSuccess, Text: "The preset “" + before.Name + "” is as it was before."})
			})
		},
	})
}

// askUpdate asks when another window has changed the preset since it was read.
func (p *ComposePage) askUpdate(d *draft, before forms.Preset) {
	p.presets.read(func(view presetView) {
		theirs, ok := view.Shelf.Find(before.ID)
		if !ok {
			p.env.Notify(NoticeOf("preset", settings.ErrPresetGone))
			return
		}
		p.env.Show(Card{
			Title: "“" + theirs.Name + "” was changed in another window",
			Body: widgets.NewWrappedText("That was at "+words.ShortTime(theirs.SavedAt, p.env.Now(), p.env.Zone())+". Replacing it puts this form in "+
				"its place. To keep both, cancel and save under another name.", widgets.RoleBody),
			Confirm: "Replace it", Danger: true,
			OnConfirm: func() bool {
				p.updatePreset(d, theirs)
				return true
			},
		})
	})
}
