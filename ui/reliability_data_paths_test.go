// The odd values on the other ways that a value goes: the JSON tab, a preset, a
// draft over a restart, a command for a shell.

package ui

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/activitydesk/activitydesk/forms"
	"github.com/activitydesk/activitydesk/ui/shell"
)

// oddValues are all of them.
func oddValues() []oddValue {
	return slices.Concat(oddTexts(), oddNumbers(), oddTimes(), oddScalars())
}

// spread puts each value into a field of its kind, as many as there are in a
// form, and gives what each form holds. What is of the key or the time is put
// there.
func (s *survey) spread(values []oddValue) []map[string]oddValue {
	kinds := map[string][]string{} // the fields of each type
	for _, field := range s.form().Fields() {
		if !field.Required && !field.ReadOnly {
			kinds[field.Type.Name] = append(kinds[field.Type.Name], field.Name)
		}
	}
	var rounds []map[string]oddValue
	used := map[string]int{}
	for _, v := range values {
		field, _ := s.form().Field(v.field)
		group, same := field.Type.Name, kinds[field.Type.Name]
		if field.Required {
			group, same = field.Name, []string{field.Name}
		}
		at := used[group]
		used[group]++
		for len(rounds) <= at/len(same) {
			rounds = append(rounds, map[string]oddValue{})
		}
		rounds[at/len(same)][same[at%len(same)]] = v
	}
	return rounds
}

// hold begins a form that holds the values as they come out of the clipboard.
func (s *survey) hold(round map[string]oddValue) {
	s.t.Helper()
	s.begin()
	for name, v := range round {
		if v.zone != "" {
			s.form().SetZone(name, mustZone(s.t, v.zone))
		}
		s.form().SetText(name, string([]rune(v.text)))
		s.compose.fieldChanged(name)
	}
}

// sendable are the values that are sent.
func sendable(values []oddValue) []oddValue {
	return slices.DeleteFunc(slices.Clone(values), func(v oddValue) bool { return v.sent == "" })
}

// refusable are those that are not.
func refusable(values []oddValue) []oddValue {
	return slices.DeleteFunc(slices.Clone(values), func(v oddValue) bool { return v.sent != "" })
}

func TestOddValuesGoThroughTheJSONTab(t *testing.T) {
	s := newSurvey(t, t.TempDir())
	for _, v := range sendable(oddValues()) {
		s.begin()
		s.form().LeaveOut(v.field)
		body := s.form().PreviewText()
		open := strings.LastIndex(body, "}")
		s.typeJSON(strings.TrimRight(body[:open], "\n") + ",\n  " + stringJSON(t, v.field) + ": " + v.sent + "\n}")
		s.compose.settleJSON(s.compose.current)
		if got := compact(t, membersIn(t, s.form().PreviewText())[v.field]); got != v.sent {
			t.Errorf("%s in %s is %.200s, want %.200s", v.day, v.field, got, v.sent)
		}
		s.compose.work.choseTab(tabForm)
		s.compose.work.choseTab(tabJSON)
		if got := compact(t, membersIn(t, s.jsonText())[v.field]); got != v.sent {
			t.Errorf("%s in %s: the tab shows %.200s, want %.200s", v.day, v.field, got, v.sent)
		}
	}
}

func TestOddValuesOfJSONTextAreRefusedWithTheirPlace(t *testing.T) {
	s := newSurvey(t, t.TempDir())
	for text, want := range map[string]string{
		`"\ud800"`:                  "The JSON does not parse: line 3: half of a character: the other half of the pair is missing",
		"\"a\x00b\"":                "The JSON does not parse: line 3: a control character inside text. Write it as \\u0000",
		`"\x41"`:                    `The JSON does not parse: line 3: a backslash is written \\ in JSON`,
		"\"a\nb\"":                  "The JSON does not parse: line 3: the closing quote of this text is missing on its line",
		"NaN":                       "The JSON does not parse: line 3: NaN is no JSON number. Write a number or null",
		"-Infinity":                 "The JSON does not parse: line 3: -Infinity is no JSON number. Write a number or null",
		"0x1F":                      "The JSON does not parse: line 3: “0x1F” is hexadecimal, and JSON has decimal numbers only. Write 31",
		"01":                        "The JSON does not parse: line 3: “01” is no JSON number. Write 1",
		"+1":                        "The JSON does not parse: line 3: “+1” is no JSON number. Write 1",
		"undefined":                 "The JSON does not parse: line 3: undefined is no JSON value. Write null, or leave the member out",
		`"1", "` + oddText + `": 2`: "The JSON does not parse: line 3: “" + oddText + "” is there twice, first in line 3. Keep one of them",
	} {
		s.begin()
		before := s.form().Snapshot()
		typed := "{\n  \"ResponseId\": \"RSP\",\n  \"" + oddText + "\": " + text + "\n}"
		s.typeJSON(typed)
		s.compose.settleJSON(s.compose.current)
		s.compose.Send()
		if got := s.compose.work.reason.Text(); !strings.HasPrefix(got, want) {
			t.Errorf("%q: the bar says %q, want %q", text, got, want)
		}
		if after := s.form().Snapshot(); len(s.wire.posted()) > 0 || len(after.Fields) != len(before.Fields) || s.jsonText() != typed {
			t.Errorf("%q: sent %d, the tab shows %q", text, len(s.wire.posted()), s.jsonText())
		}
		s.compose.New()
	}
}

