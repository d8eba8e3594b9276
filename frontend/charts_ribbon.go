package frontend

import "github.com/followthrough/followthrough/models"

// ribbonFinding says in a sentence where an initiative stands, since when, and where it stood before.
func ribbonFinding(f Frame, r models.InitiativeRecord) string {
	status := f.T("status." + string(r.Status))
	if was := r.Before(); was != "" {
		return f.T("chart.ribbon_was", "status", status, "day", f.Date(r.Since), "was", f.T("status."+string(was)))
	}
	return f.T("chart.ribbon", "status", status, "day", f.Date(r.Since))
}

// ribbonSubtitle says of how many meetings a ribbon speaks and at how many of them somebody looked.
func ribbonSubtitle(f Frame, cells []models.Cell) string {
	meetings, reviewed := 0, 0
	for _, c := range cells {
		if c.Meeting == "" || c.Status == "" {
			continue
		}
		meetings++
		if c.Mark.Reviewed() {
			reviewed++
		}
	}
	return f.T("chart.ribbon_sub", "meetings", f.T("count.meetings", "n", meetings), "day", f.Date(f.Day()), "reviewed", f.T("chart.reviewed_at", "k", reviewed, "total", meetings))
}

// ribbonHow says how the status of a cell got there and on how much it rests.
func ribbonHow(f Frame, c models.Cell) []string {
	all := []string{f.T("mark." + string(c.Mark))}
	if c.Change != "" && c.Change != models.ChangeNone && c.Change != models.ChangeNew {
		all = append(all, f.T("change."+string(c.Change)))
	}
	if c.Evidence > 0 {
		all = append(all, f.T("count.evidence", "n", c.Evidence))
	}
	return all
}

// ribbonInWords says what a ribbon shows, meeting by meeting.
func ribbonInWords(f Frame, cells []models.Cell) string {
	all := make([]string, len(cells))
	for i, c := range cells {
		status := f.T("ribbon.none")
		if c.Status != "" {
			status = f.T("status." + string(c.Status))
		}
		all[i] = f.T("chart.at_meeting", "meeting", f.ribbonPlace(c), "status", status)
	}
	return f.List(all)
}
