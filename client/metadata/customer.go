// Which attribute of an activity leads to the customer.

package metadata

import "strings"

// CustomerReference finds the foreign key of e that leads to the customer: to
// a profile entity, or to a source of one, by the relationships of the
// instance and those that e carries itself. The relationship is given as seen
// from e, whichever way round it was stored. Where no far end is known to be a
// profile or its source, the only relationship of an activity is taken, because
// that is what the contract says it is for; UnifiedActivity has CustomerId.
func CustomerReference(e Entity, all []Entity, rels []Relationship) (attribute string, to Relationship, ok bool) {
	var best Relationship
	score := 0
	outgoing := relationshipsOf(e, rels)
	for _, rel := range outgoing {
		if s := leadsToCustomer(rel, all, rels); s > score {
			best, score = rel, s
		}
	}
	if score == 0 && len(outgoing) == 1 && (e.Type == EntityActivity || !known(outgoing[0].ToEntity, all)) {
		best, score = outgoing[0], 1
	}
	if _, has := e.Attribute(customerID); score == 0 && e.Type == EntityUnifiedActivity && has {
		best, score = Relationship{FromEntity: e.DataName(), FromAttribute: customerID, ToEntity: customerEntity, ToAttribute: customerID}, 1
	}
	return best.FromAttribute, best, score > 0
}

// The unified profile's entity and its key (contract, section 7).
const (
	customerEntity = "Customer"
	customerID     = "CustomerId"
)

func known(name string, all []Entity) bool {
	for _, e := range all {
		if e.called(name) {
			return true
		}
	}
	return false
}

// relationshipsOf gives e's relationships with e at their near end: the ones
// stored that way first.
func relationshipsOf(e Entity, rels []Relationship) []Relationship {
	var near, turned []Relationship
	add := func(rel Relationship, own bool) {
		switch {
		case e.called(rel.FromEntity) || own && rel.FromEntity == "":
			near = append(near, rel)
		case e.called(rel.ToEntity):
			turned = append(turned, reversed(rel))
		}
	}
	for _, rel := range rels {
		add(rel, false)
	}
	for _, rel := range e.Relationships {
		add(rel, true)
	}
	var usable []Relationship
	for _, rel := range append(near, turned...) {
		if rel.FromAttribute != "" && rel.ToEntity != "" && !e.called(rel.ToEntity) && !contains(usable, rel) {
			usable = append(usable, rel)
		}
	}
	return usable
}

func reversed(rel Relationship) Relationship {
	rel.FromEntity, rel.ToEntity = rel.ToEntity, rel.FromEntity
	rel.FromAttribute, rel.ToAttribute = rel.ToAttribute, rel.FromAttribute
	return rel
}

func contains(list []Relationship, rel Relationship) bool {
	for _, one := range list {
		if one.FromAttribute == rel.FromAttribute && strings.EqualFold(one.ToEntity, rel.ToEntity) {
			return true
		}
	}
	return false
}

// leadsToCustomer rates the far end: the unified profile itself, a source
// whose key the profile keeps, another profile entity, one step further.
func leadsToCustomer(rel Relationship, all []Entity, rels []Relationship) int {
	const direct, source, profile, further = 4, 3, 2, 1
	if strings.EqualFold(rel.ToEntity, customerEntity) {
		return direct
	}
	for _, far := range all {
		if !far.called(rel.ToEntity) {
			continue
		}
		switch {
		case keptByProfile(far, rel.ToAttribute, all):
			return source
		case far.Type == EntityProfile:
			return profile
		}
		for _, next := range relationshipsOf(far, rels) {
			if isProfile(next.ToEntity, all) {
				return further
			}
		}
	}
	return 0
}

// keptByProfile says whether a profile entity has the alternate key of source.
func keptByProfile(source Entity, keyField string, all []Entity) bool {
	want := AlternateKeyField(source, keyField)
	for _, e := range all {
		if e.Type != EntityProfile && !strings.EqualFold(e.DataName(), customerEntity) {
			continue
		}
		for _, a := range e.Attributes {
			if strings.EqualFold(a.Name, want) {
				return true
			}
		}
	}
	return false
}

func isProfile(name string, all []Entity) bool {
	if strings.EqualFold(name, customerEntity) {
		return true
	}
	for _, e := range all {
		if e.called(name) && e.Type == EntityProfile {
			return true
		}
	}
	return false
}
