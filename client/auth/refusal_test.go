package auth_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/activitydesk/activitydesk/client/auth"
	"github.com/activitydesk/activitydesk/client/auth/idptest"
)

// signInBy signs in by a method at a provider that says no.
func (r *rig) signInBy(method auth.Method) error {
	r.t.Helper()
	s := r.desk(method)
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	var err error
	switch method {
	case auth.MethodDeviceCode:
		_, err = s.WithDeviceCode(ctx, func(c auth.DeviceCode) { _ = r.Approve(c.Code, idptest.Ana) })
	case auth.MethodBrowser:
		_, err = s.WithBrowser(ctx, r.browse())
	default:
		keep(r.t, r.keep, secretRef, idptest.ClientSecret)
		_, err = s.WithSecret(ctx)
	}
	if who := s.Account(); who != (auth.Account{}) && err != nil {
		r.t.Errorf("signed in as %+v in spite of %v", who, err)
	}
	return err
}

// browse is a browser that does what the person decided.
func (r *rig) browse() func(string) error {
	return func(address string) error {
		go func() { _, _ = r.Browse(ctx, address) }() // what it shows is another test's
		return nil
	}
}

var methods = []auth.Method{auth.MethodDeviceCode, auth.MethodBrowser, auth.MethodSecret}

// The codes of Microsoft that a person can meet, at the token endpoint of each
// way of signing in.
func TestEachRefusalHasItsCodeAndARemedy(t *testing.T) {
	t.Parallel()
	cases := []struct {
		oauth string
		code  int
		kind  error
		cause auth.Cause
	}{
		{"invalid_grant", 65001, auth.ErrRefused, auth.CauseConsent},
		{"invalid_grant", 90094, auth.ErrRefused, auth.CauseAdminConsent},
		{"access_denied", 65004, auth.ErrRefused, auth.CauseDeclined},
		{"unauthorized_client", 700016, auth.ErrRefused, auth.CauseApp},
		{"invalid_client", 7000229, auth.ErrRefused, auth.CauseApp},
		{"invalid_resource", 500011, auth.ErrRefused, auth.CauseResource},
		{"invalid_request", 90002, auth.ErrRefused, auth.CauseTenant},
		{"invalid_grant", 50020, auth.ErrRefused, auth.CauseTenant},
		{"invalid_grant", 50105, auth.ErrRefused, auth.CauseAccount},
		{"invalid_client", 7000215, auth.ErrRefused, auth.CauseSecret},
		{"invalid_client", 7000222, auth.ErrRefused, auth.CauseSecretExpired},
		{"invalid_grant", 53003, auth.ErrRefused, auth.CausePolicy},
		{"invalid_grant", 53000, auth.ErrRefused, auth.CausePolicy},
		{"invalid_grant", 50076, auth.ErrSignInNeeded, auth.CauseInteraction},
		{"interaction_required", 50079, auth.ErrSignInNeeded, auth.CauseInteraction},
		{"invalid_grant", 50173, auth.ErrSignInNeeded, auth.CauseRevoked},
		{"invalid_grant", 70008, auth.ErrSignInNeeded, auth.CauseRevoked},
		{"invalid_grant", 700082, auth.ErrSignInNeeded, auth.CauseRevoked},
		{"invalid_client", 7000218, auth.ErrRefused, auth.CausePublicFlow},
		{"invalid_request", 50011, auth.ErrRefused, auth.CauseRedirect},
		{"expired_token", 70020, auth.ErrCodeExpired, auth.CauseUnknown},
		{"invalid_grant", 99999, auth.ErrSignInNeeded, auth.CauseRevoked},
		{"invalid_request", 99999, auth.ErrRefused, auth.CauseUnknown},
	}
	for _, method := range methods {
		r := newRig(t, idptest.Options{})
		for _, c := range cases {
			r.Heal()
			r.Fail(idptest.Fault{Endpoint: idptest.Token, Error: c.oauth, Code: c.code})
			err := r.signInBy(method)
			wantError(t, err, c.kind, fmt.Sprintf("AADSTS%d", c.code))
			var told *auth.Error
			if errors.As(err, &told) && told.Cause != c.cause {
				t.Errorf("%s: %d is told as %q", method, c.code, told.Cause)
			}
			wantNoTrace(t, r, err)
		}
	}
}

