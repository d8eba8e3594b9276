package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strconv"

	"github.com/followthrough/followthrough/models"
)

// Assess records a judgement on an initiative or on one country's part in it, with its evidence, and returns the
// update. version is that of the initiative's record when the person looked at it: another one by now is stale, none
// is unversioned.
func (s *Store) Assess(ctx context.Context, actor models.Actor, ref string, version int64, a models.Assessment, receipt *models.Receipt) (*models.Update, error) {
	receipt = receiptOr(receipt)
	detail := &updateDetail{}
	c := Change{Action: "assess", Object: "initiative:" + ref, Detail: detail, Needs: models.PermitAssess, Receipt: receipt, Narrow: true}
	err := s.Write(ctx, actor, c, func(tx *Tx) error {
		i, err := tx.initiative(ref, version)
		if err != nil {
			return err
		}
		if err := a.Validate(s.Today()); err != nil {
			return err
		}
		u, err := tx.update(i, a)
		if err != nil {
			return err
		}
		return tx.append(i, u, detail)
	})
	if err != nil {
		return nil, err
	}
	return s.update(ctx, receipt.Result)
}

// Undo takes back the update that stands: a new entry replaces it and says again what stood before. Before the first
// judgement nothing was assessed.
func (s *Store) Undo(ctx context.Context, actor models.Actor, id int64, receipt *models.Receipt) (*models.Update, error) {
	receipt = receiptOr(receipt)
	detail := &updateDetail{}
	c := Change{Action: "undo", Object: fmt.Sprintf("update:%d", id), Detail: detail, Needs: models.PermitAssess, Receipt: receipt, Narrow: true}
	err := s.Write(ctx, actor, c, func(tx *Tx) error {
		undone, err := tx.standing("u.id = ?", id)
		if err != nil {
			return err
		}
		if undone == nil {
			return tx.notStanding(id)
		}
		i, err := tx.initiative(undone.Initiative, anyVersion)
		if err != nil {
			return err
		}
		now, err := tx.standing("u.initiative_id = ? AND u.country = ?", i.id, undone.Country)
		if err != nil {
			return err
		}
		if now == nil || now.ID != id || undone.Provenance != "" {
			return &models.Error{Kind: models.KindConflict, Key: "error.not_standing"}
		}
		if err := tx.checkUnlocked(id); err != nil {
			return err
		}
		before, err := tx.beneath(i, *undone)
		if err != nil {
			return err
		}
		if before == nil {
			before = &models.Update{Initiative: undone.Initiative, Country: undone.Country, Status: models.NotAssessed, EffectiveOn: undone.EffectiveOn, Mark: models.Changed, Confidence: models.Unsourced}
		}
		before.Replaces, before.ReasonKind, before.Provenance, before.SourceRef = id, "correction", "", "" // a person says it again
		return tx.append(i, *before, detail)
	})
	if err != nil {
		return nil, err
	}
	return s.update(ctx, receipt.Result)
}

// notStanding is the error that an update was corrected already, or that there is none.
func (tx *Tx) notStanding(id int64) error {
	var some int
	err := scanRow(tx.db.Raw("SELECT COUNT(*) FROM updates WHERE id = ? AND published", id), &some)
	switch {
	case err != nil:
		return translate("find the update", err)
	case some == 0:
		return models.NotFound("update", fmt.Sprint(id))
	}
	return &models.Error{Kind: models.KindConflict, Key: "error.not_standing"}
}

// beneath is the judgement that stands again when one is taken back: the one that it corrected, or the one before it.
func (tx *Tx) beneath(i versioned, undone models.Update) (*models.Update, error) {
	if undone.Replaces == 0 {
		return tx.standing("u.initiative_id = ? AND u.country = ? AND u.id <> ?", i.id, undone.Country, undone.ID)
	}
	return tx.kept(undone.Replaces)
}

// kept reads an update as the record has it, with the words of its sources.
func (tx *Tx) kept(id int64) (*models.Update, error) {
	all, err := (&view{db: tx.db}).updates("u.id = ?", []any{id}, 1)
	if err == nil && len(all) == 0 {
		err = models.NotFound("update", fmt.Sprint(id))
	}
	if err != nil {
		return nil, err
	}
	return &all[0], nil
}

