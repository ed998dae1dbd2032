// Whatever answers in the identity provider's place, through the library that
// reads it by reflection.

package auth_test

import (
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/activitydesk/activitydesk/client/auth"
	"github.com/activitydesk/activitydesk/client/redact"
	"github.com/activitydesk/activitydesk/client/vault"
)

const (
	fuzzedAuthority = "https://login.example"
	fuzzedSecret    = "client~secret-of-the-fuzzed-application"
	rightOpenID     = `{"token_endpoint":"https://login.example/contoso.com/oauth2/v2.0/token",` +
		`"authorization_endpoint":"https://login.example/contoso.com/oauth2/v2.0/authorize",` +
		`"device_authorization_endpoint":"https://login.example/contoso.com/oauth2/v2.0/devicecode",` +
		`"issuer":"https://login.example/contoso.com/v2.0"}`
	rightDevice = `{"user_code":"ABCD1234","device_code":"device-code-of-the-test","verification_uri":"https://login.example/device","expires_in":900,"message":"m"}`
)

// rightToken is a good answer of the token endpoint. A person's has an id token.
func rightToken() string {
	id := func(text string) string { return base64.RawURLEncoding.EncodeToString([]byte(text)) }
	return `{"token_type":"Bearer","access_token":"access-token-of-the-test","refresh_token":"refresh-token-of-the-test","expires_in":"3600",` +
		`"scope":"https://api.ci.ai.microsoft.com/.default","client_info":"` + id(`{"uid":"u","utid":"t"}`) + `",` +
		`"id_token":"` + id(`{"alg":"none"}`) + `.` + id(`{"iss":"https://login.example/contoso.com/v2.0","tid":"t","oid":"o","sub":"s","preferred_username":"ana@contoso.example","exp":4102444800,"aud":"`+someID+`"}`) + `.x"}`
}

// strange is a transport that answers each endpoint with what it was given.
type strange struct {
	status                int // of devicecode and token
	openID, device, token []byte
}

func (s strange) RoundTrip(r *http.Request) (*http.Response, error) {
	status, body := s.status, s.token
	switch {
	case strings.HasSuffix(r.URL.Path, "openid-configuration"):
		status, body = http.StatusOK, s.openID
	case strings.HasSuffix(r.URL.Path, "devicecode"):
		body = s.device
	}
	return &http.Response{StatusCode: status, Header: http.Header{"Content-Type": {"application/json"}}, Body: io.NopCloser(bytes.NewReader(body)), Request: r}, nil
}

// signInAt is a desk that signs in where s answers.
func signInAt(t testing.TB, s strange, method auth.Method, keep *vault.Vault, now time.Time) *auth.SignIn {
	t.Helper()
	made, err := auth.NewSignIn(auth.SignInOptions{
		App:   auth.App{Method: method, Authority: fuzzedAuthority, Tenant: "contoso.com", ClientID: someID},
		Cache: cacheRef, Secret: secretRef, Keep: keep, HTTP: &http.Client{Transport: s}, Redact: redact.New(), Now: func() time.Time { return now },
	})
	if err != nil {
		t.Fatal(err)
	}
	auth.Soon(made)
	return made
}

