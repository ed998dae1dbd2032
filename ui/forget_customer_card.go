// The question before a customer is forgotten, and the forgetting.

package ui

import (
	"context"
	"errors"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/activitydesk/activitydesk/client/journal"
	"github.com/activitydesk/activitydesk/forms"
	"github.com/activitydesk/activitydesk/ui/people"
	"github.com/activitydesk/activitydesk/ui/settings"
	"github.com/activitydesk/activitydesk/ui/widgets"
	"github.com/activitydesk/activitydesk/ui/words"
)

// askForget finds out what there is of the customer that is shown, and asks.
func (p *ProfilesPage) askForget() {
	who := p.details.customer
	if p.shown.Customer.ID == "" || who.ID != p.shown.Customer.ID {
		return
	}
	finder := traceFinder{
		finder: p.finder(), relationships: p.place.Relationships, instance: p.place.Instance.ID,
		journal: p.env.Journal, presets: p.env.Presets,
	}
	p.counting.Run(func(ctx context.Context) (forgetting, error) {
		return finder.Find(ctx, who)
	}, func(f forgetting, err error) {
		if err != nil {
			p.env.Notify(NoticeOf("forget-customer", err))
			return
		}
		p.showForget(f)
	})
}

// presetChoice is a preset in the question, with what becomes of it.
type presetChoice struct {
	preset forms.Preset
	choice *widgets.Segments
}

const forgetPreset = 0 // of the choices below

func (p *ProfilesPage) showForget(f forgetting) {
	name := f.Who.Label()
	if p.hidden {
		name = people.ShortID(f.Who.ID)
	}
	body := widgets.Column(10, widgets.NewWrappedText(f.goes(), widgets.RoleBody))
	var choices []presetChoice
	rows := widgets.Column(6)
	for _, held := range f.Presets {
		one := presetChoice{held.Preset, widgets.NewSegments("Delete", "Keep")}
		choices = append(choices, one)
		holds := held.Holds
		if p.hidden {
			holds = "a value of the customer's"
		}
		rows.Add(container.NewBorder(nil, nil, nil, one.choice, widgets.Column(
			0, widgets.NewEllipsisText(held.Name, widgets.RoleStrong), widgets.NewEllipsisText(held.Entity+" · holds "+holds, widgets.RoleCaption),
		)))
	}
	if len(choices) > 0 {
		body.Add(presetRows(rows, len(choices)))
	}
	for _, warning := range f.warnings() {
		body.Add(widgets.NewWrappedText(warning, widgets.RoleWarning))
	}
	body.Add(widgets.NewWrappedText(forgetStays, widgets.RoleCaption))
	p.env.Show(Card{
		Title: "Forget " + shortName(name) + " on this computer?", Body: body, Confirm: "Forget", Danger: true,
		OnConfirm: func() bool {
			p.forgetCustomer(f, choices)
			return true
		},
	})
}

// presetRows scrolls where there are many.
func presetRows(rows fyne.CanvasObject, n int) fyne.CanvasObject {
	const row, most = 42, 5
	if n <= most {
		return rows
	}
	return widgets.Sized(0, row*most, container.NewVScroll(rows))
}

const forgetStays = "What stays: everything at the service, with the profile and its activities, which nobody can take back from here. " +
	"Files that you exported and what is on the clipboard stay, too, and so does what another open desk holds in a form. " +
	"What is deleted cannot be had back."

// goes says what would be deleted.
func (f forgetting) goes() string {
	if f.empty() {
		return "Nothing about this customer is kept on this computer."
	}
	t := f.Traces
	var parts []string
	if t.Entries > 0 {
		parts = append(parts, words.Counted(t.Entries, "entry of the history", "entries of the history")+", with what was sent and answered")
	}
	if t.Drafts > 0 {
		parts = append(parts, words.Counted(t.Drafts, "draft", "drafts"))
	}
	if t.Viewed > 0 {
		parts = append(parts, "the customer's line in “Recently viewed”")
	}
	if n := len(f.Presets); n > 0 {
		parts = append(parts, words.Counted(n, "preset", "presets")+" as you choose below")
	}
	if len(parts) == 0 {
		return "What is kept about this customer is being sent at this moment."
	}
	return "This deletes " + strings.Join(parts, "; ") + "."
}

