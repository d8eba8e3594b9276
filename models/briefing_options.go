package models

import (
	"slices"
	"strings"
)

// What a briefing can hold beside its head, in the order it is printed.
const (
	BriefingSummary   = "summary"
	BriefingChanges   = "changes"
	BriefingTopics    = "topics"
	BriefingWording   = "wording"
	BriefingStatement = "statement"
	BriefingEvidence  = "evidence"
)

// BriefingParts lists what a briefing can hold.
var BriefingParts = []string{BriefingSummary, BriefingChanges, BriefingTopics, BriefingWording, BriefingStatement, BriefingEvidence}

// BriefingDefault lists what a briefing holds when nobody chose.
var BriefingDefault = []string{BriefingSummary, BriefingChanges, BriefingTopics, BriefingEvidence}

// BriefingLangs lists the languages that a briefing can be in. LangBoth sets each text in both, one below the other.
var BriefingLangs = []string{string(English), string(Japanese), LangBoth}

// LangBoth stands for both languages of the interface.
const LangBoth = "both"

// The papers that a briefing can be printed on.
const (
	PaperA4     = "a4"
	PaperLetter = "letter"
)

// Papers lists the papers; the first is the default.
var Papers = []string{PaperA4, PaperLetter}

// BriefingOptions say what a briefing is of and what it holds. Empty fields have their defaults.
type BriefingOptions struct {
	For       string   `json:"for" description:"What it prepares for: the ref of a planned meeting, or the slug of a forum for its next meeting, announced or not."`
	Title     string   `json:"title" description:"Printed above the heading; empty for none."`
	Audience  string   `json:"audience" description:"Whom it is for, printed in the head; empty for nobody in particular."`
	Lang      string   `json:"lang" enum:"en,ja,both" description:"Language of the briefing."`
	Include   []string `json:"include" description:"What it holds: summary, changes, topics, wording, statement, evidence."`
	ByCountry []string `json:"by_country" description:"ISO 3166 alpha-2 codes of the countries with a section of their own."`
	Topic     []string `json:"topic" description:"Slugs; only initiatives of these topics and of those below them."`
	Country   []string `json:"country" description:"ISO 3166 alpha-2 codes; only initiatives in which one of them has a part."`
	Delegate  []string `json:"delegate" description:"Slugs; only initiatives with a commitment in a statement of a meeting that one of them attended."`
	Status    []Status `json:"status" description:"Only initiatives with one of these statuses."`
	Paper     string   `json:"paper" enum:"a4,letter"`
	GreySafe  bool     `json:"grey_safe" description:"True for outlines and patterns instead of tints, for a black-and-white printer."`
	AsOf      string   `json:"as_of" description:"The time it speaks of: a civil date or the ref of a meeting; empty for the present."`
	VS        string   `json:"vs" description:"The time compared with: a civil date, the ref of a meeting or none; empty for the last meeting before."`
	KnownAt   string   `json:"known_at" description:"Only what had been recorded by this instant; empty for everything."`
}

// Complete puts the defaults where nothing was chosen, so that a briefing says what it holds, and leaves out of lists
// what says nothing or says it again.
func (o *BriefingOptions) Complete(lang Lang) {
	o.Title, o.Audience = strings.Join(strings.Fields(o.Title), " "), strings.Join(strings.Fields(o.Audience), " ")
	if o.Lang == "" {
		o.Lang = string(lang)
	}
	if o.Paper == "" {
		o.Paper = Papers[0]
	}
	for _, list := range []*[]string{&o.Include, &o.ByCountry, &o.Topic, &o.Country, &o.Delegate} {
		*list = distinct(*list)
	}
	o.Status = distinct(o.Status)
	if len(o.Include) == 0 {
		o.Include = BriefingDefault
	}
}

// distinct returns the values that say something, each at its first place alone.
func distinct[S ~string](given []S) []S {
	all := []S{}
	for _, v := range given {
		if v != "" && !slices.Contains(all, v) {
			all = append(all, v)
		}
	}
	return all
}

// Holds reports whether the briefing has a part.
func (o BriefingOptions) Holds(part string) bool { return slices.Contains(o.Include, part) }

// When is the time that the briefing speaks of.
func (o BriefingOptions) When() When { return When{AsOf: o.AsOf, VS: o.VS, KnownAt: o.KnownAt} }

// Filter is what narrows the initiatives of the briefing.
func (o BriefingOptions) Filter() InitiativeFilter {
	return InitiativeFilter{Topics: o.Topic, Countries: o.Country, Delegates: o.Delegate, Statuses: o.Status, Sort: SortTopic, Limit: MaxBriefed}
}

// MaxBriefed is how many initiatives a briefing holds at most.
const MaxBriefed = 1000

// Validate checks what can be told without the record.
func (o BriefingOptions) Validate(Date) error {
	bad := append(written("title", o.Title, MaxTitle), written("audience", o.Audience, MaxTitle)...)
	for _, field := range []struct {
		name    string
		values  []string
		allowed []string
	}{{"lang", []string{o.Lang}, BriefingLangs}, {"paper", []string{o.Paper}, Papers}, {"include", o.Include, BriefingParts}} {
		for _, value := range field.values {
			if value != "" && !slices.Contains(field.allowed, value) {
				bad = append(bad, Field(field.name, "error.unknown_value", "value", value))
			}
		}
	}
	return Invalid(bad...)
}
