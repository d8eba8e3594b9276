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

// TestRead/the_same_statement_in_every_format_gives_the_same_pieces
func TestRead(t *testing.T) {
	t.Parallel()
	for _, s := range []struct {
		lang models.Lang
		all  []string
	}{{"en", english}, {"ja", japanese}, {"fr", french}} {
		files := []struct {
			name, format string
			data         string
		}{
			{"", "text", strings.Join(s.all, "\n\n")},
			{"a.txt", "text", strings.Join(s.all, "\r\n\r\n") + "\r\n"},
			{"lines.TXT", "text", strings.Join(s.all, "\n")},
			{"bom.txt", "text", "\xef\xbb\xbf" + strings.Join(s.all, "\n\n")},
			{"a.md", "markdown", "# " + s.all[0] + "\n\n> " + s.all[1] + "\n\n" + strings.Join(s.all[2:], "\n\n- ")},
			{"a.html", "html", pageOf(s.all)},
			{"", "html", "<h2>" + html.EscapeString(s.all[0]) + "</h2>" + each(s.all[1:], "<p>%s", html.EscapeString)},
			{"a.docx", "docx", string(docxOf(t, each(s.all, "%s", wordParagraph)))},
			{"", "docx", string(docxOf(t, each(s.all, "%s", wordParagraph)))},
		}
		for _, f := range files {
			t.Run(fmt.Sprintf("the same statement in every format gives the same pieces/%s_%s_%s", s.lang, f.format, f.name), func(t *testing.T) {
				r := mustRead(t, File{Name: f.name, Data: []byte(f.data)})
				text := r.Texts[0]
				all, kinds := words(text)
				kinds = slices.DeleteFunc(kinds, func(k Kind) bool { return k == Outside })
				if diff := cmp.Diff(s.all, all[:min(len(all), 6)]); diff != "" {
					t.Error(diff)
				}
				if !slices.Equal(kinds, inOrder) {
					t.Errorf("kinds %v, want %v", kinds, inOrder)
				}
				if text.Lang != s.lang || text.Format != f.format || text.Name != f.name || r.Rows != nil {
					t.Errorf("got %s %s %q %v", text.Lang, text.Format, text.Name, r.Rows)
				}
				if text.FileSHA256 != hexadecimal([]byte(f.data)) {
					t.Error("the hash of the file is not that of what was supplied")
				}
			})
		}
	}
}

func TestFilesOfOneLanguageEach(t *testing.T) {
	t.Parallel()
	en, ja := []byte(strings.Join(english, "\n\n")), []byte(strings.Join(japanese, "\n\n"))
	t.Run("keep_the_order_given", func(t *testing.T) {
		r := mustRead(t, File{Name: "ja.txt", Data: ja}, File{Data: en})
		if len(r.Texts) != 2 || r.Texts[0].Lang != "ja" || r.Texts[1].Lang != "en" || r.Rows != nil {
			t.Errorf("got %d texts, first in %s", len(r.Texts), r.Texts[0].Lang)
		}
	})
	t.Run("the_language_given_wins", func(t *testing.T) {
		r := mustRead(t, File{Data: en, Lang: "vi"}, File{Data: ja, Lang: "zh"})
		if r.Texts[0].Lang != "vi" || r.Texts[1].Lang != "zh" {
			t.Errorf("got %s and %s", r.Texts[0].Lang, r.Texts[1].Lang)
		}
	})
	for _, c := range []struct {
		name, field, key string
		files            []File
	}{
		{"none", "texts", "error.required", nil},
		{"nine", "texts", "error.too_many", make([]File, 9)},
		{"two_of_one_language", "texts.1", "error.text_same_language", []File{{Data: en}, {Data: []byte(english[2])}}},
		{"two_said_to_be_of_one_language", "texts.1", "error.text_same_language", []File{{Data: en, Lang: "fr"}, {Data: ja, Lang: "fr"}}},
		{"a_bilingual_one_with_another", "texts.0", "error.text_bilingual", []File{{Data: []byte(english[2] + " | " + japanese[2] + " |\n")}, {Data: ja}}},
		{"a_language_nobody_can_tell", "texts.0", "error.text_language", []File{{Data: []byte("QSCG 2023")}}},
		{"empty", "texts.1", "error.text_empty", []File{{Data: en}, {}}},
		{"blank", "texts.0", "error.text_empty", []File{{Data: []byte(" \n\u3000\n\t\r\n")}}},
		{"an_empty_page", "texts.0", "error.text_empty", []File{{Name: "a.html", Data: []byte("<html><body><script>x</script></body></html>")}}},
		{"a_large_file", "texts.0", "error.text_size", []File{{Data: make([]byte, MaxFile+1)}}},
		{"a_large_text", "texts.0", "error.text_size", []File{{Lang: "en", Data: []byte(strings.Repeat(strings.Repeat("a word ", 5000)+"\n\n", 40))}}},
		{"many_paragraphs", "texts.0", "error.text_paragraphs", []File{{Lang: "en", Data: []byte(strings.Repeat("a\n\n", MaxParagraphs+1))}}},
		{"a_long_paragraph", "texts.0", "error.text_paragraph", []File{{Lang: "ja", Data: []byte(strings.Repeat("我", MaxParagraph+1))}}},
	} {
		t.Run("refuses_"+c.name, func(t *testing.T) {
			_, err := Read(c.files)
			bad := models.InvalidFields(err)
			if len(bad) != 1 || bad[0].Field != c.field || bad[0].Key != c.key {
				t.Errorf("got %v, want %s: %s", err, c.field, c.key)
			}
		})
	}
	t.Run("names_every_file_that_is_refused", func(t *testing.T) {
		_, err := Read([]File{{Name: "a.exe", Data: en}, {Data: ja}, {Name: "b.txt", Data: []byte("%PDF-1.7")}})
		if bad := models.InvalidFields(err); len(bad) != 2 || bad[0].Field != "texts.0" || bad[1].Field != "texts.2" {
			t.Errorf("got %v", err)
		}
	})
}

