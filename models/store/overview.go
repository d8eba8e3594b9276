package store

import (
	"cmp"
	"context"
	"slices"

	"github.com/followthrough/followthrough/models"
)

// Rows of the short lists on the overview and on a topic's dashboard.
const (
	movedRows     = 12
	attentionRows = 6
	latestRows    = 12
	topicRows     = 60
)

// Overview returns the totals, what moved and where the trouble is, of the initiatives that match the filter.
func (s *Store) Overview(ctx context.Context, actor models.Actor, w models.When, f models.InitiativeFilter) (*models.Record[models.Overview], error) {
	var out *models.Record[models.Overview]
	err := s.view(ctx, w, func(v *view) error {
		conds, err := v.conditions(f)
		if err != nil {
			return err
		}
		var o models.Overview
		if o.Topics, o.Summary, err = v.topics(conds); err != nil {
			return err
		}
		top := o.Topics[:0:0]
		for _, t := range o.Topics {
			if t.Parent == "" {
				top = append(top, t)
			}
		}
		o.Topics = top
		if o.Countries, err = v.countries(conds); err != nil {
			return err
		}
		if o.Moved, err = v.moved(conds); err != nil {
			return err
		}
		trouble := []models.Status{models.Stalled, models.Dropped, models.NoPublicAction}
		if o.Attention, err = v.short(conds, models.InitiativeFilter{Statuses: trouble, Sort: models.SortRecent, Limit: attentionRows}); err != nil {
			return err
		}
		if o.Suggestions, err = v.suggestions(conds); err != nil {
			return err
		}
		if o.Latest, err = v.latest(conds); err != nil {
			return err
		}
		if o.Anchor, o.Compared, err = v.anchors(); err != nil {
			return err
		}
		if len(conds) == 0 {
			if o.Silence, err = v.silence(); err != nil {
				return err
			}
		}
		out = single(v, o)
		return nil
	})
	return out, err
}

// silence counts what the newest statement does not mention; nothing when it mentions everything.
func (v *view) silence() (*models.Silence, error) {
	var found *models.Silence
	err := each("count what is not mentioned", v.raw(`SELECT st.slug, m.ref, (SELECT COUNT(DISTINCT l.earlier_id) FROM lineage l WHERE l.statement_id = st.id AND l.relation = 'not_mentioned'),
		(SELECT COUNT(DISTINCT l.earlier_id) FROM lineage l WHERE l.statement_id = st.id)
		FROM statements st JOIN meetings m ON m.id = st.meeting_id WHERE m.ends_on <= ? ORDER BY m.ends_on DESC, st.slug LIMIT 1`, v.at.Until()), func(scan scanner) error {
		var s models.Silence
		if err := scan(&s.Statement, &s.Meeting, &s.NotMentioned, &s.Compared); err != nil || s.NotMentioned == 0 {
			return err
		}
		found = &s
		return nil
	})
	return found, err
}

// latest reads the last judgements on the initiatives that match.
func (v *view) latest(conds []condition) ([]models.Update, error) {
	m, err := v.match(conds)
	if err != nil || m.whole() {
		return v.updates(notReplaced, nil, latestRows)
	}
	newest, err := v.judged(m.census)
	if err != nil {
		return nil, err
	}
	var judged []int
	m.places().Iterate(func(at uint32) bool {
		if newest[at] != "" {
			judged = append(judged, int(at))
		}
		return true
	})
	slices.SortFunc(judged, func(a, b int) int { return cmp.Compare(newest[b], newest[a]) })
	// The last judgements are on those that were judged last, and on whatever was judged at the same moment.
	var ids []int64
	for n, at := range judged {
		if n >= latestRows && newest[at] != newest[judged[latestRows-1]] {
			break
		}
		ids = append(ids, m.lines[at].id)
	}
	some := v.amongIDs("u.initiative_id", ids)
	return v.updates(some.sql+" AND "+notReplaced, some.args, latestRows)
}

// judged returns, by the place of the line, the day and instant of the last judgement on each initiative or part of it;
// empty where there is none.
func (v *view) judged(c *census) ([]string, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.newest != nil {
		return c.newest, nil
	}
	newest := make([]string, len(c.lines))
	err := v.readNewest(c, newest, "", nil)
	if err == nil {
		c.newest = newest
	}
	return newest, err
}

// readNewest reads them of all initiatives, or of those that a condition on i names.
func (v *view) readNewest(c *census, newest []string, which string, args []any) error {
	return each("find the last judgements", v.raw("SELECT u.initiative_id, MAX(u.effective_on || u.recorded_at) FROM updates u JOIN initiatives i ON i.id = u.initiative_id WHERE u.published AND u.effective_on <= ? AND "+notReplaced+which+" GROUP BY u.initiative_id",
		append([]any{v.at.Until()}, args...)...), func(scan scanner) error {
		var id int64
		var at string
		err := scan(&id, &at)
		if place, ok := c.place[id]; ok {
			newest[place] = at
		}
		return err
	})
}

// suggestions reads the search notes that propose another status than stands.
func (v *view) suggestions(conds []condition) ([]models.SearchNote, error) {
	m, err := v.match(conds)
	if err != nil {
		return nil, err
	}
	places := m.places()
	all, err := v.searchNotes("n.suggested <> ''"+latestNotes, nil)
	return slices.DeleteFunc(all, func(n models.SearchNote) bool {
		at, ok := m.byRef(n.Initiative)
		return !ok || models.Statuses[m.lines[at].status] == n.Suggested || !places.ContainsInt(at)
	}), err
}

// moved lists what changed since the time compared with, the latest first.
func (v *view) moved(conds []condition) ([]models.Initiative, error) {
	if v.at.VS.IsZero() {
		return []models.Initiative{}, nil
	}
	moved := []models.Change{models.ChangeForward, models.ChangeBack, models.ChangeNew, models.ChangeOther}
	return v.short(conds, models.InitiativeFilter{Changes: moved, Sort: models.SortRecent, Limit: movedRows})
}

// short lists the first rows that match both the conditions and a further filter.
func (v *view) short(conds []condition, f models.InitiativeFilter) ([]models.Initiative, error) {
	more, err := v.conditions(f)
	if err != nil {
		return nil, err
	}
	items, _, err := v.initiatives(append(more, conds...), f)
	return items, err
}

// anchors returns the last meeting held by the time of the view and the meeting compared with.
func (v *view) anchors() (last, compared *models.Meeting, err error) {
	all, err := v.meetings("m.ref IN (?, ?)", []any{v.at.Anchor, v.at.VSMeeting}, 2)
	for i := range all {
		if all[i].Ref == v.at.Anchor {
			last = &all[i]
		}
		if all[i].Ref == v.at.VSMeeting {
			compared = &all[i]
		}
	}
	return last, compared, err
}
