package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/netip"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/gofrs/flock"

	"github.com/followthrough/followthrough/models/store"
)

// database says where the record is. docs/configuration.md describes every setting; a test compares them.
type database struct {
	Data            string `env:"FOLLOWTHROUGH_DATA" default:"data" help:"Folder of the embedded database; created when absent." placeholder:"DIR"`
	DatabaseURL     string `env:"FOLLOWTHROUGH_DATABASE_URL" help:"Keep the record on PostgreSQL instead: postgres://user@host/name." placeholder:"URL"`
	Head            string `env:"FOLLOWTHROUGH_HEAD" help:"File that keeps the head of the audit outside the database; beside the embedded database when left out, none for PostgreSQL." placeholder:"FILE"`
	DatabaseURLFile string `env:"FOLLOWTHROUGH_DATABASE_URL_FILE" help:"Read the database URL from a file, so that no secret stands in the environment." placeholder:"FILE"`
	ReplicaURL      string `env:"FOLLOWTHROUGH_REPLICA_URL" help:"A streaming replica of that database, which answers the public where it is not behind." placeholder:"URL"`
	ReplicaURLFile  string `env:"FOLLOWTHROUGH_REPLICA_URL_FILE" help:"Read the URL of the replica from a file." placeholder:"FILE"`
}

// variables are the environment variables that the program reads. The one of the tests is not its own.
var variables = []string{"FOLLOWTHROUGH_ADDR", "FOLLOWTHROUGH_DATA", "FOLLOWTHROUGH_DATABASE_URL", "FOLLOWTHROUGH_DATABASE_URL_FILE", "FOLLOWTHROUGH_ORIGIN", "FOLLOWTHROUGH_SEED", "FOLLOWTHROUGH_LOG", "FOLLOWTHROUGH_PPROF", "FOLLOWTHROUGH_HEAD",
	"FOLLOWTHROUGH_REPLICA_URL", "FOLLOWTHROUGH_REPLICA_URL_FILE", "FOLLOWTHROUGH_TRUSTED_PROXIES"}

// knownVariables refuses a misspelt setting, which would otherwise be ignored silently.
func knownVariables(environ []string) error {
	for _, e := range environ {
		name, _, _ := strings.Cut(e, "=")
		if strings.HasPrefix(name, "FOLLOWTHROUGH_") && !strings.HasPrefix(name, "FOLLOWTHROUGH_TEST_") && name != "FOLLOWTHROUGH_URL" && !slices.Contains(variables, name) {
			return fmt.Errorf("%s is not a setting; docs/configuration.md lists them", name)
		}
	}
	return nil
}

// url returns the address of PostgreSQL, empty for the embedded database, and that of its replica, empty for none.
func (d *database) url() (address, replica string, err error) {
	if address, err = secretURL("database-url", d.DatabaseURL, d.DatabaseURLFile); err != nil {
		return "", "", err
	}
	if replica, err = secretURL("replica-url", d.ReplicaURL, d.ReplicaURLFile); err != nil {
		return "", "", err
	}
	if replica != "" && address == "" {
		return "", "", usageError{errors.New("--replica-url: a replica is one of a database; name that with --database-url")}
	}
	return address, replica, nil
}

// secretURL returns an address of PostgreSQL that a flag gives, or names the file of; empty for none.
func secretURL(flag, address, file string) (string, error) {
	if file != "" {
		if address != "" {
			return "", usageError{fmt.Errorf("--%s and --%s-file exclude each other", flag, flag)}
		}
		b, err := os.ReadFile(file)
		if err != nil {
			return "", usageError{fmt.Errorf("--%s-file: %w", flag, err)}
		}
		if address = strings.TrimSpace(string(b)); address == "" {
			return "", usageError{fmt.Errorf("--%s-file: %s is empty", flag, file)}
		}
	}
	if address == "" {
		return "", nil
	}
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "postgres" && u.Scheme != "postgresql" || u.Host == "" {
		return "", usageError{fmt.Errorf("--%s: not an address such as postgres://user@host/name", flag)}
	}
	return address, nil
}

// opened is an open record and what must be let go with it.
type opened struct {
	*store.Store
	where  string // for people, without secrets
	marker string // remembers that the file held a record; empty for PostgreSQL
	lock   *flock.Flock
}

func (o *opened) close() error {
	var first error
	if o.Store != nil {
		first = o.Store.Close()
	}
	if o.lock != nil {
		if err := o.lock.Unlock(); err != nil && first == nil {
			first = err
		}
	}
	return first
}

// open opens the record. The embedded database is locked for this process; it is created only where none was before.
func (d *database) open(ctx context.Context, now func() time.Time) (*opened, error) {
	return d.openAs(ctx, now, false)
}

