// What signs in, and where: method, tenant, client id, authority, scope.

package auth

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/google/uuid"
)

// Method is how a token is got from the identity provider.
type Method string

// The methods. The first two are for a person, the last is for an application.
const (
	MethodBrowser    Method = "browser"
	MethodDeviceCode Method = "device-code"
	MethodSecret     Method = "client-secret"
)

// What is used where an App leaves it open.
const (
	DefaultAuthority = "https://login.microsoftonline.com"
	DefaultScope     = "https://api.ci.ai.microsoft.com/.default"
	// Organizations is the tenant of a person who is to be taken to their own.
	Organizations = "organizations"
)

// App is what signs in, and where. "" stands for the default, which only the
// client id does not have, nor the tenant of an application.
type App struct {
	Method    Method
	Authority string // https and a host: DefaultAuthority, or that of a sovereign cloud
	Tenant    string // id, domain, or Organizations
	ClientID  string // of the app registration
	Scope     string // one or more, separated by spaces
}

// AppError says which part of an App cannot be used.
type AppError struct {
	Field  string // "method", "tenant", "clientId", "authority" or "scope"
	Reason string // what would be right; it does not repeat what was typed
}

// Error implements error.
func (e *AppError) Error() string { return e.Field + ": " + e.Reason }

var domainName = regexp.MustCompile(`^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$`)

const maxScope = 1 << 10 // bytes

// Validate says whether the App can be used; the error is an *AppError.
func (a App) Validate() error {
	_, err := a.normal()
	return err
}

// normal fills in the defaults and brings each part into one form.
func (a App) normal() (App, error) {
	for _, settle := range []func(*App) error{(*App).settleMethod, (*App).settleTenant, (*App).settleClientID, (*App).settleAuthority, (*App).settleScope} {
		if err := settle(&a); err != nil {
			return App{}, err
		}
	}
	return a, nil
}

func (a *App) settleMethod() error {
	switch a.Method {
	case MethodBrowser, MethodDeviceCode, MethodSecret:
		return nil
	}
	return &AppError{"method", "it must be browser, device-code or client-secret"}
}

func (a *App) settleTenant() error {
	tenant := strings.ToLower(strings.TrimSpace(a.Tenant))
	switch {
	case tenant == "" && a.application(), tenant == Organizations && a.application():
		return &AppError{"tenant", "an application signs in to one tenant: give its id or its domain"}
	case tenant == "":
		tenant = Organizations
	case tenant == Organizations, domainName.MatchString(tenant):
	case uuid.Validate(tenant) == nil && len(tenant) == 36:
	default:
		return &AppError{"tenant", "give the tenant's id, its domain such as contoso.com, or organizations"}
	}
	a.Tenant = tenant
	return nil
}

func (a *App) settleClientID() error {
	id := strings.ToLower(strings.TrimSpace(a.ClientID))
	if uuid.Validate(id) != nil || len(id) != 36 {
		return &AppError{"clientId", "give the application (client) id of the app registration, such as 00000000-0000-0000-0000-000000000000"}
	}
	a.ClientID = id
	return nil
}

func (a *App) settleAuthority() error {
	text := strings.TrimSpace(a.Authority)
	if text == "" {
		text = DefaultAuthority
	}
	u, err := url.Parse(text)
	switch {
	case err != nil || u.Hostname() == "" || u.Opaque != "":
		return &AppError{"authority", "give an address such as " + DefaultAuthority}
	case !strings.EqualFold(u.Scheme, "https"):
		return &AppError{"authority", "the address must begin with https://"}
	case u.User != nil || u.RawQuery != "" || u.ForceQuery || u.Fragment != "":
		return &AppError{"authority", "the address must have no name, query or fragment in it"}
	case strings.Trim(u.Path, "/") != "":
		return &AppError{"authority", "give the host alone; the tenant has a field of its own"}
	}
	a.Authority = "https://" + strings.ToLower(u.Host)
	return nil
}

func (a *App) settleScope() error {
	scopes := strings.Fields(a.Scope)
	if len(scopes) == 0 {
		scopes = []string{DefaultScope}
	}
	text := strings.Join(scopes, " ")
	switch {
	case len(text) > maxScope || strings.ContainsFunc(text, func(r rune) bool { return r < ' ' || r > '~' || r == '"' || r == '\\' }):
		return &AppError{"scope", "give a scope such as " + DefaultScope}
	case a.application() && (len(scopes) != 1 || !strings.HasSuffix(text, "/.default")):
		return &AppError{"scope", "an application asks for one scope, which ends in /.default"}
	}
	a.Scope = text
	return nil
}

// application says whether no person is involved.
func (a App) application() bool { return a.Method == MethodSecret }

// scopes are the scopes one by one.
func (a App) scopes() []string { return strings.Fields(a.Scope) }

// url is the authority with the tenant, as MSAL wants it.
func (a App) url() string { return a.Authority + "/" + a.Tenant }

// host is the authority's host, with its port where it has one.
func (a App) host() string { return strings.TrimPrefix(a.Authority, "https://") }

// fingerprint tells what was kept for one App from what was kept for another.
// Browser and device code sign in the same person to the same application.
func (a App) fingerprint() string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%t %q %q %q %q", a.application(), a.Authority, a.Tenant, a.ClientID, a.Scope))
	return hex.EncodeToString(sum[:16])
}

// families are hosts of one cloud that name one another's addresses.
var families = [][]string{
	{"login.microsoftonline.com", "login.windows.net", "login.microsoft.com", "sts.windows.net"},
	{"login.microsoftonline.us", "login.usgovcloudapi.net", "login-us.microsoftonline.com"},
	{"login.partner.microsoftonline.cn", "login.chinacloudapi.cn"},
}

// trusts says whether credentials may go to an address: https, and the
// authority's own host or one of its family.
func (a App) trusts(u *url.URL) bool {
	host := strings.ToLower(u.Host)
	if u.Scheme != "https" || u.User != nil {
		return false
	}
	return host == a.host() || slices.ContainsFunc(families, func(family []string) bool {
		return slices.Contains(family, host) && slices.Contains(family, a.host())
	})
}
