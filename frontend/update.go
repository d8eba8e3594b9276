package frontend

import (
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/followthrough/followthrough/models"
)

// newEvidence is how many empty rows the form has for evidence that is not in the record yet, and as many for what is tied
// to other initiatives.
const newEvidence = 2

// UpdateForm is the form of an update: what is judged, and what stands now.
type UpdateForm struct {
	Record   models.InitiativeRecord
	Meetings []models.MeetingBrief
	Evidence []models.Evidence // of the record, to choose from
	Today    models.Date
	Form     Form

	Before    string        // id of the update that stood when the form was opened
	Differing []Difference  // after somebody else changed the record: where the two differ
	Others    []HiddenField // what the two agree on
}

// Difference is a field on which two people differ.
type Difference struct {
	Name, Label          string
	Before, Theirs, Mine Side
	Chosen               string // side that is chosen beforehand, mine or theirs; empty where a person must choose
}

// Side is what a field says on one side: its value and how that reads.
type Side struct{ Value, Text string }

// HiddenField is a field that a form carries along.
type HiddenField struct{ Name, Value string }

// title is the title of the page: of an update, or of a correction.
func (p UpdateForm) title(f Frame) string {
	key := "update.title"
	if p.Form.Value("replaces") != "" {
		key = "update.correction_title"
	}
	return f.T(key, "title", f.Plain(p.Record.Title))
}

func (p UpdateForm) heading(f Frame) string {
	if p.Form.Value("replaces") != "" {
		return f.T("update.correction")
	}
	return f.T("update.heading")
}

// Begin fills an empty form: with today, or with the update that it corrects.
func (p *UpdateForm) Begin(country string, replaces int64) {
	v := p.Form.Values
	v.Set("country", country)
	v.Set("effective_on", p.Today.String())
	v.Set("reason", "event")
	p.Form.Version = strconv.FormatInt(p.Record.Version, 10)
	for i, e := range citable(p.Record) {
		v.Set(row(i, "stance"), e.Stance)
		v.Set(row(i, "grade"), string(max(e.Grade, models.MemberStatement)))
	}
	for _, u := range p.Record.Updates {
		if replaces != 0 && u.ID == replaces {
			p.fill(u)
			v.Set("replaces", strconv.FormatInt(replaces, 10))
			v.Set("reason", "correction")
		}
	}
	if u, ok := p.standing(v.Get("country")); ok {
		p.Before = strconv.FormatInt(u.ID, 10)
	}
}

// fill writes an update into the form.
func (p *UpdateForm) fill(u models.Update) {
	v := p.Form.Values
	for name, value := range map[string]string{"country": u.Country, "status": string(u.Status), "effective_on": u.EffectiveOn.String(), "meeting": u.Meeting, "note.en": u.Note.EN, "note.ja": u.Note.JA} {
		v.Set(name, value)
	}
	for i, e := range citable(p.Record) {
		for _, c := range u.Evidence {
			if c.Ref == e.Ref {
				v.Set(row(i, "ref"), c.Ref)
				v.Set(row(i, "stance"), c.Stance)
				v.Set(row(i, "grade"), string(c.Grade))
			}
		}
	}
}

// seated moves the rows of evidence of a form that was typed earlier to where the page has them now: the record may hold
// more evidence, in another order. What was new and is in the record by now is found by its address.
func (p *UpdateForm) seated(typed url.Values) url.Values {
	out, all, fresh, elsewhere := url.Values{}, citable(p.Record), 0, 0
	rows := map[string]string{} // number in the form to that on the page
	for _, name := range slices.Sorted(maps.Keys(typed)) {
		values := typed[name]
		n, field, found := strings.Cut(strings.TrimPrefix(name, "evidence."), ".")
		if !strings.HasPrefix(name, "evidence.") || !found {
			out[name] = values
			continue
		}
		if _, seen := rows[n]; !seen {
			ref, address := typed.Get("evidence."+n+".ref"), typed.Get("evidence."+n+".url")
			at := slices.IndexFunc(all, func(e models.Citation) bool { return ref != "" && e.Ref == ref || address != "" && e.URL == address })
			switch {
			case at >= 0:
				rows[n] = strconv.Itoa(at)
				out.Set(row(at, "ref"), all[at].Ref)
			case ref == "" && typed.Get("evidence."+n+".title")+address != "":
				rows[n] = strconv.Itoa(len(all) + fresh)
				fresh++
			case ref != "":
				rows[n] = strconv.Itoa(len(all) + newEvidence + elsewhere)
				elsewhere++
			default:
				rows[n] = ""
			}
		}
		if to := rows[n]; to != "" && (field == "stance" || field == "grade" || to >= "0" && !out.Has("evidence."+to+".ref")) {
			out["evidence."+to+"."+field] = values
		}
	}
	return out
}

