// The right-hand pane's part of the page: preview and copies before a send,
// and what can be done after it.

package ui

import (
	"context"
	"errors"
	"slices"
	"time"

	"fyne.io/fyne/v2"

	"github.com/activitydesk/activitydesk/client/journal"
	"github.com/activitydesk/activitydesk/client/metadata"
	"github.com/activitydesk/activitydesk/ui/shell"
	"github.com/activitydesk/activitydesk/ui/tasks"
	"github.com/activitydesk/activitydesk/ui/widgets"
	"github.com/activitydesk/activitydesk/ui/words"
)

// Notes of the request pane.
const (
	noteImmutable = "Activities cannot be changed once sent. Segments, measures and exports do not see them."
	noteGuarded   = " Here they can show on the customer's card and start automations at once."
)

// showPreview shows the bytes that would be sent.
func (p *ComposePage) showPreview() {
	d := p.current
	sendable := d != nil && !d.row.Muted
	p.pane.SetSendable(sendable)
	if !sendable {
		p.pane.ShowNote("")
		return
	}
	p.work.ShowExtras(d.form.Extras())
	p.pane.ShowRequest("POST …/"+metadata.Plain(d.key.Entity), p.postURL(d), d.form.Preview())
	p.pane.ShowCaller(p.env.Caller())
	p.showKeep()
	p.showChanged()
	note := noteImmutable
	if !p.place.Instance.Environment().Free() {
		note += noteGuarded
	}
	p.pane.ShowNote(note)
}

// showSend shows the newest send of the draft.
func (p *ComposePage) showSend() {
	var last *sendState
	if p.current != nil {
		last = p.current.last
	}
	if last != nil && last.Prev != nil && last.Prev == p.told && last.brief(p.env.Now()) {
		// Most answers come, and most questions are asked, before it is worth
		// a word: until then nothing moves.
		p.telling.RunAfter(worthAWord,
			func(context.Context) (struct{}, error) { return struct{}{}, nil },
			func(struct{}, error) { p.showSend() })
		return
	}
	p.telling.Cancel()
	p.told, p.left = last, ""
	if last != nil {
		p.left = p.leftOf(last)
	}
	p.pane.ShowSend(last, p.env.Now(), p.env.Zone())
	p.showChanged()
	p.showRemedies()
}

// showBar says what the button does, or why it does nothing.
func (p *ComposePage) showBar() {
	d := p.current
	bar := barState{Instance: p.place.Instance.Label(), Reason: cannotSend(p.place, d)}
	if d != nil {
		bar.Hidden = d.row.Muted
		bar.Problems, bar.Wrong = problemWords(d.form.Problems())
		bar.Busy = d.last != nil && d.last.Busy
		bar.Held, bar.HeldLine = d.jsonHeld()
	}
	if bar.Reason == "" && bar.Problems == "" {
		bar.Guarded = guardNote(p.place.GuardState(), p.env.Now())
	}
	if bar.Reason == "" && !bar.Hidden {
		bar.Ends = endWords(p.place.Instance, p.env.Now())
	}
	p.work.ShowBar(bar)
}

// copyJSON copies the bytes that the preview shows.
func (p *ComposePage) copyJSON() {
	if body, ok := p.bodyToCopy(); ok {
		p.env.Copy(string(body))
	}
}

// copyCommand copies the request for a shell. The parts are redacted one by
// one, so that the names of the variables for the secrets stay.
func (p *ComposePage) copyCommand(target shell.Shell) {
	body, ok := p.bodyToCopy()
	if !ok {
		return
	}
	request := shell.Request{Address: p.env.Redact.String(p.shownURL()), Body: p.env.Redact.Bytes(body)}
	command, err := request.For(target)
	if err != nil {
		p.env.Notify(Notice{Key: "copy", Tone: ToneWarning, Text: "Nothing was copied: the command would be " + err.Error() + ". Choose PowerShell."})
		return
	}
	fyne.CurrentApp().Clipboard().SetContent(command)
}

// bodyToCopy answers the bytes as shown: of the form or of the newest send. A
// form with problems has none.
func (p *ComposePage) bodyToCopy() ([]byte, bool) {
	d := p.current
	if d == nil || d.row.Muted || !p.place.Chosen() {
		return nil, false
	}
	if p.pane.ShowsSent() {
		return []byte(p.pane.sent.text), true
	}
	body, err := d.form.Shown()
	if err != nil {
		words, _ := problemWords(d.form.Problems())
		p.env.Notify(Notice{Key: "copy", Tone: ToneWarning, Text: "Nothing was copied: " + words + "."})
		return nil, false
	}
	p.env.Dismiss("copy")
	return body, true
}

