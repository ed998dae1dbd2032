package auth_test

import (
	"errors"
	"testing"

	"github.com/activitydesk/activitydesk/client/auth"
	"github.com/activitydesk/activitydesk/client/auth/idptest"
	"github.com/activitydesk/activitydesk/client/vault"
)

func TestASignInThatWasTriedBecomesTheConnections(t *testing.T) {
	r := newRig(t, idptest.Options{})
	live := r.desk(auth.MethodBrowser)
	r.signIn(live)
	first := r.token(live)

	elsewhere := func(o *auth.SignInOptions) { o.Keep = vault.OpenMemory(r.learn) }
	tried := r.desk(auth.MethodDeviceCode, elsewhere)
	if _, err := live.TakeOver(ctx, tried); !errors.Is(err, auth.ErrSignInNeeded) || r.token(live) != first {
		t.Fatalf("nobody was taken over: %v", err)
	}
	if _, err := tried.WithDeviceCode(ctx, r.approve(idptest.Ben)); err != nil {
		t.Fatal(err)
	}
	who, err := live.TakeOver(ctx, tried)
	if err != nil || who.Name != idptest.Ben.Name || live.Account() != who {
		t.Fatalf("got %v, %v", who, err)
	}
	if got := r.token(live); got == first || got != r.token(tried) {
		t.Error("it goes on with the token of before")
	}
	if after, err := r.desk(auth.MethodBrowser).Load(ctx); err != nil || after != who {
		t.Errorf("the next start finds %v, %v", after, err)
	}

	another := r.desk(auth.MethodBrowser, func(o *auth.SignInOptions) { o.App.ClientID = idptest.SecretApp })
	if _, err := another.TakeOver(ctx, tried); !errors.Is(err, auth.ErrSignInNeeded) {
		t.Errorf("another application took it: %v", err)
	}
}
