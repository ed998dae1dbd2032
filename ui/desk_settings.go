// What the settings page and the connection dialog ask of the desk.

package ui

import (
	"context"
	"fmt"
	"slices"

	"github.com/activitydesk/activitydesk/ui/settings"
	"github.com/activitydesk/activitydesk/ui/widgets"
)

var (
	_ settingsHost     = (*Desk)(nil)
	_ connectionKeeper = (*Desk)(nil)
	_ frameActions     = (*Desk)(nil)
	_ actions          = (*Desk)(nil)
)

func (d *Desk) settings() settings.Settings       { return d.kept }
func (d *Desk) folders() settings.Folders         { return d.options.Folders }
func (d *Desk) keyringNow() (keyringState, error) { return d.keyring, d.keyringErr }

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

func (d *Desk) addConnection() {
	newConnectionDialog(d.env, d, d.credentials, settings.Connection{}).show()
}

func (d *Desk) changeConnection(id string) {
	if c, ok := d.kept.Connection(id); ok {
		newConnectionDialog(d.env, d, d.credentials, c).show()
	}
}

// keepConnection writes the secrets first: a connection without its secrets
// would only fail.
func (d *Desk) keepConnection(c settings.Connection, s secrets, done func(error)) {
	before, existed := d.kept.Connection(c.ID)
	credentials := d.credentials
	d.tasks.GoWrite(func(ctx context.Context) {
		var err error
		if existed && hostPortOf(before.Root) != hostPortOf(c.Root) {
			err = credentials.Forget(ctx, before)
		}
		if err == nil {
			err = credentials.Keep(ctx, c, s)
		}
		d.gate.post(func() {
			if err == nil {
				d.connectionKept(c)
			}
			done(err)
		})
	})
}

func (d *Desk) connectionKept(c settings.Connection) {
	d.remember(func(to *settings.Settings) {
		if i := slices.IndexFunc(to.Connections, func(o settings.Connection) bool { return o.ID == c.ID }); i >= 0 {
			to.Connections[i] = c
			return
		}
		to.Connections = append(to.Connections, c)
	})
	d.session.SetConnections(d.connections())
	if d.session.Place().Connection.ID == c.ID {
		d.session.Reopen(c.ID) // its secrets may be new
		return
	}
	d.session.ChooseConnection(c.ID)
}

// removeConnection removes a connection and its secrets, after a question.
func (d *Desk) removeConnection(id string) {
	c, ok := d.kept.Connection(id)
	if !ok {
		return
	}
	d.show(Card{
		Title: "Remove " + c.Name + "?",
		Body: widgets.NewWrappedText("The connection and its secrets are removed from this computer. "+
			"What was sent over it stays in the history.", widgets.RoleBody),
		Confirm: "Remove", Danger: true,
		OnConfirm: func() bool {
			d.connectionRemoved(c)
			return true
		},
	})
}

func (d *Desk) connectionRemoved(c settings.Connection) {
	d.remember(func(to *settings.Settings) {
		to.Connections = slices.DeleteFunc(to.Connections, func(o settings.Connection) bool { return o.ID == c.ID })
		delete(to.LastInstance, c.ID)
	})
	chosen := d.session.Place().Connection.ID == c.ID
	d.session.SetConnections(d.connections())
	if chosen {
		d.session.ChooseConnection(sandboxID)
	}
	credentials := d.credentials
	d.tasks.GoWrite(func(ctx context.Context) {
		if err := credentials.Forget(ctx, c); err != nil {
			d.gate.post(func() { d.env.Notify(NoticeOf("forget", err)) })
		}
	})
}
