// The middle of the compose page: the entity's head, its tabs, and the bar
// with the Send button. It shows what it is given and reports what is done.

package ui

import (
	"runtime"
	"strings"

	"fyne.io/fyne/v2"

	"github.com/activitydesk/activitydesk/client"
	"github.com/activitydesk/activitydesk/client/metadata"
	"github.com/activitydesk/activitydesk/forms"
	"github.com/activitydesk/activitydesk/ui/widgets"
	"github.com/activitydesk/activitydesk/ui/zones"
)

// composeActions is what the middle reports.
type composeActions struct {
	Changed      func(field string)
	Send         func()
	Problem      func() // go to the first field that is to be mended
	FindCustomer func()
	ReadSamples  func()
	UseSample    func(client.Row)
	StopSamples  func()
	Reload       func()
	Left         func(field string) // the cursor left it
	Undo, Redo   func()
	FillMenu     func() []widgets.MenuItem
	TabShown     func() // another tab is shown
	RemoveExtra  func(forms.Extra)
	JSON         jsonActions
	SavePreset   func()
	Presets      func() // open the list of presets
	Stop         func() // ends what Reload has begun
	Sent         func(field string) []string
	LoadField    func(*forms.Field)
}

// The tabs, by their places in the bar.
const (
	tabForm = iota
	tabJSON
	tabFields
	tabSamples
)

// composeWork is the middle of the page.
type composeWork struct {
	do       composeActions
	window   fyne.Window
	title    *widgets.Value
	subtitle *widgets.Text
	warning  *widgets.Text
	tools    *fyne.Container // beside the title: what can be done with the form as a whole
	undo     *widgets.Button
	redo     *widgets.Button
	fill     *widgets.Button
	tabs     *widgets.TabBar
	finder   *fieldFinder
	folds    *foldMemory
	form     *widgets.FormView
	forming  *widgets.StatePanel // around the form
	extras   *extrasNote
	json     *jsonTab
	fields   *fieldsTab
	samples  *samplesTab
	views    []fyne.CanvasObject // by tab
	stack    *fyne.Container     // of them

	presets  *widgets.Button // opens the list of presets
	save     *widgets.Button // saves the form as one
	saveBox  *fyne.Container // around it, hidden where there is no room
	send     *widgets.Button
	sendKey  *widgets.Text
	problems *widgets.Button
	mendDot  *widgets.Dot
	mend     *fyne.Container
	reason   *widgets.Text
	bar      *barState // as it is shown; nil: it and all above it are to be drawn anew

	whole *widgets.StatePanel // around all of it
	shown *draft
	notes noteBoard // below the fields
	tab   int       // as the person chose
	seen  int       // the one that is shown
	// instead shows the fields in place of the form of what receives nothing,
	// until the person asks for the form.
	instead bool
}

func newComposeWork(env *Env, do composeActions) *composeWork {
	w := &composeWork{
		do:       do,
		window:   env.Window,
		title:    widgets.NewLineValue("", widgets.RoleTitle),
		subtitle: widgets.NewEllipsisText("", widgets.RoleCaption),
		warning:  widgets.NewWrappedText("", widgets.RoleWarning),
		tools:    widgets.Row(8),
		tabs:     widgets.NewTabBar("Form", "JSON", "Fields", "Sample rows"),
		form:     widgets.NewFormView(),
		folds:    newFoldMemory(env),
		extras:   newExtrasNote(do.RemoveExtra),
		json:     newJSONTab(env, do.JSON),
		fields:   newFieldsTab(),
		samples:  newSamplesTab(env, do.ReadSamples, do.StopSamples, do.UseSample),
		send:     widgets.NewPrimaryButton("Send activity", do.Send),
		sendKey:  widgets.NewText(chord{fyne.KeyReturn, ctrl}.label(runtime.GOOS == "darwin"), widgets.RoleMuted),
		reason:   widgets.NewWrappedText("", widgets.RoleCaption),
	}
	w.problems = widgets.NewLinkButton("", do.Problem)
	w.mendDot = widgets.NewDot(widgets.ToneWarning)
	w.mend = widgets.Row(2, w.mendDot, w.problems)
	w.finder = newFieldFinder(w.form)
	w.forming = newStatePanel(env, w.finder.Around(w.form))
	w.tabs.OnSelected = w.choseTab
	w.form.OnChanged = do.Changed
	w.form.OnLeft = do.Left
	w.form.OnFold = func() { w.folds.Keep(w.shown.row.Name, w.form.Folded()) }
	w.form.ActionsFor = w.actionsFor
	w.form.Sent = do.Sent
	w.form.OnLoadFile = do.LoadField
	w.form.Window = env.Window
	w.form.Zones = zones.Names("")
	w.makeTools()
	w.makePresets()
	form := widgets.Dock(nil, nil, w.extras.Content(), nil, w.forming)
	w.views = []fyne.CanvasObject{form, w.json.Content(), w.fields.Content(), w.samples.Content()}
	w.stack = widgets.Views(w.views...)
	for _, later := range w.views[tabForm+1:] {
		later.Hide()
	}
	w.whole = newStatePanel(env, w.layout())
	return w
}

