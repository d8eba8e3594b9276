package store

import (
	"fmt"

	"github.com/followthrough/followthrough/models"
)

// editors has the editor of every kind in models.EditKinds.
var editors = map[string]editor{
	"forum": forumEditor, "country": countryEditor, "topic": topicEditor, "delegate": delegateEditor, "meeting": meetingEditor, "initiative": initiativeEditor,
	"statement": statementEditor, "commitment": commitmentKind{commitmentEditor},
}

// kindOf is an editor of records whose edit is E. A nil function has nothing to do.
type kindOf[E any] struct {
	table  string
	fields func(e *E) []field
	named  func(e *E) models.Text
	born   func(e *E) []column // what a record that a person adds has beside its fields
	placed func(e *E) *int     // its place in an order; nil for a kind without one

	lists    func(tx *Tx, id int64, e *E) error // reads what hangs below
	keep     func(tx *Tx, id int64, e *E) error // writes what hangs below
	rules    func(tx *Tx, id int64, e *E) ([]models.FieldError, error)
	mentions func(tx *Tx, r versioned) error
	uses     []use
}

func (k kindOf[E]) home() string { return k.table }

func (k kindOf[E]) resting() []use { return k.uses }

func (k kindOf[E]) title(e models.Edit) models.Text { return k.named(any(e).(*E)) }

func (k kindOf[E]) load(tx *Tx, r versioned) (models.Edit, error) {
	e := new(E)
	err := readFields(tx, k.table, r.ref, k.fields(e))
	if err == nil && k.lists != nil {
		err = k.lists(tx, r.id, e)
	}
	return any(e).(models.Edit), err
}

// check finds every field that does not fit the record; id is 0 for a new one.
func (k kindOf[E]) check(tx *Tx, id int64, e models.Edit) error {
	_, err := writeFields(tx, k.fields(any(e).(*E)))
	bad := models.InvalidFields(err)
	if err != nil && bad == nil || k.rules == nil {
		return err
	}
	more, err := k.rules(tx, id, any(e).(*E))
	if err != nil {
		return err
	}
	return models.Invalid(append(bad, more...)...)
}

func (k kindOf[E]) add(tx *Tx, e models.Edit) error {
	own := any(e).(*E)
	if k.placed != nil && *k.placed(own) == 0 { // the first place gives a forum's name to the whole record
		if err := scanRow(tx.db.Raw("SELECT COALESCE(MAX(position), 0) + 1 FROM "+k.table), k.placed(own)); err != nil {
			return translate("find the last place", err)
		}
	}
	columns, err := writeFields(tx, k.fields(own))
	if err != nil {
		return err
	}
	var born []column
	if k.born != nil {
		born = k.born(own)
	}
	if k.keep == nil {
		return tx.put(k.table, columns, born)
	}
	id, err := tx.insert(k.table, columns, born)
	if err != nil {
		return err
	}
	return k.keep(tx, id, any(e).(*E))
}

func (k kindOf[E]) change(tx *Tx, r versioned, e models.Edit) error {
	columns, err := writeFields(tx, k.fields(any(e).(*E)))
	if err != nil {
		return err
	}
	if k.born != nil { // somebody names a source, or takes the last one away
		var now models.Confidence
		if err := scanRow(tx.db.Raw("SELECT confidence FROM "+k.table+" WHERE "+refColumns[k.table]+" = ?", r.ref), &now); err != nil {
			return translate("read "+r.ref, err)
		}
		if now == models.Unsourced {
			columns = append(columns, k.born(any(e).(*E))...)
		}
	}
	set, args := setSQL(columns)
	if err := tx.exec("change "+r.ref, "UPDATE "+k.table+" SET "+set+", version = version + 1 WHERE "+refColumns[k.table]+" = ?", append(args, r.ref)...); err != nil || k.keep == nil {
		return err
	}
	return k.keep(tx, r.id, any(e).(*E))
}

func (k kindOf[E]) told(tx *Tx, r versioned) error {
	if k.mentions == nil {
		return nil
	}
	return k.mentions(tx, r)
}

// checkCountries refuses codes of countries that are not in the record; an empty one is none.
func (tx *Tx) checkCountries(field string, codes ...string) ([]models.FieldError, error) {
	var bad []models.FieldError
	for _, code := range codes {
		if code == "" {
			continue
		}
		var n int
		if err := scanRow(tx.db.Raw("SELECT COUNT(*) FROM countries WHERE iso2 = ? AND removed_at = ''", code), &n); err != nil {
			return nil, translate("find "+code, err)
		}
		if n == 0 {
			bad = append(bad, models.Field(field, "error.unknown_value", "value", code))
		}
	}
	return bad, nil
}

// checkSources refuses refs of evidence that is not in the record.
func (tx *Tx) checkSources(field string, refs []string) ([]models.FieldError, error) {
	var bad []models.FieldError
	for _, ref := range refs {
		_, err := tx.id("evidence", field, ref)
		named := models.InvalidFields(err)
		if err != nil && named == nil {
			return nil, err
		}
		bad = append(bad, named...)
	}
	return bad, nil
}

// checkUnder refuses to place a record below itself.
func (tx *Tx) checkUnder(table, column string, id int64, field, ref string) ([]models.FieldError, error) {
	if id == 0 || ref == "" {
		return nil, nil
	}
	var n int
	err := scanRow(tx.db.Raw(fmt.Sprintf(`WITH RECURSIVE up(id) AS (SELECT id FROM %[1]s WHERE %[2]s = ? UNION SELECT t.%[3]s FROM up JOIN %[1]s t ON t.id = up.id WHERE t.%[3]s IS NOT NULL)
		SELECT COUNT(*) FROM up WHERE id = ?`, table, refColumns[table], column), ref, id), &n)
	if err == nil && n > 0 {
		return []models.FieldError{models.Field(field, "error.itself")}, nil
	}
	return nil, translate("follow "+ref, err)
}

// found joins what several checks found.
func found(checks ...func() ([]models.FieldError, error)) ([]models.FieldError, error) {
	var all []models.FieldError
	for _, c := range checks {
		bad, err := c()
		if err != nil {
			return nil, err
		}
		all = append(all, bad...)
	}
	return all, nil
}
