package store

import (
	"github.com/followthrough/followthrough/models"
)

// addLines reads what commitments continue and what became of them in later statements. A later statement counts once
// its meeting was held.
func (v *view) addLines(all []models.Commitment) error {
	index, codes := map[string]int{}, make([]any, len(all))
	for i, c := range all {
		index[c.Code], codes[i] = i, c.Code
	}
	among := marks(len(codes))
	args := append(append([]any{}, codes...), v.at.Until())
	args = append(args, args...)
	return each("read lineage", v.raw(`SELECT 'own' AS side, c.code, COALESCE(o.code,''), COALESCE(ot.slug,''), '' AS meeting, '' AS held, l.relation, '' AS strength FROM lineage l
		JOIN commitments c ON c.id = l.commitment_id LEFT JOIN commitments o ON o.id = l.earlier_id LEFT JOIN statements ot ON ot.id = o.statement_id
		LEFT JOIN meetings om ON om.id = ot.meeting_id WHERE c.code IN (`+among+`) AND (l.earlier_id IS NULL OR om.ends_on <= ?)
		UNION ALL SELECT 'later', e.code, COALESCE(c.code,''), t.slug, m.ref, m.ends_on, l.relation, COALESCE(c.strength,'') FROM lineage l
		JOIN commitments e ON e.id = l.earlier_id JOIN statements t ON t.id = l.statement_id JOIN meetings m ON m.id = t.meeting_id LEFT JOIN commitments c ON c.id = l.commitment_id
		WHERE e.code IN (`+among+`) AND (l.commitment_id IS NULL OR c.id IS NOT NULL) AND m.ends_on <= ? ORDER BY 1, 2, 6, 3`, args...), func(scan scanner) error {
		var side, code, other, statement, meeting, held, relation, strength string
		if err := scan(&side, &code, &other, &statement, &meeting, &held, &relation, &strength); err != nil {
			return err
		}
		c := &all[index[code]]
		if side == "later" {
			c.Later = append(c.Later, models.LaterCommitment{Code: other, Statement: statement, Meeting: meeting, Strength: strength, Relation: relation})
			return nil
		}
		if c.OfficialLine = relation; other == "" {
			return nil // it is new
		}
		if c.Earlier = append(c.Earlier, models.EarlierCommitment{Code: other, Statement: statement, Relation: relation}); len(c.Earlier) > 1 {
			c.OfficialLine = "merged"
		}
		return nil
	})
}

// AddLineage says what a commitment of a statement continues: an earlier commitment, or nothing when the relation is new.
// Without a commitment the statement does not mention the earlier one.
func (tx *Tx) AddLineage(statement, commitment, earlier, relation string) error {
	in, err := tx.id("statements", "statement", statement)
	if err != nil {
		return err
	}
	later, err := tx.idOrNull("commitments", "commitment", commitment)
	if err != nil {
		return err
	}
	before, err := tx.idOrNull("commitments", "earlier", earlier)
	if err != nil {
		return err
	}
	if err := models.CheckLineage(commitment, earlier, relation); err != nil {
		return err
	}
	var others int
	var ends string
	err = scanRow(tx.db.Raw(`SELECT m.ends_on, (SELECT COUNT(*) FROM commitments c WHERE c.id = ? AND c.statement_id <> st.id) FROM statements st
		JOIN meetings m ON m.id = st.meeting_id WHERE st.id = ?`, later, in), &ends, &others)
	if err != nil {
		return translate("look at the statement of "+commitment, err)
	}
	if others > 0 { // a statement speaks for its own commitments
		return models.Invalid(models.Field("earlier", "error.lineage"))
	}
	if before != nil {
		if err := tx.checkEarlier("earlier", *before, day(ends)); err != nil {
			return err
		}
	}
	_, err = tx.insert("lineage", col("statement_id", in), col("commitment_id", later), col("earlier_id", before), col("relation", relation))
	return err
}

// checkEarlier refuses to follow a commitment of a meeting that did not end before a day.
func (tx *Tx) checkEarlier(field string, commitment int64, on models.Date) error {
	var n int
	err := scanRow(tx.db.Raw(`SELECT COUNT(*) FROM commitments c JOIN statements st ON st.id = c.statement_id JOIN meetings m ON m.id = st.meeting_id
		WHERE c.id = ? AND m.ends_on >= ?`, commitment, on.Last()), &n)
	if err == nil && n > 0 {
		return models.Invalid(models.Field(field, "error.not_earlier"))
	}
	return translate("look when it was promised", err)
}

// unfollowed lists the commitments of the statement before another one that nothing in this one follows or leaves out.
func (tx *Tx) unfollowed(previous, statement string) ([]string, error) {
	var codes []string
	err := tx.db.Raw(`SELECT c.code FROM commitments c JOIN statements st ON st.id = c.statement_id WHERE st.slug = ? AND c.removed_at = ''
		AND NOT EXISTS (SELECT 1 FROM lineage l JOIN statements n ON n.id = l.statement_id WHERE l.earlier_id = c.id AND n.slug = ?) ORDER BY c.code`, previous, statement).Scan(&codes).Error
	return codes, translate("find what is not mentioned", err)
}
