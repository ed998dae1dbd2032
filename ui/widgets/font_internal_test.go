package widgets

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"
	"golang.org/x/image/font/sfnt"
)

// TestEachLetterThatIsCalledPlainIsInEveryFont: a text that names its font is
// drawn by that alone, so a letter that is not there would be a box.
func TestEachLetterThatIsCalledPlainIsInEveryFont(t *testing.T) {
	for _, resource := range []fyne.Resource{
		theme.DefaultTextBoldFont(), theme.DefaultTextItalicFont(), theme.DefaultTextMonospaceFont(),
	} {
		font, err := sfnt.Parse(resource.Content())
		if err != nil {
			t.Fatal(err)
		}
		var buffer sfnt.Buffer
		letters := 0
		for r := rune(0); r < 0x20000; r++ {
			if !inFonts(r) {
				continue
			}
			letters++
			if index, err := font.GlyphIndex(&buffer, r); err != nil || index == 0 {
				t.Errorf("%s has no %U", resource.Name(), r)
			}
		}
		if letters < 400 {
			t.Errorf("only %d letters are known", letters)
		}
	}
}

func TestATextNamesItsFontWhereThatHasAllItsLetters(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(NewTheme(AppearanceLight))
	bold, code := fyne.TextStyle{Bold: true}, fyne.TextStyle{Monospace: true}
	for _, c := range []struct {
		text  string
		style fyne.TextStyle
		want  fyne.Resource
	}{
		{"Zürich · “Straße”…", bold, theme.DefaultTextBoldFont()},
		{"Иван", bold, theme.DefaultTextBoldFont()},
		{`{"a": 1}`, code, theme.DefaultTextMonospaceFont()},
		{"", code, theme.DefaultTextMonospaceFont()},
		{"left out", fyne.TextStyle{Italic: true}, theme.DefaultTextItalicFont()},
		{"a 😀", bold, nil},
		{"日本", code, nil},
		{"a\tb", code, nil},
		{"plain", fyne.TextStyle{}, nil}, // read anyway
	} {
		if got := fontOf(c.text, c.style); got != c.want {
			t.Errorf("%q in %+v names %v, want %v", c.text, c.style, got, c.want)
		}
	}
	test.NewTempApp(t).Settings().SetTheme(theme.DefaultTheme())
	if font := fontOf("a", bold); font != nil {
		t.Errorf("below another theme %v is named", font.Name())
	}
}

// TestATextIsAsLargeInItsOwnFont: naming the font changes no picture.
func TestATextIsAsLargeInItsOwnFont(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(NewTheme(AppearanceLight))
	for _, style := range []fyne.TextStyle{{Bold: true}, {Italic: true}, {Monospace: true}, {}} {
		for _, text := range []string{"", "M", "Zürich · “Straße”…", "fi ffl AVAToWa", "a 😀 日本 →"} {
			if own, usual := sizeIn(text, 13, style), fyne.MeasureText(text, 13, style); own != usual {
				t.Errorf("%q in %+v is %v, want %v", text, style, own, usual)
			}
		}
	}
}
