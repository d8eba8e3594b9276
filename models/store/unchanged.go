package store

import (
	"errors"
	"fmt"
	"os"
	"sync"
)

// unchanged keeps a few small answers for as long as nobody writes to the embedded database, in this process or another.
// SQLite tells that at the head of the file of its shared memory, which every commit changes before it is acknowledged
// (sqlite.org/walformat.html, "The WAL-Index Header"). Reading it is a hundred times cheaper than the smallest statement.
type unchanged struct {
	file *os.File // nil on PostgreSQL, where every answer is read anew

	mu   sync.RWMutex
	head walIndexHead
	kept map[string]any
}

// walIndexHead is two copies of what one commit leaves; while they differ, one is being made.
type walIndexHead [2][48]byte

// watch opens the shared memory of a database that has been read. It must stay open as long as the connections: closing
// a file drops the locks that SQLite has on it.
func (u *unchanged) watch(path string) (err error) {
	if u.file, err = os.Open(path + "-shm"); err != nil {
		return fmt.Errorf("open the shared memory of %s: %w", path, err)
	}
	return nil
}

func (u *unchanged) close() error {
	if u.file == nil {
		return nil
	}
	if err := u.file.Close(); !errors.Is(err, os.ErrClosed) { // a store can be closed twice
		return err
	}
	return nil
}

// look returns the present head, and whether it can be relied on.
func (u *unchanged) look() (head walIndexHead, ok bool) {
	if u.file == nil {
		return head, false
	}
	var both [len(head) * len(head[0])]byte
	n, err := u.file.ReadAt(both[:], 0)
	copy(head[0][:], both[:len(head[0])])
	copy(head[1][:], both[len(head[0]):])
	return head, err == nil && n == len(both) && head[0] == head[1] && head[0] != [48]byte{}
}

// keepWhile returns an answer that was read since the last write, or reads it. name is one of a few.
func keepWhile[T any](u *unchanged, name string, read func() (T, error)) (T, error) {
	head, ok := u.look()
	if !ok {
		return read()
	}
	u.mu.RLock()
	kept, found := u.kept[name]
	found = found && u.head == head
	u.mu.RUnlock()
	if found {
		return kept.(T), nil
	}
	value, err := read() // of this head or a newer one, which the next look will tell from this
	if err != nil {
		return value, err
	}
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.head != head || u.kept == nil {
		u.head, u.kept = head, map[string]any{}
	}
	u.kept[name] = value
	return value, nil
}
