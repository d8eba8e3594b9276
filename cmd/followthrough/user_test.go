package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/followthrough/followthrough/handlers"
)

const words = "gravel lantern orbit thimble"

// command runs the program with arguments and what it reads, and returns what it prints.
func command(input string, args ...string) (string, error) {
	var out bytes.Buffer
	err := run(context.Background(), args, strings.NewReader(input), &out, io.Discard)
	return out.String(), err
}

// must runs a command that cannot fail.
func must(t *testing.T, input string, args ...string) string {
	t.Helper()
	out, err := command(input, args...)
	if err != nil {
		t.Fatalf("%v: %s\n%s", args, handlers.Explain(err), out)
	}
	return out
}

var wholeToken = regexp.MustCompile(`^ct_live_[0-9A-Za-z]{32}_[0-9A-Za-z]{6}\n$`)

// lifeOfAccounts makes accounts and tokens in a folder and looks at what is printed.
func lifeOfAccounts(t *testing.T, folder string) (token string) {
	t.Helper()
	data := []string{"--data", folder}
	user := func(args ...string) []string { return append(append([]string{"user"}, args...), data...) }
	if out := must(t, words+"\n", user("add", "--email", "Sato@Example.org", "--name", "K. Sato", "--role", "analyst")...); out != "Added Sato@Example.org (analyst)\n" {
		t.Errorf("user add prints %q", out)
	}
	must(t, words, user("add", "--email", "brown@example.org", "--name", "長谷川 花子", "--role", "reader")...)
	if token = must(t, "", user("token", "--email", "sato@example.org", "--scope", "write", "--name", "nightly")...); !wholeToken.MatchString(token) {
		t.Errorf("user token prints %q; want a token alone", token)
	}
	list := "Sato@Example.org   analyst  open  K. Sato\nbrown@example.org  reader   open  長谷川 花子\n"
	if out := must(t, "", user("list")...); out != list {
		t.Errorf("user list prints\n%s; want\n%s", out, list)
	}
	must(t, "", user("role", "--email", "SATO@example.org", "--role", "publisher")...)
	must(t, "", user("role", "--email", "brown@example.org", "--role", "auditor", "--disabled")...)
	out := must(t, "", user("list")...)
	for _, line := range []string{`Sato@Example\.org +publisher +open +K\. Sato`, `brown@example\.org +auditor +shut +長谷川 花子`} {
		if !regexp.MustCompile(`(?m)^` + line + `$`).MatchString(out) {
			t.Errorf("user list prints\n%s; want a line %s", out, line)
		}
	}
	if strings.Contains(out, words) || strings.Contains(out, strings.TrimSpace(token)) {
		t.Errorf("user list prints a secret:\n%s", out)
	}
	return strings.TrimSpace(token)
}

// form asks a server for the form of an update, which only those see who may record one.
func form(t *testing.T, address, token string) int {
	t.Helper()
	r, err := http.NewRequest("GET", address+"/en/initiatives/QSCG-AI-ML/update", nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+token)
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	if err := answer.Body.Close(); err != nil {
		t.Fatal(err)
	}
	return answer.StatusCode
}

func TestAccountsInAnEmptyFolder(t *testing.T) {
	t.Parallel()
	folder := filepath.Join(t.TempDir(), "data")
	token := lifeOfAccounts(t, folder)
	address, out, stop := start(t, "--data", folder)
	if status := form(t, address, token); status != http.StatusOK {
		t.Errorf("a token from before the start: %d; want 200", status)
	}
	if strings.Contains(out.String(), "set-up") {
		t.Errorf("a server whose record has accounts offers to set the first one up:\n%s", out)
	}
	if err := stop(); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"followthrough.db", "followthrough.lock"} {
		info, err := os.Stat(filepath.Join(folder, name))
		if err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v %v; want a file of its owner alone", name, info.Mode(), err)
		}
	}
}

func TestAccountsBesideARunningServer(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	address, out, _ := start(t, "--data", folder)
	if !regexp.MustCompile(`set-up +` + regexp.QuoteMeta(address) + `/en/setup +one-time code [0-9A-Za-z]{32}\n`).MatchString(out.String()) {
		t.Errorf("a server without accounts does not say how to make the first one:\n%s", out)
	}
	token := lifeOfAccounts(t, folder)
	if status := form(t, address, token); status != http.StatusOK {
		t.Errorf("a token made beside the server: %d; want 200", status)
	}
	must(t, "", "user", "role", "--data", folder, "--email", "sato@example.org", "--role", "reader")
	if status := form(t, address, token); status != http.StatusForbidden {
		t.Errorf("the token of somebody who is a reader now: %d; want 403", status)
	}
	must(t, "", "user", "role", "--data", folder, "--email", "sato@example.org", "--role", "publisher", "--disabled")
	if status := form(t, address, token); status != http.StatusUnauthorized {
		t.Errorf("the token of somebody whose account is shut: %d; want 401", status)
	}
	if r, err := http.Get(address + "/en/setup"); err != nil || r.StatusCode != http.StatusNotFound {
		t.Errorf("the page to set up beside accounts: %v %v; want 404", r.StatusCode, err)
	}
}

