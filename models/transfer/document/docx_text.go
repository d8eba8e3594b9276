package document

import (
	"encoding/xml"
	"strings"
)

// docx is a document on the way to plain text.
type docx struct {
	composer
	styles  map[string]style
	seen    bool // the document itself
	skipped int  // elements open within one that is not read
	inText  bool // within a run's text
	run     bool
	hidden  bool     // the run that is open
	aside   []string // what was read of paragraphs around a text box
}

// leftOut is what a document has beside its text: what was deleted or moved away while changes were tracked, names of
// fields, readings above characters, the copy of a drawing for older programs, and the properties of sections.
var leftOut = map[string]bool{"del": true, "moveFrom": true, "instrText": true, "delText": true, "rt": true, "Fallback": true, "sectPr": true, "sdtPr": true, "tblPr": true, "trPr": true, "tcPr": true}

func (d *docx) start(e xml.StartElement) {
	if d.skipped > 0 {
		d.skipped++
		return
	}
	name := e.Name.Local
	word := e.Name.Space == wordML || e.Name.Space == strictWordML
	if name == "Fallback" || word && leftOut[name] {
		d.skipped = 1
		return
	}
	if !word {
		return
	}
	switch name {
	case "document":
		d.seen = true
	case "txbxContent":
		d.aside = append(d.aside, d.text.String())
		d.text.Reset()
	case "tbl":
		d.openTable()
	case "tc":
		d.openCell()
	case "p":
		d.heading = false
	case "pStyle":
		d.heading = d.styles[attribute(e, "val")].heading
	case "outlineLvl":
		d.heading = attribute(e, "val") != "9"
	default:
		d.inRun(name, e)
	}
}

// inRun follows what stands within a run of text.
func (d *docx) inRun(name string, e xml.StartElement) {
	switch name {
	case "r":
		d.run, d.hidden = true, false
	case "vanish":
		d.hidden = d.run && on(e)
	case "rStyle":
		d.hidden = d.run && d.styles[attribute(e, "val")].hidden
	case "t":
		d.inText = !d.hidden
	case "tab", "ptab":
		d.write("\t")
	case "noBreakHyphen":
		d.write("\u2011")
	case "cr":
		d.write("\n")
	case "br":
		if kind := attribute(e, "type"); kind == "" || kind == "textWrapping" {
			d.write("\n")
		}
	}
}

// write adds text of a run that is seen. Properties of paragraphs have tabs as well, which are no text.
func (d *docx) write(text string) {
	if d.run && !d.hidden {
		d.text.WriteString(text)
	}
}

func (d *docx) end(n xml.Name) {
	if d.skipped > 0 {
		d.skipped--
		return
	}
	if n.Space != wordML && n.Space != strictWordML {
		return
	}
	switch n.Local {
	case "t":
		d.inText = false
	case "r":
		d.run, d.hidden = false, false
	case "p":
		d.flush()
		d.heading = false
	case "tr":
		d.closeRow()
	case "tbl":
		d.closeTable()
	case "txbxContent":
		d.flush()
		if last := len(d.aside) - 1; last >= 0 {
			d.text.WriteString(d.aside[last])
			d.aside = d.aside[:last]
		}
	}
}

func (d *docx) words(text []byte) {
	if d.inText && d.skipped == 0 {
		d.text.WriteString(strings.ReplaceAll(string(text), "\n", " "))
	}
}
