// How a file comes onto the batch page: by Fyne's dialog, or by its path.

package ui

import (
	"context"
	"os"
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/storage"
)

// chooseFile opens Fyne's dialog, in the folder of the file that is open.
func (p *BatchPage) chooseFile() {
	open := dialog.NewFileOpen(p.fileChosen, p.env.Window)
	open.SetFilter(storage.NewExtensionFileFilter([]string{".csv", ".tsv", ".txt"}))
	if p.file != nil {
		folder := storage.NewFileURI(filepath.Dir(p.file.Path))
		if list, err := storage.ListerForURI(folder); err == nil {
			open.SetLocation(list)
		}
	}
	open.SetConfirmText("Open")
	showFileDialog(p.env.Window, open)
}

// fileChosen is the dialog's answer; no reader: the person said no.
func (p *BatchPage) fileChosen(file fyne.URIReadCloser, err error) {
	if err != nil {
		p.cannotRead("", err)
		return
	}
	if file == nil {
		return
	}
	path := filepath.FromSlash(file.URI().Path())
	if err := file.Close(); err != nil {
		p.env.Logger.Debug("close chosen file", "error", err)
	}
	p.openFile(path)
}

// pathTyped opens the file at a path that was typed or pasted.
func (p *BatchPage) pathTyped(text string) {
	home, err := os.UserHomeDir()
	if err != nil {
		home = ""
	}
	if path := pathOf(text, home); path != "" {
		p.openFile(path)
	}
}

// openFile reads a file in the background.
func (p *BatchPage) openFile(path string) {
	p.failed = false
	p.path.SetText(path)
	p.whole.ShowLoading("Reading "+filepath.Base(path)+"…", p.stopReading)
	p.reading.Run(func(ctx context.Context) (*batchFile, error) {
		return readBatchFile(ctx, path)
	}, func(file *batchFile, err error) {
		if err != nil {
			p.cannotRead(path, err)
			return
		}
		p.fileRead(file)
	})
}

// stopReading goes back to what was shown before.
func (p *BatchPage) stopReading() {
	p.reading.Cancel()
	if p.file != nil {
		p.path.SetText(p.file.Path)
	}
	p.show()
}

func (p *BatchPage) cannotRead(path string, err error) {
	p.stopChecking()
	p.file, p.failed = nil, true
	p.show()
	m := explainFile(path, err)
	p.whole.ShowFailed(m.What, m.Do, m.Details, "Try again", p.Refresh)
}
