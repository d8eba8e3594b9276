package document

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"
)

const (
	contentTypes = "[Content_Types].xml"
	mainDocument = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
	usualPart    = "word/document.xml"
	wordML       = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
	strictWordML = "http://purl.oclc.org/ooxml/wordprocessingml/main"
)

// readDOCX reduces a document to paragraphs.
func readDOCX(data []byte) ([]item, error) {
	items, err := documentOf(data)
	switch {
	case err == nil:
		return items, nil
	case errors.Is(err, errSize):
		return nil, refuse("error.docx_size", "max", maxUnpacked>>20)
	case errors.Is(err, errNames):
		return nil, refuse("error.docx_names")
	case errors.Is(err, errEncrypted):
		return nil, refuse("error.docx_encrypted")
	case errors.Is(err, errXML):
		return nil, refuse("error.docx_text")
	}
	return nil, refuse("error.text_type", "value", "DOCX")
}

func documentOf(data []byte) ([]item, error) {
	kept, err := parts(data, func(name string) bool {
		return name == contentTypes || name == "word/styles.xml" || strings.HasPrefix(name, "word/document") && strings.HasSuffix(name, ".xml")
	})
	if err != nil {
		return nil, err
	}
	types, ok := kept[contentTypes]
	if !ok {
		return nil, errWrongType
	}
	name, err := mainPart(types)
	if err != nil {
		return nil, err
	}
	part, ok := kept[name]
	if !ok {
		return nil, errWrongType
	}
	styles, err := stylesOf(kept["word/styles.xml"])
	if err != nil {
		return nil, err
	}
	d := &docx{styles: styles}
	if err := walk(part, d); err != nil {
		return nil, err
	}
	if !d.seen {
		return nil, errWrongType
	}
	d.flush()
	return d.items, nil
}

// reader follows the elements of a part.
type reader interface {
	start(xml.StartElement)
	end(xml.Name)
	words([]byte)
}

// walk reads a part of XML. A document type, with which entities are declared, and depth are refused; entities that
// are not declared are an error of the decoder.
func walk(part []byte, to reader) error {
	d := xml.NewDecoder(bytes.NewReader(part))
	for depth := 0; ; {
		t, err := d.Token()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return errXML
		}
		switch t := t.(type) {
		case xml.Directive:
			return errXML
		case xml.StartElement:
			if depth++; depth > maxDepth {
				return errXML
			}
			to.start(t)
		case xml.EndElement:
			depth--
			to.end(t.Name)
		case xml.CharData:
			to.words(t)
		}
	}
}

// typed finds the main part among the types of the parts.
type typed struct {
	main   string
	macros bool
}

func (m *typed) start(e xml.StartElement) {
	kind, part := attribute(e, "ContentType"), strings.TrimPrefix(attribute(e, "PartName"), "/")
	if e.Name.Local == "Default" && kind == mainDocument {
		part = usualPart
	}
	if kind == mainDocument && part != "" {
		m.main = part
	}
	m.macros = m.macros || strings.Contains(kind, "macroEnabled") || strings.Contains(kind, "vbaProject")
}
func (m *typed) end(xml.Name) {}
func (m *typed) words([]byte) {}

func mainPart(types []byte) (string, error) {
	m := &typed{}
	if err := walk(types, m); err != nil {
		return "", err
	}
	if m.main == "" || m.macros {
		return "", errWrongType
	}
	return m.main, nil
}

func attribute(e xml.StartElement, local string) string {
	for _, a := range e.Attr {
		if a.Name.Local == local {
			return a.Value
		}
	}
	return ""
}

// on reports whether a property is set: it is unless its value says otherwise.
func on(e xml.StartElement) bool {
	v := attribute(e, "val")
	return v != "0" && v != "false" && v != "off"
}

// style is what a named style does to the text that has it.
type style struct{ hidden, heading bool }

// styleSheet reads the styles of a document.
type styleSheet struct {
	all map[string]style
	id  string
}

func stylesOf(part []byte) (map[string]style, error) {
	s := &styleSheet{all: map[string]style{}}
	return s.all, walk(part, s)
}

func (s *styleSheet) start(e xml.StartElement) {
	now := s.all[s.id]
	switch e.Name.Local {
	case "style":
		s.id, now = attribute(e, "styleId"), style{}
	case "vanish":
		now.hidden = on(e)
	case "outlineLvl":
		now.heading = attribute(e, "val") != "9"
	case "name":
		name := strings.ToLower(attribute(e, "val"))
		now.heading = now.heading || name == "title" || strings.HasPrefix(name, "heading ")
	}
	if s.id != "" {
		s.all[s.id] = now
	}
}

func (s *styleSheet) end(n xml.Name) {
	if n.Local == "style" {
		s.id = ""
	}
}
func (s *styleSheet) words([]byte) {}