func TestOddValuesComeOutOfAPresetAsTheyWentIn(t *testing.T) {
	s := newSurvey(t, t.TempDir())
	for i, round := range s.spread(oddValues()) {
		name := "odd " + string(rune('A'+i))
		delete(round, oddKey) // it is new each time
		s.hold(round)
		shown := s.form().PreviewText()
		s.saveAs(name)
		s.untilNotice("Saved as preset “" + name + "”.")
		s.compose.New()
		s.fromMenu(name)
		s.holds(round)
		key := s.form().Text(oddKey)
		s.form().SetText(oddKey, "RSP")
		if got, want := s.form().PreviewText(), strings.Replace(shown, membersKey(t, shown), "RSP", 1); got != want {
			t.Errorf("with the key %s it differs: %s", key, firstDifference(got, want))
		}
	}
}

// firstDifference tells two texts apart.
func firstDifference(got, want string) string {
	at := 0
	for at < min(len(got), len(want)) && got[at] == want[at] {
		at++
	}
	return fmt.Sprintf("at %d %.200q, want %.200q", at, got[max(0, at-40):], want[max(0, at-40):])
}

// membersKey is the key in a preview.
func membersKey(t *testing.T, preview string) string {
	t.Helper()
	_, rest, ok := strings.Cut(preview, `"`+oddKey+`": "`)
	key, _, closed := strings.Cut(rest, `"`)
	if !ok || !closed {
		t.Fatalf("no key in %.300s", preview)
	}
	return key
}

// holds compares what the form holds with what was put into it.
func (s *survey) holds(round map[string]oddValue) {
	s.t.Helper()
	for name, v := range round {
		if got, want := s.form().Text(name), string([]rune(v.text)); got != want {
			s.t.Errorf("%s: %s holds %.200q, want %.200q", v.day, name, got, want)
		}
		if v.zone != "" && s.form().Zone(name).String() != v.zone {
			s.t.Errorf("%s: %s is in %s", v.day, name, s.form().Zone(name))
		}
	}
}

func TestOddValuesOutliveARestart(t *testing.T) {
	folder := t.TempDir()
	s := surveyService(t)
	var rounds []map[string]oddValue
	var snapshot forms.Snapshot
	shown := ""
	t.Run("before", func(t *testing.T) {
		s.again(t, folder)
		rounds = s.spread(oddValues())
	})
	for _, round := range rounds {
		t.Run("typed", func(t *testing.T) {
			s.again(t, folder)
			s.hold(round)
			snapshot, shown = s.form().Snapshot(), s.form().PreviewText()
			s.untilKept(s.form().Text(oddKey))
		})
		t.Run("after", func(t *testing.T) {
			s.again(t, folder)
			s.holds(round)
			if got := s.form().PreviewText(); got != shown || len(s.form().Snapshot().Fields) != len(snapshot.Fields) {
				t.Errorf("it differs: %s", firstDifference(got, shown))
			}
		})
	}
}

// fakeCurl writes what it is given into the folder of its script.
const fakeCurl = `#!/bin/sh
printf '%s\0' "$@" > "$(dirname "$0")/arguments"
cat > "$(dirname "$0")/input"
`

func TestOddValuesAreTheSameInACommandForBash(t *testing.T) {
	bash, err := exec.LookPath("bash")
	if err != nil || runtime.GOOS == "windows" {
		t.Skip("no bash on this computer")
	}
	s := newSurvey(t, t.TempDir())
	folder := t.TempDir()
	script := filepath.Join(folder, "curl")
	if err := os.WriteFile(script, []byte(fakeCurl), 0o700); err != nil {
		t.Fatal(err)
	}
	for _, round := range s.spread(sendable(oddValues())) {
		s.hold(round)
		// A password in an address is hidden in every copy.
		shown := strings.Replace(s.form().PreviewText(), "user:pass@", "user:[hidden]@", 1)
		s.compose.copyCommand(shell.Bash)
		cmd := exec.CommandContext(t.Context(), bash)
		cmd.Stdin = strings.NewReader(s.app.Clipboard().Content())
		cmd.Env = append(os.Environ(), "PATH="+folder+string(os.PathListSeparator)+os.Getenv("PATH"), "ACCESS_TOKEN=t", "SUBSCRIPTION_KEY=k")
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		if got := curlBody(t, folder); got != shown {
			t.Errorf("curl would send something else: %s", firstDifference(got, shown))
		}
	}
}

// curlBody is what curl was told to send.
func curlBody(t *testing.T, folder string) string {
	t.Helper()
	arguments, err := os.ReadFile(filepath.Join(folder, "arguments"))
	if err != nil {
		t.Fatal(err)
	}
	list := bytes.Split(bytes.TrimSuffix(arguments, []byte{0}), []byte{0})
	for i, argument := range list[:len(list)-1] {
		if string(argument) == "--data-raw" {
			return string(list[i+1])
		}
	}
	input, err := os.ReadFile(filepath.Join(folder, "input"))
	if err != nil {
		t.Fatal(err)
	}
	return string(input)
}

func TestOddValuesAreTheSameWhenTheyAreTyped(t *testing.T) {
	s := newSurvey(t, t.TempDir())
	s.begin()
	for _, v := range oddTexts() {
		const most = 100 // letters: nobody types more of these
		if v.field != oddText || len(v.text) > most || strings.ContainsAny(v.text, "\r\n") {
			continue // Enter is a key of its own
		}
		s.form().LeaveOut(oddText)
		s.compose.work.form.SyncField(oddText)
		s.compose.work.form.FocusField(oddText)
		for _, letter := range v.text {
			s.window.Canvas().Focused().TypedRune(letter)
		}
		if got, want := s.form().Text(oddText), string([]rune(v.text)); got != want {
			t.Errorf("%s: typed is %q, want %q", v.day, got, want)
		}
	}
}
