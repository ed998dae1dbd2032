// A keyring that does what the test says.

package accesstest

import (
	"strings"
	"sync"

	"github.com/activitydesk/activitydesk/client/vault"
)

// Ring is a keyring that can be locked, full, absent or silent.
type Ring struct {
	mu     sync.Mutex
	texts  map[string]string
	err    error
	silent chan struct{} // calls wait until it is closed; nil: they do not
}

// NewRing makes an empty one.
func NewRing() *Ring { return &Ring{texts: map[string]string{}} }

// Refuse has every call answered with an error; nil: with what is there.
func (r *Ring) Refuse(err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.err = err
}

// Silence has every call wait, until what it answers is called.
func (r *Ring) Silence() (answer func()) {
	r.mu.Lock()
	defer r.mu.Unlock()
	silent := make(chan struct{})
	r.silent = silent
	return sync.OnceFunc(func() {
		r.mu.Lock()
		r.silent = nil
		r.mu.Unlock()
		close(silent)
	})
}

func (r *Ring) wait() {
	r.mu.Lock()
	silent := r.silent
	r.mu.Unlock()
	if silent != nil {
		<-silent
	}
}

// Get implements vault.Entries.
func (r *Ring) Get(account string) (string, error) {
	r.wait()
	r.mu.Lock()
	defer r.mu.Unlock()
	text, ok := r.texts[account]
	switch {
	case r.err != nil:
		return "", r.err
	case !ok:
		return "", vault.ErrNotFound
	}
	return text, nil
}

// Set implements vault.Entries.
func (r *Ring) Set(account, text string) error {
	r.wait()
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.err == nil {
		r.texts[account] = text
	}
	return r.err
}

// Delete implements vault.Entries.
func (r *Ring) Delete(account string) error {
	r.wait()
	r.mu.Lock()
	defer r.mu.Unlock()
	if _, ok := r.texts[account]; !ok && r.err == nil {
		return vault.ErrNotFound
	}
	if r.err == nil {
		delete(r.texts, account)
	}
	return r.err
}

// Harm changes what each entry holds, "" removes it, and answers what brings
// everything back.
func (r *Ring) Harm(change func(text string) string) (back func()) {
	r.mu.Lock()
	defer r.mu.Unlock()
	good := r.texts
	r.texts = map[string]string{}
	for account, text := range good {
		if text = change(text); text != "" {
			r.texts[account] = text
		}
	}
	return func() {
		r.mu.Lock()
		defer r.mu.Unlock()
		r.texts, r.err = good, nil
	}
}

// Holds says whether any entry is about something.
func (r *Ring) Holds(part string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	for account, text := range r.texts {
		if strings.Contains(account, part) || strings.Contains(text, part) {
			return true
		}
	}
	return false
}
