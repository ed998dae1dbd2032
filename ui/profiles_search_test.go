package ui

import (
	"errors"
	"log/slog"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/activitydesk/activitydesk/client"
	"github.com/activitydesk/activitydesk/ui/people"
	"github.com/activitydesk/activitydesk/ui/people/peopletest"
	"github.com/activitydesk/activitydesk/ui/tasks"
	"github.com/activitydesk/activitydesk/ui/widgets"
)

// fakeBudget is a budget that the test sets.
type fakeBudget struct {
	used, limit int
	paused      time.Time
}

func (b *fakeBudget) Usage() (int, int)      { return b.used, b.limit }
func (b *fakeBudget) PausedUntil() time.Time { return b.paused }

// searching is the search with a service, a budget and a clock of the test's.
type searching struct {
	*profileSearch
	t       *testing.T
	queue   *queue
	service *peopletest.Service
	budget  *fakeBudget
	waiting func() // what rests; nil: nothing does
	opened  []string
}

func newSearching(t *testing.T) *searching {
	t.Helper()
	app := test.NewApp()
	t.Cleanup(app.Quit)
	s := &searching{t: t, queue: newQueue(), service: &peopletest.Service{}, budget: &fakeBudget{limit: 100}}
	tasks := tasks.New(t.Context(), nil)
	t.Cleanup(func() { tasks.Close(time.Second) })
	env := &Env{
		Post: s.queue.post, Tasks: tasks, Logger: slog.New(slog.DiscardHandler), Now: time.Now,
		Zone: func() *time.Location { return time.UTC }, Notify: func(Notice) {},
	}
	s.profileSearch = newProfileSearch(env, func() bool { return false }, func(id string) { s.opened = append(s.opened, id) })
	s.after = func(delay time.Duration, act func()) func() {
		if delay != 400*time.Millisecond {
			t.Errorf("what is typed rests for %v", delay)
		}
		s.waiting = act
		return func() { s.waiting = nil }
	}
	s.usable = true
	s.at = searchPlace{finder: people.Finder{Service: s.service, Entities: peopletest.Shop()}, budget: s.budget}
	return s
}

// typeOn types a text as keys do.
func (s *searching) typeOn(text string) { s.box.SetText(text) }

// tick lets what is typed rest for long enough.
func (s *searching) tick() {
	s.t.Helper()
	act := s.waiting
	if act == nil {
		s.t.Fatal("nothing waits for a rest")
	}
	s.waiting = nil
	act()
	s.settled()
}

func (s *searching) settled() {
	s.t.Helper()
	s.queue.until(s.t, "the answer", func() bool { return !s.finding.Running() })
}

func (s *searching) press(key fyne.KeyName) {
	s.t.Helper()
	if !s.boxKey(&fyne.KeyEvent{Name: key}) {
		s.t.Fatalf("the box does not use %s", key)
	}
}

func both(string, client.Query) ([]string, error) {
	return []string{peopletest.Ana, peopletest.Ben}, nil
}

func TestWhatIsTypedIsSearchedForOnceItRests(t *testing.T) {
	s := newSearching(t)
	s.service.Answer = both
	for _, text := range []string{"k", "ko"} {
		s.typeOn(text)
		if s.waiting != nil {
			t.Errorf("%q is searched for", text)
		}
	}
	s.typeOn("kov")
	first := s.waiting
	s.typeOn("kova")
	if first == nil || s.waiting == nil {
		t.Fatal("nothing waits for a rest")
	}
	s.tick()
	if got := s.service.Questions(); got != "search kova" {
		t.Errorf("it asked %q", got)
	}
	if rows := s.list.Shown(); len(rows) != 2 || rows[0].Label != "Ana Kovač" || rows[0].Note != "M1" || len(s.opened) != 0 {
		t.Errorf("listed %+v, opened %v", rows, s.opened)
	}
	if got := s.hint.Text(); got != "2 found, by words. Down chooses; Enter looks for it as a key, too" {
		t.Errorf("it says %q", got)
	}
	s.typeOn("")
	if len(s.list.Shown()) != 0 || s.hint.Text() != nothingYetWords {
		t.Errorf("emptied, it lists %v and says %q", s.list.Shown(), s.hint.Text())
	}
}

func TestOnlyTheNewestAnswerIsShown(t *testing.T) {
	s := newSearching(t)
	slow := make(chan struct{})
	s.service.Answer = func(_ string, q client.Query) ([]string, error) {
		if q.Search == "ana" {
			<-slow
			return []string{peopletest.Ana}, nil
		}
		return []string{peopletest.Ben}, nil
	}
	s.typeOn("ana")
	s.waiting()
	s.waiting = nil
	s.queue.until(t, "the first question", func() bool { return s.service.Questions() == "search ana" })
	s.typeOn("ben")
	s.tick()
	close(slow)
	if !s.env.Tasks.Close(time.Minute) { // the older answer has come, were it taken
		t.Fatal("it was not answered")
	}
	s.queue.run()
	if rows := s.list.Shown(); len(rows) != 1 || rows[0].ID != "c2" {
		t.Errorf("listed %+v", rows)
	}
}

