// The states of the page Connections and of its dialogs, as they are drawn.

package ui

import (
	"path/filepath"

	"github.com/activitydesk/activitydesk/client"
	"github.com/activitydesk/activitydesk/ui/access"
	"github.com/activitydesk/activitydesk/ui/settings"
)

// pictured are connections as a support team has them.
func pictured() []settings.Connection {
	return []settings.Connection{
		{
			ID: "5b0f4a53-0000-4000-8000-000000000001", Name: "Contoso (EU)", Root: client.RootCurrent, Auth: settings.AuthBrowser,
			Tenant: "contoso.com", ClientID: goodClient, RatePerMinute: 100, Colour: "violet", Note: "Customer care, the live environment",
		},
		{
			ID: "5b0f4a53-0000-4000-8000-000000000002", Name: "Contoso government", Root: "https://ci.contoso.example/v1", Auth: settings.AuthDeviceCode,
			Tenant: "9a5e51a7-0000-4000-8000-000000000001", ClientID: goodClient, Authority: "https://login.microsoftonline.us",
			Scope: "https://api.contoso.example/.default", RatePerMinute: 60, Colour: "teal", SessionOnly: true,
		},
		{
			ID: "5b0f4a53-0000-4000-8000-000000000003", Name: "Nightly import", Root: client.Root2020, Auth: settings.AuthSecret,
			Tenant: "contoso.com", ClientID: goodClient, RatePerMinute: 40, Colour: "brown", Note: "The application of the integration team",
		},
		{
			ID: "5b0f4a53-0000-4000-8000-000000000004", Name: "Short test", Root: sandboxRoot, Auth: settings.AuthToken, RatePerMinute: 100,
		},
	}
}

// someConnections shows the page with several, the first of them chosen.
func (d *drawing) someConnections() {
	d.t.Helper()
	for _, c := range pictured() {
		d.listConnection(c)
	}
	id := pictured()[0].ID
	d.remember(func(to *settings.Settings) {
		to.Guards[id] = map[string]string{"a": settings.GuardReadOnly, "b": settings.GuardAsk}
	})
	d.open(PageConnections, ConnectionArg{ID: id})
}

func (d *drawing) editConnection(method string, inCloud int) {
	d.t.Helper()
	dialog := d.openDialog(settings.Connection{}, "", "", "")
	dialog.chooseMethod(method)
	dialog.chooseCloud(clouds()[inCloud])
	dialog.chooseColour("magenta")
}

func (d *drawing) wrongConnection() {
	d.t.Helper()
	dialog := d.openDialog(settings.Connection{}, "http://ci.contoso.example", "", "two words")
	dialog.chooseMethod(settings.AuthSecret)
	dialog.dialog.Confirm()
}

// testOf shows the test of a connection to a service.
func (d *drawing) testOf(root, token, key string) {
	d.t.Helper()
	d.someConnections()
	c := pictured()[3]
	c.Root = root
	d.listConnection(c)
	if err := d.credentials.Keep(d.t.Context(), c, access.Secrets{Token: token, Key: key}); err != nil {
		d.t.Fatal(err)
	}
	d.open(PageConnections, ConnectionArg{ID: c.ID})
	d.connectionsPage.startTest()
}

func (d *drawing) untilTested() {
	d.t.Helper()
	d.queue.until(d.t, "the end of the test", func() bool { return d.connectionsPage.testing == "" })
}

func (d *drawing) testingConnection() {
	d.t.Helper()
	d.faults("role:slow=60s")
	d.someConnections()
	d.open(PageConnections, ConnectionArg{ID: sandboxID})
	d.connectionsPage.startTest()
	d.queue.until(d.t, "the last step", func() bool { return wordsHave(d.connectionsPage.Content(), "Asking for the one in") })
}

func (d *drawing) failingConnection() {
	d.t.Helper()
	service := otherService(d.t)
	d.testOf(service.Root(), goodToken, "another-key")
	d.untilTested()
}

func (d *drawing) passingConnection() {
	d.t.Helper()
	service := otherService(d.t)
	d.testOf(service.Root(), goodToken, goodKey)
	d.untilTested()
}

// importedConnections shows a file with all that a file can bring.
func (d *drawing) importedConnections() {
	d.t.Helper()
	d.someConnections()
	var list []settings.SharedConnection
	for _, c := range pictured()[:3] {
		list = append(list, settings.SharedConnection{Connection: c})
	}
	list[1].Root = "https://ci.fabrikam.example/v1"
	list[2].ID, list[2].Name, list[2].Note = "5b0f4a53-0000-4000-8000-000000000009", "Contoso (EU)", "another one of that name"
	list[2].Guards = map[string]string{"ce759201-0000-4000-8000-000000000001": settings.GuardFree, "b": settings.GuardReadOnly}
	path := filepath.Join(d.t.TempDir(), "prepared.json")
	if err := settings.WriteConnections(path, list); err != nil {
		d.t.Fatal(err)
	}
	d.connectionsPage.Drop(path)
	d.untilOver()
}
