// Presets on the compose page: the list that is opened, and filling the form
// from one of them.

package ui

import (
	"context"
	"encoding/json"
	"strings"

	"github.com/activitydesk/activitydesk/client/journal"
	"github.com/activitydesk/activitydesk/client/redact"
	"github.com/activitydesk/activitydesk/forms"
	"github.com/activitydesk/activitydesk/ui/settings"
	"github.com/activitydesk/activitydesk/ui/tasks"
	"github.com/activitydesk/activitydesk/ui/widgets"
	"github.com/activitydesk/activitydesk/ui/words"
)

// makePresets makes the buttons beside the title and in the bar.
func (w *composeWork) makePresets() {
	w.presets = widgets.NewMenuButton("Presets", w.do.Presets)
	w.tools.Add(w.presets)
	w.save = widgets.NewButton("Save as preset", w.do.SavePreset)
	w.saveBox = widgets.Row(0, w.save)
}

// presetDesk reads and writes presets off the UI goroutine. Other desks write
// them too, so what is shown is read first.
type presetDesk struct {
	env       *Env
	page      *ComposePage
	reading   *tasks.Latest[presetView]
	reloading *tasks.Latest[settings.Shelf]
	shelf     settings.Shelf // as read last
}

// presetView is what the list offers.
type presetView struct {
	Shelf   settings.Shelf
	Earlier []journal.Draft // drafts of desks that are gone, of every place
}

func newPresetDesk(env *Env, page *ComposePage) *presetDesk {
	return &presetDesk{
		env: env, page: page, reading: newLatest[presetView](env), reloading: newLatest[settings.Shelf](env),
	}
}

// read gives what is there now to show; a failure is said.
func (s *presetDesk) read(show func(presetView)) {
	s.reading.Run(s.work(), func(view presetView, err error) {
		if err != nil {
			s.env.Notify(NoticeOf("preset", err))
			return
		}
		s.shelf = view.Shelf
		show(view)
	})
}

// Reload keeps what Presets answers up to date.
func (s *presetDesk) Reload() {
	store := s.env.Presets
	s.reloading.Run(func(context.Context) (settings.Shelf, error) { return store.Read() }, func(shelf settings.Shelf, err error) {
		if err != nil {
			s.env.Logger.Warn("presets", "error", err)
			return
		}
		s.shelf = shelf
	})
}

func (s *presetDesk) work() func(context.Context) (presetView, error) {
	store, drafts := s.env.Presets, s.env.Journal
	return func(ctx context.Context) (presetView, error) {
		shelf, err := store.Read()
		if err != nil {
			return presetView{}, err
		}
		list, err := drafts.Drafts(ctx)
		if err != nil {
			return presetView{}, err
		}
		view := presetView{Shelf: shelf}
		for _, d := range list {
			if d.Earlier {
				view.Earlier = append(view.Earlier, d)
			}
		}
		return view, nil
	}
}

// secretInside is settings.ErrPresetSecret where presets hold a secret that is known.
func secretInside(known *redact.Redactor, presets ...forms.Preset) error {
	text, err := json.Marshal(presets)
	if err == nil && known.Holds(string(text)) {
		err = settings.ErrPresetSecret
	}
	return err
}

// save writes a preset; done is called on the UI goroutine.
func (s *presetDesk) save(preset forms.Preset, done func(forms.Preset, error)) {
	store, known := s.env.Presets, s.env.Redact
	s.env.Tasks.GoWrite(func(context.Context) {
		kept, err := preset, secretInside(known, preset)
		if err == nil {
			kept, err = store.Save(preset)
		}
		s.env.Post(func() {
			s.Reload()
			done(kept, err)
		})
	})
}

// remove deletes a preset; done is called on the UI goroutine.
func (s *presetDesk) remove(preset forms.Preset, done func(error)) {
	store := s.env.Presets
	s.env.Tasks.GoWrite(func(context.Context) {
		err := store.Delete(preset)
		s.env.Post(func() {
			s.Reload()
			done(err)
		})
	})
}

