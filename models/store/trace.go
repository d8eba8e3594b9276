package store

import (
	"context"
	"time"

	"gorm.io/gorm/logger"
)

// tracer tells a function every statement that gorm runs, for tests that count them.
type tracer struct {
	logger.Interface
	tell func(sql string)
}

// Trace is called by gorm after each statement.
func (t tracer) Trace(_ context.Context, _ time.Time, statement func() (string, int64), _ error) {
	if t.tell != nil {
		sql, _ := statement()
		t.tell(sql)
	}
}