// wantNoTrace: nothing of what the provider or the person wrote is in an error,
// however it is looked at.
func wantNoTrace(t *testing.T, r *rig, err error) {
	t.Helper()
	for e := err; e != nil; e = next(e) {
		for _, seen := range []string{e.Error(), fmt.Sprintf("%v", e), fmt.Sprintf("%+v", e), fmt.Sprintf("%#v", e)} {
			for _, trace := range append(r.Secrets(), r.URL(), r.Host(), "https://", "http://", "idptest", idptest.UserName, "Trace ID", "Correlation") {
				if strings.Contains(seen, trace) {
					t.Errorf("%q is in %s", trace, seen)
				}
			}
		}
	}
}

// next follows the first cause of an error.
func next(err error) error {
	switch e := err.(type) {
	case interface{ Unwrap() error }:
		return e.Unwrap()
	case interface{ Unwrap() []error }:
		if causes := e.Unwrap(); len(causes) > 0 {
			return causes[len(causes)-1]
		}
	}
	return nil
}

func TestOAuthErrorsWithoutMicrosoftsCodesAreUnderstood(t *testing.T) {
	for name, want := range map[string]struct {
		kind  error
		cause auth.Cause
	}{
		"access_denied": {auth.ErrRefused, auth.CauseDeclined}, "invalid_client": {auth.ErrRefused, auth.CauseSecret},
		"invalid_scope": {auth.ErrRefused, auth.CauseResource}, "login_required": {auth.ErrSignInNeeded, auth.CauseInteraction},
		"consent_required": {auth.ErrRefused, auth.CauseConsent}, "unauthorized_client": {auth.ErrRefused, auth.CauseApp},
		"temporarily_unavailable": {auth.ErrProvider, auth.CauseTemporary},
	} {
		e := auth.ErrorOf(400, nil, []byte(`{"error":"`+name+`"}`))
		if e.Kind != want.kind || e.Cause != want.cause || e.Code != name {
			t.Errorf("%s is told as %v (%d, %q)", name, e, e.Cause, e.Code)
		}
	}
	r := newRig(t, idptest.Options{})
	r.Fail(idptest.Fault{Endpoint: idptest.Token, Status: 401, Error: "invalid_client", Code: 70002})
	var told *auth.Error
	if err := r.signInBy(auth.MethodDeviceCode); !errors.As(err, &told) || told.Cause != auth.CausePublicFlow {
		t.Errorf("a secret that no person has is told as %v", err)
	}
	if e := auth.ErrorOf(400, nil, []byte(`{"error":"my_password_is_x"}`)); e.Code != "" || e.Kind != auth.ErrProvider {
		t.Errorf("a word that is no code is told as %v", e)
	}
	if e := auth.ErrorOf(400, nil, []byte(`{"error":"invalid_grant","error_codes":["50076",1,{}]}`)); e.Code != "AADSTS50076" {
		t.Errorf("codes as texts are told as %v", e)
	}
}

