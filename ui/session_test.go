package ui

import (
	"errors"
	"testing"
	"time"

	"github.com/activitydesk/activitydesk/client"
	"github.com/activitydesk/activitydesk/client/metadata"
	"github.com/activitydesk/activitydesk/ui/settings"
	"github.com/activitydesk/activitydesk/ui/words"
)

func TestChangingTheInstanceDropsWhatTheOneBeforeStillAnswers(t *testing.T) {
	d := startedDesk(t)
	d.faults("entities:slow=300ms:1")
	d.choose("Contoso Trial") // answered late
	d.choose("Contoso production")
	d.untilLoaded("Contoso production")
	d.faults("")
	seen := map[string]bool{}
	for _, p := range d.notes[PageCompose].entered {
		if p.Instance.Name == "Contoso Trial" && len(p.Entities) > 0 {
			seen["trial"] = true
		}
	}
	if seen["trial"] {
		t.Error("entities of the instance before were shown")
	}
}

func TestAnInstanceThatWasLoadedBeforeShowsAtOnce(t *testing.T) {
	d := startedDesk(t)
	d.choose("Contoso Trial")
	d.untilLoaded("Contoso Trial")
	d.choose("Contoso Coffee")
	if p := d.session.Place(); len(p.Entities) == 0 || !p.Loading {
		t.Errorf("%d entities, loading %v: want the ones of before, being loaded again", len(p.Entities), p.Loading)
	}
}

func TestTheTypeOfTheListIsWhatTheGuardGoesBy(t *testing.T) {
	listed := Place{Instance: metadata.Instance{ID: "1", Name: "Contoso", Type: "production"}}
	got := about{details: metadata.Instance{ID: "1", Name: "Other", Type: "sandbox", B2B: true, ProvisioningState: "active"}}.in(listed)
	if got.Instance.Type != "production" || got.Instance.Name != "Contoso" {
		t.Errorf("it became %q (%s)", got.Instance.Name, got.Instance.Type)
	}
	if !got.Instance.B2B || got.Instance.ProvisioningState != "active" {
		t.Errorf("the details are missing: %+v", got.Instance)
	}
}

func TestAConnectionOfAnUnknownKindIsSaidNotGuessed(t *testing.T) {
	d := startedDesk(t)
	d.connectionKept(settings.Connection{ID: "x", Name: "Later", Root: sandboxRoot, Auth: "sign-in", RatePerMinute: 100})
	p := d.session.Place()
	if p.Connection.ID != "x" || p.Err == nil || p.Chosen() {
		t.Errorf("it stands in %q, err %v", p.Connection.Name, p.Err)
	}
}

func TestAConnectionWithoutATokenSaysWhatIsMissing(t *testing.T) {
	d := startedDesk(t)
	d.connectionKept(settings.Connection{ID: "x", Name: "Mine", Root: sandboxRoot, Auth: settings.AuthToken, RatePerMinute: 100})
	d.queue.until(t, "the failure", func() bool { return d.session.Place().Err != nil })
	if m := words.Explain(d.session.Place().Err); m.What != "There is no access token for this connection." {
		t.Errorf("it says %q", m.What)
	}
}

func TestHowLongATokenIsGoodIsSaid(t *testing.T) {
	now := time.Date(2026, 11, 23, 14, 0, 0, 0, time.UTC)
	for want, at := range map[string]time.Time{
		"Pasted token":                                 {},
		"Pasted token · expired at 14:00":              now,
		"Pasted token · until 14:00 (1 min)":           now.Add(20 * time.Second),
		"Pasted token · until 14:41 (41 min)":          now.Add(41 * time.Minute),
		"Pasted token · until 16:01 (2 h)":             now.Add(2*time.Hour + time.Minute),
		"Pasted token · until 2026-11-24 02:00 (12 h)": now.Add(12 * time.Hour),
	} {
		if got := describeToken(at, now).text; got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestOnlyAnAnswerCanBeTolerated(t *testing.T) {
	for kind, want := range map[client.Kind]bool{
		client.KindForbidden: true, client.KindServer: true, client.KindNotFound: true,
		client.KindNoConnection: false, client.KindCancelled: false, client.KindUnauthorized: false,
	} {
		if got := tolerable(&client.Error{Kind: kind}); got != want {
			t.Errorf("%v: %v, want %v", kind, got, want)
		}
	}
	if tolerable(errors.New("odd")) {
		t.Error("an unknown error is not an answer")
	}
}

func TestWhatMattersInChoosingAnInstanceIsNoted(t *testing.T) {
	now := time.Date(2026, 11, 23, 14, 0, 0, 0, time.UTC)
	for want, in := range map[string]metadata.Instance{
		"":                     {},
		"westeurope":           {Region: "westeurope"},
		"expired 2026-11-20":   {ExpiresAt: now.AddDate(0, 0, -3)},
		"expires within a day": {ExpiresAt: now.Add(time.Hour)},
		"expires in 1 day":     {ExpiresAt: now.Add(30 * time.Hour)},
		"expires in 5 days":    {ExpiresAt: now.Add(5*24*time.Hour + time.Minute)},
		"until 2027-11-23":     {ExpiresAt: now.AddDate(1, 0, 0)},
	} {
		if got := instanceNote(in, now); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
