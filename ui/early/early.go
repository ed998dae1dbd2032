// Package early catches what libraries write with package log while they are
// initialised, before main can send it to the log file: Fyne complains of a
// locale such as C that way, on every start and on the terminal.
//
// Go initialises packages in the order of their import paths as soon as what
// they import is initialised (the language specification, "Program
// initialization"). This package imports nothing of others, so its turn comes
// before that of any library with a later path or with more imports, of which
// Fyne's are.
package early

import (
	"io"
	"log"
	"strings"
	"sync"
)

// most is how much is kept, in bytes.
const most = 16 << 10

// caught holds what was written. It is package state because it has to be in
// place before anything can be made; Take empties it.
var caught = &buffer{}

func init() {
	caught.before = log.Writer()
	log.SetOutput(caught)
}

type buffer struct {
	mu     sync.Mutex
	text   strings.Builder
	before io.Writer // nil once it was given back
}

// Write keeps text up to a limit.
func (b *buffer) Write(text []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if room := most - b.text.Len(); room > 0 {
		b.text.Write(text[:min(len(text), room)])
	}
	return len(text), nil
}

// Take gives package log its output back and answers the lines that were
// caught. After the first time there are none.
func Take() []string {
	caught.mu.Lock()
	defer caught.mu.Unlock()
	if caught.before == nil {
		return nil
	}
	log.SetOutput(caught.before)
	caught.before = nil
	text := strings.TrimSpace(caught.text.String())
	caught.text.Reset()
	if text == "" {
		return nil
	}
	return strings.Split(text, "\n")
}
