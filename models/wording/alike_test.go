package wording

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/followthrough/followthrough/models"
)

func TestAlike(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name     string
		lang     models.Lang
		a, b     string
		low, top float64
		shared   string
	}{
		{"the_same_words_are_the_same", "en", "We will share threat information.", "we will share THREAT information", 1, 1, "share THREAT information"},
		{"small_words_count_little", "en", "We will work with the ports", "We will work with the banks", 0.4, 0.6, "work"},
		{"nothing_shared_is_nothing", "en", "Ports and ships", "Banks, markets", 0, 0, ""},
		{"japanese_shares_pairs", "ja", "能力構築支援を強化する。", "能力構築支援を継続する。", 0.5, 0.8, "能力構築支援"},
		{"particles_alone_are_little", "ja", "海を守ることとする", "空を飛ぶこととする", 0, 0.25, ""},
		{"widths_are_one", "ja", "ｻｲﾊﾞｰ攻撃", "サイバー攻撃", 1, 1, "サイバー攻撃"},
		{"one_character_is_a_word", "ja", "核", "核、軍縮", 0.6, 0.7, "核"},
		{"a_word_is_listed_once", "en", "cyber", "Cyber and cyber", 0.9, 1, "Cyber"},
		{"french_finds_the_elided_word", "fr", "L’accord de Paris", "cet accord", 0.3, 0.6, "accord"},
		{"no_words_have_nothing_in_common", "en", "", "…", 0, 0, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			score, shared := Alike(c.lang, c.a, c.b)
			if score < c.low || score > c.top {
				t.Errorf("alike to %.3f; want %.2f to %.2f", score, c.low, c.top)
			}
			if got := strings.Join(shared, " "); got != c.shared {
				t.Errorf("shared %q, want %q", got, c.shared)
			}
		})
	}
}

// TestAlikeIsAMeasure takes random wordings: the order of two does not matter, and a wording is wholly like itself.
func TestAlikeIsAMeasure(t *testing.T) {
	t.Parallel()
	for seed := range uint64(2000) {
		r := rand.New(rand.NewPCG(seed, 7))
		a, b := randomText(r, 1+r.IntN(30)), randomText(r, 1+r.IntN(30))
		for _, lang := range []models.Lang{"en", "ja", "fr"} {
			p, q := Prepare(lang, a), Prepare(lang, b)
			there, back := p.Alike(q), q.Alike(p)
			if d := there - back; d > 1e-9 || d < -1e-9 || there < 0 || there > 1 {
				t.Fatalf("%q and %q: %f and %f", a, b, there, back)
			}
			if self := p.Alike(p); len(p.terms) > 0 && self < 1-1e-9 {
				t.Fatalf("%q is like itself to %f", a, self)
			}
			score, shared := Alike(lang, a, b)
			if score != there {
				t.Fatalf("%q and %q: %f, prepared %f", a, b, score, there)
			}
			for _, w := range shared {
				if !strings.Contains(b, w) {
					t.Fatalf("%q is shared, and does not stand in %q", w, b)
				}
			}
		}
	}
}

// profiles are wordings as long as commitments, of words that are as unevenly used as words are.
func profiles(n int) []Profile {
	r := rand.New(rand.NewPCG(3, 4))
	often := rand.NewZipf(r, 1.1, 4, 8000)
	all := make([]Profile, n)
	for i := range all {
		words := make([]string, 20+r.IntN(30))
		for k := range words {
			words[k] = fmt.Sprintf("word%d", often.Uint64())
		}
		all[i] = Prepare(models.English, strings.Join(words, " "))
	}
	return all
}

func BenchmarkAlike(b *testing.B) {
	all := profiles(20_000)
	b.ReportAllocs()
	for b.Loop() {
		top := 0.0
		for _, p := range all[1:] {
			top = max(top, all[0].Alike(p))
		}
		if top == 0 {
			b.Fatal("nothing is alike")
		}
	}
}

func BenchmarkPrepare(b *testing.B) {
	text := "We reaffirm our commitment to capacity building in the Indo-Pacific region through joint exercises. 我々は、能力構築支援を強化する。"
	b.ReportAllocs()
	for b.Loop() {
		Prepare(models.English, text)
	}
}
