// The caller that a desk names until somebody writes another one.

package settings

import (
	"os/user"
	"strings"
	"sync"
	"unicode"
)

// productCaller is the desk's part of the caller.
const productCaller = "desk"

// DefaultCaller names the desk and the account at this computer that it runs
// for: "desk/ana". Where the account is not known it names the desk
// alone. The window shows it beside Send, where it can be changed or emptied.
var DefaultCaller = sync.OnceValue(func() string {
	account, err := user.Current()
	if err != nil {
		return productCaller
	}
	return callerFor(account.Username)
})

// callerFor makes the caller of an account's name, which Windows writes with
// its domain: "CONTOSO\ana".
func callerFor(account string) string {
	const longest = 60
	name := account[strings.LastIndexByte(account, '\\')+1:]
	name = strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune("._-@", r) {
			return r
		}
		return -1
	}, strings.ToValidUTF8(name, ""))
	if letters := []rune(name); len(letters) > longest {
		name = string(letters[:longest])
	}
	if name == "" {
		return productCaller
	}
	return productCaller + "/" + name
}
