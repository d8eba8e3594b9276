package main

import (
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"time"

	"github.com/followthrough/followthrough/models"
)

type migrateEngineCommand struct {
	To string `enum:"postgres,sqlite" required:"" help:"Engine to move to: ${enum}. The other one is where the record is now." placeholder:"ENGINE"`
	database
}

// Run copies the whole record from the data folder to PostgreSQL or the other way, into an empty place, and then checks
// the copy as verify does. The record it came from stays as it is.
func (c *migrateEngineCommand) Run(env *environment) error {
	embedded, server, err := c.places()
	if err != nil {
		return err
	}
	from, to := server, embedded
	if c.To == "postgres" {
		from, to = embedded, server
		if _, missing := os.Stat(filepath.Join(c.Data, "followthrough.db")); missing != nil {
			return usageError{fmt.Errorf("there is no record in %s; name its folder with --data", c.Data)}
		}
	}
	source, err := from.open(env.ctx, env.now)
	if err != nil {
		return err
	}
	defer source.close()
	if err := source.CheckHead(env.ctx); err != nil {
		return err
	}
	target, err := to.open(env.ctx, env.now)
	if err != nil {
		return err
	}
	defer target.close()
	if err := move(env, source, target); err != nil {
		return err
	}
	return c.check(env, target)
}

// places are the two databases of a move. The embedded one keeps its head in its own folder, whatever file is named for
// the other. Copying and checking a large record takes longer than an answer may, so that
// PostgreSQL is told to wait.
func (c *migrateEngineCommand) places() (embedded, server database, err error) {
	address, _, err := c.url()
	if err != nil {
		return embedded, server, err
	}
	if address == "" {
		return embedded, server, usageError{fmt.Errorf("--database-url: name the PostgreSQL database of the move")}
	}
	return database{Data: c.Data}, database{DatabaseURL: patient(address), Head: c.Head}, nil
}

// patient adds to an address of PostgreSQL that statements may take as long as they need, unless it sets limits itself.
func patient(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return address // url() has refused it
	}
	q := u.Query()
	for _, limit := range []string{"statement_timeout", "idle_in_transaction_session_timeout"} {
		if !q.Has(limit) {
			q.Set(limit, "0")
		}
	}
	u.RawQuery = q.Encode()
	return u.String()
}

// move copies the record and says about ten times a minute how far it is.
func move(env *environment, source, target *opened) error {
	began := env.now()
	told := began
	moved, err := target.MoveFrom(env.ctx, source.Store, func(done, all int64) {
		if now := env.now(); now.Sub(told) >= 6*time.Second {
			told = now
			fmt.Fprintf(env.out, "%d of %d rows (%d %%)\n", done, all, 100*done/all)
		}
	})
	if err != nil {
		return err
	}
	fmt.Fprintf(env.out, "Copied %d rows of %d tables from %s to %s in %s\n", moved.Rows, moved.Tables, source.where, target.where, env.now().Sub(began).Round(time.Second))
	fmt.Fprintf(env.out, "head       entry %d of the audit, %s\n", moved.Seq, moved.Hash)
	if err := target.remember(env.ctx, env.now); err != nil {
		return err
	}
	if moved.Missed > 0 {
		return fmt.Errorf("%d changes were written to %s while it was copied, and the copy lacks them; stop what serves it, empty %s and move again", moved.Missed, source.where, target.where)
	}
	return nil
}

// check opens the copy as a server would and compares all of it with what was written.
func (c *migrateEngineCommand) check(env *environment, target *opened) error {
	v, err := target.Verify(env.ctx, models.Program)
	if err != nil {
		return err
	}
	if err := report(env.out, v); err != nil {
		return err
	}
	_, err = fmt.Fprintf(env.out, "The record is at %s now; the one it came from stays as it was\n", target.where)
	return err
}
