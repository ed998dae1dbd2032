package words

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/activitydesk/activitydesk/client"
	"github.com/activitydesk/activitydesk/client/auth"
	"github.com/activitydesk/activitydesk/client/vault"
	"github.com/activitydesk/activitydesk/ui/access"
)

func TestEveryWayInWhichASignInFailsHasItsOwnWords(t *testing.T) {
	seen := map[string]string{}
	explained := func(name string, e *auth.Error) {
		t.Helper()
		// As it comes to a page: inside of a request's error.
		m := Explain(fmt.Errorf("list: %w", &client.Error{Op: "list instances", Kind: client.KindCredentials, Err: e}))
		if m.What == "" || m.Do == "" || strings.Contains(m.What, "did not work") || strings.Contains(m.What, "no usable token") {
			t.Errorf("%s: %+v", name, m)
		}
		if e.Code != "" && !strings.Contains(m.What, e.Code) {
			t.Errorf("%s: it does not say the code: %s", name, m.What)
		}
		if other, ok := seen[m.What]; ok {
			t.Errorf("%s and %s are said in the same words: %s", name, other, m.What)
		}
		seen[m.What] = name
	}
	for _, kind := range []error{
		auth.ErrNoToken, auth.ErrExpired, auth.ErrMalformed, auth.ErrSignInNeeded, auth.ErrRefused, auth.ErrCodeExpired,
		auth.ErrProvider, auth.ErrDamaged, auth.ErrNoSecret, auth.ErrNotKept, auth.ErrBusy, auth.ErrBrowser,
	} {
		explained(kind.Error(), &auth.Error{Kind: kind})
	}
	causes := 0
	for cause := auth.CauseUnknown + 1; cause.String() != ""; cause++ {
		causes++
		explained(cause.String(), &auth.Error{Kind: auth.ErrRefused, Cause: cause, Code: "AADSTS1"})
	}
	if causes < 15 {
		t.Errorf("only %d causes were tried", causes)
	}
}

func TestAnAppRegistrationThatCannotBeUsedIsSaidByItsField(t *testing.T) {
	for field, says := range map[string]string{
		"clientId": "the client id cannot be used", "tenant": "the tenant cannot", "authority": "the authority cannot",
		"scope": "the scope cannot", "method": "the way of signing in cannot",
	} {
		m := Explain(&auth.AppError{Field: field, Reason: "give another one"})
		if !strings.Contains(m.What, says) || !strings.HasPrefix(m.Do, "Give another one. ") {
			t.Errorf("%s: %+v", field, m)
		}
	}
}

func TestWhyASignInIsNotKeptIsSaid(t *testing.T) {
	m := Explain(&auth.Error{Kind: auth.ErrNotKept, Err: &vault.Error{Op: "keep", Kind: vault.ErrLocked}})
	if !strings.Contains(m.What, "could not be kept") || !strings.Contains(m.What, "The keyring is locked.") {
		t.Errorf("it says %q", m.What)
	}
}

func TestARefusedTokenThatCannotBeRenewedSaysWhy(t *testing.T) {
	refused := &client.Error{
		Op: "list", Kind: client.KindUnauthorized, Status: 401,
		Err: &auth.Error{Kind: auth.ErrSignInNeeded, Cause: auth.CauseRevoked, Code: "AADSTS50173"},
	}
	if m := Explain(refused); !strings.Contains(m.What, "AADSTS50173") || !access.NeedsPerson(refused) {
		t.Errorf("it says %q; a person is needed: %v", m.What, access.NeedsPerson(refused))
	}
	if access.NeedsPerson(errors.New("odd")) {
		t.Error("a person is asked for anything")
	}
}

func TestAKeyringThatCannotBeUsedNowIsNoDeadEnd(t *testing.T) {
	for _, err := range []error{vault.ErrLocked, vault.ErrTimeout, vault.ErrUnavailable, vault.ErrTooLarge} {
		if m := Explain(err); !strings.Contains(m.Do, "this session only") {
			t.Errorf("%v: %q", err, m.Do)
		}
	}
}
