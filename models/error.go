package models

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Kind classifies an error for the people and programs that receive it.
type Kind string

// The kinds of error. Anything that is not an *Error is internal.
const (
	KindInvalid     Kind = "invalid"
	KindNotFound    Kind = "not_found"
	KindForbidden   Kind = "forbidden"
	KindConflict    Kind = "conflict"
	KindGone        Kind = "gone"
	KindMoved       Kind = "moved" // has another name by now, in Args under from and to
	KindBusy        Kind = "busy"
	KindInternal    Kind = "internal"
	KindMalformed   Kind = "malformed"     // cannot be read at all
	KindAnonymous   Kind = "anonymous"     // nobody has signed in
	KindStale       Kind = "stale"         // the record has another version by now
	KindUnversioned Kind = "unversioned"   // a change that does not say which version it is of
	KindReused      Kind = "reused"        // a key that belongs to another change
	KindTooLarge    Kind = "too_large"     // more bytes than are taken
	KindMedia       Kind = "media"         // a content type that is not taken
	KindTooMany     Kind = "too_many"      // too many requests
	KindDifferent   Kind = "too_different" // texts that cannot be compared within their time
	KindAltered     Kind = "altered"       // what was kept is not as it was kept
)

// FieldError names one field that does not make sense and the message key that says why.
type FieldError struct {
	Field string
	Key   string
	Args  map[string]any
}

// Error is the only error that reaches people: a kind, a message key with its arguments, and the fields concerned.
// The words behind a key live in frontend/locale.
type Error struct {
	Kind   Kind
	Key    string
	Args   map[string]any
	Fields []FieldError

	Current *Current // of a stale change: how the record stands now
}

// Current is how an initiative stands when a change of it came too late.
type Current struct {
	Version int64  `json:"version"`
	Status  Status `json:"status"`
	Since   Date   `json:"since"`
	Update  int64  `json:"update" description:"ID of the judgement that stands."`
}

// Error returns the kind, the key and the fields, for logs.
func (e *Error) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s", e.Kind, e.Key)
	for _, f := range e.Fields {
		fmt.Fprintf(&b, "; %s: %s %v", f.Field, f.Key, f.Args)
	}
	return b.String()
}

// NotFound returns the error for a record of the kind what that has no ref.
func NotFound(what, ref string) *Error {
	return &Error{Kind: KindNotFound, Key: "error.not_found", Args: map[string]any{"what": what, "ref": ref}}
}

// Invalid returns the error for one or more fields that do not make sense, or nil when there are none.
func Invalid(fields ...FieldError) error {
	if len(fields) == 0 {
		return nil
	}
	return &Error{Kind: KindInvalid, Key: "error.invalid", Fields: fields}
}

// Field returns a FieldError; args are pairs of a name and a value.
func Field(field, key string, args ...any) FieldError {
	f := FieldError{Field: field, Key: key, Args: map[string]any{"field": field}}
	for i := 0; i+1 < len(args); i += 2 {
		f.Args[args[i].(string)] = args[i+1]
	}
	return f
}

// InvalidFields returns the fields that an error names as making no sense; nil for any other error.
func InvalidFields(err error) []FieldError {
	var known *Error
	if errors.As(err, &known) && known.Kind == KindInvalid {
		return known.Fields
	}
	return nil
}

// Together joins what several checks found wrong; an error of another kind comes before all. Of each field the first
// fault counts.
func Together(checks ...error) error {
	var fields []FieldError
	for _, err := range checks {
		bad := InvalidFields(err)
		if err != nil && bad == nil {
			return err
		}
		for _, f := range bad {
			if !slices.ContainsFunc(fields, func(g FieldError) bool { return g.Field == f.Field }) {
				fields = append(fields, f)
			}
		}
	}
	return Invalid(fields...)
}

// Under names the invalid fields of an error by what they belong to, such as new_meeting. before each of them.
func Under(prefix string, err error) error {
	bad := InvalidFields(err)
	if bad == nil {
		return err
	}
	all := make([]FieldError, len(bad))
	for i, f := range bad {
		f.Field = prefix + f.Field
		all[i] = f
	}
	return Invalid(all...)
}
