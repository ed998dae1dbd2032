package widgets

import (
	"testing"
	"time"
)

func TestWeeksBeginAsTheRegionHasIt(t *testing.T) {
	for locale, want := range map[string]time.Weekday{
		"": time.Monday, "en": time.Monday, "de-CH": time.Monday, "en-GB": time.Monday, "en-US": time.Sunday, "pt_BR": time.Sunday,
		"zh-Hans-TW": time.Sunday, "ar-EG": time.Saturday, "sa": time.Monday, "C": time.Monday, "-": time.Monday,
	} {
		if got := weekStart(locale); got != want {
			t.Errorf("%q: %v, want %v", locale, got, want)
		}
	}
}
