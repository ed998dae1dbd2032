// Presets as a file: handing them on, and taking in those of others.

package ui

import (
	"context"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/storage"

	"github.com/activitydesk/activitydesk/forms"
	"github.com/activitydesk/activitydesk/ui/settings"
	"github.com/activitydesk/activitydesk/ui/widgets"
)

// fileQuestion asks for the path of a file, typed or chosen.
type fileQuestion struct {
	env     *Env
	path    *widgets.Entry
	problem *widgets.Text
	done    func()
}

// askFile opens the question. Act does the work and ends the question by close
// or by say; it is not called for an empty path.
func askFile(env *Env, card Card, path string, choose func(chosen func(string)), act func(q *fileQuestion, path string)) {
	q := &fileQuestion{env: env, path: widgets.NewEntry(), problem: widgets.NewWrappedText("", widgets.RoleProblem)}
	q.problem.Hide()
	q.path.SetText(path)
	q.path.SetPlaceHolder("path of the file")
	browse := widgets.NewButton("Choose…", func() { choose(q.path.SetText) })
	line := widgets.Dock(nil, widgets.Pad(0, 0, 0, 6, browse), nil, nil, q.path)
	card.Body = widgets.Column(8, line, q.problem, card.Body)
	card.Focus = q.path
	card.OnConfirm = func() bool {
		if path := pathOf(q.path.Text, homeFolder()); path != "" {
			act(q, path)
		} else {
			q.say("Give the path of the file.")
		}
		return false
	}
	q.done = env.Show(card)
}

func (q *fileQuestion) say(problem string) {
	q.problem.SetText(problem)
	setVisible(q.problem, problem != "")
}

// fail says why in the question.
func (q *fileQuestion) fail(err error) {
	m := Explain(err)
	q.say(strings.TrimSpace(m.What + " " + m.Do))
}

// exportPresets asks for a file and writes presets to it.
func (p *ComposePage) exportPresets(list []forms.Preset) {
	name := "presets.json"
	title := "Export " + counted(len(list), "preset", "presets")
	if len(list) == 1 {
		title = "Export “" + list[0].Name + "”"
		if plain := forms.PlainName(list[0].Name); plain != "" {
			name = "preset-" + plain + ".json"
		}
	}
	path := filepath.Join(homeFolder(), name)
	store, agreed := p.env.Presets, ""
	card := Card{Title: title, Confirm: "Export", Body: widgets.NewWrappedText(
		"The file holds all that was typed, personal data too. Others import it by Presets, Import.", widgets.RoleCaption,
	)}
	askFile(p.env, card, path, p.chooseSave(name), func(q *fileQuestion, path string) {
		replace := agreed == path
		p.env.Tasks.GoWrite(func(context.Context) {
			there := !replace && fileThere(path)
			var err error
			if !there {
				err = store.Export(path, list)
			}
			p.env.Post(func() {
				switch {
				case there:
					agreed = path
					q.say("There is a file of this name. Export once more to replace it.")
				case err != nil:
					q.fail(err)
				default:
					q.done()
					p.env.Notify(Notice{
						Key: "preset", Tone: ToneSuccess, Text: counted(len(list), "preset was", "presets were") + " exported to " + path + ".",
					})
				}
			})
		})
	})
}

func fileThere(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// importPresets asks for a file and takes in its presets.
func (p *ComposePage) importPresets() {
	store := p.env.Presets
	card := Card{Title: "Import presets", Confirm: "Import", Body: widgets.NewWrappedText(
		"A file that was exported by Activity Desk. Presets that are here already stay; one of the same name gets a number.", widgets.RoleCaption,
	)}
	askFile(p.env, card, "", p.chooseOpen, func(q *fileQuestion, path string) {
		p.env.Tasks.GoWrite(func(context.Context) {
			done, err := store.Import(path)
			p.env.Post(func() {
				p.presets.Reload()
				if err != nil {
					q.fail(err)
					return
				}
				q.done()
				p.env.Notify(Notice{Key: "preset", Tone: ToneSuccess, Text: importWords(done), Details: importLines(done)})
			})
		})
	})
}

// importWords says what became of a file's presets.
func importWords(done settings.Imported) string {
	var parts []string
	if n := len(done.Added); n > 0 {
		parts = append(parts, counted(n, "preset was imported", "presets were imported"))
	}
	if n := len(done.Renamed); n > 0 {
		parts = append(parts, strconv.Itoa(n)+" of them under a new name, since another has its own")
	}
	if done.There > 0 {
		parts = append(parts, counted(done.There, "was here already", "were here already"))
	}
	if len(parts) == 0 {
		return "The file holds no presets."
	}
	return strings.Join(parts, "; ") + "."
}

// importLines lists what was imported.
func importLines(done settings.Imported) string {
	var lines []string
	for _, preset := range done.Added {
		lines = append(lines, preset.Name+" · "+preset.Entity)
	}
	return strings.Join(lines, "\n")
}

// chooseOpen lets a person choose a JSON file that is there.
func (p *ComposePage) chooseOpen(chosen func(path string)) {
	d := dialog.NewFileOpen(func(file fyne.URIReadCloser, err error) {
		if err != nil {
			p.env.Notify(NoticeOf("preset", err))
			return
		}
		if file == nil {
			return
		}
		p.closeChosen(file)
		chosen(filepath.FromSlash(file.URI().Path()))
	}, p.env.Window)
	d.SetFilter(storage.NewExtensionFileFilter([]string{".json"}))
	d.SetConfirmText("Choose")
	showFileDialog(p.env.Window, d)
}

// chooseSave lets a person choose the folder and name of a file to be written.
func (p *ComposePage) chooseSave(name string) func(chosen func(path string)) {
	return func(chosen func(path string)) {
		d := dialog.NewFolderOpen(func(folder fyne.ListableURI, err error) {
			if err != nil {
				p.env.Notify(NoticeOf("preset", err))
				return
			}
			if folder != nil {
				chosen(filepath.Join(filepath.FromSlash(folder.Path()), name))
			}
		}, p.env.Window)
		d.SetConfirmText("Choose")
		showFileDialog(p.env.Window, d)
	}
}

func (p *ComposePage) closeChosen(file fyne.URIReadCloser) {
	if err := file.Close(); err != nil {
		p.env.Logger.Debug("close chosen file", "error", err)
	}
}
