// Presets as a file: handing them on, and taking in those of others.

package ui

import (
	"context"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/activitydesk/activitydesk/forms"
	"github.com/activitydesk/activitydesk/ui/settings"
	"github.com/activitydesk/activitydesk/ui/widgets"
	"github.com/activitydesk/activitydesk/ui/words"
)

// exportPresets asks for a file and writes presets to it.
func (p *ComposePage) exportPresets(list []forms.Preset) {
	name := "presets.json"
	title := "Export " + words.Counted(len(list), "preset", "presets")
	if len(list) == 1 {
		title = "Export “" + list[0].Name + "”"
		if plain := forms.PlainName(list[0].Name); plain != "" {
			name = "preset-" + plain + ".json"
		}
	}
	path := filepath.Join(homeFolder(), name)
	store, known, agreed := p.env.Presets, p.env.Redact, ""
	card := Card{Title: title, Confirm: "Export", Body: widgets.NewWrappedText(
		"The file holds all that was typed, personal data too. Others import it by Presets, Import.", widgets.RoleCaption,
	)}
	askFile(p.env, card, path, chooseSave(p.env, name), func(q *fileQuestion, path string) {
		replace := agreed == path
		p.env.Tasks.GoWrite(func(context.Context) {
			there := !replace && fileThere(path)
			err := secretInside(known, list...)
			if !there && err == nil {
				err = store.Export(path, list)
			}
			p.env.Post(func() {
				switch {
				case there && err == nil:
					agreed = path
					q.say("There is a file of this name. Export once more to replace it.")
				case err != nil:
					q.fail(err)
				default:
					q.done()
					p.env.Notify(Notice{
						Key: "preset", Tone: ToneSuccess, Text: words.Counted(len(list), "preset was", "presets were") + " exported to " + path + ".",
					})
				}
			})
		})
	})
}

// importPresets asks for a file and takes in its presets.
func (p *ComposePage) importPresets() {
	store := p.env.Presets
	card := Card{Title: "Import presets", Confirm: "Import", Body: widgets.NewWrappedText(
		"A file that was exported by Activity Desk. Presets that are here already stay; one of the same name gets a number.", widgets.RoleCaption,
	)}
	askFile(p.env, card, "", chooseOpen(p.env), func(q *fileQuestion, path string) {
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
		parts = append(parts, words.Counted(n, "preset was imported", "presets were imported"))
	}
	if n := len(done.Renamed); n > 0 {
		parts = append(parts, strconv.Itoa(n)+" of them under a new name, since another has its own")
	}
	if done.There > 0 {
		parts = append(parts, words.Counted(done.There, "was here already", "were here already"))
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
