package wording

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"github.com/rivo/uniseg"
	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"

	"github.com/followthrough/followthrough/models"
)

// smallWeight is what a small word counts beside one that says what a passage is about.
const smallWeight = 0.1

// small lists the words of a language that stand in any text. Of Japanese, pairs of hiragana alone are small.
var small = map[models.Lang]map[string]bool{
	"en": set(`a about all also an and any are as at be been but by can for from has have in including into is it its may of on or our
		such shall that the their them these they this those through to under upon was we were which while who will with within would`),
	"fr": set(`à au aux avec ce ces cette d’ d' dans de des du elle elles en entre est et il ils l’ l' la le les leur leurs lui mais nos notre
		nous on ont ou où par pas pour que qu’ qu' qui s’ s' sa sans se ses son sont sous sur un une y`),
}

func set(words string) map[string]bool {
	all := map[string]bool{}
	for _, w := range strings.Fields(words) {
		all[w] = true
	}
	return all
}

// term is a word of a wording, or a pair of characters of a script without spaces.
type term struct {
	word   string // folded
	weight float64
}

// place is a term with where it stands in the text.
type place struct {
	term
	from, to int
}

// Profile is a wording prepared for many comparisons with wordings of its language.
type Profile struct {
	terms []term // each once, by word
	sum   float64
}

// Prepare makes the profile of a wording.
func Prepare(lang models.Lang, text string) Profile {
	all := terms(lang, text)
	p := Profile{terms: make([]term, len(all))}
	for i, t := range all {
		p.terms[i] = t.term
	}
	slices.SortStableFunc(p.terms, func(a, b term) int { return cmp.Compare(a.word, b.word) })
	p.terms = slices.CompactFunc(p.terms, func(a, b term) bool { return a.word == b.word })
	for _, t := range p.terms {
		p.sum += t.weight
	}
	return p
}

// Alike returns how much of both wordings is the same, 0 to 1: twice the weight of what they share by the weight of
// all (Dice). Wordings without a word have nothing in common.
func (p Profile) Alike(q Profile) float64 {
	if p.sum+q.sum == 0 {
		return 0
	}
	shared := 0.0
	for i, j := 0, 0; i < len(p.terms) && j < len(q.terms); {
		switch c := strings.Compare(p.terms[i].word, q.terms[j].word); {
		case c == 0:
			shared += p.terms[i].weight
			i++
			j++
		case c < 0:
			i++
		default:
			j++
		}
	}
	return min(1, 2*shared/(p.sum+q.sum))
}

// has reports whether the wording has a word.
func (p Profile) has(word string) bool {
	_, found := slices.BinarySearchFunc(p.terms, word, func(t term, w string) int { return cmp.Compare(t.word, w) })
	return found
}

// Alike is how much of two wordings is the same, 0 to 1, by shared words, or shared pairs of characters where words
// have no spaces between them. shared lists the words that matter among them as they stand in b, in its order; pairs
// that follow each other make one word.
func Alike(lang models.Lang, a, b string) (score float64, shared []string) {
	p := Prepare(lang, a)
	seen := map[string]bool{}
	from, to := 0, 0
	flush := func() {
		if w := strings.TrimFunc(b[from:to], isHiragana); w != "" && !seen[fold(w)] { // without what only joins the word to others
			seen[fold(w)] = true
			shared = append(shared, w)
		}
	}
	for _, t := range terms(lang, b) {
		if t.weight < 1 || !p.has(t.word) {
			continue
		}
		if t.from >= to || from == to {
			flush()
			from = t.from
		}
		to = t.to
	}
	flush()
	return p.Alike(Prepare(lang, b)), shared
}

// terms finds the words of a wording in its order. A run of characters without spaces is cut into overlapping pairs;
// a run of one character is a term as it is.
func terms(lang models.Lang, text string) []place {
	var all []place
	var run []int // where the characters of the run that is being read begin
	flush := func(end int) {
		run = append(run, end)
		if len(run) == 2 {
			all = append(all, weighed(lang, text, run[0], end))
		}
		for i := 0; i+2 < len(run); i++ {
			all = append(all, weighed(lang, text, run[i], run[i+2]))
		}
		run = run[:0]
	}
	cuts := cut(lang, text)
	for i := range cuts.len() {
		from, token := cuts.start(i), cuts.between(i, i+1)
		switch {
		case !spoken(token):
			flush(from)
		case !unspaced(token):
			flush(from)
			all = append(all, weighed(lang, text, from, cuts.ends[i]))
		default:
			for g := uniseg.NewGraphemes(token); g.Next(); {
				at, _ := g.Positions()
				run = append(run, from+at)
			}
		}
	}
	flush(len(text))
	return all
}

// fold unifies compatibility forms and case.
func fold(s string) string { return cases.Fold().String(norm.NFKC.String(s)) }

func weighed(lang models.Lang, text string, from, to int) place {
	t := place{term{fold(text[from:to]), 1}, from, to}
	if small[lang][t.word] || hiragana(t.word) {
		t.weight = smallWeight
	}
	return t
}

// hiragana reports whether a word is of hiragana alone, as endings and particles are.
func hiragana(word string) bool {
	return strings.TrimFunc(word, isHiragana) == ""
}

func isHiragana(r rune) bool { return unicode.Is(unicode.Hiragana, r) }
