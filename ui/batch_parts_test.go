package ui

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/activitydesk/activitydesk/client/metadata"
	"github.com/activitydesk/activitydesk/forms"
	"github.com/activitydesk/activitydesk/forms/tabular"
)

func entityWith(name string, kind metadata.EntityType, key, timeField string, fields ...string) metadata.Entity {
	e := metadata.Entity{Name: name, Type: kind, TimestampAttribute: timeField, Keys: [][]string{{key}}}
	for _, field := range fields {
		kind := metadata.KindText
		if field == timeField {
			kind = metadata.KindDateTime
		}
		e.Attributes = append(e.Attributes, metadata.Attribute{Name: field, Type: metadata.DataType{Kind: kind}})
	}
	return e
}

func tableOf(t *testing.T, text string) *tabular.Table {
	t.Helper()
	table, err := tabular.Open("a.csv", strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return table
}

func TestTheEntityWithMostColumnsSuitsBest(t *testing.T) {
	all := []metadata.Entity{
		entityWith("few", metadata.EntityActivity, "Id", "At", "Id", "At", "Price"),
		entityWith("many", metadata.EntityActivity, "Id", "At", "Id", "At", "Price", "Shop"),
		entityWith("keyless", metadata.EntityActivity, "Other", "At", "Other", "At", "Price", "Shop", "Id"),
		entityWith("untyped", metadata.EntityUnspecified, "Id", "At", "Id", "At", "Price", "Shop"),
		entityWith("nothing", metadata.EntityProfile, "Id", "", "Id", "Price", "Shop", "Till", "Name"),
	}
	rows := batchEntities(all)
	for header, want := range map[string]string{
		"id,at,price":      "few",
		"ID,At,price,shop": "many",
		"Shop,Other":       "keyless",
		"Till,Name":        "",
		"x,,y":             "",
	} {
		got, ok := bestEntity(rows, tableOf(t, header+"\n").Columns)
		if got.Name != want || ok != (want != "") {
			t.Errorf("%s: %q, want %q", header, got.Name, want)
		}
	}
}

func TestAPathIsTakenAsPeopleHaveIt(t *testing.T) {
	home := t.TempDir()
	file := filepath.Join(home, "a b.csv")
	here, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]string{
		"":                             "",
		`""`:                           "",
		" " + file + "\n":              file,
		`"` + file + `"`:               file,
		"'" + file + "'":               file,
		filepath.Join("~", "a b.csv"):  file,
		"~":                            home,
		"~other":                       filepath.Join(here, "~other"),
		filepath.Join("data", "x.csv"): filepath.Join(here, "data", "x.csv"),
		fileAddress(file):              file,
		strings.ToUpper("file") + "://" + "localhost" + fileAddress(file)[len("file://"):]: file,
	} {
		if got := pathOf(text, home); got != want {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
	}
}

// fileAddress writes a path as a file manager gives it.
func fileAddress(path string) string {
	path = strings.ReplaceAll(filepath.ToSlash(path), " ", "%20")
	if !strings.HasPrefix(path, "/") {
		path = "/" + path
	}
	return "file://" + path
}

func FuzzPathOf(f *testing.F) {
	for _, seed := range []string{"", "~", `"a`, "file:///C:/x.csv", "file://host/share/x.csv", "file:%zz", "~/\x00"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if got := pathOf(text, "/home/a"); got != "" && !filepath.IsAbs(got) {
			t.Errorf("%q becomes %q", text, got)
		}
	})
}

func TestPipesAndDevicesAreNotRead(t *testing.T) {
	info, err := os.Stat(os.DevNull)
	if err != nil || info.Mode()&os.ModeDevice == 0 {
		t.Skip("the null device is no device here")
	}
	if _, err := readBatchFile(t.Context(), os.DevNull); !errors.Is(err, errNoPlainFile) {
		t.Errorf("got %v", err)
	}
}

func TestAFileOverTheLimitIsRefusedUnread(t *testing.T) {
	path := filepath.Join(t.TempDir(), "big.csv")
	file, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(file.Truncate(tabular.MaxBytes+1), file.Close()); err != nil { // a hole: no disk is used
		t.Fatal(err)
	}
	if _, err := readBatchFile(t.Context(), path); !errors.Is(err, tabular.ErrTooLarge) {
		t.Errorf("got %v", err)
	}
}

