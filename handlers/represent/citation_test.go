package represent_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"io"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/followthrough/followthrough/handlers/represent"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// works are what real pages cite, and a title that tries to break out of every format.
var works = []represent.Citation{
	{Key: "followthrough-qscg-2023-12-1", Title: "日米豪印上級サイバーグループ　共同プレスリリース", Lang: "ja", Author: "外務省", Genre: "声明", Issued: "2023-12-14", URL: "https://example.org/a?b=1&c=%E5%A3%B0#p_4", Source: "Followthroughにより閲覧。", Notes: []string{"時点：2023年12月6日。", "第1版。"}},
	{Key: "followthrough-initiatives", Data: true, Title: "Initiatives", Lang: "en", Author: "Followthrough contributors", Container: "Followthrough: Quad", URL: "http://localhost/en/initiatives", Accessed: "2026-11-23", Version: "118"},
	{Key: "followthrough-hostile", Title: "One } brace, {two}, \\input{x} 50% & #1 $x$ a_b ~^ \"quoted\" </script>\r\nER  - \r\nTY  - BOOK\n\n@misc{other,\x00 title\u2028end", Lang: "en", Author: "A\nB", Issued: "2023-Q4", Accessed: "2023-11", URL: "https://example.org/{a}\r\nER  - \\x y", Notes: []string{"note\nER  - "}},
	{Key: "followthrough-year", Title: "Known to the year", Lang: "fr", Issued: "2023", Accessed: "12 May"},
}

