package settings

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/google/uuid"
)

// prepared is a connection as an administrator hands it on.
func prepared(name string) SharedConnection {
	return SharedConnection{
		Connection: Connection{
			ID: uuid.NewString(), Name: name, Root: "https://api.ci.ai.dynamics.com/v1", Auth: AuthBrowser, RatePerMinute: 60,
			Tenant: "contoso.com", ClientID: "2f7d1f8c-5b0f-4a53-9a5e-51a7a1f3a001", Note: "for the team", Colour: "violet",
		},
		Guards: map[string]string{"ce759201": GuardReadOnly},
	}
}

func TestConnectionsComeOutOfTheFileAsTheyWereHandedOn(t *testing.T) {
	one, two := prepared("Contoso (EU)"), prepared("Contoso (US) <&>")
	two.Auth, two.Authority, two.Scope, two.Guards = AuthDeviceCode, "https://login.microsoftonline.us", "https://api.example/.default", map[string]string{}
	path := filepath.Join(t.TempDir(), "connections.json")
	if err := WriteConnections(path, []SharedConnection{one, two}); err != nil {
		t.Fatal(err)
	}
	list, err := ReadConnections(path)
	if err != nil || !reflect.DeepEqual(list, []SharedConnection{one, two}) {
		t.Errorf("read %+v, error %v", list, err)
	}
	if about, err := os.Stat(path); err != nil || about.Mode().Perm()&0o077 != 0 && os.PathSeparator == '/' {
		t.Errorf("others can read it: %v, %v", about.Mode(), err)
	}
}

func TestAFileOfConnectionsHoldsNothingButWhatIsNamed(t *testing.T) {
	c := prepared("Contoso")
	// A newer desk may keep what this one must not hand on.
	c.extra = `{"clientSecret":"s3cret-that-nobody-else-has","lastInstance":"x"}`
	c.SessionOnly = true
	data, err := EncodeConnections([]SharedConnection{c})
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Kind        string
		Version     int
		Connections []map[string]json.RawMessage
	}
	if err := json.Unmarshal(data, &file); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(data), "s3cret") || strings.Contains(string(data), "sessionOnly") || len(file.Connections[0]) != 12 {
		t.Errorf("it holds %d members:\n%s", len(file.Connections[0]), data)
	}
}

func TestAFileThatCannotBeUsedSaysWhy(t *testing.T) {
	one := func(members string) string {
		return `{"kind":"activitydesk connections","version":1,"connections":[{"id":"","name":"n","root":"https://h","auth":"token"` + members + `}]}`
	}
	for text, says := range map[string]string{
		"":            "not JSON",
		"{":           "not JSON",
		"[]":          "not JSON",
		"PK\x03":      "not JSON",
		"{}":          "another kind",
		one("") + "x": "not JSON",
		`{"kind":"activitydesk presets","version":1}`:                     "another kind",
		`{"kind":"activitydesk connections"}`:                             "version",
		`{"kind":"activitydesk connections","version":0}`:                 "version",
		`{"kind":"activitydesk connections","version":1,"connections":7}`: "another type",
		one(`,"ratePerMinute":"many"`):                                    "another type",
		one(`,"ratePerMinute":-1`):                                        "connection 1",
		one(`,"root":"http://pa55w0rd.example"`):                          "https",
		one(`,"root":"https://me:pa55w0rd@h"`):                            "password",
		one(`,"root":"https://h?subscription-key=pa55w0rd"`):              "?",
		one(`,"authority":"http://pa55w0rd.example"`):                     "authority",
		one(`,"authority":"https://me:pa55w0rd@login"`):                   "authority",
		one(`,"auth":"sandbox"`):                                          "signs in",
		one(`,"auth":"telepathy"`):                                        "signs in",
		one(`,"name":" "`):                                                "name",
		one(`,"name":"a\u202eb"`):                                         "cannot be shown",
		one(`,"note":"a\nb"`):                                             "cannot be shown",
		one(`,"name":"` + strings.Repeat("x", 121) + `"`):                 "longer",
		one(`,"guards":{"i":"open"}`):                                     "guard",
		one(`,"guards":{"":"ask"}`):                                       "guard",
		`{"kind":"activitydesk connections","version":1,"connections":[` + strings.Repeat(`{},`, MaxSharedConnections) + `{}]}`: "the most",
		strings.Repeat(" ", MaxConnectionsFile+1): "larger",
	} {
		_, err := DecodeConnections([]byte(text))
		var damaged *ConnectionsFileError
		if !errors.As(err, &damaged) || !errors.Is(err, ErrConnectionsDamaged) || !strings.Contains(damaged.Reason, says) {
			t.Errorf("%.90q: %v, want %q", text, err, says)
		}
		if err != nil && strings.Contains(err.Error(), "pa55w0rd") {
			t.Errorf("it repeats what may be a password: %v", err)
		}
	}
	if _, err := DecodeConnections([]byte(`{"kind":"activitydesk connections","version":2,"connections":{}}`)); !errors.Is(err, ErrConnectionsNewer) {
		t.Errorf("a newer one: %v", err)
	}
	if _, err := ReadConnections(t.TempDir()); !errors.Is(err, ErrConnectionsDamaged) {
		t.Errorf("a folder: %v", err)
	}
	if _, err := ReadConnections(filepath.Join(t.TempDir(), "none")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("no file: %v", err)
	}
}

