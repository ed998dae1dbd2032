// What belongs to what: which secrets of a connection a change makes void.

package access

import (
	"context"
	"errors"
	"strings"

	"github.com/activitydesk/activitydesk/client/vault"
	"github.com/activitydesk/activitydesk/ui/settings"
)

// ByPerson says whether a person signs in, rather than a secret.
func ByPerson(name string) bool {
	return name == settings.AuthBrowser || name == settings.AuthDeviceCode
}

// ByApp says whether an app registration is needed.
func ByApp(name string) bool { return ByPerson(name) || name == settings.AuthSecret }

// Voided says which secrets of a connection are not those of the changed one. A
// secret is never used for anything else than what it was entered for.
type Voided struct {
	All    bool // another host: nothing of it is sent there
	SignIn bool // another app registration or way: its token, secret and sign-in
}

// VoidedBy compares a connection before and after a change.
func VoidedBy(before, after settings.Connection) Voided {
	if before.ID == "" {
		return Voided{}
	}
	if hostPortOf(before.Root) != hostPortOf(after.Root) {
		return Voided{All: true, SignIn: true}
	}
	same := func(a, b string) bool { return strings.EqualFold(strings.TrimRight(a, "/"), strings.TrimRight(b, "/")) }
	app := same(before.Tenant, after.Tenant) && same(before.ClientID, after.ClientID) && same(before.Authority, after.Authority)
	kind := before.Auth == after.Auth || ByPerson(before.Auth) && ByPerson(after.Auth)
	return Voided{SignIn: !kind || ByApp(after.Auth) && !app}
}

// DropVoided removes the secrets that are not those of the changed connection.
// Those of another host are removed as a whole, whatever they are.
func (c *Credentials) DropVoided(ctx context.Context, before settings.Connection, v Voided) error {
	kinds := []vault.Kind{vault.KindToken, vault.KindClientSecret, vault.KindTokenCache}
	var errs []error
	for _, place := range []*vault.Vault{c.Session, c.Keyring} {
		switch {
		case v.All:
			errs = append(errs, ignoreUnavailable(place.Forget(ctx, before.ID, hostPortOf(before.Root))))
		case v.SignIn:
			for _, kind := range kinds {
				errs = append(errs, ignoreUnavailable(place.Delete(ctx, RefOf(before, kind))))
			}
		}
	}
	if v.SignIn && SignsIn(before) {
		errs = append(errs, c.endSignIn(ctx, before))
	}
	return errors.Join(errs...)
}
