// Package represent chooses a format for an answer and encodes data in it. It knows no domain type.
package represent

import (
	"mime"
	"slices"
	"strconv"
	"strings"
)

// Format is a way to write an answer.
type Format struct {
	Name   string // also the suffix of an address
	Media  string // media type, without parameters
	Binary bool   // no text, so that it has no charset
	Whole  bool   // a page that needs nothing beside it; asked for by its suffix alone, because HTML is the page
}

// The formats.
var (
	HTML = Format{Name: "html", Media: "text/html"}
	JSON = Format{Name: "json", Media: "application/json"}
	CSV  = Format{Name: "csv", Media: "text/csv"}
	TXT  = Format{Name: "txt", Media: "text/plain"}
	XLSX = Format{Name: "xlsx", Media: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", Binary: true}
	ZIP  = Format{Name: "zip", Media: "application/zip", Binary: true}
	Atom = Format{Name: "atom", Media: "application/atom+xml"}
	ICS  = Format{Name: "ics", Media: "text/calendar"}
	MD   = Format{Name: "md", Media: "text/markdown"}
	File = Format{Name: "html", Media: "text/html", Whole: true}
	SVG  = Format{Name: "svg", Media: "image/svg+xml"}

	BibTeX = Format{Name: "bib", Media: "application/x-bibtex"}
	RIS    = Format{Name: "ris", Media: "application/x-research-info-systems"}
	CSL    = Format{Name: "csl.json", Media: "application/vnd.citationstyles.csl+json"} // .csl alone names a style
)

// Problem is the media type of an error, RFC 9457.
const Problem = "application/problem+json"

// Suffixes lists the formats that an address can end in.
var Suffixes = []Format{JSON, CSV, XLSX, ZIP, TXT, Atom, ICS, SVG, MD, BibTeX, RIS, CSL, File}

// Citations lists the formats that cite a page instead of holding what is on it.
var Citations = []Format{BibTeX, RIS, CSL}

// Cites reports whether the format cites a page.
func (f Format) Cites() bool { return slices.Contains(Citations, f) }

// Negotiated lists the formats of data that an Accept header can ask for.
var Negotiated = []Format{JSON, CSV, XLSX, ZIP, TXT, Atom, ICS, SVG, MD, BibTeX, RIS, CSL}

// ContentType returns the value of the Content-Type header.
func (f Format) ContentType() string {
	if f.Binary {
		return f.Media
	}
	return f.Media + "; charset=utf-8"
}

// OneLanguage reports whether an answer speaks one language, so that its address must say which.
func (f Format) OneLanguage() bool {
	return f == HTML || f == Atom || f == ICS || f == TXT || f == SVG || f == MD || f == File || f.Cites()
}

// CutSuffix splits a path at a format suffix, the longest that fits.
func CutSuffix(path string) (string, Format, bool) {
	bare, format := path, Format{}
	for _, f := range Suffixes {
		if rest, ok := strings.CutSuffix(path, "."+f.Name); ok && len(rest) < len(bare) {
			bare, format = rest, f
		}
	}
	return bare, format, bare != path
}

// Choose returns the offered format that an Accept header prefers, by quality and then by the order of the offer.
// Without a header the first is chosen; the second result is false when none is acceptable.
func Choose(accept string, offered []Format) (Format, bool) {
	if strings.TrimSpace(accept) == "" {
		return offered[0], true
	}
	var best Format
	bestQ := 0.0
	for _, f := range offered {
		if q := quality(accept, f.Media); q > bestQ {
			best, bestQ = f, q
		}
	}
	return best, bestQ > 0
}

// quality returns the quality that an Accept header gives a media type; the most specific range decides.
func quality(accept, media string) float64 {
	q, specific := 0.0, -1
	kind, _, _ := strings.Cut(media, "/")
	for _, part := range strings.Split(accept, ",") {
		name, params, err := mime.ParseMediaType(part)
		if err != nil {
			continue
		}
		level := -1
		switch name {
		case "*/*":
			level = 0
		case kind + "/*":
			level = 1
		case media:
			level = 2
		}
		if level <= specific {
			continue
		}
		specific, q = level, 1
		if v, ok := params["q"]; ok {
			if q, err = strconv.ParseFloat(v, 64); err != nil || q < 0 || q > 1 {
				q = 0
			}
		}
		if level < 0 {
			specific, q = -1, 0
		}
	}
	return q
}
