// What is typed behind the command, by people and by scripts.

package cli

import (
	"errors"
	"flag"
	"strings"
	"testing"

	"github.com/activitydesk/activitydesk/client/sandbox"
)

// FuzzSandboxFlags: flags are read, or told in one line what would be right; what
// is read can be run.
func FuzzSandboxFlags(f *testing.F) {
	f.Add("--listen 127.0.0.1:0 --style awkward --rate off --latency 200ms")
	f.Add("--fault post:503:20%,read:slow=1s --merge a=b --unseen E --visible-after 1h")
	f.Add("--rate 99999999999999999999 --token  --key")
	f.Add("-style=2020 --style\x00 -h --")
	f.Add("--latency -1s --data")
	f.Fuzz(func(t *testing.T, line string) {
		listen, options, err := parseSandbox(strings.Split(line, " "))
		if err != nil {
			checkOneLine(t, line, err)
			return
		}
		if options.Key == "" || options.Token == "" || options.Rate < 0 || options.Latency < 0 || options.VisibleAfter < 0 || options.IndexAfter < 0 {
			t.Fatalf("%q is read as %q, %+v", line, listen, options)
		}
		checkMerges(t, options.Merged)
		if options.Data != "" || len(options.Merged) > 0 || len(options.Unseen) > 0 {
			return // whether these are there is known only when it starts
		}
		if _, err := sandbox.New(options); err != nil {
			t.Fatalf("%q is read and cannot be run: %v", line, err)
		}
	})
}

// checkMerges: two profiles are merged, and not one with itself.
func checkMerges(t *testing.T, merges []sandbox.Merge) {
	t.Helper()
	for _, merge := range merges {
		if merge.From == "" || merge.Into == "" || merge.From == merge.Into {
			t.Fatalf("%+v is merged", merge)
		}
	}
}

// checkOneLine: flags are refused in one line, unless help was asked for.
func checkOneLine(t *testing.T, line string, err error) {
	t.Helper()
	if errors.Is(err, flag.ErrHelp) {
		return
	}
	if text := err.Error(); text == "" || strings.ContainsAny(strings.ReplaceAll(text, line, ""), "\r\n") && !strings.ContainsAny(line, "\r\n") {
		t.Fatalf("%q is refused with %q", line, text)
	}
}
