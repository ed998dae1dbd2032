// Who may call, and how often.

package sandbox

import (
	"crypto/sha256"
	"crypto/subtle"
	"fmt"
	"math"
	"net/http"
	"strings"
)

const roleContributor = "Contributor"

// admit checks subscription key, token and limit, in the order in which the
// gateway and the service behind it do. The 2020 root has no gateway and asks
// for no key.
func (c *call) admit() *failure {
	if c.prefix == prefixCurrent {
		if f := c.checkKey(); f != nil {
			return f
		}
	}
	if f := c.checkToken(); f != nil {
		return f
	}
	wait, ok := c.limit.take(c.now)
	if ok {
		return nil
	}
	seconds := int(math.Ceil(wait.Seconds()))
	return &failure{
		status: http.StatusTooManyRequests, gateway: true, retryAfter: wait,
		message: fmt.Sprintf("Rate limit is exceeded. Try again in %d seconds.", seconds),
	}
}

func (c *call) checkKey() *failure {
	key := c.request.Header.Get("Ocp-Apim-Subscription-Key")
	f := &failure{status: http.StatusUnauthorized, code: "apiSubscriptionNotFound", gateway: true}
	switch {
	case key == "":
		f.message = "Access denied due to missing subscription key. " +
			"Make sure to include subscription key when making requests to an API."
	case !same(key, c.options.Key):
		f.message = "Access denied due to invalid subscription key. " +
			"Make sure to provide a valid key for an active subscription."
	default:
		return nil
	}
	f.challenge = `AzureApiManagementKey realm="` + c.origin() + `",name="Ocp-Apim-Subscription-Key",type="header"`
	return f
}

func (c *call) checkToken() *failure {
	f := &failure{
		status: http.StatusUnauthorized, code: "noBearerTokenAvailableInRequest", gateway: true, bare: true,
		challenge: `Bearer authorization_uri="https://login.microsoftonline.com/organizations"`,
		message:   "Unauthorized. The request has no bearer token.",
	}
	kind, token, _ := strings.Cut(c.request.Header.Get("Authorization"), " ")
	if !strings.EqualFold(kind, "Bearer") || strings.TrimSpace(token) == "" {
		return f
	}
	if !same(strings.TrimSpace(token), c.options.Token) {
		f.challenge += `, error="invalid_token"`
		f.message = "Unauthorized. Access token is invalid or has expired."
		return f
	}
	return nil
}

// same compares secrets in a time that does not depend on where they differ.
func same(a, b string) bool {
	x, y := sha256.Sum256([]byte(a)), sha256.Sum256([]byte(b))
	return subtle.ConstantTimeCompare(x[:], y[:]) == 1
}

// mayWrite is the role's answer to a write.
func (c *call) mayWrite() error {
	if strings.EqualFold(c.options.Role, "Viewer") {
		return roleRefused("The role %s may read and not write.", c.options.Role)
	}
	return nil
}
