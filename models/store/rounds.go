package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"maps"

	"github.com/followthrough/followthrough/models"
	"gorm.io/gorm"
)

// roundRow is a round as the writes find it.
type roundRow struct {
	id        int64
	meeting   int64
	place     models.MeetingBrief
	state     models.RoundState
	version   int64
	second    bool  // the forum wants a second person
	submitted int64 // account that handed it in; 0 for none
}

// StartRound opens the round of a meeting that was held. A meeting has one round.
func (s *Store) StartRound(ctx context.Context, actor models.Actor, meeting string) error {
	return s.Write(ctx, actor, Change{Action: "round.start", Object: "round:" + meeting, Needs: models.PermitAssess, Aside: true}, func(tx *Tx) error {
		id, err := tx.meetingID(meeting)
		if err != nil {
			return err
		}
		var held bool
		if err := scanRow(tx.db.Raw("SELECT ends_on <= ? FROM meetings WHERE id = ?", tx.day(), id), &held); err != nil {
			return translate("read the meeting", err)
		}
		if !held {
			return &models.Error{Kind: models.KindConflict, Key: "error.not_held"}
		}
		var open int
		if err := scanRow(tx.db.Raw("SELECT COUNT(*) FROM rounds WHERE meeting_id = ?", id), &open); err != nil {
			return translate("look for the round", err)
		}
		if open > 0 {
			return &models.Error{Kind: models.KindConflict, Key: "error.round_open"}
		}
		_, err = tx.insert("rounds", col("meeting_id", id), col("state", models.RoundDraft), col("opened_at", tx.at), col("published_at", ""))
		return err
	})
}

func (tx *Tx) meetingID(ref string) (int64, error) {
	id, err := tx.id("meetings", "meeting", ref)
	var known *models.Error
	if errors.As(err, &known) {
		return 0, models.NotFound("meeting", ref)
	}
	return id, err
}

// round finds the round of a meeting in a write.
func (tx *Tx) round(meeting string) (roundRow, error) {
	r := roundRow{place: models.MeetingBrief{Ref: meeting}}
	var ends string
	err := scanRow(tx.db.Raw(`SELECT r.id, r.meeting_id, r.state, r.version, f.second_person, COALESCE(r.submitted_by, 0), m.ends_on FROM rounds r
		JOIN meetings m ON m.id = r.meeting_id JOIN forums f ON f.id = m.forum_id WHERE m.ref = ?`, meeting), &r.id, &r.meeting, &r.state, &r.version, &r.second, &r.submitted, &ends)
	if errors.Is(err, sql.ErrNoRows) {
		return r, models.NotFound("round", meeting)
	}
	r.place.EndsOn = day(ends)
	return r, translate("read the round", err)
}

// SaveItem keeps what is decided on one initiative in an open round. version is that of the item when its form was
// opened, 0 when nobody had touched it. form is what was typed.
func (s *Store) SaveItem(ctx context.Context, actor models.Actor, meeting, ref string, version int64, w models.RoundWork, form string, receipt *models.Receipt) error {
	c := Change{Action: "round.item", Object: "round:" + meeting + "/" + ref, Detail: w, Needs: models.PermitAssess, Aside: true, Receipt: receipt}
	return s.Write(ctx, actor, c, func(tx *Tx) error {
		r, err := tx.round(meeting)
		if err != nil {
			return err
		}
		if r.state != models.RoundDraft {
			return &models.Error{Kind: models.KindConflict, Key: "error.round_locked"}
		}
		i, err := tx.initiative(ref, anyVersion)
		if err != nil {
			return err
		}
		if err := errors.Join(tx.member(i, r), tx.checkVersion(r, i, version)); err != nil {
			return err
		}
		state := models.ItemChanged
		if w.Decision == models.DecideConfirm {
			state = models.ItemConfirmed
		}
		if err := tx.checkItem(i, r, w, s.Today()); err != nil {
			return err
		}
		work, err := json.Marshal(w)
		if err != nil {
			return wrap("encode the item", err)
		}
		was, err := tx.standingAt(i, "", r)
		if err != nil {
			return err
		}
		based := int64(0)
		if was != nil {
			based = was.ID
		}
		if err := tx.putItem(r, i, version, state, based, string(work), form); err != nil {
			return err
		}
		return tx.exec("raise the version of the round", "UPDATE rounds SET version = version + 1 WHERE id = ?", r.id)
	})
}

