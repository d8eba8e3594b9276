package suggest

import (
	"embed"
	"encoding/json"
	"fmt"
	"sync"

	"github.com/followthrough/followthrough/models"
)

//go:embed rules/*.json
var ruleFiles embed.FS

// RuleSet is the rules of one language, as the method page explains them.
type RuleSet struct {
	Lang       models.Lang       `json:"lang"`
	Prefix     string            `json:"prefix"` // auxiliaries that may stand before every verb
	Macros     map[string]string `json:"macros"` // endings that patterns take as {name}
	Subjects   []Subject         `json:"subjects"`
	Rules      []Rule            `json:"rules"`
	Works      Works             `json:"works"`
	Exclusions []Exclusion       `json:"exclusions"`
	Lists      []List            `json:"lists"`
	Readings   []Reading         `json:"readings"`
}

// Subject is words for those who speak.
type Subject struct {
	Name     string      `json:"name"`
	Patterns []string    `json:"patterns"`
	Before   string      `json:"before"`    // what may stand before the words, up to the start of the clause
	AfterNot string      `json:"after_not"` // words before it that make it no subject
	Carried  bool        `json:"carried"`   // only when the sentence before it spoke of the authors
	Only     []string    `json:"only"`      // the rules that it goes with; empty for all
	Explain  models.Text `json:"explain"`
}

// Rule is the verbs of one strength, and what they make of a passage.
type Rule struct {
	Name       string      `json:"name"`
	Strength   string      `json:"strength"`
	Type       string      `json:"type"` // a type of suggestion, or work: the verb of what is to be done decides
	Verb       string      `json:"verb"` // an example
	Patterns   []string    `json:"patterns"`
	Unless     string      `json:"unless"`     // what must not follow (English), or must not be the words (Japanese)
	Objects    []Object    `json:"objects"`    // objects that make it another type
	Complement string      `json:"complement"` // when verbs are listed after it, each makes a passage
	Lists      bool        `json:"list"`       // when nouns are listed after it, each makes a passage
	Includes   bool        `json:"includes"`   // the passage may name lines of work that it includes
	Plain      bool        `json:"plain"`      // no verb of speaking: the authors must be named
	Impersonal bool        `json:"impersonal"` // binds whoever the sentence names first
	Explain    models.Text `json:"explain"`
}

// Object is an object of a verb that makes the passage another type.
type Object struct {
	Name    string      `json:"name"`
	Pattern string      `json:"pattern"`
	Type    string      `json:"type"`
	Explain models.Text `json:"explain"`
}

// Works is the verbs of what is to be done: those that can be finished, and those without an end by nature.
type Works struct {
	Action   []string `json:"action"`
	Standing []string `json:"standing"`
}

// Kinds of an exclusion.
const (
	stopKind    = "stop"    // a verb that ends the passage and makes none
	historyKind = "history" // an opening that makes a sentence tell of the past
	cutKind     = "cut"     // where a passage ends
)

// Exclusion is what is not meant.
type Exclusion struct {
	Name     string      `json:"name"`
	Kind     string      `json:"kind"`
	Patterns []string    `json:"patterns"`
	Explain  models.Text `json:"explain"`
}

// List is a form of enumeration.
type List struct {
	Name    string      `json:"name"`
	Pattern string      `json:"pattern"`
	After   string      `json:"after"` // the general word that the listed items stand for
	Item    string      `json:"item"`  // what each item must have
	Head    bool        `json:"head"`  // the whole is a passage too
	Explain models.Text `json:"explain"`
}

// Kinds of a reading.
const (
	dueKind       = "due"
	recurringKind = "recurring"
	addresseeKind = "addressee"
	measureKind   = "measure"
)

// Reading is what is read out of a passage beside its verb.
type Reading struct {
	Name     string      `json:"name"`
	Kind     string      `json:"kind"`
	Patterns []string    `json:"patterns"`
	Explain  models.Text `json:"explain"`
}

// workType is the type of a rule whose passage is an action or standing work, by the verb of what is to be done.
const workType = "work"

// Languages lists the languages that have rules, in the order in which they lead.
func Languages() []models.Lang { return []models.Lang{models.English, models.Japanese} }

// Rules returns the rule set of a language; it is empty for a language without one.
func Rules(lang models.Lang) RuleSet {
	g, err := grammars()
	if err != nil || g[lang] == nil {
		return RuleSet{Lang: lang}
	}
	return g[lang].set
}

// grammars reads and compiles the rules once. A test proves that they can be read.
var grammars = sync.OnceValues(func() (map[models.Lang]*grammar, error) {
	all := map[models.Lang]*grammar{}
	for _, lang := range Languages() {
		b, err := ruleFiles.ReadFile("rules/" + string(lang) + ".json")
		if err != nil {
			return nil, err
		}
		var set RuleSet
		if err := json.Unmarshal(b, &set); err != nil {
			return nil, fmt.Errorf("rules of %s: %w", lang, err)
		}
		g, err := compile(set)
		if err != nil {
			return nil, fmt.Errorf("rules of %s: %w", lang, err)
		}
		all[lang] = g
	}
	return all, nil
})
