package models

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Limits of what people write, in characters.
const (
	MaxTitle = 300
	MaxNote  = 10000
	MaxURL   = 2000
)

// oldest is the first day that a judgement or a source can be dated; an earlier one is a slip of the hand.
var oldest = NewDate(1900, 1, 1)

// Assessment is the change behind an update: what a person says of an initiative or of one country's part, on what
// evidence.
type Assessment struct {
	Country     string          `json:"country,omitempty" description:"ISO 3166 alpha-2 code of the part; left out or empty for the whole initiative."`
	Status      Status          `json:"status" scale:"status"`
	EffectiveOn Date            `json:"effective_on" description:"Civil date from which the judgement is true; not in the future."`
	Reason      string          `json:"reason" enum:"event,evidence,correction,method" description:"Why the judgement is made."`
	Note        Text            `json:"note,omitempty" description:"What happened, in one language or both; required for stalled and dropped."`
	Meeting     string          `json:"meeting,omitempty" description:"Ref of the meeting it belongs to; left out or empty for none."`
	Replaces    int64           `json:"replaces,omitempty" description:"ID of the update that this one corrects."`
	Evidence    []CitedEvidence `json:"evidence,omitempty" description:"What the judgement rests on."`
	SearchNote  *NewSearchNote  `json:"search_note,omitempty" description:"What was looked for and not found."`
}

// CitedEvidence is evidence under a judgement: a piece that is in the record, by its ref, or a new one.
type CitedEvidence struct {
	Ref         string `json:"ref,omitempty" description:"Ref of evidence in the record; the fields of new evidence are left out then."`
	URL         string `json:"url,omitempty" description:"http or https address."`
	Title       string `json:"title,omitempty"`
	Publisher   string `json:"publisher,omitempty"`
	Kind        string `json:"kind,omitempty" enum:"official_primary,official_secondary,media,other" description:"other when left out."`
	Lang        Lang   `json:"lang,omitempty" description:"Language of the source as a BCP 47 tag."`
	PublishedOn Date   `json:"published_on,omitempty" description:"Left out when the source gives no date."`
	Grade       Grade  `json:"grade" enum:"E1,E2,E3"`
	Stance      string `json:"stance" enum:"supports,contradicts,context"`
}

// NewSearchNote makes absence checkable: a note that is in the record, by its ref, or a new one.
type NewSearchNote struct {
	Ref        string   `json:"ref,omitempty" description:"Ref of a search note on the same initiative."`
	SearchedOn Date     `json:"searched_on,omitempty"`
	Where      string   `json:"where,omitempty" description:"The collection that was searched."`
	Queries    []string `json:"queries,omitempty" description:"The words that were looked for."`
	Result     Text     `json:"result,omitempty" description:"What the search showed."`
}

// Validate checks everything that can be told without the record; today is the last day a judgement can be dated.
// The rules of the status scale are those of product.md 2, in docs/status-scale.md.
func (a Assessment) Validate(today Date) error {
	var bad []FieldError
	add := func(f ...FieldError) { bad = append(bad, f...) }
	switch {
	case a.Status == "":
		add(Field("status", "error.required"))
	case !a.Status.Valid():
		add(Field("status", "error.unknown_value", "value", string(a.Status)))
	}
	if a.EffectiveOn.IsZero() {
		add(Field("effective_on", "error.required"))
	}
	add(dated("effective_on", a.EffectiveOn, today)...)
	switch {
	case a.Reason == "":
		add(Field("reason", "error.required"))
	case !slices.Contains(ReasonKinds, a.Reason):
		add(Field("reason", "error.unknown_value", "value", a.Reason))
	}
	add(written("note.en", a.Note.EN, MaxNote)...)
	add(written("note.ja", a.Note.JA, MaxNote)...)
	if a.Status.NeedsReason() && blank(a.Note.EN) && blank(a.Note.JA) {
		add(Field("note.en", "error.reason"))
	}
	for i, e := range a.Evidence {
		add(e.validate(fmt.Sprintf("evidence.%d", i), today)...)
		for _, other := range a.Evidence[:i] {
			if e.Ref != "" && e.Ref == other.Ref || e.URL != "" && e.URL == other.URL {
				add(Field(fmt.Sprintf("evidence.%d", i), "error.cited_twice"))
			}
		}
	}
	if a.SearchNote != nil {
		add(a.SearchNote.validate(today)...)
	}
	if a.Status.Valid() {
		add(a.backed()...)
	}
	return Invalid(bad...)
}

// backed checks that the judgement rests on what its status asks for.
func (a Assessment) backed() []FieldError {
	least, orNote := a.Status.NeedsGrade()
	best := Searched
	for _, e := range a.Evidence {
		if e.Stance != "contradicts" && e.Grade > best {
			best = e.Grade
		}
	}
	switch {
	case a.Status == NoPublicAction && a.SearchNote == nil:
		return []FieldError{Field("search_note", "error.needs_search_note")}
	case best >= least, orNote && a.SearchNote != nil:
		return nil
	case orNote:
		return []FieldError{Field("evidence", "error.needs_evidence_or_note", "grade", string(least))}
	}
	return []FieldError{Field("evidence", "error.needs_evidence", "grade", string(least))}
}

