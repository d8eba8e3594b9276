package store

import "github.com/followthrough/followthrough/models"

// notReplaced leaves out the updates (u) that were corrected or taken back.
const notReplaced = "NOT EXISTS (SELECT 1 FROM updates r WHERE r.replaces_id = u.id AND r.published)"

// updates reads published updates that a condition names, newest first, with their evidence: two statements.
func (v *view) updates(cond string, args []any, limit int) ([]models.Update, error) {
	all, index, ids := []models.Update{}, map[int64]int{}, []any{}
	err := each("read updates", v.raw(`SELECT u.id, i.ref, u.country, u.status, u.superseded, u.effective_on, u.effective_precision, COALESCE(m.ref,''),
		u.occasion_en, u.occasion_ja, u.mark, u.reason_kind, u.note_en, u.note_ja, u.rationale_en, u.rationale_ja, u.remark_en, u.remark_ja,
		u.scope_en, u.scope_ja, `+gradeSQL("u")+`, u.confidence, u.provenance, u.source_ref, u.recorded_at, u.author, COALESCE(u.replaces_id,0), COALESCE(u.round_id,0) <> 0,
		COALESCE(n.ref,''), COALESCE(n.searched_on,''), COALESCE(n.searched_precision,''), COALESCE(n.place,''), COALESCE(n.queries,''), COALESCE(n.result_en,''), COALESCE(n.result_ja,'')
		FROM updates u JOIN initiatives i ON i.id = u.initiative_id LEFT JOIN meetings m ON m.id = u.meeting_id
		LEFT JOIN search_notes n ON n.id = u.search_note_id AND n.searched_on <= ?
		WHERE u.published AND u.effective_on <= ? AND i.begins_on <= ? AND `+cond+`
		ORDER BY u.effective_on DESC, u.recorded_at DESC, u.id DESC LIMIT ?`,
		append(append([]any{v.at.Until(), v.at.Until(), v.at.Until()}, args...), limit)...), func(scan scanner) error {
		u := models.Update{Evidence: []models.Citation{}}
		var on, precision, searched, searchedPrecision, queries string
		if err := scan(&u.ID, &u.Initiative, &u.Country, &u.Status, &u.Superseded, &on, &precision, &u.Meeting,
			&u.Occasion.EN, &u.Occasion.JA, &u.Mark, &u.ReasonKind, &u.Note.EN, &u.Note.JA, &u.Rationale.EN, &u.Rationale.JA,
			&u.Remark.EN, &u.Remark.JA, &u.Scope.EN, &u.Scope.JA, &u.Grade, &u.Confidence, &u.Provenance, &u.SourceRef,
			&u.RecordedAt, &u.Author, &u.Replaces, &u.InRound,
			&u.SearchNote, &searched, &searchedPrecision, &u.Searched.Where, &queries, &u.Searched.Result.EN, &u.Searched.Result.JA); err != nil {
			return err
		}
		u.EffectiveOn = date(on, precision)
		u.Searched.SearchedOn, u.Searched.Queries = date(searched, searchedPrecision), list(queries)
		if v.at.Past() { // when it was recorded and what was remarked on it later are not of that time
			u.RecordedAt, u.Remark, u.Rationale = "", models.Text{}, models.Text{}
		}
		index[u.ID] = len(all)
		ids = append(ids, u.ID)
		all = append(all, u)
		return nil
	})
	if err != nil || len(ids) == 0 {
		return all, err
	}
	return all, v.cite("update_id", ids, func(id int64, c models.Citation) {
		u := &all[index[id]]
		u.Evidence = append(u.Evidence, c)
	})
}

// cite reads the citations under updates or context entries, leaving out evidence dated after the view.
func (v *view) cite(column string, ids []any, add func(int64, models.Citation)) error {
	return each("read citations", v.raw(`SELECT c.`+column+`, c.stance, c.grade, `+evidenceColumns+` FROM citations c JOIN evidence e ON e.id = c.evidence_id
		WHERE c.`+column+` IN (`+marks(len(ids))+`) AND `+v.datedBy("e")+` ORDER BY c.`+column+`, c.position, e.ref`,
		append(append([]any{}, ids...), v.at.Until())...), func(scan scanner) error {
		var id int64
		var c models.Citation
		e, dest := evidenceDest()
		if err := scan(append([]any{&id, &c.Stance, &c.Grade}, dest...)...); err != nil {
			return err
		}
		c.Evidence = e.model(v.at)
		add(id, c)
		return nil
	})
}

// contexts reads the wider events that bear on an initiative, newest first.
func (v *view) contexts(initiative int64) ([]models.Context, error) {
	all, index, ids := []models.Context{}, map[int64]int{}, []any{}
	err := each("read context", v.raw(`SELECT x.id, i.ref, x.occurred_on, x.occurred_precision, x.occasion_en, x.occasion_ja, x.note_en, x.note_ja,
		x.rationale_en, x.rationale_ja, x.remark_en, x.remark_ja, x.scope_en, x.scope_ja, x.confidence, x.source_ref
		FROM contexts x JOIN initiatives i ON i.id = x.initiative_id
		WHERE x.initiative_id = ? AND x.occurred_on <= ? ORDER BY x.occurred_on DESC, x.id DESC`, initiative, v.at.Until()), func(scan scanner) error {
		c := models.Context{Evidence: []models.Citation{}}
		var id int64
		var on, precision string
		if err := scan(&id, &c.Initiative, &on, &precision, &c.Occasion.EN, &c.Occasion.JA, &c.Note.EN, &c.Note.JA,
			&c.Rationale.EN, &c.Rationale.JA, &c.Remark.EN, &c.Remark.JA, &c.Scope.EN, &c.Scope.JA, &c.Confidence, &c.SourceRef); err != nil {
			return err
		}
		c.OccurredOn = date(on, precision)
		if v.at.Past() {
			c.Remark, c.Rationale = models.Text{}, models.Text{}
		}
		index[id] = len(all)
		ids = append(ids, id)
		all = append(all, c)
		return nil
	})
	if err != nil || len(ids) == 0 {
		return all, err
	}
	return all, v.cite("context_id", ids, func(id int64, c models.Citation) {
		x := &all[index[id]]
		x.Evidence = append(x.Evidence, c)
	})
}
