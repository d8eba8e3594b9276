package document

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
)

// Limits of a DOCX file, which is an archive of parts. What the archive says of its sizes is not believed.
const (
	maxParts    = 200
	maxUnpacked = 50 << 20 // bytes of all parts
	maxRatio    = 100      // of what is unpacked to what it was packed in
	ratioFrom   = 1 << 20  // bytes; a small part may be as regular as it likes
	maxXML      = 16 << 20 // bytes of a part that is read
	maxDepth    = 64       // of elements
)

// The errors of archives, by what is wrong with them.
var (
	errWrongType = errors.New("the archive is no document")
	errSize      = errors.New("the archive is too large inside")
	errNames     = errors.New("the archive has names that no document has")
	errEncrypted = errors.New("the archive is encrypted")
	errXML       = errors.New("the text of the archive cannot be read")
)

// parts unpacks an archive and returns the parts that are wanted. Every part is unpacked once, and counted, so that an
// archive that would harm another program is refused here already.
func parts(data []byte, wanted func(name string) bool) (map[string][]byte, error) {
	if end := len(data) - 22; end < 0 || string(data[end:end+4]) != zipEnd { // an end of 22 bytes leaves no room for a second file behind it
		return nil, errWrongType
	}
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	switch {
	case err != nil:
		return nil, errWrongType
	case len(z.File) > maxParts:
		return nil, errSize
	}
	if err := directory(z.File); err != nil {
		return nil, err
	}
	kept := map[string][]byte{}
	left := int64(maxUnpacked)
	for _, f := range z.File {
		if strings.HasSuffix(f.Name, "/") {
			continue
		}
		var into *bytes.Buffer
		if wanted(f.Name) {
			into = &bytes.Buffer{}
		}
		n, err := unpack(f, left, into)
		if err != nil {
			return nil, err
		}
		if left -= n; maxUnpacked-left > max(ratioFrom, maxRatio*int64(len(data))) {
			return nil, errSize
		}
		if into != nil {
			kept[f.Name] = into.Bytes()
		}
	}
	return kept, nil
}

// directory checks what the archive says of its parts before anything is unpacked.
func directory(files []*zip.File) error {
	seen := map[string]bool{}
	type place struct{ from, to int64 }
	places := make([]place, 0, len(files))
	for _, f := range files {
		name := strings.ReplaceAll(f.Name, "\\", "/")
		clean := path.Clean(strings.TrimSuffix(name, "/"))
		folded := strings.ToLower(clean)
		switch mode := f.Mode(); {
		case f.Flags&(1|1<<6|1<<13) != 0 || f.Method == 99:
			return errEncrypted
		case mode&fs.ModeType != 0 && !mode.IsDir(), name != f.Name, clean != strings.TrimSuffix(name, "/"), path.IsAbs(name), clean == ".." || strings.HasPrefix(clean, "../"),
			strings.ContainsAny(name, ":\x00"), seen[folded]:
			return errNames
		case f.Method != zip.Store && f.Method != zip.Deflate, f.UncompressedSize64 > maxUnpacked:
			return errSize
		}
		seen[folded] = true
		from, err := f.DataOffset()
		if err != nil {
			return errWrongType
		}
		places = append(places, place{from, from + int64(f.CompressedSize64)})
	}
	slices.SortFunc(places, func(a, b place) int { return int(a.from - b.from) })
	for i := 1; i < len(places); i++ {
		if places[i].from < places[i-1].to+30 { // each part has a header of its own before it
			return errSize
		}
	}
	return nil
}

// unpack reads a part to its end, or as far as it may go, and keeps it when there is a buffer.
func unpack(f *zip.File, left int64, into *bytes.Buffer) (int64, error) {
	r, err := f.Open()
	if err != nil {
		return 0, errWrongType
	}
	defer func() { _ = r.Close() }() // closing memory cannot fail in a way that matters
	limit := min(left, max(ratioFrom, maxRatio*int64(f.CompressedSize64)))
	var w io.Writer = &watch{}
	if into != nil {
		limit = min(limit, maxXML)
		w = into
	} else if !strings.HasSuffix(f.Name, ".xml") && !strings.HasSuffix(f.Name, ".rels") {
		w = io.Discard
	}
	n, err := io.Copy(w, io.LimitReader(r, limit+1))
	switch {
	case errors.Is(err, errXML):
		return n, err
	case n > limit:
		return n, errSize
	case err != nil:
		return n, errWrongType
	}
	return n, nil
}

// watch looks for declarations in parts that are not read: no document has any.
type watch struct{ tail []byte }

func (w *watch) Write(b []byte) (int, error) {
	w.tail = append(w.tail, b[:min(len(b), 16)]...)
	for _, at := range [][]byte{w.tail, b} {
		if bytes.Contains(at, []byte("<!DOCTYPE")) { // without which nothing can be declared
			return 0, errXML
		}
	}
	w.tail = append(w.tail[:0], b[max(0, len(b)-16):]...)
	return len(b), nil
}