func TestEndpointsThatAreIllAreToldAsThat(t *testing.T) {
	t.Parallel()
	ill := []struct {
		name  string
		fault idptest.Fault
		cause auth.Cause
	}{
		{"503", idptest.Fault{Status: 503, Body: `{"error":"server_error"}`}, auth.CauseTemporary},
		{"503 with a word on when", idptest.Fault{Status: 503, Body: "busy", Type: "text/plain", RetryAfter: "0"}, auth.CauseTemporary},
		{"429", idptest.Fault{Status: 429, Body: "slowly"}, auth.CauseTemporary},
		{"500 without a body", idptest.Fault{Status: 500}, auth.CauseTemporary},
		{"a web page", idptest.Fault{Body: "<html>Log in to the hotel</html>", Type: "text/html"}, auth.CauseNonsense},
		{"a web page that is not found", idptest.Fault{Status: 404, Body: "<html></html>", Type: "text/html"}, auth.CauseNonsense},
		{"a redirect", idptest.Fault{Status: 302, Location: "https://hotel.example/", Body: "x"}, auth.CauseNonsense},
		{"wrong JSON", idptest.Fault{Body: `{"access_token":5,"expires_in":"x","issuer":{},"token_endpoint":[]}`}, auth.CauseNonsense},
		{"an array", idptest.Fault{Body: `[1]`}, auth.CauseNonsense},
		{"half of it", idptest.Fault{Body: `{"access_token":"`, CutOff: true}, auth.CauseNetwork},
		{"nothing", idptest.Fault{Drop: true}, auth.CauseNetwork},
		{"too much", idptest.Fault{Body: strings.Repeat("x", 2<<20)}, auth.CauseNonsense},
	}
	for _, method := range methods {
		for _, endpoint := range []idptest.Endpoint{idptest.OpenID, idptest.DeviceAuth, idptest.Token} {
			if endpoint == idptest.DeviceAuth && method != auth.MethodDeviceCode {
				continue
			}
			r := newRig(t, idptest.Options{})
			for _, c := range ill {
				c.fault.Endpoint = endpoint
				r.Heal()
				r.Fail(c.fault)
				err := r.signInBy(method)
				var told *auth.Error
				if !errors.As(err, &told) || told.Kind != auth.ErrProvider || told.Cause != c.cause || told.Remedy() == "" {
					t.Errorf("%s at %s: %s: %v", method, endpoint, c.name, err)
				}
				wantNoTrace(t, r, err)
			}
		}
	}
}

func TestAProviderThatIsNotThereIsToldAsThat(t *testing.T) {
	r := newRig(t, idptest.Options{})
	nobody := func(o *auth.SignInOptions) { o.App.Authority = "https://127.0.0.1:1" }
	_, err := r.desk(auth.MethodDeviceCode, nobody).WithDeviceCode(ctx, nil)
	wantError(t, err, auth.ErrProvider, "")
	stranger := func(o *auth.SignInOptions) { o.HTTP = nil } // which does not know the certificate
	_, err = r.desk(auth.MethodBrowser, stranger).WithBrowser(ctx, nil)
	var told *auth.Error
	if !errors.As(err, &told) || told.Cause != auth.CauseTLS {
		t.Errorf("an unknown certificate: %v", err)
	}
	wantNoTrace(t, r, err)
}

// The provider's configuration may not send secrets to another host.
func TestSecretsGoToTheAuthoritysHostOnly(t *testing.T) {
	other := newRig(t, idptest.Options{})
	r := newRig(t, idptest.Options{})
	r.Fail(idptest.Fault{Endpoint: idptest.OpenID, Body: fmt.Sprintf(
		`{"issuer":"%[1]s/x/v2.0","authorization_endpoint":"%[2]s/x/oauth2/v2.0/authorize","token_endpoint":"%[2]s/%[3]s/oauth2/v2.0/token"}`,
		r.URL(), other.URL(), idptest.TenantID)})
	for _, method := range methods {
		err := r.signInBy(method)
		var told *auth.Error
		if !errors.As(err, &told) || told.Cause != auth.CauseElsewhere {
			t.Errorf("%s: %v", method, err)
		}
	}
	if n := len(other.Requests()); n != 0 {
		t.Errorf("%d requests went to another host", n)
	}
}

func TestNoRedirectIsFollowed(t *testing.T) {
	t.Parallel()
	other := newRig(t, idptest.Options{})
	r := newRig(t, idptest.Options{})
	for _, status := range []int{301, 302, 303, 307, 308} {
		r.Heal()
		r.Fail(idptest.Fault{Endpoint: idptest.Token, Status: status, Location: other.URL() + "/x/oauth2/v2.0/token"})
		for _, method := range methods {
			if err := r.signInBy(method); !errors.Is(err, auth.ErrProvider) {
				t.Errorf("%s: %d: %v", method, status, err)
			}
		}
	}
	if n := len(other.Requests()); n != 0 {
		t.Errorf("%d requests were led away", n)
	}
}

