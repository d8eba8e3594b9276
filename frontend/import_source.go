package frontend

import (
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/followthrough/followthrough/models"
)

// MeetingToBeMade is chosen in place of a meeting of the record.
const MeetingToBeMade = "+"

// Rows of the form of a statement.
const (
	textRows        = 2
	publicationRows = 2
)

// Begin fills the form of the facts: with what stands, or with what was typed.
func (p *ImportPage) Begin(stands, typed url.Values, conflict bool) {
	if stands.Get("new_meeting.ref") != "" || stands.Get("new_meeting.starts_on") != "" {
		stands.Set("meeting", MeetingToBeMade)
	}
	p.Laid = EditForm{Form: p.Form, Version: p.Form.Version, Before: stands.Encode()}
	if !typed.Has("form.edit") {
		maps.Copy(p.Form.Values, stands)
		return
	}
	p.Laid.Before = typed.Get("form.before")
	if conflict {
		p.lay(stands, typed)
	}
}

// ownRows stands for the publications of a draft while two sides are compared: unlike those of the record they have no
// number that tells one row from the others, so that they are compared in their order.
const ownRows = "draft_publications."

// lay compares what stands with what was typed. What the form does not have, and rows that were left empty, are no
// difference.
func (p *ImportPage) lay(stands, typed url.Values) {
	before, _ := url.ParseQuery(p.Laid.Before) // what cannot be read says nothing
	kept := p.Laid.Before
	theirs, mine := url.Values{}, url.Values{}
	for name, values := range typed {
		bare := strings.TrimPrefix(name, "form.mine.")
		row, _, _ := strings.Cut(strings.TrimPrefix(bare, "publications."), ".")
		said := typed.Get(rowField("publications", number(row), "publisher")) + typed.Get(rowField("publications", number(row), "title")) + typed.Get(rowField("publications", number(row), "url"))
		if strings.HasPrefix(bare, "publications.") && said == "" && !stands.Has(bare) || strings.HasPrefix(bare, "texts.") && values[0] == "" {
			continue
		}
		mine[strings.Replace(name, "publications.", ownRows, 1)] = values
	}
	for name, values := range stands {
		if typed.Has(name) || typed.Has("form.mine."+name) || !strings.HasPrefix(name, "new_meeting.") {
			theirs[strings.Replace(name, "publications.", ownRows, 1)] = values
		}
	}
	p.Laid.Before = strings.ReplaceAll(before.Encode(), "publications.", ownRows)
	p.Laid.lay(theirs, mine)
	p.Laid.Before = kept
	for i := range p.Laid.Differing {
		p.Laid.Differing[i].Name = strings.Replace(p.Laid.Differing[i].Name, ownRows, "publications.", 1)
	}
	for i := range p.Laid.Others {
		p.Laid.Others[i].Name = strings.Replace(p.Laid.Others[i].Name, ownRows, "publications.", 1)
	}
}

// number is the number of a row; 0 for what is none.
func number(row string) int {
	n, _ := strconv.Atoi(row) // what is no number names the first
	return n
}

// differs gives the sides of a difference the words of the page.
func (p ImportPage) differs(f Frame) []Difference {
	all := slices.Clone(p.Laid.Differing)
	for i := range all {
		d := &all[i]
		d.Label = importLabel(f, d.Name)
		for _, s := range []*Side{&d.Before, &d.Theirs, &d.Mine} {
			if s.Text = s.Value; s.Text == "" {
				s.Text = f.T("update.nothing")
			}
			if s.Value == MeetingToBeMade {
				s.Text = f.T("import.new_meeting")
			}
		}
	}
	return all
}

// importLabel names a field of the facts.
func importLabel(f Frame, name string) string {
	list, rest, found := strings.Cut(name, ".")
	n, field, row := strings.Cut(rest, ".")
	if i, err := strconv.Atoi(n); found && row && err == nil {
		return f.T("import."+list) + " " + strconv.Itoa(i+1) + ": " + fieldName(f, field)
	}
	if list == "new_meeting" {
		return f.T("import.new_meeting") + ": " + fieldName(f, rest)
	}
	return fieldName(f, name)
}

// fieldName is the label of a field, by the first family of words that has one.
func fieldName(f Frame, name string) string {
	for _, family := range []string{"import.field.", "edit.", "input."} {
		if label := f.T(family + name); !strings.HasPrefix(label, "⟨") {
			return label
		}
	}
	return name
}

// sourceForm is the form of the facts and texts of a statement, of a new one or of a draft.
type sourceForm struct {
	Form    Form
	Choices models.Choices
	New     bool // the statement has no draft yet
}

