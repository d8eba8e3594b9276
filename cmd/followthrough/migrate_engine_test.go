package main

import (
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/followthrough/followthrough/models/store/storetest"
)

var (
	headLine   = regexp.MustCompile(`head +entry (\d+) of the audit, ([0-9a-f]{64})`)
	copiedLine = regexp.MustCompile(`Copied (\d+) rows of (\d+) tables`)
)

// moved runs a move and returns the head of the audit and the numbers that it prints.
func moved(t *testing.T, args ...string) (head, numbers string) {
	t.Helper()
	out := must(t, "", append([]string{"migrate-engine"}, args...)...)
	h, n := headLine.FindStringSubmatch(out), copiedLine.FindStringSubmatch(out)
	if h == nil || n == nil || !strings.Contains(out, "\nintact\n") || strings.Contains(out, "canary") {
		t.Fatalf("%v prints\n%s", args, out)
	}
	return h[1] + " " + h[2], n[1] + " rows, " + n[2] + " tables"
}

// TestMigrateEngineMovesARecordThereAndBack moves it by the command, serves it on PostgreSQL and moves it back.
func TestMigrateEngineMovesARecordThereAndBack(t *testing.T) {
	if os.Getenv(storetest.PostgresVariable) == "" {
		t.Skip("skipped engine: " + storetest.PostgresVariable + " is not set")
	}
	folder, back := t.TempDir(), filepath.Join(t.TempDir(), "back")
	must(t, "", "seed", "--data", folder)
	must(t, words, "user", "add", "--data", folder, "--email", "sato@example.org", "--name", "K. Sato", "--role", "analyst")
	secret := filepath.Join(t.TempDir(), "url")
	if err := os.WriteFile(secret, []byte(storetest.Database(t)+"&password=canary\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	address, _, stop := start(t, "--data", folder)
	if out, err := command("", "migrate-engine", "--to", "postgres", "--data", folder, "--database-url-file", secret); err == nil || !strings.Contains(err.Error(), "another process is serving") {
		t.Errorf("a record that is served: %v\n%s", err, out)
	}
	want := fetch(t, address+"/initiatives.json")
	if err := stop(); err != nil {
		t.Fatal(err)
	}
	head, numbers := moved(t, "--to", "postgres", "--data", folder, "--database-url-file", secret)
	if out := must(t, "", "verify", "--database-url-file", secret); !strings.Contains(out, "intact") {
		t.Errorf("verify prints\n%s", out)
	}
	address, out, stop := start(t, "--database-url-file", secret)
	if got := fetch(t, address+"/initiatives.json"); got != want || strings.Contains(out.String(), "Loaded") {
		t.Errorf("served from PostgreSQL:\n%.300s\nwant\n%.300s", got, want)
	}
	if err := stop(); err != nil {
		t.Fatal(err)
	}
	if _, err := command("", "migrate-engine", "--to", "postgres", "--data", folder, "--database-url-file", secret); err == nil || !strings.Contains(err.Error(), "not empty") {
		t.Errorf("to a database that holds a record: %v", err)
	}
	if _, err := command("", "migrate-engine", "--to", "sqlite", "--data", folder, "--database-url-file", secret); err == nil || !strings.Contains(err.Error(), "not empty") {
		t.Errorf("to a folder that holds a record: %v", err)
	}
	if again, same := moved(t, "--to", "sqlite", "--data", back, "--database-url-file", secret); again != head || same != numbers {
		t.Errorf("back again: head %s, %s; want %s, %s", again, same, head, numbers)
	}
	verified := regexp.MustCompile(`head \S+, \d+ heads`) // the kept ones are fewer: one for the move
	if a, b := must(t, "", "verify", "--data", folder), must(t, "", "verify", "--data", back); verified.ReplaceAllString(a, "") != verified.ReplaceAllString(b, "") {
		t.Errorf("verify of the first record prints\n%s and of the last\n%s", a, b)
	}
	if _, err := os.Stat(filepath.Join(back, "followthrough.db.created")); err != nil {
		t.Errorf("nothing remembers that the folder holds a record: %v", err)
	}
}

func TestMigrateEngineSaysWhatMakesNoSense(t *testing.T) {
	empty := t.TempDir()
	for name, c := range map[string]struct {
		args []string
		says string
	}{
		"no database":  {[]string{"--to", "postgres", "--data", empty}, "--database-url"},
		"no direction": {[]string{"--data", empty, "--database-url", "postgres://a@b/c"}, "--to"},
		"no engine":    {[]string{"--to", "mysql", "--data", empty, "--database-url", "postgres://a@b/c"}, "--to"},
		"no record":    {[]string{"--to", "postgres", "--data", empty, "--database-url", "postgres://a@b/c"}, "there is no record in"},
	} {
		_, err := command("", append([]string{"migrate-engine"}, c.args...)...)
		var usage usageError
		if !errors.As(err, &usage) || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v; want a usage error that says %q", name, err, c.says)
		}
	}
}
