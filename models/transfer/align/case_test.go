package align

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/followthrough/followthrough/models"
)

// version is a language with its paragraphs, before they are put into one body.
type version struct {
	lang       models.Lang
	paragraphs []string
}

// text puts the paragraphs into one body.
func (v version) text() Text {
	t := Text{Lang: v.lang}
	var b strings.Builder
	for _, p := range v.paragraphs {
		from := b.Len()
		b.WriteString(p)
		t.Paragraphs = append(t.Paragraphs, models.Span{From: from, To: b.Len()})
		b.WriteString("\n\n")
	}
	t.Body = b.String()
	return t
}

// pairing says by hand which paragraphs of two languages belong together, each counted from 0.
type pairing struct{ a, b []int }

func (p pairing) String() string { return fmt.Sprint(p.a, "=", p.b) }

// stage is two versions with their pairs.
type stage struct {
	name  string
	a, b  version
	pairs []pairing
}

// run aligns the stage, and returns for each paragraph of both sides whether it stands in its row with exactly those it
// belongs to, and the confidence of the row.
func (s stage) run(t testing.TB, opts ...Option) (right, all int, rows []judged) {
	t.Helper()
	a, b := s.a.text(), s.b.text()
	found, err := Rows(t.Context(), []Text{a, b}, opts...)
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]bool{}
	for _, p := range s.pairs {
		want[p.String()] = true
	}
	for _, r := range found {
		got := pairing{inside(a, r), inside(b, r)}
		n := len(got.a) + len(got.b)
		all += n
		if want[got.String()] {
			right += n
		}
		rows = append(rows, judged{got, want[got.String()], r.Confidence})
	}
	if got, want := all, len(a.Paragraphs)+len(b.Paragraphs); got != want {
		t.Errorf("%s: the rows hold %d paragraphs, the texts %d", s.name, got, want)
	}
	return right, all, rows
}

type judged struct {
	pairing
	right      bool
	confidence float64
}

// inside lists the paragraphs of the text that stand in the cell of a row.
func inside(t Text, r models.DraftRow) (list []int) {
	cell, ok := r.Cells[t.Lang]
	for i, p := range t.Paragraphs {
		if ok && cell.Holds(p) {
			list = append(list, i)
		}
	}
	return list
}

// stages reads the texts of testdata with their pairs.
func stages(t testing.TB, names ...string) (all []stage) {
	t.Helper()
	for _, name := range names {
		versions := map[string]version{}
		for _, lang := range []string{"en", "fr", "ja"} {
			body := strings.TrimSpace(file(t, "testdata", name, lang+".txt"))
			versions[lang] = version{models.Lang(lang), strings.Split(body, "\n\n")}
		}
		for line := range strings.Lines(file(t, "testdata", name, "pairs.txt")) {
			langs, pairs, _ := strings.Cut(line, ":")
			a, b, _ := strings.Cut(langs, " ")
			s := stage{name: name + " " + langs, a: versions[a], b: versions[b]}
			for _, p := range strings.Fields(pairs) {
				left, right, _ := strings.Cut(p, "=")
				s.pairs = append(s.pairs, pairing{numbers(t, left), numbers(t, right)})
			}
			all = append(all, s)
		}
	}
	return all
}

func numbers(t testing.TB, list string) (all []int) {
	t.Helper()
	for s := range strings.SplitSeq(list, "+") {
		if s == "" {
			continue
		}
		n, err := strconv.Atoi(s)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, n-1)
	}
	return all
}

func file(t testing.TB, path ...string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(path...))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// tokyo is the Tokyo statement without its alignment.
func tokyo(t testing.TB) stage {
	t.Helper()
	s := stage{name: "tokyo", a: version{lang: models.English}, b: version{lang: models.Japanese}}
	lines := strings.Split(file(t, "..", "..", "..", "seed", "data", "qscg-2023-12-bilingual.txt"), "\n")
	for n, line := range lines[7:15] {
		cells := strings.Split(line, " |")
		s.a.paragraphs = append(s.a.paragraphs, cells[0])
		s.b.paragraphs = append(s.b.paragraphs, strings.TrimPrefix(cells[1], " "))
		s.pairs = append(s.pairs, pairing{[]int{n}, []int{n}})
	}
	return s
}

