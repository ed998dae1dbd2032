// Where the desk keeps its files on each operating system.

package settings

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
)

// ErrNoHome: the environment does not say where the user's files are.
var ErrNoHome = errors.New("the environment names no home folder")

// Folders are the desk's own folders of this user. All paths are absolute.
type Folders struct {
	Config string // settings
	Data   string // the journal: what cannot be made again
	State  string // logs, crash files, lock files
	Cache  string // may be deleted at any time
}

// UserFolders names the desk's folders and creates them for this user alone
// (mode 0700; on Windows they inherit the profile's access list).
//
//	Linux, BSD   $XDG_CONFIG_HOME, $XDG_DATA_HOME, $XDG_STATE_HOME, $XDG_CACHE_HOME
//	             (else ~/.config, ~/.local/share, ~/.local/state, ~/.cache), activitydesk in each
//	Windows      %AppData%\Activity Desk; %LocalAppData%\Activity Desk\Data, \State, \Cache
//	macOS        ~/Library/Application Support/Activity Desk, …/Data;
//	             ~/Library/Logs/Activity Desk; ~/Library/Caches/Activity Desk
//
// getenv is os.Getenv outside tests. Where the environment does not say where
// to begin, the error is ErrNoHome. Where a folder cannot be made, the names
// are given along with the error, so that the desk can go on without keeping.
func UserFolders(getenv func(string) string) (Folders, error) {
	folders, err := namedFolders(runtime.GOOS, getenv)
	if err != nil {
		return Folders{}, err
	}
	return folders, folders.create()
}

func namedFolders(goos string, getenv func(string) string) (Folders, error) {
	switch goos {
	case "windows":
		return windowsFolders(getenv)
	case "darwin", "ios":
		return macFolders(getenv)
	default:
		return xdgFolders(getenv)
	}
}

func windowsFolders(getenv func(string) string) (Folders, error) {
	roaming, local := getenv("APPDATA"), getenv("LOCALAPPDATA")
	if profile := getenv("USERPROFILE"); profile != "" {
		if roaming == "" {
			roaming = filepath.Join(profile, "AppData", "Roaming")
		}
		if local == "" {
			local = filepath.Join(profile, "AppData", "Local")
		}
	}
	if roaming == "" || local == "" {
		return Folders{}, fmt.Errorf("%%AppData%%, %%LocalAppData%% and %%UserProfile%% are not set: %w", ErrNoHome)
	}
	const name = "Activity Desk"
	return Folders{
		Config: filepath.Join(roaming, name),
		Data:   filepath.Join(local, name, "Data"),
		State:  filepath.Join(local, name, "State"),
		Cache:  filepath.Join(local, name, "Cache"),
	}, nil
}

func macFolders(getenv func(string) string) (Folders, error) {
	home := getenv("HOME")
	if home == "" {
		return Folders{}, fmt.Errorf("HOME is not set: %w", ErrNoHome)
	}
	const name = "Activity Desk"
	library := filepath.Join(home, "Library")
	return Folders{
		Config: filepath.Join(library, "Application Support", name),
		Data:   filepath.Join(library, "Application Support", name, "Data"),
		State:  filepath.Join(library, "Logs", name),
		Cache:  filepath.Join(library, "Caches", name),
	}, nil
}

// xdgFolders follows the XDG base directory specification, version 0.8: a path
// that is not absolute counts as not set.
func xdgFolders(getenv func(string) string) (Folders, error) {
	home := getenv("HOME")
	complete := true
	base := func(variable string, fallback ...string) string {
		if dir := getenv(variable); filepath.IsAbs(dir) {
			return filepath.Join(dir, "activitydesk")
		}
		complete = complete && home != ""
		return filepath.Join(append(append([]string{home}, fallback...), "activitydesk")...)
	}
	folders := Folders{
		Config: base("XDG_CONFIG_HOME", ".config"),
		Data:   base("XDG_DATA_HOME", ".local", "share"),
		State:  base("XDG_STATE_HOME", ".local", "state"),
		Cache:  base("XDG_CACHE_HOME", ".cache"),
	}
	if !complete {
		return Folders{}, fmt.Errorf("HOME is not set: %w", ErrNoHome)
	}
	return folders, nil
}

// create makes the folders. One of ours that was there with a wider mode is
// narrowed: it may have been made by hand.
func (f Folders) create() error {
	var problems []error
	for _, dir := range []string{f.Config, f.Data, f.State, f.Cache} {
		if err := private(dir); err != nil {
			problems = append(problems, err)
		}
	}
	return errors.Join(problems...)
}

func private(dir string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fmt.Errorf("make folder: %w", err)
	}
	info, err := os.Stat(dir)
	if err != nil {
		return fmt.Errorf("look at folder: %w", err)
	}
	if runtime.GOOS != "windows" && info.Mode().Perm()&0o077 != 0 {
		if err := os.Chmod(dir, info.Mode().Perm()&^0o077); err != nil {
			return fmt.Errorf("close folder to others: %w", err)
		}
	}
	return nil
}
