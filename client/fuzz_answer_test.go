// Whatever answers in the service's place: headers and bodies of every kind,
// through the one path of all requests.

package client

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/activitydesk/activitydesk/client/metadata"
)

// answered is a transport that gives one answer to everything. Its body breaks
// off with an error where broken is set.
type answered struct {
	status int
	header http.Header
	body   []byte
	broken bool
}

func (a answered) RoundTrip(*http.Request) (*http.Response, error) {
	body := io.Reader(bytes.NewReader(a.body))
	if a.broken {
		body = io.MultiReader(body, brokenOff{})
	}
	return &http.Response{
		StatusCode: a.status, Header: a.header.Clone(), Body: io.NopCloser(body),
		ProtoMajor: 1, ProtoMinor: 1, ContentLength: -1,
	}, nil
}

type brokenOff struct{}

func (brokenOff) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }

// FuzzAnswer: every answer is read or told as an *Error. It keeps the status and
// is bounded; no wait is longer than a day; nothing that was sent as a credential
// stands in it, wherever the service repeats it; and a write is in doubt unless
// its status says otherwise.
func FuzzAnswer(f *testing.F) {
	for _, seed := range []struct {
		status               int
		kind, coding         string
		retry, date, pointed string
		broken               bool
		body                 string
	}{
		{200, "application/json; charset=utf-8", "", "", "", "", false, `{"value":[{"CustomerId":"a","n":1e400}],"@odata.count":"1","@odata.nextLink":"?$skip=1"}`},
		{200, "text/html", "", "", "", "", false, "<html><title>Sign in</title>"},
		{200, "application/problem+json", "gzip", "", "", "", false, "\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff\xab\xae\x05\x00C\xbf\xa6\xa3\x02\x00\x00\x00"},
		{200, "", "br", "", "", "", true, `{"value":[`},
		{201, "application/json", "", "", "", "/v1/instances/x/data/y", false, `{"location":"https://h/x","value":null,"statusCode":201}`},
		{202, "application/json", "", "", "", "", true, `{"location":{"a":"` + secretToken + `"}}`},
		{302, "", "", "", "", "https://user:pass@login.example/?code=" + secretToken + "#x", false, ""},
		{303, "", "", "", "", "http://[::1", false, ""},
		{400, "application/json", "", "", "", "", false, `{"errorCode":"mandatoryFieldsMissing","message":"m","target":"t","details":[{"errorCode":"e","message":"` + secretKey + `","target":"f"}]}`},
		{401, "application/json", "", "", "", "", false, `{"statusCode":401,"message":"Access denied due to missing subscription key."}`},
		{403, "application/json", "", "", "", "", false, `{"error":{"code":"x","message":"Bearer ` + secretToken + `","details":[{"code":"y"}],"innererror":{}}}`},
		{409, "application/json", "", "", "", "", false, `{"errorCode":"storeDuplicateItem"}`},
		{429, "application/json", "", "23", "", "", false, `{"statusCode":429,"message":"Rate limit is exceeded. Try again in 23 seconds."}`},
		{429, "", "", "Mon, 23 Nov 2026 14:05:30 GMT", "Mon, 23 Nov 2026 14:05:00 GMT", "", false, ""},
		{503, "text/plain", "", "1e300", "x", "", false, "upstream connect error"},
		{500, "", "", "-1", "", "", true, "{"},
		{204, "", "", "NaN", "", "", false, ""},
	} {
		f.Add(seed.status, seed.kind, seed.coding, seed.retry, seed.date, seed.pointed, seed.broken, []byte(seed.body))
	}
	f.Fuzz(func(t *testing.T, status int, kind, coding, retry, date, pointed string, broken bool, body []byte) {
		if status < 100 || status > 999 {
			return // net/http gives no such answer
		}
		header := http.Header{"X-Ms-Request-Id": {pointed}, "Www-Authenticate": {kind}}
		for name, value := range map[string]string{"Content-Type": kind, "Content-Encoding": coding, "Retry-After": retry, "Date": date, "Location": pointed} {
			if value != "" {
				header.Set(name, value)
			}
		}
		clock := newClock()
		c, err := New(Config{
			Root: RootCurrent, Tokens: StaticToken(secretToken), Keys: StaticKey(secretKey), Now: clock.now, Sleep: clock.sleep,
			Transport: answered{status, header, body, broken}, Retry: RetryPolicy{Attempts: 1},
		})
		if err != nil {
			t.Fatal(err)
		}
		i := c.For(metadata.Instance{ID: instanceID})
		page, err := i.Query(t.Context(), "Customer", Query{Top: 1})
		if err == nil && (status != http.StatusOK || broken) {
			t.Fatalf("%d, broken %v, is read as %+v", status, broken, page)
		}
		checkTold(t, err, status)
		_, _, err = i.ActivityCounts(t.Context(), "a")
		checkTold(t, err, status)
		answer, err := i.PostActivity(t.Context(), "E", []byte(`{"a":1}`), WriteOptions{})
		if created := status == http.StatusCreated || status == http.StatusAccepted; created != (err == nil) {
			t.Fatalf("a post that was answered %d: %v", status, err)
		}
		checkTold(t, err, status)
		checkSafe(t, answer.Location, answer.RequestID, string(answer.Body), headerWords(answer.Header))
	})
}

