package e2e

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/activitydesk/activitydesk/client/journal"
	"github.com/activitydesk/activitydesk/client/metadata"
	"github.com/activitydesk/activitydesk/forms"
	"github.com/activitydesk/activitydesk/ui/widgets"
)

const wideEntity = "Survey_wideResponses"

// TestAnEntityOf300FieldsIsFilledAndSentByKeyboard types into every field of
// the largest entity, with Tab alone between them, and reads the stored row.
func TestAnEntityOf300FieldsIsFilledAndSentByKeyboard(t *testing.T) {
	home := t.TempDir()
	elsewhere := serve(t, "--key", secretKey, "--token", secretToken)
	desk := open(t, home)
	desk.stands("Contoso Coffee")
	desk.addConnection("Surveys", elsewhere)
	desk.stands("Surveys")
	desk.chooseInstance(1)
	desk.stands("Contoso Trial")
	desk.chooseEntity("wideResponses")
	desk.settingsHave(wideEntity)

	trial := elsewhere.instance("Contoso Trial")
	answers := answersTo(elsewhere.entity(trial, wideEntity))
	if len(answers) < 295 {
		t.Fatalf("only %d fields can be filled", len(answers))
	}
	desk.press("ctrl+n") // the cursor goes to the first field
	desk.fillByTab(stops(t, elsewhere.entity(trial, wideEntity)), answers)
	desk.press("ctrl+Return")

	eventually(t, "the journal to know that it is visible", func() bool {
		return slices.Equal(states(t, home), []journal.State{journal.Visible})
	})
	desk.picture("wide-sent")
	stored := elsewhere.stored(trial, wideEntity, "ResponseId", "RSP_e2e_1")
	if stored == nil {
		t.Fatal("the service has no such row")
	}
	for name, answer := range answers {
		if got := string(stored[name]); got != answer.sent {
			t.Errorf("%s: typed %s, stored %s, want %s", name, answer.typed, got, answer.sent)
		}
	}
}

// fillByTab types into the fields from the one that has the cursor. Keys wait in
// the window's queue where xdotool is faster than the desk draws, so from time
// to time it waits until the field that was typed last can be copied.
func (w *window) fillByTab(stops []string, answers map[string]answer) {
	w.t.Helper()
	const most = 40 // commands until it waits
	var batch []string
	for i, stop := range stops {
		if i > 0 {
			batch = append(batch, "key", "Tab", "sleep", "0.02")
		}
		answer, ok := answers[stop]
		if !ok {
			continue
		}
		batch = append(batch, "type", "--delay", "6", "--args", "1", answer.typed, "sleep", "0.02")
		last := i == len(stops)-1
		if (len(batch) < most || answer.typed == "t") && !last { // "t" chooses true, and cannot be copied
			continue
		}
		run(w.t, "xdotool", batch...)
		batch = nil
		within(w.t, 2*patience, "the cursor to be in "+stop, func() bool {
			run(w.t, "xdotool", "key", "ctrl+a", "sleep", "0.05", "key", "ctrl+c", "sleep", "0.2")
			return w.clipboard() == answer.typed
		})
	}
}

// stops are the fields that Tab comes to, in the order of the form; empty for
// what stands in a field beside its text. They are counted in a form of the
// same making, so that this case need not know what a field offers.
func stops(t *testing.T, entity metadata.Entity) []string {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(widgets.NewTheme(widgets.AppearanceLight))
	view := widgets.NewFormView()
	view.ActionsFor = func(field *forms.Field) []widgets.FieldAction {
		if !field.CustomerRef {
			return nil
		}
		return []widgets.FieldAction{{Label: "Find customer", Run: func() {}}}
	}
	view.OnLoadFile = func(*forms.Field) {} // a field of bytes offers it
	view.SetForm(formOf(entity))
	w := test.NewTempWindow(t, nil)
	widgets.NewRoot(view).Attach(w)
	w.Resize(fyne.NewSize(600, 500))

	waiting := map[string]bool{} // fields that are not reached yet
	for _, field := range view.Form().Fields() {
		waiting[field.Name] = !field.ReadOnly
	}
	fields := len(waiting)
	var stops []string
	view.FocusFirst()
	for range 10 * fields {
		name := view.FocusedField()
		if !waiting[name] {
			name = "" // beside the text of a field, or one that cannot be filled
		}
		delete(waiting, name)
		stops = append(stops, name)
		if !slices.Contains(slices.Collect(maps.Values(waiting)), true) {
			return stops
		}
		w.Canvas().FocusNext()
	}
	t.Fatalf("Tab does not reach %v", waiting)
	return nil
}

