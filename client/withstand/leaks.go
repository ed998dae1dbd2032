// Goroutines that outlive a package's tests, and those that are just ending.

package withstand

import (
	"time"

	"go.uber.org/goleak"
)

// endLimit is how long goroutines may take to end that were told to. It costs
// nothing where they have.
const endLimit = 30 * time.Second

// Patient gives goleak.VerifyTestMain a package's tests, at whose end goroutines
// that are just ending get the time for it: goleak itself looks for less than half
// a second, which a busy computer can do with a server's last connections. What
// options let pass is not waited for; goleak is to be given them too.
func Patient(m goleak.TestingM, options ...goleak.Option) goleak.TestingM {
	return patient{m, options}
}

type patient struct {
	tests   goleak.TestingM
	options []goleak.Option
}

// Run implements goleak.TestingM.
func (p patient) Run() int {
	code := p.tests.Run()
	if code != 0 {
		return code // there is something else to be read
	}
	for end := time.Now().Add(endLimit); goleak.Find(p.options...) != nil && time.Now().Before(end); {
	}
	return code
}
