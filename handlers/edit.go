package handlers

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"github.com/followthrough/followthrough/frontend"
	"github.com/followthrough/followthrough/handlers/represent"
	"github.com/followthrough/followthrough/models"
)

// editRoutes are the lines of the records that people edit, each kind alike.
func editRoutes() []Route {
	removed := get[listPage, models.List[models.Removed]]("removed", "/removed", "What was removed and can be restored.", pageAndData, (*Server).removed)
	removed.Permission = models.PermitEdit
	return slices.Concat(
		editing[models.ForumEdit]("forum", "/forums"),
		editing[models.CountryEdit]("country", "/countries"),
		editing[models.TopicEdit]("topic", "/topics"),
		editing[models.DelegateEdit]("delegate", "/delegates"),
		editing[models.MeetingEdit]("meeting", "/meetings"),
		editing[models.InitiativeEdit]("initiative", "/initiatives"),
		changing[models.StatementEdit]("statement", "/statements"),
		changing[models.CommitmentEdit]("commitment", "/commitments"),
		[]Route{removed},
	)
}

// listPage is the page of a list without anything else.
type listPage struct{ pageQuery }

// editing declares the routes on which one kind of record is created, edited, removed and restored. E is what a person
// may say of it.
func editing[E any](kind, list string) []Route {
	k := editor[E]{kind, list}
	return append([]Route{
		screen[struct{}]("new-"+kind, list+"/new", "The form of a new record.", models.PermitEdit, k.blank),
		making(writeOver[struct{}, E, models.Edited[E]]("create-"+kind, list, "Add a record.", models.PermitEdit, pageAndData, k.first, k.create, whole(k.blankAgain))),
	}, changing[E](kind, list)...)
}

// changing declares the routes on which one kind of record is edited, removed and restored.
func changing[E any](kind, list string) []Route {
	k := editor[E]{kind, list}
	form := get[refPath, models.Edited[E]]("edit-"+kind, list+"/:ref/edit", "What can be said of the record, as it stands. Sent back to the record with If-Match, it changes what is given.", pageAndData, k.edit)
	form.Permission = models.PermitEdit
	return []Route{
		form,
		writeOver[refPath, E, models.Edited[E]]("change-"+kind, list+"/:ref", "Change a record: what is left out stays. If-Match names its version.", models.PermitEdit, pageAndData, k.begin, k.change, k.again),
		write[refPath, removal, struct{}]("remove-"+kind, list+"/:ref/remove", "Remove a record, with the reason. It can be restored. If-Match names its version.", models.PermitEdit, pageAndData, k.remove, k.again),
		write[refPath, empty, models.Edited[E]]("restore-"+kind, list+"/:ref/restore", "Bring a removed record back.", models.PermitEdit, pageAndData, k.restore, nil),
	}
}

// editor serves one kind of record that people edit.
type editor[E any] struct{ kind, list string }

// removal says why a record is removed.
type removal struct {
	Reason models.Text `json:"reason" description:"In one language or both."`
}

// fresh is a new record before anybody said anything of it.
func fresh[E any]() *E {
	e := new(E)
	if own, ok := any(e).(interface{ Begin() }); ok {
		own.Begin()
	}
	return e
}

// first is what a new record is laid over.
func (k editor[E]) first(*Server, *Call, struct{}) (E, error) { return *fresh[E](), nil }

func (k editor[E]) of(e *E) models.Edit { return any(e).(models.Edit) }

func (k editor[E]) begin(s *Server, c *Call, in refPath) (E, error) {
	var none E
	e, version, err := s.Store.Editable(c.Context(), c.Actor, k.kind, in.Ref)
	var moved *models.Error
	if errors.As(err, &moved) && moved.Kind == models.KindMoved && c.receipt() != nil { // the renaming itself may be sent again
		e, version, err = s.Store.Editable(c.Context(), c.Actor, k.kind, fmt.Sprint(moved.Args["to"]))
	}
	if err != nil {
		return none, err
	}
	c.base, c.baseVersion = e, version
	return *any(e).(*E), nil
}

