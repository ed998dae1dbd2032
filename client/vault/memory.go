// A keyring in memory.

package vault

import "errors"

// memory is a backend for one session. The vault's line keeps its calls apart.
type memory map[string]string

var errNoEntry = errors.New("no such entry")

func (m memory) Get(account string) (string, error) {
	text, ok := m[account]
	if !ok {
		return "", fail(ErrNotFound, errNoEntry)
	}
	return text, nil
}

func (m memory) Set(account, text string) error {
	m[account] = text
	return nil
}

func (m memory) Delete(account string) error {
	if _, ok := m[account]; !ok {
		return fail(ErrNotFound, errNoEntry)
	}
	delete(m, account)
	return nil
}
