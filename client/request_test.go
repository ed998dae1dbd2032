// What becomes of every kind of answer to a read, and when it is asked again.

package client

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/activitydesk/activitydesk/client/openapitest"
)

func TestEveryStatusInEveryFormIsOneTypedError(t *testing.T) {
	kinds := map[int]Kind{
		204: KindUnexpected, 301: KindRedirect, 302: KindRedirect, 303: KindRedirect, 304: KindRedirect, 307: KindRedirect, 308: KindRedirect,
		400: KindBadRequest, 401: KindUnauthorized, 403: KindForbidden, 404: KindNotFound, 406: KindBadRequest, 408: KindTimeout,
		409: KindConflict, 418: KindBadRequest, 429: KindRateLimited, 500: KindServer, 501: KindServer, 503: KindServer, 504: KindServer,
	}
	forms := []struct{ name, contentType, body, code, message string }{
		{"service", "application/json", `{"errorCode":"x","message":"m"}`, "x", "m"},
		{"OData", "application/json; odata.metadata=minimal", `{"error":{"code":"x","message":"m"}}`, "x", "m"},
		{"gateway", "application/json", `{"statusCode":400,"message":"m"}`, "", "m"},
		{"JSON called text", "text/plain", `{"errorCode":"x","message":"m"}`, "x", "m"},
		{"HTML", "text/html", "<html><h1>Bad Gateway</h1></html>", "", ""},
		{"empty", "", "", "", ""},
		{"cut off", "application/json", `{"errorCode":"x","mes`, "", ""},
		{"10 MB", "text/html", strings.Repeat("x", 10<<20), "", ""},
	}
	for status, kind := range kinds {
		for _, form := range forms {
			t.Run(fmt.Sprintf("%d %s", status, form.name), func(t *testing.T) {
				s := serve(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
					w.Header().Set("Content-Type", form.contentType)
					w.Header().Set("x-ms-request-id", "id-7")
					w.WriteHeader(status)
					_, _ = io.WriteString(w, form.body)
				}), openapitest.RequestsOnly())
				_, err := s.instance().MyRole(t.Context())
				e := asError(t, err, kind)
				if e.Status != status || e.RequestID != "id-7" || e.Op != "get role" || !e.Progress.FirstByte || e.Header == nil {
					t.Errorf("error = %+v", e)
				}
				if status == 204 || status == 304 {
					return // without a body in HTTP
				}
				if e.Code != form.code || e.Message != form.message {
					t.Errorf("code %q, message %q; want %q, %q", e.Code, e.Message, form.code, form.message)
				}
				checkKeptBody(t, e, form.body)
			})
		}
	}
}

// checkKeptBody: a body is kept as it came, up to the limit.
func checkKeptBody(t *testing.T, e *Error, sent string) {
	t.Helper()
	want, long := sent, len(sent) > maxErrorBody
	if long {
		want = sent[:maxErrorBody]
	}
	if string(e.Body) != want || e.Truncated != long {
		t.Errorf("body of %d bytes (of %d), truncated %v", len(e.Body), len(sent), e.Truncated)
	}
}

func TestARedirectIsNotFollowedAndSaysWhereItPointed(t *testing.T) {
	for _, status := range []int{301, 302, 303, 307, 308} {
		h, count := inTurn(t, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Location", "https://login.example.com/sign-in?state=secret#frag")
			w.WriteHeader(status)
		})
		_, err := serve(t, h).Instances(t.Context())
		e := asError(t, err, KindRedirect)
		if e.Location != "https://login.example.com/sign-in" || strings.Contains(fmt.Sprintf("%+v", e), "state=") || count() != 1 {
			t.Errorf("%d: %+v after %d requests", status, e, count())
		}
	}
	for name, location := range map[string]string{"none": "", "not an address": "https://[::1"} {
		h, _ := inTurn(t, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Location", location)
			w.WriteHeader(302)
		})
		_, err := serve(t, h).Instances(t.Context())
		if e := asError(t, err, KindRedirect); e.Location != "" || e.Status != 302 {
			t.Errorf("%s: %+v", name, e)
		}
	}
}

func TestAGoodStatusWithSomethingElseThanJSON(t *testing.T) {
	cases := []struct {
		name    string
		handler http.HandlerFunc
		kind    Kind
	}{
		{"web page", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			_, _ = io.WriteString(w, "<html>Sign in</html>")
		}, KindUnexpected},
		{"JSON called HTML", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/html")
			_, _ = io.WriteString(w, "[]")
		}, KindUnexpected},
		{"content type that is none", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", ";;;")
			_, _ = io.WriteString(w, "[]")
		}, KindUnexpected},
		{"empty", answerJSON(200, ""), KindUnexpected},
		{"spaces", answerJSON(200, " \n"), KindUnexpected},
		{"cut off within JSON", answerJSON(200, `[{"instanceId":`), KindUnexpected},
		{"too long", answerJSON(200, `"`+strings.Repeat("x", 4096)+`"`), KindTooLarge},
		{"unknown encoding", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Encoding", "br")
			answerJSON(200, "[]")(w, nil)
		}, KindUnexpected},
		{"no gzip although it says so", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Encoding", "gzip")
			answerJSON(200, "plain text")(w, nil)
		}, KindUnexpected},
		{"bomb", gzipped(bytes.Repeat([]byte(" "), 8<<20)), KindTooLarge},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			h, _ := inTurn(t, c.handler)
			s := serve(t, h, openapitest.RequestsOnly())
			s.limits.read = 2048
			_, err := s.Instances(t.Context())
			if e := asError(t, err, c.kind); e.Status != 200 || e.Error() == "" || len(e.Body) > maxErrorBody {
				t.Errorf("error = %+v", e)
			}
		})
	}
}