// of is where a draft's earlier drafts are found.
func (v presetView) of(d *draft) []journal.Draft {
	var list []journal.Draft
	for _, one := range v.Earlier {
		if (draftKey{one.ConnectionID, one.InstanceID, one.Entity}).folded() == d.key.folded() {
			list = append(list, one)
		}
	}
	return list
}

// Presets lists all presets, as far as they were read.
func (p *ComposePage) Presets() []forms.Preset { return p.presets.shelf.Presets }

// UsePreset fills the form from the preset with an id, at its entity.
func (p *ComposePage) UsePreset(id string) {
	place := p.place
	p.presets.read(func(view presetView) {
		if !p.place.Same(place) {
			return // the person has gone to another instance meanwhile
		}
		preset, ok := view.Shelf.Find(id)
		if !ok {
			p.env.Notify(Notice{Key: "preset", Tone: ToneWarning, Text: "This preset is not there any more."})
			return
		}
		p.usePreset(preset)
	})
}

// showPresets opens the list of the entity's presets.
func (p *ComposePage) showPresets() {
	if d := p.current; d != nil {
		p.presets.read(func(view presetView) {
			if p.shown && p.current == d {
				p.work.ShowPresets(p.presetItems(d, view))
			}
		})
	}
}

// presetItems is the list: the presets, what can be done with the form, and
// what is kept beside them.
func (p *ComposePage) presetItems(d *draft, view presetView) []widgets.MenuItem {
	now, zone := p.env.Now(), p.env.Zone()
	var items []widgets.MenuItem
	for _, preset := range view.Shelf.Of(d.key.Entity) {
		items = append(items, widgets.MenuItem{
			Label: preset.Name, Note: words.ShortTime(preset.SavedAt, now, zone), Checked: preset.ID == d.beside.preset,
			OnChosen: func() { p.usePreset(preset) },
		})
	}
	if len(items) == 0 {
		items = append(items, widgets.MenuItem{Label: "No presets of this entity yet", Disabled: true})
	}
	items = append(items, widgets.MenuItem{Label: "Save as preset…", Note: saveKey(), Separate: true, OnChosen: p.SavePreset})
	if preset, ok := view.Shelf.Find(d.beside.preset); ok && preset.Entity == d.key.Entity {
		items = append(items, widgets.MenuItem{
			Label: "Update “" + preset.Name + "”", OnChosen: func() { p.updatePreset(d, preset) },
		})
	}
	items = append(items,
		widgets.MenuItem{Label: "Manage presets…", OnChosen: p.managePresets},
		widgets.MenuItem{Label: "Import presets…", OnChosen: p.importPresets},
	)
	return append(items, p.keptItems(d, view.of(d))...)
}

// keptItems offers what is kept of drafts beside the form.
func (p *ComposePage) keptItems(d *draft, earlier []journal.Draft) []widgets.MenuItem {
	now, zone := p.env.Now(), p.env.Zone()
	var items []widgets.MenuItem
	for _, one := range earlier {
		items = append(items, widgets.MenuItem{
			Label: "Use the earlier draft of " + words.ShortTime(one.ChangedAt, now, zone), OnChosen: func() { p.useEarlier(d, one) },
		})
	}
	if len(items) > 0 {
		items = append(items, widgets.MenuItem{Label: "Delete the earlier drafts…", OnChosen: func() { p.dropEarlier(earlier) }})
	}
	if len(d.beside.homeless) > 0 {
		items = append(items, widgets.MenuItem{
			Label:    words.Counted(len(d.beside.homeless), "value", "values") + " without a field…",
			OnChosen: func() { p.showFit(d, forms.Fit{Removed: d.beside.homeless}) },
		})
	}
	if len(items) > 0 {
		items[0].Separate = true
	}
	return items
}

// usePreset fills the form, after a word on what no longer fits.
func (p *ComposePage) usePreset(preset forms.Preset) {
	row, ok := p.entities.Row(preset.Entity)
	if !ok || row.Muted {
		text := "“" + preset.Name + "” cannot be used: " + p.place.Instance.Label() + " has no entity " + preset.Entity + "."
		if ok {
			text = "“" + preset.Name + "” cannot be used. " + row.Reason
		}
		p.env.Notify(Notice{Key: "preset", Tone: ToneWarning, Text: text})
		return
	}
	if p.current == nil || p.current.key.Entity != row.Name {
		p.choose(row)
	}
	d := p.current
	fit := d.form.Fit(preset.Kept)
	if !fit.Touches() {
		p.fillFrom(d, preset, nil)
		p.sayPresetFit(preset, fit)
		return
	}
	view := newFitView(p.env, fit)
	p.env.Show(Card{
		Title: "“" + preset.Name + "” no longer fits in everything", Body: view.content, Confirm: "Use it",
		OnConfirm: func() bool {
			p.fillFrom(d, preset, view.Renames())
			return true
		},
	})
}