// SaveDraft keeps a half-filled form of an open round, so that it comes back on another machine. It decides nothing,
// and what was decided before stays decided. It returns the next version of the item.
func (s *Store) SaveDraft(ctx context.Context, actor models.Actor, meeting, ref string, version int64, form string) (int64, error) {
	if !models.MayChange(actor, models.PermitAssess) {
		return 0, forbidden()
	}
	n, err := s.keep(ctx, "keep the draft", `INSERT INTO round_items (round_id, initiative_id, state, form, before, work, author_id, saved_at, version)
		SELECT r.id, i.id, 'draft', ?, '', '{}', ?, ?, 1 FROM rounds r JOIN meetings m ON m.id = r.meeting_id CROSS JOIN initiatives i WHERE m.ref = ? AND i.ref = ? AND r.state = 'draft'
		AND i.begins_on <= m.ends_on AND i.removed_at = '' AND i.superseded_by_id IS NULL AND (? = 0 OR EXISTS (SELECT 1 FROM round_items x WHERE x.round_id = r.id AND x.initiative_id = i.id))
		ON CONFLICT (round_id, initiative_id) DO UPDATE SET form = excluded.form, author_id = CASE WHEN round_items.state = 'draft' THEN excluded.author_id ELSE round_items.author_id END, saved_at = excluded.saved_at, version = round_items.version + 1
		WHERE round_items.version = ?`, form, actor.ID, instant(s.now()), meeting, ref, version, version)
	if err == nil && n == 0 {
		err = &models.Error{Kind: models.KindStale, Key: "error.stale"}
	}
	return version + 1, err
}

// checkVersion refuses an item that was changed since its form was opened.
func (tx *Tx) checkVersion(r roundRow, i versioned, version int64) error {
	var now int64
	err := scanRow(tx.db.Raw("SELECT version FROM round_items WHERE round_id = ? AND initiative_id = ?", r.id, i.id), &now)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return translate("read the item", err)
	}
	if now != version {
		return &models.Error{Kind: models.KindStale, Key: "error.stale", Current: &models.Current{Version: now}}
	}
	return nil
}

// putItem writes an item in its next version.
func (tx *Tx) putItem(r roundRow, i versioned, version int64, state models.ItemState, based int64, work, form string) error {
	return tx.exec("keep the item", `INSERT INTO round_items (round_id, initiative_id, state, form, before, work, author_id, based_on, saved_at, version) VALUES (?,?,?,?,'',?,?,?,?,?)
		ON CONFLICT (round_id, initiative_id) DO UPDATE SET before = round_items.form, state = excluded.state, form = excluded.form, work = excluded.work,
		author_id = excluded.author_id, based_on = excluded.based_on, saved_at = excluded.saved_at, version = excluded.version`, r.id, i.id, state, form, work, tx.author(), based, tx.at, version+1)
}

// errRehearsed rolls a rehearsal back.
var errRehearsed = errors.New("rehearsed")

// rehearse runs part of a write and takes all of it back, so that what is refused later is refused now.
func (tx *Tx) rehearse(f func(t *Tx) error) error {
	err := tx.db.Transaction(func(db *gorm.DB) error {
		t := *tx
		t.db, t.ids, t.touched, t.judged = db, maps.Clone(tx.ids), map[string][]string{}, map[string][]any{}
		if err := f(&t); err != nil {
			return err
		}
		return errRehearsed
	})
	if errors.Is(err, errRehearsed) {
		return nil
	}
	return err
}

// checkItem checks what is decided against the rules and the record by doing it and taking it back.
func (tx *Tx) checkItem(i versioned, r roundRow, w models.RoundWork, today models.Date) error {
	return tx.rehearse(func(t *Tx) error {
		_, err := t.decide(i, r, w, today)
		return err
	})
}