func TestAnIDThatIsNoneIsReplaced(t *testing.T) {
	for _, id := range []string{"", "sandbox", "../../evil", "7"} {
		list, err := DecodeConnections([]byte(`{"kind":"activitydesk connections","version":1,"connections":[{"id":"` + id + `","name":"n","root":"https://h","auth":"token"}]}`))
		if err != nil || len(list) != 1 {
			t.Fatalf("%q: %v", id, err)
		}
		if _, err := uuid.Parse(list[0].ID); err != nil {
			t.Errorf("%q became %q", id, list[0].ID)
		}
	}
	again := prepared("a")
	data, err := EncodeConnections([]SharedConnection{again, again})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := DecodeConnections(data); !errors.Is(err, ErrConnectionsDamaged) {
		t.Errorf("two of one id: %v", err)
	}
}

func TestAnImportSaysWhatEachConnectionWouldDo(t *testing.T) {
	kept, moved, fresh := prepared("Kept"), prepared("Moved"), prepared("Fresh")
	now := Defaults()
	now.Connections = []Connection{kept.Connection, moved.Connection}
	now.Connections[1].SessionOnly = true
	now.Guards = map[string]map[string]string{kept.ID: kept.Guards, moved.ID: moved.Guards}
	moved.Root, moved.Note = "https://other.example/v1", "new"

	plan := PlanImport(now, []SharedConnection{kept, moved, fresh}, nil)
	for i, want := range []Arrival{ArrivesSame, ArrivesChanged, ArrivesNew} {
		if plan[i].Arrival != want {
			t.Errorf("%s: %v, want %v", plan[i].Connection.Name, plan[i].Arrival, want)
		}
	}
	if got := strings.Join(plan[1].Changes, ", "); got != "address, note" || !plan[1].Connection.SessionOnly {
		t.Errorf("changed is %q, %+v", got, plan[1].Connection)
	}
	if now.Connections[1].Root == moved.Root {
		t.Error("the plan changed the settings")
	}
}

func TestAConnectionOfTheSameNameIsANewOneUnderAnother(t *testing.T) {
	here, other, same := prepared("Contoso"), prepared("contoso"), prepared("Contoso")
	other.Root = "https://other.example/v1"
	now := Defaults()
	now.Connections = []Connection{here.Connection}
	now.Guards[here.ID] = here.Guards
	plan := PlanImport(now, []SharedConnection{other, same, other}, nil)
	if plan[0].Arrival != ArrivesNew || plan[0].Connection.Name != "contoso (2)" || !plan[0].Renamed {
		t.Errorf("beside another: %+v", plan[0])
	}
	if plan[1].Arrival != ArrivesSame || plan[1].Connection.ID != here.ID {
		t.Errorf("the same in everything but the id: %+v", plan[1])
	}
	if plan[2].Connection.Name != "contoso (3)" {
		t.Errorf("twice in the file: %+v", plan[2])
	}
}