// Content is the middle's part of the page.
func (w *composeWork) Content() fyne.CanvasObject { return w.whole }

// actionsFor gives the links that stand in a field, beside the form's own.
func (w *composeWork) actionsFor(field *forms.Field) []widgets.FieldAction {
	if !field.CustomerRef {
		return nil
	}
	return []widgets.FieldAction{{
		Label: "Find customer", Run: w.do.FindCustomer, Note: findCustomerKey.label(runtime.GOOS == "darwin"),
	}}
}

// ShowNothing says why no entity is shown.
func (w *composeWork) ShowNothing(place Place) {
	w.shown, w.bar = nil, nil
	switch {
	case place.Connection.ID == "":
		w.whole.ShowEmpty("No connection is chosen", "Choose one in the bar above.", "", nil)
	case !place.Chosen():
		w.whole.ShowEmpty("No instance is chosen", "Choose one in the bar above.", "", nil)
	case place.Loading:
		w.whole.ShowLoading("Loading entities…", w.do.Stop)
	case place.Err != nil:
		showFailed(w.whole, place.Err, w.do.Reload)
	default:
		w.whole.ShowEmpty("No entities", "The instance has no entities, or none that you may see.", "Load again", w.do.Reload)
	}
}

// Show shows a draft.
func (w *composeWork) Show(d *draft) {
	w.bar = nil
	w.whole.ShowContent()
	w.title.SetText(metadata.Plain(d.row.Name))
	w.subtitle.SetText(entityWords(d))
	w.warning.SetText(warningWords(d))
	setVisible(w.warning, w.warning.Text() != "")
	if w.shown != d {
		w.instead = d.row.Muted
	}
	if w.shown != d || w.form.Form() != d.form {
		field, at := w.form.Cursor()
		if w.shown != d {
			field = ""
		}
		w.form.SetForm(d.form)
		w.notes = noteBoard{}
		w.form.SetFolded(w.folds.Of(d.row.Name))
		w.finder.Reset()
		w.form.FocusChange(field, at) // of new metadata: the person types on
		w.fields.Show(d.form)
		w.ShowSamples(d)
	} else {
		w.form.Sync()
	}
	w.shown = d
	w.ShowTools()
	w.ShowMarks(d.marks)
	switch nothing := "Nothing can be sent to " + metadata.Plain(d.row.Name); {
	case d.row.Muted:
		w.forming.ShowEmpty(nothing, d.row.Reason, "", nil)
		w.json.ShowMuted(nothing, d.row.Reason)
	case d.form.Len() == 0:
		w.forming.ShowEmpty("There are no fields", noFields, "", nil)
	default:
		w.forming.ShowContent()
	}
	setVisible(w.presets, !d.row.Muted)
	w.showTab()
}

// ShowPresets opens the list of presets below its button.
func (w *composeWork) ShowPresets(items []widgets.MenuItem) { widgets.ShowMenuBelow(w.presets, items) }

// SyncForm shows what the form holds after it changed by itself.
func (w *composeWork) SyncForm() { w.form.Sync() }