// receiptOr gives a change without a receipt one that only carries what was made.
func receiptOr(r *models.Receipt) *models.Receipt {
	if r == nil {
		return &models.Receipt{}
	}
	return r
}

// anyVersion changes a record whatever its version is.
const anyVersion = -1

// versioned is a record that a change is about.
type versioned struct {
	id      int64
	ref     string
	version int64
}

// initiative finds the initiative that a change is about. The version must be the one the person saw.
func (tx *Tx) initiative(ref string, version int64) (versioned, error) {
	i := versioned{ref: ref}
	err := scanRow(tx.db.Raw("SELECT id, version FROM initiatives WHERE ref = ? AND removed_at = ''", ref), &i.id, &i.version)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return i, (&view{db: tx.db}).absent("initiative", ref)
	case err != nil:
		return i, translate("find "+ref, err)
	case version == 0:
		return i, &models.Error{Kind: models.KindUnversioned, Key: "error.unversioned"}
	case version != anyVersion && version != i.version:
		return i, tx.stale(i)
	}
	return i, nil
}

// stale is the error that somebody else changed the initiative meanwhile, with how it stands now.
func (tx *Tx) stale(i versioned) error {
	now := models.Current{Version: i.version}
	u, err := tx.standing("u.initiative_id = ? AND u.country = ''", i.id)
	if err != nil {
		return err
	}
	if u != nil {
		now.Status, now.Since, now.Update = u.Status, u.EffectiveOn, u.ID
	}
	return &models.Error{Kind: models.KindStale, Key: "error.stale", Current: &now}
}

// update turns a judgement into an update, adding the evidence and the search note that are new.
func (tx *Tx) update(i versioned, a models.Assessment) (models.Update, error) {
	u := models.Update{Initiative: i.ref, Country: a.Country, Status: a.Status, EffectiveOn: a.EffectiveOn, Meeting: a.Meeting, Mark: models.Changed,
		ReasonKind: a.Reason, Note: a.Note, Confidence: models.Verified, Replaces: a.Replaces}
	var bad []models.FieldError
	check := func(err error) error {
		if found := models.InvalidFields(err); found != nil {
			bad = append(bad, found...)
			return nil
		}
		return err
	}
	if err := check(tx.checkBeginning(i, a)); err != nil {
		return u, err
	}
	if err := errors.Join(check(tx.checkPart(i.id, a.Country)), check(tx.checkReplaced(i.id, a)), check(tx.checkMeeting(a.Meeting))); err != nil {
		return u, err
	}
	for n, e := range a.Evidence {
		c, err := tx.cited(fmt.Sprintf("evidence.%d.ref", n), e)
		if check(err) != nil {
			return u, err
		}
		if slices.ContainsFunc(u.Evidence, func(other models.Citation) bool { return c.Ref != "" && other.Ref == c.Ref }) { // by its ref and by its address
			bad = append(bad, models.Field(fmt.Sprintf("evidence.%d", n), "error.cited_twice"))
		}
		u.Evidence = append(u.Evidence, c)
	}
	if a.SearchNote != nil {
		ref, err := tx.searched(i, a)
		if check(err) != nil {
			return u, err
		}
		u.SearchNote = ref
	}
	if len(bad) > 0 {
		return u, models.Invalid(bad...)
	}
	if len(u.Evidence) == 0 {
		u.Confidence = models.Unsourced
	}
	was, err := tx.standing("u.initiative_id = ? AND u.country = ? AND u.effective_on <= ? AND u.id <> ?", i.id, a.Country, a.EffectiveOn.Last(), a.Replaces)
	if err == nil && was != nil && was.Status == a.Status {
		u.Mark = models.Confirmed
	}
	return u, err
}

// checkBeginning refuses a judgement of a day on which the initiative did not exist: it would move its beginning, in
// every view of the past.
func (tx *Tx) checkBeginning(i versioned, a models.Assessment) error {
	var begins string
	if err := scanRow(tx.db.Raw("SELECT begins_on FROM initiatives WHERE id = ?", i.id), &begins); err != nil {
		return translate("read the beginning", err)
	}
	if begins < "9999" && a.EffectiveOn.Last() < begins {
		return models.Invalid(models.Field("effective_on", "error.before_beginning", "value", begins))
	}
	return nil
}

