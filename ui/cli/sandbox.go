// Package cli is the desk's work from a terminal. It never imports Fyne.
//
// This file is the command "sandbox".
package cli

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/activitydesk/activitydesk/client/sandbox"
)

// Exit statuses of every command.
const (
	exitDone   = 0
	exitFailed = 1 // it could not be done
	exitUsage  = 2 // it was asked for wrongly
)

const sandboxUsage = `Usage: activitydesk sandbox [flags]

Runs a Customer Insights service on this computer, with invented data or with
CSV files of your own. It prints its root, its key and its token, and ends with
Ctrl+C.

Flags:
  --listen ADDRESS    where to listen, on this computer only (default 127.0.0.1:8089)
  --data DIR          a folder of CSV files in place of the invented data
  --style STYLE       current, 2020 or awkward: which reading of the API to speak (default current)
  --key KEY           the subscription key to ask for (default sandbox-key)
  --token TOKEN       the access token to ask for (default sandbox-token)
  --rate N|off        calls in any 60 seconds (default 100)
  --latency D         how late every answer is, such as 200ms (default 0)
  --visible-after D   from storing an activity to its being read, such as 2s (default 0)
  --index-after D     from then to its being on the timeline (default 0)
  --unseen ENTITY     one that the caller's role does not show; can be given more than once
  --merge FROM=INTO   a profile that went into another, by customer ids or keys, such as
                      CNTID_1001=CNTID_1000; can be given more than once
  --fault SPEC        what goes wrong; can be given more than once

Faults:
`

// Sandbox runs "activitydesk sandbox" until the context ends. args are what
// follows the command's name. It returns the exit status: 0 when it was told to
// end, 1 when it could not run, 2 when a flag is wrong.
func Sandbox(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	listen, options, err := parseSandbox(args)
	if errors.Is(err, flag.ErrHelp) {
		return printed(fmt.Fprint(stdout, sandboxUsage, indent(sandbox.FaultHelp)))
	}
	if err != nil {
		_, _ = fmt.Fprintf(stderr, "activitydesk sandbox: %v\nactivitydesk sandbox --help lists the flags.\n", err)
		return exitUsage
	}
	server, err := sandbox.Start(ctx, listen, options)
	if err != nil {
		_, _ = fmt.Fprintf(stderr, "activitydesk sandbox: %v\n", err)
		if errors.Is(err, sandbox.ErrNotLoopback) || errors.Is(err, sandbox.ErrNoAddress) {
			return exitUsage
		}
		return exitFailed
	}
	status := printed(fmt.Fprint(stdout, announce(server)))
	if status != exitDone {
		_ = server.Close() // nobody would learn its address
		return status
	}
	if err := server.Wait(); err != nil {
		_, _ = fmt.Fprintf(stderr, "activitydesk sandbox: %v\n", err)
		return exitFailed
	}
	return exitDone
}

// announce is what is printed on start: root, key and token, a line each, and
// then how files were read.
func announce(server *sandbox.Server) string {
	var b strings.Builder
	fmt.Fprintf(&b, "root: %s\nkey: %s\ntoken: %s\n", server.Root(), server.Key(), server.Token())
	for _, line := range server.Service().Readings() {
		fmt.Fprintf(&b, "data: %s\n", line)
	}
	return b.String()
}

func printed(_ int, err error) int {
	if err != nil {
		return exitFailed
	}
	return exitDone
}

// indent moves every line that is not empty to the right.
func indent(text string) string {
	var b strings.Builder
	for line := range strings.Lines(text + "\n") {
		if line != "\n" {
			b.WriteString("  ")
		}
		b.WriteString(line)
	}
	return b.String()
}

// parseSandbox reads the flags. Its errors say what would be right.
func parseSandbox(args []string) (listen string, options sandbox.Options, err error) {
	options.Rate = sandbox.DefaultRate
	flags := flag.NewFlagSet("sandbox", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	flags.StringVar(&listen, "listen", "127.0.0.1:8089", "")
	flags.StringVar(&options.Data, "data", "", "")
	flags.StringVar(&options.Key, "key", sandbox.DefaultKey, "")
	flags.StringVar(&options.Token, "token", sandbox.DefaultToken, "")
	flags.Func("style", "", func(text string) (err error) {
		options.Style, err = sandbox.ParseStyle(text)
		return err
	})
	flags.Func("rate", "", func(text string) (err error) {
		options.Rate, err = parseRate(text)
		return err
	})
	flags.Func("latency", "", func(text string) (err error) {
		options.Latency, err = parseDelay(text)
		return err
	})
	flags.Func("visible-after", "", func(text string) (err error) {
		options.VisibleAfter, err = parseDelay(text)
		return err
	})
	flags.Func("index-after", "", func(text string) (err error) {
		options.IndexAfter, err = parseDelay(text)
		return err
	})
	flags.Func("unseen", "", func(text string) error {
		options.Unseen = append(options.Unseen, text)
		return nil
	})
	flags.Func("merge", "", func(text string) error {
		merge, err := sandbox.ParseMerge(text)
		options.Merged = append(options.Merged, merge)
		return err
	})
	flags.Func("fault", "", func(text string) error {
		faults, err := sandbox.ParseFaults(text)
		options.Faults = append(options.Faults, faults...)
		return err
	})
	if err := flags.Parse(args); err != nil {
		if strings.HasPrefix(err.Error(), "flag provided but not defined") {
			err = fmt.Errorf("%w: the flags are %s", err, flagNames(flags))
		}
		return "", sandbox.Options{}, err
	}
	if rest := flags.Args(); len(rest) > 0 {
		return "", sandbox.Options{}, fmt.Errorf("%q is not a flag: flags begin with --", rest[0])
	}
	if options.Key == "" || options.Token == "" {
		return "", sandbox.Options{}, errors.New("--key and --token cannot be empty: leave them out for the default")
	}
	return listen, options, nil
}

// flagNames lists a command's flags as they are written.
func flagNames(flags *flag.FlagSet) string {
	var names []string
	flags.VisitAll(func(f *flag.Flag) { names = append(names, "--"+f.Name) })
	return strings.Join(names, ", ")
}

func parseRate(text string) (int, error) {
	if text == "off" {
		return 0, nil
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 || n > math.MaxInt32 {
		return 0, errors.New("a rate is a whole number from 1, or off")
	}
	return n, nil
}

func parseDelay(text string) (time.Duration, error) {
	d, err := time.ParseDuration(text)
	if err != nil || d < 0 {
		return 0, errors.New("a time is written as 200ms, 2s or 1m")
	}
	return d, nil
}
