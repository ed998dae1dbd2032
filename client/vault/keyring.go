// The keyring of the operating system.

package vault

import (
	"errors"

	"github.com/zalando/go-keyring"
)

// service is the name under which all entries of the desk stand.
const service = "activitydesk"

// osKeyring is the backend of the operating system. Each call can block for as
// long as the system asks a person to unlock the keyring, which is for ever
// where nobody answers.
type osKeyring struct {
	// ready says why it cannot be used, before the library tries; may be nil.
	ready func() error
}

func systemKeyring() osKeyring { return osKeyring{ready: platformReady} }

func (k osKeyring) Get(account string) (string, error) {
	if err := k.check(); err != nil {
		return "", err
	}
	text, err := keyring.Get(service, account)
	return text, classify(err)
}

func (k osKeyring) Set(account, text string) error {
	if err := k.check(); err != nil {
		return err
	}
	return classify(keyring.Set(service, account, text))
}

func (k osKeyring) Delete(account string) error {
	if err := k.check(); err != nil {
		return err
	}
	return classify(keyring.Delete(service, account))
}

func (k osKeyring) check() error {
	if k.ready == nil {
		return nil
	}
	if err := k.ready(); err != nil {
		return fail(ErrUnavailable, err)
	}
	return nil
}

// classify says of which kind an error of the library is.
func classify(err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, keyring.ErrNotFound):
		return fail(ErrNotFound, err)
	case errors.Is(err, keyring.ErrSetDataTooBig):
		return fail(ErrTooLarge, err)
	}
	if kind := platformKind(err); kind != nil {
		return fail(kind, err)
	}
	return fail(ErrUnavailable, err)
}
