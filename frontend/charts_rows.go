package frontend

import (
	"slices"
	"strconv"

	"github.com/a-h/templ"

	"github.com/followthrough/followthrough/frontend/charts"
	"github.com/followthrough/followthrough/models"
)

// TopicsChart is the picture of the thin bars of all topics, of one scale.
func TopicsChart(f Frame, topics []models.Topic) templ.Component {
	const (
		name, left = 250.0, 268.0 // width of the names, begin of the bars
		room       = 240.0        // of the longest bar at most
		row        = 18.0
	)
	var shown []models.Topic
	sum, most := models.Tally{Statuses: map[models.Status]int{}}, 0
	for _, t := range topics {
		if t.Summary.Total == 0 {
			continue
		}
		shown, most = append(shown, t), max(most, t.Summary.Total)
		if t.Depth > 0 { // counted above it
			continue
		}
		sum.Total, sum.Reviewed, sum.NotTrackable = sum.Total+t.Summary.Total, sum.Reviewed+t.Summary.Reviewed, sum.NotTrackable+t.Summary.NotTrackable
		for s, n := range t.Summary.Statuses {
			sum.Statuses[s] += n
		}
	}
	about := []string{f.T("nav.topics")}
	if len(shown) == 0 {
		return newPicture(f, about, f.T("empty.nothing_yet"), f.Date(f.Day()), "").finish()
	}
	bars, scale := charts.Longest(most, room), "chart.topics_sub"
	if !charts.Squares(most, room) {
		scale = "chart.topics_sub_bars"
	}
	p := newPicture(f, about, topicsFinding(f, topics), f.T(scale, "day", f.Date(f.Day()), "reviewed", reviewed(f, sum)), tallyInWords(f, sum))
	for _, t := range shown {
		in := 14 * float64(min(t.Depth, 4))
		lines := charts.Lines(f.Plain(t.Name), name-in, textSize, t.Depth == 0, 2)
		rows := len(lines)
		p.Rule(charts.Margin, p.Height, charts.Margin+p.Inner(), p.Height, 1, p.Theme.Line)
		base := p.Height + 22
		for i, l := range lines {
			p.Set(l, charts.Margin+in, base+float64(i)*row, textSize, t.Depth == 0, "start", p.Theme.Ink)
		}
		p.Units(parts(t.Summary), most, charts.Margin+left, p.Height+9, bars, 16)
		p.Set(strconv.Itoa(t.Summary.Total), charts.Margin+left+bars+28, base, textSize, true, "end", p.Theme.Ink)
		if !f.At.VS.IsZero() {
			at := left + bars + 40
			for i, l := range charts.Lines(changesInWords(f, t.Summary), p.Inner()-at, smallSize, false, 2) {
				p.Set(l, charts.Margin+at, base+float64(i)*row, smallSize, false, "start", p.Theme.Mute)
				rows = max(rows, i+1)
			}
		}
		p.Height += 34 + row*float64(max(rows, 1)-1)
	}
	p.key(sum)
	return p.finish()
}

