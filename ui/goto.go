// Go to anything (Ctrl+K): a palette over the window that finds pages, actions,
// entities, fields, presets, instances, connections and what was sent, by what
// a person remembers of their names.

package ui

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/activitydesk/activitydesk/client/journal"
	"github.com/activitydesk/activitydesk/ui/match"
	"github.com/activitydesk/activitydesk/ui/settings"
	"github.com/activitydesk/activitydesk/ui/tasks"
	"github.com/activitydesk/activitydesk/ui/widgets"
	"github.com/activitydesk/activitydesk/ui/words"
)

const (
	goMost     = 200 // rows of a search
	goRecent   = 20  // ids that are remembered
	goSent     = 6   // entries of the journal that are shown at most
	goBefore   = 6   // rows before those of the journal, so that they are in view
	goRest     = 120 * time.Millisecond
	goSayAfter = 300 * time.Millisecond
	goFoot     = "Up and Down move · Enter opens · Esc closes"
)

// sentFinder is what the palette needs of the journal.
type sentFinder interface {
	List(ctx context.Context, f journal.Filter) ([]journal.Entry, error)
}

// palette is an open "Go to anything". It is made anew each time.
type palette struct {
	finder *widgets.Finder
	offers []offer
	list   *match.List
	lately []int // offers that were used lately, the newest first

	found []hit // what matches what was typed last

	sent    []offer // of the newest search that was answered
	sentIn  func(journal.Entry) offer
	journal sentFinder
	looking *tasks.Latest[[]journal.Entry]
	saying  *tasks.Latest[struct{}]

	hits     []hit // the rows, as shown
	customer func(text string) offer
	used     func(id string)
}

// hit is an offer with the letters that match.
type hit struct {
	offer
	marks []int
}

// goAnywhere opens the palette.
func (d *Desk) goAnywhere() {
	if d.session == nil || !d.free() {
		return
	}
	p := &palette{
		offers: d.offers(), customer: d.customerOffer, used: d.usedOffer,
		sentIn: d.sentOffer, journal: d.env.Journal,
		looking: newLatest[[]journal.Entry](d.env), saying: newLatest[struct{}](d.env),
	}
	p.prepare(d.kept.Recent)
	p.finder = widgets.ShowFinder(d.window.Canvas(), widgets.FinderSpec{
		PlaceHolder: "Go to an entity, a page, a field, an action, what was sent…", Foot: goFoot,
		OnText: p.typed, OnChosen: p.chosen, OnClose: p.closed,
	})
	p.typed("")
}

// usedOffer remembers what was chosen, the newest first.
func (d *Desk) usedOffer(id string) {
	d.remember(func(to *settings.Settings) {
		list := slices.DeleteFunc(slices.Clone(to.Recent), func(other string) bool { return other == id })
		list = slices.Insert(list, 0, id)
		to.Recent = list[:min(len(list), goRecent)]
	})
}

// customerOffer finds the text among the customers.
func (d *Desk) customerOffer(text string) offer {
	o := offer{
		kind: kindCustomer, label: "Find customer “" + text + "”", note: "Profiles",
		act: func() { d.open(PageProfiles, FindArg{Text: text}) },
	}
	if !d.chosen() {
		o.reason = "No instance is chosen"
	}
	return o
}

// sentOffer opens an entry of the journal.
func (d *Desk) sentOffer(e journal.Entry) offer {
	word, _ := stateBadge(e)
	return offer{
		kind: kindSent, label: keyWords(e),
		note: e.Entity + " · " + word + " · " + words.ShortTime(e.CreatedAt, d.options.Now(), d.zone.Load()),
		also: e.Entity + " " + word + " " + e.InstanceName + " " + e.Code + " " + e.Message,
		act:  func() { d.open(PageHistory, EntryArg{ID: e.ID}) },
	}
}

// prepare makes the offers ready to be searched.
func (p *palette) prepare(recent []string) {
	lifts := make(map[string]int, len(recent))
	for i, id := range recent {
		lifts[id] = goRecent - i
	}
	byID := make(map[string]int, len(recent))
	candidates := make([]match.Candidate, len(p.offers))
	for i, o := range p.offers {
		candidates[i] = match.Candidate{Text: o.label, Also: o.also + " " + o.kind, Lift: lifts[o.id]}
		if lifts[o.id] > 0 {
			byID[o.id] = i
		}
	}
	p.list = match.NewList(candidates)
	for _, id := range recent {
		if i, ok := byID[id]; ok {
			p.lately = append(p.lately, i)
		}
	}
}

