package session

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"strings"
	"time"

	"github.com/alexedwards/scs/v2"
)

// Lives of a session (trust.md, section 6).
const (
	idleLife     = 60 * time.Minute
	wholeLife    = 12 * time.Hour
	verifiedLife = 10 * time.Minute // how long a passphrase counts as just given
)

// CookieName is the cookie of a session. Its prefix makes browsers refuse it from another host, path or plain HTTP
// (RFC 6265bis, 4.1.3.2); they take 127.0.0.1 for safe.
const CookieName = "__Host-session"

// Manager runs the sessions of browsers.
type Manager struct {
	scs *scs.SessionManager
	now func() time.Time
}

// NewManager returns a manager that keeps sessions in a store under the hashes of their secrets. failed answers when
// the store fails.
func NewManager(kept scs.CtxStore, now func() time.Time, failed func(http.ResponseWriter, *http.Request, error)) *Manager {
	m := scs.New()
	m.Store, m.HashTokenInStore, m.Codec, m.Lifetime, m.ErrorFunc = kept, true, codec{}, wholeLife, failed
	m.Cookie = scs.SessionCookie{Name: CookieName, HttpOnly: true, Secure: true, Path: "/", SameSite: http.SameSiteLaxMode}
	return &Manager{scs: m, now: now}
}

// Load makes the session of a request known to what follows, and keeps what that changes of it.
func (m *Manager) Load(next http.Handler) http.Handler { return m.scs.LoadAndSave(next) }

// The values of a session.
const (
	valueUser     = "user"
	valueCreated  = "created"
	valueSeen     = "seen"
	valueVerified = "verified"
	valueAddress  = "address"
	valueAgent    = "agent"
	valueFlash    = "flash"
	valueKept     = "kept"
	valueFactor   = "factor"
	valueFresh    = "fresh" // only until it is kept: the session has a new secret
)

// maxAgent is how much of the browser's own name is kept.
const maxAgent = 200

// Begin signs a person in under a new secret, so that one that was known before opens nothing.
func (m *Manager) Begin(ctx context.Context, user int64, address, agent string) error {
	if err := m.renew(ctx, m.now()); err != nil {
		return err
	}
	now := stamp(m.now())
	m.scs.Remove(ctx, valueFactor) // somebody else may have been offered it
	m.scs.Put(ctx, valueUser, user)
	for name, value := range map[string]string{valueCreated: now, valueSeen: now, valueVerified: now, valueAddress: address, valueAgent: agent[:min(len(agent), maxAgent)]} {
		m.scs.Put(ctx, name, value)
	}
	return nil
}

// renew gives the session a new secret. Its whole life counts from when it began.
func (m *Manager) renew(ctx context.Context, began time.Time) error {
	if err := m.scs.RenewToken(ctx); err != nil {
		return err
	}
	m.scs.SetDeadline(ctx, began.Add(wholeLife).UTC()) // the library would ask the clock of the machine
	m.scs.Put(ctx, valueFresh, "1")
	return nil
}

// End signs the person of the session out.
func (m *Manager) End(ctx context.Context) error { return m.scs.Destroy(ctx) }

// User returns who is signed in, 0 when nobody is, and whether it was noted anew that the session is used, which is
// done once a minute. A session that was left alone or is too old ends.
func (m *Manager) User(ctx context.Context) (user int64, noted bool, err error) {
	if user = m.scs.GetInt64(ctx, valueUser); user == 0 {
		return 0, false, nil
	}
	now := m.now()
	idle, whole := now.Sub(m.instant(ctx, valueSeen)), now.Sub(m.instant(ctx, valueCreated))
	switch {
	case idle > idleLife || whole > wholeLife || idle < -wholeLife:
		return 0, false, m.End(ctx)
	case idle.Abs() >= time.Minute:
		m.scs.Put(ctx, valueSeen, stamp(now))
		return user, true, nil
	}
	return user, false, nil
}

// Verified reports whether the person has just given the passphrase, which keeping accounts asks for.
func (m *Manager) Verified(ctx context.Context) bool {
	return m.now().Sub(m.instant(ctx, valueVerified)).Abs() <= verifiedLife
}

