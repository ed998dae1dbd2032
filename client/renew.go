// After a 401: whether the same request would carry other credentials now. A
// request that was answered 401 was not processed, so that it may be made once
// more; a second 401 is the answer.

package client

import (
	"context"
	"crypto/sha256"
	"errors"
	"net/http"
)

// mark tells credentials apart without being them.
type mark [sha256.Size]byte

func markOf(header http.Header) mark {
	sum := sha256.New()
	for _, name := range []string{"Authorization", keyHeader} {
		_, _ = sum.Write([]byte(header.Get(name) + "\n")) // a hash takes everything
	}
	return mark(sum.Sum(nil))
}

// Renewed says whether a request to the instance that was refused with 401 would
// carry another token or key now. It may wait for a token to be renewed. Where
// none can be had, the reason is put into the *Error that refused is: it tells
// more than the service's no.
func (i *Instance) Renewed(ctx context.Context, refused error) bool {
	return i.client.renewed(ctx, i.base, refused)
}

func (c *Client) renewed(ctx context.Context, base Root, refused error) bool {
	var e *Error
	if !errors.As(refused, &e) || e.Kind != KindUnauthorized || ctx.Err() != nil {
		return false
	}
	header, err := c.credentials(ctx, call{op: e.Op, base: base, url: base.String() + "/instances"})
	var failed *Error
	switch {
	case errors.As(err, &failed) && failed.Kind == KindCredentials:
		e.Err = failed.Err
		return false
	case err != nil:
		return false
	}
	return markOf(header) != e.sent
}
