package main

// importCommand reads statements.
type importCommand struct {
	Statement statementCommand `cmd:"" help:"Read a statement and print what it finds, or write it as a draft."`
}
