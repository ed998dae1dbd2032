package e2e

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/activitydesk/activitydesk/client/auth/idptest"
	"github.com/activitydesk/activitydesk/client/journal"
)

// signInToken is the access token that the service asks for and the identity
// provider gives out.
const signInToken = "e2e-signed-in-token-91f3c07ab5d24e68"

// TestAPersonSignsInAndNothingOfItStays is the life of a connection in a real
// keyring, by keyboard: added and signed in to by a code, there after a restart,
// used, signed out of, removed.
func TestAPersonSignsInAndNothingOfItStays(t *testing.T) {
	needWindow(t)
	provider := idptest.Start(idptest.Options{Token: func(idptest.Grant) string { return signInToken }})
	t.Cleanup(provider.Close)
	certificate := filepath.Join(t.TempDir(), "provider.pem")
	if err := provider.WriteCert(certificate); err != nil {
		t.Fatal(err)
	}
	t.Setenv("SSL_CERT_FILE", certificate)
	service := serve(t, "--key", secretKey, "--token", signInToken)
	home := t.TempDir()
	desk := open(t, home)
	desk.stands("Contoso Coffee")

	desk.fillSignIn("Signed in", service, provider)
	desk.picture("sign-in-connection")
	desk.press("Return")
	code := ""
	eventually(t, "a code to be asked for", func() bool {
		codes := provider.UserCodes()
		if len(codes) == 1 {
			code = codes[0]
		}
		return code != ""
	})
	eventually(t, "the code on the clipboard", func() bool {
		desk.press("c") // the person at the provider's page needs it
		return desk.clipboard() == code
	})
	desk.picture("sign-in-code")
	if err := provider.Approve(code, idptest.Ana); err != nil {
		t.Fatal(err)
	}
	eventually(t, "a token to be given out", func() bool { return provider.Issued() > 0 })
	desk.still()
	desk.picture("sign-in-done")
	desk.press("Return") // the card that says so
	desk.stands("· Signed in")
	id := desk.connectionID("Signed in")
	desk.keyringHolds(id, "token-cache", "subscription-key")
	desk.picture("signed-in")
	if code := desk.end(); code != 0 {
		t.Errorf("exit code %d, want 0", code)
	}

	desk = open(t, home)
	desk.stands("· Signed in")
	desk.chooseInstance(0) // of those that are listed for who is still signed in
	desk.stands("Contoso Coffee (sandbox) · Signed in")
	if n := provider.Count(idptest.DeviceAuth, ""); n != 1 {
		t.Errorf("%d codes were asked for, want that of the first time alone", n)
	}
	desk.chooseEntity("eCommercePurchases")
	desk.fill("PurchaseId", "OPID_e2e_signed_in")
	desk.fill("ContactId", "CNTID_1000")
	desk.fill("PurchasedOn", "2026-11-20T09:30:00Z")
	desk.press("ctrl+Return")
	eventually(t, "the activity to be visible", func() bool {
		return slices.Equal(states(t, home), []journal.State{journal.Visible})
	})
	desk.picture("sent-signed-in")

	t.Run("signing out takes the sign-in out of the keyring and leaves the key", func(t *testing.T) {
		desk.doByName("sign out")
		desk.picture("signed-out")
		eventually(t, "the sign-in to be gone", func() bool { return !holds(keyring(t, id), "token-cache") })
		if held := keyring(t, id); !holds(held, "subscription-key") {
			t.Errorf("the keyring holds %v", held)
		}
	})
	t.Run("removing the connection leaves nothing of it", func(t *testing.T) {
		desk.press("ctrl+6")
		desk.shows("Connections ·")
		desk.doByName("remove the conn")
		desk.picture("removed")
		if code := desk.end(); code != 0 {
			t.Errorf("exit code %d, want 0", code)
		}
		if held := keyring(t, id); len(held) != 0 {
			t.Errorf("the keyring holds %v", held)
		}
	})
	secrets := append(provider.Secrets(), secretKey, signInToken)
	noSecretIn(t, home, secrets...)
	desk.saidNone(secrets...)
}

// fillSignIn fills the dialog that adds a connection to which a person signs in
// by a code.
func (w *window) fillSignIn(name string, to *service, by *idptest.Provider) {
	w.t.Helper()
	w.press("ctrl+k")
	w.write("add a conn")
	w.press("Return")
	w.write(name)
	w.press("Tab", "space", "Down", "Down", "Down", "Return") // the last service is: another address
	w.press("Tab", "ctrl+a")
	w.write(to.root)
	w.press("Tab", "space", "Down", "Return") // a person, by a code
	w.press("Tab")
	w.write(idptest.TenantID)
	w.press("Tab")
	w.write(idptest.PublicApp)
	w.press("Tab", "space", "Down", "Down", "Down", "Return") // the last cloud is: another authority
	w.press("Tab", "ctrl+a")
	w.write(by.URL())
	w.press("Tab", "Tab") // past the scope
	w.write(to.key)
}

// doByName does an action that is found by its name.
func (w *window) doByName(name string) {
	w.t.Helper()
	w.press("ctrl+k")
	w.write(name)
	w.press("Return")
}

// keyringHolds waits until the keyring has these kinds of a connection's secrets.
func (w *window) keyringHolds(connection string, kinds ...string) {
	w.t.Helper()
	eventually(w.t, "the keyring to hold "+strings.Join(kinds, " and "), func() bool {
		held := keyring(w.t, connection)
		return !slices.ContainsFunc(kinds, func(kind string) bool { return !holds(held, kind) })
	})
}

// holds says whether an entry is of a kind.
func holds(entries []string, kind string) bool {
	return slices.ContainsFunc(entries, func(name string) bool { return strings.Contains(name, "/"+kind+"/") })
}
