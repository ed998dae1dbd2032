// The dialog that adds or changes a connection: it is tested before it is
// kept, or kept without by the person's word.

package ui

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"github.com/activitydesk/activitydesk/client"
	"github.com/activitydesk/activitydesk/client/auth"
	"github.com/activitydesk/activitydesk/ui/settings"
	"github.com/activitydesk/activitydesk/ui/widgets"
)

// sandboxRoot is where `activitydesk sandbox` listens unless told otherwise.
const sandboxRoot = "http://127.0.0.1:8089/v1"

// preset is an address that need not be typed.
type preset struct{ label, root string }

func presets() []preset {
	return []preset{
		{"Customer Insights", client.RootCurrent},
		{"Customer Insights, address of 2020", client.Root2020},
		{"Sandbox run by “activitydesk sandbox”", sandboxRoot},
		{"Another address", ""},
	}
}

// connectionKeeper is what the dialog needs of the desk.
type connectionKeeper interface {
	keyringNow() (keyringState, error)
	// keepConnection writes secrets and settings, and answers on the UI
	// goroutine. An empty secret leaves the one there is.
	keepConnection(c settings.Connection, s secrets, done func(error))
}

// secrets are what a person typed, and where they are to be kept.
type secrets struct {
	token, key   string
	clientSecret string
	sessionOnly  bool
}

// connectionDialog holds the fields. It is used on the UI goroutine.
type connectionDialog struct {
	env         *Env
	keeper      connectionKeeper
	credentials *Credentials
	before      settings.Connection // zero ID: a new one
	test        *Latest[[]step]

	preset, keepIn         *widgets.Picker
	name, root, token, key *widgets.Entry
	rate                   *widgets.Entry
	problem                *widgets.Text
	steps                  *widgets.Steps
	anyway                 *widgets.Button
	sessionOnly            bool
	dialog                 *widgets.Dialog
}

func newConnectionDialog(env *Env, keeper connectionKeeper, credentials *Credentials, before settings.Connection) *connectionDialog {
	d := &connectionDialog{
		env: env, keeper: keeper, credentials: credentials, before: before,
		test:    NewLatest[[]step](env),
		name:    widgets.NewEntry(),
		root:    widgets.NewEntry(),
		token:   widgets.NewPasswordEntry(),
		key:     widgets.NewPasswordEntry(),
		rate:    widgets.NewEntry(),
		problem: widgets.NewWrappedText("", widgets.RoleProblem),
		steps:   widgets.NewSteps(),
	}
	d.preset = widgets.NewPicker("", d.presetItems)
	d.keepIn = widgets.NewPicker("", d.keepItems)
	d.anyway = widgets.NewLinkButton("Keep it without a test", d.keepAnyway)
	d.anyway.Hide()
	d.problem.Hide()
	d.steps.Hide()
	d.name.SetPlaceHolder("for example Contoso (EU)")
	d.fill()
	for _, e := range []*widgets.Entry{d.name, d.root, d.token, d.key, d.rate} {
		e.OnChanged = func(string) { d.changed() }
	}
	return d
}

// fill shows what is known, or the most likely.
func (d *connectionDialog) fill() {
	state, _ := d.keeper.keyringNow()
	d.sessionOnly = state == keyringMissing
	d.showKeepIn()
	if d.before.ID == "" {
		d.choosePreset(presets()[0])
		d.rate.SetText(strconv.Itoa(settings.DefaultRatePerMinute))
		return
	}
	d.token.SetPlaceHolder("as it is")
	d.key.SetPlaceHolder("as it is")
	d.name.SetText(d.before.Name)
	d.rate.SetText(strconv.Itoa(rateOf(d.before)))
	for _, p := range presets() {
		if p.root == d.before.Root || p.root == "" {
			d.choosePreset(p)
			break
		}
	}
	d.root.SetText(d.before.Root)
}

// show opens the dialog.
func (d *connectionDialog) show() {
	title := "Add a connection"
	if d.before.ID != "" {
		title = "Change " + d.before.Name
	}
	d.dialog = widgets.ShowDialog(d.env.Window.Canvas(), widgets.DialogSpec{
		Title: title, Body: d.body(), Confirm: "Test and keep", Width: 560,
		OnConfirm: d.confirm, OnClose: d.test.Cancel, Focus: d.name,
	})
}

func (d *connectionDialog) presetItems() []widgets.MenuItem {
	var items []widgets.MenuItem
	for _, p := range presets() {
		items = append(items, widgets.MenuItem{
			Label: p.label, Note: hostOf(p.root), Checked: d.preset.Value() == p.label,
			OnChosen: func() { d.choosePreset(p) },
		})
	}
	return items
}

func (d *connectionDialog) choosePreset(p preset) {
	d.preset.Set(p.label, "", widgets.ToneNeutral)
	d.root.SetReadOnly(p.root != "")
	if p.root != "" {
		d.root.SetText(p.root)
	} else {
		d.root.SetPlaceHolder("https://…")
	}
}

func (d *connectionDialog) keepItems() []widgets.MenuItem {
	state, _ := d.keeper.keyringNow()
	ring := widgets.MenuItem{
		Label: keepWord(false), Checked: !d.sessionOnly,
		OnChosen: func() { d.sessionOnly = false; d.showKeepIn() },
	}
	if state == keyringMissing {
		ring.Disabled, ring.Note = true, "not available"
	}
	return []widgets.MenuItem{ring, {
		Label: keepWord(true), Checked: d.sessionOnly,
		OnChosen: func() { d.sessionOnly = true; d.showKeepIn() },
	}}
}

