// What is wrong with a folder is said in words of the folder.

package csvdata_test

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/activitydesk/activitydesk/client/sandbox/internal/csvdata"
)

func TestAYAMLThatIsWrongSaysWhatIsRight(t *testing.T) {
	for conf, want := range map[string]string{
		"files: {Nope.csv: {}}":                               `no file "Nope.csv"`,
		"file: {}":                                            `line 1: there is no setting "file" here, only dataSource, files`,
		"files:\n  Contacts.csv: {kee: Id}":                   `line 2: there is no setting "kee" here, only skip, dataSource, entity, role, key`,
		"files: {Contacts.csv: {activity: {tipe: x}}}":        `"tipe" here, only type, display, displayFrom`,
		"files: {Contacts.csv: {dayFirst: maybe}}":            `true or false is expected, not "maybe"`,
		"files: {Contacts.csv: {mandatory: EMail}}":           `a list is expected, not "EMail"`,
		"files: {Contacts.csv: {key: [EMail]}}":               "a text is expected, not a list",
		"files: {Contacts.csv: 1}":                            `name: value is expected, not "1"`,
		"[]":                                                  "name: value is expected, not a list",
		"files: {Contacts.csv: {skip: true}}":                 "skips every CSV file",
		"files: {Contacts.csv: {role: person}}":               "use profile, activity or other",
		"files: {Contacts.csv: {key: Id}}":                    `no column "Id", only ContactId`,
		"files: {Contacts.csv: {time: EMail}}":                "are no dates",
		"files: {Contacts.csv: {types: {EMail: number}}}":     `"number" is not a type`,
		"files: {Contacts.csv: {references: {EMail: X.csv}}}": "not in the folder",
		"dataSource: my shop":                                 "letters, digits and underscores",
		"files: {Contacts.csv: {entity: a/b}}":                "letters, digits and underscores",
		"files: [":                                            csvdata.ConfigName,
	} {
		_, err := csvdata.Load(folder(t, "Contacts.csv", contacts, csvdata.ConfigName, conf), "")
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", conf, err)
		}
	}
}

func TestFilesThatAreNoneAreNamed(t *testing.T) {
	for _, files := range [][]string{
		{"Empty.csv", ""},
		{"Wide.csv", strings.Repeat(",", 6000)},
		{"Same.csv", "x\n", "Sa me.csv", "x\n"},
		{"Unicode.csv", "\xff\xfeI\x00d\x00\n\x00"},
		{"Page.csv", "<!DOCTYPE html><html></html>"},
		{"Object.csv", `{"a":1}`},
		{"sandbox.yml", "", "Contacts.csv", contacts},
	} {
		if _, err := csvdata.Load(folder(t, files...), ""); err == nil || !strings.Contains(err.Error(), files[0]) {
			t.Errorf("%s: %v", files[0], err)
		}
	}
	if _, err := csvdata.Load(filepath.Join(t.TempDir(), "none"), ""); err == nil {
		t.Error("a folder that is not there is loaded")
	}
	if loaded := load(t, "HeaderOnly.csv", "Id,Name\n"); len(entity(t, loaded, "CSV_HeaderOnly").Rows) != 0 {
		t.Error("a header is a row")
	}
}

func TestAReferenceToAFileWithoutAKeyIsAnError(t *testing.T) {
	dir := folder(t, "Names.csv", "Name\nx\n", "Orders.csv", orders, csvdata.ConfigName, "files: {Orders.csv: {references: {ContactId: Names.csv}}}")
	if _, err := csvdata.Load(dir, ""); err == nil || !strings.Contains(err.Error(), "Names.csv, which has no key") {
		t.Errorf("%v", err)
	}
}

func TestWhatLooksWrongIsTold(t *testing.T) {
	for want, files := range map[string][]string{
		"A.csv: a quote is without its partner":   {"A.csv", "Id,Name\n1,\"x\n2,y\n"},
		"without customers nothing can be posted": {"A.csv", "Id,Name\n1,x\n"},
		"no time (no column holds dates)":         {"A.csv", "Id,Name\n1,x\n", csvdata.ConfigName, "files: {A.csv: {role: activity}}"},
		"not set up": {
			"Contacts.csv", contacts, "Orders.csv", orders, csvdata.ConfigName, "files: {Orders.csv: {activity: {notSetUp: true}}}",
		},
	} {
		if readings := strings.Join(load(t, files...).Readings, "\n"); !strings.Contains(readings, want) {
			t.Errorf("not told: %s\n%s", want, readings)
		}
	}
}
