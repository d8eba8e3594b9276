package store

import (
	"slices"

	"github.com/followthrough/followthrough/models"
)

// judgement is what a ribbon or a matrix needs of an update of a whole initiative.
type judgement struct {
	id       int64
	on       models.Date
	meeting  string // ref
	status   models.Status
	mark     models.Mark
	grade    models.Grade
	evidence int
}

// judgementsOf sorts the updates of whole initiatives by ref, oldest first, leaving out what was corrected.
func judgementsOf(updates []models.Update) map[string][]judgement {
	corrected := map[int64]bool{}
	for _, u := range updates {
		corrected[u.Replaces] = true
	}
	all := map[string][]judgement{}
	for _, u := range slices.Backward(updates) {
		if u.Country == "" && !corrected[u.ID] {
			all[u.Initiative] = append(all[u.Initiative], judgement{u.ID, u.EffectiveOn, u.Meeting, u.Status, u.Mark, u.Grade, len(u.Evidence)})
		}
	}
	return all
}

// judgements reads the same of the initiatives with those refs: one statement.
func (v *view) judgements(refs []any) (map[string][]judgement, error) {
	all := map[string][]judgement{}
	if len(refs) == 0 {
		return all, nil
	}
	err := each("read judgements", v.raw(`SELECT i.ref, u.id, u.effective_on, u.effective_precision, COALESCE(m.ref,''), u.status, u.mark, `+gradeSQL("u")+`,
		(SELECT COUNT(DISTINCT c.evidence_id) FROM citations c JOIN evidence e ON e.id = c.evidence_id WHERE c.update_id = u.id AND `+v.datedBy("e")+`)
		FROM updates u JOIN initiatives i ON i.id = u.initiative_id LEFT JOIN meetings m ON m.id = u.meeting_id
		WHERE i.ref IN (`+marks(len(refs))+`) AND u.country = '' AND u.published AND u.effective_on <= ?
		AND NOT EXISTS (SELECT 1 FROM updates r WHERE r.replaces_id = u.id AND r.published)
		ORDER BY u.effective_on, u.recorded_at, u.id`, append(append([]any{v.at.Until()}, refs...), v.at.Until())...), func(scan scanner) error {
		var ref, on, precision string
		var j judgement
		if err := scan(&ref, &j.id, &on, &precision, &j.meeting, &j.status, &j.mark, &j.grade, &j.evidence); err != nil {
			return err
		}
		j.on = date(on, precision)
		all[ref] = append(all[ref], j)
		return nil
	})
	return all, err
}

// held reports whether a meeting is over by the time of the view.
func (v *view) held(m meetingWord) bool {
	return !m.Ends.After(v.at.Today) && !(v.at.Past() && m.Ends.After(v.at.AsOf))
}

// ribbon lays the status of one initiative over meetings: those where it was taken up and those of the record's own
// forum since it began, or the ones given. A meeting where nobody looked says so.
func (v *view) ribbon(whole []judgement, meetings map[string]bool) []models.Cell {
	return v.ribbonOver(v.words.meetings, whole, meetings)
}

// ribbonOver lays a ribbon over some meetings, the first held first.
func (v *view) ribbonOver(some []meetingWord, whole []judgement, meetings map[string]bool) []models.Cell {
	cells := []models.Cell{}
	at := map[string]bool{}
	for _, j := range whole {
		at[j.meeting] = true
	}
	for _, m := range some {
		if (at[m.Slug] || meetings[m.Slug] || v.ownSince(m, whole)) && v.held(m) {
			cells = append(cells, cell(m, whole, cells))
		}
	}
	return append(cells, since(whole, cells)...)
}

// ownSince reports whether a meeting is one of the record's own forum after the first of some judgements.
func (v *view) ownSince(m meetingWord, whole []judgement) bool {
	return m.Forum == v.words.forums[0].ID && len(whole) > 0 && !whole[0].on.After(m.Ends)
}

// since is a last cell without a meeting, for a status that was set after the last meeting of the ribbon.
func since(whole []judgement, cells []models.Cell) []models.Cell {
	if len(whole) == 0 {
		return nil
	}
	last := whole[len(whole)-1]
	c := models.Cell{HeldOn: last.on, Status: last.status, Mark: last.mark, Evidence: last.evidence, Update: last.id, Grade: last.grade}
	if n := len(cells); n > 0 {
		if !last.on.After(cells[n-1].HeldOn) {
			return nil
		}
		c.Was = cells[n-1].Status
	}
	c.Change = models.Compare(c.Was, c.Status)
	return []models.Cell{c}
}

// cell finds the status after one meeting among the judgements, oldest first.
func cell(m meetingWord, whole []judgement, before []models.Cell) models.Cell {
	c := models.Cell{Meeting: m.Slug, Forum: m.ForumOf.Slug, ForumName: m.ForumOf.Text, City: m.Text, HeldOn: m.Ends, Mark: models.Carried}
	for _, j := range whole {
		if j.on.After(m.Ends) {
			break
		}
		c.Status, c.Update, c.Grade = j.status, j.id, j.grade
		if j.meeting == m.Slug {
			c.Mark, c.Evidence = j.mark, c.Evidence+j.evidence
		}
	}
	if c.Status == "" {
		c.Mark = ""
		return c
	}
	if len(before) > 0 {
		c.Was = before[len(before)-1].Status
	}
	c.Change = models.Compare(c.Was, c.Status)
	return c
}
