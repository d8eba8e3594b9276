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
	var wrong int
	err = scanRow(tx.db.Raw(`SELECT COUNT(*) FROM commitments c JOIN statements st ON st.id = c.statement_id JOIN meetings m ON m.id = st.meeting_id
		WHERE c.id = ? AND st.id <> ? OR c.id = ? AND m.ends_on >= (SELECT n.ends_on FROM statements s JOIN meetings n ON n.id = s.meeting_id WHERE s.id = ?)`, later, in, before, in), &wrong)
	if err != nil {
		return translate("look at the statements of "+commitment, err)
	}
	if wrong > 0 { // a statement speaks for its own commitments, of those of meetings before
		return models.Invalid(models.Field("earlier", "error.lineage"))
	}
	_, err = tx.insert("lineage", col("statement_id", in), col("commitment_id", later), col("earlier_id", before), col("relation", relation))
	return err
}
