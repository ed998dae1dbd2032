// What can be done with a connection on its page, by button and by name.

package ui

import (
	"github.com/activitydesk/activitydesk/ui/access"
	"github.com/activitydesk/activitydesk/ui/settings"
	"github.com/activitydesk/activitydesk/ui/widgets"
)

var (
	_ Commander            = (*ConnectionsPage)(nil)
	_ connectionTestShower = (*ConnectionsPage)(nil)
)

const groupConnection = "Connection"

// Commands lists what can be done with the chosen connection, and with files.
func (p *ConnectionsPage) Commands() []command {
	own := func() string { return p.cannotChange() }
	list := []command{
		{title: "Use the connection", run: p.use, why: p.cannotUse},
		{title: "Sign in to the connection…", run: p.signIn, why: func() string {
			if c, ok := p.current(); ok && !access.ByApp(c.Auth) && c.ID != sandboxID {
				return "Its token is entered by “Change…”"
			}
			return p.cannotChange()
		}},
		{title: "Test the connection", run: p.startTest, why: p.cannotTest},
		{title: "Stop the test of the connection", run: p.stopAndShow, why: func() string {
			if p.testing == "" {
				return "No connection is being tested"
			}
			return ""
		}},
		{title: "Change the connection…", run: p.edit, why: own},
		{title: "Duplicate the connection…", run: p.duplicate, why: own},
		{title: "Remove the connection", run: p.remove, why: own},
		{title: "Import connections…", run: p.importFile, why: always},
		{title: "Export the connection…", run: func() { p.exportFile([]string{p.chosen}) }, why: own},
		{title: "Export all connections…", run: func() { p.exportFile(p.own()) }, why: func() string {
			if len(p.own()) == 0 {
				return "No connection was added yet"
			}
			return ""
		}},
	}
	for i := range list {
		list[i].group = groupConnection
	}
	return list
}

// cannotUse says why the chosen connection cannot be gone to.
func (p *ConnectionsPage) cannotUse() string {
	c, ok := p.current()
	switch {
	case !ok:
		return "No connection is chosen"
	case c.ID == p.host.place().Connection.ID:
		return "It is in use"
	}
	return ""
}

func (p *ConnectionsPage) cannotTest() string {
	if _, ok := p.current(); !ok {
		return "No connection is chosen"
	}
	return ""
}

// cannotChange says why the chosen connection stays as it is.
func (p *ConnectionsPage) cannotChange() string {
	c, ok := p.current()
	switch {
	case !ok:
		return "No connection is chosen"
	case c.ID == sandboxID:
		return "The sandbox is always there"
	}
	return ""
}

// own are the connections that were added.
func (p *ConnectionsPage) own() []string {
	var ids []string
	for _, c := range p.host.connections() {
		if c.ID != sandboxID {
			ids = append(ids, c.ID)
		}
	}
	return ids
}

// onOwn does something with the chosen connection, unless it is the sandbox.
func (p *ConnectionsPage) onOwn(act func(id string)) {
	if p.cannotChange() == "" {
		act(p.chosen)
	}
}

func (p *ConnectionsPage) edit()      { p.onOwn(p.host.changeConnection) }
func (p *ConnectionsPage) duplicate() { p.onOwn(p.host.duplicateConnection) }
func (p *ConnectionsPage) remove()    { p.onOwn(p.host.removeConnection) }

// SignIn signs in to the chosen connection, which takes going to it.
func (p *ConnectionsPage) signIn() {
	p.onOwn(func(id string) {
		if p.host.place().Connection.ID != id {
			p.host.chooseConnection(id)
		}
		p.host.signIn()
	})
}

func (p *ConnectionsPage) use() {
	if p.cannotUse() == "" {
		p.host.chooseConnection(p.chosen)
	}
}

// addItems are the addresses that a connection can begin with.
func (p *ConnectionsPage) addItems() []widgets.MenuItem {
	var items []widgets.MenuItem
	for _, preset := range presets() {
		items = append(items, widgets.MenuItem{
			Label: preset.label + "…", Note: access.HostOf(preset.root), OnChosen: func() { p.host.addConnectionTo(preset) },
		})
	}
	return items
}

func (p *ConnectionsPage) testOrStop() {
	if c, ok := p.current(); ok && p.testing == c.ID {
		p.stopAndShow()
		return
	}
	p.startTest()
}

// startTest tests the chosen connection with what is kept for it.
func (p *ConnectionsPage) startTest() {
	c, ok := p.current()
	if !ok {
		return
	}
	p.stopTest()
	root, tokens, keys, err := p.host.sendsWith(c)
	var work trialWork
	if err == nil {
		reached := c
		reached.Root = root
		work, err = prepareTrial(p.env, reached, tokens, keys, p.host.budgetOf(c), p.instanceOf(c))
	}
	if err != nil {
		p.told(c, []step{{stepAddress, verdictBad, errorWords(err)}})
		return
	}
	p.testing = c.ID
	p.told(c, nil)
	p.test.Run(work, func(steps []step) { p.told(c, steps) }, func(steps []step) {
		p.testing = ""
		p.told(c, steps)
	})
}

// instanceOf is the instance whose role is asked for.
func (p *ConnectionsPage) instanceOf(c settings.Connection) string {
	if place := p.host.place(); place.Connection.ID == c.ID && place.Instance.ID != "" {
		return place.Instance.ID
	}
	return p.host.settings().LastInstance[c.ID]
}

// ShowTest tells how a test ended that was made before the connection was kept.
func (p *ConnectionsPage) ShowTest(c settings.Connection, steps []step) {
	p.results[c.ID] = connectionResult{of: c, at: p.env.Now(), steps: steps}
}

// told shows how a test stands.
func (p *ConnectionsPage) told(c settings.Connection, steps []step) {
	p.ShowTest(c, steps)
	p.table.Reload()
	p.showDetail()
}

// stopTest ends the test that runs; how far it came is no result.
func (p *ConnectionsPage) stopTest() {
	if p.testing == "" {
		return
	}
	p.test.Cancel()
	delete(p.results, p.testing)
	p.testing = ""
}

func (p *ConnectionsPage) stopAndShow() {
	p.stopTest()
	p.showDetail()
}
