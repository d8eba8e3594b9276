package models

import (
	"fmt"
	"regexp"
	"slices"
)

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
var reserved = []string{"new", "chart"}

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
		wholeDay("starts_on", e.StartsOn), once("sources", e.Sources))
	if !e.StartsOn.IsZero() || !e.EndsOn.IsZero() { // an empty last day is the first one: one thing is missing and not two
		bad = append(bad, wholeDay("ends_on", e.EndsOn)...)
	}
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
