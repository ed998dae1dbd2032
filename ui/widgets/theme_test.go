package widgets_test

import (
	"image/color"
	"math"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"github.com/activitydesk/activitydesk/ui/widgets"
)

// luminance is WCAG's relative luminance of an opaque colour.
func luminance(c color.Color) float64 {
	r, g, b, _ := c.RGBA()
	part := func(v uint32) float64 {
		s := float64(v) / 0xffff
		if s <= 0.04045 {
			return s / 12.92
		}
		return math.Pow((s+0.055)/1.055, 2.4)
	}
	return 0.2126*part(r) + 0.7152*part(g) + 0.0722*part(b)
}

func contrast(a, b color.Color) float64 {
	la, lb := luminance(a), luminance(b)
	return (max(la, lb) + 0.05) / (min(la, lb) + 0.05)
}

func TestEveryTextCanBeReadOnEveryBackgroundItStandsOn(t *testing.T) {
	areas := []fyne.ThemeColorName{theme.ColorNameBackground, widgets.ColorPanel, widgets.ColorSidebar, theme.ColorNameOverlayBackground, theme.ColorNameInputBackground}
	pairs := map[fyne.ThemeColorName][]fyne.ThemeColorName{
		theme.ColorNameForeground:          append([]fyne.ThemeColorName{widgets.ColorSelected, widgets.ColorCode, theme.ColorNameSelection}, areas...),
		widgets.ColorMuted:                 append([]fyne.ThemeColorName{widgets.ColorSelected, widgets.ColorDisabled, widgets.ColorCode}, areas...),
		theme.ColorNamePlaceHolder:         {theme.ColorNameInputBackground},
		theme.ColorNameDisabled:            areas,
		theme.ColorNameHyperlink:           append([]fyne.ThemeColorName{widgets.ColorInfoSoft, widgets.ColorWarningSoft, widgets.ColorDangerSoft}, areas...),
		theme.ColorNameError:               append([]fyne.ThemeColorName{widgets.ColorCode}, areas...),
		theme.ColorNameForegroundOnPrimary: {theme.ColorNamePrimary, theme.ColorNameError},
		widgets.ColorOnSelected:            append([]fyne.ThemeColorName{widgets.ColorSelected}, areas...),
		widgets.ColorSuccessText:           append([]fyne.ThemeColorName{widgets.ColorSuccessSoft}, areas...),
		widgets.ColorWarningText:           append([]fyne.ThemeColorName{widgets.ColorWarningSoft}, areas...),
		widgets.ColorDangerText:            append([]fyne.ThemeColorName{widgets.ColorDangerSoft}, areas...),
		widgets.ColorInfoText:              append([]fyne.ThemeColorName{widgets.ColorInfoSoft}, areas...),
		widgets.ColorNeutralText:           {widgets.ColorNeutralSoft},
		widgets.ColorJSONName:              {widgets.ColorCode, theme.ColorNameSelection},
		widgets.ColorJSONString:            {widgets.ColorCode, theme.ColorNameSelection},
		widgets.ColorJSONNumber:            {widgets.ColorCode, theme.ColorNameSelection},
		widgets.ColorJSONProblem:           {widgets.ColorCode},
	}
	const wcagAA = 4.5
	for _, look := range []widgets.Appearance{widgets.AppearanceLight, widgets.AppearanceDark} {
		th := widgets.NewTheme(look)
		for ink, fills := range pairs {
			for _, fill := range fills {
				if got := contrast(th.Color(ink, 0), th.Color(fill, 0)); got < wcagAA {
					t.Errorf("%s: %s on %s has a contrast of %.2f", look, ink, fill, got)
				}
			}
		}
	}
}

func TestAThemeKeepsItsAppearanceWhateverTheSystemHas(t *testing.T) {
	dark := widgets.NewTheme(widgets.AppearanceDark)
	system := widgets.NewTheme(widgets.AppearanceSystem)
	name := theme.ColorNameBackground
	if dark.Color(name, theme.VariantLight) != dark.Color(name, theme.VariantDark) {
		t.Error("the dark theme follows the system")
	}
	if system.Color(name, theme.VariantLight) == system.Color(name, theme.VariantDark) {
		t.Error("the theme that follows the system does not")
	}
}

func TestTheThemeKnowsEveryColourThatFyneAsksFor(t *testing.T) {
	th := widgets.NewTheme(widgets.AppearanceSystem)
	for _, name := range []fyne.ThemeColorName{
		theme.ColorNameBackground, theme.ColorNameButton, theme.ColorNameDisabledButton, theme.ColorNameForegroundOnError,
		theme.ColorNameForegroundOnSuccess, theme.ColorNameForegroundOnWarning, theme.ColorNameInnerWindowBorder,
	} {
		if th.Color(name, theme.VariantLight) == nil {
			t.Errorf("%s has no colour", name)
		}
	}
	for _, style := range []fyne.TextStyle{{}, {Bold: true}, {Italic: true}, {Monospace: true}} {
		if th.Font(style) == nil {
			t.Errorf("%+v has no font", style)
		}
	}
}