func written(t *testing.T, write func(io.Writer, []represent.Citation) error) string {
	t.Helper()
	var b bytes.Buffer
	if err := write(&b, works); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestCitations(t *testing.T) {
	t.Parallel()
	for file, write := range map[string]func(io.Writer, []represent.Citation) error{"citations.bib": represent.WriteBibTeX, "citations.ris": represent.WriteRIS, "citations.csl.json": represent.WriteCSL} {
		got := written(t, write)
		if *update {
			if err := os.WriteFile("testdata/"+file, []byte(got), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile("testdata/" + file)
		if err != nil || got != string(want) {
			t.Errorf("%s (%v): go test -update rewrites it, read the diff:\n%s", file, err, cmp.Diff(got, string(want)))
		}
	}
}

// TestBibTeXIsReadBack counts braces as BibTeX does, which takes no notice of backslashes.
func TestBibTeXIsReadBack(t *testing.T) {
	t.Parallel()
	entries := readBibTeX(t, written(t, represent.WriteBibTeX))
	if len(entries) != len(works) {
		t.Fatalf("%d entries of %d works: %q", len(entries), len(works), entries)
	}
	for i, e := range entries {
		if e["key"] != works[i].Key {
			t.Errorf("entry %d is %q; want %q", i, e["key"], works[i].Key)
		}
	}
	for field, want := range map[string]string{"title": "{日米豪印上級サイバーグループ　共同プレスリリース}", "author": "{外務省}", "date": "2023-12-14", "url": works[0].URL, "langid": "japanese"} {
		if got := entries[0][field]; got != want {
			t.Errorf("%s = %q; want %q", field, got, want)
		}
	}
	hostile := entries[2]
	if hostile["date"] != "2023-10/2023-12" || hostile["urldate"] != "2023-11" || hostile["url"] != "https://example.org/%7Ba%7D%20ER%20-%20%5Cx%20y" {
		t.Errorf("date %q, urldate %q, url %q", hostile["date"], hostile["urldate"], hostile["url"])
	}
	plain := strings.NewReplacer(`\textbackslash{}`, `\`, `\textbraceleft{}`, `{`, `\textbraceright{}`, `}`, `\textasciitilde{}`, `~`, `\textasciicircum{}`, `^`, `\%`, `%`, `\&`, `&`, `\#`, `#`, `\$`, `$`, `\_`, `_`).Replace(hostile["title"])
	if want := `{One } brace, {two}, \input{x} 50% & #1 $x$ a_b ~^ "quoted" </script> ER - TY - BOOK @misc{other, title end}`; plain != want {
		t.Errorf("the title reads\n%s; want\n%s", plain, want)
	}
}

// readBibTeX reads entries by their braces alone.
func readBibTeX(t *testing.T, s string) []map[string]string {
	t.Helper()
	var all []map[string]string
	for s = strings.TrimSpace(s); s != ""; s = strings.TrimSpace(s) {
		head, body, ok := strings.Cut(s, "{")
		inside, rest, closed := closing(body)
		if !ok || !closed || !strings.HasPrefix(head, "@") {
			t.Fatalf("no entry: %.80q", s)
		}
		key, fields, _ := strings.Cut(inside, ",")
		e := map[string]string{"key": key}
		for fields = strings.TrimSpace(fields); fields != ""; fields = strings.TrimLeft(fields, ", \n") {
			name, value, ok := strings.Cut(fields, " = {")
			text, after, closed := closing(value)
			if !ok || !closed {
				t.Fatalf("no field: %.80q", fields)
			}
			e[name], fields = text, after
		}
		all, s = append(all, e), rest
	}
	return all
}

// closing cuts a text at the brace that closes one before it.
func closing(s string) (inside, rest string, ok bool) {
	depth := 1
	for i, r := range s {
		switch r {
		case '{':
			depth++
		case '}':
			depth--
		}
		if depth == 0 {
			return s[:i], s[i+1:], true
		}
	}
	return s, "", false
}

func TestRISIsReadBack(t *testing.T) {
	t.Parallel()
	body := written(t, represent.WriteRIS)
	if strings.Contains(strings.ReplaceAll(body, "\r\n", ""), "\n") || strings.Contains(strings.ReplaceAll(body, "\r\n", ""), "\r") {
		t.Error("a line ends in something else than CR LF")
	}
	var order []string
	titles := map[string]string{}
	key := ""
	for l := range strings.SplitSeq(body, "\r\n") {
		if l == "" {
			continue
		}
		tag, value, ok := strings.Cut(l, "  - ")
		if !ok || len(tag) != 2 {
			t.Errorf("no tag: %q", l)
		}
		switch tag {
		case "TY", "ER":
			order = append(order, tag)
		case "ID":
			key = value
		case "TI":
			titles[key] = value
		}
	}
	if want := slices.Repeat([]string{"TY", "ER"}, len(works)); !slices.Equal(order, want) {
		t.Errorf("records %v; want each to begin with TY and to end with ER", order)
	}
	if got := titles["followthrough-qscg-2023-12-1"]; got != works[0].Title {
		t.Errorf("title %q; want %q", got, works[0].Title)
	}
	for _, want := range []string{"DA  - 2023/12/14/\r\n", "DA  - 2023///Q4\r\n", "DA  - 2023///\r\n", "Y2  - 2023/11//\r\n"} {
		if !strings.Contains(body, want) {
			t.Errorf("without the date %q:\n%s", want, body)
		}
	}
}

func TestCSLIsReadBack(t *testing.T) {
	t.Parallel()
	var items []map[string]any
	if err := json.Unmarshal([]byte(written(t, represent.WriteCSL)), &items); err != nil {
		t.Fatal(err)
	}
	known := []string{"id", "type", "title", "author", "container-title", "genre", "issued", "accessed", "URL", "source", "version", "language", "note"}
	for i, item := range items {
		for field := range item {
			if !slices.Contains(known, field) {
				t.Errorf("CSL knows no %s", field)
			}
		}
		if item["id"] != works[i].Key {
			t.Errorf("id %v; want %s", item["id"], works[i].Key)
		}
	}
	if got := items[0]["title"]; got != works[0].Title {
		t.Errorf("title %v; want %s", got, works[0].Title)
	}
	parts := func(i int) any { return items[i]["issued"].(map[string]any)["date-parts"] }
	if diff := cmp.Diff([]any{parts(0), parts(2), parts(3)}, []any{[]any{[]any{2023., 12., 14.}}, []any{[]any{2023., 10.}, []any{2023., 12.}}, []any{[]any{2023.}}}); diff != "" {
		t.Errorf("dates: %s", diff)
	}
	if _, dated := items[1]["issued"]; dated {
		t.Error("a day of publication was invented")
	}
}

func TestFormats(t *testing.T) {
	t.Parallel()
	for path, want := range map[string]string{"/a.csl.json": "/a csl.json", "/a.json": "/a json", "/a.bib": "/a bib", "/a.ris": "/a ris", "/a.csl": "/a.csl ", "/a": "/a "} {
		bare, f, ok := represent.CutSuffix(path)
		if got := bare + " " + f.Name; got != want || ok != (f.Name != "") {
			t.Errorf("CutSuffix(%s) = %q, %v; want %q", path, got, ok, want)
		}
	}
}
