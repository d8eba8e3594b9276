package align

import (
	"context"
	"hash/fnv"
	"slices"
	"strconv"
	"unicode"
)

// feature is one thing that both sides of a pair may share: its kind in the top bits, a hash of what it is below.
type feature uint64

// The kinds of features.
const (
	kindNumber feature = iota << 60 // up to 12: a rank, a day, a count
	kindFigure                      // a greater number: a year, an amount
	kindMonth                       // of a date
	kindWord                        // letters that both texts spell alike
	kindName                        // such a word with a capital letter
	kindTerm                        // an entry of the glossary
	kindSound                       // katakana and Latin letters that sound alike
)

const kindBits = feature(7) << 60

func (f feature) kind() feature { return f & kindBits }

func newFeature(kind feature, what string) feature {
	h := fnv.New64a()
	h.Write([]byte(what)) // a hash never fails to write
	return kind | feature(h.Sum64())&^(feature(15)<<60)
}

// profile is what is known of one paragraph: features in order without repeats, and its length.
type profile struct {
	features []feature
	length   float64
	unspaced bool
}

// reader reads the paragraphs of one language. It remembers words, which repeat.
type reader struct {
	terms *vocabulary
	words map[string]word
	runes []rune
	out   []feature
}

// profiles reads every paragraph of a text once.
func profiles(ctx context.Context, t Text, g *glossary) ([]profile, error) {
	r := &reader{terms: g.of(t.Lang), words: map[string]word{}}
	all := make([]profile, len(t.Paragraphs))
	for i, p := range t.Paragraphs {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		all[i] = r.profile(p.Of(t.Body))
	}
	return all, nil
}

func (r *reader) profile(body string) profile {
	r.runes, r.out = characters(part(body)), r.out[:0]
	var tokens []token
	dense := 0
	for i := 0; i < len(r.runes); {
		c := r.runes[i]
		if end := r.number(i); end > i {
			tokens = append(tokens, token{from: i, to: end})
			i = end
			continue
		}
		switch {
		case unspaced(c):
			dense++
			r.katakana(i)
			r.terms.runes.walk(r.runes[i:], func(id feature) { r.out = append(r.out, id) })
			i++
		case inWord(c):
			end := i
			for end < len(r.runes) && inWord(r.runes[end]) {
				end++
			}
			tokens = append(tokens, r.word(i, end))
			i = end
		default:
			i++
		}
	}
	r.spaced(tokens)
	slices.Sort(r.out)
	return profile{features: slices.Clone(slices.Compact(r.out)), length: length(body), unspaced: 3*dense > len(r.runes)}
}

// add notes a number: the value as such, whatever the way it is written.
func (r *reader) add(v float64) {
	kind := kindNumber
	if v > 12 {
		kind = kindFigure
	}
	r.out = append(r.out, newFeature(kind, strconv.FormatFloat(v, 'f', -1, 64)))
}

// number notes the number that begins at i and returns the place behind it, or i when none begins there. A number
// before 月 is a month.
func (r *reader) number(i int) int {
	var v float64
	end := i
	if isDigit(r.runes[i]) {
		run := i
		for inWord(at(r.runes, run)) {
			run++
		}
		letters := i
		for isDigit(at(r.runes, letters)) {
			letters++
		}
		if letters < run && !slices.Contains(ordinals, fold(string(r.runes[letters:run]))) {
			return i // 5G is a word
		}
		if v, end = digits(r.runes, i); letters < run {
			end = run
		}
	} else {
		v, end = han(r.runes, i)
	}
	if end == i {
		return i
	}
	if at(r.runes, end) == '月' && v >= 1 && v <= 12 {
		r.out = append(r.out, month(int(v)))
		return end
	}
	v = era(r.runes, i, end, v)
	// "5 million" is one number; the word that follows is read again as a word, which does no harm.
	from := end
	for at(r.runes, from) == ' ' {
		from++
	}
	to := from
	for to < from+maxDigits && inWord(at(r.runes, to)) {
		to++
	}
	if w := r.lookUp(r.runes[from:to]); w.scale > 0 {
		v *= w.scale
	}
	r.add(v)
	return end
}

func month(n int) feature { return newFeature(kindMonth, strconv.Itoa(n)) }

// katakana notes the sound of the run that begins at i, when one does.
func (r *reader) katakana(i int) {
	is := func(c rune) bool { return c == 'ー' || unicode.Is(unicode.Katakana, c) }
	if !is(r.runes[i]) || is(at(r.runes, i-1)) {
		return
	}
	end := i
	for end < i+maxWord && is(at(r.runes, end)) {
		end++
	}
	if s := soundOfKana(r.runes[i:end]); s != "" {
		r.out = append(r.out, newFeature(kindSound, s))
	}
}
