// Metadata however odd: it is listed, its form opens and is sent as it is, or it
// is said why not.

package ui

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"github.com/activitydesk/activitydesk/client/metadata"
	"github.com/activitydesk/activitydesk/client/withstand"
	"github.com/activitydesk/activitydesk/ui/widgets"
)

// try tells the service's metadata, opens the first entity, fills its form and
// sends it, and gives the table's row.
func (o *oddWorld) try(v oddEntity) withstand.Cell {
	o.t.Helper()
	relationships := v.relationships
	if relationships == "" {
		relationships = "[]"
	}
	o.tell(`{"entities":[`+v.entities+`]}`, relationships)
	if err := o.session.Place().Err; err != nil {
		o.t.Fatalf("the entities are not there: %v", err)
	}
	names := o.listed()
	o.findByName(names[0])
	if got := strings.Join(o.fields(), " "); got != v.fields {
		o.t.Errorf("the fields are %.200q, want %.200q", got, v.fields)
	}
	o.fillOdd(v)
	before := len(o.wire.posted())
	shown := o.form().PreviewText()
	o.looksRight()
	o.compose.Send()
	o.queue.run()
	cell := withstand.Cell{Day: v.day, While: "opening its form and sending it", State: "the form opens; nothing is sent", Says: v.says}
	says := o.compose.work.warning.Text()
	if v.path == "" {
		says = o.compose.work.reason.Text()
		if len(o.wire.posted()) != before || o.compose.current.last != nil {
			o.t.Error("something was sent")
		}
	} else {
		o.untilTaken()
		o.wireHas(v, shown)
		cell.State = "sent to data/" + v.path
		if len(v.path) > 100 {
			cell.State = "sent to data/ and the whole name"
		}
	}
	if says != v.says {
		o.t.Errorf("it says %q, want %q", says, v.says)
	}
	o.looksRight()
	if cell.Says == "" {
		cell.Says = "nothing: the form and the JSON are as for any other"
	}
	return cell
}

// findByName goes to an entity by its name, as Ctrl+K does.
func (o *oddWorld) findByName(name string) {
	o.t.Helper()
	list := o.offers()
	at := slices.IndexFunc(list, func(of offer) bool { return of.kind == kindEntity && of.label == metadata.Plain(name) })
	if at < 0 {
		o.t.Fatalf("%.100q cannot be gone to", name)
	}
	list[at].act()
	o.queue.run()
	if d := o.compose.current; d == nil || d.key.Entity != name || o.compose.work.title.Text() != metadata.Plain(name) {
		o.t.Fatalf("gone to is %.100q", o.compose.work.title.Text())
	}
}

// fillOdd fills what every activity has, and what the entity asks for.
func (o *oddWorld) fillOdd(v oddEntity) {
	o.t.Helper()
	values := map[string]string{}
	for _, field := range o.form().Fields() {
		switch {
		case field.ReadOnly || v.path == "":
		case field.Name == "Id":
			values["Id"] = "v"
		case field.Kind == metadata.KindDateTime:
			values[field.Name] = "2026-11-23 12:00"
		}
	}
	for name, text := range v.fill {
		values[name] = text
	}
	o.fill(values)
}

// untilTaken waits until the service has taken the activity, and ends the look
// for it: this service has no timeline.
func (o *oddWorld) untilTaken() {
	o.t.Helper()
	last := o.compose.current.last
	if last == nil {
		o.t.Fatalf("nothing is sent: %q, %q", o.compose.work.reason.Text(), o.compose.work.problems.Text())
	}
	o.queue.until(o.t, "the answer", func() bool { return !last.Busy })
	if last.Err != nil {
		o.t.Errorf("the send ended with %v", last.Err)
	}
	if last.stop != nil {
		last.stop()
	}
}

// wireHas holds that the last request went to the entity, with the bytes shown.
func (o *oddWorld) wireHas(v oddEntity, shown string) {
	o.t.Helper()
	posts := o.wire.posted()
	last := posts[len(posts)-1]
	path, _, _ := strings.Cut(last.uri, "?")
	if want := "/v1/instances/" + rawInstanceID + "/data/" + v.path; path != want {
		o.t.Errorf("it went to %.300s, want %.300s", path, want)
	}
	if last.body != shown || compact(o.t, last.body) != v.body {
		o.t.Errorf("sent was %.300s, shown %.300s, want %.300s", last.body, shown, v.body)
	}
}

// looksRight holds that nothing lies over something else, and that no words are a
// program's.
func (o *oddWorld) looksRight() {
	o.t.Helper()
	for _, fault := range layoutFaults(o.window.Canvas()) {
		o.t.Errorf("%.300s", fault)
	}
	if err := withstand.Plain(wordsOn(o.window.Content())); err != nil {
		o.t.Errorf("%.300s", err)
	}
}

