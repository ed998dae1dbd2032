// What the settings page asks of the desk.

package ui

import (
	"context"
	"fmt"

	"github.com/activitydesk/activitydesk/ui/access"
	"github.com/activitydesk/activitydesk/ui/settings"
	"github.com/activitydesk/activitydesk/ui/widgets"
)

var (
	_ settingsHost = (*Desk)(nil)
	_ frameActions = (*Desk)(nil)
	_ actions      = (*Desk)(nil)
)

func (d *Desk) settings() settings.Settings              { return d.kept }
func (d *Desk) folders() settings.Folders                { return d.options.Folders }
func (d *Desk) keyringNow() (access.KeyringState, error) { return d.keyring, d.keyringErr }

func (d *Desk) chooseAppearance(a widgets.Appearance) {
	d.remember(func(to *settings.Settings) { to.Theme = string(a) })
	d.app.Settings().SetTheme(widgets.NewTheme(a))
}

func (d *Desk) setCaller(caller string) {
	d.useCaller(caller)
	d.remember(func(to *settings.Settings) { to.Caller = caller })
}

func (d *Desk) setRetention(days int) {
	d.remember(func(to *settings.Settings) { to.RetentionDays = days })
}

// purge deletes what is older than the retention, after a question.
func (d *Desk) purge() {
	before := d.options.Now().Add(-retentionOf(d.kept))
	journal := d.services.journal
	d.show(Card{
		Title: "Delete older entries?",
		Body: widgets.NewWrappedText(fmt.Sprintf("Everything that was sent before %s is deleted from the journal of this "+
			"computer, also what is uncertain or was never sent, and drafts that nobody changed since. What is at the service stays as it is.", before.In(d.zone.Load()).Format("2006-01-02 15:04")), widgets.RoleBody),
		Confirm: "Delete", Danger: true,
		OnConfirm: func() bool {
			d.tasks.GoWrite(func(ctx context.Context) {
				n, err := journal.Purge(ctx, before)
				d.gate.post(func() { d.purged(n, err) })
			})
			return true
		},
	})
}

func (d *Desk) purged(n int, err error) {
	if err != nil {
		d.env.Notify(NoticeOf("purge", err))
		return
	}
	text := fmt.Sprintf("%d entries were deleted from the journal.", n)
	switch n {
	case 0:
		text = "There are no older entries in the journal."
	case 1:
		text = "1 entry was deleted from the journal."
	}
	d.env.Notify(Notice{Key: "purge", Tone: ToneSuccess, Text: text})
	d.count()
}
