// Reading answers with a limit, gzip included.

package client

import (
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
)

// What is read of an answer at most, in bytes after unzipping.
const (
	maxReadBody  = 32 << 20 // an answer to a read
	maxWriteBody = 1 << 20  // an answer to a write
	maxErrorBody = 64 << 10 // an answer that is an error
)

// errEncoding is for an answer in an encoding that nobody asked for.
var errEncoding = errors.New("content encoding not understood")

// readBody reads at most limit bytes; more is truncated. net/http has unzipped
// already what it asked for; a transport that did not is helped here.
func readBody(resp *http.Response, limit int64) (body []byte, truncated bool, err error) {
	source := io.Reader(resp.Body)
	switch encoding := strings.ToLower(resp.Header.Get("Content-Encoding")); {
	case encoding == "" || encoding == "identity" || resp.Uncompressed:
	case encoding == "gzip" || encoding == "x-gzip":
		unzipped, err := gzip.NewReader(resp.Body)
		if errors.Is(err, io.EOF) {
			return nil, false, nil // nothing at all is a body, too
		}
		if err != nil {
			return nil, false, fmt.Errorf("unzip: %w", err)
		}
		source = unzipped
	default:
		return nil, false, fmt.Errorf("%w: %s", errEncoding, clip(encoding, 40))
	}
	body, err = io.ReadAll(io.LimitReader(source, limit+1))
	if int64(len(body)) > limit {
		return body[:limit], true, nil
	}
	return body, false, err
}
