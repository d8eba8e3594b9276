package handlers

import (
	"errors"
	"io"
	"maps"
	"mime"
	"net/http"
	"net/url"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/followthrough/followthrough/frontend"
	"github.com/followthrough/followthrough/models"
)

// Limits of a body.
const (
	maxJSON = 256 << 10
	maxForm = 1 << 20
	maxRows = frontend.MaxRows // items of one list in a change, and faults that are named of one that cannot be read

	maxDepth = 32 // names of a field that are told; no change is as deep
)

// formPrefix begins the fields of a form that are its own and not the change's: its key and its version.
const formPrefix = "form."

const (
	mediaJSON  = "application/json"
	mediaForm  = "application/x-www-form-urlencoded"
	mediaParts = "multipart/form-data"
)

// read fills a change from the body of the call, JSON or a form, by the json tags of its fields: a form writes the
// text en of the field note as note.en and the first row of a list as list.0. Every field that cannot be read is
// reported at once. What is not valid UTF-8, stands twice, is unknown or of another type is malformed; what can be
// read and makes no sense is invalid.
func (c *Call) read(w http.ResponseWriter, into any) error {
	if _, nothing := into.(*empty); nothing && c.Request.ContentLength == 0 && c.Request.Header.Get("Content-Type") == "" {
		return nil // a change that takes nothing was sent nothing
	}
	media, params, err := mime.ParseMediaType(c.Request.Header.Get("Content-Type"))
	limit := int64(maxJSON)
	switch {
	case c.Route.Uploads:
		limit = maxUpload
	case media == mediaForm:
		limit = maxForm
	}
	if err != nil || media != mediaForm && media != mediaJSON && (media != mediaParts || !c.Route.Uploads) {
		return &models.Error{Kind: models.KindMedia, Key: "error.media"}
	}
	if err := c.receive(w, limit); err != nil {
		return err
	}
	r := reader{}
	switch media {
	case mediaForm:
		if c.Form, err = url.ParseQuery(string(c.raw)); err != nil {
			return malformed(models.Field("body", "error.form"))
		}
		r.form(reflect.ValueOf(into).Elem(), c.Form)
	case mediaParts:
		if err := c.readParts(params["boundary"]); err != nil {
			return err
		}
		r.form(reflect.ValueOf(into).Elem(), c.Form)
	default:
		var tree any
		if err := json.Unmarshal(c.raw, &tree, numbers); err != nil {
			return unreadable(err)
		}
		r.value(reflect.ValueOf(into).Elem(), tree, "")
	}
	if len(r.malformed) > 0 {
		return malformed(r.malformed...)
	}
	return models.Invalid(r.invalid...)
}

// receive takes the bytes of the body, up to a limit that is looked at before anything is read out of them.
func (c *Call) receive(w http.ResponseWriter, limit int64) error {
	var err error
	if c.raw, err = io.ReadAll(http.MaxBytesReader(w, c.Request.Body, limit)); err == nil {
		return nil
	}
	var tooLarge *http.MaxBytesError
	if !errors.As(err, &tooLarge) {
		return malformed(models.Field("body", "error.cut_short"))
	}
	if sent := c.Request.ContentLength; sent > limit {
		return &models.Error{Kind: models.KindTooLarge, Key: "error.too_large_by", Args: map[string]any{"max": limit >> 10, "sent": (sent + 1023) >> 10}}
	}
	return &models.Error{Kind: models.KindTooLarge, Key: "error.too_large", Args: map[string]any{"max": limit >> 10}}
}

func malformed(fields ...models.FieldError) error {
	return &models.Error{Kind: models.KindMalformed, Key: "error.malformed", Fields: fields}
}

// unreadable says where a body stops being JSON.
func unreadable(err error) error {
	field, key := "body", "error.json"
	var syntactic *jsontext.SyntacticError
	if errors.As(err, &syntactic) {
		p := strings.ReplaceAll(strings.TrimPrefix(string(syntactic.JSONPointer), "/"), "/", ".")
		if strings.Count(p, ".") > maxDepth {
			p, _, _ = strings.Cut(p, ".")
		}
		if p != "" {
			field = clip(p)
		}
		if errors.Is(err, jsontext.ErrDuplicateName) {
			key = "error.given_twice"
		}
	}
	return malformed(models.Field(field, key))
}

