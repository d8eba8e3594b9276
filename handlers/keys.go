package handlers

import (
	"net/http"
	"strings"
)

// keysCookie remembers in a browser, for a reader without an account, that single keys are off. It says nothing else.
const (
	keysCookie = "single-keys"
	keysLife   = 365 * 24 * 60 * 60 // seconds
	keysOff    = "off"
)

// keysHereBody turns single keys off or on from the list of keys.
type keysHereBody struct {
	On   bool   `json:"on"`
	Next string `json:"next"`
}

// setKeysHere turns single keys off or on for whoever asks: in the account, or in this browser without one. It leads back
// to the page over which the list was shown.
func (s *Server) setKeysHere(c *Call, _ struct{}, b keysHereBody) (*Reply, error) {
	next := "/shortcuts"
	if b.Next != "" {
		next = s.local(b.Next)
	}
	if c.User != nil {
		if err := s.Store.SetKeys(c.Context(), c.Actor, !b.On); err != nil {
			return nil, err
		}
		return s.done(c, next, "account.keys_done"), nil
	}
	cookie := http.Cookie{Name: keysCookie, Value: keysOff, Path: "/", MaxAge: keysLife, HttpOnly: true, Secure: strings.HasPrefix(s.Origin, "https://"), SameSite: http.SameSiteLaxMode}
	if b.On {
		cookie.Value, cookie.MaxAge = "", -1
	}
	http.SetCookie(c.writer, &cookie)
	return seeOther(c, next), nil
}

// keysAreOff reports whether single keys do nothing on the pages of whoever asks.
func (c *Call) keysAreOff() bool {
	if c.User != nil {
		return c.User.KeysOff
	}
	cookie, err := c.Request.Cookie(keysCookie)
	return err == nil && cookie.Value == keysOff
}
