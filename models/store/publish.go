package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/followthrough/followthrough/models"
)

// published is what the audit has of a published round.
type published struct {
	Updates []updateDetail `json:"updates"`
	Carried []string       `json:"carried"` // initiatives that nobody reviewed; nothing of them changes
}

// Publish makes the judgements of a round public, all of them or none, and locks it. unreviewed is how many items the
// person was told would be carried and version that of the round that the person saw, 0 for any; others by now are stale. Where the forum wants a second person, that is
// somebody else than who handed it in.
func (s *Store) Publish(ctx context.Context, actor models.Actor, meeting string, unreviewed int, version int64) error {
	detail := &published{Updates: []updateDetail{}, Carried: []string{}}
	c := Change{Action: "round.publish", Object: "round:" + meeting, Detail: detail, Needs: models.PermitPublish, Narrow: true}
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
		if len(detail.Carried) != unreviewed || version != 0 && version != r.version {
			return &models.Error{Kind: models.KindStale, Key: "error.round_moved"}
		}
		tx.roundID = &r.id
		if err := tx.exec("leave out what was removed", "DELETE FROM round_items WHERE round_id = ? AND initiative_id IN (SELECT id FROM initiatives WHERE removed_at <> '')", r.id); err != nil {
			return err // a restored initiative was not reviewed
		}
		for _, item := range items {
			tx.decided = &models.Actor{ID: item.AuthorID, Name: item.Author}
			if err := tx.publishItem(r, item, s.Today(), detail); err != nil {
				return fmt.Errorf("publish %s: %w", item.Initiative, err)
			}
		}
		tx.decided = nil
		return tx.exec("publish the round", "UPDATE rounds SET state = ?, published_at = ?, published_by = ?, version = version + 1 WHERE id = ?", models.RoundPublished, tx.at, tx.author(), r.id)
	})
}

// publishItem turns one reviewed item into its updates. One that was confirmed is stale when something else stands.
func (tx *Tx) publishItem(r roundRow, item models.RoundItem, today models.Date, detail *published) error {
	if !item.State.Reviewed() {
		return nil
	}
	i, err := tx.initiative(item.Initiative, anyVersion)
	if err != nil {
		return err
	}
	was, err := tx.standingAt(i, "", r)
	if err != nil {
		return err
	}
	if item.State == models.ItemConfirmed && was != nil && was.ID != item.BasedOn {
		return &models.Error{Kind: models.KindStale, Key: "error.item_moved", Args: map[string]any{"ref": i.ref}}
	}
	made, err := tx.decide(i, r, item.Work, today)
	detail.Updates = append(detail.Updates, made...)
	return err
}

// decide makes the updates of what is decided on one initiative: its judgements, and where the whole is not judged that
// it stands as before.
func (tx *Tx) decide(i versioned, r roundRow, w models.RoundWork, today models.Date) ([]updateDetail, error) {
	var made []updateDetail
	add := func(u models.Update) error {
		var d updateDetail
		err := tx.append(i, u, &d)
		made = append(made, d)
		return err
	}
	if w.Decision != models.DecideConfirm {
		if err := w.Check(r.place, today); err != nil {
			return nil, err
		}
	}
	all := w.Assessments(r.place)
	if _, judged := all[""]; !judged || w.Decision == models.DecideConfirm {
		u, err := tx.confirmed(i, r)
		if err == nil {
			err = add(u)
		}
		if err != nil || w.Decision == models.DecideConfirm {
			return made, err
		}
	}
	var note *models.NewSearchNote // added once, whatever rests on it
	for _, prefix := range slices.Sorted(maps.Keys(all)) {
		a := all[prefix]
		if note != nil {
			a.SearchNote = note
		}
		u, err := tx.update(i, a)
		if err != nil {
			return made, under(prefix, err)
		}
		if a.SearchNote != nil {
			note = &models.NewSearchNote{Ref: u.SearchNote}
		}
		if err := add(u); err != nil {
			return made, err
		}
	}
	return made, nil
}

// under gives the fields of a part the prefix that they have in the work of a round.
func under(prefix string, err error) error {
	var known *models.Error
	if prefix != "" && errors.As(err, &known) {
		for n, f := range known.Fields {
			if f.Field == "country" || f.Field == "status" {
				known.Fields[n].Field = prefix + f.Field
			}
		}
	}
	return err
}

