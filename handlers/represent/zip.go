package represent

import (
	"archive/zip"
	"encoding/json"
	"fmt"
	"io"
	"time"
)

// WriteZIP writes the files of a package: its description, the readme for people and the tables. Equal packages give
// equal bytes, because every file carries the day of the package and no other time.
func WriteZIP(w io.Writer, p *Package, readme string) error {
	day, err := time.Parse(time.RFC3339, p.Created)
	if err != nil {
		return fmt.Errorf("read the day of the package: %w", err)
	}
	out := zip.NewWriter(w)
	add := func(name string) (io.Writer, error) {
		return out.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: day})
	}
	file, err := add("datapackage.json")
	if err != nil {
		return err
	}
	e := json.NewEncoder(file)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(p); err != nil {
		return err
	}
	if file, err = add("README.md"); err != nil {
		return err
	}
	if _, err := io.WriteString(file, readme); err != nil {
		return err
	}
	for _, r := range p.Resources {
		if file, err = add(r.Path); err != nil {
			return err
		}
		if _, err := file.Write(r.body); err != nil {
			return err
		}
	}
	return out.Close()
}
