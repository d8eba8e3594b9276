package handlers

import (
	"bytes"
	"fmt"
	"hash/fnv"
	"io"
	"maps"
	"net/http"
	"reflect"
	"slices"
	"strings"

	"github.com/klauspost/compress/gzhttp"

	"github.com/followthrough/followthrough/frontend"
	"github.com/followthrough/followthrough/handlers/represent"
	"github.com/followthrough/followthrough/models"
)

// serve runs one route: permission, cache check, handler, encoding. It is the only place that writes an answer.
func (s *Server) serve(w http.ResponseWriter, r *http.Request, route *Route, params map[string]string) {
	c := callOf(r)
	c.Route, c.Params, c.writer = route, params, w
	line := passageOf(r)
	line.route, line.user = route.Name, c.Actor.ID
	if !route.Offers(c.Format) {
		s.failFormat(w, r)
		return
	}
	if err := s.allowed(c); err != nil {
		s.fail(w, r, err)
		return
	}
	if route.Method != http.MethodGet {
		s.change(w, c)
		return
	}
	var err error
	if models.May(c.Actor, models.PermitRead) { // to a stranger it would tell when something changed
		c.version, err = s.Store.DataVersion(r.Context())
	}
	if err != nil {
		s.fail(w, r, err)
		return
	}
	tag := s.entityTag(c)
	w.Header().Set("Cache-Control", publicControl)
	if c.Actor.ID != 0 || !route.Public() {
		w.Header().Set("Cache-Control", "no-store")
	} else if matches(r.Header.Values("If-None-Match"), tag) {
		w.Header().Set("ETag", tag)
		c.open(w)
		w.WriteHeader(http.StatusNotModified)
		return
	}
	reply, err := route.handle(s, c)
	if s.movedValue(c, w, models.InvalidFields(err)) {
		return
	}
	for range layers {
		bad := models.InvalidFields(err)
		if len(bad) == 0 {
			break
		}
		c.forgive(bad)
		reply, err = route.handle(s, c)
	}
	if kind := badKind(err); c.Format != represent.HTML && len(c.Notices) > 0 && kind != models.KindInternal && kind != models.KindBusy { // data is strict, and names what a page would leave out
		c.notice(models.InvalidFields(err))
		err = models.Invalid(c.Notices...)
	}
	if err != nil {
		s.fail(w, r, err)
		return
	}
	if reply.Location == "" && (c.Actor.ID == 0 && route.Public() || reply.Version != 0) {
		w.Header().Set("ETag", versioned(tag, reply.Version))
	}
	if err := s.write(w, c, reply); err != nil {
		w.Header().Del("ETag")
		s.fail(w, r, err)
	}
}

// change runs a changing route. A form that cannot be taken comes back with what was typed.
func (s *Server) change(w http.ResponseWriter, c *Call) {
	w.Header().Set("Cache-Control", "no-store")
	reply, err := c.Route.handle(s, c)
	if err != nil && reply == nil {
		s.fail(w, c.Request, err)
		return
	}
	if err != nil {
		reply.Status = s.failureOf(w, c, err).status
	}
	if err := s.write(w, c, reply); err != nil {
		s.fail(w, c.Request, err)
	}
}

// matches reports whether an If-None-Match header names the tag (RFC 9110, 13.1.2). The form * is not taken: it asks
// whether there is anything at all, which nobody knows before the view is read.
func matches(header []string, tag string) bool {
	for _, line := range header {
		for _, one := range strings.Split(line, ",") {
			one = strings.TrimSpace(one)
			if i := strings.LastIndexByte(one, '.'); i > 0 && !strings.Contains(tag, ".") { // the version of the record follows from that of the data
				one = one[:i] + `"`
			}
			if one == tag {
				return true
			}
		}
	}
	return false
}

// entityTag names what the answer depends on: the data, the program, the day, the address, format and language, and
// whether single keys are off.
func (s *Server) entityTag(c *Call) string {
	h := fnv.New64a()
	fmt.Fprintf(h, "%s|%s|%s|%s|%s|%s|%s|%s|%t", s.Version, s.origin(c.Request), s.Store.Today(), c.Path, c.Query.Encode(), c.Format.Name, c.Lang, c.Actor.Role, c.keysAreOff())
	return fmt.Sprintf(`W/"%d-%x"`, c.version, h.Sum64())
}

