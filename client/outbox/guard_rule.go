// The rule of an instance: how it may be written to, as a person chose it or as
// its type has it.

package outbox

import "github.com/activitydesk/activitydesk/client/metadata"

// Rule is how an instance may be written to. Rules are ordered: the smaller one
// is the stricter.
type Rule int

// The rules. The zero value is the strictest.
const (
	RuleReadOnly Rule = iota // nothing is sent until it is unlocked for a while; then as RuleAsk
	RuleAsk                  // each send is confirmed
	RuleFree                 // sent without a question
)

// String is the rule's word, as the settings keep it.
func (r Rule) String() string {
	switch r {
	case RuleFree:
		return "free"
	case RuleAsk:
		return "ask"
	default:
		return "read-only"
	}
}

// ParseRule reads a rule's word. A word that is none is RuleReadOnly: whoever
// wrote it meant to be careful, or wrote it with a desk that knows more.
func ParseRule(word string) Rule {
	for _, r := range []Rule{RuleFree, RuleAsk} {
		if word == r.String() {
			return r
		}
	}
	return RuleReadOnly
}

// DefaultRule is the rule of an instance for which nobody has chosen one: free
// for exactly a sandbox or a trial, read-only for everything else.
func DefaultRule(e metadata.Environment) Rule {
	if e.Free() {
		return RuleFree
	}
	return RuleReadOnly
}

// Rules tells what was chosen for instances. It is asked from any goroutine, and
// knows nothing of unlocking.
type Rules interface {
	// Rule is the rule of an instance of a connection at this moment: another desk
	// may have changed it, so it may look at a disk. Never call it on a UI goroutine.
	Rule(connectionID string, instance metadata.Instance) Rule
	// Known is the same as it was last read, at once.
	Known(connectionID string, instance metadata.Instance) Rule
}

// defaults are the rules where nobody can choose any.
type defaults struct{}

func (defaults) Rule(_ string, in metadata.Instance) Rule  { return DefaultRule(in.Environment()) }
func (defaults) Known(_ string, in metadata.Instance) Rule { return DefaultRule(in.Environment()) }
