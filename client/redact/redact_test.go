package redact_test

import (
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"html"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/activitydesk/activitydesk/client/redact"
)

const secret = `S3cret/"key"+1&ü'x`

func TestARegisteredSecretIsMaskedInEveryForm(t *testing.T) {
	quoted, err := json.Marshal(secret)
	if err != nil {
		t.Fatal(err)
	}
	twice, err := json.Marshal(string(quoted))
	if err != nil {
		t.Fatal(err)
	}
	forms := map[string]string{
		"as it is":           "before " + secret + " after",
		"in JSON":            `{"a":` + string(quoted) + `}`,
		"in JSON in JSON":    `{"body":` + string(twice) + `}`,
		"quoted by Go":       strconv.Quote(secret),
		"quoted for ASCII":   fmt.Sprintf("%q", secret),
		"in a query":         "https://h/p?x=" + url.QueryEscape(secret) + "&y=1",
		"in a path":          "https://h/" + url.PathEscape(secret) + "/z",
		"lower case percent": strings.ReplaceAll(url.QueryEscape(secret), "%2F", "%2f"),
		"base64":             base64.StdEncoding.EncodeToString([]byte(secret)),
		"base64, url":        base64.URLEncoding.EncodeToString([]byte(secret)),
		"base64, raw":        base64.RawStdEncoding.EncodeToString([]byte(secret)),
		"in a bash cURL":     `curl -H 'X-Thing: ` + strings.ReplaceAll(secret, `'`, `'\''`) + `'`,
		"in PowerShell":      `-Headers @{X='` + strings.ReplaceAll(secret, `'`, `''`) + `'}`,
		"key=value":          "thing=" + secret,
		"in a web page":      "<p>" + html.EscapeString(secret) + "</p>",
		"in a query twice":   "https://h/p?to=" + url.QueryEscape("https://h/?x="+url.QueryEscape(secret)),
		"hexadecimal":        hex.EncodeToString([]byte(secret)),
		"Basic credentials":  base64.StdEncoding.EncodeToString([]byte("me:" + secret)),
		"within base64":      base64.StdEncoding.EncodeToString([]byte(`{"k":"` + secret + `"}`)),
		"base64 on lines":    base64.StdEncoding.EncodeToString([]byte(secret))[:11] + "\r\n" + base64.StdEncoding.EncodeToString([]byte(secret))[11:],
		"in a path, partly":  (&url.URL{Scheme: "https", Host: "h", Path: "/" + secret}).String(),
		"in an OData filter": "https://h/Customer?$filter=" + url.QueryEscape("Key eq '"+strings.ReplaceAll(secret, "'", "''")+"'"),
		"in JSON, mixed":     `{"a":"` + strings.ReplaceAll(quotedInner(t, string(quoted)), "&", `\u0026`) + `"}`,
		"in Go of JSON":      fmt.Sprintf("%q", quoted),
		"in a page's query":  html.EscapeString("https://h/?a=1&x=" + url.QueryEscape(secret)),
		"on two lines":       secret[:7] + "\n    " + secret[7:],
		"on lines, in JSON":  `{"a":"` + quotedInner(t, secret[:7]+"\r\n\t"+secret[7:]) + `"}`,
		"on lines, in both":  `{"a":"` + quotedInner(t, quotedInner(t, secret[:7]+"\n"+secret[7:])) + `"}`,
	}
	for name, text := range forms {
		t.Run(name, func(t *testing.T) {
			if name == "lower case percent" {
				text = lowerTriples(text)
			}
			got := redact.New(secret).String(text)
			if !strings.Contains(got, redact.Mask) || strings.Contains(got, "S3cret") || strings.Contains(got, "UzNjcmV0") ||
				strings.Contains(got, "ccmV0") || strings.Contains(got, "cmV0L") || strings.Contains(got, "533363726574") {
				t.Errorf("masked %q to %q", text, got)
			}
			if !redact.New(secret).Holds(text) {
				t.Errorf("not held by %q", text)
			}
		})
	}
}

// quotedInner is a text as it stands between the quotes of JSON.
func quotedInner(t *testing.T, text string) string {
	t.Helper()
	quoted, err := json.Marshal(text)
	if err != nil {
		t.Fatal(err)
	}
	return string(quoted[1 : len(quoted)-1])
}

