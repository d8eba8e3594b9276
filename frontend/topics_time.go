package frontend

import (
	"slices"
	"strings"

	"github.com/followthrough/followthrough/models"
)

// timeRow is an initiative of a topic over the meetings, a cell for each of them.
type timeRow struct {
	models.Initiative
	Cells []models.Cell
}

// overTime puts the ribbons of a topic under common meetings, the earliest first and what was set after them last. A cell
// of a meeting at which an initiative was not taken up has no status and no forum.
func overTime(r models.TopicRecord) (heads []models.Cell, rows []timeRow) {
	for _, cells := range r.Ribbons {
		for _, c := range cells {
			if !slices.ContainsFunc(heads, func(h models.Cell) bool { return h.Meeting == c.Meeting }) {
				heads = append(heads, c)
			}
		}
	}
	slices.SortFunc(heads, func(a, b models.Cell) int {
		switch {
		case a.Meeting == "":
			return 1
		case b.Meeting == "":
			return -1
		case a.HeldOn != b.HeldOn:
			return strings.Compare(a.HeldOn.String(), b.HeldOn.String())
		}
		return strings.Compare(a.Meeting, b.Meeting)
	})
	for _, i := range r.Initiatives {
		row := timeRow{Initiative: i, Cells: make([]models.Cell, len(heads))}
		for at, h := range heads {
			row.Cells[at].Meeting = h.Meeting
			for _, c := range r.Ribbons[i.Ref] {
				if c.Meeting == h.Meeting {
					row.Cells[at] = c
				}
			}
		}
		rows = append(rows, row)
	}
	return heads, rows
}

// columnName names a meeting, or what came after all of them, as the head of a column.
func (f Frame) columnName(c models.Cell) string {
	if c.Meeting == "" {
		return f.T("ribbon.since")
	}
	return f.ribbonPlace(c)
}