// member refuses an initiative that is not one of the round's.
func (tx *Tx) member(i versioned, r roundRow) error {
	var n int
	err := scanRow(tx.db.Raw("SELECT COUNT(*) FROM initiatives WHERE id = ? AND begins_on <= ? AND superseded_by_id IS NULL", i.id, r.place.EndsOn.Last()), &n)
	if err == nil && n == 0 {
		return models.NotFound("initiative", i.ref)
	}
	return translate("look for the item", err)
}

// standingAt is the judgement at the end of the meeting of a round, without those that the round made.
func (tx *Tx) standingAt(i versioned, country string, r roundRow) (*models.Update, error) {
	return tx.standing("u.initiative_id = ? AND u.country = ? AND u.effective_on <= ? AND COALESCE(u.round_id, 0) <> ?", i.id, country, r.place.EndsOn.Last(), r.id)
}

// DiscardRound removes a round that is still a draft, with what was typed in it. version is that of the round that the
// person saw, 0 for any. The audit keeps how many items were decided or typed.
func (s *Store) DiscardRound(ctx context.Context, actor models.Actor, meeting string, version int64) error {
	detail := &struct {
		Items int `json:"items"`
	}{}
	return s.Write(ctx, actor, Change{Action: "round.discard", Object: "round:" + meeting, Detail: detail, Needs: models.PermitPublish, Aside: true}, func(tx *Tx) error {
		r, err := tx.round(meeting)
		switch {
		case err != nil:
			return err
		case r.state != models.RoundDraft:
			return &models.Error{Kind: models.KindConflict, Key: "error.round_locked"}
		case version != 0 && version != r.version:
			return &models.Error{Kind: models.KindStale, Key: "error.round_moved"}
		}
		if err := scanRow(tx.db.Raw("SELECT COUNT(*) FROM round_items WHERE round_id = ?", r.id), &detail.Items); err != nil {
			return translate("count the items", err)
		}
		if err := tx.exec("discard the items", "DELETE FROM round_items WHERE round_id = ?", r.id); err != nil {
			return err
		}
		return tx.exec("discard the round", "DELETE FROM rounds WHERE id = ?", r.id)
	})
}

// HandIn gives a round to a second person, or takes it back to be worked on.
func (s *Store) HandIn(ctx context.Context, actor models.Actor, meeting string, back bool) error {
	from, to, action := models.RoundDraft, models.RoundInReview, "round.submit"
	if back {
		from, to, action = models.RoundInReview, models.RoundDraft, "round.return"
	}
	return s.Write(ctx, actor, Change{Action: action, Object: "round:" + meeting, Needs: models.PermitAssess, Aside: true}, func(tx *Tx) error {
		r, err := tx.round(meeting)
		if err != nil {
			return err
		}
		if r.state != from {
			return &models.Error{Kind: models.KindConflict, Key: "error.round_locked"}
		}
		return tx.exec("hand the round in", "UPDATE rounds SET state = ?, submitted_by = ?, version = version + 1 WHERE id = ?", to, tx.author(), r.id)
	})
}

// SetSecondPerson says of which forums a round is published by somebody else than who handed it in.
func (s *Store) SetSecondPerson(ctx context.Context, actor models.Actor, forums []string) error {
	return s.Write(ctx, actor, Change{Action: "setting.change", Object: "setting:second_person", Detail: forums, Needs: models.PermitUsers, Aside: true}, func(tx *Tx) error {
		for n, slug := range forums {
			if _, err := tx.id("forums", fmt.Sprintf("forums.%d", n), slug); err != nil {
				return err
			}
		}
		if err := tx.exec("change a setting", "UPDATE forums SET second_person = FALSE"); err != nil || len(forums) == 0 {
			return err
		}
		args := make([]any, len(forums))
		for i, f := range forums {
			args[i] = f
		}
		return tx.exec("change a setting", "UPDATE forums SET second_person = TRUE WHERE slug IN ("+marks(len(forums))+")", args...)
	})
}
