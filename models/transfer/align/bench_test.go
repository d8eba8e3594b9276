package align

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/followthrough/followthrough/models"
)

// long repeats the Tokyo statement, with other numbers each time, until they have n paragraphs.
func long(t testing.TB, n int) []Text {
	t.Helper()
	s := tokyo(t)
	a, b := version{lang: s.a.lang}, version{lang: s.b.lang}
	for i := range n {
		p := s.pairs[i%len(s.pairs)]
		a.paragraphs = append(a.paragraphs, fmt.Sprintf("%d. %s", 100+i, s.a.paragraphs[p.a[0]]))
		b.paragraphs = append(b.paragraphs, fmt.Sprintf("%d %s", 100+i, s.b.paragraphs[p.b[0]]))
	}
	return []Text{a.text(), b.text()}
}

func again(lang models.Lang, paragraph string, n int) Text {
	v := version{lang: lang}
	for range n {
		v.paragraphs = append(v.paragraphs, paragraph)
	}
	return v.text()
}

// reversed turns the paragraphs of the second text, so that hardly one is paired in order.
func reversed(texts []Text) []Text {
	v := version{lang: texts[1].Lang}
	for _, p := range slices.Backward(texts[1].Paragraphs) {
		v.paragraphs = append(v.paragraphs, p.Of(texts[1].Body))
	}
	return []Text{texts[0], v.text()}
}

// worst are texts made to take long, each made when its turn comes: they are large.
func worst(t testing.TB) map[string]func() []Text {
	words := strings.Repeat("We reaffirm critical infrastructure, 12 million dollars and the Quad. ", 725)[:50_000]
	var other strings.Builder
	for i := 0; other.Len() < 50_000; i++ {
		fmt.Fprintf(&other, "w%dx %d ", i, i)
	}
	return map[string]func() []Text{
		"nothing to compare": func() []Text { return []Text{again("en", "...", 2000), again("ja", "。。。", 2000)} },
		"one long paragraph": func() []Text { return []Text{again("en", words, 2000), again("fr", words, 2000)} },
		"long in two scripts": func() []Text {
			return []Text{again("en", words, 2000), again("ja", strings.Repeat("重要インフラ再確認サイバー", 1300), 2000)}
		},
		"many different words":    func() []Text { return []Text{again("en", other.String(), 2000), again("fr", other.String(), 2000)} },
		"in turned order":         func() []Text { return reversed(long(t, 2000)) },
		"one against very many":   func() []Text { return []Text{again("en", words, 1), again("ja", "日米豪印", 2000)} },
		"very many against a few": func() []Text { return []Text{again("en", "Quad", 2000), again("ja", "日米豪印", 3)} },
	}
}

// worstRatio is how many times as long as an ordinary text a text made for it may take.
const worstRatio = 12

// fastest is the quickest of three runs, because other work may share the machine.
func fastest(t *testing.T, name string, texts []Text) time.Duration {
	t.Helper()
	took := time.Duration(1<<63 - 1)
	for range 3 {
		begin := time.Now()
		rows, err := Rows(t.Context(), texts)
		if err != nil {
			t.Fatal(err)
		}
		took = min(took, time.Since(begin))
		if bad := fault(texts, rows); bad != "" {
			t.Errorf("%s: %s", name, bad)
		}
	}
	return took
}

// TestWorstCasesAreBounded compares them with an ordinary text of as many paragraphs in the same run.
func TestWorstCasesAreBounded(t *testing.T) {
	ordinary := fastest(t, "ordinary", long(t, 2000))
	for name, made := range worst(t) {
		took := fastest(t, name, made())
		t.Logf("%s: %.2f times an ordinary text (%v)", name, float64(took)/float64(ordinary), ordinary.Round(time.Millisecond))
		if took > worstRatio*ordinary {
			t.Errorf("%s takes %.1f times as long as an ordinary text, at most %d", name, float64(took)/float64(ordinary), worstRatio)
		}
	}
}

func BenchmarkRows(b *testing.B) {
	for _, n := range []int{50, 200, 800, 2000} {
		texts := long(b, n)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := Rows(b.Context(), texts); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*n), "ns/paragraph")
		})
	}
}
