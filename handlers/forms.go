package handlers

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"net/url"

	"github.com/followthrough/followthrough/frontend"
	"github.com/followthrough/followthrough/models"
)

// form prepares a form: what was typed, what is wrong with it, and a key that makes sending it twice harmless.
func (s *Server) form(c *Call, err error) frontend.Form {
	f := frontend.Form{Values: url.Values{}, Key: rand.Text(), Page: c.Path}
	if c.Form == nil && c.User != nil {
		if kept := s.sessions.Kept(c.Context(), c.Path); kept != "" {
			if q, bad := url.ParseQuery(kept); bad == nil {
				c.Form, f.Restored = q, true
			}
		}
	}
	for name, values := range c.Form {
		f.Values[name] = values
	}
	if err == nil {
		return f
	}
	if page := c.Form.Get(formPrefix + "page"); page != "" {
		f.Page = s.local(page)
	}
	p := s.printer(c)
	f.Errors = map[string]string{}
	var known *models.Error
	if !errors.As(err, &known) {
		known = &models.Error{Key: "error.internal"}
	}
	for _, field := range known.Fields {
		if f.Errors[field.Field] == "" {
			f.Errors[field.Field] = p.Fields(field.Key, field.Args)
			f.Order = append(f.Order, field.Field)
		}
	}
	if len(known.Fields) == 0 {
		f.Whole = p.Fields(known.Key, known.Args)
	}
	return f
}

// receipt names a change, so that sending it again has no second effect: by the Idempotency-Key of a program or by
// the key of a form.
func (c *Call) receipt() *models.Receipt {
	key := c.Request.Header.Get("Idempotency-Key")
	if key == "" {
		key = c.Form.Get(formPrefix + "key")
	}
	if key == "" {
		return nil
	}
	sum := sha256.Sum256([]byte(c.Request.Method + "\n" + c.Path + "\n" + string(c.raw)))
	id := sha256.Sum256([]byte(key)) // the sender's key may have any length and any bytes
	return &models.Receipt{Key: hex.EncodeToString(id[:]), Fingerprint: hex.EncodeToString(sum[:])}
}
