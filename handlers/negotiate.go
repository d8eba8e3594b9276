package handlers

import (
	"context"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/text/language"

	"github.com/followthrough/followthrough/frontend"
	"github.com/followthrough/followthrough/handlers/represent"
	"github.com/followthrough/followthrough/models"
)

// apiPrefix is the other address of the same data.
const apiPrefix = "/api/v1"

var languages = language.NewMatcher([]language.Tag{language.English, language.Japanese})

// preferred returns the language that the reader's browser asks for.
func preferred(r *http.Request) models.Lang {
	tags, _, err := language.ParseAcceptLanguage(r.Header.Get("Accept-Language"))
	if err != nil {
		return models.English
	}
	_, i, _ := languages.Match(tags...)
	return models.Langs[i]
}

// negotiate finds out what is asked for before gin routes: it cuts the language or the API prefix and the format
// suffix off the path, reads Accept, and sends an address without either to the reader's language. Then every route
// is known by one neutral pattern.
func (s *Server) negotiate(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if s.plain(w, r) {
			return
		}
		call := &Call{Request: r, ID: requestID(r), Actor: models.Unknown, Lang: preferred(r), Address: r.URL.Path}
		var err error
		call.Query, err = url.ParseQuery(r.URL.RawQuery)
		call.Malformed = err != nil
		for _, values := range call.Query { // a view is one whatever the order of its parameters, as its ETag is
			slices.Sort(values)
		}
		path, suffix, hasSuffix := represent.CutSuffix(r.URL.Path)
		bare, spoken := true, false // neither language nor API; a language
		for _, l := range models.Langs {
			if rest, ok := cutPrefix(path, "/"+string(l)); ok {
				path, call.Lang, bare, spoken = rest, l, false, true
				break
			}
		}
		rest, api := cutPrefix(path, apiPrefix)
		if api {
			path, bare = rest, false
		}
		if len(path) > 1 && strings.HasSuffix(path, "/") && !hasSuffix {
			s.redirect(w, r, http.StatusMovedPermanently, strings.TrimRight(r.URL.Path, "/"), r.URL.Query())
			return
		}
		call.Path = path
		switch {
		case hasSuffix:
			call.Format = suffix
		case r.Method != http.MethodGet && bare && strings.HasPrefix(r.Header.Get("Content-Type"), mediaJSON):
			call.Format = represent.JSON // a program says what it sends
		case api:
			call.Format = accepted(r, represent.Negotiated...)
			w.Header().Add("Vary", "Accept")
		default:
			call.Format = accepted(r, append([]represent.Format{represent.HTML}, represent.Negotiated...)...)
			w.Header().Add("Vary", "Accept")
		}
		if !spoken && call.Format != represent.HTML && call.Format.OneLanguage() {
			call.Lang = models.English // such an address must mean the same to everybody who subscribes to it
		}
		if bare && call.Format == represent.HTML && r.Method == http.MethodGet {
			w.Header().Add("Vary", "Accept-Language")
			s.redirect(w, r, http.StatusFound, "/"+string(call.Lang)+path, r.URL.Query())
			return
		}
		inner := r.Clone(context.WithValue(r.Context(), callKey{}, call))
		inner.URL.Path, inner.URL.RawPath = routed(path), ""
		call.Request = inner
		if err := s.identify(call); err != nil {
			s.fail(w, inner, err)
			return
		}
		next.ServeHTTP(w, inner)
	})
}

// routed is the path that the route table knows: the overview is the root of a language and /overview as data.
func routed(path string) string {
	if path == "" || path == "/" {
		return "/overview"
	}
	return path
}

// accepted chooses by the Accept header; a header that asks for none of the formats gets the first, and the route
// then says what it offers.
func accepted(r *http.Request, offered ...represent.Format) represent.Format {
	f, ok := represent.Choose(r.Header.Get("Accept"), offered)
	if !ok {
		return offered[0]
	}
	return f
}

// cutPrefix cuts a whole segment off the front of a path.
func cutPrefix(path, prefix string) (string, bool) {
	rest, ok := strings.CutPrefix(path, prefix)
	if !ok || rest != "" && rest[0] != '/' {
		return path, false
	}
	if rest == "" {
		rest = "/"
	}
	return rest, true
}

// redirect sends the reader to a path of this server. The path is cleaned of everything that a browser could take
// for another host.
func (s *Server) redirect(w http.ResponseWriter, r *http.Request, status int, path string, q url.Values) {
	if path == "" {
		path = "/"
	}
	for len(path) > 1 && (path[1] == '/' || path[1] == '\\') {
		path = "/" + path[2:]
	}
	to := url.URL{Path: path, RawQuery: q.Encode()}
	w.Header().Set("Location", to.String())
	w.WriteHeader(status)
}

// plain answers what has neither language nor format: health and static files.
func (s *Server) plain(w http.ResponseWriter, r *http.Request) bool {
	switch {
	case r.URL.Path == "/healthz":
		text(w, http.StatusOK, "ok")
	case r.URL.Path == "/readyz":
		if err := s.Store.Ping(r.Context()); err != nil {
			s.Log.Error("not ready", "id", requestID(r), "cause", err)
			text(w, http.StatusServiceUnavailable, "not ready")
			break
		}
		text(w, http.StatusOK, "ready")
	case strings.HasPrefix(r.URL.Path, "/static/"):
		serveAsset(w, r, s.assets)
	default:
		return false
	}
	return true
}

// serveAsset answers with a file whose address changes with its content.
func serveAsset(w http.ResponseWriter, r *http.Request, assets *frontend.Assets) {
	f, ok := assets.At(r.URL.Path)
	if !ok {
		text(w, http.StatusNotFound, "not found")
		return
	}
	w.Header().Set("Content-Type", f.Type)
	w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	w.Header().Add("Vary", "Accept-Encoding")
	body := f.Body
	if len(f.Zipped) > 0 && zipTaken.MatchString(r.Header.Get("Accept-Encoding")) {
		w.Header().Set("Content-Encoding", "gzip")
		body = f.Zipped
	}
	_, _ = w.Write(body) // a reader who left cannot be told
}

// zipTaken finds gzip among the encodings that a browser takes, unless it is refused by a weight of nought.
var zipTaken = regexp.MustCompile(`(?i)(?:^|[,\s])gzip\s*(?:$|,|;\s*q=(?:1|0\.0*[1-9]))`)

func text(w http.ResponseWriter, status int, s string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_, _ = w.Write([]byte(s + "\n")) // a reader who left cannot be told
}
