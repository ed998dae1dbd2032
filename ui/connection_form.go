// The fields of the connection dialog and how they are laid out: which of them
// are there depends on the way of signing in.

package ui

import (
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/activitydesk/activitydesk/client"
	"github.com/activitydesk/activitydesk/client/auth"
	"github.com/activitydesk/activitydesk/ui/access"
	"github.com/activitydesk/activitydesk/ui/settings"
	"github.com/activitydesk/activitydesk/ui/widgets"
	"github.com/activitydesk/activitydesk/ui/words"
)

// connectionForm holds what is typed of a connection.
type connectionForm struct {
	name, root, tenant, client, authority, scope *connectionField
	secret, token, key, rate, note               *connectionField

	preset, method, cloud, keepIn, colour *widgets.Picker
	methodAbout                           *widgets.Text
	cloudRow                              fyne.CanvasObject
	mark                                  *widgets.Mark

	// What the pickers hold.
	auth, colourName string
	inCloud          cloud
	sessionOnly      bool
	ringMissing      bool // there is no keyring now

	onChanged func()
}

const (
	longestName = 120 // letters
	longestNote = 500
)

func newConnectionForm(changed func()) *connectionForm {
	f := &connectionForm{onChanged: changed, methodAbout: widgets.NewWrappedText("", widgets.RoleCaption), mark: widgets.NewMark("")}
	entry := widgets.NewEntry
	hidden := widgets.NewPasswordEntry
	f.name = newConnectionField("Name", "", entry(), f.checkName)
	f.root = newConnectionField("", "", entry(), checkRoot)
	f.tenant = newConnectionField("Tenant", "The directory: its id, its domain, or “organizations” for whichever the person belongs to.", entry(), nil)
	f.client = newConnectionField("Client id", "“Application (client) ID” of the app registration.", entry(), nil)
	f.authority = newConnectionField("Authority", "The identity provider's address, without the tenant.", entry(), nil)
	f.scope = newConnectionField("Scope", "What the token is for. Empty: "+auth.DefaultScope, entry(), nil)
	f.secret = newConnectionField("Client secret", "The secret's value, not its id.", hidden(), checkSecret)
	f.token = newConnectionField("Access token", "A bearer token of Microsoft Entra ID.", hidden(), checkToken)
	f.key = newConnectionField("Subscription key", "Of the instance: Settings > Permissions > APIs. The address of 2020 needs none.", hidden(), checkKey)
	f.rate = newConnectionField("Calls a minute", "", entry(), checkRate)
	f.note = newConnectionField("Note", "", entry(), checkNote)
	f.preset = widgets.NewPicker("", f.presetItems)
	f.method = widgets.NewPicker("", f.methodItems)
	f.cloud = widgets.NewPicker("", f.cloudItems)
	f.keepIn = widgets.NewPicker("", f.keepItems)
	f.colour = widgets.NewPicker("", f.colourItems)
	f.cloudRow = labelledRow("Sovereign or other cloud", widgets.Column(3, widgets.Row(0, f.cloud)))
	f.name.entry.SetPlaceHolder("for example Contoso (EU)")
	f.client.entry.SetPlaceHolder("00000000-0000-0000-0000-000000000000")
	f.scope.entry.SetPlaceHolder(auth.DefaultScope)
	f.note.entry.SetPlaceHolder("what it is for")
	for _, field := range f.fields() {
		field.entry.OnChanged = func(string) {
			field.say("")
			f.changed()
		}
	}
	return f
}

// fields are those with an entry, in their order.
func (f *connectionForm) fields() []*connectionField {
	return []*connectionField{
		f.name, f.root, f.tenant, f.client, f.authority, f.scope, f.secret, f.token, f.key, f.rate, f.note,
	}
}

func (f *connectionForm) changed() {
	if f.onChanged != nil {
		f.onChanged()
	}
}

