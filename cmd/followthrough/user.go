package main

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"github.com/followthrough/followthrough/handlers/session"
	"github.com/followthrough/followthrough/models"
)

// userCommand keeps accounts from the command line, also beside a server that runs.
type userCommand struct {
	Add   userAddCommand   `cmd:"" help:"Make an account; the passphrase is read from standard input."`
	Token userTokenCommand `cmd:"" help:"Make an API token for an account and print it, this once."`
	Role  userRoleCommand  `cmd:"" help:"Give an account another role, or shut or open it."`
	List  userListCommand  `cmd:"" help:"List the accounts."`
}

// commandLine is where changes by these commands come from, in the audit.
const commandLine = "command line"

func program() models.Actor {
	a := models.Program
	a.Address = commandLine
	return a
}

type userAddCommand struct {
	database
	Email string `required:"" help:"E-mail address to sign in with." placeholder:"ADDRESS"`
	Name  string `required:"" help:"Name that stands beside what the person records." placeholder:"NAME"`
	Role  string `required:"" enum:"reader,analyst,publisher,administrator,auditor" help:"What the account may do: ${enum}." placeholder:"ROLE"`
}

// Run makes the account.
func (c *userAddCommand) Run(env *environment) error {
	typed, err := io.ReadAll(io.LimitReader(env.in, 2*models.MaxPassphrase))
	if err != nil {
		return fmt.Errorf("read the passphrase: %w", err)
	}
	passphrase := strings.TrimSuffix(strings.TrimSuffix(string(typed), "\n"), "\r")
	n := models.NewUser{Email: c.Email, Name: c.Name, Role: models.Role(c.Role)}
	if err := session.Judge(passphrase, n.Name, n.Email); err != nil {
		return usageError{fmt.Errorf("the passphrase on standard input: %w", err)}
	}
	return c.beside(env, func(record *opened) error {
		h, err := session.NewHasher()
		if err != nil {
			return err
		}
		hash, err := h.Hash(env.ctx, passphrase)
		if err != nil {
			return err
		}
		if _, err := record.AddUser(env.ctx, program(), n, hash); err != nil {
			return err
		}
		_, err = fmt.Fprintf(env.out, "Added %s (%s)\n", n.Email, n.Role)
		return err
	})
}

type userTokenCommand struct {
	database
	Email string `required:"" help:"E-mail address of the account." placeholder:"ADDRESS"`
	Scope string `required:"" enum:"read,write" help:"How far it reaches: ${enum}." placeholder:"SCOPE"`
	Name  string `required:"" help:"What it is for." placeholder:"NAME"`
	Days  int    `default:"90" help:"Days until it expires, at most 366."`
}

// Run makes the token and prints it alone, so that a script can take it.
func (c *userTokenCommand) Run(env *environment) error {
	return c.beside(env, func(record *opened) error {
		known, err := record.Credentials(env.ctx, c.Email)
		var missing *models.Error
		if errors.As(err, &missing) && missing.Kind == models.KindNotFound {
			return fmt.Errorf("there is no open account of %s", c.Email)
		}
		if err != nil {
			return err
		}
		actor := known.Actor()
		actor.Address = commandLine
		token, prefix := session.NewToken()
		if _, err := record.AddToken(env.ctx, actor, models.NewToken{Name: c.Name, Scope: models.Scope(c.Scope), Days: c.Days}, prefix, session.HashOf(token)); err != nil {
			return err
		}
		_, err = fmt.Fprintln(env.out, token)
		return err
	})
}

type userRoleCommand struct {
	database
	Email    string `required:"" help:"E-mail address of the account." placeholder:"ADDRESS"`
	Role     string `required:"" enum:"reader,analyst,publisher,administrator,auditor" help:"What the account may do from now on: ${enum}." placeholder:"ROLE"`
	Disabled bool   `help:"Shut the account."`
}

// Run changes the account and ends its sessions.
func (c *userRoleCommand) Run(env *environment) error {
	return c.beside(env, func(record *opened) error {
		all, err := record.Users(env.ctx, program())
		if err != nil {
			return err
		}
		for _, u := range all {
			if models.EmailKey(u.Email) == models.EmailKey(c.Email) {
				return record.SetRole(env.ctx, program(), u.ID, models.Role(c.Role), c.Disabled)
			}
		}
		return fmt.Errorf("there is no account of %s", c.Email)
	})
}

type userListCommand struct{ database }

// Run prints a line for each account.
func (c *userListCommand) Run(env *environment) error {
	return c.beside(env, func(record *opened) error {
		all, err := record.Users(env.ctx, program())
		if err != nil {
			return err
		}
		w := tabwriter.NewWriter(env.out, 0, 0, 2, ' ', 0)
		for _, u := range all {
			state := "open"
			if u.Disabled {
				state = "shut"
			}
			fmt.Fprintf(w, "%s\t%s\t%s\t%s\n", u.Email, u.Role, state, u.Name)
		}
		return w.Flush()
	})
}