func TestWhatIsEnteredAroundASecretDoesNotHideIt(t *testing.T) {
	const token = "0123456789abcdefABCDEF"
	for name, entered := range map[string]string{
		"as it is":        token,
		"with its header": "Authorization: Bearer " + token,
		"with its name":   `"Ocp-Apim-Subscription-Key": "` + token + `",`,
		"on lines":        "  " + token[:10] + "\r\n   " + token[10:] + "\n",
		"a cache":         `{"AccessToken":{"x-y":{"secret":"` + token + `","target":"openid profile long-enough-word"}},"n":[1,null]}`,
		"an answer":       `{"token_type":"Bearer","refresh_token":"` + token + `","scope":"openid profile long-enough-word"}`,
	} {
		r := redact.New(entered)
		if got := r.String("x " + token + " y"); got != "x [hidden] y" {
			t.Errorf("%s: %q", name, got)
		}
		if !r.Holds("x "+token) || r.Holds("long-enough-word") {
			t.Errorf("%s: held %v, and a word %v", name, r.Holds("x "+token), r.Holds("long-enough-word"))
		}
	}
}

func TestOnlyALongSecretIsHeld(t *testing.T) {
	r := redact.New("sandbox-key", "0123456789abcdef")
	var none *redact.Redactor
	for text, want := range map[string]bool{
		"": false, "sandbox-key": false, "Bearer abc123def456ghi789": false, "x0123456789abcdefx": true,
		"01234567\n89abcdef": true, "01234567 89abcdef": false, "0123456789abcde": false,
	} {
		if got := r.Holds(text); got != want || none.Holds(text) {
			t.Errorf("%q: %v", text, got)
		}
	}
}

func TestHideTakesOutWhatIsHeldAndNothingElse(t *testing.T) {
	r := redact.New("0123456789abcdef", "sandbox-key")
	for text, want := range map[string]string{
		`{"a":"x 0123456789abcdef y","b":"sandbox-key","c":"Bearer abc123def456ghi789"}`: `{"a":"x [hidden] y","b":"sandbox-key","c":"Bearer abc123def456ghi789"}`,
		`{"a":"0123456789\nabcdef"}`: `{"a":"[hidden]"}`,
		`{"a":"0123456789abc`:        `{"a":"0123456789abc`,
		"":                           "",
	} {
		if got := string(r.Hide([]byte(text))); got != want {
			t.Errorf("%s became %s, want %s", text, got, want)
		}
	}
	var none *redact.Redactor
	if got := none.Hide(nil); got != nil {
		t.Errorf("nothing became %q", got)
	}
}

