package document

import (
	"fmt"
	"html"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/followthrough/followthrough/models"
)

// pairs writes rows of two cells.
func pairs(a, b []string, format string, escape func(string) string) string {
	var s strings.Builder
	for i := range a {
		fmt.Fprintf(&s, format, escape(a[i]), escape(b[i]))
	}
	return s.String()
}

func wordCell(text string) string { return `<w:tc>` + wordParagraph(text) + `</w:tc>` }

// TestBilingualFiles/the_same_statement_in_every_layout_gives_the_same_pieces
func TestBilingualFiles(t *testing.T) {
	t.Parallel()
	for _, p := range []struct {
		a, b         models.Lang
		one, another []string
	}{{"en", "ja", english, japanese}, {"ja", "en", japanese, english}, {"en", "fr", english, french}, {"fr", "ja", french, japanese}} {
		page := `<table><tr><th>English</th><th>日本語</th></tr>` + pairs(p.one, p.another, "<tr><td>%s</td>\n<td><p>%s</p></td></tr>", html.EscapeString) + `</table>`
		word := `<w:tbl><w:tblPr/>` + pairs(p.one, p.another, "<w:tr>%s%s</w:tr>", wordCell) + `</w:tbl>`
		inOneRow := `<table><tr><td>` + each(p.one, "<p>%s</p>", html.EscapeString) + `</td><td>` + each(p.another, "<p>%s</p>", html.EscapeString) + `</td></tr></table>`
		runs := ""
		for i := 0; i < len(p.one); i += 2 {
			runs += strings.Join(slices.Concat(p.one[i:i+2], p.another[i:i+2]), "\n\n") + "\n\n"
		}
		for _, f := range []struct {
			name, format, data string
			left               int
		}{
			{"a.txt", "pipes", "A blog.\n" + pairs(p.one, p.another, "%s | %s |\n", asIs) + "\nThe end.\n", 2},
			{"", "pipes", pairs(p.one, p.another, "%s | %s |\r\n", asIs), 0},
			{"a.md", "table", "Words around it.\n\n| English | 日本語 |\n|:---|---|\n" + pairs(p.one, p.another, "| %s | %s |\n", asIs), 3},
			{"", "table", "English | Français\n--- | ---\n" + pairs(p.one, p.another, "%s | %s\n", asIs), 2},
			{"a.html", "table", "<!doctype html><nav>Home</nav><p>Before</p>" + page + "<p>After</p>", 4},
			{"a.html", "table", "<html><table><tr><td>Menu</td><td>" + page + "</td></tr></table></html>", 3},
			{"", "table", inOneRow, 0},
			{"a.docx", "table", string(docxOf(t, wordParagraph("Before")+word+wordParagraph("After"))), 2},
			{"a.txt", "alternating", pairs(p.one, p.another, "%s\n\n%s\n\n", asIs), 0},
			{"a.txt", "alternating", pairs(p.one, p.another, "%s\n%s\n", asIs), 0},
			{"a.txt", "alternating", runs, 0},
			{"a.md", "alternating", pairs(p.one, p.another, "%s\n\n> %s\n\n", asIs), 0},
			{"a.html", "alternating", "<html>" + pairs(p.one, p.another, "<p>%s</p><p>%s</p>", html.EscapeString), 0},
			{"a.docx", "alternating", string(docxOf(t, pairs(p.one, p.another, "%s%s", wordParagraph))), 0},
		} {
			t.Run(fmt.Sprintf("the same statement in every layout gives the same pieces/%s_%s_%s%s", p.a, p.b, f.format, f.name), func(t *testing.T) {
				r := mustRead(t, File{Name: f.name, Data: []byte(f.data)})
				if len(r.Texts) != 2 || r.Texts[0].Lang != p.a || r.Texts[1].Lang != p.b || r.Texts[0].Format != f.format {
					t.Fatalf("got %d texts: %s %s", len(r.Texts), r.Texts[0].Lang, r.Texts[0].Format)
				}
				for n, want := range [][]string{p.one, p.another} {
					all, kinds := words(r.Texts[n])
					if diff := cmp.Diff(want, all); diff != "" {
						t.Error(diff)
					}
					if !slices.Equal(kinds, inOrder) {
						t.Errorf("kinds %v, want %v", kinds, inOrder)
					}
					if r.Texts[n].Body != strings.Join(want, "\n\n") {
						t.Errorf("body %q", r.Texts[n].Body)
					}
				}
				for i, row := range r.Rows {
					if row[p.a] != i || row[p.b] != i || len(row) != 2 {
						t.Errorf("row %d is %v", i, row)
					}
				}
				if len(r.Rows) != 6 || len(r.LeftOut) != f.left {
					t.Errorf("%d rows; %q left out, want %d", len(r.Rows), r.LeftOut, f.left)
				}
			})
		}
	}
}

