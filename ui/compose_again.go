// "Open as new": an activity of a timeline as the beginning of a new one. What
// was sent from here is taken from the journal, whole; of all else the timeline
// gives only what was mapped, and only what is certain is put back.

package ui

import (
	"bytes"
	"context"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"github.com/activitydesk/activitydesk/client"
	"github.com/activitydesk/activitydesk/client/journal"
	"github.com/activitydesk/activitydesk/client/metadata"
	"github.com/activitydesk/activitydesk/client/outbox"
	"github.com/activitydesk/activitydesk/forms"
	"github.com/activitydesk/activitydesk/ui/people"
	"github.com/activitydesk/activitydesk/ui/timeline"
	"github.com/activitydesk/activitydesk/ui/words"
)

// AgainArg opens the compose page with a new activity like one of a timeline.
type AgainArg struct {
	Entity string     // name for data requests
	Row    client.Row // as the timeline gives it
}

// openAgain begins a new activity like one of a timeline. What was typed before
// can be had back.
func (p *ComposePage) openAgain(arg AgainArg) {
	row, ok := p.receiver(arg.Entity)
	if !ok {
		return
	}
	p.choose(row)
	p.dropNew()
	d := p.current
	unlessTyped := p.unlessTyped(d)
	entries, target := p.env.Journal, targetOf(p.place, row.Entity)
	p.again.Run(func(ctx context.Context) (journal.Entry, error) {
		return sentRow(ctx, entries, target, arg.Row)
	}, func(e journal.Entry, err error) {
		switch {
		case d != p.current:
		case err != nil:
			p.env.Notify(NoticeOf("open-as-new", err))
		case len(e.Body) == 0:
			p.againFromRow(d, arg.Row, unlessTyped)
		default:
			unlessTyped(func() { p.againFromEntry(d, e) })
		}
	})
}

// sentRow finds the send that a row of a timeline is for certain, with its body;
// the zero Entry where it was not sent from here.
func sentRow(ctx context.Context, entries sentReader, target outbox.Target, row client.Row) (journal.Entry, error) {
	list, err := entries.List(ctx, journal.Filter{
		InstanceID: target.Instance.ID, Entity: target.Entity.DataName(), Limit: 1000,
		States: []journal.State{journal.Accepted, journal.Visible, journal.Uncertain},
	})
	if err != nil {
		return journal.Entry{}, err
	}
	for _, e := range list {
		if outbox.MatchRow(e, target, row) == journal.MatchSourceID {
			return entries.Get(ctx, e.ID)
		}
	}
	return journal.Entry{}, nil
}

// againFromEntry takes all that was sent, but for the key.
func (p *ComposePage) againFromEntry(d *draft, e journal.Entry) {
	p.begin(d, "A new activity like the one that was sent from here. Its key is new, its time is as it was.", func() {
		p.fill(d, e.Body, forms.KeepUnknown)
		for _, key := range e.KeyFields {
			newKey(d, key.Name, key.Value)
		}
	})
	p.typeNext()
}

// newKey gives the activity a key of its own, in the pattern of the one that the
// other had; where none can be made, it is left out.
func newKey(d *draft, field, other string) {
	d.form.LeaveOut(field)
	var examples []string
	if other != "" {
		examples = []string{other}
	}
	if id, err := d.newID(field, examples...); err == nil {
		d.form.SetText(field, id)
	}
}

// againFromRow takes what the timeline gives, and says what it does not.
func (p *ComposePage) againFromRow(d *draft, row client.Row, unlessTyped func(begin func())) {
	unified, _ := people.FindEntity(p.place.Entities, people.EntityUnifiedActivity)
	back := putBack(d.form.Fields(), row, unified.TimeField())
	begin := func(key, besides string) {
		if key != "" {
			back.add(d.customerField().Name, key)
		}
		p.begin(d, strings.TrimSpace(back.words(d.form.Fields())+" "+besides), func() {
			p.fill(d, back.body(), forms.DropUnknown)
			for i, name := range d.keyFields() {
				other := ""
				if i == 0 && len(d.keyFields()) == 1 {
					other = timeline.FirstText(row, "SourceActivityId", "ActivityId")
				}
				newKey(d, name, other)
			}
		})
		p.typeNext()
	}
	id := row.Text(people.FieldCustomerID)
	if d.customerField() == nil || id == "" {
		unlessTyped(func() { begin("", "") })
		return
	}
	p.findKeys(d, id, func(keys people.Keys, why string) {
		key, also := keys.First()
		unlessTyped(func() { begin(key, strings.TrimSpace(also+" "+why)) })
	})
}