// Standing is what stands of the whole initiative or of one part.
type Standing struct {
	Name   string
	Status models.Status
	Since  models.Date
}

// standings lists what stands: first of what the form is on, then of the rest.
func (p UpdateForm) standings(f Frame) []Standing {
	all := []Standing{{f.T("update.whole"), p.Record.Status, p.Record.Since}}
	for _, part := range p.Record.Parts {
		if !part.Applicable() {
			continue
		}
		s := Standing{f.Plain(part.CountryName) + " (" + part.Country + ")", part.Status, part.Since}
		if part.Country == p.Form.Value("country") {
			all = slices.Insert(all, 0, s)
		} else {
			all = append(all, s)
		}
	}
	return all
}

// elsewhere lists the evidence of the record that can be cited and is not tied to the initiative yet.
func (p UpdateForm) elsewhere() []models.Evidence {
	own := citable(p.Record)
	return slices.DeleteFunc(slices.Clone(p.Evidence), func(e models.Evidence) bool {
		return e.RetractedAt != "" || slices.ContainsFunc(own, func(c models.Citation) bool { return c.Ref == e.Ref })
	})
}

// standing returns the update of the initiative or part whose judgement stands.
func (p *UpdateForm) standing(country string) (models.Update, bool) {
	corrected := map[int64]bool{}
	for _, u := range p.Record.Updates {
		corrected[u.Replaces] = true
	}
	for _, u := range p.Record.Updates {
		if u.Country == country && !corrected[u.ID] {
			return u, true
		}
	}
	return models.Update{}, false
}

// Conflict lays what was typed beside what somebody else recorded meanwhile, field by field. before is the id of the
// update that stood when the form was opened.
func (p *UpdateForm) Conflict(before string, typed url.Values) {
	theirs, _ := p.standing(typed.Get("country"))
	var was models.Update
	for _, u := range p.Record.Updates {
		if strconv.FormatInt(u.ID, 10) == before {
			was = u
		}
	}
	fields := func(u models.Update) url.Values {
		return url.Values{"status": {string(u.Status)}, "effective_on": {u.EffectiveOn.String()}, "meeting": {u.Meeting}, "note.en": {u.Note.EN}, "note.ja": {u.Note.JA}}
	}
	p.Before, p.Form.Version = before, strconv.FormatInt(p.Record.Version, 10)
	p.lay(fields(was), fields(theirs), typed)
}

// lay finds the fields of theirs that were typed otherwise. What only one side has a field for is carried along.
func (p *UpdateForm) lay(before, theirs, typed url.Values) {
	for _, name := range slices.Sorted(maps.Keys(theirs)) {
		mine := typed.Get(name)
		if typed.Has("form.mine." + name) { // sent again without a choice
			mine = typed.Get("form.mine." + name)
		}
		if mine != theirs.Get(name) {
			p.Differing = append(p.Differing, Difference{Name: name, Before: Side{Value: before.Get(name)}, Theirs: Side{Value: theirs.Get(name)}, Mine: Side{Value: mine}})
		}
	}
	for _, name := range slices.Sorted(maps.Keys(typed)) {
		differs := slices.ContainsFunc(p.Differing, func(d Difference) bool { return d.Name == name })
		if differs || strings.HasPrefix(name, "form.") {
			continue
		}
		for _, value := range typed[name] {
			p.Others = append(p.Others, HiddenField{name, value})
		}
	}
}

