package e2e

import "testing"

// TestAKillInTheMiddleOfTypingLosesNothing ends the desk as a power failure
// would, a moment after the last key.
func TestAKillInTheMiddleOfTypingLosesNothing(t *testing.T) {
	home := t.TempDir()
	desk := open(t, home)
	desk.stands("Contoso Coffee")
	desk.fillSurely("PurchaseId", "OPID_killed")
	desk.fillSurely("Subject", "half a sent")
	desk.keeps("half a sent") // which was typed last, and is on the disk half a second later
	if err := desk.cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	<-desk.ended

	again := open(t, home)
	again.stands("Contoso Coffee")
	again.has("Subject", "half a sent")
	again.has("PurchaseId", "OPID_killed")
	again.picture("after-a-kill")
	if found := states(t, home); len(found) != 0 {
		t.Errorf("the journal holds %v", found)
	}
	if code := again.end(); code != 0 {
		t.Errorf("exit code %d, want 0", code)
	}
}
