// The compose page: choose an entity, fill its form, watch the JSON grow, send
// it, and see what came of it.

package ui

import (
	"time"

	"fyne.io/fyne/v2"

	"github.com/activitydesk/activitydesk/assets"
	"github.com/activitydesk/activitydesk/client/journal"
	"github.com/activitydesk/activitydesk/forms"
	"github.com/activitydesk/activitydesk/ui/people"
	"github.com/activitydesk/activitydesk/ui/settings"
	"github.com/activitydesk/activitydesk/ui/tasks"
)

// ComposePage composes activities and sends them.
type ComposePage struct {
	env   *Env
	place Place
	shown bool // the page is the one that is seen

	entities *entityList
	work     *composeWork
	pane     *requestPane
	content  fyne.CanvasObject

	drafts  *drafts
	current *draft              // nil: no entity is chosen
	refused map[draftKey]string // the service's code, where it refused an entity as such
	sends   *sendDesk
	keeper  *draftKeeper
	gone    draftKey // that the list has no more, as the notice says
	presets *presetDesk
	grouped groupedAs // what the list shows
	seed    uint64    // of the newest believable values; 0: none yet

	listing  *tasks.Latest[struct{}] // waits before it says that the list is loaded again
	sampling *tasks.Latest[sampleRows]
	checking *tasks.Latest[customerCheck]
	opening  *tasks.Latest[string]   // the customer to show
	resting  *tasks.Latest[struct{}] // until the JSON is applied
	loading  *tasks.Latest[string]   // a file into the JSON
	telling  *tasks.Latest[struct{}]
	finding  *tasks.Latest[people.Keys]   // of the customer of a new activity
	again    *tasks.Latest[journal.Entry] // that a new activity begins with
	told     *sendState                   // the send that the pane shows
	left     string                       // until it expires, as the pane says it
	sent     sentValues
}

var (
	_ Page      = (*ComposePage)(nil)
	_ Arriver   = (*ComposePage)(nil)
	_ Finder    = (*ComposePage)(nil)
	_ Refresher = (*ComposePage)(nil)
	_ Sender    = (*ComposePage)(nil)
	_ Starter   = (*ComposePage)(nil)
	_ Escaper   = (*ComposePage)(nil)
	_ Opener    = (*ComposePage)(nil)
	_ Commander = (*ComposePage)(nil)
	_ Offerer   = (*ComposePage)(nil)
	_ Ender     = (*ComposePage)(nil)
)

// NewComposePage makes the page.
func NewComposePage(env *Env) *ComposePage {
	p := &ComposePage{
		env:      env,
		drafts:   newDrafts(env),
		refused:  map[draftKey]string{},
		listing:  newLatest[struct{}](env),
		sampling: newLatest[sampleRows](env),
		checking: newLatest[customerCheck](env),
		opening:  newLatest[string](env),
		resting:  newLatest[struct{}](env),
		loading:  newLatest[string](env),
		telling:  newLatest[struct{}](env),
		finding:  newLatest[people.Keys](env),
		again:    newLatest[journal.Entry](env),
		sent:     sentValues{reading: newLatest[[][]byte](env)},
	}
	p.sends = newSendDesk(env, p.sendChanged)
	p.keeper = newDraftKeeper(env)
	p.presets = newPresetDesk(env, p)
	p.entities = newEntityList(p.choose)
	p.work = newComposeWork(env, composeActions{
		Changed: p.fieldChanged, Send: p.Send, Problem: p.focusFirstProblem, FindCustomer: p.findCustomer,
		ReadSamples: p.readSamples, UseSample: p.useSample, Reload: func() { env.Reload() },
		Stop: func() { env.Stop() }, StopSamples: p.stopSamples,
		Left: p.leftField, Undo: p.Undo, Redo: p.Redo, FillMenu: p.fillItems,
		TabShown: p.tabShown, RemoveExtra: p.removeExtra, JSON: p.jsonActions(),
		SavePreset: p.SavePreset, Presets: p.showPresets,
		Sent: p.sentTexts, LoadField: p.loadField,
	})
	p.pane = newRequestPane(requestActions{
		CopyJSON: p.copyJSON, CopyCommand: p.copyCommand, CopyAddress: p.copyAddress,
		CopyAnswer: p.copyAnswer, CopyRequestID: p.copyRequestID, CopyTicket: p.copyTicket,
		Keep: p.keepFor, KeepUntil: p.askUntil, Caller: p.setCaller,
		ShowOnProfile: p.showOnProfile, LookAgain: p.lookAgain, Stop: p.stop, SendAgain: p.sendAgain, Why: p.why, Stored: p.showStored,
		Remedy: p.remedy, GoToField: p.goToMark,
	})
	p.content = p.layout()
	env.Tasks.Every(time.Second, func() { env.Post(p.tick) })
	return p
}

// ID is the page's name within the desk.
func (p *ComposePage) ID() PageID { return PageCompose }

// Title is the word in the rail.
func (p *ComposePage) Title() string { return "Compose" }

// Icon is drawn in the rail.
func (p *ComposePage) Icon() fyne.Resource { return assets.IconCompose() }

// Content is the page's part of the window.
func (p *ComposePage) Content() fyne.CanvasObject { return p.content }

