// The version of the desk.

package ui

// Version is the desk's version. FyneApp.toml says the same to packagers; a
// test keeps the two equal.
const Version = "0.1.0"
