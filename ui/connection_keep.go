// Keeping connections: what the dialog and the page Connections ask of the desk.

package ui

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/google/uuid"

	"github.com/activitydesk/activitydesk/client"
	"github.com/activitydesk/activitydesk/ui/access"
	"github.com/activitydesk/activitydesk/ui/guard"
	"github.com/activitydesk/activitydesk/ui/settings"
)

// connectionTestShower is a page that tells how the newest test of a connection
// ended, also of one that was made elsewhere.
type connectionTestShower interface {
	ShowTest(settings.Connection, []step)
}

var (
	_ connectionKeeper = (*Desk)(nil)
	_ connectionsHost  = (*Desk)(nil)
)

func (d *Desk) keyringMissing() bool { return d.keyring == access.KeyringMissing }

// addConnection opens the dialog of a new connection.
func (d *Desk) addConnection() { d.addConnectionTo(presets()[0]) }

// addConnectionTo opens it with an address.
func (d *Desk) addConnectionTo(p preset) {
	newConnectionDialog(d.env, d, settings.Connection{
		Root: p.root, Auth: p.method, RatePerMinute: settings.DefaultRatePerMinute,
	}).show()
}

// changeConnection opens the dialog of a connection that is kept.
func (d *Desk) changeConnection(id string) {
	if c, ok := d.kept.Connection(id); ok {
		newConnectionDialog(d.env, d, c).show()
	}
}

// duplicateConnection opens the dialog of a new connection that is like another,
// but for what is secret: the copy has an id, and with it secrets, of its own.
func (d *Desk) duplicateConnection(id string) {
	c, ok := d.kept.Connection(id)
	if !ok {
		return
	}
	c.ID = ""
	c.Name = settings.FreeConnectionName(d.connections(), "Copy of "+c.Name)
	dialog := newConnectionDialog(d.env, d, c)
	dialog.show()
	dialog.explain("The copy has no secrets: enter them for it, or sign in.")
}

// keepConnection writes the secrets first: a connection without its secrets
// would only fail. What was kept for what the connection was before goes. A new
// one is noted as leaving until it is listed, and what was written of one that
// cannot be kept as a whole is taken back: no secret stays that nobody knows of.
func (d *Desk) keepConnection(c settings.Connection, s access.Secrets, found []step, done func(error)) {
	before, listed := d.kept.Connection(c.ID)
	credentials, memory := d.credentials, d.memory
	noted := settings.LeavingConnection{ID: c.ID, Root: c.Root, Until: d.options.Now().Add(undoPatience).UTC()}
	d.tasks.GoWrite(func(ctx context.Context) {
		if !listed { // that the note cannot be written is told with the connection's own settings
			_ = memory.RememberHere(func(to *settings.Settings) {
				left := noted
				left.Begun = to.Begun
				to.Leaving = append(without(to.Leaving, c.ID), left)
			})
		}
		err := credentials.DropVoided(ctx, before, access.VoidedBy(before, c))
		if err == nil {
			err = credentials.Keep(ctx, c, s)
		}
		if err != nil && !listed && credentials.TakeBack(context.WithoutCancel(ctx), c) == nil {
			_ = memory.RememberHere(func(to *settings.Settings) { to.Leaving = without(to.Leaving, c.ID) }) // else it is tried again
		}
		d.gate.post(func() {
			if err == nil {
				d.connectionTested(c, found)
				d.connectionKept(c)
			}
			done(err)
		})
	})
}

// connectionTested has the page of connections show what a test has found.
func (d *Desk) connectionTested(c settings.Connection, found []step) {
	for _, page := range d.pages {
		if shower, ok := page.(connectionTestShower); ok && found != nil {
			shower.ShowTest(c, found)
		}
	}
}

// connectionKept lists a connection and goes to it. Its secrets may be new.
func (d *Desk) connectionKept(c settings.Connection) {
	d.listConnection(c)
	if d.session.Place().Connection.ID == c.ID {
		d.session.Reopen(c.ID)
		return
	}
	d.session.ChooseConnection(c.ID)
}

// listConnection puts a connection into the list, or in the place of the one with
// its id.
func (d *Desk) listConnection(c settings.Connection) {
	d.remember(func(to *settings.Settings) {
		to.Leaving = without(to.Leaving, c.ID)
		if i := slices.IndexFunc(to.Connections, func(o settings.Connection) bool { return o.ID == c.ID }); i >= 0 {
			to.Connections[i] = c
			return
		}
		to.Connections = append(to.Connections, c)
	})
	d.session.SetConnections(d.connections())
}

