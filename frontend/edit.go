package frontend

import (
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/followthrough/followthrough/models"
)

// MaxRows is how many rows of one list a form has and a change takes.
const MaxRows = 50

// spareRows is how many empty rows a list of a form ends with.
const spareRows = 2

// EditForm is the form of a record that people edit.
type EditForm struct {
	Kind    string // of models.EditKinds
	List    string // language-neutral path of its list
	Ref     string // empty for a new one
	Version string // of the record as it stands
	Choices models.Choices
	Form    Form
	Marked  *models.Paragraph // of a commitment, and the slug of its statement
	Of      string

	Previous string              // slug of the statement before; empty when there is none
	Earlier  []models.Commitment // its commitments

	Before    string        // what the form showed when it was opened, as a query
	Differing []Difference  // after somebody else changed the record
	Others    []HiddenField // what the two agree on
}

// Begin fills the form: with what stands, or with what was typed. After a conflict it lays the two side by side.
func (p *EditForm) Begin(stands, typed url.Values, conflict bool) {
	v := p.Form.Values
	p.Before = stands.Encode()
	if !typed.Has("form.edit") {
		maps.Copy(v, stands)
		p.Form.Version = p.Version
		return
	}
	p.Before = typed.Get("form.before")
	p.Form.Version = typed.Get("form.version")
	if conflict {
		p.lay(stands, typed)
	}
}

// heading is the heading of the page.
func (p EditForm) heading(f Frame) string {
	if p.Ref == "" {
		return f.T("edit.new_" + p.Kind)
	}
	return f.T("edit.edit_" + p.Kind)
}

// action is where the form is sent.
func (p EditForm) action(f Frame, more string) string {
	path := "/" + string(f.Lang) + p.List
	if p.Ref != "" {
		path += "/" + p.Ref
	}
	return path + more
}

// back is where somebody goes who changes nothing.
func (p EditForm) back() string {
	if p.Marked != nil {
		return "/statements/" + p.Of + "#" + p.Marked.Ref
	}
	if p.Ref == "" {
		return p.List
	}
	return p.List + "/" + p.Ref
}

