// This file is the desk's theme: our colours, compact sizes, Fyne's fonts.

package widgets

import (
	"image/color"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// Appearance says which of the two looks a theme shows.
type Appearance string

// The appearances, as they are kept in the settings.
const (
	AppearanceSystem Appearance = ""
	AppearanceLight  Appearance = "light"
	AppearanceDark   Appearance = "dark"
)

// SizeSmall is the text size of badges, type names and group headings.
const SizeSmall fyne.ThemeSizeName = "deskSmall"

// SizeLarge is the text size of what is read off the screen and typed elsewhere.
const SizeLarge fyne.ThemeSizeName = "deskLarge"

// Theme is the desk's look. It never changes once made, so it can be shared.
type Theme struct {
	appearance Appearance
	base       fyne.Theme
}

var _ fyne.Theme = (*Theme)(nil)

// NewTheme makes the desk's theme; an unknown appearance follows the system.
func NewTheme(appearance Appearance) *Theme {
	return &Theme{appearance: appearance, base: theme.DefaultTheme()}
}

// Color gives the colour of a name, in the light or dark look.
func (t *Theme) Color(name fyne.ThemeColorName, variant fyne.ThemeVariant) color.Color {
	variant = t.variant(variant)
	if s, ok := shadesOf(name); ok {
		return s.in(variant)
	}
	return t.base.Color(name, variant)
}

// variant is the look that the theme shows where the system has another.
func (t *Theme) variant(system fyne.ThemeVariant) fyne.ThemeVariant {
	switch t.appearance {
	case AppearanceLight:
		return theme.VariantLight
	case AppearanceDark:
		return theme.VariantDark
	}
	return system
}

// Font gives Fyne's bundled fonts; the slanted one for placeholderStyle.
func (t *Theme) Font(style fyne.TextStyle) fyne.Resource {
	if style == placeholderStyle {
		style = fyne.TextStyle{Italic: true}
	}
	return t.base.Font(style)
}

// Icon gives Fyne's icons.
func (t *Theme) Icon(name fyne.ThemeIconName) fyne.Resource { return t.base.Icon(name) }

// Size gives sizes in Fyne's device-independent pixels.
func (t *Theme) Size(name fyne.ThemeSizeName) float32 {
	switch name {
	case theme.SizeNameText:
		return 13
	case theme.SizeNameCaptionText:
		return 12
	case SizeSmall, SizeLarge:
		return ownSize(name)
	case theme.SizeNameSubHeadingText:
		return 14
	case theme.SizeNameHeadingText:
		return 18
	case theme.SizeNamePadding:
		return 4
	case theme.SizeNameInnerPadding:
		return 6
	case theme.SizeNameLineSpacing:
		return 4
	case theme.SizeNameInlineIcon:
		return 18
	case theme.SizeNameInputBorder, theme.SizeNameSeparatorThickness:
		return 1
	case theme.SizeNameInputRadius, theme.SizeNameSelectionRadius:
		return 4
	case theme.SizeNameScrollBar:
		return 10
	case theme.SizeNameScrollBarSmall:
		return 4
	case theme.SizeNameModalBlurRadius:
		return 0
	}
	return t.base.Size(name)
}

// ownSize gives the sizes that Fyne's themes do not have.
func ownSize(name fyne.ThemeSizeName) float32 {
	if name == SizeLarge {
		return 28
	}
	return 11
}

// themedWidget is any widget that embeds widget.BaseWidget.
type themedWidget interface{ Theme() fyne.Theme }

// colorOf looks a colour up in the theme that holds for w, which can differ
// from the app's inside a theme override.
func colorOf(w themedWidget, name fyne.ThemeColorName) color.Color {
	th, variant := w.Theme(), fyne.CurrentApp().Settings().ThemeVariant()
	if _, ours := th.(*Theme); !ours {
		if s, ok := shadesOf(name); ok && strings.HasPrefix(string(name), "desk") { // it lacks our names
			return s.in(variant)
		}
	}
	return th.Color(name, variant)
}

// sizeOf looks a size up; a theme that is not ours does not know our sizes.
func sizeOf(w themedWidget, name fyne.ThemeSizeName) float32 {
	th := w.Theme()
	if _, ours := th.(*Theme); !ours {
		switch name {
		case SizeSmall:
			name = theme.SizeNameCaptionText
		case SizeLarge:
			name = theme.SizeNameHeadingText
		}
	}
	return th.Size(name)
}
