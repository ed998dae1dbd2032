// The version of the desk.

package ui

// Version is the desk's version. FyneApp.toml says the same to packagers; a
// test keeps the two equal.
const Version = "0.1.0"

// UserAgent names the desk to a service.
const userAgent = "ActivityDesk/" + Version
