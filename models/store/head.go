package store

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
)

// headFile keeps the head of the audit outside the database, a line for each entry: its number, hash and instant. A
// database that was put back to an earlier state, or rewritten whole, no longer agrees with it.
type headFile struct{ path string }

type anchor struct {
	seq  int64
	hash string
	at   string
}

// add appends the head after a write that was committed.
func (h *headFile) add(a anchor) error {
	if h == nil || h.path == "" || a.seq == 0 {
		return nil
	}
	f, err := os.OpenFile(h.path, os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o600)
	if err != nil {
		return fmt.Errorf("keep the head of the audit: %w", err)
	}
	_, err = fmt.Fprintf(f, "%d %s %s\n", a.seq, a.hash, a.at)
	return errors.Join(err, f.Close())
}

// read returns the heads that were kept, the oldest first; none when there is no file yet. A last line that was cut
// short by a crash is left out.
func (h *headFile) read() ([]anchor, error) {
	if h == nil || h.path == "" {
		return nil, nil
	}
	b, err := os.ReadFile(h.path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read the heads of the audit: %w", err)
	}
	if i := bytes.LastIndexByte(b, '\n'); i < len(b)-1 {
		b = b[:i+1]
	}
	var all []anchor
	lines := bufio.NewScanner(bytes.NewReader(b))
	for lines.Scan() {
		var a anchor
		if _, err := fmt.Sscanf(lines.Text(), "%d %s %s", &a.seq, &a.hash, &a.at); err != nil {
			return nil, fmt.Errorf("%s: line %d is not a head of the audit", h.path, len(all)+1)
		}
		all = append(all, a)
	}
	return all, lines.Err()
}

// CheckHead compares the database with the last head that was kept outside it. A database that lacks entries, or has
// others, was put back to an earlier state or rewritten.
func (s *Store) CheckHead(ctx context.Context) error {
	all, err := s.head.read()
	if err != nil || len(all) == 0 {
		return err
	}
	last := all[len(all)-1]
	var newest int64
	if err := scanRow(s.readers.WithContext(ctx).Raw("SELECT COALESCE(MAX(seq), 0) FROM audit"), &newest); err != nil {
		return translate("read the audit head", err)
	}
	if newest < last.seq {
		return fmt.Errorf("%d entries of the audit are missing since %s, though %s says they were written; restore the newest backup, or remove that file to go on without them", last.seq-newest, last.at, s.head.path)
	}
	var hash string
	if err := scanRow(s.readers.WithContext(ctx).Raw("SELECT hash FROM audit WHERE seq = ?", last.seq), &hash); err != nil {
		return translate("read the audit head", err)
	}
	if hash != last.hash {
		return fmt.Errorf("entry %d of the audit is not the one that %s says was written at %s; the record was altered", last.seq, s.head.path, last.at)
	}
	return nil
}