// checkTold holds an error to what a caller relies on.
func checkTold(t *testing.T, err error, status int) {
	t.Helper()
	if err == nil {
		return
	}
	var e *Error
	if !errors.As(err, &e) {
		t.Fatalf("no *Error: %v", err)
	}
	if e.Status != status || e.RetryAfter < 0 || e.RetryAfter > maxRetryAfter || len(e.Body) > maxErrorBody || len(e.Details) > maxDetails {
		t.Fatalf("%d is told as %d, wait %v, %d bytes, %d details", status, e.Status, e.RetryAfter, len(e.Body), len(e.Details))
	}
	if e.Kind.String() == "" || !strings.HasPrefix(e.Error(), e.Op) {
		t.Fatalf("an error without words: %+v", e)
	}
	checkDoubt(t, e, status)
	checkLocation(t, e.Location)
	checkSafe(t, e.Error(), e.Code, e.Message, e.Target, e.RequestID, e.Location, string(e.Body), headerWords(e.Header))
	for _, d := range e.Details {
		checkSafe(t, d.Code, d.Message, d.Target)
	}
}

// checkLocation: of where a redirect led, only what holds no secret is shown.
func checkLocation(t *testing.T, location string) {
	t.Helper()
	if u, err := url.Parse(location); err != nil || u.User != nil || u.RawQuery != "" || u.ForceQuery || u.Fragment != "" {
		t.Fatalf("the location is shown as %q (%v)", location, err)
	}
}

// checkDoubt: what a service said of a write is known, and nothing else is.
func checkDoubt(t *testing.T, e *Error, status int) {
	t.Helper()
	if said := status >= 400 && status < 500 && status != http.StatusRequestTimeout; said && e.Uncertain() {
		t.Fatalf("%d leaves a write in doubt", status)
	}
	if (status < 300 || status >= 500) && !e.Uncertain() {
		t.Fatalf("%d leaves no doubt about a write", status)
	}
}

// checkSafe: no credential stands in any of the texts.
func checkSafe(t *testing.T, texts ...string) {
	t.Helper()
	for _, text := range texts {
		if strings.Contains(text, secretToken) || strings.Contains(text, secretKey) {
			t.Fatalf("a credential stands in %q", text)
		}
	}
}

func headerWords(header http.Header) string {
	var b strings.Builder
	if err := header.Write(&b); err != nil {
		return err.Error()
	}
	return b.String()
}

// FuzzAddress: names and ids that came from the service, or from a person, lead
// nowhere but to themselves: below the instance, each in its own segment, and a
// query of exactly what was asked for.
func FuzzAddress(f *testing.F) {
	f.Add(instanceID, "eCommerce_eCommercePurchases", "CNTID_1000", "Ana O'Neill", "MTAw")
	f.Add("..", "a/../b", "x?y#z", `say "hi" \`, "&$top=9")
	f.Add("%2e%2e", "Ä ö;=+", "\x00\u2028\xff", "%zz", "a b")
	f.Add(".", "", "\\..\\", "\r\nHost: x", "")
	c, err := New(Config{Root: RootCurrent, Tokens: StaticToken(secretToken)})
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, id, entity, profile, search, token string) {
		i := c.For(metadata.Instance{ID: id})
		parameters, err := Query{Search: search, SkipToken: token, Top: 7}.parameters()
		if err != nil {
			t.Fatalf("%q cannot be searched for: %v", search, err)
		}
		target, err := i.address(parameters, "data", entity, profile)
		if err != nil {
			if !slices.ContainsFunc([]string{id, entity, profile}, func(s string) bool { return s == "" || s == "." || s == ".." }) {
				t.Fatalf("%q, %q, %q: %v", id, entity, profile, err)
			}
			return
		}
		if err := within(i.base, target); err != nil {
			t.Fatalf("%q leaves: %v", target, err)
		}
		request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, target, nil)
		if err != nil {
			t.Fatalf("%q cannot be asked: %v", target, err)
		}
		u := request.URL
		if want := "/v1/instances/" + id + "/data/" + entity + "/" + profile; u.Path != want || u.Host != "api.ci.ai.dynamics.com" || u.Fragment != "" || u.User != nil {
			t.Fatalf("%q is %q of %q, want %q", target, u.Path, u.Host, want)
		}
		if strings.Count(u.EscapedPath(), "/") != 6 {
			t.Fatalf("%q has other segments than it was made of", target)
		}
		checkQuery(t, u.Query(), search, token)
		if !utf8.ValidString(target) {
			t.Fatalf("the address %q is no text", target)
		}
	})
}

// checkQuery holds a query against the search and the token that were asked for.
func checkQuery(t *testing.T, query url.Values, search, token string) {
	t.Helper()
	if got := query.Get("$search"); search != "" && unphrase(got) != search {
		t.Fatalf("%q is searched for as %q", search, got)
	}
	want := map[bool]int{true: 1}[search != ""] + map[bool]int{true: 1}[token != ""] + 1
	if len(query) != want || query.Get("$skiptoken") != token || query.Get("$top") != "7" {
		t.Fatalf("%q, %q become %v", search, token, query)
	}
}

// unphrase reads a $search in double quotes, as a service does.
func unphrase(text string) string {
	inner, ok := strings.CutPrefix(text, `"`)
	inner, closed := strings.CutSuffix(inner, `"`)
	if !ok || !closed {
		return "not in quotes"
	}
	return strings.NewReplacer(`\\`, `\`, `\"`, `"`).Replace(inner)
}