// meetingOptions are the meetings that a statement can be of.
func (s sourceForm) meetingOptions(f Frame) []Option {
	chosen := s.Form.Value("meeting")
	all := []Option{{Label: f.T("import.meeting_later"), Selected: chosen == ""}, {Value: MeetingToBeMade, Label: f.T("import.new_meeting"), Selected: chosen == MeetingToBeMade}}
	for _, m := range s.Choices.Meetings {
		all = append(all, Option{Value: m.Ref, Label: f.Plain(m.Title) + " (" + m.Ref + ")", Selected: chosen == m.Ref})
	}
	return all
}

// forumOptions are the forums; a record with one forum has no choice to make.
func (s sourceForm) forumOptions(f Frame) []Option {
	return s.options(f, "forum", s.Choices.Forums, len(s.Choices.Forums) != 1)
}

func (s sourceForm) countryOptions(f Frame) []Option {
	return s.options(f, "new_meeting.country", s.Choices.Countries, true)
}

func (s sourceForm) options(f Frame, name string, records []models.Reference, none bool) []Option {
	var all []Option
	if none {
		all = append(all, Option{Label: f.T("edit.none"), Selected: s.Form.Value(name) == ""})
	}
	for _, r := range records {
		all = append(all, Option{Value: r.Ref, Label: f.Plain(r.Title) + " (" + r.Ref + ")", Selected: s.Form.Value(name) == r.Ref})
	}
	return all
}

// codeOptions offer codes by the family of their words.
func (s sourceForm) codeOptions(f Frame, name, family string, codes []string) []Option {
	var all []Option
	for _, c := range codes {
		all = append(all, Option{Value: c, Label: f.T(family + "." + c), Selected: s.Form.Value(name) == c})
	}
	return all
}

// publications is how many rows of publications the form has.
func (s sourceForm) publications() int {
	n := 0
	for s.Form.Values.Has(rowField("publications", n, "publisher")) {
		n++
	}
	if s.New && n >= publicationRows {
		return n
	}
	return min(max(n+1, publicationRows), MaxRows)
}

// lang is the language chosen in a row: as typed, or English and Japanese in the first two.
func (s sourceForm) lang(list string, i int) string {
	name := rowField(list, i, "lang")
	if s.Form.Values.Has(name) {
		return s.Form.Value(name)
	}
	if list == "publications" && i < len(models.Langs) {
		return string(models.Langs[i])
	}
	return ""
}

// meetingFields are those of a meeting that is made with the statement.
func meetingFields(f Frame, s sourceForm) [][]Field {
	line := func(name, hint string) Field {
		d := Field{Name: "new_meeting." + name, Label: f.T("edit." + name)}
		if hint != "" {
			d.Hint = f.T(hint)
		}
		return d
	}
	country := line("country", "")
	country.Options = s.countryOptions(f)
	format := line("format", "")
	format.Options = s.codeOptions(f, "new_meeting.format", "format", models.MeetingFormats)
	en, ja := line("city.en", ""), line("city.ja", "")
	en.Lang, ja.Lang = models.English, models.Japanese
	return [][]Field{{line("ref", "edit.meeting_ref_hint"), format}, {line("starts_on", "input.effective_on_hint"), line("ends_on", "import.ends_on_hint")}, {en, ja}, {country}}
}

// counted says of a text what it has: paragraphs, words or characters.
func (p ImportPage) counted(f Frame, s models.DraftSource) string {
	paragraphs := 0
	for i, r := range p.Draft.Work.Rows {
		if !r.Out && p.Draft.Words(i, s.Lang) != "" {
			paragraphs++
		}
	}
	return f.T("import.paragraphs", "n", paragraphs) + " · " + wordsOrLetters(f, s.Lang, s.Body)
}

// leftOut is what belongs to no paragraph of the statement: what stood around the texts, and the rows that are left out.
func (p ImportPage) leftOut(f Frame) []string {
	all := slices.Clone(p.Draft.Work.LeftOut)
	for n, r := range p.Draft.Work.Rows {
		if r.Out {
			_, words := p.rowWords(f, n)
			all = append(all, words)
		}
	}
	return all
}

// reduced reports whether a text is not what was supplied, so that it is shown before it is taken.
func reduced(s models.DraftSource) bool {
	return !slices.Contains([]string{"text", "markdown"}, s.Format)
}

// textsWrong reports whether something is wrong with the texts that were sent.
func (p ImportPage) textsWrong() bool {
	return slices.ContainsFunc(p.Form.Order, func(name string) bool { return strings.HasPrefix(name, "texts") })
}

// publicationsOpen reports whether anything stands in the rows of publications.
func (s sourceForm) publicationsOpen() bool {
	for name, values := range s.Form.Values {
		list, rest, _ := strings.Cut(name, ".")
		if list == "publications" && values[0] != "" && !strings.HasSuffix(rest, ".lang") && !strings.HasSuffix(rest, ".standing") {
			return true
		}
	}
	return slices.ContainsFunc(s.Form.Order, func(name string) bool { return strings.HasPrefix(name, "publications") })
}