// chooseConnection goes to a connection as it is.
func (d *Desk) chooseConnection(id string) { d.session.ChooseConnection(id) }

// budgetOf is the budget of the connection in use, at the address that it has.
func (d *Desk) budgetOf(c settings.Connection) *client.Pacer {
	link := d.session.Link()
	if link == nil || link.Connection.ID != c.ID || link.Connection.Root != c.Root {
		return nil
	}
	return link.Client.Pacer()
}

// signedInWords says who is signed in to the connection in use, and until when;
// or that somebody has to.
func (d *Desk) signedInWords() string {
	if err := d.signInError(); err != nil {
		return neededWord(err)
	}
	if link := d.session.Link(); link != nil {
		return describeLink(link, d.options.Now().In(d.zone.Load())).text
	}
	return ""
}

// place is where the desk stands.
func (d *Desk) place() Place { return d.session.Place() }

// freeInstance says of an instance that it is known to be a sandbox or a trial:
// only of the connection that is in use, whose instances are.
func (d *Desk) freeInstance(connection, instance string) bool {
	if d.session.Place().Connection.ID != connection {
		return false
	}
	list, _, _ := d.session.Instances()
	for _, in := range list {
		if strings.EqualFold(in.ID, instance) {
			return in.Environment().Free()
		}
	}
	return false
}

// sharedConnections are connections as they are handed on.
func (d *Desk) sharedConnections(ids []string) []settings.SharedConnection {
	var list []settings.SharedConnection
	for _, c := range d.kept.Connections {
		if !slices.Contains(ids, c.ID) {
			continue
		}
		c.Name, c.Note = d.env.Redact.String(c.Name), d.env.Redact.String(c.Note)
		shared := settings.SharedConnection{Connection: c, Guards: d.kept.Guards[c.ID]}
		if _, err := uuid.Parse(c.ID); err != nil {
			shared.ID = "" // one that was written by hand gets an id where it is opened
		}
		list = append(list, shared)
	}
	return list
}

// planImport holds connections of a file against those that are here.
func (d *Desk) planImport(list []settings.SharedConnection) []settings.ImportedConnection {
	return settings.PlanImport(d.kept, list, d.freeInstance)
}

// importConnections takes in what a person has agreed to. Secrets that belong to
// what a connection was before are removed first, as after a change by hand.
func (d *Desk) importConnections(agreed []settings.ImportedConnection, done func(error)) {
	credentials, kept := d.credentials, d.kept
	d.tasks.GoWrite(func(ctx context.Context) {
		var errs []error
		for _, one := range agreed {
			before, _ := kept.Connection(one.Connection.ID)
			errs = append(errs, credentials.DropVoided(ctx, before, access.VoidedBy(before, one.Connection)))
		}
		err := errors.Join(errs...)
		d.gate.post(func() {
			if err == nil {
				d.connectionsImported(agreed)
			}
			done(err)
		})
	})
}

func (d *Desk) connectionsImported(agreed []settings.ImportedConnection) {
	for _, one := range agreed {
		d.listImported(one)
		id, guards := one.Connection.ID, one.Guards
		if len(guards) == 0 {
			continue
		}
		d.remember(func(to *settings.Settings) {
			for instance, rule := range guards {
				guard.KeepStricter(to, id, instance, rule)
			}
		})
	}
	d.enter()
}

// listImported lists a connection of a file. One that was new when a person agreed
// does not replace what another desk has added meanwhile under its id.
func (d *Desk) listImported(one settings.ImportedConnection) {
	if one.Arrival != settings.ArrivesNew {
		d.listConnection(one.Connection)
		return
	}
	d.remember(func(to *settings.Settings) {
		if _, there := to.Connection(one.Connection.ID); !there {
			to.Connections = append(to.Connections, one.Connection)
		}
	})
	d.session.SetConnections(d.connections())
}

// sendsWith answers what a kept connection sends: to test it, on its own, also
// where it is not in use.
func (d *Desk) sendsWith(c settings.Connection) (root string, tokens client.TokenSource, keys client.KeySource, err error) {
	if c.Auth == settings.AuthSandbox {
		root, key, token, err := d.services.sandboxAddress()
		return root, client.StaticToken(token), client.StaticKey(key), err
	}
	source, keys := d.credentials.For(c)
	return c.Root, source, keys, nil
}