func TestRowsThatAreNotPlain(t *testing.T) {
	t.Parallel()
	e, j, f := english, japanese, french
	type row = map[models.Lang]int
	for _, c := range []struct {
		name string
		text []string
		want []row
	}{
		{"a language is missing at the end", []string{e[2], j[2], e[3], j[3], e[4]}, []row{{"en": 0, "ja": 0}, {"en": 1, "ja": 1}, {"en": 2}}},
		{"a language is missing in the middle", []string{e[2], j[2], e[3], e[4], j[4]}, []row{{"en": 0, "ja": 0}, {"en": 1}, {"en": 2}, {"ja": 1}}},
		{"two have three", []string{e[2], e[3], j[2], j[3], j[4], e[5], j[5]}, []row{{"en": 0}, {"en": 1}, {"ja": 0}, {"ja": 1}, {"ja": 2}, {"en": 2, "ja": 3}}},
		{"runs of two", []string{e[2], e[3], f[2], f[3], e[4], f[4]}, []row{{"en": 0, "fr": 0}, {"en": 1, "fr": 1}, {"en": 2, "fr": 2}}},
		{"a title of Chinese characters alone", []string{e[0], "共同声明", e[2], j[2]}, []row{{"en": 0, "ja": 0}, {"en": 1, "ja": 1}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := mustRead(t, File{Data: []byte(strings.Join(c.text, "\n\n"))})
			if diff := cmp.Diff(c.want, r.Rows); diff != "" {
				t.Error(diff)
			}
		})
	}
	t.Run("what_no_language_holds_is_left_out", func(t *testing.T) {
		r := mustRead(t, File{Data: []byte("2023.12.14\n\n" + pairs(e, j, "%s\n\n%s\n\n* * *\n\n", asIs))})
		if len(r.Rows) != 6 || len(r.LeftOut) != 7 || r.LeftOut[0] != "2023.12.14" {
			t.Errorf("%d rows; %q left out", len(r.Rows), r.LeftOut)
		}
	})
	t.Run("cells_of_uneven_paragraphs_are_not_paired", func(t *testing.T) {
		r := mustRead(t, File{Name: "a.html", Data: []byte("<table><tr><td><p>" + e[2] + "<p>" + e[3] + "<td>" + j[2] + "<tr><td>" + e[4] + "<td>" + j[4] + "<tr><td><td>" + j[5] + "</table>")})
		if diff := cmp.Diff([]row{{"en": 0}, {"en": 1}, {"ja": 0}, {"en": 2, "ja": 1}, {"ja": 2}}, r.Rows); diff != "" {
			t.Error(diff)
		}
	})
	t.Run("cells_are_kept_byte_for_byte", func(t *testing.T) {
		r := mustRead(t, File{Data: []byte(e[2] + "  | \u3000" + j[2] + " |\r\n |  |\n | " + j[3] + " |")})
		if r.Texts[0].Body != e[2]+" " || r.Texts[1].Body != "\u3000"+j[2]+"\n\n"+j[3] {
			t.Errorf("got %q and %q", r.Texts[0].Body, r.Texts[1].Body)
		}
		if diff := cmp.Diff([]row{{"en": 0, "ja": 0}, {"ja": 1}}, r.Rows); diff != "" {
			t.Error(diff)
		}
	})
	t.Run("the_language_given_is_that_of_the_first_cell_unless_the_second_reads_like_it", func(t *testing.T) {
		data := []byte(pairs(e, j, "%s | %s |\n", asIs))
		for given, want := range map[models.Lang]models.Lang{"sv": "sv", "en": "en", "ja": "en"} {
			if r := mustRead(t, File{Lang: given, Data: data}); r.Texts[0].Lang != want || r.Texts[1].Lang != "ja" {
				t.Errorf("given %s: got %s and %s", given, r.Texts[0].Lang, r.Texts[1].Lang)
			}
		}
	})
	t.Run("a_pipe_behind_a_backslash_is_a_character", func(t *testing.T) {
		r := mustRead(t, File{Name: "a.md", Data: []byte("| English | 日本語 |\n|---|---|\n| " + e[2] + ` a \| b | ` + j[2] + " |\n")})
		if got := r.Texts[0].Body; got != e[2]+` a \| b` {
			t.Errorf("got %q", got)
		}
	})
}

// TestOneLanguageStaysOne: texts that quote another language, or have a table beside the text, are not taken apart.
func TestOneLanguageStaysOne(t *testing.T) {
	t.Parallel()
	long := strings.Join(english[2:], "\n\n")
	for name, f := range map[string]File{
		"a_quotation":                    {Data: []byte(long + "\n\n" + japanese[5] + "\n\n" + long)},
		"the_language_was_given":         {Lang: "en", Data: []byte(pairs(english, japanese, "%s\n\n%s\n\n", asIs))},
		"a_glossary_at_the_end":          {Name: "a.html", Data: []byte("<html>" + each(english[1:], "<p>%s</p>", html.EscapeString) + "<table><tr><td>harbour</td><td>港湾</td></tr><tr><td>the sea</td><td>海の</td></tr></table>")},
		"a_table_in_one_language":        {Data: []byte(pairs(english, english, "%s | %s |\n", asIs))},
		"a_table_of_three_columns":       {Name: "a.md", Data: []byte("| no | what | who |\n|--|--|--|\n| 1 | the exercise of the group | all of us |\n")},
		"an_English_text_with_Japanese":  {Data: []byte(english[2] + " (" + japanese[5] + ")\n\n" + english[3])},
		"French_that_quotes_English":     {Data: []byte(strings.Join(french, "\n\n") + "\n\nHarbour Security Group")},
		"a_line_in_another_script_in_it": {Data: []byte(english[2] + "\n" + japanese[5] + "\n\n" + long + "\n\n" + long)},
	} {
		t.Run(name, func(t *testing.T) {
			if r := mustRead(t, f); len(r.Texts) != 1 || r.Rows != nil {
				t.Errorf("read as %s and %s, laid out as %s", r.Texts[0].Lang, r.Texts[1].Lang, r.Texts[0].Format)
			}
		})
	}
}
