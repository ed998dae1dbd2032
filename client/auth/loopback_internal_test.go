package auth

import (
	"context"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
)

// late is an answer that takes longer to go out than idle connections are waited
// for, as on a computer that is busy.
type late struct{ http.ResponseWriter }

func (l late) WriteHeader(status int) {
	time.Sleep(closeLimit + closeLimit/4)
	l.ResponseWriter.WriteHeader(status)
}

func (l late) Unwrap() http.ResponseWriter { return l.ResponseWriter }

func TestAPageThatGoesOutSlowlyIsNotCutOff(t *testing.T) {
	l, err := listenLoopback("the-state")
	if err != nil {
		t.Fatal(err)
	}
	l.server.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { l.serve(late{w}, r) })
	shown := make(chan string, 1)
	go func() {
		answer, err := http.PostForm(l.redirect(), url.Values{"state": {"the-state"}, "code": {"c"}})
		if err != nil {
			shown <- err.Error()
			return
		}
		text, err := io.ReadAll(answer.Body)
		_ = answer.Body.Close()
		if err != nil {
			shown <- err.Error()
			return
		}
		shown <- string(text)
	}()
	if _, err := l.wait(t.Context()); err != nil {
		t.Fatal(err)
	}
	l.end(context.Background(), true)
	if page := <-shown; !strings.Contains(page, pageSignedIn.Title) {
		t.Errorf("the browser shows %s", page)
	}
}
