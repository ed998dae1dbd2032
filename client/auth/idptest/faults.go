// Failures on demand.

package idptest

import (
	"io"
	"log"
	"net/http"
	"time"
)

// Endpoint is a part of the provider.
type Endpoint string

// The endpoints.
const (
	OpenID     Endpoint = "openid-configuration"
	Authorize  Endpoint = "authorize"
	DeviceAuth Endpoint = "devicecode"
	Token      Endpoint = "token"
	Nowhere    Endpoint = "nowhere" // every other path
)

// The grant types of the token endpoint.
const (
	GrantCode    = "authorization_code"
	GrantDevice  = "device_code" // as MSAL writes it, for urn:ietf:params:oauth:grant-type:device_code
	GrantRefresh = "refresh_token"
	GrantSecret  = "client_credentials"
)

// Fault is how an endpoint fails. Error makes an answer in the provider's form;
// else Body is what is answered, of any type; else, after Delay, the request is
// answered as it should be.
type Fault struct {
	Endpoint Endpoint
	Grant    string // at Token: only this grant_type; "": all
	Times    int    // how often; 0: until Heal

	Hit        func()          // called when a request comes to it; may be nil
	Until      <-chan struct{} // waited for before anything else; ends with the provider
	Delay      time.Duration   // waited for then; ends with the provider
	Drop       bool            // the connection is closed without an answer
	Status     int             // 0: 400 with Error, else 200
	Error      string          // OAuth error
	Code       int             // Microsoft's; 0: none
	RetryAfter string          // the header
	Body       string
	Type       string // of Body; "": application/json
	Location   string // of a redirect
	CutOff     bool   // the connection breaks in the middle of Body, or of the good answer
}

// Fail adds faults; the first that fits a request is used.
func (p *Provider) Fail(faults ...Fault) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, f := range faults {
		p.faults = append(p.faults, &f)
	}
}

// Heal takes all faults away.
func (p *Provider) Heal() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.faults = nil
}

// fault takes the next fault for a request.
func (p *Provider) fault(e Endpoint, grant string) (Fault, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for i, f := range p.faults {
		if f.Endpoint != e || f.Grant != "" && f.Grant != grant {
			continue
		}
		taken := *f
		if f.Times > 0 {
			if f.Times--; f.Times == 0 {
				p.faults = append(p.faults[:i:i], p.faults[i+1:]...)
			}
		}
		return taken, true
	}
	return Fault{}, false
}

// fail answers as a fault says; false means that the request is to be answered
// as it should be.
func (p *Provider) fail(w http.ResponseWriter, r *http.Request, f Fault) (Request, bool) {
	p.hold(r, f)
	switch {
	case f.Drop:
		panic(http.ErrAbortHandler)
	case f.Error != "":
		return answerError(w, f), true
	case f.Body == "" && f.Status == 0 && !f.CutOff:
		return Request{}, false
	}
	body, kind, status := f.Body, f.Type, f.Status
	if kind == "" {
		kind = "application/json; charset=utf-8"
	}
	if status == 0 {
		status = http.StatusOK
	}
	w.Header().Set("Content-Type", kind)
	if f.RetryAfter != "" {
		w.Header().Set("Retry-After", f.RetryAfter)
	}
	if f.Location != "" {
		w.Header().Set("Location", f.Location)
	}
	if f.CutOff {
		w.Header().Set("Content-Length", "4096")
	}
	w.WriteHeader(status)
	_, _ = io.WriteString(w, body) // the client may be gone
	if f.CutOff {
		_ = http.NewResponseController(w).Flush()
		panic(http.ErrAbortHandler)
	}
	return Request{Status: status}, true
}

// hold has a request wait as a fault says.
func (p *Provider) hold(r *http.Request, f Fault) {
	if f.Hit != nil {
		f.Hit()
	}
	if f.Until != nil {
		select {
		case <-f.Until:
		case <-p.held:
		case <-r.Context().Done():
		}
	}
	if f.Delay > 0 {
		timer := time.NewTimer(f.Delay)
		defer timer.Stop()
		select {
		case <-timer.C:
		case <-p.held:
		case <-r.Context().Done():
		}
	}
}

func discard() *log.Logger { return log.New(io.Discard, "", 0) }