// fields are the fields of a record in their order, without the lists below it.
func (p EditForm) fields(f Frame) []Field {
	line := func(name string) Field { return Field{Name: name, Label: f.T("edit." + name)} }
	must := func(d Field) Field { d.Required = !d.Fixed; return d }
	hint := func(d Field, key string) Field { d.Hint = f.T(key); return d }
	both := func(name string, rows int) []Field {
		either := ""
		if rows == 0 && name != "term" {
			either = f.T("edit.either_hint")
		}
		return []Field{
			{Name: name + ".en", Label: f.T("edit." + name + ".en"), Hint: either, Rows: rows, Lang: models.English},
			{Name: name + ".ja", Label: f.T("edit." + name + ".ja"), Hint: either, Rows: rows, Lang: models.Japanese},
		}
	}
	many := func(name, key string) Field {
		return Field{Name: name, Label: f.T("edit." + name), Hint: f.T(key), Rows: 3}
	}
	choice := func(name string, all []Option) Field {
		return Field{Name: name, Label: f.T("edit." + name), Options: all}
	}
	number := func(name string) Field { return Field{Name: name, Label: f.T("edit." + name), Kind: "number"} }
	name := both("name", 0)
	if p.Kind == "delegate" {
		name[0].Label, name[1].Label = f.T("edit.person.en"), f.T("edit.person.ja")
	}
	sources := many("sources", "edit.sources_hint")
	switch p.Kind {
	case "forum":
		return append(name, must(hint(line("slug"), "edit.slug_hint")), number("position"))
	case "country":
		return append([]Field{must(hint(p.fixed(line("iso2")), "edit.iso2_hint")), must(line("iso3"))}, append(name, number("position"), sources)...)
	case "topic":
		return slices.Concat(name, []Field{must(hint(line("slug"), "edit.slug_hint")), choice("parent", p.topics(f, "parent"))}, both("term", 0), both("note", 3), []Field{number("position")})
	case "delegate":
		return append(name, must(hint(line("slug"), "edit.slug_hint")), must(choice("country", p.of(f, "country", p.Choices.Countries))), many("variants", "edit.lines_hint"), sources)
	case "meeting":
		return slices.Concat(
			[]Field{must(hint(p.fixed(line("ref")), "edit.meeting_ref_hint")), must(choice("forum", p.of(f, "forum", p.Choices.Forums))), choice("format", p.codes(f, "format", "format", models.MeetingFormats))},
			both("city", 0),
			[]Field{choice("country", p.of(f, "country", p.Choices.Countries)), must(hint(line("starts_on"), "edit.day_hint")), must(line("ends_on")), choice("host", p.of(f, "host", p.Choices.Countries)),
				number("number"), number("in_person_number")},
			both("note", 3), []Field{sources})
	case "statement":
		return append(both("title", 0), must(hint(line("slug"), "edit.slug_hint")), p.fixed(line("meeting")), hint(line("issued_on"), "edit.issued_on_hint"), sources)
	case "commitment":
		return slices.Concat(
			[]Field{must(choice("kind", p.codes(f, "kind", "kind", models.Kinds))), hint(line("verb"), "edit.verb_hint"), must(choice("strength", p.strengths(f))), p.yes(f, "trackable")},
			both("not_trackable_reason", 2), []Field{hint(line("actor"), "edit.of_text_hint"), hint(line("addressee"), "edit.of_text_hint"), hint(line("due"), "edit.of_text_hint"), hint(line("measure"), "edit.of_text_hint")}, both("note", 2))
	}
	return slices.Concat(
		[]Field{must(hint(p.fixed(line("ref")), "edit.initiative_ref_hint"))}, both("title", 0),
		[]Field{must(choice("topic", p.topics(f, "topic"))), must(choice("kind", p.codes(f, "kind", "kind", models.Kinds)))},
		both("summary", 4), []Field{hint(line("described_on"), "edit.described_on_hint")}, both("note", 3),
		[]Field{choice("first_meeting", p.of(f, "first_meeting", p.Choices.Meetings)), must(hint(line("begins_on"), "edit.begins_on_hint")), hint(line("due_on"), "edit.due_on_hint"), p.yes(f, "due_by_meeting"),
			p.yes(f, "trackable"), p.yes(f, "standing"), choice("lead_country", p.of(f, "lead_country", p.Choices.Countries)), choice("parent", p.of(f, "parent", p.Choices.Initiatives)),
			choice("superseded_by", p.of(f, "superseded_by", p.Choices.Initiatives)), many("related", "edit.lines_hint"), sources})
}

// earlierOptions offers the commitments of the statement before, and what a row names beside them.
func (p EditForm) earlierOptions(f Frame, name string) []Option {
	all, chosen := []Option{p.none(f, name)}, p.Form.Value(name)
	for _, c := range p.Earlier {
		_, words := wordsIn(f, c)
		all = append(all, Option{Value: c.Code, Label: c.Code + " " + firstRunes(words, 80), Selected: chosen == c.Code})
	}
	if chosen != "" && !slices.ContainsFunc(p.Earlier, func(c models.Commitment) bool { return c.Code == chosen }) {
		all = append(all, Option{Value: chosen, Label: chosen, Selected: true})
	}
	return all
}

// follows reports whether the form asks what the commitment follows: there is something it can follow, or it does.
func (p EditForm) follows() bool { return p.Previous != "" || p.Form.Value("compared") != "" }

// strengths offers how strong a verb can be; none stands beforehand.
func (p EditForm) strengths(f Frame) []Option {
	all := p.codes(f, "strength", "strength", models.Strengths)
	if p.Form.Value("strength") == "" {
		all = append([]Option{{Label: f.T("edit.choose"), Selected: true}}, all...)
	}
	return all
}

