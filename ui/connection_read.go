// Reading the connection dialog: what was typed, what is wrong with it, at which
// field, and what would be right.

package ui

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"github.com/activitydesk/activitydesk/client"
	"github.com/activitydesk/activitydesk/client/auth"
	"github.com/activitydesk/activitydesk/ui/access"
	"github.com/activitydesk/activitydesk/ui/settings"
)

// typedConnection is the connection as the fields have it, right or wrong.
func (d *connectionDialog) typedConnection() settings.Connection {
	trimmed := func(f *connectionField) string { return strings.TrimSpace(f.entry.Text) }
	c := d.before
	c.ID, c.Auth, c.Colour, c.Note = d.id, d.auth, d.colourName, trimmed(d.note)
	c.Root = trimmed(d.root)
	if root, err := client.ParseRoot(c.Root); err == nil {
		c.Root = root.String()
	}
	if c.Name = trimmed(d.name); c.Name == "" {
		c.Name = access.HostOf(c.Root)
	}
	c.RatePerMinute, _ = strconv.Atoi(trimmed(d.rate)) // what is no number is a problem of its field
	if access.ByApp(c.Auth) {
		c.Tenant, c.ClientID = trimmed(d.tenant), trimmed(d.client)
		c.Authority, c.Scope = strings.TrimRight(trimmed(d.authority), "/"), trimmed(d.scope)
	}
	if !d.ringMissing || d.before.ID == "" {
		c.SessionOnly = d.sessionOnly // else the choice is that of the missing keyring
	}
	return c
}

// checkOwnName wants a name that tells the connection from the others.
func (d *connectionDialog) checkOwnName(text string) string {
	if problem := d.checkName(text); problem != "" {
		return problem
	}
	name := strings.TrimSpace(text)
	taken := func(c settings.Connection) bool { return c.ID != d.id && strings.EqualFold(c.Name, name) }
	if name != "" && slices.ContainsFunc(d.keeper.connections(), taken) {
		return "Another connection has this name."
	}
	return ""
}

// read makes the connection of what was typed, and answers whether it can be
// used; what is wrong is said at its field, and the cursor goes to the first.
func (d *connectionDialog) read() (c settings.Connection, s access.Secrets, ok bool) {
	c = d.typedConnection()
	var first *connectionField
	for _, f := range d.fields() {
		if !f.valid() && first == nil {
			first = f
		}
	}
	bad := func(f *connectionField, problem string) {
		if f.problem.Hidden {
			f.say(problem)
		}
		if first == nil || slices.Index(d.fields(), f) < slices.Index(d.fields(), first) {
			first = f
		}
	}
	for field, problem := range d.appProblems(c) {
		bad(field, problem)
	}
	s = d.secrets()
	for _, f := range []*connectionField{d.name, d.note} {
		if text := f.entry.Text; d.env.Redact.String(text) != text {
			bad(f, "This holds a secret. What stands here is shown, kept in a file and handed on.")
		}
	}
	if field, problem := d.missing(c, s); field != nil {
		bad(field, problem)
	}
	if first != nil {
		d.env.Window.Canvas().Focus(first.entry)
	}
	return c, s, first == nil
}

// appProblems says what is wrong with the app registration, at each field.
func (d *connectionDialog) appProblems(c settings.Connection) map[*connectionField]string {
	if !access.ByApp(c.Auth) {
		return nil
	}
	problems := map[*connectionField]string{}
	for field, set := range map[*connectionField]func(*auth.App){
		d.tenant:    func(a *auth.App) { a.Tenant = c.Tenant },
		d.client:    func(a *auth.App) { a.ClientID = c.ClientID },
		d.authority: func(a *auth.App) { a.Authority = c.Authority },
		d.scope:     func(a *auth.App) { a.Scope = c.Scope },
	} {
		// One field at a time, in an app that is right otherwise: all that is
		// wrong is said at once.
		app := auth.App{Method: auth.Method(c.Auth), Tenant: "contoso.com", ClientID: uuid.NewString()}
		set(&app)
		var wrong *auth.AppError
		if errors.As(app.Validate(), &wrong) {
			field.show(true)
			problems[field] = capital(wrong.Reason) + "."
		}
	}
	return problems
}

// capital begins a text with a capital letter.
func capital(text string) string {
	if text == "" {
		return ""
	}
	return strings.ToUpper(text[:1]) + text[1:]
}

// secrets reads what was typed, without what people copy along with it. An
// empty field stays empty, and so does one of another way of signing in.
func (d *connectionDialog) secrets() access.Secrets {
	clean := func(f *connectionField, clean func(string) (string, error)) string {
		if !f.row.Visible() || strings.TrimSpace(f.entry.Text) == "" {
			return ""
		}
		text, err := clean(f.entry.Text)
		if err != nil {
			return "" // a problem of its field
		}
		return text
	}
	s := access.Secrets{
		Token: clean(d.token, auth.CleanToken), Key: clean(d.key, auth.CleanKey), ClientSecret: clean(d.secret, auth.CleanKey),
		SessionOnly: d.sessionOnly,
	}
	for _, secret := range []string{s.Token, s.Key, s.ClientSecret} {
		d.env.Redact.Add(secret)
	}
	return s
}

// missing says which secret has to be typed and was not.
func (d *connectionDialog) missing(c settings.Connection, s access.Secrets) (*connectionField, string) {
	v := access.VoidedBy(d.before, c)
	needed := d.before.ID == "" || v.SignIn
	switch {
	case !needed:
	case c.Auth == settings.AuthToken && s.Token == "" && d.token.problem.Hidden:
		return d.token, "Enter an access token: it belongs to the address and is sent nowhere else."
	case c.Auth == settings.AuthSecret && s.ClientSecret == "" && d.secret.problem.Hidden:
		return d.secret, "Enter the client secret: it belongs to this app registration and is used for no other."
	}
	return nil, ""
}
