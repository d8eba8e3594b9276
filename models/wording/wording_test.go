package wording

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/rivo/uniseg"

	"github.com/followthrough/followthrough/models"
)

// scraps are what random texts are made of: words of both languages, and what is easily cut in two.
var scraps = []string{
	"we ", "commit ", "will ", "intend ", "cyber-security", " ", ", ", ". ", "\r\n", "\n", "\u2028", "\u3000", "’s ", "l’accord ", "2023", "5G",
	"我々", "は", "、", "能力構築", "支援", "を", "サイバー", "ｻｲﾊﾞｰ", "・", "強化", "する", "。", "ー", "々", "「", "」",
	"e\u0301", "が", "か\u3099", "n\u0303\u0323", "葛\U000e0100", "𠮷", "👨‍👩‍👧", "🇯🇵", "🇺", "\u0600", "क्षि", "각", "\u1100\u1161\u11a8", "\u0301",
	"\u202e", "\u2066", "\u200d", "\u200b", "\ufeff", "\U000f0000", "\x00", "a", "b",
}

func randomText(r *rand.Rand, n int) string {
	var b strings.Builder
	for range n {
		b.WriteString(scraps[r.IntN(len(scraps))])
	}
	return b.String()
}

// changed is a text with some of it removed, repeated, replaced and moved, anywhere between two characters.
func changed(r *rand.Rand, text string) string {
	all := []rune(text)
	for range r.IntN(6) {
		if len(all) < 4 {
			break
		}
		i := r.IntN(len(all) - 1)
		j := i + r.IntN(min(12, len(all)-i))
		piece := string(all[i:j])
		rest := string(all[:i]) + string(all[j:])
		at := r.IntN(len([]rune(rest)) + 1)
		before, after := string([]rune(rest)[:at]), string([]rune(rest)[at:])
		all = []rune([]string{rest, before + piece + after, string(all[:j]) + piece + string(all[j:]), string(all[:i]) + randomText(r, 3) + string(all[j:])}[r.IntN(4)])
	}
	return string(all)
}

// borders are the places of a text between two characters as readers see them.
func borders(text string) map[int]bool {
	at, out := 0, map[int]bool{0: true}
	for g := uniseg.NewGraphemes(text); g.Next(); {
		at += len(g.Str())
		out[at] = true
	}
	return out
}

// mustTurn fails unless the pieces turn a into b, none is empty or beside one of its own kind, and none cuts a
// character.
func mustTurn(t *testing.T, got []models.DiffPiece, a, b string) {
	t.Helper()
	if made := Made(got, models.OpAdded); made != a {
		t.Fatalf("same and removed pieces make %.200q; want %.200q", made, a)
	}
	if made := Made(got, models.OpRemoved); made != b {
		t.Fatalf("same and added pieces make %.200q; want %.200q", made, b)
	}
	inA, inB, i, j := borders(a), borders(b), 0, 0
	for n, p := range got {
		if p.Text == "" || n > 0 && got[n-1].Op == p.Op {
			t.Fatalf("piece %d (%s %q) is empty or belongs to the one before", n, p.Op, p.Text)
		}
		if p.Op != models.OpAdded {
			i += len(p.Text)
		}
		if p.Op != models.OpRemoved {
			j += len(p.Text)
		}
		if !inA[i] || !inB[j] {
			t.Fatalf("piece %d (%s %q) ends within a character of %.200q and %.200q", n, p.Op, p.Text, a, b)
		}
	}
}

func TestDiff(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		lang models.Lang
		a, b string
		want string
	}{
		{"a_verb_is_replaced_as_a_word", "en", "We committed to act.", "We intend to act.", "We [-committed-]{+intend+} to act."},
		{"a_word_is_added_with_its_space", "en", "We will work.", "We will actively work.", "We will {+actively +}work."},
		{"words_are_added_with_the_space_behind_them", "en", "Ports from harm.", "Ports and cables from harm.", "Ports {+and cables +}from harm."},
		{"katakana_changes_by_the_run", "ja", "サイバー攻撃に対処する。", "サイト攻撃に対処した。", "[-サイバー-]{+サイト+}攻撃に対処[-する-]{+した+}。"},
		{"kanji_change_by_the_character", "ja", "能力構築を強化する。", "能力向上を強化する。", "能力[-構築-]{+向上+}を強化する。"},
		{"numbers_change_as_a_whole", "ja", "2023年12月5日", "2024年12月15日", "[-2023-]{+2024+}年12月[-5-]{+15+}日"},
		{"french_elisions_are_two_words", "fr", "l’accord", "d’accord", "[-l’-]{+d’+}accord"},
		{"english_contractions_are_one", "en", "it’s", "that’s", "[-it’s-]{+that’s+}"},
		{"an_accent_is_never_cut_off", "en", "cafe", "cafe\u0301", "[-cafe-]{+cafe\u0301+}"},
		{"a_family_is_never_cut_up", "en", "👨‍👩‍👧", "👨‍👩", "[-👨‍👩‍👧-]{+👨‍👩+}"},
		{"line_ends_are_kept", "en", "a\r\nb", "a\nb", "a[-\r\n-]{+\n+}b"},
		{"nothing_is_the_same_as_nothing", "en", "", "", ""},
		{"everything_is_added", "en", "", "We act.", "{+We act.+}"},
		{"everything_is_removed", "ja", "我々", "", "[-我々-]"},
		{"scattered_letters_are_no_common_words", "ja", "我々は海を守る。", "彼等の空は青い。", "[-我々は海を守る-]{+彼等の空は青い+}。"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := Diff(context.Background(), c.lang, c.a, c.b)
			if err != nil {
				t.Fatal(err)
			}
			mustTurn(t, got, c.a, c.b)
			if shown(got) != c.want {
				t.Errorf("got %s, want %s", shown(got), c.want)
			}
		})
	}
}

