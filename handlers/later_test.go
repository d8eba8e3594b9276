package handlers_test

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/followthrough/followthrough/handlers/represent"
)

// A view of the past may name a later date in these places alone.
//
// Fields and columns of data:
var laterFields = map[string]string{
	"url":            "the address of a source names the day it was put there, or a later one that it was moved",
	"path":           "the address of a source in the description of a package",
	"description":    "what a column holds, with an example of a reference",
	"description_ja": "the same in Japanese",
	"title":          "a source keeps its title, which may name a period: 2023-2030",
	"created":        "the day on which a package was made",
	"prepared_on":    "the day on which a briefing was made",
	"hash":           "digits that mean nothing",
	"sha256":         "digits that mean nothing",
}

// Notes of workbooks and packages: the line that says on which day they were made.
const laterNote = "Exported on"

// Elements of pages:
var laterElements = []struct {
	reason string
	is     func(n *html.Node) bool
}{
	{"a citation ends in the day on which it was taken", func(n *html.Node) bool { return hasClass(n, "cite") }},
	{"a link out, with the title of its source", func(n *html.Node) bool {
		return n.DataAtom == atom.A && strings.Contains(attr(n, "rel"), "noopener")
	}},
	{"a briefing ends its head in the day on which it was made, and the hash of the audit", func(n *html.Node) bool {
		return hasClass(n, "b-prepared") || hasClass(n, "b-chain") || hasClass(n, "b-hash")
	}},
	{"a piece of evidence without an address, with its title", func(n *html.Node) bool { return n.DataAtom == atom.Cite }},
	{"styles", func(n *html.Node) bool { return n.DataAtom == atom.Style }},
	{"a link to evidence, with its title", func(n *html.Node) bool {
		_, evidence := evidenceOf(n)
		return evidence && has(n, "lang")
	}},
	{"the title of a source on its own page, as heading and as title of the page", func(n *html.Node) bool {
		return n.DataAtom == atom.H1 && has(n, "lang") || n.DataAtom == atom.Title
	}},
}

// Citations: the day on which it was looked at, and hashes, whose digits mean nothing.
var laterCited = regexp.MustCompile(`"accessed":\{[^}]*\},|\(seen [^)]*\)|\b[0-9a-f]{64}\b`)

// Addresses of citations name the day on which they were looked at, so that they lead to what stood there then.
var laterPins = regexp.MustCompile(`\bknown_at=[0-9]{4}-[0-9]{2}-[0-9]{2}\b`)

// Lines of a briefing as Markdown: the day on which it was made, the hash of the audit and the titles and addresses of
// sources.
var laterLines = regexp.MustCompile(`^- Prepared |^- .*作成$|[0-9a-f]{64}|^[0-9]+\. .*(?:\)|）)(?: <.*>)?$`)

// Words: goals and names that the texts of then had in them, and the year in which the program's tag URIs were coined
// (RFC 4151).
var laterWords = regexp.MustCompile(`tag:followthrough,2026:|2023-2030(?: Australian|年)|by (?:end |[0-9]+ \p{L}+ |early |March )?20[0-9]{2}|20[0-9]{2}年(?:末|[0-9]+月(?:[0-9]+日)?)?まで|summit in early 2026|2026年初めの首脳会合`)

// said is a text of an answer and where it stands.
type said struct{ where, text string }

// saidIn lists the texts of an answer that may name no later date.
func saidIn(t *testing.T, f represent.Format, body string) []said {
	switch f {
	case represent.HTML, represent.File:
		return saidOnPage(t, body)
	case represent.MD: // of a briefing
		var all []said
		for line := range strings.Lines(body) {
			if !laterLines.MatchString(line) {
				all = append(all, said{"line", line})
			}
		}
		return all
	case represent.JSON:
		return saidInJSON(t, body)
	case represent.CSL:
		return saidInJSON(t, laterCited.ReplaceAllString(body, ""))
	case represent.CSV:
		rows, err := csv.NewReader(strings.NewReader(body)).ReadAll()
		if err != nil {
			t.Error(err)
		}
		return saidInRows("", rows)
	case represent.XLSX:
		var all []said
		book := workbook(t, body)
		for _, name := range book.GetSheetList() {
			if name != "notes" {
				all = append(all, saidInRows(name+" ", sheet(t, book, name))...)
				continue
			}
			for _, row := range sheet(t, book, name) {
				if row[0] != laterNote {
					all = append(all, said{name, strings.Join(row, " ")})
				}
			}
		}
		return all
	case represent.ZIP:
		var all []said
		for name, body := range files(t, body) {
			switch {
			case strings.HasSuffix(name, ".json"):
				all = append(all, saidInJSON(t, body)...)
			case strings.HasSuffix(name, ".csv"):
				rows, err := csv.NewReader(strings.NewReader(body)).ReadAll()
				if err != nil {
					t.Error(err)
				}
				all = append(all, saidInRows(name+" ", rows)...)
			default:
				for line := range strings.Lines(body) {
					if !strings.HasPrefix(line, "- "+laterNote) {
						all = append(all, said{name, line})
					}
				}
			}
		}
		return all
	}
	return []said{{"text", body}}
}

