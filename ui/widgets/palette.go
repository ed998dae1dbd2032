// This file names the desk's colours and gives each its light and dark value.

package widgets

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// The colours of our own, beside those that Fyne names. A "soft" colour is a
// background; the text colour of the same word is readable on it.
const (
	ColorPanel       fyne.ThemeColorName = "deskPanel"       // bars, cards, the right-hand pane
	ColorSidebar     fyne.ThemeColorName = "deskSidebar"     // the list beside the rail
	ColorBorder      fyne.ThemeColorName = "deskBorder"      // lines between areas
	ColorRule        fyne.ThemeColorName = "deskRule"        // lines between rows
	ColorMuted       fyne.ThemeColorName = "deskMuted"       // secondary text
	ColorSelected    fyne.ThemeColorName = "deskSelected"    // background of what is chosen
	ColorOnSelected  fyne.ThemeColorName = "deskOnSelected"  // blue text on it
	ColorCode        fyne.ThemeColorName = "deskCode"        // background of JSON
	ColorTrack       fyne.ThemeColorName = "deskTrack"       // the empty part of a meter
	ColorDisabled    fyne.ThemeColorName = "deskDisabled"    // background of a button that waits
	ColorScrim       fyne.ThemeColorName = "deskScrim"       // over the window, below a dialog
	ColorLift        fyne.ThemeColorName = "deskLift"        // the shadow of a card over the window
	ColorIdle        fyne.ThemeColorName = "deskIdle"        // the dot of what has no tone
	ColorSuccessSoft fyne.ThemeColorName = "deskSuccessSoft" // badges and banners
	ColorSuccessText fyne.ThemeColorName = "deskSuccessText"
	ColorDangerSoft  fyne.ThemeColorName = "deskDangerSoft"
	ColorDangerText  fyne.ThemeColorName = "deskDangerText"
	ColorWarningSoft fyne.ThemeColorName = "deskWarningSoft"
	ColorWarningText fyne.ThemeColorName = "deskWarningText"
	ColorInfoSoft    fyne.ThemeColorName = "deskInfoSoft"
	ColorInfoText    fyne.ThemeColorName = "deskInfoText"
	ColorNeutralSoft fyne.ThemeColorName = "deskNeutralSoft"
	ColorNeutralText fyne.ThemeColorName = "deskNeutralText"
	ColorJSONName    fyne.ThemeColorName = "deskJSONName"
	ColorJSONString  fyne.ThemeColorName = "deskJSONString"
	ColorJSONNumber  fyne.ThemeColorName = "deskJSONNumber"
	ColorJSONProblem fyne.ThemeColorName = "deskJSONProblem"
)

// colorNone draws nothing.
const colorNone fyne.ThemeColorName = "deskNone"

// shades are one colour in the light and in the dark theme, as 0xRRGGBBAA.
type shades struct{ light, dark uint32 }

func (s shades) in(variant fyne.ThemeVariant) color.Color {
	value := s.light
	if variant == theme.VariantDark {
		value = s.dark
	}
	return color.NRGBA{R: uint8(value >> 24), G: uint8(value >> 16), B: uint8(value >> 8), A: uint8(value)}
}

