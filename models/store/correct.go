package store

import (
	"context"
	"strconv"
	"strings"

	"github.com/followthrough/followthrough/models"
)

// correction is what the audit has of another wording.
type correction struct {
	Edition int                  `json:"edition"`
	Reason  models.Text          `json:"reason"`
	Changes []models.FieldChange `json:"changes"`
	Lost    []string             `json:"needs_reanchoring"` // codes of the commitments whose words are gone
}

// Correct replaces the wording of one paragraph in one language. The former wording is kept with the edition that replaced
// it, and the marks follow their words; those whose words are gone stay as they are and say so. The version must be that of
// the statement that the person saw.
func (s *Store) Correct(ctx context.Context, actor models.Actor, slug, paragraph string, version int64, e models.Correction, receipt *models.Receipt) error {
	detail := &correction{Reason: e.Reason, Lost: []string{}}
	c := Change{Action: "statement.correct", Object: "statement:" + slug, Detail: detail, Needs: models.PermitEdit, Receipt: receipt}
	return s.Write(ctx, actor, c, func(tx *Tx) error {
		r, err := tx.edited("statement", slug, version)
		if err != nil {
			return err
		}
		p, err := tx.paragraphOf(slug, paragraph)
		if err != nil {
			return err
		}
		if p.id == 0 {
			return models.NotFound("paragraph", slug+"#"+paragraph)
		}
		if err := models.Together(e.Validate(s.Today()), tx.checkWording(r.id, e.Lang)); err != nil {
			return err
		}
		was, stood := p.texts[e.Lang]
		if was == e.Text {
			return models.Invalid(models.Field("text", "error.same_text"))
		}
		detail.Changes = []models.FieldChange{{Field: paragraph + "." + string(e.Lang), From: was, To: e.Text}}
		if detail.Edition, err = tx.newEdition(r, e.Reason); err != nil {
			return err
		}
		if err := tx.reword(p.id, e, stood, detail.Edition); err != nil {
			return err
		}
		if detail.Lost, err = tx.followMarks(p.id, e.Lang, was, e.Text); err != nil {
			return err
		}
		tx.touch("statement", slug)
		tx.result = strconv.Itoa(detail.Edition)
		return nil
	})
}

// checkWording refuses a language that the statement does not have.
func (tx *Tx) checkWording(statement int64, lang models.Lang) error {
	var n int
	err := scanRow(tx.db.Raw("SELECT COUNT(*) FROM paragraph_texts x JOIN paragraphs p ON p.id = x.paragraph_id WHERE p.statement_id = ? AND x.lang = ?", statement, lang), &n)
	if err == nil && n == 0 && lang != "" {
		return models.Invalid(models.Field("lang", "error.unknown_value", "value", string(lang)))
	}
	return translate("look for the language", err)
}

// newEdition counts the wording of a statement on and says why.
func (tx *Tx) newEdition(r versioned, reason models.Text) (int, error) {
	var n int
	if err := scanRow(tx.db.Raw("UPDATE statements SET edition = edition + 1, version = version + 1 WHERE id = ? RETURNING edition", r.id), &n); err != nil {
		return 0, translate("count the editions of "+r.ref, err)
	}
	return n, tx.put("editions", col("statement_id", r.id), col("edition", n), text("reason", reason), col("author", tx.actor.Name))
}

// reword writes a wording, and keeps the one that stood.
func (tx *Tx) reword(paragraph int64, e models.Correction, stood bool, edition int) error {
	if !stood {
		return tx.put("paragraph_texts", col("paragraph_id", paragraph), col("lang", e.Lang), col("body", e.Text), col("sha256", hash(e.Text)), col("edition", edition))
	}
	if err := tx.exec("keep the former wording", `INSERT INTO former_texts (paragraph_id, lang, edition, until_edition, body, sha256)
		SELECT paragraph_id, lang, edition, CAST(? AS INTEGER), body, sha256 FROM paragraph_texts WHERE paragraph_id = ? AND lang = ?`, edition, paragraph, e.Lang); err != nil {
		return err
	}
	return tx.exec("correct the wording", "UPDATE paragraph_texts SET body = ?, sha256 = ?, edition = ? WHERE paragraph_id = ? AND lang = ?", e.Text, hash(e.Text), edition, paragraph, e.Lang)
}

// followMarks moves the marks of a paragraph to where their words stand now, and returns the codes of those whose words
// are gone. Those of removed commitments move as well: they may come back.
func (tx *Tx) followMarks(paragraph int64, lang models.Lang, was, now string) ([]string, error) {
	type stored struct {
		commitment int64
		code       string
		models.TextMark
	}
	var all []stored
	err := each("read marks", tx.db.Raw(`SELECT c.id, c.code, k.exact, k.prefix, k.suffix, k.start_hint, k.rival FROM marks k JOIN commitments c ON c.id = k.commitment_id
		WHERE k.paragraph_id = ? AND k.lang = ? ORDER BY c.code`, paragraph, lang), func(scan scanner) error {
		var m stored
		err := scan(&m.commitment, &m.code, &m.Exact, &m.Prefix, &m.Suffix, &m.Hint, &m.Rival)
		all = append(all, m)
		return err
	})
	if err != nil {
		return nil, err
	}
	gone := []string{}
	for _, m := range all {
		at, found := m.Follow(was, now)
		if !found {
			gone = append(gone, m.code)
			continue
		}
		set, args := setSQL(markColumns(models.NewTextMark(now, at)))
		if err := tx.exec("move the mark of "+m.code, "UPDATE marks SET "+set+" WHERE commitment_id = ? AND lang = ?", append(args, m.commitment, lang)...); err != nil {
			return nil, err
		}
	}
	return gone, nil
}

// Mark adds a commitment to a statement. It gets the next code of its paragraph, which no other one ever had.
func (s *Store) Mark(ctx context.Context, actor models.Actor, e *models.CommitmentEdit, receipt *models.Receipt) error {
	detail := &edited{}
	c := Change{Action: "commitment.create", Object: "statement:" + e.Statement, Detail: detail, Needs: models.PermitEdit, Receipt: receipt}
	err := s.Write(ctx, actor, c, func(tx *Tx) error {
		by := editors["commitment"]
		if err := models.Together(e.Validate(s.Today()), by.check(tx, 0, e)); err != nil {
			return err
		}
		code, err := tx.nextCode(e.Statement, e.Paragraph)
		if err != nil {
			return err
		}
		e.Code = code
		if err := by.add(tx, e); err != nil {
			return err
		}
		tx.result, tx.object = e.Code, "commitment:"+e.Code
		detail.Changes = models.Diff(struct{}{}, e)
		return tx.tell("commitment", e.Code)
	})
	if err == nil && receipt != nil && receipt.Replayed {
		e.Code = receipt.Result
	}
	return err
}

// nextCode is the code of the next commitment of a paragraph: QSCG-2023-12-P04-3. Removed ones count, so that a code never
// means two things.
func (tx *Tx) nextCode(statement, paragraph string) (string, error) {
	stem := strings.TrimSuffix(models.CommitmentCode(statement, paragraph, 0), "0")
	last := 0
	err := each("find the last code", tx.db.Raw("SELECT code FROM commitments WHERE code LIKE ?", stem+"%"), func(scan scanner) error {
		var code string
		err := scan(&code)
		if n, bad := strconv.Atoi(strings.TrimPrefix(code, stem)); bad == nil {
			last = max(last, n)
		}
		return err
	})
	return stem + strconv.Itoa(last+1), err
}
