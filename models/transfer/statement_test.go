package transfer_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/followthrough/followthrough/models"
	"github.com/followthrough/followthrough/models/transfer"
	"github.com/followthrough/followthrough/models/transfer/document"
	"github.com/followthrough/followthrough/seed"
)

// tokyo is the statement of the record, its texts joined by empty lines under their titles.
func tokyo(t testing.TB) (models.Statement, map[models.Lang]string) {
	t.Helper()
	b, err := seed.Quad()
	if err != nil {
		t.Fatal(err)
	}
	s := b.Statements[0]
	texts := map[models.Lang]string{"en": s.Title.EN, "ja": s.Title.JA}
	for _, p := range s.Paragraphs {
		for l, words := range p.Texts {
			texts[l] += "\n\n" + words
		}
	}
	return s, texts
}

func paragraphs(d models.Draft) []models.Paragraph {
	s, _ := d.Statement("x")
	return s.Paragraphs
}

// TestPlanReadsTheStatementOfTheRecord supplies it in several shapes: the same paragraphs come out, byte for byte, under
// the same references, and what is not the statement is left out.
func TestPlanReadsTheStatementOfTheRecord(t *testing.T) {
	t.Parallel()
	s, texts := tokyo(t)
	var alternating []string
	for i, p := range strings.Split(texts["en"], "\n\n") {
		alternating = append(alternating, p, strings.Split(texts["ja"], "\n\n")[i])
	}
	furniture := "Home > Press releases > 2023\n\n" + texts["en"] + "\n\nShare this page\n\nPrint this page"
	for _, c := range []struct {
		name  string
		files []document.File
		left  int
	}{
		{"one file for each language", []document.File{{Name: "en.txt", Data: []byte(texts["en"])}, {Name: "ja.txt", Data: []byte(texts["ja"])}}, 0},
		{"the other language first", []document.File{{Name: "ja.md", Data: []byte(texts["ja"])}, {Name: "en.md", Data: []byte(texts["en"])}}, 0},
		{"alternating", []document.File{{Name: "both.txt", Data: []byte(strings.Join(alternating, "\n\n"))}}, 0},
		{"with page furniture", []document.File{{Name: "en.txt", Data: []byte(furniture)}, {Name: "ja.txt", Data: []byte(texts["ja"])}}, 3},
	} {
		d, err := transfer.PlanStatement(t.Context(), c.files, nil)
		if err != nil {
			t.Fatalf("%s: %v", c.name, err)
		}
		got := paragraphs(d)
		if len(got) != len(s.Paragraphs) {
			t.Fatalf("%s: %d paragraphs, want %d", c.name, len(got), len(s.Paragraphs))
		}
		for i, p := range s.Paragraphs {
			if diff := cmp.Diff(p.Texts, got[i].Texts); diff != "" || p.Ref != got[i].Ref {
				t.Errorf("%s: %s instead of %s, want (-) got (+):\n%s", c.name, got[i].Ref, p.Ref, diff)
			}
		}
		if d.Facts.Title != s.Title {
			t.Errorf("%s: title %+v", c.name, d.Facts.Title)
		}
		if left := d.Work.LeftOut; len(left) != c.left {
			t.Errorf("%s: left out %q, want %d pieces", c.name, left, c.left)
		}
	}
}

