package main

import (
	"encoding/json"
	"image/png"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestPicturesOfTheReadmeAreThere opens every picture that the README shows: it is a PNG of a size that loads quickly, has
// words for those who do not see it, and is one that `make readme-pictures` takes.
func TestPicturesOfTheReadmeAreThere(t *testing.T) {
	var list []struct {
		Name, Path string
		Height     int
	}
	if err := json.Unmarshal([]byte(page(t, "docs/pictures/pictures.json")), &list); err != nil {
		t.Fatal(err)
	}
	shown := regexp.MustCompile(`!\[([^\]]*)\]\(([^)]*)\)`).FindAllStringSubmatch(page(t, "README.md"), -1)
	if len(shown) < 6 {
		t.Errorf("the README shows %d pictures; want at least 6", len(shown))
	}
	var words []string
	for _, m := range shown {
		alt, file := m[1], m[2]
		if len(alt) < 30 || slices.Contains(words, alt) {
			t.Errorf("%s: %q does not say what the picture shows", file, alt)
		}
		words = append(words, alt)
		name, isPNG := strings.CutSuffix(file, ".png")
		name, inFolder := strings.CutPrefix(name, "docs/pictures/")
		found := false
		for _, p := range list {
			if found = p.Name == name; found {
				checkPicture(t, file, p.Height)
				break
			}
		}
		if !isPNG || !inFolder || !found {
			t.Errorf("%s is not a PNG that docs/pictures/pictures.json lists", file)
		}
	}
	files, err := filepath.Glob("../../docs/pictures/*.png")
	if err != nil || len(files) != len(shown) {
		t.Errorf("docs/pictures has %d pictures, %v; the README shows %d", len(files), err, len(shown))
	}
}

// checkPicture reads the whole picture, as a browser would.
func checkPicture(t *testing.T, file string, height int) {
	t.Helper()
	f, err := os.Open(filepath.Join("..", "..", file))
	if err != nil {
		t.Error(err)
		return
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		t.Fatal(err)
	}
	if size := info.Size(); size < 10<<10 || size > 200<<10 {
		t.Errorf("%s has %d KB; want 10 to 200", file, size>>10)
	}
	picture, err := png.Decode(f)
	if err != nil {
		t.Errorf("%s: %v", file, err)
		return
	}
	if b := picture.Bounds(); b.Dx() != 1280 || b.Dy() != height {
		t.Errorf("%s is %d by %d pixels; want 1280 by %d", file, b.Dx(), b.Dy(), height)
	}
}
