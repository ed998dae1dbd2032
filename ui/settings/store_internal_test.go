package settings

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/activitydesk/activitydesk/client/redact"
)

func at() time.Time { return time.Date(2026, 11, 23, 14, 5, 0, 0, time.UTC) }

// opened opens a store on a file of the given content; "" leaves it missing.
func opened(t *testing.T, content string) (*Store, error) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "settings.json")
	if content != "" {
		put(t, path, content)
	}
	return open(path, at, 0)
}

func put(t *testing.T, path, content string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
}

func again(t *testing.T, s *Store) Settings {
	t.Helper()
	other, err := Open(s.Path())
	if err != nil {
		t.Fatal(err)
	}
	return other.Get()
}

func contoso(id string) Connection {
	return Connection{ID: id, Name: "Contoso " + id, Root: "https://api.ci.ai.dynamics.com/v1", Auth: AuthToken, RatePerMinute: 50}
}

func TestAFirstStartBeginsWithDefaultsAndWritesNothing(t *testing.T) {
	s, err := opened(t, "")
	if err != nil {
		t.Fatal(err)
	}
	got := s.Get()
	if got.Version != Version || got.RetentionDays != 90 || len(got.Connections) != 0 || got.LastInstance == nil {
		t.Errorf("got %+v", got)
	}
	if _, err := os.Stat(s.Path()); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a file was written: %v", err)
	}
}

func TestAChangeIsThereAfterTheNextStart(t *testing.T) {
	s, err := opened(t, "")
	if err != nil {
		t.Fatal(err)
	}
	err = s.Update(func(to *Settings) {
		to.Connections = append(to.Connections, contoso("a"))
		to.LastInstance["a"] = "instance"
		to.Window = Window{Width: 1280, Height: 860}
		to.Zone = "Europe/Berlin"
	})
	if err != nil {
		t.Fatal(err)
	}
	got := again(t, s)
	if c, ok := got.Connection("a"); !ok || c != contoso("a") {
		t.Errorf("got the connection %+v", c)
	}
	if got.LastInstance["a"] != "instance" || got.Window.Width != 1280 || got.Zone != "Europe/Berlin" {
		t.Errorf("got %+v", got)
	}
	info, err := os.Stat(s.Path())
	if err != nil {
		t.Fatal(err)
	}
	if runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("mode %o", info.Mode().Perm())
	}
	left, err := filepath.Glob(filepath.Join(filepath.Dir(s.Path()), ".settings-*"))
	if err != nil || len(left) != 0 {
		t.Errorf("temporary files are left: %v, %v", left, err)
	}
}

func TestWhatGetGivesIsACopy(t *testing.T) {
	s, err := opened(t, "")
	if err != nil {
		t.Fatal(err)
	}
	kept := map[string]string{"a": "b"}
	if err := s.Update(func(to *Settings) { to.LastEntity = kept }); err != nil {
		t.Fatal(err)
	}
	kept["a"] = "changed by the caller"
	s.Get().LastEntity["a"] = "changed in the copy"
	if got := s.Get().LastEntity["a"]; got != "b" {
		t.Errorf("got %q", got)
	}
}

func TestTwoDesksDoNotUndoEachOther(t *testing.T) {
	first, err := opened(t, "")
	if err != nil {
		t.Fatal(err)
	}
	second, err := Open(first.Path())
	if err != nil {
		t.Fatal(err)
	}
	first.patience, second.patience = time.Minute, time.Minute // for all the others, on whatever disk
	var wg sync.WaitGroup
	for i := range 10 {
		for name, s := range map[string]*Store{"first": first, "second": second} {
			wg.Go(func() {
				id := fmt.Sprintf("%s-%d", name, i)
				if err := s.Update(func(to *Settings) { to.Connections = append(to.Connections, contoso(id)) }); err != nil {
					t.Errorf("%s: %v", id, err)
				}
			})
		}
	}
	wg.Wait()
	if got := len(again(t, first).Connections); got != 20 {
		t.Errorf("%d of 20 connections are kept", got)
	}
}

