// What can be done on the compose page by key, and is listed with its key.

package ui

import (
	"runtime"
	"slices"

	"fyne.io/fyne/v2"

	"github.com/activitydesk/activitydesk/forms"
	"github.com/activitydesk/activitydesk/ui/shell"
	"github.com/activitydesk/activitydesk/ui/widgets"
)

// groupField is what is done in the field that has the cursor.
const groupField = "Field"

// suggestionKeys open the suggestions of a field.
func suggestionKeys(mac bool) []chord {
	var chords []chord
	for _, keys := range widgets.SuggestionKeys(mac) {
		chords = append(chords, chord{keys.KeyName, keys.Modifier})
	}
	return chords
}

// Commands lists them, one in each line.
func (p *ComposePage) Commands() []command {
	const ctrlShift = ctrl | fyne.KeyModifierShift
	return p.withReasons(append([]command{
		{group: groupActivity, title: "Undo", chords: undoKeys, run: p.Undo, why: p.cannotUndo},
		{group: groupActivity, title: "Redo", chords: redoKeys, run: p.Redo, why: p.cannotRedo},
		{group: groupActivity, title: "Fill from a sample row", run: p.chooseSample},
		{group: groupActivity, title: "Fill from the next sample row", run: p.useNextSample},
		{group: groupActivity, title: "Fill with believable values what is left out", chords: fillKeys, run: func() { p.fillBelievable(forms.FillLeftOut) }},
		{group: groupActivity, title: "Fill with believable values what is required", run: func() { p.fillBelievable(forms.FillRequired) }},
		{group: groupActivity, title: "Fill all fields with believable values", run: func() { p.fillBelievable(forms.FillAll) }},
		{group: groupActivity, title: "Fill with the values of a seed", run: p.askSeed},
		{group: groupJSON, title: "Edit the JSON", chords: []chord{{fyne.KeyJ, ctrl}}, run: p.editJSON},
		{group: groupJSON, title: "Format the JSON", chords: []chord{{fyne.KeyJ, ctrl | fyne.KeyModifierShift}}, run: p.formatJSON},
		{group: groupJSON, title: "Take the fields' JSON again", run: p.takeFieldsJSON},
		{group: groupJSON, title: "Paste in place of the JSON", run: p.pasteOverJSON},
		{group: groupJSON, title: "Load JSON from a file…", run: p.askJSONFile},
		{group: groupJSON, title: "Save the JSON as a file…", run: p.askJSONPath},
		{group: groupActivity, title: "Next problem", chords: []chord{{fyne.KeyF8, 0}}, run: p.nextProblem},
		{group: groupActivity, title: "Save as preset", chords: []chord{{fyne.KeyS, ctrl}}, run: p.SavePreset},
		{group: groupActivity, title: "Presets", chords: []chord{{fyne.KeyP, ctrl}}, run: p.showPresets},
		{group: groupActivity, title: "Manage presets", run: p.managePresets, why: always},
		{group: groupActivity, title: "Import presets", run: p.importPresets, why: always},
		{group: groupRequest, title: "Copy the JSON that is shown", chords: []chord{{fyne.KeyC, ctrlShift}}, run: p.copyJSON},
		{group: groupRequest, title: "Copy as cURL for bash", chords: []chord{{fyne.KeyB, ctrlShift}}, run: func() { p.copyCommand(shell.Bash) }},
		{group: groupRequest, title: "Copy for PowerShell", chords: []chord{{fyne.KeyP, ctrlShift}}, run: func() { p.copyCommand(shell.PowerShell) }},
		{group: groupRequest, title: "Copy for the Windows prompt", run: func() { p.copyCommand(shell.Cmd) }},
		{group: groupRequest, title: "Copy the address", run: p.copyAddress},
		{group: groupRequest, title: "Keep until…", chords: []chord{{fyne.KeyU, ctrlShift}}, run: p.askUntil},
		{group: groupRequest, title: "Show what was sent or will be", chords: []chord{{fyne.KeyR, ctrlShift}}, run: p.pane.switchView},
		{group: groupRequest, title: "Copy the answer", run: p.copyAnswer, why: p.nothingSent},
		{group: groupRequest, title: "Copy the last send for a ticket", run: func() { p.copyTicket(false) }, why: p.nothingSent},
		{group: groupRequest, title: "Go to the field that the service names", chords: []chord{{fyne.KeyE, ctrlShift}}, run: p.goToMark, why: p.nothingMarked},
		{group: groupRequest, title: "Stop looking or waiting", run: p.stop, why: p.nothingSent},
		{group: groupActivity, title: "Find customer", chords: []chord{findCustomerKey}, run: p.findCustomer},
		{group: groupField, title: "Value, leave out, null, empty text …", chords: []chord{{fyne.KeyDown, fyne.KeyModifierAlt}}, run: p.work.form.OpenMenu},
		{group: groupField, title: "Suggestions", chords: suggestionKeys(runtime.GOOS == "darwin"), run: p.work.form.OpenSuggestions},
		{group: groupField, title: "Calendar", chords: []chord{{fyne.KeyF4, 0}}, run: p.work.form.OpenCalendar},
		{group: groupField, title: "Several lines, or one", chords: []chord{{fyne.KeyReturn, fyne.KeyModifierAlt}}, run: p.work.form.ToggleLines},
	}, slices.Concat(p.sendCommands(), p.formCommands())...))
}
