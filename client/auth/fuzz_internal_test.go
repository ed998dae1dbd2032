// What a browser, or any page in it, sends to the waiting desk; and what a
// person enters of an app registration.

package auth

import (
	"bytes"
	"errors"
	"mime"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
)

// FuzzBrowsersAnswer: only a form that was posted to the desk with the right
// state is an answer, and the first of two; the page says nothing that came with
// it, and of a refusal only known codes are taken.
func FuzzBrowsersAnswer(f *testing.F) {
	const form = "application/x-www-form-urlencoded"
	f.Add("POST", "/", "", form, []byte("state=the-state&code=c"))
	f.Add("POST", "/?state=the-state&code=c", "x", form, []byte("code=d"))
	f.Add("POST", "/", "", form, []byte("state=the-state&error=access_denied&error_description=AADSTS65004%3A+no&code=c"))
	f.Add("POST", "/", "", "multipart/form-data; boundary=x", []byte("--x\r\nContent-Disposition: form-data; name=\"state\"\r\n\r\nthe-state\r\n--x--\r\n"))
	f.Add("GET", "/?state=the-state&code=c", "", "", []byte(nil))
	f.Add("POST", "/favicon.ico", "", form, []byte("state=the-state&code=%zz;"))
	f.Add("POST", "/", "", form, []byte("state=the-state&state=other&error=<script>"))
	f.Add("POST", "/", "", form+"0", []byte("state=the-state"))
	f.Fuzz(func(t *testing.T, method, target, origin, kind string, body []byte) {
		u, err := url.ParseRequestURI(target)
		if err != nil {
			return
		}
		l := &loopback{state: "the-state", answers: make(chan answered, 1), over: make(chan struct{})}
		close(l.over) // the sign-in has ended, so the page need not wait
		for range 2 {
			r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/", bytes.NewReader(body))
			r.Method, r.URL, r.RequestURI = method, u, target
			r.Header.Set("Content-Type", kind)
			r.Header.Set("Origin", origin)
			w := httptest.NewRecorder()
			l.serve(w, r)
			checkPage(t, w)
		}
		sent, formErr := url.ParseQuery(string(body))
		media, _, kindErr := mime.ParseMediaType(kind)
		right := method == http.MethodPost && u.Path == "/" && formErr == nil && sent.Get("state") == l.state
		select {
		case a := <-l.answers:
			if !right {
				t.Fatalf("%s %s with %q is an answer", method, target, body)
			}
			checkTaken(t, a, sent)
		default:
			if right && kindErr == nil && media == form && u.RawQuery == "" {
				t.Fatalf("%q is no answer", body)
			}
		}
	})
}

// checkPage: the page for the browser says nothing that came with the request.
func checkPage(t *testing.T, w *httptest.ResponseRecorder) {
	t.Helper()
	if !slices.Contains([]int{http.StatusOK, http.StatusBadRequest, http.StatusNotFound, http.StatusMethodNotAllowed}, w.Code) {
		t.Fatalf("it answers %d", w.Code)
	}
	if w.Header().Get("Cache-Control") != "no-store" || !strings.Contains(w.Header().Get("Content-Security-Policy"), "default-src 'none'") {
		t.Fatalf("the page goes out with %v", w.Header())
	}
	if page := w.Body.String(); page != rendered(t, pageNothing) && page != rendered(t, pageNotSignedIn) {
		t.Fatalf("the page is %s", page)
	}
}

// checkTaken: of an answer, the code is what was sent, and of a refusal only known
// codes are taken.
func checkTaken(t *testing.T, a answered, sent url.Values) {
	t.Helper()
	if a.code != "" && a.code != sent.Get("code") {
		t.Fatalf("%q brings the code %q", sent, a.code)
	}
	if _, known := oauth[a.refused.oauth]; a.refused.oauth != "" && !known || a.refused.aadsts < 0 || a.refused.aadsts > 99_999_999 {
		t.Fatalf("%q is taken as %+v", sent, a.refused)
	}
}

func rendered(t *testing.T, p page) string {
	t.Helper()
	w := httptest.NewRecorder()
	writePage(w, http.StatusOK, p)
	return w.Body.String()
}

// FuzzApp: what is entered of an app registration is refused with what would be
// right and without repeating it, or has one form: an address of https on the
// host that was entered, which credentials may go to and others may not.
func FuzzApp(f *testing.F) {
	const id = "11111111-2222-4333-8444-555555555555"
	f.Add(uint8(0), "", "organizations", id, "")
	f.Add(uint8(2), "https://login.microsoftonline.us/", "Contoso.com", strings.ToUpper(id), "https://x/.default")
	f.Add(uint8(1), "https://user:secret@login.example", "../contoso.com", "{"+id+"}", "a\"b")
	f.Add(uint8(0), "https://login.example:8443\\@evil.example", "contoso.com%2f", " "+id+"\n", "a\u00a0b  c")
	f.Add(uint8(0), "https://[::1]:443", id, id, "x")
	methods := []Method{MethodBrowser, MethodDeviceCode, MethodSecret, "password"}
	f.Fuzz(func(t *testing.T, method uint8, authority, tenant, client, scope string) {
		given := App{Method: methods[int(method)%len(methods)], Authority: authority, Tenant: tenant, ClientID: client, Scope: scope}
		a, err := given.normal()
		if err != nil {
			checkRefused(t, given, err)
			return
		}
		if again, err := a.normal(); err != nil || again != a || again.fingerprint() != a.fingerprint() {
			t.Fatalf("%+v becomes %+v and then %+v, %v", given, a, again, err)
		}
		u, err := url.Parse(a.url())
		if err != nil || u.Scheme != "https" || u.Host == "" || u.Host != a.host() || u.Path != "/"+a.Tenant || u.User != nil || u.RawQuery != "" {
			t.Fatalf("%+v signs in at %q (%v)", given, a.url(), err)
		}
		if !a.trusts(u) {
			t.Fatalf("%q does not trust itself", a.url())
		}
		checkTrustsNoOther(t, a)
		if len(a.scopes()) == 0 || strings.ContainsAny(a.Scope, "\r\n\"") {
			t.Fatalf("%q asks for %q", scope, a.Scope)
		}
	})
}

// checkRefused: a refusal names the field and says what would be right, in a line.
func checkRefused(t *testing.T, given App, err error) {
	t.Helper()
	var wrong *AppError
	if !errors.As(err, &wrong) || wrong.Field == "" || wrong.Reason == "" || strings.ContainsAny(wrong.Reason, "\r\n") {
		t.Fatalf("%+v: %v", given, err)
	}
}

// checkTrustsNoOther: addresses that look like the authority's get no credentials.
func checkTrustsNoOther(t *testing.T, a App) {
	t.Helper()
	for _, other := range []string{"https://" + a.host() + ".evil.example/", "https://evil.example/" + a.host(), "http://" + a.host() + "/", "https://x@" + a.host() + "/"} {
		if o, err := url.Parse(other); err == nil && a.trusts(o) {
			t.Fatalf("%q trusts %q", a.url(), other)
		}
	}
}
