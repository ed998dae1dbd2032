package auth_test

import (
	"crypto/tls"
	"errors"
	"net/http"
	"testing"

	"github.com/activitydesk/activitydesk/client/auth"
	"github.com/activitydesk/activitydesk/client/vault"
)

const someID = "11111111-2222-4333-8444-555555555555"

func TestWhatSignsInIsHeldAgainstWhatCanBe(t *testing.T) {
	person := func(change func(*auth.App)) auth.App {
		a := auth.App{Method: auth.MethodBrowser, ClientID: someID}
		change(&a)
		return a
	}
	application := func(change func(*auth.App)) auth.App {
		a := auth.App{Method: auth.MethodSecret, ClientID: someID, Tenant: "contoso.com"}
		change(&a)
		return a
	}
	for field, apps := range map[string][]auth.App{
		"": {
			person(func(*auth.App) {}),
			person(func(a *auth.App) { a.Method = auth.MethodDeviceCode }),
			person(func(a *auth.App) { a.Tenant = "organizations" }),
			person(func(a *auth.App) { a.Tenant = "Contoso.OnMicrosoft.com" }),
			person(func(a *auth.App) { a.Tenant = " 5C1D9C2E-7A0B-4B57-9A4E-2F5D3C6B8A10 " }),
			person(func(a *auth.App) { a.Authority = "https://login.microsoftonline.us" }),
			person(func(a *auth.App) { a.Authority = "HTTPS://Login.Example:8443/" }),
			person(func(a *auth.App) { a.Authority = "https://[::1]:8443" }),
			person(func(a *auth.App) { a.Scope = "api://x/a  api://x/b" }),
			application(func(*auth.App) {}),
			application(func(a *auth.App) { a.Scope = "https://api.gov.example/.default" }),
		},
		"method": {person(func(a *auth.App) { a.Method = "" }), person(func(a *auth.App) { a.Method = "password" })},
		"tenant": {
			person(func(a *auth.App) { a.Tenant = "contoso" }),
			person(func(a *auth.App) { a.Tenant = "common" }),
			person(func(a *auth.App) { a.Tenant = "consumers" }),
			person(func(a *auth.App) { a.Tenant = "contoso.com/x" }),
			person(func(a *auth.App) { a.Tenant = "../contoso.com" }),
			person(func(a *auth.App) { a.Tenant = "adfs" }),
			person(func(a *auth.App) { a.Tenant = "{5c1d9c2e-7a0b-4b57-9a4e-2f5d3c6b8a10}" }),
			application(func(a *auth.App) { a.Tenant = "" }),
			application(func(a *auth.App) { a.Tenant = "organizations" }),
		},
		"clientId": {
			person(func(a *auth.App) { a.ClientID = "" }),
			person(func(a *auth.App) { a.ClientID = "my app" }),
			person(func(a *auth.App) { a.ClientID = "urn:uuid:" + someID }),
		},
		"authority": {
			person(func(a *auth.App) { a.Authority = "http://login.example" }),
			person(func(a *auth.App) { a.Authority = "login.example" }),
			person(func(a *auth.App) { a.Authority = "https://" }),
			person(func(a *auth.App) { a.Authority = "https://me:secret@login.example" }),
			person(func(a *auth.App) { a.Authority = "https://login.example?x=y" }),
			person(func(a *auth.App) { a.Authority = "https://login.example/contoso.com" }),
			person(func(a *auth.App) { a.Authority = "https://login.example:port" }),
		},
		"scope": {
			person(func(a *auth.App) { a.Scope = "api://x/ä" }),
			application(func(a *auth.App) { a.Scope = "api://x/read" }),
			application(func(a *auth.App) { a.Scope = "api://x/.default api://y/.default" }),
		},
	} {
		for _, a := range apps {
			err := a.Validate()
			var told *auth.AppError
			switch {
			case field == "" && err != nil:
				t.Errorf("%+v: %v", a, err)
			case field != "" && (!errors.As(err, &told) || told.Field != field || told.Reason == ""):
				t.Errorf("%+v: got %v, want a word on the %s", a, err, field)
			}
		}
	}
}

func TestCredentialsGoToTheAuthorityAndItsKin(t *testing.T) {
	for authority, addresses := range map[string]map[string]bool{
		"": {
			"https://login.microsoftonline.com/x": true, "https://login.windows.net/x": true, "https://sts.windows.net": true,
			"http://login.microsoftonline.com/x": false, "https://login.microsoftonline.us/x": false,
			"https://login.microsoftonline.com.evil.example/x": false, "https://x@login.microsoftonline.com/": false,
			"https://login.microsoftonline.com:444/": false,
		},
		"https://login.example:8443": {
			"https://LOGIN.example:8443/t": true, "https://login.example/t": false, "https://login.microsoftonline.com": false,
			"https://a.login.example:8443": false,
		},
	} {
		for address, want := range addresses {
			a := auth.App{Method: auth.MethodBrowser, ClientID: someID, Authority: authority}
			if got := auth.Trusts(a, address); got != want {
				t.Errorf("of %q, %s: %v", authority, address, got)
			}
		}
	}
}

func TestASignInThatLacksSomethingIsNotMade(t *testing.T) {
	good := auth.SignInOptions{
		App:   auth.App{Method: auth.MethodSecret, ClientID: someID, Tenant: "contoso.com"},
		Cache: cacheRef, Secret: secretRef, Keep: vault.OpenMemory(),
	}
	if _, err := auth.NewSignIn(good); err != nil {
		t.Fatal(err)
	}
	blind := &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{InsecureSkipVerify: true}}}
	for name, change := range map[string]func(*auth.SignInOptions){
		"app":     func(o *auth.SignInOptions) { o.App.ClientID = "" },
		"keep":    func(o *auth.SignInOptions) { o.Keep = nil },
		"cache":   func(o *auth.SignInOptions) { o.Cache = vault.Ref{} },
		"secret":  func(o *auth.SignInOptions) { o.Secret.Host = "" },
		"no eyes": func(o *auth.SignInOptions) { o.HTTP = blind },
	} {
		o := good
		change(&o)
		if _, err := auth.NewSignIn(o); err == nil {
			t.Errorf("%s: made", name)
		}
	}
}
