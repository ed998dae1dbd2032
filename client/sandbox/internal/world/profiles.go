// Profiles become customers here: rows that refer to one another are one person.

package world

// forest joins rows to groups (union-find); the lowest number leads a group.
type forest []int

func newForest(n int) forest {
	f := make(forest, n)
	for i := range f {
		f[i] = i
	}
	return f
}

func (f forest) root(i int) int {
	for f[i] != i {
		f[i] = f[f[i]]
		i = f[i]
	}
	return i
}

func (f forest) join(a, b int) {
	a, b = f.root(a), f.root(b)
	if a > b {
		a, b = b, a
	}
	f[b] = a
}

// unifyProfiles makes the Customer entity of all profile sources.
func (w *World) unifyProfiles() *Entity {
	sources := w.profileSources()
	customer, take := customerEntity(sources)
	first := make(map[string]int, len(sources)) // number of an entity's first row
	total := 0
	for _, e := range sources {
		first[e.DataName()] = total
		total += len(e.Rows)
	}
	groups := w.joinRows(sources, first, total)

	rowOf := make(map[int]Row, total) // group → Customer row
	idOf := make(map[int]string, total)
	for s, e := range sources {
		keyColumn := customer.column(alternateKey(e))
		keys := make(map[string]string, len(e.Rows))
		for i, row := range e.Rows {
			group := groups.root(first[e.DataName()] + i)
			key := e.Text(row, e.Key)
			unified, known := rowOf[group]
			if !known {
				unified = make(Row, len(customer.Attributes))
				idOf[group] = digest("customer", e.DataName(), key)
				unified[0] = idOf[group]
				rowOf[group] = unified
				customer.Rows = append(customer.Rows, unified)
			}
			for from, to := range take[s] {
				if unified[to] == nil {
					unified[to] = row[from]
				}
			}
			if unified[keyColumn] == nil {
				unified[keyColumn] = key
			}
			keys[key] = idOf[group]
			w.keys[idOf[group]] = append(w.keys[idOf[group]],
				SourceKey{Source: e.Source, Entity: e.Name, Field: e.Key, Value: key})
		}
		w.byKey[e.DataName()] = keys
	}
	return customer
}

// profileSources lists the profile entities with a key, those that refer to no
// other profile first: their fields win.
func (w *World) profileSources() []*Entity {
	var leading, following []*Entity
	for _, e := range w.Entities {
		if e.Kind != KindProfile || e.Key == "" {
			continue
		}
		if len(e.Refs) == 0 {
			leading = append(leading, e)
		} else {
			following = append(following, e)
		}
	}
	return append(leading, following...)
}

// joinRows puts rows that refer to one another into one group. References that
// lead nowhere are counted and noted: such a row is a customer by itself.
func (w *World) joinRows(sources []*Entity, first map[string]int, total int) forest {
	groups := newForest(total)
	for _, e := range sources {
		for _, ref := range e.Refs {
			to, ok := w.byName[ref.ToEntity]
			if !ok {
				continue
			}
			offset, isProfile := first[ref.ToEntity]
			if !isProfile {
				continue
			}
			broken := 0
			for i, row := range e.Rows {
				value := e.Text(row, ref.Attribute)
				at, found := to.keys[value]
				switch {
				case found:
					groups.join(first[e.DataName()]+i, offset+at)
				case value != "":
					broken++
				}
			}
			if broken > 0 {
				w.note("%s: %s with a %s that %s does not know, customers by themselves",
					e.DataName(), Rows(broken), ref.Attribute, ref.ToEntity)
			}
		}
	}
	return groups
}

// alternateKey is the name under which Customer carries a source's key.
func alternateKey(e *Entity) string { return e.DataName() + "_" + e.Key }

// customerEntity lays out Customer: its id, the sources' keys, then every
// field of theirs once. take says for each source which of its columns fills
// which of Customer's.
func customerEntity(sources []*Entity) (customer *Entity, take []map[int]int) {
	customer = &Entity{
		Name: Customer, Kind: KindProfile, Semantic: "Contact", Key: CustomerID,
		Attributes: []Attribute{{Name: CustomerID, Type: String, Mandatory: true, ReadOnly: true}},
	}
	for _, e := range sources {
		customer.Attributes = append(customer.Attributes, Attribute{Name: alternateKey(e), Type: String, ReadOnly: true})
	}
	for _, e := range sources {
		columns := map[int]int{}
		refs := map[string]bool{}
		for _, ref := range e.Refs {
			refs[ref.Attribute] = true
		}
		for from, a := range e.Attributes {
			if a.Name == e.Key || refs[a.Name] {
				continue
			}
			to := customer.column(a.Name)
			if to < 0 {
				to = len(customer.Attributes)
				a.Mandatory = false
				a.Searchable = a.Type == String
				customer.Attributes = append(customer.Attributes, a)
			}
			if customer.Attributes[to].Type == a.Type {
				columns[from] = to
			}
		}
		take = append(take, columns)
	}
	return customer, take
}

// column finds an attribute before the entity was sealed; -1: none.
func (e *Entity) column(name string) int {
	for i, a := range e.Attributes {
		if a.Name == name {
			return i
		}
	}
	return -1
}