// tied are the initiatives of a commitment, each a choice among those of the record, with empty ones for more.
func (p EditForm) tied(f Frame) []Field {
	var refs []string
	for _, v := range p.Form.Values["initiatives"] {
		refs = append(refs, strings.Fields(v)...)
	}
	var all []Field
	for i, ref := range append(refs, make([]string, spareRows)...) {
		one := EditForm{Form: Form{Values: url.Values{"initiatives": {ref}}}}
		all = append(all, Field{Name: "initiatives", Label: f.T("import.other_initiative", "n", i+1), Options: one.of(f, "initiatives", p.Choices.Initiatives), Place: i + 1})
	}
	return all
}

// beside puts a text in one language and the same in the other on one line, for screens where both fit.
func beside(fields []Field) [][]Field {
	var lines [][]Field
	for _, d := range fields {
		last := len(lines) - 1
		if name, ok := strings.CutSuffix(d.Name, ".ja"); ok && last >= 0 && lines[last][0].Name == name+".en" {
			lines[last] = append(lines[last], d)
			continue
		}
		lines = append(lines, []Field{d})
	}
	return lines
}

// name is what the record is called as it stands, empty for a new one.
func (p EditForm) name() models.Text {
	stands, _ := url.ParseQuery(p.Before) // what cannot be read says nothing
	for _, field := range []string{"name", "title", "city"} {
		if t := (models.Text{EN: stands.Get(field + ".en"), JA: stands.Get(field + ".ja")}); p.Ref != "" && !t.IsZero() {
			return t
		}
	}
	return models.Text{}
}

// version is the version that stands, as the live page needs it.
func (p EditForm) version() int64 {
	n, _ := strconv.ParseInt(p.Version, 10, 64) // the handler writes a number
	return n
}

// fixed marks a field that never changes once the record is there.
func (p EditForm) fixed(d Field) Field {
	d.Fixed = p.Ref != ""
	return d
}

func (p EditForm) none(f Frame, name string) Option {
	return Option{Label: f.T("edit.none"), Selected: p.Form.Value(name) == ""}
}

// of offers records by their reference.
func (p EditForm) of(f Frame, name string, records []models.Reference) []Option {
	all, chosen := []Option{p.none(f, name)}, p.Form.Value(name)
	for _, r := range records {
		all = append(all, Option{Value: r.Ref, Label: f.Plain(r.Title) + " (" + r.Ref + ")", Selected: chosen == r.Ref})
	}
	if chosen != "" && !slices.ContainsFunc(records, func(r models.Reference) bool { return r.Ref == chosen }) {
		all = append(all, Option{Value: chosen, Label: f.T("edit.not_there", "ref", chosen), Selected: true})
	}
	return all
}

// topics offers the topics, those below another one moved in.
func (p EditForm) topics(f Frame, name string) []Option {
	all := []Option{p.none(f, name)}
	for i, t := range p.Choices.Topics {
		all = append(all, Option{Value: t.Ref, Label: strings.Repeat("\u2003", p.Choices.Depths[i]) + f.Plain(t.Title), Selected: p.Form.Value(name) == t.Ref})
	}
	return all
}

// codes offers codes by the family of their words.
func (p EditForm) codes(f Frame, name, family string, codes []string) []Option {
	var all []Option
	for _, c := range codes {
		all = append(all, Option{Value: c, Label: f.T(family + "." + c), Selected: p.Form.Value(name) == c})
	}
	return all
}

// yes offers yes and no. A box that is not ticked would say nothing at all.
func (p EditForm) yes(f Frame, name string) Field {
	on := p.Form.Value(name) != ""
	return Field{Name: name, Label: f.T("edit." + name[strings.LastIndexByte(name, '.')+1:]), Options: []Option{{Label: f.T("edit.no"), Selected: !on}, {Value: "on", Label: f.T("edit.yes"), Selected: on}}}
}

// rows is how many rows a list has in the form, with some to spare.
func (p EditForm) rows(list string) int {
	n := 0
	for name := range p.Form.Values {
		rest, ok := strings.CutPrefix(name, list+".")
		at, _, _ := strings.Cut(rest, ".")
		if i, err := strconv.Atoi(at); ok && err == nil {
			n = max(n, i+1)
		}
	}
	if n < spareRows || !p.Form.Wrong() { // else the spare ones came back as well
		n += spareRows
	}
	return min(n, MaxRows)
}