func keepWord(sessionOnly bool) string {
	if sessionOnly {
		return "Keep for this session only"
	}
	return "Keep in the OS keyring"
}

func (d *connectionDialog) showKeepIn() {
	d.keepIn.Set(keepWord(d.sessionOnly), "", widgets.ToneNeutral)
}

// changed is called when anything was typed: what was found before is about
// something else now.
func (d *connectionDialog) changed() {
	d.test.Cancel()
	if d.dialog != nil {
		d.dialog.SetBusy("")
	}
	d.say("")
	d.steps.Hide()
	d.anyway.Hide()
}

func (d *connectionDialog) say(problem string) {
	d.problem.SetText(problem)
	d.problem.Hidden = problem == ""
	d.problem.Refresh()
}

// read makes the connection of what was typed. The problem is for people.
func (d *connectionDialog) read() (c settings.Connection, s secrets, problem string) {
	c = d.before
	root, err := client.ParseRoot(d.root.Text)
	if err != nil {
		return c, s, Explain(err).What
	}
	c.Root, c.Auth = root.String(), settings.AuthToken
	if c.Name = strings.TrimSpace(d.name.Text); c.Name == "" {
		c.Name = hostOf(c.Root)
	}
	c.RatePerMinute, err = strconv.Atoi(strings.TrimSpace(d.rate.Text))
	if err != nil || c.RatePerMinute < 1 {
		return c, s, "Calls a minute: write a whole number, such as 100."
	}
	if s, err = d.secrets(); err != nil {
		return c, s, Explain(err).What
	}
	moved := d.before.ID == "" || hostPortOf(d.before.Root) != hostPortOf(c.Root)
	if s.token == "" && moved {
		return c, s, "Enter an access token: it belongs to the address and is sent nowhere else."
	}
	if c.ID == "" {
		c.ID = uuid.NewString()
	}
	return c, s, ""
}

// secrets reads what was typed, without what people copy along with it. An
// empty field stays empty.
func (d *connectionDialog) secrets() (s secrets, err error) {
	s.sessionOnly = d.sessionOnly
	if strings.TrimSpace(d.token.Text) != "" {
		if s.token, err = auth.CleanToken(d.token.Text); err != nil {
			return s, err
		}
	}
	if strings.TrimSpace(d.key.Text) != "" {
		if s.key, err = auth.CleanKey(d.key.Text); err != nil {
			return s, err
		}
	}
	return s, nil
}

// confirm tests what was typed, and keeps it if the test passes. The dialog
// closes only then.
func (d *connectionDialog) confirm() bool {
	c, s, problem := d.read()
	if d.say(problem); problem != "" {
		return false
	}
	work, err := d.testWork(c, s)
	if err != nil {
		d.say(Explain(err).What)
		return false
	}
	d.dialog.SetBusy("Testing…")
	d.test.Run(work, func(steps []step, _ error) {
		d.dialog.SetBusy("")
		d.showSteps(steps)
		if passed(steps) {
			d.keep(c, s)
			return
		}
		d.anyway.Show()
	})
	return false
}

// testWork prepares the test with what was typed; a secret that was not typed
// is the one that is kept.
func (d *connectionDialog) testWork(c settings.Connection, s secrets) (func(context.Context) ([]step, error), error) {
	d.env.Redact.Add(s.token)
	d.env.Redact.Add(s.key)
	tokens, keys := d.credentials.For(c)
	config := client.Config{
		Root: c.Root, Tokens: tokens, Keys: keys, UserAgent: userAgent,
		Logger: d.env.Logger, Redact: d.env.Redact,
	}
	if s.token != "" {
		config.Tokens = client.StaticToken(s.token)
	}
	if s.key != "" {
		config.Keys = client.StaticKey(s.key)
	}
	service, err := client.New(config)
	if err != nil {
		return nil, fmt.Errorf("test connection: %w", err)
	}
	return func(ctx context.Context) ([]step, error) {
		defer service.Close()
		return checkConnection(ctx, service), nil
	}, nil
}

func (d *connectionDialog) showSteps(steps []step) {
	lines := make([]widgets.Step, 0, len(steps))
	for _, s := range steps {
		line := widgets.Step{Strong: s.name, Detail: s.text}
		switch s.verdict {
		case verdictGood:
			line.Tone = widgets.ToneSuccess
		case verdictBad:
			line.Tone = widgets.ToneDanger
		case verdictOpen:
			line.Tone = widgets.ToneWarning
		case verdictSkipped:
			line.Detail = "not tried"
		}
		lines = append(lines, line)
	}
	d.steps.Set(lines...)
	d.steps.Show()
}

func (d *connectionDialog) keepAnyway() {
	c, s, problem := d.read()
	if d.say(problem); problem == "" {
		d.keep(c, s)
	}
}

func (d *connectionDialog) keep(c settings.Connection, s secrets) {
	d.dialog.SetBusy("Keeping…")
	d.keeper.keepConnection(c, s, func(err error) {
		d.dialog.SetBusy("")
		if err != nil {
			m := Explain(err)
			d.say(strings.TrimSpace(m.What + " " + m.Do))
			return
		}
		d.dialog.Close()
	})
}
