package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"strconv"

	"github.com/followthrough/followthrough/models"
)

// maxSteps is how many steps of a draft can be undone; older ones are forgotten.
const maxSteps = 200

// ownDraft is the condition on imports (x) that an account may see one: its own, or one that nobody has taken up.
const ownDraft = "(x.author_id = ? OR x.author_id IS NULL)"

// importRow is a draft as the writes find it.
type importRow struct {
	id int64
	models.Draft
}

// Imports lists the open drafts that the account sees, the latest first, without their texts.
func (s *Store) Imports(ctx context.Context, actor models.Actor) ([]models.Draft, error) {
	if !models.May(actor, models.PermitEdit) {
		return nil, forbidden()
	}
	all := []models.Draft{}
	err := s.view(ctx, models.When{}, func(v *view) error {
		return each("list the imports", v.db.Raw(`SELECT x.id, x.version, x.facts, x.work, x.opened_at, x.saved_at, COALESCE(u.name, '') FROM imports x LEFT JOIN users u ON u.id = x.author_id
			WHERE x.state = 'open' AND `+ownDraft+` ORDER BY x.saved_at DESC, x.id DESC LIMIT ?`, actor.ID, models.MaxLimit), func(scan scanner) error {
			var d models.Draft
			var id int64
			var facts, work string
			if err := scan(&id, &d.Version, &facts, &work, &d.OpenedAt, &d.SavedAt, &d.Author); err != nil {
				return err
			}
			d.Ref = strconv.FormatInt(id, 10)
			all = append(all, d)
			return errors.Join(json.Unmarshal([]byte(facts), &all[len(all)-1].Facts), json.Unmarshal([]byte(work), &all[len(all)-1].Work))
		})
	})
	return all, err
}

// Import returns a draft with its texts, the statements that hold the same words and the commitments of the previous
// statement. Somebody else's draft is not found.
func (s *Store) Import(ctx context.Context, actor models.Actor, ref string) (*models.Draft, error) {
	if !models.May(actor, models.PermitEdit) {
		return nil, forbidden()
	}
	var d models.Draft
	err := s.view(ctx, models.When{}, func(v *view) error {
		tx := &Tx{db: v.db, actor: actor, ids: map[string]int64{}}
		row, err := tx.draft(ref)
		if err != nil {
			return err
		}
		d = row.Draft
		if d.Same, err = v.sameTexts(d); err != nil {
			return err
		}
		switch {
		case d.Published != "":
			d.Slug = d.Published
		case d.Facts.Meeting != "":
			if d.Slug, err = tx.freeSlug(d.Facts.Meeting); err != nil {
				return err
			}
		}
		if d.EarlierFrom, err = tx.previousStatement(d.Facts); err != nil || d.EarlierFrom == "" {
			return err
		}
		d.Earlier, err = v.commitments("st.slug = ?", []any{d.EarlierFrom})
		return err
	})
	return &d, err
}

// draft reads a draft that the actor may see, with its texts.
func (tx *Tx) draft(ref string) (importRow, error) {
	var r importRow
	id, err := strconv.ParseInt(ref, 10, 64)
	if err != nil {
		return r, models.NotFound("import", ref)
	}
	var facts, work string
	err = scanRow(tx.db.Raw(`SELECT x.id, x.version, x.facts, x.work, x.opened_at, x.saved_at, COALESCE(u.name, ''), COALESCE(st.slug, ''),
		(SELECT COUNT(*) FROM import_steps p WHERE p.import_id = x.id), COALESCE((SELECT p.step FROM import_steps p WHERE p.import_id = x.id ORDER BY p.position DESC LIMIT 1), '')
		FROM imports x LEFT JOIN users u ON u.id = x.author_id LEFT JOIN statements st ON st.id = x.statement_id WHERE x.id = ? AND `+ownDraft, id, tx.actor.ID),
		&r.id, &r.Version, &facts, &work, &r.OpenedAt, &r.SavedAt, &r.Author, &r.Published, &r.Steps, &r.LastStep)
	if errors.Is(err, sql.ErrNoRows) {
		return r, models.NotFound("import", ref)
	}
	if err != nil {
		return r, translate("read import "+ref, err)
	}
	r.Ref, r.Same, r.Sources = ref, []models.SameText{}, []models.DraftSource{}
	if err := errors.Join(json.Unmarshal([]byte(facts), &r.Facts), json.Unmarshal([]byte(work), &r.Work)); err != nil {
		return r, wrap("read import "+ref, err)
	}
	err = each("read the texts of import "+ref, tx.db.Raw("SELECT lang, name, format, file_sha256, sha256, body FROM import_sources WHERE import_id = ? ORDER BY position", id), func(scan scanner) error {
		var t models.DraftSource
		err := scan(&t.Lang, &t.Name, &t.Format, &t.FileSHA256, &t.SHA256, &t.Body)
		r.Sources = append(r.Sources, t)
		return err
	})
	return r, err
}

