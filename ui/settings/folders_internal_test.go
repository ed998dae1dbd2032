package settings

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"testing"
)

func env(values map[string]string) func(string) string {
	return func(name string) string { return values[name] }
}

func TestFoldersFollowEachSystemsCustom(t *testing.T) {
	root := t.TempDir() // absolute on the system that runs the test
	at := func(parts ...string) string { return filepath.Join(append([]string{root}, parts...)...) }
	for _, c := range []struct {
		name, goos string
		env        map[string]string
		want       Folders
	}{
		{
			"Linux", "linux",
			map[string]string{"HOME": root},
			Folders{at(".config", "activitydesk"), at(".local", "share", "activitydesk"), at(".local", "state", "activitydesk"), at(".cache", "activitydesk")},
		},
		{
			"Linux with XDG, a relative one not counting", "freebsd",
			map[string]string{"HOME": root, "XDG_CONFIG_HOME": at("c"), "XDG_DATA_HOME": at("d"), "XDG_STATE_HOME": at("s"), "XDG_CACHE_HOME": "relative"},
			Folders{at("c", "activitydesk"), at("d", "activitydesk"), at("s", "activitydesk"), at(".cache", "activitydesk")},
		},
		{
			"Linux with all of XDG and no home", "linux",
			map[string]string{"XDG_CONFIG_HOME": root, "XDG_DATA_HOME": root, "XDG_STATE_HOME": root, "XDG_CACHE_HOME": root},
			Folders{at("activitydesk"), at("activitydesk"), at("activitydesk"), at("activitydesk")},
		},
		{
			"Windows", "windows",
			map[string]string{"APPDATA": at("roaming"), "LOCALAPPDATA": at("local")},
			Folders{at("roaming", "Activity Desk"), at("local", "Activity Desk", "Data"), at("local", "Activity Desk", "State"), at("local", "Activity Desk", "Cache")},
		},
		{
			"Windows that only knows the profile", "windows",
			map[string]string{"USERPROFILE": root},
			Folders{
				at("AppData", "Roaming", "Activity Desk"), at("AppData", "Local", "Activity Desk", "Data"),
				at("AppData", "Local", "Activity Desk", "State"), at("AppData", "Local", "Activity Desk", "Cache"),
			},
		},
		{
			"macOS", "darwin",
			map[string]string{"HOME": root},
			Folders{
				at("Library", "Application Support", "Activity Desk"), at("Library", "Application Support", "Activity Desk", "Data"),
				at("Library", "Logs", "Activity Desk"), at("Library", "Caches", "Activity Desk"),
			},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := namedFolders(c.goos, env(c.env))
			if err != nil {
				t.Fatal(err)
			}
			if got != c.want {
				t.Errorf("got  %+v\nwant %+v", got, c.want)
			}
		})
	}
}

func TestWithoutAHomeThereAreNoFolders(t *testing.T) {
	for _, goos := range []string{"linux", "windows", "darwin"} {
		if _, err := namedFolders(goos, env(nil)); !errors.Is(err, ErrNoHome) {
			t.Errorf("%s: got %v", goos, err)
		}
	}
	if _, err := UserFolders(env(nil)); !errors.Is(err, ErrNoHome) {
		t.Errorf("got %v", err)
	}
}

func TestFoldersAreMadeForThisUserAlone(t *testing.T) {
	home := t.TempDir()
	values := map[string]string{"HOME": home, "APPDATA": home, "LOCALAPPDATA": home}
	folders, err := UserFolders(env(values))
	if err != nil {
		t.Fatal(err)
	}
	if runtime.GOOS != "windows" { // there the profile's access list does it
		if err := os.Chmod(folders.State, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := UserFolders(env(values)); err != nil {
		t.Fatal(err)
	}
	for _, dir := range []string{folders.Config, folders.Data, folders.State, folders.Cache} {
		info, err := os.Stat(dir)
		if err != nil {
			t.Fatal(err)
		}
		if runtime.GOOS != "windows" && info.Mode().Perm() != 0o700 {
			t.Errorf("%s has mode %o", dir, info.Mode().Perm())
		}
	}
}

func TestAFolderThatCannotBeMadeIsNamedWithTheError(t *testing.T) {
	home := t.TempDir()
	blocked := filepath.Join(home, "file")
	if err := os.WriteFile(blocked, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	folders, err := UserFolders(env(map[string]string{"HOME": blocked, "APPDATA": blocked, "LOCALAPPDATA": blocked}))
	if err == nil {
		t.Fatal("a folder was made below a file")
	}
	if folders.State == "" {
		t.Error("the folders are not named")
	}
}
