// A service of a test's own behind the desk, which keeps every byte that it is
// sent.

package ui

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"sync"
	"testing"

	"github.com/activitydesk/activitydesk/client/journal"
	"github.com/activitydesk/activitydesk/client/vault"
	"github.com/activitydesk/activitydesk/ui/settings"
)

// wirePost is a write as it came over the wire.
type wirePost struct {
	uri  string // as in the request's first line
	body string
}

// recorder stands before a service and keeps the writes that pass.
type recorder struct {
	*httptest.Server
	mu    sync.Mutex
	posts []wirePost
}

func newRecorder(t *testing.T, service http.Handler) *recorder {
	t.Helper()
	r := &recorder{}
	r.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, request *http.Request) {
		if request.Method == http.MethodPost {
			body, err := io.ReadAll(request.Body)
			if err != nil {
				return // the caller went away
			}
			r.mu.Lock()
			r.posts = append(r.posts, wirePost{request.RequestURI, string(body)})
			r.mu.Unlock()
			request.Body = io.NopCloser(bytes.NewReader(body))
		}
		service.ServeHTTP(w, request)
	}))
	t.Cleanup(r.Close)
	return r
}

// posted are the writes so far.
func (r *recorder) posted() []wirePost {
	r.mu.Lock()
	defer r.mu.Unlock()
	return append([]wirePost(nil), r.posts...)
}

// ownConnection is the connection to a test's own service.
const ownConnection = "own"

// workingAt starts a desk on a folder that is connected to a service, with the
// secrets of the sandbox.
func workingAt(t *testing.T, folder string, service *recorder, instance string, change ...func(*Options)) *working {
	t.Helper()
	address, err := url.Parse(service.URL)
	if err != nil {
		t.Fatal(err)
	}
	keyring := vault.OpenMemory(nil)
	for kind, value := range map[vault.Kind]string{vault.KindToken: "sandbox-token", vault.KindSubscriptionKey: "sandbox-key"} {
		if err := keyring.Set(t.Context(), vault.Ref{Connection: ownConnection, Host: address.Host, Kind: kind}, value); err != nil {
			t.Fatal(err)
		}
	}
	w := prepareWorking(t, folder, append(change, func(o *Options) {
		o.Keyring = keyring
		store, err := settings.Open(settingsFile(o.Folders))
		if err != nil {
			t.Fatal(err)
		}
		if err := store.Update(func(s *settings.Settings) {
			s.LastConnection = ownConnection
			s.Connections = []settings.Connection{{
				ID: ownConnection, Name: "Own", Root: service.URL + "/v1", Auth: settings.AuthToken, RatePerMinute: 10_000,
			}}
		}); err != nil {
			t.Fatal(err)
		}
	})...)
	w.begin()
	w.queue.until(t, "the instances", func() bool {
		if w.session0().Place().Connection.ID != ownConnection {
			return false
		}
		list, loading, _ := w.session.Instances()
		return len(list) > 0 && !loading
	})
	w.choose(instance)
	w.queue.until(t, "the entities of "+instance, func() bool {
		p := w.session.Place()
		return p.Instance.Name == instance && !p.LoadedAt.IsZero() && !p.Loading
	})
	return w
}

// untilSent waits until the send that was begun now has its outcome.
func (w *working) untilSent() journal.Entry {
	w.t.Helper()
	last := w.compose.current.last
	if last == nil {
		w.t.Fatalf("nothing is being sent; the bar says %q, it says %q", w.compose.work.reason.Text(), w.noticeTexts())
	}
	w.queue.until(w.t, "the outcome of the send", func() bool { return !last.Busy && last.Look != lookBusy })
	return last.Entry
}

// membersIn are the members of a JSON object as they are written.
func membersIn(t testing.TB, body string) map[string]string {
	t.Helper()
	var raw map[string]json.RawMessage
	if err := json.Unmarshal([]byte(body), &raw); err != nil {
		t.Fatalf("%v in %.300s", err, body)
	}
	members := map[string]string{}
	for name, value := range raw {
		members[name] = string(value)
	}
	return members
}