// shadesOf gives a colour of the desk. Split in two so that each half stays
// readable: Fyne's names here, ours in deskShades.
func shadesOf(name fyne.ThemeColorName) (shades, bool) {
	switch name {
	case theme.ColorNameBackground:
		return shades{0xf5f7fbff, 0x10161dff}, true
	case theme.ColorNameForeground:
		return shades{0x1b2530ff, 0xe6edf5ff}, true
	case theme.ColorNamePrimary, theme.ColorNameHyperlink:
		return shades{0x1d5fc4ff, 0x7db2faff}, true
	case theme.ColorNameForegroundOnPrimary:
		return shades{0xffffffff, 0x0b1a2eff}, true
	case theme.ColorNamePlaceHolder, theme.ColorNameDisabled:
		return shades{0x5a697bff, 0x9cacbdff}, true
	case theme.ColorNameInputBackground, theme.ColorNameButton:
		return shades{0xffffffff, 0x1a232dff}, true
	case theme.ColorNameInputBorder:
		return shades{0xc3cedbff, 0x445364ff}, true
	case theme.ColorNameMenuBackground, theme.ColorNameOverlayBackground:
		return shades{0xffffffff, 0x1f2934ff}, true
	case theme.ColorNameHeaderBackground:
		return shades{0xfafcffff, 0x161e27ff}, true
	case theme.ColorNameHover:
		return shades{0x1d5fc412, 0x7db2fa1c}, true
	case theme.ColorNamePressed:
		return shades{0x1d5fc424, 0x7db2fa30}, true
	case theme.ColorNameFocus:
		return shades{0x1d5fc455, 0x7db2fa66}, true
	case theme.ColorNameSelection:
		return shades{0xc9defaff, 0x27456eff}, true
	case theme.ColorNameSeparator:
		return shades{0xd5dde8ff, 0x2c3744ff}, true
	case theme.ColorNameShadow: // at the edges of what scrolls
		return shades{0x1b253018, 0x00000050}, true
	case theme.ColorNameScrollBar:
		return shades{0x66778c99, 0x9cacbd80}, true
	case theme.ColorNameScrollBarBackground:
		return shades{0x66778c14, 0x9cacbd14}, true
	case theme.ColorNameError:
		return shades{0xb8202fff, 0xff979dff}, true
	case theme.ColorNameSuccess:
		return shades{0x2f9e6eff, 0x4cc38aff}, true
	case theme.ColorNameWarning:
		return shades{0x946100ff, 0xe9bb55ff}, true
	}
	return deskShades(name)
}

func deskShades(name fyne.ThemeColorName) (shades, bool) {
	switch name {
	case colorNone:
		return shades{0, 0}, true
	case ColorPanel:
		return shades{0xffffffff, 0x19212aff}, true
	case ColorSidebar:
		return shades{0xfafcffff, 0x151c24ff}, true
	case ColorBorder:
		return shades{0xd5dde8ff, 0x2c3744ff}, true
	case ColorRule:
		return shades{0xe6ebf2ff, 0x253039ff}, true
	case ColorMuted:
		return shades{0x5a697bff, 0x9cacbdff}, true
	case ColorSelected:
		return shades{0xe0ecfaff, 0x1f3552ff}, true
	case ColorOnSelected:
		return shades{0x184f9fff, 0xa9cdfdff}, true
	case ColorCode:
		return shades{0xf3f5f8ff, 0x131a21ff}, true
	case ColorTrack:
		return shades{0xe0e6eeff, 0x2c3744ff}, true
	case ColorDisabled:
		return shades{0xe3e9f1ff, 0x27313cff}, true
	case ColorLift:
		return shades{0x1b25303a, 0x00000090}, true
	case ColorIdle:
		return shades{0xc6d0ddff, 0x4c5b6bff}, true
	case ColorScrim:
		return shades{0x1b253059, 0x00000099}, true
	case ColorJSONName:
		return shades{0x7a2f9eff, 0xcfa6eeff}, true
	case ColorJSONString:
		return shades{0x0f6847ff, 0x83d6acff}, true
	case ColorJSONNumber:
		return shades{0x184f9fff, 0x94bffaff}, true
	case ColorJSONProblem:
		return shades{0xb8202fff, 0xff979dff}, true
	}
	return toneShades(name)
}

func toneShades(name fyne.ThemeColorName) (shades, bool) {
	switch name {
	case ColorSuccessSoft:
		return shades{0xdff3e8ff, 0x14382aff}, true
	case ColorSuccessText:
		return shades{0x10633fff, 0x7fdcb0ff}, true
	case ColorDangerSoft:
		return shades{0xfde2e4ff, 0x4a1d23ff}, true
	case ColorDangerText:
		return shades{0xa51c2bff, 0xffb0b4ff}, true
	case ColorWarningSoft:
		return shades{0xfdf1d0ff, 0x3d2f0fff}, true
	case ColorWarningText:
		return shades{0x825400ff, 0xf3cd77ff}, true
	case ColorInfoSoft:
		return shades{0xe0ecfaff, 0x1f3552ff}, true
	case ColorInfoText:
		return shades{0x184f9fff, 0xa9cdfdff}, true
	case ColorNeutralSoft:
		return shades{0xe8ecf1ff, 0x2a3541ff}, true
	case ColorNeutralText:
		return shades{0x4b5a6bff, 0xc0ccd9ff}, true
	}
	return shades{}, false
}
