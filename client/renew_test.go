package client

import (
	"context"
	"errors"
	"net/http"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// inLine gives its tokens in turn: the next after the one given was refused.
type inLine struct {
	mu     sync.Mutex
	tokens []string
	err    error // in place of the next token
}

func (r *inLine) AccessToken(context.Context) (string, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.tokens) == 0 {
		return "", r.err
	}
	return r.tokens[0], nil
}

func (r *inLine) InvalidateToken(token string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.tokens) > 0 && r.tokens[0] == token && (len(r.tokens) > 1 || r.err != nil) {
		r.tokens = r.tokens[1:]
	}
}

// wants answers 401 to every token but one.
func wants(t *testing.T, token string) (http.Handler, *atomic.Int64) {
	t.Helper()
	var asked atomic.Int64
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked.Add(1)
		if r.Header.Get("Authorization") != "Bearer "+token {
			answerJSON(http.StatusUnauthorized, `{"statusCode":401,"message":"Access token is invalid or has expired."}`)(w, r)
			return
		}
		answerJSON(http.StatusOK, "[]")(w, r)
	}), &asked
}

func TestAReadIsMadeOnceMoreWithARenewedToken(t *testing.T) {
	h, asked := wants(t, "token-2")
	s := serve(t, h)
	s.tokens = &inLine{tokens: []string{"token-1", "token-2"}}
	if _, err := s.Instances(t.Context()); err != nil {
		t.Fatal(err)
	}
	if asked.Load() != 2 {
		t.Errorf("asked %d times", asked.Load())
	}
}

func TestASecond401IsTheAnswer(t *testing.T) {
	h, asked := wants(t, "token-9")
	s := serve(t, h)
	s.tokens = &inLine{tokens: []string{"token-1", "token-2", "token-3", "token-4"}}
	_, err := s.Instances(t.Context())
	wantKind(t, err, KindUnauthorized)
	if asked.Load() != 2 {
		t.Errorf("asked %d times", asked.Load())
	}
}

func TestTheSameTokenIsNotSentASecondTime(t *testing.T) {
	h, asked := wants(t, "token-9")
	s := serve(t, h)
	for name, source := range map[string]TokenSource{
		"static": StaticToken("token-1"), "read again": &kept{"token-1", "token-1"}, "renewed to none other": &inLine{tokens: []string{"token-1"}},
	} {
		asked.Store(0)
		s.tokens = source
		_, err := s.Instances(t.Context())
		wantKind(t, err, KindUnauthorized)
		if asked.Load() != 1 {
			t.Errorf("%s: asked %d times", name, asked.Load())
		}
	}
}

func TestWhyNoTokenCanBeHadStandsBesideThe401(t *testing.T) {
	h, asked := wants(t, "token-9")
	s := serve(t, h)
	why := errors.New("somebody has to sign in")
	s.tokens = &inLine{tokens: []string{"token-1"}, err: why}
	_, err := s.Instances(t.Context())
	wantKind(t, err, KindUnauthorized)
	if !errors.Is(err, why) || asked.Load() != 1 {
		t.Errorf("got %v after %d requests", err, asked.Load())
	}
}

// Many requests are refused at once, and only the first of them has the token
// renewed: what they carried counts, not what is there by then.
func TestARenewedTokenIsNotRenewedForTheRequestsBeforeIt(t *testing.T) {
	h, _ := wants(t, "token-2")
	s := serve(t, h)
	source := &inLine{tokens: []string{"token-1", "token-2", "token-3"}}
	s.tokens = source
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			if _, err := s.Instances(t.Context()); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if got, _ := source.AccessToken(t.Context()); got != "token-2" {
		t.Errorf("the token in use is %q", got)
	}
}

func TestAnInstanceSaysWhetherARefusedWriteWouldCarryOtherCredentials(t *testing.T) {
	h, asked := wants(t, "token-2")
	s := serve(t, h)
	s.tokens = &inLine{tokens: []string{"token-1", "token-2"}}
	i := s.instance()
	_, err := i.PostActivity(t.Context(), "E", []byte(`{}`), WriteOptions{})
	wantKind(t, err, KindUnauthorized)
	if asked.Load() != 1 {
		t.Errorf("a write was sent %d times", asked.Load())
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if i.Renewed(ended, err) || i.Renewed(t.Context(), errors.New("another error")) || i.Renewed(t.Context(), &Error{Kind: KindForbidden}) {
		t.Error("renewed for what is no 401, or for nobody")
	}
	if !i.Renewed(t.Context(), err) {
		t.Error("not renewed")
	}
	s.tokens = StaticToken("token-1")
	_, err = i.PostActivity(t.Context(), "E", []byte(`{}`), WriteOptions{})
	if i.Renewed(t.Context(), err) {
		t.Error("a token that is always the same is called another")
	}
}

// Somebody signs out while a write waits for its place in the budget.
func TestWhatWaitsForTheBudgetDoesNotLeaveWithATokenThatIsNoMore(t *testing.T) {
	h, asked := wants(t, "token-1")
	s := serve(t, h)
	s.pacer, s.tokens = NewPacer(1, time.Minute, PacerClock(s.clock.now, s.clock.sleep)), StaticToken("token-1")
	if _, err := s.Instances(t.Context()); err != nil {
		t.Fatal(err)
	}
	s.tokens = &leaving{token: "token-1", why: errors.New("signed out")}
	_, err := s.instance().PostActivity(t.Context(), "E", []byte(`{}`), WriteOptions{})
	wantKind(t, err, KindCredentials)
	if asked.Load() != 1 {
		t.Errorf("the write left: %d requests", asked.Load())
	}
}

// leaving gives its token once.
type leaving struct {
	token string
	why   error
}

func (l *leaving) AccessToken(context.Context) (string, error) {
	token := l.token
	l.token = ""
	if token == "" {
		return "", l.why
	}
	return token, nil
}

// changed is a key that another desk has entered anew.
type changed struct{ keys []string }

func (c *changed) SubscriptionKey(context.Context) (string, error) { return c.keys[0], nil }

func (c *changed) Invalidate() {
	if len(c.keys) > 1 {
		c.keys = c.keys[1:]
	}
}

func TestAnotherKeyIsAReasonToAskAgain(t *testing.T) {
	var asked []string
	s := serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked = append(asked, r.Header.Get(keyHeader))
		if r.Header.Get(keyHeader) != "key-2" {
			answerJSON(http.StatusUnauthorized, `{"statusCode":401,"message":"Access denied due to invalid subscription key."}`)(w, r)
			return
		}
		answerJSON(http.StatusOK, "[]")(w, r)
	}))
	s.keys = &changed{keys: []string{"key-1", "key-2"}}
	if _, err := s.Instances(t.Context()); err != nil || len(asked) != 2 {
		t.Errorf("asked with %q, %v", asked, err)
	}
}
