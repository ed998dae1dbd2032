// Activity Desk is a desktop window for people who work with the real-time
// side of Dynamics 365 Customer Insights. This file holds flags and wiring
// only: the window is package ui, its twin for the terminal is ui/cli.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"runtime"
	"syscall"
	_ "time/tzdata" // zones by name, also where the system has none

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/app"
	"github.com/go-gl/glfw/v3.4/glfw"

	"github.com/activitydesk/activitydesk/client/panics"
	"github.com/activitydesk/activitydesk/client/redact"
	"github.com/activitydesk/activitydesk/client/sandbox"
	"github.com/activitydesk/activitydesk/ui"
	"github.com/activitydesk/activitydesk/ui/cli"
	"github.com/activitydesk/activitydesk/ui/display"
	"github.com/activitydesk/activitydesk/ui/early"
	"github.com/activitydesk/activitydesk/ui/logging"
	"github.com/activitydesk/activitydesk/ui/settings"
	"github.com/activitydesk/activitydesk/ui/widgets/gallery"
)

// appID is the desk's name among applications; FyneApp.toml has the same.
const appID = "app.activitydesk"

// The exit codes.
const (
	exitDone  = 0
	exitError = 1
	exitUsage = 2
)

const usage = `Activity Desk sends activities to Dynamics 365 Customer Insights and shows what a profile received.

  activitydesk                     open the window
  activitydesk sandbox [flags]     run a Customer Insights service on this computer;
                                   its flags: activitydesk sandbox --help

Flags of the window:
  --data DIR     the sandbox of the window serves the CSV files in DIR
  --style STYLE  how the sandbox of the window speaks: current, 2020 or awkward
  --version      print the version
  --help         print this
`

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

func run(args []string, stdout, stderr io.Writer) int {
	before := early.Take()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if len(args) > 0 && args[0] == "sandbox" {
		return cli.Sandbox(ctx, args[1:], stdout, stderr)
	}
	o, err := parse(args)
	switch {
	case errors.Is(err, flag.ErrHelp):
		_, _ = io.WriteString(stdout, usage) // there is nowhere to say that printing does not work
		return exitDone
	case err != nil:
		_, _ = fmt.Fprintf(stderr, "activitydesk: %v\nThe flags are --data DIR, --style STYLE, --version and --help; see activitydesk --help.\n", err)
		return exitUsage
	case o.version:
		_, _ = fmt.Fprintln(stdout, "activitydesk", ui.Version)
		return exitDone
	}
	open := openWindow
	if o.gallery {
		open = openGallery
	}
	if err := open(ctx, o, before); err != nil {
		_, _ = fmt.Fprintf(stderr, "activitydesk: %v\n", err)
		return exitError
	}
	return exitDone
}

type options struct {
	sandbox sandbox.Options
	version bool
	gallery bool // for those who change the desk: the widgets in their states
}

func parse(args []string) (options, error) {
	var o options
	set := flag.NewFlagSet("activitydesk", flag.ContinueOnError)
	set.SetOutput(io.Discard)
	set.StringVar(&o.sandbox.Data, "data", "", "")
	set.BoolVar(&o.version, "version", false, "")
	set.BoolVar(&o.gallery, "gallery", false, "")
	set.Func("style", "", func(text string) (err error) {
		o.sandbox.Style, err = sandbox.ParseStyle(text)
		return err
	})
	if err := set.Parse(args); err != nil {
		return options{}, err
	}
	if set.NArg() > 0 {
		return options{}, fmt.Errorf("%q is not a command, the only one is sandbox", set.Arg(0))
	}
	return o, nil
}

// openWindow runs the window until it is closed or ctx ends. Before is what
// libraries had to say before there was a log.
func openWindow(ctx context.Context, o options, before []string) (err error) {
	if err := display.Check(runtime.GOOS, os.Getenv, display.Dial); err != nil {
		return err
	}
	folders, err := settings.UserFolders(os.Getenv)
	if errors.Is(err, settings.ErrNoHome) {
		return err // of folders that cannot be made, the window says more
	}
	secrets := redact.New()
	logger, closer, logErr := logging.Setup(folders.State, secrets)
	if logErr != nil {
		_, _ = fmt.Fprintf(os.Stderr, "activitydesk: nothing is logged: %v\n", logErr)
	}
	defer func() { err = errors.Join(err, closer.Close()) }()
	slog.SetDefault(logger) // Fyne writes to package log
	for _, line := range before {
		logger.Info("before the start", "line", line)
	}
	crash, crashErr := logging.NewCrashReporter(logging.CrashOptions{
		Folder: folders.State, Version: ui.Version, Redact: secrets, Logger: logger,
	})
	if crashErr != nil {
		logger.Warn("crash reports are not in place", "error", crashErr)
	}
	defer func() { err = errors.Join(err, crash.Close()) }()
	defer crash.Guard("main")
	panics.Handle(crash.Caught)

	return ui.Run(ctx, app.NewWithID(appID), ui.Options{
		Folders: folders,
		Logger:  logger,
		LogErr:  logErr,
		Redact:  secrets,
		Crash:   crash,
		Crashes: crash.Earlier(),
		Sandbox: o.sandbox,
		Screen:  screenSize,
	})
}

// openGallery runs the window of the gallery until it is closed or ctx ends. It
// reads and writes nothing of the desk's.
func openGallery(ctx context.Context, _ options, _ []string) error {
	if err := display.Check(runtime.GOOS, os.Getenv, display.Dial); err != nil {
		return err
	}
	a := app.NewWithID(appID + ".gallery")
	gallery.Open(a)
	defer context.AfterFunc(ctx, func() { fyne.Do(a.Quit) })()
	a.Run()
	return nil
}

// screenSize is the part of the main screen that windows can use, in the units
// that GLFW measures windows in: pixels, or points on macOS. It is called on
// main's goroutine once there is a window; 0 where the size is not known.
//
// Fyne does not tell it. GLFW is the library below Fyne, of the same version.
func screenSize() (width, height int) {
	defer func() {
		if recover() != nil { // GLFW's way to say that the display does not answer
			width, height = 0, 0
		}
	}()
	if screen := glfw.GetPrimaryMonitor(); screen != nil {
		_, _, width, height = screen.GetWorkarea()
	}
	return width, height
}
