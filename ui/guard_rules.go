// The rules of instances as the settings have them: shared with the other desks
// of this person, and strict where they cannot be read.

package ui

import (
	"maps"
	"strings"
	"sync"

	"github.com/activitydesk/activitydesk/client/metadata"
	"github.com/activitydesk/activitydesk/client/outbox"
	"github.com/activitydesk/activitydesk/ui/settings"
)

// guardRules answers the outbox. It may be used from any goroutine.
//
// What the file says is read again for each send. What was chosen here holds from
// the click on; where the file cannot be written, for this session. Another desk
// that is stricter wins.
type guardRules struct {
	peek    func() (settings.Settings, error)
	reading sync.Mutex // held from reading the file until it is known: no older word comes after a newer one

	mu       sync.Mutex
	words    map[guardKey]string // as the file had them when it was last read; no word: not in it
	names    map[string]string   // of the connections there are, by id
	readable bool                // the file could be read the last time
	held     map[guardKey]heldRule
	lost     []metadata.Instance // for which another desk was stricter than what was chosen here
}

var _ outbox.Rules = (*guardRules)(nil)

// guardKey is an instance, its id in lower case, as one connection reaches it.
type guardKey struct{ connection, instance string }

// heldRule is what was chosen here and is not in the file yet.
type heldRule struct {
	word     string // as it is to be in the file; empty: none
	base     string // what the file had when it was chosen
	instance metadata.Instance
}

func newGuardRules(peek func() (settings.Settings, error)) *guardRules {
	g := &guardRules{peek: peek, held: map[guardKey]heldRule{}, names: map[string]string{}}
	g.Look()
	return g
}

// Look reads the file again.
func (g *guardRules) Look() {
	g.reading.Lock()
	defer g.reading.Unlock()
	found, err := g.peek()
	g.mu.Lock()
	defer g.mu.Unlock()
	g.readable = err == nil
	if err != nil {
		return // what is known stays, and the types' own rules hold beside it
	}
	g.words = map[guardKey]string{}
	for connection, of := range found.Guards {
		for id := range of {
			g.words[guardKey{connection, strings.ToLower(id)}] = guardWordIn(found.Guards, connection, id)
		}
	}
	g.names = map[string]string{sandboxID: "the sandbox"}
	for _, c := range found.Connections {
		g.names[c.ID] = c.Name
	}
	maps.DeleteFunc(g.held, func(key guardKey, h heldRule) bool { return g.overtaken(key, h) })
}

// overtaken says whether the file speaks for an instance again: it has what was
// chosen here, or another desk has written something stricter meanwhile.
func (g *guardRules) overtaken(key guardKey, h heldRule) bool {
	switch word := g.words[key]; {
	case word == h.word:
		return true
	case word != h.base && ruleOf(word, h.instance) < ruleOf(h.word, h.instance):
		g.lost = append(g.lost, h.instance)
		return true
	}
	return false
}

// guardWordIn is an instance's word in the settings, empty where it has none. A
// person who edits the file may write an id in either case; of two words the
// stricter holds.
func guardWordIn(guards map[string]map[string]string, connection, instance string) string {
	word := ""
	for id, w := range guards[connection] {
		if strings.EqualFold(id, instance) && (word == "" || outbox.ParseRule(w) < outbox.ParseRule(word)) {
			word = outbox.ParseRule(w).String()
		}
	}
	return word
}

// ruleOf is what a word means for an instance; none is its type's rule.
func ruleOf(word string, in metadata.Instance) outbox.Rule {
	if word == "" {
		return outbox.DefaultRule(in.Environment())
	}
	return outbox.ParseRule(word)
}

// Rule is the rule of an instance at this moment; it reads the file.
func (g *guardRules) Rule(connection string, in metadata.Instance) outbox.Rule {
	g.Look()
	return g.Known(connection, in)
}