// warnings say what a person would regret not to have known.
func (f forgetting) warnings() []string {
	var out []string
	if n := f.Traces.Undecided; n > 0 {
		out = append(out, words.Counted(n, "entry is", "entries are")+" uncertain or not sent yet: whether the service has them is not known afterwards, "+
			"and that they were sent before is not noticed any more.")
	}
	if n := f.Traces.Held; n > 0 {
		out = append(out, words.Counted(n, "entry is", "entries are")+" being sent and will stay, for the outcome must be recorded. Forget once more afterwards.")
	}
	if f.NoRing {
		out = append(out, "The service could not be asked for all keys of this customer: what is filed under a key that the profile does not show is not found.")
	}
	if f.Unread > 0 {
		out = append(out, words.Counted(f.Unread, "file of presets", "files of presets")+" cannot be read: look into the folder of presets yourself.")
	}
	return out
}

// forgetCustomer forgets: first what pages hold, so that nothing is written
// again, then what is on disk.
func (p *ProfilesPage) forgetCustomer(f forgetting, choices []presetChoice) {
	var presets []forms.Preset
	for _, one := range choices {
		if one.choice.Selected() == forgetPreset {
			presets = append(presets, one.preset)
		}
	}
	p.env.Forgotten(f.Person)
	from, store, post := p.env.Journal, p.env.Presets, p.env.Post
	p.side.recent.writes.put(p.env.Tasks, func(ctx context.Context) {
		went, err := from.Forget(ctx, f.Person)
		went.Drafts = max(went.Drafts, f.Traces.Drafts) // the form may have deleted its own by now
		deleted, presetErr := deletePresets(store, presets)
		post(func() { p.saidForgotten(went, deleted, errors.Join(err, presetErr)) })
	})
}

// deletePresets deletes what was chosen, as far as it goes.
func deletePresets(from *settings.Presets, list []forms.Preset) (deleted int, err error) {
	for _, preset := range list {
		one := from.Delete(preset)
		if one == nil || errors.Is(one, settings.ErrPresetGone) {
			deleted++
			continue
		}
		err = errors.Join(err, one)
	}
	return deleted, err
}

// ForgetCustomer closes the profile of a person who is being forgotten.
func (p *ProfilesPage) ForgetCustomer(who journal.Person) {
	p.side.Drop(who.CustomerID)
	p.env.Dismiss("begin") // it may name the person
	if p.shown.Customer.ID != who.CustomerID {
		return
	}
	p.forget()
}

// saidForgotten says what went.
func (p *ProfilesPage) saidForgotten(went journal.Traces, presets int, err error) {
	if err != nil {
		p.env.Notify(NoticeOf("forget-customer", err))
		return
	}
	var parts []string
	for _, part := range []struct {
		n         int
		one, many string
	}{{went.Entries, "entry", "entries"}, {went.Drafts, "draft", "drafts"}, {presets, "preset", "presets"}} {
		if part.n > 0 {
			parts = append(parts, words.Counted(part.n, part.one, part.many))
		}
	}
	if went.Viewed > 0 {
		parts = append(parts, "the line in “Recently viewed”")
	}
	if len(parts) == 0 {
		parts = []string{"nothing was kept"}
	}
	text := "Forgotten on this computer: " + strings.Join(parts, ", ") + ". What is at the service stays as it is."
	if went.Held > 0 {
		text += " " + words.Counted(went.Held, "entry was", "entries were") + " being sent and stayed."
	}
	p.env.Notify(Notice{Key: "forget-customer", Tone: ToneSuccess, Text: text})
}