func TestAnImportNeverLoosensAGuard(t *testing.T) {
	free := func(_, instance string) bool { return instance == "sandbox-1" }
	for name, c := range map[string]struct {
		here, file string
		instance   string
		set        bool
	}{
		"production, nothing chosen, free":      {"", GuardFree, "prod", false},
		"production, nothing chosen, ask":       {"", GuardAsk, "prod", false},
		"production, nothing chosen, read-only": {"", GuardReadOnly, "prod", true},
		"free here, ask":                        {GuardFree, GuardAsk, "prod", true},
		"free here, read-only":                  {GuardFree, GuardReadOnly, "prod", true},
		"ask here, free":                        {GuardAsk, GuardFree, "prod", false},
		"ask here, read-only":                   {GuardAsk, GuardReadOnly, "prod", true},
		"read-only here, ask":                   {GuardReadOnly, GuardAsk, "prod", false},
		"sandbox, nothing chosen, ask":          {"", GuardAsk, "sandbox-1", true},
		"sandbox, read-only here, free":         {GuardReadOnly, GuardFree, "sandbox-1", false},
	} {
		t.Run(name, func(t *testing.T) {
			shared := prepared("Contoso")
			now := Defaults()
			now.Connections = []Connection{shared.Connection}
			if c.here != "" {
				now.Guards[shared.ID] = map[string]string{c.instance: c.here}
			}
			shared.Guards = map[string]string{c.instance: c.file}
			one := PlanImport(now, []SharedConnection{shared}, free)[0]
			if got := one.Guards[c.instance]; (got != "") != c.set {
				t.Errorf("set %q", got)
			}
			if (len(one.Held) > 0) == c.set {
				t.Errorf("held %v", one.Held)
			}
			if want := ArrivesSame; !c.set && one.Arrival != want {
				t.Errorf("it counts as %v", one.Arrival)
			}
		})
	}
}

func TestTheIDOfAConnectionWhoseSecretsAreAboutToGoIsNotTaken(t *testing.T) {
	shared := prepared("Contoso")
	now := Defaults()
	now.Leaving = []LeavingConnection{{ID: shared.ID, Root: shared.Root}}
	if one := PlanImport(now, []SharedConnection{shared}, nil)[0]; one.Connection.ID == shared.ID || one.Arrival != ArrivesNew {
		t.Errorf("planned %+v", one)
	}
}

func FuzzDecodeConnections(f *testing.F) {
	good, err := EncodeConnections([]SharedConnection{prepared("a"), prepared("b")})
	if err != nil {
		f.Fatal(err)
	}
	f.Add(good)
	f.Add([]byte(`{"kind":"activitydesk connections","version":1,"connections":[{"name":"n","root":"https://h/","auth":"token","guards":{"A":"ask","a":"free"}}]}`))
	f.Add([]byte("\ufeff{}"))
	f.Fuzz(func(t *testing.T, data []byte) {
		list, err := DecodeConnections(data)
		if err != nil {
			if !errors.Is(err, ErrConnectionsDamaged) && !errors.Is(err, ErrConnectionsNewer) {
				t.Fatalf("an error of another kind: %v", err)
			}
			return
		}
		now := Defaults()
		for _, one := range list {
			if err := one.Validate(); err != nil {
				t.Fatalf("%+v cannot be kept: %v", one, err)
			}
		}
		for _, one := range PlanImport(now, list, nil) {
			if len(one.Guards) > 0 && one.Arrival == ArrivesSame {
				t.Fatalf("a guard would be set unseen: %+v", one)
			}
			for instance, guard := range one.Guards {
				if guard != GuardReadOnly {
					t.Fatalf("%s became %s though nothing is known of it", instance, guard)
				}
			}
		}
		again, err := EncodeConnections(list)
		if err != nil {
			t.Fatal(err)
		}
		back, err := DecodeConnections(again)
		if err != nil || !reflect.DeepEqual(back, list) {
			t.Fatalf("written and read again: %+v, want %+v, error %v", back, list, err)
		}
	})
}
