package frontend

import (
	"bytes"
	"compress/gzip"
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
	zip    *gzip.Writer      // one for all, since making one takes longer than most files
}

// Asset is one file as it is served.
type Asset struct {
	Body   []byte
	Zipped []byte // the same, compressed with gzip as far as it goes, because it is done once
	Type   string
}

// The style sheet and the script of all pages, and what only briefings and the import need beside it.
const (
	Styles         = "css/followthrough.css"
	BriefingStyles = "css/briefing.css"
	ImportStyles   = "css/import.css"
	Script         = "js/page.js"
)

// sheetOf is the style sheet that a part of the styles belongs to.
func sheetOf(part string) string {
	switch path.Base(part) {
	case "62-import.css":
		return ImportStyles
	case "70-briefing.css":
		return BriefingStyles
	}
	return Styles
}

// LoadAssets reads and hashes the embedded files. The parts of the styles that every page needs become one file, in the
// order of their names, and so do the scripts of every page, so that a page needs one request for each and a part can be
// read alone.
func LoadAssets() (*Assets, error) {
	zip, err := gzip.NewWriterLevel(nil, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	a := &Assets{byName: map[string]string{}, files: map[string]Asset{}, zip: zip}
	styles, script := map[string][]byte{}, []byte(nil)
	err = fs.WalkDir(static, "static", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		body, err := static.ReadFile(name)
		if path.Ext(name) == ".css" {
			sheet := sheetOf(name)
			styles[sheet] = append(styles[sheet], body...)
			return err
		}
		if strings.HasPrefix(path.Base(name), "page-") {
			script = append(script, body...)
			return err
		}
		a.add(strings.TrimPrefix(name, "static/"), body)
		return err
	})
	for sheet, body := range styles {
		a.add(sheet, body)
	}
	a.add(Script, script)
	a.zip = nil
	return a, err
}

func (a *Assets) add(name string, body []byte) {
	sum := sha256.Sum256(body)
	address := fmt.Sprintf("/static/%s/%s", hex.EncodeToString(sum[:8]), name)
	a.byName[name] = address
	a.files[address] = Asset{Body: body, Zipped: a.zipped(body), Type: mime.TypeByExtension(path.Ext(name))}
}

// zipped compresses a file as far as it goes.
func (a *Assets) zipped(body []byte) []byte {
	var b bytes.Buffer
	a.zip.Reset(&b)
	_, _ = a.zip.Write(body) // to memory
	_ = a.zip.Close()
	return b.Bytes()
}

// URL returns the address of a file by its name below static/.
func (a *Assets) URL(name string) string { return a.byName[name] }

// At returns the file at an address.
func (a *Assets) At(address string) (Asset, bool) {
	f, ok := a.files[address]
	return f, ok
}