// typed searches for what was typed. The journal answers a little later; until
// then what it had found before stays, as far as it still matches.
func (p *palette) typed(text string) {
	text = strings.TrimSpace(text)
	p.found = p.best(text)
	p.show(p.hitsOf(text), 0)
	p.say()
	p.lookForSent(text)
}

// say says in the foot where nothing has a name like what was typed.
func (p *palette) say() {
	if len(p.hits) == 1 && p.hits[0].kind == kindCustomer {
		p.finder.SetStatus("No name matches", false)
		return
	}
	p.finder.SetStatus("", false)
}

func (p *palette) show(hits []hit, cursor int) {
	p.hits = hits
	p.finder.SetRows(len(hits), func(i int) widgets.FinderRow { return hits[i].row(hits[i].marks) }, cursor)
}

// hitsOf puts the rows together: what matches best, what was sent, the rest,
// and last the way to the customers.
func (p *palette) hitsOf(text string) []hit {
	before := p.sentAt(text)
	hits := slices.Concat(p.found[:before], p.sentHits(text), p.found[before:])
	if text != "" {
		hits = append(hits, hit{offer: p.customer(text)})
	}
	return hits
}

// best are the offers that match; without a text all, what was used lately
// first.
func (p *palette) best(text string) []hit {
	var hits []hit
	if text != "" {
		for _, f := range p.list.Find(text, goMost) {
			hits = append(hits, hit{p.offers[f.Index], f.Marks})
		}
		return hits
	}
	for _, i := range p.lately {
		hits = append(hits, hit{offer: p.offers[i]})
	}
	for i, o := range p.offers {
		if !slices.Contains(p.lately, i) {
			hits = append(hits, hit{offer: o})
		}
	}
	return hits
}

// sentHits are what was sent, as far as it is known and matches.
func (p *palette) sentHits(text string) []hit {
	var hits []hit
	if text == "" {
		for _, o := range p.sent {
			hits = append(hits, hit{offer: o})
		}
		return hits
	}
	candidates := make([]match.Candidate, len(p.sent))
	for i, o := range p.sent {
		candidates[i] = match.Candidate{Text: o.label, Also: o.also}
	}
	for _, f := range match.NewList(candidates).Find(text, goSent) {
		hits = append(hits, hit{p.sent[f.Index], f.Marks})
	}
	return hits
}

// lookForSent asks the journal, when the person has stopped typing for a moment.
func (p *palette) lookForSent(text string) {
	rest, source := goRest, p.journal
	if text == "" {
		rest = 0
	}
	p.saying.RunAfter(goSayAfter, func(context.Context) (struct{}, error) { return struct{}{}, nil },
		func(struct{}, error) { p.finder.SetStatus("Searching the history…", false) })
	p.looking.RunAfter(rest, func(ctx context.Context) ([]journal.Entry, error) {
		return source.List(ctx, journal.Filter{Text: text, Limit: goSent})
	}, func(entries []journal.Entry, err error) {
		p.saying.Cancel()
		if err != nil {
			p.finder.SetStatus("The history cannot be searched: "+words.Explain(err).What, true)
			return
		}
		p.sentFound(text, entries)
	})
}

// sentFound shows what the journal found. The cursor stays on its row.
func (p *palette) sentFound(text string, entries []journal.Entry) {
	p.sent = p.sent[:0]
	for _, e := range entries {
		p.sent = append(p.sent, p.sentIn(e))
	}
	hits := p.hitsOf(text)
	p.show(hits, p.moved(p.finder.Cursor(), len(hits), text))
	p.say()
}

// moved is where the row of the cursor stands among the new rows. The first row
// is the best one, whatever it is, as long as the person has not moved.
func (p *palette) moved(cursor, rows int, text string) int {
	if cursor == 0 || cursor < p.sentAt(text) {
		return cursor
	}
	return cursor + rows - len(p.hits)
}

// sentAt is the row at which what was sent begins.
func (p *palette) sentAt(text string) int {
	if text == "" {
		return len(p.lately)
	}
	return min(goBefore, len(p.found))
}

// chosen goes to the offer of a row, or says why not.
func (p *palette) chosen(row int) {
	o := p.hits[row].offer
	if o.reason != "" {
		p.finder.SetStatus(o.label+": "+o.reason, true)
		return
	}
	p.finder.Close()
	if o.id != "" {
		p.used(o.id)
	}
	o.act()
}

func (p *palette) closed() {
	p.looking.Cancel()
	p.saying.Cancel()
}
