// Errors of the macOS keychain.

package vault

import (
	"errors"
	"os/exec"
)

func platformReady() error { return nil }

// The exit codes of /usr/bin/security are the last byte of its OSStatus.
const (
	exitInteractionNotAllowed = 36  // errSecInteractionNotAllowed, -25308
	exitAuthFailed            = 51  // errSecAuthFailed, -25293
	exitCancelled             = 128 // errSecUserCanceled, -128
)

func platformKind(err error) error {
	var exit *exec.ExitError
	if !errors.As(err, &exit) {
		return nil
	}
	switch exit.ExitCode() {
	case exitInteractionNotAllowed, exitAuthFailed, exitCancelled:
		return ErrLocked
	}
	return nil
}
