package frontend

import (
	"fmt"

	"github.com/a-h/templ"

	"github.com/followthrough/followthrough/models"
)

// Matrix is the page of initiatives over meetings or countries.
type Matrix struct {
	Filters
	*models.Matrix
	Title, Count string
	Order        string   // which end of the columns is the newest, where there are many
	Before       LeadPart // leads to the meetings before the first column, where some were left out
	Glyphs       bool     // cells show the glyph alone; the word is there for the ear and for print
	Heads        []MatrixHead
	Groups       []MatrixGroup
	Views        []Choice // meetings or countries
	Looks        []Choice // words or glyphs
}

// Choice is one of several views of a page.
type Choice struct {
	Text, URL string
	Current   bool
}

// MatrixHead is the head and the foot of a column.
type MatrixHead struct {
	Top, Bottom, URL string
	Whole            string // in one line
	Total, Reviewed  string
}

// MatrixGroup is the rows of one topic.
type MatrixGroup struct {
	Topic models.Text
	URL   string
	Rows  []MatrixRow
}

// MatrixRow is one initiative.
type MatrixRow struct {
	models.MatrixRow
	URL    string
	Cells  []MatrixCell
	Latest MatrixCell // the last one, which narrow screens show
	Before string     // what it was, in words
}

// MatrixCell is one cell with everything said.
type MatrixCell struct {
	models.MatrixCell
	URL   string
	Label string // whole sentence
	Place string // of the column, in one line
	Empty string // why there is no status
	Sign  string // how it got there, as a sign: ↑ ↓ → = ⋯ ¶
	How   string // the same in words
	Count string // pieces of evidence
}

// compactFrom is the number of columns from which cells are glyphs unless words are asked for.
const compactFrom = 9

// NewMatrix prepares the matrix.
func NewMatrix(f Frame, m *models.Matrix) templ.Component { return matrix(newMatrix(f, m)) }

func newMatrix(f Frame, m *models.Matrix) Matrix {
	delete(m.Facets, "forum") // stands beside the time
	p := Matrix{Filters: newFilters(f, m.Facets, facetOrder), Matrix: m, Title: f.T("matrix.over_" + m.By), Count: shownOf(f, len(m.Items), m.Total)}
	cells := f.Query.Get("cells")
	p.Glyphs = cells == "glyphs" || cells == "" && len(m.Columns) >= compactFrom
	for _, by := range []string{"meetings", "countries"} {
		value := by
		if by == "meetings" {
			value = "" // the default stays out of the address
		}
		p.Views = append(p.Views, Choice{f.T("matrix.by_" + by), f.Here("by", value), m.By == by})
	}
	for _, look := range []string{"words", "glyphs"} {
		p.Looks = append(p.Looks, Choice{f.T("matrix." + look), f.Here("cells", look), p.Glyphs == (look == "glyphs")})
	}
	if m.By == "meetings" && len(m.Columns) >= compactFrom {
		p.Order = f.T("matrix.order", "n", len(m.Columns)-1, "meeting", p.head(m.Columns[0]).Whole)
	}
	if m.Earlier > 0 {
		p.Before = LeadPart{Text: f.T("matrix.earlier", "n", m.Earlier), URL: f.Here("as_of", m.Columns[0].Key)}
	}
	for _, c := range m.Columns {
		p.Heads = append(p.Heads, p.head(c))
	}
	for _, r := range m.Items {
		if n := len(p.Groups); n == 0 || p.Groups[n-1].URL != f.To("/topics/"+r.Topic) {
			p.Groups = append(p.Groups, MatrixGroup{Topic: r.TopicName, URL: f.To("/topics/" + r.Topic)})
		}
		g := &p.Groups[len(p.Groups)-1]
		g.Rows = append(g.Rows, p.row(r))
	}
	return p
}

// head names a column and says how many of its cells have a status and how many of these were reviewed.
func (p *Matrix) head(c models.MatrixColumn) MatrixHead {
	h := MatrixHead{Total: p.T("count.initiatives", "n", c.Summary.Total), Reviewed: p.T("reviewed", "k", c.Summary.Reviewed, "total", c.Summary.Total)}
	switch {
	case c.Key == models.ColumnNow:
		h.Top, h.Bottom = p.T("matrix.now"), p.Date(p.Frame.At.Today)
		if p.Frame.At.Past() {
			h.Top, h.Bottom = p.T("matrix.then"), p.Date(p.Frame.At.AsOf)
		}
	case c.Key == models.ColumnAll:
		h.Top = p.T("matrix.all")
	case c.HeldOn.IsZero():
		h.Top, h.Bottom, h.URL = p.Plain(c.Label), c.Key, p.To("/countries/"+c.Key)
		h.Reviewed = p.T("matrix.action", "k", shows(c.Summary), "total", c.Summary.Total)
	default:
		place := p.Plain(c.Label)
		if place == "" {
			place = p.T("meeting.virtual", "forum", p.Plain(c.Forum))
		}
		h.Top, h.Bottom, h.URL = p.Month(c.HeldOn), place, p.To("/meetings/"+c.Key)
	}
	h.Whole = h.Top
	if h.Bottom != "" {
		h.Whole = p.T("meeting.place", "place", h.Bottom, "days", h.Top)
	}
	return h
}