func TestAccountCommandsExplainWhatIsWrong(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	must(t, words, "user", "add", "--data", data, "--email", "boss@example.org", "--name", "Boss", "--role", "administrator")
	before := must(t, "", "user", "list", "--data", data)
	add := func(email, name, role string) []string {
		return []string{"user", "add", "--email", email, "--name", name, "--role", role}
	}
	for name, c := range map[string]struct {
		args  []string
		input string
		says  string
		usage bool
	}{
		"no passphrase":             {add("a@example.org", "A", "analyst"), "", "15", true},
		"a short passphrase":        {add("a@example.org", "A", "analyst"), "too short\n", "15", true},
		"an easy passphrase":        {add("a@example.org", "A", "analyst"), "passwordpassword", "guess", true},
		"the name as passphrase":    {add("a@example.org", "Konstantin", "analyst"), "konstantin konstantin", "guess", true},
		"a passphrase without end":  {add("a@example.org", "A", "analyst"), strings.Repeat("gravel lantern orbit ", 100), "1024", true},
		"a passphrase that is none": {add("a@example.org", "A", "analyst"), "gravel lantern \xff\xfe orbit", "passphrase", true},
		"no address":                {add("not an address", "A", "analyst"), words, "mail", false},
		"an address with a name":    {add("A <a@example.org>", "A", "analyst"), words, "mail", false},
		"an address taken":          {add("BOSS@example.org", "A", "analyst"), words, "account", false},
		"no name":                   {add("a@example.org", "  ", "analyst"), words, "ame", false},
		"a hidden character":        {add("a@example.org", "A\u202eB", "analyst"), words, "ame", false},
		"an unknown role":           {add("a@example.org", "A", "root"), words, "--role", true},
		"anonymous":                 {add("a@example.org", "A", "anonymous"), words, "--role", true},
		"nothing":                   {[]string{"user", "add"}, words, "--email", true},
		"a passphrase as argument":  {append(add("a@example.org", "A", "analyst"), "--passphrase", words), words, "--passphrase", true},
		"a token of nobody":         {[]string{"user", "token", "--email", "nobody@example.org", "--scope", "read", "--name", "x"}, "", "nobody@example.org", false},
		"a token for ever":          {[]string{"user", "token", "--email", "boss@example.org", "--scope", "read", "--name", "x", "--days", "367"}, "", "366", false},
		"a token for less":          {[]string{"user", "token", "--email", "boss@example.org", "--scope", "read", "--name", "x", "--days=-1"}, "", "366", false},
		"a token without a name":    {[]string{"user", "token", "--email", "boss@example.org", "--scope", "read", "--name", " "}, "", "120", false},
		"a scope":                   {[]string{"user", "token", "--email", "boss@example.org", "--scope", "all", "--name", "x"}, "", "--scope", true},
		"the role of nobody":        {[]string{"user", "role", "--email", "nobody@example.org", "--role", "reader"}, "", "nobody@example.org", false},
		"the last administrator":    {[]string{"user", "role", "--email", "boss@example.org", "--role", "reader"}, "", "dministrator", false},
		"the last one shut":         {[]string{"user", "role", "--email", "boss@example.org", "--role", "administrator", "--disabled"}, "", "dministrator", false},
		"no such command":           {[]string{"user", "remove", "--email", "boss@example.org"}, "", "remove", true},
	} {
		out, err := command(c.input, append(c.args, "--data", data)...)
		if err == nil {
			t.Errorf("%s: taken:\n%s", name, out)
			continue
		}
		line := handlers.Explain(err)
		var usage usageError
		if !strings.Contains(line, c.says) || strings.Contains(line, "\n") || strings.Contains(line, "error.") || errors.As(err, &usage) != c.usage {
			t.Errorf("%s: %q (usage %v); want one line in English that says %q", name, line, errors.As(err, &usage), c.says)
		}
		if strings.Contains(out, "ct_live_") || c.input != "" && strings.Contains(line+out, c.input) {
			t.Errorf("%s: a secret is printed: %s%s", name, line, out)
		}
	}
	if after := must(t, "", "user", "list", "--data", data); after != before {
		t.Errorf("refused commands changed the accounts from\n%s to\n%s", before, after)
	}
}
