package main

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/followthrough/followthrough/handlers"
)

type verifyCommand struct{ database }

// Run compares the audit, what people judged and on what, frozen briefings and the texts of statements with their hashes, statuses with
// updates and references with rows, and names what is not as it was. Exit code 1 means that
// something was found.
func (c *verifyCommand) Run(env *environment) error {
	if address, _, err := c.url(); err != nil {
		return err
	} else if _, missing := os.Stat(filepath.Join(c.Data, "followthrough.db")); address == "" && missing != nil {
		return usageError{fmt.Errorf("there is no record in %s; name its folder with --data", c.Data)}
	}
	record, err := c.openAs(env.ctx, env.now, true)
	if err != nil {
		return err
	}
	defer record.close()
	v, err := record.Verify(env.ctx, program())
	if err != nil {
		return err
	}
	fmt.Fprintf(env.out, "audit      %d entries, head %s, %d heads kept outside compared\n", v.Entries, v.Head, v.Anchors)
	fmt.Fprintf(env.out, "statuses   %d compared with the updates\n", v.Statuses)
	fmt.Fprintf(env.out, "texts      %d compared with their hashes\n", v.Texts)
	fmt.Fprintf(env.out, "updates    %d by people compared with the audit\n", v.Updates)
	fmt.Fprintf(env.out, "briefings  %d frozen ones compared with their hashes\n", v.Briefings)
	for _, f := range v.Findings {
		fmt.Fprintln(env.out, "BROKEN     "+handlers.Words(f))
	}
	if len(v.Findings) > 0 {
		return fmt.Errorf("the record is not as it was written: %s", handlers.Words(v.Findings[0]))
	}
	_, err = fmt.Fprintln(env.out, "intact")
	return err
}
