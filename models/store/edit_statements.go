package store

import (
	"fmt"
	"slices"

	"github.com/followthrough/followthrough/models"
)

var statementEditor = kindOf[models.StatementEdit]{
	table: "statements",
	fields: func(e *models.StatementEdit) []field {
		return []field{{column: "slug", at: &e.Slug}, {column: "meeting_id", at: &e.Meeting, names: "meetings", wire: "meeting"}, {column: "title", at: &e.Title},
			{column: "issued", at: &e.IssuedOn}, {column: "sources", at: &e.Sources}}
	},
	named: func(e *models.StatementEdit) models.Text { return e.Title },
	lists: readReleases,
	keep:  keepReleases,
	rules: func(tx *Tx, id int64, e *models.StatementEdit) ([]models.FieldError, error) {
		return found(
			func() ([]models.FieldError, error) { return tx.checkSources("sources", e.Sources) },
			func() ([]models.FieldError, error) {
				return tx.checkStays("meeting", "SELECT COUNT(*) FROM statements st JOIN meetings m ON m.id = st.meeting_id WHERE st.id = ? AND m.ref <> ?", id, e.Meeting)
			},
			func() ([]models.FieldError, error) { return tx.checkReleases(id, e.Publications) },
		)
	},
	mentions: func(tx *Tx, r versioned) error {
		tx.touch("statement", r.ref)
		return tx.touchAll("meeting", "SELECT m.ref FROM statements st JOIN meetings m ON m.id = st.meeting_id WHERE st.id = ?", r.id)
	},
}

// checkStays refuses another value of what never changes once the record is there.
func (tx *Tx) checkStays(field, otherwise string, args ...any) ([]models.FieldError, error) {
	var n int
	err := scanRow(tx.db.Raw(otherwise, args...), &n)
	if err == nil && n > 0 {
		return []models.FieldError{models.Field(field, "error.fixed")}, nil
	}
	return nil, translate("look at the "+field, err)
}

func readReleases(tx *Tx, id int64, e *models.StatementEdit) error {
	e.Publications = []models.PublicationEdit{}
	return each("read publications", tx.db.Raw("SELECT id, publisher, lang, title, published_on, published_precision, url, standing FROM publications WHERE statement_id = ? ORDER BY published_on, id", id), func(scan scanner) error {
		var p models.PublicationEdit
		var on, precision string
		err := scan(&p.ID, &p.Publisher, &p.Lang, &p.Title, &on, &precision, &p.URL, &p.Standing)
		p.PublishedOn = date(on, precision)
		e.Publications = append(e.Publications, p)
		return err
	})
}

func keepReleases(tx *Tx, id int64, e *models.StatementEdit) error {
	meeting, err := tx.id("meetings", "meeting", e.Meeting)
	if err != nil {
		return err
	}
	var rows []below
	for i := range e.Publications {
		p := &e.Publications[i]
		columns := slices.Concat(col("meeting_id", meeting), col("publisher", p.Publisher), col("lang", p.Lang), col("title", p.Title), civil("published", p.PublishedOn), col("url", p.URL), col("standing", p.Standing))
		if p.ID == 0 {
			if p.ID, err = tx.insert("publications", col("statement_id", id), columns, col("published_at", ""), text("note", models.Text{}), support(nil), texts("sources", nil)); err != nil {
				return err
			}
		}
		rows = append(rows, below{p.ID, columns})
	}
	return tx.keepRows("publications", "statement_id", id, "id", rows)
}

// checkReleases refuses releases of another text, and one that stands twice.
func (tx *Tx) checkReleases(statement int64, all []models.PublicationEdit) ([]models.FieldError, error) {
	own := map[int64]bool{}
	err := each("read publications", tx.db.Raw("SELECT id FROM publications WHERE statement_id = ?", statement), func(scan scanner) error {
		var id int64
		err := scan(&id)
		own[id] = true
		return err
	})
	var bad []models.FieldError
	for i, p := range all {
		if p.ID != 0 && !own[p.ID] {
			bad = append(bad, models.Field(fmt.Sprintf("publications.%d.id", i), "error.unknown_value", "value", p.ID))
		}
		delete(own, p.ID)
	}
	return bad, err
}
