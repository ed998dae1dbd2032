package settings

import (
	"os"
	"path/filepath"
	"testing"
	"time"
)

func TestAFileSaysWhenItWasBegunAndEachDeskWhetherAnotherBeganItAnew(t *testing.T) {
	clock := at()
	tick := func() time.Time { clock = clock.Add(time.Second); return clock }
	path := filepath.Join(t.TempDir(), "settings.json")
	start := func() *Store {
		t.Helper()
		s, err := open(path, tick, 0)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	change := func(s *Store) {
		t.Helper()
		if err := s.Update(func(to *Settings) { to.RetentionDays++ }); err != nil {
			t.Fatal(err)
		}
	}
	begunAt := func(s *Store, begun, elsewhere time.Time) {
		t.Helper()
		if got := s.Get().Begun; !got.Equal(begun) || !s.BegunElsewhere().Equal(elsewhere) {
			t.Errorf("begun %v, want %v; elsewhere %v, want %v", got, begun, s.BegunElsewhere(), elsewhere)
		}
	}
	one := start()
	change(one)
	begun := one.Get().Begun
	if begun.IsZero() || !again(t, one).Begun.Equal(begun) {
		t.Errorf("begun at %v, on file %v", begun, again(t, one).Begun)
	}
	two := start()
	change(two)
	change(one)
	if _, err := one.Reload(); err != nil {
		t.Fatal(err)
	}
	begunAt(one, begun, time.Time{})
	begunAt(two, begun, time.Time{})

	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	change(two)
	anew := two.Get().Begun
	if !anew.After(begun) {
		t.Errorf("begun anew at %v, before at %v", anew, begun)
	}
	begunAt(two, anew, time.Time{})
	change(one) // sees it while it writes
	if _, err := one.Reload(); err != nil {
		t.Fatal(err)
	}
	begunAt(one, anew, anew)
	begunAt(start(), anew, time.Time{})
}

func TestWhatCouldNotBeWrittenWasNotBegun(t *testing.T) {
	s, err := opened(t, "")
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Update(func(*Settings) {}); err != nil {
		t.Fatal(err)
	}
	begun := s.Get().Begun
	if err := os.Rename(s.Path(), s.Path()+".away"); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(s.Path()+".nowhere", s.Path()); err != nil {
		t.Skipf("no links here: %v", err)
	}
	if err := s.Update(func(*Settings) {}); err == nil {
		t.Fatal("the case does not hold: it was written")
	}
	if err := os.Rename(s.Path()+".away", s.Path()); err != nil {
		t.Fatal(err)
	}
	if err := s.Update(func(*Settings) {}); err != nil {
		t.Fatal(err)
	}
	if !s.Get().Begun.Equal(begun) || !s.BegunElsewhere().IsZero() {
		t.Errorf("begun %v, want %v; elsewhere %v", s.Get().Begun, begun, s.BegunElsewhere())
	}
}
