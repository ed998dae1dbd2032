package client_test

import (
	"errors"
	"maps"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/activitydesk/activitydesk/client"
)

func TestReachingAServiceSendsNoSecret(t *testing.T) {
	for name, c := range map[string]struct {
		status int
		kind   string
		header http.Header
		body   string
		want   client.Kind
		good   bool
	}{
		"asks for a key":         {status: 401, kind: "application/json", body: `{"statusCode":401}`, good: true},
		"says no with no body":   {status: 401, good: true},
		"forbids":                {status: 403, kind: "application/json", body: "{}", good: true},
		"gives the list":         {status: 200, kind: "application/json", body: "[]", good: true},
		"a web page":             {status: 200, kind: "text/html", body: "<html>", want: client.KindUnexpected},
		"an empty answer":        {status: 200, kind: "application/json", want: client.KindUnexpected},
		"another path":           {status: 404, want: client.KindNotFound},
		"a pointer to elsewhere": {status: 302, header: http.Header{"Location": {"https://login.example/"}}, want: client.KindRedirect},
		"a broken service":       {status: 503, want: client.KindServer},
	} {
		t.Run(name, func(t *testing.T) {
			asked, most := 0, 1
			if c.status == 503 {
				most = 2 // it is asked again
			}
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				asked++
				if r.URL.Path != "/v1/instances" || r.Header.Get("Authorization") != "" || r.Header.Get("Ocp-Apim-Subscription-Key") != "" {
					t.Errorf("%s with %v", r.URL.Path, r.Header)
				}
				maps.Copy(w.Header(), c.header)
				if c.kind != "" {
					w.Header().Set("Content-Type", c.kind)
				}
				w.WriteHeader(c.status)
				_, _ = w.Write([]byte(c.body))
			}))
			defer server.Close()
			service, err := client.New(client.Config{
				Root: server.URL + "/v1", Tokens: client.StaticToken("never-sent"), Keys: client.StaticKey("never-sent"),
				Retry: client.RetryPolicy{Attempts: 2, Base: time.Millisecond},
			})
			if err != nil {
				t.Fatal(err)
			}
			defer service.Close()
			err = service.Reach(t.Context())
			if (err == nil) != c.good || kindOf(err) != c.want {
				t.Errorf("got %v", err)
			}
			if asked != most {
				t.Errorf("it was asked %d times", asked)
			}
		})
	}
}

// kindOf is the kind of an error of the client's; zero for none.
func kindOf(err error) client.Kind {
	var e *client.Error
	errors.As(err, &e)
	if e == nil {
		return 0
	}
	return e.Kind
}
