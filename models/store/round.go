package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"

	"github.com/followthrough/followthrough/models"
	"gorm.io/gorm"
)

// Rounds lists the meetings that were held, the latest first, each with its round; one that has none has no state.
func (s *Store) Rounds(ctx context.Context, actor models.Actor) ([]models.Round, error) {
	if !models.May(actor, models.PermitAssess) {
		return nil, forbidden()
	}
	all := []models.Round{}
	err := s.view(ctx, models.When{}, func(v *view) error {
		states := map[string]models.Round{}
		err := each("read the rounds", v.db.Raw(`SELECT m.ref, r.state, r.opened_at, r.published_at, (SELECT COUNT(*) FROM round_items ri WHERE ri.round_id = r.id AND ri.state <> 'draft')
			FROM rounds r JOIN meetings m ON m.id = r.meeting_id`), func(scan scanner) error {
			var ref string
			var r models.Round
			err := scan(&ref, &r.State, &r.OpenedAt, &r.PublishedAt, &r.Reviewed)
			states[ref] = r
			return err
		})
		for _, m := range v.at.Meetings {
			r := states[m.Ref]
			r.Meeting = m
			all = append(all, r)
		}
		return err
	})
	return all, err
}

// Round returns the round of a meeting with all its items.
func (s *Store) Round(ctx context.Context, actor models.Actor, meeting string) (*models.Round, error) {
	if !models.May(actor, models.PermitAssess) {
		return nil, forbidden()
	}
	var r *models.Round
	err := s.view(ctx, models.When{}, func(v *view) error {
		tx := &Tx{db: v.db, ids: map[string]int64{}}
		row, err := tx.round(meeting)
		if err != nil {
			return err
		}
		place, _ := v.at.Meeting(meeting)
		r = &models.Round{Meeting: place, Version: row.version, State: row.state, SecondPerson: row.second}
		err = scanRow(v.db.Raw(`SELECT r.opened_at, r.published_at, COALESCE(s.name, ''), COALESCE(p.name, '') FROM rounds r LEFT JOIN users s ON s.id = r.submitted_by
			LEFT JOIN users p ON p.id = r.published_by WHERE r.id = ?`, row.id), &r.OpenedAt, &r.PublishedAt, &r.SubmittedBy, &r.PublishedBy)
		if err != nil {
			return translate("read the round", err)
		}
		if r.Items, err = tx.items(row); err == nil {
			err = errors.Join(tx.compareParts(row, r.Items), tx.findLater(row, r.Items))
		}
		r.Total = len(r.Items)
		r.Reviewed = r.Total - len(r.Unreviewed())
		return err
	})
	return r, err
}

// items reads the initiatives of a round, by topic: those that existed at the end of the meeting and that no other has
// taken the place of.
func (tx *Tx) items(r roundRow) ([]models.RoundItem, error) {
	all := []models.RoundItem{}
	err := each("read the items", itemsOf(tx.db, r), func(scan scanner) error {
		i := models.RoundItem{State: models.ItemTodo, Parts: []string{}, Later: []string{}}
		var state, work string
		if err := scan(&i.Initiative, &i.Title.EN, &i.Title.JA, &i.Topic, &i.TopicName.EN, &i.TopicName.JA, &i.Status, &state, &work, &i.AuthorID, &i.Author, &i.BasedOn, &i.SavedAt, &i.Version); err != nil {
			return err
		}
		if state != "" {
			i.State = models.ItemState(state)
			if err := json.Unmarshal([]byte(work), &i.Work); err != nil {
				return err
			}
		}
		if i.State.Reviewed() {
			i.Becomes = i.Status
			if i.Work.Status != "" && i.State == models.ItemChanged {
				i.Becomes = i.Work.Status
			}
			for _, p := range i.Work.Parts {
				if p.Status != "" && i.State == models.ItemChanged {
					i.Parts = append(i.Parts, p.Country)
				}
			}
		}
		all = append(all, i)
		return nil
	})
	if errors.Is(err, sql.ErrNoRows) {
		return all, nil
	}
	return all, err
}

