package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/followthrough/followthrough/models"
)

// Sessions keeps sessions for the library that runs them. Its names for a session are hashes of the secret that the
// browser holds, so that nobody can sign in with what is stored.
type Sessions struct{ store *Store }

// Sessions returns the place where sessions are kept.
func (s *Store) Sessions() Sessions { return Sessions{s} }

// sessionData is what a session holds, as far as the store reads it.
type sessionData struct {
	User    int64  `json:"user"`
	Created string `json:"created"`
	Seen    string `json:"seen"`
	Address string `json:"address"`
	Agent   string `json:"agent"`
	Fresh   bool   `json:"fresh"`
}

// sessionRef is how much of the hash names a session to its owner.
const sessionRef = 12

// FindCtx returns the data of a session that has not expired.
func (k Sessions) FindCtx(ctx context.Context, hash string) ([]byte, bool, error) {
	var data string
	err := scanRow(k.store.readers.WithContext(ctx).Raw("SELECT data FROM sessions WHERE hash = ? AND expires_at > ?", hash, instant(k.store.now())), &data)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, false, nil
	}
	return []byte(data), err == nil, translate("find the session", err)
}

// CommitCtx keeps a session. Signing in is recorded by SignedIn; this is its housekeeping.
func (k Sessions) CommitCtx(ctx context.Context, hash string, b []byte, expiry time.Time) error {
	var d sessionData
	if err := json.Unmarshal(b, &d); err != nil {
		return wrap("read the session", err)
	}
	var user *int64
	if d.User != 0 {
		user = &d.User
	}
	if user != nil && !d.Fresh { // an old session is only brought up to date: one that was ended meanwhile stays so
		_, err := k.store.keep(ctx, "keep the session", "UPDATE sessions SET data = ?, expires_at = ? WHERE hash = ?", string(b), instant(expiry), hash)
		return err
	}
	_, err := k.store.keep(ctx, "keep the session", `INSERT INTO sessions (hash, user_id, data, expires_at) VALUES (?,?,?,?)
		ON CONFLICT (hash) DO UPDATE SET user_id = excluded.user_id, data = excluded.data, expires_at = excluded.expires_at`, hash, user, string(b), instant(expiry))
	if err != nil || user == nil {
		return err
	}
	_, err = k.store.keep(ctx, "keep the newest sessions", `DELETE FROM sessions WHERE user_id = ? AND hash <> ? AND hash NOT IN (
		SELECT hash FROM sessions WHERE user_id = ? AND hash <> ? ORDER BY expires_at DESC, hash LIMIT ?)`, d.User, hash, d.User, hash, models.SessionsPerUser-1)
	return err
}

// DeleteCtx ends a session.
func (k Sessions) DeleteCtx(ctx context.Context, hash string) error {
	_, err := k.store.keep(ctx, "end the session", "DELETE FROM sessions WHERE hash = ?", hash)
	return err
}

// Find, Commit and Delete are the same without a context; the library asks for both.
func (k Sessions) Find(hash string) ([]byte, bool, error) {
	return k.FindCtx(context.Background(), hash)
}

// Commit is CommitCtx without a context.
func (k Sessions) Commit(hash string, b []byte, expiry time.Time) error {
	return k.CommitCtx(context.Background(), hash, b, expiry)
}

// Delete is DeleteCtx without a context.
func (k Sessions) Delete(hash string) error { return k.DeleteCtx(context.Background(), hash) }

// SessionsOf lists where the actor is signed in, the last seen first. current is the hash of the session that asks.
func (s *Store) SessionsOf(ctx context.Context, actor models.Actor, current string) ([]models.Session, error) {
	all := []models.Session{}
	err := each("read the sessions", s.readers.WithContext(ctx).Raw("SELECT hash, data FROM sessions WHERE user_id = ? AND expires_at > ? ORDER BY expires_at DESC, hash", actor.ID, instant(s.now())), func(scan scanner) error {
		var hash, data string
		var d sessionData
		if err := scan(&hash, &data); err != nil {
			return err
		}
		if err := json.Unmarshal([]byte(data), &d); err != nil {
			return err
		}
		all = append(all, models.Session{Ref: hash[:sessionRef], CreatedAt: d.Created, SeenAt: d.Seen, Address: d.Address, Agent: d.Agent, Current: hash == current})
		return nil
	})
	return all, err
}

// EndSession ends one session of the actor; a session of somebody else is not found.
func (s *Store) EndSession(ctx context.Context, actor models.Actor, ref string) error {
	return s.Write(ctx, actor, Change{Action: "session.end", Object: "session:" + ref, Needs: models.PermitAccount, Aside: true}, func(tx *Tx) error {
		done := tx.db.Exec("DELETE FROM sessions WHERE user_id = ? AND SUBSTR(hash, 1, ?) = ?", actor.ID, sessionRef, ref)
		if done.Error == nil && done.RowsAffected == 0 {
			return models.NotFound("session", ref)
		}
		return translate("end the session", done.Error)
	})
}

// EndSessions ends every session of an account: an administrator's way, and one's own, which spares the session that
// asks (its hash; empty spares none).
func (s *Store) EndSessions(ctx context.Context, actor models.Actor, user int64, spare string) error {
	needs := models.PermitUsers
	if user == actor.ID {
		needs = models.PermitAccount
	}
	return s.Write(ctx, actor, Change{Action: "session.end_all", Object: fmt.Sprintf("user:%d", user), Needs: needs, Aside: true}, func(tx *Tx) error {
		return tx.endSessions(user, spare)
	})
}

func (tx *Tx) endSessions(user int64, spare string) error {
	return tx.exec("end the sessions", "DELETE FROM sessions WHERE user_id = ? AND hash <> ?", user, spare)
}

// SignedIn records that somebody signed in.
func (s *Store) SignedIn(ctx context.Context, actor models.Actor) error {
	return s.Write(ctx, actor, Change{Action: "session.begin", Object: fmt.Sprintf("user:%d", actor.ID), Needs: models.PermitAccount, Aside: true}, func(tx *Tx) error {
		return tx.exec("remember when", "UPDATE users SET seen_at = ? WHERE id = ?", tx.at, actor.ID)
	})
}

// Seen remembers, to the minute, that an account is used.
func (s *Store) Seen(ctx context.Context, user int64) error {
	_, err := s.keep(ctx, "remember when", "UPDATE users SET seen_at = ? WHERE id = ?", instant(s.now().Truncate(time.Minute)), user)
	return err
}
