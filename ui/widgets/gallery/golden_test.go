package gallery_test

import (
	"errors"
	"image"
	"image/color"
	"image/png"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

// goldenVar makes the pictures of now those that later ones are held against,
// where it is "update".
const goldenVar = "ACTIVITYDESK_GOLDEN"

// What may differ from a golden picture. Computers round the edges of letters
// differently: few pixels may be more than a shade off, and next to none may be
// quite another colour.
const (
	shade      = 5   // of 255, in any of red, green and blue
	shadeShare = 100 // one pixel in so many may be more than a shade off
	quite      = 60  // of 255
	quiteMost  = 40  // pixels
)

func golden(t *testing.T, name string, picture image.Image) {
	t.Helper()
	path := filepath.Join("testdata", name+".png")
	if os.Getenv(goldenVar) == "update" {
		writePNG(t, path, reduced(picture))
		return
	}
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		t.Fatalf("there is no %s: run the test with %s=update", path, goldenVar)
	}
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }() // only read
	want, err := png.Decode(f)
	if err != nil {
		t.Fatal(err)
	}
	if want.Bounds() != picture.Bounds() {
		t.Fatalf("the picture is %v, the golden one %v", picture.Bounds(), want.Bounds())
	}
	off, quiteOff := difference(picture, want)
	if pixels := picture.Bounds().Dx() * picture.Bounds().Dy(); off > pixels/shadeShare || quiteOff > quiteMost {
		now := filepath.Join(t.ArtifactDir(), name+".png")
		writePNG(t, now, picture)
		t.Errorf("%d of %d pixels are off, %d of them by far: look at %s (go test -artifacts keeps it).\n"+
			"If it looks as it should, run the test with %s=update", off, pixels, quiteOff, now, goldenVar)
	}
}

// difference counts the pixels that are more than a shade off, and those that
// are quite another colour.
func difference(a, b image.Image) (off, quiteOff int) {
	for y := range a.Bounds().Dy() {
		for x := range a.Bounds().Dx() {
			switch d := distance(rgba(a.At(x, y)), rgba(b.At(x, y))); {
			case d > quite:
				quiteOff++
				off++
			case d > shade:
				off++
			}
		}
	}
	return off, quiteOff
}

func rgba(c color.Color) color.RGBA { return color.RGBAModel.Convert(c).(color.RGBA) }

func distance(a, b color.RGBA) int {
	apart := func(p, q uint8) int { return max(int(p), int(q)) - min(int(p), int(q)) }
	return max(apart(a.R, b.R), apart(a.G, b.G), apart(a.B, b.B))
}

// reduced keeps the colours of surfaces as they are and rounds the many that
// are only at the edges of letters, by at most a shade: the file is half as large.
func reduced(picture image.Image) image.Image {
	const surface = 150 // pixels of one colour
	seen := map[color.RGBA]int{}
	bounds := picture.Bounds()
	for y := range bounds.Dy() {
		for x := range bounds.Dx() {
			seen[rgba(picture.At(x, y))]++
		}
	}
	small := image.NewRGBA(bounds)
	for y := range bounds.Dy() {
		for x := range bounds.Dx() {
			c := rgba(picture.At(x, y))
			if seen[c] < surface {
				c = color.RGBA{rounded(c.R), rounded(c.G), rounded(c.B), c.A}
			}
			small.SetRGBA(x, y, c)
		}
	}
	return small
}

// rounded is the middle of the stretch of values that a value is in.
func rounded(value uint8) uint8 { return value/(2*shade)*(2*shade) + shade }

func writePNG(t *testing.T, path string, picture image.Image) {
	t.Helper()
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(f, picture); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestAGoldenPictureTellsALookFromAnother(t *testing.T) {
	plain := func(c color.RGBA) *image.RGBA {
		p := image.NewRGBA(image.Rect(0, 0, 60, 60))
		for i := range 3600 {
			p.SetRGBA(i%60, i/60, c)
		}
		return p
	}
	panel, other := color.RGBA{248, 250, 252, 255}, color.RGBA{241, 245, 249, 255}
	if off, quiteOff := difference(reduced(plain(panel)), plain(panel)); off+quiteOff != 0 {
		t.Errorf("the same: %d off, %d by far", off, quiteOff)
	}
	if off, _ := difference(reduced(plain(panel)), plain(other)); off <= 3600/shadeShare {
		t.Errorf("a panel in another grey: %d off", off)
	}
	word := plain(panel)
	for i := range 120 {
		word.SetRGBA(10+i%30, 10+i/30, color.RGBA{15, 23, 42, 255})
	}
	if _, quiteOff := difference(reduced(plain(panel)), word); quiteOff <= quiteMost {
		t.Errorf("another word: %d by far", quiteOff)
	}
}
