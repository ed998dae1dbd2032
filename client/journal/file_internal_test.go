package journal

import (
	"errors"
	"path/filepath"
	"testing"
)

// A computer that is busy may let any limit pass before it comes to look.
func TestAJournalThatNobodyOpensIsNotCalledLocked(t *testing.T) {
	path := filepath.Join(t.TempDir(), "journal.db")
	release, err := lockOpening(t.Context(), path, 0)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := lockOpening(t.Context(), path, 0); !errors.Is(err, ErrLocked) {
		t.Errorf("while another opens it: %v", err)
	}
	release()
	if release, err = lockOpening(t.Context(), path, 0); err != nil {
		t.Fatal(err)
	}
	release()
}