// sayPresetFit says what asks for no decision.
func (p *ComposePage) sayPresetFit(preset forms.Preset, fit forms.Fit) {
	p.env.Dismiss("preset-fit")
	if fit.Empty() {
		return
	}
	p.env.Notify(Notice{
		Key: "preset-fit", Tone: ToneInfo, Details: fitDetails(fit),
		Text: preset.Entity + " has changed since “" + preset.Name + "” was saved: " + fitWords(fit) + ".",
	})
}

// fillFrom makes a preset the form's state, with new keys unless they are to
// be kept: a key can be sent once only.
func (p *ComposePage) fillFrom(d *draft, preset forms.Preset, renames []forms.Rename) {
	said := "The form was filled from “" + preset.Name + "”"
	if keys := d.keyFields(); !preset.KeepKey && len(keys) > 0 {
		said += ", with a new " + strings.Join(keys, " + ")
	}
	p.replace(d, said+".", func() {
		if err := d.take(preset.Form, renames); err != nil {
			p.env.Notify(NoticeOf("preset", err))
			return
		}
		if !preset.KeepKey {
			d.renewKeys()
		}
		d.beside.preset = preset.ID
	})
	p.work.ShowForm()
	p.sayHomeless(d)
}

// renewKeys gives the key's fields new ids, where their types can hold one.
func (d *draft) renewKeys() {
	for _, name := range d.keyFields() {
		if id, err := d.newID(name); err == nil {
			d.form.SetText(name, id)
		}
	}
}

// useNewestEarlier uses the newest of a draft's earlier drafts.
func (p *ComposePage) useNewestEarlier(d *draft) {
	p.presets.read(func(view presetView) {
		if list := view.of(d); len(list) > 0 {
			p.useEarlier(d, list[0])
			return
		}
		p.env.Notify(Notice{Key: "earlier-" + d.noticeKey(), Tone: ToneInfo, Text: "The earlier draft is not there any more."})
	})
}

// useEarlier exchanges the form's content with an earlier draft.
func (p *ComposePage) useEarlier(d *draft, earlier journal.Draft) {
	p.env.Dismiss("earlier-" + d.noticeKey())
	content, err := decodeDraft(earlier.Body)
	if err == nil {
		err = d.canTake(content) // before it leaves the journal
	}
	if err != nil {
		p.env.Notify(Notice{
			Key: "bad-" + d.noticeKey(), Tone: ToneWarning, Details: err.Error() + "\n" + string(earlier.Body),
			Text: "This draft cannot be read here. It is kept as it is, and the details show it.",
		})
		return
	}
	fit := d.form.Fit(content.Kept)
	p.keeper.Exchange(earlier, d)
	at := words.ShortTime(earlier.ChangedAt, p.env.Now(), p.env.Zone())
	p.replace(d, "The form holds the draft of "+at+". What it held before is kept as an earlier draft.", func() {
		if err := d.takeContent(content, nil); err != nil {
			p.env.Notify(NoticeOf("preset", err))
		}
	})
	if fit.Touches() {
		p.sayFit(d, fit)
	}
}

// dropEarlier deletes earlier drafts, after a question.
func (p *ComposePage) dropEarlier(earlier []journal.Draft) {
	p.env.Show(Card{
		Title: "Delete the earlier drafts?",
		Body: widgets.NewWrappedText(words.Counted(len(earlier), "draft", "drafts")+
			" of this entity from windows that are closed. What the form holds stays.", widgets.RoleBody),
		Confirm: "Delete", Danger: true,
		OnConfirm: func() bool {
			p.keeper.Drop(earlier)
			return true
		},
	})
}