// FuzzProvidersAnswers: an application's token, a person's renewal and a device
// code are read from whatever is answered, or told as an *auth.Error with a
// remedy. What is given is fit to be sent, shown and waited for, and no error
// repeats a secret.
func FuzzProvidersAnswers(f *testing.F) {
	right := rightToken()
	f.Add(200, []byte(rightOpenID), []byte(rightDevice), []byte(right))
	f.Add(400, []byte(rightOpenID), []byte(`{"error":"invalid_scope","error_codes":[70011]}`), []byte(`{"error":"invalid_grant","error_description":"AADSTS50173: `+fuzzedSecret+`","suberror":1}`))
	f.Add(200, []byte(strings.ReplaceAll(rightOpenID, "login.example", "evil.example")), []byte(strings.Replace(rightDevice, "https", "javascript", 1)), []byte(strings.Replace(right, `"3600"`, "-1e300", 1)))
	f.Add(200, []byte(`{"token_endpoint":1,"issuer":[]}`), []byte(`{"user_code":{},"interval":"x","expires_in":null}`), []byte(`{"access_token":"a b","expires_on":"x","scope":7}`))
	f.Add(500, []byte(`<html>`), []byte(``), []byte(`{"access_token":"x","error":"server_error"}`))
	f.Add(200, []byte(`{"authorization_endpoint":"https://login.example\u0000/","token_endpoint":"%zz","issuer":"x"}`), []byte(`null`), []byte(`[]`))
	kept := signedInOnce(f)
	f.Fuzz(func(t *testing.T, status int, openID, device, token []byte) {
		if status < 200 || status > 599 {
			return // net/http gives no other as an answer
		}
		s := strange{status, openID, device, token}
		keep := vault.OpenMemory()
		if err := keep.Set(ctx, secretRef, fuzzedSecret); err != nil {
			t.Fatal(err)
		}
		application := signInAt(t, s, auth.MethodSecret, keep, noon)
		who, err := application.WithSecret(ctx)
		checkSignedIn(t, application, who, err)

		keep = vault.OpenMemory()
		if err := keep.Set(ctx, cacheRef, kept); err != nil {
			t.Fatal(err)
		}
		person := signInAt(t, s, auth.MethodDeviceCode, keep, noon.Add(2*time.Hour))
		if _, err := person.AccessToken(ctx); err != nil {
			checkToldAs(t, err)
		} else {
			checkSignedIn(t, person, person.Account(), nil)
		}

		until, cancel := context.WithCancel(ctx)
		defer cancel()
		_, err = signInAt(t, s, auth.MethodDeviceCode, vault.OpenMemory(), noon).WithDeviceCode(until, func(c auth.DeviceCode) {
			cancel() // the person goes away: polling has tests of its own
			u, err := url.Parse(c.URL)
			if err != nil || u.Scheme != "https" || u.Host == "" || u.User != nil || !oneLine(c.Code) {
				t.Errorf("the code %q is to be entered at %q", c.Code, c.URL)
			}
		})
		if err == nil {
			t.Fatal("signed in without a person")
		}
		checkToldAs(t, err)
	})
}

// signedInOnce gives what is kept of a person's sign-in.
func signedInOnce(f *testing.F) string {
	f.Helper()
	keep := vault.OpenMemory()
	s := signInAt(f, strange{http.StatusOK, []byte(rightOpenID), []byte(rightDevice), []byte(rightToken())}, auth.MethodDeviceCode, keep, noon)
	if who, err := s.WithDeviceCode(ctx, func(auth.DeviceCode) {}); err != nil || who.Name != "ana@contoso.example" {
		f.Fatalf("signed in as %+v: %v", who, err)
	}
	text, err := keep.Get(ctx, cacheRef)
	if err != nil {
		f.Fatal(err)
	}
	return text
}

// checkSignedIn holds what became of a sign-in to what the desk relies on.
func checkSignedIn(t *testing.T, s *auth.SignIn, who auth.Account, err error) {
	t.Helper()
	if err != nil {
		checkToldAs(t, err)
		return
	}
	if !oneLine(who.Name) || !oneLine(who.Tenant) && who.Tenant != "" {
		t.Fatalf("signed in as %q of %q", who.Name, who.Tenant)
	}
	token, err := s.AccessToken(ctx)
	if err != nil {
		checkToldAs(t, err)
		return
	}
	if token == "" || strings.ContainsFunc(token, func(r rune) bool { return r <= ' ' || r > '~' }) {
		t.Fatalf("the token %q cannot be sent", token)
	}
	if ends := s.ExpiresAt(); ends.Before(noon) || ends.After(noon.Add(51*time.Hour)) {
		t.Fatalf("it is good until %v", ends)
	}
}

func checkToldAs(t *testing.T, err error) {
	t.Helper()
	var told *auth.Error
	switch {
	case errors.Is(err, context.Canceled):
	case !errors.As(err, &told) || told.Kind == nil || told.Remedy() == "":
		t.Fatalf("told as %T: %v", err, err)
	case told.RetryAfter < 0 || told.RetryAfter > 24*time.Hour || len(err.Error()) > 400 || !oneLine(err.Error()):
		t.Fatalf("told as %q, to be tried again after %v", err, told.RetryAfter)
	}
	for _, secret := range []string{fuzzedSecret, "device-code-of-the-test", "-token-of-the-test"} {
		if strings.Contains(err.Error(), secret) {
			t.Fatalf("a secret stands in %q", err)
		}
	}
}

// oneLine says that a text can be shown in one line.
func oneLine(text string) bool {
	return text != "" && utf8.ValidString(text) && !strings.ContainsFunc(text, unicode.IsControl)
}
