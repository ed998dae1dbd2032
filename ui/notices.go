// The notices above the page: each stays until it is dismissed.

package ui

import (
	"slices"

	"fyne.io/fyne/v2"

	"github.com/activitydesk/activitydesk/ui/widgets"
)

// noticesShown is how many notices are shown; older ones come back when newer
// ones are dismissed. More would leave no room for the page.
const noticesShown = 3

// noticeBoard holds the notices, the newest first.
type noticeBoard struct {
	content *fyne.Container
	list    []Notice
	// moved lays out what is around the notices; may be nil. Fyne does so by
	// itself, but keeps only the last of several areas that grew in one frame: a
	// page that changes at the same time would be drawn over the notices.
	moved func()
}

func newNoticeBoard() *noticeBoard {
	b := &noticeBoard{content: widgets.Column(1)}
	b.content.Hide()
	return b
}

// add shows a notice, in the place of an older one with the same key.
func (b *noticeBoard) add(n Notice) {
	if n.Key == "" {
		n.Key = n.Text
	}
	b.list = slices.DeleteFunc(b.list, func(other Notice) bool { return other.Key == n.Key })
	b.list = slices.Insert(b.list, 0, n)
	b.refresh()
}

// remove takes a notice away.
func (b *noticeBoard) remove(key string) {
	before := len(b.list)
	var gone []func()
	b.list = slices.DeleteFunc(b.list, func(n Notice) bool {
		if n.Key == key && n.OnGone != nil {
			gone = append(gone, n.OnGone)
		}
		return n.Key == key
	})
	if len(b.list) != before {
		b.refresh()
	}
	for _, f := range gone {
		f()
	}
}

// passed takes away what was only good to know: it belongs to the page that
// the person is leaving. What is wrong stays, and what offers to do something.
func (b *noticeBoard) passed() {
	before := len(b.list)
	b.list = slices.DeleteFunc(b.list, func(n Notice) bool {
		return n.Action == "" && (n.Tone == ToneSuccess || n.Tone == ToneInfo)
	})
	if len(b.list) != before {
		b.refresh()
	}
}

// removeNewest takes the newest notice away, and answers whether there was one.
func (b *noticeBoard) removeNewest() bool {
	if len(b.list) == 0 {
		return false
	}
	b.remove(b.list[0].Key)
	return true
}

func (b *noticeBoard) refresh() {
	shown := b.list[:min(noticesShown, len(b.list))]
	b.content.Objects = make([]fyne.CanvasObject, 0, len(shown))
	for _, n := range shown {
		b.content.Objects = append(b.content.Objects, widgets.NewBanner(widgets.BannerSpec{
			Tone: n.Tone, Text: n.Text, Details: n.Details,
			Action: n.Action, OnAction: n.OnAction,
			OnDismiss: func() { b.remove(n.Key) }, OnResized: b.resized,
		}))
	}
	b.content.Hidden = len(shown) == 0
	b.content.Refresh()
	b.resized()
}

// resized makes room for notices that take another height.
func (b *noticeBoard) resized() {
	if b.moved != nil {
		b.moved()
	}
}