func TestScopesThatAreNotGrantedAreMissingConsent(t *testing.T) {
	r := newRig(t, idptest.Options{})
	r.Fail(idptest.Fault{Endpoint: idptest.Token, Body: `{"token_type":"Bearer","access_token":"aaaaaaaaaaaa","expires_in":3600,"scope":"openid"}`})
	err := r.signInBy(auth.MethodDeviceCode)
	var told *auth.Error
	if !errors.As(err, &told) || told.Kind != auth.ErrRefused || told.Cause != auth.CauseConsent {
		t.Errorf("got %v", err)
	}
}

func TestARefusalWith200IsARefusal(t *testing.T) {
	r := newRig(t, idptest.Options{})
	r.Fail(idptest.Fault{Endpoint: idptest.Token, Status: 200, Error: "invalid_grant", Code: 53003})
	wantError(t, r.signInBy(auth.MethodSecret), auth.ErrRefused, "AADSTS53003")
}

func TestASlowProviderIsNotWaitedForByOneWhoGivesUp(t *testing.T) {
	for _, endpoint := range []idptest.Endpoint{idptest.OpenID, idptest.DeviceAuth, idptest.Token} {
		r := newRig(t, idptest.Options{})
		r.Fail(idptest.Fault{Endpoint: endpoint, Delay: time.Minute})
		limited, cancel := context.WithTimeout(ctx, 60*time.Millisecond)
		_, err := r.desk(auth.MethodDeviceCode).WithDeviceCode(limited, func(c auth.DeviceCode) { _ = r.Approve(c.Code, idptest.Ana) })
		if cancel(); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("%s: %v", endpoint, err)
		}
		wantNoTrace(t, r, err)
	}
}

func TestTheClientForTheProviderVerifiesAndFollowsNothing(t *testing.T) {
	made, err := auth.NewHTTP(nil)
	if err != nil {
		t.Fatal(err)
	}
	transport, ok := made.Transport.(*http.Transport)
	if !ok || transport.TLSClientConfig.MinVersion < 0x0303 || transport.TLSClientConfig.InsecureSkipVerify || transport.Proxy == nil {
		t.Errorf("transport %+v", made.Transport)
	}
	if made.Timeout <= 0 || made.CheckRedirect(nil, nil) != http.ErrUseLastResponse || made.Jar != nil {
		t.Errorf("client %+v", made)
	}
	local, err := http.NewRequest(http.MethodGet, "https://127.0.0.1/x", nil)
	if err != nil {
		t.Fatal(err)
	}
	if proxy, err := transport.Proxy(local); proxy != nil || err != nil {
		t.Errorf("to this computer by %v, %v", proxy, err)
	}
}

func FuzzWhatAProviderAnswersIsToldWithoutItsWords(f *testing.F) {
	f.Add(400, "5", []byte(`{"error":"invalid_grant","error_description":"AADSTS50173: The user ana@contoso.example …","error_codes":[50173]}`))
	f.Add(503, "Mon, 23 Nov 2026 14:00:00 GMT", []byte(`<html>`))
	f.Add(200, "-1", []byte(`{"error":{"code":1},"error_codes":["x",1e99,-5]}`))
	f.Add(0, "", []byte(`AADSTS1234567890123`))
	f.Fuzz(func(t *testing.T, status int, retry string, body []byte) {
		header := http.Header{"Retry-After": {retry}}
		for _, e := range []*auth.Error{auth.ErrorOf(status, header, body), auth.ErrorOfPage(retry, string(body))} {
			if e.Kind == nil || e.Remedy() == "" || e.RetryAfter < 0 || e.RetryAfter > 24*time.Hour {
				t.Fatalf("told as %+v", e)
			}
			digits, isMicrosofts := strings.CutPrefix(e.Code, "AADSTS")
			if isMicrosofts && (strings.Trim(digits, "0123456789") != "" || len(digits) > 8) || len(e.Code) > 40 {
				t.Fatalf("code %q", e.Code)
			}
		}
	})
}