// beside runs f on the record, which a server of this machine may be serving at the same time: a short command waits
// for its turn to write as everybody does. A new database is filled first, as by serve.
func (d *database) beside(env *environment, f func(record *opened) error) error {
	record, err := d.openAs(env.ctx, env.now, true)
	if err != nil {
		return err
	}
	defer record.close()
	if err := record.CheckHead(env.ctx); err != nil {
		return err
	}
	quiet := *env
	quiet.out = io.Discard
	if err := (&serveCommand{Seed: os.Getenv("FOLLOWTHROUGH_SEED")}).fill(&quiet, record); err != nil {
		return err
	}
	return f(record)
}

func (d *database) openAs(ctx context.Context, now func() time.Time, shared bool) (*opened, error) {
	address, replica, err := d.url()
	if err != nil {
		return nil, err
	}
	if address != "" {
		s, err := store.Open(ctx, store.Options{DatabaseURL: address, ReplicaURL: replica, Now: now, Head: d.Head, Warn: warn})
		if err != nil {
			return nil, err
		}
		u, _ := url.Parse(address)                                               // url() has parsed it
		return &opened{Store: s, where: u.Scheme + "://" + u.Host + u.Path}, nil // a password may stand in the query too
	}
	folder, err := filepath.Abs(d.Data)
	if err != nil {
		return nil, usageError{fmt.Errorf("--data: %w", err)}
	}
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, fmt.Errorf("cannot create the data folder: %w", err)
	}
	file := filepath.Join(folder, "followthrough.db")
	o := &opened{where: file, marker: file + ".created", lock: flock.New(filepath.Join(folder, "followthrough.lock"), flock.SetPermissions(0o600))}
	held, err := o.lock.TryLock()
	if err != nil {
		return nil, fmt.Errorf("cannot write to the data folder %s: %w", folder, err)
	}
	if !held && !shared {
		return nil, fmt.Errorf("another process is serving %s; stop it or name another folder with --data", folder)
	}
	if !held {
		o.lock = nil // the server's
	}
	if o.Store, err = openFile(ctx, o.where, d.head(folder), now); err != nil {
		_ = o.close() // the error that stopped us says more
		return nil, err
	}
	return o, nil
}

// openFile opens the embedded database. A marker beside it remembers that it held a record, so that a lost file or a
// lost log is noticed instead of being replaced by an empty record.
func openFile(ctx context.Context, file, head string, now func() time.Time) (*store.Store, error) {
	marker := file + ".created"
	_, noFile := os.Stat(file)
	_, noMarker := os.Stat(marker)
	if os.IsNotExist(noFile) && noMarker == nil {
		return nil, fmt.Errorf("%s is gone though it was created before; restore a backup, or remove %s to begin anew", file, marker)
	}
	s, err := store.Open(ctx, store.Options{Path: file, Now: now, Head: head, Warn: warn})
	if err != nil {
		return nil, err
	}
	if empty, err := s.Empty(ctx); err != nil || empty && noMarker == nil {
		_ = s.Close() // the error that stopped us says more
		if err == nil {
			err = fmt.Errorf("%s is empty though it held a record before; restore a backup, or remove it and %s to begin anew", file, marker)
		}
		return nil, err
	}
	return s, nil
}

// remember settles a record that holds something and leaves the marker beside its file.
func (o *opened) remember(ctx context.Context, now func() time.Time) error {
	if empty, err := o.Empty(ctx); err != nil || empty || o.marker == "" {
		return err
	}
	if _, err := os.Stat(o.marker); err == nil {
		return nil
	}
	if err := o.Settle(ctx); err != nil {
		return err
	}
	note := []byte("The record beside this file was created on " + now().UTC().Format(time.DateOnly) + ".\n")
	if err := os.WriteFile(o.marker, note, 0o600); err != nil {
		return fmt.Errorf("cannot write to the data folder: %w", err)
	}
	return nil
}

// head is the file that keeps the head of the audit.
func (d *database) head(folder string) string {
	if d.Head != "" {
		return d.Head
	}
	return filepath.Join(folder, "followthrough.heads")
}

// warn tells what went wrong beside an answer that was given all the same.
func warn(err error) { slog.Error("beside an answer", "cause", err) }

// networks reads addresses and networks.
func networks(names []string) ([]netip.Prefix, error) {
	var all []netip.Prefix
	for _, name := range names {
		name = strings.TrimSpace(name)
		network, err := netip.ParsePrefix(name)
		if at, single := netip.ParseAddr(name); single == nil {
			at = at.Unmap() // as the address of a request is compared
			network, err = netip.PrefixFrom(at, at.BitLen()), nil
		}
		if err != nil {
			return nil, usageError{fmt.Errorf("--trusted-proxies: %q is not an address or network such as 10.0.0.0/8", name)}
		}
		all = append(all, network.Masked())
	}
	return all, nil
}

// listen opens the address to serve on.
func listen(addr string) (net.Listener, error) {
	if _, _, err := net.SplitHostPort(addr); err != nil {
		return nil, usageError{fmt.Errorf("--addr: %q is not an address such as 127.0.0.1:8080", addr)}
	}
	l, err := net.Listen("tcp", addr)
	if err != nil {
		return nil, fmt.Errorf("cannot listen: %w; name another address with --addr", err)
	}
	return l, nil
}