func gzipped(body []byte) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("Content-Encoding", "gzip")
		zip := gzip.NewWriter(w)
		_, _ = zip.Write(body)
		_ = zip.Close()
	}
}

func TestGzipIsUnderstood(t *testing.T) {
	s := serve(t, gzipped([]byte(`[{"instanceId":"`+instanceID+`"}]`)))
	if list, err := s.Instances(t.Context()); err != nil || len(list) != 1 {
		t.Errorf("list = %v (%v)", list, err)
	}
	// A transport that hands over what is still zipped.
	var zipped bytes.Buffer
	zip := gzip.NewWriter(&zipped)
	_, _ = io.WriteString(zip, "[]")
	_ = zip.Close()
	net := &canned{answer: func(*http.Request) *http.Response {
		resp := response(200, zipped.String())
		resp.Header.Set("Content-Encoding", "GZIP")
		return resp
	}}
	if _, err := connect(t, RootCurrent, net).Instances(t.Context()); err != nil {
		t.Errorf("zipped by hand: %v", err)
	}
	empty := &canned{answer: func(*http.Request) *http.Response {
		resp := response(200, "")
		resp.Header.Set("Content-Encoding", "gzip")
		return resp
	}}
	_, err := connect(t, RootCurrent, empty).Instances(t.Context())
	wantKind(t, err, KindUnexpected)
}

func TestAnEndlessAnswerEnds(t *testing.T) {
	for _, status := range []int{200, 500} {
		h, _ := inTurn(t, func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			w.WriteHeader(status)
			for r.Context().Err() == nil {
				if _, err := w.Write(bytes.Repeat([]byte(" "), 1<<12)); err != nil {
					return
				}
			}
		})
		s := serve(t, h, openapitest.RequestsOnly())
		s.limits.read, s.retry.Attempts = 1<<16, 1
		_, err := s.Instances(t.Context())
		want := KindTooLarge
		if status == 500 {
			want = KindServer
		}
		if e := asError(t, err, want); !e.Truncated || len(e.Body) > maxErrorBody {
			t.Errorf("body of %d bytes, truncated %v", len(e.Body), e.Truncated)
		}
	}
}

// beginning is a transport that says when an answer has begun: its headers have
// come, and its body is what is waited for.
type beginning struct {
	http.RoundTripper
	begun chan<- struct{}
}

func (b beginning) RoundTrip(r *http.Request) (*http.Response, error) {
	response, err := b.RoundTripper.RoundTrip(r)
	if err == nil {
		b.begun <- struct{}{}
	}
	return response, err
}

func TestTimeAndWill(t *testing.T) {
	block := func(release <-chan struct{}, headers bool) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			if headers {
				w.Header().Set("Content-Type", "application/json")
				w.WriteHeader(200)
				_ = http.NewResponseController(w).Flush()
			}
			select {
			case <-release:
			case <-r.Context().Done():
			}
		}
	}
	for _, headers := range []bool{false, true} {
		t.Run("too slow, headers first "+strconv.FormatBool(headers), func(t *testing.T) {
			release := make(chan struct{})
			defer close(release)
			s := serve(t, block(release, headers), openapitest.RequestsOnly())
			begun, each := make(chan struct{}, 2), 0
			if headers {
				s.http.Transport, each = beginning{s.http.Transport, begun}, 1
			}
			ctx := s.outOfTime(t, begun, each)
			s.retry.Attempts = 2
			_, err := s.Instances(ctx)
			if e := asError(t, err, KindTimeout); !errors.Is(err, errTooSlow) || !e.Progress.RequestWritten {
				t.Errorf("error = %+v", e)
			}
			if used, _ := s.Pacer().Usage(); used != 2 {
				t.Errorf("%d attempts, want 2", used)
			}
		})
		t.Run("cancelled, headers first "+strconv.FormatBool(headers), func(t *testing.T) {
			release := make(chan struct{})
			defer close(release)
			ctx, cancel := context.WithCancel(t.Context())
			s := serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				time.AfterFunc(time.Millisecond, cancel)
				block(release, headers)(w, r)
			}), openapitest.RequestsOnly())
			_, err := s.Instances(ctx)
			if wantKind(t, err, KindCancelled); !errors.Is(err, context.Canceled) {
				t.Errorf("error = %v", err)
			}
		})
	}
	t.Run("over before it began", func(t *testing.T) {
		s := serve(t, answerJSON(200, "[]"))
		ctx, cancel := context.WithDeadline(t.Context(), time.Unix(0, 0))
		defer cancel()
		_, err := s.Instances(ctx)
		if e := asError(t, err, KindTimeout); e.Progress != (Progress{}) {
			t.Errorf("progress = %+v", e.Progress)
		}
	})
	t.Run("while waiting to ask again", func(t *testing.T) {
		h, _ := inTurn(t, answerJSON(503, ""))
		s := serve(t, h)
		s.sleep = func(context.Context, time.Duration) error { return context.Canceled }
		_, err := s.Instances(t.Context())
		wantKind(t, err, KindCancelled)
	})
}
