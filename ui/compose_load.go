// Filling a field from a file: chosen in Fyne's dialog, or by its path.

package ui

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"

	"github.com/activitydesk/activitydesk/client/metadata"
	"github.com/activitydesk/activitydesk/forms"
	"github.com/activitydesk/activitydesk/ui/tasks"
	"github.com/activitydesk/activitydesk/ui/widgets"
)

// maxFieldFile is the largest file that a field takes, in bytes. The service
// publishes no limit; an activity is no place for more.
const maxFieldFile = 1 << 20

// errFieldFileLarge is why a file does not fit a field. Compare with errors.Is.
var errFieldFileLarge = errors.New("the file is larger than 1 MB")

// fieldLoad is the card that asks for the file of a field.
type fieldLoad struct {
	page    *ComposePage
	draft   *draft
	field   *forms.Field
	path    *widgets.Entry
	problem *widgets.Text
	reading *tasks.Latest[string]
	close   func()
}

// loadField asks for a file and makes what it holds the field's value.
func (p *ComposePage) loadField(field *forms.Field) {
	if p.current == nil {
		return
	}
	l := &fieldLoad{
		page: p, draft: p.current, field: field, path: widgets.NewEntry(),
		problem: widgets.NewWrappedText("", widgets.RoleProblem), reading: newLatest[string](p.env),
	}
	l.path.SetPlaceHolder("Path of the file")
	l.problem.Hide()
	about := "The file's text becomes the value of " + field.Label + "."
	if field.Kind == metadata.KindBinary && !field.Type.Collection {
		about = "The file's bytes become the value of " + field.Label + ", in base64."
	}
	choose := widgets.NewButton("Choose…", l.choose)
	l.close = p.env.Show(Card{
		Title: "Load " + field.Label + " from a file",
		Body: widgets.Column(10, widgets.NewWrappedText(about, widgets.RoleBody),
			container.NewBorder(nil, nil, nil, widgets.Pad(0, 0, 0, 6, choose), l.path), l.problem),
		Confirm: "Load", OnConfirm: l.load, OnClose: l.reading.Cancel, Focus: l.path,
	})
}

// choose opens Fyne's dialog over the card.
func (l *fieldLoad) choose() {
	open := dialog.NewFileOpen(func(file fyne.URIReadCloser, err error) {
		if err != nil {
			l.say(err)
			return
		}
		if file == nil {
			return
		}
		path := filepath.FromSlash(file.URI().Path())
		if err := file.Close(); err != nil {
			l.page.env.Logger.Debug("close chosen file", "error", err)
		}
		l.path.SetText(path)
		l.load()
	}, l.page.env.Window)
	open.SetConfirmText("Choose")
	showFileDialog(l.page.env.Window, open)
}

// load reads the file at the path. The card closes once it was read.
func (l *fieldLoad) load() bool {
	path := pathOf(l.path.Text, homeFolder())
	if path == "" {
		l.say(errors.New("write the path of a file, or choose one"))
		return false
	}
	binary := l.field.Kind == metadata.KindBinary && !l.field.Type.Collection
	l.reading.Run(func(ctx context.Context) (string, error) {
		return readFieldFile(ctx, path, binary)
	}, func(text string, err error) {
		if err != nil {
			l.say(err)
			return
		}
		l.close()
		l.page.fieldLoaded(l.draft, l.field.Name, text)
	})
	return false
}

// say shows what went wrong, in the card.
func (l *fieldLoad) say(err error) {
	l.problem.SetText(fieldFileWords(err))
	l.problem.Show()
	l.problem.Refresh()
}

// fieldLoaded makes a file's text the value of a field.
func (p *ComposePage) fieldLoaded(d *draft, name, text string) {
	p.changeWhole(d, func() {
		if text == "" {
			d.form.SetEmpty(name)
			return
		}
		d.form.SetText(name, text)
	})
	if d == p.current {
		p.work.FocusField(name)
	}
}

// readFieldFile reads a file as the text of a field: its bytes in base64, or
// text with line ends as JSON has them. A folder, a pipe and a file over
// the limit are refused before they are read.
func readFieldFile(ctx context.Context, path string, binary bool) (string, error) {
	info, err := os.Stat(path)
	if err != nil {
		return "", fmt.Errorf("open file: %w", err)
	}
	switch {
	case info.IsDir():
		return "", fmt.Errorf("open %s: %w", path, errFolder)
	case !info.Mode().IsRegular():
		return "", fmt.Errorf("open %s: %w", path, errNoPlainFile)
	case info.Size() > maxFieldFile:
		return "", fmt.Errorf("open %s: %w", path, errFieldFileLarge)
	}
	file, err := os.Open(path)
	if err != nil {
		return "", fmt.Errorf("open file: %w", err)
	}
	defer func() { _ = file.Close() }() // it was only read
	data, err := io.ReadAll(io.LimitReader(stoppable{ctx, file}, maxFieldFile+1))
	switch {
	case err != nil:
		return "", fmt.Errorf("read %s: %w", path, err)
	case len(data) > maxFieldFile:
		return "", fmt.Errorf("read %s: %w", path, errFieldFileLarge)
	case binary:
		return base64.StdEncoding.EncodeToString(data), nil
	}
	text, ok := textOf(data)
	if !ok {
		return "", fmt.Errorf("read %s: %w", path, errNoText)
	}
	return widgets.PlainLines(text), nil
}

// fieldFileWords says why a file could not be taken, and what to do.
func fieldFileWords(err error) string {
	switch {
	case errors.Is(err, errFieldFileLarge):
		return "The file is larger than 1 MB. Choose a smaller one."
	case errors.Is(err, errNoText):
		return "The file is no text. Save it as text in UTF-8, or choose another one."
	case errors.Is(err, errFolder):
		return "This is a folder. Choose a file in it."
	case errors.Is(err, errNoPlainFile):
		return "This is no file that can be read to its end. Choose another one."
	case errors.Is(err, fs.ErrNotExist):
		return "There is no such file. Check the path."
	case errors.Is(err, fs.ErrPermission):
		return "You may not read this file. Choose another one, or ask for the right to."
	}
	return "The file could not be read: " + err.Error() + "."
}
