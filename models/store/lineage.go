package store

// AddLineage writes how a commitment of a statement follows an earlier one. What is new has no earlier one; what the
// statement does not mention has no commitment.
func (tx *Tx) AddLineage(statement, commitment, earlier, relation string) error {
	id, err := tx.id("statements", "statement", statement)
	if err != nil {
		return err
	}
	own, err := tx.idOrNull("commitments", "commitment", commitment)
	if err != nil {
		return err
	}
	before, err := tx.idOrNull("commitments", "earlier", earlier)
	if err != nil {
		return err
	}
	for _, code := range []string{commitment, earlier} {
		if code != "" {
			tx.touch("commitment", code)
		}
	}
	return tx.put("lineage", col("statement_id", id), col("commitment_id", own), col("earlier_id", before), col("relation", relation))
}