func TestMembersOfALaterVersionSurviveAChange(t *testing.T) {
	s, err := opened(t, `{"version":1,"future":{"a":[1,2.50]},"connections":[
		{"id":"a","name":"A","root":"https://h/v1","auth":"token","cloud":"organizations"}],
		"window":{"width":1,"screen":2}}`)
	if err != nil {
		t.Fatal(err)
	}
	err = s.Update(func(to *Settings) {
		to.Theme = "dark"
		to.Window.Height = 5
		// As a dialog does it that knows only its own fields.
		to.Connections[0] = Connection{ID: "a", Name: "Renamed", Root: "https://h/v1", Auth: AuthToken}
	})
	if err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(s.Path())
	if err != nil {
		t.Fatal(err)
	}
	var compact bytes.Buffer
	if err := json.Compact(&compact, data); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`"future":{"a":[1,2.50]}`, `"cloud":"organizations"`, `"screen":2`, `"name":"Renamed"`, `"theme":"dark"`, `"height":5`} {
		if !strings.Contains(compact.String(), want) {
			t.Errorf("%s is missing in %s", want, compact.String())
		}
	}
}

func TestADamagedFileIsKeptAsideAndSaid(t *testing.T) {
	for name, content := range map[string]string{
		"cut off":    `{"version":1,"connections":[`,
		"other type": `{"version":1,"connections":{}}`,
		"no version": `{"connections":[]}`,
		"no JSON":    "\x00\x01",
		"an array":   `[]`,
		"too large":  `{"version":1,"note":"` + strings.Repeat("x", maxSize) + `"}`,
	} {
		t.Run(name, func(t *testing.T) {
			s, err := opened(t, content)
			var damaged *DamagedError
			if !errors.As(err, &damaged) || !errors.Is(err, ErrDamaged) {
				t.Fatalf("got %v", err)
			}
			if want := s.Path() + ".damaged-20261123T140500Z"; damaged.KeptAs != want {
				t.Errorf("kept as %s, want %s", damaged.KeptAs, want)
			}
			kept, err := os.ReadFile(damaged.KeptAs)
			if err != nil || string(kept) != content {
				t.Errorf("what is kept aside is not what was there (%v)", err)
			}
			if err := s.Update(func(to *Settings) { to.Theme = "dark" }); err != nil {
				t.Errorf("the desk cannot go on: %v", err)
			}
		})
	}
}

func TestASecondDamageInTheSameSecondIsKeptToo(t *testing.T) {
	s, err := opened(t, "x")
	if !errors.Is(err, ErrDamaged) {
		t.Fatalf("got %v", err)
	}
	put(t, s.Path(), "y")
	_, err = open(s.Path(), at, 0)
	var damaged *DamagedError
	if !errors.As(err, &damaged) || !strings.HasSuffix(damaged.KeptAs, "Z-2") {
		t.Errorf("got %v", err)
	}
}

func TestAFileSpoiltWhileTheDeskRunsLosesNothing(t *testing.T) {
	s, err := opened(t, "")
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Update(func(to *Settings) { to.Zone = "UTC" }); err != nil {
		t.Fatal(err)
	}
	put(t, s.Path(), "{")
	if err := s.Update(func(to *Settings) { to.Theme = "dark" }); !errors.Is(err, ErrDamaged) || errors.Is(err, ErrNotKept) {
		t.Fatalf("got %v", err)
	}
	if got := again(t, s); got.Zone != "UTC" || got.Theme != "dark" {
		t.Errorf("got %+v", got)
	}
}

func TestAFileOfANewerVersionIsLeftUntouched(t *testing.T) {
	const content = `{"version":2,"connections":"another form"}`
	s, err := opened(t, content)
	if !errors.Is(err, ErrNewer) {
		t.Fatalf("got %v", err)
	}
	if err := s.Update(func(to *Settings) { to.Theme = "dark" }); !errors.Is(err, ErrNotKept) || !errors.Is(err, ErrNewer) {
		t.Errorf("got %v", err)
	}
	if s.Get().Theme != "dark" {
		t.Error("the change does not hold for the session")
	}
	data, err := os.ReadFile(s.Path())
	if err != nil || string(data) != content {
		t.Errorf("the file is now %s (%v)", data, err)
	}
}

