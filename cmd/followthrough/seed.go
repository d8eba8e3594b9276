package main

import (
	"fmt"
	"time"

	"github.com/followthrough/followthrough/models"
	"github.com/followthrough/followthrough/models/transfer"
	"github.com/followthrough/followthrough/seed"
)

type seedCommand struct {
	Size string `enum:"s,m,l" default:"s" help:"s is the Quad record; m (20,000 initiatives, 400,000 judgements) and l (twelve times that) are made up, to try how large a record can grow." placeholder:"SIZE"`
	database
}

// Run loads a data set; a second run changes nothing, and one that was cut short goes on where it stopped.
func (c *seedCommand) Run(env *environment) error {
	record, err := c.open(env.ctx, env.now)
	if err != nil {
		return err
	}
	defer record.close()
	switch c.Size {
	case seed.M.Name:
		return applyLarge(env, record, seed.M)
	case seed.L.Name:
		return applyLarge(env, record, seed.L)
	}
	return applyQuad(env, record)
}

// applyLarge applies the bundles of a size and says about ten times a minute how far it is.
func applyLarge(env *environment, record *opened, size seed.Size) error {
	began := env.now()
	told := began
	var initiatives, updates int
	changed := false
	for b := range seed.Large(size) {
		applied, err := transfer.Apply(env.ctx, record.Store, models.Program, b)
		if err != nil {
			return err
		}
		changed = changed || applied
		initiatives, updates = initiatives+len(b.Initiatives), updates+len(b.Updates)
		if now := env.now(); now.Sub(told) >= 6*time.Second {
			told = now
			fmt.Fprintf(env.out, "%d of %d initiatives, %d of %d judgements (%d %%)\n", initiatives, size.Initiatives, updates, size.Updates, 100*updates/size.Updates)
		}
	}
	if !changed {
		fmt.Fprintln(env.out, "The sample of that size is loaded already; nothing changed")
		return nil
	}
	fmt.Fprintf(env.out, "Loaded the sample: %d initiatives, %d judgements in %s\n", initiatives, updates, env.now().Sub(began).Round(time.Second))
	return record.remember(env.ctx, env.now)
}