// shows counts the cells whose country has announced something or more.
func shows(t models.Tally) int {
	n := 0
	for s, k := range t.Statuses {
		if s.ShowsAction() {
			n += k
		}
	}
	return n
}

func (p *Matrix) row(r models.MatrixRow) MatrixRow {
	row := MatrixRow{MatrixRow: r, URL: p.To("/initiatives/" + r.Ref)}
	for i, c := range r.Cells {
		row.Cells = append(row.Cells, p.cell(r, c, p.Heads[i].Whole))
	}
	if n := len(row.Cells); n > 0 {
		row.Latest = row.Cells[n-1]
		if p.By == "countries" {
			row.Latest = row.Cells[0]
		}
		if was := row.Latest.Was; was != "" && was != row.Latest.Status {
			row.Before = p.T("status.was", "status", p.T("status."+string(was)))
		}
	}
	return row
}

// got says in a sign and in words how a status of a cell got there.
func (f Frame) got(m models.Mark, c models.Change) (sign, how string) {
	sign = signs[m]
	if m != "" {
		how = f.T("mark.short_" + string(m))
	}
	if a := arrows[c]; a != "" {
		moved := f.T("change.short_" + string(c))
		if m == models.Carried { // it moved between the meetings, and nobody looked at this one
			return a + sign, f.T("matrix.moved_unseen", "change", moved)
		}
		return a, moved
	}
	return sign, how
}

// signs stand for how a status got there; the words stand beside them or are spoken.
var signs = map[models.Mark]string{models.Confirmed: "=", models.Carried: "⋯", models.Imported: "¶"}

var arrows = map[models.Change]string{models.ChangeForward: "↑", models.ChangeBack: "↓", models.ChangeOther: "→"}

func (p *Matrix) cell(r models.MatrixRow, c models.MatrixCell, place string) MatrixCell {
	out := MatrixCell{MatrixCell: c, Place: place, URL: p.To("/initiatives/"+r.Ref) + "#over-time"}
	switch {
	case c.Role != "":
		out.URL = p.To("/initiatives/"+r.Ref) + "#part-" + c.Column
	case c.Update != 0:
		out.URL = p.To("/initiatives/"+r.Ref) + fmt.Sprintf("#update-%d", c.Update)
	}
	if c.Status == "" {
		out.Empty = p.T("ribbon.none")
		if c.Role != "" {
			out.Empty = p.T("role.not_applicable")
		}
		out.Label = p.T("matrix.empty", "title", p.Plain(r.Title), "place", place, "why", out.Empty)
		return out
	}
	out.Sign, out.How = p.got(c.Mark, c.Change)
	if c.Evidence > 0 {
		out.Count = p.T("count.evidence", "n", c.Evidence)
	}
	out.Label = p.T("matrix.cell", "title", p.Plain(r.Title), "place", place, "status", p.T("status."+string(c.Status)), "how", out.said(p.Frame))
	return out
}

// said is how the status got there, on what evidence and what it was, for the name of a cell. It begins with the words
// that the cell shows, in their order, so that who speaks them to the computer reaches the cell (WCAG 2.5.3). The mark
// is said in full where its short word leaves open whether anybody looked.
func (c MatrixCell) said(f Frame) string {
	var all []string
	if c.How != "" {
		all = append(all, c.How)
	}
	all = append(all, f.T("count.evidence", "n", c.Evidence))
	if c.Was != "" && c.Was != c.Status {
		all = append(all, f.T("matrix.was", "status", f.T("status."+string(c.Was))))
	}
	if c.Mark == models.Imported || c.Mark == models.Confirmed {
		all = append(all, f.T("mark."+string(c.Mark)))
	}
	if c.Grade != "" {
		all = append(all, f.T("grade."+string(c.Grade)))
	}
	return f.List(all)
}

// Month names the month of a day.
func (f Frame) Month(d models.Date) string {
	month, err := models.ParseDate(d.Last()[:7])
	if err != nil { // a day always has its month
		month = d
	}
	return f.Date(month)
}
