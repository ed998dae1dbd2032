// How the compose page is laid out: entities, work, request; and the words of
// its head and its bar.

package ui

import (
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/activitydesk/activitydesk/ui/widgets"
	"github.com/activitydesk/activitydesk/ui/words"
)

// composeWidths are the page's columns.
var composeWidths = columnWidths{
	LeftShare: 0.203, LeftMin: 200, LeftMax: 320,
	RightShare: 0.3, RightMin: 300, RightMax: 620,
}

// layout puts the three columns beside each other.
func (p *ComposePage) layout() fyne.CanvasObject {
	list := widgets.NewArea(widgets.ColorSidebar, widgets.Pad(10, 10, 10, 10, p.entities.Content()))
	return newColumns(p.env, PageCompose, list, p.work.Content(), p.pane.Content(), composeWidths)
}

const barHeight float32 = 30 // of the button, also where there is none

// layout puts head, tabs and bar around the views.
func (w *composeWork) layout() fyne.CanvasObject {
	titled := container.New(&headLayout{}, w.title, w.subtitle, w.tools)
	head := widgets.Pad(12, 16, 4, 16, widgets.Column(2, titled, w.warning))
	tabs := container.New(findLayout{}, widgets.Pad(0, 0, 0, 10, w.tabs), widgets.Pad(0, 16, 6, 8, w.finder.box))
	bar := widgets.NewArea(widgets.ColorPanel, container.NewBorder(widgets.NewRule(), nil, nil, nil,
		widgets.Pad(11, 16, 11, 16, container.New(barLayout{}, w.send, w.sendKey, w.reason, w.mend, w.saveBox))))
	top := widgets.Column(0, head, tabs, widgets.NewRule())
	return container.NewBorder(top, bar, nil, nil, w.stack)
}

// barState is what the bar says.
type barState struct {
	Instance string
	Problems string // how many fields are to be mended; empty: none
	Wrong    bool   // some are wrong, and not only missing
	Reason   string // why nothing can be sent; empty: it can
	Guarded  string // what will be asked first
	Ends     string // that the instance ends soon
	Held     string // why the text of the JSON tab has to be mended first; empty: it has not
	HeldLine int    // where, from 1
	Busy     bool
	Hidden   bool // there is nothing to send to: no button at all
}

// ShowBar shows the bar. Most keys leave it as it is: the page is not drawn anew
// for them.
func (w *composeWork) ShowBar(bar barState) {
	bar.hold()
	if w.bar != nil && *w.bar == bar {
		return
	}
	w.bar = &bar
	label := "Send activity to " + shortName(bar.Instance)
	if bar.Busy {
		label = "Sending to " + shortName(bar.Instance) + "…"
	}
	w.send.SetText(label)
	if bar.Reason != "" || bar.Problems != "" || bar.Busy {
		w.send.Disable()
	} else {
		w.send.Enable()
	}
	setVisible(w.send, !bar.Hidden)
	setVisible(w.sendKey, !bar.Hidden && bar.Held == "")
	setVisible(w.save, !bar.Hidden)
	w.problems.SetText(bar.Problems)
	w.mendDot.SetTone(widgets.ToneWarning)
	if bar.Wrong {
		w.mendDot.SetTone(widgets.ToneDanger)
	}
	w.problems.SetTip(bar.Held)
	setVisible(w.mend, bar.Problems != "" && (bar.Reason == "" || bar.Held != ""))
	w.reason.SetText(strings.TrimSpace(bar.Reason + bar.Guarded + " " + bar.Ends))
	w.whole.Refresh()
}

// hold makes a text that is not applied the reason, with its line as the way
// to it.
func (b *barState) hold() {
	if b.Held == "" || b.Hidden {
		b.Held = ""
		return
	}
	b.Reason, b.Guarded, b.Ends, b.Wrong = b.Held, "", "", true
	b.Problems = "JSON: line " + strconv.Itoa(b.HeldLine)
}

// shortName keeps a long name from pushing the button off the screen.
func shortName(name string) string {
	const most = 28
	if letters := []rune(name); len(letters) > most {
		return string(letters[:most-1]) + "…"
	}
	return name
}

// entityWords is the line below the entity's name: "7 fields · key PurchaseId
// · time PurchasedOn · customer by ContactId".
func entityWords(d *draft) string {
	parts := []string{words.Counted(d.form.Len(), "field", "fields")}
	if keys := d.keyFields(); len(keys) > 0 {
		parts = append(parts, "key "+strings.Join(keys, " + "))
	}
	if at := d.timeField(); at != "" {
		parts = append(parts, "time "+at)
	}
	if field := d.customerField(); field != nil {
		parts = append(parts, "customer by "+field.Name)
	}
	return strings.Join(parts, " · ")
}

// barLayout puts the button and its key at the left, what is to be mended and
// the button that saves at the right, and the reason into what is left. Where
// there is too little room the key goes first, then the button that saves,
// which is also in the list of presets.
type barLayout struct{}

const (
	barGap      float32 = 8
	reasonLeast float32 = 150 // width of a reason beside what is to be mended
	reasonWide  float32 = 240 // width that a reason takes from what can be left out
)

// MinSize is the button with what is to be mended, as high as the reason.
func (barLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	send, reason, mend := objects[0], objects[2], objects[3]
	return fyne.NewSize(visibleWidth(send)+visibleWidth(mend), max(barHeight, reason.MinSize().Height))
}

// Layout places the five.
func (barLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	left, right := float32(0), size.Width
	put := func(o fyne.CanvasObject, x, width float32) {
		o.Resize(fyne.NewSize(width, o.Size().Height)) // wrapped text knows its height by its width
		height := min(o.MinSize().Height, size.Height)
		o.Resize(fyne.NewSize(width, height))
		o.Move(fyne.NewPos(x, (size.Height-height)/2))
	}
	send, key, reason, mend, save := objects[0], objects[1], objects[2], objects[3], objects[4].(*fyne.Container)
	saving := save.MinSize().Width // nothing where its button is hidden
	taken := visibleWidth(send) + visibleWidth(mend) + 3*barGap
	text, ok := reason.(*widgets.Text)
	says := ok && text.Text() != ""
	if says {
		taken += reasonWide
	}
	save.Hidden = saving == 0 || taken+saving > size.Width // not Hide: this is no change to be drawn
	if !save.Hidden {
		right -= saving
		put(save, right, saving)
		right -= barGap
	}
	if width := visibleWidth(mend); width > 0 {
		right -= width
		put(mend, right, width)
		right -= barGap
	}
	if width := visibleWidth(send); width > 0 {
		put(send, 0, width)
		left = width + barGap
	}
	width := visibleWidth(key)
	if left+width > right || says && left+width+barGap+reasonWide > right {
		width = 0
		key.Move(fyne.NewPos(-10*size.Width, 0)) // no room: out of sight
	}
	if width > 0 {
		put(key, left, width)
		left += width + barGap
	}
	if mend.Visible() && right-left < reasonLeast {
		right = left
		reason.Resize(fyne.NewSize(10*size.Width, size.Height)) // in one line it asks for no height
		reason.Move(fyne.NewPos(-20*size.Width, 0))             // the way to it says enough
	}
	if right > left {
		put(reason, left, right-left)
	}
}

func visibleWidth(o fyne.CanvasObject) float32 {
	if !o.Visible() {
		return 0
	}
	return o.MinSize().Width
}