// TestPairingAgainKeepsTheCuts cuts a paragraph, takes the pairing apart and lets it be found again.
func TestPairingAgainKeepsTheCuts(t *testing.T) {
	t.Parallel()
	s, texts := tokyo(t)
	d, err := transfer.PlanStatement(t.Context(), []document.File{{Name: "en.txt", Data: []byte("Share this page\n\n" + texts["en"])}, {Name: "ja.txt", Data: []byte(texts["ja"])}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	all := len(d.Work.Rows)
	first := 0
	for d.Work.Rows[first].Out {
		first++
	}
	if err := d.Align(models.AlignStep{Do: "lower", Row: first + 2, Lang: "ja"}); err != nil {
		t.Fatal(err)
	}
	if cmp.Equal(paragraphs(d)[3].Texts, s.Paragraphs[3].Texts) {
		t.Fatal("the pairing still stands")
	}
	if err := transfer.Again(t.Context(), &d); err != nil {
		t.Fatal(err)
	}
	if len(d.Work.Rows) != all {
		t.Errorf("%d rows, want %d", len(d.Work.Rows), all)
	}
	for i, p := range paragraphs(d) {
		if p.Ref != s.Paragraphs[i].Ref || !cmp.Equal(p.Texts, s.Paragraphs[i].Texts) {
			t.Errorf("row %d: %+v", i, p)
		}
	}
}

// TestSuggestingInChangedRowsIsAsGoodAsInAll takes steps and looks for passages in the changed rows, and in all.
func TestSuggestingInChangedRowsIsAsGoodAsInAll(t *testing.T) {
	t.Parallel()
	_, texts := tokyo(t)
	d, err := transfer.PlanStatement(t.Context(), []document.File{{Lang: "en", Data: []byte(texts["en"])}, {Lang: "ja", Data: []byte(texts["ja"])}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Mark(models.MarkStep{Do: "reject_rest"}); err != nil {
		t.Fatal(err)
	}
	words := func(d models.Draft) []string {
		var all []string
		for _, m := range d.Work.Marks {
			line := m.State
			for _, l := range d.Langs() {
				line += " " + m.Words[l].Of(d.Text(l))
			}
			all = append(all, line)
		}
		return all
	}
	d.Work.Marks = d.Work.Marks[:len(d.Work.Marks)/2]
	if err := transfer.Suggest(t.Context(), &d); err != nil {
		t.Fatal(err)
	}
	for _, step := range []models.AlignStep{{Do: "leave_out", Row: 4}, {Do: "merge", Row: 5}, {Do: "bring_back", Row: 4}, {Do: "split", Row: 5, Lang: "en", At: 30}, {Do: "lower", Row: 3, Lang: "ja"}} {
		before := d.Work.Rows
		if err := d.Align(step); err != nil {
			t.Fatal(err)
		}
		whole := d
		if err := transfer.SuggestIn(t.Context(), &d, before); err != nil {
			t.Fatal(err)
		}
		if err := transfer.Suggest(t.Context(), &whole); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(words(whole), words(d)); diff != "" {
			t.Errorf("after %+v: want (-) got (+):\n%s", step, diff)
		}
		for _, m := range d.Work.Marks {
			if got, want := d.MarkRows()[m.ID], d.RowOfMark(m); got != want {
				t.Errorf("after %+v mark %d stands in row %d; want %d", step, m.ID, got, want)
			}
		}
	}
}

// TestTitleIsTakenInItsLanguage supplies French before English, and French with Japanese.
func TestTitleIsTakenInItsLanguage(t *testing.T) {
	t.Parallel()
	fr := document.File{Name: "a.txt", Lang: "fr", Data: []byte("Déclaration conjointe des ministres\n\nNous nous sommes réunis à Ottawa.\n\nNous publierons un guide.")}
	en := document.File{Name: "b.txt", Lang: "en", Data: []byte("Joint Statement of the Ministers\n\nWe met in Ottawa.\n\nWe will publish a guide.")}
	for _, c := range []struct {
		files []document.File
		want  models.Text
	}{{[]document.File{fr, en}, models.Text{EN: "Joint Statement of the Ministers"}}, {[]document.File{fr}, models.Text{EN: "Déclaration conjointe des ministres"}}} {
		d, err := transfer.PlanStatement(t.Context(), c.files, nil)
		if err != nil || d.Facts.Title != c.want {
			t.Errorf("title %+v, %v; want %+v", d.Facts.Title, err, c.want)
		}
	}
}
