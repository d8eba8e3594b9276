package handlers

import (
	"bytes"
	"encoding/base64"
	"errors"
	"io"
	"mime/multipart"
	"net/url"
	"reflect"
	"strings"

	"github.com/followthrough/followthrough/models"
)

// maxUpload bounds a body with files or long texts.
const maxUpload = 5 << 20

// verbatim is a text whose every character counts: what cannot be kept is found where it is read as a statement, which
// can say in which paragraph it stands. A browser sends every line end of a field as CRLF, whatever was pasted; it is
// kept as LF. A program's text is kept as it is.
type verbatim string

// upload is the bytes of a file: in JSON as base64, in a form as they are.
type upload []byte

var (
	verbatimType = reflect.TypeFor[verbatim]()
	uploadType   = reflect.TypeFor[upload]()
)

// untouched fills a text or a file from JSON.
func (r *reader) untouched(v reflect.Value, tree any, path string) {
	s, ok := tree.(string)
	if !ok {
		r.wrong(path, "error.type", "want", "string")
		return
	}
	if v.Type() == verbatimType {
		v.SetString(s)
		return
	}
	b, err := base64.StdEncoding.DecodeString(s)
	if err != nil {
		r.wrong(path, "error.encoding")
		return
	}
	v.SetBytes(b)
}

// sent fills a text or a file from a form.
func sent(v reflect.Value, s string) {
	if v.Type() == verbatimType {
		v.SetString(strings.ReplaceAll(s, "\r\n", "\n"))
		return
	}
	v.SetBytes([]byte(s))
}

// fileField is the name that a form gives to the file of a text; its content is the field data, its name the field name.
const fileField = ".file"

// readParts takes a form apart that was sent with files. They stay in memory, which the limit of the body bounds, so
// that no file is left on disk whatever happens. The boundary between parts is another one each time; the same form is
// the same change all the same.
func (c *Call) readParts(boundary string) error {
	c.Form = url.Values{}
	parts := multipart.NewReader(bytes.NewReader(c.raw), boundary)
	for n := 0; ; n++ {
		p, err := parts.NextRawPart()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil || n > 20*maxRows {
			return malformed(models.Field("body", "error.parts"))
		}
		b, err := io.ReadAll(p)
		if err != nil {
			return malformed(models.Field("body", "error.parts"))
		}
		name, file := strings.CutSuffix(p.FormName(), fileField)
		switch {
		case !file:
			c.Form.Add(name, string(b))
		case p.FileName() != "":
			c.Form.Add(name+".name", p.FileName())
			c.Form.Add(name+".data", string(b))
		}
	}
	c.raw = []byte(c.Form.Encode())
	return nil
}

// withoutFiles is a form without its files, which no page can give back to a browser.
func withoutFiles(form url.Values) url.Values {
	kept := url.Values{}
	for name, values := range form {
		if !strings.HasSuffix(name, ".data") {
			kept[name] = values
		}
	}
	return kept
}
