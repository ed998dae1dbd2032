package words

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/activitydesk/activitydesk/client"
)

func TestTheTableOfCodesIsThatOfTheContract(t *testing.T) {
	var have []string
	for _, table := range []map[string]Code{activityCodes(), serviceCodes()} {
		for code := range table {
			have = append(have, code)
		}
	}
	want := slices.Clone(contractCodes)
	slices.Sort(have)
	slices.Sort(want)
	if !slices.Equal(have, want) {
		t.Errorf("the table has\n%v\nthe contract\n%v", have, want)
	}
}

// The sandbox answers with the service's codes. One that it learns has to be
// learnt here too.
func TestEveryCodeOfTheSandboxIsKnown(t *testing.T) {
	files, err := filepath.Glob("../../client/sandbox/*.go")
	if err != nil || len(files) == 0 {
		t.Fatalf("no sources: %v", err)
	}
	pattern := regexp.MustCompile(`(?:badRequest|notFound|forbidden|detail)[({]"(\w+)"|(?:code|http\.Status\w+): +"(\w+)"`)
	found := 0
	for _, file := range files {
		source, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		for _, match := range pattern.FindAllStringSubmatch(string(source), -1) {
			code := match[1] + match[2]
			found++
			if _, known := CodeOf(code); !known {
				t.Errorf("%s answers %q, which the table does not have", filepath.Base(file), code)
			}
		}
	}
	if found < 10 {
		t.Errorf("only %d codes were found: the pattern no longer fits", found)
	}
}

func TestCodesAreKnownInAnyCase(t *testing.T) {
	if entry, ok := CodeOf("StoreDuplicateItem"); !ok || entry.Remedy != RemedyNewID {
		t.Errorf("%+v, %v", entry, ok)
	}
}

func TestWhereThereIsSomethingToDoItIsOffered(t *testing.T) {
	for code, want := range map[string]Remedy{
		"mandatoryFieldsMissing": RemedyFields, "writeReadonlyField": RemedyFields, "malformedInputParameters": RemedyFields,
		"fieldNotExistsInMetadata": RemedyReload, "storeDuplicateItem": RemedyNewID,
		"customerForActivityNotFound": RemedyCustomer, "recordDoesNotExist": RemedyCustomer,
		"invalidValidUntilParameter": RemedyKeep, "instanceNotFound": RemedyReload, "invalidInstanceId": RemedyReload,
		"instanceNotActive": RemedyReload, "instanceExpired": RemedyReload, "entityMetaDataNotFound": RemedyReload,
		"noBearerTokenAvailableInRequest": RemedyConnection, "apiSubscriptionNotFound": RemedyConnection,
	} {
		if entry, _ := CodeOf(code); entry.Remedy != want {
			t.Errorf("%s: %d, want %d", code, entry.Remedy, want)
		}
	}
}

func TestACodeThatNobodyKnowsIsShownRaw(t *testing.T) {
	m := Explain(&client.Error{Op: "post x", Kind: client.KindBadRequest, Status: 400, Code: "tenantOnHoliday", Message: "Back on Monday"})
	for _, part := range []string{"refused the request (400)", "“tenantOnHoliday”, not a code that this desk knows", "“Back on Monday”"} {
		if !strings.Contains(m.What, part) {
			t.Errorf("it does not say %q: %s", part, m.What)
		}
	}
	long := Explain(&client.Error{Kind: client.KindBadRequest, Status: 400, Code: strings.Repeat("x", 4000)})
	if len([]rune(long.What)) > 400 {
		t.Errorf("a code of 4,000 letters makes %d", len([]rune(long.What)))
	}
	if known := Explain(&client.Error{Kind: client.KindBadRequest, Status: 400, Code: "instanceExpired"}); strings.Contains(known.What, "not a code") {
		t.Errorf("a known one: %s", known.What)
	}
}
