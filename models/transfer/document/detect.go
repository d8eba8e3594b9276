package document

import (
	"embed"
	"encoding/json"
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
	of       map[string][]models.Lang  // the languages that a word belongs to
	names    map[string]bool           // Names
	letters  map[models.Lang][]variant // Variants by the language they are told from
}

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
	t := &tongues{words: map[models.Lang]bool{}, of: map[string][]models.Lang{}, names: map[string]bool{}, letters: map[models.Lang][]variant{}}
	if err := load("languages", t); err != nil {
		return t
	}
	for _, s := range t.Scripts {
		t.tables = append(t.tables, unicode.Scripts[s.Script])
	}
	for _, lang := range t.Order {
		t.words[lang] = true
		for _, w := range strings.Fields(t.Words[lang]) {
			t.of[w] = append(t.of[w], lang)
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
	weights := map[models.Lang]float64{}
	counts := make([]int, len(t.Scripts))
	seen, last := 0, 0
	end := len(text)
	for i, c := range text {
		if c < unicode.MaxLatin1 && !unicode.IsLetter(c) {
			continue
		}
		if seen++; seen > sampleLetters {
			end = i
			break
		}
		if last < len(t.tables) && unicode.Is(t.tables[last], c) {
			counts[last]++
			continue
		}
		for n, table := range t.tables {
			if unicode.Is(table, c) {
				counts[n]++
				last = n
				break
			}
		}
	}
	for n, s := range t.Scripts {
		w := float64(counts[n])
		if s.Lang == "" {
			w *= latinWeight
		}
		weights[s.Lang] += w
	}
	kana := weights["ja"]
	if han := weights["zh"]; kana > 0 && kana >= kanaShare*(kana+han) {
		weights["ja"], weights["zh"] = kana+han, 0
	} else if han > 0 && han < hanAlone && !strings.ContainsAny(text[:end], t.Chinese) {
		weights["zh"] = 0
		if han > weights[""] {
			return ""
		}
	}
	best := models.Lang("")
	for _, s := range t.Scripts {
		if weights[s.Lang] > weights[best] {
			best = s.Lang
		}
	}
	if best == "" {
		return t.byWords(text[:end])
	}
	for _, v := range t.letters[best] {
		if strings.ContainsAny(text[:end], v.Letters) {
			return v.Lang
		}
	}
	return best
}

// byWords counts the words that a text shares with each language.
func (t *tongues) byWords(text string) models.Lang {
	hits := map[models.Lang]int{}
	total := 0
	for word := range strings.FieldsFuncSeq(strings.ToLower(text), func(c rune) bool { return !unicode.IsLetter(c) && !unicode.Is(unicode.Mn, c) }) {
		total++
		for _, lang := range t.of[word] {
			hits[lang]++
		}
	}
	best, second := models.Lang(""), 0
	for _, lang := range t.Order {
		switch n := hits[lang]; {
		case n > hits[best]:
			best, second = lang, hits[best]
		case n > second:
			second = n
		}
	}
	if n := hits[best]; n == 0 || n == second || total > fewWords && float64(n) < wordShare*float64(total) {
		return ""
	}
	return best
}
