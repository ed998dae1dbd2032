package ui

import (
	"strings"
	"testing"
	"time"

	"github.com/activitydesk/activitydesk/client/metadata"
	"github.com/activitydesk/activitydesk/client/outbox"
	"github.com/activitydesk/activitydesk/ui/widgets"
)

func TestOnlyTheNameUnlocksAnInstance(t *testing.T) {
	d := startedDesk(t)
	d.choose("Contoso production")
	place := d.session.Place()
	unlocked := 0
	q := newUnlockQuestion(d.services.guard, place.Instance, func() { unlocked++ })
	for _, typed := range []string{"", "Contoso", "contoso production", "Contoso production."} {
		q.name.SetText(typed)
		if q.confirm() || unlocked != 0 || place.GuardState().MayWrite(time.Now()) {
			t.Fatalf("%q unlocked it", typed)
		}
		if !q.problem.Visible() || !strings.Contains(q.problem.Text(), "Contoso production") {
			t.Errorf("after %q it says %q", typed, q.problem.Text())
		}
	}
	q.name.SetText(" Contoso production ")
	if !q.confirm() || unlocked != 1 || !place.GuardState().MayWrite(time.Now()) {
		t.Error("its name did not unlock it")
	}
}

func TestUnlockAsksOnlyWhereItMust(t *testing.T) {
	d := startedDesk(t)
	done := 0
	d.env.Unlock(d.session.Place(), func() { done++ })
	if done != 1 || !d.free() {
		t.Errorf("in a sandbox: done %d times, dialog open: %v", done, !d.free())
	}
	d.choose("Contoso production")
	d.env.Unlock(d.session.Place(), func() { done++ })
	if done != 1 || d.free() {
		t.Errorf("in production: done %d times, dialog open: %v", done, !d.free())
	}
	d.window.Canvas().Overlays().Top().Hide()
	d.env.Unlock(Place{}, func() { done++ })
	if done != 1 {
		t.Error("nowhere is not a place to send to")
	}
}

func TestTheGuardButtonLocksAgain(t *testing.T) {
	d := startedDesk(t)
	d.choose("Contoso production")
	place := d.session.Place()
	if err := d.services.guard.Unlock(place.Instance.ID, place.Instance.Label(), "Contoso production"); err != nil {
		t.Fatal(err)
	}
	d.tick()
	d.guardPressed()
	if place.GuardState().MayWrite(time.Now()) || d.frame.guard.Text() != "Read-only" {
		t.Errorf("it is not locked; the bar says %q", d.frame.guard.Text())
	}
}

func TestEveryEnvironmentHasAWordAndAColour(t *testing.T) {
	words, tones := map[string]bool{}, map[widgets.Tone]bool{}
	for _, kind := range []string{"sandbox", "trial", "production", "", "Produktion"} {
		e := metadata.Instance{Type: kind}.Environment()
		words[environmentWord(e)] = true
		tones[environmentTone(e)] = true
		if g := guardState(outbox.NewGuard(nil), metadata.Instance{Type: kind}); g.Free != e.Free() {
			t.Errorf("%q: free %v", kind, g.Free)
		}
	}
	if len(words) != 4 || len(tones) != 4 || !words["PRODUCTION"] {
		t.Errorf("words %v, tones %v", words, tones)
	}
}

func TestAPlaceWithoutAGuardIsReadOnly(t *testing.T) {
	if (Place{}).GuardState().MayWrite(time.Now()) {
		t.Error("it may be written to")
	}
}

func TestTheTimeLeftOfAnUnlockIsSaid(t *testing.T) {
	now := time.Now()
	for left, want := range map[time.Duration]string{
		30 * time.Minute: "Unlocked · 30 min",
		61 * time.Second: "Unlocked · 2 min",
		time.Second:      "Unlocked · 1 min",
		0:                "Read-only",
	} {
		if got := guardWord(GuardState{UnlockedUntil: now.Add(left)}, now); got != want {
			t.Errorf("%v left: %q, want %q", left, got, want)
		}
	}
	if got := guardWord(GuardState{Free: true}, now); got != "" {
		t.Errorf("a free instance says %q", got)
	}
}