func TestTypingLeavesTheBudgetToWhatPeopleAskFor(t *testing.T) {
	s := newSearching(t)
	s.budget.used = 70
	s.typeOn("kovač")
	if s.waiting != nil || s.hint.Text() != fewCallsWords {
		t.Errorf("with 30 of 100 calls left it asks, or says %q", s.hint.Text())
	}
	s.budget.used = 10
	s.typeOn("kova")
	s.budget.used = 80 // others have made calls meanwhile
	s.waiting()
	if got := s.service.Questions(); got != "" || s.hint.Text() != fewCallsWords {
		t.Errorf("it asked %q and says %q", got, s.hint.Text())
	}
	s.budget.used, s.budget.paused = 0, time.Now().Add(time.Minute)
	s.waiting = nil
	s.typeOn("kov")
	if s.waiting != nil {
		t.Error("it asks while the service wants a pause")
	}
	s.service.Answer = both
	s.press(fyne.KeyReturn)
	s.settled()
	if len(s.list.Shown()) != 2 {
		t.Errorf("Enter finds %v", s.list.Shown())
	}
}

func TestEnterOpensWhatTheArrowsHaveMarkedAndElseLooksInEveryWay(t *testing.T) {
	s := newSearching(t)
	s.service.Answer = func(_ string, q client.Query) ([]string, error) {
		if q.Search != "" {
			return []string{peopletest.Ana, peopletest.Ben}, nil
		}
		return nil, nil
	}
	s.typeOn("Kovač")
	s.tick()
	s.press(fyne.KeyDown)
	s.press(fyne.KeyDown)
	s.press(fyne.KeyDown)
	s.press(fyne.KeyUp)
	s.press(fyne.KeyReturn)
	if len(s.opened) != 1 || s.opened[0] != "c1" {
		t.Fatalf("opened %v", s.opened)
	}
	s.typeOn("M7")
	s.press(fyne.KeyReturn)
	s.settled()
	want := "search Kovač; web_members_MemberId eq 'M7'; ring of shop M7; CustomerId eq 'M7'; search M7"
	if got := s.service.Questions(); got != want {
		t.Errorf("it asked %q, want %q", got, want)
	}
}

func TestAKeyThatFindsOneOpensIt(t *testing.T) {
	s := newSearching(t)
	s.service.Answer = func(_ string, q client.Query) ([]string, error) {
		if q.Filter.String() == "web_members_MemberId eq 'M2'" {
			return []string{peopletest.Ben}, nil
		}
		return nil, nil
	}
	s.SetText("M2")
	s.settled()
	if len(s.opened) != 1 || s.opened[0] != "c2" || s.hint.Text() != "1 found, by web_members key" {
		t.Errorf("opened %v, it says %q", s.opened, s.hint.Text())
	}
}

func TestWithoutASearchTypingAsksOnceAndEnterComparesWholeWords(t *testing.T) {
	s := newSearching(t)
	s.service.Answer = func(_ string, q client.Query) ([]string, error) {
		switch {
		case q.Search != "":
			return nil, &client.Error{Kind: client.KindUnexpected, Status: 406, Code: "unsupportedOperation"}
		case q.Filter.String() == "EMail eq 'ana@example.com'":
			return []string{peopletest.Ana}, nil
		}
		return nil, nil
	}
	s.typeOn("ana@")
	s.tick()
	if s.hint.Text() != noSearchWords {
		t.Errorf("it says %q", s.hint.Text())
	}
	s.typeOn("ana@example.com")
	if s.waiting != nil {
		t.Error("it asks again for a search that there is not")
	}
	s.press(fyne.KeyReturn)
	s.settled()
	if len(s.opened) != 1 || s.hint.Text() != "1 found, by whole e-mail (this instance has no search)" {
		t.Errorf("opened %v, it says %q", s.opened, s.hint.Text())
	}
}

func TestAFailureLeavesWhatWasFoundMarkedAsOld(t *testing.T) {
	s := newSearching(t)
	s.service.Answer = both
	s.SetText("kovač")
	s.settled()
	s.service.Answer = func(string, client.Query) ([]string, error) {
		return nil, &client.Error{Kind: client.KindNoConnection, Err: errors.New("no route")}
	}
	s.SetText("somebody else")
	s.settled()
	if len(s.list.Shown()) != 2 || s.finds.State() != widgets.StateContent {
		t.Errorf("listed %v, state %v", s.list.Shown(), s.finds.State())
	}
	if got := s.hint.Text(); !strings.HasPrefix(got, "Could not look for “somebody else”: ") || !strings.Contains(got, "Old: these were found for “kovač” at ") {
		t.Errorf("it says %q", got)
	}
}

func TestNobodyFoundSaysWhatWasTriedAndWhatWasRefused(t *testing.T) {
	s := newSearching(t)
	s.service.Answer = func(_ string, q client.Query) ([]string, error) {
		if strings.HasPrefix(q.Filter.String(), "web_members") {
			return nil, &client.Error{Kind: client.KindBadRequest}
		}
		return nil, nil
	}
	s.SetText("X-1")
	s.settled()
	want := "Nobody found. Tried shop_people key, customer ID, words. " +
		"The service refused to look by web_members key. A word is found from its beginning, a key as a whole."
	if got := s.hint.Text(); got != want {
		t.Errorf("it says\n%q, want\n%q", got, want)
	}
}