// showOnProfile goes to the customer of the newest send.
func (p *ComposePage) showOnProfile() {
	if p.current != nil && p.current.last != nil {
		openCustomer(p.env, p.current.last, p.opening)
	}
}

// lookAgain asks the timeline once more for the newest send.
func (p *ComposePage) lookAgain() {
	if p.current != nil && p.current.last != nil {
		p.sends.Look(p.current.last)
	}
}

// why goes through the causes for which the newest send is not on the timeline.
func (p *ComposePage) why() {
	if p.cannotAskWhy() == "" {
		s := p.current.last
		e := s.Entry
		e.Body = s.sentBody()
		showWhy(p.env, whyQuestion(p.place, e))
	}
}

// sendAgain asks for the person's word and sends the newest send once more.
func (p *ComposePage) sendAgain() {
	if p.current != nil && p.current.last != nil {
		s := p.current.last
		askSendAgain(p.env, s.Entry, func() { p.sends.SendAgain(s) })
	}
}

// askSendAgain puts the question before an entry is sent once more.
func askSendAgain(env *Env, e journal.Entry, yes func()) {
	askFirst(env, "Send it again?", sendAgainWords(e, env.Now(), env.Zone()), "Send again", yes)
}

// askFirst puts a question before a send; the guard may have another one. Enter
// alone, of a Ctrl+Enter that was held too long, says no.
func askFirst(env *Env, title, words, confirm string, yes func()) {
	var closeCard func()
	closeCard = env.Show(Card{
		Title:   title,
		Body:    widgets.NewWrappedText(words, widgets.RoleBody),
		Confirm: confirm,
		Danger:  true,
		OnConfirm: func() bool {
			closeCard() // first: closing takes away what lies above, and the guard may ask as well
			yes()
			return false
		},
	})
}

func sendAgainWords(e journal.Entry, now time.Time, zone *time.Location) string {
	what := keyWords(e) + " to " + instanceWords(e)
	if e.NeverSent() {
		return what + " was never sent. Send it now?"
	}
	at := e.SentAt
	if at.IsZero() {
		at = e.CreatedAt
	}
	return "Whether " + what + ", sent at " + words.ShortTime(at, now, zone) + ", was stored is not known. " +
		"Sent again, it is refused as already there if the service knows its key, and stored twice if it does not."
}

// groupedAs is what the list of entities was made of, so that it is made anew
// only when that has changed.
type groupedAs struct {
	place   draftKey
	loaded  time.Time
	refused int
}

// showEntities shows the entities, and above them why there are none or why
// they are old ones.
func (p *ComposePage) showEntities() {
	p.sayListing()
	if !p.place.Chosen() || len(p.place.Entities) == 0 {
		p.entities.SetGroups(nil)
		p.grouped = groupedAs{}
		return
	}
	p.groupEntities()
}

func listingWords(place Place, now time.Time, zone *time.Location) string {
	have := len(place.Entities) > 0
	switch {
	case !place.Chosen():
		return ""
	case place.Loading && !have:
		return "Loading entities…"
	case errors.Is(place.Err, tasks.ErrStopped) && have:
		return "Old list, of " + words.ShortTime(place.LoadedAt, now, zone) + ": loading it again was stopped. F5 loads it."
	case errors.Is(place.Err, tasks.ErrStopped):
		return "Loading the entities was stopped. F5 loads them."
	case place.Err != nil && have:
		return "Old list, of " + words.ShortTime(place.LoadedAt, now, zone) + ": it could not be loaded again. " +
			inShort(place.Err) + " F5 tries again."
	case place.Err != nil:
		return "The entities could not be loaded."
	case !have && !place.LoadedAt.IsZero():
		return "The instance has no entities, or none that you may see."
	default:
		return ""
	}
}

// refusedIn tells which entities of a place the service itself has refused, by
// data name, with its code.
func (p *ComposePage) refusedIn(place Place) map[string]string {
	refused := map[string]string{}
	for key, code := range p.refused {
		if key == draftKeyOf(place, key.Entity) {
			refused[key.Entity] = code
		}
	}
	return refused
}

func (p *ComposePage) groupEntities() {
	refused := p.refusedIn(p.place)
	as := groupedAs{draftKeyOf(p.place, ""), p.place.LoadedAt, len(refused)}
	if as == p.grouped {
		return
	}
	p.grouped = as
	p.entities.SetGroups(groupEntities(slices.Clone(p.place.Entities), refused))
}
