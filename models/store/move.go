package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"

	"gorm.io/gorm"
)

// Moved says what a move copied.
type Moved struct {
	Tables int
	Rows   int64
	Seq    int64  // of the last entry of the audit
	Hash   string // of that entry
	Missed int64  // entries that were written to the source after the snapshot that was copied
}

// MoveFrom copies a whole record into this one, which must be empty: every row of every table that the schema has, as it is,
// from one snapshot of the source and in one transaction here, so that a move that is cut short leaves nothing. Rows
// pass one by one. The tokens of the search are the one thing that each engine keeps in its own way; they are made again
// from the texts. tell is told how many of all rows were copied. Nothing may have been read from
// this record before.
func (s *Store) MoveFrom(ctx context.Context, source *Store, tell func(done, all int64)) (moved *Moved, err error) {
	s.writes.alone(func() { moved, err = s.moveFrom(ctx, source, tell) })
	return moved, err
}

func (s *Store) moveFrom(ctx context.Context, source *Store, tell func(done, all int64)) (*Moved, error) {
	var moved *Moved
	var head anchor
	err := source.readers.WithContext(ctx).Transaction(func(from *gorm.DB) error {
		m := &mover{source: source, from: from, target: s, tell: tell}
		if err := m.survey(ctx); err != nil {
			return err
		}
		if err := m.write(ctx); err != nil {
			return err
		}
		moved, head = &Moved{Tables: len(m.tables), Rows: m.done, Seq: m.head.seq, Hash: m.head.hash}, m.head
		return nil
	}, source.snapshot())
	if err != nil {
		return nil, err
	}
	newest, err := headOf(source.readers.WithContext(ctx))
	if err != nil {
		return nil, err
	}
	moved.Missed = newest.seq - moved.Seq
	if s.head.path != source.head.path {
		err = s.head.add(head)
	}
	return moved, err
}

// mover is one move in progress.
type mover struct {
	source *Store
	from   *gorm.DB // a snapshot of the source
	target *Store
	tell   func(done, all int64)

	tables    []table
	head      anchor // of the source
	done, all int64
}

// survey finds what there is to copy and refuses a target that cannot take it.
func (m *mover) survey(ctx context.Context) error {
	var err error
	if m.tables, err = m.source.tables(m.from); err != nil {
		return err
	}
	own, err := m.target.tables(m.target.readers.WithContext(ctx))
	if err != nil {
		return err
	}
	if !slices.EqualFunc(m.tables, own, table.like) {
		return fmt.Errorf("the two records have other tables: %s and %s; a table that is not of the program cannot be moved", names(m.tables), names(own))
	}
	for i, t := range m.tables {
		var there int64
		if err := scanRow(m.target.readers.WithContext(ctx).Raw("SELECT COUNT(*) FROM (SELECT 1 FROM "+t.name+" LIMIT 1) one"), &there); err != nil {
			return translate("look at the target", err)
		}
		if there > 0 && t.name != preset {
			return errors.New("the record to move to is not empty: there are rows in " + t.name + "; name an empty folder or database")
		}
		if err := scanRow(m.from.Raw("SELECT COUNT(*) FROM "+t.name), &m.tables[i].rows); err != nil {
			return translate("count "+t.name, err)
		}
		m.all += m.tables[i].rows
	}
	if m.head, err = headOf(m.from); err == nil && m.head.seq == 0 {
		return errors.New("the record to move is empty: nothing was ever written to it")
	}
	return err
}

// preset is the one table that a new record has rows in.
const preset = "versions"

// headOf reads the last entry of the audit; nothing when there is none.
func headOf(db *gorm.DB) (anchor, error) {
	var a anchor
	err := scanRow(db.Raw("SELECT seq, hash, at FROM audit ORDER BY seq DESC LIMIT 1"), &a.seq, &a.hash, &a.at)
	if errors.Is(err, sql.ErrNoRows) {
		return a, nil
	}
	return a, translate("read the audit head", err)
}

