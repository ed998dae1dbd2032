package settings

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

func TestPeekSeesTheFileAndChangesNothing(t *testing.T) {
	path := filepath.Join(t.TempDir(), "settings.json")
	one, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := one.Peek(); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("without a file: error is %v", err)
	}
	two, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := two.Update(func(s *Settings) { s.Guards["a"] = map[string]string{"i": GuardAsk} }); err != nil {
		t.Fatal(err)
	}
	found, err := one.Peek()
	if err != nil || found.Guards["a"]["i"] != GuardAsk {
		t.Errorf("it sees %v, error %v", found.Guards, err)
	}
	if len(one.Get().Guards) != 0 {
		t.Error("looking has changed what the store knows")
	}
	for text, want := range map[string]error{`{"version": 999}`: ErrNewer, `{"guards": `: ErrDamaged} {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := one.Peek(); !errors.Is(err, want) {
			t.Errorf("%s: error is %v", text, err)
		}
		if left, err := os.ReadFile(path); err != nil || string(left) != text {
			t.Errorf("%s: the file is %q, %v", text, left, err)
		}
	}
}

func TestAFileThatIsInOtherHandsIsTriedAgain(t *testing.T) {
	held, tries := errors.New("in use"), 0
	err := patiently(func() error {
		if tries++; tries < 3 {
			return held
		}
		return nil
	})
	if err != nil || tries != 3 {
		t.Errorf("error %v after %d tries", err, tries)
	}
	tries = 0
	if err := patiently(func() error { tries++; return fs.ErrNotExist }); !errors.Is(err, fs.ErrNotExist) || tries != 1 {
		t.Errorf("error %v after %d tries", err, tries)
	}
	tries = 0
	if err := patiently(func() error { tries++; return held }); !errors.Is(err, held) || tries != 5 {
		t.Errorf("error %v after %d tries", err, tries)
	}
}
