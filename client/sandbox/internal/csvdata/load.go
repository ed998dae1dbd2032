// Package csvdata makes a sandbox's world of a folder of CSV files: each file
// an entity, its types, key, references and role inferred, and a sandbox.yaml
// in the folder to overrule any of it.
package csvdata

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/activitydesk/activitydesk/client/sandbox/internal/world"
)

// ConfigName is the file in the folder that overrules what is inferred.
const ConfigName = "sandbox.yaml"

// otherConfigName is what people write in its place; it would go unnoticed.
const otherConfigName = "sandbox.yml"

// DefaultSource is the data source of files that none is named for.
const DefaultSource = "CSV"

// Loaded is a folder's world, and how each file was read.
type Loaded struct {
	World    *world.World
	Readings []string
}

// Load reads a folder. timeField is the name of UnifiedActivity's time.
// Errors name the file, and what would be right where sandbox.yaml is wrong.
func Load(dir, timeField string) (Loaded, error) {
	names, err := csvNames(dir)
	if err != nil {
		return Loaded{}, err
	}
	conf, err := readConfig(filepath.Join(dir, ConfigName))
	if err != nil {
		return Loaded{}, err
	}
	if err := conf.onlyKnown(names); err != nil {
		return Loaded{}, err
	}
	var files []*file
	for _, name := range names {
		if conf.Files[name].Skip {
			continue
		}
		f, err := readFile(dir, name, conf)
		if err != nil {
			return Loaded{}, fmt.Errorf("%s: %w", name, err)
		}
		files = append(files, f)
	}
	if err := distinct(files); err != nil {
		return Loaded{}, err
	}
	if err := link(files); err != nil {
		return Loaded{}, err
	}
	return build(files, timeField)
}

// distinct says which files would be the same entity, or that none is left.
func distinct(files []*file) error {
	if len(files) == 0 {
		return fmt.Errorf("%s skips every CSV file in the folder", ConfigName)
	}
	taken := make(map[string]string, len(files))
	for _, f := range files {
		name := f.source + "_" + f.entity
		if other, twice := taken[name]; twice {
			return fmt.Errorf("%s and %s would both be %s: give one of them another entity in %s",
				other, f.name, name, ConfigName)
		}
		taken[name] = f.name
	}
	return nil
}

// csvNames lists the folder's CSV files by name.
func csvNames(dir string) ([]string, error) {
	entries, err := os.ReadDir(dir)
	var path *fs.PathError
	if errors.As(err, &path) {
		return nil, path.Err // the caller names the folder
	}
	if err != nil {
		return nil, err
	}
	var names []string
	for _, entry := range entries {
		if strings.EqualFold(entry.Name(), otherConfigName) {
			return nil, fmt.Errorf("%s is not read: name it %s", entry.Name(), ConfigName)
		}
		if !entry.IsDir() && strings.EqualFold(filepath.Ext(entry.Name()), ".csv") {
			names = append(names, entry.Name())
		}
	}
	if len(names) == 0 {
		return nil, errors.New("there is no CSV file in the folder")
	}
	return names, nil
}

// readFile reads one file and says what its columns are.
func readFile(dir, name string, conf config) (*file, error) {
	data, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil {
		return nil, err
	}
	f, err := parse(data)
	if err != nil {
		return nil, err
	}
	f.name, f.conf = name, conf.Files[name]
	f.source = DefaultSource
	for _, given := range []string{conf.DataSource, f.conf.DataSource} {
		if given != "" {
			f.source = given
		}
	}
	f.entity = identifier(strings.TrimSuffix(name, filepath.Ext(name)))
	if f.conf.Entity != "" {
		f.entity = f.conf.Entity
	}
	for _, part := range []string{f.source, f.entity} {
		if part == "" || part != identifier(part) {
			return nil, fmt.Errorf("%q cannot be in an entity's name: in %s give it a dataSource and an entity "+
				"of letters, digits and underscores", part, ConfigName)
		}
	}
	if err := f.settle(); err != nil {
		return nil, err
	}
	if err := f.inferTypes(); err != nil {
		return nil, err
	}
	f.chooseKey()
	return f, nil
}

// build makes entities of linked files, assembles them, and tells how.
func build(files []*file, timeField string) (Loaded, error) {
	plan := world.Plan{TimeField: timeField, Segments: []world.Segment{
		{Name: "ActiveCustomers", Member: func(f world.Facts) bool { return f.Activities > 0 }},
		{Name: "FrequentCustomers", Member: func(f world.Facts) bool { return f.Activities >= 10 }},
	}}
	for _, f := range files {
		plan.Sources = append(plan.Sources, f.toEntity())
	}
	w, err := world.Assemble(plan)
	if err != nil {
		return Loaded{}, err
	}
	out := Loaded{World: w}
	for _, f := range files {
		out.Readings = append(out.Readings, f.reading()...)
	}
	customers, _ := w.Entity(world.Customer)
	activities, _ := w.Entity(world.UnifiedActivity)
	out.Readings = append(out.Readings, w.Notes...)
	out.Readings = append(out.Readings, count(len(customers.Rows), "customer", "customers")+", "+
		count(len(activities.Rows), "activity", "activities")+" on their timelines")
	if len(customers.Rows) == 0 {
		out.Readings = append(out.Readings, fmt.Sprintf("without customers nothing can be posted: "+
			"a file of people has a key and an e-mail, phone or name column, or role: profile in %s", ConfigName))
	}
	return out, nil
}

func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
