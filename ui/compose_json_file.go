// Files and the JSON tab: one is loaded in place of the text, the text is
// saved as one. Both by Fyne's dialog or by a path.

package ui

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"unicode/utf16"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/storage"

	"github.com/activitydesk/activitydesk/ui/settings"
	"github.com/activitydesk/activitydesk/ui/widgets"
	"github.com/activitydesk/activitydesk/ui/words"
)

// maxJSONFile bounds a file that is loaded, in bytes: far above what the
// service takes, far below what a window could not show.
const maxJSONFile = 4 << 20

// Why a file is not taken. Compare with errors.Is.
var (
	errLongJSON = errors.New("the file is larger than 4 MB")
	errNoText   = errors.New("the file is not text in UTF-8 or UTF-16")
)

// jsonActions is what the tab's parts do.
func (p *ComposePage) jsonActions() jsonActions {
	return jsonActions{
		Typed: p.jsonTyped, Left: p.jsonLeft, Format: p.formatJSON, Copy: p.copyJSONText, Paste: p.pasteJSON,
		Load: p.askJSONFile, Save: p.askJSONPath, Take: p.takeFieldsJSON,
		Keep: p.keepMembers, Drop: p.dropMembers, Rename: p.renameMembers,
	}
}

// askJSONFile asks which file is to be loaded.
func (p *ComposePage) askJSONFile() {
	if p.openJSON() == nil {
		return
	}
	path := widgets.NewEntry()
	path.SetPlaceHolder("Path of a JSON file")
	var closeCard func()
	choose := widgets.NewLinkButton("Choose a file…", func() {
		closeCard()
		p.chooseJSONFile()
	})
	closeCard = p.env.Show(Card{
		Title: "Load JSON", Confirm: "Load", Focus: path,
		Body: widgets.Column(8, widgets.NewWrappedText("The file's text takes the place of what is in the tab. It can be undone.", widgets.RoleCaption),
			path, widgets.Row(0, choose)),
		OnConfirm: func() bool {
			file := pathOf(path.Text, homeFolder())
			if file == "" {
				return false
			}
			p.loadJSON(file)
			return true
		},
	})
}

// chooseJSONFile opens Fyne's dialog.
func (p *ComposePage) chooseJSONFile() {
	open := dialog.NewFileOpen(func(file fyne.URIReadCloser, err error) {
		if err != nil {
			p.env.Notify(jsonFileNotice("", err))
			return
		}
		if file == nil {
			return // the person said no
		}
		path := filepath.FromSlash(file.URI().Path())
		if err := file.Close(); err != nil {
			p.env.Logger.Debug("close chosen file", "error", err)
		}
		p.loadJSON(path)
	}, p.env.Window)
	open.SetFilter(storage.NewExtensionFileFilter([]string{".json", ".txt"}))
	open.SetConfirmText("Load")
	showFileDialog(p.env.Window, open)
}

// loadJSON reads a file and puts its text into the tab.
func (p *ComposePage) loadJSON(path string) {
	d := p.current
	p.loading.Run(func(ctx context.Context) (string, error) {
		return readJSONFile(ctx, path)
	}, func(text string, err error) {
		if err != nil {
			p.env.Notify(jsonFileNotice(path, err))
			return
		}
		if d == nil || d != p.current {
			return
		}
		p.work.ShowJSON()
		p.replaceJSON(text, "The text was loaded from "+filepath.Base(path)+".")
	})
}

// readJSONFile gives a file's text, from the encodings that Windows writes too.
func readJSONFile(ctx context.Context, path string) (string, error) {
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return "", fmt.Errorf("open file: %w", err)
	case info.IsDir():
		return "", fmt.Errorf("open %s: %w", path, errFolder)
	case !info.Mode().IsRegular():
		return "", fmt.Errorf("open %s: %w", path, errNoPlainFile)
	}
	file, err := os.Open(path)
	if err != nil {
		return "", fmt.Errorf("open file: %w", err)
	}
	defer func() { _ = file.Close() }() // it was only read
	data, err := io.ReadAll(io.LimitReader(stoppable{ctx, file}, maxJSONFile+1))
	if err != nil {
		return "", fmt.Errorf("read %s: %w", path, err)
	}
	if len(data) > maxJSONFile {
		return "", fmt.Errorf("read %s: %w", path, errLongJSON)
	}
	text, ok := textOf(data)
	if !ok {
		return "", fmt.Errorf("read %s: %w", path, errNoText)
	}
	return widgets.PlainLines(text), nil
}

