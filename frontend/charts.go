package frontend

import (
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
