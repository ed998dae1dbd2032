// A draft as it is stored in the journal, and what of it is said when it comes
// back.

package ui

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/activitydesk/activitydesk/client/journal"
	"github.com/activitydesk/activitydesk/client/metadata"
	"github.com/activitydesk/activitydesk/forms"
	"github.com/activitydesk/activitydesk/ui/words"
)

// draftVersion is of draftContent. A new member raises it, so that an older
// desk loses nothing of what a newer one has stored.
const draftVersion = 1

// Why a stored draft cannot be used. Compare with errors.Is.
var (
	errDraftNewer   = errors.New("the draft was written by a newer version of Activity Desk")
	errDraftDamaged = errors.New("the draft is damaged")
)

// draftContent is all that a draft holds.
type draftContent struct {
	Version int `json:"version"`
	forms.Kept
	KeepFor time.Duration `json:"keepFor,omitempty"` // in ns; how long the service is asked to keep it
	KeepTo  time.Time     `json:"keepTo,omitzero"`   // or until when
	Preset  string        `json:"preset,omitempty"`  // id
	// JSON is the text of the JSON tab that is not applied to the form; nil:
	// there is none.
	JSON *forms.JSONDraft `json:"json,omitempty"`
}

// content is the draft as it is stored; a copy that may leave the UI goroutine.
func (d *draft) content() draftContent {
	return draftContent{
		Version: draftVersion, Kept: forms.Kept{Fields: d.form.Shape(), Form: d.snapshot()},
		KeepFor: d.keep.For, KeepTo: d.keep.At, Preset: d.beside.preset, JSON: d.pending,
	}
}

// empty says that there is nothing to store.
func (c draftContent) empty() bool {
	return c.Form.Empty() && c.KeepFor == 0 && c.KeepTo.IsZero() && c.JSON == nil
}

// takeContent makes what was stored the draft's state.
func (d *draft) takeContent(c draftContent, renames []forms.Rename) error {
	if err := d.take(c.Form, renames); err != nil {
		return err
	}
	d.keep, d.beside.preset = keepFor{For: c.KeepFor, At: c.KeepTo}, c.Preset
	d.json, d.pending = nil, c.JSON // the tab goes on with it where it was
	return nil
}

// canTake says why takeContent would fail; nil: it would not.
func (d *draft) canTake(c draftContent) error {
	scratch := forms.FromEntity(d.row.Entity, d.options)
	_, err := scratch.Restore(scratch.Adapted(c.Form, nil))
	return err
}

// decodeDraft reads what was stored. The error is errDraftNewer or
// errDraftDamaged.
func decodeDraft(body []byte) (draftContent, error) {
	var head struct {
		Version int `json:"version"`
	}
	if err := json.Unmarshal(body, &head); err != nil {
		return draftContent{}, fmt.Errorf("%w: %w", errDraftDamaged, err)
	}
	switch {
	case head.Version > draftVersion:
		return draftContent{}, fmt.Errorf("%w: version %d, this desk knows %d", errDraftNewer, head.Version, draftVersion)
	case head.Version < 1:
		return draftContent{}, fmt.Errorf("%w: it has no version", errDraftDamaged)
	}
	var c draftContent
	if err := json.Unmarshal(body, &c); err != nil {
		return draftContent{}, fmt.Errorf("%w: %w", errDraftDamaged, err)
	}
	return c, nil
}

// storedDrafts are what the journal has for one place.
type storedDrafts struct {
	mine    *journal.Draft // nil: none
	earlier *journal.Draft // the newest of those beside it; nil: none
}

// folded is the key for comparing: services write uuids in both cases.
func (k draftKey) folded() draftKey {
	k.Instance = strings.ToLower(k.Instance)
	return k
}

func storedByKey(list []journal.Draft) map[draftKey]storedDrafts {
	stored := map[draftKey]storedDrafts{}
	for _, d := range list { // newest first
		key := draftKey{d.ConnectionID, d.InstanceID, d.Entity}.folded()
		s := stored[key]
		switch {
		case !d.Earlier:
			s.mine = &d
		case s.earlier == nil:
			s.earlier = &d
		}
		stored[key] = s
	}
	return stored
}

