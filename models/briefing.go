package models

import "slices"

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
	Suggestions []SearchNote      `json:"suggestions" description:"Search notes that propose another status than stands; they set none."`
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

// BriefingMoves are the refs of initiatives that changed since the time compared with, counted as everywhere else.
type BriefingMoves struct {
	Forward []string `json:"forward" description:"Moved forward."`
	Back    []string `json:"back" description:"Moved back."`
	New     []string `json:"new"`
	Closed  []string `json:"closed" description:"Of all these, the ones delivered or dropped since then."`
	Other   []string `json:"other" description:"Changed without a direction."`
}

// BriefingTrouble are the refs of initiatives that need attention; one can have several reasons.
type BriefingTrouble struct {
	Stalled        []string `json:"stalled"`
	Overdue        []string `json:"overdue"`
	NoPublicAction []string `json:"no_public_action"`
	Carried        []string `json:"carried" description:"Nobody looked at them at the last meeting or since."`
}

// Pressing are the refs of those with a reason that asks for a decision, each once, in the order of the reasons. That
// nobody looked is no such reason.
func (t BriefingTrouble) Pressing() []string {
	var all []string
	for _, ref := range slices.Concat(t.Stalled, t.Overdue, t.NoPublicAction) {
		if !slices.Contains(all, ref) {
			all = append(all, ref)
		}
	}
	return all
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
		add(&b.Changes.New, i.Ref, i.Change == ChangeNew)
		add(&b.Changes.Forward, i.Ref, i.Change == ChangeForward)
		add(&b.Changes.Back, i.Ref, i.Change == ChangeBack)
		add(&b.Changes.Other, i.Ref, i.Change == ChangeOther)
		add(&b.Changes.Closed, i.Ref, closed && i.Change != "" && i.Change != ChangeNone)
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