func formOf(entity metadata.Entity) *forms.Form {
	return forms.FromEntity(entity, forms.Options{Relationships: entity.Relationships})
}

// answer is what is typed into a field, and the JSON that is to be stored.
type answer struct{ typed, sent string }

// answersTo gives each field that can be filled a value of its type.
func answersTo(entity metadata.Entity) map[string]answer {
	answers := map[string]answer{}
	for i, field := range formOf(entity).Fields() {
		if field.ReadOnly {
			continue
		}
		answers[field.Name] = answerTo(i, field)
	}
	answers["ResponseId"] = quoted("RSP_e2e_1")
	answers["ContactId"] = quoted("CNTID_1000")
	return answers
}

func quoted(text string) answer { return answer{text, `"` + text + `"`} }

func plain(text string) answer { return answer{text, text} }

// answerTo is a value that no neighbour has.
func answerTo(i int, field *forms.Field) answer {
	switch field.Kind {
	case metadata.KindBoolean:
		return answer{"t", "true"}
	case metadata.KindInteger:
		if field.Type.Bits == 64 {
			return plain(fmt.Sprint(9_007_199_254_740_993 + i)) // no float holds it
		}
		return plain(fmt.Sprint(i % 120)) // the smallest type ends at 127
	case metadata.KindDouble, metadata.KindDecimal:
		return plain(fmt.Sprintf("%d.25", i))
	case metadata.KindDate:
		return quoted(fmt.Sprintf("2026-01-%02d", 1+i%28))
	case metadata.KindTimeOfDay:
		return quoted(fmt.Sprintf("09:%02d:00", i%60))
	case metadata.KindDateTime:
		return quoted(fmt.Sprintf("2026-11-20T09:%02d:00Z", i%60))
	case metadata.KindGUID:
		return quoted(fmt.Sprintf("00000000-0000-4000-8000-%012d", i))
	case metadata.KindBinary:
		return quoted("QUJD")
	case metadata.KindJSON:
		return plain(fmt.Sprintf(`{"n":%d}`, i))
	default:
		return quoted(fmt.Sprintf("t%d", i))
	}
}

// entity is what the service tells of an entity.
func (s *service) entity(instance, name string) metadata.Entity {
	s.t.Helper()
	var raw json.RawMessage
	s.get("/instances/"+instance+"/manage/entities/"+name, map[string][]string{"attributesAnnotations": {"true"}}, &raw)
	entity, err := metadata.ParseEntity(raw)
	if err != nil {
		s.t.Fatal(err)
	}
	return entity
}

// stored is the row of a source entity with a key, its values as they were
// written; nil where there is none.
func (s *service) stored(instance, entity, keyField, key string) map[string]json.RawMessage {
	s.t.Helper()
	var page struct{ Value []map[string]json.RawMessage }
	s.get("/instances/"+instance+"/data/"+entity, nil, &page)
	for _, row := range page.Value {
		if string(row[keyField]) != `"`+key+`"` {
			continue
		}
		for name, value := range row {
			var out bytes.Buffer
			if json.Compact(&out, value) == nil {
				row[name] = out.Bytes()
			}
		}
		return row
	}
	return nil
}
