package auth_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/activitydesk/activitydesk/client/auth"
	"github.com/activitydesk/activitydesk/client/auth/idptest"
)

func TestConsentThatIsDeclinedAtTheCodesPageIsTold(t *testing.T) {
	r := newRig(t, idptest.Options{})
	_, err := r.desk(auth.MethodDeviceCode).WithDeviceCode(ctx, func(c auth.DeviceCode) {
		if err := r.Decline(c.Code); err != nil {
			t.Error(err)
		}
	})
	wantError(t, err, auth.ErrRefused, "AADSTS65004")
}

func TestACodeThatExpiresIsTold(t *testing.T) {
	t.Parallel()
	r := newRig(t, idptest.Options{})
	_, err := r.desk(auth.MethodDeviceCode).WithDeviceCode(ctx, func(c auth.DeviceCode) {
		if err := r.Expire(c.Code); err != nil { // by the provider's word
			t.Error(err)
		}
	})
	wantError(t, err, auth.ErrCodeExpired, "AADSTS70020")
	short := newRig(t, idptest.Options{CodeLifetime: time.Second})
	limited, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	_, err = short.desk(auth.MethodDeviceCode).WithDeviceCode(limited, func(auth.DeviceCode) {}) // by the clock
	wantError(t, err, auth.ErrCodeExpired, "")
}

func TestSlowDownDoesNotEndASignIn(t *testing.T) {
	t.Parallel()
	r := newRig(t, idptest.Options{})
	r.Fail(idptest.Fault{Endpoint: idptest.Token, Error: "slow_down", Times: 2})
	r.signIn(r.desk(auth.MethodDeviceCode))
	if n := r.Count(idptest.Token, idptest.GrantDevice); n != 3 {
		t.Errorf("%d polls", n)
	}
}

// A strict provider answers slow_down to every poll before its time, so that
// nobody who goes on at that pace is ever signed in.
func TestAProvidersPaceIsKept(t *testing.T) {
	t.Parallel()
	r := newRig(t, idptest.Options{Interval: 1, Now: time.Now})
	s := r.desk(auth.MethodDeviceCode)
	limited, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	if _, err := s.WithDeviceCode(limited, func(c auth.DeviceCode) {
		polls := 0
		r.Fail(idptest.Fault{Endpoint: idptest.Token, Hit: func() {
			if polls++; polls < 2 {
				return
			}
			if err := r.Approve(c.Code, idptest.Ana); err != nil {
				t.Error(err)
			}
		}})
	}); err != nil {
		t.Fatal(err)
	}
	for _, q := range r.Requests() {
		if q.Code == "slow_down" {
			t.Error("polled too soon")
		}
	}
	if n := r.Count(idptest.Token, idptest.GrantDevice); n != 2 {
		t.Errorf("%d polls", n)
	}
}

// The network is gone for a moment while the person types the code elsewhere.
func TestASignInOutlastsPollsThatFail(t *testing.T) {
	t.Parallel()
	for name, fault := range map[string]idptest.Fault{
		"no answer": {Drop: true}, "half an answer": {Body: "{", CutOff: true}, "503": {Status: 503, Error: "temporarily_unavailable", Code: 90033},
		"503 with a page": {Status: 503, Body: "<html>", Type: "text/html"},
	} {
		r := newRig(t, idptest.Options{})
		fault.Endpoint, fault.Times = idptest.Token, 3
		r.Fail(fault)
		r.signIn(r.desk(auth.MethodDeviceCode))
		if n := r.Count(idptest.Token, idptest.GrantDevice); n != 4 {
			t.Errorf("%s: %d polls", name, n)
		}
	}
}

func TestACodeThatCannotBeShownIsNoCode(t *testing.T) {
	for name, body := range map[string]string{
		"no code":       `{"device_code":"d","verification_uri":"https://x.example/","expires_in":900}`,
		"no address":    `{"device_code":"d","user_code":"ABC","expires_in":900}`,
		"not encrypted": `{"device_code":"d","user_code":"ABC","verification_uri":"http://x.example/","expires_in":900}`,
		"a script":      `{"device_code":"d","user_code":"ABC","verification_uri":"javascript:alert(1)","expires_in":900}`,
	} {
		r := newRig(t, idptest.Options{})
		r.Fail(idptest.Fault{Endpoint: idptest.DeviceAuth, Body: body})
		_, err := r.desk(auth.MethodDeviceCode).WithDeviceCode(ctx, func(auth.DeviceCode) { t.Errorf("%s: shown", name) })
		wantError(t, err, auth.ErrProvider, "")
	}
}

func TestASignInByAnotherWayThanTheConnectionsIsRefused(t *testing.T) {
	r := newRig(t, idptest.Options{})
	_, err := r.desk(auth.MethodDeviceCode).WithSecret(ctx)
	if !errors.Is(err, errors.ErrUnsupported) {
		t.Errorf("got %v", err)
	}
	app := r.desk(auth.MethodSecret)
	if _, err := app.WithDeviceCode(ctx, nil); !errors.Is(err, errors.ErrUnsupported) {
		t.Errorf("got %v", err)
	}
	if _, err := app.WithBrowser(ctx, nil); !errors.Is(err, errors.ErrUnsupported) {
		t.Errorf("got %v", err)
	}
	if len(r.Requests()) != 0 {
		t.Error("the provider was asked")
	}
}
