// What was typed is kept for each instance and entity, so that switching
// either, or the page, loses nothing. draft_store.go has how it outlives the
// desk.

package ui

import (
	"slices"
	"time"

	"github.com/activitydesk/activitydesk/client/journal"
	"github.com/activitydesk/activitydesk/forms"
)

// draftKey is where a draft belongs.
type draftKey struct {
	Connection string // id
	Instance   string // id
	Entity     string // name for data requests
}

func draftKeyOf(place Place, dataName string) draftKey {
	return draftKey{place.Connection.ID, place.Instance.ID, dataName}
}

// draft is one activity being composed.
type draft struct {
	key     draftKey
	row     entityRow
	form    *forms.Form
	history *forms.History // of the form; nil before the draft is shown
	offered forms.StepID   // the step that the notice with Undo speaks of
	options forms.Options
	madeAt  time.Time // LoadedAt of the metadata that the form was made of
	keep    keepFor
	who     customerCheck
	known   map[string]customerCheck // who was found, by key: undo shows it at once
	last    *sendState               // newest send from this draft; nil: none yet
	marks   []saidOf                 // what the service said of fields, until they change
	samples sampleRows
	reading bool // samples are being read
	nextRow int  // the sample row to fill from next
	// pending is the text of the JSON tab that is not applied to the form; nil:
	// there is none. It is part of what was typed, as the form is.
	pending *forms.JSONDraft
	json    *jsonWork // the JSON as it is being edited; nil: it is not
	beside  beside
	steps   []besideStep // how that changed, with the steps of the history
	// announced: the window says that the draft is back.
	announced bool
}

// drafts keeps them. Its methods are called on the UI goroutine.
type drafts struct {
	zone func() *time.Location
	now  func() time.Time
	kept map[draftKey]*draft
	// stored are the journal's, of the run before; each is taken out once its
	// entity is shown.
	stored map[draftKey]storedDrafts
}

func newDrafts(env *Env) *drafts {
	return &drafts{zone: env.Zone, now: env.Now, kept: make(map[draftKey]*draft), stored: storedByKey(env.Drafts)}
}

// draftNews is what is to be said of a draft that is shown.
type draftNews struct {
	Fit     forms.Fit     // how it fits metadata that changed
	Back    time.Time     // it was restored, as it was at that time; zero: no
	Earlier time.Time     // one of another desk is kept beside it; zero: no
	Bad     error         // what is stored cannot be read; nil: it can
	Kept    journal.Draft // that one
}

// Of answers the draft with a key; nil: there is none.
func (d *drafts) Of(key draftKey) *draft { return d.kept[key] }

// At answers the draft of an entity. Where there is none it is the one of the
// run before, or a new one. A form follows the metadata as it is loaded again,
// and keeps what was typed.
func (d *drafts) At(place Place, row entityRow) (kept *draft, news draftNews) {
	key := draftKeyOf(place, row.Name)
	kept, found := d.kept[key]
	if !found {
		kept = &draft{key: key}
		d.kept[key] = kept
	}
	kept.row = row
	if kept.form == nil || !kept.madeAt.Equal(place.LoadedAt) {
		kept.madeAt = place.LoadedAt
		kept.options = forms.Options{All: place.Entities, Relationships: place.Relationships, Now: d.now}
		news.Fit = kept.remake(d.zone())
	}
	if stored, ok := d.stored[key.folded()]; ok && !found {
		delete(d.stored, key.folded())
		news.recall(kept, stored)
	}
	return kept, news
}

// recall puts back what the run before has left.
func (n *draftNews) recall(d *draft, stored storedDrafts) {
	if stored.earlier != nil && stored.earlier.Found {
		n.Earlier = stored.earlier.ChangedAt
	}
	if stored.mine == nil {
		return
	}
	content, err := decodeDraft(stored.mine.Body)
	if err == nil {
		n.Fit = d.form.Fit(content.Kept)
		err = d.takeContent(content, nil)
	}
	if err != nil {
		n.Bad, n.Kept, n.Fit = err, *stored.mine, forms.Fit{}
		return
	}
	n.Back = stored.mine.ChangedAt
}

// remake makes the form anew of what is known, and puts back what was typed.
func (d *draft) remake(zone *time.Location) forms.Fit {
	before := d.form
	d.options.Zone = zone
	d.options.SampleRows = d.samples.values()
	d.form = forms.FromEntity(d.row.Entity, d.options)
	if before == nil {
		return forms.Fit{}
	}
	kept := forms.Kept{Fields: before.Shape(), Form: d.withHomeless(before.Snapshot())}
	if err := d.take(kept.Form, nil); err != nil { // a snapshot of this run is of this version and sound
		d.form = before
	}
	fit := d.form.Fit(kept)
	if !fit.Empty() {
		d.steps = nil // values without a field may have found one: undo leaves them where they are
	}
	return fit
}

// take makes a snapshot the form's state. What has no field is kept beside it.
func (d *draft) take(s forms.Snapshot, renames []forms.Rename) error {
	unfit, err := d.form.Restore(d.form.Adapted(s, renames))
	if err != nil {
		return err
	}
	d.beside.homeless = unfit.Gone
	return nil
}

// snapshot is all that was typed, also what has no field.
func (d *draft) snapshot() forms.Snapshot { return d.withHomeless(d.form.Snapshot()) }

func (d *draft) withHomeless(s forms.Snapshot) forms.Snapshot {
	s.Fields = append(s.Fields, d.beside.homeless...)
	return s
}

// untouched says that nothing is entered.
func (d *draft) untouched() bool { return d.pending == nil && d.form.Snapshot().Empty() }

// newID suggests a key in the pattern of the sample rows and of examples. They
// may have come after the form was made, so the suggestion is made by a form of
// its own.
func (d *draft) newID(field string, examples ...string) (string, error) {
	options := d.options
	options.SampleRows = d.samples.values()
	for _, example := range examples {
		options.SampleRows = append(options.SampleRows, map[string]any{field: example})
	}
	return forms.FromEntity(d.row.Entity, options).NewID(field)
}

// writable says whether there is a field that can be filled.
func (d *draft) writable() bool {
	return slices.ContainsFunc(d.form.Fields(), func(f *forms.Field) bool { return !f.ReadOnly })
}

// customerField is the field that leads to the customer; nil: there is none.
func (d *draft) customerField() *forms.Field {
	for _, field := range d.form.Fields() {
		if field.CustomerRef {
			return field
		}
	}
	return nil
}

// KeyFields are the names of the entity's key.
func (d *draft) keyFields() []string { return d.row.Entity.KeyNames() }

// timeField is the name of the activity's time field; empty: there is none.
func (d *draft) timeField() string { return d.row.Entity.TimeField() }
