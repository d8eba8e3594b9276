package store

import (
	"cmp"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strconv"
	"strings"
)

// headFile keeps the head of the audit outside the database, a line for each entry: its number, hash and instant. A
// database that was put back to an earlier state, or rewritten whole, no longer agrees with it.
type headFile struct{ path string }

// lastHeads is how many lines a start compares; verify compares them all.
const lastHeads = 100

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
	f, err := os.OpenFile(h.path, os.O_RDWR|os.O_CREATE|os.O_APPEND, 0o600)
	if err != nil {
		return fmt.Errorf("keep the head of the audit: %w", err)
	}
	line := fmt.Sprintf("%d %s %s\n", a.seq, a.hash, a.at)
	if info, err := f.Stat(); err == nil && info.Size() > 0 {
		last := make([]byte, 1)
		if _, err := f.ReadAt(last, info.Size()-1); err == nil && last[0] != '\n' {
			line = "\n" + line // behind a line that a crash cut short
		}
	}
	_, err = f.WriteString(line)
	return errors.Join(err, f.Close())
}

// read returns the heads that were kept, the oldest first; none when there is no file yet. A line that a crash cut short
// is left out.
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
	var all []anchor
	for line := range strings.Lines(string(b)) {
		fields := strings.Fields(line)
		if len(fields) != 3 || len(fields[1]) != 2*sha256.Size || !strings.HasSuffix(line, "Z\n") {
			continue // cut short
		}
		seq, err := strconv.ParseInt(fields[0], 10, 64)
		if err != nil {
			return nil, fmt.Errorf("%s: %q is not a head of the audit", h.path, strings.TrimSpace(line))
		}
		all = append(all, anchor{seq, fields[1], fields[2]})
	}
	return all, nil
}

// CheckHead compares the database with the newest head that was kept outside it and with the last lines, so that what was
// written after an older copy was put back hides nothing. A database that lacks entries, or has
// others, was put back to an earlier state or rewritten.
func (s *Store) CheckHead(ctx context.Context) error {
	all, err := s.head.read()
	if err != nil || len(all) == 0 {
		return err
	}
	newest := slices.MaxFunc(all, func(a, b anchor) int { return cmp.Compare(a.seq, b.seq) })
	var have int64
	if err := scanRow(s.readers.WithContext(ctx).Raw("SELECT COALESCE(MAX(seq), 0) FROM audit"), &have); err != nil {
		return translate("read the audit head", err)
	}
	if have < newest.seq {
		return fmt.Errorf("%d entries of the audit are missing since %s, though %s says they were written; restore the newest backup, or remove that file to go on without them", newest.seq-have, newest.at, s.head.path)
	}
	for _, a := range append(slices.Clone(all[max(0, len(all)-lastHeads):]), newest) {
		var hash string
		if err := scanRow(s.readers.WithContext(ctx).Raw("SELECT hash FROM audit WHERE seq = ?", a.seq), &hash); err != nil {
			return translate("read the audit head", err)
		}
		if hash != a.hash {
			return fmt.Errorf("entry %d of the audit is not the one that %s says was written at %s; the record was altered", a.seq, s.head.path, a.at)
		}
	}
	return nil
}
