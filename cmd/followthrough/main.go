// Command followthrough serves and keeps a record of what governments promised together. It needs no other program:
// `followthrough` alone creates the embedded database, loads the Quad record and serves it.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/alecthomas/kong"

	"github.com/followthrough/followthrough/handlers"
)

// version is the version of the program; CHANGELOG.md says what each one brought.
const version = "0.1.0"

// commands are the sub-commands and what they take.
type commands struct {
	Serve         serveCommand         `cmd:"" default:"withargs" help:"Serve the record (the default)."`
	Seed          seedCommand          `cmd:"" help:"Load the Quad record into a database and stop."`
	User          userCommand          `cmd:"" help:"Keep accounts from the command line, also beside a server that runs."`
	Import        importCommand        `cmd:"" help:"Read statements that are not in the record."`
	Verify        verifyCommand        `cmd:"" help:"Compare the whole record with what was written."`
	MigrateEngine migrateEngineCommand `cmd:"" help:"Move the whole record from the embedded database to PostgreSQL, or back."`
	OpenAPI       openAPICommand       `cmd:"" name:"openapi" help:"Print the OpenAPI document."`
	Gallery       galleryCommand       `cmd:"" help:"Show every component and sample page, for work on their looks. Needs no record."`
	Version       versionCommand       `cmd:"" help:"Print the version."`
}

// environment is what a command gets from main: the outside world, so that tests can give it another one.
type environment struct {
	ctx    context.Context
	in     io.Reader
	out    io.Writer
	errors io.Writer
	now    func() time.Time
}

// usageError is a setting that makes no sense; its exit code is 2.
type usageError struct{ error }

// Unwrap returns what makes no sense, so that it can be explained.
func (e usageError) Unwrap() error { return e.error }

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, os.Interrupt)
	defer stop()
	err := run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
	if err == nil {
		return
	}
	fmt.Fprintln(os.Stderr, "followthrough:", handlers.Explain(err))
	var usage usageError
	if errors.As(err, &usage) {
		os.Exit(2)
	}
	os.Exit(1)
}

// run reads the arguments and the environment and runs one command. An error is one line.
func run(ctx context.Context, args []string, in io.Reader, out, errs io.Writer) error {
	var c commands
	parser, err := kong.New(&c, kong.Name("followthrough"), kong.Description("A tracker of what governments promise together."),
		kong.Writers(out, errs), kong.Exit(func(int) {}), kong.UsageOnError())
	if err != nil {
		return err
	}
	if err := knownVariables(os.Environ()); err != nil {
		return usageError{err}
	}
	parsed, err := parser.Parse(args)
	if helpAsked(args) {
		return nil
	}
	if err != nil {
		return usageError{err}
	}
	syscall.Umask(0o077) // what the program writes is its own
	return parsed.Run(&environment{ctx: ctx, in: in, out: out, errors: errs, now: time.Now})
}

// helpAsked reports whether the arguments only ask for help, which kong has printed.
func helpAsked(args []string) bool {
	for _, a := range args {
		if a == "--help" || a == "-h" {
			return true
		}
	}
	return false
}
