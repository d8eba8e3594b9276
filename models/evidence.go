package models

// Evidence is something observable, kept as an address with what it says of itself. The server never fetches it.
type Evidence struct {
	Ref         string     `json:"ref" description:"Stable reference, such as wh-2023-12-15."`
	Title       string     `json:"title"`
	Publisher   string     `json:"publisher"`
	Kind        string     `json:"kind" enum:"official_primary,official_secondary,media,other"`
	Langs       []Lang     `json:"langs"`
	PublishedOn Date       `json:"published_on" description:"Null when the source gives no date."`
	AccessedOn  Date       `json:"accessed_on,omitzero"`
	URL         string     `json:"url" description:"http or https address; empty when none was found."`
	Extent      string     `json:"extent" description:"How much of the source was seen: full or excerpt; empty when nobody said."`
	Note        string     `json:"note"`
	Confidence  Confidence `json:"confidence"`
	RetractedAt string     `json:"retracted_at,omitempty" description:"UTC instant from which it no longer counts; left out while it does."`
	RetractedBy string     `json:"retracted_by,omitempty" description:"Who retracted it."`
	Retraction  Text       `json:"retraction,omitzero" description:"Why it was retracted."`
	Initiatives []string   `json:"initiatives" description:"Refs of the initiatives it is tied to."`
}

// SearchNote makes absence checkable: what was looked for, where, until when, and not found.
type SearchNote struct {
	Ref        string   `json:"ref" description:"Stable reference, such as note-cyber-challenge-2026-11-23."`
	Initiative string   `json:"initiative" description:"Ref of the initiative."`
	Title      Text     `json:"title" description:"Title of the initiative."`
	SearchedOn Date     `json:"searched_on"`
	Where      string   `json:"where" description:"The collection that was searched."`
	Queries    []string `json:"queries"`
	Result     Text     `json:"result"`
	Caution    Text     `json:"caution"`
	Suggested  Status   `json:"suggested_status" description:"Status that the searcher proposes; it sets nothing."`
}

// Contradiction is a place where two sources, or the two languages of one text, do not say the same.
type Contradiction struct {
	Slug       string     `json:"slug"`
	Kind       string     `json:"kind" enum:"between_sources,between_languages,quirk"`
	Subject    Text       `json:"subject"`
	ReadingA   Text       `json:"reading_a"`
	ReadingB   Text       `json:"reading_b"`
	Advice     Text       `json:"advice"`
	KnownFrom  Date       `json:"known_from" description:"Date of its latest source."`
	Confidence Confidence `json:"confidence"`
	Sources    []string   `json:"sources"`
	On         []string   `json:"on" description:"Records it concerns, as kind:ref."`
}
