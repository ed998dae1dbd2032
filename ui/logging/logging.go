// Package logging writes what happens to a file of the user's, and what goes
// wrong beyond repair to a crash report. Neither ever holds a secret.
package logging

import (
	"fmt"
	"io"
	"log/slog"
	"path/filepath"

	"github.com/activitydesk/activitydesk/client/redact"
)

// FileName is the log's name in its folder; older parts are FileName.1 (the
// newest of them) to FileName.3.
const FileName = "activitydesk.log"

const (
	maxLogSize = 5 << 20 // bytes, of each file
	oldLogs    = 3
)

// Setup makes a logger that appends text records, one to a line, to FileName in
// folder (mode 0600), which must exist. Every record is masked by r, which may
// be nil. Several desks may log to the same folder.
//
// The logger is never nil: where the file cannot be opened, the error says so
// and the logger discards. The caller closes the Closer, after which the logger
// discards as well. Give the logger to slog.SetDefault to have what libraries
// write with package log in the file too.
func Setup(folder string, r *redact.Redactor) (*slog.Logger, io.Closer, error) {
	file, err := openRotating(filepath.Join(folder, FileName), maxLogSize, oldLogs)
	if err != nil {
		return slog.New(slog.DiscardHandler), io.NopCloser(nil), fmt.Errorf("open log: %w", err)
	}
	return slog.New(redact.NewHandler(slog.NewTextHandler(file, nil), r)), file, nil
}