// numeral is a JSON number as it was written: a float cannot tell large ids apart.
type numeral string

// numbers keeps the numbers of a body as they were written.
var numbers = json.WithUnmarshalers(json.UnmarshalFromFunc(func(d *jsontext.Decoder, v *any) error {
	if d.PeekKind() != '0' {
		return errors.ErrUnsupported
	}
	token, err := d.ReadToken()
	*v = numeral(token.String())
	return err
}))

// reader collects what is wrong with a body.
type reader struct {
	malformed []models.FieldError
	invalid   []models.FieldError
	used      map[string]bool // fields of a form that were taken
}

var dateType = reflect.TypeFor[models.Date]()

func (r *reader) wrong(field, key string, args ...any) {
	if len(r.malformed) < maxRows {
		r.malformed = append(r.malformed, models.Field(fieldName(clip(field)), key, args...))
	}
}

// fieldName names a field as people write it; the whole body has no name of its own.
func fieldName(path string) string {
	if path == "" {
		return "body"
	}
	return path
}

// value fills v from a value of JSON.
func (r *reader) value(v reflect.Value, tree any, path string) {
	if tree == nil {
		if path == "" {
			r.wrong(path, "error.type", "want", "object")
		}
		return // null is absent
	}
	if v.Type() == dateType {
		if s, ok := tree.(string); ok {
			r.date(v, s, path)
		} else {
			r.wrong(path, "error.type", "want", "string")
		}
		return
	}
	if v.Type() == verbatimType || v.Type() == uploadType {
		r.untouched(v, tree, path)
		return
	}
	switch v.Kind() {
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		r.value(v.Elem(), tree, path)
	case reflect.Struct:
		r.object(v, tree, path)
	case reflect.Slice:
		list, ok := tree.([]any)
		if !ok {
			r.wrong(path, "error.type", "want", "array")
			return
		}
		if len(list) > maxRows {
			r.invalid = append(r.invalid, models.Field(path, "error.too_many", "max", maxRows))
			return
		}
		v.Set(reflect.MakeSlice(v.Type(), len(list), len(list)))
		for i, item := range list {
			r.value(v.Index(i), item, path+"."+strconv.Itoa(i))
		}
	case reflect.Bool:
		b, ok := tree.(bool)
		if !ok {
			r.wrong(path, "error.type", "want", "true or false")
			return
		}
		v.SetBool(b)
	case reflect.Int, reflect.Int64:
		written, _ := tree.(numeral) // another type is no number
		n, err := strconv.ParseInt(string(written), 10, 64)
		if err != nil {
			r.wrong(path, "error.type", "want", "integer")
			return
		}
		v.SetInt(n)
	default:
		s, ok := tree.(string)
		if !ok {
			r.wrong(path, "error.type", "want", "string")
			return
		}
		r.text(v, s, path)
	}
}

func (r *reader) object(v reflect.Value, tree any, path string) {
	object, ok := tree.(map[string]any)
	if !ok {
		r.wrong(path, "error.type", "want", "object")
		return
	}
	fields := fieldsOf(v)
	for _, name := range slices.Sorted(maps.Keys(object)) { // so that the same body always has the same answer
		f, known := fields[name]
		if !known {
			r.wrong(join(path, name), "error.unknown_field")
			continue
		}
		r.value(f, object[name], join(path, name))
	}
}

// fieldsOf lists the fields of a struct by their names on the wire.
func fieldsOf(v reflect.Value) map[string]reflect.Value {
	all := map[string]reflect.Value{}
	for i := range v.NumField() {
		f := v.Type().Field(i)
		if f.Anonymous {
			for name, inner := range fieldsOf(v.Field(i)) {
				all[name] = inner
			}
			continue
		}
		if name, _, _ := strings.Cut(f.Tag.Get("json"), ","); name != "" && name != "-" {
			all[name] = v.Field(i)
		}
	}
	return all
}

func join(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}

// form fills v from the fields of a form.
func (r *reader) form(v reflect.Value, q url.Values) {
	r.used = map[string]bool{}
	if len(q) > 20*maxRows {
		r.wrong("", "error.too_many", "max", 20*maxRows)
		return
	}
	r.fields(v, q, "")
	for name := range q {
		if !r.used[name] && !strings.HasPrefix(name, formPrefix) {
			r.wrong(name, "error.unknown_field")
		}
	}
}