func shown(all []models.DiffPiece) string {
	var b strings.Builder
	for _, p := range all {
		switch p.Op {
		case models.OpRemoved:
			b.WriteString("[-" + p.Text + "-]")
		case models.OpAdded:
			b.WriteString("{+" + p.Text + "+}")
		default:
			b.WriteString(p.Text)
		}
	}
	return b.String()
}

// TestPiecesTurnOneTextIntoTheOther takes random texts of both languages, short ones and some that are cut first.
func TestPiecesTurnOneTextIntoTheOther(t *testing.T) {
	t.Parallel()
	for seed := range uint64(3000) {
		r := rand.New(rand.NewPCG(seed, 5))
		size := 1 + r.IntN(60)
		if seed%50 == 0 {
			size = 4 * wholeTokens
		}
		a := randomText(r, size)
		b := changed(r, a)
		if seed%3 == 0 {
			b = randomText(r, size)
		}
		lang := []models.Lang{"en", "ja", "fr"}[r.IntN(3)]
		got, err := Diff(context.Background(), lang, a, b)
		if err != nil {
			t.Fatal(err)
		}
		mustTurn(t, got, a, b)
	}
}

// TestLongTexts compares texts beyond what the library is given at once, whose difference is known.
func TestLongTexts(t *testing.T) {
	t.Parallel()
	var sentences []string
	for i := range 3000 {
		sentences = append(sentences, fmt.Sprintf("Paragraph %d says that member %d will act. ", i, i*7))
	}
	a := strings.Join(sentences, "")
	b := strings.Replace(strings.Replace(a, "member 700 will", "member 700 may", 1), "Paragraph 2000 ", "Paragraph 2000 now ", 1)
	got, err := Diff(context.Background(), models.English, a, b)
	if err != nil {
		t.Fatal(err)
	}
	mustTurn(t, got, a, b)
	if n := len(got); n != 6 {
		t.Errorf("two changed words make %d pieces; want 6", n)
	}
}

// TestMoreTokensThanCharacters gives a comparison more different tokens than Unicode has characters.
func TestMoreTokensThanCharacters(t *testing.T) {
	t.Parallel()
	m := matcher{ctx: context.Background()}
	for i := range int32(1_200_000) {
		m.a = append(m.a, i)
		if i%100_000 != 5 {
			m.b = append(m.b, i)
		}
	}
	m.match(part{0, len(m.a), 0, len(m.b)}, 0)
	kept := 0
	for _, s := range m.found {
		for i := range s.n {
			if m.a[s.a+i] != m.b[s.b+i] {
				t.Fatalf("token %d is taken for %d", m.a[s.a+i], m.b[s.b+i])
			}
		}
		kept += s.n
	}
	if kept != len(m.b) {
		t.Errorf("%d tokens of %d are kept", kept, len(m.b))
	}
}

func TestDiffEndsInTime(t *testing.T) {
	t.Parallel()
	a, b := strings.Repeat("one two ", 5000), strings.Repeat("two three ", 5000)
	t.Run("without_time_for_words_it_is_coarse_and_right", func(t *testing.T) {
		over, cancel := context.WithCancel(context.Background())
		cancel()
		d, err := diff(context.Background(), over, models.English, "x "+a+"y", "x "+b+"y")
		if err != nil {
			t.Fatal(err)
		}
		mustTurn(t, d.pieces, "x "+a+"y", "x "+b+"y")
		if len(d.pieces) != 4 {
			t.Errorf("%d pieces; want what is the same at both ends and the rest as a whole", len(d.pieces))
		}
	})
	t.Run("without_any_time_it_is_too_different", func(t *testing.T) {
		over, cancel := context.WithTimeout(context.Background(), -1)
		defer cancel()
		_, err := Diff(over, models.English, a, b)
		var known *models.Error
		if !errors.As(err, &known) || known.Key != "error.too_different" || known.Kind != models.KindDifferent {
			t.Errorf("got %v", err)
		}
	})
	t.Run("a_reader_who_left_is_no_error_of_the_texts", func(t *testing.T) {
		gone, cancel := context.WithCancel(context.Background())
		cancel()
		if _, err := Diff(gone, models.English, a, b); !errors.Is(err, context.Canceled) {
			t.Errorf("got %v", err)
		}
	})
}

func FuzzDiff(f *testing.F) {
	for _, s := range scraps {
		f.Add("en", s+"we commit", "we "+s+"intend")
		f.Add("ja", "我々"+s, s+"我々は")
	}
	f.Fuzz(func(t *testing.T, lang, a, b string) {
		got, err := Diff(context.Background(), models.Lang(lang), a, b)
		if err != nil {
			t.Fatal(err)
		}
		mustTurn(t, got, a, b)
	})
}
