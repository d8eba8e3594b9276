package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/followthrough/followthrough/models/store"
	"github.com/followthrough/followthrough/models/store/storetest"
)

// output collects what the program prints and can be read while it runs.
type output struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (o *output) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.b.Write(p)
}

func (o *output) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.b.String()
}

var served = regexp.MustCompile(`serves (http://127\.0\.0\.1:\d+)`)

// start serves the record with arguments until stop, and returns the address that the program prints.
func start(t *testing.T, args ...string) (address string, out *output, stop func() error) {
	t.Helper()
	return startCommand(t, append([]string{"--addr", "127.0.0.1:0"}, args...)...)
}

// startCommand runs the program with arguments until stop, and returns the address that it prints.
func startCommand(t *testing.T, args ...string) (address string, out *output, stop func() error) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	out = &output{}
	done := make(chan error, 1)
	go func() {
		done <- run(ctx, args, strings.NewReader(""), out, io.Discard)
	}()
	deadline := time.After(30 * time.Second)
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for address == "" {
		select {
		case err := <-done:
			cancel()
			t.Fatalf("ended before it served: %v\n%s", err, out)
		case <-deadline:
			cancel()
			t.Fatalf("did not serve within 30 s:\n%s", out)
		case <-tick.C:
			if m := served.FindStringSubmatch(out.String()); m != nil {
				address = m[1]
			}
		}
	}
	var once sync.Once
	var err error
	stop = func() error { once.Do(func() { cancel(); err = <-done }); return err }
	t.Cleanup(func() { _ = stop() }) // a test that cares looks at the error itself
	return address, out, stop
}

func fetch(t *testing.T, address string) string {
	t.Helper()
	r, err := http.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	b, err := io.ReadAll(r.Body)
	if err != nil || r.StatusCode != http.StatusOK {
		t.Fatalf("GET %s: %d %v", address, r.StatusCode, err)
	}
	return string(b)
}

func total(t *testing.T, address string) int {
	t.Helper()
	var list struct{ Total int }
	if err := json.Unmarshal([]byte(fetch(t, address+"/initiatives.json")), &list); err != nil {
		t.Fatal(err)
	}
	return list.Total
}

func TestServeCreatesSeedsServesAndStops(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "new", "data")
	address, out, stop := start(t, "--data", folder)
	if n := total(t, address); n != 29 {
		t.Errorf("%d initiatives; want the Quad record with 29", n)
	}
	for _, path := range []string{"/healthz", "/readyz", "/en/", "/ja/initiatives"} {
		fetch(t, address+path)
	}
	if info, err := os.Stat(folder); err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("data folder: %v %v; want mode 0700", info.Mode(), err)
	}
	files, _ := filepath.Glob(filepath.Join(folder, "*"))
	for _, f := range files {
		if info, err := os.Stat(f); err != nil || info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s: %v %v; others may read it", f, info.Mode(), err)
		}
	}
	for _, must := range []string{"Loaded the Quad record: 29 initiatives", address + "/en/", "Ctrl+C"} {
		if !strings.Contains(out.String(), must) {
			t.Errorf("the program does not print %q:\n%s", must, out)
		}
	}
	if err := stop(); err != nil {
		t.Fatalf("told to stop: %v", err)
	}
	again, out, stop := start(t, "--data", folder)
	if n := total(t, again); n != 29 || strings.Contains(out.String(), "Loaded") {
		t.Errorf("after a restart: %d initiatives; want the same 29, not loaded again:\n%s", n, out)
	}
	if err := stop(); err != nil {
		t.Fatal(err)
	}
	if err := run(context.Background(), []string{"seed", "--data", folder}, strings.NewReader(""), out, io.Discard); err != nil || !strings.Contains(out.String(), "nothing changed") {
		t.Errorf("seeding twice: %v\n%s", err, out)
	}
}