func TestLongTextsAreMaskedInTime(t *testing.T) {
	r := redact.New("0123456789abcdef0123456789abcdef", "another-secret-of-some-length")
	for name, text := range map[string]string{
		"spaces":     strings.Repeat(" ", 1<<20),
		"line ends":  strings.Repeat("\n", 1<<20),
		"backslash":  strings.Repeat(`\`, 1<<20),
		"shortened":  strings.Repeat("a…", 1<<12),
		"percent":    strings.Repeat("%", 1<<20),
		"ampersand":  strings.Repeat("&", 1<<20),
		"escapes":    strings.Repeat(`\\u0041%41&amp;`, 1<<16),
		"a long one": strings.Repeat(`{"Id":"OPID_1","Name":"Abby Moss"}`+"\n", 1<<14),
	} {
		start := time.Now()
		if got := r.String(text); got != text {
			t.Errorf("%s was changed", name)
		}
		// A fraction of a second; where it grows with the square of the length, hours.
		if took := time.Since(start); took > time.Minute {
			t.Errorf("%s took %v", name, took)
		}
	}
}

func lowerTriples(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '%' && i+2 < len(s) {
			b.WriteString(strings.ToLower(s[i : i+3]))
			i += 2
			continue
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

func TestASecretThatATextWasCutInIsMasked(t *testing.T) {
	r := redact.New("0123456789abcdef")
	for in, want := range map[string]string{
		"the key 0123456789ab":  "the key [hidden]",
		"the key 0123456789ab…": "the key [hidden]…",
		"said “01234567…” then": "said “[hidden]…” then",
		"the number 01234567.x": "the number 01234567.x", // not where it was cut
		"the number 01234…":     "the number 01234…",
	} {
		if got := r.String(in); got != want {
			t.Errorf("%q became %q, want %q", in, got, want)
		}
	}
}

func TestCredentialsThatNobodyRegisteredAreMasked(t *testing.T) {
	jwt := "eyJ0eXAiOiJKV1QifQ.eyJleHAiOjE3MDB9.c2lnbmF0dXJl"
	for _, c := range []struct{ in, want string }{
		{"Authorization: Bearer abc123def", "Authorization: Bearer [hidden]"},
		{"authorization: Basic dXNlcjpwYXNz", "authorization: Basic [hidden]"},
		{"Authorization: opaque-thing", "Authorization: [hidden]"},
		{"map[Authorization:[Bearer abc123def] Accept:[x]]", "map[Authorization:[Bearer [hidden]] Accept:[x]]"},
		{`{"Authorization":"Bearer abc123def"}`, `{"Authorization":"Bearer [hidden]"}`},
		{"curl -H 'Authorization: Bearer abc123def' -X GET", "curl -H 'Authorization: Bearer [hidden]' -X GET"},
		{"sent bearer " + strings.Repeat("a", 30), "sent bearer [hidden]"},
		{"the token " + jwt + " was refused", "the token [hidden] was refused"},
		{"cut eyJ0eXAiOiJKV1QifQ.eyJleH", "cut [hidden]"},
		{"Ocp-Apim-Subscription-Key: 0a1b2c", "Ocp-Apim-Subscription-Key: [hidden]"},
		{`-H "ocp-apim-subscription-key: 0a1b2c" \`, `-H "ocp-apim-subscription-key: [hidden]" \`},
		{"map[Ocp-Apim-Subscription-Key:[0a1b2c]]", "map[Ocp-Apim-Subscription-Key:[[hidden]]]"},
		{`{"Ocp-Apim-Subscription-Key":["0a1b"]}`, `{"Ocp-Apim-Subscription-Key":["[hidden]"]}`},
		{"https://h/v1?subscription-key=0a1b2c&x=1", "https://h/v1?subscription-key=[hidden]&x=1"},
		{"https://h/v1?x=1&api_key=0a1b2c", "https://h/v1?x=1&api_key=[hidden]"},
		{"https://h/v1?sig=AB%2Fc&se=2026", "https://h/v1?sig=[hidden]&se=2026"},
		{"grant_type=x&client_secret=q~1.2_3&scope=y", "grant_type=x&client_secret=[hidden]&scope=y"},
		{`{"access_token":"a b\"c","expires_in":3599}`, `{"access_token":"[hidden]","expires_in":3599}`},
		{`{"refresh_token" : "0.AX","id_token":"x"}`, `{"refresh_token" : "[hidden]","id_token":"[hidden]"}`},
		{`{"body":"{\"client_secret\":\"abc\"}"}`, `{"body":"{\"client_secret\":\"[hidden]\"}"}`},
		{"http://localhost/?code=0.AXoA1234567890123456&state=s", "http://localhost/?code=[hidden]&state=s"},
		{"https://me:pa55@host/x", "https://me:[hidden]@host/x"},
	} {
		t.Run(c.in, func(t *testing.T) {
			var r *redact.Redactor // a nil one masks by looks
			if got := r.String(c.in); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
			if again := r.String(c.want); again != c.want {
				t.Errorf("masked again: %s", again)
			}
		})
	}
}

func TestOrdinaryTextsComeThroughUnchanged(t *testing.T) {
	r := redact.New("0123456789abcdef0123456789abcdef", "abc")
	for _, text := range []string{
		"",
		`{"PurchaseId":"3f0c9c8e-6f0e-4d31-8df2-0d9e4b1a7c11","ContactId":"CNTID_1000","PurchasedOn":"2026-11-23T13:05:00Z","TotalPrice":12.50,"Subject":"a token of thanks"}`,
		"https://api.ci.ai.dynamics.com/v1/instances/ce759201-786a-4d5e-8011-c6d3a1a8ed22/profile/keyring?dataSourceName=a&entityName=b&key=CNTID_1000",
		"Customer?$filter=CustomerId eq 'abcd' and Email eq 'abby.moss@contoso.example'",
		`Bearer realm="customer insights", authorization_uri="https://login.example/x"`,
		"Basic information: bearer bonds, bearer authentication",
		`{"statusCode":401,"message":"Access denied due to missing subscription key. Make sure to include it."}`,
		`{"errorCode":"noBearerTokenAvailableInRequest","message":"no bearer token"}`,
		"https://contoso.example:8443/path@home?code=5",
		`{"key":"value","token":"word"}`,
		"abcd xabc abc_",
	} {
		if got := r.String(text); got != text {
			t.Errorf("changed\n%s\nto\n%s", text, got)
		}
	}
}

func TestAShortSecretIsMaskedAsAWholeWordOnly(t *testing.T) {
	r := redact.New("abc", "x")
	if got, want := r.String("abc=abc, abcd x (abc)"), "[hidden]=[hidden], abcd x ([hidden])"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestOverlappingSecretsLeaveNothing(t *testing.T) {
	if got, want := redact.New("abcabcabc").String("-abcabcabcabcabc-"), "-[hidden]-"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got, want := redact.New("secret-1", "1-second").String("secret-1-second"), "[hidden]"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got, want := redact.New("secret-1", "x[hidden]y").String("xsecret-1y"), "[hidden]"; got != want {
		t.Errorf("a mask that completes a secret: got %q, want %q", got, want)
	}
}

func TestASecretCutAtTheEndOfABodyIsMasked(t *testing.T) {
	if got, want := redact.New("0123456789abcdef").String("body 0123456789"), "body [hidden]"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestHeadersAreCopiedWithTheirCredentialsMasked(t *testing.T) {
	h := http.Header{
		"Authorization":             {"Bearer abc"},
		"Ocp-Apim-Subscription-Key": {"k", ""},
		"Set-Cookie":                {"a=b; Path=/"},
		"X-Echo":                    {"my-own-secret"},
		"Retry-After":               {"7"},
	}
	got := redact.New("my-own-secret").Header(h)
	for name, want := range map[string]string{
		"Authorization":             "Bearer [hidden]",
		"Ocp-Apim-Subscription-Key": "[hidden]",
		"Set-Cookie":                "[hidden]",
		"X-Echo":                    "[hidden]",
		"Retry-After":               "7",
	} {
		if got.Get(name) != want {
			t.Errorf("%s: got %q, want %q", name, got.Get(name), want)
		}
	}
	if h.Get("Authorization") != "Bearer abc" {
		t.Error("the header that was given changed")
	}
	var none *redact.Redactor
	if none.Header(nil) != nil {
		t.Error("a nil header became another")
	}
}

func TestBytesLeavesItsInputAlone(t *testing.T) {
	in := []byte("a my-own-secret b")
	r := redact.New("my-own-secret")
	if got := string(r.Bytes(in)); got != "a [hidden] b" {
		t.Errorf("got %q", got)
	}
	if string(in) != "a my-own-secret b" {
		t.Error("the input changed")
	}
	if r.Bytes(nil) != nil {
		t.Error("nil became something")
	}
}

func TestSecretsCanBeAddedWhileOthersMask(t *testing.T) {
	r := redact.New()
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			own := fmt.Sprintf("secret-number-%d", i)
			r.Add(own)
			if got := r.String("x " + own); got != "x [hidden]" {
				t.Errorf("got %q", got)
			}
		})
	}
	wg.Wait()
	var none *redact.Redactor
	none.Add("nothing happens")
}

func FuzzARegisteredSecretNeverSurvives(f *testing.F) {
	f.Add("my-own-secret", "before ", " after")
	f.Add("abcabcabc", "abc", "abcabc")
	f.Add("x[hidden]y", "x", "y")
	f.Add("n]abcdef", "Bearer abcdefgh1", "abcdef")
	f.Add("hidden", "", "")
	f.Fuzz(func(t *testing.T, secret, before, after string) {
		secret = strings.TrimSpace(secret)
		if len(secret) < 6 {
			return
		}
		r := redact.New(secret)
		forms := []string{secret, url.QueryEscape(secret), base64.StdEncoding.EncodeToString([]byte(secret))}
		if len(secret) >= 16 && !strings.ContainsAny(secret, " \t\r\n\\") {
			forms = append(forms, secret[:8]+"\n"+secret[8:])
		}
		for _, form := range forms {
			got := r.String(before + form + after)
			for rest := range strings.SplitSeq(got, redact.Mask) {
				if strings.Contains(rest, form) {
					t.Fatalf("%q survives in %q", form, got)
				}
			}
			if again := r.String(got); again != got {
				t.Fatalf("masking twice: %q, then %q", got, again)
			}
		}
	})
}