// ShowSamples shows what is known of the entity's rows.
func (w *composeWork) ShowSamples(d *draft) { w.samples.Show(d.samples, d.reading, !d.row.Muted) }

// ShowNote puts a line below a field.
func (w *composeWork) ShowNote(field, text string, problem bool) {
	role := widgets.RoleCaption
	if problem {
		role = widgets.RoleProblem
	}
	w.notes.say(field, text, role)
	w.showNote(field)
}

// ShowFilled shows a field that was filled from elsewhere, with the cursor in it.
func (w *composeWork) ShowFilled(field string) {
	w.ShowForm()
	w.form.SyncField(field)
	w.form.FocusField(field)
}

// Typing says whether the cursor is in a field.
func (w *composeWork) Typing() bool { return w.form.FocusedField() != "" }

// ShowForm goes to the form.
func (w *composeWork) ShowForm() {
	w.tab = tabForm
	w.showTab()
}

// ShowSampleRows goes to the sample rows, to choose one.
func (w *composeWork) ShowSampleRows() {
	w.choseTab(tabSamples)
	w.samples.Focus(w.window.Canvas())
}

// ShowJSON goes to the JSON.
func (w *composeWork) ShowJSON() { w.choseTab(tabJSON) }

// Tab is the tab that is shown.
func (w *composeWork) Tab() int { return w.seen }

// MarkJSON marks the JSON tab: its text is not applied.
func (w *composeWork) MarkJSON(marked bool) { w.tabs.SetMark(tabJSON, marked) }

// ShowExtras names the members that are sent although the entity has none
// such.
func (w *composeWork) ShowExtras(extras []forms.Extra) {
	before := w.extras.content.Visible()
	w.extras.Show(extras)
	if w.extras.content.Visible() != before {
		w.bar = nil
	}
}

// FocusFirst puts the cursor into the first field.
func (w *composeWork) FocusFirst() {
	w.ShowForm()
	w.form.FocusFirst()
}

// FocusEmpty puts the cursor into the first required field that is empty and
// shown; false means there is none, or the form itself is not shown.
func (w *composeWork) FocusEmpty() bool { return w.formShown() && w.form.FocusEmpty() }

// FocusField puts the cursor into a field.
func (w *composeWork) FocusField(name string) {
	w.ShowForm()
	w.form.FocusField(name)
}

// FocusFirstProblem puts the cursor into the first field to be mended.
func (w *composeWork) FocusFirstProblem() {
	w.ShowForm()
	w.form.FocusFirstProblem()
}

// Find puts the cursor into the find box.
func (w *composeWork) Find() {
	if w.shown == nil || w.shown.row.Muted {
		return
	}
	w.ShowForm()
	w.finder.Focus(w.window.Canvas())
}

// Escape shows all fields again.
func (w *composeWork) Escape() bool { return w.formShown() && w.finder.Escape() }

// formShown says whether the form is what is seen.
func (w *composeWork) formShown() bool {
	return w.shown != nil && !w.shown.row.Muted && w.tabs.Selected() == tabForm
}

func (w *composeWork) choseTab(index int) {
	w.tab, w.instead = index, false
	w.showTab()
}

// showTab shows the chosen tab.
func (w *composeWork) showTab() {
	tab := w.tab
	if tab == tabForm && w.instead {
		tab = tabFields
	}
	w.tabs.Select(tab)
	for i, view := range w.views {
		setVisible(view, i == tab)
	}
	relayout(w.stack)
	setVisible(w.finder.box, tab == tabForm && w.shown != nil && !w.shown.row.Muted)
	if w.seen != tab {
		w.seen = tab
		w.do.TabShown()
	}
}

// warningWords warns of an entity that may be tried, and of metadata that is odd.
func warningWords(d *draft) string {
	var sentences []string
	if reception, reason := d.row.Entity.Receives(); !d.row.Muted && reception == metadata.ReceivesMaybe {
		sentences = append(sentences, reason)
	}
	for _, note := range d.form.Notes() {
		sentences = append(sentences, note+".")
	}
	return strings.Join(sentences, " ")
}
