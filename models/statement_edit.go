package models

import (
	"fmt"
	"slices"
	"strings"
)

// MaxParagraph is how many characters a paragraph of a statement can have.
const MaxParagraph = 50_000

// StatementEdit is what a person may say of a statement beside its words.
type StatementEdit struct {
	Slug         string            `json:"slug" description:"Name in addresses. A former one leads to the new one for ever."`
	Meeting      string            `json:"meeting" description:"Ref of the meeting that issued it, which never changes."`
	Title        Text              `json:"title"`
	IssuedOn     Date              `json:"issued_on" description:"The day that the text itself gives."`
	Sources      []string          `json:"sources" description:"Refs of the evidence that the words were taken from."`
	Publications []PublicationEdit `json:"publications"`
}

// PublicationEdit is one publisher's release of the text.
type PublicationEdit struct {
	ID          int64  `json:"id" description:"0 for a new one."`
	Publisher   string `json:"publisher"`
	Lang        Lang   `json:"lang" description:"BCP 47 tag."`
	Title       string `json:"title" description:"As the publisher has it."`
	PublishedOn Date   `json:"published_on" description:"The publisher's own date."`
	URL         string `json:"url" description:"Address as found; empty when none was found."`
	Standing    string `json:"standing" enum:"statement,readout,text" description:"What the publisher calls it."`
}

// CommitmentEdit is what a person may say of a commitment, with its marks. The code of a new one is given to it.
type CommitmentEdit struct {
	Code               string     `json:"code" description:"Stable code, which never changes; given to a new one."`
	Statement          string     `json:"statement" description:"Slug of the statement, which never changes."`
	Paragraph          string     `json:"paragraph" description:"Reference of the paragraph, which never changes."`
	Kind               string     `json:"kind"`
	Verb               string     `json:"verb" description:"The verb of the English text."`
	Strength           string     `json:"strength" description:"The editor's reading of the verb."`
	Trackable          bool       `json:"trackable"`
	NotTrackableReason Text       `json:"not_trackable_reason" description:"Required when it is not trackable, in one language or both."`
	Note               Text       `json:"note"`
	Actor              string     `json:"actor" description:"Who binds themselves, in the words of the text."`
	Addressee          string     `json:"addressee" description:"Towards whom, in the words of the text."`
	Due                string     `json:"due" description:"By when, in the words of the text."`
	Measure            string     `json:"measure" description:"A number or an output to measure by, in the words of the text."`
	Initiatives        []string   `json:"initiatives" description:"Refs of the initiatives it is tied to."`
	Marks              []MarkEdit `json:"marks" description:"The words in each language; at least one."`

	Compared bool          `json:"compared" description:"Somebody looked for what it follows in earlier statements; without any earlier commitment it is then new. True wherever earlier names one."`
	Earlier  []LineageLink `json:"earlier" description:"The commitments of earlier statements that it follows."`
}

// MarkEdit is the words of a commitment in one language.
type MarkEdit struct {
	Lang  Lang   `json:"lang" description:"Language of the paragraph."`
	Exact string `json:"exact" description:"The words, exactly as they stand in the paragraph."`
	Place int    `json:"place" description:"Which of the places where the words stand, from 1; 0 where they stand once."`
}

// Find finds the words in their paragraph, or says why they cannot be marked. A form has one kind of line end, so that
// words over several lines are also found where the text has another.
func (m MarkEdit) Find(body string) (Span, error) {
	all := WordsAt(body, m.Exact)
	if len(all) == 0 {
		all = WordsAt(body, strings.ReplaceAll(m.Exact, "\n", "\r\n"))
	}
	switch {
	case len(all) == 0:
		return Span{}, Invalid(Field("exact", "error.not_in_paragraph", "value", m.Exact))
	case m.Place == 0 && len(all) > 1:
		return Span{}, Invalid(Field("place", "error.which_place", "n", len(all)))
	case m.Place < 0 || m.Place > len(all):
		return Span{}, Invalid(Field("place", "error.no_such_place", "n", len(all)))
	}
	return all[max(m.Place, 1)-1], nil
}

// Correction is another wording of one paragraph in one language.
type Correction struct {
	Lang   Lang   `json:"lang" description:"Language of the wording; one that the statement has."`
	Text   string `json:"text" description:"The whole paragraph, kept byte for byte."`
	Reason Text   `json:"reason" description:"In one language or both."`
}

// PublicationStandings lists what a publisher can call a text.
var PublicationStandings = []string{"statement", "readout", "text"}

// Ref is the slug.
func (e StatementEdit) Ref() string { return e.Slug }

// Ref is the code.
func (e CommitmentEdit) Ref() string { return e.Code }

// Begin says what is so of most commitments. How strong a verb is nobody can say beforehand.
func (e *CommitmentEdit) Begin() { e.Trackable, e.Kind = true, "commitment" }

// Validate checks what can be told without the record.
func (e StatementEdit) Validate(today Date) error {
	bad := slices.Concat(referenceOf("slug", e.Slug, slugForm, "error.slug"), must("meeting", e.Meeting), named("title", e.Title), dated("issued_on", e.IssuedOn, today), once("sources", e.Sources))
	for i, p := range e.Publications {
		at := fmt.Sprintf("publications.%d.", i)
		bad = append(bad, released(at, DraftPublication{Lang: p.Lang, Publisher: p.Publisher, Title: p.Title, PublishedOn: p.PublishedOn, URL: p.URL, Standing: p.Standing}, today)...)
	}
	return Invalid(bad...)
}