// compareParts finds the items whose judgements all have the status that stood before the round.
func (tx *Tx) compareParts(r roundRow, items []models.RoundItem) error {
	was := map[string]models.Status{}
	err := each("read the parts", tx.db.Raw(`SELECT i.ref, u.country, u.status FROM updates u JOIN initiatives i ON i.id = u.initiative_id
		JOIN round_items ri ON ri.initiative_id = u.initiative_id AND ri.round_id = ? AND ri.state = 'changed'
		WHERE u.country <> '' AND u.published AND u.effective_on <= ? AND COALESCE(u.round_id, 0) <> ?
		AND NOT EXISTS (SELECT 1 FROM updates x WHERE x.replaces_id = u.id AND x.published) ORDER BY u.effective_on, u.recorded_at, u.id`, r.id, r.place.EndsOn.Last(), r.id), func(scan scanner) error {
		var ref, country string
		var status models.Status
		err := scan(&ref, &country, &status)
		was[ref+"/"+country] = status
		return err
	})
	for n := range items {
		i := &items[n]
		i.SameStatus = i.State == models.ItemChanged && i.Becomes == i.Status
		for _, p := range i.Work.Parts {
			i.SameStatus = i.SameStatus && (p.Status == "" || p.Status == was[i.Initiative+"/"+p.Country] || p.Status == models.NotAssessed && was[i.Initiative+"/"+p.Country] == "")
		}
	}
	return err
}

// findLater names, under each judgement of a round, the evidence that was published later than the meeting; under one that
// was confirmed, that of the judgement before.
func (tx *Tx) findLater(r roundRow, items []models.RoundItem) error {
	published, before := map[string]models.Date{}, map[int64][]string{}
	refs, stood := []any{""}, []any{0} // never without a value
	for _, i := range items {
		for _, e := range i.Work.Evidence {
			refs = append(refs, e.Ref)
		}
		if i.State == models.ItemConfirmed {
			stood = append(stood, i.BasedOn)
		}
	}
	err := each("read the dates of evidence", tx.db.Raw(`SELECT e.ref, e.published_on, e.published_precision, 0 FROM evidence e WHERE e.ref IN (`+marks(len(refs))+`)
		UNION ALL SELECT e.ref, e.published_on, e.published_precision, c.update_id FROM citations c JOIN evidence e ON e.id = c.evidence_id
		WHERE e.retracted_at = '' AND c.update_id IN (`+marks(len(stood))+`) ORDER BY 1`, append(refs, stood...)...), func(scan scanner) error {
		var ref, on, precision string
		var update int64
		err := scan(&ref, &on, &precision, &update)
		if published[ref] = date(on, precision); update != 0 && published[ref].After(r.place.EndsOn) {
			before[update] = append(before[update], ref)
		}
		return err
	})
	for n := range items {
		i := &items[n]
		if i.State == models.ItemConfirmed {
			i.Later = append(i.Later, before[i.BasedOn]...)
		}
		for _, e := range i.Work.Evidence {
			on, name := e.PublishedOn, e.URL
			if e.Ref != "" {
				on, name = published[e.Ref], e.Ref
			}
			if on.After(r.place.EndsOn) {
				i.Later = append(i.Later, name)
			}
		}
	}
	return err
}

// Typed returns what was typed on an item of a round, and what was typed before that; empty while nobody has.
func (s *Store) Typed(ctx context.Context, actor models.Actor, meeting, ref string) (now, before string, err error) {
	if !models.May(actor, models.PermitAssess) {
		return "", "", forbidden()
	}
	err = scanRow(s.readers.WithContext(ctx).Raw(`SELECT ri.form, ri.before FROM round_items ri JOIN rounds r ON r.id = ri.round_id JOIN meetings m ON m.id = r.meeting_id
		JOIN initiatives i ON i.id = ri.initiative_id WHERE m.ref = ? AND i.ref = ?`, meeting, ref), &now, &before)
	if errors.Is(err, sql.ErrNoRows) {
		return "", "", nil
	}
	return now, before, translate("read what was typed", err)
}

func itemsOf(db *gorm.DB, r roundRow) *gorm.DB {
	ends := r.place.EndsOn.Last()
	return db.Raw(`SELECT i.ref, i.title_en, i.title_ja, t.slug, t.name_en, t.name_ja,
		COALESCE((SELECT u.status FROM updates u WHERE u.initiative_id = i.id AND u.country = '' AND u.published AND u.effective_on <= ? AND COALESCE(u.round_id, 0) <> ?
			AND NOT EXISTS (SELECT 1 FROM updates x WHERE x.replaces_id = u.id AND x.published) ORDER BY u.effective_on DESC, u.recorded_at DESC, u.id DESC LIMIT 1), 'not_assessed'),
		COALESCE(ri.state, ''), COALESCE(ri.work, ''), COALESCE(ri.author_id, 0), COALESCE(a.name, ''), COALESCE(ri.based_on, 0), COALESCE(ri.saved_at, ''), COALESCE(ri.version, 0)
		FROM initiatives i JOIN topics t ON t.id = i.topic_id LEFT JOIN round_items ri ON ri.initiative_id = i.id AND ri.round_id = ? LEFT JOIN users a ON a.id = ri.author_id
		WHERE i.begins_on <= ? AND i.removed_at = '' AND i.superseded_by_id IS NULL ORDER BY t.position, t.slug, i.ref`, ends, r.id, r.id, ends)
}
