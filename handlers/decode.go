package handlers

import (
	"reflect"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/followthrough/followthrough/handlers/represent"
	"github.com/followthrough/followthrough/models"
)

// Limits of a query.
const (
	maxParameters = 100
	maxValue      = models.MaxWords
	maxValues     = 50 // of one facet
)

// decode fills a struct from the path (tag "path") and the query (tag "query"). Every fault is reported at once: a
// single value given twice, a number that is none, a value that is too long and, in data formats, a parameter that
// the route does not have. In pages an unknown parameter is forgotten, so that no link of the page carries it on.
func decode(c *Call, into any) error {
	d := decoder{call: c, known: map[string]bool{}}
	given := 0
	for _, values := range c.Query {
		given += len(values)
	}
	if given > maxParameters {
		return models.Invalid(models.Field("query", "error.too_many", "max", maxParameters))
	}
	if c.Malformed {
		return models.Invalid(models.Field("query", "error.query"))
	}
	d.fill(reflect.ValueOf(into).Elem())
	for name := range c.Query {
		switch {
		case d.known[name]:
		case c.Format == represent.HTML:
			delete(c.Query, name)
		default:
			d.bad = append(d.bad, models.Field(name, "error.unknown_parameter"))
		}
	}
	return models.Invalid(d.bad...)
}

type decoder struct {
	call  *Call
	known map[string]bool
	bad   []models.FieldError
}

func (d *decoder) fill(v reflect.Value) {
	for i := range v.NumField() {
		f := v.Type().Field(i)
		if f.Anonymous {
			d.fill(v.Field(i))
			continue
		}
		if name := f.Tag.Get("path"); name != "" {
			// No reference holds such bytes, so that it is not found; PostgreSQL would not even look.
			v.Field(i).SetString(strings.ReplaceAll(strings.ToValidUTF8(d.call.Params[name], "\ufffd"), "\x00", "\ufffd"))
			continue
		}
		name := f.Tag.Get("query")
		d.known[name] = true
		values := d.clean(name)
		if enum := f.Tag.Get("enum"); enum != "" {
			values = d.among(name, strings.Split(enum, ","), values)
		}
		if len(values) == 0 {
			continue
		}
		d.set(v.Field(i), name, values)
	}
}

// clean returns the values of a parameter that are not empty.
func (d *decoder) clean(name string) []string {
	var some []string
	for _, v := range d.call.Query[name] {
		switch {
		case v == "":
		case !utf8.ValidString(v) || strings.ContainsRune(v, 0):
			d.bad = append(d.bad, models.Field(name, "error.bytes", "value", v))
		case utf8.RuneCountInString(v) > maxValue:
			d.bad = append(d.bad, models.Field(name, "error.too_long", "value", v, "max", maxValue))
		default:
			some = append(some, v)
		}
	}
	if len(some) > maxValues {
		d.bad = append(d.bad, models.Field(name, "error.too_many", "max", maxValues))
		return nil
	}
	return some
}

// among returns the values that the field's enum lists and reports the others.
func (d *decoder) among(name string, enum, values []string) []string {
	var some []string
	for _, v := range values {
		if !slices.Contains(enum, v) {
			d.bad = append(d.bad, models.Field(name, "error.unknown_value", "value", v))
			continue
		}
		some = append(some, v)
	}
	return some
}

func (d *decoder) set(v reflect.Value, name string, values []string) {
	if v.Kind() == reflect.Slice {
		list := reflect.MakeSlice(v.Type(), len(values), len(values))
		for i, value := range values {
			list.Index(i).SetString(value)
		}
		v.Set(list)
		return
	}
	if len(values) > 1 {
		d.bad = append(d.bad, models.Field(name, "error.given_twice"))
		return
	}
	switch v.Kind() {
	case reflect.Int:
		n, err := strconv.Atoi(values[0])
		if err != nil || n < 1 {
			d.bad = append(d.bad, models.Field(name, "error.number", "value", values[0]))
			return
		}
		v.SetInt(int64(n))
	default:
		v.SetString(values[0])
	}
}