// Enter shows the page for a place. Each instance has its own drafts.
func (p *ComposePage) Enter(place Place) {
	p.shown = true
	if !place.Same(p.place) {
		p.settleJSON(p.current)
		p.stopReading()
		p.current = nil
	}
	begins := p.current == nil
	p.place = place
	p.showEntities()
	p.follow()
	p.showBar()
	p.showSend()
	p.presets.Reload()
	if c := p.env.Window.Canvas(); begins && c.Focused() == nil && c.Overlays().Top() == nil {
		p.Arrive() // the entities are there only now
	}
}

// Leave cancels what is being read. What was typed stays, and a send goes on.
func (p *ComposePage) Leave() {
	p.shown = false
	p.settleJSON(p.current)
	p.stopReading()
	p.dropNews(p.current)
	p.withdrawOffer(p.current)
	p.keeper.Flush()
}

// End has what was typed written, also what could not be before.
func (p *ComposePage) End() { p.keeper.Flush() }

func (p *ComposePage) stopReading() {
	p.listing.Cancel()
	p.sampling.Cancel()
	p.checking.Cancel()
	p.opening.Cancel()
	p.loading.Cancel()
	p.finding.Cancel()
	p.again.Cancel()
	p.sent.reading.Cancel()
	if p.current != nil {
		p.current.reading = false
		if p.current.who.State == checkBusy {
			p.current.who = customerCheck{}
		}
	}
}

// Arrive puts the cursor where filling goes on: into the first required field
// that is empty. What the person looks at stays: another tab, or a form that
// lacks nothing.
func (p *ComposePage) Arrive() {
	if p.current != nil {
		p.work.FocusEmpty()
	}
}

// Find puts the cursor into the box that finds a field.
func (p *ComposePage) Find() { p.work.Find() }

// Escape stops reading sample rows, else it empties the find box.
func (p *ComposePage) Escape() bool {
	if p.work.tab == tabSamples && p.sampling.Running() {
		p.stopSamples()
		return true
	}
	return p.work.Escape()
}

// Refresh loads the entities and the sample rows again. What the service
// refused before may have been set up since.
func (p *ComposePage) Refresh() {
	for key := range p.refused {
		if key.Instance == p.place.Instance.ID {
			delete(p.refused, key)
		}
	}
	if p.current != nil {
		p.readSamples()
	}
	p.env.Reload()
}

// Open uses an entry of the journal again, or shows an entity.
func (p *ComposePage) Open(arg any) {
	switch arg := arg.(type) {
	case EntityArg:
		if row, ok := p.entities.Row(arg.Name); ok {
			p.choose(row)
			p.typeNext()
		}
	case EntryArg:
		p.openEntry(arg.ID)
	case FormArg:
		p.useForm(arg)
	case ActivityArg:
		p.openActivity(arg)
	case AgainArg:
		p.openAgain(arg)
	case PresetArg:
		p.UsePreset(arg.ID)
	}
}

// typeNext puts the cursor to where one goes on typing, for who came by key.
func (p *ComposePage) typeNext() {
	if d := p.current; d != nil && p.work.formShown() && !p.work.FocusEmpty() {
		p.work.FocusFirst()
	}
}

// follow keeps the chosen entity in step with the place: the one that was
// chosen, else the one of last time, else the first that can be sent to.
func (p *ComposePage) follow() {
	if !p.place.Chosen() {
		p.current = nil
		p.work.ShowNothing(p.place)
		p.showPreview()
		return
	}
	name := p.env.Settings().LastEntity[p.place.Instance.ID]
	if p.current != nil {
		name = p.current.key.Entity
	}
	row, ok := p.entities.Row(name)
	if !ok {
		if p.current != nil && len(p.place.Entities) > 0 {
			p.sayGone(p.current)
		}
		row, ok = p.entities.First()
	}
	if !ok {
		p.current = nil
		p.work.ShowNothing(p.place)
		p.showPreview()
		return
	}
	p.show(row)
}

// choose shows an entity because a person chose it.
func (p *ComposePage) choose(row entityRow) {
	instance := p.place.Instance.ID
	p.env.Remember(func(s *settings.Settings) {
		if s.LastEntity == nil {
			s.LastEntity = map[string]string{}
		}
		s.LastEntity[instance] = row.Name
	})
	p.show(row)
	p.showBar()
	p.showSend()
}

// show shows an entity with what was typed for it.
func (p *ComposePage) show(row entityRow) {
	p.settleJSON(p.current)
	d, news := p.drafts.At(p.place, row)
	if d != p.current {
		p.stopReading()
		p.dropNews(p.current)
		p.work.json.editor.Forget()
		p.withdrawOffer(p.current)
	}
	p.current = d
	p.dropGone(d)
	if d.history == nil { // what was kept from before is how it begins
		d.history = forms.NewHistory(d.form)
	}
	if zone := p.env.Zone(); d.form.Zone("") != zone {
		d.form.SetDefaultZone(zone)
	}
	p.entities.Select(row.Name)
	p.work.Show(d)
	p.showJSON()
	p.sayNews(d, news)
	p.showPreview()
	p.showCustomer()
	p.readSentValues()
	if !d.samples.Known && !d.reading {
		p.readSamples()
	}
}
