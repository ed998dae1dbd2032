package zones

import (
	"errors"
	"testing"
	"time"
	_ "time/tzdata"
)

func TestEveryZoneOfTheListCanBeUsed(t *testing.T) {
	for _, name := range Names("America/Nuuk") {
		if _, err := Of(name); err != nil {
			t.Error(err)
		}
	}
}

func TestAZoneIsAnIANANameOrThisComputers(t *testing.T) {
	now := time.Now()
	if zone, err := Of(""); err != nil || now.In(zone).Format(time.RFC3339) != now.Local().Format(time.RFC3339) {
		t.Errorf("empty: got %v, %v; want this computer's", zone, err)
	}
	for _, name := range []string{"Mars/Olympus", "Local", "../etc/passwd"} {
		if zone, err := Of(name); err == nil {
			t.Errorf("%q: got %v, want an error", name, zone)
		}
	}
}

func TestTheNameOfThisComputersZoneIsFound(t *testing.T) {
	cases := map[string]struct{ tz, link, want string }{
		"by TZ":            {tz: "Europe/Zurich", want: "Europe/Zurich"},
		"by TZ with colon": {tz: ":Europe/Zurich", want: "Europe/Zurich"},
		"a rule in TZ":     {tz: "CET-1CEST", want: ""},
		"by the link":      {link: "/usr/share/zoneinfo/Asia/Tokyo", want: "Asia/Tokyo"},
		"on macos":         {link: "/var/db/timezone/zoneinfo/Asia/Tokyo", want: "Asia/Tokyo"},
		"a strange link":   {link: "/etc/somewhere", want: ""},
		"no link":          {want: ""},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			got := localZoneName(func(string) string { return c.tz }, func(string) (string, error) {
				if c.link == "" {
					return "", errors.New("no such file")
				}
				return c.link, nil
			})
			if got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestAZoneIsLabelledByItsNameAndElseByItsDistance(t *testing.T) {
	at := time.Date(2026, 7, 1, 12, 0, 0, 0, time.UTC)
	if got := Label("Asia/Kolkata", at); got != "Asia/Kolkata" {
		t.Errorf("a chosen one is %q", got)
	}
	_ = time.Local.String() // Go reads this computer's zone once: before TZ names another
	t.Setenv("TZ", "Europe/Zurich")
	if got := Label("", at); got != "Europe/Zurich" {
		t.Errorf("this computer's is %q", got)
	}
	if zone, err := Of(""); err != nil || zone.String() != "Europe/Zurich" {
		t.Errorf("this computer's is %v, %v", zone, err)
	}
	t.Setenv("TZ", "/no/such/zone")
	if got, want := Label("", at), "this computer, UTC"+at.In(time.Local).Format("-07:00"); got != want {
		t.Errorf("one without a name is %q, want %q", got, want)
	}
	if zone, err := Of(""); err != nil || zone != time.Local {
		t.Errorf("one without a name is %v, %v", zone, err)
	}
}
