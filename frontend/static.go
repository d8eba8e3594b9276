package frontend

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"mime"
	"path"
	"strings"
)

//go:embed static
var static embed.FS

// Assets are the styles, scripts and icons, each under an address that holds the hash of its content, so that it
// can be kept by browsers for ever.
type Assets struct {
	byName map[string]string // css/followthrough.css -> /static/1f3a.../css/followthrough.css
	files  map[string]Asset  // by address
}

// Asset is one file as it is served.
type Asset struct {
	Body []byte
	Type string
}

// LoadAssets reads and hashes the embedded files.
func LoadAssets() (*Assets, error) {
	a := &Assets{byName: map[string]string{}, files: map[string]Asset{}}
	err := fs.WalkDir(static, "static", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		body, err := static.ReadFile(name)
		if err != nil {
			return err
		}
		sum := sha256.Sum256(body)
		short := strings.TrimPrefix(name, "static/")
		address := fmt.Sprintf("/static/%s/%s", hex.EncodeToString(sum[:8]), short)
		a.byName[short] = address
		a.files[address] = Asset{Body: body, Type: mime.TypeByExtension(path.Ext(name))}
		return nil
	})
	return a, err
}

// URL returns the address of a file by its name below static/.
func (a *Assets) URL(name string) string { return a.byName[name] }

// At returns the file at an address.
func (a *Assets) At(address string) (Asset, bool) {
	f, ok := a.files[address]
	return f, ok
}