// released checks one release of a text. Its title may be missing.
func released(at string, p DraftPublication, today Date) []FieldError {
	bad := slices.Concat(must(at+"publisher", p.Publisher), oneLine(at+"publisher", p.Publisher), oneLine(at+"title", p.Title), dated(at+"published_on", p.PublishedOn, today),
		oneOf(at+"standing", p.Standing, PublicationStandings))
	if !p.Lang.Valid() {
		bad = append(bad, Field(at+"lang", "error.language_tag", "value", string(p.Lang)))
	}
	if p.URL != "" {
		bad = append(bad, Address(at+"url", p.URL)...)
	}
	return bad
}

// Validate checks what can be told without the record.
func (e CommitmentEdit) Validate(Date) error {
	bad := slices.Concat(must("statement", e.Statement), must("paragraph", e.Paragraph), oneOf("kind", e.Kind, Kinds), chosen("strength", e.Strength, Strengths), oneLine("verb", e.Verb),
		written("actor", e.Actor, MaxNote), written("addressee", e.Addressee, MaxNote), written("due", e.Due, MaxNote), written("measure", e.Measure, MaxNote),
		bothWritten("not_trackable_reason", e.NotTrackableReason, MaxNote), bothWritten("note", e.Note, MaxNote), once("initiatives", e.Initiatives))
	if !e.Trackable && blank(e.NotTrackableReason.EN+e.NotTrackableReason.JA) {
		bad = append(bad, Field("not_trackable_reason.en", "error.either"))
	}
	if len(e.Marks) == 0 {
		bad = append(bad, Field("marks", "error.no_mark"))
	}
	var langs []string
	for i, m := range e.Marks {
		if m.Exact == "" {
			bad = append(bad, Field(fmt.Sprintf("marks.%d.exact", i), "error.required"))
		}
		bad = append(bad, positive(fmt.Sprintf("marks.%d.place", i), m.Place)...)
		langs = append(langs, string(m.Lang))
	}
	seen := map[string]bool{}
	for i, l := range e.Earlier {
		at := fmt.Sprintf("earlier.%d.", i)
		bad = slices.Concat(bad, must(at+"code", l.Code), oneOf(at+"relation", l.Relation, EarlierRelations))
		if seen[l.Code] {
			bad = append(bad, Field(at+"code", "error.given_twice"))
		}
		seen[l.Code] = true
	}
	return Invalid(append(bad, once("marks", langs)...)...)
}

// chosen asks for one of all, where none stands beforehand.
func chosen(field, value string, all []string) []FieldError {
	if value == "" {
		return must(field, value)
	}
	return oneOf(field, value, all)
}

// Validate checks what can be told without the record.
func (c Correction) Validate(Date) error {
	bad := slices.Concat(must("lang", string(c.Lang)), must("text", c.Text), written("text", c.Text, MaxParagraph))
	return Together(Invalid(bad...), ValidateReason("reason", c.Reason))
}

// Tidy splits what a form sends in lines, and leaves out rows that were left empty.
func (e *StatementEdit) Tidy() {
	trimmed(&e.Title)
	e.Slug = strings.TrimSpace(e.Slug)
	e.Sources = lines(e.Sources)
	for i := range e.Publications {
		p := &e.Publications[i]
		p.Publisher, p.Title, p.URL, p.Lang = strings.TrimSpace(p.Publisher), strings.TrimSpace(p.Title), strings.TrimSpace(p.URL), Lang(strings.TrimSpace(string(p.Lang)))
	}
	e.Publications = slices.DeleteFunc(e.Publications, func(p PublicationEdit) bool {
		return p.Publisher == "" && p.Title == "" && p.URL == "" && p.PublishedOn.IsZero()
	})
}

// Tidy splits what a form sends in lines, leaves out languages without a mark, and takes away what a selection brings
// with it around the words.
func (e *CommitmentEdit) Tidy() {
	for _, line := range []*string{&e.Verb, &e.Actor, &e.Addressee, &e.Due, &e.Measure} {
		*line = strings.TrimSpace(*line)
	}
	e.Initiatives = lines(e.Initiatives)
	for i := range e.Marks {
		e.Marks[i].Exact = strings.Trim(e.Marks[i].Exact, " \t\r\n")
	}
	e.Marks = slices.DeleteFunc(e.Marks, func(m MarkEdit) bool { return m.Exact == "" })
	e.Earlier = slices.DeleteFunc(e.Earlier, func(l LineageLink) bool { return l.Code == "" })
}

// WordsAt lists the places in a text where words stand, also those that overlap.
func WordsAt(body, words string) []Span {
	var all []Span
	for from := range places(body, words) {
		all = append(all, Span{from, from + len(words)})
	}
	return all
}

// CheckLineage refuses what no line of words can be: new has no earlier commitment, what is not mentioned no later one, and
// every other relation has both.
func CheckLineage(commitment, earlier, relation string) error {
	bad := oneOf("relation", relation, Lineages)
	if len(bad) == 0 && ((relation == "new") != (earlier == "") || (relation == "not_mentioned") != (commitment == "")) {
		bad = append(bad, Field("relation", "error.lineage"))
	}
	return Invalid(bad...)
}