// titled gives the first side a title that the other has not.
func titled(s stage) stage {
	s.name += ", titled"
	s.a.paragraphs = append([]string{"Joint Statement of the Quad Senior Cyber Group"}, s.a.paragraphs...)
	pairs := []pairing{{a: []int{0}}}
	for _, p := range s.pairs {
		pairs = append(pairs, pairing{[]int{p.a[0] + 1}, p.b})
	}
	s.pairs = pairs
	return s
}

// The changes below make another stage of one whose paragraphs are paired one to one.

// without drops paragraph n of the second side.
func without(s stage, n int) stage {
	s.name = fmt.Sprintf("%s, %d of the second dropped", s.name, n+1)
	s.b.paragraphs = slices.Delete(slices.Clone(s.b.paragraphs), n, n+1)
	s.pairs = shifted(s.pairs, func(p *pairing) {
		switch {
		case p.b[0] == n:
			p.b = nil
		case p.b[0] > n:
			p.b = []int{p.b[0] - 1}
		}
	})
	return s
}

// merged joins paragraphs n and n+1 of the first side.
func merged(s stage, n int) stage {
	s.name = fmt.Sprintf("%s, %d and %d of the first merged", s.name, n+1, n+2)
	joined := s.a.paragraphs[n] + " " + s.a.paragraphs[n+1]
	s.a.paragraphs = slices.Replace(slices.Clone(s.a.paragraphs), n, n+2, joined)
	pairs := slices.Clone(s.pairs)
	pairs[n] = pairing{[]int{n}, []int{n, n + 1}}
	s.pairs = shifted(slices.Delete(pairs, n+1, n+2), func(p *pairing) {
		if p.a[0] > n {
			p.a = []int{p.a[0] - 1}
		}
	})
	return s
}

// split cuts paragraph n of the second side after its first full stop; it reports whether there is one.
func split(s stage, n int) (stage, bool) {
	first, rest, ok := strings.Cut(s.b.paragraphs[n], "。")
	if !ok || strings.TrimSpace(rest) == "" {
		return s, false
	}
	s.name = fmt.Sprintf("%s, %d of the second split", s.name, n+1)
	s.b.paragraphs = slices.Replace(slices.Clone(s.b.paragraphs), n, n+1, first+"。", rest)
	s.pairs = shifted(s.pairs, func(p *pairing) {
		switch {
		case p.b[0] == n:
			p.b = []int{n, n + 1}
		case p.b[0] > n:
			p.b = []int{p.b[0] + 1}
		}
	})
	return s, true
}

// swapped turns paragraphs m and n of the second side.
func swapped(s stage, m, n int) stage {
	s.name = fmt.Sprintf("%s, %d and %d of the second swapped", s.name, m+1, n+1)
	s.b.paragraphs = slices.Clone(s.b.paragraphs)
	s.b.paragraphs[m], s.b.paragraphs[n] = s.b.paragraphs[n], s.b.paragraphs[m]
	s.pairs = shifted(s.pairs, func(p *pairing) {
		switch p.b[0] {
		case m:
			p.b = []int{n}
		case n:
			p.b = []int{m}
		}
	})
	return s
}

func shifted(pairs []pairing, change func(*pairing)) []pairing {
	all := slices.Clone(pairs)
	for i := range all {
		change(&all[i])
	}
	return all
}

// turned looks from the other side.
func turned(s stage) stage {
	s.name += ", turned"
	s.a, s.b = s.b, s.a
	pairs := make([]pairing, len(s.pairs))
	for i, p := range s.pairs {
		pairs[i] = pairing{p.b, p.a}
	}
	s.pairs = pairs
	return s
}
