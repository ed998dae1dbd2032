package ui

import (
	"strings"
	"testing"

	"github.com/activitydesk/activitydesk/client/vault"
	"github.com/activitydesk/activitydesk/ui/access"
	"github.com/activitydesk/activitydesk/ui/access/accesstest"
	"github.com/activitydesk/activitydesk/ui/settings"
)

// choosy is a keyring that does not take what is of one kind.
type choosy struct {
	*accesstest.Ring
	refused string // a part of the entry's name; empty: it takes everything
}

func (c *choosy) Set(account, text string) error {
	if c.refused != "" && strings.Contains(account, c.refused) {
		return vault.ErrLocked
	}
	return c.Ring.Set(account, text)
}

// keepingDesk is a desk with that keyring, and a connection that is not kept yet.
func keepingDesk(t *testing.T) (*deskRun, *choosy, settings.Connection) {
	t.Helper()
	r := &choosy{Ring: accesstest.NewRing()}
	d := deskIn(t, t.TempDir(), func(o *Options) {
		o.Keyring = vault.OpenEntries(r, t.TempDir(), vault.Options{})
	})
	d.untilLoaded("Contoso Coffee")
	d.queue.until(t, "the keyring", func() bool { return d.keyring == access.KeyringThere })
	return d, r, tokenConnection("c1", "Contoso")
}

func (r *deskRun) keep(c settings.Connection) (err error) {
	r.t.Helper()
	done := false
	r.keepConnection(c, access.Secrets{Token: goodToken, Key: goodKey}, nil, func(e error) { err, done = e, true })
	r.queue.until(r.t, "the connection to be kept", func() bool { return done })
	return err
}

func TestAConnectionThatIsNotKeptLeavesNoSecretBehind(t *testing.T) {
	d, r, c := keepingDesk(t)
	r.refused = string(vault.KindSubscriptionKey) // the token was written before
	if err := d.keep(c); err == nil {
		t.Fatal("it was kept without its key")
	}
	if r.Holds(c.ID + "/") {
		t.Error("the keyring holds something of a connection that there is not")
	}
	r.refused = ""
	if err := d.keep(c); err != nil {
		t.Fatal(err)
	}
	d.settled()
	if got := holds(d.credentials.Keyring, c); got != bothSecrets || len(d.reread().Leaving) != 0 {
		t.Errorf("the second time it has %q, leaving %v", got, d.reread().Leaving)
	}
}

func TestWhatADeskWroteThatWasKilledWhileKeepingGoesAtTheNextStart(t *testing.T) {
	d, r, c := keepingDesk(t)
	answer := r.Silence()
	defer answer()
	d.keepConnection(c, access.Secrets{Token: goodToken}, nil, func(error) {})
	d.queue.until(t, "that it is noted", func() bool {
		left := d.reread().Leaving
		return len(left) == 1 && left[0].ID == c.ID && left[0].Root == c.Root
	})
	answer()
	d.queue.until(t, "the connection to be listed", func() bool {
		_, kept := d.reread().Connection(c.ID)
		return kept && len(d.reread().Leaving) == 0
	})
	if got := holds(d.credentials.Keyring, c); got != string(vault.KindToken) {
		t.Errorf("the keyring has %q", got)
	}
}
