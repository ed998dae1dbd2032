// Error bodies in every form, and what is none.

package client

import (
	"net/http"
	"net/url"
	"reflect"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

func TestErrorBodiesInEveryForm(t *testing.T) {
	cases := []struct {
		name, body string
		want       Error
	}{
		{
			"the service's", `{"errorCode":"mandatoryFieldsMissing","message":"Fields are missing","target":"body","details":[{"errorCode":"x","message":"PurchaseId","target":"PurchaseId"},null,{}],"innerError":{"a":1}}`,
			Error{Code: "mandatoryFieldsMissing", Message: "Fields are missing", Target: "body", Details: []Detail{{"x", "PurchaseId", "PurchaseId"}}},
		},
		{
			"OData's", `{"error":{"code":"storeDuplicateItem","message":"exists","target":null,"details":[{"code":"y","message":"m","target":"t"}],"innererror":{}}}`,
			Error{Code: "storeDuplicateItem", Message: "exists", Details: []Detail{{"y", "m", "t"}}},
		},
		{
			"API Management's", `{ "statusCode": 401, "message": "Access denied due to missing subscription key." }`,
			Error{Message: "Access denied due to missing subscription key."},
		},
		{
			"a problem document's", `{"type":"about:blank","title":"Service Unavailable","status":503,"detail":"The backend is being moved."}`,
			Error{Message: "The backend is being moved."},
		},
		{"a problem without detail", `{"title":"Service Unavailable","status":503,"detail":null}`, Error{Message: "Service Unavailable"}},
		{"nulls", `{"errorCode":"x","message":null,"target":null,"details":null,"innerError":null}`, Error{Code: "x"}},
		{"other case, BOM", "\ufeff" + `{"ErrorCode":"x","Message":"m"}`, Error{Code: "x", Message: "m"}},
		{"code is a number", `{"errorCode":17,"message":true}`, Error{Code: "17", Message: "true"}},
		{"token service's", `{"error":"invalid_token"}`, Error{Code: "invalid_token"}},
		{"details of no kind", `{"errorCode":"x","details":{"a":1}}`, Error{Code: "x"}},
		{"odd members", `{"errorCode":{"a":1},"message":["m"],"details":"d"}`, Error{}},
		{"array", `[{"errorCode":"x"}]`, Error{}},
		{"HTML", `<html><body>Bad Gateway</body></html>`, Error{}},
		{"empty", ``, Error{}},
		{"cut off", `{"errorCode":"x","mess`, Error{}},
		{"text", `Service unavailable`, Error{}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			var got Error
			parseErrorBody(&got, []byte(c.body))
			if !reflect.DeepEqual(got, c.want) {
				t.Errorf("got  %+v\nwant %+v", got, c.want)
			}
		})
	}
}

func TestLongTextsAndListsInErrorsAreBounded(t *testing.T) {
	body := `{"errorCode":"` + strings.Repeat("é", maxText) + `","details":[` + strings.Repeat(`{"message":"m"},`, 200) + `{}]}`
	var e Error
	parseErrorBody(&e, []byte(body))
	if len(e.Code) > maxText+len("…") || !utf8.ValidString(e.Code) || len(e.Details) != maxDetails {
		t.Errorf("code of %d bytes, %d details", len(e.Code), len(e.Details))
	}
}

