// Keys, references and roles of files are found here.

package csvdata

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/activitydesk/activitydesk/client/sandbox/internal/world"
)

// role is what a file is in the world.
type role int

const (
	roleInferred role = iota
	roleProfile
	roleActivity
	roleOther
)

func roleByName(name string) (role, error) {
	switch name {
	case "":
		return roleInferred, nil
	case "profile":
		return roleProfile, nil
	case "activity":
		return roleActivity, nil
	case "other":
		return roleOther, nil
	default:
		return 0, fmt.Errorf("%q is not a role: use profile, activity or other", name)
	}
}

func (r role) String() string {
	return [...]string{"not known", "profile", "activity", "other"}[r]
}

var (
	keyName    = regexp.MustCompile(`(Id|ID|_id)$|^id$`)
	birthName  = regexp.MustCompile(`(?i)(birth|^dob$)`)
	personName = regexp.MustCompile(`(?i)(e-?mail|phone|birth|^dob$|gender|^(first|last|full|given|family)_?name$)`)
)

// chooseKey takes the first column with unique values whose name ends in Id.
func (f *file) chooseKey() {
	if f.conf.Key != "" {
		f.key = f.column(f.conf.Key)
		return
	}
	for i, c := range f.columns {
		if keyName.MatchString(c.name) && f.unique(i) {
			f.key = i
			return
		}
	}
}

func (f *file) unique(at int) bool {
	seen := make(map[string]bool, len(f.rows))
	for _, row := range f.rows {
		if row[at] == "" || seen[row[at]] {
			return false
		}
		seen[row[at]] = true
	}
	return true
}

// link finds what refers to what, and what each file is.
func link(files []*file) error {
	byName := make(map[string]*file, len(files))
	for _, f := range files {
		byName[f.name] = f
	}
	for _, f := range files {
		if err := f.findReferences(files, byName); err != nil {
			return fmt.Errorf("%s: %w", f.name, err)
		}
	}
	for _, f := range files {
		if err := f.findTime(); err != nil {
			return fmt.Errorf("%s: %w", f.name, err)
		}
		f.role, _ = roleByName(f.conf.Role) // checked when sandbox.yaml was read
		if f.role == roleInferred {
			f.role = f.inferRole()
		}
	}
	findPeople(files)
	for _, f := range files {
		f.customersFirst()
	}
	return nil
}

// findPeople: where nobody looks like a person, whoever is referred to is one.
func findPeople(files []*file) {
	if slices.ContainsFunc(files, func(f *file) bool { return f.role == roleProfile }) {
		return
	}
	for _, f := range files {
		if f.role == roleOther && f.conf.Role == "" && f.referred && f.key >= 0 {
			f.role = roleProfile
		}
	}
}

// findReferences takes the columns that bear another file's key's name.
func (f *file) findReferences(files []*file, byName map[string]*file) error {
	for i, c := range f.columns {
		to := byName[f.conf.References[c.name]]
		if to == nil && i != f.key {
			to = f.bearer(i, files)
		}
		if to == nil {
			continue
		}
		if to.key < 0 {
			return fmt.Errorf("%s, references: %s leads to %s, which has no key: name one", ConfigName, c.name, to.name)
		}
		f.references = append(f.references, reference{i, to})
		to.referred = true
	}
	return nil
}

// bearer is the other file whose key has this column's name; of several the
// one that knows most of the values.
func (f *file) bearer(at int, files []*file) *file {
	var best *file
	most := -1
	for _, other := range files {
		if other == f || other.key < 0 || !strings.EqualFold(other.columns[other.key].name, f.columns[at].name) {
			continue
		}
		if n := f.known(at, other); n > most {
			best, most = other, n
		}
	}
	return best
}

func (f *file) known(at int, other *file) int {
	keys := make(map[string]bool, len(other.rows))
	for _, row := range other.rows {
		keys[row[other.key]] = true
	}
	n := 0
	for _, row := range f.rows {
		if keys[row[at]] {
			n++
		}
	}
	return n
}

// findTime takes the first date that is no birthday.
func (f *file) findTime() error {
	if f.conf.Time != "" {
		f.time = f.column(f.conf.Time)
		if !f.columns[f.time].format.kind.IsTime() {
			return fmt.Errorf("%s, time: the values of %s are no dates", ConfigName, f.conf.Time)
		}
		return nil
	}
	for i, c := range f.columns {
		if c.format.kind.IsTime() && !birthName.MatchString(c.name) {
			f.time = i
			return nil
		}
	}
	return nil
}

// inferRole: an activity has a date and a reference, and nothing refers to it.
// A profile is what tells of a person. Loyalty members have a date and a
// reference too; what tells as much of a person as they do is a profile.
func (f *file) inferRole() role {
	told := 0
	for _, c := range f.columns {
		if personName.MatchString(c.name) {
			told++
		}
	}
	const much = 3
	switch {
	case f.key < 0:
		return roleOther
	case f.time >= 0 && len(f.references) > 0 && !f.referred && told < much:
		return roleActivity
	case told > 0:
		return roleProfile
	default:
		return roleOther
	}
}

// customersFirst puts the references that lead to profiles before the others:
// the first one names the customer. A date of an activity is a point in time.
func (f *file) customersFirst() {
	var people, things []reference
	for _, ref := range f.references {
		if ref.to.role == roleProfile {
			people = append(people, ref)
		} else {
			things = append(things, ref)
		}
	}
	f.references = append(people, things...)
	if f.role == roleActivity && f.time >= 0 {
		if c := &f.columns[f.time]; c.format.kind == world.Date && f.conf.Types[c.name] == "" {
			c.format.kind = world.DateTimeOffset
			c.format.shown += ", midnight UTC"
		}
	}
}
