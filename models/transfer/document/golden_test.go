package document_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/followthrough/followthrough/models"
	"github.com/followthrough/followthrough/models/transfer/document"
	"github.com/followthrough/followthrough/seed"
)

// TestTokyoStatement reads the bilingual text that the record began with: what stands in the record comes out byte for
// byte, and the lines around it are left out as they stand.
func TestTokyoStatement(t *testing.T) {
	t.Parallel()
	b, err := os.ReadFile("../../../seed/data/qscg-2023-12-bilingual.txt")
	if err != nil {
		t.Fatal(err)
	}
	data, err := seed.Quad()
	if err != nil {
		t.Fatal(err)
	}
	r, err := document.Read([]document.File{{Name: "qscg-2023-12-bilingual.txt", Data: b}})
	if err != nil {
		t.Fatal(err)
	}
	s := data.Statements[0]
	if len(r.Texts) != 2 || len(r.Rows) != 9 || len(s.Paragraphs) != 8 {
		t.Fatalf("%d texts and %d rows, want 2 and 9", len(r.Texts), len(r.Rows))
	}
	for n, lang := range []models.Lang{models.English, models.Japanese} {
		text := r.Texts[n]
		want, kinds := []string{s.Title.Only(lang)}, []document.Kind{document.Title, document.Preface}
		for i, p := range s.Paragraphs {
			want = append(want, p.Texts[lang])
			if i > 0 {
				kinds = append(kinds, document.Paragraph)
			}
		}
		var got []string
		var are []document.Kind
		for i, p := range text.Pieces {
			got, are = append(got, p.Of(text.Body)), append(are, p.Kind)
			if row := r.Rows[i]; row[lang] != i || len(row) != 2 {
				t.Errorf("row %d is %v", i, row)
			}
		}
		if diff := cmp.Diff(want, got); diff != "" || text.Lang != lang || text.Format != "pipes" {
			t.Errorf("%s as %s: %s", text.Lang, text.Format, diff)
		}
		if !slices.Equal(are, kinds) {
			t.Errorf("%s: %v, want %v", lang, are, kinds)
		}
		if text.Body != strings.Join(want, "\n\n") {
			t.Errorf("%s: the body is not the cells with an empty line between two", lang)
		}
	}
	lines := strings.Split(string(b), "\n")
	if diff := cmp.Diff(slices.Concat(lines[:6], lines[15:18]), r.LeftOut); diff != "" {
		t.Error(diff)
	}
}
