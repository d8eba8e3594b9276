package handlers

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/followthrough/followthrough/frontend"
	"github.com/followthrough/followthrough/frontend/locale"
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
			f.Errors[field.Field] = p.Fields(field.Key, labelled(p, c.Route.labels(), field))
			f.Order = append(f.Order, field.Field)
		}
	}
	if len(known.Fields) == 0 {
		f.Whole = p.Fields(known.Key, known.Args)
	}
	return f
}

// labelled gives a message the label that a field has on pages instead of the name that programs know.
func labelled(p *locale.Printer, family string, f models.FieldError) map[string]any {
	if family == importLabels {
		return labelledImport(p, f)
	}
	names := strings.Split(f.Field, ".")
	names = slices.DeleteFunc(names, func(s string) bool { _, err := strconv.Atoi(s); return err == nil })
	if len(names) > 1 && slices.Contains([]string{"evidence", "parts", "offices", "attendances", "marks"}, names[0]) {
		names = names[1:]
	}
	name := strings.Join(names, ".")
	key, own := labels[name]
	if !own || family != inputLabels && !strings.HasPrefix(name, "reason.") {
		key = family + name
	}
	label := p.T(key)
	if strings.HasPrefix(label, "⟨") { // a field of no form keeps its name
		return f.Args
	}
	args := maps.Clone(f.Args)
	args["field"] = label
	return args
}

// labelledImport gives a message the label of a field of a statement that is brought in; one of a list has its number.
func labelledImport(p *locale.Printer, f models.FieldError) map[string]any {
	list, rest, _ := strings.Cut(f.Field, ".")
	n, name, found := strings.Cut(rest, ".")
	number, err := strconv.Atoi(n)
	switch {
	case err != nil && (list == "new_meeting" || list == "initiative") && rest != "":
		name = rest
	case err != nil || !found:
		name = strings.TrimSuffix(f.Field, "."+n)
		if err != nil {
			name = f.Field
		}
	}
	for _, family := range []string{importLabels, editLabels, inputLabels} {
		label := p.T(family + name)
		if strings.HasPrefix(label, "⟨") {
			continue
		}
		if err == nil {
			label += " " + strconv.Itoa(number+1)
		}
		args := maps.Clone(f.Args)
		args["field"] = label
		return args
	}
	return f.Args
}

// labels are those of fields whose label has another name.
var labels = map[string]string{
	"title": "input.source_title", "evidence": "update.evidence", "search_note": "update.search_note", "correction.en": "input.reason_text.en", "correction.ja": "input.reason_text.ja",
	"reason.en": "input.reason_text.en", "reason.ja": "input.reason_text.ja", "current": "input.current_passphrase",
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
