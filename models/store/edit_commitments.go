package store

import (
	"fmt"
	"slices"
	"strings"

	"github.com/followthrough/followthrough/models"
)

var commitmentEditor = kindOf[models.CommitmentEdit]{
	table: "commitments",
	fields: func(e *models.CommitmentEdit) []field {
		return []field{{column: "code", at: &e.Code}, {column: "statement_id", at: &e.Statement, names: "statements", wire: "statement"}, {column: "kind", at: &e.Kind}, {column: "verb", at: &e.Verb},
			{column: "strength", at: &e.Strength}, {column: "trackable", at: &e.Trackable}, {column: "reason", at: &e.NotTrackableReason}, {column: "note", at: &e.Note},
			{column: "actor", at: &e.Actor}, {column: "addressee", at: &e.Addressee}, {column: "due", at: &e.Due}, {column: "measure", at: &e.Measure}}
	},
	named: func(e *models.CommitmentEdit) models.Text {
		var t models.Text
		for _, m := range e.Marks {
			switch m.Lang {
			case models.English:
				t.EN = m.Exact
			case models.Japanese:
				t.JA = m.Exact
			}
		}
		if t.IsZero() {
			t.EN = e.Code
		}
		return t
	},
	lists: func(tx *Tx, id int64, e *models.CommitmentEdit) error {
		if err := readMarks(tx, id, e); err != nil {
			return err
		}
		return readLinks(tx, id, e)
	},
	keep: func(tx *Tx, id int64, e *models.CommitmentEdit) error {
		if err := keepMarks(tx, id, e); err != nil {
			return err
		}
		return keepLinks(tx, id, e)
	},
	rules: func(tx *Tx, id int64, e *models.CommitmentEdit) ([]models.FieldError, error) {
		return found(func() ([]models.FieldError, error) { return checkMarks(tx, id, e) }, func() ([]models.FieldError, error) { return checkLinks(tx, e) })
	},
	mentions: func(tx *Tx, r versioned) error {
		tx.touch("commitment", r.ref)
		return nil
	},
}

// commitmentKind is the editor of commitments, whose rows name their paragraph.
type commitmentKind struct{ kindOf[models.CommitmentEdit] }

func (k commitmentKind) add(tx *Tx, e models.Edit) error {
	own := e.(*models.CommitmentEdit)
	columns, err := writeFields(tx, k.fields(own))
	if err != nil {
		return err
	}
	p, err := tx.paragraphOf(own.Statement, own.Paragraph)
	if err != nil {
		return err
	}
	id, err := tx.insert("commitments", columns, col("paragraph_id", p.id))
	if err != nil {
		return err
	}
	return k.keep(tx, id, own)
}

// paragraphWords is a paragraph with its wordings.
type paragraphWords struct {
	id    int64 // 0 when there is no such paragraph
	texts map[models.Lang]string
}

func (tx *Tx) paragraphOf(statement, ref string) (paragraphWords, error) {
	p := paragraphWords{texts: map[models.Lang]string{}}
	return p, each("read the paragraph", tx.db.Raw(`SELECT p.id, x.lang, x.body FROM paragraphs p JOIN statements st ON st.id = p.statement_id
		JOIN paragraph_texts x ON x.paragraph_id = p.id WHERE st.slug = ? AND p.ref = ?`, statement, ref), func(scan scanner) error {
		var lang models.Lang
		var body string
		err := scan(&p.id, &lang, &body)
		p.texts[lang] = body
		return err
	})
}

// storedMarks are the marks of a commitment as they are kept, by language.
func (tx *Tx) storedMarks(commitment int64) (map[models.Lang]models.TextMark, error) {
	all := map[models.Lang]models.TextMark{}
	return all, each("read marks", tx.db.Raw("SELECT lang, exact, prefix, suffix, start_hint, rival FROM marks WHERE commitment_id = ?", commitment), func(scan scanner) error {
		var lang models.Lang
		var m models.TextMark
		err := scan(&lang, &m.Exact, &m.Prefix, &m.Suffix, &m.Hint, &m.Rival)
		all[lang] = m
		return err
	})
}

