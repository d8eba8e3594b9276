package document

import (
	"strings"
	"testing"
)

// FuzzSplit: whatever the text, paragraphs are in order, hold something, and nothing that can be seen is lost.
func FuzzSplit(f *testing.F) {
	for _, text := range []string{"", "One.\n\nTwo.", "One.\r\nTwo.\u2028三。\u2029\u3000四。", "# A\n> b\n- c\n\n---\n1. d\n===", "a | b |\n", "\xff\xe2\x80\n\n\xe2"} {
		f.Add(text, false)
		f.Add(text, true)
	}
	f.Fuzz(func(t *testing.T, text string, markdown bool) {
		at := 0
		var seen, all strings.Builder
		for _, b := range paragraphs(text, markdown) {
			if b.at.From < at || b.at.To > len(text) || b.text == "" || text[b.at.From:b.at.To] != b.text || blank(b.text) {
				t.Fatalf("%q at %v after %d", b.text, b.at, at)
			}
			if end, _ := nextLine(b.text, 0); end == 0 {
				t.Fatalf("%q begins with a line end", b.text)
			}
			at = b.at.To
			seen.WriteString(b.text)
		}
		if markdown || len(text) > 8*MaxParagraphs {
			return
		}
		for from, next := 0, 0; from < len(text); from = next {
			var end int
			if end, next = nextLine(text, from); !blank(text[from:end]) {
				all.WriteString(strings.Trim(text[from:end], " \t"))
			}
		}
		space := strings.NewReplacer(" ", "", "\t", "", "\n", "", "\r", "", "\u2028", "", "\u2029", "")
		if got, want := space.Replace(seen.String()), space.Replace(all.String()); got != want {
			t.Fatalf("got %q, want %q", got, want)
		}
	})
}

// FuzzRead: whatever the file, it is read within the limits, or refused with its field.
func FuzzRead(f *testing.F) {
	names := []string{"", "a.txt", "a.md", "a.html", "a.docx"}
	en, ja := strings.Join(english, "\n\n"), strings.Join(japanese, "\n\n")
	for _, data := range []string{en, ja, "\xef\xbb\xbf" + ja, "\xff\xfeW\x00e\x00", pageOf(japanese), pairs(english, japanese, "%s | %s |\n", asIs), pairs(english, french, "%s\n\n%s\n\n", asIs),
		"|a|b|\n|-|-|\n| we | 我々は |", "<table><tr><td>We met<td>我々は<tr><td><p>a<p>b<td></table><pre>x\n\ny", string(docxOf(f, wordParagraph("We met.")+"<w:tbl><w:tr><w:tc/></w:tr></w:tbl>")), "PK\x03\x04", "%PDF-"} {
		for n := range names {
			f.Add(uint8(n), "", []byte(data))
		}
		f.Add(uint8(0), "en", []byte(data))
	}
	f.Fuzz(func(t *testing.T, name uint8, lang string, data []byte) {
		file := File{Name: names[int(name)%len(names)], Data: data}
		if lang != "" {
			file.Lang = "en"
		}
		r, err := Read([]File{file})
		if err != nil {
			if field, key, _ := refused(t, file); field != "texts.0" || !strings.HasPrefix(key, "error.") {
				t.Fatalf("%v", err)
			}
			return
		}
		rows := map[string]bool{}
		for _, text := range r.Texts {
			checkPlaces(t, text)
			if len(text.Body) > MaxText || len(text.Pieces) > MaxParagraphs || text.Lang == "" {
				t.Fatalf("%s: %d bytes, %d pieces", text.Lang, len(text.Body), len(text.Pieces))
			}
			body := false
			for i, p := range text.Pieces {
				if body = body || p.Kind == Paragraph; body && (p.Kind == Title || p.Kind == Preface) {
					t.Fatalf("piece %d after a paragraph is a %s", i, p.Kind)
				}
			}
		}
		for _, row := range r.Rows {
			for l, i := range row {
				rows[string(l)+string(rune(i))] = true
			}
		}
		if r.Rows != nil && len(rows) != len(r.Texts[0].Pieces)+len(r.Texts[1].Pieces) {
			t.Fatalf("%d places in rows for %d and %d pieces", len(rows), len(r.Texts[0].Pieces), len(r.Texts[1].Pieces))
		}
	})
}