// Verify notes that the person has just given the passphrase. The session may do more from now on, under a new secret.
func (m *Manager) Verify(ctx context.Context) error {
	if err := m.renew(ctx, m.instant(ctx, valueCreated)); err != nil {
		return err
	}
	m.scs.Put(ctx, valueVerified, stamp(m.now()))
	return nil
}

// Hash names the session as the store does.
func (m *Manager) Hash(ctx context.Context) string {
	sum := sha256.Sum256([]byte(m.scs.Token(ctx)))
	return base64.RawURLEncoding.EncodeToString(sum[:])
}

// Leave keeps a message for the next page.
func (m *Manager) Leave(ctx context.Context, message string) { m.scs.Put(ctx, valueFlash, message) }

// Left returns the message that was left, once.
func (m *Manager) Left(ctx context.Context) string {
	if m.scs.GetString(ctx, valueFlash) == "" {
		return ""
	}
	return m.scs.PopString(ctx, valueFlash)
}

// Keep holds a form that could not be taken for the page at path, so that nothing typed is lost.
func (m *Manager) Keep(ctx context.Context, path, form string) {
	m.scs.Put(ctx, valueKept, path+"\n"+form)
}

// Kept returns the form that was held for the page at path, once.
func (m *Manager) Kept(ctx context.Context, path string) string {
	at, form, _ := strings.Cut(m.scs.GetString(ctx, valueKept), "\n")
	if at != path {
		return ""
	}
	m.scs.Remove(ctx, valueKept)
	return form
}

// Offered returns the secret of the second factor that the person is asked to turn on, and offers a new one where there
// is none. It never comes from the browser.
func (m *Manager) Offered(ctx context.Context, email string) (string, error) {
	if secret := m.scs.GetString(ctx, valueFactor); secret != "" {
		return secret, nil
	}
	secret, err := NewFactor(email)
	if err == nil {
		m.scs.Put(ctx, valueFactor, secret)
	}
	return secret, err
}

// Enrolled forgets the secret that was offered, once it is turned on.
func (m *Manager) Enrolled(ctx context.Context) { m.scs.Remove(ctx, valueFactor) }

func (m *Manager) instant(ctx context.Context, name string) time.Time {
	t, err := time.Parse(time.RFC3339, m.scs.GetString(ctx, name))
	if err != nil {
		return time.Time{} // an unreadable instant is long ago
	}
	return t
}

func stamp(t time.Time) string { return t.UTC().Format(time.RFC3339) }

// codec writes a session as JSON, of which the store reads whose it is.
type codec struct{}

type encoded struct {
	Deadline time.Time         `json:"deadline"`
	User     int64             `json:"user"`
	Texts    map[string]string `json:"texts"`
	Seen     string            `json:"seen"`
	Created  string            `json:"created"`
	Address  string            `json:"address"`
	Agent    string            `json:"agent"`
	Fresh    bool              `json:"fresh"` // not kept under this secret before
}

// Encode implements scs.Codec.
func (codec) Encode(deadline time.Time, values map[string]any) ([]byte, error) {
	e := encoded{Deadline: deadline, Texts: map[string]string{}}
	for name, v := range values {
		switch v := v.(type) {
		case int64:
			e.User = v
		case string:
			e.Texts[name] = v
		}
	}
	e.Fresh = e.Texts[valueFresh] != ""
	delete(e.Texts, valueFresh)
	e.Seen, e.Created, e.Address, e.Agent = e.Texts[valueSeen], e.Texts[valueCreated], e.Texts[valueAddress], e.Texts[valueAgent]
	return json.Marshal(e)
}

// Decode implements scs.Codec.
func (codec) Decode(b []byte) (time.Time, map[string]any, error) {
	var e encoded
	if err := json.Unmarshal(b, &e); err != nil {
		return time.Time{}, nil, err
	}
	values := map[string]any{}
	for name, v := range e.Texts {
		values[name] = v
	}
	if e.User != 0 {
		values[valueUser] = e.User
	}
	return e.Deadline, values, nil
}