// named gives the sides of a difference the words of the page.
func (p UpdateForm) named(f Frame) []Difference {
	all := slices.Clone(p.Differing)
	for i := range all {
		d := &all[i]
		d.Label = p.label(f, d.Name)
		for _, s := range []*Side{&d.Before, &d.Theirs, &d.Mine} {
			s.Text = s.Value
			switch {
			case s.Value == "":
				s.Text = f.T("update.nothing")
			case d.Name == "status" || strings.HasSuffix(d.Name, ".status"):
				s.Text = f.T("status." + s.Value)
			case d.Name == "meeting":
				s.Text = f.PlaceOf(s.Value)
			}
		}
	}
	return all
}

// label names a field of a difference: fields of a part by their country, those of evidence by their row.
func (p UpdateForm) label(f Frame, name string) string {
	first, rest, _ := strings.Cut(name, ".")
	n, rest, _ := strings.Cut(rest, ".")
	switch first {
	case "parts":
		return p.Form.Value("parts."+n+".country") + ": " + f.T("input."+rest)
	case "evidence":
		return f.T("update.evidence_row", "n", n)
	case "search_note":
		return f.T("update.search_note")
	}
	return f.T("input." + name)
}

// parts lists what the update can be on: the whole initiative, and each part that applies.
func (p UpdateForm) parts(f Frame) []Option {
	chosen := p.Form.Value("country")
	all := []Option{{Label: f.T("update.whole"), Selected: chosen == ""}}
	for _, part := range p.Record.Parts {
		if part.Applicable() {
			all = append(all, Option{Value: part.Country, Label: f.Plain(part.CountryName) + " (" + part.Country + ")", Selected: chosen == part.Country})
		}
	}
	return all
}

func (p UpdateForm) reasons(f Frame) []Option {
	var all []Option
	for _, r := range models.ReasonKinds {
		all = append(all, Option{Value: r, Label: f.T("reason." + r), Selected: p.Form.Value("reason") == r})
	}
	return all
}

func (p UpdateForm) meetings(f Frame) []Option {
	all := []Option{{Label: f.T("update.no_meeting"), Selected: p.Form.Value("meeting") == ""}}
	for _, m := range p.Meetings {
		all = append(all, Option{Value: m.Ref, Label: f.Place(m), Selected: p.Form.Value("meeting") == m.Ref})
	}
	return all
}

// notes lists the search notes on the initiative that the judgement can rest on.
func (p UpdateForm) notes(f Frame) []Option {
	all := []Option{{Label: f.T("update.new_note"), Selected: p.Form.Value("search_note.ref") == ""}}
	for _, n := range p.Record.SearchNotes {
		all = append(all, Option{Value: n.Ref, Label: f.Date(n.SearchedOn) + " · " + n.Ref, Selected: p.Form.Value("search_note.ref") == n.Ref})
	}
	return all
}

func (p UpdateForm) grades(f Frame, name string) []Option {
	var all []Option
	for _, g := range models.Grades[1:] {
		all = append(all, Option{Value: string(g), Label: f.T("grade." + string(g)), Selected: p.Form.Value(name) == string(g)})
	}
	return all
}

func (p UpdateForm) stances(f Frame, name string) []Option {
	var all []Option
	for _, s := range models.Stances {
		all = append(all, Option{Value: s, Label: f.T("stance." + s), Selected: p.Form.Value(name) == s})
	}
	return all
}

func (p UpdateForm) kinds(f Frame, name string) []Option {
	var all []Option
	for _, k := range models.EvidenceKinds {
		all = append(all, Option{Value: k, Label: f.T("evidence." + k), Selected: p.Form.Value(name) == k})
	}
	return all
}

// row names a field of a row of evidence.
func row(i int, field string) string { return fmt.Sprintf("evidence.%d.%s", i, field) }

// rest is what a status asks for, for the hint beside it.
func rest(f Frame, s models.Status) string {
	least, orNote := s.NeedsGrade()
	switch {
	case s == models.NoPublicAction:
		return f.T("update.rests_on_note")
	case s == models.NotAssessed:
		return ""
	case orNote:
		return f.T("update.rests_on_either", "grade", string(least))
	}
	if s.NeedsReason() {
		return f.T("update.rests_on_and_reason", "grade", string(least))
	}
	return f.T("update.rests_on", "grade", string(least))
}
