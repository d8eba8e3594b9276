package frontend

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/a-h/templ"

	"github.com/followthrough/followthrough/models"
)

// chosenMark is the mark whose form stands on the page.
func (p ImportPage) chosenMark() (models.DraftMark, bool) {
	for _, m := range p.Draft.Accepted() {
		if m.ID == p.Mark {
			return m, true
		}
	}
	return models.DraftMark{}, false
}

// typed reports whether the form of the page came back with what was typed.
func (p ImportPage) typed() bool { return p.Form.Values.Has("choice") || p.Form.Values.Has("follows") }

// choice is what was chosen for the mark: as typed, or as it stands.
func (p ImportPage) choice(m models.DraftMark) string {
	switch {
	case p.typed():
		return p.Form.Value("choice")
	case m.Track == "" && len(p.Proposal.Initiatives) > 0 && p.veryAlike(p.Proposal.Initiatives[0]):
		return models.TrackContinue + " " + p.Proposal.Initiatives[0].Ref
	case m.Track == models.TrackContinue && len(m.Refs) > 0 && p.proposed(m.Refs[0]):
		return m.Track + " " + m.Refs[0]
	}
	return m.Track
}

// What a score means on the page: from veryAlike on a candidate is preselected, under lessAlike it is folded away.
const (
	veryAlike = 0.5
	lessAlike = 0.25
)

func (p ImportPage) veryAlike(c models.Candidate) bool { return c.Score >= veryAlike }

// preselected reports whether the page chose a candidate and nobody else has yet.
func (p ImportPage) preselected(m models.DraftMark, c models.Candidate) bool {
	if p.typed() || !p.veryAlike(c) {
		return false
	}
	first := func(all []models.Candidate) bool { return len(all) > 0 && all[0].Ref == c.Ref }
	return m.Track == "" && first(p.Proposal.Initiatives) || !p.Draft.Compared(m) && first(p.Proposal.Earlier)
}

// alikeFirst are the initiatives that the mark resembles, those that it resembles little apart; what is chosen is never
// among these.
func (p ImportPage) alikeFirst(m models.DraftMark) (more, less []models.Candidate) {
	for _, c := range p.Proposal.Initiatives {
		if c.Score < lessAlike && p.choice(m) != models.TrackContinue+" "+c.Ref {
			less = append(less, c)
		} else {
			more = append(more, c)
		}
	}
	return more, less
}

// proposed reports whether an initiative is among those that the mark resembles.
func (p ImportPage) proposed(ref string) bool {
	return slices.ContainsFunc(p.Proposal.Initiatives, func(c models.Candidate) bool { return c.Ref == ref })
}

// others are the initiatives that the mark continues beside the one that is chosen, with a row for one more.
func (p ImportPage) others(m models.DraftMark) []string {
	refs := m.Refs
	if p.typed() {
		refs = p.Form.Values["initiatives"]
	} else if p.choice(m) != m.Track && len(refs) > 0 {
		refs = refs[1:]
	}
	return append(slices.DeleteFunc(slices.Clone(refs), func(r string) bool { return r == "" }), "")
}

// initiativeOptions are all initiatives of the record.
func (p ImportPage) initiativeOptions(f Frame, chosen string) []Option {
	all := []Option{{Label: f.T("edit.none"), Selected: chosen == ""}}
	for _, i := range p.Initiatives {
		all = append(all, Option{Value: i.Ref, Label: f.Plain(i.Title) + " (" + i.Ref + ")", Selected: i.Ref == chosen})
	}
	return all
}

// statusOf is how an initiative stands.
func (p ImportPage) statusOf(ref string) models.Status {
	for _, i := range p.Initiatives {
		if i.Ref == ref {
			return i.Status
		}
	}
	return models.NotAssessed
}

// newValue is what a field of the new initiative holds: as typed, as it stands, or as the words of the mark suggest.
func (p ImportPage) newValue(f Frame, m models.DraftMark, name string) string {
	if p.typed() {
		return p.Form.Value("initiative." + name)
	}
	n := models.NewInitiative{Kind: "initiative", Standing: m.Type == "standing"}
	if m.Initiative != nil {
		n = *m.Initiative
	}
	switch name {
	case "ref":
		if n.Ref == "" {
			return p.suggestedRef(m)
		}
		return n.Ref
	case "title.en":
		return n.Title.EN
	case "title.ja":
		return n.Title.JA
	case "topic":
		return n.Topic
	case "kind":
		return n.Kind
	case "due_on":
		return n.DueOn.String()
	}
	return map[bool]string{true: "on"}[n.Standing]
}