func (e CitedEvidence) validate(field string, today Date) []FieldError {
	var bad []FieldError
	if !e.Grade.Valid() || e.Grade == Searched {
		bad = append(bad, Field(field+".grade", "error.unknown_value", "value", string(e.Grade)))
	}
	if !slices.Contains(Stances, e.Stance) {
		bad = append(bad, Field(field+".stance", "error.unknown_value", "value", e.Stance))
	}
	if e.Ref != "" {
		if e.URL+e.Title+e.Publisher+e.Kind+string(e.Lang) != "" || !e.PublishedOn.IsZero() {
			bad = append(bad, Field(field+".ref", "error.ref_and_fields"))
		}
		return bad
	}
	if e.Kind != "" && !slices.Contains(EvidenceKinds, e.Kind) {
		bad = append(bad, Field(field+".kind", "error.unknown_value", "value", e.Kind))
	}
	if e.Lang != "" && !e.Lang.Valid() {
		bad = append(bad, Field(field+".lang", "error.unknown_value", "value", string(e.Lang)))
	}
	bad = append(bad, Address(field+".url", e.URL)...)
	for _, t := range []struct{ name, text string }{{".title", e.Title}, {".publisher", e.Publisher}} {
		if missing := must(field+t.name, t.text); missing != nil {
			bad = append(bad, missing...)
			continue
		}
		bad = append(bad, oneLine(field+t.name, t.text)...)
	}
	return append(bad, dated(field+".published_on", e.PublishedOn, today)...)
}

// Address checks the address of a source: http or https with a host, and nobody's password in it.
func Address(field, address string) []FieldError {
	u, err := url.Parse(address)
	switch {
	case address == "":
		return []FieldError{Field(field, "error.required")}
	case utf8.RuneCountInString(address) > MaxURL:
		return []FieldError{Field(field, "error.too_long", "max", MaxURL)}
	case err != nil, u.Scheme != "http" && u.Scheme != "https", u.Hostname() == "", u.User != nil, strings.ContainsAny(address, "\\<>\""), strings.ContainsFunc(address, unseen):
		return []FieldError{Field(field, "error.url")}
	}
	return nil
}

// unseen reports whether a character cannot be seen, or turns the order of others; none belongs in an address.
func unseen(r rune) bool { return unicode.IsSpace(r) || !unicode.IsGraphic(r) }

func (n NewSearchNote) validate(today Date) []FieldError {
	if n.Ref != "" {
		if n.Where != "" || !n.SearchedOn.IsZero() || !n.Result.IsZero() || len(n.Queries) > 0 {
			return []FieldError{Field("search_note.ref", "error.ref_and_fields")}
		}
		return nil
	}
	var bad []FieldError
	if n.SearchedOn.IsZero() {
		bad = append(bad, Field("search_note.searched_on", "error.required"))
	}
	bad = append(bad, dated("search_note.searched_on", n.SearchedOn, today)...)
	if missing := must("search_note.where", n.Where); missing != nil {
		bad = append(bad, missing...)
	} else {
		bad = append(bad, oneLine("search_note.where", n.Where)...)
	}
	for i, q := range n.Queries {
		bad = append(bad, written(fmt.Sprintf("search_note.queries.%d", i), q, MaxTitle)...)
	}
	if blank(n.Result.EN) && blank(n.Result.JA) {
		bad = append(bad, Field("search_note.result.en", "error.either"))
	}
	bad = append(bad, written("search_note.result.en", n.Result.EN, MaxNote)...)
	return append(bad, written("search_note.result.ja", n.Result.JA, MaxNote)...)
}

// dated checks that a civil date is neither in the future nor long before anything that is recorded.
func dated(field string, d, today Date) []FieldError {
	switch {
	case d.IsZero():
		return nil
	case d.After(today):
		return []FieldError{Field(field, "error.future", "value", d.String())}
	case oldest.After(d):
		return []FieldError{Field(field, "error.too_early", "value", d.String())}
	}
	return nil
}

// ValidateReason checks a reason that must be given, in one language or both.
func ValidateReason(field string, reason Text) error {
	var bad []FieldError
	if blank(reason.EN) && blank(reason.JA) {
		bad = append(bad, Field(field+".en", "error.either"))
	}
	bad = append(bad, written(field+".en", reason.EN, MaxNote)...)
	return Invalid(append(bad, written(field+".ja", reason.JA, MaxNote)...)...)
}

// written checks the length of a text.
func written(field, text string, most int) []FieldError {
	if utf8.RuneCountInString(text) > most {
		return []FieldError{Field(field, "error.too_long", "max", most)}
	}
	return nil
}

// blank reports whether there is nothing to see in a text: spaces and characters without a shape say nothing.
func blank(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool {
		return unicode.IsGraphic(r) && !unicode.IsSpace(r) && !strings.ContainsRune(fillers, r)
	})
}

// fillers are letters and signs without a shape: Hangul fillers and the empty Braille pattern.
const fillers = "\u115f\u1160\u3164\uffa0\u2800"