func TestBadMetadataIsListedAndSentOrSaid(t *testing.T) {
	o := newOddWorld(t)
	o.window.Resize(fyne.NewSize(1024, 700))
	var cells []withstand.Cell
	for _, v := range oddEntities() {
		t.Run(v.day, func(t *testing.T) {
			whole := o.t
			o.t = t
			defer func() { o.t = whole }()
			cells = append(cells, o.try(v))
		})
	}
	t.Run("in the history", func(t *testing.T) {
		o.goTo(PageHistory)
		o.queue.until(t, "the list", func() bool { return !o.history.listing.Running() && len(o.history.entries) > 20 })
		for row := range o.history.entries {
			o.history.selected(row)
			entity := o.history.entries[row].Entity
			o.queue.until(t, "the entry of "+entity, func() bool { return strings.HasPrefix(o.history.detail.place.Text(), metadata.Plain(entity)+" · ") })
			o.looksRight()
		}
		o.goTo(PageCompose)
	})
	cells = append(cells, o.sizes(t)...)
	cells = append(cells, o.oddInstances(t)...)
	withstand.Hold(t, "metadata", cells)
}

// sizes are metadata that are many.
func (o *oddWorld) sizes(t *testing.T) []withstand.Cell {
	var cells []withstand.Cell
	t.Run("5,000 attributes", func(t *testing.T) {
		var fields []string
		for i := range 4998 {
			fields = append(fields, aText(fmt.Sprintf(`"F%04d"`, i)))
		}
		v := oddEntity{
			day: "5,000 attributes", entities: anActivity(`"Wide"`, usual(fields...)), path: "Wide",
			fill: map[string]string{"F4997": "last"}, body: `{"Id":"v","On":"2026-11-23T12:00:00Z","F4997":"last"}`,
		}
		v.fields = "On Id"
		for i := range 4998 {
			v.fields += fmt.Sprintf(" F%04d", i)
		}
		cells = append(cells, o.try(v))
		o.compose.work.finder.box.SetText("F4997")
		if got := o.compose.work.form.Shown(); got != 1 {
			t.Errorf("%d fields are found by the last one's name", got)
		}
	})
	t.Run("5,000 entities", func(t *testing.T) {
		var entities []string
		for i := range 5000 {
			entities = append(entities, anActivity(fmt.Sprintf(`"Many%04d"`, i), usual()))
		}
		o.tell(`{"entities":[`+strings.Join(entities, ",")+`]}`, "[]")
		o.findByName("Many4999")
		if got := len(o.listed()); got != 5000 {
			t.Errorf("%d entities are listed", got)
		}
		o.looksRight()
		cells = append(cells, withstand.Cell{
			Day: "5,000 entities", While: "going to the last one by its name", State: "all are listed; its form opens", Says: "nothing: it is there",
		})
	})
	return cells
}

// ownEntry is the instance in which odd metadata is looked at, as it is listed.
const ownEntry = `{"instanceId":"` + rawInstanceID + `","name":"` + rawInstance + `","instanceType":"sandbox"}`

// oddInstances are instances as a service could list them.
func (o *oddWorld) oddInstances(t *testing.T) []withstand.Cell {
	var cells []withstand.Cell
	for _, part := range []struct {
		name string
		do   func(*testing.T) []withstand.Cell
	}{
		{"without a name, a type or an id", o.namelessInstances},
		{"one id twice, of two types", o.oneIDTwice},
		{"letters that do not show", o.unseenInstance},
		{"3,000 instances", o.manyInstances},
	} {
		t.Run(part.name, func(t *testing.T) { cells = append(cells, part.do(t)...) })
	}
	return cells
}

func choosingIt(day, state, says string) withstand.Cell {
	return withstand.Cell{Day: day, While: "choosing an instance", State: state, Says: says}
}

func (o *oddWorld) namelessInstances(t *testing.T) []withstand.Cell {
	items := o.instances(`[` + ownEntry + `,{"instanceId":"11111111-0000-4000-8000-000000000001","name":null,"instanceType":null},
		{"name":"No id","instanceType":"sandbox"},null,7,[]]`)
	if len(items) != 6 {
		t.Fatalf("%d lines", len(items))
	}
	nameless, noID, broken := items[1], items[2], items[3]
	if nameless.Label != "Unnamed instance 11111111" || nameless.Badge != "unknown type" || !strings.HasPrefix(nameless.Note, "Read-only") {
		t.Errorf("nameless: %q, %q, %q", nameless.Label, nameless.Badge, nameless.Note)
	}
	before := o.session.Place().Instance.ID
	o.session.ChooseInstance("")
	if !noID.Disabled || noID.Note != noInstanceID || o.session.Place().Instance.ID != before {
		t.Errorf("without an id: %+v, chosen is %q", noID, o.session.Place().Instance.ID)
	}
	if broken.Label != "Unnamed instance" || !broken.Disabled {
		t.Errorf("no object: %+v", broken)
	}
	return []withstand.Cell{
		choosingIt("an instance without name and type", "listed as “Unnamed instance” with the beginning of its id; read-only", nameless.Note),
		choosingIt("an instance without an id", "listed, cannot be chosen", noID.Note),
		choosingIt("null, a number and a list for an instance", "listed as “Unnamed instance”, cannot be chosen", broken.Note),
	}
}

