package store

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/followthrough/followthrough/models"
)

// field ties a column, or the columns of a text or a date, to its place in an edit, for reading and for writing.
type field struct {
	column string
	at     any    // *string, *int, *bool, *models.Text, *models.Date, *[]string or *[]models.Text
	names  string // table of the record that it names, whose id is kept
	wire   string // name of the field, where it differs from the column
	day    bool   // a date of which only the day is kept
}

// read returns what to select, where the values go, and what is to be done with them then.
func (f field) read(tx *Tx) (columns []string, into []any, done func() error) {
	none := func() error { return nil }
	switch at := f.at.(type) {
	case *models.Text:
		return []string{"x." + f.column + "_en", "x." + f.column + "_ja"}, []any{&at.EN, &at.JA}, none
	case *models.Date:
		var last, precision string
		if f.day {
			return []string{"x." + f.column}, []any{&last}, func() error { *at = day(last); return nil }
		}
		return []string{"x." + f.column + "_on", "x." + f.column + "_precision"}, []any{&last, &precision}, func() error { *at = date(last, precision); return nil }
	case *[]string, *[]models.Text:
		var body string
		return []string{"x." + f.column}, []any{&body}, func() error { return json.Unmarshal([]byte(body), at) }
	}
	if f.names != "" {
		var id *int64
		named := f.at.(*string)
		return []string{"COALESCE((SELECT n." + refColumns[f.names] + " FROM " + f.names + " n WHERE n.id = x." + f.column + "), '')", "x." + f.column}, []any{named, &id},
			func() error { tx.holds(f.names, *named, id); return nil }
	}
	return []string{"x." + f.column}, []any{f.at}, none
}

// holds remembers what a record names already, so that it may go on naming it though that is removed by now.
func (tx *Tx) holds(table, ref string, id *int64) {
	if id != nil && tx.ids != nil {
		tx.ids[table+":"+ref] = *id
	}
}

// write returns the columns with their values. A name that no standing record has is an invalid field.
func (f field) write(tx *Tx) ([]column, error) {
	switch at := f.at.(type) {
	case *models.Text:
		return text(f.column, *at), nil
	case *models.Date:
		if f.day {
			return col(f.column, at.Last()), nil
		}
		return civil(f.column, *at), nil
	case *[]string:
		return texts(f.column, *at), nil
	case *[]models.Text:
		if *at == nil {
			*at = []models.Text{}
		}
		b, err := json.Marshal(*at)
		return col(f.column, string(b)), wrap("encode "+f.column, err)
	case *string:
		if f.names == "" {
			return col(f.column, *at), nil
		}
		id, err := tx.idOrNull(f.names, f.wire, *at)
		return col(f.column, id), err
	case *int:
		return col(f.column, *at), nil
	case *bool:
		return col(f.column, *at), nil
	}
	return nil, fmt.Errorf("column %s: no way to write %T", f.column, f.at)
}

// readFields fills the places of the fields from the row of a record.
func readFields(tx *Tx, table, ref string, fields []field) error {
	var columns []string
	var into []any
	var after []func() error
	for _, f := range fields {
		c, at, done := f.read(tx)
		columns, into, after = append(columns, c...), append(into, at...), append(after, done)
	}
	if err := scanRow(tx.db.Raw("SELECT "+strings.Join(columns, ", ")+" FROM "+table+" x WHERE x."+refColumns[table]+" = ?", ref), into...); err != nil {
		return translate("read "+ref, err)
	}
	for _, done := range after {
		if err := done(); err != nil {
			return wrap("read "+ref, err)
		}
	}
	return nil
}

// writeFields gives the columns of all fields, and every field that names nothing.
func writeFields(tx *Tx, fields []field) ([]column, error) {
	var all []column
	var bad []models.FieldError
	for _, f := range fields {
		c, err := f.write(tx)
		if err != nil {
			if named := models.InvalidFields(err); named != nil {
				bad = append(bad, named...)
				continue
			}
			return nil, err
		}
		all = append(all, c...)
	}
	return all, models.Invalid(bad...)
}

// setSQL is the part of an UPDATE that sets columns.
func setSQL(columns []column) (string, []any) {
	names, args := make([]string, len(columns)), make([]any, len(columns))
	for i, c := range columns {
		names[i], args[i] = c.name+" = ?", c.value
	}
	return strings.Join(names, ", "), args
}

// below is a row of a list that hangs on a record, by the key that tells it from its neighbours.
type below struct {
	key    any
	values []column
}

// keepRows brings the rows below a record in step with a list: those that left it go, those that stay keep the day they
// were recorded.
func (tx *Tx) keepRows(table, parent string, id int64, key string, rows []below) error {
	stands := map[string]bool{}
	err := each("read "+table, tx.db.Raw("SELECT CAST("+key+" AS TEXT) FROM "+table+" WHERE "+parent+" = ?", id), func(scan scanner) error {
		var k string
		err := scan(&k)
		stands[k] = true
		return err
	})
	if err != nil {
		return err
	}
	for _, r := range rows {
		k := fmt.Sprint(r.key)
		if !stands[k] {
			if err := tx.put(table, col(parent, id), col(key, r.key), r.values); err != nil {
				return err
			}
			continue
		}
		delete(stands, k)
		if len(r.values) == 0 {
			continue
		}
		set, args := setSQL(r.values)
		if err := tx.exec("change "+table, "UPDATE "+table+" SET "+set+" WHERE "+parent+" = ? AND "+key+" = ?", append(args, id, r.key)...); err != nil {
			return err
		}
	}
	for k := range stands {
		if err := tx.exec("take from "+table, "DELETE FROM "+table+" WHERE "+parent+" = ? AND CAST("+key+" AS TEXT) = ?", id, k); err != nil {
			return err
		}
	}
	return nil
}
