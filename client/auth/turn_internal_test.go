package auth

import (
	"errors"
	"testing"

	"github.com/gofrs/flock"

	"github.com/activitydesk/activitydesk/client/vault"
)

// A computer that is busy may let any limit pass before it comes to look.
func TestATurnThatIsFreeIsHadHoweverLate(t *testing.T) {
	turns := newTurns(t.TempDir(), vault.Ref{Connection: "c1", Host: "h", Kind: vault.KindTokenCache})
	turns.limit = 0
	leave, err := turns.take(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := turns.take(t.Context()); !errors.Is(err, ErrBusy) {
		t.Errorf("taken by this desk: %v", err)
	}
	leave()
	other := flock.New(turns.path)
	if ok, err := other.TryLock(); err != nil || !ok {
		t.Fatal(err)
	}
	if _, err := turns.take(t.Context()); !errors.Is(err, ErrBusy) {
		t.Errorf("taken by another desk: %v", err)
	}
	if err := other.Close(); err != nil {
		t.Fatal(err)
	}
	if leave, err = turns.take(t.Context()); err != nil {
		t.Fatal(err)
	}
	leave()
}
