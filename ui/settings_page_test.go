package ui

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2/test"

	"github.com/activitydesk/activitydesk/client/journal"
	"github.com/activitydesk/activitydesk/client/vault"
	"github.com/activitydesk/activitydesk/ui/access"
	"github.com/activitydesk/activitydesk/ui/settings"
	"github.com/activitydesk/activitydesk/ui/widgets"
)

func (r *deskRun) settingsPage() *SettingsPage {
	r.t.Helper()
	r.goTo(PageSettings)
	page, ok := r.shown.(*SettingsPage)
	if !ok {
		r.t.Fatalf("shown is %T", r.shown)
	}
	return page
}

// reread gives the settings as another desk would find them.
func (r *deskRun) reread() settings.Settings {
	r.t.Helper()
	store, err := settings.Open(r.store.Path())
	if err != nil {
		r.t.Fatal(err)
	}
	return store.Get()
}

func TestSettingsAreKeptWhenTheirFieldIsLeft(t *testing.T) {
	d := startedDesk(t)
	page := d.settingsPage()
	c := d.window.Canvas()
	for _, f := range []struct {
		field *settingEntry
		text  string
	}{{page.caller, "desk of Ana"}, {page.retention, "30"}} {
		c.Focus(f.field.entry)
		f.field.entry.SetText("")
		test.Type(f.field.entry, f.text)
		c.Unfocus()
		if f.field.problem.Visible() {
			t.Errorf("%q: %s", f.text, f.field.problem.Text())
		}
	}
	if got := d.env.Caller(); got != "desk of Ana" {
		t.Errorf("the caller is %q", got)
	}
	d.queue.until(t, "the file", func() bool {
		now := d.reread()
		return now.Caller == "desk of Ana" && now.RetentionDays == 30
	})
}

func TestWhatIsWrongIsSaidAndNotKept(t *testing.T) {
	d := startedDesk(t)
	page := d.settingsPage()
	for _, f := range []struct {
		field *settingEntry
		text  string
	}{
		{page.retention, "0"},
		{page.retention, "many"},
		{page.retention, "99999"},
		{page.zoneName, "Mars/Olympus"},
		{page.caller, strings.Repeat("x", 101)},
	} {
		f.field.entry.SetText(f.text)
		f.field.confirm()
		if !f.field.problem.Visible() || !f.field.entry.Problem() {
			t.Errorf("%q was taken", f.text)
		}
	}
	if now := d.settings(); now.RetentionDays != settings.DefaultRetentionDays || now.Zone != "" || now.Caller != settings.DefaultCaller() {
		t.Errorf("kept: %+v", now)
	}
}

func TestAZoneThatIsTypedHoldsEverywhere(t *testing.T) {
	d := startedDesk(t)
	page := d.settingsPage()
	page.zoneName.entry.SetText("America/Nuuk")
	page.zoneName.confirm()
	if d.env.Zone().String() != "America/Nuuk" || d.frame.zone.Value() != "America/Nuuk" || page.zone.Value() != "America/Nuuk" {
		t.Errorf("zone %v, bar %q, page %q", d.env.Zone(), d.frame.zone.Value(), page.zone.Value())
	}
	if page.zoneName.entry.Text != "" {
		t.Errorf("the field still has %q", page.zoneName.entry.Text)
	}
}

func TestColoursChangeAtOnce(t *testing.T) {
	d := startedDesk(t)
	page := d.settingsPage()
	for _, item := range page.appearanceItems() {
		if item.Label == "Dark" {
			item.OnChosen()
		}
	}
	if page.appearance.Value() != "Dark" || d.settings().Theme != string(widgets.AppearanceDark) {
		t.Errorf("shown %q, kept %q", page.appearance.Value(), d.settings().Theme)
	}
	if _, ok := d.app.Settings().Theme().(*widgets.Theme); !ok {
		t.Errorf("the theme is %T", d.app.Settings().Theme())
	}
}

func TestTheStateOfTheKeyringIsSaid(t *testing.T) {
	for want, state := range map[string]access.KeyringState{
		"operating system": access.KeyringThere, "looked for": access.KeyringUnknown, "this session only": access.KeyringMissing,
	} {
		if got := keyringWords(state, vault.ErrUnavailable); !strings.Contains(got, want) {
			t.Errorf("%q does not say %q", got, want)
		}
	}
}

func TestOldEntriesAreDeletedAfterAQuestion(t *testing.T) {
	d := startedDesk(t)
	_, err := d.services.journal.Add(t.Context(), journal.Entry{
		CreatedAt: time.Now().Add(-100 * 24 * time.Hour), Operation: journal.OperationPost, State: journal.Queued,
		InstanceID: "1", Entity: "x", Body: []byte("{}"),
	})
	if err != nil {
		t.Fatal(err)
	}
	d.purge()
	if d.free() {
		t.Fatal("nothing was asked")
	}
	d.purged(d.purgeNow())
	if got := d.frame.notices.list[0].Text; got != "1 entry was deleted from the journal." {
		t.Errorf("it says %q", got)
	}
}

// purgeNow does what the confirmed question does.
func (r *deskRun) purgeNow() (int, error) {
	return r.services.journal.Purge(r.t.Context(), r.options.Now().Add(-retentionOf(r.kept)))
}