func (r *reader) fields(v reflect.Value, q url.Values, path string) {
	for name, f := range fieldsOf(v) {
		r.field(f, q, join(path, name))
	}
}

func (r *reader) field(v reflect.Value, q url.Values, path string) {
	r.used[path] = true
	switch {
	case len(q[path]) == 1 && (v.Type() == verbatimType || v.Type() == uploadType):
		sent(v, q.Get(path))
	case v.Kind() == reflect.Struct && v.Type() != dateType:
		r.fields(v, q, path)
	case v.Kind() == reflect.Pointer:
		if slices.ContainsFunc(keys(q), func(name string) bool { return name == path || strings.HasPrefix(name, path+".") }) {
			if v.IsNil() { // what a form does not have stays
				v.Set(reflect.New(v.Type().Elem()))
			}
			r.field(v.Elem(), q, path)
		}
	case v.Type() == uploadType: // nothing was chosen
	case v.Kind() == reflect.Slice && v.Type().Elem().Kind() == reflect.Struct:
		if slices.ContainsFunc(keys(q), func(name string) bool { return strings.HasPrefix(name, path+".") }) {
			v.SetZero() // the form has the whole list
		}
		for i := range maxRows {
			row := join(path, strconv.Itoa(i))
			if slices.ContainsFunc(keys(q), func(name string) bool { return strings.HasPrefix(name, row+".") }) {
				item := reflect.New(v.Type().Elem()).Elem()
				r.fields(item, q, row)
				v.Set(reflect.Append(v, item))
			}
		}
	case v.Kind() == reflect.Slice:
		if q.Has(path) {
			v.SetZero()
		}
		for _, s := range q[path] {
			item := reflect.New(v.Type().Elem()).Elem()
			r.text(item, s, path)
			v.Set(reflect.Append(v, item))
		}
	case len(q[path]) > 1:
		r.wrong(path, "error.given_twice")
	case len(q[path]) == 1:
		r.typed(v, q.Get(path), path)
	}
}

func keys(q url.Values) []string {
	all := make([]string, 0, len(q))
	for name := range q {
		all = append(all, name)
	}
	return all
}

// typed fills a single field from what was typed.
func (r *reader) typed(v reflect.Value, s, path string) {
	switch {
	case v.Type() == dateType:
		r.date(v, strings.TrimSpace(s), path)
	case v.Kind() == reflect.Bool:
		v.SetBool(s != "" && s != "false")
	case v.Kind() == reflect.Int || v.Kind() == reflect.Int64:
		if s = strings.TrimSpace(s); s == "" {
			v.SetInt(0)
			return
		}
		n, err := strconv.ParseInt(s, 10, 64)
		if err != nil {
			r.wrong(path, "error.type", "want", "integer")
			return
		}
		v.SetInt(n)
	default:
		r.text(v, strings.ReplaceAll(s, "\r\n", "\n"), path) // browsers send every line end so (HTML, form submission)
	}
}

func (r *reader) date(v reflect.Value, s, path string) {
	d, err := models.ParseDate(s)
	if err != nil {
		r.invalid = append(r.invalid, models.Field(path, "error.date", "value", clip(s)))
		return
	}
	v.Set(reflect.ValueOf(d))
}

// text fills a field with what people write. Control characters, which no keyboard makes, and non-characters are
// refused with their place.
func (r *reader) text(v reflect.Value, s, path string) {
	if !utf8.ValidString(s) {
		r.wrong(path, "error.bytes")
		return
	}
	place := 0
	for _, c := range s {
		place++
		control := c < 0x20 && c != '\n' && c != '\t' && c != '\r' || c >= 0x7f && c <= 0x9f
		if control || c&0xfffe == 0xfffe || c >= 0xfdd0 && c <= 0xfdef {
			r.wrong(path, "error.control", "place", place, "code", "U+"+strings.ToUpper(strconv.FormatInt(int64(c), 16)))
			return
		}
	}
	v.SetString(s)
}

// clip shortens what was typed for a message.
func clip(s string) string {
	if r := []rune(s); len(r) > 40 {
		return string(r[:40]) + "…"
	}
	return s
}
