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

// shadesOf gives a colour of the desk; false for those that we leave to Fyne.
func shadesOf(name fyne.ThemeColorName) (shades, bool) {
	s, ok := palette[name]
	return s, ok
}

// palette is the whole of the desk's colours. It is never written to.
var palette = map[fyne.ThemeColorName]shades{
	theme.ColorNameBackground:          {0xf5f7fbff, 0x10161dff},
	theme.ColorNameForeground:          {0x1b2530ff, 0xe6edf5ff},
	theme.ColorNamePrimary:             {0x1d5fc4ff, 0x7db2faff},
	theme.ColorNameHyperlink:           {0x1d5fc4ff, 0x7db2faff},
	theme.ColorNameForegroundOnPrimary: {0xffffffff, 0x0b1a2eff},
	theme.ColorNamePlaceHolder:         {0x5a697bff, 0x9cacbdff},
	theme.ColorNameDisabled:            {0x5a697bff, 0x9cacbdff},
	theme.ColorNameInputBackground:     {0xffffffff, 0x1a232dff},
	theme.ColorNameButton:              {0xffffffff, 0x1a232dff},
	theme.ColorNameInputBorder:         {0xc3cedbff, 0x445364ff},
	theme.ColorNameMenuBackground:      {0xffffffff, 0x1f2934ff},
	theme.ColorNameOverlayBackground:   {0xffffffff, 0x1f2934ff},
	theme.ColorNameHeaderBackground:    {0xfafcffff, 0x161e27ff},
	theme.ColorNameHover:               {0x1d5fc412, 0x7db2fa1c},
	theme.ColorNamePressed:             {0x1d5fc424, 0x7db2fa30},
	theme.ColorNameFocus:               {0x1d5fc455, 0x7db2fa66},
	theme.ColorNameSelection:           {0xc9defaff, 0x27456eff},
	theme.ColorNameSeparator:           {0xd5dde8ff, 0x2c3744ff},
	theme.ColorNameShadow:              {0x1b253018, 0x00000050},
	theme.ColorNameScrollBar:           {0x66778c99, 0x9cacbd80},
	theme.ColorNameScrollBarBackground: {0x66778c14, 0x9cacbd14},
	theme.ColorNameError:               {0xb8202fff, 0xff979dff},
	theme.ColorNameSuccess:             {0x2f9e6eff, 0x4cc38aff},
	theme.ColorNameWarning:             {0x946100ff, 0xe9bb55ff},
	colorNone:                          {0, 0},
	ColorPanel:                         {0xffffffff, 0x19212aff},
	ColorSidebar:                       {0xfafcffff, 0x151c24ff},
	ColorBorder:                        {0xd5dde8ff, 0x2c3744ff},
	ColorRule:                          {0xe6ebf2ff, 0x253039ff},
	ColorMuted:                         {0x5a697bff, 0x9cacbdff},
	ColorSelected:                      {0xe0ecfaff, 0x1f3552ff},
	ColorOnSelected:                    {0x184f9fff, 0xa9cdfdff},
	ColorCode:                          {0xf3f5f8ff, 0x131a21ff},
	ColorTrack:                         {0xe0e6eeff, 0x2c3744ff},
	ColorDisabled:                      {0xe3e9f1ff, 0x27313cff},
	ColorLift:                          {0x1b25303a, 0x00000090},
	ColorIdle:                          {0xc6d0ddff, 0x4c5b6bff},
	ColorScrim:                         {0x1b253059, 0x00000099},
	ColorJSONName:                      {0x7a2f9eff, 0xcfa6eeff},
	ColorJSONString:                    {0x0f6847ff, 0x83d6acff},
	ColorJSONNumber:                    {0x184f9fff, 0x94bffaff},
	ColorJSONProblem:                   {0xb8202fff, 0xff979dff},
	ColorSuccessSoft:                   {0xdff3e8ff, 0x14382aff},
	ColorSuccessText:                   {0x10633fff, 0x7fdcb0ff},
	ColorDangerSoft:                    {0xfde2e4ff, 0x4a1d23ff},
	ColorDangerText:                    {0xa51c2bff, 0xffb0b4ff},
	ColorWarningSoft:                   {0xfdf1d0ff, 0x3d2f0fff},
	ColorWarningText:                   {0x825400ff, 0xf3cd77ff},
	ColorInfoSoft:                      {0xe0ecfaff, 0x1f3552ff},
	ColorInfoText:                      {0x184f9fff, 0xa9cdfdff},
	ColorNeutralSoft:                   {0xe8ecf1ff, 0x2a3541ff},
	ColorNeutralText:                   {0x4b5a6bff, 0xc0ccd9ff},
}