// sayNews says what there is to know of a draft that is shown: once, and
// without a question.
func (p *ComposePage) sayNews(d *draft, news draftNews) {
	now, zone := p.env.Now(), p.env.Zone()
	if !news.Earlier.IsZero() {
		p.env.Notify(Notice{
			Key: "earlier-" + d.noticeKey(), Tone: ToneInfo,
			Text:   "An earlier draft of " + d.key.Entity + " is kept, of " + words.ShortTime(news.Earlier, now, zone) + ". It is also in the list of presets.",
			Action: "Use it", OnAction: func() { p.useNewestEarlier(d) },
		})
	}
	switch {
	case errors.Is(news.Bad, errDraftNewer):
		p.keeper.Release(news.Kept)
		p.env.Notify(Notice{
			Key: "bad-" + d.noticeKey(), Tone: ToneWarning, Details: news.Bad.Error(),
			Text: "A draft of " + d.key.Entity + " was written by a newer version of Activity Desk. It is kept for that version; the form begins empty.",
		})
	case news.Bad != nil:
		p.keeper.Release(news.Kept)
		p.env.Notify(Notice{
			Key: "bad-" + d.noticeKey(), Tone: ToneWarning, Details: news.Bad.Error() + "\n" + string(news.Kept.Body),
			Text: "A draft of " + d.key.Entity + " cannot be read. It is kept as it is, and the details show it; the form begins empty.",
		})
	case !news.Back.IsZero():
		d.announced = true
		p.env.Notify(Notice{
			Key: "back-" + d.noticeKey(), Tone: ToneInfo,
			Text:   "Your draft of " + words.ShortTime(news.Back, now, zone) + " is back.",
			Action: "Discard", OnAction: func() { p.discardDraft(d) },
		})
	}
	if news.Fit.Touches() {
		p.sayFit(d, news.Fit)
	}
}

// dropNews takes away the word that a draft is back. That moves the page, so it
// is never done while a person types.
func (p *ComposePage) dropNews(d *draft) {
	if d != nil && d.announced {
		d.announced = false
		p.env.Dismiss("back-" + d.noticeKey())
	}
}

// noticeKey tells the notices of one draft from those of others.
func (d *draft) noticeKey() string { return d.key.Instance + "-" + d.key.Entity }

// discardDraft empties the form; it can be had back.
func (p *ComposePage) discardDraft(d *draft) {
	p.replace(d, "The draft was discarded: the fields are empty.", func() {
		d.form.Clear()
		d.keep = keepFor{}
	})
}

// sayGone says that an entity is listed no more whose form holds something:
// another one is shown in its place.
func (p *ComposePage) sayGone(d *draft) {
	if d.untouched() {
		return
	}
	p.gone = d.key
	p.env.Notify(Notice{
		Key: "gone", Tone: ToneWarning,
		Text: words.Clipped(metadata.Plain(d.key.Entity), 60) + " is not in the list any more: it is gone, or your role does not show it. " +
			"What was typed is kept, and is there again when the entity is.",
	})
}

// dropGone takes that back where the entity is shown again.
func (p *ComposePage) dropGone(d *draft) {
	if d.key == p.gone {
		p.gone = draftKey{}
		p.env.Dismiss("gone")
	}
}

// sayHomeless says which values have no field.
func (p *ComposePage) sayHomeless(d *draft) {
	if len(d.beside.homeless) == 0 {
		return
	}
	p.env.Notify(Notice{
		Key: "unfit-" + d.noticeKey(), Tone: ToneWarning, Details: valueLines(d.beside.homeless),
		Text: words.Counted(len(d.beside.homeless), "value has", "values have") + " no field in " + d.key.Entity + ". What was typed is kept with the draft.",
	})
}

// valueLines writes values for copying, a field in each line.
func valueLines(list []forms.FieldSnapshot) string {
	lines := make([]string, 0, len(list))
	for _, value := range list {
		lines = append(lines, value.Name+": "+valueWords(value))
	}
	return strings.Join(lines, "\n")
}

// valueWords is a value as it was typed.
func valueWords(value forms.FieldSnapshot) string {
	switch {
	case value.State == forms.Null.String():
		return "null"
	case value.State == forms.Value.String() && value.Text == "":
		return "empty text"
	default:
		return value.Text
	}
}