// write fills the target in one transaction, on a connection whose references are looked at once, at the end: row by row
// would need an order in which every row comes after those that it names.
func (m *mover) write(ctx context.Context) error {
	return m.target.writer.WithContext(ctx).Connection(func(db *gorm.DB) error {
		conn, ok := db.Statement.ConnPool.(*sql.Conn)
		if !ok {
			return fmt.Errorf("a connection is %T", db.Statement.ConnPool)
		}
		var to filler = &sqliteFiller{conn: conn}
		if m.target.engine == Postgres {
			to = &postgresFiller{conn: conn}
		}
		if err := to.open(ctx); err != nil {
			return err
		}
		defer to.close(context.WithoutCancel(ctx))
		return db.Transaction(func(tx *gorm.DB) error { return m.fill(ctx, tx, to) })
	})
}

// filler writes the rows of a table as its engine does it best.
type filler interface {
	open(ctx context.Context) error                // before the transaction
	loosen(ctx context.Context, tx *gorm.DB) error // stops looking at references
	put(ctx context.Context, tx *gorm.DB, t table, rows *passing) error
	tighten(ctx context.Context, tx *gorm.DB, tables []table) error // looks at all of them, and sets the counters of ids
	close(ctx context.Context)                                      // after it
}

func (m *mover) fill(ctx context.Context, tx *gorm.DB, to filler) error {
	if err := to.loosen(ctx, tx); err != nil {
		return err
	}
	if err := tx.Exec("DELETE FROM " + preset).Error; err != nil {
		return translate("clear the target", err)
	}
	for _, t := range m.tables {
		if err := m.copy(ctx, tx, t, to); err != nil {
			return err
		}
	}
	if err := (indexer{db: tx, engine: m.target.engine}).again(ctx); err != nil {
		return err
	}
	if err := to.tighten(ctx, tx, m.tables); err != nil {
		return err
	}
	return m.compare(tx)
}

// copy passes the rows of one table, in the order of their key.
func (m *mover) copy(ctx context.Context, tx *gorm.DB, t table, to filler) error {
	rows, err := m.from.Raw(t.selected()).Rows()
	if err != nil {
		return translate("read "+t.name, err)
	}
	defer rows.Close()
	p := &passing{rows: rows, truths: t.truths, values: make([]any, len(t.columns)), each: func() {
		if m.done++; m.done%tellEvery == 0 {
			m.tell(m.done, m.all)
		}
	}}
	if err := to.put(ctx, tx, t, p); err != nil {
		return translate("copy "+t.name, err)
	}
	return translate("read "+t.name, rows.Err())
}

// tellEvery is after how many rows a move says how far it is.
const tellEvery = 5000

// compare counts what the target holds, before it is kept.
func (m *mover) compare(tx *gorm.DB) error {
	for _, t := range m.tables {
		var there int64
		if err := scanRow(tx.Raw("SELECT COUNT(*) FROM "+t.name), &there); err != nil {
			return translate("count "+t.name, err)
		}
		if there != t.rows {
			return fmt.Errorf("%s has %d rows, and %d arrived", t.name, t.rows, there)
		}
	}
	head, err := headOf(tx)
	if err == nil && head != m.head {
		err = fmt.Errorf("the audit ends with %d %s, and the copy with %d %s", m.head.seq, m.head.hash, head.seq, head.hash)
	}
	return err
}

// passing hands rows on, one after the other. It is what pgx takes for a copy.
type passing struct {
	rows   *sql.Rows
	truths []bool
	values []any
	each   func()
	err    error
}

// Next goes to the next row.
func (p *passing) Next() bool { return p.err == nil && p.rows.Next() }

// Values returns the row.
func (p *passing) Values() ([]any, error) {
	to := make([]any, len(p.values))
	for i := range p.values {
		to[i] = &p.values[i]
	}
	p.err = p.rows.Scan(to...)
	for i, v := range p.values {
		if n, ok := v.(int64); ok && p.truths[i] {
			p.values[i] = n != 0
		}
	}
	p.each()
	return p.values, p.err
}

// Err is what went wrong while reading.
func (p *passing) Err() error { return errors.Join(p.err, p.rows.Err()) }
