// Credentials: where they come from, where they go, and where they never show.

package client

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/activitydesk/activitydesk/client/redact"
)

type failing struct{ err error }

func (f failing) AccessToken(context.Context) (string, error)     { return "", f.err }
func (f failing) SubscriptionKey(context.Context) (string, error) { return "", f.err }

func TestWithoutCredentialsNothingIsSent(t *testing.T) {
	cause := errors.New("the keyring is locked")
	cases := map[string]struct {
		tokens TokenSource
		keys   KeySource
	}{
		"token source fails":  {failing{cause}, nil},
		"key source fails":    {StaticToken(secretToken), failing{cause}},
		"no token":            {StaticToken(""), nil},
		"token with newline":  {StaticToken("a\r\nX: y"), nil},
		"key with a space in": {StaticToken(secretToken), StaticKey("a b")},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			s := serve(t, http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Error("something was sent") }))
			s.tokens, s.keys = c.tokens, c.keys
			_, err := s.Instances(t.Context())
			if e := asError(t, err, KindCredentials); e.Uncertain() || e.Err == nil {
				t.Errorf("error = %+v", e)
			}
			if used, _ := s.Pacer().Usage(); used != 0 {
				t.Error("it was counted")
			}
		})
	}
	s := serve(t, answerJSON(200, "[]"))
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	s.tokens = failing{cause}
	_, err := s.Instances(ctx)
	wantKind(t, err, KindCancelled)
}

// renewing gives another token each time.
type renewing struct{ asked int }

func (r *renewing) AccessToken(context.Context) (string, error) {
	r.asked++
	return "token-number-" + strconv.Itoa(r.asked), nil
}

func TestATokenThatWaitedLongIsAskedForAgain(t *testing.T) {
	var got []string
	s := serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		got = append(got, r.Header.Get("Authorization"))
		answerJSON(200, "[]")(w, r)
	}))
	s.tokens = &renewing{}
	for range 2 {
		if _, err := s.Instances(t.Context()); err != nil {
			t.Fatal(err)
		}
		s.Pacer().PauseUntil(s.clock.now().Add(time.Minute))
	}
	if len(got) != 2 || got[0] != "Bearer token-number-1" || got[1] != "Bearer token-number-3" {
		t.Errorf("sent %q, want the first and the third", got)
	}
}

// kept is a source that keeps what it read until it is told that it is no good.
type kept struct{ secret, next string }

func (k *kept) AccessToken(context.Context) (string, error)     { return k.secret, nil }
func (k *kept) SubscriptionKey(context.Context) (string, error) { return k.secret, nil }
func (k *kept) Invalidate()                                     { k.secret = k.next }

func TestWhatTheServiceDidNotAcceptIsReadAgain(t *testing.T) {
	var got []string
	handler, _ := inTurn(t,
		answerJSON(http.StatusForbidden, `{"errorCode":"unsupportedOperation"}`),
		answerJSON(http.StatusUnauthorized, `{"statusCode":401,"message":"Access denied."}`),
		answerJSON(http.StatusOK, `[]`))
	s := serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		got = append(got, r.Header.Get("Authorization")+" "+r.Header.Get("Ocp-Apim-Subscription-Key"))
		handler(w, r)
	}))
	s.tokens, s.keys = &kept{"old-token", "new-token"}, &kept{"old-key", "new-key"}
	_, err := s.Instances(t.Context())
	wantKind(t, err, KindForbidden)
	if _, err := s.Instances(t.Context()); err != nil { // refused once, and asked once more
		t.Fatal(err)
	}
	if want := []string{"Bearer old-token old-key", "Bearer old-token old-key", "Bearer new-token new-key"}; !slices.Equal(got, want) {
		t.Errorf("sent %q, want %q", got, want)
	}
}

func TestNoSecretIsInErrorsOrLogs(t *testing.T) {
	var mu sync.Mutex
	var log bytes.Buffer
	echo := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("X-Echo", r.Header.Get("Authorization"))
		w.Header().Set("x-ms-request-id", r.Header.Get("Ocp-Apim-Subscription-Key"))
		w.Header().Set("Set-Cookie", "session="+secretKey)
		answerJSON(400, fmt.Sprintf(`{"errorCode":"%s","message":"%s","target":"%[2]s","details":[{"message":"%[1]s"}]}`,
			r.Header.Get("Authorization"), r.Header.Get("Ocp-Apim-Subscription-Key")))(w, r)
	})
	s := serve(t, echo)
	s.logger = slog.New(redact.NewHandler(slog.NewJSONHandler(writerFunc(func(p []byte) (int, error) {
		mu.Lock()
		defer mu.Unlock()
		return log.Write(p)
	}), &slog.HandlerOptions{Level: slog.LevelDebug}), s.redact))
	_, err := s.instance().Query(t.Context(), "Customer", Query{Filter: Eq("CustomerId", Text("CNTID_1000"))})
	e := asError(t, err, KindBadRequest)
	seen := fmt.Sprintf("%v %+v %s %v", err, e, e.Body, e.Header) + log.String()
	for _, secret := range []string{secretToken, secretKey} {
		if strings.Contains(seen, secret) {
			t.Errorf("%q is in %s", secret, seen)
		}
	}
	if strings.Contains(log.String(), "CNTID_1000") || !strings.Contains(log.String(), `"op":"query Customer"`) || !strings.Contains(log.String(), `"status":400`) {
		t.Errorf("log = %s", log.String())
	}
	s.tokens = failing{errors.New("bad token " + secretToken)}
	_, err = s.Instances(t.Context())
	if wantKind(t, err, KindCredentials); strings.Contains(err.Error(), secretToken) {
		t.Errorf("error = %v", err)
	}
}

type writerFunc func([]byte) (int, error)

func (f writerFunc) Write(p []byte) (int, error) { return f(p) }

func TestCookiesAreNotKept(t *testing.T) {
	h, _ := inTurn(t, func(w http.ResponseWriter, r *http.Request) {
		http.SetCookie(w, &http.Cookie{Name: "a", Value: "b"})
		answerJSON(200, "[]")(w, r)
	}, func(w http.ResponseWriter, r *http.Request) {
		if len(r.Cookies()) != 0 {
			t.Errorf("sent the cookies %v", r.Cookies())
		}
		answerJSON(200, "[]")(w, r)
	})
	s := serve(t, h)
	for range 2 {
		if _, err := s.Instances(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
}