func TestCharacters(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, text, code string
		paragraph, place int
	}{
		{"NUL", "We met.\n\nWe a\x00gree.", "U+0000", 2, 5},
		{"C0", "We met\x07.", "U+0007", 1, 7},
		{"form_feed", "One.\n\nTwo.\n\nThr\fee.", "U+000C", 3, 4},
		{"C1", "我々は\u0085会合した。", "U+0085", 1, 4},
		{"non-character", "We \ufdd0 met.", "U+FDD0", 1, 4},
		{"non-character_beyond", "We \U0001fffe met.", "U+1FFFE", 1, 4},
		{"surrogate", "We met.\n\nWe \xed\xa0\x80 met.", "U+D800", 2, 4},
		{"broken_UTF-8", "We met.\n\nWe \xff met.", "0xFF", 2, 4},
		{"overlong", "We \xc0\xaf met.", "0xC0", 1, 4},
		{"surrogate_in_UTF-16", "\xff\xfeW\x00e\x00\x00\xd8 \x00", "U+D800", 1, 3},
		{"half_a_unit_of_UTF-16", "\xfe\xff\x00W\x00e\x00", "0xFF", 1, 3},
	} {
		t.Run("refuses_"+c.name, func(t *testing.T) {
			field, _, args := refused(t, File{Lang: "en", Data: []byte(c.text)})
			if field != "texts.0" || args["code"] != c.code || args["paragraph"] != c.paragraph || args["place"] != c.place {
				t.Errorf("got %s %v, want %s at %d of paragraph %d", field, args, c.code, c.place, c.paragraph)
			}
		})
	}
	t.Run("refuses_in_a_page_and_a_document", func(t *testing.T) {
		for _, f := range []File{{Name: "a.html", Data: []byte("<p>We met.<p>We \ufdd0 met.")}, {Name: "a.docx", Data: docxOf(t, wordParagraph("We met.")+wordParagraph("We \ufdd0 met."))}} {
			if _, key, args := refused(t, f); key != "error.text_control" || args["paragraph"] != 2 || args["place"] != 4 {
				t.Errorf("%s: got %s %v", f.Name, key, args)
			}
		}
	})
	t.Run("keeps_what_is_shown_as_what_it_is", func(t *testing.T) {
		text := "We \u202emet\u202c in\u200b the \U000e0001hall \ue000 of \u2066the\u2069 \u00ad王\U000e0100\uFFFD."
		r := mustRead(t, File{Data: []byte(text)})
		if r.Texts[0].Body != text || r.Texts[0].Pieces[0].Of(text) != text {
			t.Errorf("got %q", r.Texts[0].Body)
		}
	})
	t.Run("UTF-16_is_read", func(t *testing.T) {
		want := "We met 😀 in 東京.\n\nWe agree."
		for _, order := range []string{"\xff\xfe", "\xfe\xff"} {
			var b strings.Builder
			b.WriteString(order)
			for _, u := range utf16Of(want) {
				lo, hi := byte(u), byte(u>>8)
				if order == "\xfe\xff" {
					lo, hi = hi, lo
				}
				b.Write([]byte{lo, hi})
			}
			if r := mustRead(t, File{Name: "a.txt", Data: []byte(b.String())}); r.Texts[0].Body != want || len(r.Texts[0].Pieces) != 2 {
				t.Errorf("got %q", r.Texts[0].Body)
			}
		}
	})
}
