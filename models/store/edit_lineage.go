package store

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/followthrough/followthrough/models"
)

// Before returns the statement before another one of its forum, and its commitments; none when there is none.
func (s *Store) Before(ctx context.Context, actor models.Actor, statement string) (previous string, all []models.Commitment, err error) {
	if !models.May(actor, models.PermitEdit) {
		return "", nil, forbidden()
	}
	err = s.view(ctx, models.When{}, func(v *view) error {
		if previous, err = (&Tx{db: v.db}).before(statement); err != nil || previous == "" {
			return err
		}
		all, err = v.commitments("st.slug = ?", []any{previous})
		return err
	})
	return previous, all, err
}

// before is the slug of the statement before one that is in the record.
func (tx *Tx) before(statement string) (string, error) {
	facts, err := tx.factsOf(statement)
	if err != nil || facts.Meeting == "" {
		return "", err
	}
	return tx.previousStatement(facts)
}

// factsOf names the meeting of a statement the way a draft does; empty when there is no such statement.
func (tx *Tx) factsOf(statement string) (models.DraftFacts, error) {
	var meetings []string
	err := tx.db.Raw("SELECT m.ref FROM statements st JOIN meetings m ON m.id = st.meeting_id WHERE st.slug = ?", statement).Scan(&meetings).Error
	if err != nil || len(meetings) == 0 {
		return models.DraftFacts{}, translate("find the meeting of "+statement, err)
	}
	return models.DraftFacts{Meeting: meetings[0]}, nil
}

// link is a row of the lineage of a commitment.
type link struct {
	models.LineageLink
	id      int64
	removed bool // the earlier one is, and nobody sees it
}

// links reads the lineage of a commitment, what is new as a link without a code.
func (tx *Tx) links(commitment int64) ([]link, error) {
	var all []link
	return all, each("read the lineage", tx.db.Raw(`SELECT l.id, l.relation, COALESCE(o.code, ''), COALESCE(o.removed_at, '') FROM lineage l
		LEFT JOIN commitments o ON o.id = l.earlier_id WHERE l.commitment_id = ? ORDER BY o.code`, commitment), func(scan scanner) error {
		var l link
		var removed string
		err := scan(&l.id, &l.Relation, &l.Code, &removed)
		l.removed = removed != ""
		all = append(all, l)
		return err
	})
}

func readLinks(tx *Tx, id int64, e *models.CommitmentEdit) error {
	e.Earlier = []models.LineageLink{}
	all, err := tx.links(id)
	for _, l := range all {
		e.Compared = true
		if l.Code != "" && !l.removed {
			e.Earlier = append(e.Earlier, l.LineageLink)
		}
	}
	return err
}

// checkLinks refuses to follow what is no commitment of an earlier statement, and to call new what nothing came before.
func checkLinks(tx *Tx, e *models.CommitmentEdit) ([]models.FieldError, error) {
	var bad []models.FieldError
	facts, err := tx.factsOf(e.Statement)
	if err != nil || facts.Meeting == "" {
		return nil, err // that there is no such statement is said elsewhere
	}
	held, err := tx.heldOn(facts)
	if err != nil {
		return nil, err
	}
	for i, l := range e.Earlier {
		at := fmt.Sprintf("earlier.%d.code", i)
		id, err := tx.id("commitments", at, l.Code)
		if named := models.InvalidFields(err); err != nil {
			if bad = append(bad, named...); named == nil {
				return nil, err
			}
			continue
		}
		err = tx.checkEarlier(at, id, held)
		if named := models.InvalidFields(err); err != nil && named == nil {
			return nil, err
		} else {
			bad = append(bad, named...)
		}
	}
	if !e.Compared || len(e.Earlier) > 0 {
		return bad, nil
	}
	var n int
	if err := scanRow(tx.db.Raw("SELECT COUNT(*) FROM lineage l JOIN statements st ON st.id = l.statement_id WHERE st.slug = ?", e.Statement), &n); err != nil {
		return nil, translate("look whether "+e.Statement+" was compared", err)
	}
	previous, err := tx.before(e.Statement)
	if n == 0 && previous == "" {
		bad = append(bad, models.Field("compared", "error.nothing_earlier"))
	}
	return bad, err
}

// keepLinks brings the lineage of a commitment in step with its edit, and what its statement does not mention of the one
// before in step with that.
func keepLinks(tx *Tx, id int64, e *models.CommitmentEdit) error {
	stands, err := tx.links(id)
	if err != nil {
		return err
	}
	slices.SortFunc(e.Earlier, func(a, b models.LineageLink) int { return strings.Compare(a.Code, b.Code) }) // as they are read
	hidden := slices.ContainsFunc(stands, func(l link) bool { return l.removed })
	e.Compared = e.Compared || hidden || len(e.Earlier) > 0
	want := slices.Clone(e.Earlier)
	if e.Compared && !hidden && len(want) == 0 {
		want = []models.LineageLink{{Relation: "new"}}
	}
	var dropped []string
	for _, l := range stands {
		at := slices.IndexFunc(want, func(w models.LineageLink) bool { return w.Code == l.Code })
		switch {
		case l.removed: // it stays tied to what may come back
		case at < 0:
			dropped = append(dropped, l.Code)
			err = errors.Join(err, tx.exec("take a line away", "DELETE FROM lineage WHERE id = ?", l.id))
		default:
			err = errors.Join(err, tx.exec("change a line", "UPDATE lineage SET relation = ? WHERE id = ?", want[at].Relation, l.id))
			want = slices.Delete(want, at, at+1)
		}
	}
	if err != nil {
		return err
	}
	for _, l := range want {
		if err := tx.AddLineage(e.Statement, e.Code, l.Code, l.Relation); err != nil {
			return err
		}
	}
	return tx.mention(e, dropped)
}

// mention takes back that a statement does not mention what one of its commitments follows, and says so of those of the
// previous statement that one followed and nothing follows any more.
func (tx *Tx) mention(e *models.CommitmentEdit, dropped []string) error {
	for _, l := range e.Earlier {
		if err := tx.exec("mention "+l.Code, `DELETE FROM lineage WHERE relation = 'not_mentioned' AND statement_id = (SELECT id FROM statements WHERE slug = ?)
			AND earlier_id = (SELECT id FROM commitments WHERE code = ?)`, e.Statement, l.Code); err != nil {
			return err
		}
	}
	previous, err := tx.before(e.Statement)
	if err != nil || previous == "" {
		return err
	}
	codes, err := tx.unfollowed(previous, e.Statement)
	if err != nil {
		return err
	}
	for _, code := range codes {
		if !slices.Contains(dropped, code) {
			continue
		}
		if err := tx.AddLineage(e.Statement, "", code, "not_mentioned"); err != nil {
			return err
		}
	}
	return nil
}
