// The sandbox that did not start.

package access

import "fmt"

// SandboxError says that the sandbox in this process did not start.
type SandboxError struct{ Err error }

// Error implements error.
func (e *SandboxError) Error() string { return fmt.Sprintf("start the sandbox: %v", e.Err) }

// Unwrap leads to the cause.
func (e *SandboxError) Unwrap() error { return e.Err }
