// The frame is what stays in the window when pages change: the stripe of the
// environment, the bar with its pickers, the rail, the notices and the status
// line.

package ui

import (
	"runtime"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/activitydesk/activitydesk/client/metadata"
	"github.com/activitydesk/activitydesk/ui/widgets"
	"github.com/activitydesk/activitydesk/ui/words"
)

// frame shows where the desk stands. It knows nothing of how it got there.
type frame struct {
	root       *widgets.Root
	stripe     *widgets.Stripe
	connection *widgets.Picker
	instance   *widgets.Picker
	guard      *widgets.Button // hidden where no instance is chosen
	anywhere   *widgets.GoBox
	zone       *widgets.Picker
	bar        *fyne.Container
	notices    *noticeBoard
	panel      *widgets.StatePanel // in the place of a page that has nothing to show yet
	page       *fyne.Container     // holds the shown page
	rail       *fyne.Container     // holds the rail, once there are pages
	pages      *widgets.Rail       // nil before
	status     *statusBar
}

// frameActions is what the frame's own controls do.
type frameActions interface {
	connectionMenu() []widgets.MenuItem
	instanceMenu() []widgets.MenuItem
	zoneMenu() []widgets.MenuItem
	guardMenu() []widgets.MenuItem
	signInMenu() []widgets.MenuItem
	goAnywhere()
	after(time.Duration, func()) (stop func())
}

func newFrame(a frameActions) *frame {
	f := &frame{
		stripe:     widgets.NewStripe(widgets.ToneNeutral),
		connection: widgets.NewPicker("Connection", a.connectionMenu),
		instance:   widgets.NewPicker("Instance", a.instanceMenu),
		anywhere:   widgets.NewGoBox("Go to anything…", chord{fyne.KeyK, ctrl}.label(runtime.GOOS == "darwin"), a.goAnywhere),
		zone:       widgets.NewPicker("Times:", a.zoneMenu),
		notices:    newNoticeBoard(),
		page:       container.NewStack(),
		rail:       container.New(railLayout{}, widgets.Gap(widgets.RailWidth, 0)),
		status:     newStatusBar(a.signInMenu),
	}
	f.guard = widgets.NewMenuButton("", func() { widgets.ShowMenuBelow(f.guard, a.guardMenu()) })
	f.guard.Hide()
	f.panel = widgets.NewStatePanel(f.page)
	f.panel.After = a.after
	f.root = widgets.NewRoot(f.layout())
	return f
}

func (f *frame) layout() fyne.CanvasObject {
	f.bar = container.New(frameBar{}, f.connection, f.instance, f.guard, f.anywhere, f.zone)
	bar := widgets.NewArea(widgets.ColorPanel, widgets.Pad(7, 12, 7, 12, f.bar))
	status := widgets.NewArea(widgets.ColorPanel, widgets.Pad(4, 12, 4, 12, f.status.content))
	middle := widgets.Column(0, f.notices.content, widgets.Grow(f.panel))
	f.notices.moved = func() { relayout(middle) }
	return container.New(
		edgeLayout{},
		widgets.Column(0, f.stripe, bar, widgets.NewRule()),
		widgets.Column(0, widgets.NewRule(), status),
		f.rail,
		middle,
	)
}

// relayout lays a container out again after the size of a part of it has changed.
// Fyne finds such a change itself, but of two in one frame, where the second lies
// deeper in a later part, it forgets the first.
func relayout(c *fyne.Container) { c.Layout.Layout(c.Objects, c.Size()) }

// setPages builds the rail.
func (f *frame) setPages(pages []Page, mac bool, choose func(PageID)) {
	items := make([]widgets.RailItem, 0, len(pages))
	for _, p := range pages {
		tip := p.Title()
		if number := pageNumber(p.ID()); number != "" {
			tip += "  " + chord{number, ctrl}.label(mac)
		}
		items = append(items, widgets.RailItem{ID: string(p.ID()), Label: p.Title(), Icon: p.Icon(), Tip: tip})
	}
	f.pages = widgets.NewRail(items)
	f.pages.OnSelected = func(id string) { choose(PageID(id)) }
	f.rail.Objects = []fyne.CanvasObject{f.pages, widgets.NewRule()}
	f.rail.Refresh()
}

// showPage puts a page into the middle.
func (f *frame) showPage(p Page) {
	f.pages.Select(string(p.ID()))
	f.page.Objects = []fyne.CanvasObject{p.Content()}
	f.page.Refresh()
}

// showPlace marks connection, instance and environment.
func (f *frame) showPlace(p Place, loading bool, zone string, now time.Time) {
	name := p.Connection.Name
	if name == "" {
		name = "none"
	}
	f.connection.Set(name, "", widgets.ToneNeutral)
	f.connection.SetMark(p.Connection.Colour)
	f.instance.SetTip(roleTip(p.Role))
	f.zone.Set(zone, "", widgets.ToneNeutral)
	f.showInstance(p.Instance, loading)
	f.showGuard(p.GuardState(), p.Instance.ID != "", now)
}

func (f *frame) showInstance(in metadata.Instance, loading bool) {
	switch {
	case in.ID != "":
		environment := in.Environment()
		f.instance.Set(in.Label(), words.Environment(environment), environmentTone(environment))
		f.stripe.SetTone(environmentTone(environment))
		return
	case loading:
		f.instance.Set("loading…", "", widgets.ToneNeutral)
	default:
		f.instance.Set("none chosen", "", widgets.ToneNeutral)
	}
	f.stripe.SetTone(widgets.ToneNeutral)
}

// showGuard says how the instance can be written to.
func (f *frame) showGuard(g GuardState, chosen bool, now time.Time) {
	f.guard.Hidden = !chosen
	f.guard.SetText(guardWord(g, now))
	f.guard.SetIcon(guardIcon(g, now))
	f.guard.SetTip(guardTip(g, now))
	f.bar.Refresh() // the widths have changed
}

// edgeLayout lays out top, bottom, left and middle without the gaps of Fyne's
// border layout: lines between areas do that here.
type edgeLayout struct{}

// Layout implements fyne.Layout.
func (edgeLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	top, bottom, left, middle := objects[0], objects[1], objects[2], objects[3]
	above, below, beside := top.MinSize().Height, bottom.MinSize().Height, left.MinSize().Width
	height := max(0, size.Height-above-below)
	put(top, 0, 0, size.Width, above)
	put(bottom, 0, size.Height-below, size.Width, below)
	put(left, 0, above, beside, height)
	put(middle, beside, above, max(0, size.Width-beside), height)
}

// MinSize implements fyne.Layout.
func (edgeLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	top, bottom, left, middle := objects[0].MinSize(), objects[1].MinSize(), objects[2].MinSize(), objects[3].MinSize()
	return fyne.NewSize(
		max(top.Width, bottom.Width, left.Width+middle.Width),
		top.Height+bottom.Height+max(left.Height, middle.Height),
	)
}

// railLayout puts a line at the right of the rail.
type railLayout struct{}

// Layout implements fyne.Layout.
func (railLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	put(objects[0], 0, 0, size.Width-1, size.Height)
	for _, line := range objects[1:] {
		put(line, size.Width-1, 0, 1, size.Height)
	}
}

// MinSize implements fyne.Layout.
func (railLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return objects[0].MinSize().AddWidthHeight(1, 0)
}

func put(o fyne.CanvasObject, x, y, width, height float32) {
	o.Move(fyne.NewPos(x, y))
	o.Resize(fyne.NewSize(width, height))
}
