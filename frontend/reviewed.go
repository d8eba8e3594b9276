package frontend

import "github.com/followthrough/followthrough/models"

// reviewed says how many of a total a person looked at; it stands beside every total. Positions are named, because
// they can have no delivery.
func reviewed(f Frame, t models.Tally) string {
	s := f.T("reviewed", "k", t.Reviewed, "total", t.Total)
	if t.NotTrackable > 0 {
		s += " · " + f.T("not_trackable", "n", t.NotTrackable)
	}
	return s
}