// CountryChart is the picture of a country's own steps: one dot for each initiative in which it has a part.
func CountryChart(f Frame, r models.CountryRecord) templ.Component {
	const step, most = 24.0, 112
	about := []string{f.Plain(r.Name)}
	if r.Applicable == 0 {
		return newPicture(f, about, f.T("empty.nothing_yet"), f.Date(f.Day()), "").finish()
	}
	k, n, sub := r.Action, r.Applicable, "chart.country_sub"
	if n > most {
		k, n, sub = charts.Tenths(k, n), 10, "chart.country_sub_tenths"
	}
	words := f.T("chart.country", "country", f.Plain(r.Name), "k", r.Action, "n", r.Applicable)
	p := newPicture(f, about, words, f.T(sub, "day", f.Date(f.Day())), words)
	rows := (n + int(p.Inner()/step) - 1) / int(p.Inner()/step)
	row := (n + rows - 1) / rows
	for i := range n {
		p.Dot(charts.Margin+step/2+step*float64(i%row), p.Height+step/2+step*float64(i/row), 8, i < k)
	}
	p.Height += step*float64(rows) + 8
	said := []string{f.T("chart.acted", "k", r.Action), f.T("chart.not_acted", "k", r.Applicable-r.Action)}
	x := charts.Margin
	for i, s := range said {
		p.Dot(x+6, p.Height+15, 5, i == 0)
		p.Set(s, x+20, p.Height+20, textSize, false, "start", p.Theme.Ink)
		x += 20 + charts.Width(s, textSize, false) + 24
	}
	p.Height += 26
	if !f.At.VS.IsZero() {
		p.Write(charts.Lines(f.T("chart.country_was", "was", r.ActionWas, "meeting", sinceWhen(f)), p.Inner(), textSize, false, 2), textSize, 22, false, p.Theme.Mute)
	}
	return p.finish()
}

// InitiativeChart is the picture of the status over the meetings.
func InitiativeChart(f Frame, r models.InitiativeRecord) templ.Component {
	about := []string{r.Ref, f.Plain(r.Title)}
	if len(r.Ribbon) == 0 {
		return newPicture(f, about, f.T("empty.nothing_yet"), f.Date(f.Day()), "").finish()
	}
	p := newPicture(f, about, ribbonFinding(f, r), ribbonSubtitle(f, r.Ribbon), ribbonInWords(f, r.Ribbon))
	const most = 5 // cells in a row that leave room for their words
	rows := (len(r.Ribbon) + most - 1) / most
	row := (len(r.Ribbon) + rows - 1) / rows
	wide := p.Inner() / float64(max(row, 3))
	for i := 0; i < len(r.Ribbon); i += row {
		tall := 0.0
		for n, c := range r.Ribbon[i:min(i+row, len(r.Ribbon))] {
			tall = max(tall, p.cell(c, charts.Margin+wide*float64(n), wide-12))
		}
		p.Height += tall
	}
	p.Height -= 8
	return p.finish()
}

// cell draws the status after one meeting and returns how tall it is.
func (p *Picture) cell(c models.Cell, x, wide float64) float64 {
	y := p.Height
	write := func(s string, in float64, bold bool, colour string) {
		for _, l := range charts.Lines(s, wide-in, smallSize+1, bold, 4) {
			y += 17
			p.Set(l, x+in, y, smallSize+1, bold, "start", colour)
		}
	}
	if c.Status == "" {
		p.Rule(x, y+8, x+wide, y+8, 1, p.Theme.Line)
		y += 20
		write(p.ribbonPlace(c), 0, false, p.Theme.Mute)
		y += 6
		write(p.T("ribbon.none"), 0, false, p.Theme.Mute)
		return y - p.Height + 20
	}
	p.Fill(string(c.Status), x, y, wide, 16)
	y += 20
	write(p.ribbonPlace(c), 0, false, p.Theme.Mute)
	y += 6
	p.Mark(string(c.Status), x, y+5)
	write(p.T("status."+string(c.Status)), 19, true, p.Theme.Ink)
	y += 2
	for _, how := range ribbonHow(p.Frame, c) {
		write(how, 0, false, p.Theme.Mute)
	}
	return y - p.Height + 20
}

// dotsSubtitle says what the dots of a country's row on its page count.
func dotsSubtitle(p Country) string {
	if p.Applicable > charts.MaxDots {
		return p.T("chart.country_sub_tenths", "day", p.Date(p.Day()))
	}
	return p.T("chart.country_sub", "day", p.Date(p.Day()))
}

// hasInitiatives reports whether any topic has something to draw.
func hasInitiatives(topics []models.Topic) bool {
	return slices.ContainsFunc(topics, func(t models.Topic) bool { return t.Summary.Total > 0 })
}
