// The settings page: how the window looks, how it calls, and what it keeps.

package ui

import (
	"fmt"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/activitydesk/activitydesk/assets"
	"github.com/activitydesk/activitydesk/ui/access"
	"github.com/activitydesk/activitydesk/ui/settings"
	"github.com/activitydesk/activitydesk/ui/widgets"
	"github.com/activitydesk/activitydesk/ui/words"
	"github.com/activitydesk/activitydesk/ui/zones"
)

// settingsHost is what the settings page needs of the desk.
type settingsHost interface {
	settings() settings.Settings
	folders() settings.Folders
	keyringNow() (access.KeyringState, error)

	chooseAppearance(widgets.Appearance)
	zoneMenu() []widgets.MenuItem
	chooseZone(name string)
	setCaller(string)
	setRetention(days int)
	purge()
	probeKeyring()
}

// SettingsPage changes what the desk remembers. Every change holds at once.
type SettingsPage struct {
	env  *Env
	host settingsHost

	content    fyne.CanvasObject
	appearance *widgets.Picker
	zone       *widgets.Picker
	zoneName   *settingEntry
	caller     *settingEntry
	retention  *settingEntry
	keyring    *widgets.Value
}

var _ Page = (*SettingsPage)(nil)

// NewSettingsPage makes the page.
func NewSettingsPage(env *Env, host settingsHost) *SettingsPage {
	p := &SettingsPage{env: env, host: host}
	p.appearance = widgets.NewPicker("", p.appearanceItems)
	p.zone = widgets.NewPicker("", host.zoneMenu)
	p.zoneName = newSettingEntry("another zone, such as America/Nuuk", p.keepZone)
	p.caller = newSettingEntry("not sent", p.keepCaller)
	p.retention = newSettingEntry("", p.keepRetention)
	p.keyring = widgets.NewValue("", widgets.RoleBody)
	p.content = p.layout()
	return p
}

// ID implements Page.
func (p *SettingsPage) ID() PageID { return PageSettings }

// Title implements Page.
func (p *SettingsPage) Title() string { return "Settings" }

// Icon implements Page.
func (p *SettingsPage) Icon() fyne.Resource { return assets.IconSettings() }

// Content implements Page.
func (p *SettingsPage) Content() fyne.CanvasObject { return p.content }

// Enter implements Page.
func (p *SettingsPage) Enter(Place) { p.show() }

// Leave implements Page: what is typed and not yet confirmed is kept as well.
func (p *SettingsPage) Leave() {
	for _, e := range []*settingEntry{p.zoneName, p.caller, p.retention} {
		e.confirm()
	}
}

func (p *SettingsPage) layout() fyne.CanvasObject {
	folders := p.host.folders()
	sections := widgets.Column(
		14,
		widgets.NewText("Settings", widgets.RoleTitle),
		section(
			"Window",
			settingRow("Colours", p.appearance, ""),
			settingRow("Times are shown in", p.zone, ""),
			settingRow("", p.zoneName.content, "Any zone can be given by its IANA name."),
		),
		section(
			"Connections",
			settingRow("", widgets.Row(8, widgets.NewButton("Open Connections", func() { p.env.Open(PageConnections, nil) })),
				"They have a page of their own, where they are added, changed and tested."),
		),
		section(
			"Sending",
			settingRow("Name of the caller", p.caller.content, "Sent with every activity, so that the service's own logs can tell who called: at first the desk and your account at this computer. Empty: nothing is sent."),
		),
		section(
			"Journal",
			settingRow("Days that entries are kept", p.retention.content, "What was sent is recorded on this computer only. Older entries, and drafts as old, go at the next start."),
			settingRow("", widgets.Row(8, widgets.NewButton("Delete older entries now…", p.host.purge)), ""),
		),
		section(
			"Secrets",
			settingRow("Kept in", p.keyring, "Tokens and keys are never written to a file."),
			settingRow("", widgets.Row(8, widgets.NewButton("Look for the keyring again", p.host.probeKeyring)), ""),
		),
		section(
			"Files",
			settingRow("Settings", widgets.NewValue(settingsFile(folders), widgets.RoleCode), ""),
			settingRow("Journal", widgets.NewValue(journalFile(folders), widgets.RoleCode), ""),
			settingRow("Log and crash files", widgets.NewValue(folders.State, widgets.RoleCode), ""),
			settingRow("Version", widgets.NewValue(productName+" "+Version, widgets.RoleBody), ""),
		),
	)
	page := container.NewVScroll(container.New(readableLayout{820}, widgets.Pad(20, 24, 24, 24, sections)))
	for _, e := range []*settingEntry{p.zoneName, p.caller, p.retention} {
		e.entry.WheelTo = page
	}
	return page
}

