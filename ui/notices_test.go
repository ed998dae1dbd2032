package ui

import (
	"testing"

	"fyne.io/fyne/v2/test"

	"github.com/activitydesk/activitydesk/ui/widgets"
)

func TestThePageMakesRoomForEachNotice(t *testing.T) {
	d := startedDesk(t)
	begins := func() float32 { return d.app.Driver().AbsolutePositionForObject(d.frame.panel).Y }
	top := begins()
	for _, key := range []string{"first", "second"} {
		d.env.Notify(Notice{Key: key, Tone: ToneInfo, Text: "Something of " + key})
		if at, want := begins(), top+d.frame.notices.content.MinSize().Height; at != want {
			t.Errorf("with the %s notice the page begins at %v, want %v", key, at, want)
		}
	}
	d.env.Dismiss("first")
	d.env.Dismiss("second")
	if at := begins(); at != top {
		t.Errorf("without notices the page begins at %v, want %v", at, top)
	}
}

func TestThePageMakesRoomForTheDetailsOfANotice(t *testing.T) {
	d := startedDesk(t)
	begins := func() float32 { return d.app.Driver().AbsolutePositionForObject(d.frame.panel).Y }
	d.env.Notify(Notice{Key: "1", Tone: ToneError, Text: "It could not be reached.", Details: "a\nb\nc"})
	before := begins()
	for _, o := range test.LaidOutObjects(d.frame.notices.content) {
		if b, ok := o.(*widgets.Button); ok && b.Text() == "Details" {
			test.Tap(b)
		}
	}
	content := d.frame.notices.content
	if at, want := begins(), d.app.Driver().AbsolutePositionForObject(content).Y+content.MinSize().Height; at != want || at <= before {
		t.Errorf("the page begins at %v, and before at %v; want %v", at, before, want)
	}
}