func (k editor[E]) edit(s *Server, c *Call, in refPath) (*Reply, error) {
	e, err := k.begin(s, c, in)
	if err != nil {
		return nil, err
	}
	reply, err := k.page(s, c, in.Ref, nil)
	if err != nil {
		return nil, err
	}
	reply.Data, reply.Version = models.Edited[E]{Item: e, Version: c.baseVersion}, c.baseVersion
	return reply, nil
}

func (k editor[E]) blank(s *Server, c *Call, _ struct{}) (*Reply, error) {
	return k.page(s, c, "", nil)
}

func (k editor[E]) blankAgain(s *Server, c *Call, bad error) (*Reply, error) {
	return k.page(s, c, "", bad)
}

func (k editor[E]) again(s *Server, c *Call, in refPath, bad error) (*Reply, error) {
	if _, err := k.begin(s, c, in); err != nil {
		return nil, err
	}
	return k.page(s, c, in.Ref, bad)
}

// page is the form of a record; ref is empty for a new one.
func (k editor[E]) page(s *Server, c *Call, ref string, bad error) (*Reply, error) {
	choices, err := s.Store.Choices(c.Context(), c.Actor)
	if err != nil {
		return nil, err
	}
	p := frontend.EditForm{Kind: k.kind, List: k.list, Ref: ref, Choices: *choices, Form: s.form(c, bad)}
	stands := typed(fresh[E]())
	if ref != "" {
		stands = typed(c.base)
		p.Version = strconv.FormatInt(c.baseVersion, 10)
	}
	if e, marked := c.base.(*models.CommitmentEdit); marked && ref != "" {
		p.Of = e.Statement
		if p.Marked, err = s.paragraph(c, e.Statement, e.Paragraph); err != nil {
			return nil, err
		}
		if p.Previous, p.Earlier, err = s.Store.Before(c.Context(), c.Actor, e.Statement); err != nil {
			return nil, err
		}
	}
	p.Begin(stands, c.Form, badKind(bad) == models.KindStale || c.Form.Has(formPrefix+"choose"))
	return &Reply{Page: func(f frontend.Frame) templ.Component { return frontend.EditPage(f, p) }}, nil
}

func (k editor[E]) create(s *Server, c *Call, _ struct{}, e E) (*Reply, error) {
	if err := s.Store.Create(c.Context(), c.Actor, k.kind, k.of(&e), c.receipt()); err != nil {
		return nil, err
	}
	return k.saved(s, c, &e, "edit.created")
}

func (k editor[E]) change(s *Server, c *Call, in refPath, e E) (*Reply, error) {
	if c.Format == represent.HTML {
		if err := chosen(c.Form); err != nil {
			return nil, err
		}
	}
	version := c.recordVersion()
	if version == c.baseVersion && c.base.Ref() == in.Ref && len(models.Diff(c.base, &e)) == 0 {
		return k.saved(s, c, &e, "edit.unchanged")
	}
	if version > c.baseVersion { // nobody can have seen it, and what is left out is of an earlier one
		version = staleVersion
	}
	if err := s.Store.Edit(c.Context(), c.Actor, k.kind, in.Ref, version, k.of(&e), c.receipt()); err != nil {
		return nil, typedMarks(c.Form, err)
	}
	return k.saved(s, c, &e, "edit.saved")
}

// saved answers with a record that was written.
func (k editor[E]) saved(s *Server, c *Call, e *E, key string) (*Reply, error) {
	ref := k.of(e).Ref()
	if c.Format == represent.HTML {
		return s.done(c, k.list+"/"+ref, key), nil
	}
	now, err := k.begin(s, c, refPath{ref})
	if err != nil {
		return nil, err // it was sent again, and the record is gone or moved since
	}
	return &Reply{Status: c.Route.Status, Data: models.Edited[E]{Item: now, Version: c.baseVersion}, Location: apiPrefix + k.list + "/" + ref}, nil
}

func (k editor[E]) remove(s *Server, c *Call, in refPath, b removal) (*Reply, error) {
	if err := s.Store.Remove(c.Context(), c.Actor, k.kind, in.Ref, c.recordVersion(), b.Reason, c.receipt()); err != nil {
		return nil, err
	}
	if c.Format == represent.HTML {
		return s.done(c, "/removed", "edit.removed"), nil
	}
	return &Reply{Data: struct{}{}}, nil
}