// section is a card with a heading.
func section(title string, rows ...fyne.CanvasObject) fyne.CanvasObject {
	objects := append([]fyne.CanvasObject{widgets.NewText(title, widgets.RoleHeading)}, rows...)
	return widgets.NewCard(widgets.Pad(14, 18, 16, 18, widgets.Column(10, objects...)))
}

// settingRow puts a label before a control, and a note below it.
func settingRow(label string, control fyne.CanvasObject, note string) fyne.CanvasObject {
	return labelled(190, label, control, note)
}

// show brings the page up to date.
func (p *SettingsPage) show() {
	now := p.host.settings()
	p.appearance.Set(appearanceWord(widgets.Appearance(now.Theme)), "", widgets.ToneNeutral)
	p.zone.Set(zones.Label(now.Zone, p.env.Now()), "", widgets.ToneNeutral)
	p.caller.set(now.Caller)
	p.retention.set(strconv.Itoa(now.RetentionDays))
	p.keyring.SetText(keyringWords(p.host.keyringNow()))
}

func keyringWords(state access.KeyringState, why error) string {
	switch state {
	case access.KeyringThere:
		return "The keyring of the operating system."
	case access.KeyringMissing:
		m := words.Explain(why)
		return "Memory, for this session only. " + strings.TrimSpace(m.What+" "+m.Do)
	case access.KeyringLocked, access.KeyringSilent:
		m := words.Explain(why)
		return strings.TrimSpace(m.What + " " + m.Do)
	default:
		return "The keyring is being looked for. If it asks to be unlocked, its own window says so."
	}
}

func (p *SettingsPage) appearanceItems() []widgets.MenuItem {
	chosen := widgets.Appearance(p.host.settings().Theme)
	var items []widgets.MenuItem
	for _, a := range []widgets.Appearance{widgets.AppearanceSystem, widgets.AppearanceLight, widgets.AppearanceDark} {
		items = append(items, widgets.MenuItem{
			Label: appearanceWord(a), Checked: a == chosen,
			OnChosen: func() {
				p.host.chooseAppearance(a)
				p.show()
			},
		})
	}
	return items
}

func appearanceWord(a widgets.Appearance) string {
	switch a {
	case widgets.AppearanceLight:
		return "Light"
	case widgets.AppearanceDark:
		return "Dark"
	default:
		return "As the system"
	}
}

func (p *SettingsPage) keepZone(text string) (problem string) {
	if text == "" {
		return ""
	}
	if _, err := zones.Of(text); err != nil {
		return "No zone has this name. IANA names are like Europe/Zurich."
	}
	p.host.chooseZone(text)
	p.zoneName.entry.SetText("") // it is chosen above now
	p.show()
	return ""
}

func (p *SettingsPage) keepCaller(text string) (problem string) {
	if problem := callerProblem(text); problem != "" {
		return problem
	}
	p.host.setCaller(text)
	return ""
}

func (p *SettingsPage) keepRetention(text string) (problem string) {
	days, err := strconv.Atoi(text)
	if err != nil || days < 1 || days > settings.MaxRetentionDays {
		return fmt.Sprintf("A whole number from 1 to %d.", settings.MaxRetentionDays)
	}
	p.host.setRetention(days)
	return ""
}