func TestReadingAndCheckingEndWithTheirContext(t *testing.T) {
	ended, end := context.WithCancel(t.Context())
	end()
	path := fileOf(t, "three.csv", threePurchases)
	if _, err := readBatchFile(ended, path); !errors.Is(err, context.Canceled) {
		t.Errorf("reading: %v", err)
	}
	table := tableOf(t, "Id,At\n"+strings.Repeat("1,2019-01-20\n", 300))
	plan := newBatchPlan(rowOf(entityWith("few", metadata.EntityActivity, "Id", "At", "Id", "At"), nil), table, forms.Options{})
	if _, err := plan.Job().Run(ended); !errors.Is(err, context.Canceled) {
		t.Errorf("checking: %v", err)
	}
	job := plan.Job()
	result, err := job.Run(t.Context())
	if done, all := job.Progress(); err != nil || len(result.Fit) != 300 || done != 256 || all != 300 {
		t.Errorf("%d fit, %d of %d were counted, %v", len(result.Fit), done, all, err)
	}
}

func TestACheckIsNotTouchedByWhatThePersonChangesMeanwhile(t *testing.T) {
	table := tableOf(t, "Id,At\n1,2019-01-20\n")
	plan := newBatchPlan(rowOf(entityWith("few", metadata.EntityActivity, "Id", "At", "Id", "At"), nil), table, forms.Options{})
	job := plan.Job()
	plan.SetField(1, "")
	if result, err := job.Run(t.Context()); err != nil || len(result.Fit) != 1 {
		t.Errorf("%+v, %v", result, err)
	}
	if result, err := plan.Job().Run(t.Context()); err != nil || len(result.Unfit) != 1 {
		t.Errorf("after the change %+v, %v", result, err)
	}
}

func TestReadOnlyFieldsTakeNoColumn(t *testing.T) {
	e := entityWith("few", metadata.EntityActivity, "Id", "At", "Id", "At", "Made")
	e.Attributes[2].ReadOnly = true
	plan := newBatchPlan(rowOf(e, nil), tableOf(t, "Id,At,Made\n1,2019-01-20,x\n"), forms.Options{})
	if got := plan.Plan.Columns[2].Field; got != "" {
		t.Errorf("the column goes to %q", got)
	}
}

func TestManyRowsAreLookedAtWithinBounds(t *testing.T) {
	table := tableOf(t, "Id,At\n"+strings.Repeat("1,2019-01-20\n", 2*seenMost))
	plan := newBatchPlan(rowOf(entityWith("few", metadata.EntityActivity, "Id", "At", "Id", "At"), nil), table, forms.Options{})
	for number := 1; number <= table.Len(); number++ {
		if row := plan.Look(number); row.Texts["Id"] != "1" || row.Key != "1" {
			t.Fatalf("row %d is %+v", number, row)
		}
	}
	if len(plan.seen) > seenMost {
		t.Errorf("%d rows are remembered", len(plan.seen))
	}
	if row := plan.Look(table.Len() + 1); row.Key != "" || len(row.Texts) != 0 {
		t.Errorf("a row that is not there is %+v", row)
	}
}

func TestWhatCameOfCheckingIsSaidInASentence(t *testing.T) {
	for _, c := range []struct {
		fit, unfit int
		want       string
	}{
		{12357, 12, "Every row was checked: 12,357 fit, 12 do not."},
		{1, 1, "Every row was checked: 1 fits, 1 does not."},
		{1234567, 0, "Every row was checked: all 1,234,567 fit."},
		{0, 12, "Every row was checked: none of 12 fits."},
		{1, 0, "The row was checked: it fits."},
		{0, 1, "The row was checked: it does not fit."},
	} {
		if got := checkedWords(batchResult{Fit: make([]int, c.fit), Unfit: make([]int, c.unfit)}); got != c.want {
			t.Errorf("%d and %d: %q, want %q", c.fit, c.unfit, got, c.want)
		}
	}
}

func TestOddFilesAreSaid(t *testing.T) {
	for text, want := range map[string]string{
		"a,b\n1,2\n":      "",
		"a,b\n1\n2,3\n":   "1 row has more or fewer cells than the first line has names.",
		"a,b\n1\n2,3,4\n": "2 rows have more or fewer cells than the first line has names.",
		"a,,c\n1,2,3\n":   "Line 1: column 2 has no name.",
		"a,a\n1,2\n3\n":   "1 row has more or fewer cells than the first line has names. Line 1: the name \"a\" is there more than once; column 2 is called \"a (2)\" here.",
	} {
		if got := oddWords(tableOf(t, text)); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestARowsProblemsAreSaidInFullUpToAFew(t *testing.T) {
	problem := func(field string) tabular.Problem {
		return tabular.Problem{Line: 1201, Problem: forms.Problem{Field: field, Text: "Wrong"}}
	}
	if got := rowProblems(1200, nil); got != "" {
		t.Errorf("for a row that fits it says %q", got)
	}
	got := rowProblems(1200, []tabular.Problem{problem(""), problem("A"), problem("B"), problem("C"), problem("D")})
	if want := "Row 1,200, line 1,201 of the file: Wrong · A: Wrong · B: Wrong · and 2 more problems."; got != want {
		t.Errorf("it says %q, want %q", got, want)
	}
}
