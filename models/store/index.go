package store

import (
	"cmp"
	"context"
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/followthrough/followthrough/models"
	"github.com/followthrough/followthrough/models/store/grams"
	"gorm.io/gorm"
)

// touch remembers that a write changed the texts of a record, so that they are indexed before it is kept.
func (tx *Tx) touch(kind, ref string) {
	if !slices.Contains(tx.touched[kind], ref) {
		tx.touched[kind] = append(tx.touched[kind], ref)
	}
}

// index brings the search index of the touched records in step.
func (tx *Tx) index(engine Engine) error {
	for _, kind := range slices.Sorted(maps.Keys(tx.touched)) { // in one order, so that both engines give the same ids
		refs := tx.touched[kind]
		args := make([]any, len(refs))
		for i, r := range refs {
			args[i] = r
		}
		x := indexer{tx.db, engine, kind}
		if err := x.drop("record IN ("+marks(len(args))+")", args); err != nil {
			return err
		}
		if err := x.add(sources[kind], "IN ("+marks(len(args))+")", args); err != nil {
			return err
		}
	}
	return tx.indexJudged(engine)
}

// indexJudged adds the texts of the updates that were added to initiatives of which nothing else changed: those of
// their other updates stand in the index already.
func (tx *Tx) indexJudged(engine Engine) error {
	var ids []any
	for _, ref := range slices.Sorted(maps.Keys(tx.judged)) {
		if !slices.Contains(tx.touched["initiative"], ref) {
			ids = append(ids, tx.judged[ref]...)
		}
	}
	if len(ids) == 0 {
		return nil
	}
	return indexer{tx.db, engine, "initiative"}.add(updateSource, "IN ("+marks(len(ids))+")", ids)
}

// reindex builds the search index anew when it was made by another version of the tokenizer, or never. It is derived
// from the record, so that it leaves no audit entry.
func (s *Store) reindex(ctx context.Context) error {
	return s.writer.WithContext(ctx).Transaction(func(db *gorm.DB) error {
		lock := ""
		if s.engine == Postgres {
			lock = " FOR UPDATE"
			// Indexing a large record takes longer than an answer may.
			if err := db.Exec("SET LOCAL statement_timeout = 0").Error; err != nil {
				return translate("take time for the search index", err)
			}
		}
		var have int
		if err := scanRow(db.Raw("SELECT version FROM versions WHERE name = 'search'"+lock), &have); err != nil {
			return translate("read the version of the search index", err)
		}
		if have == grams.Version {
			return nil
		}
		for _, kind := range models.SearchKinds {
			x := indexer{db, s.engine, kind}
			if err := x.drop("record IS NOT NULL", nil); err != nil {
				return err
			}
			if err := x.add(sources[kind], "IS NOT NULL", nil); err != nil {
				return err
			}
		}
		return translate("note the version of the search index", db.Exec("UPDATE versions SET version = ? WHERE name = 'search'", grams.Version).Error)
	})
}

// indexer writes the index of one kind of record.
type indexer struct {
	db     *gorm.DB
	engine Engine
	kind   string
}

func (x indexer) drop(which string, args []any) error {
	key := map[Engine]string{SQLite: "rowid", Postgres: "id"}[x.engine]
	args = append([]any{x.kind}, args...)
	if err := x.db.Exec("DELETE FROM search_grams WHERE "+key+" IN (SELECT g."+key+" FROM search_texts t JOIN search_grams g ON g."+key+" >= t.id * "+strconv.Itoa(pieces)+" AND g."+key+" < (t.id + 1) * "+strconv.Itoa(pieces)+" WHERE t.kind = ? AND t."+which+")", args...).Error; err != nil {
		return translate("clear the search index", err)
	}
	return translate("clear the search index", x.db.Exec("DELETE FROM search_texts WHERE kind = ? AND "+which, args...).Error)
}

// indexed is one text of a record.
type indexed struct{ record, ref, part, anchor, lang, body, from, recorded string }

func (x indexer) add(source, which string, args []any) error {
	var all []indexed
	err := each("read the texts of the search", x.db.Raw(strings.Replace(source, "{which}", which, 1), args...), func(scan scanner) error {
		var t indexed
		if err := scan(&t.record, &t.ref, &t.part, &t.anchor, &t.lang, &t.body, &t.from, &t.recorded); err != nil {
			return err
		}
		if t.body = readable(t.part, t.body); t.body != "" {
			all = append(all, t)
		}
		return nil
	})
	if err != nil {
		return err
	}
	slices.SortFunc(all, compareIndexed)
	return x.put(all)
}

