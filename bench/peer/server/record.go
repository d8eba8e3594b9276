package server

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// CopyRecord copies a record with the files beside it, because both sides are written to.
func CopyRecord(from, to string) error {
	// Only a folder that an earlier run made: a slip in an argument must not remove somebody's files.
	beside, err := os.ReadDir(filepath.Dir(to))
	if _, made := os.Stat(to); err == nil && len(beside) > 0 && made != nil || filepath.Dir(filepath.Clean(from)) == filepath.Dir(filepath.Clean(to)) {
		return fmt.Errorf("%s is not a folder of this tool", filepath.Dir(to))
	}
	if err := os.RemoveAll(filepath.Dir(to)); err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(to), 0o700); err != nil {
		return err
	}
	if log, err := os.Stat(from + "-wal"); err == nil && log.Size() > 0 {
		return fmt.Errorf("%s is being written to; stop the program that does", from)
	}
	heads := filepath.Join(filepath.Dir(from), "followthrough.heads")
	for source, target := range map[string]string{from: to, from + ".created": to + ".created", heads: filepath.Join(filepath.Dir(to), "followthrough.heads")} {
		if err := copyFile(source, target); err != nil {
			return err
		}
	}
	return nil
}

func copyFile(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	if _, err := io.Copy(out, in); err != nil {
		return err
	}
	return out.Close()
}

// Account makes an analyst in the copy and returns a token that may write.
func Account(ctx context.Context, product, data string) (string, error) {
	run := func(in string, args ...string) (string, error) {
		c := exec.CommandContext(ctx, product, args...)
		c.Stdin = strings.NewReader(in)
		var errs bytes.Buffer
		c.Stderr = &errs
		out, err := c.Output()
		if err != nil {
			return "", fmt.Errorf("%s: %w: %s", strings.Join(args, " "), err, errs.String())
		}
		return string(out), nil
	}
	const email = "peer@bench.invalid"
	if _, err := run("a phrase for measuring alone, 4711\n", "user", "add", "--data", data, "--email", email, "--name", "Peer", "--role", "analyst"); err != nil {
		return "", err
	}
	out, err := run("", "user", "token", "--data", data, "--email", email, "--scope", "write", "--name", "peer")
	if err != nil {
		return "", err
	}
	words := strings.Fields(out)
	return words[len(words)-1], nil
}
