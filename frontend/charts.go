package frontend

import (
	"net/url"
	"slices"
	"strconv"

	"github.com/followthrough/followthrough/frontend/charts"
	"github.com/followthrough/followthrough/models"
)

// px writes a length in user units.
func px(v float64) string { return strconv.FormatFloat(v, 'f', 2, 64) }

// parts orders a tally along the delivery scale.
func parts(t models.Tally) []charts.Part {
	all := make([]charts.Part, len(models.Statuses))
	for i, s := range models.Statuses {
		all[i] = charts.Part{Code: string(s), Count: t.Statuses[s]}
	}
	return all
}

// StatusBar is the one stacked bar of a page with everything that stands around it.
type StatusBar struct {
	ID       string
	Heading  string // id of the heading that the finding is; empty where a heading stands above the figure
	Finding  string // title: what the bar shows, in a sentence
	Subtitle string // unit, day and denominator
	Words    string // the same numbers in words, for who cannot see them
	Shares   []charts.Share
	Rows     []StatusRow
	CSV, SVG string
	Lifted   bool // on wide screens no number stands above the bar
	Raised   bool // on some screen one does
}

// StatusRow is one status of the bar.
type StatusRow struct {
	Status models.Status
	Count  int
	URL    string // of the initiatives behind the number
}

// Widths of a bar for which its numbers are placed: the least that a page gives it, and that of a whole column.
const (
	narrowBar = 300
	wideBar   = 560
)

// newStatusBar prepares the bar of a tally. day is what it is true of; svg the address of the page it stands on.
func newStatusBar(f Frame, id string, t models.Tally, day models.Date, link func(models.Status) string) StatusBar {
	b := StatusBar{ID: id, Finding: f.finding(t), Subtitle: f.T("chart.subtitle", "unit", f.T("count.initiatives", "n", t.Total), "day", f.Date(day), "reviewed", reviewed(f, t)), Words: tallyInWords(f, t), Shares: charts.Shares(parts(t))}
	for _, s := range models.Statuses {
		b.Rows = append(b.Rows, StatusRow{s, t.Statuses[s], link(s)})
	}
	b.Raised, b.Lifted = above(b.Shares, narrowBar), !above(b.Shares, wideBar)
	return b
}

// overviewBar is the bar of everything in the view.
func overviewBar(f Frame, t models.Tally) StatusBar {
	b := newStatusBar(f, "bar-all", t, f.Day(), func(s models.Status) string { return f.list("status", string(s)) })
	rows := f
	rows.Path = "/initiatives"
	b.Heading, b.CSV, b.SVG = "h-all", rows.As("csv"), f.Chart("/overview")
	return b
}

// topicBar is the bar of a topic and those below it.
func topicBar(f Frame, r models.TopicRecord) StatusBar {
	b := newStatusBar(f, "bar-topic", r.Summary, f.Day(), func(s models.Status) string { return f.list("topic", r.Slug, "status", string(s)) })
	own := f
	own.Path = "/topics/" + r.Slug
	b.Heading, b.CSV, b.SVG = "h-status", own.As("csv"), f.Chart(own.Path)
	return b
}

// meetingBar is the bar of everything at the end of a meeting.
func meetingBar(f Frame, r models.MeetingRecord) StatusBar {
	b := newStatusBar(f, "bar-after", r.Summary, r.EndsOn, func(s models.Status) string {
		return f.AtTime("/initiatives", "as_of", r.Ref, "status", string(s))
	})
	then := f
	then.Path, then.Query = "/initiatives", url.Values{"as_of": {r.Ref}}
	b.CSV, b.SVG = then.As("csv"), f.Chart("/meetings/"+r.Ref)
	return b
}

// topicsFinding says in a sentence what the bars of the topics show: where something moved, or where it came to
// anything.
func topicsFinding(f Frame, topics []models.Topic) string {
	moved, done, total := 0, 0, 0
	for _, t := range topics {
		if t.Summary.Total == 0 {
			continue
		}
		total++
		c, s := t.Summary.Changes, t.Summary.Statuses
		if c[models.ChangeForward]+c[models.ChangeBack]+c[models.ChangeNew]+c[models.ChangeOther] > 0 {
			moved++
		}
		if s[models.Delivered]+s[models.PartlyDelivered] > 0 {
			done++
		}
	}
	if !f.At.VS.IsZero() {
		return f.T("chart.topics_since", "meeting", sinceWhen(f), "k", moved, "total", total)
	}
	return f.T("chart.topics", "k", done, "total", total)
}