// versioned adds the version of a record to its entity tag, so that a change can name it in If-Match.
func versioned(tag string, version int64) string {
	if version == 0 {
		return tag
	}
	return fmt.Sprintf(`%s.%d"`, strings.TrimSuffix(tag, `"`), version)
}

// layers is how many times a page may find faulty values: in the query as such, in its time, in its filter and in
// its token.
const layers = 4

// forgive leaves faulty values out of the query, so that the rest can be looked at and the page shown with a message
// about each.
func (c *Call) forgive(bad []models.FieldError) {
	c.notice(bad)
	c.Malformed = false
	q := c.Query
	for _, f := range bad {
		value, named := f.Args["value"].(string)
		if !named || len(q[f.Field]) < 2 {
			q.Del(f.Field)
			continue
		}
		q[f.Field] = slices.DeleteFunc(q[f.Field], func(v string) bool { return v == value })
	}
}

// notice keeps faults to be told, each once.
func (c *Call) notice(bad []models.FieldError) {
	for _, f := range bad {
		if !slices.ContainsFunc(c.Notices, func(n models.FieldError) bool { return reflect.DeepEqual(n, f) }) {
			c.Notices = append(c.Notices, f)
		}
	}
}

// write encodes a reply in the format of the call.
func (s *Server) write(w http.ResponseWriter, c *Call, reply *Reply) error {
	if reply.Stream != nil {
		return reply.Stream(w)
	}
	if reply.Table != nil && reply.Table.Err != nil {
		return s.export(w, c, reply)
	}
	status := reply.Status
	if status == 0 {
		status = http.StatusOK
	}
	if reply.Location != "" {
		w.Header().Set("Location", reply.Location)
		if reply.Data == nil || c.Format == represent.HTML {
			w.WriteHeader(status)
			return nil
		}
	}
	var body bytes.Buffer
	var err error
	switch c.Format {
	case represent.HTML:
		f := s.frame(c, reply.At)
		if len(f.Cites) > 0 {
			f.Works = s.works(c, reply, f)
		}
		if reply.At == nil { // a page that speaks of no time names the forum as every page does
			var at models.At
			if at, err = s.present(c); err != nil {
				break
			}
			f.Forum = at.Forum
		}
		err = reply.Page(f).Render(c.Context(), &body)
	case represent.CSV:
		if reply.Table == nil {
			err = writeFile(w, &body, c.Format, reply.File)
			break
		}
		w.Header().Set("Content-Disposition", fmt.Sprintf("inline; filename=%q", c.Route.Name+".csv"))
		err = represent.WriteCSV(&body, reply.Table, c.Query.Get("excel") == "1")
	case represent.TXT:
		body.WriteString(reply.Text)
	case represent.MD, represent.File:
		err = writeFile(w, &body, c.Format, reply.File)
	case represent.XLSX:
		w.Header().Set("Content-Disposition", fmt.Sprintf("attachment; filename=%q", c.Route.Name+".xlsx"))
		err = represent.WriteXLSX(&body, represent.Sheet{Name: c.Route.Name, Table: reply.Table}, represent.Sheet{Name: "notes", Table: s.notes(c, reply)})
	case represent.ZIP:
		w.Header().Set("Content-Disposition", fmt.Sprintf("attachment; filename=%q", reply.Package.Name+".zip"))
		err = represent.WriteZIP(&body, reply.Package, s.readme(reply.Package))
	case represent.Atom:
		err = encode(&body, reply.Feed, represent.WriteAtom)
	case represent.ICS:
		w.Header().Set("Content-Disposition", fmt.Sprintf("inline; filename=%q", c.Route.Name+".ics"))
		err = encode(&body, reply.Calendar, represent.WriteICS)
	case represent.SVG:
		w.Header().Set("Content-Disposition", fmt.Sprintf("inline; filename=%q", c.Route.Name+".svg"))
		err = reply.Chart(s.frame(c, reply.At)).Render(c.Context(), &body)
	case represent.BibTeX:
		err = s.writeCitations(w, &body, c, reply, represent.WriteBibTeX)
	case represent.RIS:
		err = s.writeCitations(w, &body, c, reply, represent.WriteRIS)
	case represent.CSL:
		err = s.writeCitations(w, &body, c, reply, represent.WriteCSL)
	default:
		err = represent.WriteJSON(&body, reply.Data)
	}
	if err != nil {
		return fmt.Errorf("encode %s as %s: %w", c.Route.Name, c.Format.Name, err)
	}
	s.describeReply(w, c, reply)
	w.WriteHeader(status)
	_, _ = body.WriteTo(w) // a reader who left cannot be told
	return nil
}

