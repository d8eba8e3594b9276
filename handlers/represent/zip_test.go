package represent

import (
	"archive/zip"
	"bytes"
	"io"
	"testing"
	"time"
)

func one(t *testing.T, cells ...string) *Package {
	t.Helper()
	table := Tabulate([]Column[string]{{Name: "cell", Value: func(s string) string { return s }}}, cells)
	r, err := NewResource("cells", table, []string{"cell"}, func(string) (string, string) { return "Cell.", "セル。" })
	if err != nil {
		t.Fatal(err)
	}
	return &Package{Created: "2026-11-23T00:00:00Z", Resources: []*Resource{r}}
}

func TestPackageHoldsCellsByteForByte(t *testing.T) {
	t.Parallel()
	p := one(t, "=1+1", "a\r\nb", "c\nd", "\xef\xbb\xbf日本")
	var b bytes.Buffer
	if err := WriteZIP(&b, p, "read me"); err != nil {
		t.Fatal(err)
	}
	r, err := zip.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len()))
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{"data/cells.csv": "cell\n=1+1\n\"a\r\nb\"\n\"c\nd\"\n\xef\xbb\xbf日本\n", "README.md": "read me"} {
		f, err := r.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := io.ReadAll(f); err != nil || string(got) != want {
			t.Errorf("%s: got %q, %v; want %q", name, got, err, want)
		}
	}
}

func TestFilesOfAPackageCarryItsDay(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	if err := WriteZIP(&b, one(t, "a"), ""); err != nil {
		t.Fatal(err)
	}
	r, err := zip.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len()))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range r.File {
		if got := f.Modified.UTC().Format(time.RFC3339); got != "2026-11-23T00:00:00Z" {
			t.Errorf("%s is of %s; want the day of the package, so that equal packages have equal bytes", f.Name, got)
		}
	}
}

func TestEqualPackagesGiveEqualBytes(t *testing.T) {
	t.Parallel()
	write := func(p *Package) []byte {
		var b bytes.Buffer
		if err := WriteZIP(&b, p, ""); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	if !bytes.Equal(write(one(t, "a")), write(one(t, "a"))) || bytes.Equal(write(one(t, "a")), write(one(t, "b"))) {
		t.Error("want the same bytes for the same tables, and others for others")
	}
}
