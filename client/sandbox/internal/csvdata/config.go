// sandbox.yaml: what a person says about the files, over what is inferred.

package csvdata

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"
)

// config is sandbox.yaml. Everything in it is optional.
type config struct {
	DataSource string                `yaml:"dataSource"` // of files that name none
	Files      map[string]fileConfig `yaml:"files"`      // by file name
}

// fileConfig overrules what is inferred of one file.
type fileConfig struct {
	Skip       bool              `yaml:"skip"`       // the file is left out
	DataSource string            `yaml:"dataSource"` // first part of the data name
	Entity     string            `yaml:"entity"`     // second part; else the file's name
	Role       string            `yaml:"role"`       // profile, activity or other
	Key        string            `yaml:"key"`        // column
	Time       string            `yaml:"time"`       // column
	References map[string]string `yaml:"references"` // column → file whose key it holds
	Types      map[string]string `yaml:"types"`      // column → type
	DayFirst   bool              `yaml:"dayFirst"`   // 3/4/2026 is in April
	Mandatory  []string          `yaml:"mandatory"`  // columns
	ReadOnly   []string          `yaml:"readOnly"`   // columns
	Semantic   map[string]string `yaml:"semantic"`   // column → semantic type
	Activity   activityConfig    `yaml:"activity"`
}

// activityConfig is how an activity is shown. Values are columns where nothing
// else is said.
type activityConfig struct {
	Type        string   `yaml:"type"`    // the type itself, such as SalesOrder
	Display     string   `yaml:"display"` // the label itself
	DisplayFrom string   `yaml:"displayFrom"`
	Title       string   `yaml:"title"`
	Description []string `yaml:"description"`
	URL         string   `yaml:"url"`
	Semantic    []string `yaml:"semantic"`
	Hidden      bool     `yaml:"hidden"`   // not shown in the timeline
	NotSetUp    bool     `yaml:"notSetUp"` // refused with mappingForActivityNotFound
}

// readConfig reads sandbox.yaml; a folder without one has an empty config.
func readConfig(path string) (config, error) {
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return config{}, nil
	}
	if err != nil {
		return config{}, err
	}
	return parseConfig(data)
}

func parseConfig(data []byte) (config, error) {
	var conf config
	if strings.TrimSpace(string(data)) == "" {
		return conf, nil
	}
	if err := yaml.Load(data, &conf, yaml.WithKnownFields()); err != nil {
		return config{}, fmt.Errorf("%s: %w", ConfigName, inPlainWords(err))
	}
	for name, f := range conf.Files {
		if _, err := roleByName(f.Role); err != nil {
			return config{}, fmt.Errorf("%s, %s: %w", ConfigName, name, err)
		}
	}
	return conf, nil
}

// onlyKnown says which file of sandbox.yaml is not in the folder.
func (c config) onlyKnown(names []string) error {
	for name, f := range c.Files {
		if !slices.Contains(names, name) {
			return fmt.Errorf("%s: there is no file %q in the folder, only %s", ConfigName, name, strings.Join(names, ", "))
		}
		for column, to := range f.References {
			if !slices.Contains(names, to) {
				return fmt.Errorf("%s, %s: the reference of %s leads to %q, which is not in the folder",
					ConfigName, name, column, to)
			}
		}
	}
	return nil
}

// column finds a column by its name or by the header's words; -1: none.
func (f *file) column(name string) int {
	for i, c := range f.columns {
		if c.name == name || c.friendly == name {
			return i
		}
	}
	return -1
}

func (f *file) noColumn(setting, name string) error {
	names := make([]string, 0, len(f.columns))
	for _, c := range f.columns {
		names = append(names, c.name)
	}
	return fmt.Errorf("%s, %s: there is no column %q, only %s", ConfigName, setting, name, strings.Join(names, ", "))
}

// settle replaces the names of columns in a file's configuration, which may be
// the header's words, by the columns' names, and says which one is not there.
func (f *file) settle() error {
	c := &f.conf
	var err error
	one := func(setting string, name *string) {
		if *name == "" || err != nil {
			return
		}
		at := f.column(*name)
		if at < 0 {
			err = f.noColumn(setting, *name)
			return
		}
		*name = f.columns[at].name
	}
	list := func(setting string, names []string) {
		for i := range names {
			one(setting, &names[i])
		}
	}
	keys := func(setting string, values map[string]string) map[string]string {
		settled := make(map[string]string, len(values))
		for name, value := range values {
			one(setting, &name)
			settled[name] = value
		}
		return settled
	}
	one("key", &c.Key)
	one("time", &c.Time)
	one("activity.displayFrom", &c.Activity.DisplayFrom)
	one("activity.title", &c.Activity.Title)
	one("activity.url", &c.Activity.URL)
	list("mandatory", c.Mandatory)
	list("readOnly", c.ReadOnly)
	list("activity.description", c.Activity.Description)
	list("activity.semantic", c.Activity.Semantic)
	c.References = keys("references", c.References)
	c.Types = keys("types", c.Types)
	c.Semantic = keys("semantic", c.Semantic)
	return err
}