// readMarks reads what hangs below a commitment. A mark whose words are gone has no place.
func readMarks(tx *Tx, id int64, e *models.CommitmentEdit) error {
	e.Initiatives, e.Marks = []string{}, []models.MarkEdit{}
	if err := scanRow(tx.db.Raw("SELECT p.ref FROM commitments c JOIN paragraphs p ON p.id = c.paragraph_id WHERE c.id = ?", id), &e.Paragraph); err != nil {
		return translate("find the paragraph", err)
	}
	if err := tx.db.Raw("SELECT i.ref FROM commitment_initiatives ci JOIN initiatives i ON i.id = ci.initiative_id WHERE ci.commitment_id = ? AND i.removed_at = '' ORDER BY i.ref", id).Scan(&e.Initiatives).Error; err != nil {
		return translate("read initiatives", err)
	}
	p, err := tx.paragraphOf(e.Statement, e.Paragraph)
	if err != nil {
		return err
	}
	stored, err := tx.storedMarks(id)
	for lang, m := range stored {
		row := models.MarkEdit{Lang: lang, Exact: m.Exact}
		if at, found := m.Anchor(p.texts[lang]); found {
			row.Place = 1 + slices.Index(models.WordsAt(p.texts[lang], m.Exact), at)
		}
		e.Marks = append(e.Marks, row)
	}
	slices.SortFunc(e.Marks, func(a, b models.MarkEdit) int { return strings.Compare(string(a.Lang), string(b.Lang)) })
	return err
}

// lost reports whether a mark is as it is kept and its words are gone: it stays as it is until somebody marks anew.
func lost(m models.MarkEdit, stored models.TextMark, body string) bool {
	_, found := stored.Anchor(body)
	return !found && m.Place == 0 && m.Exact == stored.Exact
}

func checkMarks(tx *Tx, id int64, e *models.CommitmentEdit) ([]models.FieldError, error) {
	bad, err := tx.checkStays("statement", "SELECT COUNT(*) FROM commitments c JOIN statements st ON st.id = c.statement_id WHERE c.id = ? AND st.slug <> ?", id, e.Statement)
	if err != nil {
		return nil, err
	}
	more, err := tx.checkStays("paragraph", "SELECT COUNT(*) FROM commitments c JOIN paragraphs p ON p.id = c.paragraph_id WHERE c.id = ? AND p.ref <> ?", id, e.Paragraph)
	if bad = append(bad, more...); err != nil || len(bad) > 0 {
		return bad, err
	}
	_, bad, err = tx.initiativesOf("initiatives", e.Initiatives)
	if err != nil {
		return nil, err
	}
	p, err := tx.paragraphOf(e.Statement, e.Paragraph)
	if err != nil {
		return nil, err
	}
	if p.id == 0 {
		return append(bad, models.Field("paragraph", "error.unknown_value", "value", e.Paragraph)), nil
	}
	stored, err := tx.storedMarks(id)
	for i, m := range e.Marks {
		at := fmt.Sprintf("marks.%d.", i)
		body, there := p.texts[m.Lang]
		if !there {
			bad = append(bad, models.Field(at+"lang", "error.unknown_value", "value", string(m.Lang)))
			continue
		}
		if lost(m, stored[m.Lang], body) {
			continue
		}
		_, err := m.Find(body)
		bad = append(bad, models.InvalidFields(models.Under(at, err))...)
	}
	return bad, err
}

func keepMarks(tx *Tx, id int64, e *models.CommitmentEdit) error {
	p, err := tx.paragraphOf(e.Statement, e.Paragraph)
	if err != nil {
		return err
	}
	stored, err := tx.storedMarks(id)
	if err != nil {
		return err
	}
	var rows []below
	for i := range e.Marks {
		m := &e.Marks[i]
		row := below{key: string(m.Lang)}
		if !lost(*m, stored[m.Lang], p.texts[m.Lang]) {
			at, err := m.Find(p.texts[m.Lang])
			if err != nil {
				return err
			}
			m.Place = max(m.Place, 1) // where they stand once
			row.values = slices.Concat(col("paragraph_id", p.id), markColumns(models.NewTextMark(p.texts[m.Lang], at)))
		}
		rows = append(rows, row)
	}
	if err := tx.keepRows("marks", "commitment_id", id, "lang", rows); err != nil {
		return err
	}
	ids, _, err := tx.initiativesOf("initiatives", e.Initiatives)
	if err != nil {
		return err
	}
	var hidden []int64 // a removed one, which nobody sees, stays tied
	if err := tx.db.Raw("SELECT i.id FROM commitment_initiatives ci JOIN initiatives i ON i.id = ci.initiative_id WHERE ci.commitment_id = ? AND i.removed_at <> ''", id).Scan(&hidden).Error; err != nil {
		return translate("read initiatives", err)
	}
	var ties []below
	for _, other := range append(ids, hidden...) {
		ties = append(ties, below{key: other})
	}
	return tx.keepRows("commitment_initiatives", "commitment_id", id, "initiative_id", ties)
}