// putBackFields are the fields of a form that a row of a timeline fills.
type putBackFields struct {
	names  []string
	values map[string]json.RawMessage
}

func (b *putBackFields) add(name string, value any) {
	raw, err := json.Marshal(value)
	if err != nil || b.values[name] != nil {
		return // of a decoded JSON value there is always one
	}
	b.names = append(b.names, name)
	b.values[name] = raw
}

// putBack finds what of a form's fields a row of a timeline tells for certain:
// the time, by the field that the metadata names; a member of the same name, of
// the row or of its semantic data; and the web address, where one field alone
// has that meaning. A text in the place of a date is left out, since nobody
// knows how its source writes it. Keys and the customer are not put back.
func putBack(fields []*forms.Field, row client.Row, timeField string) *putBackFields {
	back := &putBackFields{values: map[string]json.RawMessage{}}
	semantic, err := client.ParseRow([]byte(row.Text("SemanticData")))
	if err != nil {
		semantic = client.Row{}
	}
	address := onlyAddress(fields)
	for _, field := range fields {
		switch {
		case field.Key || field.ReadOnly || field.CustomerRef:
		case field.Time:
			if text, ok := timeFor(field, timeline.FirstText(row, timeField, timeline.FieldActivityTime, timeline.FieldActivityTimeStamp)); ok {
				back.add(field.Name, text)
			}
		default:
			for _, from := range []client.Row{semantic, row} {
				if value, has := from.Value(field.Name); has && value != nil {
					back.add(field.Name, value)
					break
				}
			}
			if url := row.Text("URL"); field == address && url != "" {
				back.add(field.Name, url)
			}
		}
	}
	return back
}

// onlyAddress is the one field that is a web address; nil: none, or several.
func onlyAddress(fields []*forms.Field) *forms.Field {
	var only *forms.Field
	for _, field := range fields {
		if !strings.EqualFold(strings.ReplaceAll(field.Semantic, ".", ""), "ReferenceURL") {
			continue
		}
		if only != nil {
			return nil
		}
		only = field
	}
	return only
}

// timeFor writes a row's time as a field takes it.
func timeFor(field *forms.Field, text string) (string, bool) {
	at, ok := timeline.ReadServiceTime(text)
	switch {
	case !ok:
		return "", false
	case field.Kind == metadata.KindDateTime:
		return text, true
	case field.Kind == metadata.KindDate:
		return at.UTC().Format(time.DateOnly), true
	default:
		return "", false
	}
}

// body is what is put back as a JSON object.
func (b *putBackFields) body() []byte {
	var out bytes.Buffer
	out.WriteByte('{')
	for i, name := range b.names {
		if i > 0 {
			out.WriteByte(',')
		}
		key, _ := json.Marshal(name) // a text can always be written
		out.Write(key)
		out.WriteByte(':')
		out.Write(b.values[name])
	}
	out.WriteByte('}')
	return out.Bytes()
}

// words say what was put back, and what could not be.
func (b *putBackFields) words(fields []*forms.Field) string {
	var missing []string
	for _, field := range fields {
		if !field.Key && !field.ReadOnly && !slices.Contains(b.names, field.Name) {
			missing = append(missing, field.Name)
		}
	}
	said := "A new activity with what the timeline gives"
	if len(b.names) > 0 {
		said += ": " + someNames(b.names)
	}
	if len(missing) > 0 {
		said += ". It does not give " + someNames(missing) + ", left out"
	}
	return said + ". The key is new, the time as it was."
}

// someNames lists a few names and counts the rest.
func someNames(names []string) string {
	const named = 6
	text := strings.Join(names[:min(named, len(names))], ", ")
	if more := len(names) - named; more > 0 {
		text += " and " + words.Counted(more, "other", "others")
	}
	return text
}