func (o *oddWorld) oneIDTwice(t *testing.T) []withstand.Cell {
	items := o.instances(`[` + ownEntry + `,{"instanceId":"` + strings.ToUpper(rawInstanceID) + `","name":"Live","instanceType":"production"}]`)
	if len(items) != 1 || items[0].Badge != "unknown type" || !strings.HasPrefix(items[0].Note, "Read-only") {
		t.Errorf("%d lines, the first is %q, %q", len(items), items[0].Badge, items[0].Note)
	}
	return []withstand.Cell{choosingIt("one id twice, as a sandbox and as production", "listed once, of no known type; read-only", items[0].Note)}
}

func (o *oddWorld) unseenInstance(t *testing.T) []withstand.Cell {
	items := o.instances(`[` + ownEntry + `,{"instanceId":"22222222-0000-4000-8000-000000000001","name":" Contoso\u202e \u0000\nlive\u200b","instanceType":"production"}]`)
	if got := items[1].Label; got != "Contoso live" {
		t.Errorf("it is listed as %q", got)
	}
	return []withstand.Cell{choosingIt("a name with marks of direction, NUL and line breaks", "listed as it can be read, and typed to unlock it", items[1].Note)}
}

func (o *oddWorld) manyInstances(t *testing.T) []withstand.Cell {
	list := []string{ownEntry}
	for i := range 3000 {
		list = append(list, fmt.Sprintf(`{"instanceId":"33333333-0000-4000-8000-00000000%04d","name":"Trial %04d","instanceType":"trial"}`, i, i))
	}
	o.instances("[" + strings.Join(list, ",") + "]")
	offers := o.offers()
	at := slices.IndexFunc(offers, func(of offer) bool { return of.kind == kindInstance && of.label == "Trial 2999" })
	if at < 0 {
		t.Fatal("the last one cannot be gone to")
	}
	offers[at].act()
	o.queue.until(t, "the last instance", func() bool {
		p := o.session.Place()
		return p.Instance.Name == "Trial 2999" && !p.Loading && !p.LoadedAt.IsZero()
	})
	return []withstand.Cell{choosingIt("3,000 instances", "all are listed; the last one is gone to by its name", offers[at].note)}
}

// instances has the service list others, and gives the lines of the picker.
func (o *oddWorld) instances(list string) []widgets.MenuItem {
	o.t.Helper()
	o.raw.mu.Lock()
	o.raw.instances = list
	o.raw.mu.Unlock()
	o.session.Reload()
	o.queue.until(o.t, "the instances", func() bool { return !o.session.Loading() })
	if _, _, err := o.session.Instances(); err != nil {
		o.t.Fatal(err)
	}
	items := instanceItems(o.session, o.env.Now())
	return items[:len(items)-1] // the last one loads the list again
}

func TestBadMetadataKeepsWhatWasTyped(t *testing.T) {
	raw, folder := newRawWorld(), t.TempDir()
	wire := newRecorder(t, raw)
	var entities []string
	for _, v := range append(oddNames(), oddLinks()...) {
		if v.path != "" {
			entities = append(entities, v.entities)
		}
	}
	raw.tell(`{"entities":[`+strings.Join(entities, ",")+`]}`, "[]")
	var names []string
	open := func(t *testing.T) *oddWorld {
		return &oddWorld{working: workingAt(t, folder, wire, rawInstance), raw: raw, wire: wire}
	}
	t.Run("typed", func(t *testing.T) {
		o := open(t)
		names = o.listed()
		for i, name := range names {
			o.findByName(name)
			o.fill(map[string]string{"Id": fmt.Sprint("typed ", i)})
		}
		o.untilKept(fmt.Sprint("typed ", len(names)-1))
	})
	t.Run("at the next start", func(t *testing.T) {
		o := open(t)
		for i, name := range names {
			o.findByName(name)
			if got, want := o.formText("Id"), fmt.Sprint("typed ", i); got != want {
				t.Errorf("%.100q holds %q, want %q", name, got, want)
			}
		}
	})
}
