package guard

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/activitydesk/activitydesk/client/metadata"
	"github.com/activitydesk/activitydesk/client/outbox"
	"github.com/activitydesk/activitydesk/ui/settings"
)

var (
	aSandbox    = metadata.Instance{ID: "5a0d0000-0000-4000-8000-000000000001", Name: "Try", Type: "sandbox"}
	aProduction = metadata.Instance{ID: "5a0d0000-0000-4000-8000-0000000000AB", Name: "Live", Type: "production"}
)

// ruled is a store with rules over one settings file.
type ruled struct {
	t     *testing.T
	store *settings.Store
	*Rules
}

func rulesOver(t *testing.T, path string) ruled {
	t.Helper()
	store, _ := settings.Open(path) // what is wrong with the file is the test's own doing
	return ruled{t, store, New(store.Peek)}
}

// choose makes a rule hold and has it kept.
func (r ruled) choose(connection string, in metadata.Instance, to outbox.Rule, typed string) error {
	r.t.Helper()
	change, err := r.Choose(connection, in, to, typed)
	if err != nil {
		r.t.Fatal(err)
	}
	return r.store.Update(change)
}

func (r ruled) is(connection string, in metadata.Instance, want outbox.Rule) {
	r.t.Helper()
	if got := r.Rule(connection, in); got != want {
		r.t.Errorf("%s by %s is %s, want %s", in.Name, connection, got, want)
	}
	if got := r.Known(connection, in); got != want {
		r.t.Errorf("%s by %s is known as %s, want %s", in.Name, connection, got, want)
	}
}

func settingsWith(guards string) string {
	return `{"version": 1, "guards": ` + guards + `, "connections": [
		{"id": "a", "name": "First", "root": "https://a.example/v1", "auth": "token"},
		{"id": "b", "name": "Second", "root": "https://b.example/v1", "auth": "token"}]}`
}

func TestWhatTheSettingsSayOfAnInstanceHoldsAndAnUnknownWordIsReadOnly(t *testing.T) {
	path := filepath.Join(t.TempDir(), "settings.json")
	for word, want := range map[string]outbox.Rule{
		`{}`: outbox.RuleReadOnly,
		`{"a": {"5a0d0000-0000-4000-8000-0000000000ab": "free"}}`:                                                outbox.RuleFree,
		`{"a": {"5A0D0000-0000-4000-8000-0000000000AB": "ask"}}`:                                                 outbox.RuleAsk,
		`{"a": {"5a0d0000-0000-4000-8000-0000000000ab": "maybe"}}`:                                               outbox.RuleReadOnly,
		`{"b": {"5a0d0000-0000-4000-8000-0000000000ab": "free"}}`:                                                outbox.RuleReadOnly,
		`{"a": {"5a0d0000-0000-4000-8000-0000000000ab": "free", "5A0D0000-0000-4000-8000-0000000000AB": "ask"}}`: outbox.RuleAsk,
	} {
		writeFile(t, path, settingsWith(word))
		r := rulesOver(t, path)
		r.is("a", aProduction, want)
		r.is("a", aSandbox, outbox.RuleFree)
	}
	writeFile(t, path, settingsWith(`{"a": {"`+aSandbox.ID+`": "perhaps"}}`))
	rulesOver(t, path).is("a", aSandbox, outbox.RuleReadOnly)
}

func TestLooseningAsksForTheNameOfWhatIsNotASandboxAndTighteningNever(t *testing.T) {
	r := rulesOver(t, filepath.Join(t.TempDir(), "settings.json"))
	var name *outbox.NameError
	for _, typed := range []string{"", "live", "Try"} {
		for _, to := range []outbox.Rule{outbox.RuleAsk, outbox.RuleFree} {
			if _, err := r.Choose("a", aProduction, to, typed); !errors.As(err, &name) {
				t.Errorf("%s with %q: error is %v", to, typed, err)
			}
		}
	}
	r.is("a", aProduction, outbox.RuleReadOnly)
	steps := []struct {
		in    metadata.Instance
		to    outbox.Rule
		typed string
	}{
		{aProduction, outbox.RuleAsk, "Live"},
		{aProduction, outbox.RuleFree, "Live"},
		{aProduction, outbox.RuleAsk, ""},
		{aProduction, outbox.RuleReadOnly, ""},
		{aSandbox, outbox.RuleReadOnly, ""},
		{aSandbox, outbox.RuleAsk, ""},
		{aSandbox, outbox.RuleFree, ""},
	}
	for _, s := range steps {
		if err := r.choose("a", s.in, s.to, s.typed); err != nil {
			t.Fatal(err)
		}
		r.is("a", s.in, s.to)
		rulesOver(t, r.store.Path()).is("a", s.in, s.to) // at the next start
	}
	if of := r.store.Get().Guards["a"]; len(of) != 1 {
		t.Errorf("a sandbox that is free again leaves %v: as a production one day it would be free", of)
	}
}

