package frontend

import (
	"bytes"
	"context"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/followthrough/followthrough/models"
)

// rendered calls f with the body of every sample in both languages.
func rendered(t *testing.T, f func(name, body string)) {
	t.Helper()
	for _, l := range models.Langs {
		for name, page := range samples(t, l) {
			var b bytes.Buffer
			if err := page.Render(context.Background(), &b); err != nil {
				t.Fatalf("%s in %s: %v", name, l, err)
			}
			f(name+" in "+string(l), b.String())
		}
	}
}

// TestSamplesAreSeen finds a page that the samples forget, so that a new page is checked like the others.
func TestSamplesAreSeen(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for name := range samples(t, models.English) {
		page, _, _ := strings.Cut(name, ",")
		seen[page] = true
	}
	for _, page := range []string{"overview", "topics", "topic", "initiatives", "initiative", "matrix", "meetings", "meeting", "statements", "reader", "commitments", "countries", "country", "delegates", "delegate", "evidence list", "evidence", "search notes", "search note", "search", "activity", "method", "api", "accessibility", "shortcuts", "error"} {
		if !seen[page] {
			t.Errorf("no sample of the page %q", page)
		}
	}
}

// TestSampleMarksStandInTheirParagraphs finds a sample that marks words which its paragraph lacks.
func TestSampleMarksStandInTheirParagraphs(t *testing.T) {
	t.Parallel()
	for _, c := range sampleCommitments()[:2] {
		for l, want := range map[models.Lang]string{models.English: paragraphEN, models.Japanese: paragraphJA} {
			if w := c.Words[l]; w.Prefix+w.Exact+w.Suffix != want {
				t.Errorf("%s in %s: %q is not marked in %q", c.Code, l, w.Exact, want)
			}
		}
	}
}

// blank finds elements that a reader meets as an empty place. A list without items is announced as a list of none.
func blank(body string) []string {
	var found []string
	for _, name := range []string{"ul", "ol", "dl", "dt", "dd", "li", "td", "th", "p", "section", "tbody", "caption", "h1", "h2", "h3", "a", "button", "summary"} {
		found = append(found, regexp.MustCompile(`<`+name+`(?: [^>]*)?>\s*</`+name+`>`).FindAllString(body, -1)...)
	}
	return found
}

// headedAlone finds a section that has a heading and nothing below it.
var headedAlone = regexp.MustCompile(`<section[^>]*>\s*<h2[^>]*>(?:[^<]|<[^/]|</[^h])*</h2>\s*</section>`)

func TestNothingIsLeftBlank(t *testing.T) {
	t.Parallel()
	rendered(t, func(name, body string) {
		if strings.HasPrefix(name, "api") { // made from the route table, which is never empty
			return
		}
		for _, b := range append(blank(body), headedAlone.FindAllString(body, -1)...) {
			t.Errorf("%s: nothing stands in %s", name, b)
		}
	})
}

var (
	labelledBy = regexp.MustCompile(` aria-(?:labelledby|describedby)="([^"]+)"`)
	inPage     = regexp.MustCompile(` href="#([^"]+)"`)
	heading    = regexp.MustCompile(`<h([1-6])[ >]`)
	tables     = regexp.MustCompile(`(?s)<table.*?</table>`)
	th         = regexp.MustCompile(`<th(?: [^>]*)?>`)
)

// TestPagesHoldTogether follows what refers to a place on the same page, and reads the order of its headings.
func TestPagesHoldTogether(t *testing.T) {
	t.Parallel()
	rendered(t, func(name, body string) {
		holdsTogether(t, name, body, slices.Concat(labelledBy.FindAllStringSubmatch(body, -1), inPage.FindAllStringSubmatch(body, -1)))
	})
}

// holdsTogether looks for the places that are named, the order of the headings, and what a table needs.
func holdsTogether(t *testing.T, name, body string, places [][]string) {
	t.Helper()
	var here []string
	for _, m := range idOf.FindAllStringSubmatch(body, -1) {
		here = append(here, m[1])
	}
	for _, m := range places {
		for _, place := range strings.Fields(m[1]) { // an attribute may name several
			if !slices.Contains(here, place) {
				t.Errorf("%s: %s leads to no place on the page", name, m[0])
			}
		}
	}
	last := "1"
	for _, m := range heading.FindAllStringSubmatch(body, -1) {
		if m[1][0] > last[0]+1 {
			t.Errorf("%s: a heading of level %s follows one of level %s", name, m[1], last)
		}
		last = m[1]
	}
	for _, table := range tables.FindAllString(body, -1) {
		if !strings.Contains(table, "<caption") {
			t.Errorf("%s: a table has no caption: %.80s", name, table)
		}
		for _, cell := range th.FindAllString(table, -1) {
			if !strings.Contains(cell, " scope=") {
				t.Errorf("%s: %s has no scope", name, cell)
			}
		}
	}
}
