package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/followthrough/followthrough/handlers"
	"github.com/followthrough/followthrough/models"
)

type verifyCommand struct{ database }

// Run compares the audit, what people judged and on what, frozen briefings and the texts of statements with their hashes, statuses with
// updates and references with rows, and names what is not as it was. Exit code 1 means that
// something was found.
func (c *verifyCommand) Run(env *environment) error {
	address, _, err := c.url()
	if err != nil {
		return err
	}
	where := database{Data: c.Data, Head: c.Head}
	if address != "" {
		where.DatabaseURL = patient(address)
	} else if _, missing := os.Stat(filepath.Join(c.Data, "followthrough.db")); missing != nil {
		return usageError{fmt.Errorf("there is no record in %s; name its folder with --data", c.Data)}
	}
	record, err := where.openAs(env.ctx, env.now, true)
	if err != nil {
		return err
	}
	defer record.close()
	v, err := record.Verify(env.ctx, program())
	if err != nil {
		return err
	}
	return report(env.out, v)
}

// report prints what was compared and what was found; anything found is an error.
func report(out io.Writer, v *models.Verification) error {
	fmt.Fprintf(out, "audit      %d entries, head %s, %d heads kept outside compared\n", v.Entries, v.Head, v.Anchors)
	fmt.Fprintf(out, "statuses   %d compared with the updates\n", v.Statuses)
	fmt.Fprintf(out, "texts      %d compared with their hashes\n", v.Texts)
	fmt.Fprintf(out, "updates    %d by people compared with the audit\n", v.Updates)
	fmt.Fprintf(out, "briefings  %d frozen ones compared with their hashes\n", v.Briefings)
	for _, f := range v.Findings {
		fmt.Fprintln(out, "BROKEN     "+handlers.Words(f))
	}
	if len(v.Findings) > 0 {
		return fmt.Errorf("the record is not as it was written: %s", handlers.Words(v.Findings[0]))
	}
	_, err := fmt.Fprintln(out, "intact")
	return err
}