// maxRefWords is how many words of a passage a suggested reference takes.
const maxRefWords = 3

// suggestedRef makes a reference of the forum and the first words of the mark that say something: long ones, which are
// no verb of a promise.
func (p ImportPage) suggestedRef(m models.DraftMark) string {
	words := []string{strings.ToUpper(p.Draft.Facts.Forum)}
	said := p.wordsOf(m, models.English)
	said = strings.Replace(said, m.Verb, "", 1)
	for w := range strings.FieldsFuncSeq(said, func(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsDigit(c) || c > unicode.MaxASCII }) {
		if len(w) > 4 && len(words) <= maxRefWords {
			words = append(words, strings.ToUpper(w))
		}
	}
	if len(words) == 1 {
		words = append(words, "P"+strconv.Itoa(p.Draft.RowOfMark(m)), strconv.Itoa(m.ID))
	}
	return strings.Trim(strings.Join(words, "-"), "-")
}

// newForm is the form with the values of the new initiative.
func (p ImportPage) newForm(f Frame, m models.DraftMark) Form {
	form := p.Form
	form.Values = map[string][]string{}
	for _, name := range []string{"ref", "title.en", "title.ja", "topic", "kind", "standing", "due_on"} {
		form.Values.Set("initiative."+name, p.newValue(f, m, name))
	}
	return form
}

// newFields are the fields of an initiative that is made of a commitment.
func (p ImportPage) newFields(f Frame, m models.DraftMark) [][]Field {
	field := func(name string) Field { return Field{Name: "initiative." + name, Label: f.T("edit." + name)} }
	chosen := func(name string) string { return p.newValue(f, m, name) }
	ref, en, ja, topic, kind, standing, due := field("ref"), field("title.en"), field("title.ja"), field("topic"), field("kind"), field("standing"), field("due_on")
	ref.Hint = f.T("edit.initiative_ref_hint")
	en.Lang, ja.Lang = models.English, models.Japanese
	topic.Options = []Option{{Label: f.T("edit.none"), Selected: chosen("topic") == ""}}
	for i, t := range p.Choices.Topics {
		topic.Options = append(topic.Options, Option{Value: t.Ref, Label: strings.Repeat("\u2003", p.Choices.Depths[i]) + f.Plain(t.Title), Selected: chosen("topic") == t.Ref})
	}
	for _, k := range models.Kinds {
		kind.Options = append(kind.Options, Option{Value: k, Label: f.T("kind." + k), Selected: chosen("kind") == k})
	}
	on := chosen("standing") != ""
	standing.Options = []Option{{Label: f.T("edit.no"), Selected: !on}, {Value: "on", Label: f.T("edit.yes"), Selected: on}}
	due.Hint = f.T("edit.due_on_hint")
	if m.Due != "" { // what it is in days, a person reads
		due.Hint = f.T("import.due_words", "words", m.Due) + " " + due.Hint
	}
	return [][]Field{{en, ja}, {ref, topic}, {kind, standing}, {due}}
}

// EarlierChoice is a commitment of the previous statement that the mark may follow.
type EarlierChoice struct {
	models.Commitment
	Row       int // of the form
	Candidate *models.Candidate
	Chosen    bool
	Relation  string
}

// earlier are the commitments of the previous statement: those that the mark resembles first, the likeliest at the top,
// those that it resembles little apart.
func (p ImportPage) earlier(m models.DraftMark) (likely, less, rest []EarlierChoice) {
	for i, c := range p.Draft.Earlier {
		e := EarlierChoice{Commitment: c, Row: i, Relation: "reaffirmed"}
		for n := range p.Proposal.Earlier {
			if p.Proposal.Earlier[n].Ref == c.Code {
				e.Candidate = &p.Proposal.Earlier[n]
				e.Relation = e.Candidate.Relation
			}
		}
		if e.Candidate != nil && p.Proposal.Earlier[0].Ref == c.Code && !p.typed() && !p.Draft.Compared(m) {
			e.Chosen = p.veryAlike(*e.Candidate)
		}
		for _, l := range m.Earlier {
			if l.Code == c.Code && !p.typed() {
				e.Chosen, e.Relation = true, l.Relation
			}
		}
		if p.typed() {
			e.Chosen, e.Relation = p.Form.Value(rowField("earlier", i, "code")) != "", p.Form.Value(rowField("earlier", i, "relation"))
		}
		switch {
		case e.Chosen || e.Candidate != nil && e.Candidate.Score >= lessAlike:
			likely = append(likely, e)
		case e.Candidate != nil:
			less = append(less, e)
		default:
			rest = append(rest, e)
		}
	}
	score := func(e EarlierChoice) float64 {
		if e.Candidate == nil {
			return 0
		}
		return e.Candidate.Score
	}
	for _, list := range [][]EarlierChoice{likely, less} {
		slices.SortStableFunc(list, func(a, b EarlierChoice) int { return cmp.Compare(score(b), score(a)) })
	}
	return likely, less, rest
}