// StartImport makes a draft and returns its number.
func (s *Store) StartImport(ctx context.Context, actor models.Actor, d models.Draft, receipt *models.Receipt) (string, error) {
	ref := ""
	c := Change{Action: "import.start", Object: "import", Detail: place(d.Facts), Needs: models.PermitEdit, Aside: true, Receipt: receipt}
	err := s.Write(ctx, actor, c, func(tx *Tx) error {
		facts, work, err := encodeDraft(d)
		if err != nil {
			return err
		}
		if err := models.Together(d.Facts.Validate(s.Today()), tx.checkFacts(d.Facts)); err != nil {
			return err
		}
		id, err := tx.insert("imports", col("author_id", tx.author()), col("state", "open"), col("facts", facts), col("work", work), col("opened_at", tx.at), col("saved_at", tx.at))
		if err != nil {
			return err
		}
		ref = strconv.FormatInt(id, 10)
		tx.result = ref
		return tx.putSources("import_sources", "import_id", id, d.Sources)
	})
	if err == nil && ref == "" { // sent before
		ref = receipt.Result
	}
	return ref, err
}

// place is what the audit has of a draft, which nobody else reads: where it belongs, and nothing of what it says.
func place(f models.DraftFacts) any {
	return map[string]string{"forum": f.Forum, "meeting": f.Meeting}
}

func encodeDraft(d models.Draft) (facts, work string, err error) {
	if d.Facts.Publications == nil {
		d.Facts.Publications = []models.DraftPublication{}
	}
	if d.Work.Marks == nil {
		d.Work.Marks = []models.DraftMark{}
	}
	if d.Work.LeftOut == nil {
		d.Work.LeftOut = []string{}
	}
	f, err := json.Marshal(d.Facts)
	if err != nil {
		return "", "", wrap("encode the facts", err)
	}
	w, err := json.Marshal(d.Work)
	return string(f), string(w), wrap("encode the work", err)
}

// putSources keeps the texts as they were supplied.
func (tx *Tx) putSources(table, parent string, id int64, all []models.DraftSource) error {
	for i, t := range all {
		if err := tx.put(table, col(parent, id), col("position", i), col("lang", t.Lang), col("name", t.Name), col("format", t.Format), col("file_sha256", t.FileSHA256), col("sha256", t.SHA256), col("body", t.Body)); err != nil {
			return err
		}
	}
	return nil
}

// checkFacts refuses a forum and a meeting that are not in the record, and a meeting that is still to be held.
func (tx *Tx) checkFacts(f models.DraftFacts) error {
	var checks []error
	if f.Forum != "" {
		_, err := tx.id("forums", "forum", f.Forum)
		checks = append(checks, err)
	}
	if f.NewMeeting != nil {
		return models.Together(append(checks, models.Under("new_meeting.", tx.checkFree("meeting", f.NewMeeting)), models.Under("new_meeting.", meetingEditor.check(tx, 0, f.NewMeeting)))...)
	}
	if f.Meeting != "" {
		_, err := tx.id("meetings", "meeting", f.Meeting)
		var held bool
		if err == nil {
			err = scanRow(tx.db.Raw("SELECT m.ends_on <= ? FROM meetings m JOIN forums f ON f.id = m.forum_id WHERE m.ref = ? AND (f.slug = ? OR ? = '')", tx.day(), f.Meeting, f.Forum, f.Forum), &held)
			switch {
			case errors.Is(err, sql.ErrNoRows):
				err = models.Invalid(models.Field("meeting", "error.other_forum", "value", f.Meeting))
			case err == nil && !held:
				err = models.Invalid(models.Field("meeting", "error.not_held"))
			}
		}
		checks = append(checks, err)
	}
	return models.Together(checks...)
}

// CheckImport says what the record has against the facts of a statement that are not kept yet.
func (s *Store) CheckImport(ctx context.Context, actor models.Actor, f models.DraftFacts) error {
	if !models.May(actor, models.PermitEdit) {
		return forbidden()
	}
	return s.view(ctx, models.When{}, func(v *view) error {
		return (&Tx{db: v.db, actor: actor, at: instant(s.now()), ids: map[string]int64{}}).checkFacts(f)
	})
}

// openDraft finds a draft for a change, in the version that the person saw.
func (tx *Tx) openDraft(ref string, version int64) (importRow, error) {
	r, err := tx.draft(ref)
	switch {
	case err != nil:
		return r, err
	case r.Published != "":
		return r, &models.Error{Kind: models.KindConflict, Key: "error.import_published"}
	}
	return r, atVersion(version, r.Version)
}