func (k editor[E]) restore(s *Server, c *Call, in refPath, _ empty) (*Reply, error) {
	if err := s.Store.Restore(c.Context(), c.Actor, k.kind, in.Ref, c.receipt()); err != nil {
		return nil, err
	}
	e, err := k.begin(s, c, in)
	if err != nil {
		return nil, err
	}
	return k.saved(s, c, &e, "edit.restored")
}

func (s *Server) removed(c *Call, in listPage) (*Reply, error) {
	p, err := in.page()
	if err != nil {
		return nil, err
	}
	l, err := s.Store.Removed(c.Context(), c.Actor, p)
	if err != nil {
		return nil, err
	}
	form := s.form(c, nil)
	return &Reply{Data: l, Next: l.Next, Page: func(f frontend.Frame) templ.Component { return frontend.RemovedPage(f, l.Items, l.Next, form) }}, nil
}

// typed writes a change as its form would send it: the inverse of reading a form. Lists of texts stand in lines.
func typed(change any) url.Values {
	q := url.Values{}
	var walk func(v reflect.Value, path string)
	walk = func(v reflect.Value, path string) {
		switch {
		case v.Kind() == reflect.Pointer:
			if !v.IsNil() {
				walk(v.Elem(), path)
			}
		case v.Type() == dateType:
			q.Set(path, v.Interface().(fmt.Stringer).String())
		case v.Kind() == reflect.Struct:
			for name, f := range fieldsOf(v) {
				walk(f, join(path, name))
			}
		case v.Kind() == reflect.Slice && v.Type().Elem().Kind() == reflect.String:
			var all []string
			for i := range v.Len() {
				all = append(all, v.Index(i).String())
			}
			q.Set(path, strings.Join(all, "\n"))
		case v.Kind() == reflect.Slice:
			for i := range v.Len() {
				walk(v.Index(i), join(path, strconv.Itoa(i)))
			}
		case v.Kind() == reflect.Bool:
			q.Set(path, map[bool]string{true: "on"}[v.Bool()])
		case v.Kind() == reflect.Int, v.Kind() == reflect.Int64:
			q.Set(path, map[bool]string{false: strconv.FormatInt(v.Int(), 10)}[v.Int() == 0])
		default:
			q.Set(path, v.String())
		}
	}
	walk(reflect.ValueOf(change), "")
	return q
}

// moved leads to the address that a record has by now, with everything else of the address as it was.
func moved(c *Call, w http.ResponseWriter, e *models.Error) bool {
	if e.Kind != models.KindMoved || c.Request.Method != http.MethodGet || c.Route == nil {
		return false
	}
	from, to := fmt.Sprint(e.Args["from"]), fmt.Sprint(e.Args["to"])
	segments, pattern := strings.Split(c.Address, "/"), strings.Split(c.Route.Pattern, "/")
	at := len(segments) - len(pattern) + slices.Index(pattern, ":ref") // behind the language or the prefix of the data
	if at < 1 || !strings.HasPrefix(segments[at]+".", from+".") {
		return false
	}
	segments[at] = to + strings.TrimPrefix(segments[at], from)
	redirect(w, url.URL{Path: strings.Join(segments, "/"), RawQuery: c.Request.URL.RawQuery})
	return true
}

// movedValue leads to a list that is narrowed to what a record is called by now, when its query has a former name.
func (s *Server) movedValue(c *Call, w http.ResponseWriter, bad []models.FieldError) bool {
	u := url.URL{Path: c.Address}
	q := c.Request.URL.Query()
	found := false
	for _, f := range bad {
		value, _ := f.Args["value"].(string)
		if !slices.Contains([]string{"topic", "delegate", "forum"}, f.Field) || value == "" {
			continue
		}
		now, err := s.Store.Renamed(c.Context(), f.Field, value)
		if err != nil || now == "" {
			continue
		}
		found = true
		for i, v := range q[f.Field] {
			if v == value {
				q[f.Field][i] = now
			}
		}
	}
	if u.RawQuery = q.Encode(); found {
		redirect(w, u)
	}
	return found
}

func redirect(w http.ResponseWriter, to url.URL) {
	w.Header().Set("Location", to.RequestURI())
	w.WriteHeader(http.StatusMovedPermanently)
}
