// What the runtime writes as the process dies, and what becomes of it at the
// next start.

package logging

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"runtime/debug"
	"strings"

	"github.com/gofrs/flock"
)

// catchFatal has the runtime write to a file of this process if it dies.
func (c *CrashReporter) catchFatal() error {
	name := fmt.Sprintf("%s%s-%d%s", reportPrefix, c.options.Now().UTC().Format(stampLayout), os.Getpid(), pendingSuffix)
	p := &pending{path: filepath.Join(c.options.Folder, name)}
	// The lock comes first: a pending file without one is taken for a dead run's.
	p.lock = flock.New(p.path+".lock", flock.SetPermissions(0o600))
	if held, err := p.lock.TryLock(); err != nil || !held {
		return errors.Join(errors.New("lock crash file"), err)
	}
	file, err := os.OpenFile(p.path, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600)
	if err == nil {
		err = debug.SetCrashOutput(file, debug.CrashOptions{})
		err = errors.Join(err, file.Close()) // the runtime has a handle of its own
	}
	if err != nil {
		return errors.Join(fmt.Errorf("open crash file: %w", err), p.remove())
	}
	c.pending = p
	return nil
}

func (p *pending) remove() error {
	err := os.Remove(p.path)
	if errors.Is(err, fs.ErrNotExist) {
		err = nil
	}
	err = errors.Join(err, p.lock.Unlock())
	_ = os.Remove(p.lock.Path()) // empty; harmless if it stays
	return err
}

// collect turns the pending files of dead runs into reports.
func (c *CrashReporter) collect() error {
	files, err := c.files(pendingSuffix)
	if err != nil {
		return fmt.Errorf("look for crash files: %w", err)
	}
	var problems []error
	for _, path := range files {
		if err := c.collectOne(path); err != nil {
			problems = append(problems, fmt.Errorf("collect crash file: %w", err))
		}
	}
	return errors.Join(problems...)
}

func (c *CrashReporter) collectOne(path string) error {
	p := &pending{path: path, lock: flock.New(path+".lock", flock.SetPermissions(0o600))}
	held, err := p.lock.TryLock()
	if err != nil {
		return err
	}
	if !held {
		return nil // its desk is running
	}
	raw, info, err := readPending(path)
	if errors.Is(err, fs.ErrNotExist) || err == nil && len(raw) == 0 {
		return p.remove()
	}
	if err != nil {
		return errors.Join(err, p.lock.Unlock())
	}
	var b strings.Builder
	c.head(&b, info.ModTime(), "not known: the process was ended by the runtime")
	b.WriteString(withoutValues(string(raw)))
	name := strings.TrimSuffix(filepath.Base(path), pendingSuffix)
	pid := name[strings.LastIndexByte(name, '-')+1:]
	report, err := c.write(info.ModTime(), pid, c.options.Redact.String(b.String()))
	if err != nil {
		return errors.Join(err, p.lock.Unlock())
	}
	c.earlier = append(c.earlier, report)
	return p.remove()
}

func readPending(path string) ([]byte, fs.FileInfo, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, nil, err
	}
	defer func() { _ = file.Close() }() // only read from
	info, err := file.Stat()
	if err != nil {
		return nil, nil, err
	}
	raw, err := io.ReadAll(io.LimitReader(file, maxStack))
	return raw, info, err
}

// leftOut stands where a panic's value stood. The process that knew the secrets
// is gone, so a value could hold one that nothing here recognises.
const leftOut = "[value left out: it could hold a secret]"

var (
	firstGoroutine = regexp.MustCompile(`(?m)^(?:goroutine \d+|runtime stack:)`)
	// What the runtime says in its own words. A program cannot write these
	// lines itself: the runtime indents what follows a line end in a value.
	runtimeLine  = regexp.MustCompile(`^(?:fatal error: |runtime: |\[signal |SIG[A-Z]+: |PC=)`)
	panicLine    = regexp.MustCompile(`^\s*panic: `)
	runtimePanic = regexp.MustCompile(`^\s*panic: (?:runtime error: )?(?:` +
		`(?:index|slice bounds) out of range \[[-0-9:]*\](?: with (?:length|capacity) \d+)?|` +
		`invalid memory address or nil pointer dereference|integer divide by zero|` +
		`assignment to entry in nil map|send on closed channel|close of (?:closed|nil) channel|` +
		`makeslice: (?:len|cap) out of range|makechan: size out of range|growslice: len out of range|` +
		`negative shift amount|` +
		`hash of unhashable type [\w./*\[\]{}-]+|comparing uncomparable type [\w./*\[\]{}-]+` +
		`)(?: \[recovered(?:, repanicked)?\])?$`)
)

// withoutValues takes the values of panics out of what the runtime wrote and
// keeps its own words and the stacks. In a stack, arguments are addresses.
func withoutValues(raw string) string {
	raw = strings.ReplaceAll(raw, "\r\n", "\n")
	head, stacks := raw, ""
	if loc := firstGoroutine.FindStringIndex(raw); loc != nil {
		head, stacks = raw[:loc[0]], raw[loc[0]:]
	}
	var b strings.Builder
	for line := range strings.Lines(head) {
		text := strings.TrimRight(line, "\n")
		switch {
		case text == "", runtimeLine.MatchString(text), runtimePanic.MatchString(text):
			b.WriteString(text + "\n")
		case panicLine.MatchString(text):
			b.WriteString("panic: " + leftOut + "\n")
		}
	}
	return b.String() + stacks
}
