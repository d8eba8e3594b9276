package represent

import (
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"
)

// Citation is one work as others cite it, in plain text without any escapes. Dates are civil dates to their precision:
// 2023-12-05, 2023-12, 2023-Q4 or 2023; empty when unknown.
type Citation struct {
	Key       string // ASCII letters, digits and hyphens; another for each work
	Data      bool   // a table, and no page or text
	Title     string
	Lang      string // of the title, as a BCP 47 tag
	Author    string // an organisation
	Container string // the collection that a page belongs to
	Genre     string // what its publisher calls it
	Issued    string
	URL       string
	Accessed  string // when the address was looked at
	Source    string // where it was read, when that is elsewhere
	Version   string
	Notes     []string
}

// cslItem is a work in CSL JSON, with the names of the fields that CSL 1.0 knows.
type cslItem struct {
	ID        string    `json:"id"`
	Type      string    `json:"type"`
	Title     string    `json:"title"`
	Author    []cslName `json:"author,omitempty"`
	Container string    `json:"container-title,omitempty"`
	Genre     string    `json:"genre,omitempty"`
	Issued    *cslDate  `json:"issued,omitempty"`
	Accessed  *cslDate  `json:"accessed,omitempty"`
	URL       string    `json:"URL,omitempty"`
	Source    string    `json:"source,omitempty"`
	Version   string    `json:"version,omitempty"`
	Language  string    `json:"language,omitempty"`
	Note      string    `json:"note,omitempty"`
}

type cslName struct {
	Literal string `json:"literal"`
}

type cslDate struct {
	DateParts [][]int `json:"date-parts"`
}

// WriteCSL writes works as CSL JSON.
func WriteCSL(w io.Writer, works []Citation) error {
	items := make([]cslItem, len(works))
	for i, c := range works {
		items[i] = cslItem{ID: c.Key, Type: "webpage", Title: oneLine(c.Title), Container: oneLine(c.Container), Genre: oneLine(c.Genre), Issued: cslDateOf(c.Issued), Accessed: cslDateOf(c.Accessed),
			URL: oneLine(c.URL), Source: oneLine(c.Source), Version: c.Version, Language: c.Lang, Note: oneLine(strings.Join(c.Notes, " "))}
		if c.Data {
			items[i].Type = "dataset"
		}
		if c.Author != "" {
			items[i].Author = []cslName{{oneLine(c.Author)}}
		}
	}
	return WriteJSON(w, items)
}

// cslDateOf writes a date; a quarter is the range of its first and its last month.
func cslDateOf(date string) *cslDate {
	first, last := period(date)
	switch {
	case first == nil:
		return nil
	case last == nil:
		return &cslDate{DateParts: [][]int{first}}
	}
	return &cslDate{DateParts: [][]int{first, last}}
}

// period reads a civil date as year, month and day, as far as they are known. Of a quarter it gives the first and the last
// month, of everything else the first result alone. What is no date is unknown.
func period(date string) (first, last []int) {
	for layout, known := range map[string]int{"2006": 1, "2006-01": 2, time.DateOnly: 3} {
		if t, err := time.Parse(layout, date); err == nil {
			return []int{t.Year(), int(t.Month()), t.Day()}[:known], nil
		}
	}
	year, quarter, found := strings.Cut(date, "-Q")
	y, badYear := strconv.Atoi(year)
	q, badQuarter := strconv.Atoi(quarter)
	if !found || badYear != nil || badQuarter != nil || q < 1 || q > 4 {
		return nil, nil
	}
	return []int{y, 3*q - 2}, []int{y, 3 * q}
}

// isoDate writes year, month and day as far as they are known, with sep between them.
func isoDate(parts []int, sep string) string {
	all := make([]string, len(parts))
	for i, p := range parts {
		all[i] = fmt.Sprintf("%02d", p)
	}
	return strings.Join(all, sep)
}

// breaks are the characters beside \n that end a line in one program or another.
var breaks = strings.NewReplacer("\r", " ", "\v", " ", "\f", " ", "\u0085", " ", "\u2028", " ", "\u2029", " ")

// oneLine puts a text on one line, because in these formats a new line would begin a new field.
func oneLine(s string) string { return spaces.ReplaceAllString(line(breaks.Replace(s)), " ") }
