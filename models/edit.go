package models

import (
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// Edit is what a person may say of a record that is no judgement: all of it is changed in place, and the audit keeps
// what it was.
type Edit interface {
	// Ref is the reference that the record has when the edit is made.
	Ref() string
	// Validate checks everything that can be told without the record.
	Validate(today Date) error
}

// EditKinds lists the kinds of record that people edit, those that others rest on first.
var EditKinds = []string{"forum", "country", "topic", "delegate", "meeting", "initiative"}

// ForumEdit is what a person may say of a forum.
type ForumEdit struct {
	Slug     string   `json:"slug" description:"Name in addresses. A former one leads to the new one for ever."`
	Name     Text     `json:"name"`
	Position int      `json:"position" description:"Order of the forums; the first one gives the record its name."`
	Members  []string `json:"members" description:"ISO 3166 alpha-2 codes of the member countries."`
}

// CountryEdit is what a person may say of a country.
type CountryEdit struct {
	ISO2     string   `json:"iso2" description:"ISO 3166-1 alpha-2 code, which never changes."`
	ISO3     string   `json:"iso3" description:"ISO 3166-1 alpha-3 code."`
	Name     Text     `json:"name"`
	Position int      `json:"position" description:"Order of the countries."`
	Sources  []string `json:"sources" description:"Refs of the evidence behind the record."`
}

// TopicEdit is what a person may say of a topic.
type TopicEdit struct {
	Slug     string `json:"slug" description:"Name in addresses. A former one leads to the new one for ever."`
	Parent   string `json:"parent" description:"Slug of the topic above, empty at the top."`
	Name     Text   `json:"name"`
	Term     Text   `json:"term" description:"The subject in the words of the statement."`
	Note     Text   `json:"note"`
	Position int    `json:"position" description:"Order among the topics of the same parent."`
}

// MeetingEdit is what a person may say of a meeting, with those who attended it.
type MeetingEdit struct {
	MeetingRef     string           `json:"ref" description:"Stable reference, which never changes, such as qscg-2023-12."`
	Forum          string           `json:"forum" description:"Slug of the forum."`
	Number         int              `json:"number" description:"Number among all meetings of the forum; 0 when not known."`
	InPersonNumber int              `json:"in_person_number" description:"Number among its meetings in person; 0 when not known."`
	Format         string           `json:"format" enum:"in_person,virtual"`
	City           Text             `json:"city"`
	Country        string           `json:"country" description:"ISO 3166 alpha-2 code of the place; empty for a virtual meeting."`
	StartsOn       Date             `json:"starts_on"`
	EndsOn         Date             `json:"ends_on"`
	Host           string           `json:"host" description:"ISO 3166 alpha-2 code of the host; empty when not known."`
	Note           Text             `json:"note"`
	Sources        []string         `json:"sources" description:"Refs of the evidence behind the record."`
	Attendances    []AttendanceEdit `json:"attendances"`
}

// AttendanceEdit is one delegate at a meeting, named by the office held then.
type AttendanceEdit struct {
	Office int64          `json:"office" description:"ID of the office held then, which says who attended."`
	Role   AttendanceRole `json:"role" enum:"head,host,member"`
}

// DelegateEdit is what a person may say of a delegate, with the offices.
type DelegateEdit struct {
	Slug     string       `json:"slug" description:"Name in addresses. A former one leads to the new one for ever."`
	Name     Text         `json:"name"`
	Variants []string     `json:"variants" description:"Other forms of the name found in the sources."`
	Country  string       `json:"country" description:"ISO 3166 alpha-2 code."`
	Notes    []Text       `json:"notes"`
	Sources  []string     `json:"sources" description:"Refs of the evidence behind the record."`
	Offices  []OfficeEdit `json:"offices"`
}

// OfficeEdit is a post that a delegate held.
type OfficeEdit struct {
	ID         int64    `json:"id" description:"0 for a new one."`
	Title      Text     `json:"title"`
	From       Date     `json:"from"`
	Until      Date     `json:"until"`
	UntilKnown bool     `json:"until_known" description:"False when no source says whether or when the office ended."`
	Sources    []string `json:"sources" description:"Refs of the evidence behind the office."`
}

// InitiativeEdit is what a person may say of an initiative beside the judgements on it.
type InitiativeEdit struct {
	InitiativeRef string     `json:"ref" description:"Stable reference, which never changes, such as QSCG-CYBER-CHALLENGE."`
	Title         Text       `json:"title"`
	Topic         string     `json:"topic" description:"Slug of the topic."`
	Kind          string     `json:"kind"`
	Summary       Text       `json:"summary"`
	DescribedOn   Date       `json:"described_on" description:"The day from which the summary is true."`
	Note          Text       `json:"note"`
	LeadCountry   string     `json:"lead_country" description:"ISO 3166 alpha-2 code; empty when none is named."`
	FirstMeeting  string     `json:"first_meeting" description:"Ref of the meeting where it was first promised."`
	BeginsOn      Date       `json:"begins_on" description:"The day of the first promise; no judgement is earlier."`
	DueOn         Date       `json:"due_on" description:"A day, month, quarter or year; empty without a due date."`
	DueByMeeting  bool       `json:"due_by_meeting" description:"True when what was promised is due before the next meeting, for which due_on stands."`
	Trackable     bool       `json:"trackable" description:"False for positions and assessments, which promise no action."`
	Standing      bool       `json:"standing" description:"True when it has no end date by nature."`
	Parent        string     `json:"parent" description:"Ref of the initiative that it belongs to; empty when none."`
	SupersededBy  string     `json:"superseded_by" description:"Ref of the initiative that took its place; empty when none did."`
	Related       []string   `json:"related" description:"Refs of initiatives beside it."`
	Sources       []string   `json:"sources" description:"Refs of the evidence behind the record."`
	Parts         []PartEdit `json:"parts"`
}

// PartEdit is one country's part in an initiative.
type PartEdit struct {
	Country string `json:"country" description:"ISO 3166 alpha-2 code."`
	Role    string `json:"role" enum:"lead,contributor,not_applicable"`
}

// Ref is the slug.
func (e ForumEdit) Ref() string { return e.Slug }

// Ref is the alpha-2 code.
func (e CountryEdit) Ref() string { return e.ISO2 }

// Ref is the slug.
func (e TopicEdit) Ref() string { return e.Slug }

// Ref is the stable reference.
func (e MeetingEdit) Ref() string { return e.MeetingRef }

// Ref is the slug.
func (e DelegateEdit) Ref() string { return e.Slug }

// Ref is the stable reference.
func (e InitiativeEdit) Ref() string { return e.InitiativeRef }

// Begin says what is so of most meetings.
func (e *MeetingEdit) Begin() { e.Format = "in_person" }

// Begin says what is so of most initiatives.
func (e *InitiativeEdit) Begin() { e.Trackable, e.Kind = true, "initiative" }

// Forms of references. They stand in addresses, so that they are ASCII without anything that looks like something else.
var (
	slugForm       = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
	initiativeForm = regexp.MustCompile(`^[A-Z0-9]+(-[A-Z0-9]+)*$`)
	iso2Form       = regexp.MustCompile(`^[A-Z]{2}$`)
	iso3Form       = regexp.MustCompile(`^[A-Z]{3}$`)
)

// reserved are addresses of the program that no record can have.
var reserved = []string{"new"}

// MeetingFormats lists how a meeting can be held.
var MeetingFormats = []string{"in_person", "virtual"}

// Validate checks what can be told without the record.
func (e ForumEdit) Validate(Date) error {
	return Invalid(slices.Concat(referenceOf("slug", e.Slug, slugForm, "error.slug"), named("name", e.Name), positive("position", e.Position), once("members", e.Members))...)
}

// Validate checks what can be told without the record.
func (e CountryEdit) Validate(Date) error {
	return Invalid(slices.Concat(referenceOf("iso2", e.ISO2, iso2Form, "error.alpha_two"), referenceOf("iso3", e.ISO3, iso3Form, "error.alpha_three"), named("name", e.Name),
		positive("position", e.Position), once("sources", e.Sources))...)
}

// Validate checks what can be told without the record.
func (e TopicEdit) Validate(Date) error {
	return Invalid(slices.Concat(referenceOf("slug", e.Slug, slugForm, "error.slug"), named("name", e.Name), oneLine("term.en", e.Term.EN), oneLine("term.ja", e.Term.JA),
		bothWritten("note", e.Note, MaxNote), positive("position", e.Position))...)
}

// Validate checks what can be told without the record. A meeting may be planned, and is then dated in the future.
func (e MeetingEdit) Validate(Date) error {
	bad := slices.Concat(referenceOf("ref", e.MeetingRef, slugForm, "error.slug"), must("forum", e.Forum), oneOf("format", e.Format, MeetingFormats),
		oneLine("city.en", e.City.EN), oneLine("city.ja", e.City.JA), bothWritten("note", e.Note, MaxNote), positive("number", e.Number), positive("in_person_number", e.InPersonNumber),
		wholeDay("starts_on", e.StartsOn), wholeDay("ends_on", e.EndsOn), once("sources", e.Sources))
	if e.Format == "in_person" && blank(e.City.EN) && blank(e.City.JA) {
		bad = append(bad, Field("city.en", "error.either"))
	}
	if e.Format == "virtual" && e.Country != "" {
		bad = append(bad, Field("country", "error.virtual"))
	}
	if e.StartsOn.After(e.EndsOn) && !e.EndsOn.IsZero() {
		bad = append(bad, Field("ends_on", "error.ends_before"))
	}
	for i, a := range e.Attendances {
		if a.Office == 0 {
			bad = append(bad, Field(fmt.Sprintf("attendances.%d.office", i), "error.required"))
		}
		bad = append(bad, oneOf(fmt.Sprintf("attendances.%d.role", i), a.Role, AttendanceRoles)...)
	}
	return Invalid(bad...)
}

// Validate checks what can be told without the record.
func (e DelegateEdit) Validate(today Date) error {
	bad := slices.Concat(referenceOf("slug", e.Slug, slugForm, "error.slug"), named("name", e.Name), must("country", e.Country), once("variants", e.Variants), once("sources", e.Sources))
	for i, v := range e.Variants {
		bad = append(bad, must(fmt.Sprintf("variants.%d", i), v)...)
		bad = append(bad, oneLine(fmt.Sprintf("variants.%d", i), v)...)
	}
	for i, n := range e.Notes {
		bad = append(bad, bothWritten(fmt.Sprintf("notes.%d", i), n, MaxNote)...)
	}
	for i, o := range e.Offices {
		at := fmt.Sprintf("offices.%d.", i)
		bad = append(bad, slices.Concat(named(at+"title", o.Title), dated(at+"from", o.From, today), dated(at+"until", o.Until, today), once(at+"sources", o.Sources))...)
		if !o.Until.IsZero() && o.From.After(o.Until) {
			bad = append(bad, Field(at+"until", "error.ends_before"))
		}
		if !o.Until.IsZero() && !o.UntilKnown {
			bad = append(bad, Field(at+"until_known", "error.until_known"))
		}
	}
	return Invalid(bad...)
}

// Validate checks what can be told without the record.
func (e InitiativeEdit) Validate(today Date) error {
	bad := slices.Concat(referenceOf("ref", e.InitiativeRef, initiativeForm, "error.ref"), named("title", e.Title), must("topic", e.Topic), oneOf("kind", e.Kind, Kinds),
		bothWritten("summary", e.Summary, MaxNote), bothWritten("note", e.Note, MaxNote), dated("described_on", e.DescribedOn, today), dated("begins_on", e.BeginsOn, today),
		wholeDay("begins_on", e.BeginsOn), once("related", e.Related), once("sources", e.Sources))
	if e.DueByMeeting && e.DueOn.IsZero() {
		bad = append(bad, Field("due_on", "error.required"))
	}
	if !e.DueOn.IsZero() && e.BeginsOn.After(e.DueOn) {
		bad = append(bad, Field("due_on", "error.due_before_beginning"))
	}
	if slices.Contains(e.Related, e.InitiativeRef) {
		bad = append(bad, Field("related", "error.itself"))
	}
	var countries []string
	for i, p := range e.Parts {
		bad = append(bad, must(fmt.Sprintf("parts.%d.country", i), p.Country)...)
		bad = append(bad, oneOf(fmt.Sprintf("parts.%d.role", i), p.Role, PartRoles)...)
		countries = append(countries, p.Country)
	}
	return Invalid(append(bad, once("parts", countries)...)...)
}

// referenceOf checks what a record is called in addresses.
func referenceOf(field, ref string, form *regexp.Regexp, key string) []FieldError {
	switch {
	case ref == "":
		return []FieldError{Field(field, "error.required")}
	case len(ref) > maxReference:
		return []FieldError{Field(field, "error.too_long", "max", maxReference)}
	case !form.MatchString(ref) || slices.Contains(reserved, ref):
		return []FieldError{Field(field, key)}
	}
	return nil
}

// maxReference is the length of a reference that still fits an address and a table.
const maxReference = 80

// named checks a name that must be there in one language or both.
func named(field string, t Text) []FieldError {
	if blank(t.EN) && blank(t.JA) {
		return []FieldError{Field(field+".en", "error.either")}
	}
	return append(oneLine(field+".en", t.EN), oneLine(field+".ja", t.JA)...)
}

// oneLine checks a name: one line without characters that are not seen or that turn the order of others.
func oneLine(field, text string) []FieldError {
	for _, r := range text {
		if r != ' ' && r != '\u3000' && unseen(r) {
			return []FieldError{Field(field, "error.hidden", "code", fmt.Sprintf("U+%04X", r))}
		}
	}
	return written(field, text, MaxTitle)
}

func bothWritten(field string, t Text, most int) []FieldError {
	return append(written(field+".en", t.EN, most), written(field+".ja", t.JA, most)...)
}

func must(field, value string) []FieldError {
	if blank(value) {
		return []FieldError{Field(field, "error.required")}
	}
	return nil
}

func positive(field string, n int) []FieldError {
	if n < 0 || n > maxPosition {
		return []FieldError{Field(field, "error.range", "max", maxPosition)}
	}
	return nil
}

const maxPosition = 100_000

func oneOf[T ~string](field string, value T, all []T) []FieldError {
	if !slices.Contains(all, value) {
		return []FieldError{Field(field, "error.unknown_value", "value", string(value))}
	}
	return nil
}

// wholeDay checks a date that must be a day.
func wholeDay(field string, d Date) []FieldError {
	switch {
	case d.IsZero():
		return []FieldError{Field(field, "error.required")}
	case d.Precision() != PrecisionDay:
		return []FieldError{Field(field, "error.whole_day", "value", d.String())}
	}
	return nil
}

// once refuses a value that stands twice in a list.
func once(field string, values []string) []FieldError {
	for i, v := range values {
		if slices.Contains(values[:i], v) {
			return []FieldError{Field(field, "error.twice", "value", v)}
		}
	}
	return nil
}

// FieldChange is one field that an edit changed, by its name on the wire.
type FieldChange struct {
	Field string `json:"field"`
	From  string `json:"from"`
	To    string `json:"to"`
}

// Diff lists the fields in which two values of one type differ, by name.
func Diff(from, to any) []FieldChange {
	was, now := leaves(from), leaves(to)
	names := slices.Collect(maps.Keys(was))
	for name := range now {
		if _, both := was[name]; !both {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	all := []FieldChange{}
	for _, name := range names {
		if was[name] != now[name] {
			all = append(all, FieldChange{name, was[name], now[name]})
		}
	}
	return all
}

// leaves flattens a value into its fields: name.en, offices.0.title.en.
func leaves(v any) map[string]string {
	var tree any
	b, _ := json.Marshal(v) // edits are texts, numbers and lists of them
	_ = json.Unmarshal(b, &tree)
	all := map[string]string{}
	var walk func(path string, node any)
	walk = func(path string, node any) {
		below := func(name string) string { return strings.TrimPrefix(path+"."+name, ".") }
		switch n := node.(type) {
		case map[string]any:
			for name, child := range n {
				walk(below(name), child)
			}
		case []any:
			for i, child := range n {
				walk(below(strconv.Itoa(i)), child)
			}
		case nil:
		default:
			all[path] = fmt.Sprint(n)
		}
	}
	walk("", tree)
	return all
}

// Choices is what the fields of an edit can name, for its form.
type Choices struct {
	Forums      []Reference
	Countries   []Reference
	Topics      []Reference // each after the one above it, whose depth Depths has
	Depths      []int
	Meetings    []Reference
	Initiatives []Reference
	Offices     []OfficeChoice
}

// OfficeChoice is an office that somebody can attend a meeting with.
type OfficeChoice struct {
	ID       int64
	Delegate Text
	Title    Text
	Country  string
}

// Removed is a record that was removed and can be restored.
type Removed struct {
	Kind      string `json:"kind" enum:"forum,country,topic,delegate,meeting,initiative"`
	Ref       string `json:"ref"`
	Title     Text   `json:"title"`
	Reason    Text   `json:"reason"`
	RemovedAt string `json:"removed_at" description:"UTC instant."`
}

// Edited is what can be said of a record, for a program that changes it.
type Edited[E any] struct {
	Item    E     `json:"item"`
	Version int64 `json:"version" description:"Grows with every change of the record; the last number of its entity tag."`
}