// partOrder is the order in which the texts of a record are shown when they are found.
var partOrder = []string{"title", "words", "ref", "forum", "city", "summary", "paragraph", "office", "variants", "verb", "topic", "update", "context", "search_note", "publication", "publisher", "note", "notes"}

// compareIndexed orders the texts of a record alike on both engines, newer ones of a kind first.
func compareIndexed(a, b indexed) int {
	return cmp.Or(cmp.Compare(a.record, b.record), cmp.Compare(a.ref, b.ref), cmp.Compare(slices.Index(partOrder, a.part), slices.Index(partOrder, b.part)),
		cmp.Compare(b.from, a.from), cmp.Compare(a.anchor, b.anchor), cmp.Compare(a.lang, b.lang), cmp.Compare(a.body, b.body))
}

// readable is a stored list of names or notes as the text that people read.
func readable(part, body string) string {
	switch part {
	case "variants":
		return strings.Join(list(body), " · ")
	case "notes":
		var notes []models.Text
		_ = json.Unmarshal([]byte(body), &notes) // Write lets nothing else in
		var all []string
		for _, n := range notes {
			all = append(all, n.EN, n.JA)
		}
		return strings.TrimSpace(strings.Join(all, "\n"))
	}
	return body
}

const (
	batch  = 200     // texts that one statement stores; SQLite takes 32,766 values in one
	pieces = 1 << 12 // room for the grams of one text: piece n of text t has the id t*pieces + n
)

// put stores texts with the grams of their pieces. Writers wait for each other, so that the next ids are known.
func (x indexer) put(all []indexed) error {
	var id int64
	if err := scanRow(x.db.Raw("SELECT COALESCE(MAX(id), 0) FROM search_texts"), &id); err != nil {
		return translate("find the end of the search index", err)
	}
	for some := range slices.Chunk(all, batch) {
		var texts, index []any
		for _, t := range some {
			cut := grams.Pieces(t.body)
			if len(cut) == 0 || len(cut) > pieces { // nothing to find, or far beyond any text that Write lets in
				continue
			}
			id++
			texts = append(texts, id, x.kind, t.record, t.ref, t.part, t.anchor, t.lang, t.body, t.from, t.recorded)
			index = append(index, x.tokens(id, cut)...)
		}
		if err := x.insert("search_texts (id, kind, record, ref, part, anchor, lang, body, shown_from, recorded_at)", "(?,?,?,?,?,?,?,?,?,?)", texts, 10); err != nil {
			return err
		}
		if err := x.putTokens(index); err != nil {
			return err
		}
	}
	return nil
}

// tokens are the rows of the index for the pieces of one text.
func (x indexer) tokens(id int64, cut []string) []any {
	var rows []any
	for n, piece := range cut {
		if x.engine == Postgres {
			piece = grams.TSVector(piece)
		}
		rows = append(rows, id*pieces+int64(n), piece)
	}
	return rows
}

func (x indexer) putTokens(rows []any) error {
	if x.engine == Postgres {
		return x.insert("search_grams (id, grams)", "(?,CAST(? AS TSVECTOR))", rows, 2)
	}
	return x.insert("search_grams (rowid, grams)", "(?,?)", rows, 2)
}

// again makes the tokens of all texts, which have their ids already. The texts are read batch by batch.
func (x indexer) again(ctx context.Context) error {
	var last int64
	for {
		var rows []any
		read := 0
		err := each("read the texts of the search", x.db.WithContext(ctx).Raw("SELECT id, body FROM search_texts WHERE id > ? ORDER BY id LIMIT ?", last, batch), func(scan scanner) error {
			var body string
			if err := scan(&last, &body); err != nil {
				return err
			}
			read++
			rows = append(rows, x.tokens(last, grams.Pieces(body))...)
			return nil
		})
		if err != nil || read == 0 {
			return err
		}
		if err := x.putTokens(rows); err != nil {
			return err
		}
	}
}

// insert adds rows of so many values each.
func (x indexer) insert(into, row string, values []any, width int) error {
	for some := range slices.Chunk(values, batch*width) {
		sql := "INSERT INTO " + into + " VALUES " + strings.TrimSuffix(strings.Repeat(row+",", len(some)/width), ",")
		if err := x.db.Exec(sql, some...).Error; err != nil {
			return translate("index texts", err)
		}
	}
	return nil
}