// StepImport changes the work of a draft by one step that can be undone. What the change finds wrong is told together
// with what the record has against it.
func (s *Store) StepImport(ctx context.Context, actor models.Actor, ref string, version int64, step string, change func(d *models.Draft) error, receipt *models.Receipt) error {
	c := Change{Action: "import.step", Object: "import:" + ref, Detail: map[string]string{"step": step}, Needs: models.PermitEdit, Aside: true, Receipt: receipt}
	return s.Write(ctx, actor, c, func(tx *Tx) error {
		r, err := tx.openDraft(ref, version)
		if err != nil {
			return err
		}
		if r.EarlierFrom, err = tx.previousStatement(r.Facts); err != nil {
			return err
		}
		was := r.Draft
		_, work, err := encodeDraft(was)
		if err != nil {
			return err
		}
		if err := models.Together(change(&r.Draft), tx.checkMatches(was, r.Draft)); err != nil {
			return err
		}
		if err := tx.exec("keep the step", `INSERT INTO import_steps (import_id, position, step, work)
			SELECT CAST(? AS BIGINT), COALESCE(MAX(position), 0) + 1, CAST(? AS TEXT), CAST(? AS TEXT) FROM import_steps WHERE import_id = ?`, r.id, step, work, r.id); err != nil {
			return err
		}
		if err := tx.exec("forget old steps", "DELETE FROM import_steps WHERE import_id = ? AND position <= (SELECT MAX(position) FROM import_steps WHERE import_id = ?) - ?", r.id, r.id, maxSteps); err != nil {
			return err
		}
		return tx.saveDraft(r)
	})
}

// saveDraft writes facts and work of a draft in their next version.
func (tx *Tx) saveDraft(r importRow) error {
	facts, work, err := encodeDraft(r.Draft)
	if err != nil {
		return err
	}
	return tx.exec("save the draft", "UPDATE imports SET facts = ?, work = ?, saved_at = ?, author_id = ?, version = version + 1 WHERE id = ?", facts, work, tx.at, tx.author(), r.id)
}

// UndoImport takes the last step of a draft back.
func (s *Store) UndoImport(ctx context.Context, actor models.Actor, ref string, version int64) error {
	c := Change{Action: "import.undo", Object: "import:" + ref, Needs: models.PermitEdit, Aside: true}
	return s.Write(ctx, actor, c, func(tx *Tx) error {
		r, err := tx.openDraft(ref, version)
		if err != nil {
			return err
		}
		var work string
		err = scanRow(tx.db.Raw("SELECT work FROM import_steps WHERE import_id = ? ORDER BY position DESC LIMIT 1", r.id), &work)
		if errors.Is(err, sql.ErrNoRows) {
			return &models.Error{Kind: models.KindConflict, Key: "error.nothing_to_undo"}
		}
		if err != nil {
			return translate("read the last step", err)
		}
		r.Work = models.DraftWork{}
		if err := json.Unmarshal([]byte(work), &r.Work); err != nil {
			return wrap("read the last step", err)
		}
		if err := tx.exec("take the step back", "DELETE FROM import_steps WHERE import_id = ? AND position = (SELECT MAX(position) FROM import_steps WHERE import_id = ?)", r.id, r.id); err != nil {
			return err
		}
		return tx.saveDraft(r)
	})
}

// DescribeImport changes what is said of a statement beside its text. Where texts are given, they take the place of
// the former ones with the work that belongs to them, and no earlier step can be undone.
func (s *Store) DescribeImport(ctx context.Context, actor models.Actor, ref string, version int64, d models.Draft, receipt *models.Receipt) error {
	c := Change{Action: "import.describe", Object: "import:" + ref, Detail: place(d.Facts), Needs: models.PermitEdit, Aside: true, Receipt: receipt}
	return s.Write(ctx, actor, c, func(tx *Tx) error {
		r, err := tx.openDraft(ref, version)
		if err != nil {
			return err
		}
		if err := models.Together(d.Facts.Validate(s.Today()), tx.checkFacts(d.Facts)); err != nil {
			return err
		}
		r.Facts = d.Facts
		if len(d.Sources) > 0 {
			r.Work = d.Work
			for _, table := range []string{"import_sources", "import_steps"} {
				if err := tx.exec("replace the texts", "DELETE FROM "+table+" WHERE import_id = ?", r.id); err != nil {
					return err
				}
			}
			if err := tx.putSources("import_sources", "import_id", r.id, d.Sources); err != nil {
				return err
			}
		}
		return tx.saveDraft(r)
	})
}

// DiscardImport removes a draft with its texts.
func (s *Store) DiscardImport(ctx context.Context, actor models.Actor, ref string, version int64) error {
	c := Change{Action: "import.discard", Object: "import:" + ref, Needs: models.PermitEdit, Aside: true}
	return s.Write(ctx, actor, c, func(tx *Tx) error {
		r, err := tx.openDraft(ref, version)
		if err != nil {
			return err
		}
		for _, sql := range []string{"DELETE FROM import_steps WHERE import_id = ?", "DELETE FROM import_sources WHERE import_id = ?", "DELETE FROM imports WHERE id = ?"} {
			if err := tx.exec("discard the draft", sql, r.id); err != nil {
				return err
			}
		}
		return nil
	})
}