// keyed are the statuses that the thin bars of the topics show.
func keyed(topics []models.Topic) []models.Status {
	var all []models.Status
	for _, s := range models.Statuses {
		if slices.ContainsFunc(topics, func(t models.Topic) bool { return t.Summary.Statuses[s] > 0 }) {
			all = append(all, s)
		}
	}
	return all
}

// above reports whether a number stands above a bar of that width.
func above(shares []charts.Share, pixels float64) bool {
	return slices.ContainsFunc(charts.Labels(shares, pixels), func(l charts.Label) bool { return l.Above })
}

// along writes a place on a bar.
func along(v float64) string { return px(v) + "%" }

// numberWidth is how wide a number in a bar is.
func numberWidth(n int) float64 { return charts.Width(strconv.Itoa(n), 15, true) }

// under moves a place on a bar below the numbers that stand above it.
func (b StatusBar) under(y float64) string {
	if b.Raised {
		y += 24
	}
	return px(y)
}

// finding says in a sentence what a tally shows: the most frequent status, and what came of the rest.
func (f Frame) finding(t models.Tally) string {
	most := models.Statuses[0]
	for _, s := range models.Statuses {
		if t.Statuses[s] > t.Statuses[most] {
			most = s
		}
	}
	n := t.Statuses[most]
	if n == t.Total {
		return f.T("chart.alone", "lead", f.T("chart.all_"+string(most), "n", n))
	}
	lead := f.T("chart.lead_"+string(most), "n", n, "total", t.Total)
	var rest []string
	for _, s := range []models.Status{models.Delivered, models.Stalled, models.Dropped} {
		if k := t.Statuses[s]; k > 0 && s != most {
			rest = append(rest, f.T("chart.also_"+string(s), "n", k))
		}
	}
	switch {
	case len(rest) > 0:
		return f.T("chart.also", "lead", lead, "rest", f.List(rest))
	case most != models.Delivered:
		return f.T("chart.none", "lead", lead)
	}
	return f.T("chart.alone", "lead", lead)
}

// Day is the day that the view speaks of.
func (f Frame) Day() models.Date {
	if f.At.Past() {
		return f.At.AsOf
	}
	return f.At.Today
}

// chartParameters are those of a page that its picture takes as well.
var chartParameters = []string{"as_of", "vs", "known_at", "country", "delegate", "forum"}

// Chart returns the address of the picture of a page, with the language in it: it is shown in other documents.
func (f Frame) Chart(path string) string {
	q := url.Values{}
	for name, values := range f.query() {
		if slices.Contains(chartParameters, name) {
			q[name] = values
		}
	}
	return address("/"+string(f.Lang)+path+ChartPath+".svg", q)
}

// tallyInWords says what a bar shows: "2 under way, 1 announced".
func tallyInWords(f Frame, t models.Tally) string {
	var some []string
	for _, s := range models.Statuses {
		if n := t.Statuses[s]; n > 0 {
			some = append(some, f.T("count.status", "n", n, "status", f.T("status."+string(s))))
		}
	}
	if len(some) == 0 {
		return f.T("count.initiatives", "n", 0)
	}
	return f.List(some)
}

// ribbonPlace names the meeting of a cell briefly: the place and the month.
func (f Frame) ribbonPlace(c models.Cell) string {
	if c.Meeting == "" {
		return f.T("ribbon.latest", "day", f.Date(c.HeldOn))
	}
	month, err := models.ParseDate(c.HeldOn.Last()[:7])
	if err != nil { // a meeting always has its days
		month = c.HeldOn
	}
	place := f.Plain(c.City)
	if place == "" {
		place = f.Plain(c.ForumName)
	}
	return f.T("meeting.place", "place", place, "days", f.Date(month))
}

// changesInWords says what moved in a tally: "1 moved forward, 2 new", or that nothing did.
func changesInWords(f Frame, t models.Tally) string {
	var some []string
	for _, c := range []models.Change{models.ChangeForward, models.ChangeBack, models.ChangeNew, models.ChangeOther} {
		if n := t.Changes[c]; n > 0 {
			some = append(some, f.T("count.change_"+string(c), "n", n))
		}
	}
	if len(some) == 0 {
		return f.T("count.no_change")
	}
	return f.List(some)
}
