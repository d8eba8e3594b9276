package models

import (
	"encoding/json"
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

// Complete puts the defaults where nothing was chosen, so that a briefing says what it holds.
func (o *BriefingOptions) Complete(lang Lang) {
	o.Title, o.Audience = strings.Join(strings.Fields(o.Title), " "), strings.Join(strings.Fields(o.Audience), " ")
	if o.Lang == "" {
		o.Lang = string(lang)
	}
	if len(o.Include) == 0 {
		o.Include = BriefingDefault
	}
	if o.Paper == "" {
		o.Paper = Papers[0]
	}
	for _, list := range []*[]string{&o.Include, &o.ByCountry, &o.Topic, &o.Country, &o.Delegate} {
		if *list == nil {
			*list = []string{}
		}
	}
	if o.Status == nil {
		o.Status = []Status{}
	}
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

// Briefing is what a briefing says, as data.
type Briefing struct {
	Options     BriefingOptions   `json:"options"`
	Forum       Reference         `json:"forum" description:"The forum whose meeting it prepares for."`
	Meeting     *MeetingBrief     `json:"meeting" description:"The meeting it prepares for; null when its date is not announced."`
	PreparedOn  Date              `json:"prepared_on"`
	Last        *Meeting          `json:"last_meeting" description:"The last meeting held by then."`
	Compared    *Meeting          `json:"compared_meeting"`
	Chain       AuditHead         `json:"chain" description:"The head of the audit when the record was read."`
	Summary     Tally             `json:"summary"`
	Changes     BriefingMoves     `json:"changes"`
	Attention   BriefingTrouble   `json:"attention"`
	Topics      []BriefingTopic   `json:"topics" description:"The topics at the top of the tree that have initiatives, in their order."`
	Countries   []BriefingCountry `json:"countries" description:"The countries chosen for a section of their own."`
	Initiatives []BriefingItem    `json:"initiatives" description:"By topic."`
	Commitments []Commitment      `json:"commitments" description:"Those tied to the initiatives, when their wording is asked for."`
	Statement   *Statement        `json:"statement" description:"The latest statement of the forum, when its text is asked for."`
	Evidence    []BriefingSource  `json:"evidence" description:"What the judgements that stand rest on, by the number that it is cited by."`
	Choices     BriefingChoices   `json:"-"`
}

// BriefingChoices are what a briefing can be made of at its time.
type BriefingChoices struct {
	For    []BriefingFor
	Facets map[string][]Facet // of the initiatives that its filter takes
}

// BriefingFor is a meeting that a briefing can prepare for.
type BriefingFor struct {
	Value   string // ref of a planned meeting, or slug of the forum for the next one
	Forum   Text
	Meeting *MeetingBrief // nil when its date is not announced
}

// AuditHead is the last entry of the audit.
type AuditHead struct {
	Seq  int64  `json:"seq"`
	Hash string `json:"hash" description:"SHA-256 over the whole audit up to this entry, in hexadecimal."`
}

// BriefingMoves are the refs of initiatives that changed since the time compared with, each once.
type BriefingMoves struct {
	Forward []string `json:"forward" description:"Moved forward and not yet delivered."`
	Back    []string `json:"back" description:"Moved back and not dropped."`
	New     []string `json:"new"`
	Closed  []string `json:"closed" description:"Delivered or dropped since then."`
	Other   []string `json:"other" description:"Changed without a direction."`
}

// BriefingTrouble are the refs of initiatives that need attention; one can have several reasons.
type BriefingTrouble struct {
	Stalled        []string `json:"stalled"`
	Overdue        []string `json:"overdue"`
	NoPublicAction []string `json:"no_public_action"`
	Carried        []string `json:"carried" description:"Nobody looked at them at the last meeting or since."`
}

// BriefingTopic is a topic at the top of the tree with the initiatives of it and of the topics below it.
type BriefingTopic struct {
	Topic       Reference `json:"topic"`
	Summary     Tally     `json:"summary"`
	Initiatives []string  `json:"initiatives" description:"Refs."`
}

// BriefingCountry is a country with what its parts come to.
type BriefingCountry struct {
	Country     Reference `json:"country"`
	Applicable  int       `json:"applicable" description:"Initiatives in which it has a part."`
	Action      int       `json:"action" description:"Of these, the ones where its part is announced or better."`
	Initiatives []string  `json:"initiatives" description:"Refs of those in which it has a part."`
}

// BriefingItem is an initiative with what its status rests on.
type BriefingItem struct {
	Initiative
	Note        Text             `json:"note" description:"Of the judgement that stands."`
	SearchedOn  Date             `json:"searched_on" description:"The day until which was looked, where the judgement rests on a search; null otherwise."`
	Searched    string           `json:"searched" description:"The collection that was searched."`
	Sources     []int            `json:"sources" description:"Numbers in the list of evidence."`
	PartSources map[string][]int `json:"part_sources" description:"The same for the parts, by country."`
}

// AllSources returns the numbers of the evidence under the initiative and under its parts.
func (i BriefingItem) AllSources() []int {
	all := slices.Clone(i.Sources)
	for _, cited := range i.PartSources {
		all = append(all, cited...)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// BriefingSource is a piece of evidence with its number.
type BriefingSource struct {
	Number int `json:"number"`
	Evidence
}

// FrozenBriefing is a briefing that was kept. Nothing of it ever changes.
type FrozenBriefing struct {
	ID          int64           `json:"id"`
	Heading     Text            `json:"heading" description:"What it prepares for."`
	Options     BriefingOptions `json:"options"`
	AsOf        Date            `json:"as_of" description:"The day it speaks of; null for the day it was frozen on."`
	DataVersion int64           `json:"data_version" description:"Version of the data that it was read from."`
	Chain       AuditHead       `json:"chain" description:"The head of the audit when the record was read."`
	FrozenAt    string          `json:"frozen_at" description:"UTC instant."`
	Author      string          `json:"author" description:"Who froze it."`
	Files       []BriefingFile  `json:"files" description:"What was kept, byte for byte."`
	Content     json.RawMessage `json:"content,omitempty" description:"The briefing as data, exactly as kept; left out of lists."`
}

// File returns what was kept in a format.
func (b FrozenBriefing) File(format string) (BriefingFile, bool) {
	i := slices.IndexFunc(b.Files, func(f BriefingFile) bool { return f.Format == format })
	if i < 0 {
		return BriefingFile{}, false
	}
	return b.Files[i], true
}

// BriefingFile is one form in which a briefing was kept.
type BriefingFile struct {
	Format string `json:"format" enum:"html,md,csv,json" description:"Suffix of its address; json is the field content."`
	SHA256 string `json:"sha256" description:"Of the bytes, in hexadecimal."`
	Size   int    `json:"size" description:"Bytes."`
	Body   string `json:"-"`
}

// Rest returns an initiative with what its status and those of its parts rest on. judged are the judgements that stand,
// by initiative, stroke and country. Evidence that was not cited before gets the next number.
func (b *Briefing) Rest(i Initiative, judged map[string]Update) BriefingItem {
	whole := judged[i.Ref+"/"]
	item := BriefingItem{Initiative: i, Note: whole.Note, Sources: b.cite(whole), PartSources: map[string][]int{}}
	if whole.SearchNote != "" {
		item.SearchedOn, item.Searched = whole.Searched.SearchedOn, whole.Searched.Where
	}
	for _, p := range i.Parts {
		if cited := b.cite(judged[i.Ref+"/"+p.Country]); len(cited) > 0 {
			item.PartSources[p.Country] = cited
		}
	}
	return item
}

// cite returns the numbers of the evidence under a judgement.
func (b *Briefing) cite(u Update) []int {
	cited := []int{}
	if b.Evidence == nil {
		b.Evidence = []BriefingSource{}
	}
	for _, c := range u.Evidence {
		at := slices.IndexFunc(b.Evidence, func(s BriefingSource) bool { return s.Ref == c.Ref })
		if at < 0 {
			at = len(b.Evidence)
			b.Evidence = append(b.Evidence, BriefingSource{at + 1, c.Evidence})
		}
		if !slices.Contains(cited, at+1) {
			cited = append(cited, at+1)
		}
	}
	slices.Sort(cited)
	return cited
}

// Sort tells what moved and what needs attention.
func (b *Briefing) Sort() {
	b.Changes = BriefingMoves{Forward: []string{}, Back: []string{}, New: []string{}, Closed: []string{}, Other: []string{}}
	b.Attention = BriefingTrouble{Stalled: []string{}, Overdue: []string{}, NoPublicAction: []string{}, Carried: []string{}}
	add := func(list *[]string, ref string, is bool) {
		if is {
			*list = append(*list, ref)
		}
	}
	for _, i := range b.Initiatives {
		closed := i.Status == Delivered || i.Status == Dropped
		switch {
		case i.Change == ChangeNew:
			add(&b.Changes.New, i.Ref, true)
		case i.Change != "" && i.Change != ChangeNone && closed:
			add(&b.Changes.Closed, i.Ref, true)
		default:
			add(&b.Changes.Forward, i.Ref, i.Change == ChangeForward)
			add(&b.Changes.Back, i.Ref, i.Change == ChangeBack)
			add(&b.Changes.Other, i.Ref, i.Change == ChangeOther)
		}
		add(&b.Attention.Stalled, i.Ref, i.Status == Stalled)
		add(&b.Attention.Overdue, i.Ref, i.Schedule == Overdue)
		add(&b.Attention.NoPublicAction, i.Ref, i.Status == NoPublicAction)
		add(&b.Attention.Carried, i.Ref, i.Mark == Carried)
	}
}

// Item returns an initiative of the briefing.
func (b Briefing) Item(ref string) BriefingItem {
	i := slices.IndexFunc(b.Initiatives, func(i BriefingItem) bool { return i.Ref == ref })
	if i < 0 {
		return BriefingItem{}
	}
	return b.Initiatives[i]
}
