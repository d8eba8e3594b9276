package models

import (
	"fmt"
	"maps"
	"slices"
)

// MarkSteps lists what can be done to the marks of a draft.
var MarkSteps = []string{"accept", "reject", "adjust", "add", "accept_all", "reject_rest"}

// MarkStep is one decision on a suggested passage, or a mark that a person makes.
type MarkStep struct {
	Do        string     `json:"do" enum:"accept,reject,adjust,add,accept_all,reject_rest"`
	ID        int        `json:"id" description:"Number of the mark; 0 for a new one."`
	Row       int        `json:"row" description:"Number of the row that a new mark stands in, from 0."`
	Words     []MarkEdit `json:"words" description:"The words in each language that is marked."`
	Kind      string     `json:"kind"`
	Type      string     `json:"type" enum:"action,standing,position,assessment"`
	Strength  string     `json:"strength"`
	Verb      string     `json:"verb" description:"The words that bind."`
	Trackable bool       `json:"trackable"`
	Reason    Text       `json:"not_trackable_reason"`
}

// MatchStep is what becomes of an accepted mark, and which earlier commitments it follows.
type MatchStep struct {
	ID          int            `json:"id"`
	Track       string         `json:"track" enum:"continue,new,none"`
	Initiatives []string       `json:"initiatives" description:"Refs of the initiatives that it continues."`
	Initiative  *NewInitiative `json:"initiative" description:"The initiative to be made."`
	Earlier     []LineageLink  `json:"earlier" description:"The earlier commitments that it follows; empty when it is new."`
}

// MaxMarks is how many marks a statement can have.
const MaxMarks = 500

// KindOf is the kind of record that a type of suggestion becomes unless a person says otherwise.
func KindOf(suggested string) string {
	if suggested == "position" || suggested == "assessment" {
		return suggested
	}
	return "commitment"
}

// Mark makes one decision on the marks.
func (d *Draft) Mark(s MarkStep) error {
	d.Work = d.Work.clone()
	switch s.Do {
	case "accept_all", "reject_rest":
		state := MarkAccepted
		if s.Do == "reject_rest" {
			state = MarkRejected
		}
		for i := range d.Work.Marks {
			if d.Work.Marks[i].State == MarkSuggested {
				d.Work.Marks[i].State = state
			}
		}
		return nil
	case "add":
		if s.Row < 0 || s.Row >= len(d.Work.Rows) || d.Work.Rows[s.Row].Out {
			return Invalid(Field("row", "error.unknown_value", "value", s.Row))
		}
		if len(d.Work.Marks) >= MaxMarks {
			return Invalid(Field("words", "error.too_many", "max", MaxMarks))
		}
		m := DraftMark{ID: d.nextMark(), Words: map[Lang]Span{}}
		if err := d.adjust(&m, s, s.Row); err != nil {
			return err
		}
		d.Work.Marks = append(d.Work.Marks, m)
		d.SortMarks()
		return nil
	}
	i := slices.IndexFunc(d.Work.Marks, func(m DraftMark) bool { return m.ID == s.ID })
	if i < 0 {
		return Invalid(Field("id", "error.unknown_value", "value", s.ID))
	}
	m := &d.Work.Marks[i]
	switch s.Do {
	case "accept":
		m.State = MarkAccepted
	case "reject":
		m.State = MarkRejected
	case "adjust":
		m.Words = maps.Clone(m.Words)
		if err := d.adjust(m, s, d.RowOfMark(*m)); err != nil {
			return err
		}
		d.SortMarks()
	default:
		return Invalid(Field("do", "error.unknown_value", "value", s.Do))
	}
	return nil
}

// adjust takes over what a person says of a mark, which is then accepted.
func (d *Draft) adjust(m *DraftMark, s MarkStep, row int) error {
	var bad []FieldError
	if row < 0 {
		return Invalid(Field("row", "error.mark_torn"))
	}
	words := map[Lang]Span{}
	for i, w := range s.Words {
		switch _, twice := words[w.Lang]; {
		case blank(w.Exact):
			continue
		case d.Work.Rows[row].Cells[w.Lang].Empty():
			bad = append(bad, Field(fmt.Sprintf("words.%d.lang", i), "error.no_cell", "value", string(w.Lang)))
			continue
		case twice:
			bad = append(bad, Field(fmt.Sprintf("words.%d.lang", i), "error.given_twice"))
			continue
		}
		at, err := w.Find(d.Words(row, w.Lang))
		if err != nil {
			bad = append(bad, InvalidFields(Under(fmt.Sprintf("words.%d.", i), err))...)
			continue
		}
		from := d.Work.Rows[row].Cells[w.Lang].From
		words[w.Lang] = Span{at.From + from, at.To + from}
	}
	if len(words) == 0 && len(bad) == 0 {
		bad = append(bad, Field("words", "error.required"))
	}
	if s.Kind == "" {
		s.Kind = KindOf(s.Type)
	}
	bad = append(bad, oneOf("kind", s.Kind, Kinds)...)
	bad = append(bad, oneOf("type", s.Type, SuggestionTypes)...)
	bad = append(bad, oneOf("strength", s.Strength, Strengths)...)
	bad = append(bad, oneLine("verb", s.Verb)...)
	bad = append(bad, bothWritten("not_trackable_reason", s.Reason, MaxNote)...)
	if !s.Trackable && s.Reason.IsZero() {
		bad = append(bad, Field("not_trackable_reason", "error.required"))
	}
	if len(bad) > 0 {
		return Invalid(bad...)
	}
	m.State, m.Words, m.Kind, m.Type, m.Strength, m.Verb, m.Trackable, m.Reason = MarkAccepted, words, s.Kind, s.Type, s.Strength, s.Verb, s.Trackable, s.Reason
	return nil
}