func TestProfilesHaveAnAddressOfTheirOwn(t *testing.T) {
	address, out, stop := start(t, "--data", t.TempDir(), "--seed", "none", "--pprof", "127.0.0.1:0")
	profiles := regexp.MustCompile(`profiles (http://127\.0\.0\.1:\d+/debug/pprof/)`).FindStringSubmatch(out.String())
	if profiles == nil {
		t.Fatalf("no address of profiles:\n%s", out)
	}
	status := func(url string) int {
		r, err := http.Get(url)
		if err != nil {
			t.Fatal(err)
		}
		_ = r.Body.Close() // nothing of it is read
		return r.StatusCode
	}
	if got := status(profiles[1] + "heap"); got != http.StatusOK {
		t.Errorf("the heap: %d; want 200", got)
	}
	if got := status(address + "/debug/pprof/heap"); got == http.StatusOK {
		t.Error("readers can have profiles, too")
	}
	if err := stop(); err != nil {
		t.Fatal(err)
	}
	if _, err := http.Get(profiles[1]); err == nil {
		t.Error("profiles are still served after the stop")
	}
}

func TestServeOnPostgres(t *testing.T) {
	if os.Getenv(storetest.PostgresVariable) == "" {
		t.Skip("skipped engine: " + storetest.PostgresVariable + " is not set")
	}
	secret := filepath.Join(t.TempDir(), "url")
	if err := os.WriteFile(secret, []byte(storetest.Database(t)+"&password=canary\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	address, out, stop := start(t, "--database-url-file", secret)
	if n := total(t, address); n != 29 || !strings.Contains(out.String(), "postgres") || strings.Contains(out.String(), "canary") {
		t.Errorf("%d initiatives\n%s", n, out)
	}
	if err := stop(); err != nil {
		t.Fatal(err)
	}
}

func TestFaultsAtStartAreOneLine(t *testing.T) {
	folder := t.TempDir()
	_, _, stop := start(t, "--data", folder)
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	garbage := t.TempDir()
	if err := os.WriteFile(filepath.Join(garbage, "followthrough.db"), bytes.Repeat([]byte("garbage "), 500), 0o600); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		args  []string
		says  string
		usage bool
	}{
		"a second process":       {[]string{"--data", folder}, "another process", false},
		"an unwritable folder":   {[]string{"--data", filepath.Join(file, "data")}, "data folder", false},
		"a damaged file":         {[]string{"--data", garbage}, "damaged", false},
		"an address taken":       {[]string{"--data", t.TempDir(), "--addr", taken.Addr().String()}, "cannot listen", false},
		"no address":             {[]string{"--addr", "8080"}, "--addr", true},
		"an unknown flag":        {[]string{"--port", "80"}, "--port", true},
		"an unknown command":     {[]string{"server"}, "server", true},
		"not a database URL":     {[]string{"--database-url", "mysql://x/y"}, "--database-url", true},
		"no such secret":         {[]string{"--database-url-file", file + "x"}, "--database-url-file", true},
		"nobody on PostgreSQL":   {[]string{"--database-url", "postgres://nobody@127.0.0.1:1/x?connect_timeout=2"}, "PostgreSQL", false},
		"an empty secret":        {[]string{"--database-url-file", file}, "is empty", true},
		"not a replica's URL":    {[]string{"--database-url", "postgres://a/b", "--replica-url", "b"}, "--replica-url", true},
		"a replica of a file":    {[]string{"--data", t.TempDir(), "--replica-url", "postgres://a/b"}, "--replica-url", true},
		"not a proxy":            {[]string{"--trusted-proxies", "10.0.0.0/8,proxy"}, "--trusted-proxies", true},
		"a script for an origin": {[]string{"--origin", "javascript://x"}, "--origin", true},
		"a bad origin":           {[]string{"--origin", "tracker"}, "--origin", true},
		"profiles for everybody": {[]string{"--data", t.TempDir(), "--pprof", "0.0.0.0:0"}, "--pprof", true},
		"a bad choice":           {[]string{"--seed", "g20"}, "--seed", true},
	} {
		args := c.args
		if !strings.Contains(strings.Join(args, " "), "--addr") {
			args = append([]string{"--addr", "127.0.0.1:0"}, args...)
		}
		if name == "an unknown command" {
			args = c.args
		}
		err := run(context.Background(), args, strings.NewReader(""), io.Discard, io.Discard)
		var usage usageError
		if err == nil || !strings.Contains(err.Error(), c.says) || strings.Contains(err.Error(), "\n") || errors.As(err, &usage) != c.usage {
			t.Errorf("%s: got %v (usage %v); want one line that says %q", name, err, errors.As(err, &usage), c.says)
		}
	}
	if err := stop(); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(filepath.Join(folder, "followthrough.db")); err != nil {
		t.Fatal(err)
	}
	if err := run(context.Background(), []string{"--addr", "127.0.0.1:0", "--data", folder}, strings.NewReader(""), io.Discard, io.Discard); err == nil || !strings.Contains(err.Error(), "is gone") {
		t.Errorf("with the file lost: %v; want a refusal instead of an empty record", err)
	}
	hollow := filepath.Join(folder, "followthrough.db")
	s, err := store.Open(context.Background(), store.Options{Path: hollow, Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if err := run(context.Background(), []string{"--addr", "127.0.0.1:0", "--data", folder}, strings.NewReader(""), io.Discard, io.Discard); err == nil || !strings.Contains(err.Error(), "is empty though") {
		t.Errorf("with the log lost: %v; want a refusal instead of seeding anew", err)
	}
	if err := knownVariables([]string{"FOLLOWTHROUGH_ADRR=x"}); err == nil {
		t.Error("a misspelt variable is ignored")
	}
}

func TestOtherCommands(t *testing.T) {
	var out bytes.Buffer
	for args, must := range map[string]string{"version": version, "openapi": `"openapi":"3.1.0"`, "serve --help": "--database-url", "--help": "openapi"} {
		out.Reset()
		if err := run(context.Background(), strings.Fields(args), strings.NewReader(""), &out, io.Discard); err != nil || !strings.Contains(out.String(), must) {
			t.Errorf("%s: %v; want %q in it:\n%.300s", args, err, must, out.String())
		}
	}
}

// TestSettingsAreDocumented finds every flag and variable in docs/configuration.md, and every variable in the list
// of those that are known.
func TestSettingsAreDocumented(t *testing.T) {
	doc, err := os.ReadFile("../../docs/configuration.md")
	if err != nil {
		t.Fatal(err)
	}
	compose, err := os.ReadFile("../../docker-compose.yml")
	if err != nil {
		t.Fatal(err)
	}
	docker, err := os.ReadFile("../../Dockerfile")
	if err != nil {
		t.Fatal(err)
	}
	names := map[string]bool{}
	for _, typ := range []reflect.Type{reflect.TypeFor[database](), reflect.TypeFor[serveCommand]()} {
		for i := range typ.NumField() {
			f := typ.Field(i)
			if env := f.Tag.Get("env"); env != "" {
				names[env] = true
				flag := "--" + strings.ReplaceAll(strings.ToLower(strings.TrimPrefix(env, "FOLLOWTHROUGH_")), "_", "-")
				if !strings.Contains(string(doc), env) || !strings.Contains(string(doc), flag) {
					t.Errorf("docs/configuration.md lacks %s or %s", env, flag)
				}
			}
		}
	}
	if len(names) != len(variables) {
		t.Errorf("%d variables have a flag, %d are known", len(names), len(variables))
	}
	for _, v := range regexp.MustCompile(`FOLLOWTHROUGH_[A-Z_]+`).FindAllString(string(compose)+string(docker), -1) {
		if !names[v] {
			t.Errorf("the container files set %s, which is not a setting", v)
		}
	}
	for _, v := range regexp.MustCompile(`\$\{?([A-Z_]+)`).FindAllStringSubmatch(string(compose), -1) {
		if !strings.Contains(string(doc), v[1]) {
			t.Errorf("docker-compose.yml reads %s, which docs/configuration.md does not describe", v[1])
		}
	}
}
