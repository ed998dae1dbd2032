// Connections as a file: handing them on, and taking in those that somebody
// prepared. Nothing is taken in before a person has seen what it changes.

package ui

import (
	"context"
	"path/filepath"
	"strings"

	"github.com/activitydesk/activitydesk/forms"
	"github.com/activitydesk/activitydesk/ui/access"
	"github.com/activitydesk/activitydesk/ui/settings"
	"github.com/activitydesk/activitydesk/ui/widgets"
	"github.com/activitydesk/activitydesk/ui/words"
)

// exportItems offers the chosen connection, and all of them.
func (p *ConnectionsPage) exportItems() []widgets.MenuItem {
	one := widgets.MenuItem{Label: "The chosen one…", OnChosen: func() { p.exportFile([]string{p.chosen}) }}
	if c, ok := p.current(); ok {
		one.Note = c.Name
	}
	if p.cannotChange() != "" {
		one.Disabled, one.Note = true, p.cannotChange()
	}
	own := p.own()
	all := widgets.MenuItem{
		Label: "All…", Note: words.Counted(len(own), "connection", "connections"), Disabled: len(own) == 0,
		OnChosen: func() { p.exportFile(own) },
	}
	return []widgets.MenuItem{one, all}
}

// exportFile asks for a file and writes connections to it.
func (p *ConnectionsPage) exportFile(ids []string) {
	list := p.host.sharedConnections(ids)
	if len(list) == 0 {
		return
	}
	title, name := "Export "+words.Counted(len(list), "connection", "connections"), "connections.json"
	if len(list) == 1 {
		title = "Export " + list[0].Name
		if plain := forms.PlainName(list[0].Name); plain != "" {
			name = "connection-" + plain + ".json"
		}
	}
	agreed := ""
	card := Card{Title: title, Confirm: "Export", Width: 520, Body: widgets.NewWrappedText(
		"The file holds where the connection leads, how it signs in, colour, note, calls a minute and guards. "+
			"It holds no token, key, secret or sign-in: whoever opens it enters their own, or signs in.", widgets.RoleCaption,
	)}
	askFile(p.env, card, filepath.Join(homeFolder(), name), chooseSave(p.env, name), func(q *fileQuestion, path string) {
		replace := agreed == path
		p.env.Tasks.GoWrite(func(context.Context) {
			there := !replace && fileThere(path)
			var err error
			if !there {
				err = settings.WriteConnections(path, list)
			}
			p.env.Post(func() {
				switch {
				case there:
					agreed = path
					q.say("There is a file of this name. Export once more to replace it.")
				case err != nil:
					q.fail(err)
				default:
					q.done()
					p.env.Notify(Notice{
						Key: "connections", Tone: ToneSuccess,
						Text: words.Counted(len(list), "connection was", "connections were") + " exported to " + path + ", without secrets.",
					})
				}
			})
		})
	})
}

// importFile asks for a file and shows what is in it.
func (p *ConnectionsPage) importFile() {
	card := Card{Title: "Import connections", Confirm: "Open", Width: 520, Body: widgets.NewWrappedText(
		"A file that was exported here or by somebody else. You see what is in it before anything is changed.", widgets.RoleCaption,
	)}
	askFile(p.env, card, "", chooseOpen(p.env), func(q *fileQuestion, path string) {
		p.read(path, func(list []settings.SharedConnection, err error) {
			if err != nil {
				q.fail(err)
				return
			}
			q.done()
			p.review(list)
		})
	})
}

// Drop takes in a file that was dropped on the window.
func (p *ConnectionsPage) Drop(path string) bool {
	if !strings.EqualFold(filepath.Ext(path), ".json") {
		return false
	}
	p.read(path, func(list []settings.SharedConnection, err error) {
		if err != nil {
			p.env.Notify(NoticeOf("connections", err))
			return
		}
		p.review(list)
	})
	return true
}

// read reads a file of connections in the background.
func (p *ConnectionsPage) read(path string, done func([]settings.SharedConnection, error)) {
	p.reading.Run(func(context.Context) ([]settings.SharedConnection, error) {
		return settings.ReadConnections(path)
	}, done)
}

// review asks what of a file is to be taken in.
func (p *ConnectionsPage) review(list []settings.SharedConnection) {
	plan := p.host.planImport(list)
	if len(plan) == 0 {
		p.env.Notify(Notice{Key: "connections", Tone: ToneInfo, Text: "The file holds no connections."})
		return
	}
	newImportCard(p.env, plan, p.takeIn).show()
}

// takeIn keeps what was agreed to.
func (p *ConnectionsPage) takeIn(agreed []settings.ImportedConnection, done func(error)) {
	p.host.importConnections(agreed, func(err error) {
		done(err)
		if err != nil {
			return
		}
		p.chosen = agreed[0].Connection.ID
		p.filter.SetText("")
		p.reload()
		p.env.Notify(Notice{
			Key: "connections", Tone: ToneSuccess,
			Text: words.Counted(len(agreed), "connection was", "connections were") + " taken in. " + signInNext(agreed),
		})
	})
}

// signInNext says what is left to do.
func signInNext(agreed []settings.ImportedConnection) string {
	it := "it"
	if len(agreed) > 1 {
		it = "one"
	}
	for _, one := range agreed {
		if access.ByPerson(one.Connection.Auth) {
			return "Use " + it + " and sign in; where the service asks for a subscription key, enter it by “Change…”."
		}
	}
	return "Enter its token or secret, and the subscription key, by “Change…”."
}
