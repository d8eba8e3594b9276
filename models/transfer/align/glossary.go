package align

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"io"
	"maps"
	"strings"
	"sync"

	"github.com/followthrough/followthrough/models"
)

//go:embed glossary.json
var glossaryJSON []byte

// entries is a glossary as it is written down.
type entries struct {
	// Terms are rows of what says the same, by language. The last word of a term in a spaced script, or any other, may
	// end in a star: reaffirm* is reaffirmed as well.
	Terms []map[string][]string `json:"terms"`
	// Months are the twelve names in order.
	Months map[string][]string `json:"months"`
	// Numbers are the values of words.
	Numbers map[string]map[string]float64 `json:"numbers"`
	// Scales multiply the number before them.
	Scales map[string]map[string]float64 `json:"scales"`
}

// maxGlossary bounds the bytes of a glossary that somebody adds.
const maxGlossary = 1 << 20

func readGlossary(r io.Reader) (entries, error) {
	var e entries
	data, err := io.ReadAll(io.LimitReader(r, maxGlossary+1))
	if err != nil {
		return e, err
	}
	if len(data) > maxGlossary {
		return e, models.Invalid(models.Field("glossary", "error.too_large", "max", maxGlossary>>10))
	}
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(&e); err != nil {
		return e, models.Invalid(models.Field("glossary", "error.json"))
	}
	return e, nil
}

// joined returns the entries of both; of a number or month that both give, the other's counts.
func (e entries) joined(o entries) entries {
	all := entries{Terms: append(e.Terms[:len(e.Terms):len(e.Terms)], o.Terms...), Months: maps.Clone(e.Months), Numbers: overlay(e.Numbers, o.Numbers), Scales: overlay(e.Scales, o.Scales)}
	maps.Copy(all.Months, o.Months)
	return all
}

func overlay(base, over map[string]map[string]float64) map[string]map[string]float64 {
	all := map[string]map[string]float64{}
	for _, m := range []map[string]map[string]float64{base, over} {
		for lang, values := range m {
			if all[lang] == nil {
				all[lang] = map[string]float64{}
			}
			maps.Copy(all[lang], values)
		}
	}
	return all
}

// The built-in glossary is read and compiled once; it never changes afterwards.
var (
	builtIn  = sync.OnceValues(func() (entries, error) { return readGlossary(bytes.NewReader(glossaryJSON)) })
	compiled = sync.OnceValues(func() (*glossary, error) {
		e, err := builtIn()
		if err != nil {
			return nil, err
		}
		return compile(e), nil
	})
)

// glossary is the vocabulary of each language.
type glossary struct{ langs map[string]*vocabulary }

// of returns the vocabulary of a language, whatever its region; an empty one when there is none.
func (g *glossary) of(l models.Lang) *vocabulary {
	base, _, _ := strings.Cut(strings.ToLower(string(l)), "-")
	if v := g.langs[base]; v != nil {
		return v
	}
	return newVocabulary()
}

// vocabulary finds the terms of one language in a text.
type vocabulary struct {
	exact   map[string][]*term // by their first word
	open    map[string][]*term // by their first word, when it ends in a star
	runes   *node              // terms of unspaced scripts
	numbers map[string]float64
	scales  map[string]float64
	months  map[string]int
}

func newVocabulary() *vocabulary {
	return &vocabulary{exact: map[string][]*term{}, open: map[string][]*term{}, runes: &node{}, numbers: map[string]float64{}, scales: map[string]float64{}, months: map[string]int{}}
}

func compile(e entries) *glossary {
	g := &glossary{langs: map[string]*vocabulary{}}
	in := func(lang string) *vocabulary {
		if g.langs[lang] == nil {
			g.langs[lang] = newVocabulary()
		}
		return g.langs[lang]
	}
	for n, row := range e.Terms {
		id := kindTerm | feature(n)
		for lang, list := range row {
			for _, text := range list {
				in(lang).add(text, id)
			}
		}
	}
	for lang, names := range e.Months {
		for i, name := range names[:min(len(names), 12)] {
			in(lang).months[name] = i + 1
		}
	}
	for lang, values := range e.Numbers {
		for text, v := range values {
			in(lang).numbers[fold(text)] = v
		}
	}
	for lang, values := range e.Scales {
		for text, v := range values {
			in(lang).scales[fold(text)] = v
		}
	}
	return g
}
