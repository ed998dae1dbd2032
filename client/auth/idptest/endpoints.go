// The endpoints, and what they hold requests against.

package idptest

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"html/template"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"
)

// authorization is a code that the browser carries.
type authorization struct {
	session   session
	challenge string
	redirect  string
	used      bool
}

// device is a device code.
type device struct {
	session  session
	userCode string
	expires  time.Time
	interval time.Duration
	polled   time.Time
	decided  bool
	refused  bool
	used     bool
}

// session is a person signed in to an application.
type session struct {
	clientID string
	user     User
	revoked  bool
}

func (p *Provider) serve(w http.ResponseWriter, r *http.Request) {
	if !local(r) {
		http.Error(w, "this provider is for tests on its own computer", http.StatusForbidden)
		return
	}
	parts := strings.SplitN(strings.TrimPrefix(r.URL.Path, "/"), "/", 2)
	e := Nowhere
	if len(parts) == 2 {
		switch parts[1] {
		case "v2.0/.well-known/openid-configuration":
			e = OpenID
		case "oauth2/v2.0/authorize":
			e = Authorize
		case "oauth2/v2.0/devicecode":
			e = DeviceAuth
		case "oauth2/v2.0/token":
			e = Token
		}
	}
	if err := r.ParseForm(); err != nil {
		http.Error(w, "no form", http.StatusBadRequest)
		return
	}
	grant := r.PostFormValue("grant_type")
	if f, ok := p.fault(e, grant); ok {
		if f.Drop || f.CutOff {
			p.note(Request{}, e, grant, r.FormValue("client_id")) // such an answer ends this function
		}
		if answered, done := p.fail(w, r, f); done {
			p.note(answered, e, grant, r.FormValue("client_id"))
			return
		}
	}
	answered := p.answer(w, r, e, parts[0])
	p.note(answered, e, grant, r.FormValue("client_id"))
}

func (p *Provider) note(answered Request, e Endpoint, grant, client string) {
	answered.Endpoint, answered.Grant, answered.ClientID = e, grant, client
	p.mu.Lock()
	defer p.mu.Unlock()
	p.requests = append(p.requests, answered)
}

func (p *Provider) answer(w http.ResponseWriter, r *http.Request, e Endpoint, tenant string) Request {
	method := http.MethodPost
	if e == OpenID || e == Authorize {
		method = http.MethodGet
	}
	switch {
	case e == Nowhere:
		http.NotFound(w, r)
		return Request{Status: http.StatusNotFound}
	case r.Method != method:
		http.Error(w, "wrong method", http.StatusMethodNotAllowed)
		return Request{Status: http.StatusMethodNotAllowed}
	case !p.knows(tenant):
		return answerError(w, Fault{Error: "invalid_tenant", Code: 90002})
	}
	switch e {
	case OpenID:
		return p.openID(w, tenant)
	case Authorize:
		return p.authorize(w, r)
	case DeviceAuth:
		return p.deviceCode(w, r, tenant)
	default:
		return p.token(w, r, tenant)
	}
}

func (p *Provider) openID(w http.ResponseWriter, tenant string) Request {
	base := p.URL() + "/" + tenant + "/oauth2/v2.0/"
	return answerJSON(w, http.StatusOK, map[string]any{
		"issuer":                        p.URL() + "/" + TenantID + "/v2.0",
		"authorization_endpoint":        base + "authorize",
		"token_endpoint":                base + "token",
		"device_authorization_endpoint": base + "devicecode",
	})
}

// checkClient holds client and scope against what is registered.
func (p *Provider) checkClient(form url.Values, app string) *Fault {
	if form.Get("client_id") != app {
		return &Fault{Error: "unauthorized_client", Code: 700016}
	}
	scopes := strings.Fields(form.Get("scope"))
	if !slices.Contains(scopes, p.o.Scope) {
		return &Fault{Error: "invalid_resource", Code: 500011}
	}
	for _, s := range scopes {
		if s != p.o.Scope && s != "openid" && s != "profile" && s != "offline_access" {
			return &Fault{Error: "invalid_scope", Code: 70011}
		}
	}
	return nil
}

var loopbackURI = regexp.MustCompile(`^http://localhost(:[0-9]{1,5})?/?$`)

