package store

import (
	"cmp"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"

	"github.com/followthrough/followthrough/models"
	"gorm.io/gorm"
)

// Tx is one write in progress. Its methods add records; all of them are kept, or none.
type Tx struct {
	db    *gorm.DB
	actor models.Actor
	at    string // the instant of the write
	ids   map[string]int64

	touched map[string][]string // refs of the records whose texts change, by kind
	version int64               // the data version that the write leaves; 0 when it stays
	judged  map[string][]any    // ids of the updates that are added, by the ref of the initiative
	result  string              // what was made, for the receipt
	object  string              // what the audit entry is about, where only the write itself can tell; empty for that of the change
	decided *models.Actor       // who judged, where somebody else publishes it; nil for the actor
	head    anchor              // the entry that the write leaves
	roundID *int64              // round that added updates belong to; nil for none
}

// Change says what a write does, for the audit entry that it leaves.
type Change struct {
	Action string // such as import or assess
	Object string // kind:ref of what is changed
	Detail any    // encoded as JSON once the change is made
	Needs  models.Permission

	Aside   bool            // nothing that readers see changes, so that the data version stays
	Narrow  bool            // of what is counted and named in lists only the initiatives that it touches change
	Receipt *models.Receipt // when set, sending the same change again has no second effect
}

// Write runs f in one transaction on the single writer: the change, its audit entry and the new data version are
// kept together or not at all. It is the only way to write. Writes that wait for their turn share a transaction, so
// that one flush to the disk acknowledges them all; one that fails is undone alone. f runs to its end even when the
// person who sent the change has left.
func (s *Store) Write(ctx context.Context, actor models.Actor, c Change, f func(tx *Tx) error) error {
	if !models.MayChange(actor, c.Needs) {
		return &models.Error{Kind: models.KindForbidden, Key: "error.forbidden"}
	}
	w := &waiting{ctx: ctx, actor: actor, change: c, f: f, done: make(chan struct{})}
	s.writes.run(w, s.writeTogether)
	return w.outcome()
}

// one makes one change on an open transaction.
func (s *Store) one(db *gorm.DB, w *waiting) error {
	w.head, w.version = anchor{}, 0 // of a try that was undone
	tx := &Tx{db: db, actor: w.actor, at: instant(s.now()), ids: map[string]int64{}, touched: map[string][]string{}, judged: map[string][]any{}}
	if s.engine == Postgres { // serialises the audit chain between processes
		if err := db.Exec("SELECT version FROM versions WHERE name = 'data' FOR UPDATE").Error; err != nil {
			return translate("wait for other writers", err)
		}
	}
	if done, err := tx.repeated(w.change.Receipt); err != nil || done {
		return err
	}
	if err := w.f(tx); err != nil {
		return err
	}
	if err := tx.index(s.engine); err != nil {
		return err
	}
	if err := tx.audit(w.change); err != nil {
		return err
	}
	w.head = tx.head
	if err := tx.remember(w.change.Receipt); err != nil || w.change.Aside {
		return err
	}
	err := tx.keepChanged(w.change)
	w.version = tx.version
	return err
}

// detail is what the audit entry holds: the change and, where a person made it, where the request came from.
func (c Change) detail(a models.Actor) any {
	if a.Address == "" {
		return c.Detail
	}
	return models.AuditDetail{Address: a.Address, Change: c.Detail}
}

// audit appends the entry of the write to the chain.
func (tx *Tx) audit(c Change) error {
	detail, err := json.Marshal(c.detail(tx.actor))
	if err != nil {
		return wrap("encode the audit entry", err)
	}
	var last models.AuditEntry
	err = scanRow(tx.db.Raw("SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1"), &last.Seq, &last.Hash)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return translate("read the audit head", err)
	}
	e := models.AuditEntry{Seq: last.Seq + 1, At: tx.at, Actor: tx.actor.Name, Action: c.Action, Object: cmp.Or(tx.object, c.Object), Detail: string(detail)}
	e.Hash = auditHash(last.Hash, e)
	tx.head = anchor{e.Seq, e.Hash, e.At}
	return translate("append the audit entry", tx.db.Exec(
		"INSERT INTO audit (seq, at, actor, action, object, detail, hash) VALUES (?,?,?,?,?,?,?)",
		e.Seq, e.At, e.Actor, e.Action, e.Object, e.Detail, e.Hash).Error)
}

// auditHash chains an entry to the one before it. Every field is preceded by its length, so that no two different
// entries have the same bytes.
func auditHash(before string, e models.AuditEntry) string {
	h := sha256.New()
	var n [8]byte
	binary.BigEndian.PutUint64(n[:], uint64(e.Seq))
	h.Write(n[:])
	for _, s := range []string{before, e.At, e.Actor, e.Action, e.Object, e.Detail} {
		binary.BigEndian.PutUint64(n[:], uint64(len(s)))
		h.Write(n[:])
		h.Write([]byte(s))
	}
	return hex.EncodeToString(h.Sum(nil))
}

// snapshot returns the isolation under which several statements see one state of the record.
func (s *Store) snapshot() *sql.TxOptions {
	if s.engine == Postgres {
		return &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true}
	}
	return &sql.TxOptions{ReadOnly: true}
}
