package store

import (
	"context"
	"database/sql"
	"strings"
	"sync"

	"github.com/hashicorp/golang-lru/v2/simplelru"
	"gorm.io/gorm"
)

// prepared is a pool of connections to SQLite that prepares each statement once for each connection. gorm's own keeps
// what a transaction prepared, which is closed with it, so that every statement of every snapshot was prepared anew: a
// fifth of the work of a list. pgx prepares for itself.
type prepared struct {
	*sql.DB
	running chan struct{} // a place for each transaction; one connection more is left to prepare on

	mu   sync.Mutex
	kept *simplelru.LRU[string, *sql.Stmt]
}

// keptStatements bounds the statements kept ready: each number of values in a filter makes another one.
const keptStatements = 128

// newPrepared prepares the statements of a pool in which a number of transactions run at the same time.
func newPrepared(db *sql.DB, transactions int) (*prepared, error) {
	db.SetMaxOpenConns(transactions + 1)
	db.SetMaxIdleConns(transactions + 1)
	p := &prepared{DB: db, running: make(chan struct{}, transactions)}
	var err error
	p.kept, err = simplelru.NewLRU(keptStatements, func(_ string, s *sql.Stmt) {
		_ = s.Close() // a transaction that still has it goes on, or prepares it for itself
	})
	return p, err
}

// GetDBConn implements gorm.GetDBConnector.
func (p *prepared) GetDBConn() (*sql.DB, error) { return p.DB, nil }

// statement returns a statement that is ready on the connections that ran it before.
func (p *prepared) statement(ctx context.Context, query string) (*sql.Stmt, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if s, ok := p.kept.Get(query); ok {
		return s, nil
	}
	s, err := p.PrepareContext(ctx, query)
	if err == nil {
		p.kept.Add(query, s)
	}
	return s, err
}

// QueryContext implements gorm.ConnPool.
func (p *prepared) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	s, err := p.statement(ctx, query)
	if err != nil {
		return nil, err
	}
	return s.QueryContext(ctx, args...)
}

// BeginTx implements gorm.ConnPoolBeginner.
func (p *prepared) BeginTx(ctx context.Context, o *sql.TxOptions) (gorm.ConnPool, error) {
	select {
	case p.running <- struct{}{}:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	tx, err := p.DB.BeginTx(ctx, o)
	if err != nil {
		<-p.running
		return nil, err
	}
	return &preparedTx{Tx: tx, pool: p, own: map[string]*sql.Stmt{}}, nil
}

// preparedTx is a transaction on prepared statements. It is used by one goroutine at a time.
type preparedTx struct {
	*sql.Tx
	pool *prepared
	once sync.Once
	own  map[string]*sql.Stmt // of this transaction, which holds each until its end
}

// statement returns the statement of the transaction, the same each time.
func (t *preparedTx) statement(ctx context.Context, query string) (*sql.Stmt, error) {
	if s, ok := t.own[query]; ok {
		return s, nil
	}
	s, err := t.pool.statement(ctx, query)
	if err != nil {
		return nil, err
	}
	t.own[query] = t.StmtContext(ctx, s)
	return t.own[query], nil
}

// QueryContext implements gorm.ConnPool.
func (t *preparedTx) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	s, err := t.statement(ctx, query)
	if err != nil {
		return nil, err
	}
	return s.QueryContext(ctx, args...)
}

// ExecContext implements gorm.ConnPool.
func (t *preparedTx) ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error) {
	if strings.HasPrefix(query, "SAVEPOINT ") || strings.HasPrefix(query, "ROLLBACK TO ") { // gorm gives each a name of its own
		return t.Tx.ExecContext(ctx, query, args...)
	}
	s, err := t.statement(ctx, query)
	if err != nil {
		return nil, err
	}
	return s.ExecContext(ctx, args...)
}

// Commit implements gorm.TxCommitter.
func (t *preparedTx) Commit() error {
	defer t.leave()
	return t.Tx.Commit()
}

// Rollback implements gorm.TxCommitter.
func (t *preparedTx) Rollback() error {
	defer t.leave()
	return t.Tx.Rollback()
}

func (t *preparedTx) leave() { t.once.Do(func() { <-t.pool.running }) }
