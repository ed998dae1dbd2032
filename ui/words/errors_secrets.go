// Errors of signing in and of the keyring in words.

package words

import (
	"errors"
	"strings"

	"github.com/activitydesk/activitydesk/client"
	"github.com/activitydesk/activitydesk/client/auth"
	"github.com/activitydesk/activitydesk/client/vault"
	"github.com/activitydesk/activitydesk/ui/access"
)

// explainSignIn is for what the identity provider said, or what is missing to
// ask it. What to do is the error's own word, which knows why.
func explainSignIn(err error) (Message, bool) {
	var app *auth.AppError
	if errors.As(err, &app) {
		return Message{
			What: "The connection cannot be signed in to: " + appField(app.Field) + " cannot be used.",
			Do:   sentence(app.Reason) + " Change it in the connection.",
		}, true
	}
	if errors.Is(err, access.ErrSignedOut) {
		return Message{What: "You are signed out.", Do: "What was loaded before stays as it was. Sign in to go on."}, true
	}
	e := authError(err)
	if e == nil {
		return Message{}, false
	}
	m := Message{What: signInWhat(e), Do: e.Remedy()}
	if e.Code != "" {
		m.What += " Its code is " + e.Code + "."
	}
	if kept, ok := ExplainKeyring(e.Err); ok && errors.Is(e.Kind, auth.ErrNotKept) {
		m.What += " " + kept.What
	}
	return m, true
}

// authError finds the error of client/auth in an error, or makes one of its kind;
// nil: there is none.
func authError(err error) *auth.Error {
	var e *auth.Error
	if errors.As(err, &e) {
		return e
	}
	for kind := range signInSaid {
		if errors.Is(err, kind) {
			return &auth.Error{Kind: kind}
		}
	}
	return nil
}

// signInSaid is what happened, by kind. Kinds that end with a colon are followed
// by the provider's reason, where it is known.
var signInSaid = map[error]string{
	auth.ErrNoToken:      "There is no access token for this connection.",
	auth.ErrExpired:      "The access token of this connection has expired.",
	auth.ErrMalformed:    "This cannot be sent as a credential:",
	auth.ErrSignInNeeded: "Nobody is signed in to this connection:",
	auth.ErrRefused:      "The identity provider refused the sign-in:",
	auth.ErrCodeExpired:  "The time for signing in is over.",
	auth.ErrProvider:     "The identity provider could not be asked:",
	auth.ErrDamaged:      "What was kept of the sign-in is damaged.",
	auth.ErrNoSecret:     "There is no client secret for this connection.",
	auth.ErrNotKept:      "You are signed in, but the sign-in could not be kept.",
	auth.ErrBusy:         "Another Activity Desk is renewing this sign-in.",
	auth.ErrBrowser:      "The browser could not be opened.",
}

func signInWhat(e *auth.Error) string {
	said, known := signInSaid[e.Kind]
	if !known {
		return "The sign-in did not work."
	}
	what, asks := strings.CutSuffix(said, ":")
	why := e.Cause.String()
	if e.Kind == auth.ErrMalformed && e.Err != nil {
		what, why = "This cannot be sent", e.Err.Error()
	}
	switch {
	case !asks:
		return what
	case why == "":
		return what + "."
	case e.Kind == auth.ErrSignInNeeded:
		return "Somebody has to sign in again: " + why + "."
	default:
		return what + ": " + why + "."
	}
}

// appField names a part of the app registration as the dialog does.
func appField(field string) string {
	switch field {
	case "clientId":
		return "the client id"
	case "tenant", "authority", "scope":
		return "the " + field
	default:
		return "the way of signing in"
	}
}

// sentence makes one of a reason.
func sentence(reason string) string {
	if reason == "" {
		return ""
	}
	return strings.ToUpper(reason[:1]) + reason[1:] + "."
}

func explainSecrets(err error) (Message, bool) {
	var (
		root   *client.RootError
		inside *access.SandboxError
	)
	switch {
	case errors.As(err, &root):
		return Message{What: "The address of the service cannot be used: " + root.Reason + ".", Do: "Change it in the connection."}, true
	case errors.As(err, &inside):
		return Message{
			What: "The sandbox could not be started: " + inside.Err.Error() + ".",
			Do:   "Mend the files, or start Activity Desk without them.",
		}, true
	}
	return ExplainKeyring(err)
}

// ExplainKeyring says what an error of the keyring means; false where it is none.
func ExplainKeyring(err error) (Message, bool) {
	again := "Open the connection and enter it again."
	return explainKnown(err, []known{
		{vault.ErrNotFound, Message{What: "There is no such secret in the keyring.", Do: again}},
		{vault.ErrUnavailable, Message{
			What: "There is no keyring on this computer that the desk can use.",
			Do:   "Secrets can be kept for this session only; they are then asked for at the next start.",
		}},
		{vault.ErrLocked, Message{What: "The keyring is locked.", Do: "Unlock it, then try again; or keep secrets for this session only."}},
		{vault.ErrTimeout, Message{
			What: "The keyring did not answer in time.", Do: "It may wait to be unlocked: look for its window, then try again; or keep secrets for this session only.",
		}},
		{vault.ErrTooLarge, Message{
			What: "This is too large for the keyring.", Do: "Keep it for this session only.",
		}},
		{vault.ErrDamaged, Message{What: "What the keyring holds for this connection is damaged.", Do: again}},
	})
}
