// Package guard has the rules of instances as the settings have them: shared with
// the other desks of this person, and strict where they cannot be read.
package guard

import (
	"maps"
	"strings"
	"sync"

	"github.com/activitydesk/activitydesk/client/metadata"
	"github.com/activitydesk/activitydesk/client/outbox"
	"github.com/activitydesk/activitydesk/ui/settings"
)

// Rules answers the outbox. It may be used from any goroutine.
//
// What the file says is read again for each send. What was chosen here holds from
// the click on; where the file cannot be written, for this session. Another desk
// that is stricter wins.
type Rules struct {
	peek    func() (settings.Settings, error)
	reading sync.Mutex // held from reading the file until it is known: no older word comes after a newer one

	mu       sync.Mutex
	words    map[key]string    // as the file had them when it was last read; no word: not in it
	names    map[string]string // of the connections there are, by id
	readable bool              // the file could be read the last time
	held     map[key]held
	lost     []metadata.Instance // for which another desk was stricter than what was chosen here
}

var _ outbox.Rules = (*Rules)(nil)

// key is an instance, its id in lower case, as one connection reaches it.
type key struct{ connection, instance string }

// held is what was chosen here and is not in the file yet.
type held struct {
	word     string // as it is to be in the file; empty: none
	base     string // what the file had when it was chosen
	instance metadata.Instance
}

// New reads the rules of what peek gives: the settings as they are in the file.
func New(peek func() (settings.Settings, error)) *Rules {
	g := &Rules{peek: peek, held: map[key]held{}, names: map[string]string{}}
	g.Look()
	return g
}

// Look reads the file again.
func (g *Rules) Look() {
	g.reading.Lock()
	defer g.reading.Unlock()
	found, err := g.peek()
	g.mu.Lock()
	defer g.mu.Unlock()
	g.readable = err == nil
	if err != nil {
		return // what is known stays, and the types' own rules hold beside it
	}
	g.words = map[key]string{}
	for connection, of := range found.Guards {
		for id := range of {
			g.words[key{connection, strings.ToLower(id)}] = wordIn(found.Guards, connection, id)
		}
	}
	g.names = map[string]string{settings.SandboxID: "the sandbox"}
	for _, c := range found.Connections {
		g.names[c.ID] = c.Name
	}
	maps.DeleteFunc(g.held, func(key key, h held) bool { return g.overtaken(key, h) })
}

// overtaken says whether the file speaks for an instance again: it has what was
// chosen here, or another desk has written something stricter meanwhile.
func (g *Rules) overtaken(key key, h held) bool {
	switch word := g.words[key]; {
	case word == h.word:
		return true
	case word != h.base && ruleOf(word, h.instance) < ruleOf(h.word, h.instance):
		g.lost = append(g.lost, h.instance)
		return true
	}
	return false
}

// wordIn is an instance's word in the settings, empty where it has none. A
// person who edits the file may write an id in either case; of two words the
// stricter holds.
func wordIn(guards map[string]map[string]string, connection, instance string) string {
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
func (g *Rules) Rule(connection string, in metadata.Instance) outbox.Rule {
	g.Look()
	return g.Known(connection, in)
}

// Known is the rule as it was last read.
func (g *Rules) Known(connection string, in metadata.Instance) outbox.Rule {
	g.mu.Lock()
	defer g.mu.Unlock()
	rule := g.own(connection, in)
	if elsewhere, _ := g.elsewhere(connection, in); elsewhere < rule {
		return elsewhere
	}
	return rule
}

// own is the rule that an instance has by one connection.
func (g *Rules) own(connection string, in metadata.Instance) outbox.Rule {
	key := key{connection, strings.ToLower(in.ID)}
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
func (g *Rules) elsewhere(connection string, in metadata.Instance) (outbox.Rule, string) {
	strictest, name := outbox.RuleFree, ""
	for other, called := range g.names {
		key := key{other, strings.ToLower(in.ID)}
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
func (g *Rules) Bound(connection string, in metadata.Instance, to outbox.Rule) string {
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
func (g *Rules) Choose(connection string, in metadata.Instance, to outbox.Rule, typed string) (func(*settings.Settings), error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	looser := to > g.own(connection, in)
	if looser && !in.Environment().Free() {
		if err := outbox.CheckName(in, typed); err != nil {
			return nil, err
		}
	}
	key := key{connection, strings.ToLower(in.ID)}
	word := to.String()
	if to == outbox.RuleFree && in.Environment().Free() {
		word = "" // its type's own: where it becomes a production one day, nothing is left of it
	}
	h := held{word: word, base: g.words[key], instance: in}
	from := h.base
	if before, ok := g.held[key]; ok {
		from, h.base = before.word, before.base
	}
	g.held[key] = h
	return func(to *settings.Settings) {
		if looser && wordIn(to.Guards, key.connection, key.instance) != from {
			return // another desk has changed it meanwhile: nobody saw that and loosened it
		}
		keepWord(to, key, word)
	}, nil
}

// KeepStricter keeps the rule of an instance that a file brings, where the settings
// have none or a looser one: another desk may have made it stricter meanwhile.
func KeepStricter(to *settings.Settings, connection, instance, rule string) {
	if word := wordIn(to.Guards, connection, instance); word == "" || outbox.ParseRule(rule) < outbox.ParseRule(word) {
		keepWord(to, key{connection, instance}, rule)
	}
}

// keepWord puts a word into the settings, or takes it out.
func keepWord(to *settings.Settings, key key, word string) {
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
func (g *Rules) Lost() []metadata.Instance {
	g.mu.Lock()
	defer g.mu.Unlock()
	lost := g.lost
	g.lost = nil
	return lost
}
