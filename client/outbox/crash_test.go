package outbox_test

import (
	"errors"
	"os"
	"os/exec"
	"testing"

	"github.com/activitydesk/activitydesk/client/journal"
	"github.com/activitydesk/activitydesk/client/outbox"
	"github.com/activitydesk/activitydesk/client/sandbox"
)

// crash runs a desk that ends at a point of a send, and opens the journal that
// it left behind.
func (s *sandboxed) crash(point, again string) {
	t := s.t
	t.Helper()
	path := s.journal.Path()
	if err := s.journal.Close(); err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), os.Args[0])
	cmd.Env = append(os.Environ(), childPoint+"="+point, childJournal+"="+path, childRoot+"="+s.root, childAgain+"="+again)
	out, err := cmd.CombinedOutput()
	var exit *exec.ExitError
	if !errors.As(err, &exit) || exit.ExitCode() != endedAsMeant {
		t.Fatalf("the desk did not end %s: %v\n%s", point, err, out)
	}
	s.openJournal(path)
}

func (s *sandboxed) storedCount() int {
	return len(s.server.Service().Posted(sandbox.InstanceCoffee, purchaseEntity))
}

func TestADeskThatEndsInMidSendForgetsNothingAndSendsNothingTwice(t *testing.T) {
	const nothing journal.State = ""
	cases := []struct {
		point   string
		faults  string
		state   journal.State // after a new start
		present any           // whether the service stored it: true, false, nil for either
	}{
		{endBeforeIntent, "", nothing, false},
		{endAfterIntent, "", journal.Queued, false},
		{endInBudget, "", journal.Queued, false},
		{endAfterStart, "", journal.Uncertain, false},
		{endBeforeConnect, "", journal.Uncertain, false},
		{endAfterConnect, "", journal.Uncertain, false},
		{endHeadersWritten, "", journal.Uncertain, nil},
		{endBodyWritten, "", journal.Uncertain, nil},
		{endBeforeAnswer, "", journal.Uncertain, true},
		{endInAnswer, "", journal.Uncertain, true},
		{endBeforeOutcome, "", journal.Uncertain, true},
		{endAfterOutcome, "", journal.Accepted, true},
		{endWaiting, "post:429:1", journal.Queued, false},
	}
	for _, c := range cases {
		t.Run(c.point, func(t *testing.T) {
			s := startSandbox(t, sandbox.Options{})
			faults, err := sandbox.ParseFaults(c.faults)
			if c.faults != "" && err != nil {
				t.Fatal(err)
			}
			s.server.Service().SetFaults(faults...)
			s.crash(c.point, "")
			entries := s.entries()
			if c.state == nothing {
				if len(entries) != 0 || s.storedCount() != 0 {
					t.Errorf("%d entries, %d stored", len(entries), s.storedCount())
				}
				return
			}
			if len(entries) != 1 || entries[0].State != c.state {
				t.Fatalf("the journal has %+v, want one entry %s", entries, c.state)
			}
			if want, known := c.present.(bool); known && (s.storedCount() == 1) != want {
				t.Errorf("%d stored, want stored %v", s.storedCount(), want)
			}
			s.settleCrashed(entries[0])
		})
	}
}

// settleCrashed does what a person would: sending anew asks first, looking
// tells, and the person's word sends it. In the end the service has it once.
func (s *sandboxed) settleCrashed(e journal.Entry) {
	t := s.t
	t.Helper()
	target := s.find(sandbox.InstanceCoffee, purchaseEntity)
	if e.State != journal.Queued {
		before := s.storedCount()
		request := s.request(target.Instance, "OPID_crash")
		request.Target = target
		var duplicate *outbox.DuplicateError
		if _, err := s.outbox.Send(t.Context(), request); !errors.As(err, &duplicate) || duplicate.Previous.ID != e.ID {
			t.Errorf("sending anew: %v, want a DuplicateError", err)
		}
		if after := s.storedCount(); after < before || after > 1 {
			t.Errorf("%d stored, before %d", after, before)
		}
		if err := s.outbox.WatchArrival(t.Context(), e.ID, target, func(outbox.Arrival) {}); err != nil {
			t.Fatal(err)
		}
		if got := s.kept(e.ID).State; got != journal.Visible && s.storedCount() == 1 || got == journal.Visible && s.storedCount() == 0 {
			t.Errorf("%s, with %d stored", got, s.storedCount())
		}
	}
	if state := s.kept(e.ID).State; state == journal.Uncertain || state == journal.Queued {
		again, err := s.outbox.SendAgain(t.Context(), e.ID, target, nil)
		if err != nil {
			t.Fatal(err)
		}
		s.mustBe(again, journal.Accepted)
	}
	if n := s.storedCount(); n != 1 {
		t.Errorf("%d stored in the end", n)
	}
}

func TestADeskThatEndsInSendingAgainLeavesItUncertain(t *testing.T) {
	for point, attempts := range map[string]int{endInBudget: 1, endBeforeConnect: 2, endBeforeOutcome: 2, endWaiting: 2} {
		t.Run(point, func(t *testing.T) {
			s := startSandbox(t, sandbox.Options{})
			s.crash(endBeforeConnect, "")
			e := s.entries()[0]
			if point == endWaiting {
				faults, err := sandbox.ParseFaults("post:429:1")
				if err != nil {
					t.Fatal(err)
				}
				s.server.Service().SetFaults(faults...)
			}
			s.crash(point, e.ID)
			kept := s.kept(e.ID)
			if kept.State != journal.Uncertain || kept.Attempts != attempts || !kept.Doubt || kept.Note == "" || len(s.entries()) != 1 {
				t.Errorf("kept %+v", kept)
			}
			s.settleCrashed(kept)
		})
	}
}
