package idptest_test

import (
	"context"
	"encoding/json"
	"maps"
	"net/http"
	"net/url"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/activitydesk/activitydesk/client/auth/idptest"
	"github.com/activitydesk/activitydesk/client/withstand"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(withstand.Patient(m)) }

const (
	verifier  = "a-verifier-that-is-long-enough-for-the-standard"
	challenge = "1--h5GS1Ukdz7fFlwvuT-Rz8JSDiX2Bt5phSSjIkPtU"
)

func start(t *testing.T, o idptest.Options) *idptest.Provider {
	t.Helper()
	p := idptest.Start(o)
	t.Cleanup(p.Close)
	return p
}

// post sends a form to an endpoint of a tenant.
func post(t *testing.T, p *idptest.Provider, tenant, endpoint string, form url.Values) (status int, answer map[string]any) {
	t.Helper()
	response, err := p.Client().PostForm(p.URL()+"/"+tenant+"/oauth2/v2.0/"+endpoint, form)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	if err := json.NewDecoder(response.Body).Decode(&answer); err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, answer
}

// with is a form with some members changed; "" takes one away.
func with(form url.Values, changes ...string) url.Values {
	changed := maps.Clone(form)
	for i := 0; i < len(changes); i += 2 {
		if changed.Set(changes[i], changes[i+1]); changes[i+1] == "" {
			changed.Del(changes[i])
		}
	}
	return changed
}

func authorizeForm() url.Values {
	return url.Values{
		"client_id": {idptest.PublicApp}, "response_type": {"code"}, "response_mode": {"form_post"}, "prompt": {"select_account"},
		"redirect_uri": {"http://localhost:1234"}, "scope": {idptest.Scope + " openid"}, "state": {"s"},
		"code_challenge": {challenge}, "code_challenge_method": {"S256"},
	}
}

func visit(t *testing.T, p *idptest.Provider, form url.Values) (idptest.Answer, error) {
	t.Helper()
	return p.Visit(context.Background(), p.URL()+"/"+idptest.TenantID+"/oauth2/v2.0/authorize?"+form.Encode())
}

func TestThePageTakesOnlyWhatIsRight(t *testing.T) {
	p := start(t, idptest.Options{})
	for name, change := range map[string][]string{
		"client": {"client_id", "x"}, "redirect": {"redirect_uri", "https://evil.example"}, "redirect by address": {"redirect_uri", "http://127.0.0.1:1234"},
		"challenge": {"code_challenge", ""}, "plain": {"code_challenge_method", "plain"}, "state": {"state", ""}, "mode": {"response_mode", "query"},
	} {
		if a, err := visit(t, p, with(authorizeForm(), change...)); err == nil {
			t.Errorf("%s: brings %v", name, a.Fields)
		}
	}
	a, err := visit(t, p, with(authorizeForm(), "scope", "https://other/.default"))
	if err != nil || a.Fields.Get("error") == "" || a.Fields.Get("code") != "" {
		t.Errorf("another scope: %v, %v", a.Fields, err)
	}
	if a, err := visit(t, p, authorizeForm()); err != nil || a.Fields.Get("code") == "" || a.Fields.Get("state") != "s" || a.Action != "http://localhost:1234" {
		t.Errorf("the right one: %+v, %v", a, err)
	}
}

func TestACodeIsExchangedOnceAndWithItsVerifierOnly(t *testing.T) {
	p := start(t, idptest.Options{})
	a, err := visit(t, p, authorizeForm())
	if err != nil {
		t.Fatal(err)
	}
	form := url.Values{
		"grant_type": {idptest.GrantCode}, "client_id": {idptest.PublicApp}, "scope": {idptest.Scope}, "code": {a.Fields.Get("code")},
		"redirect_uri": {"http://localhost:1234"}, "code_verifier": {verifier},
	}
	for name, change := range map[string][]string{
		"verifier": {"code_verifier", strings.ToUpper(verifier)}, "no verifier": {"code_verifier", ""}, "redirect": {"redirect_uri", "http://localhost:1235"},
		"code": {"code", "x"}, "client": {"client_id", idptest.SecretApp}, "scope": {"scope", "openid"}, "grant": {"grant_type", "password"},
	} {
		if status, answer := post(t, p, idptest.TenantID, "token", with(form, change...)); status != http.StatusBadRequest || answer["access_token"] != nil {
			t.Errorf("%s: %d %v", name, status, answer)
		}
	}
	if status, _ := post(t, p, "other.example", "token", form); status != http.StatusBadRequest {
		t.Errorf("another tenant: %d", status)
	}
	status, answer := post(t, p, idptest.TenantDomain, "token", form)
	token, _ := answer["access_token"].(string)
	if status != http.StatusOK || !p.Good(token) {
		t.Fatalf("the right one: %d %v", status, answer)
	}
	if status, answer := post(t, p, idptest.TenantDomain, "token", form); status != http.StatusBadRequest {
		t.Errorf("a second time: %d %v", status, answer)
	}
	if g, ok := p.Grant(token); !ok || g.User != idptest.Ana || g.Type != idptest.GrantCode {
		t.Errorf("granted: %+v", g)
	}
}

