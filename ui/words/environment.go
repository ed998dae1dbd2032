// The word of an environment.

package words

import (
	"strings"

	"github.com/activitydesk/activitydesk/client/metadata"
)

// Environment is the word that marks an environment; production is in
// capitals, so that it cannot be taken for another at a glance.
func Environment(e metadata.Environment) string {
	if e == metadata.EnvironmentProduction {
		return strings.ToUpper(e.String())
	}
	return e.String()
}