// authorize is the provider's page. Where the redirect address or the client is
// not known it says so to the person, as the answer cannot be brought there.
func (p *Provider) authorize(w http.ResponseWriter, r *http.Request) Request {
	q := r.URL.Query()
	bad := p.checkClient(q, PublicApp)
	switch {
	case bad != nil && bad.Code == 700016:
		return answerPage(w, *bad)
	case !loopbackURI.MatchString(q.Get("redirect_uri")):
		return answerPage(w, Fault{Error: "invalid_request", Code: 50011})
	case q.Get("response_type") != "code", q.Get("response_mode") != "form_post", q.Get("state") == "":
		return answerPage(w, Fault{Error: "invalid_request", Code: 900144})
	case q.Get("code_challenge_method") != "S256" || len(q.Get("code_challenge")) != 43:
		return answerPage(w, Fault{Error: "invalid_request", Code: 9002325})
	case q.Get("prompt") != "select_account":
		return answerPage(w, Fault{Error: "invalid_request", Code: 90023})
	}
	p.mu.Lock()
	decided := p.decision
	p.mu.Unlock()
	answer := map[string]string{"state": q.Get("state")}
	switch {
	case bad != nil:
		answer["error"], answer["error_description"] = bad.Error, describe(bad.Code, "The request of "+decided.User.Name+" is bad.")
	case decided.Error != "":
		answer["error"] = decided.Error
		if decided.Code != 0 {
			answer["error_description"] = describe(decided.Code, "The user "+decided.User.Name+" said no.")
		}
	default:
		answer["code"] = p.newCode(q, decided.User)
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	if err := formPost.Execute(w, map[string]any{"Action": q.Get("redirect_uri"), "Fields": answer}); err != nil {
		return Request{Status: http.StatusInternalServerError}
	}
	return Request{Status: http.StatusOK, Code: answer["error"]}
}

var formPost = template.Must(template.New("form_post").Parse(`<!doctype html><title>Signing in</title>
<form method="post" action="{{.Action}}">{{range $name, $value := .Fields}}
<input type="hidden" name="{{$name}}" value="{{$value}}">{{end}}
<button>Go on</button></form><script>document.forms[0].submit()</script>
`))

func (p *Provider) newCode(q url.Values, who User) string {
	code := "0.code-" + rand.Text()
	p.mu.Lock()
	defer p.mu.Unlock()
	p.codes[code] = &authorization{
		session: session{clientID: q.Get("client_id"), user: who}, challenge: q.Get("code_challenge"), redirect: q.Get("redirect_uri"),
	}
	return code
}

func (p *Provider) deviceCode(w http.ResponseWriter, r *http.Request, tenant string) Request {
	if bad := p.checkClient(r.PostForm, PublicApp); bad != nil {
		return answerError(w, *bad)
	}
	code, typed := "device-"+rand.Text(), rand.Text()[:9]
	p.mu.Lock()
	p.devices[code] = &device{
		session: session{clientID: r.PostFormValue("client_id")}, userCode: typed,
		expires: p.o.Now().Add(p.o.CodeLifetime), interval: time.Duration(p.o.Interval) * time.Second,
	}
	p.mu.Unlock()
	return answerJSON(w, http.StatusOK, map[string]any{
		"user_code": typed, "device_code": code, "verification_uri": p.URL() + "/" + tenant + "/device",
		"expires_in": int(p.o.CodeLifetime / time.Second), "interval": p.o.Interval,
		"message": "To sign in, use a web browser and enter the code " + typed,
	})
}

// Approve has a user type the code at the provider's page and agree.
func (p *Provider) Approve(userCode string, who User) error {
	return p.decide(userCode, func(d *device) { d.session.user, d.decided = who, true })
}

// Decline has a user type the code and say no.
func (p *Provider) Decline(userCode string) error {
	return p.decide(userCode, func(d *device) { d.refused, d.decided = true, true })
}

// Expire ends the time of a code.
func (p *Provider) Expire(userCode string) error {
	return p.decide(userCode, func(d *device) { d.expires = time.Time{} })
}

func (p *Provider) decide(userCode string, change func(*device)) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, d := range p.devices {
		if d.userCode == userCode && !d.decided {
			change(d)
			return nil
		}
	}
	return fmt.Errorf("idptest: no code %q waits", userCode)
}

// UserCodes are the device codes, as a person types them, that nobody has decided
// on.
func (p *Provider) UserCodes() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	var codes []string
	for _, d := range p.devices {
		if !d.decided {
			codes = append(codes, d.userCode)
		}
	}
	return codes
}

func challengeOf(verifier string) string {
	sum := sha256.Sum256([]byte(verifier))
	return base64.RawURLEncoding.EncodeToString(sum[:])
}

func answerJSON(w http.ResponseWriter, status int, body any) Request {
	data, err := json.Marshal(body)
	if err != nil {
		status = http.StatusInternalServerError
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_, _ = w.Write(data) // the client may be gone
	return Request{Status: status}
}

// answerError is an error in the provider's form.
func answerError(w http.ResponseWriter, f Fault) Request {
	if f.Status == 0 {
		f.Status = http.StatusBadRequest
	}
	body := map[string]any{"error": f.Error, "error_description": f.Body}
	if f.Code != 0 {
		body["error_description"] = describe(f.Code, "The request of "+UserName+" failed at https://login.example/?secret. "+f.Body)
		body["error_codes"] = []int{f.Code}
		body["error_uri"] = fmt.Sprintf("https://login.example/error?code=%d", f.Code)
		body["trace_id"], body["correlation_id"] = "7c3a9d52-trace-idptest", "5b1e-correlation-idptest"
	}
	if f.RetryAfter != "" {
		w.Header().Set("Retry-After", f.RetryAfter)
	}
	answered := answerJSON(w, f.Status, body)
	answered.Code = f.Error
	return answered
}

// answerPage is an error that only the person sees.
func answerPage(w http.ResponseWriter, f Fault) Request {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(http.StatusBadRequest)
	_, _ = fmt.Fprintf(w, "<!doctype html><title>Sign in</title><p>AADSTS%d</p>", f.Code)
	return Request{Status: http.StatusBadRequest, Code: f.Error}
}
