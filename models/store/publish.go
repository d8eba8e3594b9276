package store

import (
	"context"
	"fmt"
	"slices"

	"github.com/followthrough/followthrough/models"
)

// published is what the audit has of a published round.
type published struct {
	Updates []updateDetail `json:"updates"`
	Carried []string       `json:"carried"` // initiatives that nobody reviewed; nothing of them changes
}

// Publish makes the judgements of a round public, all of them or none, and locks it. unreviewed is how many items the
// person was told would be carried; another number by now is stale. Where the forum wants a second person, that is
// somebody else than who handed it in.
func (s *Store) Publish(ctx context.Context, actor models.Actor, meeting string, unreviewed int) error {
	detail := &published{Updates: []updateDetail{}, Carried: []string{}}
	c := Change{Action: "round.publish", Object: "round:" + meeting, Detail: detail, Needs: models.PermitPublish}
	return s.Write(ctx, actor, c, func(tx *Tx) error {
		r, err := tx.round(meeting)
		if err != nil {
			return err
		}
		switch {
		case r.state.Public():
			return &models.Error{Kind: models.KindConflict, Key: "error.round_locked"}
		case r.second && r.state != models.RoundInReview:
			return &models.Error{Kind: models.KindConflict, Key: "error.hand_in_first"}
		case r.second && r.submitted == actor.ID:
			return &models.Error{Kind: models.KindForbidden, Key: "error.second_person"}
		}
		items, err := tx.items(r)
		if err != nil {
			return err
		}
		for _, item := range items {
			if !item.State.Reviewed() {
				detail.Carried = append(detail.Carried, item.Initiative)
			}
		}
		if len(detail.Carried) != unreviewed {
			return &models.Error{Kind: models.KindStale, Key: "error.round_moved"}
		}
		tx.roundID = &r.id
		for _, item := range items {
			if err := tx.publishItem(r, item, s.Today(), detail); err != nil {
				return fmt.Errorf("publish %s: %w", item.Initiative, err)
			}
		}
		return tx.exec("publish the round", "UPDATE rounds SET state = ?, published_at = ?, published_by = ?, version = version + 1 WHERE id = ?", models.RoundPublished, tx.at, tx.author(), r.id)
	})
}

// publishItem turns one reviewed item into its updates.
func (tx *Tx) publishItem(r roundRow, item models.RoundItem, today models.Date, detail *published) error {
	if !item.State.Reviewed() {
		return nil
	}
	i, err := tx.initiative(item.Initiative, anyVersion)
	if err != nil {
		return err
	}
	if err := tx.checkItem(i, r, item.Work, today); err != nil {
		return err
	}
	all := item.Work.Assessments(r.place)
	if _, judged := all[""]; !judged || item.State == models.ItemConfirmed {
		u, err := tx.confirmed(i, r)
		if err != nil {
			return err
		}
		if err := tx.appendTo(detail, i, u); err != nil {
			return err
		}
	}
	if item.State == models.ItemConfirmed {
		return nil
	}
	prefixes := make([]string, 0, len(all))
	for p := range all {
		prefixes = append(prefixes, p)
	}
	slices.Sort(prefixes)
	var note *models.NewSearchNote // added once, whatever rests on it
	for _, p := range prefixes {
		a := all[p]
		if a.SearchNote != nil && note != nil {
			a.SearchNote = note
		}
		u, err := tx.update(i, a)
		if err != nil {
			return err
		}
		if a.SearchNote != nil && note == nil {
			note = &models.NewSearchNote{Ref: tx.lastNote}
			if a.SearchNote.Ref != "" {
				note.Ref = a.SearchNote.Ref
			}
		}
		if err := tx.appendTo(detail, i, u); err != nil {
			return err
		}
	}
	return nil
}

func (tx *Tx) appendTo(detail *published, i versioned, u models.Update) error {
	var d updateDetail
	err := tx.append(i, u, &d)
	detail.Updates = append(detail.Updates, d)
	return err
}

// confirmed says at a meeting again what stood before it, on the same evidence: somebody looked and nothing changed.
func (tx *Tx) confirmed(i versioned, r roundRow) (models.Update, error) {
	u := models.Update{Initiative: i.ref, Status: models.NotAssessed, EffectiveOn: r.place.EndsOn, Meeting: r.place.Ref, Mark: models.Confirmed, ReasonKind: "event", Confidence: models.Verified}
	was, err := tx.standingAt(i, "", r)
	if err != nil || was == nil {
		return u, err
	}
	u.Status, u.Superseded, u.Evidence = was.Status, was.Superseded, was.Evidence
	if was.Status.NeedsReason() {
		u.Note = was.Note
	}
	return u, nil
}

// CorrectItem replaces, in a published round, what was judged on one initiative, with the reason. It is public at once
// and shows as a correction.
func (s *Store) CorrectItem(ctx context.Context, actor models.Actor, meeting, ref string, w models.RoundWork, receipt *models.Receipt) error {
	detail := &published{Updates: []updateDetail{}}
	c := Change{Action: "round.correct", Object: "round:" + meeting + "/" + ref, Detail: detail, Needs: models.PermitPublish, Receipt: receipt}
	return s.Write(ctx, actor, c, func(tx *Tx) error {
		r, err := tx.round(meeting)
		if err != nil {
			return err
		}
		if !r.state.Public() {
			return &models.Error{Kind: models.KindConflict, Key: "error.round_not_public"}
		}
		if w.Correction.IsZero() {
			return models.Invalid(models.Field("correction.en", "error.required"))
		}
		i, err := tx.initiative(ref, anyVersion)
		if err != nil {
			return err
		}
		w.Reason, w.Decision = "correction", models.DecideSave
		if err := tx.checkItem(i, r, w, s.Today()); err != nil {
			return err
		}
		tx.roundID = &r.id
		for _, a := range w.Assessments(r.place) {
			own, err := tx.standing("u.initiative_id = ? AND u.country = ? AND u.round_id = ?", i.id, a.Country, r.id)
			if err != nil {
				return err
			}
			if own != nil {
				a.Replaces = own.ID
			}
			u, err := tx.update(i, a)
			if err != nil {
				return err
			}
			u.Remark = w.Correction
			if err := tx.appendTo(detail, i, u); err != nil {
				return err
			}
		}
		return tx.exec("mark the round", "UPDATE rounds SET state = ?, version = version + 1 WHERE id = ?", models.RoundCorrected, r.id)
	})
}
