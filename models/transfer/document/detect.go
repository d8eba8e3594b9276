package document

import (
	"embed"
	"encoding/json"
	"slices"
	"strings"
	"sync"
	"unicode"

	"github.com/followthrough/followthrough/models"
)

//go:embed data/*.json
var data embed.FS

// tongues is data/languages.json: what gives a language away.
type tongues struct {
	Scripts  []scriptOf                `json:"scripts"`
	Variants []variant                 `json:"variants"`
	Chinese  string                    `json:"chinese"` // characters that Chinese writes and Japanese does not
	Words    map[models.Lang]string    `json:"words"`   // frequent words of languages in Latin letters
	Order    []models.Lang             `json:"order"`   // which of two that fit equally well is meant
	Names    []string                  `json:"names"`   // of languages, as tables are headed with them
	tables   []*unicode.RangeTable     // of Scripts
	words    map[models.Lang]bool      // the languages of Words
	of       map[string][]int          // the languages that a word belongs to, as places in Order
	names    map[string]bool           // Names
	letters  map[models.Lang][]variant // Variants by the language they are told from
	under    []int                     // of each script the first one of its language
}

// Places of scripts in the data that are treated in ways of their own; a test holds the data to them.
const (
	latinLetters = 0
	ja           = 1
	zh           = 3
	maxScripts   = 40
)

type scriptOf struct {
	Script string      `json:"script"`
	Lang   models.Lang `json:"lang"`
}

// variant is a language that is told from another one of the same script by its own letters.
type variant struct {
	Lang    models.Lang `json:"lang"`
	From    models.Lang `json:"from"`
	Letters string      `json:"letters"`
}

// languages reads the data once. The files are part of the program, and a test reads them; ones that cannot be read
// would leave every language untold.
var languages = sync.OnceValue(func() *tongues {
	t := &tongues{words: map[models.Lang]bool{}, of: map[string][]int{}, names: map[string]bool{}, letters: map[models.Lang][]variant{}}
	if err := load("languages", t); err != nil {
		return t
	}
	for _, s := range t.Scripts {
		t.tables = append(t.tables, unicode.Scripts[s.Script])
		t.under = append(t.under, slices.IndexFunc(t.Scripts, func(o scriptOf) bool { return o.Lang == s.Lang }))
	}
	for n, lang := range t.Order {
		t.words[lang] = true
		for _, w := range strings.Fields(t.Words[lang]) {
			t.of[w] = append(t.of[w], n)
		}
	}
	for _, n := range t.Names {
		t.names[n] = true
	}
	for _, v := range t.Variants {
		t.letters[v.From] = append(t.letters[v.From], v)
	}
	return t
})

func load(name string, into any) error {
	b, err := data.ReadFile("data/" + name + ".json")
	if err != nil {
		return err
	}
	return json.Unmarshal(b, into)
}

// latin reports whether a language is told by its words.
func latin(lang models.Lang) bool { return languages().words[lang] }

// How much of a text is looked at, and how sure a guess has to be.
const (
	sampleLetters = 20_000
	latinWeight   = 0.4  // a letter says less than a character of a script without spaces
	kanaShare     = 0.05 // of kana among the characters of a text that make it Japanese
	hanAlone      = 20   // so many Chinese characters without any kana are no Japanese title
	wordShare     = 0.08 // of known words in a text longer than fewWords
	fewWords      = 12
)

// Detect finds out the language of a text: by its script, and in Latin letters by the words that every text needs. It
// returns the empty language when it cannot tell.
func Detect(text string) models.Lang {
	t := languages()
	var weights [maxScripts]float64
	text = t.weigh(text, &weights)
	if kana, han := weights[ja], weights[zh]; kana > 0 && kana >= kanaShare*(kana+han) {
		weights[ja], weights[zh] = kana+han, 0
	} else if han > 0 && han < hanAlone && !strings.ContainsAny(text, t.Chinese) {
		if weights[zh] = 0; han > weights[latinLetters] {
			return ""
		}
	}
	best := latinLetters
	for n, w := range weights {
		if w > weights[best] {
			best = n
		}
	}
	if best == latinLetters {
		return t.byWords(text)
	}
	lang := t.Scripts[best].Lang
	for _, v := range t.letters[lang] {
		if strings.ContainsAny(text, v.Letters) {
			return v.Lang
		}
	}
	return lang
}

// weigh counts the letters of each script, with those of one language together under its first script, and returns the
// part of the text that was looked at.
func (t *tongues) weigh(text string, weights *[maxScripts]float64) string {
	seen, last := 0, 0
	for i, c := range text {
		if c < unicode.MaxLatin1 && !unicode.IsLetter(c) {
			continue
		}
		if seen++; seen > sampleLetters {
			return text[:i]
		}
		if !unicode.Is(t.tables[last], c) {
			n := slices.IndexFunc(t.tables, func(table *unicode.RangeTable) bool { return unicode.Is(table, c) })
			if n < 0 {
				continue
			}
			last = n
		}
		if last == latinLetters {
			weights[last] += latinWeight
		} else {
			weights[t.under[last]]++
		}
	}
	return text
}

// byWords counts the words that a text shares with each language.
func (t *tongues) byWords(text string) models.Lang {
	hits := make([]int, len(t.Order))
	total := 0
	for word := range strings.FieldsFuncSeq(strings.ToLower(text), func(c rune) bool { return !unicode.IsLetter(c) && !unicode.Is(unicode.Mn, c) }) {
		total++
		for _, n := range t.of[word] {
			hits[n]++
		}
	}
	best, second := 0, 0
	for i, n := range hits {
		switch {
		case n > hits[best]:
			best, second = i, hits[best]
		case i != best && n > second:
			second = n
		}
	}
	if n := hits[best]; n == 0 || n == second || total > fewWords && float64(n) < wordShare*float64(total) {
		return ""
	}
	return t.Order[best]
}