func (d *Draft) nextMark() int {
	n := 0
	for _, m := range d.Work.Marks {
		n = max(n, m.ID)
	}
	return n + 1
}

// RowOfMark returns the row that holds all words of a mark; -1 when no row that stands does, because paragraphs were
// cut or left out since.
func (d Draft) RowOfMark(m DraftMark) int {
	row := -1
	for l, at := range m.Words {
		r := d.Work.RowOf(l, at)
		if r < 0 || row >= 0 && r != row || d.Work.Rows[r].Out {
			return -1
		}
		row = r
	}
	return row
}

// MarkRows returns the row of every mark by its number, as RowOfMark does, in one go for a long text.
func (d Draft) MarkRows() map[int]int {
	type cell struct {
		Span
		row int
	}
	cells := map[Lang][]cell{}
	for i, r := range d.Work.Rows {
		for l, at := range r.Cells {
			if !at.Empty() {
				cells[l] = append(cells[l], cell{at, i})
			}
		}
	}
	for _, all := range cells {
		slices.SortFunc(all, func(a, b cell) int { return a.From - b.From })
	}
	find := func(l Lang, at Span) int {
		n, found := slices.BinarySearchFunc(cells[l], at.From, func(c cell, from int) int { return c.From - from })
		if !found {
			n--
		}
		if n < 0 || !cells[l][n].Holds(at) {
			return -1
		}
		return cells[l][n].row
	}
	rows := make(map[int]int, len(d.Work.Marks))
	for _, m := range d.Work.Marks {
		row := -1
		for l, at := range m.Words {
			r := find(l, at)
			if r < 0 || row >= 0 && r != row || d.Work.Rows[r].Out {
				row = -1
				break
			}
			row = r
		}
		rows[m.ID] = row
	}
	return rows
}

// SortMarks brings the marks into the order of the text: by row, then by place in the first language.
func (d *Draft) SortMarks() {
	langs, rows := d.Langs(), d.MarkRows()
	place := func(m DraftMark) (int, int) {
		for i, l := range langs {
			if at, ok := m.Words[l]; ok {
				return i, at.From
			}
		}
		return len(langs), 0
	}
	slices.SortStableFunc(d.Work.Marks, func(a, b DraftMark) int {
		if ra, rb := rows[a.ID], rows[b.ID]; ra != rb {
			return ra - rb
		}
		la, pa := place(a)
		lb, pb := place(b)
		if la != lb {
			return la - lb
		}
		return pa - pb
	})
}

// Accepted lists the marks that become commitments.
func (d Draft) Accepted() []DraftMark {
	var all []DraftMark
	for _, m := range d.Work.Marks {
		if m.State == MarkAccepted {
			all = append(all, m)
		}
	}
	return all
}

// Undecided counts the suggestions that nobody has decided on.
func (d Draft) Undecided() int {
	n := 0
	for _, m := range d.Work.Marks {
		if m.State == MarkSuggested {
			n++
		}
	}
	return n
}

// Match says what becomes of an accepted mark. What is named in the record is checked by the store, also when something
// else is wrong already, so that the draft has the decision in any case and is thrown away with the error.
func (d *Draft) Match(s MatchStep) error {
	d.Work = d.Work.clone()
	i := slices.IndexFunc(d.Work.Marks, func(m DraftMark) bool { return m.ID == s.ID && m.State == MarkAccepted })
	if i < 0 {
		return Invalid(Field("id", "error.unknown_value", "value", s.ID))
	}
	bad := []FieldError{}
	switch {
	case s.Track == "":
		bad = append(bad, Field("track", "error.no_track"))
	case !slices.Contains(Tracks, s.Track):
		bad = oneOf("track", s.Track, Tracks)
	case s.Track == TrackContinue && len(s.Initiatives) == 0:
		bad = append(bad, Field("initiatives", "error.required"))
	case s.Track == TrackNew && s.Initiative == nil:
		bad = append(bad, Field("initiative", "error.required"))
	}
	bad = append(bad, once("initiatives", s.Initiatives)...)
	seen := map[string]bool{}
	for n, e := range s.Earlier {
		bad = append(bad, oneOf(fmt.Sprintf("earlier.%d.relation", n), e.Relation, EarlierRelations)...)
		if seen[e.Code] {
			bad = append(bad, Field(fmt.Sprintf("earlier.%d.code", n), "error.given_twice"))
		}
		seen[e.Code] = true
	}
	m := &d.Work.Marks[i]
	m.Track, m.Refs, m.Initiative, m.Earlier, m.Compared, m.With = s.Track, nil, nil, s.Earlier, true, d.EarlierFrom
	switch s.Track {
	case TrackContinue:
		m.Refs = s.Initiatives
	case TrackNew:
		m.Initiative = s.Initiative
	}
	return Invalid(bad...)
}
