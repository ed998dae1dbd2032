package ui

import (
	"testing"

	"github.com/activitydesk/activitydesk/client"
	"github.com/activitydesk/activitydesk/client/journal"
	"github.com/activitydesk/activitydesk/ui/access"
)

func TestALongErrorDoesNotWidenTheWindow(t *testing.T) {
	d := startedDesk(t)
	status := d.frame.status
	status.showCounts(journal.Counts{Accepted: 204, Visible: 198, Uncertain: 3, Refused: 2})
	status.showKeyring(access.KeyringSilent)
	status.showConnection(connectionState{err: &client.Error{Kind: client.KindUnauthorized, Status: 401, Message: "Access denied due to missing subscription key. Make sure to include it."}, canSignIn: true}, d.options.Now())
	if words := status.connection.Text(); len([]rune(words)) < 50 {
		t.Fatalf("the case does not hold: %q", words)
	}
	d.onEveryScreen(t, d.fits)
	d.small()
	if status.keyring.Position().X < status.today.Position().X+status.today.Size().Width {
		t.Error("the ends of the line lie on each other")
	}
	if has := status.connection.Size().Width; has < statusLeast {
		t.Errorf("the words have %g", has)
	}
}
