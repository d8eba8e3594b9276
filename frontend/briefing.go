package frontend

import (
	"fmt"
	"slices"

	"github.com/followthrough/followthrough/frontend/locale"
	"github.com/followthrough/followthrough/models"
)

// Sheet is a briefing as it is laid out: every word decided, in each of its languages. The page, the single file and
// the Markdown are written from it, so that they say the same.
type Sheet struct {
	Langs    []*locale.Printer
	Paper    string
	GreySafe bool
	Level    int                      // of its heading among those of the page
	Link     func(path string) string // leads to a page of the record

	Title, Audience string
	Kicker          Said
	Forum           Said
	Heading         Said
	AsOf            Said
	Facts           []Said
	Chain           string // hash of the head of the audit
	Address         string // where the frozen briefing stands; empty for one that nobody froze
	Terms           Said

	Brief    *SheetBrief
	Sections []SheetSection
}

// Said is a text in each language of a briefing. A text that one of them lacks stands there once.
type Said []Wording

// SheetBrief is the first glance: what moved in a sentence, and the initiatives by status.
type SheetBrief struct {
	Lead   Said
	Counts []SheetCount
}

// SheetCount is a status with its number of initiatives.
type SheetCount struct {
	Status Bit
	Count  int
}

// SheetSection is a numbered section.
type SheetSection struct {
	ID      string
	Number  int
	Heading Said
	Intro   []Said // above what it holds
	Tables  []SheetTable
	Notes   []Said // below the tables
	Quotes  []SheetQuote
	Sources []SheetSource
}

// SheetTable is a table; its rows stand in groups, each with a heading of its own where there is more than one kind.
type SheetTable struct {
	Kind    string // names the table to the styles
	Caption Said
	Shown   bool // the caption is printed; else it is for readers who do not see the table
	Head    []Said
	Groups  []SheetGroup
	Rest    Said // what is not worth rows
}

// SheetGroup is some rows of a table.
type SheetGroup struct {
	Heading Said
	Note    Said
	Rows    []SheetRow
}

// SheetRow is one initiative.
type SheetRow struct {
	Ref   string
	Cells []Cell
}

// Cell is a place in a table, made of bits that follow one another.
type Cell []Bit

// Bit is a piece of a cell.
type Bit struct {
	Kind  string // title, text, meta, code, status, tally, mark, part, sources
	Code  string // of a status or a mark
	Words Said
	Path  string // of a title, in the record
	Refs  []int  // numbers of evidence
}

// SheetQuote is words of a statement.
type SheetQuote struct {
	Code  string
	Words Said
	Note  Said
}

// SheetSource is a piece of evidence with its number. Its address is printed here and nowhere else.
type SheetSource struct {
	Number int
	Title  Wording
	Meta   Said
	URL    string
}

// T returns a message in each language of the briefing. A text or a date among the arguments, or a function of the
// language, is put in its words.
func (s Sheet) T(key string, args ...any) Said {
	var all Said
	for _, p := range s.Langs {
		own := slices.Clone(args)
		for i := 1; i < len(own); i += 2 {
			switch v := own[i].(type) {
			case models.Text:
				own[i], _ = v.In(p.Lang)
			case models.Date:
				own[i] = p.Date(v)
			case func(*locale.Printer) string:
				own[i] = v(p)
			}
		}
		all = append(all, Wording{Text: p.T(key, own...), Lang: string(p.Lang)})
	}
	return all
}

// each builds a text in each language.
func (s Sheet) each(write func(p *locale.Printer) string) Said {
	var all Said
	for _, p := range s.Langs {
		if text := write(p); text != "" {
			all = append(all, Wording{Text: text, Lang: string(p.Lang)})
		}
	}
	return all
}

// text is a text of the record. What is missing in the language of the briefing stands in the other one, and says so.
func (s Sheet) text(t models.Text) Said {
	var all Said
	for _, p := range s.Langs {
		text, lang := t.In(p.Lang)
		w := Wording{Text: text, Lang: string(lang)}
		if lang != p.Lang {
			w.Only = p.T("only." + string(lang))
		}
		if text != "" && !slices.ContainsFunc(all, func(other Wording) bool { return other.Lang == w.Lang }) {
			all = append(all, w)
		}
	}
	return all
}

// plain is a text that is the same in every language, such as a code.
func plain(text string) Said { return Said{{Text: text}} }

// Two reports whether the briefing is in both languages.
func (s Sheet) Two() bool { return len(s.Langs) > 1 }

// Lang is the language that the briefing begins in.
func (s Sheet) Lang() string { return string(s.Langs[0].Lang) }

// langOf is the language to mark a wording with: none where it is that of the whole briefing.
func (s Sheet) langOf(w Wording) string {
	if w.Lang == s.Lang() && !s.Two() {
		return ""
	}
	return w.Lang
}

// classes are those of the whole briefing.
func (s Sheet) classes() []string {
	all := []string{"briefing", "paper-" + s.Paper}
	if s.GreySafe {
		all = append(all, "grey-safe")
	}
	if s.Two() {
		all = append(all, "two-languages")
	}
	return all
}

// status is the judgement in glyph and word.
func (s Sheet) status(code models.Status) Bit {
	return Bit{Kind: "status", Code: string(code), Words: s.T("status." + string(code))}
}

// mark says how a status got there.
func (s Sheet) mark(code models.Mark) Bit {
	return Bit{Kind: "mark", Code: string(code), Words: s.T("mark." + string(code))}
}