// describeReply sets the headers that say what an answer is and what else there is.
func (s *Server) describeReply(w http.ResponseWriter, c *Call, reply *Reply) {
	w.Header().Set("Content-Type", c.Format.ContentType())
	c.open(w)
	if c.Format.Binary { // compressed as it is
		w.Header().Set(gzhttp.HeaderNoCompression, "1")
	}
	frame := frontend.Frame{Printer: s.printer(c), Path: c.Path, Query: c.Query}
	if reply.Next != nil && c.Format != represent.HTML && !c.Format.Cites() {
		w.Header().Add("Link", fmt.Sprintf("<%s>; rel=\"next\"", frame.As(c.Format.Name, "after", *reply.Next)))
	}
	if c.Format.OneLanguage() && c.Format != represent.HTML { // a page of a feed is no page of the list
		frame.Query = maps.Clone(c.Query)
		frame.Query.Del("after")
	}
	for _, f := range c.Route.Formats {
		if f != c.Format && f != represent.HTML {
			w.Header().Add("Link", fmt.Sprintf("<%s>; rel=%q; type=%q", frame.As(f.Name), relation(f), f.Media))
		}
	}
}

// filePolicy is that of a page that was taken along: it has its styles inside, runs nothing and asks for nothing.
const filePolicy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox"

// writeFile writes an answer that is to be kept, byte for byte as it was made.
func writeFile(w http.ResponseWriter, body io.StringWriter, f represent.Format, read func(represent.Format) (File, error)) error {
	file, err := read(f)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Disposition", fmt.Sprintf("attachment; filename=%q", file.Name+"."+f.Name))
	_, err = body.WriteString(file.Body)
	return err
}

// encode reads what is asked for and writes it.
func encode[T any](w io.Writer, read func() (T, error), write func(io.Writer, T) error) error {
	v, err := read()
	if err != nil {
		return err
	}
	return write(w, v)
}

// frame prepares what every page shares.
func (s *Server) frame(c *Call, at *models.At) frontend.Frame {
	f := frontend.Frame{Printer: s.printer(c), Path: c.Path, Query: c.Query, At: at, Data: c.version, Version: s.Version, Asset: s.assets.URL, Origin: s.origin(c.Request), Actor: c.Actor, MustEnrol: c.MustEnrol}
	f.KeysOff = c.keysAreOff()
	if c.User != nil {
		said := strings.Split(s.sessions.Left(c.Context()), "\n")
		f.Flash = said[0]
		for _, line := range said[1:] {
			text, path, _ := strings.Cut(line, "\t")
			f.Then = append(f.Then, frontend.LeadPart{Text: text, URL: f.To(path)})
		}
	}
	if at != nil {
		f.Forum = at.Forum
	}
	if c.Route != nil {
		for _, format := range c.Route.Formats {
			switch {
			case format.Cites() && at == nil: // a page of somebody who is asked to sign in, or of an error
			case format.Cites():
				f.Cites = append(f.Cites, format.Name)
			case format != represent.HTML:
				f.Formats = append(f.Formats, format.Name)
			}
		}
	}
	for _, n := range c.Notices {
		f.Notices = append(f.Notices, f.T("error.dropped", "message", f.Fields(n.Key, n.Args)))
	}
	return f
}

// origin is the scheme and host that permanent addresses begin with.
func (s *Server) origin(r *http.Request) string {
	if s.Origin != "" {
		return s.Origin
	}
	return "http://" + r.Host
}
