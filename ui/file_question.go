// Asking for a file: its path typed, or chosen in Fyne's dialog.

package ui

import (
	"os"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/storage"

	"github.com/activitydesk/activitydesk/ui/widgets"
	"github.com/activitydesk/activitydesk/ui/words"
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
	m := words.Explain(err)
	q.say(strings.TrimSpace(m.What + " " + m.Do))
}

func fileThere(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// chooseOpen lets a person choose a JSON file that is there.
func chooseOpen(env *Env) func(chosen func(path string)) {
	return func(chosen func(path string)) {
		d := dialog.NewFileOpen(func(file fyne.URIReadCloser, err error) {
			if err != nil {
				env.Notify(NoticeOf("file", err))
				return
			}
			if file == nil {
				return
			}
			if err := file.Close(); err != nil {
				env.Logger.Debug("close chosen file", "error", err)
			}
			chosen(filepath.FromSlash(file.URI().Path()))
		}, env.Window)
		d.SetFilter(storage.NewExtensionFileFilter([]string{".json"}))
		d.SetConfirmText("Choose")
		showFileDialog(env.Window, d)
	}
}

// chooseSave lets a person choose the folder of a file to be written.
func chooseSave(env *Env, name string) func(chosen func(string)) {
	return func(chosen func(path string)) {
		d := dialog.NewFolderOpen(func(folder fyne.ListableURI, err error) {
			if err != nil {
				env.Notify(NoticeOf("file", err))
				return
			}
			if folder != nil {
				chosen(filepath.Join(filepath.FromSlash(folder.Path()), name))
			}
		}, env.Window)
		d.SetConfirmText("Choose")
		showFileDialog(env.Window, d)
	}
}

// showFileDialog shows a dialog of Fyne's, which closes on Esc neither by
// itself nor has a size before it is shown.
func showFileDialog(window fyne.Window, d *dialog.FileDialog) {
	keys := window.Canvas()
	before := keys.OnTypedKey()
	keys.SetOnTypedKey(func(key *fyne.KeyEvent) {
		if key.Name == fyne.KeyEscape {
			d.Dismiss()
		}
	})
	d.SetOnClosed(func() { keys.SetOnTypedKey(before) })
	d.Show()
	const share = 0.75 // of the window
	size := keys.Size()
	d.Resize(fyne.NewSize(size.Width*share, size.Height*share))
}