// body lays the rows out.
func (f *connectionForm) body() *fyne.Container {
	about := widgets.Column(3, widgets.Row(0, f.method), f.methodAbout)
	return widgets.Column(
		10,
		f.name.row,
		labelledRow("Service", widgets.Column(3, widgets.Row(0, f.preset))),
		f.root.row,
		labelledRow("Signs in", about),
		f.tenant.row, f.client.row, f.secret.row, f.token.row,
		f.cloudRow, f.authority.row, f.scope.row,
		f.key.row,
		labelledRow("Secrets", widgets.Column(3, widgets.Row(0, f.keepIn))),
		f.rate.row,
		labelledRow("Colour", widgets.Column(3, widgets.Row(0, f.colour))),
		f.note.row,
	)
}

// labelledRow is labelled with the width that the dialog's labels take.
func labelledRow(label string, below fyne.CanvasObject) fyne.CanvasObject {
	return container.New(labelledLayout{width: 156, gap: 14}, widgets.NewWrappedText(label, widgets.RoleBody), below)
}

// fill shows a connection.
func (f *connectionForm) fill(c settings.Connection, ringMissing bool) {
	f.ringMissing = ringMissing
	f.sessionOnly = c.SessionOnly || ringMissing
	f.name.entry.SetText(c.Name)
	f.root.entry.SetText(c.Root)
	f.tenant.entry.SetText(c.Tenant)
	f.client.entry.SetText(c.ClientID)
	f.authority.entry.SetText(c.Authority)
	f.scope.entry.SetText(c.Scope)
	f.rate.entry.SetText(strconv.Itoa(access.RateOf(c)))
	f.note.entry.SetText(c.Note)
	f.auth, f.colourName, f.inCloud = c.Auth, c.Colour, cloudOf(c.Authority)
	f.showPreset(presetOf(c.Root))
	f.showChoices()
}

// showChoices has pickers say what is chosen, and shows the fields that it takes.
func (f *connectionForm) showChoices() {
	m := methodOf(f.auth)
	f.method.Set(m.label, "", widgets.ToneNeutral)
	f.methodAbout.SetText(m.about)
	f.cloud.Set(f.inCloud.label, "", widgets.ToneNeutral)
	f.keepIn.Set(keepWord(f.sessionOnly), "", widgets.ToneNeutral)
	word := widgets.MarkWord(f.colourName)
	if word == "" {
		word = "None"
	}
	f.colour.Set(word, "", widgets.ToneNeutral)
	f.colour.SetMark(f.colourName)
	f.tenant.entry.SetPlaceHolder(auth.Organizations)
	if f.auth == settings.AuthSecret {
		f.tenant.entry.SetPlaceHolder("contoso.com")
	}
	app := access.ByApp(f.auth)
	setVisible(f.cloudRow, app)
	f.tenant.show(app)
	f.client.show(app)
	f.secret.show(f.auth == settings.AuthSecret)
	f.token.show(f.auth == settings.AuthToken)
	f.authority.show(app && f.inCloud.other)
	f.scope.show(app && (f.inCloud.label != clouds()[0].label || f.scope.entry.Text != ""))
}

func (f *connectionForm) presetItems() []widgets.MenuItem {
	var items []widgets.MenuItem
	for _, p := range presets() {
		items = append(items, widgets.MenuItem{
			Label: p.label, Note: access.HostOf(p.root), Checked: f.preset.Value() == p.label,
			OnChosen: func() { f.choosePreset(p) },
		})
	}
	return items
}

// choosePreset takes a preset's address and its usual way of signing in. Another
// address is not of another kind: the way that was chosen stays.
func (f *connectionForm) choosePreset(p preset) {
	f.showPreset(p)
	if p.root != "" {
		f.auth = p.method
	}
	f.showChoices()
	f.changed()
}

