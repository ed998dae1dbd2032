// Whether a service answers under the root, asked before a secret is sent there.

package client

import (
	"context"
	"net/http"
)

// Reach asks for the list of instances without token and key, and answers nil
// where a service of this kind says who it wants to know, or gives the list all
// the same. So a web page, a redirect or a wrong path is known before anything
// secret has left. Errors are those of a read: an *Error.
func (c *Client) Reach(ctx context.Context) error {
	const op = "reach the service"
	a, err := c.again(ctx, call{
		op: op, method: http.MethodGet, base: c.root, url: c.root.String() + "/instances", anonymous: true,
		good: []int{http.StatusOK, http.StatusUnauthorized, http.StatusForbidden},
	})
	if err != nil || a.status != http.StatusOK {
		return err
	}
	_, err = c.checkJSON(op, a)
	return err
}