func TestASecretMustBeTheRightOne(t *testing.T) {
	p := start(t, idptest.Options{})
	form := url.Values{"grant_type": {idptest.GrantSecret}, "client_id": {idptest.SecretApp}, "scope": {idptest.Scope}, "client_secret": {idptest.ClientSecret}}
	if status, _ := post(t, p, idptest.TenantID, "token", form); status != http.StatusOK {
		t.Errorf("the right one: %d", status)
	}
	if status, answer := post(t, p, idptest.TenantID, "token", with(form, "client_secret", "x")); status != http.StatusUnauthorized || answer["error"] != "invalid_client" {
		t.Errorf("a wrong one: %d %v", status, answer)
	}
	if status, _ := post(t, p, "organizations", "token", form); status != http.StatusBadRequest {
		t.Errorf("without a tenant: %d", status)
	}
}

func TestTokensEndAndCanBeRevoked(t *testing.T) {
	now := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	p := start(t, idptest.Options{Now: func() time.Time { return now }, OneTimeRefresh: true})
	_, begun := post(t, p, idptest.TenantID, "devicecode", url.Values{"client_id": {idptest.PublicApp}, "scope": {idptest.Scope}})
	form := url.Values{"grant_type": {idptest.GrantDevice}, "client_id": {idptest.PublicApp}, "scope": {idptest.Scope}, "device_code": {begun["device_code"].(string)}}
	if _, answer := post(t, p, idptest.TenantID, "token", form); answer["error"] != "authorization_pending" {
		t.Errorf("before: %v", answer)
	}
	if codes := p.UserCodes(); len(codes) != 1 || p.Approve(codes[0], idptest.Ben) != nil || p.Approve(codes[0], idptest.Ben) == nil {
		t.Errorf("codes %v", codes)
	}
	_, answer := post(t, p, idptest.TenantID, "token", form)
	first, _ := answer["access_token"].(string)
	refresh := url.Values{"grant_type": {idptest.GrantRefresh}, "client_id": {idptest.PublicApp}, "scope": {idptest.Scope}, "refresh_token": {answer["refresh_token"].(string)}}
	now = now.Add(time.Hour)
	if p.Good(first) {
		t.Error("good after its end")
	}
	_, answer = post(t, p, idptest.TenantID, "token", refresh)
	second, _ := answer["access_token"].(string)
	if !p.Good(second) {
		t.Errorf("renewed: %v", answer)
	}
	p.RevokeAccess()
	if p.Good(second) {
		t.Error("good although it was revoked")
	}
	if status, _ := post(t, p, idptest.TenantID, "token", refresh); status != http.StatusBadRequest {
		t.Error("a refresh token was good twice")
	}
	again := with(refresh, "refresh_token", answer["refresh_token"].(string))
	if status, answer := post(t, p, idptest.TenantID, "token", again); status != http.StatusBadRequest {
		t.Errorf("the sign-in did not end with it: %v", answer)
	}
	if p.Issued() != 2 || p.Count(idptest.Token, idptest.GrantRefresh) != 3 {
		t.Errorf("%d issued, %v", p.Issued(), p.Requests())
	}
}

func TestACertificateIsForAnotherProcess(t *testing.T) {
	p := start(t, idptest.Options{})
	path := filepath.Join(t.TempDir(), "cert.pem")
	if err := p.WriteCert(path); err != nil || !strings.Contains(string(p.CertPEM()), "BEGIN CERTIFICATE") {
		t.Error(err)
	}
	if !strings.HasPrefix(p.URL(), "https://127.0.0.1:") || p.URL() != "https://"+p.Host() {
		t.Errorf("at %s", p.URL())
	}
}
