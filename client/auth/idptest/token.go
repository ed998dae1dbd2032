// The token endpoint.

package idptest

import (
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"time"
)

func (p *Provider) token(w http.ResponseWriter, r *http.Request, tenant string) Request {
	p.mu.Lock()
	defer p.mu.Unlock()
	form := r.PostForm
	var who *session
	var bad *Fault
	switch form.Get("grant_type") {
	case GrantSecret:
		if bad = p.checkSecret(form, tenant); bad == nil {
			return answerJSON(w, http.StatusOK, p.issue(form, session{clientID: form.Get("client_id")}))
		}
	case GrantCode:
		who, bad = p.redeemCode(form)
	case GrantDevice:
		who, bad = p.redeemDevice(form)
	case GrantRefresh:
		who, bad = p.redeemRefresh(form)
	default:
		bad = &Fault{Error: "unsupported_grant_type", Code: 70003}
	}
	if bad == nil && form.Has("client_secret") {
		bad = &Fault{Error: "invalid_request", Code: 700025, Status: http.StatusUnauthorized}
	}
	if bad != nil {
		return answerError(w, *bad)
	}
	return answerJSON(w, http.StatusOK, p.issue(form, *who))
}

func (p *Provider) checkSecret(form url.Values, tenant string) *Fault {
	if bad := p.checkClient(form, SecretApp); bad != nil {
		return bad
	}
	switch {
	case tenant == "organizations":
		return &Fault{Error: "invalid_request", Code: 50059}
	case form.Get("client_secret") != ClientSecret:
		return &Fault{Error: "invalid_client", Code: 7000215, Status: http.StatusUnauthorized}
	}
	return nil
}

func (p *Provider) redeemCode(form url.Values) (*session, *Fault) {
	if bad := p.checkClient(form, PublicApp); bad != nil {
		return nil, bad
	}
	code, known := p.codes[form.Get("code")]
	switch {
	case !known:
		return nil, &Fault{Error: "invalid_grant", Code: 70000}
	case code.used:
		return nil, &Fault{Error: "invalid_grant", Code: 54005}
	case code.redirect != form.Get("redirect_uri"):
		return nil, &Fault{Error: "invalid_grant", Code: 50011}
	case code.session.clientID != form.Get("client_id"):
		return nil, &Fault{Error: "invalid_grant", Code: 70000}
	case len(form.Get("code_verifier")) < 43 || challengeOf(form.Get("code_verifier")) != code.challenge:
		return nil, &Fault{Error: "invalid_grant", Code: 501481}
	}
	code.used = true
	return &code.session, nil
}

func (p *Provider) redeemDevice(form url.Values) (*session, *Fault) {
	if bad := p.checkClient(form, PublicApp); bad != nil {
		return nil, bad
	}
	d, known := p.devices[form.Get("device_code")]
	now := p.o.Now()
	switch {
	case !known || d.used || d.session.clientID != form.Get("client_id"):
		return nil, &Fault{Error: "bad_verification_code", Code: 70018}
	case !now.Before(d.expires):
		return nil, &Fault{Error: "expired_token", Code: 70020}
	}
	if d.interval > 0 && !d.polled.IsZero() && now.Sub(d.polled) < d.interval-50*time.Millisecond {
		d.interval += 5 * time.Second
		d.polled = now
		return nil, &Fault{Error: "slow_down"}
	}
	d.polled = now
	switch {
	case !d.decided:
		return nil, &Fault{Error: "authorization_pending", Code: 70016}
	case d.refused:
		return nil, &Fault{Error: "authorization_declined", Code: 65004}
	}
	d.used = true
	return &d.session, nil
}

func (p *Provider) redeemRefresh(form url.Values) (*session, *Fault) {
	if bad := p.checkClient(form, PublicApp); bad != nil {
		return nil, bad
	}
	token := form.Get("refresh_token")
	if s, reused := p.used[token]; reused && p.o.OneTimeRefresh {
		for _, other := range p.refreshes {
			if other.user == s.user {
				other.revoked = true
			}
		}
		return nil, &Fault{Error: "invalid_grant", Code: 70000}
	}
	s, known := p.refreshes[token]
	switch {
	case !known || s.clientID != form.Get("client_id"):
		return nil, &Fault{Error: "invalid_grant", Code: 70000}
	case s.revoked:
		return nil, &Fault{Error: "invalid_grant", Code: 50173}
	}
	if p.o.OneTimeRefresh {
		delete(p.refreshes, token)
		p.used[token] = s
	}
	return s, nil
}

// issue makes the answer with tokens. p.mu is held.
func (p *Provider) issue(form url.Values, who session) map[string]any {
	now := p.o.Now()
	grant := Grant{
		Number: len(p.access) + 1, Type: form.Get("grant_type"), ClientID: who.clientID, Tenant: TenantID,
		User: who.user, Expires: now.Add(p.o.Lifetime),
	}
	access := p.accessToken(grant)
	p.access[access] = grant
	answer := map[string]any{
		"token_type": "Bearer", "access_token": access, "scope": p.o.Scope,
		"expires_in": int(p.o.Lifetime / time.Second), "ext_expires_in": int(p.o.Lifetime / time.Second),
	}
	if who.user == (User{}) {
		return answer
	}
	home := who.user.Tenant
	if home == "" {
		home = TenantID
	}
	refresh := "1.refresh-" + rand.Text() + strings.Repeat("r", p.o.Pad)
	p.refreshes[refresh] = &session{clientID: who.clientID, user: who.user}
	answer["refresh_token"] = refresh
	answer["client_info"] = encode(map[string]any{"uid": who.user.ID, "utid": home})
	answer["id_token"] = token(map[string]any{
		"iss": p.URL() + "/" + TenantID + "/v2.0", "aud": who.clientID, "tid": TenantID, "oid": who.user.ID, "sub": who.user.ID,
		"preferred_username": who.user.Name, "name": who.user.FullName, "exp": grant.Expires.Unix(), "iat": now.Unix(),
	})
	return answer
}

func (p *Provider) accessToken(g Grant) string {
	if p.o.Token != nil {
		return p.o.Token(g)
	}
	return token(map[string]any{
		"aud": strings.TrimSuffix(p.o.Scope, "/.default"), "tid": g.Tenant, "appid": g.ClientID, "oid": g.User.ID,
		"exp": g.Expires.Unix(), "jti": rand.Text(), "scp": "user_impersonation",
	})
}

// token looks like a JSON web token and is signed by nobody.
func token(claims map[string]any) string {
	return encode(map[string]any{"typ": "JWT", "alg": "RS256", "kid": "idptest"}) + "." + encode(claims) + "." + rand.Text() + rand.Text()
}

func encode(claims map[string]any) string {
	data, err := json.Marshal(claims)
	if err != nil {
		panic(err) // texts and numbers only
	}
	return base64.RawURLEncoding.EncodeToString(data)
}