// confirmed says at a meeting again what stood before it, on the same evidence: somebody looked and nothing changed.
func (tx *Tx) confirmed(i versioned, r roundRow) (models.Update, error) {
	u := models.Update{Initiative: i.ref, Status: models.NotAssessed, EffectiveOn: r.place.EndsOn, Meeting: r.place.Ref, Mark: models.Confirmed, ReasonKind: "event", Confidence: models.Unsourced}
	was, err := tx.standingAt(i, "", r)
	if err != nil || was == nil {
		return u, err
	}
	was.Evidence = slices.DeleteFunc(was.Evidence, func(c models.Citation) bool { return c.RetractedAt != "" }) // struck out
	least, orNote := was.Status.NeedsGrade()
	if !orNote && was.BestGrade() < least {
		return u, models.Invalid(models.Field("evidence", "error.needs_evidence", "grade", string(least)))
	}
	u.Status, u.Superseded, u.Evidence, u.SearchNote, u.Note = was.Status, was.Superseded, was.Evidence, was.SearchNote, was.Note
	return u, nil
}

// CorrectItem replaces, in a published round, what was judged on one initiative, with the reason. version is that of the
// initiative's record, form what was typed. It is public at once and shows as a correction.
func (s *Store) CorrectItem(ctx context.Context, actor models.Actor, meeting, ref string, version int64, w models.RoundWork, form string, receipt *models.Receipt) error {
	detail := &published{Updates: []updateDetail{}}
	c := Change{Action: "round.correct", Object: "round:" + meeting + "/" + ref, Detail: detail, Needs: models.PermitPublish, Receipt: receipt, Narrow: true}
	return s.Write(ctx, actor, c, func(tx *Tx) error {
		r, err := tx.round(meeting)
		if err != nil {
			return err
		}
		if !r.state.Public() {
			return &models.Error{Kind: models.KindConflict, Key: "error.round_not_public"}
		}
		i, err := tx.initiative(ref, version)
		if err == nil {
			err = tx.member(i, r)
		}
		if err != nil {
			return err
		}
		if w.Correction.IsZero() {
			return models.Invalid(models.Field("correction.en", "error.required"))
		}
		if w.Decision != models.DecideSave {
			return models.Invalid(models.Field("decision", "error.unknown_value", "value", w.Decision))
		}
		tx.roundID, w.Reason = &r.id, "correction"
		if err := w.Check(r.place, s.Today()); err != nil {
			return err
		}
		if detail.Updates, err = tx.correct(i, r, w); err != nil {
			return err
		}
		if err := tx.corrected(r, i, w, form); err != nil {
			return err
		}
		return tx.exec("mark the round", "UPDATE rounds SET state = ?, version = version + 1 WHERE id = ?", models.RoundCorrected, r.id)
	})
}

// corrected keeps the item as it was corrected, for whoever corrects it again.
func (tx *Tx) corrected(r roundRow, i versioned, w models.RoundWork, form string) error {
	work, err := json.Marshal(w)
	if err != nil {
		return wrap("encode the item", err)
	}
	var version int64
	if err := scanRow(tx.db.Raw("SELECT COALESCE(MAX(version), 0) FROM round_items WHERE round_id = ? AND initiative_id = ?", r.id, i.id), &version); err != nil {
		return translate("read the item", err)
	}
	return tx.putItem(r, i, version, models.ItemChanged, 0, string(work), form)
}

// correct makes the updates that replace those of the round.
func (tx *Tx) correct(i versioned, r roundRow, w models.RoundWork) ([]updateDetail, error) {
	made := []updateDetail{}
	all := w.Assessments(r.place)
	var note *models.NewSearchNote // added once, whatever rests on it
	for _, prefix := range slices.Sorted(maps.Keys(all)) {
		a := all[prefix]
		if note != nil {
			a.SearchNote = note
		}
		own, err := tx.standing("u.initiative_id = ? AND u.country = ? AND u.round_id = ?", i.id, a.Country, r.id)
		if err != nil {
			return nil, err
		}
		if own != nil {
			a.Replaces = own.ID
		}
		u, err := tx.update(i, a)
		if err != nil {
			return nil, under(prefix, err)
		}
		if a.SearchNote != nil {
			note = &models.NewSearchNote{Ref: u.SearchNote}
		}
		u.Remark = w.Correction
		var d updateDetail
		if err := tx.append(i, u, &d); err != nil {
			return nil, err
		}
		made = append(made, d)
	}
	return made, nil
}