func TestAClockThatIsOffIsToldByTheDateOfAnAnswer(t *testing.T) {
	here := time.Date(2026, 11, 23, 14, 0, 0, 0, time.UTC)
	dated := func(at time.Time) http.Header { return http.Header{"Date": {at.Format(http.TimeFormat)}} }
	for name, c := range map[string]struct {
		header http.Header
		want   time.Duration
	}{
		"right":                {dated(here), 0},
		"a little ahead":       {dated(here.Add(-MinSkew + time.Second)), 0},
		"three hours ahead":    {dated(here.Add(-3 * time.Hour)), 3 * time.Hour},
		"a day behind":         {dated(here.Add(24 * time.Hour)), -24 * time.Hour},
		"no date":              {http.Header{}, 0},
		"a date that is none":  {http.Header{"Date": {"yesterday"}}, 0},
		"as far as it matters": {dated(here.Add(-MinSkew)), MinSkew},
	} {
		if got := skew(c.header, here); got != c.want {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}

func TestRetryAfterInEveryForm(t *testing.T) {
	now := time.Date(2026, 11, 23, 14, 5, 0, 0, time.UTC)
	cases := []struct {
		name, header, date, message string
		want                        time.Duration
	}{
		{"seconds", "23", "", "", 23 * time.Second},
		{"fraction", "0.5", "", "", 500 * time.Millisecond},
		{"zero", "0", "", "", 0},
		{"negative", "-5", "", "", 0},
		{"huge", "99999999999999999999", "", "", maxRetryAfter},
		{"no number", "NaN", "", "", 0},
		{"endless", "Infinity", "", "", 0},
		{"in hexadecimal", "0x1p9", "", "", 0},
		{"date", "Mon, 23 Nov 2026 14:05:30 GMT", "", "", 30 * time.Second},
		{"date by their clock", "Mon, 23 Nov 2026 15:05:30 GMT", "Mon, 23 Nov 2026 15:05:00 GMT", "", 30 * time.Second},
		{"date in the past", "Mon, 23 Nov 2020 14:05:30 GMT", "", "", 0},
		{"date far away", "Mon, 23 Nov 2099 14:05:30 GMT", "", "", maxRetryAfter},
		{"sentence", "", "", "Rate limit is exceeded. Try again in 23 seconds.", 23 * time.Second},
		{"header before sentence", "5", "", "Try again in 23 seconds.", 5 * time.Second},
		{"nothing", "soon", "", "Slow down.", 0},
	}
	for _, c := range cases {
		header := http.Header{}
		header.Set("Retry-After", c.header)
		header.Set("Date", c.date)
		if got := retryAfter(header, c.message, now); got != c.want {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

func TestARedirectsTargetIsShownWithoutItsQuery(t *testing.T) {
	request, err := url.Parse("https://example.com/v1/instances?$filter=secret")
	if err != nil {
		t.Fatal(err)
	}
	for location, want := range map[string]string{
		"https://login.example.com/a?token=x#y": "https://login.example.com/a",
		"https://user:pass@example.com/":        "https://example.com/",
		"/v2/instances?x=1":                     "https://example.com/v2/instances",
		"":                                      "",
		"https://[broken":                       "",
		"/" + strings.Repeat("a", 9000):         "",
	} {
		if got := redirectTarget(request, location); got != want {
			t.Errorf("%.60q points to %q, want %q", location, got, want)
		}
	}
}

func FuzzErrorBody(f *testing.F) {
	for _, seed := range []string{`{"errorCode":"x","details":[{"errorCode":"y"}]}`, `{"error":{"code":"x"}}`, `{"statusCode":429,"message":"Try again in 23 seconds."}`, `{"error":"x"}`, "<html>", "", "{", `{"error":{"error":{}}}`} {
		f.Add([]byte(seed), "1")
	}
	f.Fuzz(func(t *testing.T, body []byte, header string) {
		e := Error{Op: "fuzz", Status: 400}
		parseErrorBody(&e, body)
		for _, text := range []string{e.Code, e.Message, e.Target} {
			if len(text) > maxText+len("…") {
				t.Errorf("a text of %d bytes", len(text))
			}
		}
		if !strings.HasPrefix(e.Error(), "fuzz: 400 Bad Request") || len(e.Details) > maxDetails {
			t.Errorf("%d details, %s", len(e.Details), e.Error())
		}
		if wait := retryAfter(http.Header{"Retry-After": {header}}, e.Message, time.Now()); wait < 0 || wait > maxRetryAfter {
			t.Errorf("retry after %v", wait)
		}
	})
}

func TestAnAnswerThatWasKeptIsReadAgain(t *testing.T) {
	e := &Error{Code: "kept", Message: "kept", Body: []byte(`{"error":{"code":"a","message":"m","target":"t","details":[{"code":"b","target":"u"}]}}`)}
	e.ReadBody()
	if e.Code != "a" || e.Message != "m" || e.Target != "t" || len(e.Details) != 1 || e.Details[0].Target != "u" {
		t.Errorf("%+v", e)
	}
	page := &Error{Code: "kept", Message: "kept", Body: []byte(`<html>`)}
	page.ReadBody()
	if page.Code != "kept" || page.Message != "kept" {
		t.Errorf("a page changed it: %+v", page)
	}
}