// Known is the rule as it was last read.
func (g *guardRules) Known(connection string, in metadata.Instance) outbox.Rule {
	g.mu.Lock()
	defer g.mu.Unlock()
	rule := g.own(connection, in)
	if elsewhere, _ := g.elsewhere(connection, in); elsewhere < rule {
		return elsewhere
	}
	return rule
}

// own is the rule that an instance has by one connection.
func (g *guardRules) own(connection string, in metadata.Instance) outbox.Rule {
	key := guardKey{connection, strings.ToLower(in.ID)}
	if h, ok := g.held[key]; ok {
		return ruleOf(h.word, in)
	}
	rule := ruleOf(g.words[key], in)
	if !g.readable {
		return min(rule, outbox.DefaultRule(in.Environment()))
	}
	return rule
}

// elsewhere is the strictest rule that was chosen for the same instance by
// another connection, and that connection's name. Whoever protects an instance
// means the instance, whichever way one comes to it.
func (g *guardRules) elsewhere(connection string, in metadata.Instance) (outbox.Rule, string) {
	strictest, name := outbox.RuleFree, ""
	for other, called := range g.names {
		key := guardKey{other, strings.ToLower(in.ID)}
		word := g.words[key]
		if h, ok := g.held[key]; ok {
			word = h.word
		}
		if other == connection || word == "" {
			continue
		}
		if rule := outbox.ParseRule(word); rule < strictest || rule == strictest && called < name {
			strictest, name = rule, called
		}
	}
	return strictest, name
}

// Bound says by which other connection an instance cannot be made as loose as a
// rule; empty: nothing stands against it.
func (g *guardRules) Bound(connection string, in metadata.Instance, to outbox.Rule) string {
	g.mu.Lock()
	defer g.mu.Unlock()
	if rule, name := g.elsewhere(connection, in); rule < to {
		return name
	}
	return ""
}

// Choose makes a rule hold from now on, and gives the change of the settings
// that keeps it. Loosening the rule of what is not a sandbox or a trial needs the
// instance's name; the error is an *outbox.NameError.
func (g *guardRules) Choose(connection string, in metadata.Instance, to outbox.Rule, typed string) (func(*settings.Settings), error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	looser := to > g.own(connection, in)
	if looser && !in.Environment().Free() {
		if err := outbox.CheckName(in, typed); err != nil {
			return nil, err
		}
	}
	key := guardKey{connection, strings.ToLower(in.ID)}
	word := to.String()
	if to == outbox.RuleFree && in.Environment().Free() {
		word = "" // its type's own: where it becomes a production one day, nothing is left of it
	}
	h := heldRule{word: word, base: g.words[key], instance: in}
	from := h.base
	if before, ok := g.held[key]; ok {
		from, h.base = before.word, before.base
	}
	g.held[key] = h
	return func(to *settings.Settings) {
		if looser && guardWordIn(to.Guards, key.connection, key.instance) != from {
			return // another desk has changed it meanwhile: nobody saw that and loosened it
		}
		keepGuardWord(to, key, word)
	}, nil
}

// keepGuardWord puts a word into the settings, or takes it out.
func keepGuardWord(to *settings.Settings, key guardKey, word string) {
	of := maps.Clone(to.Guards[key.connection])
	maps.DeleteFunc(of, func(id, _ string) bool { return strings.EqualFold(id, key.instance) })
	if of == nil {
		of = map[string]string{}
	}
	if word != "" {
		of[key.instance] = word
	}
	if to.Guards == nil {
		to.Guards = map[string]map[string]string{}
	}
	if to.Guards[key.connection] = of; len(of) == 0 {
		delete(to.Guards, key.connection)
	}
}

// Lost tells, once, for which instances another desk was stricter than what was
// chosen here at the same time.
func (g *guardRules) Lost() []metadata.Instance {
	g.mu.Lock()
	defer g.mu.Unlock()
	lost := g.lost
	g.lost = nil
	return lost
}
