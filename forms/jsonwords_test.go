package forms_test

import (
	"errors"
	"testing"

	"github.com/activitydesk/activitydesk/forms"
)

func TestWhatProgramsAndPeopleWriteForAValueSaysWhatWouldBeRight(t *testing.T) {
	const decimal = ", and JSON has decimal numbers only. Write "
	for value, want := range map[string]string{
		"0x1F":                   "“0x1F” is hexadecimal" + decimal + "31",
		"-0XfF":                  "“-0XfF” is hexadecimal" + decimal + "-255",
		"0x1_0":                  "“0x1_0” is hexadecimal" + decimal + "16",
		"0xFFFFFFFFFFFFFFFFFFFF": "“0xFFFFFFFFFFFFFFFFFFFF” is hexadecimal" + decimal + "1208925819614629174706175",
		"0o17":                   "“0o17” is octal" + decimal + "15",
		"+0b101":                 "“+0b101” is binary" + decimal + "5",
		"017":                    "“017” is no JSON number. Write 17, or 15 if it is octal",
		"-017":                   "“-017” is no JSON number. Write -17, or -15 if it is octal",
		"007":                    "“007” is no JSON number. Write 7",
		"089":                    "“089” is no JSON number. Write 89",
		"1_000":                  "“1_000” is no JSON number. Write 1000",
		"-1_000_000.5":           "“-1_000_000.5” is no JSON number. Write -1000000.5",
		"1'000":                  "“1'000” is no JSON number. Write 1000",
		"+5":                     "“+5” is no JSON number. Write 5",
		".5":                     "“.5” is no JSON number. Write 0.5",
		"-.5":                    "“-.5” is no JSON number. Write -0.5",
		"5.":                     "“5.” is no JSON number. Write 5",
		"5.e3":                   "“5.e3” is no JSON number. Write 5e3",
		"5n":                     "“5n” is no JSON number. Write 5",
		"1.5f":                   "“1.5f” is no JSON number. Write 1.5",
		"NaN":                    "NaN is no JSON number. Write a number or null",
		"Infinity":               "Infinity is no JSON number. Write a number or null",
		"-Infinity":              "-Infinity is no JSON number. Write a number or null",
		"True":                   "JSON writes true in small letters",
		"None":                   "None is no JSON value. Write null, or leave the member out",
		"'x'":                    `text goes in double quotes: " in place of '`,
		"/* why */ 1":            "JSON has no comments. Remove it",
		"0x":                     "“0x” is no JSON number. A date or other text goes in double quotes",
		"0xZZ":                   "“0xZZ” is no JSON number. A date or other text goes in double quotes",
		"1_":                     "“1_” is no JSON number. A date or other text goes in double quotes",
		"12abc":                  "“12abc” is no JSON number. A date or other text goes in double quotes",
		"2026-11-23":             "“2026-11-23” is no JSON number. A date or other text goes in double quotes",
	} {
		for _, text := range []string{`{"a": ` + value + `}`, `{"a": ` + value + ", \"b\": 1}", "[{\n" + `"a": ` + value + "\n}]"} {
			_, err := forms.FormatJSON(text)
			var wrong *forms.JSONError
			if !errors.As(err, &wrong) || wrong.Text != want || wrong.Column < 6 {
				t.Errorf("%s: %v, want %q", text, err, want)
			}
		}
	}
}
