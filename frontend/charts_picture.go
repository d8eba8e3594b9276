package frontend

import (
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"github.com/followthrough/followthrough/frontend/charts"
	"github.com/followthrough/followthrough/models"
)

// Picture is a chart that stands alone, to be shown in other documents: everything that its page says around it is
// in it.
type Picture struct {
	Frame
	*charts.Sheet
	Title string
	Words string // the numbers in words, for who cannot see them
}

// Sizes of the texts of a picture, and how far apart their lines are.
const (
	pictureWidth = 720
	titleSize    = 20
	textSize     = 14
	smallSize    = 12
)

// newPicture begins a picture with what it is about, what it shows and what it counts.
func newPicture(f Frame, about []string, title, subtitle, words string) *Picture {
	theme := charts.Light()
	if f.Query.Get("theme") == "dark" {
		theme = charts.Dark()
	}
	theme.Grey = f.Query.Get("grey") == "1"
	p := &Picture{Frame: f, Sheet: &charts.Sheet{Theme: theme, Width: pictureWidth, Height: charts.Margin}, Title: title, Words: words}
	p.Write(charts.Lines(p.about(about), p.Inner(), textSize, true, 2), textSize, 20, true, theme.Mute)
	p.Write(charts.Balanced(title, p.Inner(), titleSize, true, 3), titleSize, 28, true, theme.Ink)
	p.Write(charts.Balanced(subtitle, p.Inner(), textSize, false, 3), textSize, 20, false, theme.Mute)
	p.Height += 16
	return p
}

// about says what a picture speaks of and what it is narrowed to.
func (p *Picture) about(names []string) string {
	for _, ref := range p.query()["forum"] {
		for _, known := range p.At.Forums {
			if known.Ref == ref {
				ref = p.Plain(known.Title)
				break
			}
		}
		names = append(names, ref)
	}
	return strings.Join(slices.Concat(names, p.query()["country"], p.query()["delegate"]), " · ")
}

// finish ends a picture with where it comes from: an address that names its day, so that it can be checked later.
func (p *Picture) finish() templ.Component {
	page := p.Frame
	page.Path, page.Query = strings.TrimSuffix(p.Path, ChartPath), p.query()
	if page.Path == "/overview" {
		page.Path = "/"
	}
	for name := range page.Query {
		if !slices.Contains(chartParameters, name) {
			page.Query.Del(name)
		}
	}
	if page.Query.Get("as_of") == "" {
		page.Query.Set("as_of", p.At.Today.String())
	}
	p.Height += 20
	p.Rule(charts.Margin, p.Height, charts.Margin+p.Inner(), p.Height, 1, p.Theme.Line)
	p.Height += 8
	p.Write(charts.Lines(p.T("chart.source", "data", p.Data, "url", page.Permanent()), p.Inner(), smallSize, false, 4), smallSize, 17, false, p.Theme.Mute)
	p.Height += charts.Margin - 6
	return picture(*p)
}

// key names the statuses that are drawn, with glyph and number, as many in a line as fit.
func (p *Picture) key(t models.Tally) {
	const gap = 22.0
	glyph := 20.0
	if p.Theme.Grey { // a piece of the pattern comes first
		glyph = 40
	}
	p.Height += 30
	x := charts.Margin
	for _, s := range models.Statuses {
		n := t.Statuses[s]
		if n == 0 {
			continue
		}
		word, number := p.T("status."+string(s)), strconv.Itoa(n)
		wide := charts.Width(word+" ", textSize, false)
		if whole := glyph + wide + charts.Width(number, textSize, true); x > charts.Margin && x+whole > charts.Margin+p.Inner() {
			x = charts.Margin
			p.Height += 24
		}
		if p.Theme.Grey {
			p.Fill(string(s), x, p.Height-12, 15, 14)
		}
		p.Mark(string(s), x+glyph-20, p.Height-12)
		p.Set(word, x+glyph, p.Height, textSize, false, "start", p.Theme.Ink)
		p.Set(number, x+glyph+wide, p.Height, textSize, true, "start", p.Theme.Ink)
		x += glyph + wide + charts.Width(number, textSize, true) + gap
	}
	p.Height += 4
}

// bar is the picture of a stacked bar.
func bar(f Frame, about []string, t models.Tally, day models.Date) templ.Component {
	if t.Total == 0 {
		return newPicture(f, about, f.T("empty.nothing_yet"), f.Date(day), "").finish()
	}
	b := newStatusBar(f, "", t, day, func(models.Status) string { return "" })
	p := newPicture(f, about, b.Finding, b.Subtitle, b.Words)
	p.Bar(parts(t))
	p.key(t)
	return p.finish()
}

// OverviewChart is the picture of everything in the view.
func OverviewChart(f Frame, o models.Overview) templ.Component {
	about := []string{f.T("nav.overview")}
	if len(f.query()["forum"]) == 0 && len(f.At.Forums) > 1 {
		about = append(about, f.T("forum.all"))
	}
	return bar(f, about, o.Summary, f.Day())
}

// TopicChart is the picture of one topic and those below it.
func TopicChart(f Frame, r models.TopicRecord) templ.Component {
	return bar(f, []string{f.Plain(r.Name)}, r.Summary, f.Day())
}

// MeetingChart is the picture of everything at the end of a meeting.
func MeetingChart(f Frame, r models.MeetingRecord) templ.Component {
	about := []string{f.Plain(r.ForumName), f.T("chart.after", "meeting", placeOf(f, r.Meeting))}
	if planned(f, r.Meeting) {
		return newPicture(f, about, f.T("meeting.planned"), f.Date(f.Day()), "").finish()
	}
	return bar(f, about, r.Summary, r.EndsOn)
}

// fonts names the fonts of a picture: those of the style sheet, without its quotation marks. A picture cannot bring any.
func fonts(l models.Lang) string {
	const japanese = "Noto Sans JP, Hiragino Sans, BIZ UDPGothic, Yu Gothic UI, Meiryo, Noto Sans CJK JP, sans-serif"
	if l == models.Japanese {
		return japanese
	}
	return "system-ui, -apple-system, Segoe UI, Roboto, Noto Sans, Helvetica Neue, Arial, " + japanese
}