// follows is whether the mark is new or follows something: as typed, or as it stands.
func (p ImportPage) follows(m models.DraftMark) string {
	switch {
	case p.typed():
		return p.Form.Value("follows")
	case !p.Draft.Compared(m) && len(p.Proposal.Earlier) > 0 && p.veryAlike(p.Proposal.Earlier[0]):
		return "earlier"
	case !p.Draft.Compared(m):
		return ""
	case len(m.Earlier) > 0:
		return "earlier"
	}
	return "new"
}

func relationOptions(f Frame, chosen string) []Option {
	var all []Option
	for _, r := range models.EarlierRelations {
		all = append(all, Option{Value: r, Label: f.T("lineage." + r), Selected: r == chosen})
	}
	return all
}

// left are the commitments of the previous statement that no mark follows.
func (p ImportPage) left() []models.Commitment {
	return slices.DeleteFunc(slices.Clone(p.Draft.Earlier), func(c models.Commitment) bool {
		return slices.ContainsFunc(p.Draft.Accepted(), func(m models.DraftMark) bool {
			return slices.ContainsFunc(m.Earlier, func(l models.LineageLink) bool { return l.Code == c.Code })
		})
	})
}

// wordsIn is the wording of a commitment in the language of the page, or in the first that it has.
func wordsIn(f Frame, c models.Commitment) (models.Lang, string) {
	for _, l := range []models.Lang{f.Lang, f.Lang.Other()} {
		if w := c.Words[l]; w.Exact != "" {
			return l, w.Exact
		}
	}
	for l, w := range c.Words {
		return l, w.Exact
	}
	return f.Lang, ""
}

// decided says in words what becomes of a mark.
func decided(f Frame, d models.Draft, m models.DraftMark) string {
	if !matched(d, m) {
		return f.T("import.not_matched")
	}
	switch m.Track {
	case models.TrackContinue:
		return f.T("import.continues", "refs", f.List(m.Refs))
	case models.TrackNew:
		return f.T("import.makes", "ref", m.Initiative.Ref)
	}
	return f.T("import.track_none")
}

// matchedCount says how far the step is.
func (p ImportPage) matchedCount(f Frame) string {
	n := 0
	for _, m := range p.Draft.Accepted() {
		if matched(p.Draft, m) {
			n++
		}
	}
	if n == 0 && len(p.Draft.Accepted()) > 0 {
		return f.T("import.matched_none", "n", len(p.Draft.Accepted()))
	}
	return f.T("import.matched_count", "n", n, "total", len(p.Draft.Accepted()))
}

// highlight cuts a wording where words stand that the mark has as well.
func highlight(words string, shared []string) []Run {
	type place struct{ from, to int }
	var places []place
	lower := strings.ToLower(words)
	if len(lower) != len(words) { // folding moved the letters
		lower = words
	}
	for _, s := range shared {
		s = strings.ToLower(s)
		for at := 0; s != ""; {
			i := strings.Index(lower[at:], s)
			if i < 0 {
				break
			}
			places = append(places, place{at + i, at + i + len(s)})
			at += i + len(s)
		}
	}
	slices.SortFunc(places, func(a, b place) int { return a.from - b.from })
	var out []Run
	at := 0
	for _, s := range places {
		if s.to <= at {
			continue
		}
		if s.from > at {
			out = append(out, Run{Text: words[at:s.from]})
		}
		from := max(s.from, at)
		out = append(out, Run{Text: words[from:s.to], Codes: "shared"})
		at = s.to
	}
	if at < len(words) {
		out = append(out, Run{Text: words[at:]})
	}
	return out
}

// percent writes a share as a whole number.
func percent(score float64) int { return int(score*100 + .5) }

// sharedWords is the wording of a candidate, with the words strong that the mark has as well.
func sharedWords(c models.Candidate) templ.Component {
	var parts []string
	for _, r := range highlight(c.Words, c.Shared) {
		text := shown(r.Text, false)
		if r.Codes != "" {
			text = "<strong>" + text + "</strong>"
		}
		parts = append(parts, text)
	}
	return verbatim(parts)
}
