package ui

import (
	"strings"
	"testing"
	"time"

	"github.com/activitydesk/activitydesk/client/metadata"
	"github.com/activitydesk/activitydesk/client/outbox"
	"github.com/activitydesk/activitydesk/ui/widgets"
	"github.com/activitydesk/activitydesk/ui/words"
)

func TestOnlyTheNameUnlocksAnInstance(t *testing.T) {
	d := startedDesk(t)
	d.choose("Contoso production")
	place := d.session.Place()
	unlocked := 0
	q := unlockQuestion(place.Instance, "", func(typed string) error {
		err := d.services.guard.Unlock(place.Connection.ID, place.Instance, typed)
		if err == nil {
			unlocked++
		}
		return err
	})
	q.card()
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

func TestTheGuardAsksOnlyWhereItMust(t *testing.T) {
	d := startedDesk(t)
	sent := 0
	ask := func(place Place) {
		word := func() *outbox.Confirmation { return outbox.Confirm() }
		d.permit(sendQuestion{Place: place, Entity: "E", Count: 1, Word: word}, func(*outbox.Confirmation) { sent++ })
	}
	ask(d.session.Place())
	if sent != 1 || !d.free() {
		t.Errorf("in a sandbox: sent %d times, dialog open: %v", sent, !d.free())
	}
	d.choose("Contoso production")
	ask(d.session.Place())
	if sent != 1 || d.free() {
		t.Errorf("in production: sent %d times, dialog open: %v", sent, !d.free())
	}
	d.window.Canvas().Overlays().Top().Hide()
	ask(Place{})
	if sent != 1 {
		t.Error("nowhere is not a place to send to")
	}
}

func TestOneKeyLocksAgainAndAsksForTheName(t *testing.T) {
	d := startedDesk(t)
	d.lockOrUnlock()
	if !d.free() || d.noLock() == "" {
		t.Error("a sandbox is locked or unlocked")
	}
	d.choose("Contoso production")
	place := d.session.Place()
	if err := d.services.guard.Unlock(place.Connection.ID, place.Instance, "Contoso production"); err != nil {
		t.Fatal(err)
	}
	d.tick()
	d.lockOrUnlock()
	if place.GuardState().MayWrite(time.Now()) || d.frame.guard.Text() != "Read-only" {
		t.Errorf("it is not locked; the bar says %q", d.frame.guard.Text())
	}
	d.lockOrUnlock()
	if d.free() {
		t.Error("nothing asks for the name")
	}
}

func TestEveryEnvironmentHasAWordAndAColour(t *testing.T) {
	said, tones := map[string]bool{}, map[widgets.Tone]bool{}
	for _, kind := range []string{"sandbox", "trial", "production", "", "Produktion"} {
		in := metadata.Instance{ID: "i", Type: kind}
		e := in.Environment()
		said[words.Environment(e)] = true
		tones[environmentTone(e)] = true
		if g := guardState(outbox.NewGuard(nil, nil), "c", in); (g.Rule == outbox.RuleFree) != e.Free() {
			t.Errorf("%q: %s", kind, g.Rule)
		}
	}
	if len(said) != 4 || len(tones) != 4 || !said["PRODUCTION"] {
		t.Errorf("said %v, tones %v", said, tones)
	}
}

func TestAPlaceWithoutAGuardIsReadOnly(t *testing.T) {
	if (Place{}).GuardState().MayWrite(time.Now()) {
		t.Error("it may be written to")
	}
}

func TestTheGuardAndTheTimeLeftOfAnUnlockAreSaid(t *testing.T) {
	now := time.Now()
	for left, want := range map[time.Duration]string{
		30 * time.Minute:               "Unlocked 30 min",
		29*time.Minute + time.Second:   "Unlocked 30 min",
		121 * time.Second:              "Unlocked 3 min",
		2 * time.Minute:                "Unlocked 2:00",
		61 * time.Second:               "Unlocked 1:01",
		59*time.Second + time.Second/2: "Unlocked 1:00",
		time.Second:                    "Unlocked 1 s",
		0:                              "Read-only",
	} {
		if got := guardWord(GuardState{UnlockedUntil: now.Add(left)}, now); got != want {
			t.Errorf("%v left: %q, want %q", left, got, want)
		}
	}
	for rule, want := range map[outbox.Rule]string{outbox.RuleFree: "Free", outbox.RuleAsk: "Ask", outbox.RuleReadOnly: "Read-only"} {
		g := GuardState{Rule: rule}
		if got := guardWord(g, now); got != want || guardIcon(g, now) == nil || !strings.Contains(guardTip(g, now), want) {
			t.Errorf("%s says %q, tip %q", rule, got, guardTip(g, now))
		}
	}
}

func TestTheSentenceNamesCountEnvironmentEntityAndCustomer(t *testing.T) {
	in := metadata.Instance{ID: "i", Name: "Contoso production", Type: "production"}
	for want, got := range map[string]string{
		"Send 1 activity to Contoso production · PoS_posPurchases · for Abbie Moss (CNTID_1000)?": sendSentence(1, in, "PoS_posPurchases", "Abbie Moss (CNTID_1000)"),
		"Send 1 activity to Contoso production · PoS_posPurchases?":                               sendSentence(1, in, "PoS_posPurchases", ""),
		"Send 212 activities to Contoso production · PoS_posPurchases?":                           sendSentence(212, in, "PoS_posPurchases", ""),
	} {
		if got != want {
			t.Errorf("it reads %q, want %q", got, want)
		}
	}
}

func TestAnInstanceThatEndsSoonSaysSo(t *testing.T) {
	now := time.Date(2026, 11, 25, 12, 0, 0, 0, time.UTC)
	for left, want := range map[time.Duration]string{
		8 * 24 * time.Hour:  "",
		7 * 24 * time.Hour:  "Trial ends in 7 days: what is sent goes with it.",
		3*24*time.Hour + 1:  "Trial ends in 3 days: what is sent goes with it.",
		24 * time.Hour:      "Trial ends in 1 day: what is sent goes with it.",
		24*time.Hour - 1:    "Trial ends within a day: what is sent goes with it.",
		0:                   "Trial ended on 2026-11-25: the service may keep nothing of what is sent.",
		-3 * 24 * time.Hour: "Trial ended on 2026-11-22: the service may keep nothing of what is sent.",
	} {
		if got := endWords(metadata.Instance{Type: "trial", ExpiresAt: now.Add(left)}, now); got != want {
			t.Errorf("%v left: %q, want %q", left, got, want)
		}
	}
	if got := endWords(metadata.Instance{Type: "trial"}, now); got != "" {
		t.Errorf("without an end it says %q", got)
	}
	if got := endWords(metadata.Instance{Type: "production", ExpiresAt: now.Add(2 * time.Hour)}, now); !strings.HasPrefix(got, "This instance ends within a day") {
		t.Errorf("a production says %q", got)
	}
}
