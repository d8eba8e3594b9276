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

// The one style sheet of all pages, and the one script.
const (
	Styles = "css/followthrough.css"
	Script = "js/page.js"
)

// LoadAssets reads and hashes the embedded files. The parts of the styles become one file, in the order of their names,
// and so do the scripts of every page, so that a page needs one request for each and a part can be read alone.
func LoadAssets() (*Assets, error) {
	a := &Assets{byName: map[string]string{}, files: map[string]Asset{}}
	var styles, script []byte
	err := fs.WalkDir(static, "static", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		body, err := static.ReadFile(name)
		if path.Ext(name) == ".css" {
			styles = append(styles, body...)
			return err
		}
		if strings.HasPrefix(path.Base(name), "page-") {
			script = append(script, body...)
			return err
		}
		a.add(strings.TrimPrefix(name, "static/"), body)
		return err
	})
	a.add(Styles, styles)
	a.add(Script, script)
	return a, err
}

func (a *Assets) add(name string, body []byte) {
	sum := sha256.Sum256(body)
	address := fmt.Sprintf("/static/%s/%s", hex.EncodeToString(sum[:8]), name)
	a.byName[name] = address
	a.files[address] = Asset{Body: body, Type: mime.TypeByExtension(path.Ext(name))}
}

// URL returns the address of a file by its name below static/.
func (a *Assets) URL(name string) string { return a.byName[name] }

// At returns the file at an address.
func (a *Assets) At(address string) (Asset, bool) {
	f, ok := a.files[address]
	return f, ok
}