func saidInRows(sheet string, rows [][]string) []said {
	var all []said
	for n, row := range rows {
		for i, cell := range row {
			if column := rows[0][i]; n > 0 && laterFields[column] == "" {
				all = append(all, said{sheet + column, cell})
			}
		}
	}
	return all
}

func saidInJSON(t *testing.T, body string) []said {
	var v any
	if err := json.Unmarshal([]byte(body), &v); err != nil {
		t.Errorf("%v: %.200s", err, body)
	}
	var all []said
	var walk func(where string, v any)
	walk = func(where string, v any) {
		switch v := v.(type) {
		case map[string]any:
			for name, inner := range v {
				if s, plain := inner.(string); !plain || s == "" || laterFields[name] == "" {
					walk(name, inner)
				}
			}
		case []any:
			for _, inner := range v {
				walk(where, inner)
			}
		case string:
			all = append(all, said{where, v})
		}
	}
	walk("", v)
	return all
}

// saidOnPage lists the texts and the addresses of a page, an element's own text as one.
func saidOnPage(t *testing.T, body string) []said {
	doc, err := html.Parse(strings.NewReader(body))
	if err != nil {
		t.Error(err)
		return nil
	}
	var all []said
	var walk func(n *html.Node)
	walk = func(n *html.Node) {
		if n.Type == html.ElementNode {
			if mayNameLater(n) {
				return
			}
			for _, a := range n.Attr {
				if a.Key != "src" && (a.Key != "href" || !strings.HasPrefix(a.Val, "/static/")) {
					all = append(all, said{"<" + n.Data + " " + a.Key + ">", a.Val})
				}
			}
		}
		if n.Type == html.TextNode && strings.TrimSpace(n.Data) != "" {
			all = append(all, said{"<" + n.Parent.Data + ">", n.Data})
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
	}
	walk(doc)
	return all
}

// mayNameLater reports whether an element is one of laterElements.
func mayNameLater(n *html.Node) bool {
	for _, e := range laterElements {
		if e.is(n) {
			return true
		}
	}
	return false
}

var (
	months = strings.Fields("January February March April May June July August September October November December")
	dates  = regexp.MustCompile(`(?:\b(\d{1,2})(?:[–-]\d{1,2})? )?(` + strings.Join(months, "|") + `) ((?:19|20)\d\d)\b|\b((?:19|20)\d\d)年(?:(\d{1,2})月(?:(\d{1,2})日)?)?|\b((?:19|20)\d\d(?:-\d\d(?:-\d\d)?)?)\b`)
	// refs are references that name their day or month: of meetings, statements, commitments, sources and search notes.
	refs = regexp.MustCompile(`(?i)\b[a-z][a-z0-9-]*-((?:19|20)\d\d-\d\d(?:-\d\d)?)\b`)
)

// datesIn lists the dates of a text, to their precision, as 2006-01-02, 2006-01 or 2006.
func datesIn(text string) []string {
	text = refs.ReplaceAllString(laterWords.ReplaceAllString(text, ""), "")
	var all []string
	for _, m := range dates.FindAllStringSubmatch(text, -1) {
		year, month, day := m[3], 0, m[1]
		for i, name := range months {
			if name == m[2] {
				month = i + 1
			}
		}
		if m[4] != "" {
			year, day = m[4], m[6]
			_, _ = fmt.Sscan(m[5], &month) // a year alone has none
		}
		switch {
		case m[7] != "":
			all = append(all, m[7])
		case month == 0:
			all = append(all, year)
		case day == "":
			all = append(all, fmt.Sprintf("%s-%02d", year, month))
		default:
			all = append(all, fmt.Sprintf("%s-%02d-%02s", year, month, day))
		}
	}
	return all
}

// refsIn lists the dates in the references of a text.
func refsIn(text string) []string {
	var all []string
	for _, m := range refs.FindAllStringSubmatch(text, -1) {
		all = append(all, m[1])
	}
	return all
}

// later reports whether a date is after the day as far as it says.
func later(found, day string) bool {
	n := min(len(found), len(day))
	return found[:n] > day[:n]
}