// NewSheet lays a briefing out. words are the messages of all languages; link leads to a page of the record.
func NewSheet(words locale.Catalogue, r *models.Record[models.Briefing], link func(path string) string) Sheet {
	b, at, o := r.Item, r.At, r.Item.Options
	s := Sheet{Paper: o.Paper, GreySafe: o.GreySafe, Level: 1, Link: link, Title: o.Title, Audience: o.Audience, Chain: b.Chain.Hash}
	switch o.Lang {
	case models.LangBoth:
		s.Langs = []*locale.Printer{words[models.English], words[models.Japanese]}
	default:
		s.Langs = []*locale.Printer{words[models.Lang(o.Lang)]}
	}
	s.Kicker, s.Forum = s.T("briefing.kicker"), s.text(b.Forum.Title)
	if len(s.Forum) == 0 { // of an empty record
		s.Forum = s.T("nav.forums")
	}
	s.Heading = s.each(func(p *locale.Printer) string { return BriefingHeading(p, b) })
	s.AsOf = s.each(func(p *locale.Printer) string { return asOf(p, b, at) })
	s.Facts = append(s.Facts, s.T("briefing.prepared", "day", b.PreparedOn),
		s.each(func(p *locale.Printer) string { return reviewedIn(p, b.Summary) }),
		s.T("briefing.version", "data", r.DataVersion))
	if narrowed := s.narrowed(b); narrowed != nil {
		s.Facts = append(s.Facts, narrowed)
	}
	return s.lay(b, at)
}

// lay fills the sheet with its sections, numbered as they stand.
func (s Sheet) lay(b models.Briefing, at models.At) Sheet {
	o := b.Options
	s.Terms = s.T("footer.licence")
	add := func(is bool, id string, section SheetSection) {
		if is {
			section.ID, section.Number = id, len(s.Sections)+1
			s.Sections = append(s.Sections, section)
		}
	}
	if o.Holds(models.BriefingSummary) {
		s.Brief = s.brief(b, at)
	}
	add(o.Holds(models.BriefingChanges), "changes", s.changes(b, at))
	add(o.Holds(models.BriefingSummary), "attention", s.attention(b))
	add(o.Holds(models.BriefingTopics), "topics", s.byTopic(b))
	add(len(b.Countries) > 0, "countries", s.byCountry(b))
	add(o.Holds(models.BriefingWording), "wording", s.wording(b))
	add(o.Holds(models.BriefingStatement), "statement", s.statement(b))
	add(o.Holds(models.BriefingEvidence), "evidence", s.evidence(b))
	if !o.Holds(models.BriefingEvidence) { // a number without its list says nothing
		s.dropSources()
	}
	return s
}

// dropSources takes the numbers of evidence out of every table.
func (s Sheet) dropSources() {
	for _, section := range s.Sections {
		for _, t := range section.Tables {
			for _, g := range t.Groups {
				for _, r := range g.Rows {
					for i := range r.Cells {
						r.Cells[i] = slices.DeleteFunc(r.Cells[i], func(b Bit) bool { return b.Kind == "sources" })
					}
				}
			}
		}
	}
}

// BriefingHeading says what a briefing prepares for.
func BriefingHeading(p *locale.Printer, b models.Briefing) string {
	forum, _ := b.Forum.Title.In(p.Lang)
	if b.Meeting == nil {
		return p.T("briefing.before_next", "forum", forum)
	}
	return p.T("briefing.before", "forum", forum, "meeting", p.Place(*b.Meeting))
}

// asOf names the day that a briefing speaks of, and the meeting that it was.
func asOf(p *locale.Printer, b models.Briefing, at models.At) string {
	day := b.PreparedOn
	if at.Past() {
		day = at.AsOf
	}
	if b.Last != nil && at.Past() && at.AsOf.Last() == b.Last.EndsOn.Last() {
		city, _ := b.Last.City.In(p.Lang)
		if b.Last.InPersonNumber > 0 && city != "" {
			return p.T("briefing.as_of_meeting", "n", fmt.Sprint(b.Last.InPersonNumber), "city", city, "day", p.Date(day))
		}
	}
	return p.T("briefing.as_of", "day", p.Date(day))
}

// reviewedIn says how many of a total a person looked at.
func reviewedIn(p *locale.Printer, t models.Tally) string {
	return reviewed(Frame{Printer: p}, t)
}

// narrowed says what the initiatives are narrowed to; nothing where they are not.
func (s Sheet) narrowed(b models.Briefing) Said {
	o := b.Options
	if len(o.Topic)+len(o.Country)+len(o.Delegate)+len(o.Status) == 0 {
		return nil
	}
	return s.each(func(p *locale.Printer) string {
		var all []string
		for _, f := range []struct {
			name   string
			values []string
		}{{"topic", o.Topic}, {"country", o.Country}, {"delegate", o.Delegate}} {
			for _, v := range f.values {
				at := slices.IndexFunc(b.Choices.Facets[f.name], func(c models.Facet) bool { return c.Value == v })
				if at >= 0 {
					v, _ = b.Choices.Facets[f.name][at].Label.In(p.Lang)
				}
				all = append(all, v)
			}
		}
		for _, status := range o.Status {
			all = append(all, p.T("status."+string(status)))
		}
		return p.T("briefing.narrowed", "words", p.List(all))
	})
}