func TestWhatCannotBeKeptHoldsForTheSessionAndIsKeptLater(t *testing.T) {
	parent := t.TempDir()
	folder := filepath.Join(parent, "later")
	s, err := open(filepath.Join(folder, "settings.json"), at, 0)
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range []string{"a", "b"} {
		err := s.Update(func(to *Settings) { to.Connections = append(to.Connections, contoso(id)) })
		if !errors.Is(err, ErrNotKept) {
			t.Fatalf("got %v", err)
		}
	}
	if got := len(s.Get().Connections); got != 2 {
		t.Fatalf("%d connections in this session", got)
	}
	if err := os.Mkdir(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	put(t, s.Path(), `{"version":1,"zone":"UTC"}`) // by another desk
	if err := s.Update(func(to *Settings) { to.Theme = "dark" }); err != nil {
		t.Fatal(err)
	}
	if got := again(t, s); len(got.Connections) != 2 || got.Zone != "UTC" || got.Theme != "dark" {
		t.Errorf("got %+v", got)
	}
}

func TestALinkToTheFileStaysALink(t *testing.T) {
	dir := t.TempDir()
	target, link := filepath.Join(dir, "elsewhere.json"), filepath.Join(dir, "settings.json")
	put(t, target, `{"version":1}`)
	if err := os.Symlink(target, link); err != nil {
		t.Skip("links cannot be made here:", err)
	}
	s, err := Open(link)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Update(func(to *Settings) { to.Theme = "dark" }); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Lstat(link); err != nil || info.Mode()&os.ModeSymlink == 0 {
		t.Errorf("the link is gone (%v)", err)
	}
	data, err := os.ReadFile(target)
	if err != nil || !strings.Contains(string(data), "dark") {
		t.Errorf("the target holds %s (%v)", data, err)
	}
}

func FuzzSettingsAreReadWithoutLoss(f *testing.F) {
	f.Add([]byte(`{"version":1}`))
	f.Add([]byte(`{"version":1,"connections":[{"id":"a","x":{"y":1e400}},null],"window":null,"lastInstance":null}`))
	f.Add([]byte(`{"Version":1,"VERSION":1,"zone":"UTC","\u017fone":"x"}`))
	f.Add([]byte(`{"version":2}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		first, err := decode(data)
		if err != nil {
			if !errors.Is(err, ErrDamaged) && !errors.Is(err, ErrNewer) {
				t.Fatalf("an error without a name: %v", err)
			}
			return
		}
		once, err := encode(first)
		if err != nil {
			t.Fatal(err)
		}
		second, err := decode(once)
		if err != nil {
			t.Fatalf("what was written cannot be read: %v\n%s", err, once)
		}
		twice, err := encode(second)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(once, twice) {
			t.Fatalf("written again it differs:\n%s\n%s", once, twice)
		}
		if lost := membersLost(t, data, once); lost != "" {
			t.Fatalf("the member %q of\n%s\nis lost in\n%s", lost, data, once)
		}
		if len(first.Connections) != len(second.Connections) || !maps.Equal(first.LastInstance, second.LastInstance) {
			t.Fatalf("written again it is %+v, was %+v", second, first)
		}
	})
}

func TestASecretInANameIsNotWritten(t *testing.T) {
	const secret = "known-secret-0123456789abcdef"
	s, err := opened(t, "")
	if err != nil {
		t.Fatal(err)
	}
	s.HideWith(redact.New(secret).Hide)
	c := contoso("a")
	c.Note = "the key is " + secret
	if err := s.Update(func(to *Settings) { to.Connections, to.Caller = append(to.Connections, c), secret }); err != nil {
		t.Fatal(err)
	}
	got := again(t, s)
	if got.Connections[0].Note != "the key is [hidden]" || got.Caller != "[hidden]" {
		t.Errorf("kept %+v", got)
	}
}

// membersLost names a member of the first object that the second does not have
// with the same value, of those that this version does not know; empty: none.
func membersLost(t *testing.T, before, after []byte) string {
	t.Helper()
	var had, has map[string]json.RawMessage
	if err := errors.Join(json.Unmarshal(before, &had), json.Unmarshal(after, &has)); err != nil {
		t.Fatal(err)
	}
	known, err := members(plainSettings(Defaults()))
	if err != nil {
		t.Fatal(err)
	}
	for name, value := range had {
		ours := false
		for own := range known {
			ours = ours || strings.EqualFold(own, name)
		}
		if !ours && !reflect.DeepEqual(exact(t, value), exact(t, has[name])) {
			return name
		}
	}
	return ""
}

// exact decodes JSON with numbers as they are written; a word of its own for what is not there.
func exact(t *testing.T, raw json.RawMessage) (value any) {
	t.Helper()
	if raw == nil {
		return "not there"
	}
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.UseNumber()
	if err := decoder.Decode(&value); err != nil {
		t.Fatal(err)
	}
	return value
}
