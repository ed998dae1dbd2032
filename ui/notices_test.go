package ui

import "testing"

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
