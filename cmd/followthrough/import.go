package main

import (
	"encoding/json"
	"fmt"
	"os"

	"github.com/followthrough/followthrough/models/transfer/suggest"
)

// importCommand reads statements, and measures what is read out of them.
type importCommand struct {
	Statement statementCommand `cmd:"" help:"Read a statement and print what it finds, or write it as a draft."`
	Measure   measureCommand   `cmd:"" help:"Measure the rules that suggest commitments against statements marked by hand."`
}

type measureCommand struct {
	In   string `name:"in" help:"Folder of marked statements; those of the program without it." placeholder:"FOLDER"`
	JSON bool   `name:"json" help:"Print the counts as JSON."`
}

// Run prints what the rules find of what people marked, without opening a record.
func (c *measureCommand) Run(env *environment) error {
	set, err := suggest.MarkedSet()
	if c.In != "" {
		set, err = suggest.MarkedIn(os.DirFS(c.In))
	}
	if err != nil {
		return fmt.Errorf("read the marked statements: %w", err)
	}
	if len(set) == 0 {
		return usageError{fmt.Errorf("there are no marked statements in %s; name their folder with --in", c.In)}
	}
	report := suggest.Measure(set)
	if !c.JSON {
		return report.Print(env.out)
	}
	b, err := json.MarshalIndent(report, "", "  ")
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(env.out, string(b))
	return err
}
