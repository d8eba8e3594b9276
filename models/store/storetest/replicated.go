package storetest

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// Replicated starts a PostgreSQL server with a streaming replica, for one test and of its own, and returns the addresses
// of an empty database on both.
func Replicated(t testing.TB) (primary, replica string) {
	t.Helper()
	if os.Getenv(PostgresVariable) == "" {
		t.Skip("skipped engine: " + PostgresVariable + " is not set")
	}
	folder, err := os.MkdirTemp("", "followthrough-replicated")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if out, err := script("stop", filepath.Join(folder, "servers")); err != nil {
			t.Errorf("stop the servers: %v\n%s", err, out)
		}
		if err := os.RemoveAll(folder); err != nil {
			t.Error(err)
		}
	})
	if err := os.Chmod(folder, 0o711); err != nil { // the server runs as a user of its own and must get to its data
		t.Fatal(err)
	}
	out, err := script("replicate", filepath.Join(folder, "servers"))
	addresses := strings.Fields(out)
	if err != nil || len(addresses) != 2 {
		t.Fatalf("start a server with a replica: %v\n%s", err, out)
	}
	return addresses[0], addresses[1]
}

// script runs tools/postgres.sh, which stands above the folder of any test.
func script(action, folder string) (string, error) {
	here, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for here != filepath.Dir(here) {
		if _, err := os.Stat(filepath.Join(here, "go.mod")); err == nil {
			break
		}
		here = filepath.Dir(here)
	}
	c := exec.Command(filepath.Join(here, "tools", "postgres.sh"), action, folder)
	c.Stderr = os.Stderr
	out, err := c.Output()
	return string(out), err
}