// checkPart refuses a country that has no part in the initiative.
func (tx *Tx) checkPart(initiative int64, country string) error {
	if country == "" {
		return nil
	}
	var role string
	err := scanRow(tx.db.Raw("SELECT role FROM parts WHERE initiative_id = ? AND country = ?", initiative, country), &role)
	if errors.Is(err, sql.ErrNoRows) {
		return models.Invalid(models.Field("country", "error.no_part", "value", country))
	}
	if err == nil && role == "not_applicable" {
		return models.Invalid(models.Field("country", "error.not_applicable", "value", country))
	}
	return translate("find the part", err)
}

// checkReplaced refuses to correct an update of something else, or one that was corrected already.
func (tx *Tx) checkReplaced(initiative int64, a models.Assessment) error {
	if a.Replaces == 0 {
		return nil
	}
	if err := tx.checkUnlocked(a.Replaces); err != nil {
		return err
	}
	var own int
	err := scanRow(tx.db.Raw(`SELECT COUNT(*) FROM updates u WHERE u.id = ? AND u.initiative_id = ? AND u.country = ? AND u.published
		AND NOT EXISTS (SELECT 1 FROM updates r WHERE r.replaces_id = u.id AND r.published)`, a.Replaces, initiative, a.Country), &own)
	if err == nil && own == 0 {
		return models.Invalid(models.Field("replaces", "error.not_replaceable", "value", a.Replaces))
	}
	return translate("find what is corrected", err)
}

// checkUnlocked refuses to touch what a published round set, save in a correction of that round.
func (tx *Tx) checkUnlocked(update int64) error {
	var round int64
	if err := scanRow(tx.db.Raw("SELECT COALESCE(MAX(round_id), 0) FROM updates WHERE id = ?", update), &round); err != nil {
		return translate("find the round", err)
	}
	if round != 0 && (tx.roundID == nil || *tx.roundID != round) {
		return &models.Error{Kind: models.KindConflict, Key: "error.in_round"}
	}
	return nil
}

func (tx *Tx) checkMeeting(ref string) error {
	_, err := tx.idOrNull("meetings", "meeting", ref)
	return err
}

// append adds the update, raises the version of the initiative's record and says in the audit what was changed.
func (tx *Tx) append(i versioned, u models.Update, detail *updateDetail) error {
	was, err := tx.standing("u.initiative_id = ? AND u.country = ?", i.id, u.Country)
	if err != nil {
		return err
	}
	id, err := tx.AddUpdate(u)
	if err != nil {
		return err
	}
	tx.result = strconv.FormatInt(id, 10)
	kept, err := tx.kept(id)
	if err != nil {
		return err
	}
	*detail = updateDetail{Update: id, Country: u.Country, To: u.Status, Content: contentHash(*kept)}
	if was != nil {
		detail.From = was.Status
	}
	return tx.raise("initiatives", i)
}

// raise gives a record its next version.
func (tx *Tx) raise(table string, of versioned) error {
	return tx.exec("raise the version of "+of.ref, "UPDATE "+table+" SET version = version + 1 WHERE id = ?", of.id)
}

// standing reads the update that stands among those a condition names, nil when none does, with its citations.
func (tx *Tx) standing(cond string, args ...any) (*models.Update, error) {
	v := &view{db: tx.db, at: models.At{}}
	all, err := v.updates(cond+" AND "+notReplaced, args, 1)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	return &all[0], nil
}

// update reads one update by its id.
func (s *Store) update(ctx context.Context, id string) (*models.Update, error) {
	r, err := s.Update(ctx, models.Public, models.When{}, id)
	if err != nil {
		return nil, err
	}
	return &r.Item, nil
}

// Update returns one update, whatever stands now.
func (s *Store) Update(ctx context.Context, actor models.Actor, w models.When, ref string) (*models.Record[models.Update], error) {
	return recordOf(ctx, s, w, "update", ref, func(v *view) ([]models.Update, error) {
		id, err := strconv.ParseInt(ref, 10, 64)
		if err != nil {
			return nil, nil // what is no number names nothing
		}
		return v.updates("u.id = ?", []any{id}, 1)
	})
}