func (f *connectionForm) showPreset(p preset) {
	f.preset.Set(p.label, "", widgets.ToneNeutral)
	f.root.entry.SetReadOnly(p.root != "")
	if p.root != "" {
		f.root.entry.SetText(p.root)
	} else {
		f.root.entry.SetPlaceHolder("https://…")
	}
}

func (f *connectionForm) methodItems() []widgets.MenuItem {
	var items []widgets.MenuItem
	for _, m := range methods() {
		items = append(items, widgets.MenuItem{Label: m.label, Checked: m.auth == f.auth, OnChosen: func() { f.chooseMethod(m.auth) }})
	}
	return items
}

func (f *connectionForm) chooseMethod(name string) {
	f.auth = name
	f.showChoices()
	f.changed()
}

func (f *connectionForm) cloudItems() []widgets.MenuItem {
	var items []widgets.MenuItem
	for _, c := range clouds() {
		items = append(items, widgets.MenuItem{
			Label: c.label, Note: access.HostOf(c.authority), Checked: c == f.inCloud, OnChosen: func() { f.chooseCloud(c) },
		})
	}
	return items
}

func (f *connectionForm) chooseCloud(c cloud) {
	f.inCloud = c
	f.authority.entry.SetText(c.authority)
	f.showChoices()
	f.changed()
}

func (f *connectionForm) keepItems() []widgets.MenuItem {
	ring := widgets.MenuItem{Label: keepWord(false), Checked: !f.sessionOnly, OnChosen: func() { f.chooseKeepIn(false) }}
	if f.ringMissing {
		ring.Disabled, ring.Note = true, "not available"
	}
	return []widgets.MenuItem{ring, {Label: keepWord(true), Checked: f.sessionOnly, OnChosen: func() { f.chooseKeepIn(true) }}}
}

func (f *connectionForm) chooseKeepIn(sessionOnly bool) {
	f.sessionOnly = sessionOnly
	f.showChoices()
	f.changed()
}

func keepWord(sessionOnly bool) string {
	if sessionOnly {
		return "Keep for this session only"
	}
	return "Keep in the OS keyring"
}

func (f *connectionForm) colourItems() []widgets.MenuItem {
	items := []widgets.MenuItem{{Label: "None", Checked: f.colourName == "", OnChosen: func() { f.chooseColour("") }}}
	for _, c := range widgets.MarkColours() {
		items = append(items, widgets.MenuItem{
			Label: c.Word, Mark: c.Name, Checked: c.Name == f.colourName, OnChosen: func() { f.chooseColour(c.Name) },
		})
	}
	return items
}

func (f *connectionForm) chooseColour(name string) {
	f.colourName = name
	f.showChoices()
}

func (f *connectionForm) checkName(text string) string {
	if len([]rune(strings.TrimSpace(text))) > longestName {
		return "A name has at most " + strconv.Itoa(longestName) + " letters."
	}
	return ""
}

func checkRoot(text string) string {
	if _, err := client.ParseRoot(text); err != nil {
		return words.Explain(err).What
	}
	return ""
}

// cleanProblem says what is wrong with a secret that was pasted; empty is none.
func cleanProblem(text string, clean func(string) (string, error)) string {
	if strings.TrimSpace(text) == "" {
		return ""
	}
	if _, err := clean(text); err != nil {
		return words.Explain(err).What
	}
	return ""
}

func checkToken(text string) string  { return cleanProblem(text, auth.CleanToken) }
func checkKey(text string) string    { return cleanProblem(text, auth.CleanKey) }
func checkSecret(text string) string { return cleanProblem(text, auth.CleanKey) }

func checkRate(text string) string {
	if n, err := strconv.Atoi(strings.TrimSpace(text)); err != nil || n < 1 {
		return "Write a whole number, such as 100."
	}
	return ""
}

func checkNote(text string) string {
	if len([]rune(strings.TrimSpace(text))) > longestNote {
		return "A note has at most " + strconv.Itoa(longestNote) + " letters."
	}
	return ""
}