func TestWhatProtectsAnInstanceByOneConnectionProtectsItByAll(t *testing.T) {
	path := filepath.Join(t.TempDir(), "settings.json")
	writeFile(t, path, settingsWith(`{"a": {"5a0d0000-0000-4000-8000-0000000000ab": "free"}, "gone": {"5a0d0000-0000-4000-8000-0000000000ab": "read-only"}}`))
	r := rulesOver(t, path)
	r.is("a", aProduction, outbox.RuleFree) // what a removed connection had is no word
	r.is("b", aProduction, outbox.RuleReadOnly)
	if err := r.choose("b", aProduction, outbox.RuleReadOnly, ""); err != nil {
		t.Fatal(err)
	}
	r.is("a", aProduction, outbox.RuleReadOnly)
	if by := r.Bound("a", aProduction, outbox.RuleAsk); by != "Second" {
		t.Errorf("it is bound by %q", by)
	}
	if by := r.Bound("b", aProduction, outbox.RuleFree); by != "" {
		t.Errorf("where it was chosen it is bound by %q", by)
	}
	if err := r.choose("b", aProduction, outbox.RuleAsk, "Live"); err != nil {
		t.Fatal(err)
	}
	r.is("a", aProduction, outbox.RuleAsk)
}

func TestAnotherDesksRuleHoldsFromTheNextReadingOn(t *testing.T) {
	path := filepath.Join(t.TempDir(), "settings.json")
	one, two := rulesOver(t, path), rulesOver(t, path)
	if err := two.choose("a", aSandbox, outbox.RuleReadOnly, ""); err != nil {
		t.Fatal(err)
	}
	if one.Known("a", aSandbox) != outbox.RuleFree {
		t.Error("it knew before it looked")
	}
	one.is("a", aSandbox, outbox.RuleReadOnly)
}

func TestOfTwoDesksThatChooseAtOnceTheStricterWins(t *testing.T) {
	path := filepath.Join(t.TempDir(), "settings.json")
	one, two := rulesOver(t, path), rulesOver(t, path)
	if err := one.choose("a", aProduction, outbox.RuleAsk, "Live"); err != nil {
		t.Fatal(err)
	}
	one.is("a", aProduction, outbox.RuleAsk)
	loosen, err := one.Choose("a", aProduction, outbox.RuleFree, "Live")
	if err != nil {
		t.Fatal(err)
	}
	if one.Known("a", aProduction) != outbox.RuleFree {
		t.Error("what was chosen does not hold at once")
	}
	if err := two.choose("a", aProduction, outbox.RuleReadOnly, ""); err != nil {
		t.Fatal(err)
	}
	one.is("a", aProduction, outbox.RuleReadOnly) // before it is written
	if err := one.store.Update(loosen); err != nil {
		t.Fatal(err)
	}
	one.is("a", aProduction, outbox.RuleReadOnly)
	two.is("a", aProduction, outbox.RuleReadOnly)
	if lost := one.Lost(); len(lost) != 1 || lost[0].ID != aProduction.ID || len(one.Lost()) != 0 {
		t.Errorf("told are %v", lost)
	}
}

func TestSettingsThatCannotBeReadLeaveTheStrictRules(t *testing.T) {
	for name, text := range map[string]string{"damaged": `{"version": 1, "guards"`, "newer": `{"version": 999, "guards": {}}`, "gone": ""} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "settings.json")
			writeFile(t, path, settingsWith(`{"a": {"5a0d0000-0000-4000-8000-0000000000ab": "free", "`+aSandbox.ID+`": "ask"}}`))
			r := rulesOver(t, path)
			r.is("a", aProduction, outbox.RuleFree)
			if text == "" {
				if err := os.Remove(path); err != nil {
					t.Fatal(err)
				}
			} else {
				writeFile(t, path, text)
			}
			r.is("a", aProduction, outbox.RuleReadOnly)
			r.is("a", aSandbox, outbox.RuleAsk) // what is known stays where it is the stricter
			rulesOver(t, path).is("a", aProduction, outbox.RuleReadOnly)
			if text != "" {
				rulesOver(t, path).is("a", aSandbox, outbox.RuleFree)
			}
		})
	}
}

func TestALoosenedRuleThatCannotBeKeptHoldsForThisSession(t *testing.T) {
	path := filepath.Join(t.TempDir(), "settings.json")
	writeFile(t, path, `{"version": 999}`)
	r := rulesOver(t, path)
	if err := r.choose("a", aProduction, outbox.RuleAsk, "Live"); !errors.Is(err, settings.ErrNotKept) {
		t.Fatalf("error is %v", err)
	}
	r.is("a", aProduction, outbox.RuleAsk)
	rulesOver(t, path).is("a", aProduction, outbox.RuleReadOnly)
}

func writeFile(t testing.TB, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}
