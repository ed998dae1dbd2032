// Package panics hands a panic to whoever can write it down without secrets, before
// the Go runtime writes it as it is. Each goroutine below the window that is not one
// of ui/tasks is begun with Guard, and so is what libraries call on goroutines of
// theirs.
package panics

import (
	"runtime/debug"
	"sync/atomic"
)

// handler is what becomes of panics. It is package state as the runtime's own is: a
// panic ends the process, whatever object it comes from.
var handler atomic.Pointer[func(where string, value any, stack []byte)]

// Handle has panics go to h from now on, which is to end the process; nil lets them
// pass to the runtime.
func Handle(h func(where string, value any, stack []byte)) {
	if h == nil {
		handler.Store(nil)
		return
	}
	handler.Store(&h)
}

// Guard is to be deferred, itself and not inside another function, first of all:
//
//	go func() {
//		defer panics.Guard("renewing a sign-in")
//
// Where is what the goroutine does, for people. Without a panic it does nothing.
func Guard(where string) {
	h := handler.Load()
	if h == nil {
		return
	}
	if value := recover(); value != nil {
		(*h)(where, value, debug.Stack())
	}
}