// textOf reads UTF-8, and UTF-16 with a byte order mark.
func textOf(data []byte) (string, bool) {
	if len(data) >= 2 && len(data)%2 == 0 {
		low, high := 0, 1
		switch {
		case data[0] == 0xff && data[1] == 0xfe:
		case data[0] == 0xfe && data[1] == 0xff:
			low, high = 1, 0
		default:
			return string(data), utf8.Valid(data)
		}
		units := make([]uint16, 0, len(data)/2-1)
		for i := 2; i < len(data); i += 2 {
			units = append(units, uint16(data[i+low])|uint16(data[i+high])<<8)
		}
		return string(utf16.Decode(units)), true
	}
	return string(data), utf8.Valid(data)
}

// askJSONPath asks where the text is to be saved.
func (p *ComposePage) askJSONPath() {
	d := p.openJSON()
	if d == nil {
		return
	}
	text := p.env.Redact.String(d.json.text) + "\n"
	path := widgets.NewEntry()
	path.SetText(filepath.Join(homeFolder(), d.key.Entity+".json"))
	p.env.Show(Card{
		Title: "Save the JSON", Confirm: "Save", Focus: path,
		Body: widgets.Column(8, widgets.NewWrappedText(
			"The text as it is in the tab. It can hold personal data: keep the file where only you read it.", widgets.RoleCaption), path),
		OnConfirm: func() bool {
			file := pathOf(path.Text, homeFolder())
			if file == "" {
				return false
			}
			p.saveJSON(file, text, false)
			return true
		},
	})
}

// saveJSON writes a text to a file that only the user reads. A file that is
// there is replaced only where that was agreed to.
func (p *ComposePage) saveJSON(path, text string, agreed bool) {
	p.env.Tasks.GoWrite(func(context.Context) {
		err := writeText(path, text, agreed)
		p.env.Post(func() {
			switch {
			case errors.Is(err, os.ErrExist):
				p.env.Show(Card{
					Title: "Replace the file?", Confirm: "Replace", Danger: true,
					Body:      widgets.NewWrappedText(path+" is there already. What it holds now would be lost.", widgets.RoleBody),
					OnConfirm: func() bool { p.saveJSON(path, text, true); return true },
				})
			case err != nil:
				p.env.Notify(jsonNotSaved(err))
			default:
				p.env.Notify(Notice{Key: "saved-json", Tone: ToneSuccess, Text: "The JSON was saved to " + path + "."})
			}
		})
	})
}

// jsonNotSaved says why a text was not saved.
func jsonNotSaved(err error) Notice {
	return Notice{
		Key: "saved-json", Tone: ToneError, Details: err.Error(),
		Text: "The JSON was not saved. Check that the file and its folder can be written and that there is room, or choose another.",
	}
}

// writeText writes a file whole or not at all; os.ErrExist: there is one, and it
// was not agreed to replace it.
func writeText(path, text string, agreed bool) error {
	if _, err := os.Lstat(path); err == nil && !agreed {
		return fmt.Errorf("save: %w", os.ErrExist)
	}
	if err := settings.ReplaceFile(path, []byte(text)); err != nil {
		return fmt.Errorf("save: %w", err)
	}
	return nil
}

// homeFolder is where paths begin; empty where this computer does not say.
func homeFolder() string {
	home, err := os.UserHomeDir()
	if err != nil {
		return ""
	}
	return home
}

// jsonFileNotice says why a file was not loaded.
func jsonFileNotice(path string, err error) Notice {
	m := words.Message{What: "The file could not be read.", Do: "Check the path, and close a program that holds it."}
	switch {
	case errors.Is(err, os.ErrNotExist):
		m = words.Message{What: "There is no file " + path + ".", Do: "Check the path, or choose the file."}
	case errors.Is(err, os.ErrPermission):
		m = words.Message{What: "The file may not be read.", Do: "Check whose it is, and close a program that holds it."}
	case errors.Is(err, errFolder):
		m = words.Message{What: "This is a folder, not a file.", Do: "Choose a JSON file in it."}
	case errors.Is(err, errLongJSON):
		m = words.Message{What: "The file is larger than 4 MB.", Do: "An activity is one JSON object: load a file with one alone."}
	case errors.Is(err, errNoText), errors.Is(err, errNoPlainFile):
		m = words.Message{What: "The file is not a text.", Do: "Save it as text in UTF-8 and load it again."}
	}
	return Notice{Key: "load-json", Tone: ToneError, Text: m.What + " " + m.Do, Details: err.Error()}
}