func rowField(list string, i int, field string) string {
	return list + "." + strconv.Itoa(i) + "." + field
}

// offices offers the offices that people can attend with.
func (p EditForm) offices(f Frame, name string) []Option {
	all := []Option{p.none(f, name)}
	for _, o := range p.Choices.Offices {
		id := strconv.FormatInt(o.ID, 10)
		all = append(all, Option{Value: id, Label: o.Country + " · " + choiceOf(f, o), Selected: p.Form.Value(name) == id})
	}
	return all
}

func (p EditForm) attendanceRoles(f Frame, name string) []Option {
	var all []string
	for _, r := range models.AttendanceRoles {
		all = append(all, string(r))
	}
	return p.codes(f, name, "role", all)
}

// partRole is what a country is in the initiative, empty when it has no part.
func (p EditForm) partRole(country string) string {
	for name, values := range p.Form.Values {
		if strings.HasPrefix(name, "parts.") && strings.HasSuffix(name, ".country") && values[0] == country {
			return p.Form.Value(strings.TrimSuffix(name, "country") + "role")
		}
	}
	return ""
}

func (p EditForm) partRoles(f Frame, country string) []Option {
	chosen := p.partRole(country)
	all := []Option{{Label: f.T("edit.no_part"), Selected: chosen == ""}}
	for _, r := range models.PartRoles {
		all = append(all, Option{Value: r, Label: f.T("role." + r), Selected: chosen == r})
	}
	return all
}

// member reports whether a country is a member of the forum in the form.
func (p EditForm) member(country string) bool {
	for _, v := range p.Form.Values["members"] {
		if slices.Contains(strings.Fields(v), country) {
			return true
		}
	}
	return false
}

// listPaths is the path of the list of each kind.
var listPaths = map[string]string{"forum": "/forums", "country": "/countries", "topic": "/topics", "delegate": "/delegates", "meeting": "/meetings", "initiative": "/initiatives",
	"statement": "/statements", "commitment": "/commitments"}

func (p EditForm) title(f Frame) string {
	if p.Ref == "" {
		return p.heading(f)
	}
	return p.heading(f) + ": " + p.Ref
}

func (p EditForm) crumbs(f Frame) []crumb {
	if p.Marked != nil {
		return []crumb{{f.T("nav.statements"), f.To("/statements")}, {p.Of, f.To(p.back())}}
	}
	all := []crumb{{f.T("nav." + p.List[1:]), f.To(p.List)}}
	if p.Ref != "" {
		all = append(all, crumb{p.Ref, f.To(p.List + "/" + p.Ref)})
	}
	return all
}

// open reports whether a row of a list is shown open: a new one, or one with something wrong.
func (p EditForm) open(list string, i int) bool {
	for name := range p.Form.Errors {
		if strings.HasPrefix(name, rowField(list, i, "")) {
			return true
		}
	}
	return false
}

// rowName is what a row of a list says when it is shut.
func (p EditForm) rowName(f Frame, list string, i int) string {
	t := models.Text{EN: p.Form.Value(rowField(list, i, "title.en")), JA: p.Form.Value(rowField(list, i, "title.ja"))}
	switch list {
	case "notes":
		t = models.Text{EN: p.Form.Value(rowField(list, i, "en")), JA: p.Form.Value(rowField(list, i, "ja"))}
	case "publications":
		t = models.Text{EN: strings.Trim(p.Form.Value(rowField(list, i, "publisher"))+" · "+p.Form.Value(rowField(list, i, "title")), " ·")}
	}
	if t.IsZero() {
		return f.T("edit.add_" + list)
	}
	return f.Plain(t)
}

// present reports whether the page shows the record as it stands now.
func (f Frame) present() bool { return f.At != nil && !f.At.Past() && f.At.KnownAt == "" }

// keyed is the form with a key of its own, where a page has several.
func (f Form) keyed(of string) Form {
	f.Key += "-" + of
	return f
}
