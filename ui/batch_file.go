// Reading the file of a batch: from what a person typed to a table of rows.

package ui

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"github.com/activitydesk/activitydesk/forms/tabular"
)

// Why a path leads to no rows. Compare with errors.Is.
var (
	errFolder      = errors.New("it is a folder")
	errNoPlainFile = errors.New("it is no file that can be read to its end")
	errNoRows      = errors.New("the file names columns and has no rows below")
)

// batchFile is a file that was read.
type batchFile struct {
	Path  string
	Table *tabular.Table
}

// readBatchFile reads a file to its end. A folder, a pipe, a device and a file
// over the limit are refused before they are opened. The end of ctx ends it.
func readBatchFile(ctx context.Context, path string) (*batchFile, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, fmt.Errorf("open file: %w", err)
	}
	const special = fs.ModeNamedPipe | fs.ModeSocket | fs.ModeDevice | fs.ModeCharDevice
	switch {
	case info.IsDir():
		return nil, fmt.Errorf("open %s: %w", path, errFolder)
	case info.Mode()&special != 0:
		return nil, fmt.Errorf("open %s: %w", path, errNoPlainFile)
	case info.Size() > tabular.MaxBytes:
		return nil, fmt.Errorf("open %s: %w", path, tabular.ErrTooLarge)
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("open file: %w", err)
	}
	defer func() { _ = file.Close() }() // it was only read
	table, err := tabular.Open(filepath.Base(path), stoppable{ctx, file})
	if err != nil {
		return nil, err
	}
	if table.Len() == 0 {
		return nil, fmt.Errorf("read %s: %w", table.Name, errNoRows)
	}
	return &batchFile{Path: path, Table: table}, nil
}

// stoppable is a reader that ends with its context.
type stoppable struct {
	ctx  context.Context
	from io.Reader
}

// Read reads unless the context has ended.
func (s stoppable) Read(p []byte) (int, error) {
	if err := s.ctx.Err(); err != nil {
		return 0, err
	}
	return s.from.Read(p)
}

// pathOf is the path that a person means: with the quotes that a file manager
// puts around it, as a file:// address, or below the home folder with "~".
func pathOf(text, home string) string {
	text = strings.TrimSpace(text)
	if len(text) >= 2 && (text[0] == '"' || text[0] == '\'') && text[len(text)-1] == text[0] {
		text = strings.TrimSpace(text[1 : len(text)-1])
	}
	if text == "" {
		return ""
	}
	if address, err := url.Parse(text); err == nil && strings.EqualFold(address.Scheme, "file") {
		text = pathOfAddress(address)
	}
	if rest, ok := strings.CutPrefix(text, "~"); ok && home != "" && (rest == "" || os.IsPathSeparator(rest[0])) {
		text = filepath.Join(home, rest)
	}
	if absolute, err := filepath.Abs(text); err == nil {
		return absolute
	}
	return filepath.Clean(text)
}

// pathOfAddress reads a file:// address: "/C:/a" is a drive's path, and a host
// other than this one is a share.
func pathOfAddress(address *url.URL) string {
	path := address.Path
	if len(path) > 2 && path[0] == '/' && path[2] == ':' {
		path = path[1:]
	}
	if address.Host != "" && !strings.EqualFold(address.Host, "localhost") {
		path = "//" + address.Host + path
	}
	return filepath.FromSlash(path)
}
